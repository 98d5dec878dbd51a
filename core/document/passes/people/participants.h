/* participants.h -- who was there, as the head of a record lists them.
 *
 *   capsa_presence_len()        "Participants:", "Present were", "ANWESEND"
 *   capsa_participants_read()   the list behind it, in the block or after it
 */
#ifndef CAPSA_CORE_DOCUMENT_PARTICIPANTS_H
#define CAPSA_CORE_DOCUMENT_PARTICIPANTS_H

#include "document/draft.h"

/** Blocks and persons of one record's lists; more are text. */
#define CAPSA_PARTICIPANTS_MAX 400

/** Bytes of the words, with their colon, that say at the start of `line` that
 * a list of those present follows; 0 where none do. */
size_t capsa_presence_len(capsa_slice line);

/** The side in such words: "U.S." of "U.S. Participants:"; else empty. */
capsa_slice capsa_presence_side(capsa_slice heading);

/**
 * Read the list that block `at` opens. Its blocks become PARTICIPANTS and keep
 * their text; the persons go to the draft, unless the source's own markup has
 * named them already (`known`).
 * @return index behind the last block that was taken; `at` where none was
 */
size_t capsa_participants_read(capsa_draft *draft, size_t at, bool known);

#endif
