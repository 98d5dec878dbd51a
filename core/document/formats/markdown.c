/* markdown.c -- CommonMark by cmark, its tree flattened into blocks.
 *
 * cmark's memory comes from one arena that goes when the tree goes: a parse is
 * then about twice as fast as with malloc (it frees node by node). cmark ends
 * the program when memory is out; capsa_markdown_guard and the limit on a
 * source's size keep inputs small enough.
 *
 * Raw HTML is never passed on: a block of it becomes a code block, a tag in a
 * line stays as text, <br> is a line break.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/slice.h"
#include "cmark.h"
#include "document/formats/formats.h"
#include "document/formats/markdown_guard.h"

/* ---- memory for cmark */

static capsa_arena *cmark_arena; /* cmark's hooks carry no context */

typedef union header {
  size_t size; /* of what follows, for realloc */
  max_align_t align;
} header;

static void *take(size_t size) {
  header *h = capsa_arena_alloc(cmark_arena, sizeof *h + size);
  if (!h) abort();
  h->size = size;
  return h + 1;
}

static void *cmark_calloc(size_t count, size_t size) {
  return take(count * size);
}

static void *cmark_realloc(void *old, size_t size) {
  size_t before = old ? ((header *)old - 1)->size : 0;
  if (before >= size) return old;
  void *more = take(size);
  if (before) memcpy(more, old, before);
  return more;
}

static void cmark_free_nothing(void *ptr) { (void)ptr; }

static cmark_mem memory = {cmark_calloc, cmark_realloc, cmark_free_nothing};

/* ---- inlines */

typedef struct reader {
  capsa_draft *draft;
  uint32_t first_line; /* of the Markdown behind the front matter, from 0 */
  uint32_t lists, quotes;
  capsa_slice marker; /* of the item whose first paragraph comes next */
  bool broken_off;    /* that paragraph has been there */
} reader;

/* An inline node that is open: where its span begins. */
typedef struct open_span {
  size_t start;
  cmark_node *node;
} open_span;

static capsa_slice literal_of(cmark_node *node) {
  return capsa_slice_of(cmark_node_get_literal(node));
}

static bool is_safe_target(capsa_slice url) {
  static const char *const schemes[] = {"http://", "https://", "mailto:"};
  for (int i = 0; i < 3; i++)
    if (capsa_slice_equal_nocase(capsa_slice_cut(url, 0, strlen(schemes[i])),
                                 capsa_slice_of(schemes[i])))
      return true;
  return false;
}

static bool is_break_tag(capsa_slice tag) {
  return capsa_slice_equal_nocase(tag, CAPSA_LITERAL("<br>")) ||
         capsa_slice_equal_nocase(tag, CAPSA_LITERAL("<br/>")) ||
         capsa_slice_equal_nocase(tag, CAPSA_LITERAL("<br />"));
}

/* A line feed ends the line it stands on: no space before it. */
static void put_break(capsa_buf *text) {
  while (text->len && text->ptr[text->len - 1] == ' ') text->len--;
  capsa_buf_putc(text, '\n');
}

static void put_inline(capsa_buf *text, cmark_node *node) {
  switch (cmark_node_get_type(node)) {
  case CMARK_NODE_TEXT:
  case CMARK_NODE_CODE: capsa_buf_put(text, literal_of(node)); break;
  case CMARK_NODE_SOFTBREAK: capsa_buf_putc(text, ' '); break;
  case CMARK_NODE_LINEBREAK: put_break(text); break;
  case CMARK_NODE_HTML_INLINE:
    if (is_break_tag(literal_of(node))) put_break(text);
    else capsa_buf_put(text, literal_of(node));
    break;
  default: break;
  }
}

static void close_span(reader *r, capsa_draft_block *block, cmark_node *node,
                       size_t start, size_t end) {
  if (start == end) return;
  switch (cmark_node_get_type(node)) {
  case CMARK_NODE_EMPH:
    capsa_draft_span(r->draft, block, CAPSA_SPAN_EMPHASIS, start, end);
    break;
  case CMARK_NODE_STRONG:
    capsa_draft_span(r->draft, block, CAPSA_SPAN_STRONG, start, end);
    break;
  case CMARK_NODE_CODE:
    capsa_draft_span(r->draft, block, CAPSA_SPAN_CODE, start, end);
    break;
  case CMARK_NODE_LINK: {
    capsa_slice url = capsa_slice_of(cmark_node_get_url(node));
    if (!is_safe_target(url)) break;
    capsa_span *link =
        capsa_draft_span(r->draft, block, CAPSA_SPAN_LINK, start, end);
    if (link) link->target = capsa_arena_copy(r->draft->arena, url);
    break;
  }
  default: break;
  }
}

