/* markdown.c -- CommonMark by cmark, its tree flattened into blocks.
 *
 * Beyond CommonMark: front matter, footnotes, pipe tables. Raw HTML is never
 * passed on: the tags of markdown_tag.c become what they mean, comments are
 * reported, all else stays visible as it was written, a block of it as code.
 */
#include <string.h>

#include "base/slice.h"
#include "document/formats/formats.h"
#include "document/formats/front_matter/front_matter.h"
#include "document/formats/markdown/markdown_reader.h"
#include "document/ledger.h"

/* ---- blocks */

typedef capsa_markdown_reader reader;

static capsa_slice literal_of(cmark_node *node) {
  return capsa_slice_of(cmark_node_get_literal(node));
}

static uint32_t line_of(const reader *r, cmark_node *node) {
  return r->first_line + (uint32_t)cmark_node_get_start_line(node);
}

static uint32_t capped(uint32_t level) {
  return level < CAPSA_NESTING_MAX ? level : CAPSA_NESTING_MAX;
}

static capsa_draft_block *add(reader *r, cmark_node *node,
                              capsa_block_kind kind) {
  r->line = line_of(r, node);
  return capsa_draft_add(r->draft, &r->draft->blocks, kind, (capsa_slice){0},
                         r->line);
}

static void read_inlines(reader *r, cmark_node *node,
                         capsa_draft_block *block) {
  r->flat.len = 0;
  capsa_markdown_inlines(r, node, block, &r->flat);
  block->text = capsa_arena_copy(r->draft->arena, capsa_buf_view(&r->flat));
}

/* The picture that is all of a paragraph, perhaps as a link; or NULL. */
static cmark_node *lone_image(cmark_node *paragraph) {
  cmark_node *child = cmark_node_first_child(paragraph);
  while (child && !cmark_node_next(child)) {
    if (cmark_node_get_type(child) == CMARK_NODE_IMAGE) return child;
    if (cmark_node_get_type(child) != CMARK_NODE_LINK) return NULL;
    child = cmark_node_first_child(child);
  }
  return NULL;
}

