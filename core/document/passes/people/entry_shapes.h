/* entry_shapes.h -- inside of participant_entries.c: what entries look like.
 *
 *   capsa_entry_is_prose(), capsa_entry_starts_like_name(), …
 */
#ifndef CAPSA_CORE_DOCUMENT_ENTRY_SHAPES_H
#define CAPSA_CORE_DOCUMENT_ENTRY_SHAPES_H

#include "base/arena.h"
#include "capsa/document.h"

/** Prose has many words in lower case; names and offices have few. */
bool capsa_entry_is_prose(capsa_slice text);

bool capsa_entry_starts_like_name(capsa_slice text);

/** "el Ministro Ortega", "tow. Kos": a title in lower case, and then a name. */
bool capsa_entry_opens_with_title(capsa_slice text);

/** "US: Mr. Dulles": bytes up to behind the colon that ends a lead-in. */
size_t capsa_entry_lead_len(capsa_slice text);

/** "Interpreter: Wang Hua": the same of an office before one person. */
size_t capsa_entry_office_len(capsa_slice text);

/** The next comma or "and" outside of brackets, at or after `at`; its length
 * goes to `*len`, 0 where there is none. */
size_t capsa_entry_next_comma(capsa_slice text, size_t at, size_t *len);

/** Does every piece between commas have an honorific? */
bool capsa_entry_all_titled(capsa_slice text);

/** "Comrades Volkov, Sedov": one title for several. */
bool capsa_entry_opens_with_plural(capsa_slice text);

#endif
