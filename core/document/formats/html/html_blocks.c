/* html_blocks.c -- the tree to blocks, in one walk.
 *
 * What stands around a text (lists, quotations, language) is a context that is
 * saved when an element begins and put back when it ends. A block ends where
 * an element begins or ends that stands for itself. Footnotes have a flow of
 * their own, so that one inside a sentence does not break it.
 */
#include <string.h>

#include "base/slice.h"
#include "document/formats/html/html_walk.h"
#include "text/chars.h"

static capsa_html_node *node_at(const capsa_html_walk *w, uint32_t i) {
  return &w->page->tree.items[i];
}

/* ---- blocks */

capsa_draft_block *capsa_html_add(capsa_html_walk *w, capsa_block_kind kind) {
  bool *outside = CAPSA_LIST_ADD(w->draft->arena, &w->page->outside);
  if (outside) *outside = w->now.outside;
  capsa_draft_block *block = capsa_draft_add(w->draft, &w->draft->blocks, kind,
                                             (capsa_slice){0}, w->line);
  if (block) block->language = w->now.language;
  return block;
}

static uint32_t capped(uint32_t level) {
  return level < CAPSA_NESTING_MAX ? level : CAPSA_NESTING_MAX;
}

static void take_block(capsa_html_walk *w) {
  const capsa_html_context *now = &w->now;
  capsa_block_kind kind = now->kind;
  if (kind == CAPSA_BLOCK_PARAGRAPH && now->lists) kind = CAPSA_BLOCK_LIST;
  else if (kind == CAPSA_BLOCK_PARAGRAPH && now->quotes)
    kind = CAPSA_BLOCK_QUOTATION;
  capsa_draft_block *block = capsa_html_add(w, kind);
  if (!block) return;
  if (kind == CAPSA_BLOCK_HEADING) block->level = now->level;
  if (kind == CAPSA_BLOCK_QUOTATION) block->level = capped(now->quotes);
  if (kind == CAPSA_BLOCK_LIST) {
    block->level = capped(now->lists);
    block->marker = w->marker;
    w->marker = (capsa_slice){0};
  }
  capsa_html_flow_take(&w->body, w->draft, block);
}

static void add_figures(capsa_html_walk *w) {
  for (size_t i = 0; i < w->figures.count; i++) {
    capsa_draft_block *block = capsa_html_add(w, CAPSA_BLOCK_FIGURE);
    if (!block) return;
    block->text = w->figures.items[i].text;
    block->target = w->figures.items[i].target;
  }
  w->figures.count = 0;
}

void capsa_html_flush(capsa_html_walk *w) {
  if (w->now.table) capsa_html_flow_space(w->flow);
  else if (w->now.note) capsa_html_flow_line(w->flow);
  else {
    if (w->body.text.len) take_block(w);
    w->body.gap = CAPSA_HTML_NO_GAP;
    add_figures(w);
  }
}

/* ---- text and line breaks */

/* Two breaks part paragraphs anywhere; one does where the lines are long or
 * begin with labels. */
static void break_line(capsa_html_walk *w) {
  capsa_html_flow *flow = w->flow;
  bool second = flow->gap == CAPSA_HTML_LINE;
  if (w->now.kind == CAPSA_BLOCK_HEADING || w->now.table)
    capsa_html_flow_space(flow);
  else if (flow->keep) capsa_html_flow_put(flow, CAPSA_LITERAL("\n"), true);
  else if (w->now.note) capsa_html_flow_line(flow);
  else if (second || (w->now.parts && w->now.kind != CAPSA_BLOCK_VERSE))
    capsa_html_flush(w);
  else capsa_html_flow_line(flow);
}

/* White space counts, but a line's end is a break like any other. */
static void put_lines(capsa_html_walk *w, const capsa_html_node *n) {
  capsa_slice rest = n->text, line;
  while (capsa_slice_next_line(&rest, &line)) {
    size_t at = 0, end = line.len;
    bool ended = line.ptr + line.len < n->text.ptr + n->text.len;
    bool starts = !w->flow->text.len || w->flow->gap == CAPSA_HTML_LINE;
    while (starts && at < end && strchr(" \t", line.ptr[at])) at++;
    while (ended && end > at && strchr(" \t", line.ptr[end - 1])) end--;
    if (end > at) {
      w->flow->keep = true;
      capsa_html_flow_put(w->flow, capsa_slice_cut(line, at, end), n->literal);
      w->flow->keep = false;
    }
    if (ended) break_line(w);
  }
}

