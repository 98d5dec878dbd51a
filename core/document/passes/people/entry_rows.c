/* entry_rows.c -- a list of persons as lines of its own, whatever made one run
 * of it: columns, or the signs of another script.
 */
#include <string.h>

#include "base/buf.h"
#include "base/slice.h"
#include "document/passes/people/participant_entries.h"
#include "text/chars.h"

#define ROWS_MAX 8192 /* bytes of columns that were run together */

/* Where a run of three spaces or more ends, at or after `at`; 0 for none. */
static size_t column_end(capsa_slice text, size_t at) {
  size_t spaces = 0;
  for (; at < text.len; at++) {
    if (text.ptr[at] == ' ') spaces++;
    else if (spaces > 2) return at;
    else spaces = 0;
  }
  return 0;
}

/* The start of the row whose second column begins at `end`: the first column
 * is as wide in each. CAPSA_NOT_FOUND where no word begins there. */
static size_t row_start(capsa_slice text, size_t end, size_t width) {
  size_t at = end;
  for (; width && at; width--) at -= capsa_utf8_before(text, at).len;
  bool word = at && text.ptr[at - 1] == ' ' && text.ptr[at] != ' ';
  return !width && word ? at : CAPSA_NOT_FOUND;
}

/* `text` with a line feed before each row, where its columns show that it had
 * some; else as it is. Markdown makes a space of a line's end. */
static capsa_slice part_columns(capsa_draft *draft, capsa_slice text) {
  size_t end = column_end(text, 0), from = 0;
  if (!end || text.len > ROWS_MAX ||
      capsa_slice_finds(text, "\n", 0) != CAPSA_NOT_FOUND)
    return text;
  size_t width =
      capsa_offset_convert(text, end, CAPSA_UNIT_BYTE, CAPSA_UNIT_CODE_POINT);
  CAPSA_LIST(capsa_slice) parts = {0};
  while (end) {
    size_t next = column_end(text, end);
    size_t start = next ? row_start(text, next, width) : text.len + 1;
    if (start == CAPSA_NOT_FOUND) return text;
    capsa_slice *row = CAPSA_LIST_ADD(draft->arena, &parts);
    if (row) *row = capsa_slice_cut(text, from, start - 1);
    if (next && (row = CAPSA_LIST_ADD(draft->arena, &parts)))
      *row = CAPSA_LITERAL("\n");
    from = start;
    end = next;
  }
  return capsa_draft_concat(draft, parts.items, parts.count);
}

/* ---- the signs of Chinese */

static const struct {
  const char *sign, *latin;
} signs[] = {{"，", ", "}, {"、", ", "}, {"；", "; "},
             {"：", ": "}, {"（", "("},  {"）", ")"}};

#define SIGNS (sizeof signs / sizeof *signs)
#define SIGN_BYTES 3

static size_t sign_at(capsa_slice text, size_t at) {
  for (size_t k = 0; k < SIGNS; k++)
    if (capsa_slice_starts(capsa_slice_from(text, at), signs[k].sign)) return k;
  return SIGNS;
}

static bool has_sign(capsa_slice text) {
  for (size_t i = 0; i < text.len; i++)
    if ((unsigned char)text.ptr[i] >= 0xE3 && sign_at(text, i) < SIGNS)
      return true;
  return false;
}

static capsa_slice with_latin_signs(capsa_draft *draft, capsa_slice text) {
  capsa_buf out = {0};
  capsa_slice made = text;
  if (text.len > ROWS_MAX || !has_sign(text)) return text;
  for (size_t i = 0; i < text.len;) {
    size_t k = sign_at(text, i);
    if (k == SIGNS) capsa_buf_putc(&out, text.ptr[i++]);
    else {
      capsa_buf_puts(&out, signs[k].latin);
      i += SIGN_BYTES;
    }
  }
  return capsa_buf_take(&out, draft->arena, &made) ? text : made;
}

capsa_slice capsa_entries_rows(capsa_draft *draft, capsa_slice text) {
  return part_columns(draft, with_latin_signs(draft, text));
}
