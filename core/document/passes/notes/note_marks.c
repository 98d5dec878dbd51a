/* note_marks.c -- where the text says that there is a note.
 *
 * A number glued to a word may be a note's mark or a part of the word
 * ("B52", "p.12", "NSC 68/2"). Three things decide: there is a note of that
 * number; the marks rise through the text; and what stands on both sides.
 * Each candidate has a weight by what stands before it, and the rising series
 * of the greatest weight wins (a Fenwick tree over the numbers: n log n).
 */
#include <stdio.h>
#include <string.h>

#include "base/slice.h"
#include "document/passes/notes/notes.h"
#include "document/passes/passes.h"
#include "text/chars.h"

#define DIGITS_MAX 4
#define YEAR_DIGITS 4
#define YEAR_LOOKBACK 24

typedef enum style { BRACKET, ROUND, RAISED, GLUED, STYLE_COUNT } style;

typedef struct candidate {
  capsa_mark mark;
  uint32_t value, weight;
  size_t best;   /* weight of the best series that ends here */
  size_t before; /* its last but one, plus 1; 0 for none */
} candidate;

typedef struct candidates {
  candidate *items;
  size_t count, cap;
} candidates;

typedef struct finder {
  capsa_draft *draft;
  const capsa_note_numbers *numbers;
  candidates of[STYLE_COUNT];
  candidates signs;
} finder;

size_t capsa_note_sign(capsa_slice text, size_t at) {
  capsa_codepoint cp = capsa_utf8_next(text, at);
  if (cp.value != '*' && cp.value != 0x2020 && cp.value != 0x2021) return 0;
  size_t end = at;
  for (uint32_t sign = cp.value;
       (cp = capsa_utf8_next(text, end)).len && cp.value == sign;)
    end += cp.len;
  return end - at;
}

static int raised_digit(uint32_t c) {
  if (c == 0xB9) return 1;
  if (c == 0xB2 || c == 0xB3) return (int)(c - 0xB0);
  if (c == 0x2070) return 0;
  return c >= 0x2074 && c <= 0x2079 ? (int)(c - 0x2070) : -1;
}

size_t capsa_note_raised(capsa_slice text, size_t at, uint32_t *value) {
  size_t end = at;
  *value = 0;
  for (capsa_codepoint cp; (cp = capsa_utf8_next(text, end)).len;) {
    int digit = raised_digit(cp.value);
    if (digit < 0) break;
    if (*value <= CAPSA_NOTE_NUMBER_MAX) *value = *value * 10 + (uint32_t)digit;
    end += cp.len;
  }
  return end - at;
}

capsa_slice capsa_note_number_text(capsa_arena *arena, uint32_t value) {
  char digits[12];
  int len = snprintf(digits, sizeof digits, "%u", value);
  return capsa_arena_copy(arena, (capsa_slice){digits, (size_t)len});
}

/* ---- candidates */

static bool is_digit_at(capsa_slice text, size_t at) {
  return at < text.len && capsa_is_digit((unsigned char)text.ptr[at]);
}

static bool has_note(const finder *f, uint32_t value) {
  return value <= f->numbers->highest && f->numbers->present[value];
}

static void add(finder *f, candidates *list, size_t block, capsa_range at,
                uint32_t value, capsa_slice target, uint32_t weight) {
  candidate *c = CAPSA_LIST_ADD(f->draft->arena, list);
  if (!c) return;
  c->mark = (capsa_mark){.block = block, .at = at, .target = target};
  c->value = value;
  c->weight = weight;
}

/* The number at `at`, or more than any note has. */
static uint32_t number_at(capsa_slice text, size_t at, size_t end) {
  uint32_t value = 0;
  if (end - at > DIGITS_MAX || (text.ptr[at] == '0' && end > at + 1))
    return CAPSA_NOTE_NUMBER_MAX + 1;
  for (; at < end; at++) value = value * 10 + (uint32_t)(text.ptr[at] - '0');
  return value;
}

