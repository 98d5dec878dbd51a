/* distance.c -- mistakes between two words, by Damerau's count (optimal string
 * alignment), in a band as wide as mistakes are allowed.
 *
 * Nearly all words of a vocabulary are told apart before: by their length, and
 * by the letters that only one of the two has, each of which takes a mistake.
 */
#include "base/slice.h"
#include "base/utf8.h"
#include "search/spelling.h"

/* The rows of keys from above, each half a key to the right of the last. Y and
 * Z, and A and Q with Z and W, have changed places on the second and third. */
static const char *const layouts[][3] = {
    {"qwertyuiop", "asdfghjkl", "zxcvbnm"},
    {"qwertzuiop", "asdfghjkl", "yxcvbnm"},
    {"azertyuiop", "qsdfghjklm", "wxcvbn"},
    {"йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"},
};
enum { LAYOUTS = sizeof layouts / sizeof *layouts, ROWS = 3, KEYS_MAX = 12 };

/* A bit for each letter that keyboards have: a to z, а to я. */
static uint64_t bit_of(uint32_t c) {
  if (c - 'a' < 26) return UINT64_C(1) << (c - 'a');
  if (c - 0x430 < 32) return UINT64_C(1) << (26 + c - 0x430);
  return 0;
}

static size_t read_chars(capsa_slice word,
                         uint32_t out[CAPSA_TOKEN_BYTES_MAX]) {
  size_t count = 0;
  for (size_t at = 0; at < word.len && count < CAPSA_TOKEN_BYTES_MAX;) {
    capsa_codepoint cp = capsa_utf8_next(word, at);
    out[count++] = cp.value;
    at += cp.len;
  }
  return count;
}

static uint64_t key_bit(const uint32_t *row, size_t count, size_t i) {
  return i < count ? bit_of(row[i]) : 0;
}

/* The keys around `c`: beside it, and two each above and below. */
static uint64_t beside_in(const char *const layout[ROWS], uint32_t c) {
  uint32_t rows[ROWS][CAPSA_TOKEN_BYTES_MAX];
  size_t counts[ROWS];
  uint64_t bits = 0;
  for (int r = 0; r < ROWS; r++)
    counts[r] =
        read_chars((capsa_slice){layout[r], strlen(layout[r])}, rows[r]);
  for (int r = 0; r < ROWS; r++)
    for (size_t i = 0; i < counts[r]; i++) {
      if (rows[r][i] != c) continue;
      bits |= key_bit(rows[r], counts[r], i + 1);
      if (i) bits |= key_bit(rows[r], counts[r], i - 1);
      if (r)
        bits |= key_bit(rows[r - 1], counts[r - 1], i) |
                key_bit(rows[r - 1], counts[r - 1], i + 1);
      if (r + 1 < ROWS) bits |= key_bit(rows[r + 1], counts[r + 1], i);
      if (r + 1 < ROWS && i) bits |= key_bit(rows[r + 1], counts[r + 1], i - 1);
    }
  return bits;
}

/* A bit for a letter, in 32: others may share it, which only lets pass. */
static uint32_t letter_bit(uint32_t c) { return UINT32_C(1) << (c & 31); }

uint32_t capsa_spelling_mistakes(capsa_slice folded) {
  uint32_t chars[CAPSA_TOKEN_BYTES_MAX];
  size_t count = read_chars(folded, chars);
  return count < 4 ? 0 : count < 8 ? 1 : 2;
}

void capsa_spelling_begin(capsa_spelling *spelling, capsa_slice folded,
                          uint32_t most) {
  if (most > CAPSA_SPELLING_MISTAKES_MAX) most = CAPSA_SPELLING_MISTAKES_MAX;
  spelling->most = most;
  spelling->letters = 0;
  spelling->count = read_chars(folded, spelling->chars);
  for (size_t i = 0; i < spelling->count; i++) {
    spelling->letters |= letter_bit(spelling->chars[i]);
    spelling->beside[i] = 0;
    for (size_t k = 0; k < LAYOUTS; k++)
      spelling->beside[i] |= beside_in(layouts[k], spelling->chars[i]);
  }
}

static uint32_t least(uint32_t a, uint32_t b) { return a < b ? a : b; }

/* What it costs that the first word has chars[i] where the other has `c`. */
static uint32_t change(const capsa_spelling *s, size_t i, uint32_t c) {
  if (s->chars[i] == c) return 0;
  return s->beside[i] & bit_of(c) ? CAPSA_SPELLING_SLIP
                                  : CAPSA_SPELLING_MISTAKE;
}

