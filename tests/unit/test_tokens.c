/* What a text's words are, as "word word compound=parts"; what stands where. */
#include "text/tokens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tap.h"

/* The words of `text` in one line; a compound's number of parts behind `=`. */
static capsa_slice words_of(capsa_slice text) {
  static char line[2048];
  capsa_tokens tokens;
  capsa_token token;
  size_t len = 0;
  capsa_tokens_start(&tokens, text);
  while (capsa_tokens_next(&tokens, &token) &&
         len + token.folded.len + 16 < sizeof line) {
    if (len) line[len++] = ' ';
    memcpy(line + len, token.folded.ptr, token.folded.len);
    len += token.folded.len;
    if (token.covers > 1)
      len += (size_t)snprintf(line + len, 16, "=%u", token.covers);
  }
  return (capsa_slice){line, len};
}

typedef struct example {
  const char *text, *words;
} example;

static void check(const example *examples, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!CHECK_TEXT(words_of(capsa_slice_of(examples[i].text)),
                    examples[i].words))
      printf("#   of `%s`\n", examples[i].text);
}

#define CHECK_WORDS(examples)                                                  \
  check(examples, sizeof examples / sizeof *examples)

static void test_tokens__fold_case_accents_and_forms(void) {
  static const example latin[] = {
      {"The FLEET sails", "the fleet sails"},
      {"Ångström naïve Łódź Søren Đorđe", "angstrom naive lodz soren dorde"},
      {"A\u030Angstro\u0308m e\u0301te\u0301", "angstrom ete"},
      {"Straße STRASSE ẞ", "strasse strasse ss"},
      {"ﬂeet oﬃce Æther œuvre Þór", "fleet office aether oeuvre thor"},
      {"İstanbul ılık", "istanbul ilik"},
      {"Tiếng Việt", "tieng viet"},
      {"ｆｌｅｅｔ ９９ Ⅷ 𝐟𝐥𝐞𝐞𝐭", "fleet 99 viii fleet"},
      {"fleet¹ fleet① H₂O", "fleet fleet h2o"},
  };
  CHECK_WORDS(latin);
}

static void test_tokens__fold_every_script_in_its_way(void) {
  static const example scripts[] = {
      {"ХРУЩЁВ Хрущев мой МОЙ мои\u0306", "хрущев хрущев мой мой мой"},
      {"го\u0301род Ѐ Київ Ўсход", "город е київ ўсход"},
      {"Ἀθῆναι ΑΘΗΝΑΙ ὈΔΥΣΣΕΎΣ τῷ", "αθηναι αθηναι οδυσσευσ τω"},
      {"Երեվան ԵՐԵՎԱՆ և", "երեվան երեվան եւ"},
      {"Ⴀ ᲐᲑ აბ", "ⴀ აბ აბ"},
      {"שָׁלוֹם שלום צה״ל צה\"ל בית־ספר", "שלום שלום צהל צהל בית ספר ביתספר=2"},
      {"مُحَمَّد محمد أحمد احمد الـــله", "محمد محمد احمد احمد الله"},
      {"إيران ایران كتاب کتاب ﻛﺘﺎﺏ", "ايران ايران كتاب كتاب كتاب"},
      {"می\u200Cخواهم ٢٠٢٤ ۱۹۵۸", "ميخواهم 2024 1958"},
      {"हिन्दी क\u093Cलम \u0958लम १९४७", "हिन्दी क़लम क़लम 1947"},
      {"বাংলা ক\u09CB ক\u09C7\u09BE", "বাংলা ক\u09C7\u09BE ক\u09C7\u09BE"},
      {"தமிழ் తెలుగు ಕನ್ನಡ മലയാളം", "தமிழ் తెలుగు ಕನ್ನಡ മലയാളം"},
      {"한국어 \u1112\u1161\u11AB국 ㄱ", "한국어 한국 ㄱ"},
      {"አማርኛ፡ቋንቋ", "አማርኛ ቋንቋ"},
      {"བོད་སྐད་", "བོད སྐད"},
      {"ᏣᎳᎩ Ꭰꭰ", "ᏣᎳᎩ ᎠᎠ"},
  };
  CHECK_WORDS(scripts);
}

static void test_tokens__part_scripts_without_spaces(void) {
  static const example scripts[] = {
      {"毛泽东说1956年", "毛 泽 东 说 1956 年"},
      {"ソ連の ｿﾞ ソ\u3099", "ソ 連 の ゾ ゾ"},
      {"コーヒー 人々", "コ ー ヒ ー 人 々"},
      {"\u2F00 葛\U000E0100飾 \U00020000", "一 葛\U000E0100 飾 \U00020000"},
      {"สวัสดีน้ำ", "ส วั ส ดี น้ำ"},
      {"ລາວ", "ລ າ ວ"},
      {"កម្ពុជា", "ក ម្ពុ ជា"},
      {"မြန်မာ", "မြ န် မာ"},
      {"MiG米格", "mig 米 格"},
  };
  /* A selector of a shape is part of the word in the text, not of the folded.
   */
  CHECK_TEXT(words_of(capsa_slice_of(scripts[3].text)), "一 葛 飾 \U00020000");
  check(scripts, 3);
  check(scripts + 4, sizeof scripts / sizeof *scripts - 4);
}

