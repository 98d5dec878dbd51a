/* markdown.c -- a document as Markdown that reads back as the same document.
 *
 * The body is for people and for other programs: headings, labels in bold,
 * lists, tables, footnotes, page marks as they were printed. What Markdown has
 * no marks for is in the ledger behind it. A block that no form of Markdown
 * fits is written as a paragraph; the ledger knows what it is.
 */
#include <string.h>

#include "base/slice.h"
#include "base/utf8.h"
#include "document/writers/markdown_writer.h"
#include "text/chars.h"

/* Lists and quotations are written so deep; deeper ones are flattened. */
#define DEPTH_MAX 20

typedef capsa_markdown_writer writer;
typedef capsa_markdown_run run;

/* ---- the names of footnotes */

static bool is_note_name(capsa_slice marker) {
  for (size_t i = 0; i < marker.len; i++) {
    char c = marker.ptr[i];
    bool plain = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
    if (!plain) return false;
  }
  return marker.len > 0 && marker.len <= 20;
}

static uint32_t hash_of(capsa_slice text) {
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < text.len; i++)
    hash = (hash ^ (unsigned char)text.ptr[i]) * 16777619u;
  return hash;
}

/* Its marker, where that is its alone; else with the block's number. */
static capsa_slice name_note(writer *w, const capsa_block *block,
                             capsa_slice *seen, size_t size) {
  if (is_note_name(block->marker)) {
    size_t slot = hash_of(block->marker) & (size - 1);
    while (seen[slot].len && !capsa_slice_equal(seen[slot], block->marker))
      slot = (slot + 1) & (size - 1);
    if (!seen[slot].len) return seen[slot] = block->marker;
  }
  capsa_buf name = {0};
  capsa_slice out = {0};
  capsa_buf_putf(&name, "note-%u", (unsigned)block->number);
  return capsa_buf_take(&name, w->arena, &out) ? (capsa_slice){0} : out;
}

static bool name_notes(writer *w) {
  size_t count = w->document->block_count, size = 4;
  while (size < 2 * count) size *= 2;
  capsa_slice *names = capsa_arena_alloc(w->arena, count * sizeof *names);
  capsa_slice *seen = capsa_arena_alloc(w->arena, size * sizeof *seen);
  if (!names || !seen) return false;
  for (size_t i = 0; i < count; i++) {
    const capsa_block *block = &w->document->blocks[i];
    if (block->kind == CAPSA_BLOCK_FOOTNOTE && block->text.len &&
        !block->label.len)
      names[i] = name_note(w, block, seen, size);
  }
  w->notes = names;
  return true;
}

/* ---- text */

static run run_of(const capsa_block *block, bool *shown) {
  return (run){.block = block, .at = {0, block->text.len}, .shown = shown};
}

static capsa_slice spaces(size_t count) {
  static const char many[] = "                                        "
                             "                                        "
                             "                                        ";
  size_t most = sizeof many - 1;
  return (capsa_slice){many, count < most ? count : most};
}

/* One that bold signs hold: no space at its ends, no control characters. */
static bool is_label(capsa_slice label) {
  if (!label.len || capsa_is_space(capsa_utf8_next(label, 0).value) ||
      capsa_is_space(capsa_utf8_before(label, label.len).value))
    return false;
  for (size_t i = 0; i < label.len; i++)
    if ((unsigned char)label.ptr[i] < ' ') return false;
  return true;
}

/* The label before the text: bold with a colon, or told without one. */
static capsa_ledger_body put_lead(writer *w, run *r) {
  const capsa_block *block = r->block;
  bool text = block->text.len > 0, told = block->kind == CAPSA_BLOCK_NARRATION;
  capsa_slice label = block->label;
  if (!is_label(label)) return CAPSA_LEDGER_TEXT;
  const char *sign = told ? (text ? " " : "") : (text ? ": " : ":");
  capsa_buf lead = {0};
  capsa_buf_put(&lead, label);
  capsa_buf_puts(&lead, sign);
  r->bold_lead = !told && text;
  if (capsa_buf_take(&lead, w->arena, &r->lead)) return CAPSA_LEDGER_TEXT;
  return told ? CAPSA_LEDGER_TOLD : CAPSA_LEDGER_LABELLED;
}

/* A paragraph that stands alone: what fits everything. */
static capsa_ledger_body put_paragraph(writer *w, const capsa_block *block,
                                       bool *shown) {
  run r = run_of(block, shown);
  capsa_ledger_body body = put_lead(w, &r);
  size_t before = w->out.len;
  capsa_markdown_put_run(w, &r);
  if (w->out.len == before) return CAPSA_LEDGER_NOTHING;
  capsa_buf_putc(&w->out, '\n');
  return body;
}

