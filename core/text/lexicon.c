/* lexicon.c -- a sorted list of words, front-coded: each word stands as the
 * number of letters it shares with the one before, its own letters, and the
 * last of them has bit 7 set. Bit 7 of the number marks a name. Every 16th word
 * shares nothing and has its offset in an index, where a search by halves
 * begins.
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

typedef enum kind { UNKNOWN = 0, NAME, COMMON } kind;

/* Read the word at `p` over the one before it; returns the next. */
static const unsigned char *read_word(const unsigned char *p, char *word,
                                      size_t *len) {
  *len = *p++ & 0x7F;
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

static kind listed_kind(capsa_slice word) {
  if (!word.len || word.len > CAPSA_LEXICON_WORD_MAX) return UNKNOWN;
  const unsigned char *p = lexicon_words + lexicon_groups[find_group(word)];
  const unsigned char *end = lexicon_words + sizeof lexicon_words;
  char listed[CAPSA_LEXICON_WORD_MAX];
  for (int i = 0; i < CAPSA_LEXICON_GROUP && p < end; i++) {
    size_t len;
    bool name = *p & 0x80;
    p = read_word(p, listed, &len);
    int order = capsa_slice_compare((capsa_slice){listed, len}, word);
    if (order == 0) return name ? NAME : COMMON;
    if (order > 0) return UNKNOWN;
  }
  return UNKNOWN;
}

static kind derived_kind(capsa_slice word, const char *ending,
                         const char *instead) {
  size_t cut = strlen(ending), more = strlen(instead);
  if (!capsa_slice_ends(word, ending) || word.len - cut < STEM_MIN)
    return UNKNOWN;
  char stem[CAPSA_LEXICON_WORD_MAX + 8];
  size_t len = word.len - cut;
  if (len + more > sizeof stem) return UNKNOWN;
  memcpy(stem, word.ptr, len);
  memcpy(stem + len, instead, more);
  return listed_kind((capsa_slice){stem, len + more});
}

static kind kind_of(capsa_slice word) {
  kind found = listed_kind(word);
  for (size_t i = 0; !found && i < sizeof endings / sizeof *endings; i++)
    found = derived_kind(word, endings[i].ending, endings[i].instead);
  return found;
}

bool capsa_lexicon_has(capsa_slice word) { return kind_of(word) != UNKNOWN; }

bool capsa_lexicon_has_common(capsa_slice word) {
  return kind_of(word) == COMMON;
}