static void test_tokens__drop_apostrophes(void) {
  static const example apostrophes[] = {
      {"couldn't couldn’t COULDN‘T couldnʼt",
       "couldnt couldnt couldnt couldnt"},
      {"Khrushchev's MAO’S 1950's", "khrushchev mao 1950"},
      {"the boys' 'quoted' ‘tis", "the boys quoted tis"},
      {"its it's O'Neill rock'n'roll", "its it oneill rocknroll"},
      {"П'ятниця з’їзд Gorʹkii oblastʹ", "пятниця зїзд gorkii oblast"},
      {"ʿAbd al-Raʾūf", "abd al rauf alrauf=2"},
      {"col·laborar", "collaborar"},
      {"s''t ' '' ’", "s t"},
      {"'s s's", "s s"},
  };
  CHECK_WORDS(apostrophes);
}

static void test_tokens__know_elisions(void) {
  static const example elisions[] = {
      {"l'homme L’Homme", "l homme lhomme=2 l homme lhomme=2"},
      {"qu'elle dell'arte", "qu elle quelle=2 dell arte dellarte=2"},
      {"aujourd'hui", "aujourdhui"},
      {"T'ang Ch'ing", "t ang tang=2 ching"},
      {"l'arc-en-ciel", "l arc en ciel arcenciel=3"},
      {"qu'l'homme", "qu l homme lhomme=2"},
      {"Saint-Jean-d'Angely", "saint jean d angely saintjeandangely=4"},
      {"d'accord's", "d accord daccord=2"},
  };
  CHECK_WORDS(elisions);
}

static void test_tokens__read_numbers(void) {
  static const example numbers[] = {
      {"9,999 1,234,567 9\u00A0999 9\u202F999 9'999 9’999",
       "9999 1234567 9999 9999 9999 9999"},
      {"9,99 9,9999 1,234,56 0,123 1234,567",
       "9 99 9 9999 1234 56 0 123 1234 567"},
      {"70/30 3.14 611.93/8-458", "70 30 3 14 611 93 8 458"},
      {"1956-58 4-5-1956", "1956 58 4 5 1956"},
      {"2,000-word 9,999th", "2000 word 2000word=2 9999th"},
      {"1950s MiG-21 T–34", "1950s mig 21 mig21=2 t 34 t34=2"},
      {"2½", "2½"},
  };
  CHECK_WORDS(numbers);
}

static void test_tokens__join_compounds(void) {
  static const example compounds[] = {
      {"high-handed high‐handed high‑handed",
       "high handed highhanded=2 high handed highhanded=2 high handed "
       "highhanded=2"},
      {"Sino–Soviet this—that", "sino soviet sinosoviet=2 this that"},
      {"high-\nhanded high-\r\nhanded",
       "high handed highhanded=2 high handed highhanded=2"},
      {"high- handed -a- a--b a-", "high handed a a b a"},
      {"page-\n21", "page 21"},
      {"high\u00ADhanded", "highhanded"},
      {"N.S. Khrushchev", "n s ns=2 khrushchev"},
      {"U.S.S.R. С.С.С.Р.", "u s s r ussr=4 с с с р ссср=4"},
      {"U.S.A's e.g. É.U.", "u s a usa=3 e g eg=2 e u eu=2"},
      {"Ph.D. www.example.org A.Bc", "ph d www example org a bc"},
      {"Mao's-Tse mother-in-law's",
       "mao tse maotse=2 mother in law motherinlaw=3"},
      {"毛-泽 A4-紙", "毛 泽 a4 紙"},
  };
  CHECK_WORDS(compounds);
}

