/* anchor.c -- find again what a reader marked, or say that it is gone.
 *
 * On the edition it was made on, a selector is a position, and the quote
 * proves it. On another edition every place where the quote stands is a
 * candidate, and its surroundings decide: what stood before and after it in
 * its own block, the *near* context, has to be there to the letter.
 *
 * Often one candidate is left. Where the old edition's text is at hand, it
 * tells whether that was so there as well; and where several places look the
 * same (whole blocks that say "Yes."), it tells which of them was marked, and
 * the *far* context, over the borders of the block, has to agree. Where the
 * old edition is gone, one candidate must be left alone, with as much to know
 * it by as a context has. Everything else is an orphan.
 *
 * Why near counts for more than far: a block that was taken out leaves its
 * left neighbour to the block after it. "It was a misunderstanding. / I agree.
 * Let's write ..." may then stand before the wrong "I agree".
 */
#include "annotate/anchor.h"

#include "base/slice.h"
#include "base/utf8.h"

static size_t code_points(capsa_slice text) {
  return capsa_offset_convert(text, text.len, CAPSA_UNIT_BYTE,
                              CAPSA_UNIT_CODE_POINT);
}

static size_t back(capsa_slice text, size_t at, size_t count) {
  while (count-- && at > 0) at -= capsa_utf8_before(text, at).len;
  return at;
}

static size_t forth(capsa_slice text, size_t at, size_t count) {
  while (count-- && at < text.len) at += capsa_utf8_next(text, at).len;
  return at;
}

capsa_selector capsa_selector_make(capsa_slice text, capsa_range at) {
  capsa_slice quote = capsa_slice_cut(text, at.start_byte, at.end_byte);
  size_t start = code_points(capsa_slice_cut(text, 0, at.start_byte));
  return (capsa_selector){
      .start_code_point = start,
      .end_code_point = start + code_points(quote),
      .quote = quote,
      .prefix = capsa_slice_cut(
          text, back(text, at.start_byte, CAPSA_QUOTE_CONTEXT), at.start_byte),
      .suffix = capsa_slice_cut(text, at.end_byte,
                                forth(text, at.end_byte, CAPSA_QUOTE_CONTEXT)),
  };
}

/* Context on both sides, as far as it is asked for, and what has to be beyond
 * it: anything, the border of a block, or the end of the text. */
typedef enum beyond { ANYTHING, BORDER, END } beyond;

typedef struct surroundings {
  capsa_slice before, after;
  beyond beyond_before, beyond_after;
} surroundings;

static bool is_cut(capsa_slice context) {
  return code_points(context) == CAPSA_QUOTE_CONTEXT;
}

/* The part of the context that stands in the quote's own block. */
static surroundings near_of(const capsa_selector *selector) {
  capsa_slice before = selector->prefix, after = selector->suffix;
  size_t start = before.len, end = 0;
  while (start > 0 && before.ptr[start - 1] != '\n') start--;
  while (end < after.len && after.ptr[end] != '\n') end++;
  return (surroundings){
      .before = capsa_slice_from(before, start),
      .after = capsa_slice_cut(after, 0, end),
      .beyond_before = start || !is_cut(before) ? BORDER : ANYTHING,
      .beyond_after = end < after.len || !is_cut(after) ? BORDER : ANYTHING,
  };
}

/* All of it. A context that is shorter than it could be ends with the text. */
static surroundings far_of(const capsa_selector *selector) {
  return (surroundings){
      .before = selector->prefix,
      .after = selector->suffix,
      .beyond_before = is_cut(selector->prefix) ? ANYTHING : END,
      .beyond_after = is_cut(selector->suffix) ? ANYTHING : END,
  };
}

static bool is_before(beyond what, capsa_slice text, size_t at) {
  if (what == ANYTHING || at == 0) return true;
  return what == BORDER && text.ptr[at - 1] == '\n';
}

static bool is_after(beyond what, capsa_slice text, size_t at) {
  if (what == ANYTHING || at == text.len) return true;
  return what == BORDER && text.ptr[at] == '\n';
}

