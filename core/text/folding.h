/* folding.h -- what a character is in a word, and what it is folded to.
 *
 *   capsa_folding          both, for one character
 *   capsa_folding_of()     looks it up in tables made from Unicode's data
 *   capsa_folding_join()   a letter and its mark that are one letter
 *   capsa_folding_ascii    folded letters and digits of ASCII
 *
 * What folding does stands in tokens.h; build-scripts/folding.py does it.
 */
#ifndef CAPSA_CORE_TEXT_FOLDING_H
#define CAPSA_CORE_TEXT_FOLDING_H

#include "capsa/base.h"

typedef enum capsa_folding_kind {
  CAPSA_FOLDING_OTHER = 0, /* parts words */
  CAPSA_FOLDING_LETTER,
  CAPSA_FOLDING_DIGIT,
  CAPSA_FOLDING_MARK,      /* belongs to what is before it; shown or not */
  CAPSA_FOLDING_IDEOGRAPH, /* or kana */
  CAPSA_FOLDING_CLUSTER,   /* a letter of a script that parts no words */
  CAPSA_FOLDING_APOSTROPHE,
  CAPSA_FOLDING_HYPHEN
} capsa_folding_kind;

/** Characters that one is folded to at most; as bytes, no more than 3 for each
 * byte of the one. */
#define CAPSA_FOLDING_LEN_MAX 4

typedef struct capsa_folding {
  capsa_folding_kind kind;
  uint32_t one;     /* what it is folded to, where it is one character */
  capsa_slice many; /* else those, static; empty where it folds to nothing */
} capsa_folding;

/** 0 for what is neither letter nor digit. */
extern const uint8_t capsa_folding_ascii[128];

capsa_folding capsa_folding_of(uint32_t c);

/** Does the folded `c` join the letter before it, or else go? A mark that makes
 * another letter of some (й), a vowel of Korean in parts. */
bool capsa_folding_joins(uint32_t c);

/** @return the letter that both make, or 0 */
uint32_t capsa_folding_join(uint32_t before, uint32_t c);

#endif
