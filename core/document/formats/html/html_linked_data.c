/* html_linked_data.c -- schema.org's linked data (JSON-LD) into the metadata.
 *
 * A reader of its own, of one pass and bounded depth: it keeps a stack of the
 * objects that are open, each with the field of the metadata that its name
 * would go into. What is no JSON ends the reading; what was read stays.
 */
#include <string.h>

#include "base/buf.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "document/formats/formats.h"
#include "document/formats/html/html.h"

typedef struct level {
  char bracket;      /* '{' or '[' */
  bool key;          /* a key comes next */
  bool is_record;    /* an object that may be what the page is about */
  capsa_slice field; /* of the value that comes next; of a list: of each */
  capsa_slice into;  /* of an object: where its name goes */
} level;

typedef struct reader {
  capsa_draft *draft;
  capsa_slice json;
  size_t at;
  level open[CAPSA_HTML_JSON_DEPTH_MAX];
  size_t depth;
} reader;

static uint32_t hex4(const reader *r, size_t at) {
  uint32_t value = 0;
  for (size_t i = at; i < at + 4; i++) {
    char c = i < r->json.len ? r->json.ptr[i] : 0, lower = (char)(c | 32);
    if (c >= '0' && c <= '9') value = value * 16 + (uint32_t)(c - '0');
    else if (lower >= 'a' && lower <= 'f')
      value = value * 16 + (uint32_t)(lower - 'a' + 10);
    else return 0xFFFD;
  }
  return value;
}

/* "\u0041", two of them for what needs a pair; at the `u`. */
static void read_escape(reader *r, capsa_buf *out) {
  static const char from[] = "bfnrt", to[] = "  \n\n\t";
  char c = r->json.ptr[r->at];
  const char *known = memchr(from, c, sizeof from - 1);
  if (c != 'u') {
    capsa_buf_putc(out, known ? to[known - from] : c);
    r->at++;
    return;
  }
  uint32_t value = hex4(r, r->at + 1);
  r->at += 5;
  bool high = value >= 0xD800 && value < 0xDC00;
  if (high && capsa_slice_starts(capsa_slice_from(r->json, r->at), "\\u")) {
    uint32_t low = hex4(r, r->at + 2);
    if (low >= 0xDC00 && low < 0xE000) {
      value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
      r->at += 6;
    }
  }
  bool lone = value >= 0xD800 && value < 0xE000;
  capsa_utf8_put(out, lone || value < 0x20 ? 0xFFFD : value);
}

/* A string, from behind its quotation mark. @return false where it is open */
static bool read_string(reader *r, capsa_slice *out) {
  capsa_buf text = {0};
  bool closed = false;
  while (r->at < r->json.len && !closed) {
    char c = r->json.ptr[r->at++];
    closed = c == '"';
    if (c == '\\' && r->at < r->json.len) read_escape(r, &text);
    else if (!closed) capsa_buf_putc(&text, c);
  }
  if (r->at > r->json.len) r->at = r->json.len;
  if (capsa_buf_take(&text, r->draft->arena, out)) return false;
  *out = capsa_slice_trim(*out);
  return closed;
}

static bool is_name(capsa_slice text, const char *name) {
  return capsa_slice_equal_nocase(text, capsa_slice_of(name));
}

/* Names in an object of their own: of a person, an archive, a place. */
static bool names_it(capsa_slice key) {
  return is_name(key, "name") || is_name(key, "@value") ||
         is_name(key, "legalName");
}

/* What is said of the page, the site or a picture is not said of the record. */
static bool is_other_kind(capsa_slice type) {
  static const char *const kinds[] = {
      "WebSite",  "Organization",   "BreadcrumbList",
      "ListItem", "ImageObject",    "SearchAction",
      "Person",   "WebPageElement", "NewsMediaOrganization",
      NULL};
  for (int i = 0; kinds[i]; i++)
    if (is_name(type, kinds[i])) return true;
  return false;
}

static bool is_unwanted(capsa_slice key) {
  static const char *const keys[] = {"@context",
                                     "@id",
                                     "image",
                                     "logo",
                                     "datePublished",
                                     "type",
                                     "mainEntityOfPage",
                                     "dateModified",
                                     "potentialAction",
                                     NULL};
  for (int i = 0; keys[i]; i++)
    if (is_name(key, keys[i])) return true;
  return false;
}

static void take_value(reader *r, capsa_slice value) {
  if (!r->depth) return;
  level *l = &r->open[r->depth - 1];
  capsa_slice field = l->field;
  if (is_name(field, "@type") && is_other_kind(value)) l->is_record = false;
  if (l->bracket == '{' && l->into.len && names_it(field)) field = l->into;
  else if (l->bracket == '{' && !l->is_record) return;
  if (is_unwanted(field) || is_name(field, "@type")) return;
  bool address = is_name(field, "url") || is_name(field, "sameAs");
  if (!address || capsa_html_is_safe(value, false))
    capsa_metadata_put(r->draft, field, value);
}

/* @return false beyond the limit */
static bool open_bracket(reader *r, char bracket) {
  if (r->depth == CAPSA_HTML_JSON_DEPTH_MAX) return false;
  const level *around = r->depth ? &r->open[r->depth - 1] : NULL;
  capsa_slice field = around ? around->field : (capsa_slice){0};
  level *l = &r->open[r->depth++];
  *l = (level){.bracket = bracket, .key = bracket == '{', .field = field};
  bool top = !around || is_name(field, "@graph") || is_name(field, "");
  bool entity = is_name(field, "mainEntity");
  l->is_record = top || entity;
  l->into = l->is_record || is_unwanted(field) ? (capsa_slice){0} : field;
  if (bracket == '[' && is_name(field, "@graph")) l->field = (capsa_slice){0};
  if (bracket == '{') l->field = (capsa_slice){0};
  return true;
}

/* Numbers, true, null: nothing of them is wanted but a year. */
static void read_bare(reader *r) {
  size_t start = r->at;
  while (r->at < r->json.len && !strchr(",]} \n\r\t", r->json.ptr[r->at]))
    r->at++;
  capsa_slice word = capsa_slice_cut(r->json, start, r->at);
  if (word.len == 4 && word.ptr[0] >= '0' && word.ptr[0] <= '9')
    take_value(r, word);
}

static bool read_token(reader *r, char c) {
  level *l = r->depth ? &r->open[r->depth - 1] : NULL;
  capsa_slice text;
  r->at += strchr("{[}],:\" \n\r\t", c) != NULL;
  switch (c) {
  case '{':
  case '[': return open_bracket(r, c);
  case '}':
  case ']':
    if (!l) return false;
    r->depth--;
    return r->depth > 0;
  case ',':
    if (l && l->bracket == '{') l->key = true;
    return true;
  case ':':
    if (l) l->key = false;
    return true;
  case '"':
    if (!read_string(r, &text)) return false;
    if (l && l->key) l->field = text;
    else take_value(r, text);
    return true;
  case ' ':
  case '\n':
  case '\r':
  case '\t': return true;
  default: read_bare(r); return true;
  }
}

void capsa_html_linked_data(capsa_draft *draft, capsa_slice json) {
  reader r = {.draft = draft, .json = json};
  size_t before = SIZE_MAX;
  while (r.at < json.len && r.at != before) {
    before = r.at;
    if (!read_token(&r, json.ptr[r.at])) return;
  }
}
