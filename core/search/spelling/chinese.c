/* chinese.c -- a word as a row of Mandarin syllables, in each way to write
 * them, and what they are in pinyin. The longest syllable that lets the rest be
 * read is taken; where Wade-Giles says several things with one spelling, each
 * is a key. */
#include "base/slice.h"
#include "search/spelling/sound.h"

typedef struct syllable {
  char spelled[13], pinyin[7]; /* zero-terminated */
} syllable;

#include "search/spelling/syllables.inc"

enum { SYLLABLES_MAX = 4, SYLLABLE_BYTES_MAX = 12, WORD_BYTES_MAX = 48 };

/* Keys of one word read in one way. */
#define READINGS_MAX 6

typedef struct system {
  const syllable *rows;
  size_t count;
} system;

static const system systems[] = {
    {pinyin, sizeof pinyin / sizeof *pinyin},
    {wade, sizeof wade / sizeof *wade},
    {cyrillic, sizeof cyrillic / sizeof *cyrillic},
};

/* The rows of a system that are spelled so: the first, and how many. */
typedef struct found {
  const syllable *first;
  size_t count;
} found;

/* The first of rows[low, high), which agree in their first `at` bytes, whose
 * next one is `c` or more. */
static size_t first_from(const syllable *rows, size_t low, size_t high,
                         size_t at, int c) {
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if ((uint8_t)rows[middle].spelled[at] < c) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* All syllables that the text begins with, by their length; one byte more
 * each time leaves less of the rows. @return whether there is any */
static bool find_all(const system *in, capsa_slice text,
                     found out[SYLLABLE_BYTES_MAX + 1]) {
  size_t low = 0, high = in->count;
  bool any = false;
  for (size_t len = 1; len <= SYLLABLE_BYTES_MAX; len++) {
    out[len].count = 0;
    if (len > text.len || low == high) continue;
    int c = (uint8_t)text.ptr[len - 1];
    low = first_from(in->rows, low, high, len - 1, c);
    high = first_from(in->rows, low, high, len - 1, c + 1);
    out[len].first = in->rows + low;
    for (size_t i = low; i < high && !in->rows[i].spelled[len]; i++)
      out[len].count++;
    any = any || out[len].count;
  }
  return any;
}

typedef struct row {
  found syllables[SYLLABLES_MAX];
  size_t count;
  uint64_t dead; /* bytes at which no rest can be read */
} row;

/* Depth is SYLLABLES_MAX. */
static bool split(const system *in, capsa_slice word, size_t at, row *out) {
  if (at == word.len) return true;
  if (out->count == SYLLABLES_MAX || out->dead >> at & 1) return false;
  found all[SYLLABLE_BYTES_MAX + 1];
  bool any = find_all(in, capsa_slice_from(word, at), all);
  for (size_t len = SYLLABLE_BYTES_MAX; any && len; len--) {
    if (!all[len].count) continue;
    out->syllables[out->count++] = all[len];
    if (split(in, word, at + len, out)) return true;
    out->count--;
  }
  out->dead |= UINT64_C(1) << at;
  return false;
}

static void put_readings(const row *syllables, capsa_sound_list *out) {
  size_t ways = 1;
  for (size_t i = 0; i < syllables->count; i++)
    ways *= syllables->syllables[i].count;
  if (ways > READINGS_MAX) ways = READINGS_MAX;
  for (size_t way = 0; way < ways; way++) {
    char key[SYLLABLES_MAX * sizeof pinyin[0].pinyin];
    size_t len = 0, left = way;
    for (size_t i = 0; i < syllables->count; i++) {
      found rows = syllables->syllables[i];
      const char *spelled = rows.first[left % rows.count].pinyin;
      left /= rows.count;
      memcpy(key + len, spelled, strlen(spelled));
      len += strlen(spelled);
    }
    capsa_sound_add(out, syllables->count > 1 ? 'C' : 'c',
                    (capsa_slice){key, len});
  }
}

void capsa_sound_chinese(capsa_slice folded, capsa_sound_list *out) {
  if (folded.len < 2 || folded.len > WORD_BYTES_MAX) return;
  bool is_ascii = (uint8_t)folded.ptr[0] < 0x80;
  for (size_t i = 0; i < sizeof systems / sizeof *systems; i++) {
    row syllables = {0};
    bool is_latin = systems[i].rows != cyrillic;
    if (is_ascii == is_latin && split(&systems[i], folded, 0, &syllables))
      put_readings(&syllables, out);
  }
}
