/* folding.h -- what a character is in a word, and what it is folded to.
 *
 *   capsa_folding          both, for one character
 *   capsa_folding_of()     looks it up in tables made from Unicode's data
 *   capsa_folding_join()   a letter and its mark that are one letter
 *   capsa_folding_ascii, capsa_folding_common    the same of letters and digits
 *                          that are one character folded, for speed
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

/** Latin, Greek and Cyrillic, from and to before. */
#define CAPSA_FOLDING_COMMON 0xC0
#define CAPSA_FOLDING_COMMON_END 0x530

/** What a letter or digit is folded to, of two bytes at most; 0 for others. */
extern const uint8_t capsa_folding_ascii[0x80];
extern const uint16_t
    capsa_folding_common[CAPSA_FOLDING_COMMON_END - CAPSA_FOLDING_COMMON];

capsa_folding capsa_folding_of(uint32_t c);

/** Does the folded `c` join the letter before it, or else go? A mark that makes
 * another letter of some (й), a vowel of Korean in parts. */
bool capsa_folding_joins(uint32_t c);

/** @return the letter that both make, or 0 */
uint32_t capsa_folding_join(uint32_t before, uint32_t c);

#endif
