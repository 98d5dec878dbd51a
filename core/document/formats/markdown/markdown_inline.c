/* markdown_inline.c -- the inlines of a paragraph, flattened.
 *
 * A tag of HTML counts only where its partner stands in the same paragraph:
 * both are then markup; one alone is text, as its writer would see it.
 */
#include <string.h>

#include "base/slice.h"
#include "document/formats/markdown/markdown_reader.h"

/* An inline or an element that is open: where its span begins. */
typedef struct open_span {
  size_t start;
  cmark_node *node;
} open_span;

typedef CAPSA_LIST(open_span) open_list;

typedef struct flattener {
  capsa_markdown_reader *r;
  capsa_draft_block *block;
  capsa_buf *text;
  open_list inlines, elements;
  bool paired; /* tags have found their partners */
} flattener;

static capsa_slice literal_of(cmark_node *node) {
  return capsa_slice_of(cmark_node_get_literal(node));
}

capsa_slice capsa_markdown_source(capsa_markdown_reader *r, capsa_slice text) {
  capsa_buf buf = {0};
  capsa_slice out = {0};
  capsa_markdown_unmask(&r->from, &buf, text);
  return capsa_buf_take(&buf, r->draft->arena, &out) ? (capsa_slice){0} : out;
}

static void report(flattener *f, capsa_severity severity, const char *code,
                   const char *action, capsa_slice text) {
  capsa_draft_report(f->r->draft, severity, f->r->line, code, action,
                     capsa_markdown_source(f->r, text));
}

/* ---- text */

/* A footnote's reference has no text: what is printed there is its mark. */
static void put_reference(flattener *f, const capsa_markdown_note *note) {
  size_t at = f->text->len;
  capsa_span *span =
      capsa_draft_span(f->r->draft, f->block, CAPSA_SPAN_FOOTNOTE_REF, at, at);
  if (!span) return;
  span->target = note->label;
  span->mark = note->label;
}

static void put_text(flattener *f, capsa_slice text) {
  size_t from = 0, i = 0;
  const char *mask;
  while (f->r->from.masked && i < text.len &&
         (mask = memchr(text.ptr + i, CAPSA_MASK_NOTE, text.len - i))) {
    size_t end = i = (size_t)(mask - text.ptr);
    const capsa_markdown_note *note =
        capsa_markdown_note_at(&f->r->from, text, &end);
    capsa_markdown_unmask(&f->r->from, f->text, capsa_slice_cut(text, from, i));
    if (note) put_reference(f, note);
    from = i = note ? end : i + 1;
  }
  capsa_markdown_unmask(&f->r->from, f->text, capsa_slice_from(text, from));
}

/* A line feed ends the line it stands on: no space before it. */
static void put_break(capsa_buf *text, size_t start) {
  while (text->len > start && text->ptr[text->len - 1] == ' ') text->len--;
  capsa_buf_putc(text, '\n');
}

/* ---- spans */

bool capsa_markdown_is_safe(capsa_slice url) {
  static const char *const schemes[] = {"http://", "https://", "mailto:"};
  for (int i = 0; i < 3; i++)
    if (capsa_slice_equal_nocase(capsa_slice_cut(url, 0, strlen(schemes[i])),
                                 capsa_slice_of(schemes[i])))
      return true;
  return false;
}

static void put_link(flattener *f, size_t start, capsa_slice target) {
  capsa_span *link = capsa_draft_span(f->r->draft, f->block, CAPSA_SPAN_LINK,
                                      start, f->text->len);
  if (link) link->target = target;
}

/* Where a link leads; what is not followed is reported. */
static void close_link(flattener *f, cmark_node *node, size_t start) {
  capsa_slice url = capsa_slice_of(cmark_node_get_url(node));
  capsa_slice title = capsa_slice_of(cmark_node_get_title(node));
  if (title.len)
    report(f, CAPSA_SEVERITY_LOSS, "link-title",
           "left out: the title of a link, which no page shows", title);
  if (capsa_address_is_relative(url)) {
    capsa_slice whole = capsa_address_resolve(f->r->draft->arena,
                                              f->r->draft->metadata.source_url,
                                              capsa_markdown_source(f->r, url));
    if (whole.len && start < f->text->len) put_link(f, start, whole);
    else if (!whole.len)
      capsa_addresses_put(&f->r->loose, capsa_markdown_source(f->r, url));
    return;
  }
  if (!capsa_markdown_is_safe(url)) {
    if (url.len && url.ptr[0] != '#')
      report(f, CAPSA_SEVERITY_LOSS, "link",
             "left out: only http, https and mailto addresses are kept", url);
    return;
  }
  if (start < f->text->len)
    put_link(f, start, capsa_markdown_source(f->r, url));
}

static void close_image(flattener *f, cmark_node *node) {
  capsa_slice url = capsa_slice_of(cmark_node_get_url(node));
  if (url.len && f->block->kind != CAPSA_BLOCK_FIGURE)
    report(f, CAPSA_SEVERITY_LOSS, "image",
           "left out: a picture inside a line; its description stays", url);
}

