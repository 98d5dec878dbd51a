/* items.c -- numbered paragraphs that are items of a list.
 *
 * A number alone proves nothing: telegrams and documents are numbered. What
 * counts upwards is a list: "1." and, not far behind, "2.". A list of another
 * kind of number within it is one level deeper.
 */
#include <string.h>

#include "base/slice.h"
#include "document/formats/archive/lines.h"
#include "text/chars.h"

/* The next item comes within so many blocks. */
#define ITEM_DISTANCE_MAX 12
#define NUMBER_MAX 999

/* "1." "1)" "(1)" "a." "a)" "(a)": digits or letter, and the signs. */
#define FORM_COUNT 6

typedef struct number {
  int form; /* -1: none */
  uint32_t value;
  size_t len;    /* of the marker and the space behind it */
  size_t marker; /* of the marker */
} number;

typedef struct open_list {
  size_t block; /* of the last item */
  uint32_t value;
  bool open;
} open_list;

static size_t read_value(capsa_slice text, size_t at, number *out) {
  size_t end = at;
  out->value = 0;
  while (end < text.len && capsa_is_digit((unsigned char)text.ptr[end]) &&
         out->value <= NUMBER_MAX)
    out->value = out->value * 10 + (uint32_t)(text.ptr[end++] - '0');
  out->form = 0;
  if (end > at || end >= text.len) return end;
  if (text.ptr[at] < 'a' || text.ptr[at] > 'z') return at;
  out->value = (uint32_t)(text.ptr[at] - 'a' + 1);
  out->form = 3;
  return at + 1;
}

static number read_number(capsa_slice text) {
  number none = {.form = -1}, n = none;
  bool round = text.len && text.ptr[0] == '(';
  size_t start = round, end = read_value(text, start, &n);
  if (end == start || end >= text.len || n.value > NUMBER_MAX) return none;
  char sign = text.ptr[end];
  if (sign != ')' && (round || sign != '.')) return none;
  n.form += round ? 2 : sign == ')' ? 1 : 0;
  n.marker = n.len = end + 1;
  for (capsa_codepoint cp;
       (cp = capsa_utf8_next(text, n.len)).len && capsa_is_space(cp.value);)
    n.len += cp.len;
  return n.len > n.marker && n.len < text.len ? n : none;
}

size_t capsa_number_len(capsa_slice text, uint32_t *value) {
  number n = read_number(text);
  *value = n.form < 0 ? 0 : n.value;
  return n.form < 0 ? 0 : n.len;
}

/* "1. MR. BLOT: …" is a turn with a number, no item. */
static bool is_labelled(capsa_slice text, size_t from) {
  capsa_slice rest = capsa_slice_cut(text, from, from + 40);
  return capsa_starts_upper(rest) &&
         capsa_slice_finds(rest, ": ", 0) != CAPSA_NOT_FOUND;
}

static number number_of(const capsa_draft_block *block) {
  number none = {.form = -1};
  if (block->kind != CAPSA_BLOCK_PARAGRAPH) return none;
  number n = read_number(block->text);
  return n.form >= 0 && is_labelled(block->text, n.len) ? none : n;
}

/* Does a block further on have the number after `n`? */
static bool has_next(const capsa_draft *draft, size_t index, const number *n) {
  for (size_t i = index + 1;
       i < draft->blocks.count && i <= index + ITEM_DISTANCE_MAX; i++) {
    number next = number_of(&draft->blocks.items[i]);
    if (next.form == n->form && next.value == n->value + 1) return true;
    if (next.form == n->form) return false;
  }
  return false;
}

static void make_item(capsa_draft *draft, capsa_draft_block *block,
                      const number *n, uint32_t level, capsa_slice *report) {
  block->kind = CAPSA_BLOCK_LIST;
  block->level = level;
  block->marker = capsa_slice_cut(block->text, 0, n->marker);
  block->text = capsa_slice_from(block->text, n->len);
  const capsa_slice parts[] = {block->marker, CAPSA_LITERAL(" ")};
  *report = capsa_draft_concat(draft, parts, 2);
}

/* Lists that an item of `form` stands in: those opened later are closed. */
static uint32_t enter(open_list lists[FORM_COUNT], int form, size_t block,
                      uint32_t value) {
  uint32_t level = 1;
  bool known = lists[form].open && lists[form].value + 1 == value;
  for (int k = 0; k < FORM_COUNT; k++) {
    if (k == form || !lists[k].open) continue;
    bool near = block - lists[k].block <= ITEM_DISTANCE_MAX;
    /* A list that has gone on since is the outer one. */
    if (near && (!known || lists[k].block < lists[form].block)) level++;
    else lists[k].open = false;
  }
  lists[form] = (open_list){.block = block, .value = value, .open = true};
  return level;
}

void capsa_items_number(capsa_draft *draft, size_t from) {
  open_list lists[FORM_COUNT] = {0};
  CAPSA_LIST(capsa_slice) markers = {0};
  uint32_t line = 0;
  for (size_t i = from; i < draft->blocks.count; i++) {
    capsa_draft_block *block = &draft->blocks.items[i];
    number n = number_of(block);
    if (n.form < 0) continue;
    const open_list *list = &lists[n.form];
    bool goes_on = list->open && list->value + 1 == n.value &&
                   i - list->block <= ITEM_DISTANCE_MAX;
    if (!goes_on && (n.value > 1 || !has_next(draft, i, &n))) continue;
    capsa_slice *marker = CAPSA_LIST_ADD(draft->arena, &markers);
    if (!marker) return;
    if (!line) line = block->line;
    make_item(draft, block, &n, enter(lists, n.form, i, n.value), marker);
  }
  if (markers.count)
    capsa_draft_report(draft, CAPSA_SEVERITY_INFO, line, "numbers",
                       "kept as the numbers of items, not as text",
                       capsa_draft_concat(draft, markers.items, markers.count));
}
