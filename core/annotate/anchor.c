/* anchor.c -- find again what a reader marked, or say that it is gone.
 *
 * On the edition it was made on, a selector is a position, and the quote
 * proves it. On another edition every place where the quote stands is a
 * candidate, and its surroundings decide. What stands before and after in the
 * same block is *near*, and has to be there to the letter; the whole context,
 * over the borders of the block, is *far*:
 *
 *   1. one candidate has all of the far context on both sides: it is that one
 *      (this tells four people who say "I agree" in whole blocks apart);
 *   2. else, one candidate only has the near context, and the words were
 *      unique in the edition they were marked on as well. Where that edition
 *      is gone, quote and near context must be as long as a context, so that
 *      a short answer ("Yes.") is not taken for another one;
 *   3. else it is an orphan.
 *
 * Why near context counts for more than far: a block that was taken out gives
 * its left neighbour to the block after it. "It was a misunderstanding. / I
 * agree. Let's write ..." may then stand before the wrong "I agree".
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

/* Context on both sides, as far as it is asked for. */
typedef struct surroundings {
  capsa_slice before, after;
  bool border_before, border_after; /* and there something ends */
} surroundings;

/* The part of the context that stands in the quote's own block. A context
 * that is shorter than it could be ends with the text, which is a border. */
static surroundings near_of(const capsa_selector *selector) {
  capsa_slice before = selector->prefix, after = selector->suffix;
  size_t start = before.len, end = 0;
  while (start > 0 && before.ptr[start - 1] != '\n') start--;
  while (end < after.len && after.ptr[end] != '\n') end++;
  return (surroundings){
      .before = capsa_slice_from(before, start),
      .after = capsa_slice_cut(after, 0, end),
      .border_before = start || code_points(before) < CAPSA_QUOTE_CONTEXT,
      .border_after =
          end < after.len || code_points(after) < CAPSA_QUOTE_CONTEXT,
  };
}

static surroundings far_of(const capsa_selector *selector) {
  return (surroundings){
      .before = selector->prefix,
      .after = selector->suffix,
      .border_before = code_points(selector->prefix) < CAPSA_QUOTE_CONTEXT,
      .border_after = code_points(selector->suffix) < CAPSA_QUOTE_CONTEXT,
  };
}

static bool ends_block(capsa_slice text, size_t at) {
  return at == text.len || text.ptr[at] == '\n';
}

static bool starts_block(capsa_slice text, size_t at) {
  return at == 0 || text.ptr[at - 1] == '\n';
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
         (!around->border_before || starts_block(text, start)) &&
         (!around->border_after || ends_block(text, end));
}

/* In how many places (two stands for more) does the quote stand in these
 * surroundings? `out` is the first. */
static int count_places(const capsa_selector *selector,
                        const surroundings *around, capsa_slice text,
                        capsa_range *out) {
  int count = 0;
  size_t start = 0;
  while (count < 2) {
    start = capsa_slice_find(text, selector->quote, start);
    if (start == CAPSA_NOT_FOUND) break;
    capsa_range at = {start, start + selector->quote.len};
    if (fits(around, text, at) && !count++) *out = at;
    start++;
  }
  return count;
}

static bool was_unique(const capsa_selector *selector, const surroundings *near,
                       capsa_slice older) {
  capsa_range ignored;
  if (older.len) return count_places(selector, near, older, &ignored) == 1;
  return code_points(near->before) + code_points(selector->quote) +
             code_points(near->after) >=
         CAPSA_QUOTE_CONTEXT;
}

static bool is_at_position(const capsa_selector *selector, capsa_slice text,
                           capsa_range *out) {
  size_t start = capsa_offset_convert(text, selector->start_code_point,
                                      CAPSA_UNIT_CODE_POINT, CAPSA_UNIT_BYTE);
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
  surroundings near = near_of(selector), far = far_of(selector);
  if (count_places(selector, &far, edition->text, out) == 1)
    return CAPSA_ANCHOR_MOVED;
  if (count_places(selector, &near, edition->text, out) == 1 &&
      was_unique(selector, &near, edition->older))
    return CAPSA_ANCHOR_MOVED;
  return CAPSA_ANCHOR_ORPHAN;
}
