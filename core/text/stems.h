/* stems.h -- words that differ by their ending only, by Snowball's rules.
 *
 *   capsa_stemmer_of()   the rules for a language
 *   capsa_stem()         the stem of a folded word
 *
 * The index keeps words as they stand; stems are taken of what is asked for
 * and of the vocabulary around it. So a stem is only ever compared, never
 * stored, and newer rules need no new index.
 *
 * Words come without accents, and the rules are folded too. Measured on
 * Debian's word lists, of the pairs that the rules as published join from the
 * accented words these join 100 % of German's, 98.5 of French's, 96.6 of
 * Spanish's, 99.3 of Italian's, 99.2 of Portuguese's; the published rules would
 * join 71 to 90 of all but German's. What folding makes alike is joined besides
 * (Spanish ones in -era, -ara: barca and barcia), some 17 pairs to 100 in
 * Spanish, below 3 in the others.
 *
 * Nothing allocates, and it is not safe to share between threads.
 */
#ifndef CAPSA_CORE_TEXT_STEMS_H
#define CAPSA_CORE_TEXT_STEMS_H

#include "text/tokens.h"

/** The numbers are kept in the index, as bits: append, never renumber. */
typedef enum capsa_stemmer {
  CAPSA_STEMMER_NONE = 0, /* a language without rules: a word is its stem */
  CAPSA_STEMMER_EN,
  CAPSA_STEMMER_RU,
  CAPSA_STEMMER_DE,
  CAPSA_STEMMER_FR,
  CAPSA_STEMMER_ES,
  CAPSA_STEMMER_IT,
  CAPSA_STEMMER_PT,
  CAPSA_STEMMER_COUNT
} capsa_stemmer;

/** By a language's tag ("ru", "en-GB"); NONE for those without rules. */
capsa_stemmer capsa_stemmer_of(capsa_slice language);

/**
 * @param folded  a word as capsa_tokens_next gives it; CAPSA_TOKEN_BYTES_MAX
 *                bytes at most
 * @param out     at least CAPSA_TOKEN_BYTES_MAX bytes
 * @return bytes written: the stem, or the word itself where the rules say
 *         nothing of it
 */
size_t capsa_stem(capsa_stemmer stemmer, capsa_slice folded, char *out);

#endif