/* Do these surroundings stand around the bytes `at` of the text? */
static bool fits(const surroundings *around, capsa_slice text, capsa_range at) {
  size_t start = at.start_byte, end = at.end_byte;
  if (start < around->before.len || text.len - end < around->after.len)
    return false;
  start -= around->before.len;
  end += around->after.len;
  return capsa_slice_equal(capsa_slice_cut(text, start, at.start_byte),
                           around->before) &&
         capsa_slice_equal(capsa_slice_cut(text, at.end_byte, end),
                           around->after) &&
         is_before(around->beyond_before, text, start) &&
         is_after(around->beyond_after, text, end);
}

/* The next place at or after `*from` where the quote stands in these
 * surroundings; `*from` is moved behind its start. */
static bool next_place(const capsa_selector *selector,
                       const surroundings *around, capsa_slice text,
                       size_t *from, capsa_range *out) {
  for (;;) {
    size_t start = capsa_slice_find(text, selector->quote, *from);
    if (start == CAPSA_NOT_FOUND) return false;
    *from = start + 1;
    *out = (capsa_range){start, start + selector->quote.len};
    if (fits(around, text, *out)) return true;
  }
}

/* All places of that kind, and the one numbered `wanted` from 0. */
static size_t count_places(const capsa_selector *selector,
                           const surroundings *around, capsa_slice text,
                           size_t wanted, capsa_range *out) {
  size_t count = 0, from = 0;
  capsa_range at;
  while (next_place(selector, around, text, &from, &at))
    if (count++ == wanted) *out = at;
  return count;
}

static size_t position(const capsa_selector *selector, capsa_slice text) {
  return capsa_offset_convert(text, selector->start_code_point,
                              CAPSA_UNIT_CODE_POINT, CAPSA_UNIT_BYTE);
}

/* Twins: places with the same near context. They keep their order, so that
 * where none came or went, the n-th is the n-th; the far context has to agree.
 */
static bool is_found_by_order(const capsa_selector *selector,
                              const capsa_edition_text *edition,
                              capsa_range *out) {
  surroundings near = near_of(selector), far = far_of(selector);
  size_t own = position(selector, edition->older), older = 0, rank = 0;
  size_t from = 0;
  capsa_range at;
  for (; next_place(selector, &near, edition->older, &from, &at); older++)
    rank += at.start_byte < own;
  if (count_places(selector, &near, edition->text, rank, out) != older)
    return false;
  return older == 1 || (rank < older && fits(&far, edition->text, *out));
}

static bool is_alone(const capsa_selector *selector, const surroundings *around,
                     capsa_slice text, capsa_range *out) {
  size_t evidence = code_points(around->before) + code_points(selector->quote) +
                    code_points(around->after);
  return evidence >= CAPSA_QUOTE_CONTEXT &&
         count_places(selector, around, text, 0, out) == 1;
}

static bool is_found_alone(const capsa_selector *selector, capsa_slice text,
                           capsa_range *out) {
  surroundings near = near_of(selector), far = far_of(selector);
  return is_alone(selector, &far, text, out) ||
         is_alone(selector, &near, text, out);
}

static bool is_at_position(const capsa_selector *selector, capsa_slice text,
                           capsa_range *out) {
  size_t start = position(selector, text);
  capsa_range at = {start, start + selector->quote.len};
  if (!capsa_slice_equal(capsa_slice_cut(text, at.start_byte, at.end_byte),
                         selector->quote))
    return false;
  *out = at;
  return true;
}

capsa_anchor capsa_selector_resolve(const capsa_selector *selector,
                                    const capsa_edition_text *edition,
                                    capsa_range *out) {
  if (!selector->quote.len) return CAPSA_ANCHOR_ORPHAN;
  if (edition->same && is_at_position(selector, edition->text, out))
    return CAPSA_ANCHOR_EXACT;
  bool found = edition->older.len
                   ? is_found_by_order(selector, edition, out)
                   : is_found_alone(selector, edition->text, out);
  return found ? CAPSA_ANCHOR_MOVED : CAPSA_ANCHOR_ORPHAN;
}
