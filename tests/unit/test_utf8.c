#include "base/utf8.h"

#include "tap.h"

static const struct {
  capsa_slice bytes;
  capsa_codepoint want;
} cases[] = {
    {{"A", 1}, {'A', 1, true}},
    {{"\xC2\x80", 2}, {0x80, 2, true}},
    {{"\xEF\xBF\xBF", 3}, {0xFFFF, 3, true}},
    {{"\xF4\x8F\xBF\xBF", 4}, {0x10FFFF, 4, true}},
    {{"", 0}, {0, 0, false}},
    {{"\x80", 1}, {0xFFFD, 1, false}},             /* a lone continuation */
    {{"\xC0\x80", 2}, {0xFFFD, 1, false}},         /* longer than needed */
    {{"\xE0\x9F\xBF", 3}, {0xFFFD, 1, false}},     /* longer than needed */
    {{"\xED\xA0\x80", 3}, {0xFFFD, 1, false}},     /* a surrogate */
    {{"\xF4\x90\x80\x80", 4}, {0xFFFD, 1, false}}, /* above U+10FFFF */
    {{"\xE8\xB5", 2}, {0xFFFD, 1, false}},         /* cut short */
    {{"\xFF", 1}, {0xFFFD, 1, false}},
};

static void test_utf8__reads_valid_characters_and_refuses_the_rest(void) {
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    capsa_codepoint got = capsa_utf8_next(cases[i].bytes, 0);
    CHECK_NUMBER(got.value, cases[i].want.value);
    CHECK_NUMBER(got.len, cases[i].want.len);
    CHECK_NUMBER(got.valid, cases[i].want.valid);
  }
}

/* Every code point: written, read forwards, read backwards. */
static void test_utf8__goes_there_and_back(void) {
  size_t wrong = 0;
  capsa_buf buf = {0};
  for (uint32_t c = 0; c <= 0x10FFFF; c++) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    buf.len = 0;
    capsa_utf8_put(&buf, c);
    capsa_slice text = capsa_buf_view(&buf);
    capsa_codepoint next = capsa_utf8_next(text, 0);
    capsa_codepoint before = capsa_utf8_before(text, text.len);
    wrong += !next.valid || next.value != c || next.len != text.len;
    wrong += !before.valid || before.value != c || before.len != text.len;
  }
  capsa_buf_free(&buf);
  CHECK_NUMBER(wrong, 0);
}

static void test_utf8__steps_back_over_broken_bytes_one_by_one(void) {
  capsa_slice text = CAPSA_LITERAL("a\x80\x80\x80\x80\x80");
  CHECK_NUMBER(capsa_utf8_before(text, 6).len, 1);
  CHECK_NUMBER(capsa_utf8_before(text, 1).value, 'a');
  CHECK_NUMBER(capsa_utf8_before(text, 0).len, 0);
  CHECK(!capsa_utf8_is_valid(text));
  CHECK(capsa_utf8_is_valid(CAPSA_LITERAL("h\xC3\xA9")));
}

static void test_utf8__ascii_runs_end_at_the_first_other_byte(void) {
  char text[40];
  size_t wrong = 0;
  for (size_t at = 0; at < sizeof text; at++) {
    memset(text, 'x', sizeof text);
    text[at] = '\x80';
    for (size_t from = 0; from <= at; from++)
      wrong += capsa_utf8_ascii_run((capsa_slice){text, sizeof text}, from) !=
               at - from;
    wrong += capsa_utf8_ascii_run((capsa_slice){text, at}, 0) != at;
  }
  CHECK_NUMBER(wrong, 0);
}

/* Every byte at every place, against one at a time. */
static void test_utf8__plain_runs_end_at_controls_and_other_bytes(void) {
  char text[20];
  size_t wrong = 0;
  for (int c = 0; c < 256; c++)
    for (size_t at = 0; at < sizeof text; at++) {
      memset(text, at % 2 ? '\n' : '~', sizeof text);
      text[at] = (char)c;
      bool plain = (c >= ' ' && c < 0x80) || c == '\n';
      wrong += capsa_utf8_plain_run((capsa_slice){text, sizeof text}, 0) !=
               (plain ? sizeof text : at);
    }
  CHECK_NUMBER(wrong, 0);
}

void test_utf8(void) {
  RUN(test_utf8__reads_valid_characters_and_refuses_the_rest);
  RUN(test_utf8__goes_there_and_back);
  RUN(test_utf8__steps_back_over_broken_bytes_one_by_one);
  RUN(test_utf8__ascii_runs_end_at_the_first_other_byte);
  RUN(test_utf8__plain_runs_end_at_controls_and_other_bytes);
}
