#include "document/formats/formats.h"

#include "base/slice.h"
#include "document/formats/html/html.h"

capsa_read *capsa_format_reader(capsa_format format) {
  static capsa_read *const readers[CAPSA_FORMAT_COUNT] = {
      [CAPSA_FORMAT_ARCHIVE] = capsa_read_archive,
      [CAPSA_FORMAT_MARKDOWN] = capsa_read_markdown,
      [CAPSA_FORMAT_TEXT] = capsa_read_archive,
      [CAPSA_FORMAT_HTML] = capsa_read_html,
      [CAPSA_FORMAT_TEI] = capsa_read_tei,
  };
  return readers[format];
}

/* Lines looked at: a format shows early, and a large file costs no more. */
#define LINES_LOOKED_AT 400

static bool is_heading(capsa_slice line) {
  size_t marks = 0;
  while (marks < line.len && line.ptr[marks] == '#') marks++;
  return marks >= 1 && marks <= 6 && marks < line.len && line.ptr[marks] == ' ';
}

/* `**bold**`, `[text](address)`, `[^1]` */
static bool has_inline_markup(capsa_slice line) {
  size_t strong = capsa_slice_finds(line, "**", 0);
  return (strong != CAPSA_NOT_FOUND &&
          capsa_slice_finds(line, "**", strong + 3) != CAPSA_NOT_FOUND) ||
         capsa_slice_finds(line, "](", 0) != CAPSA_NOT_FOUND ||
         capsa_slice_finds(line, "[^", 0) != CAPSA_NOT_FOUND ||
         capsa_slice_finds(line, "\\[", 0) != CAPSA_NOT_FOUND;
}

/* Markdown is what carries Markdown's marks; everything else is plain text,
 * which loses nothing when it is read as such. */
capsa_format capsa_format_detect(capsa_slice text) {
  capsa_slice rest = text, line;
  if (capsa_tei_is_tei(text)) return CAPSA_FORMAT_TEI;
  if (capsa_html_is_html(text)) return CAPSA_FORMAT_HTML;
  if (capsa_slice_starts(text, "---\n") || capsa_slice_starts(text, "---\r"))
    return CAPSA_FORMAT_MARKDOWN;
  int marks = 0;
  for (int n = 0; n < LINES_LOOKED_AT && capsa_slice_next_line(&rest, &line);
       n++) {
    if (is_heading(line)) return CAPSA_FORMAT_MARKDOWN;
    marks += capsa_slice_starts(line, "```") ||
             capsa_slice_starts(line, "> ") || has_inline_markup(line);
  }
  return marks >= 2 ? CAPSA_FORMAT_MARKDOWN : CAPSA_FORMAT_ARCHIVE;
}
