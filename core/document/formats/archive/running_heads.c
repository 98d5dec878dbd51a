/* running_heads.c -- the heads and numbers of pages in a text that was copied
 * page by page: "TALKS ON THE CANAL   17", or a number alone on its line.
 *
 * A head is known by coming again with numbers that rise, and by standing where
 * no heading can: in the middle of a sentence at least once, or with its number
 * set far off. Each becomes a page's mark; its words are told and left out.
 */
#include <string.h>

#include "base/slice.h"
#include "document/formats/archive/lines.h"
#include "document/passes/passes.h"
#include "text/chars.h"

#define HEAD_WIDTH_MAX 110
#define HEAD_LETTERS_MIN 4
#define HEADS_MAX 4096
#define NUMBER_DIGITS_MAX 4

/* A run of spaces that sets the number off. */
#define WIDE_GAP "   "

/* Pages follow each other, but some have no head. */
#define PAGES_APART_MAX 4

/* Lines between a head and the text, or its number. */
#define BLANK_LINES_MAX 3

/* As many numbers alone on their lines count pages. */
#define BARE_MIN 3

typedef struct head {
  size_t line;
  uint32_t page;
  capsa_slice words;  /* without the number and the space beside it */
  capsa_slice digits; /* the number as printed */
  bool wide, inside;  /* far from its number; in the middle of a sentence */
  bool taken;
} head;

typedef struct heads {
  head *items;
  size_t count, cap;
} heads;

static size_t digits_before(capsa_slice text, size_t end) {
  size_t start = end;
  while (start && capsa_is_digit((unsigned char)text.ptr[start - 1])) start--;
  return end - start;
}

static size_t digits_at(capsa_slice text) {
  size_t end = 0;
  while (end < text.len && capsa_is_digit((unsigned char)text.ptr[end])) end++;
  return end;
}

static uint32_t value_of(capsa_slice digits) {
  uint32_t value = 0;
  for (size_t i = 0; i < digits.len; i++)
    value = value * 10 + (uint32_t)(digits.ptr[i] - '0');
  return value;
}

static size_t count_letters(capsa_slice text) {
  size_t letters = 0;
  for (size_t i = 0; i < text.len;) {
    capsa_codepoint cp = capsa_utf8_next(text, i);
    letters += capsa_is_letter(cp.value);
    i += cp.len;
  }
  return letters;
}

/* Cut the number off the front or the end of a line. */
static bool read_head(capsa_slice text, head *out) {
  size_t front = digits_at(text), back = digits_before(text, text.len);
  bool first = front && front < text.len && text.ptr[front] == ' ';
  bool last = back && back < text.len && text.ptr[text.len - back - 1] == ' ';
  *out = (head){0};
  if (front == text.len && front && front <= NUMBER_DIGITS_MAX) {
    out->digits = text;
  } else if (first && front <= NUMBER_DIGITS_MAX) {
    out->digits = capsa_slice_cut(text, 0, front);
    out->words = capsa_slice_from(text, front);
  } else if (last && back <= NUMBER_DIGITS_MAX) {
    out->digits = capsa_slice_from(text, text.len - back);
    out->words = capsa_slice_cut(text, 0, text.len - back);
  } else return false;
  out->page = value_of(out->digits);
  out->wide = capsa_slice_starts(out->words, WIDE_GAP) ||
              capsa_slice_ends(out->words, WIDE_GAP);
  out->words = capsa_slice_trim(out->words);
  return out->page > 0 &&
         (!out->words.len || count_letters(out->words) >= HEAD_LETTERS_MIN);
}

/* The next line that has text, in direction `step`; NULL where there is none
 * near. */
static capsa_line *neighbour(const capsa_lines *lines, size_t at, int step) {
  for (int n = 1; n <= BLANK_LINES_MAX + 1; n++) {
    size_t i = at + (size_t)(step * n);
    if (i >= lines->count) return NULL;
    if (lines->items[i].text.len) return &lines->items[i];
  }
  return NULL;
}

/* Does a sentence go on behind the line? */
static bool is_inside(const capsa_lines *lines, size_t at) {
  const capsa_line *after = neighbour(lines, at, 1);
  capsa_codepoint next = capsa_utf8_next(
      after && !after->taken ? after->text : (capsa_slice){0}, 0);
  return capsa_is_lower(next.value) && capsa_is_letter(next.value);
}

