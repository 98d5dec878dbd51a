/* participant_entries.h -- inside of participants.c: one row of entries from
 * any layout.
 *
 *   capsa_entry            a person, or what leads in a side: one text
 *   capsa_entries_only()   is a block nothing but entries?
 *   capsa_entries_add()    parts a text into entries
 */
#ifndef CAPSA_CORE_DOCUMENT_PARTICIPANT_ENTRIES_H
#define CAPSA_CORE_DOCUMENT_PARTICIPANT_ENTRIES_H

#include "document/draft.h"

typedef struct capsa_entry {
  capsa_slice text;
  uint32_t level;  /* of a nested list; 0 outside of lists */
  bool emphasised; /* all of it: italics or small capitals lead in a side */
  bool run;        /* parted from others by a semicolon or comma */
} capsa_entry;

typedef CAPSA_LIST(capsa_entry) capsa_entries;

/** Is every line of `text`, which is `block`'s, an entry or several? */
bool capsa_entries_only(const capsa_draft_block *block, capsa_slice text);

/** @param inline_list  the first line stands behind the heading's colon, where
 * commas part persons; on lines of their own they part name and office */
void capsa_entries_add(capsa_draft *draft, capsa_entries *entries,
                       capsa_slice text, bool inline_list,
                       const capsa_draft_block *block);

/** Names in a sentence: "A, B and C." @return false where it is prose */
bool capsa_entries_names(capsa_draft *draft, capsa_entries *entries,
                         capsa_slice text, const capsa_draft_block *block);

/** `text` with a line feed before each row, where two columns show that it had
 * some (Markdown makes a space of a line's end), and with Latin signs for those
 * of Chinese; else as it is. */
capsa_slice capsa_entries_rows(capsa_draft *draft, capsa_slice text);

#endif
