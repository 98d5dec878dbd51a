/* headings.c -- headings that a Roman number or a capital letter counts: "I.
 * The situation" … "II. What was said".
 *
 * A short paragraph that begins so and ends without a stop proves nothing
 * alone. With the next number on another such paragraph, and text between the
 * two, both are headings.
 */
#include <string.h>

#include "base/slice.h"
#include "document/formats/archive/lines.h"
#include "document/passes/passes.h"
#include "text/chars.h"

#define HEADING_MAX 100
#define ROMAN_MAX 39
#define ROMAN_LEN_MAX 7

enum { ROMAN, LETTER, FORM_COUNT };

typedef struct counted {
  size_t block;
  uint32_t value[FORM_COUNT]; /* 0: not of that form; "I." and "C." are both */
} counted;

typedef CAPSA_LIST(counted) counted_list;

/* The value of "XIV"; 0 for what is none up to ROMAN_MAX. */
static uint32_t roman_value(capsa_slice text) {
  static const char *const tens[] = {"", "X", "XX", "XXX"};
  static const char *const ones[] = {"",  "I",  "II",  "III",  "IV",
                                     "V", "VI", "VII", "VIII", "IX"};
  for (uint32_t value = 1; value <= ROMAN_MAX; value++) {
    const char *ten = tens[value / 10], *one = ones[value % 10];
    size_t len = strlen(ten);
    if (capsa_slice_starts(text, ten) &&
        capsa_slice_equal(capsa_slice_from(text, len), capsa_slice_of(one)))
      return value;
  }
  return 0;
}

static bool read_counted(const capsa_draft_block *block, counted *out) {
  capsa_slice text = block->text;
  size_t stop = 0;
  while (stop < text.len && stop <= ROMAN_LEN_MAX && text.ptr[stop] >= 'A' &&
         text.ptr[stop] <= 'Z')
    stop++;
  if (block->kind != CAPSA_BLOCK_PARAGRAPH || !stop || text.len > HEADING_MAX ||
      stop + 2 >= text.len || text.ptr[stop] != '.' ||
      text.ptr[stop + 1] != ' ' ||
      !capsa_starts_upper(capsa_slice_from(text, stop + 2)) ||
      capsa_ends_sentence(text) || strchr(",;:-", text.ptr[text.len - 1]) ||
      capsa_slice_finds(text, ": ", 0) != CAPSA_NOT_FOUND)
    return false;
  out->value[ROMAN] = roman_value(capsa_slice_cut(text, 0, stop));
  out->value[LETTER] = stop == 1 ? (uint32_t)(text.ptr[0] - 'A' + 1) : 0;
  return out->value[ROMAN] || out->value[LETTER];
}

/* Index of the counted paragraph with the next number of `form`; the list's
 * count where another first one comes before it. */
static size_t next_of(const counted_list *list, size_t from, int form) {
  uint32_t value = list->items[from].value[form];
  for (size_t i = from + 1; i < list->count; i++) {
    if (list->items[i].value[form] == value + 1) return i;
    if (list->items[i].value[form] == 1) break;
    if (form == LETTER && list->items[i].value[ROMAN] > 1 &&
        !list->items[i].value[LETTER])
      break;
  }
  return list->count;
}

static void make_heading(capsa_draft *draft, size_t block, int form) {
  draft->blocks.items[block].kind = CAPSA_BLOCK_HEADING;
  draft->blocks.items[block].level = form == ROMAN ? 2 : 3;
}

/* The chain that begins with the first number at `from`. */
static void take_chain(capsa_draft *draft, const counted_list *list,
                       size_t from, int form) {
  bool apart = false;
  size_t last = from;
  for (size_t i; (i = next_of(list, last, form)) < list->count; last = i)
    apart |= list->items[i].block > list->items[last].block + 1;
  if (!apart) return;
  for (size_t i = from; i < list->count; i = next_of(list, i, form))
    make_heading(draft, list->items[i].block, form);
}

void capsa_headings_number(capsa_draft *draft, size_t from) {
  counted_list list = {0};
  for (size_t i = from; i < draft->blocks.count; i++) {
    counted found = {.block = i};
    if (!read_counted(&draft->blocks.items[i], &found)) continue;
    counted *item = CAPSA_LIST_ADD(draft->arena, &list);
    if (!item) return;
    *item = found;
  }
  for (int form = 0; form < FORM_COUNT; form++)
    for (size_t i = 0; i < list.count; i++)
      if (list.items[i].value[form] == 1 &&
          draft->blocks.items[list.items[i].block].kind ==
              CAPSA_BLOCK_PARAGRAPH)
        take_chain(draft, &list, i, form);
}
