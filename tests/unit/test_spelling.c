/* Which names meet over scripts and romanisations, and how far apart words
 * are that were mistyped. */
#include "search/spelling.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "tap.h"

typedef struct pair {
  const char *a, *b;
} pair;

static const pair meeting[] = {
#define MEET(a, b) {a, b},
#define APART(a, b)
#include "spelling_names.inc"
#undef MEET
#undef APART
};
static const pair apart[] = {
#define MEET(a, b)
#define APART(a, b) {a, b},
#include "spelling_names.inc"
#undef MEET
#undef APART
};

static void print_keys(const char *word) {
  capsa_sound keys[CAPSA_SOUNDS_MAX];
  size_t count = capsa_sounds(capsa_slice_of(word), keys);
  printf("#   %s:", word);
  for (size_t i = 0; i < count; i++)
    printf(" %.*s", (int)keys[i].len, keys[i].key);
  printf("\n");
}

static void check_pairs(const pair *pairs, size_t count, bool meet) {
  for (size_t i = 0; i < count; i++) {
    capsa_slice a = capsa_slice_of(pairs[i].a), b = capsa_slice_of(pairs[i].b);
    if (CHECK(capsa_sounds_meet(a, b, true) == meet) &&
        CHECK(capsa_sounds_meet(b, a, true) == meet))
      continue;
    print_keys(pairs[i].a);
    print_keys(pairs[i].b);
  }
}

static void test_spelling__lets_the_spellings_of_a_name_meet(void) {
  CHECK(sizeof meeting / sizeof *meeting >= 100);
  check_pairs(meeting, sizeof meeting / sizeof *meeting, true);
}

static void test_spelling__keeps_different_names_apart(void) {
  CHECK(sizeof apart / sizeof *apart >= 100);
  check_pairs(apart, sizeof apart / sizeof *apart, false);
}

static void test_spelling__tells_single_syllables_apart_from_names(void) {
  CHECK(capsa_sounds_meet(CAPSA_LITERAL("zhou"), CAPSA_LITERAL("chou"), true));
  CHECK(
      !capsa_sounds_meet(CAPSA_LITERAL("zhou"), CAPSA_LITERAL("chou"), false));
  CHECK(capsa_sounds_meet(CAPSA_LITERAL("zedong"), CAPSA_LITERAL("tsetung"),
                          false));
}

static void test_spelling__has_no_keys_for_what_is_no_name(void) {
  static const char *const words[] = {
      "",      "1958",     "x",
      "9999",  "毛",       "אב",
      "mig21", "\xFF\xFE", "nsnsnsnsnsnsnsnsnsnsnsnsnsnsnsnsnsnsns"};
  capsa_sound keys[CAPSA_SOUNDS_MAX];
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    CHECK_NUMBER(capsa_sounds(capsa_slice_of(words[i]), keys), 0);
}

static void test_spelling__finds_every_name_of_its_table(void) {
  static const pair names[] = {
#define NAME(spelled, key) {spelled, key},
#include "search/spelling/names.inc"
#undef NAME
  };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    capsa_sound keys[CAPSA_SOUNDS_MAX];
    size_t count = capsa_sounds(capsa_slice_of(names[i].a), keys);
    if (!CHECK(count && keys[0].key[0] == 'n')) printf("#   %s\n", names[i].a);
    if (i) CHECK(strcmp(names[i - 1].a, names[i].a) < 0);
  }
}

/* ---- distances */

static void test_spelling__counts_mistakes(void) {
  enum { ONE = CAPSA_SPELLING_MISTAKE, SLIP = CAPSA_SPELLING_SLIP };
  static const struct {
    const char *a, *b;
    uint32_t most, cost;
  } cases[] = {
      {"fleet", "fleet", 1, 0},
      {"fleet", "fleet", 0, 0},
      {"fleet", "flet", 1, SLIP},
      {"fleet", "fleeet", 1, SLIP},
      {"fleet", "lfeet", 1, ONE},
      {"fleet", "leet", 1, ONE},
      {"fleet", "fleets", 1, ONE},
      {"fleet", "fleat", 1, ONE},
      {"fleet", "fldet", 1, SLIP}, /* d is below e */
      {"fleet", "flwet", 1, SLIP},
      {"jahr", "jahe", 1, SLIP},
      {"zeit", "teit", 1, SLIP}, /* QWERTZ */
      {"avec", "zvec", 1, SLIP}, /* AZERTY */
      {"флот", "флрт", 1, SLIP}, /* ЙЦУКЕН */
      {"флот", "флтт", 1, SLIP},
      {"флот", "фдот", 1, SLIP},
      {"флот", "флкт", 1, ONE},
      {"fleet", "flt", 1, CAPSA_SPELLING_FAR},
      {"fleet", "flt", 2, SLIP + ONE},
      {"fleet", "rocket", 2, CAPSA_SPELLING_FAR},
      {"krushchev", "khrushchev", 2, ONE},
      {"kruschev", "khrushchev", 2, 2 * ONE},
      {"yugoslavia", "yugoslaiva", 1, ONE},
      {"yugoslavia", "jugoslawia", 2, 2 * ONE},
      {"abcdefgh", "badcfehg", 2, CAPSA_SPELLING_FAR},
      {"毛泽东", "毛泽冬", 1, ONE},
      {"", "", 2, 0},
      {"", "ab", 2, 2 * ONE},
      {"", "abc", 2, CAPSA_SPELLING_FAR},
      {"abc", "bcd", 9, 2 * ONE}, /* asked for more than there is */
      {"abcd", "dxyz", 9, CAPSA_SPELLING_FAR},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    capsa_slice a = capsa_slice_of(cases[i].a), b = capsa_slice_of(cases[i].b);
    if (!CHECK_NUMBER(capsa_spelling_distance(a, b, cases[i].most),
                      cases[i].cost) ||
        !CHECK_NUMBER(capsa_spelling_distance(b, a, cases[i].most),
                      cases[i].cost))
      printf("#   %s, %s\n", cases[i].a, cases[i].b);
  }
}

