#include "base/slice.h"

#include "tap.h"

static void test_slice__trims_spaces_and_no_break_spaces(void) {
  CHECK_TEXT(capsa_slice_trim(CAPSA_LITERAL(" \t\xC2\xA0 a b \xC2\xA0\r\n")),
             "a b");
  CHECK_TEXT(capsa_slice_trim(CAPSA_LITERAL(" \xC2\xA0 ")), "");
  CHECK_TEXT(capsa_slice_trim((capsa_slice){0}), "");
  /* U+00E0 ends in the same byte as U+00A0 */
  CHECK_TEXT(capsa_slice_trim(CAPSA_LITERAL("\xC3\xA0")), "\xC3\xA0");
}

static void test_slice__finds_the_first_occurrence(void) {
  capsa_slice text = CAPSA_LITERAL("aab aabb");
  CHECK_NUMBER(capsa_slice_finds(text, "aabb", 0), 4);
  CHECK_NUMBER(capsa_slice_finds(text, "a", 2), 4);
  CHECK(capsa_slice_finds(text, "aabbb", 0) == CAPSA_NOT_FOUND);
  CHECK(capsa_slice_finds(text, "b", 8) == CAPSA_NOT_FOUND);
  CHECK_NUMBER(capsa_slice_finds(text, "", 3), 3);
}

static void test_slice__cuts_within_the_text(void) {
  capsa_slice text = CAPSA_LITERAL("capsa");
  CHECK_TEXT(capsa_slice_cut(text, 1, 3), "ap");
  CHECK_TEXT(capsa_slice_cut(text, 3, 99), "sa");
  CHECK_TEXT(capsa_slice_cut(text, 9, 99), "");
  CHECK_TEXT(capsa_slice_cut(text, 3, 1), "");
}

static void test_slice__takes_every_kind_of_line_end(void) {
  capsa_slice rest = CAPSA_LITERAL("a\nb\r\nc\rd\n\ne"), line;
  const char *want[] = {"a", "b", "c", "d", "", "e"};
  size_t n = 0;
  for (; capsa_slice_next_line(&rest, &line) && n < 6; n++)
    CHECK_TEXT(line, want[n]);
  CHECK_NUMBER(n, 6);
}

static void test_slice__orders_by_bytes_then_length(void) {
  CHECK(capsa_slice_compare(CAPSA_LITERAL("a"), CAPSA_LITERAL("ab")) < 0);
  CHECK(capsa_slice_compare(CAPSA_LITERAL("b"), CAPSA_LITERAL("ab")) > 0);
  CHECK(capsa_slice_compare((capsa_slice){0}, CAPSA_LITERAL("")) == 0);
  CHECK(capsa_slice_equal_nocase(CAPSA_LITERAL("FoO"), CAPSA_LITERAL("fOo")));
  CHECK(!capsa_slice_equal_nocase(CAPSA_LITERAL("["), CAPSA_LITERAL("{")));
  CHECK(capsa_slice_starts(CAPSA_LITERAL("abc"), "ab"));
  CHECK(!capsa_slice_starts(CAPSA_LITERAL("a"), "ab"));
  CHECK(capsa_slice_ends(CAPSA_LITERAL("abc"), "bc"));
}

/* The end of a line, byte by byte: what eight at a time must agree with. */
static size_t line_len_slowly(capsa_slice text) {
  size_t i = 0;
  while (i < text.len && text.ptr[i] != '\n' && text.ptr[i] != '\r') i++;
  return i;
}

static void test_slice__finds_line_ends_at_every_place(void) {
  static const char fill[] = {'x', '\x0B', '\x0C', '\x8A', '\x0F', '\0'};
  char text[40];
  size_t wrong = 0;
  for (size_t at = 0; at < sizeof text; at++)
    for (int i = 0; i < 6 * 2; i++) {
      memset(text, fill[i / 2], sizeof text);
      text[at] = i % 2 ? '\n' : '\r';
      for (size_t len = 1; len <= sizeof text; len++) {
        capsa_slice rest = {text, len}, whole = rest, line;
        wrong += !capsa_slice_next_line(&rest, &line) ||
                 line.len != line_len_slowly(whole);
      }
    }
  CHECK_NUMBER(wrong, 0);
}

static void test_slice__is_one_of_a_list_without_case(void) {
  static const char *const list[] = {"to", "from", "from [", NULL};
  CHECK(capsa_slice_is_one_of(CAPSA_LITERAL("FROM"), list));
  CHECK(capsa_slice_is_one_of(CAPSA_LITERAL("to"), list));
  CHECK(!capsa_slice_is_one_of(CAPSA_LITERAL("fro"), list));
  CHECK(!capsa_slice_is_one_of(CAPSA_LITERAL("tot"), list));
  CHECK(!capsa_slice_is_one_of(CAPSA_LITERAL("from {"), list));
  CHECK(!capsa_slice_is_one_of((capsa_slice){0}, list));
}

void test_slice(void) {
  RUN(test_slice__trims_spaces_and_no_break_spaces);
  RUN(test_slice__finds_the_first_occurrence);
  RUN(test_slice__cuts_within_the_text);
  RUN(test_slice__takes_every_kind_of_line_end);
  RUN(test_slice__orders_by_bytes_then_length);
  RUN(test_slice__finds_line_ends_at_every_place);
  RUN(test_slice__is_one_of_a_list_without_case);
}
