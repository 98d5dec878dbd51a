/* citation.h -- where a record lies, as archives and editors write it.
 *
 *   capsa_source_note_read()   "Department of State, Central Files, 611.93/8"
 *   capsa_locator_find()       the parts of a place in an archive, in any text
 *   capsa_locator_read()       of a text that is nothing else
 *   (capsa_citation_read() is in passes.h: front ends call it)
 */
#ifndef CAPSA_CORE_DOCUMENT_CITATION_H
#define CAPSA_CORE_DOCUMENT_CITATION_H

#include "document/draft.h"

/** Take a source note apart into repository and locator; what is set already
 * stays. @param note  behind "Source: " */
void capsa_source_note_read(capsa_draft *draft, capsa_slice note);

/** Take apart what is known to be a place in an archive: `text` behind the name
 * of the archive. What is of no known kind stays whole in `out->text`.
 * @return false where `text` is empty */
bool capsa_locator_read(capsa_slice text, capsa_locator *out);

/** Take the line that says where the original lies, among a record's first or
 * last blocks, for its repository and locator; what is set already stays. */
void capsa_archive_note_find(capsa_draft *draft);

/** Has it a word that archives' names have, or the letters of one? */
bool capsa_names_archive(capsa_slice text);

/**
 * Find where in an archive something lies, in `text` at or after `from`.
 * @param out  parts are slices of `text`
 * @param at   where it stands
 * @return false where nothing looks like a locator
 */
bool capsa_locator_find(capsa_slice text, size_t from, capsa_locator *out,
                        capsa_range *at);

/** The American part of both. @param strict  something has to stand there that
 * stands nowhere else: a group, a box, a folder, a file number */
bool capsa_locator_american(capsa_slice text, size_t from, bool strict,
                            capsa_locator *out, capsa_range *at);

#endif