/* Flatten the inlines of `parent` into the text and spans of `block`. The
 * walk is cmark's, which does not recurse; inlines nest as deep as they like.
 */
static void read_inlines(reader *r, cmark_node *parent,
                         capsa_draft_block *block) {
  capsa_buf text = {0};
  CAPSA_LIST(open_span) open = {0};
  cmark_iter *walk = cmark_iter_new(parent);
  for (cmark_event_type event;
       (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
    cmark_node *node = cmark_iter_get_node(walk);
    if (node == parent) continue;
    if (event == CMARK_EVENT_EXIT) {
      size_t start = open.count ? open.items[--open.count].start : 0;
      close_span(r, block, node, start, text.len);
      continue;
    }
    size_t start = text.len;
    put_inline(&text, node);
    if (cmark_node_get_type(node) == CMARK_NODE_CODE)
      close_span(r, block, node, start, text.len);
    else if (cmark_node_first_child(node) ||
             cmark_node_get_type(node) >= CMARK_NODE_EMPH) {
      open_span *span = CAPSA_LIST_ADD(r->draft->arena, &open);
      if (span) *span = (open_span){start, node};
    }
  }
  cmark_iter_free(walk);
  capsa_slice flat;
  if (!capsa_buf_take(&text, r->draft->arena, &flat)) block->text = flat;
}

/* ---- blocks */

static uint32_t line_of(const reader *r, cmark_node *node) {
  return r->first_line + (uint32_t)cmark_node_get_start_line(node);
}

static capsa_draft_block *add(reader *r, cmark_node *node,
                              capsa_block_kind kind) {
  return capsa_draft_add(r->draft, &r->draft->blocks, kind, (capsa_slice){0},
                         line_of(r, node));
}

static uint32_t capped(uint32_t level) {
  return level < CAPSA_NESTING_MAX ? level : CAPSA_NESTING_MAX;
}

static bool is_lone_image(cmark_node *paragraph) {
  cmark_node *child = cmark_node_first_child(paragraph);
  return child && !cmark_node_next(child) &&
         cmark_node_get_type(child) == CMARK_NODE_IMAGE;
}

static void add_paragraph(reader *r, cmark_node *node) {
  capsa_draft_block *block = add(r, node, CAPSA_BLOCK_PARAGRAPH);
  if (!block) return;
  if (is_lone_image(node)) block->kind = CAPSA_BLOCK_FIGURE;
  else if (r->lists) {
    block->kind = CAPSA_BLOCK_LIST;
    block->level = capped(r->lists);
    block->marker = r->marker;
    r->marker = (capsa_slice){0};
  } else if (r->quotes) {
    block->kind = CAPSA_BLOCK_QUOTATION;
    block->level = capped(r->quotes);
  }
  read_inlines(r, node, block);
}

static void add_code(reader *r, cmark_node *node, const char *language) {
  capsa_draft_block *block = add(r, node, CAPSA_BLOCK_CODE);
  if (!block) return;
  capsa_slice text = literal_of(node), info = capsa_slice_of(language);
  if (capsa_slice_ends(text, "\n")) text.len--;
  size_t word = 0;
  while (word < info.len && info.ptr[word] != ' ') word++;
  info.len = word;
  block->text = capsa_arena_copy(r->draft->arena, text);
  block->marker = capsa_arena_copy(r->draft->arena, info);
}

static void add_heading(reader *r, cmark_node *node) {
  capsa_draft_block *block = add(r, node, CAPSA_BLOCK_HEADING);
  if (!block) return;
  block->level = (uint32_t)cmark_node_get_heading_level(node);
  read_inlines(r, node, block);
}

/* "3." counts on from where the list starts; what the source printed as every
 * number is not kept by cmark. */
static void open_item(reader *r, cmark_node *item) {
  cmark_node *list = cmark_node_parent(item);
  if (cmark_node_get_list_type(list) != CMARK_ORDERED_LIST) {
    r->marker = CAPSA_LITERAL("\xE2\x80\xA2");
    return;
  }
  cmark_node *before = cmark_node_previous(item);
  int number = cmark_node_get_list_start(list);
  if (before) /* user data: the number of the item before */
    number = (int)(intptr_t)cmark_node_get_user_data(before) + 1;
  cmark_node_set_user_data(item, (void *)(intptr_t)number);
  capsa_buf marker = {0};
  capsa_buf_putf(&marker, "%d%c", number,
                 cmark_node_get_list_delim(list) == CMARK_PAREN_DELIM ? ')'
                                                                      : '.');
  if (capsa_buf_take(&marker, r->draft->arena, &r->marker))
    r->marker = (capsa_slice){0};
}

static bool is_comment(capsa_slice html) {
  html = capsa_slice_trim(html);
  return capsa_slice_starts(html, "<!--") && capsa_slice_ends(html, "-->");
}

static void add_html(reader *r, cmark_node *node) {
  capsa_slice html = literal_of(node);
  if (!is_comment(html)) add_code(r, node, "html");
  else
    capsa_draft_report(r->draft, CAPSA_SEVERITY_INFO, line_of(r, node),
                       "comment", "left out: a comment in the source",
                       capsa_arena_copy(r->draft->arena, html));
}

static void enter_block(reader *r, cmark_node *node) {
  switch (cmark_node_get_type(node)) {
  case CMARK_NODE_BLOCK_QUOTE: r->quotes++; break;
  case CMARK_NODE_LIST: r->lists++; break;
  case CMARK_NODE_ITEM: open_item(r, node); break;
  case CMARK_NODE_PARAGRAPH: add_paragraph(r, node); break;
  case CMARK_NODE_HEADING: add_heading(r, node); break;
  case CMARK_NODE_CODE_BLOCK:
    add_code(r, node, cmark_node_get_fence_info(node));
    break;
  case CMARK_NODE_HTML_BLOCK: add_html(r, node); break;
  case CMARK_NODE_THEMATIC_BREAK: add(r, node, CAPSA_BLOCK_RULE); break;
  default: break;
  }
}

static void leave_block(reader *r, cmark_node *node) {
  if (cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE) r->quotes--;
  if (cmark_node_get_type(node) == CMARK_NODE_LIST) r->lists--;
}

static void read_blocks(reader *r, cmark_node *root) {
  cmark_iter *walk = cmark_iter_new(root);
  for (cmark_event_type event;
       (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
    cmark_node *node = cmark_iter_get_node(walk);
    if (event == CMARK_EVENT_EXIT) {
      leave_block(r, node);
      continue;
    }
    enter_block(r, node);
    bool leaf = cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH ||
                cmark_node_get_type(node) == CMARK_NODE_HEADING;
    if (leaf) cmark_iter_reset(walk, node, CMARK_EVENT_EXIT);
  }
  cmark_iter_free(walk);
}

static void find_title(capsa_draft *draft) {
  for (size_t i = 0; !draft->metadata.title.len && i < draft->blocks.count; i++)
    if (draft->blocks.items[i].kind == CAPSA_BLOCK_HEADING)
      draft->metadata.title = draft->blocks.items[i].text;
}

static uint32_t lines_between(const char *start, const char *end) {
  uint32_t lines = 0;
  for (; start < end; start++) lines += *start == '\n';
  return lines;
}

capsa_status capsa_read_markdown(capsa_slice text, capsa_draft *draft) {
  reader r = {.draft = draft};
  capsa_slice body;
  capsa_read_front_matter(text, draft, &body);
  r.first_line = lines_between(text.ptr, body.ptr);
  body = capsa_markdown_guard(body, draft);

  cmark_arena = capsa_arena_new();
  if (!cmark_arena) return CAPSA_ENOMEM;
  cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &memory);
  cmark_parser_feed(parser, body.ptr, body.len);
  read_blocks(&r, cmark_parser_finish(parser));
  capsa_arena_free(cmark_arena);
  cmark_arena = NULL;
  find_title(draft);
  return capsa_arena_failed(draft->arena) ? CAPSA_ENOMEM : CAPSA_OK;
}
