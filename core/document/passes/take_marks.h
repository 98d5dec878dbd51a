/* take_marks.h -- marks of pages and notes leave the text of their blocks.
 *
 *   capsa_mark         a stretch of a block that is a mark and no text
 *   capsa_marks_take   makes spans of an empty range of them
 *   capsa_is_broken_off  did a mark stand in a sentence?
 */
#ifndef CAPSA_CORE_DOCUMENT_TAKE_MARKS_H
#define CAPSA_CORE_DOCUMENT_TAKE_MARKS_H

#include "document/draft.h"

typedef struct capsa_mark {
  size_t block;       /* index into the draft's blocks */
  capsa_range at;     /* of its text */
  capsa_slice target; /* "12", "*" */
  uint32_t note;      /* the number of the note that it means, where that is
                         known, as in draft.h; else 0 */
} capsa_mark;

/**
 * Take out `marks`, which are in the order of the text and apart. A space
 * that would be left over goes with its mark. Where a mark had parted two
 * sentences a space comes for it, and where it stood in a word the word is
 * joined: both are recorded as repairs. A title that is the text of a block
 * loses its marks too.
 * @param kind  CAPSA_SPAN_PAGE_BREAK or CAPSA_SPAN_FOOTNOTE_REF
 */
void capsa_marks_take(capsa_draft *draft, capsa_span_kind kind,
                      const capsa_mark *marks, size_t count);

/** Is `after` the rest of a sentence of `before`, which a page's mark or the
 * notes at its foot have broken? */
bool capsa_is_broken_off(const capsa_draft_block *before,
                         const capsa_draft_block *after);

#endif
