/* lexicon.c -- a sorted list of words, front-coded: each word stands as the
 * number of letters it shares with the one before, its own letters, and the
 * last of them has bit 7 set. Every 16th word shares nothing and has its
 * offset in an index, where a search by halves begins.
 *
 * A word is also known when taking off an ending leaves a known one. The
 * endings stand in lexicon_endings.inc, which lexicon.py reads too, so that
 * what the rules derive is not in the list.
 */
#include "text/lexicon.h"

#include <string.h>

#include "base/slice.h"
#include "lexicon_en.inc"

#define STEM_MIN 3

static const struct {
  const char *ending, *instead;
} endings[] = {
#define ENDING(ending, instead) {ending, instead},
#include "text/lexicon_endings.inc"
#undef ENDING
};

/* Read the word at `p` over the one before it; returns the next. */
static const unsigned char *read_word(const unsigned char *p, char *word,
                                      size_t *len) {
  *len = *p++;
  do word[(*len)++] = (char)(*p & 0x7F);
  while (!(*p++ & 0x80));
  return p;
}

static size_t find_group(capsa_slice word) {
  size_t low = 0, high = sizeof lexicon_groups / sizeof *lexicon_groups;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2, len;
    char first[CAPSA_LEXICON_WORD_MAX];
    read_word(lexicon_words + lexicon_groups[middle], first, &len);
    if (capsa_slice_compare((capsa_slice){first, len}, word) <= 0) low = middle;
    else high = middle;
  }
  return low;
}

static bool is_listed(capsa_slice word) {
  if (!word.len || word.len > CAPSA_LEXICON_WORD_MAX) return false;
  const unsigned char *p = lexicon_words + lexicon_groups[find_group(word)];
  const unsigned char *end = lexicon_words + sizeof lexicon_words;
  char listed[CAPSA_LEXICON_WORD_MAX];
  for (int i = 0; i < CAPSA_LEXICON_GROUP && p < end; i++) {
    size_t len;
    p = read_word(p, listed, &len);
    int order = capsa_slice_compare((capsa_slice){listed, len}, word);
    if (order >= 0) return order == 0;
  }
  return false;
}

static bool is_derived(capsa_slice word, const char *ending,
                       const char *instead) {
  size_t cut = strlen(ending), more = strlen(instead);
  if (!capsa_slice_ends(word, ending) || word.len - cut < STEM_MIN)
    return false;
  char stem[CAPSA_LEXICON_WORD_MAX + 8];
  size_t len = word.len - cut;
  if (len + more > sizeof stem) return false;
  memcpy(stem, word.ptr, len);
  memcpy(stem + len, instead, more);
  return is_listed((capsa_slice){stem, len + more});
}

bool capsa_lexicon_has(capsa_slice word) {
  if (is_listed(word)) return true;
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (is_derived(word, endings[i].ending, endings[i].instead)) return true;
  return false;
}