/* Text behind `mark` and nothing else; further lines are indented alike. */
static void put_marked(writer *w, const capsa_block *block, const char *mark,
                       capsa_slice indent, bool one_line, bool *shown) {
  run r = run_of(block, shown);
  r.indent = indent;
  r.one_line = one_line;
  capsa_buf_puts(&w->out, mark);
  capsa_markdown_put_run(w, &r);
  capsa_buf_putc(&w->out, '\n');
}

/* ---- lists */

static bool is_number(capsa_slice marker) {
  size_t digits = 0;
  while (digits < marker.len && marker.ptr[digits] >= '0' &&
         marker.ptr[digits] <= '9')
    digits++;
  return digits > 0 && digits <= 9 && marker.len == digits + 1 &&
         strchr(".)", marker.ptr[digits]);
}

/* As deep as its level says and the open lists allow. */
static void put_item(writer *w, const capsa_block *block, bool *shown) {
  size_t level = block->level ? block->level : 1;
  if (level > DEPTH_MAX) level = DEPTH_MAX;
  bool further = !block->marker.len && w->items.count >= level;
  if (further) w->items.count = level;
  else if (w->items.count >= level) w->items.count = level - 1;
  size_t outer = w->items.count ? w->items.items[w->items.count - 1] : 0;
  capsa_buf_put(&w->out, spaces(outer));
  run r = run_of(block, shown);
  if (!further && block->marker.len) {
    bool number = is_number(block->marker);
    if (number) capsa_buf_put(&w->out, block->marker);
    else capsa_buf_putc(&w->out, '-');
    capsa_buf_putc(&w->out, ' ');
    size_t *item = CAPSA_LIST_ADD(w->arena, &w->items);
    outer += number ? block->marker.len + 1 : 2;
    if (item) *item = outer;
  }
  r.indent = spaces(outer);
  capsa_markdown_put_run(w, &r);
  capsa_buf_putc(&w->out, '\n');
}

static void put_quotation(writer *w, const capsa_block *block, bool *shown) {
  static const char marks[] = "> > > > > > > > > > > > > > > > > > > > ";
  size_t depth = block->level ? block->level : 1;
  if (depth > DEPTH_MAX) depth = DEPTH_MAX;
  capsa_slice indent = {marks, 2 * depth};
  capsa_buf_put(&w->out, indent);
  put_marked(w, block, "", indent, false, shown);
}

/* ---- code, pictures, notes */

static bool has_byte(capsa_slice text, char c) {
  return text.len && memchr(text.ptr, c, text.len) != NULL;
}

