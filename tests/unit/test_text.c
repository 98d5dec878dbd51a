#include "base/slice.h"
#include "tap.h"
#include "text/chars.h"
#include "text/lexicon.h"
#include "text/words.h"

/* é and the scroll take 2 and 4 bytes, 1 and 2 UTF-16 units. */
static void test_offsets__convert_between_all_units(void) {
  capsa_slice text = CAPSA_LITERAL("a\xC3\xA9\xF0\x9F\x93\x9C!");
  static const size_t places[][3] = {
      {0, 0, 0}, {1, 1, 1}, {3, 2, 2}, {7, 3, 4}, {8, 4, 5}};
  for (size_t i = 0; i < 5; i++)
    for (int from = 0; from < 3; from++)
      for (int to = 0; to < 3; to++)
        CHECK_NUMBER(capsa_offset_convert(text, places[i][from],
                                          (capsa_unit)from, (capsa_unit)to),
                     places[i][to]);
  CHECK_NUMBER(
      capsa_offset_convert(text, 99, CAPSA_UNIT_UTF16, CAPSA_UNIT_BYTE), 8);
  CHECK_NUMBER(
      capsa_offset_convert(text, 5, CAPSA_UNIT_BYTE, CAPSA_UNIT_CODE_POINT), 2);
}

static void test_chars__case_goes_there_and_back(void) {
  size_t wrong = 0;
  for (uint32_t c = 0; c < 0x2000; c++) {
    if (capsa_is_upper(c) && capsa_is_lower(c)) wrong++;
    if (capsa_is_upper(c) && !capsa_is_letter(c)) wrong++;
    uint32_t lower = capsa_to_lower(c);
    if (lower != c && capsa_to_upper(lower) != c) wrong++;
  }
  CHECK_NUMBER(wrong, 0);
  CHECK_NUMBER(capsa_to_lower(0x416), 0x436); /* Ж */
  CHECK_NUMBER(capsa_to_lower(0x141), 0x142); /* Ł */
  CHECK(!capsa_is_letter(0x2014) && capsa_is_letter(0x8D6B));
}

/* The table against the ranges it stands for. */
static void test_chars__the_ascii_table_is_right(void) {
  for (uint32_t c = 0; c < 0x80; c++) {
    bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z';
    bool ok = capsa_is_upper(c) == upper && capsa_is_lower(c) == lower &&
              capsa_is_letter(c) == (upper || lower) &&
              capsa_is_digit(c) == (c >= '0' && c <= '9') &&
              capsa_is_space(c) == (c == ' ' || (c >= '\t' && c <= '\r')) &&
              capsa_to_lower(c) == (upper ? c + 32 : c) &&
              capsa_to_upper(c) == (lower ? c - 32 : c);
    if (!CHECK(ok)) break;
  }
}

static void test_words__keep_apostrophes_inside(void) {
  capsa_slice text =
      CAPSA_LITERAL("\xE2\x80\x98"
                    "Couldn\xE2\x80\x99t\xE2\x80\x99 9,999 o'clock");
  const char *want[] = {"couldn't", "o'clock"};
  char folded[CAPSA_WORD_BYTES_MAX * 2];
  capsa_range at;
  size_t n = 0;
  for (size_t i = 0; capsa_word_next(text, &i, &at) && n < 2; n++) {
    capsa_slice word = capsa_slice_cut(text, at.start_byte, at.end_byte);
    CHECK_TEXT(((capsa_slice){folded, capsa_word_fold(word, folded)}), want[n]);
  }
  CHECK_NUMBER(n, 2);
}

/* A byte that is no UTF-8 reads as three: 64 of them would not fit. */
static void test_words__fold_nothing_that_is_no_text(void) {
  char bytes[CAPSA_WORD_BYTES_MAX], folded[CAPSA_WORD_FOLDED_MAX];
  memset(bytes, '\xFF', sizeof bytes);
  CHECK_NUMBER(capsa_word_fold((capsa_slice){bytes, sizeof bytes}, folded), 0);
  bytes[0] = 'A';
  CHECK_NUMBER(capsa_word_fold((capsa_slice){bytes, 1}, folded), 1);
}

/* U+02BC and U+02B9 are letters and apostrophes: alone they once were words
 * without a length, which were read for ever. */
static void test_words__are_read_as_they_are_found(void) {
  static const char *const texts[] = {"a \xCA\xBC, b",
                                      "a\xCA\xBC b",
                                      "a\xCA\xBC"
                                      "b c",
                                      "\xCA\xB9",
                                      "a\xE2\x80\x99 b",
                                      "a\xE2\x80\x99"
                                      "b",
                                      "' a' 'b",
                                      "\xC3\xA9'\xC3\xA9 a"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    capsa_slice text = capsa_slice_of(texts[i]);
    size_t found_at = 0, read_at = 0;
    capsa_range found;
    capsa_word word;
    while (capsa_word_next(text, &found_at, &found)) {
      if (!CHECK(capsa_word_read(text, &read_at, &word))) return;
      CHECK_NUMBER(word.at.start_byte, found.start_byte);
      CHECK_NUMBER(word.at.end_byte, found.end_byte);
    }
    if (!CHECK(!capsa_word_read(text, &read_at, &word))) return;
  }
}

static void test_words__a_set_holds_what_was_added(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_words words = {0};
  for (int i = 0; i < 5000; i++) {
    char word[3] = {(char)('a' + i % 26), (char)('a' + i / 26 % 26), 0};
    capsa_words_add(&words, arena, capsa_slice_of(word));
  }
  CHECK_NUMBER(words.items.count, 676);
  CHECK(capsa_words_has(&words, CAPSA_LITERAL("zq")));
  CHECK(!capsa_words_has(&words, CAPSA_LITERAL("zqz")));
  CHECK(!capsa_words_has(&words, CAPSA_LITERAL("")));
  capsa_arena_free(arena);
}

static void test_lexicon__knows_words_and_their_forms(void) {
  static const char *const yes[] = {
      "a", "the", "advisors", "yugoslavia", "wishes", "described", "zones"};
  static const char *const no[] = {"tha", "ur",   "yo",    "ogoroshil",
                                   "",    "zzzz", "viaduc"};
  for (size_t i = 0; i < 7; i++) {
    if (!CHECK(capsa_lexicon_has(capsa_slice_of(yes[i])))) break;
    if (!CHECK(!capsa_lexicon_has(capsa_slice_of(no[i])))) break;
  }
}

void test_text(void) {
  RUN(test_offsets__convert_between_all_units);
  RUN(test_chars__case_goes_there_and_back);
  RUN(test_chars__the_ascii_table_is_right);
  RUN(test_words__keep_apostrophes_inside);
  RUN(test_words__fold_nothing_that_is_no_text);
  RUN(test_words__are_read_as_they_are_found);
  RUN(test_words__a_set_holds_what_was_added);
  RUN(test_lexicon__knows_words_and_their_forms);
}