static void test_spelling__forgives_by_length(void) {
  CHECK_NUMBER(capsa_spelling_mistakes(CAPSA_LITERAL("mao")), 0);
  CHECK_NUMBER(capsa_spelling_mistakes(CAPSA_LITERAL("флот")), 1);
  CHECK_NUMBER(capsa_spelling_mistakes(CAPSA_LITERAL("telegra")), 1);
  CHECK_NUMBER(capsa_spelling_mistakes(CAPSA_LITERAL("telegram")), 2);
}

/* Mistakes by the whole table, without a band, weights or a short cut. */
static size_t plain_distance(const char *a, const char *b) {
  size_t t[16][16], n = strlen(a), m = strlen(b);
  for (size_t i = 0; i <= n; i++)
    for (size_t j = 0; j <= m; j++) {
      size_t best = i && j ? t[i - 1][j - 1] + (a[i - 1] != b[j - 1]) : i + j;
      if (i && t[i - 1][j] + 1 < best) best = t[i - 1][j] + 1;
      if (j && t[i][j - 1] + 1 < best) best = t[i][j - 1] + 1;
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
          t[i - 2][j - 2] + 1 < best)
        best = t[i - 2][j - 2] + 1;
      t[i][j] = best;
    }
  return t[n][m];
}

static uint32_t next_random(uint32_t *state) {
  *state = *state * 1664525u + 1013904223u;
  return *state >> 16;
}

static void test_spelling__agrees_with_the_whole_table(void) {
  uint32_t seed = 58;
  printf("# seed %u\n", (unsigned)seed);
  for (int round = 0; round < 50000; round++) {
    char words[2][12];
    for (int k = 0; k < 2; k++) {
      size_t len = next_random(&seed) % 9;
      for (size_t i = 0; i < len; i++)
        words[k][i] = (char)('a' + next_random(&seed) % 3);
      words[k][len] = 0;
    }
    size_t plain = plain_distance(words[0], words[1]);
    for (uint32_t most = 0; most <= CAPSA_SPELLING_MISTAKES_MAX; most++) {
      uint32_t cost = capsa_spelling_distance(capsa_slice_of(words[0]),
                                              capsa_slice_of(words[1]), most);
      bool near = cost != CAPSA_SPELLING_FAR;
      if (!CHECK(near == (plain <= most)) ||
          !CHECK(!near || (cost >= plain * CAPSA_SPELLING_SLIP &&
                           cost <= plain * CAPSA_SPELLING_MISTAKE)))
        printf("#   %s, %s, %u\n", words[0], words[1], (unsigned)most);
    }
  }
}

static void test_spelling__takes_words_of_the_largest_size(void) {
  char a[CAPSA_TOKEN_BYTES_MAX + 1], b[CAPSA_TOKEN_BYTES_MAX + 1];
  capsa_sound keys[CAPSA_SOUNDS_MAX];
  memset(a, 'a', sizeof a);
  memset(b, 'a', sizeof b);
  b[CAPSA_TOKEN_BYTES_MAX / 2] = '\xFF';
  capsa_slice word = {a, CAPSA_TOKEN_BYTES_MAX}, other = {b, word.len};
  CHECK_NUMBER(capsa_spelling_distance(word, other, 1), CAPSA_SPELLING_MISTAKE);
  CHECK_NUMBER(capsa_spelling_distance(word, (capsa_slice){a, word.len + 1}, 2),
               CAPSA_SPELLING_FAR);
  CHECK_NUMBER(capsa_sounds(word, keys), 0);
  CHECK_NUMBER(capsa_sounds(other, keys), 0);
}

void test_spelling(void) {
  RUN(test_spelling__lets_the_spellings_of_a_name_meet);
  RUN(test_spelling__keeps_different_names_apart);
  RUN(test_spelling__tells_single_syllables_apart_from_names);
  RUN(test_spelling__has_no_keys_for_what_is_no_name);
  RUN(test_spelling__finds_every_name_of_its_table);
  RUN(test_spelling__counts_mistakes);
  RUN(test_spelling__forgives_by_length);
  RUN(test_spelling__agrees_with_the_whole_table);
  RUN(test_spelling__takes_words_of_the_largest_size);
}