static bool is_alone(const capsa_lines *lines, size_t i) {
  const capsa_line *line = &lines->items[i];
  return line->text.len && !line->taken && line->width <= HEAD_WIDTH_MAX &&
         (!i || !line[-1].text.len) &&
         (i + 1 == lines->count || !line[1].text.len);
}

static void collect(capsa_draft *draft, const capsa_lines *lines, heads *out) {
  for (size_t i = 0; i < lines->count && out->count < HEADS_MAX; i++) {
    head found;
    if (!is_alone(lines, i) || !read_head(lines->items[i].text, &found))
      continue;
    head *item = CAPSA_LIST_ADD(draft->arena, out);
    if (!item) return;
    *item = found;
    item->line = i;
    item->inside = is_inside(lines, i);
  }
}

/* Of the heads with the words of the one at `first`: do the pages rise, and
 * does anything tell them from headings? */
static bool is_series(const heads *all, size_t first) {
  const head *of = &all->items[first];
  size_t count = 0, wide = 0, inside = 0;
  uint32_t page = 0;
  for (size_t i = first; i < all->count; i++) {
    const head *h = &all->items[i];
    if (h->taken || !capsa_slice_equal_nocase(h->words, of->words)) continue;
    if (page && (h->page <= page || h->page > page + PAGES_APART_MAX))
      return false;
    page = h->page;
    count++;
    wide += h->wide;
    inside += h->inside;
  }
  if (!of->words.len) return count >= BARE_MIN && inside > 0;
  bool one_word = capsa_slice_finds(of->words, " ", 0) == CAPSA_NOT_FOUND;
  return count > 1 &&
         (one_word ? inside * 2 > count : inside > 0 || wide * 2 > count);
}

static void leave_out(capsa_draft *draft, capsa_line *line) {
  capsa_draft_report(draft, CAPSA_SEVERITY_INFO, line->number, "running-head",
                     "left out: the head of a page; its number is kept",
                     line->text);
}

/* "- 17 -" in the place of the head. */
static void take_series(capsa_draft *draft, capsa_lines *lines, heads *all,
                        size_t first) {
  capsa_slice words = all->items[first].words;
  for (size_t i = first; i < all->count; i++) {
    head *h = &all->items[i];
    if (h->taken || !capsa_slice_equal_nocase(h->words, words)) continue;
    capsa_line *line = &lines->items[h->line];
    h->taken = true;
    if (words.len) leave_out(draft, line);
    const capsa_slice parts[] = {CAPSA_LITERAL("- "), h->digits,
                                 CAPSA_LITERAL(" -")};
    line->text = capsa_draft_concat(draft, parts, 3);
  }
}

/* The head beside a number that stands alone comes again beside another. */
static void take_beside(capsa_draft *draft, capsa_lines *lines,
                        const heads *all, int step) {
  const capsa_line *last = NULL;
  capsa_line *before = NULL;
  for (size_t i = 0; i < all->count; i++) {
    const head *h = &all->items[i];
    if (!h->taken || h->words.len) continue;
    capsa_line *line = neighbour(lines, h->line, step);
    if (!line || line->taken || !is_alone(lines, (size_t)(line - lines->items)))
      continue;
    bool again = before && capsa_slice_equal_nocase(before->text, line->text);
    if (again && before != last) leave_out(draft, before);
    if (again) leave_out(draft, line);
    if (again) before->taken = line->taken = true;
    if (again) last = line;
    before = line;
  }
}

void capsa_running_heads_take(capsa_draft *draft, capsa_lines *lines) {
  heads all = {0};
  collect(draft, lines, &all);
  /* Each series is looked at once; there are no more than there are pages. */
  for (size_t i = 0, tried = 0; i < all.count && tried < HEADS_MAX / 8; i++) {
    if (all.items[i].taken) continue;
    tried++;
    if (is_series(&all, i)) take_series(draft, lines, &all, i);
  }
  take_beside(draft, lines, &all, 1);
  take_beside(draft, lines, &all, -1);
}
