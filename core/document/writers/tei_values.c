/* tei_values.c -- text, attributes and dates as XML has them. */
#include "base/slice.h"
#include "base/utf8.h"
#include "document/writers/tei.h"

/* ---- signs */

static bool is_character(uint32_t c) {
  return c == '\t' || c == '\n' || c == '\r' ||
         (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

static void put_escaped(capsa_buf *out, capsa_slice text, bool in_value) {
  size_t from = 0;
  for (size_t i = 0; i < text.len;) {
    unsigned char first = (unsigned char)text.ptr[i];
    const char *entity = first == '&'                ? "&amp;"
                         : first == '<'              ? "&lt;"
                         : first == '>'              ? "&gt;"
                         : first == '\r'             ? "&#13;"
                         : in_value && first == '"'  ? "&quot;"
                         : in_value && first == '\n' ? "&#10;"
                         : in_value && first == '\t' ? "&#9;"
                                                     : NULL;
    size_t len = 1;
    if (!entity && (first < 0x20 || first == 0xEF)) {
      capsa_codepoint cp = capsa_utf8_next(text, i);
      len = cp.len;
      if (!is_character(cp.value)) entity = "\xEF\xBF\xBD";
    }
    if (entity) {
      capsa_buf_put(out, capsa_slice_cut(text, from, i));
      capsa_buf_puts(out, entity);
      from = i + len;
    }
    i += len;
  }
  capsa_buf_put(out, capsa_slice_from(text, from));
}

void capsa_tei_put_text(capsa_buf *out, capsa_slice text) {
  put_escaped(out, text, false);
}

void capsa_tei_put_attribute(capsa_buf *out, const char *name,
                             capsa_slice value) {
  if (!value.len) return;
  capsa_buf_putf(out, " %s=\"", name);
  put_escaped(out, value, true);
  capsa_buf_putc(out, '"');
}

void capsa_tei_put_address(capsa_buf *out, const char *name,
                           capsa_slice value) {
  if (!value.len) return;
  capsa_buf_putf(out, " %s=\"", name);
  for (size_t i = 0; i < value.len; i++) {
    unsigned char c = (unsigned char)value.ptr[i];
    if (c <= ' ' || c == 0x7F || strchr("\"<>\\^`{|}", c))
      capsa_buf_putf(out, "%%%02X", c);
    else put_escaped(out, capsa_slice_cut(value, i, i + 1), true);
  }
  capsa_buf_putc(out, '"');
}

/* xsd:language: parts of 1 to 8 letters, digits from the second on. */
void capsa_tei_put_language(capsa_buf *out, capsa_slice language) {
  size_t part = 0, parts = 1;
  for (size_t i = 0; i < language.len; i++) {
    char c = language.ptr[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    bool digit = c >= '0' && c <= '9' && parts > 1;
    if (c == '-' && part) {
      part = 0;
      parts++;
    } else if ((!letter && !digit) || ++part > 8) return;
  }
  if (part) capsa_tei_put_attribute(out, "xml:lang", language);
}

/* ---- dates */

static bool read_digits(capsa_slice *text, size_t count, int *value) {
  if (text->len < count) return false;
  *value = 0;
  for (size_t i = 0; i < count; i++) {
    if (text->ptr[i] < '0' || text->ptr[i] > '9') return false;
    *value = *value * 10 + (text->ptr[i] - '0');
  }
  *text = capsa_slice_from(*text, count);
  return true;
}

/* "1958", "1958-07", "1958-07-31". */
static bool is_iso(capsa_slice text) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int year, month, day;
  if (!read_digits(&text, 4, &year) || !year) return false;
  if (!text.len) return true;
  if (text.ptr[0] != '-') return false;
  text = capsa_slice_from(text, 1);
  if (!read_digits(&text, 2, &month) || month < 1 || month > 12) return false;
  if (!text.len) return true;
  if (text.ptr[0] != '-') return false;
  text = capsa_slice_from(text, 1);
  if (!read_digits(&text, 2, &day) || text.len) return false;
  bool leap = (year % 4 == 0 && year % 100) || year % 400 == 0;
  return day >= 1 && day <= days[month - 1] + (month == 2 && leap);
}

static bool is_span(capsa_slice edtf, capsa_slice *from, capsa_slice *to) {
  size_t slash = capsa_slice_finds(edtf, "/", 0);
  if (slash == CAPSA_NOT_FOUND) return false;
  *from = capsa_slice_cut(edtf, 0, slash);
  *to = capsa_slice_from(edtf, slash + 1);
  return is_iso(*from) && is_iso(*to) && !capsa_slice_equal(*from, *to);
}

bool capsa_tei_is_date(capsa_slice edtf) {
  capsa_slice from, to;
  return is_iso(edtf) || is_span(edtf, &from, &to);
}

/* Signs of EDTF; a reader takes no others for a date. */
static bool is_edtf(capsa_slice text) {
  for (size_t i = 0; i < text.len; i++)
    if (!strchr("0123456789-XYEu~?%/.[],", text.ptr[i])) return false;
  return true;
}

void capsa_tei_put_date(capsa_buf *out, capsa_slice edtf) {
  capsa_slice from, to;
  if (is_iso(edtf)) capsa_tei_put_attribute(out, "when", edtf);
  else if (is_span(edtf, &from, &to)) {
    capsa_tei_put_attribute(out, "from", from);
    capsa_tei_put_attribute(out, "to", to);
  } else if (is_edtf(edtf)) capsa_tei_put_attribute(out, "when-custom", edtf);
}
