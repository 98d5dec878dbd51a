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

/* Compares the letters at `p`, the last of which has bit 7 set, with the
 * letters of `word` from `*at` on, which is moved to the first that differs.
 * @return <0 where those of the list come first, 0, >0 */
static int compare(const unsigned char *p, capsa_slice word, size_t *at) {
  for (;; p++, ++*at) {
    if (*at == word.len) return 1;
    int order = (*p & 0x7F) - (unsigned char)word.ptr[*at];
    if (order) return order;
    if (*p & 0x80) break;
  }
  return ++*at == word.len ? 0 : -1;
}

static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

/* The last group whose first word is not behind `word`. Its first two letters
 * say between which few: a search by halves through all of them would read
 * from ten places far apart. */
static size_t find_group(capsa_slice word) {
  size_t low = 0, high = sizeof lexicon_groups / sizeof *lexicon_groups;
  if (word.len > 1 && is_lower(word.ptr[0]) && is_lower(word.ptr[1])) {
    size_t pair = (size_t)((word.ptr[0] - 'a') * 26 + (word.ptr[1] - 'a'));
    low = lexicon_starts[pair];
    high = lexicon_starts[pair + 1];
    if (low) low--;
  }
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2, at = 0;
    if (compare(lexicon_words + lexicon_groups[middle] + 1, word, &at) <= 0)
      low = middle;
    else high = middle;
  }
  return low;
}

/* The words before are all smaller, and `at` letters of the last are those of
 * `word`. So a word that shares more with that one is smaller too, and one that
 * shares less is greater: only one that shares as many is looked at. */
static kind listed_kind(capsa_slice word) {
  if (!word.len || word.len > CAPSA_LEXICON_WORD_MAX) return UNKNOWN;
  const unsigned char *p = lexicon_words + lexicon_groups[find_group(word)];
  const unsigned char *end = lexicon_words + sizeof lexicon_words;
  size_t at = 0;
  for (int i = 0; i < CAPSA_LEXICON_GROUP && p < end; i++) {
    size_t shared = *p & 0x7F;
    bool name = *p++ & 0x80;
    if (shared < at) return UNKNOWN;
    if (shared == at) {
      int order = compare(p, word, &at);
      if (order == 0) return name ? NAME : COMMON;
      if (order > 0) return UNKNOWN;
    }
    while (!(*p++ & 0x80))
      ;
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