/* "[12]" or "[*]" at `at`. */
static void try_bracket(finder *f, size_t block, capsa_slice text, size_t at) {
  size_t end = at + 1;
  while (is_digit_at(text, end)) end++;
  uint32_t value = end > at + 1 ? number_at(text, at + 1, end) : 0;
  bool sign = end == at + 1 && f->numbers->signs;
  if (sign) end += capsa_note_sign(text, end);
  if (end == at + 1 || end >= text.len || text.ptr[end] != ']') return;
  if (sign ? false : !has_note(f, value)) return;
  capsa_slice target = capsa_slice_cut(text, at + 1, end);
  add(f, sign ? &f->signs : &f->of[BRACKET], block, (capsa_range){at, end + 1},
      sign ? CAPSA_NOTE_SIGN : value, target, 1);
}

/* "(12)" glued to a word or a sentence's end; behind a space it counts. */
static void try_round(finder *f, size_t block, capsa_slice text, size_t at) {
  size_t end = at + 1;
  while (is_digit_at(text, end)) end++;
  uint32_t value = end > at + 1 ? number_at(text, at + 1, end) : 0;
  if (!f->numbers->round || end == at + 1 || end >= text.len ||
      text.ptr[end] != ')' || !at ||
      capsa_is_space(capsa_utf8_before(text, at).value) || !has_note(f, value))
    return;
  add(f, &f->of[ROUND], block, (capsa_range){at, end + 1}, value,
      capsa_slice_cut(text, at + 1, end), 1);
}

/* Squares and cubes of measures are no marks: "km²". */
static bool is_measure(capsa_slice text, size_t at) {
  size_t start = at;
  while (start && capsa_is_letter((unsigned char)text.ptr[start - 1])) start--;
  static const char *const units[] = {"m", "km", "cm", "mm", "ft", "mi", NULL};
  capsa_slice word = capsa_slice_cut(text, start, at);
  for (size_t i = 0; units[i]; i++)
    if (capsa_slice_is(word, units[i])) return true;
  return false;
}

static size_t try_raised(finder *f, size_t block, capsa_slice text, size_t at) {
  uint32_t value;
  size_t len = capsa_note_raised(text, at, &value);
  if (!len || !has_note(f, value) || is_measure(text, at)) return len;
  add(f, &f->of[RAISED], block, (capsa_range){at, at + len}, value,
      capsa_note_number_text(f->draft->arena, value), 1);
  return len;
}

/* May what stands from `end` on follow a mark? Not what makes a longer
 * number, a fraction, a measure or a word. */
static bool may_follow(capsa_slice text, size_t end) {
  capsa_codepoint cp = capsa_utf8_next(text, end);
  if (!cp.len) return true;
  if (capsa_is_letter(cp.value) || capsa_is_digit(cp.value)) return false;
  switch (cp.value) {
  case '/':
  case '%':
  case 0xB0:
  case 0x2032: return false;
  case '.':
  case ',':
  case ':':
  case '-':
  case 0x2013: return !is_digit_at(text, end + cp.len);
  default: return true;
  }
}

/* "p.", "No.": what a number is meant to follow. */
static bool is_reference_word(capsa_slice word) {
  static const char *const words[] = {
      "p",   "pp",  "no",   "nos", "vol", "vols", "art", "doc", "docs", "ch",
      "sec", "fig", "para", "par", "l",   "ll",   "f",   "ff",  "op",   "d",
      "n",   "nr",  "bd",   "s",   "st",  "rev",  "ser", "pt",  NULL};
  for (size_t i = 0; words[i]; i++)
    if (capsa_slice_is_nocase(word, words[i])) return true;
  return false;
}

static size_t word_start(capsa_slice text, size_t end) {
  capsa_codepoint cp;
  while ((cp = capsa_utf8_before(text, end)).len && capsa_is_letter(cp.value))
    end -= cp.len;
  return end;
}

/* How well a number fits behind the word that ends at `at`. */
static uint32_t weight_after_word(capsa_slice text, size_t at) {
  capsa_slice word = capsa_slice_cut(text, word_start(text, at), at);
  if (!word.len || is_digit_at(text, word_start(text, at) - 1)) return 0;
  if (capsa_is_capitals(word, 1)) return word.len < 5 ? 1 : 3;
  return 4;
}

static bool is_year_before(capsa_slice text, size_t end) {
  if (end < YEAR_DIGITS) return false;
  for (size_t i = end - YEAR_DIGITS; i < end; i++)
    if (!is_digit_at(text, i)) return false;
  return end == YEAR_DIGITS || !is_digit_at(text, end - YEAR_DIGITS - 1);
}

