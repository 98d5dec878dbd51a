/* markdown_table.c -- pipe tables: a row, a row of dashes, more rows.
 *
 * To cmark they are paragraphs, so what is code, quoted or in a list is right
 * already. Cells have inline marks of their own; so the cells of all tables
 * go into a second Markdown text, a paragraph each, behind a byte that keeps
 * it one, and cmark reads that once. Links defined in the first text are
 * defined there again.
 */
#include <string.h>

#include "base/slice.h"
#include "document/formats/markdown/markdown_reader.h"

static const char blanks_and_quotes[] = " \t>";

static capsa_slice without_prefix(capsa_slice line) {
  size_t i = 0;
  while (i < line.len && strchr(blanks_and_quotes, line.ptr[i])) i++;
  return capsa_slice_trim(capsa_slice_from(line, i));
}

static bool is_delimiter_row(capsa_slice line) {
  bool dash = false, pipe = false;
  line = without_prefix(line);
  for (size_t i = 0; i < line.len; i++) {
    if (!strchr("|:- \t", line.ptr[i])) return false;
    dash |= line.ptr[i] == '-';
    pipe |= line.ptr[i] == '|';
  }
  return dash && pipe;
}

void capsa_markdown_tables_find(capsa_markdown_reader *r) {
  capsa_slice rest = r->from.text, line;
  for (uint32_t number = 1; capsa_slice_next_line(&rest, &line); number++) {
    if (!is_delimiter_row(line)) continue;
    uint32_t *item = CAPSA_LIST_ADD(r->draft->arena, &r->delimiters);
    if (item) *item = number;
  }
}

/* ---- rows */

/* Cut the next cell off `row`. A pipe behind a backslash parts no cells. */
static bool next_cell(capsa_slice *row, capsa_slice *cell) {
  if (!row->ptr) return false;
  size_t i = 0;
  while (i < row->len && row->ptr[i] != '|')
    i += row->ptr[i] == '\\' && i + 1 < row->len ? 2 : 1;
  *cell = capsa_slice_trim(capsa_slice_cut(*row, 0, i));
  *row = i < row->len ? capsa_slice_from(*row, i + 1) : (capsa_slice){0};
  return true;
}

/* Without the pipes at its ends. */
static capsa_slice bare_row(capsa_slice row) {
  if (capsa_slice_starts(row, "|")) row = capsa_slice_from(row, 1);
  size_t slashes = 0;
  while (row.len > slashes + 1 && row.ptr[row.len - 2 - slashes] == '\\')
    slashes++;
  if (capsa_slice_ends(row, "|") && slashes % 2 == 0) row.len--;
  return row;
}

static size_t cells_in(capsa_slice row) {
  size_t count = 0;
  capsa_slice cell;
  for (row = bare_row(row); next_cell(&row, &cell);) count++;
  return count;
}

static bool is_delimiter(capsa_slice row) {
  capsa_slice cell;
  for (row = bare_row(row); next_cell(&row, &cell);) {
    if (capsa_slice_starts(cell, ":")) cell = capsa_slice_from(cell, 1);
    if (capsa_slice_ends(cell, ":")) cell.len--;
    for (size_t i = 0; i < cell.len; i++)
      if (cell.ptr[i] != '-') return false;
    if (!cell.len) return false;
  }
  return true;
}

/* ---- parts */

static void put_off(capsa_markdown_reader *r, size_t block, capsa_slice text,
                    char end) {
  capsa_markdown_part *part = CAPSA_LIST_ADD(r->draft->arena, &r->parts);
  if (!part) return;
  *part = (capsa_markdown_part){block, end};
  capsa_buf_putc(&r->parts_text, CAPSA_MASK_PARAGRAPH);
  r->from.masked = true;
  for (size_t i = 0; i < text.len; i++) {
    if (end && text.ptr[i] == '\\' && i + 1 < text.len &&
        text.ptr[i + 1] == '|')
      continue;
    capsa_buf_putc(&r->parts_text, text.ptr[i]);
  }
  capsa_buf_puts(&r->parts_text, "\n\n");
}

static void put_row(capsa_markdown_reader *r, size_t block, capsa_slice row,
                    size_t columns) {
  capsa_slice cell = {0};
  row = bare_row(row);
  for (size_t i = 0; i < columns || row.ptr; i++) {
    if (!next_cell(&row, &cell)) cell = (capsa_slice){0};
    put_off(r, block, cell, i + 1 >= columns && !row.ptr ? '\n' : '\t');
  }
}

