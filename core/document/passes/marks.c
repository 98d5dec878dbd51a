/* marks.c -- page and leaf marks leave the text and become spans.
 *
 * Three kinds of evidence: the page is spelled out in square brackets
 * ("[Page 12]"); the mark stands on a line of its own ("- 7 -"); or marks of
 * one form count upwards through the record ("(p. 1)" … "(p. 2)", "/44/" …
 * "/45/"). A single "(p. 12)" is a reference and stays. A paragraph that a
 * mark on its own line broke in mid-sentence was never two: it is closed up,
 * which is no repair.
 */
#include <string.h>

#include "base/slice.h"
#include "document/passes/labels/labels.h"
#include "document/passes/mark_shapes.h"
#include "document/passes/passes.h"
#include "text/chars.h"

/* Round marks count from 1, or there are so many in a row. */
#define ROUND_CHAIN_MIN 3

/* Fewer times say nothing. */
#define TIMES_MIN 3

/* What ends so short without a full stop is a heading, no broken sentence. */
#define BROKEN_TEXT_MIN 40

typedef struct page_marks {
  capsa_page_mark *items;
  size_t count, cap;
} page_marks;

/* ---- which of them are marks */

static void add_mark(capsa_draft *draft, page_marks *marks, size_t block,
                     capsa_page_mark mark) {
  capsa_page_mark *item = CAPSA_LIST_ADD(draft->arena, marks);
  if (!item) return;
  *item = mark;
  item->mark.block = block;
}

static void find_in_block(capsa_draft *draft, page_marks *marks, size_t index) {
  const capsa_draft_block *block = &draft->blocks.items[index];
  capsa_slice text = block->text;
  capsa_page_mark mark = {0};
  if (capsa_mark_read_line(text, block->kind == CAPSA_BLOCK_LIST, &mark) ||
      capsa_mark_read_bare(text, &mark)) {
    add_mark(draft, marks, index, mark);
    return;
  }
  if (capsa_mark_read_time(text, &mark)) {
    add_mark(draft, marks, index, mark);
    return;
  }
  for (size_t i = 0; i < text.len; i++) {
    char c = text.ptr[i];
    if (c != '[' && c != '(' && c != '/') continue;
    mark = (capsa_page_mark){0};
    if (!capsa_mark_read_enclosed(text, i, &mark)) continue;
    add_mark(draft, marks, index, mark);
    i = mark.mark.at.end_byte - 1;
  }
}

static bool follows(const capsa_page_mark *before,
                    const capsa_page_mark *after) {
  return after->value == before->value + 1 ||
         (after->value == before->value &&
          after->mark.target.len > before->mark.target.len);
}

/* Marks of one form, in the order of the text. */
typedef struct form_marks {
  capsa_page_mark **items;
  size_t count, cap;
} form_marks;

/* Accept the runs that count upwards, where they are most of the form. */
static void accept_chains(const form_marks *of, size_t least) {
  size_t chained = 0, from = 0;
  for (size_t i = 1; i <= of->count; i++) {
    if (i < of->count && follows(of->items[i - 1], of->items[i])) continue;
    bool enough = i - from >= least || of->items[from]->value == 1;
    for (; from < i; from++) {
      of->items[from]->accepted = enough;
      chained += enough;
    }
  }
  if (chained * 2 > of->count) return;
  for (size_t i = 0; i < of->count; i++) of->items[i]->accepted = false;
}

/* Numbers alone count upwards without a gap, and stand nowhere in a text: else
 * they are of notes. */
static bool are_pages(const capsa_draft *draft, const form_marks *of) {
  if (of->count < 2) return false;
  for (size_t i = 1; i < of->count; i++)
    if (of->items[i]->value != of->items[i - 1]->value + 1) return false;
  const capsa_page_mark *first = of->items[0];
  capsa_slice printed = draft->blocks.items[first->mark.block].text;
  for (size_t i = 0; i < draft->blocks.count; i++)
    if (i != first->mark.block &&
        capsa_slice_find(draft->blocks.items[i].text, printed, 0) !=
            CAPSA_NOT_FOUND)
      return false;
  return true;
}

/* Times of a recording stand before several paragraphs and never go back. */
static bool are_times(const form_marks *of) {
  for (size_t i = 1; i < of->count; i++)
    if (of->items[i]->value < of->items[i - 1]->value) return false;
  return of->count >= TIMES_MIN;
}

/* Strokes part alternatives and dates, so that one alone says nothing. */
static void accept_form(const form_marks *of, capsa_mark_form form) {
  if (form == CAPSA_MARK_ROUND) accept_chains(of, ROUND_CHAIN_MIN);
  if (form == CAPSA_MARK_SLASH) accept_chains(of, 2);
  for (size_t i = 0; i < of->count; i++) {
    capsa_page_mark *mark = of->items[i];
    bool rises = (!i || of->items[i - 1]->value <= mark->value) &&
                 (i + 1 == of->count || mark->value <= of->items[i + 1]->value);
    if (mark->alone || form == CAPSA_MARK_PAGE || form == CAPSA_MARK_TIME ||
        (form == CAPSA_MARK_SQUARE && rises))
      mark->accepted = true;
  }
}