static bool is_word(capsa_slice text) {
  for (size_t i = 0; i < text.len; i++) {
    char c = text.ptr[i];
    if (!((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
          strchr("+#.-", c)))
      return false;
  }
  return text.len > 0;
}

static void put_code(writer *w, const capsa_block *block) {
  size_t most = 2, count = 0;
  for (size_t i = 0; i < block->text.len; i++) {
    count = block->text.ptr[i] == '`' ? count + 1 : 0;
    if (count > most) most = count;
  }
  for (size_t i = 0; i <= most; i++) capsa_buf_putc(&w->out, '`');
  if (is_word(block->marker)) capsa_buf_put(&w->out, block->marker);
  capsa_buf_putc(&w->out, '\n');
  capsa_buf_put(&w->out, block->text);
  capsa_buf_putc(&w->out, '\n');
  for (size_t i = 0; i <= most; i++) capsa_buf_putc(&w->out, '`');
  capsa_buf_putc(&w->out, '\n');
}

static void put_picture(writer *w, const capsa_block *block, bool *shown) {
  run r = run_of(block, shown);
  r.one_line = r.in_link = true;
  bool plain = true;
  for (size_t i = 0; i < block->target.len; i++)
    plain &= block->target.ptr[i] > ' ' && block->target.ptr[i] <= '~' &&
             !strchr("<>\\&[]`", block->target.ptr[i]);
  capsa_buf_puts(&w->out, "![");
  capsa_markdown_put_run(w, &r);
  capsa_buf_puts(&w->out, "](<");
  if (plain) capsa_buf_put(&w->out, block->target);
  capsa_buf_puts(&w->out, ">)\n");
}

static void put_note(writer *w, const capsa_block *block, bool *shown) {
  capsa_buf_puts(&w->out, "[^");
  capsa_buf_put(&w->out, w->notes[block->number - 1]);
  put_marked(w, block, "]: ", spaces(4), false, shown);
}

/* ---- tables */

static bool is_table(capsa_slice text) {
  return capsa_slice_ends(text, "\n") && !has_byte(text, '\r') &&
         text.ptr[0] != '\n';
}

static size_t cells_in(capsa_slice row) {
  size_t cells = 1;
  for (size_t i = 0; i < row.len; i++) cells += row.ptr[i] == '\t';
  return cells;
}

/* The number of cells of each row where they differ. */
static capsa_slice count_cells(writer *w, capsa_slice text, size_t *columns) {
  capsa_buf counts = {0};
  capsa_slice line, out = {0};
  bool differ = false;
  *columns = 0;
  while (text.len) {
    size_t end = capsa_slice_finds(text, "\n", 0);
    line = capsa_slice_cut(text, 0, end);
    text = capsa_slice_from(text, end + 1);
    size_t cells = cells_in(line);
    capsa_buf_putf(&counts, counts.len ? ",%zu" : "%zu", cells);
    differ |= *columns && cells != *columns;
    if (cells > *columns) *columns = cells;
  }
  if (capsa_buf_take(&counts, w->arena, &out)) return (capsa_slice){0};
  return differ ? out : (capsa_slice){0};
}

static void put_row(writer *w, const capsa_block *block, capsa_range row,
                    size_t columns, bool *shown) {
  size_t at = row.start_byte;
  capsa_buf_putc(&w->out, '|');
  for (size_t i = 0; i < columns; i++) {
    capsa_buf_putc(&w->out, ' ');
    if (at <= row.end_byte) {
      size_t end = capsa_slice_finds(block->text, "\t", at);
      run r = run_of(block, shown);
      r.at = (capsa_range){at, end < row.end_byte ? end : row.end_byte};
      r.one_line = r.in_table = true;
      capsa_markdown_put_run(w, &r);
      at = r.at.end_byte + 1;
    }
    capsa_buf_puts(&w->out, " |");
  }
  capsa_buf_putc(&w->out, '\n');
}

static capsa_slice put_table(writer *w, const capsa_block *block, bool *shown) {
  size_t columns;
  capsa_slice cells = count_cells(w, block->text, &columns);
  for (size_t at = 0, rows = 0; at < block->text.len; rows++) {
    size_t end = capsa_slice_finds(block->text, "\n", at);
    put_row(w, block, (capsa_range){at, end}, columns, shown);
    at = end + 1;
    if (rows) continue;
    capsa_buf_putc(&w->out, '|');
    for (size_t i = 0; i < columns; i++) capsa_buf_puts(&w->out, " --- |");
    capsa_buf_putc(&w->out, '\n');
  }
  return cells;
}

/* ---- blocks */

/* What a list's further paragraphs may follow. */
static bool is_in_list(const capsa_block *block) {
  return block->kind == CAPSA_BLOCK_LIST && block->text.len;
}

static capsa_ledger_body put_body(writer *w, const capsa_block *block,
                                  bool *shown, capsa_slice *cells) {
  capsa_slice text = block->text;
  static const char *const headings[] = {"# ",    "# ",     "## ",    "### ",
                                         "#### ", "##### ", "###### "};
  if (block->kind == CAPSA_BLOCK_RULE && !text.len) {
    capsa_buf_puts(&w->out, "* * *\n");
    return CAPSA_LEDGER_TEXT;
  }
  if (!text.len || block->label.len) return put_paragraph(w, block, shown);
  switch (block->kind) {
  case CAPSA_BLOCK_HEADING:
    put_marked(w, block, headings[block->level <= 6 ? block->level : 6],
               (capsa_slice){0}, true, shown);
    break;
  case CAPSA_BLOCK_LIST: put_item(w, block, shown); break;
  case CAPSA_BLOCK_QUOTATION: put_quotation(w, block, shown); break;
  case CAPSA_BLOCK_FIGURE: put_picture(w, block, shown); break;
  case CAPSA_BLOCK_FOOTNOTE: put_note(w, block, shown); break;
  case CAPSA_BLOCK_CODE:
    if (has_byte(text, '\r')) return put_paragraph(w, block, shown);
    put_code(w, block);
    break;
  case CAPSA_BLOCK_TABLE:
    if (!is_table(text)) return put_paragraph(w, block, shown);
    *cells = put_table(w, block, shown);
    break;
  default: return put_paragraph(w, block, shown);
  }
  return CAPSA_LEDGER_TEXT;
}

static void put_block(writer *w, const capsa_block *block) {
  bool *shown = capsa_arena_alloc(w->arena, block->span_count + 1);
  capsa_slice cells = {0};
  if (!shown) return;
  if (!is_in_list(block)) w->items.count = 0;
  if (w->out.len) capsa_buf_putc(&w->out, '\n');
  size_t before = w->out.len;
  capsa_ledger_body body = put_body(w, block, shown, &cells);
  if (w->out.len == before) body = CAPSA_LEDGER_NOTHING;
  capsa_markdown_put_entry(w, block, body, shown, cells);
}

capsa_status capsa_document_to_markdown(const capsa_document *document,
                                        capsa_arena *arena, capsa_slice *out) {
  writer w = {.document = document, .arena = arena};
  if (!name_notes(&w)) return CAPSA_ENOMEM;
  capsa_markdown_put_head(&w);
  for (size_t i = 0; i < document->block_count; i++)
    put_block(&w, &document->blocks[i]);
  capsa_markdown_put_ledger(&w);
  if (capsa_arena_failed(arena)) w.out.failed = true;
  return capsa_buf_take(&w.out, arena, out);
}
