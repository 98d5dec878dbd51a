/* person_words.h -- what a word of a list of persons is.
 *
 *   capsa_person_word()       word by word
 *   capsa_word_is_…()       what one is
 *   capsa_office_len()      an office of several words before a name
 *
 * Honorifics are titles.h's; offices and sides are in persons_words.inc.
 */
#ifndef CAPSA_CORE_DOCUMENT_PERSON_WORDS_H
#define CAPSA_CORE_DOCUMENT_PERSON_WORDS_H

#include "capsa/base.h"

/** The word at `*at`, which moves behind it and the white space; empty at the
 * end. */
capsa_slice capsa_person_word(capsa_slice text, size_t *at);

/** All capitals and stops: an agency ("CIA"), no name. */
bool capsa_word_is_agency(capsa_slice word);

/** May it stand in a name? "Beam", "von". */
bool capsa_word_is_name(capsa_slice word);

/** "minister", "notetaker", in any case. */
bool capsa_word_is_office(capsa_slice word);

/** "Vice", "Rear": before an office. */
bool capsa_word_goes_with_rank(capsa_slice word);

/** Is it left out of names? Honorifics are ("Mr.", "Comrade"), but not what a
 * peer is called by ("Lord") nor what goes with the office ("Dr."). */
bool capsa_word_is_left_out(capsa_slice word);

/** Bytes of "CIA Director ", "Lt. Gen. ", "Secretary of State " before a name
 * in `text`; 0 where it does not open with an office that a name follows. */
size_t capsa_office_len(capsa_slice text);

/** Bytes of "Director of Central Intelligence " before a name; 0 where `text`
 * is no office of several words and a name. */
size_t capsa_long_office_len(capsa_slice text);

/** Bytes of "His Excellency "; 0 where `text` does not open with such. */
size_t capsa_address_len(capsa_slice text);

#endif