static void add_paragraph(reader *r, cmark_node *node) {
  if (capsa_markdown_table_take(r, node)) return;
  capsa_draft_block *block = add(r, node, CAPSA_BLOCK_PARAGRAPH);
  if (!block) return;
  cmark_node *image = lone_image(node);
  if (image) {
    block->kind = CAPSA_BLOCK_FIGURE;
    block->target =
        capsa_markdown_source(r, capsa_slice_of(cmark_node_get_url(image)));
  } else if (r->lists) {
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
  block->text = capsa_markdown_source(r, text);
  block->marker = capsa_markdown_source(r, info);
}

static void add_heading(reader *r, cmark_node *node) {
  capsa_draft_block *block = add(r, node, CAPSA_BLOCK_HEADING);
  if (!block) return;
  block->level = (uint32_t)cmark_node_get_heading_level(node);
  read_inlines(r, node, block);
}

static void fill_lines(reader *r) {
  capsa_slice rest = r->from.text, line;
  while (capsa_slice_next_line(&rest, &line)) {
    size_t *start = CAPSA_LIST_ADD(r->draft->arena, &r->lines);
    if (start) *start = (size_t)(line.ptr - r->from.text.ptr);
  }
}

capsa_slice capsa_markdown_line(capsa_markdown_reader *r, uint32_t line) {
  capsa_slice text = {0};
  if (!r->lines.count) fill_lines(r);
  if (!line || line > r->lines.count) return text;
  capsa_slice rest = capsa_slice_from(r->from.text, r->lines.items[line - 1]);
  capsa_slice_next_line(&rest, &text);
  return text;
}

/* The number is the one that is printed; cmark would count on from the first,
 * and a record may have left one out. */
static void open_item(reader *r, cmark_node *item) {
  cmark_node *list = cmark_node_parent(item);
  if (cmark_node_get_list_type(list) != CMARK_ORDERED_LIST) {
    r->marker = CAPSA_LITERAL("\xE2\x80\xA2");
    return;
  }
  uint32_t line = (uint32_t)cmark_node_get_start_line(item);
  int column = cmark_node_get_start_column(item);
  capsa_slice text = capsa_slice_from(capsa_markdown_line(r, line),
                                      column > 0 ? (size_t)column - 1 : 0);
  size_t len = 0;
  while (len < text.len && text.ptr[len] >= '0' && text.ptr[len] <= '9') len++;
  r->marker =
      capsa_arena_copy(r->draft->arena, capsa_slice_cut(text, 0, len + 1));
  capsa_buf_put(&r->numbers, r->marker);
  capsa_buf_putc(&r->numbers, ' ');
}

/* ---- raw HTML */

static void add_picture(reader *r, cmark_node *node, capsa_slice address,
                        capsa_slice description, capsa_slice caption) {
  bool captioned = description.len && caption.len;
  capsa_draft_block *block = add(r, node, CAPSA_BLOCK_FIGURE);
  if (!block) return;
  block->target = capsa_markdown_source(r, address);
  block->text =
      capsa_markdown_source(r, description.len ? description : caption);
  if (!captioned) return;
  block = add(r, node, CAPSA_BLOCK_PARAGRAPH);
  if (block) block->text = capsa_markdown_source(r, caption);
}

static void add_html(reader *r, cmark_node *node) {
  capsa_slice html = capsa_slice_trim(literal_of(node));
  capsa_slice address, description, caption;
  bool comment = capsa_slice_starts(html, "<!--") &&
                 capsa_slice_finds(html, "-->", 0) == html.len - strlen("-->");
  if (comment)
    capsa_draft_report(r->draft, CAPSA_SEVERITY_INFO, line_of(r, node),
                       "comment", "left out: a comment in the source",
                       capsa_markdown_source(r, html));
  else if (capsa_tag_picture(html, &address, &description, &caption))
    add_picture(r, node, address, description, caption);
  else add_code(r, node, "html");
}

/* ---- footnotes */

static void open_note(reader *r, cmark_node *item,
                      const capsa_markdown_note *note) {
  r->note = note;
  r->note_item = item;
  r->note_first = r->draft->blocks.count;
  r->outer_lists = r->lists;
  r->outer_quotes = r->quotes;
  r->lists = r->quotes = 0;
  r->marker = (capsa_slice){0};
}

static void append(reader *r, capsa_draft_block *note, capsa_buf *text,
                   const capsa_draft_block *block) {
  if (text->len) capsa_buf_putc(text, '\n');
  if (block->marker.len && block->kind == CAPSA_BLOCK_LIST) {
    capsa_buf_put(text, block->marker);
    capsa_buf_putc(text, ' ');
  }
  for (size_t i = 0; i < block->spans.count; i++) {
    const capsa_span *from = &block->spans.items[i];
    capsa_span *span = capsa_draft_span(r->draft, note, from->kind,
                                        from->at.start_byte + text->len,
                                        from->at.end_byte + text->len);
    if (!span) return;
    span->target = from->target;
    span->mark = from->mark;
  }
  capsa_buf_put(text, block->text);
}

/* However many paragraphs it has, a note is one block: one number. */
static void close_note(reader *r) {
  capsa_draft_blocks *blocks = &r->draft->blocks;
  uint32_t line = r->first_line + r->note->line;
  capsa_draft_block *note = capsa_draft_add(
      r->draft, &r->notes, CAPSA_BLOCK_FOOTNOTE, (capsa_slice){0}, line);
  capsa_buf text = {0};
  capsa_buf_puts(&r->numbers, "[^");
  capsa_buf_put(&r->numbers, r->note->label);
  capsa_buf_puts(&r->numbers, "] ");
  for (size_t i = r->note_first; note && i < blocks->count; i++)
    append(r, note, &text, &blocks->items[i]);
  blocks->count = r->note_first;
  if (!note) capsa_buf_free(&text);
  else if (capsa_buf_take(&text, r->draft->arena, &note->text)) return;
  if (note) note->marker = r->note->label;
  capsa_draft_block *here =
      note && r->in_place ? CAPSA_LIST_ADD(r->draft->arena, blocks) : NULL;
  if (here) *here = *note;
  r->note = NULL;
  r->lists = r->outer_lists;
  r->quotes = r->outer_quotes;
}

/* ---- the walk */

static void enter_item(reader *r, cmark_node *item) {
  const capsa_markdown_note *note = capsa_markdown_note_on(
      &r->from, (uint32_t)cmark_node_get_start_line(item));
  if (note && !r->note) open_note(r, item, note);
  else open_item(r, item);
}

static void enter_block(reader *r, cmark_node *node) {
  switch (cmark_node_get_type(node)) {
  case CMARK_NODE_BLOCK_QUOTE: r->quotes++; break;
  case CMARK_NODE_LIST: r->lists++; break;
  case CMARK_NODE_ITEM: enter_item(r, node); break;
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
  if (r->note && node == r->note_item) close_note(r);
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

static cmark_node *parse(capsa_slice text) {
  cmark_parser *parser =
      cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &capsa_markdown_memory);
  cmark_parser_feed(parser, text.ptr, text.len);
  return cmark_parser_finish(parser);
}

static void read_parts(reader *r) {
  if (!r->parts.count) return;
  capsa_markdown_definitions_put(r);
  capsa_markdown_parts_read(r, parse(capsa_buf_view(&r->parts_text)));
}

/* Not inlined: the function that calls setjmp is a slow one in wasm. */
__attribute__((noinline)) static void read_with_cmark(void *context) {
  reader *r = context;
  read_blocks(r, parse(r->from.text));
  read_parts(r);
}

static void add_notes(reader *r) {
  for (size_t i = 0; !r->in_place && i < r->notes.count; i++) {
    capsa_draft_block *block =
        CAPSA_LIST_ADD(r->draft->arena, &r->draft->blocks);
    if (block) *block = r->notes.items[i];
  }
}

static void report_numbers(reader *r) {
  capsa_slice numbers;
  if (capsa_buf_take(&r->numbers, r->draft->arena, &numbers) || !numbers.len)
    return;
  capsa_draft_report(r->draft, CAPSA_SEVERITY_INFO, 0, "numbers",
                     "kept as the numbers of items and notes, not as text",
                     numbers);
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

static capsa_status read_body(reader *r, capsa_slice body) {
  capsa_markdown_prepare(body, r->draft, &r->from);
  capsa_markdown_tables_find(r);
  bool done = capsa_markdown_memory_run(read_with_cmark, r);
  capsa_arena_release(r->draft->arena, r->lines.items);
  if (!done || r->flat.failed) capsa_arena_fail(r->draft->arena);
  capsa_buf_free(&r->flat);
  capsa_buf_free(&r->parts_text);
  add_notes(r);
  report_numbers(r);
  capsa_addresses_tell(r->draft, &r->loose);
  return capsa_arena_failed(r->draft->arena) ? CAPSA_ENOMEM : CAPSA_OK;
}

/* Markdown of our own writer: what its ledger says stands, and the passes have
 * nothing to find. */
static bool read_own(const capsa_front_matter *matter, uint32_t first_line,
                     capsa_draft *draft) {
  capsa_slice body, ledger = capsa_ledger_cut(matter->body, &body);
  if (!ledger.len) return false;
  capsa_draft before = *draft;
  reader r = {.draft = draft, .first_line = first_line, .in_place = true};
  draft->settled = !read_body(&r, body) && capsa_ledger_apply(ledger, draft) &&
                   capsa_front_matter_restore(matter, draft);
  draft->tied = draft->settled;
  if (draft->settled) draft->diagnostics.count = before.diagnostics.count;
  else {
    *draft = before;
    capsa_draft_report(
        draft, CAPSA_SEVERITY_WARNING, 0, "ledger",
        "read anew: the text was changed since Capsa wrote it; turns, repairs "
        "and spans may come out differently",
        (capsa_slice){0});
  }
  return draft->settled;
}

capsa_status capsa_read_markdown(capsa_slice text, capsa_draft *draft) {
  capsa_slice body;
  capsa_front_matter matter = capsa_front_matter_cut(text, draft);
  uint32_t first_line = lines_between(text.ptr, matter.body.ptr);
  if (read_own(&matter, first_line, draft)) return CAPSA_OK;
  reader r = {.draft = draft, .first_line = first_line};
  capsa_front_matter_take(&matter, draft);
  capsa_status st =
      capsa_markdown_page_take(matter.body, first_line, draft, &body);
  if (!st) st = read_body(&r, body);
  if (!st) find_title(draft);
  return st;
}