/* One that is typed twice, or once where two belong. */
static uint32_t extra(const uint32_t *chars, size_t i) {
  return i && chars[i] == chars[i - 1] ? CAPSA_SPELLING_SLIP
                                       : CAPSA_SPELLING_MISTAKE;
}

/* Rows of the table for chars[0, n) and other[0, m), in a band around the
 * diagonal; `FAR_OFF` stands outside of it. */
#define FAR_OFF 1000u
enum { BAND = 2 * CAPSA_SPELLING_MISTAKES_MAX + 1 };

typedef struct table {
  const capsa_spelling *s;
  const uint32_t *other;
  size_t n, m, wide; /* cells left and right of the diagonal */
} table;

/* The cell at column `j` of row `i`, where the band has it. */
static uint32_t cell(const table *t, const uint32_t *row, size_t i, size_t j) {
  size_t k = j + t->wide - i; /* may wrap: then it is out of the band */
  return k <= 2 * t->wide ? row[k] : FAR_OFF;
}

static uint32_t fill(const table *t, size_t i, size_t j,
                     uint32_t rows[3][BAND]) {
  const uint32_t *a = t->s->chars, *b = t->other;
  if (!i && !j) return 0;
  uint32_t best = FAR_OFF;
  if (i) best = cell(t, rows[1], i - 1, j) + extra(a, i - 1);
  if (j) best = least(best, cell(t, rows[2], i, j - 1) + extra(b, j - 1));
  if (i && j)
    best = least(best, cell(t, rows[1], i - 1, j - 1) +
                           change(t->s, i - 1, b[j - 1]));
  if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
    best = least(best, cell(t, rows[0], i - 2, j - 2) + CAPSA_SPELLING_MISTAKE);
  return best;
}

static uint32_t align(const table *t) {
  uint32_t rows[3][BAND], most = t->s->most * CAPSA_SPELLING_MISTAKE;
  for (int r = 0; r < 3; r++)
    for (int k = 0; k < BAND; k++) rows[r][k] = FAR_OFF;
  for (size_t i = 0; i <= t->n; i++) {
    uint32_t lowest = FAR_OFF;
    memcpy(rows[0], rows[1], sizeof rows[0]);
    memcpy(rows[1], rows[2], sizeof rows[1]);
    for (size_t k = 0; k < BAND; k++) rows[2][k] = FAR_OFF;
    for (size_t k = 0; k <= 2 * t->wide; k++) {
      size_t j = i + k - t->wide;
      if (j > t->m) continue;
      rows[2][k] = fill(t, i, j, rows);
      lowest = least(lowest, rows[2][k]);
    }
    /* Costs only grow along a path, but one that skips a row by changing two
     * letters: that costs a mistake more. */
    if (lowest > most + CAPSA_SPELLING_MISTAKE) return CAPSA_SPELLING_FAR;
  }
  uint32_t cost = cell(t, rows[2], t->n, t->m);
  return cost <= most ? cost : CAPSA_SPELLING_FAR;
}

static uint32_t count_bits(uint32_t bits) {
  uint32_t count = 0;
  for (; bits; bits &= bits - 1) count++;
  return count;
}

uint32_t capsa_spelling_next(const capsa_spelling *s, capsa_slice folded) {
  if (folded.len + s->most < s->count) return CAPSA_SPELLING_FAR;
  uint32_t other[CAPSA_TOKEN_BYTES_MAX], letters = 0;
  if (folded.len > CAPSA_TOKEN_BYTES_MAX) return CAPSA_SPELLING_FAR;
  size_t count = read_chars(folded, other);
  if (count > s->count + s->most || s->count > count + s->most)
    return CAPSA_SPELLING_FAR;
  for (size_t i = 0; i < count; i++) letters |= letter_bit(other[i]);
  if (count_bits(s->letters & ~letters) > s->most ||
      count_bits(letters & ~s->letters) > s->most)
    return CAPSA_SPELLING_FAR;
  table t = {s, other, s->count, count, s->most};
  return align(&t);
}

uint32_t capsa_spelling_distance(capsa_slice a, capsa_slice b, uint32_t most) {
  capsa_spelling spelling;
  capsa_spelling_begin(&spelling, a, most);
  return capsa_spelling_next(&spelling, b);
}
