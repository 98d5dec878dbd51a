/* line_numbers.c -- numbers that count the lines of a page in the margin, as
 * courts print them: "1    Q.  Would you state your name?"
 *
 * Nearly every line has one, each is one more than that before or begins a
 * page anew, what stands behind is set off, and sentences go on over them: the
 * items of a list do not. They are no text.
 */
#include "base/slice.h"
#include "document/formats/archive/lines.h"
#include "text/chars.h"

#define NUMBERED_MIN 8
#define PAGE_LINES_MAX 60
#define DIGITS_MAX 2

/* Lines without a number are one in so many at most. */
#define BARE_ONE_IN 10

/* Bytes of the number and the spaces behind it; 0 where there is none. A line
 * may hold nothing else. */
static size_t number_len(capsa_slice text, uint32_t *value) {
  size_t end = 0;
  *value = 0;
  while (end < text.len && end <= DIGITS_MAX &&
         capsa_is_digit((unsigned char)text.ptr[end]))
    *value = *value * 10 + (uint32_t)(text.ptr[end++] - '0');
  if (!end || end > DIGITS_MAX || *value > PAGE_LINES_MAX) return 0;
  if (end == text.len) return end;
  if (text.ptr[end] != ' ' && text.ptr[end] != '\t') return 0;
  while (end < text.len && (text.ptr[end] == ' ' || text.ptr[end] == '\t'))
    end++;
  return end;
}

static bool are_numbered(const capsa_lines *lines) {
  size_t numbered = 0, bare = 0, wide = 0, goes_on = 0;
  uint32_t last = 0, value;
  for (size_t i = 0; i < lines->count; i++) {
    capsa_slice text = lines->items[i].text;
    if (!text.len || lines->items[i].taken) continue;
    size_t len = number_len(text, &value);
    bool next = len && (value == last + 1 || value == 1);
    numbered += next;
    bare += !next;
    wide += next && len >= 3 && text.ptr[len - 2] == ' ';
    if (!next) continue;
    last = value;
    goes_on +=
        capsa_is_lower(capsa_utf8_next(capsa_slice_from(text, len), 0).value);
  }
  return numbered >= NUMBERED_MIN && bare * BARE_ONE_IN <= numbered + bare &&
         wide * 2 > numbered && goes_on;
}

void capsa_line_numbers_take(capsa_draft *draft, capsa_lines *lines) {
  if (!are_numbered(lines)) return;
  CAPSA_LIST(capsa_slice) parts = {0};
  uint32_t value, first = 0;
  for (size_t i = 0; i < lines->count; i++) {
    capsa_line *line = &lines->items[i];
    size_t len = line->taken ? 0 : number_len(line->text, &value);
    if (!len) continue;
    capsa_slice *part = CAPSA_LIST_ADD(draft->arena, &parts);
    if (!part) return;
    *part = capsa_slice_cut(line->text, 0, len);
    if (!first) first = line->number;
    line->text = capsa_slice_trim(capsa_slice_from(line->text, len));
    line->printed = line->text;
    line->indent = 0;
    line->width -= (uint32_t)len;
  }
  capsa_draft_report(draft, CAPSA_SEVERITY_INFO, first, "line-numbers",
                     "left out: they count the lines of a page",
                     capsa_draft_concat(draft, parts.items, parts.count));
}