static void put_text(capsa_html_walk *w, const capsa_html_node *n) {
  if (!w->flow->text.len) w->line = capsa_html_line(w->page, n->text);
  if (w->now.pre && w->now.kind != CAPSA_BLOCK_CODE && !w->now.table)
    put_lines(w, n);
  else capsa_html_flow_put(w->flow, n->text, n->literal);
}

static void put_rule(capsa_html_walk *w) {
  capsa_html_flush(w);
  if (!w->now.table && !w->now.note && !w->now.notes && w->draft->blocks.count)
    capsa_html_add(w, CAPSA_BLOCK_RULE);
}

/* ---- elements */

/* Code where it says so; else a text as someone typed it. */
static bool is_code(const capsa_html_walk *w, uint32_t pre,
                    const capsa_html_attributes *a) {
  capsa_slice classes = a->classes;
  const capsa_html_node *n = node_at(w, pre);
  bool child = n->end > pre + 1 && node_at(w, pre + 1)->tag == CAPSA_TAG_CODE;
  return child || capsa_html_has_word(classes, "code") ||
         capsa_slice_finds(classes, "lang", 0) != CAPSA_NOT_FOUND ||
         capsa_slice_finds(classes, "highlight", 0) != CAPSA_NOT_FOUND;
}

static void enter_pre(capsa_html_walk *w, uint32_t pre,
                      const capsa_html_attributes *a) {
  capsa_html_node *text = node_at(w, pre + 1);
  w->now.pre = true;
  if (pre + 1 < node_at(w, pre)->end && text->tag == CAPSA_TAG_TEXT &&
      capsa_slice_starts(text->text, "\n"))
    text->text = capsa_slice_from(text->text, 1);
  if (!is_code(w, pre, a) || w->now.note || w->now.table) return;
  w->now.kind = CAPSA_BLOCK_CODE;
  w->flow->keep = true;
}

static void enter_block(capsa_html_walk *w, capsa_html_frame *f,
                        capsa_html_tag tag, const capsa_html_attributes *a) {
  if (capsa_html_is_heading(tag) && !w->now.note) {
    w->now.kind = CAPSA_BLOCK_HEADING;
    w->now.level = (uint32_t)(tag - CAPSA_TAG_H1) + 1;
  }
  if (node_at(w, f->node)->flags & CAPSA_HTML_VERSE)
    w->now.kind = CAPSA_BLOCK_VERSE;
  if (tag == CAPSA_TAG_BLOCKQUOTE) w->now.quotes++;
  if (tag == CAPSA_TAG_PRE || tag == CAPSA_TAG_LISTING ||
      tag == CAPSA_TAG_XMP || tag == CAPSA_TAG_PLAINTEXT)
    enter_pre(w, f->node, a);
  w->now.parts = capsa_html_breaks_part(w->page, f->node);
  capsa_html_enter_list(w, f, tag, a);
  capsa_html_enter_table(w, f, tag, a);
}

static void enter(capsa_html_walk *w, uint32_t i) {
  capsa_html_node *n = node_at(w, i);
  capsa_html_tag tag = (capsa_html_tag)n->tag;
  bool block = capsa_html_tag_flags(tag) & CAPSA_HTML_BLOCK;
  bool note = n->role == CAPSA_HTML_NOTE && n->note && !w->now.note;
  if (block) capsa_html_flush(w);
  if (w->depth == sizeof w->frames / sizeof *w->frames) return;
  capsa_html_frame *f = &w->frames[w->depth++];
  *f = (capsa_html_frame){.node = i, .around = w->now};
  if (note) capsa_html_enter_note(w, i);
  if (n->role == CAPSA_HTML_OUTSIDE) w->now.outside = true;
  if (n->role == CAPSA_HTML_NOTES) w->now.notes = true;
  capsa_html_attributes a;
  capsa_html_attributes_read(n->text, &a);
  if (n->flags & CAPSA_HTML_HAS_LANGUAGE)
    capsa_html_read_language(w, f, &a, block || note);
  if (block) enter_block(w, f, tag, &a);
  else capsa_html_enter_phrase(w, f, tag, &a);
}