static void test_tokens__say_where_each_stands(void) {
  static const struct {
    const char *folded;
    size_t start, end;
    uint32_t place, covers;
  } want[] = {
      {"his", 0, 3, 0, 1},      {"high", 4, 8, 1, 1},
      {"handed", 11, 17, 2, 1}, {"highhanded", 4, 17, 1, 2},
      {"mao", 18, 21, 3, 1},    {"u", 24, 25, 4, 1},
      {"s", 26, 27, 5, 1},      {"us", 24, 27, 4, 2},
      {"9999", 29, 34, 6, 1},
  };
  capsa_arena *arena = capsa_arena_new();
  capsa_token_list list = {0};
  CHECK_STATUS(
      capsa_tokens_read(capsa_slice_of("His high‐handed Mao's U.S. 9,999"),
                        arena, &list),
      CAPSA_OK);
  CHECK_NUMBER(list.count, sizeof want / sizeof *want);
  for (size_t i = 0; i < list.count; i++) {
    const capsa_token *token = &list.items[i];
    CHECK_TEXT(token->folded, want[i].folded);
    CHECK_NUMBER(token->at.start_byte, want[i].start);
    CHECK_NUMBER(token->at.end_byte, want[i].end);
    CHECK_NUMBER(token->place, want[i].place);
    CHECK_NUMBER(token->covers, want[i].covers);
  }
  capsa_arena_free(arena);
}

/* `count` letters between two others. */
static capsa_slice long_word(const char *letter, size_t count) {
  static char text[4096];
  size_t len = 0, size = strlen(letter);
  for (size_t i = 0; i < count; i++, len += size)
    memcpy(text + len, letter, size);
  return (capsa_slice){text, len};
}

static void test_tokens__cut_long_words_between_letters(void) {
  CHECK_NUMBER(words_of(long_word("a", CAPSA_TOKEN_BYTES_MAX)).len,
               CAPSA_TOKEN_BYTES_MAX);
  CHECK_NUMBER(words_of(long_word("a", CAPSA_TOKEN_BYTES_MAX + 1)).len,
               CAPSA_TOKEN_BYTES_MAX);
  CHECK_NUMBER(words_of(long_word("ж", 32)).len, 64);
  CHECK_NUMBER(words_of(long_word("ж", 33)).len, 64);
  CHECK_NUMBER(words_of(long_word("한", 22)).len, 63);
  CHECK_NUMBER(words_of(long_word("한a", 16)).len, 64);
  CHECK_NUMBER(words_of(long_word("한한ab", 9)).len, 64);
  CHECK_NUMBER(words_of(long_word("ก\u0E31", 1)).len, 6);
  CHECK_NUMBER(words_of(long_word("\u0E31", 99)).len, 0);
}

static void test_tokens__join_no_more_parts_than_the_limit(void) {
  capsa_slice parts = long_word("a-", CAPSA_TOKEN_PARTS_MAX);
  parts.len--;
  capsa_slice words = words_of(parts);
  CHECK_TEXT(capsa_slice_cut(words, words.len - 20, words.len),
             " aaaaaaaaaaaaaaaa=16");
  parts = long_word("a-", CAPSA_TOKEN_PARTS_MAX + 1);
  parts.len--;
  words = words_of(parts);
  CHECK_NUMBER(words.len, 2 * CAPSA_TOKEN_PARTS_MAX + 1);
}

static void test_tokens__survive_what_is_no_text(void) {
  static const example broken[] = {
      {"", ""},
      {" \t\n.,;-'\"", ""},
      {"\xFF\xFE", ""},
      {"a\xFF"
       "b\xC3",
       "a b"},
      {"caf\xC3\xA9\xE2\x80", "cafe"},
      {"\xED\xA0\x80x\xF4\x90\x80\x80y", "x y"},
      {"a\x01"
       "b",
       "a b"},
      {"😀 a😀b \u200Fa\u200Fb\uFEFF", "a b ab"},
      {"\u0301a \u200D", "a"},
  };
  CHECK_WORDS(broken);
  CHECK_TEXT(words_of(CAPSA_LITERAL("a\0b")), "a b");
  CHECK_TEXT(words_of((capsa_slice){0}), "");
}

static void test_tokens__report_memory_that_is_out(void) {
  capsa_slice text = capsa_slice_of("one two-three four");
  for (int left = 0; left < 2; left++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_token_list list = {0};
    capsa_mem_fail_after(left);
    capsa_status st = capsa_tokens_read(text, arena, &list);
    capsa_mem_fail_after(-1);
    CHECK(st == CAPSA_ENOMEM || (st == CAPSA_OK && left));
    capsa_arena_free(arena);
  }
}

void test_tokens(void) {
  RUN(test_tokens__fold_case_accents_and_forms);
  RUN(test_tokens__fold_every_script_in_its_way);
  RUN(test_tokens__part_scripts_without_spaces);
  RUN(test_tokens__drop_apostrophes);
  RUN(test_tokens__know_elisions);
  RUN(test_tokens__read_numbers);
  RUN(test_tokens__join_compounds);
  RUN(test_tokens__say_where_each_stands);
  RUN(test_tokens__cut_long_words_between_letters);
  RUN(test_tokens__join_no_more_parts_than_the_limit);
  RUN(test_tokens__survive_what_is_no_text);
  RUN(test_tokens__report_memory_that_is_out);
}
