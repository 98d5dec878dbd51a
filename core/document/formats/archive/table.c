/* table.c -- a table as typists and terminals set it: cells parted by tabs,
 * or standing in columns that runs of spaces make.
 *
 * What looks like a table may be a list of fields or a transcript whose
 * speakers stand before a tab: there the first cells end with a colon.
 */
#include <string.h>

#include "base/buf.h"
#include "base/slice.h"
#include "document/formats/archive/lines.h"
#include "text/chars.h"

#define CELLS_MAX 32
#define TAB_ROWS_MIN 2
#define COLUMN_ROWS_MIN 3

/* So many spaces part cells; two also stand behind a sentence. */
#define GAP_MIN 2

typedef struct cells {
  size_t count;
  capsa_slice text[CELLS_MAX];
  uint32_t column[CELLS_MAX]; /* where each begins */
  uint32_t gap;               /* the widest */
} cells;

static void add_cell(cells *row, capsa_slice text, uint32_t column) {
  if (row->count == CELLS_MAX) return;
  row->text[row->count] = capsa_slice_trim(text);
  row->column[row->count++] = column;
}

static bool has_tab(capsa_slice text) {
  return text.len && memchr(text.ptr, '\t', text.len);
}

static void split_tabs(capsa_slice line, cells *row) {
  row->count = 0;
  for (size_t at = 0; at <= line.len && row->count < CELLS_MAX;) {
    size_t end = row->count + 1 < CELLS_MAX ? capsa_slice_finds(line, "\t", at)
                                            : CAPSA_NOT_FOUND;
    if (end == CAPSA_NOT_FOUND) end = line.len;
    add_cell(row, capsa_slice_cut(line, at, end), 0);
    at = end + 1;
  }
}

/* Is what stands before the gap at `at` a sentence's end? */
static bool is_sentence_gap(capsa_slice text, size_t at, uint32_t spaces) {
  return spaces == GAP_MIN && at && strchr(".!?:\"", text.ptr[at - 1]);
}

static void split_columns(const capsa_line *line, cells *row) {
  capsa_slice text = line->text;
  uint32_t column = line->indent, cell_column = column;
  size_t cell = 0;
  row->count = row->gap = 0;
  for (size_t i = 0; i < text.len;) {
    capsa_codepoint cp = capsa_utf8_next(text, i);
    size_t start = i;
    uint32_t spaces = 0;
    while (cp.len && (cp.value == ' ' || cp.value == 0xA0)) {
      spaces++;
      i += cp.len;
      cp = capsa_utf8_next(text, i);
    }
    column += spaces;
    if (spaces >= GAP_MIN && !is_sentence_gap(text, start, spaces) &&
        row->count + 1 < CELLS_MAX) {
      add_cell(row, capsa_slice_cut(text, cell, start), cell_column);
      cell = i;
      cell_column = column;
      if (spaces > row->gap) row->gap = spaces;
    }
    if (!cp.len) break;
    i += cp.len;
    column++;
  }
  add_cell(row, capsa_slice_from(text, cell), cell_column);
}

/* ---- columns that rows share */

typedef struct columns {
  size_t count;
  uint32_t at[CELLS_MAX];
} columns;

/* Does `row` begin a cell at a column of the first row? */
static bool shares(const columns *shared, const cells *row) {
  for (size_t i = 0; i < row->count; i++)
    for (size_t k = 0; k < shared->count; k++)
      if (shared->at[k] == row->column[i]) return true;
  return false;
}

/* Cells that a row leaves empty: it begins at a column of the first row. */
static size_t skipped_cells(const columns *shared, const cells *row) {
  for (size_t k = 0; k < shared->count; k++)
    if (shared->at[k] == row->column[0]) return k + 1;
  return 0;
}

static void take_columns(columns *shared, const cells *row) {
  for (size_t i = 1; i < row->count; i++)
    shared->at[shared->count++] = row->column[i];
}

static size_t columns_end(const capsa_lines *lines, size_t first, size_t end) {
  columns shared = {0};
  size_t i = first, wide = 0;
  for (; i < end && !has_tab(lines->items[i].text); i++) {
    cells row;
    split_columns(&lines->items[i], &row);
    bool indented = i > first && row.count == 1 && row.column[0];
    if (row.count < 2 && !indented) break;
    if (i == first) take_columns(&shared, &row);
    else if (!shares(&shared, &row)) break;
    wide += indented || row.gap > GAP_MIN;
  }
  /* Lines that were justified have gaps as well, but narrow ones. */
  return i - first >= COLUMN_ROWS_MIN && wide * 2 > i - first ? i : first;
}

static size_t tabs_end(const capsa_lines *lines, size_t first, size_t end) {
  size_t i = first;
  for (; i < end; i++) {
    const capsa_line *line = &lines->items[i];
    /* Further rows may have nothing in their first or last cells. */
    if (!has_tab(i > first ? line->printed : line->text)) break;
  }
  return i - first >= TAB_ROWS_MIN ? i : first;
}

/* ---- what is no table */

static void split(const capsa_line *line, bool tabs, cells *row) {
  if (tabs) split_tabs(line->printed, row);
  else split_columns(line, row);
}

/* "1.", "a)", "-" */
static bool is_marker(capsa_slice cell) {
  capsa_slice sign = capsa_slice_from(cell, cell.len - 1);
  if (capsa_slice_equal(cell, CAPSA_LITERAL("-")) ||
      capsa_slice_equal(cell, CAPSA_LITERAL("*")) ||
      capsa_slice_equal(cell, CAPSA_LITERAL("•")))
    return true;
  return cell.len < 5 && strchr(".)", sign.ptr[0]);
}

/* Fields, speakers and items stand before a gap as well. */
static bool is_labelled(const capsa_lines *lines, size_t first, size_t end,
                        bool tabs) {
  size_t labels = 0;
  for (size_t i = first; i < end; i++) {
    cells row;
    split(&lines->items[i], tabs, &row);
    capsa_slice head = row.text[0];
    if (!head.len) continue;
    labels += capsa_slice_ends(head, ":") || capsa_slice_ends(head, "：") ||
              is_marker(head);
  }
  return labels > 1;
}

size_t capsa_table_read(capsa_draft *draft, const capsa_lines *lines,
                        size_t first, size_t end) {
  size_t stop = tabs_end(lines, first, end);
  bool tabs = stop > first;
  if (!tabs) stop = columns_end(lines, first, end);
  if (stop == first || is_labelled(lines, first, stop, tabs)) return first;
  columns shared = {0};
  capsa_buf text = {0};
  for (size_t i = first; i < stop; i++) {
    cells row;
    split(&lines->items[i], tabs, &row);
    if (!tabs && i == first) take_columns(&shared, &row);
    for (size_t k = tabs ? 0 : skipped_cells(&shared, &row); k; k--)
      capsa_buf_putc(&text, '\t');
    for (size_t k = 0; k < row.count; k++) {
      if (k) capsa_buf_putc(&text, '\t');
      capsa_buf_put(&text, capsa_draft_squeeze(draft->arena, row.text[k]));
    }
    capsa_buf_putc(&text, '\n');
  }
  capsa_slice whole = {0};
  if (capsa_buf_take(&text, draft->arena, &whole)) return stop;
  capsa_draft_add(draft, &draft->blocks, CAPSA_BLOCK_TABLE, whole,
                  lines->items[first].number);
  return stop;
}
