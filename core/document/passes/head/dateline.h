/* dateline.h -- date and place of a record, where a line or a title has them.
 *
 *   capsa_head_date(), capsa_head_place()   in any text of the head
 *   capsa_is_dateline()                     is that all a line says?
 *   capsa_dateline_read()                   a block that is such a line
 */
#ifndef CAPSA_CORE_DOCUMENT_DATELINE_H
#define CAPSA_CORE_DOCUMENT_DATELINE_H

#include "document/draft.h"

/** Take the first date in `text` for the record's, unless it has one that says
 * as much. @return whether there is one */
bool capsa_head_date(capsa_draft *draft, capsa_slice text);

/** The place in "July 3, 1974, 5 p.m., Vladivostok" or "Paris, May 3, 1960":
 * what is no date and no time; empty where nothing is. */
capsa_slice capsa_head_place(capsa_slice text);

/** Has `text` a date or "undated", before it no more than a place, and behind
 * it the hour? */
bool capsa_is_dateline(capsa_slice text);

/** Bytes of the longest date line. */
#define CAPSA_DATELINE_MAX 160

/** Has `text`, up to its first bracket, no words of a sentence? */
bool capsa_is_bare(capsa_slice text);

/** Make `block` a DATELINE and take what it says into the metadata. */
void capsa_dateline_read(capsa_draft *draft, capsa_draft_block *block);

/** The same of a title that ends with place and date. */
void capsa_dateline_of_title(capsa_draft *draft);

/** The date in the blocks before `end` where a line tells of a meeting and its
 * day; for a head without a date line. */
void capsa_dateline_of_head(capsa_draft *draft, size_t end);

#endif
