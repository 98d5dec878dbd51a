#include "document/formats/html/html_tokens.h"

#include <string.h>

#include "base/slice.h"

static bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char byte_at(const capsa_html_tokens *t, size_t at) {
  return at < t->text.len ? t->text.ptr[at] : 0;
}

/* Find `end` from `at` on; `*missing` remembers that there is none, so that
 * many openings without an end cost one search. */
static size_t find_end(const capsa_html_tokens *t, const char *end, size_t at,
                       bool *missing) {
  if (*missing) return CAPSA_NOT_FOUND;
  size_t found = capsa_slice_finds(t->text, end, at);
  *missing = found == CAPSA_NOT_FOUND;
  return found;
}

/* Offset of the `>` that ends the tag whose name ends at `at`. A quotation
 * mark counts only behind an equals sign. */
static size_t tag_end(capsa_html_tokens *t, size_t at) {
  bool value = false;
  if (t->no_tag_end) return CAPSA_NOT_FOUND;
  for (; at < t->text.len; at++) {
    char c = t->text.ptr[at];
    if (c == '>') return at;
    if (value && (c == '"' || c == '\'')) {
      const char quote[2] = {c, 0};
      size_t close = find_end(t, quote, at + 1, &t->no_quote[c == '\'']);
      if (close != CAPSA_NOT_FOUND) at = close;
    }
    value = c == '=' || (value && is_space(c));
  }
  t->no_tag_end = true;
  return CAPSA_NOT_FOUND;
}

static bool take_tag(capsa_html_tokens *t, capsa_html_token *out) {
  bool closes = byte_at(t, t->at + 1) == '/';
  size_t name = t->at + 1 + closes, end = name;
  if (!is_letter(byte_at(t, name))) return false;
  while (end < t->text.len && !is_space(t->text.ptr[end]) &&
         t->text.ptr[end] != '/' && t->text.ptr[end] != '>')
    end++;
  size_t stop = tag_end(t, end);
  if (stop == CAPSA_NOT_FOUND) return false;
  bool empty = stop > end && t->text.ptr[stop - 1] == '/';
  *out = (capsa_html_token){
      .kind = closes ? CAPSA_HTML_CLOSE : CAPSA_HTML_OPEN,
      .tag = capsa_html_tag_find(capsa_slice_cut(t->text, name, end)),
      .empty = empty,
      .text = capsa_slice_cut(t->text, end, stop - empty)};
  t->at = stop + 1;
  bool raw = capsa_html_tag_flags(out->tag) & CAPSA_HTML_RAW;
  if (raw && !closes && !(empty && t->xml)) t->raw = out->tag;
  return true;
}

/* Comments, declarations, instructions: past them, if they end at all. What
 * is in <![CDATA[ ]]> is text. */
static bool skip_declaration(capsa_html_tokens *t) {
  capsa_slice rest = capsa_slice_from(t->text, t->at);
  bool comment = capsa_slice_starts(rest, "<!--");
  size_t end = CAPSA_NOT_FOUND;
  if (capsa_slice_starts(rest, "<!-->")) end = t->at + 5;
  else if (comment) {
    end = find_end(t, "-->", t->at + 4, &t->no_comment_end);
    if (end != CAPSA_NOT_FOUND) end += 3;
  }
  if (end == CAPSA_NOT_FOUND) {
    end = find_end(t, ">", t->at, &t->no_tag_end);
    if (end == CAPSA_NOT_FOUND) return false;
    end++;
  }
  t->at = end;
  return true;
}

static bool take_cdata(capsa_html_tokens *t, capsa_html_token *out) {
  if (!capsa_slice_starts(capsa_slice_from(t->text, t->at), "<![CDATA["))
    return false;
  size_t end = find_end(t, "]]>", t->at, &t->no_cdata_end);
  if (end == CAPSA_NOT_FOUND) return false;
  *out = (capsa_html_token){.tag = CAPSA_TAG_TEXT,
                            .literal = true,
                            .text = capsa_slice_cut(t->text, t->at + 9, end)};
  t->at = end + 3;
  return true;
}

