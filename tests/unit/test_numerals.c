#include "text/numerals.h"

#include "tap.h"

static void test_numerals__reads_the_number_of_a_heading(void) {
  static const struct {
    const char *text;
    uint32_t number;
  } cases[] = {
      {"Article 21", 21},
      {"21. Of ink", 21},
      {"Article premier", 0},
      {"Статья 3", 3},
      {"المادة ٢١", 21},
      {"المادة 30", 30},
      {"अनुच्छेद २१.", 21},
      {"ข้อ ๓๐", 30},
      {"第20条", 20},
      {"第２条", 2},
      {"제 21 조", 21},
      {"第二十一条", 21},
      {"第十条", 10},
      {"第三十條", 30},
      {"第一百零三条", 103},
      {"二", 2},
      {"世界人权宣言", 0},
      {"አንቀጽ፡፩፤", 1},
      {"አንቀጽ፡፳፩፤", 21},
      {"አንቀጽ፡፻፭፤", 105},
      {"סעיף א.", 1},
      {"סעיף כא.", 21},
      {"סעיף ט״ו:", 15},
      {"שלום עם", 0}, /* no stop: a word */
      {"Article XXI", 21},
      {"XIX. Of ink", 19},
      {"Section I agree to", 0},
      {"IIII", 0},
      {"CIVIL", 0},
      {"PLAN C", 0},
      {"Ink", 0},
      {"", 0},
      {"99999", 99999},
      {"100000", 0},
      {"99999999999999999999", 0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    if (!CHECK_NUMBER(capsa_numeral_find(capsa_slice_of(cases[i].text)),
                      cases[i].number))
      CHECK_TEXT(capsa_slice_of(cases[i].text), "");
}

static void test_numerals__reads_no_number_in_prose(void) {
  char text[CAPSA_NUMERAL_TEXT_MAX + 1];
  for (size_t i = 0; i < sizeof text; i++) text[i] = 'a';
  text[CAPSA_NUMERAL_TEXT_MAX - 1] = '7';
  CHECK_NUMBER(capsa_numeral_find((capsa_slice){text, sizeof text - 1}), 7);
  text[CAPSA_NUMERAL_TEXT_MAX] = '7';
  CHECK_NUMBER(capsa_numeral_find((capsa_slice){text, sizeof text}), 0);
}

void test_numerals(void) {
  RUN(test_numerals__reads_the_number_of_a_heading);
  RUN(test_numerals__reads_no_number_in_prose);
}
