/* mark_shapes.c -- what marks of pages and leaves look like. */
#include "document/passes/mark_shapes.h"

#include <string.h>

#include "base/slice.h"
#include "document/passes/passes.h"
#include "text/chars.h"

#define PAGE_DIGITS_MAX 5
#define ROMAN_MAX 8

static size_t skip_spaces(capsa_slice text, size_t at) {
  capsa_codepoint cp;
  while ((cp = capsa_utf8_next(text, at)).len && capsa_is_space(cp.value) &&
         cp.value != '\n' && cp.value != '\t')
    at += cp.len;
  return at;
}

/* Length of "page", "p.", "л." … at `at`, with the form it speaks for. */
static size_t page_word(capsa_slice text, size_t at, bool *full) {
  static const char *const words[] = {
      "page",  "seite", "página", "pagina", "страница", "leaf",
      "folio", "blatt", "sheet",  "лист",   "p.",       "pg.",
      "s.",    "pág.",  "с.",     "стр.",   "l.",       "f.",
      "fol.",  "bl.",   "л.",     "p",      NULL};
  enum { FULL_WORDS = 10 };
  capsa_slice rest = capsa_slice_from(text, at);
  /* Nearly every text begins with another letter than these words. */
  if (!rest.len ||
      ((unsigned char)rest.ptr[0] < 0x80 && !strchr("PpSsLlFfBb", rest.ptr[0])))
    return 0;
  for (size_t i = 0; words[i]; i++) {
    size_t len = strlen(words[i]);
    capsa_slice found = capsa_slice_cut(rest, 0, len);
    if (!capsa_slice_is_nocase(found, words[i])) continue;
    *full = i < FULL_WORDS;
    return len;
  }
  return 0;
}

static uint32_t roman_digit(char c) {
  switch (c | 0x20) {
  case 'i': return 1;
  case 'v': return 5;
  case 'x': return 10;
  case 'l': return 50;
  case 'c': return 100;
  default: return 0;
  }
}

static size_t read_roman(capsa_slice text, size_t at, uint32_t *value) {
  size_t end = at;
  uint32_t sum = 0, before = 0;
  for (uint32_t digit; end < text.len && end - at < ROMAN_MAX &&
                       (digit = roman_digit(text.ptr[end]));
       end++) {
    sum += digit;
    if (before && before < digit) sum -= 2 * before;
    before = digit;
  }
  *value = sum;
  return end;
}

/* "12", "12a", "44v", "44 об.", "xii". @return where it ends, or `at` */
static size_t read_number(capsa_slice text, size_t at, bool roman,
                          uint32_t *value) {
  size_t end = at;
  *value = 0;
  while (end < text.len && end - at < PAGE_DIGITS_MAX &&
         capsa_is_digit((unsigned char)text.ptr[end]))
    *value = *value * 10 + (uint32_t)(text.ptr[end++] - '0');
  if (end == at) return roman ? read_roman(text, at, value) : at;
  static const char *const backs[] = {"a", "b", "r", "v", "об.", "ob.", NULL};
  size_t back = skip_spaces(text, end);
  for (size_t i = 0; backs[i]; i++)
    if (capsa_slice_starts(capsa_slice_from(text, back), backs[i]) &&
        (back == end || i > 3))
      return back + strlen(backs[i]);
  return end;
}

/* " of 40", " / 40" */
static size_t skip_total(capsa_slice text, size_t at) {
  size_t next = skip_spaces(text, at);
  capsa_slice rest = capsa_slice_from(text, next);
  size_t word = capsa_slice_starts(rest, "of ")    ? 3
                : capsa_slice_starts(rest, "/")    ? 1
                : capsa_slice_starts(rest, "von ") ? 4
                : capsa_slice_starts(rest, "из ")  ? strlen("из ")
                                                   : 0;
  if (!word) return at;
  uint32_t total;
  next = skip_spaces(text, next + word);
  size_t end = read_number(text, next, false, &total);
  return end > next ? end : at;
}

/* "Page 12", "p. 12 of 40" from `at` on. */
static bool read_page(capsa_slice text, size_t at, capsa_page_mark *mark,
                      bool *full) {
  size_t word = page_word(text, at, full);
  if (!word) return false;
  size_t start = skip_spaces(text, at + word);
  size_t end = read_number(text, start, start > at + word, &mark->value);
  mark->mark.target = capsa_slice_cut(text, start, end);
  mark->mark.at.end_byte = skip_total(text, end);
  return end > start;
}

