/* undone.h -- repairs that a reader has undone, told again when the source is
 * read again.
 *
 *   capsa_undone_of        a repair in a document, as something to be undone
 *   capsa_undone_has       asked by a pass before it makes a repair
 *
 * A repair is known by its rule, by what was printed, and by the letters
 * around it, up to CAPSA_UNDONE_LETTERS on either side. Letters alone: other
 * repairs take spaces, hyphens and line feeds away, and whether they are made
 * must not matter. For the same reason a side that a paragraph's end cuts
 * short is compared as far as it goes. Repairs that look alike are counted.
 */
#ifndef CAPSA_CORE_DOCUMENT_UNDONE_H
#define CAPSA_CORE_DOCUMENT_UNDONE_H

#include "document/draft.h"

/** Letters kept of either side. */
#define CAPSA_UNDONE_LETTERS 24

/**
 * Has the reader undone this repair? A pass asks once about each repair that
 * it would make, in the order of the text, since those that look alike are
 * told apart by their order.
 * @param before, after  the text around it
 */
bool capsa_undone_has(capsa_draft *draft, const char *rule,
                      capsa_slice original, capsa_slice before,
                      capsa_slice after);

/**
 * Emendation `index` of `block`, as an entry for capsa_source.undone.
 * @param undone, count  what is undone already
 * @param out  its texts live in `arena`
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_undone_of(const capsa_document *document,
                             const capsa_block *block, size_t index,
                             const capsa_undone *undone, size_t count,
                             capsa_arena *arena, capsa_undone *out);

#endif
