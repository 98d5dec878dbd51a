#include "search/excerpt.h"

#include <string.h>

#include "base/slice.h"
#include "base/utf8.h"
#include "tap.h"

#define LIMIT 24

/* Matches are the upper case words. */
static size_t find_matches(capsa_slice text, capsa_range *out) {
  size_t count = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (text.ptr[i] < 'A' || text.ptr[i] > 'Z') continue;
    size_t end = i;
    while (end < text.len && text.ptr[end] >= 'A' && text.ptr[end] <= 'Z')
      end++;
    out[count++] = (capsa_range){i, end};
    i = end;
  }
  return count;
}

static const struct {
  const char *text, *excerpt;
} cases[] = {
    {"", ""},
    {"a short TEXT", "a short TEXT"},
    {"one two three four five six seven", "one two three four five"},
    {"one two three four FIVE six seven eight nine", "four FIVE six seven"},
    {"BEGINS here and goes on and on", "BEGINS here and goes on"},
    {"it goes on and on to the END", "on and on to the END"},
    {"ONE match here, then none for long, at last TWO THREE here",
     "at last TWO THREE here"},
    {"A then far away from it all B and far away again C",
     "B and far away again C"},
    {"ONE here and then for a long time nothing but TWO there",
     "ONE here and then for a"},
    {"x OVERLONGMATCHWITHOUTANYSPACEINIT y", "OVERLONGMATCHWITHOUTANYS"},
    {"unbrokenrunoflettersbeforethe|MATCH|andunbrokenafteritaswell",
     "eforethe|MATCH|andunbrok"},
    {"赫鲁晓夫说他们明天来OK他们说不来了今天也不来", "明天来OK他们说"},
    {"  spaces   around   EVERY   word   of   it   ", "around   EVERY   word"},
};

static void test_excerpt__keeps_whole_words_around_the_densest_matches(void) {
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    capsa_slice text = capsa_slice_of(cases[i].text);
    capsa_range matches[16];
    size_t count = find_matches(text, matches);
    capsa_range at = capsa_excerpt(text, matches, count, LIMIT);
    CHECK_TEXT(capsa_slice_cut(text, at.start_byte, at.end_byte),
               cases[i].excerpt);
  }
}

static bool is_border(capsa_slice text, size_t at) {
  return at == text.len || ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
}

/* Texts drawn from these pieces, with every single match and every limit. */
static void test_excerpt__is_always_a_slice_of_characters(void) {
  static const char *const pieces[] = {"a",  " ", "word ", "é",       "赫鲁",
                                       "\n", "𝄞", "  ",    "long-ish"};
  unsigned state = 19580731;
  for (int round = 0; round < 20000; round++) {
    char buffer[128] = "";
    size_t len = 0;
    for (int i = 0; i < 12; i++) {
      state = state * 1103515245u + 12345u;
      const char *piece = pieces[(state >> 16) % 9];
      memcpy(buffer + len, piece, strlen(piece));
      len += strlen(piece);
    }
    capsa_slice text = {buffer, len};
    size_t start = (state >> 8) % len;
    while (!is_border(text, start)) start--;
    size_t end = start + capsa_utf8_next(text, start).len;
    size_t limit = 4 + (state >> 20) % 40;
    capsa_range match = {start, end};
    capsa_range at = capsa_excerpt(text, &match, 1, limit);
    CHECK(at.start_byte <= start && end <= at.end_byte && at.end_byte <= len);
    CHECK(at.end_byte - at.start_byte <= limit);
    CHECK(is_border(text, at.start_byte) && is_border(text, at.end_byte));
  }
}

void test_excerpt(void) {
  RUN(test_excerpt__keeps_whole_words_around_the_densest_matches);
  RUN(test_excerpt__is_always_a_slice_of_characters);
}
