/* html_marks.c -- what a reader sees in a text and is none: pictures, marks of
 * notes, numbers of pages; and the notes themselves.
 */
#include <string.h>

#include "base/slice.h"
#include "document/formats/html/html_walk.h"
#include "text/chars.h"

#define PAGE_BYTES_MAX 40
#define WORD_BYTES_MAX 60

static capsa_html_node *node_at(const capsa_html_walk *w, uint32_t i) {
  return &w->page->tree.items[i];
}

static bool stands_in_figure(const capsa_html_walk *w) {
  for (size_t i = w->depth; i-- > 0;)
    if (node_at(w, w->frames[i].node)->tag == CAPSA_TAG_FIGURE) return true;
  return false;
}

/* A picture without a description is decoration, unless it is a figure. */
void capsa_html_put_picture(capsa_html_walk *w, uint32_t node) {
  capsa_html_attributes a;
  capsa_html_attributes_read(node_at(w, node)->text, &a);
  capsa_arena *arena = w->draft->arena;
  capsa_html_figure picture = {
      .text = capsa_draft_squeeze(arena, capsa_html_value(arena, a.alt)),
      .target = capsa_html_address(w, a.src, true)};
  if (!picture.text.len && !(picture.target.len && stands_in_figure(w))) return;
  capsa_html_figure *figure = CAPSA_LIST_ADD(arena, &w->figures);
  if (figure) *figure = picture;
}

/* The word that a mark is glued to, with the mark. */
static void remember_mark(capsa_html_walk *w, capsa_slice printed) {
  capsa_slice text = capsa_buf_view(&w->flow->text);
  size_t start = text.len;
  while (!w->flow->gap && start && text.len - start < WORD_BYTES_MAX &&
         !strchr(" \n\t", text.ptr[start - 1]))
    start--;
  while (start < text.len && ((unsigned char)text.ptr[start] & 0xC0) == 0x80)
    start++;
  const capsa_slice parts[] = {w->marked.count ? CAPSA_LITERAL(" ")
                                               : (capsa_slice){0},
                               capsa_slice_from(text, start), printed};
  capsa_slice *word = CAPSA_LIST_ADD(w->draft->arena, &w->marked);
  if (word) *word = capsa_draft_concat(w->draft, parts, 3);
}

void capsa_html_report_marks(capsa_html_walk *w) {
  if (!w->marked.count) return;
  capsa_draft_report(
      w->draft, CAPSA_SEVERITY_INFO, 0, "notes",
      "read as footnotes: these numbers are drawn beside the "
      "words and are no text",
      capsa_draft_concat(w->draft, w->marked.items, w->marked.count));
}

void capsa_html_put_mark(capsa_html_walk *w, uint32_t i) {
  capsa_arena *arena = w->draft->arena;
  uint32_t note = node_at(w, i)->note;
  capsa_slice printed =
      capsa_html_text(&w->page->tree, i, SIZE_MAX, arena, false);
  capsa_slice marker = capsa_html_marker(arena, printed, true);
  remember_mark(w, printed);
  if (note) marker = w->page->notes.items[note - 1].marker;
  capsa_span *mark = capsa_html_flow_mark(
      w->flow, CAPSA_SPAN_FOOTNOTE_REF, marker.len ? marker : printed, printed);
  if (mark && note) mark->block = w->page->notes.items[note - 1].number;
}

/* "Page 12", "p. 12", "[12]", "12": what comes last. */
static capsa_slice page_number(capsa_slice text) {
  size_t end = text.len;
  while (end && strchr(" ])}.", text.ptr[end - 1])) end--;
  size_t start = end;
  while (start && !strchr(" [({._-", text.ptr[start - 1])) start--;
  text = capsa_slice_cut(text, start, end);
  return text.len <= PAGE_BYTES_MAX ? text : (capsa_slice){0};
}

/* As the work's own list of pages calls it: "12", "xii", "Page 12". */
static capsa_slice listed_page(const capsa_html_walk *w, capsa_slice id) {
  const capsa_html_work *work = w->page->options->work;
  capsa_slice label = work ? work->page(work->context, id) : (capsa_slice){0};
  capsa_slice number = page_number(label);
  return number.len ? number : label;
}

void capsa_html_put_listed_page(capsa_html_walk *w, uint32_t i) {
  const capsa_html_node *n = node_at(w, i);
  capsa_html_attributes a = {0};
  if (!w->page->options->work || n->tag == CAPSA_TAG_TEXT ||
      n->tag == CAPSA_TAG_CLOSED || n->role == CAPSA_HTML_PAGE)
    return;
  if (i != w->page->body) capsa_html_attributes_read(n->text, &a);
  if (i != w->page->body && !a.id.len) return;
  capsa_slice number = listed_page(w, a.id);
  if (!number.len) return;
  if (capsa_html_tag_flags((capsa_html_tag)n->tag) & CAPSA_HTML_BLOCK)
    capsa_html_flush(w);
  capsa_html_flow_mark(w->flow, CAPSA_SPAN_PAGE_BREAK, number,
                       (capsa_slice){0});
}