/* Where the element whose text is raw ends: at its end tag. A title that has
 * none is cut at the next tag, not to swallow the page. */
static size_t raw_end(capsa_html_tokens *t, const char *name) {
  size_t len = strlen(name);
  bool title = t->raw == CAPSA_TAG_TITLE;
  for (size_t at = t->at; !title || !t->no_title_end; at++) {
    at = capsa_slice_finds(t->text, "</", at);
    if (at == CAPSA_NOT_FOUND) break;
    capsa_slice found = capsa_slice_cut(t->text, at + 2, at + 2 + len);
    if (capsa_slice_equal_nocase(found, capsa_slice_of(name)) &&
        !is_letter(byte_at(t, at + 2 + len)))
      return at;
  }
  if (!title) return t->text.len;
  t->no_title_end = true;
  size_t tag = capsa_slice_finds(t->text, "<", t->at);
  return tag == CAPSA_NOT_FOUND ? t->text.len : tag;
}

static void take_raw(capsa_html_tokens *t, capsa_html_token *out) {
  static const struct {
    capsa_html_tag tag;
    const char *name;
  } names[] = {
      {CAPSA_TAG_SCRIPT, "script"},      {CAPSA_TAG_STYLE, "style"},
      {CAPSA_TAG_TITLE, "title"},        {CAPSA_TAG_TEXTAREA, "textarea"},
      {CAPSA_TAG_IFRAME, "iframe"},      {CAPSA_TAG_XMP, "xmp"},
      {CAPSA_TAG_NOEMBED, "noembed"},    {CAPSA_TAG_NOFRAMES, "noframes"},
      {CAPSA_TAG_PLAINTEXT, "plaintext"}};
  size_t end = t->text.len;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (names[i].tag == t->raw) end = raw_end(t, names[i].name);
  *out = (capsa_html_token){.tag = CAPSA_TAG_TEXT,
                            .literal = t->raw != CAPSA_TAG_TITLE &&
                                       t->raw != CAPSA_TAG_TEXTAREA,
                            .text = capsa_slice_cut(t->text, t->at, end)};
  t->at = end;
  t->raw = CAPSA_TAG_UNKNOWN;
}

/* Text up to the next `<` that may begin something else. */
static void take_text(capsa_html_tokens *t, capsa_html_token *out) {
  size_t start = t->at, at = start;
  bool lone = byte_at(t, at) == '<'; /* it has been tried and is none */
  for (at += lone; at < t->text.len; at++) {
    const char *mark = memchr(t->text.ptr + at, '<', t->text.len - at);
    at = mark ? (size_t)(mark - t->text.ptr) : t->text.len;
    char next = byte_at(t, at + 1);
    if (is_letter(next) || next == '/' || next == '!' || next == '?') break;
  }
  if (at > t->text.len) at = t->text.len;
  *out = (capsa_html_token){.tag = CAPSA_TAG_TEXT,
                            .text = capsa_slice_cut(t->text, start, at)};
  t->at = at;
}

bool capsa_html_next(capsa_html_tokens *t, capsa_html_token *out) {
  if (t->raw != CAPSA_TAG_UNKNOWN) {
    take_raw(t, out);
    if (out->text.len) return true;
  }
  while (t->at < t->text.len) {
    char next = byte_at(t, t->at + 1);
    bool markup = byte_at(t, t->at) == '<';
    if (markup && (next == '!' || next == '?')) {
      if (take_cdata(t, out)) return true;
      if (skip_declaration(t)) continue;
    } else if (markup && take_tag(t, out)) return true;
    take_text(t, out);
    return true;
  }
  return false;
}

/* ---- attributes */