static size_t add(capsa_markdown_reader *r, capsa_block_kind kind,
                  uint32_t line) {
  capsa_draft_add(r->draft, &r->draft->blocks, kind, (capsa_slice){0},
                  r->first_line + line);
  return r->draft->blocks.count - 1;
}

/* The row of the paragraph at `line`; its first line starts at a column. */
static capsa_slice row_at(capsa_markdown_reader *r, cmark_node *paragraph,
                          uint32_t line) {
  capsa_slice text = capsa_markdown_line(r, line);
  if (line == (uint32_t)cmark_node_get_start_line(paragraph)) {
    int column = cmark_node_get_start_column(paragraph);
    text = capsa_slice_from(text, column > 0 ? (size_t)column - 1 : 0);
  }
  return without_prefix(text);
}

/* The first line from `first` to `last` that parts a head and its rows. */
static uint32_t find_delimiter(capsa_markdown_reader *r, cmark_node *paragraph,
                               uint32_t first, uint32_t last) {
  size_t low = 0, high = r->delimiters.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (r->delimiters.items[middle] <= first) low = middle + 1;
    else high = middle;
  }
  for (; low < r->delimiters.count && r->delimiters.items[low] <= last; low++) {
    uint32_t line = r->delimiters.items[low];
    capsa_slice row = row_at(r, paragraph, line);
    if (is_delimiter(row) &&
        cells_in(row) == cells_in(row_at(r, paragraph, line - 1)))
      return line;
  }
  return 0;
}

static void put_lines_before(capsa_markdown_reader *r, cmark_node *paragraph,
                             uint32_t first, uint32_t end) {
  capsa_buf text = {0};
  size_t block = add(r, CAPSA_BLOCK_PARAGRAPH, first);
  for (uint32_t line = first; line < end; line++) {
    if (line > first) capsa_buf_putc(&text, ' ');
    capsa_buf_put(&text, row_at(r, paragraph, line));
  }
  put_off(r, block, capsa_buf_view(&text), 0);
  capsa_buf_free(&text);
}

bool capsa_markdown_table_take(capsa_markdown_reader *r,
                               cmark_node *paragraph) {
  uint32_t first = (uint32_t)cmark_node_get_start_line(paragraph);
  uint32_t last = (uint32_t)cmark_node_get_end_line(paragraph);
  if (!r->delimiters.count || r->note) return false;
  uint32_t middle = find_delimiter(r, paragraph, first, last);
  if (!middle) return false;
  if (middle - 1 > first) put_lines_before(r, paragraph, first, middle - 1);
  size_t block = add(r, CAPSA_BLOCK_TABLE, middle - 1);
  size_t columns = cells_in(row_at(r, paragraph, middle));
  put_row(r, block, row_at(r, paragraph, middle - 1), columns);
  for (uint32_t line = middle + 1; line <= last; line++)
    put_row(r, block, row_at(r, paragraph, line), columns);
  return true;
}

/* ---- reading the parts */

void capsa_markdown_definitions_put(capsa_markdown_reader *r) {
  capsa_slice rest = r->from.text, line;
  while (capsa_slice_next_line(&rest, &line)) {
    capsa_slice bare = capsa_slice_trim(line);
    if (!capsa_slice_starts(bare, "[") ||
        capsa_slice_finds(bare, "]:", 0) == CAPSA_NOT_FOUND)
      continue;
    capsa_buf_puts(&r->parts_text, "\n");
    capsa_buf_put(&r->parts_text, bare);
    capsa_buf_puts(&r->parts_text, "\n");
  }
}

/* A cell is a line of its table's text: no tab or line feed in it. */
static void close_cell(capsa_buf *text, size_t start, char end) {
  for (size_t i = start; end && i < text->len; i++)
    if (text->ptr[i] == '\t' || text->ptr[i] == '\n') text->ptr[i] = ' ';
  if (end) capsa_buf_putc(text, end);
}

void capsa_markdown_parts_read(capsa_markdown_reader *r, cmark_node *root) {
  cmark_node *node = cmark_node_first_child(root);
  for (size_t i = 0; i < r->parts.count;) {
    size_t index = r->parts.items[i].block;
    if (index >= r->draft->blocks.count) return;
    capsa_draft_block *block = &r->draft->blocks.items[index];
    capsa_buf text = {0};
    r->line = block->line;
    for (; i < r->parts.count && r->parts.items[i].block == index; i++) {
      size_t start = text.len;
      if (node) capsa_markdown_inlines(r, node, block, &text);
      close_cell(&text, start, r->parts.items[i].end);
      node = node ? cmark_node_next(node) : NULL;
    }
    if (capsa_buf_take(&text, r->draft->arena, &block->text)) return;
  }
}
