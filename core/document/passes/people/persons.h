/* persons.h -- one person of a list: name, office, side.
 *
 *   capsa_participant_parse()   "State—Mr. Jacob D. Beam, Chairman" taken apart
 *   capsa_is_side()       "United States", "JCS", "Soviet side"
 *   capsa_is_office()     "Secretary of State", "interpreter", no name
 */
#ifndef CAPSA_CORE_DOCUMENT_PERSONS_H
#define CAPSA_CORE_DOCUMENT_PERSONS_H

#include "base/arena.h"
#include "capsa/document.h"

/**
 * A person as a list prints one. Honorifics ("Mr.", "Comrade") are left out,
 * ranks and offices before a name ("Secretary", "Gen.") go to `office`; a
 * second romanisation in brackets is left out. One who is named by office
 * alone ("The President") has it as the name.
 * @param entry  one line or item, trimmed
 * @param out    slices of `entry` or of the arena; `name` empty where the
 *               entry names nobody
 */
void capsa_participant_parse(capsa_arena *arena, capsa_slice entry,
                             capsa_participant *out);

/** Is `text` a country, an agency or a delegation, which leads in those who
 * were there for it? A colon at its end is left out of account. */
bool capsa_is_side(capsa_slice text);

/** Is `text` an office without a name behind it? */
bool capsa_is_office(capsa_slice text);

/** Does `text` open with an honorific or a rank that stands before names? */
bool capsa_has_honorific(capsa_slice text);

/** `text` without commas, colons and white space at its ends, and without a
 * full stop there that no initial or abbreviation has. */
capsa_slice capsa_person_trim(capsa_slice text);

#endif