/* "by September 1.2": a number of one or two figures that a name has. */
static bool ends_with_day(capsa_slice text, size_t end) {
  size_t start = end;
  while (start && is_digit_at(text, start - 1)) start--;
  if (end - start > 2 || !start || text.ptr[start - 1] != ' ') return false;
  size_t word = word_start(text, start - 1);
  return word + 1 < start && capsa_is_upper(capsa_utf8_next(text, word).value);
}

/* ... or behind a sign; `at` is where the number begins. */
static uint32_t weight_before(capsa_slice text, size_t at) {
  capsa_codepoint cp = capsa_utf8_before(text, at);
  size_t sign = at - cp.len;
  if (!cp.len) return 0;
  if (capsa_is_letter(cp.value)) return weight_after_word(text, at);
  switch (cp.value) {
  case '.':
  case ',':
  case ':':
  case ';':
    if (sign && is_digit_at(text, sign - 1))
      return cp.value != ':' && is_year_before(text, sign)  ? 2
             : cp.value == '.' && ends_with_day(text, sign) ? 1
                                                            : 0;
    if (is_reference_word(capsa_slice_cut(text, word_start(text, sign), sign)))
      return 1;
    return 4;
  case '!':
  case '?':
  case ')':
  case ']':
  case '"':
  case '\'':
  case 0x201D:
  case 0x2019:
  case 0xBB:
  case 0x2026: return 4;
  case 0x2014: return 1;
  default: return 0;
  }
}

/* "11 June 19577": the number of a note behind a year. */
static void try_year(finder *f, size_t block, capsa_slice text, size_t at,
                     size_t end) {
  size_t year = at + YEAR_DIGITS;
  if (end - at <= YEAR_DIGITS || end - at > YEAR_DIGITS + 2) return;
  uint32_t value = number_at(text, year, end);
  size_t from = at > YEAR_LOOKBACK ? at - YEAR_LOOKBACK : 0;
  while (from < at && ((unsigned char)text.ptr[from] & 0xC0) == 0x80) from++;
  capsa_date date;
  capsa_slice before = capsa_slice_cut(text, from, year);
  if (!has_note(f, value) || !may_follow(text, end) ||
      !capsa_date_find(before, &date) || date.at.end_byte != before.len)
    return;
  add(f, &f->of[GLUED], block, (capsa_range){year, end}, value,
      capsa_slice_cut(text, year, end), 2);
}

static size_t try_digits(finder *f, size_t block, capsa_slice text, size_t at) {
  size_t end = at;
  while (is_digit_at(text, end)) end++;
  uint32_t value = number_at(text, at, end);
  uint32_t weight = has_note(f, value) ? weight_before(text, at) : 0;
  if (weight && may_follow(text, end))
    add(f, &f->of[GLUED], block, (capsa_range){at, end}, value,
        capsa_slice_cut(text, at, end), weight);
  else try_year(f, block, text, at, end);
  return end - at;
}

/* "word*": glued to what stands before and to nothing behind. */
static size_t try_sign(finder *f, size_t block, capsa_slice text, size_t at) {
  size_t len = capsa_note_sign(text, at);
  if (len && f->numbers->signs && weight_before(text, at) >= 3 &&
      !capsa_is_letter(capsa_utf8_next(text, at + len).value))
    add(f, &f->signs, block, (capsa_range){at, at + len}, CAPSA_NOTE_SIGN,
        capsa_slice_cut(text, at, at + len), 1);
  return len;
}

static void find_in_block(finder *f, size_t index) {
  capsa_slice text = f->draft->blocks.items[index].text;
  for (size_t i = 0; i < text.len;) {
    unsigned char c = (unsigned char)text.ptr[i];
    size_t step = 1;
    if (c == '[') try_bracket(f, index, text, i);
    else if (c == '(') try_round(f, index, text, i);
    else if (capsa_is_digit(c)) step = try_digits(f, index, text, i);
    else if (c == 0xC2 || c == 0xE2 || c == '*') {
      step = try_raised(f, index, text, i);
      if (!step) step = try_sign(f, index, text, i);
      if (!step) step = 1;
    }
    i += step;
  }
}

/* ---- the series that rises */