static void leave(capsa_html_walk *w) {
  capsa_html_frame *f = &w->frames[w->depth - 1];
  const capsa_html_node *n = node_at(w, f->node);
  capsa_html_tag tag = (capsa_html_tag)n->tag;
  bool block = capsa_html_tag_flags(tag) & CAPSA_HTML_BLOCK;
  if (w->now.table && !f->around.table) capsa_html_leave_table(w);
  else if (block) capsa_html_flush(w);
  else capsa_html_leave_phrase(w, tag);
  for (; f->spans; f->spans--) capsa_html_flow_close(w->flow);
  if (w->now.note && !f->around.note) capsa_html_leave_note(w, w->now.note);
  if (w->now.kind == CAPSA_BLOCK_CODE && f->around.kind != CAPSA_BLOCK_CODE)
    w->flow->keep = false;
  w->now = f->around;
  w->depth--;
}

/* An end tag amid blocks that began later: the looks end, they go on. */
static void end_looks(capsa_html_walk *w, uint32_t element) {
  size_t index = 0;
  for (size_t i = 0; i < w->depth; i++) {
    const capsa_html_frame *f = &w->frames[i];
    if (f->around.note != w->now.note && w->flow == &w->aside) index = 0;
    if (f->node == element)
      for (size_t k = 0; k < f->spans; k++)
        capsa_html_flow_end(w->flow, index + k);
    index += f->spans;
  }
}

/* @return whether the walk goes on inside the element */
static bool visit(capsa_html_walk *w, uint32_t i) {
  const capsa_html_node *n = node_at(w, i);
  capsa_html_put_listed_page(w, i);
  switch (n->role) {
  case CAPSA_HTML_HIDDEN:
    if (n->tag == CAPSA_TAG_IMG) break;
    capsa_html_report(w->page, i);
    return false;
  case CAPSA_HTML_CHROME:
    capsa_html_flush(w);
    capsa_html_report(w->page, i);
    return false;
  case CAPSA_HTML_RETURN: return false;
  case CAPSA_HTML_MARK: capsa_html_put_mark(w, i); return false;
  case CAPSA_HTML_PAGE:
    if (capsa_html_put_page(w, i)) return false;
    break;
  default: break;
  }
  if (w->now.notes && !w->now.note &&
      capsa_html_is_heading((capsa_html_tag)n->tag)) {
    capsa_html_report(w->page, i);
    return false;
  }
  switch (n->tag) {
  case CAPSA_TAG_TEXT: put_text(w, n); return false;
  case CAPSA_TAG_CLOSED: end_looks(w, n->note); return false;
  case CAPSA_TAG_BR: break_line(w); return false;
  case CAPSA_TAG_HR: put_rule(w); return false;
  case CAPSA_TAG_IMG:
  case CAPSA_TAG_IMAGE: capsa_html_put_picture(w, i); return false;
  case CAPSA_TAG_SUP: return !capsa_html_put_raised(w, i);
  default: return true;
  }
}

/* A page may begin behind the last word. */
static void keep_last_marks(capsa_html_walk *w, size_t first) {
  capsa_draft_blocks *blocks = &w->draft->blocks;
  if (blocks->count == first) return;
  capsa_draft_block *last = &blocks->items[blocks->count - 1];
  for (size_t i = 0; i < w->body.spans.count; i++) {
    capsa_span *span = CAPSA_LIST_ADD(w->draft->arena, &last->spans);
    if (!span) return;
    *span = w->body.spans.items[i];
    span->at = (capsa_range){last->text.len, last->text.len};
  }
}

void capsa_html_blocks(capsa_html_page *page, capsa_draft_blocks *notes) {
  capsa_arena *arena = page->draft->arena;
  capsa_html_walk *w = capsa_arena_alloc(arena, sizeof *w);
  if (!w) return;
  w->page = page;
  w->draft = page->draft;
  w->notes = notes;
  w->body.arena = w->aside.arena = arena;
  w->flow = &w->body;
  uint32_t end = page->tree.items[page->body].end;
  w->now.parts = capsa_html_breaks_part(page, page->body);
  size_t first = page->draft->blocks.count;
  capsa_html_put_listed_page(w, page->body);
  for (uint32_t i = page->body + 1; i < end;) {
    while (w->depth && node_at(w, w->frames[w->depth - 1].node)->end <= i)
      leave(w);
    if (visit(w, i)) enter(w, i++);
    else i = node_at(w, i)->end;
  }
  while (w->depth) leave(w);
  capsa_html_flush(w);
  keep_last_marks(w, first);
  capsa_html_report_marks(w);
  if (w->body.text.failed || w->aside.text.failed) page->failed = true;
  capsa_buf_free(&w->body.text);
  capsa_buf_free(&w->aside.text);
}