static bool next_attribute(capsa_slice *rest, capsa_slice *name,
                           capsa_slice *value) {
  capsa_slice r = *rest;
  size_t i = 0;
  while (i < r.len && (is_space(r.ptr[i]) || r.ptr[i] == '/')) i++;
  if (i == r.len) return false;
  size_t start = i++; /* an equals sign may begin a name */
  while (i < r.len && !is_space(r.ptr[i]) && r.ptr[i] != '/' && r.ptr[i] != '=')
    i++;
  *name = capsa_slice_cut(r, start, i);
  *value = (capsa_slice){0};
  size_t equals = i;
  while (equals < r.len && is_space(r.ptr[equals])) equals++;
  if (equals < r.len && r.ptr[equals] == '=') {
    i = equals + 1;
    while (i < r.len && is_space(r.ptr[i])) i++;
    char quote = i < r.len ? r.ptr[i] : 0;
    const char *close = NULL;
    if (quote == '"' || quote == '\'')
      close = memchr(r.ptr + i + 1, quote, r.len - i - 1);
    size_t end = i;
    if (close) end = (size_t)(close - r.ptr);
    else
      while (end < r.len && !is_space(r.ptr[end])) end++;
    *value = capsa_slice_cut(r, i + (close != NULL), end);
    i = end + (close != NULL);
  }
  *rest = capsa_slice_from(r, i);
  return true;
}

void capsa_html_attributes_read(capsa_slice text, capsa_html_attributes *out) {
#define MEMBER(name, member)                                                   \
  { name, offsetof(capsa_html_attributes, member) }
  static const struct {
    const char *name;
    size_t member;
  } slices[] = {MEMBER("id", id),
                MEMBER("xml:id", id),
                MEMBER("name", name),
                MEMBER("class", classes),
                MEMBER("role", role),
                MEMBER("type", type),
                MEMBER("epub:type", epub_type),
                MEMBER("style", style),
                MEMBER("lang", lang),
                MEMBER("xml:lang", lang),
                MEMBER("dir", dir),
                MEMBER("href", href),
                MEMBER("src", src),
                MEMBER("alt", alt),
                MEMBER("title", title),
                MEMBER("value", value),
                MEMBER("start", start),
                MEMBER("rel", rel),
                MEMBER("content", content),
                MEMBER("property", property),
                MEMBER("itemprop", itemprop),
                MEMBER("datetime", datetime),
                MEMBER("colspan", colspan),
                MEMBER("aria-label", label),
                MEMBER("http-equiv", http_equiv)};
#undef MEMBER
  capsa_slice name, value;
  *out = (capsa_html_attributes){0};
  while (next_attribute(&text, &name, &value)) {
    for (size_t i = 0; i < sizeof slices / sizeof *slices; i++) {
      if (!capsa_slice_is_nocase(name, slices[i].name)) continue;
      capsa_slice *member = (capsa_slice *)((char *)out + slices[i].member);
      if (!member->ptr) *member = value;
    }
    out->hidden |= capsa_slice_equal_nocase(name, CAPSA_LITERAL("hidden"));
    out->reversed |= capsa_slice_equal_nocase(name, CAPSA_LITERAL("reversed"));
    out->is_for |= capsa_slice_equal_nocase(name, CAPSA_LITERAL("for"));
    out->aria_hidden |=
        capsa_slice_equal_nocase(name, CAPSA_LITERAL("aria-hidden")) &&
        capsa_slice_equal_nocase(value, CAPSA_LITERAL("true"));
  }
}

bool capsa_html_has_word(capsa_slice list, const char *word) {
  for (size_t i = 0; i < list.len;) {
    size_t start = i;
    while (i < list.len && !is_space(list.ptr[i])) i++;
    if (capsa_slice_is_nocase(capsa_slice_cut(list, start, i), word))
      return true;
    while (i < list.len && is_space(list.ptr[i])) i++;
  }
  return false;
}