/* A mark in brackets or strokes that opens at `at`. */
bool capsa_mark_read_enclosed(capsa_slice text, size_t at,
                              capsa_page_mark *mark) {
  char open = text.ptr[at];
  char close = open == '[' ? ']' : open == '(' ? ')' : '/';
  size_t inner = skip_spaces(text, at + 1);
  bool full = false, named = read_page(text, inner, mark, &full);
  if (!named && open != '/') return false;
  if (!named) {
    if (at && !capsa_is_space((unsigned char)text.ptr[at - 1])) return false;
    size_t end = read_number(text, inner, false, &mark->value);
    if (end == inner) return false;
    mark->mark.target = capsa_slice_cut(text, inner, end);
    mark->mark.at.end_byte = end;
  }
  size_t end = skip_spaces(text, mark->mark.at.end_byte);
  if (end >= text.len || text.ptr[end] != close) return false;
  mark->mark.at = (capsa_range){at, end + 1};
  mark->form = open == '('   ? CAPSA_MARK_ROUND
               : open == '/' ? CAPSA_MARK_SLASH
               : full        ? CAPSA_MARK_PAGE
                             : CAPSA_MARK_SQUARE;
  return true;
}

static size_t dash_len(capsa_slice text, size_t at) {
  capsa_codepoint cp = capsa_utf8_next(text, at);
  bool dash = cp.value == '-' || cp.value == 0x2013 || cp.value == 0x2014 ||
              cp.value == 0x2012 || cp.value == 0x2212;
  return dash ? cp.len : 0;
}

/* "- 12 -", "--- 12 ---"; an item of a list may have lost the first dash to its
 * marker. */
static bool read_dashed(capsa_slice line, bool item, capsa_page_mark *mark) {
  size_t dash = dash_len(line, 0);
  if (!dash && !item) return false;
  while (dash && dash_len(line, dash)) dash += dash_len(line, dash);
  size_t start = skip_spaces(line, dash);
  size_t end = read_number(line, start, false, &mark->value);
  if (end == start) return false;
  mark->mark.target = capsa_slice_cut(line, start, end);
  end = skip_spaces(line, end);
  dash = dash_len(line, end);
  while (dash && dash_len(line, end + dash)) end += dash_len(line, end);
  return dash && end + dash == line.len;
}

bool capsa_mark_read_line(capsa_slice line, bool item, capsa_page_mark *mark) {
  bool full = false;
  bool enclosed = line.len && strchr("[(/", line.ptr[0]) &&
                  capsa_mark_read_enclosed(line, 0, mark) &&
                  mark->mark.at.end_byte == line.len;
  if (!enclosed) {
    if (!read_dashed(line, item, mark) && !(read_page(line, 0, mark, &full) &&
                                            mark->mark.at.end_byte == line.len))
      return false;
    mark->form = CAPSA_MARK_LINE;
    mark->mark.at = (capsa_range){0, line.len};
  }
  mark->alone = true;
  return true;
}

bool capsa_is_page_mark(capsa_slice line) {
  capsa_page_mark mark;
  return capsa_mark_read_line(line, false, &mark);
}

/* All of a paragraph: "[12]". */
bool capsa_mark_read_bare(capsa_slice text, capsa_page_mark *mark) {
  if (text.len < 3 || text.ptr[0] != '[') return false;
  size_t end = read_number(text, 1, false, &mark->value);
  if (end == 1 || end + 1 != text.len || text.ptr[end] != ']') return false;
  mark->mark.target = capsa_slice_cut(text, 1, end);
  mark->mark.at = (capsa_range){0, text.len};
  mark->form = CAPSA_MARK_NUMBER;
  mark->alone = true;
  return true;
}

/* Figures from `at` on, at most two; returns where they end. */
static size_t two_digits(capsa_slice text, size_t at, uint32_t *value) {
  size_t end = at;
  *value = 0;
  while (end < text.len && end - at < 2 &&
         capsa_is_digit((unsigned char)text.ptr[end]))
    *value = *value * 10 + (uint32_t)(text.ptr[end++] - '0');
  return end;
}

bool capsa_mark_read_time(capsa_slice text, capsa_page_mark *mark) {
  uint32_t part, seconds = 0;
  size_t at = 1, parts = 0;
  if (!text.len || !strchr("[(", text.ptr[0])) return false;
  for (;; at++, parts++) {
    size_t end = two_digits(text, at, &part);
    if (end == at || parts > 2) return false;
    seconds = seconds * 60 + part;
    at = end;
    if (at >= text.len) return false;
    if (text.ptr[at] != ':') break;
  }
  if (!parts || text.ptr[at] != (text.ptr[0] == '[' ? ']' : ')')) return false;
  mark->mark.target = capsa_slice_cut(text, 1, at);
  mark->mark.at = (capsa_range){0, at + 1};
  mark->value = seconds;
  mark->form = CAPSA_MARK_TIME;
  return true;
}
