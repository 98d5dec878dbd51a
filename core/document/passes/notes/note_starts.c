/* note_starts.c -- how a note begins: its number in all the ways that prints
 * have for it. Whether it is a note, others decide.
 */
#include <string.h>

#include "base/slice.h"
#include "document/passes/notes/notes.h"
#include "text/chars.h"

#define NUMBER_DIGITS_MAX 5

static size_t skip_spaces(capsa_slice text, size_t at) {
  capsa_codepoint cp;
  while ((cp = capsa_utf8_next(text, at)).len && capsa_is_space(cp.value))
    at += cp.len;
  return at;
}

static size_t read_digits(capsa_slice text, size_t at, uint32_t *value) {
  size_t end = at;
  *value = 0;
  while (end < text.len && end - at < NUMBER_DIGITS_MAX &&
         capsa_is_digit((unsigned char)text.ptr[end]))
    *value = *value * 10 + (uint32_t)(text.ptr[end++] - '0');
  return *value <= CAPSA_NOTE_NUMBER_MAX ? end - at : 0;
}

static capsa_note_start start_of(capsa_note_form form, uint32_t value,
                                 capsa_slice text, capsa_range marker,
                                 size_t from) {
  from = skip_spaces(text, from);
  if (from >= text.len) return (capsa_note_start){0};
  return (capsa_note_start){
      form, value, capsa_slice_cut(text, marker.start_byte, marker.end_byte),
      from};
}

static capsa_note_start read_bracket(capsa_slice text) {
  uint32_t value;
  size_t sign = capsa_note_sign(text, 1), len = read_digits(text, 1, &value);
  size_t end = 1 + (sign ? sign : len);
  if (end == 1 || end >= text.len || text.ptr[end] != ']')
    return (capsa_note_start){0};
  size_t from = end + 1;
  while (from < text.len && strchr(".:", text.ptr[from])) from++;
  return start_of(CAPSA_NOTE_FORM_BRACKET, sign ? CAPSA_NOTE_SIGN : value, text,
                  (capsa_range){1, end}, from);
}

static capsa_note_start read_numbered(capsa_slice text) {
  uint32_t value;
  size_t len = read_digits(text, 0, &value);
  if (!len || len >= text.len) return (capsa_note_start){0};
  capsa_range marker = {0, len};
  uint32_t after = capsa_utf8_next(text, len + 1).value;
  char sign = text.ptr[len];
  bool dotted = sign == '.' || sign == ')';
  if (dotted && (capsa_is_space(after) || capsa_is_letter(after) ||
                 after == 0x201C || after == '"'))
    return start_of(CAPSA_NOTE_FORM_DOTTED, value, text, marker, len + 1);
  if (capsa_is_space((unsigned char)sign) &&
      capsa_starts_upper(capsa_slice_from(text, len)))
    return start_of(CAPSA_NOTE_FORM_SPACED, value, text, marker, len);
  return (capsa_note_start){0};
}

/* "(1)"; the brackets are the mark's in the text too. */
static capsa_note_start read_round(capsa_slice text) {
  uint32_t value;
  size_t len = read_digits(text, 1, &value), end = 1 + len;
  if (!len || end >= text.len || text.ptr[end] != ')')
    return (capsa_note_start){0};
  return start_of(CAPSA_NOTE_FORM_ROUND, value, text, (capsa_range){1, end},
                  end + 1);
}

static capsa_note_start read_raised(capsa_draft *draft, capsa_slice text) {
  uint32_t value;
  size_t len = capsa_note_raised(text, 0, &value);
  capsa_note_start start =
      start_of(CAPSA_NOTE_FORM_RAISED, value, text, (capsa_range){0}, len);
  start.marker = capsa_note_number_text(draft->arena, value);
  return start;
}

/* "3." of a list's item, whose text does not hold it. */
static capsa_note_start read_item(const capsa_draft_block *block) {
  uint32_t value;
  size_t sign = capsa_note_sign(block->marker, 0);
  size_t len = read_digits(block->marker, 0, &value);
  if (sign && sign == block->marker.len)
    return (capsa_note_start){CAPSA_NOTE_FORM_SIGN, CAPSA_NOTE_SIGN,
                              block->marker, 0};
  if (capsa_slice_starts(block->text, "^ "))
    return (capsa_note_start){CAPSA_NOTE_FORM_ARROW, 0, {0}, 2};
  bool round = capsa_slice_starts(block->marker, "(");
  if (round) len = read_digits(block->marker, 1, &value);
  if (!len) return (capsa_note_start){0};
  if (round)
    return (capsa_note_start){CAPSA_NOTE_FORM_ROUND, value,
                              capsa_slice_cut(block->marker, 1, len + 1), 0};
  return (capsa_note_start){CAPSA_NOTE_FORM_DOTTED, value,
                            capsa_slice_cut(block->marker, 0, len), 0};
}

/* A note that a front end has read: its text is all its own. */
static capsa_note_start read_marker(const capsa_draft_block *block) {
  uint32_t value;
  size_t sign = capsa_note_sign(block->marker, 0);
  size_t len = read_digits(block->marker, 0, &value);
  if (!block->marker.len || (sign ? sign : len) != block->marker.len)
    return (capsa_note_start){0};
  return (capsa_note_start){.form = sign ? CAPSA_NOTE_FORM_SIGN
                                         : CAPSA_NOTE_FORM_DOTTED,
                            .value = sign ? CAPSA_NOTE_SIGN : value,
                            .marker = block->marker};
}

capsa_note_start capsa_note_read(capsa_draft *draft, size_t index) {
  const capsa_draft_block *block = &draft->blocks.items[index];
  capsa_slice text = block->text;
  if (block->kind == CAPSA_BLOCK_FOOTNOTE) return read_marker(block);
  if (!text.len ||
      (block->kind != CAPSA_BLOCK_PARAGRAPH && block->kind != CAPSA_BLOCK_LIST))
    return (capsa_note_start){0};
  if (block->kind == CAPSA_BLOCK_LIST && block->marker.len) {
    capsa_note_start item = read_item(block);
    if (item.form) return item;
  }
  uint32_t value;
  size_t sign = capsa_note_sign(text, 0);
  if (text.ptr[0] == '[') return read_bracket(text);
  if (text.ptr[0] == '(') return read_round(text);
  if (capsa_note_raised(text, 0, &value)) return read_raised(draft, text);
  if (sign)
    return start_of(CAPSA_NOTE_FORM_SIGN, CAPSA_NOTE_SIGN, text,
                    (capsa_range){0, sign}, sign);
  if (capsa_slice_starts(text, "^ "))
    return (capsa_note_start){CAPSA_NOTE_FORM_ARROW, 0, {0}, 2};
  return read_numbered(text);
}
