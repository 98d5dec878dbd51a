/* markdown_tag.c -- raw HTML in Markdown: the few elements that say something
 * about words. Everything else stays visible as it was written. */
#include <string.h>

#include "base/slice.h"
#include "document/formats/markdown/markdown_reader.h"

static const struct {
  const char *name;
  bool has_span;
  capsa_span_kind span;
} elements[] = {
    {"em", true, CAPSA_SPAN_EMPHASIS},
    {"i", true, CAPSA_SPAN_EMPHASIS},
    {"cite", true, CAPSA_SPAN_EMPHASIS},
    {"b", true, CAPSA_SPAN_STRONG},
    {"strong", true, CAPSA_SPAN_STRONG},
    {"code", true, CAPSA_SPAN_CODE},
    {"del", true, CAPSA_SPAN_DELETED},
    {"s", true, CAPSA_SPAN_DELETED},
    {"ins", true, CAPSA_SPAN_ADDED},
    {"sup", false, 0},
    {"sub", false, 0},
    {"u", false, 0},
    {"small", false, 0},
    {"span", false, 0},
    {"mark", false, 0},
};

static bool is_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static bool is_space(char c) { return strchr(" \t\n\r\f", c) && c; }

static capsa_slice name_at(capsa_slice html, size_t at) {
  size_t end = at;
  while (end < html.len &&
         (is_letter(html.ptr[end]) ||
          (end > at && html.ptr[end] >= '0' && html.ptr[end] <= '9')))
    end++;
  return capsa_slice_cut(html, at, end);
}

static bool is_name(capsa_slice name, const char *wanted) {
  return capsa_slice_equal_nocase(name, capsa_slice_of(wanted));
}

/* The value that starts at `at`, quoted or bare, and where it ends. */
static capsa_slice value_at(capsa_slice html, size_t at, size_t *end) {
  char quote = at < html.len ? html.ptr[at] : 0;
  bool quoted = quote == '"' || quote == '\'';
  size_t start = quoted ? at + 1 : at, stop = start;
  while (stop < html.len &&
         (quoted ? html.ptr[stop] != quote
                 : !is_space(html.ptr[stop]) && html.ptr[stop] != '>'))
    stop++;
  *end = quoted && stop < html.len ? stop + 1 : stop;
  return capsa_slice_cut(html, start, stop);
}

capsa_slice capsa_tag_attribute(capsa_slice html, const char *name) {
  size_t i = 1 + name_at(html, 1).len;
  while (i < html.len && html.ptr[i] != '>') {
    if (is_space(html.ptr[i]) || html.ptr[i] == '/') {
      i++;
      continue;
    }
    size_t start = i;
    while (i < html.len && !is_space(html.ptr[i]) &&
           !strchr("=/>", html.ptr[i]))
      i++;
    capsa_slice found = capsa_slice_cut(html, start, i), value = {0};
    while (i < html.len && is_space(html.ptr[i])) i++;
    if (i < html.len && html.ptr[i] == '=') {
      i++;
      while (i < html.len && is_space(html.ptr[i])) i++;
      value = value_at(html, i, &i);
    }
    if (is_name(found, name)) return value;
    if (i == start) i++;
  }
  return (capsa_slice){0};
}

/* A span is what its attributes say: a language, or small capitals. */
static void read_span(capsa_tag *tag, capsa_slice html) {
  tag->target = capsa_tag_attribute(html, "lang");
  if (tag->target.len) {
    tag->has_span = true;
    tag->span = CAPSA_SPAN_FOREIGN;
    return;
  }
  capsa_slice look[] = {capsa_tag_attribute(html, "class"),
                        capsa_tag_attribute(html, "style")};
  for (int i = 0; i < 2; i++)
    if (capsa_slice_finds(look[i], "small-caps", 0) != CAPSA_NOT_FOUND ||
        capsa_slice_finds(look[i], "smallcaps", 0) != CAPSA_NOT_FOUND) {
      tag->has_span = true;
      tag->span = CAPSA_SPAN_SMALL_CAPS;
    }
}

capsa_tag capsa_tag_read(capsa_slice html) {
  capsa_tag tag = {0};
  if (capsa_slice_starts(html, "<!--")) {
    tag.kind = CAPSA_TAG_COMMENT;
    return tag;
  }
  bool closes = capsa_slice_starts(html, "</");
  tag.name = name_at(html, closes ? 2 : 1);
  if (is_name(tag.name, "br")) tag.kind = CAPSA_TAG_BREAK;
  for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
    if (!is_name(tag.name, elements[i].name)) continue;
    tag.kind = closes ? CAPSA_TAG_CLOSE : CAPSA_TAG_OPEN;
    tag.has_span = elements[i].has_span;
    tag.span = elements[i].span;
    if (!closes && is_name(tag.name, "span")) read_span(&tag, html);
    break;
  }
  return tag;
}

/* ---- pictures */

typedef struct picture {
  capsa_slice address, description, caption;
  int images;
  bool in_caption;
} picture;

/* One tag of a figure. @return false: this is more than a picture */
static bool take_tag(picture *p, capsa_slice tag, size_t end) {
  bool closes = capsa_slice_starts(tag, "</");
  capsa_slice name = name_at(tag, closes ? 2 : 1);
  if (is_name(name, "img")) {
    p->address = capsa_tag_attribute(tag, "src");
    p->description = capsa_tag_attribute(tag, "alt");
    return ++p->images == 1;
  }
  if (is_name(name, "figcaption")) {
    if (closes && p->caption.ptr) p->caption.len = end;
    p->in_caption = !closes;
    return closes || !p->caption.ptr;
  }
  return is_name(name, "figure") || is_name(name, "br");
}

bool capsa_tag_picture(capsa_slice html, capsa_slice *address,
                       capsa_slice *description, capsa_slice *caption) {
  picture p = {0};
  for (size_t i = 0; i < html.len;) {
    bool opens = html.ptr[i] == '<';
    if (!opens && !p.in_caption && !is_space(html.ptr[i])) return false;
    if (!opens) {
      i++;
      continue;
    }
    size_t close = capsa_slice_finds(html, ">", i);
    if (close == CAPSA_NOT_FOUND) return false;
    size_t before = p.caption.ptr ? i - (size_t)(p.caption.ptr - html.ptr) : 0;
    if (p.in_caption && !capsa_slice_starts(capsa_slice_from(html, i), "</"))
      return false;
    if (!take_tag(&p, capsa_slice_cut(html, i, close + 1), before))
      return false;
    i = close + 1;
    if (p.in_caption && !p.caption.ptr) p.caption.ptr = html.ptr + i;
  }
  *address = p.address;
  *description = p.description;
  *caption = capsa_slice_trim(p.caption);
  return p.images == 1 && !p.in_caption;
}