bool capsa_html_put_page(capsa_html_walk *w, uint32_t i) {
  capsa_arena *arena = w->draft->arena;
  capsa_html_attributes a;
  capsa_slice printed =
      capsa_html_text(&w->page->tree, i, PAGE_BYTES_MAX + 1, arena, false);
  if (printed.len > PAGE_BYTES_MAX) return false;
  capsa_html_attributes_read(node_at(w, i)->text, &a);
  capsa_slice said = a.title.len ? a.title : a.label.len ? a.label : a.value;
  capsa_slice number = page_number(capsa_html_value(arena, said));
  if (!number.len) number = page_number(printed);
  capsa_slice listed = a.id.len ? listed_page(w, a.id) : (capsa_slice){0};
  if (!number.len) number = listed;
  if (!number.len) return false;
  capsa_html_flow_mark(w->flow, CAPSA_SPAN_PAGE_BREAK, number, printed);
  return true;
}

/* ---- raised numbers */

static bool has_note(const capsa_html_walk *w, capsa_slice marker) {
  for (size_t i = 0; i < w->page->notes.count; i++)
    if (w->page->notes.items[i].node &&
        capsa_slice_equal(w->page->notes.items[i].marker, marker))
      return true;
  return false;
}

/* 10<sup>3</sup> is a power, and "103" would be another number. */
static void put_power(capsa_html_walk *w, capsa_slice figures) {
  static const char *const raised[] = {
      "\xE2\x81\xB0", "\xC2\xB9",     "\xC2\xB2",     "\xC2\xB3",
      "\xE2\x81\xB4", "\xE2\x81\xB5", "\xE2\x81\xB6", "\xE2\x81\xB7",
      "\xE2\x81\xB8", "\xE2\x81\xB9"};
  for (size_t i = 0; i < figures.len; i++)
    capsa_html_flow_put(w->flow, capsa_slice_of(raised[figures.ptr[i] - '0']),
                        true);
}

bool capsa_html_put_raised(capsa_html_walk *w, uint32_t i) {
  if (node_at(w, i)->end != i + 2) return false; /* one text and no more */
  capsa_slice printed = capsa_html_text(&w->page->tree, i, PAGE_BYTES_MAX,
                                        w->draft->arena, false);
  capsa_slice marker = capsa_html_marker(w->draft->arena, printed, false);
  if (!marker.len) return false;
  capsa_slice before = capsa_buf_view(&w->flow->text);
  bool number = before.len && w->flow->gap == CAPSA_HTML_NO_GAP &&
                capsa_is_digit((unsigned char)before.ptr[before.len - 1]);
  if (has_note(w, marker)) {
    remember_mark(w, printed);
    capsa_html_flow_mark(w->flow, CAPSA_SPAN_FOOTNOTE_REF, marker, printed);
  } else if ((number || !before.len || w->flow->gap != CAPSA_HTML_NO_GAP) &&
             capsa_is_digit((unsigned char)marker.ptr[0]) && marker.len < 4)
    put_power(w, marker);
  else return false;
  return true;
}

/* ---- notes */

void capsa_html_enter_note(capsa_html_walk *w, uint32_t i) {
  w->now.note = node_at(w, i)->note;
  w->now.kind = CAPSA_BLOCK_PARAGRAPH;
  w->now.lists = w->now.quotes = 0;
  w->flow = &w->aside;
}

/* "1. ", "[1] " before a note whose number is 1: the marker says it. */
static size_t printed_marker(capsa_html_walk *w, capsa_slice text,
                             capsa_slice marker) {
  size_t end = 0;
  while (end < text.len && end < 12 && !strchr(" \n\t", text.ptr[end])) end++;
  capsa_slice first = capsa_slice_cut(text, 0, end);
  if (!marker.len ||
      !capsa_slice_equal(capsa_html_marker(w->draft->arena, first, true),
                         marker))
    return 0;
  return end;
}

void capsa_html_leave_note(capsa_html_walk *w, uint32_t note) {
  capsa_draft_block whole = {.kind = CAPSA_BLOCK_FOOTNOTE, .line = w->line};
  whole.marker = w->page->notes.items[note - 1].marker;
  whole.note = w->page->notes.items[note - 1].number;
  whole.language = w->now.language;
  capsa_html_flow_take(&w->aside, w->draft, &whole);
  w->flow = &w->body;
  if (!whole.text.len) return;
  capsa_draft_part(w->draft, w->notes, &whole,
                   printed_marker(w, whole.text, whole.marker), whole.text.len);
}
