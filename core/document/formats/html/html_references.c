/* html_references.c -- character references. The names are cmark's table,
 * which is built in already; the rules for what is not quite right (no
 * semicolon, a number of Windows-1252) are those browsers follow.
 */
#include <string.h>

#include "base/buf.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "document/formats/html/html_tokens.h"
#include "entities.inc"

#define NAME_MAX_BYTES CMARK_ENTITY_MAX_LENGTH

/* Names that count without a semicolon too. In order. */
static const char *const bare_names[] = {
    "AElig",  "AMP",    "Aacute", "Acirc",  "Agrave", "Aring",  "Atilde",
    "Auml",   "COPY",   "Ccedil", "ETH",    "Eacute", "Ecirc",  "Egrave",
    "Euml",   "GT",     "Iacute", "Icirc",  "Igrave", "Iuml",   "LT",
    "Ntilde", "Oacute", "Ocirc",  "Ograve", "Oslash", "Otilde", "Ouml",
    "QUOT",   "REG",    "THORN",  "Uacute", "Ucirc",  "Ugrave", "Uuml",
    "Yacute", "aacute", "acirc",  "acute",  "aelig",  "agrave", "amp",
    "aring",  "atilde", "auml",   "brvbar", "ccedil", "cedil",  "cent",
    "copy",   "curren", "deg",    "divide", "eacute", "ecirc",  "egrave",
    "eth",    "euml",   "frac12", "frac14", "frac34", "gt",     "iacute",
    "icirc",  "iexcl",  "igrave", "iquest", "iuml",   "laquo",  "lt",
    "macr",   "micro",  "middot", "nbsp",   "not",    "ntilde", "oacute",
    "ocirc",  "ograve", "ordf",   "ordm",   "oslash", "otilde", "ouml",
    "para",   "plusmn", "pound",  "quot",   "raquo",  "reg",    "sect",
    "shy",    "sup1",   "sup2",   "sup3",   "szlig",  "thorn",  "times",
    "uacute", "ucirc",  "ugrave", "uml",    "uuml",   "yacute", "yen",
    "yuml"};
#define BARE_NAME_MAX 6

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_alphanumeric(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int compare(capsa_slice name, const char *other) {
  return capsa_slice_compare(name, capsa_slice_of(other));
}

/* The characters called `name`, zero-terminated; NULL where there are none. */
static const char *named(capsa_slice name) {
  size_t low = 0, high = CMARK_NUM_ENTITIES;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = compare(name, (const char *)cmark_entities[middle].entity);
    if (!order) return (const char *)cmark_entities[middle].bytes;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return NULL;
}

static bool is_bare_name(capsa_slice name) {
  size_t low = 0, high = sizeof bare_names / sizeof *bare_names;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = compare(name, bare_names[middle]);
    if (!order) return true;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return false;
}

static size_t take(const char *bytes, size_t consumed, char *out,
                   size_t *out_len) {
  *out_len = strlen(bytes);
  memcpy(out, bytes, *out_len);
  return consumed;
}

static size_t named_reference(capsa_slice text, size_t at, bool in_value,
                              char *out, size_t *out_len) {
  size_t end = at + 1;
  while (end < text.len && end - at <= NAME_MAX_BYTES &&
         is_alphanumeric(text.ptr[end]))
    end++;
  capsa_slice name = capsa_slice_cut(text, at + 1, end);
  if (end < text.len && text.ptr[end] == ';') {
    const char *bytes = named(name);
    if (bytes) return take(bytes, end + 1 - at, out, out_len);
  }
  if (in_value) { /* an address: "?a=1&copy=2" */
    bool whole = end >= text.len || text.ptr[end] != '=';
    if (!whole || !is_bare_name(name)) return 0;
    return take(named(name), end - at, out, out_len);
  }
  size_t len = name.len < BARE_NAME_MAX ? name.len : BARE_NAME_MAX;
  for (; len >= 2; len--) {
    name.len = len;
    if (is_bare_name(name)) return take(named(name), len + 1, out, out_len);
  }
  return 0;
}

/* What Windows-1252 has at 0x80 to 0x9F. */
static uint32_t repaired(uint32_t value) {
  static const uint16_t windows[] = {
      0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
      0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
      0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
  if (value >= 0x80 && value <= 0x9F) return windows[value - 0x80];
  bool space = value == '\t' || value == '\n' || value == '\f' || value == '\r';
  if ((value < 0x20 && !space) || value == 0x7F ||
      (value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF)
    return 0xFFFD;
  return value == '\r' ? '\n' : value;
}

static int digit_value(char c, bool hex) {
  if (is_digit(c)) return c - '0';
  char lower = (char)(c | 32);
  return hex && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static size_t put_character(uint32_t value, char *out) {
  static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
  size_t len = value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
  if (len == 1) {
    out[0] = (char)value;
    return 1;
  }
  for (size_t i = len; i-- > 1; value >>= 6)
    out[i] = (char)(0x80 | (value & 0x3F));
  out[0] = (char)(lead[len] | value);
  return len;
}

static size_t numbered_reference(capsa_slice text, size_t at, char *out,
                                 size_t *out_len) {
  size_t i = at + 2;
  bool hex = i < text.len && (text.ptr[i] | 32) == 'x';
  i += hex;
  size_t first = i;
  uint32_t value = 0;
  for (int digit; i < text.len && (digit = digit_value(text.ptr[i], hex)) >= 0;
       i++) {
    value = value * (hex ? 16 : 10) + (uint32_t)digit;
    if (value > 0x10FFFF) value = 0x110000; /* stays too large */
  }
  if (i == first) return 0;
  *out_len = put_character(repaired(value), out);
  return i + (i < text.len && text.ptr[i] == ';') - at;
}

size_t capsa_html_reference(capsa_slice text, size_t at, bool in_value,
                            char out[CAPSA_HTML_REFERENCE_MAX],
                            size_t *out_len) {
  if (at + 1 >= text.len) return 0;
  if (text.ptr[at + 1] == '#')
    return numbered_reference(text, at, out, out_len);
  return named_reference(text, at, in_value, out, out_len);
}

capsa_slice capsa_html_value(capsa_arena *arena, capsa_slice raw) {
  raw = capsa_slice_trim(raw);
  if (capsa_slice_finds(raw, "&", 0) == CAPSA_NOT_FOUND) return raw;
  capsa_buf value = {0};
  char bytes[CAPSA_HTML_REFERENCE_MAX];
  for (size_t i = 0; i < raw.len;) {
    size_t len = 0, amp = capsa_slice_finds(raw, "&", i);
    capsa_buf_put(&value, capsa_slice_cut(raw, i, amp));
    if (amp == CAPSA_NOT_FOUND) break;
    size_t taken = capsa_html_reference(raw, amp, true, bytes, &len);
    if (taken) capsa_buf_put(&value, (capsa_slice){bytes, len});
    else capsa_buf_putc(&value, '&');
    i = amp + (taken ? taken : 1);
  }
  capsa_slice out = {0};
  if (capsa_buf_take(&value, arena, &out)) return (capsa_slice){0};
  return capsa_slice_trim(out);
}