static void accept_marks(capsa_draft *draft, page_marks *marks) {
  for (capsa_mark_form form = 0; form < CAPSA_MARK_COUNT; form++) {
    form_marks of = {0};
    for (size_t i = 0; i < marks->count; i++) {
      if (marks->items[i].form != form) continue;
      capsa_page_mark **item = CAPSA_LIST_ADD(draft->arena, &of);
      if (item) *item = &marks->items[i];
    }
    bool believed = form == CAPSA_MARK_NUMBER ? are_pages(draft, &of)
                    : form == CAPSA_MARK_TIME ? are_times(&of)
                                              : true;
    if (of.count && believed) accept_form(&of, form);
  }
}

static void put_page_break(capsa_draft *draft, capsa_draft_block *block,
                           size_t at, capsa_slice printed, capsa_slice number) {
  capsa_span *span =
      capsa_draft_span(draft, block, CAPSA_SPAN_PAGE_BREAK, at, at);
  if (!span) return;
  span->target = number;
  span->mark = printed;
}

/* ---- blocks that held nothing but marks */

static bool is_flowing(const capsa_draft_block *block) {
  return block->kind == CAPSA_BLOCK_PARAGRAPH ||
         block->kind == CAPSA_BLOCK_SPEECH ||
         block->kind == CAPSA_BLOCK_QUOTATION;
}

/* "from Paris that the": a word in lower case ends no paragraph. */
static bool ends_in_words(capsa_slice text) {
  size_t start = text.len;
  capsa_codepoint cp;
  while ((cp = capsa_utf8_before(text, start)).len && cp.value != ' ') {
    if (!capsa_is_lower(cp.value) || !capsa_is_letter(cp.value)) return false;
    start -= cp.len;
  }
  return start > 0 && start < text.len;
}

bool capsa_is_broken_off(const capsa_draft_block *before,
                         const capsa_draft_block *after) {
  if (!is_flowing(after) || after->label.len ||
      !(is_flowing(before) || before->kind == CAPSA_BLOCK_LIST) ||
      before->text.len < BROKEN_TEXT_MIN || capsa_ends_sentence(before->text))
    return false;
  capsa_label_shape label;
  return capsa_slice_ends(before->text, ",") ||
         capsa_is_lower(capsa_utf8_next(after->text, 0).value) ||
         (ends_in_words(before->text) &&
          !capsa_label_shape_read(after->text, &label));
}

static void prepend_spans(capsa_draft *draft, capsa_draft_block *block,
                          const capsa_draft_block *from, size_t at) {
  for (size_t i = 0; i < from->spans.count; i++) {
    const capsa_span *span = &from->spans.items[i];
    put_page_break(draft, block, at, span->mark, span->target);
  }
}

static bool is_spent(const capsa_draft_block *block) {
  return !block->text.len && block->spans.count &&
         block->spans.items[0].kind == CAPSA_SPAN_PAGE_BREAK;
}

/* The marks of spent blocks go to the next block, or the last one. */
static void drop_spent(capsa_draft *draft) {
  capsa_draft_blocks out = {0};
  const capsa_draft_blocks *in = &draft->blocks;
  for (size_t i = 0; i < in->count; i++) {
    size_t first = i;
    while (i < in->count && is_spent(&in->items[i])) i++;
    bool ends = i == in->count;
    if (ends && !out.count) return; /* nothing but marks: they stay */
    capsa_draft_block *last = out.count ? &out.items[out.count - 1] : NULL;
    bool joins =
        !ends && i > first && last && capsa_is_broken_off(last, &in->items[i]);
    if (!ends && !joins) {
      last = CAPSA_LIST_ADD(draft->arena, &out);
      if (!last) return;
      *last = in->items[i];
    }
    size_t at = joins ? last->text.len + 1 : ends ? last->text.len : 0;
    if (joins) capsa_draft_join(draft, last, &in->items[i], NULL, 0);
    for (; first < i; first++)
      prepend_spans(draft, last, &in->items[first], at);
  }
  capsa_draft_replace(draft, out);
}

/* A text of nothing but marks keeps them as its text. */
static bool is_all_marks(const capsa_draft *draft, const page_marks *marks) {
  size_t alone = 0;
  for (size_t i = 0; i < marks->count; i++) alone += marks->items[i].alone;
  return alone == draft->blocks.count;
}

void capsa_pass_marks(capsa_draft *draft) {
  page_marks marks = {0};
  if (draft->format == CAPSA_FORMAT_TEI) return; /* it has <pb/> */
  for (size_t i = 0; i < draft->blocks.count; i++)
    if (draft->blocks.items[i].kind != CAPSA_BLOCK_CODE)
      find_in_block(draft, &marks, i);
  if (is_all_marks(draft, &marks)) return;
  accept_marks(draft, &marks);
  capsa_mark *taken =
      capsa_arena_alloc(draft->arena, marks.count * sizeof *taken);
  if (!taken) return;
  size_t count = 0;
  for (size_t i = 0; i < marks.count; i++)
    if (marks.items[i].accepted) taken[count++] = marks.items[i].mark;
  capsa_marks_take(draft, CAPSA_SPAN_PAGE_BREAK, taken, count);
  capsa_arena_release(draft->arena, taken);
  capsa_arena_release(draft->arena, marks.items);
  if (count) drop_spent(draft);
}