static void close_inline(flattener *f, cmark_node *node, size_t start) {
  capsa_span_kind kind = CAPSA_SPAN_EMPHASIS;
  switch (cmark_node_get_type(node)) {
  case CMARK_NODE_EMPH: break;
  case CMARK_NODE_STRONG: kind = CAPSA_SPAN_STRONG; break;
  case CMARK_NODE_CODE: kind = CAPSA_SPAN_CODE; break;
  case CMARK_NODE_LINK: close_link(f, node, start); return;
  case CMARK_NODE_IMAGE: close_image(f, node); return;
  default: return;
  }
  if (start < f->text->len)
    capsa_draft_span(f->r->draft, f->block, kind, start, f->text->len);
}

/* ---- tags */

#define PAIRED ((void *)1)

static void pair_close(open_list *open, cmark_node *node, capsa_slice name) {
  for (size_t i = open->count; i-- > 0;) {
    capsa_tag tag = capsa_tag_read(literal_of(open->items[i].node));
    if (!capsa_slice_equal_nocase(tag.name, name)) continue;
    cmark_node_set_user_data(open->items[i].node, PAIRED);
    cmark_node_set_user_data(node, PAIRED);
    open->count = i;
    return;
  }
}

/* Find the partners of all tags of the paragraph. Its `<` are limited, and so
 * is this. */
static void pair_tags(flattener *f, cmark_node *parent) {
  open_list open = {0};
  f->paired = true;
  cmark_iter *walk = cmark_iter_new(parent);
  for (cmark_event_type event;
       (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
    cmark_node *node = cmark_iter_get_node(walk);
    if (cmark_node_get_type(node) != CMARK_NODE_HTML_INLINE) continue;
    capsa_tag tag = capsa_tag_read(literal_of(node));
    if (tag.kind == CAPSA_TAG_CLOSE) pair_close(&open, node, tag.name);
    if (tag.kind != CAPSA_TAG_OPEN) continue;
    open_span *item = CAPSA_LIST_ADD(f->r->draft->arena, &open);
    if (item) item->node = node;
  }
  cmark_iter_free(walk);
}

static void close_element(flattener *f, capsa_slice name) {
  capsa_tag tag = {0};
  size_t start = f->text->len;
  while (f->elements.count && !capsa_slice_equal_nocase(tag.name, name)) {
    open_span *open = &f->elements.items[--f->elements.count];
    tag = capsa_tag_read(literal_of(open->node));
    start = open->start;
  }
  if (!tag.has_span || start == f->text->len) return;
  capsa_span *span =
      capsa_draft_span(f->r->draft, f->block, tag.span, start, f->text->len);
  if (span && tag.target.len)
    span->target = capsa_markdown_source(f->r, tag.target);
}

static void put_tag(flattener *f, cmark_node *node, size_t start) {
  capsa_slice html = literal_of(node);
  capsa_tag tag = capsa_tag_read(html);
  bool paired = cmark_node_get_user_data(node) == PAIRED;
  if (tag.kind == CAPSA_TAG_BREAK) put_break(f->text, start);
  else if (tag.kind == CAPSA_TAG_COMMENT)
    report(f, CAPSA_SEVERITY_INFO, "comment",
           "left out: a comment in the source", html);
  else if (!paired) capsa_markdown_unmask(&f->r->from, f->text, html);
  else if (tag.kind == CAPSA_TAG_CLOSE) close_element(f, tag.name);
  else {
    open_span *open = CAPSA_LIST_ADD(f->r->draft->arena, &f->elements);
    if (open) *open = (open_span){f->text->len, node};
    if (!tag.has_span)
      report(f, CAPSA_SEVERITY_INFO, "markup",
             "left out: how words look; the words stay", html);
  }
}

/* ---- the walk */

static void enter(flattener *f, cmark_node *node, size_t first) {
  size_t start = f->text->len;
  switch (cmark_node_get_type(node)) {
  case CMARK_NODE_TEXT: put_text(f, literal_of(node)); return;
  case CMARK_NODE_SOFTBREAK: capsa_buf_putc(f->text, ' '); return;
  case CMARK_NODE_LINEBREAK: capsa_buf_putc(f->text, '\n'); return;
  case CMARK_NODE_HTML_INLINE: put_tag(f, node, first); return;
  case CMARK_NODE_CODE:
    capsa_markdown_unmask(&f->r->from, f->text, literal_of(node));
    close_inline(f, node, start);
    return;
  default: break;
  }
  open_span *open = CAPSA_LIST_ADD(f->r->draft->arena, &f->inlines);
  if (open) *open = (open_span){start, node};
}

/* The walk is cmark's, which does not recurse; inlines nest as deep as they
 * like. */
void capsa_markdown_inlines(capsa_markdown_reader *r, cmark_node *parent,
                            capsa_draft_block *block, capsa_buf *text) {
  flattener f = {.r = r, .block = block, .text = text};
  size_t first = text->len;
  cmark_iter *walk = cmark_iter_new(parent);
  for (cmark_event_type event;
       (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
    cmark_node *node = cmark_iter_get_node(walk);
    if (node == parent) continue;
    if (event == CMARK_EVENT_EXIT) {
      size_t start =
          f.inlines.count ? f.inlines.items[--f.inlines.count].start : 0;
      close_inline(&f, node, start);
      continue;
    }
    if (!f.paired && cmark_node_get_type(node) == CMARK_NODE_HTML_INLINE)
      pair_tags(&f, parent);
    enter(&f, node, first);
  }
  cmark_iter_free(walk);
}
