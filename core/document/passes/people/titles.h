/* titles.h -- words that stand before a person's name, or for a person.
 *
 *   capsa_title        one word: how it is written out, what it is good for
 *   capsa_title_find() the title that a word of a label is
 */
#ifndef CAPSA_CORE_DOCUMENT_TITLES_H
#define CAPSA_CORE_DOCUMENT_TITLES_H

#include "capsa/base.h"

typedef enum capsa_title_kind {
  CAPSA_TITLE_HONORIFIC, /* Mr., Comrade: before a name only */
  CAPSA_TITLE_OFFICE,    /* President: before a name, or for one */
  CAPSA_TITLE_QUALIFIER, /* Vice, Lt.: before an office */
  CAPSA_TITLE_ROLE       /* Interpreter, Q: for a name only */
} capsa_title_kind;

typedef struct capsa_title {
  const char *word; /* in lower case, without a stop */
  const char *full; /* "lieutenant"; the same for all that mean the same */
  capsa_title_kind kind;
} capsa_title;

/** @param word  one word as printed, a stop or colon behind it included
 *  @return static; NULL where it is no title */
const capsa_title *capsa_title_find(capsa_slice word);

/** "The", "Der", "Le", …: before a title, in any case. */
bool capsa_title_is_article(capsa_slice word);

#endif