/* tree[v]: candidate plus 1 with the best series among some numbers below v.
 */
static size_t best_below(const candidates *list, const size_t *tree,
                         uint32_t value) {
  size_t best = 0;
  for (; value; value -= value & (~value + 1))
    if (tree[value] && (!best || list->items[tree[value] - 1].best >
                                     list->items[best - 1].best))
      best = tree[value];
  return best;
}

static void enter(const candidates *list, size_t *tree, uint32_t highest,
                  size_t entry) {
  const candidate *c = &list->items[entry - 1];
  for (uint32_t v = c->value + 1; v <= highest + 1; v += v & (~v + 1))
    if (!tree[v] || list->items[tree[v] - 1].best < c->best) tree[v] = entry;
}

/* Keep of `list` the series that rises and weighs most. `again`: may a number
 * be repeated? */
static void keep_series(finder *f, candidates *list, bool again) {
  uint32_t highest = f->numbers->highest;
  size_t *tree =
      capsa_arena_alloc(f->draft->arena, ((size_t)highest + 2) * sizeof *tree);
  if (!tree || !list->count) return;
  for (size_t i = 0; i < list->count; i++) {
    candidate *c = &list->items[i];
    c->before = best_below(list, tree, c->value + again);
    c->best = c->weight + (c->before ? list->items[c->before - 1].best : 0);
    enter(list, tree, highest, i + 1);
  }
  size_t kept = 0;
  for (size_t at = best_below(list, tree, highest + 1); at;
       at = list->items[at - 1].before)
    list->items[at - 1].best = 0, kept++;
  size_t to = 0;
  for (size_t i = 0; i < list->count; i++)
    if (!list->items[i].best) list->items[to++] = list->items[i];
  list->count = kept;
}

/* A series that mostly stands where words have numbers is none of marks. */
static void drop_weak(candidates *list) {
  size_t strong = 0;
  for (size_t i = 0; i < list->count; i++) strong += list->items[i].weight > 1;
  if (strong * 2 < list->count) list->count = 0;
}

static size_t count_numbers(finder *f, const candidates *list) {
  size_t count = 0;
  if (!list->count) return 0;
  bool *seen =
      capsa_arena_alloc(f->draft->arena, (size_t)f->numbers->highest + 1);
  for (size_t i = 0; seen && i < list->count; i++) {
    count += !seen[list->items[i].value];
    seen[list->items[i].value] = true;
  }
  return count;
}

static bool stands_before(const capsa_mark *a, const capsa_mark *b) {
  return a->block != b->block ? a->block < b->block
                              : a->at.start_byte < b->at.start_byte;
}

/* Marks with numbers and marks with signs, both in order, as one list. */
static void merge(finder *f, const candidates *a, const candidates *b,
                  capsa_note_marks *out) {
  for (size_t i = 0, k = 0; i < a->count || k < b->count;) {
    bool first =
        k == b->count ||
        (i < a->count && stands_before(&a->items[i].mark, &b->items[k].mark));
    capsa_mark *mark = CAPSA_LIST_ADD(f->draft->arena, out);
    if (!mark) return;
    *mark = first ? a->items[i++].mark : b->items[k++].mark;
  }
}

void capsa_note_marks_find(capsa_draft *draft, size_t first, size_t end,
                           const capsa_note_numbers *numbers,
                           capsa_note_marks *out) {
  finder f = {.draft = draft, .numbers = numbers};
  for (size_t i = first; i < end; i++)
    if (draft->blocks.items[i].kind != CAPSA_BLOCK_CODE &&
        draft->blocks.items[i].kind != CAPSA_BLOCK_FOOTNOTE)
      find_in_block(&f, i);
  keep_series(&f, &f.of[RAISED], true);
  keep_series(&f, &f.of[ROUND], true);
  keep_series(&f, &f.of[GLUED], false);
  drop_weak(&f.of[GLUED]);
  style best = BRACKET;
  size_t most = 0;
  for (style s = BRACKET; s < STYLE_COUNT; s++) {
    size_t count = count_numbers(&f, &f.of[s]);
    if (count <= most) continue;
    most = count;
    best = s;
  }
  *out = (capsa_note_marks){.numbers = most, .signs = f.signs.count > 0};
  merge(&f, &f.of[best], &f.signs, out);
}
