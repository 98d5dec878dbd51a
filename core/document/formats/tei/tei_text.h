/* tei_text.h -- the text of one block while its elements are read.
 *
 * White space is kept as one space, none at the ends, unless the source asks
 * for every bit of it. A mark begins where the first word behind it does.
 */
#ifndef CAPSA_CORE_DOCUMENT_TEI_TEXT_H
#define CAPSA_CORE_DOCUMENT_TEI_TEXT_H

#include "base/buf.h"
#include "document/draft.h"

/** An element that may be gone on with. */
typedef struct capsa_tei_named {
  capsa_slice id;
  size_t mark;
} capsa_tei_named;

typedef struct capsa_tei_text {
  capsa_draft_block block; /* all but its text */
  CAPSA_LIST(capsa_tei_named) named;
  size_t named_most; /* then those that nothing can go on with are dropped */
  capsa_buf buf;
  char pending; /* ' ' or '\n' that waits for a word; 0 */
  bool glued;   /* a line broke inside a word: space that comes is none */
  bool open;
} capsa_tei_text;

/** @param preserve  keep white space as it is */
void capsa_tei_text_put(capsa_tei_text *text, capsa_slice piece, bool preserve);

/** The next word is parted from the last by `sign`. */
void capsa_tei_text_part(capsa_tei_text *text, char sign);

/** Where the next word begins. */
size_t capsa_tei_text_next(const capsa_tei_text *text);

/** Begin a mark. @return its number, from 1; 0 when memory is out */
size_t capsa_tei_text_open(capsa_draft *draft, capsa_tei_text *text,
                           capsa_span_kind kind, capsa_slice target);

/** Call a mark by the xml:id of its element. */
void capsa_tei_text_name(capsa_draft *draft, capsa_tei_text *text, size_t mark,
                         capsa_slice id);

/** Go on with the mark called `id`, which other elements cut in two; it must
 * end here, a sign that parts cells or lines aside. @return its number, or 0 */
size_t capsa_tei_text_resume(capsa_tei_text *text, capsa_span_kind kind,
                             capsa_slice id);

/** End it. One without a word in it goes, unless it may be empty. */
void capsa_tei_text_close(capsa_tei_text *text, size_t mark, bool preserve);

/** A mark of no length here. */
void capsa_tei_text_mark(capsa_draft *draft, capsa_tei_text *text,
                         const capsa_span *span);

/** Words from `start` on stand for `original`.
 * @param repairs  those that there were at `start`: the others are within this
 *                 one and were made later */
void capsa_tei_text_emend(capsa_draft *draft, capsa_tei_text *text,
                          size_t start, const capsa_emendation *emendation,
                          size_t repairs, bool preserve);

/** The block with its text in the arena; `text` is empty again. */
capsa_draft_block capsa_tei_text_take(capsa_draft *draft, capsa_tei_text *text);

#endif
