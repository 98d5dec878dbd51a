/* markdown_page.c -- an archive's page that was turned into Markdown: its
 * chrome is lines of Markdown too, and an indented citation would be code. It
 * is taken off, as from a page copied as text, before cmark sees anything. */
#include "base/slice.h"
#include "document/formats/archive/lines.h"
#include "document/formats/markdown/markdown_reader.h"

/* A page shows what it is within so many lines. */
#define HEAD_LINES_MAX 80

/* Without the marks of a heading or a bullet, which chrome may carry. */
static capsa_slice bare(capsa_slice line) {
  line = capsa_slice_trim(line);
  size_t i = 0;
  while (i < line.len && line.ptr[i] == '#') i++;
  return capsa_slice_trim(capsa_slice_from(line, i));
}

static bool is_page(capsa_slice text) {
  static const char *const signs[] = {
      "get citation",    "cite this document",   "share document",
      "skip to content", "skip to main content", NULL};
  capsa_slice line;
  for (int n = 0; n < HEAD_LINES_MAX && capsa_slice_next_line(&text, &line);
       n++) {
    line = bare(line);
    if (capsa_slice_starts(line, "*") || capsa_slice_starts(line, "-"))
      line = capsa_slice_trim(capsa_slice_from(line, 1));
    for (int i = 0; signs[i]; i++)
      if (capsa_slice_is_nocase(line, signs[i])) return true;
  }
  return false;
}

capsa_status capsa_markdown_page_take(capsa_slice text, uint32_t first_line,
                                      capsa_draft *draft, capsa_slice *out) {
  capsa_lines lines = {0};
  capsa_slice rest = text, line;
  *out = text;
  if (!is_page(text)) return CAPSA_OK;
  for (uint32_t n = 1; capsa_slice_next_line(&rest, &line); n++) {
    capsa_line *item = CAPSA_LIST_ADD(draft->arena, &lines);
    if (!item) return CAPSA_ENOMEM;
    *item = (capsa_line){.text = bare(line), .number = first_line + n};
  }
  if (!capsa_chrome_take(draft, &lines)) return CAPSA_ENORECORD;
  capsa_buf left = {0};
  rest = text;
  for (size_t i = 0; capsa_slice_next_line(&rest, &line); i++) {
    if (!lines.items[i].taken) capsa_buf_put(&left, line);
    capsa_buf_putc(&left, '\n');
  }
  capsa_arena_release(draft->arena, lines.items);
  return capsa_buf_take(&left, draft->arena, out);
}
