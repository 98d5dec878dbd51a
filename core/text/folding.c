/* folding.c -- two tables in front of the values: most stretches of eight
 * characters are like others, and so are most stretches of those. */
#include "text/folding.h"

#include "folding.inc"

/* How folding.py packs a value: the kind in three bits, two that say what the
 * upper 24 are. */
enum { FOLD_SELF = 0, FOLD_DELTA, FOLD_STRING, FOLD_NOTHING };

/* Ideographs fill two planes; behind them are only selectors of their shapes
 * and tags, which nothing shows. */
static capsa_folding beyond(uint32_t c) {
  if (c < 0x40000) return (capsa_folding){CAPSA_FOLDING_IDEOGRAPH, c, {0}};
  if (c >= 0xE0000 && c < 0xE1000)
    return (capsa_folding){CAPSA_FOLDING_MARK, 0, {0}};
  return (capsa_folding){CAPSA_FOLDING_OTHER, c, {0}};
}

capsa_folding capsa_folding_of(uint32_t c) {
  if (c >= FOLDING_END) return beyond(c);
  uint32_t stretch = c >> FOLDING_BITS;
  uint32_t upper = folding_top[stretch >> FOLDING_UPPER_BITS];
  uint32_t middle =
      folding_middle[upper << FOLDING_UPPER_BITS |
                     (stretch & ((1u << FOLDING_UPPER_BITS) - 1))];
  uint32_t value =
      folding_values[folding_content[middle << FOLDING_BITS |
                                     (c & ((1u << FOLDING_BITS) - 1))]];
  capsa_folding out = {(capsa_folding_kind)(value & 7), c, {0}};
  uint32_t how = value >> 3 & 3;
  if (how == FOLD_SELF) return out;
  out.one = how == FOLD_DELTA ? (c + (value >> 8)) & 0xFFFFFF : 0;
  if (how != FOLD_STRING) return out;
  const uint8_t *string = folding_strings + (value >> 8);
  out.many = (capsa_slice){(const char *)string + 1, string[0]};
  return out;
}

/* ---- letters in parts */

/* Vowels and endings of Korean, as Unicode computes with them. */
enum {
  LEAD = 0x1100,
  LEADS = 19,
  VOWEL = 0x1161,
  VOWELS = 21,
  ENDING = 0x11A7,
  ENDINGS = 28,
  SYLLABLE = 0xAC00,
  SYLLABLES = LEADS * VOWELS * ENDINGS
};

bool capsa_folding_joins(uint32_t c) {
  return c - 0x300 < 0x70 || c - VOWEL < VOWELS ||
         c - (ENDING + 1) < ENDINGS - 1 || c - 0x3099 < 2;
}

static uint32_t join_korean(uint32_t before, uint32_t c) {
  if (c < ENDING)
    return before - LEAD < LEADS
               ? SYLLABLE + ((before - LEAD) * VOWELS + c - VOWEL) * ENDINGS
               : 0;
  uint32_t syllable = before - SYLLABLE;
  return syllable < SYLLABLES && syllable % ENDINGS == 0 ? before + c - ENDING
                                                         : 0;
}

uint32_t capsa_folding_join(uint32_t before, uint32_t c) {
  if (c - LEAD < 0x100) return join_korean(before, c);
  size_t low = 0, high = sizeof folding_pairs / sizeof *folding_pairs;
  while (low < high) {
    size_t middle = (low + high) / 2;
    const uint16_t *pair = folding_pairs[middle];
    if (pair[0] == before && pair[1] == c) return pair[2];
    if (pair[0] < before || (pair[0] == before && pair[1] < c))
      low = middle + 1;
    else high = middle;
  }
  return 0;
}
