/* front_matter.h -- the head of a Markdown file, between lines of `---`.
 *
 *   capsa_front_matter_cut()      where it is
 *   capsa_front_matter_take()     as people write it: names of several
 *                                 vocabularies, dates and citations understood
 *   capsa_front_matter_restore()  as our own writer wrote it: to the letter
 */
#ifndef CAPSA_CORE_DOCUMENT_FRONT_MATTER_H
#define CAPSA_CORE_DOCUMENT_FRONT_MATTER_H

#include "document/draft.h"

typedef struct capsa_front_matter {
  capsa_slice head; /* the lines between; empty where there are none */
  capsa_slice body; /* what follows */
} capsa_front_matter;

/** Front matter begins with the first line and has a `key:` first. One that is
 * never closed is text, and reported. */
capsa_front_matter capsa_front_matter_cut(capsa_slice text, capsa_draft *draft);

void capsa_front_matter_take(const capsa_front_matter *matter,
                             capsa_draft *draft);

/** @return false where it has what our writer does not write; the metadata is
 * then as before */
bool capsa_front_matter_restore(const capsa_front_matter *matter,
                                capsa_draft *draft);

/** A field of the metadata by its name in our JSON; NULL where there is none.
 * `locator` is a map of its own, `participants` a list. */
capsa_slice *capsa_metadata_field(capsa_metadata *meta, capsa_slice name);
capsa_slice *capsa_locator_field(capsa_locator *locator, capsa_slice name);

/** The names in the order of the JSON: the i-th, or NULL behind the last. */
const char *capsa_metadata_name(size_t i);
const char *capsa_locator_name(size_t i);

#endif
