#include "text/stems.h"

#include <stdio.h>
#include <string.h>

#include "tap.h"

static capsa_slice stem_of(capsa_stemmer stemmer, capsa_slice folded) {
  static char out[CAPSA_TOKEN_BYTES_MAX];
  return (capsa_slice){out, capsa_stem(stemmer, folded, out)};
}

/* Words as texts have them, in groups that share a stem; no stem is shared by
 * two groups. */
static const struct {
  capsa_stemmer stemmer;
  const char *groups[6];
} languages[] = {
    {CAPSA_STEMMER_NONE, {"fleet", "fleets", "флот"}},
    {CAPSA_STEMMER_EN,
     {"rocket rockets Rocket's", "negotiate negotiated negotiating",
      "fleet fleets", "communism", "community communities"}},
    {CAPSA_STEMMER_RU,
     {"ракета ракеты ракетой РАКЕТАМИ", "флот флота флоту",
      "переговоры переговоров", "самолёт самолета самолёты", "мой"}},
    {CAPSA_STEMMER_DE,
     {"Rakete Raketen", "Häuser Häusern", "Straße Strassen STRASSE",
      "Verhandlung Verhandlungen"}},
    {CAPSA_STEMMER_FR,
     {"négociation négociations", "fusée fusées", "arrêter arrêtés arrêtait",
      "général généraux", "créer créé", "paix"}},
    {CAPSA_STEMMER_ES,
     {"nación naciones", "cohete cohetes", "teoría teorías",
      "negociación negociaciones", "hablaría hablarían hablar"}},
    {CAPSA_STEMMER_IT,
     {"missile missili", "trattativa trattative", "parlò parlare parlato",
      "città", "perché"}},
    {CAPSA_STEMMER_PT,
     {"organização organizações", "foguete foguetes", "negociação negociações",
      "existência", "falará falar falaram"}},
};

/* The stem that all words of the group have; empty where they differ. */
static capsa_slice stem_of_group(capsa_stemmer stemmer, const char *group,
                                 capsa_arena *arena) {
  capsa_token_list words = {0};
  CHECK_STATUS(capsa_tokens_read(capsa_slice_of(group), arena, &words),
               CAPSA_OK);
  capsa_slice stem = {0};
  for (size_t i = 0; i < words.count; i++) {
    capsa_slice other = stem_of(stemmer, words.items[i].folded);
    if (!i) stem = capsa_arena_copy(arena, other);
    if (capsa_slice_equal(stem, other)) continue;
    printf("# `%s`: %.*s\n", group, (int)other.len, other.ptr);
    return (capsa_slice){0};
  }
  return stem;
}

static void test_stems__join_the_forms_of_a_word(void) {
  capsa_arena *arena = capsa_arena_new();
  for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
    capsa_slice stems[6];
    for (size_t n = 0; n < 6 && languages[i].groups[n]; n++) {
      stems[n] =
          stem_of_group(languages[i].stemmer, languages[i].groups[n], arena);
      CHECK(stems[n].len > 0);
      for (size_t k = 0; k < n; k++)
        if (!CHECK(!capsa_slice_equal(stems[k], stems[n])))
          printf("# %s\n", languages[i].groups[n]);
    }
  }
  capsa_arena_free(arena);
}

static void test_stems__know_a_language_by_its_tag(void) {
  static const struct {
    const char *tag;
    capsa_stemmer stemmer;
  } tags[] = {
      {"ru", CAPSA_STEMMER_RU},    {"en-GB", CAPSA_STEMMER_EN},
      {"pt_BR", CAPSA_STEMMER_PT}, {"DEU", CAPSA_STEMMER_DE},
      {"fra", CAPSA_STEMMER_FR},   {"es", CAPSA_STEMMER_ES},
      {"it", CAPSA_STEMMER_IT},    {"uk", CAPSA_STEMMER_NONE},
      {"", CAPSA_STEMMER_NONE},    {"english", CAPSA_STEMMER_NONE},
      {"-en", CAPSA_STEMMER_NONE}, {"e", CAPSA_STEMMER_NONE},
  };
  for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
    if (!CHECK_NUMBER(capsa_stemmer_of(capsa_slice_of(tags[i].tag)),
                      tags[i].stemmer))
      printf("# %s\n", tags[i].tag);
}

/* Any bytes: no rule may write beyond its buffer, or give nothing. */
static void test_stems__take_words_of_every_length_and_kind(void) {
  static const char *const letters[] = {"a",    "e",  "y", "yi", "ии",
                                        "s",    "ue", "q", "qu", "aoa",
                                        "\xD0", "한", "й", "ss", "esl"};
  char word[CAPSA_TOKEN_BYTES_MAX + 8];
  for (int stemmer = 0; stemmer < CAPSA_STEMMER_COUNT; stemmer++)
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
      size_t size = strlen(letters[i]), wrong = 0;
      for (size_t len = size; len <= sizeof word; len += size) {
        memcpy(word + len - size, letters[i], size);
        capsa_slice stem =
            stem_of((capsa_stemmer)stemmer, (capsa_slice){word, len});
        wrong += !stem.len || stem.len > CAPSA_TOKEN_BYTES_MAX;
      }
      CHECK_NUMBER(wrong, 0);
    }
  CHECK_TEXT(stem_of(CAPSA_STEMMER_EN, (capsa_slice){0}), "");
}

void test_stems(void) {
  RUN(test_stems__join_the_forms_of_a_word);
  RUN(test_stems__know_a_language_by_its_tag);
  RUN(test_stems__take_words_of_every_length_and_kind);
}
