/* revise.h -- read a document's source again, and keep what comes of it. */
#ifndef CAPSA_CORE_ANNOTATE_REVISE_H
#define CAPSA_CORE_ANNOTATE_REVISE_H

#include "base/arena.h"
#include "capsa/repair.h"
#include "store/library.h"

/** Change how the source of `old` is to be read; slices live in `arena`. */
typedef capsa_status capsa_revise_change(void *context,
                                         const capsa_document *old,
                                         capsa_source *source,
                                         capsa_arena *arena);

/**
 * In one transaction: read the source of the document called `name` again,
 * replace its text and move the notes on it.
 * @param change  what is to be different; NULL for nothing but the parser
 * @return as capsa_repairs_undo; CAPSA_EINVAL also where a change changes
 *         nothing; and what `change` returns
 */
capsa_status capsa_revise(capsa_library *library, capsa_slice name,
                          capsa_revise_change *change, void *context,
                          capsa_arena *arena, capsa_revision *out);

#endif
