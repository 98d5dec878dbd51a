/* lexicon.h -- is this an English word?
 *
 * The list is SCOWL's small one with names of countries and peoples, taken by
 * the build from the pinned sources and cut down by build-scripts/lexicon.py to
 * words that the rules of lexicon.c do not derive from others. It tells a split
 * word from two words, and a gloss of another language from an English word
 * that an editor put in.
 */
#ifndef CAPSA_CORE_TEXT_LEXICON_H
#define CAPSA_CORE_TEXT_LEXICON_H

#include "capsa/base.h"

/** @param word  folded (words.h); words with an apostrophe or of other letters
 *  than a-z are in no list */
bool capsa_lexicon_has(capsa_slice word);

/** As above, but not where the word is known as a name only: "George". */
bool capsa_lexicon_has_common(capsa_slice word);

#endif
