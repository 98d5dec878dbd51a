/* lines.h -- a text as lines, for the archive front end.
 *
 *   capsa_line              one line, trimmed, and whether someone took it
 *   capsa_lines_unroll()    parts a record that lost its line ends
 *   capsa_chrome_take()     takes the page's chrome and metadata
 *   capsa_line_numbers_take()   takes the numbers of lines in the margin
 *   capsa_running_heads_take()  makes marks of the heads of pages
 *   capsa_wrapping_find()   tells whether and where lines are wrapped
 *   capsa_table_read()      rows whose cells stand in columns
 *   capsa_items_number()    numbered paragraphs that are items of a list
 *   capsa_headings_number() numbered paragraphs that are headings
 *   capsa_layout_read()     lines to blocks
 *
 * Widths and indents are columns: a tab goes to the next multiple of 8.
 */
#ifndef CAPSA_CORE_DOCUMENT_LINES_H
#define CAPSA_CORE_DOCUMENT_LINES_H

#include "document/draft.h"

typedef struct capsa_line {
  capsa_slice text;    /* trimmed; empty for a blank line */
  capsa_slice printed; /* with its indent; no white space at its end but tabs */
  uint32_t number;     /* from 1 */
  uint32_t indent;     /* columns before the text */
  uint32_t width;      /* code points of the text */
  bool taken;          /* chrome or metadata: no text of the record */
} capsa_line;

typedef struct capsa_lines {
  capsa_line *items;
  size_t count, cap;
} capsa_lines;

/** Lines of `text`; a form feed alone in front of a page's number makes a page
 * mark of it. */
void capsa_lines_split(capsa_draft *draft, capsa_slice text,
                       capsa_lines *lines);

/** Where one line holds most of the text, part it where heads of pages have
 * fields and where speakers take turns, a blank line between each two. */
void capsa_lines_unroll(capsa_draft *draft, capsa_lines *lines);

/** Lines `first` to `end` (exclusive) as one, a space between each two; none
 * where a script has none. */
capsa_slice capsa_lines_join(capsa_draft *draft, const capsa_lines *lines,
                             size_t first, size_t end);

/**
 * Mark the lines that belong to the site and not to the record, and read the
 * metadata that stands among them. Every line taken is reported.
 * @return false where the page is a list of results and holds no record
 */
bool capsa_chrome_take(capsa_draft *draft, capsa_lines *lines);

/** The numbers that count the lines of each page leave the text and are told.
 */
void capsa_line_numbers_take(capsa_draft *draft, capsa_lines *lines);

/** The heads and numbers of pages that a text copied from a book has between
 * its lines become marks of pages; the words of heads are reported. */
void capsa_running_heads_take(capsa_draft *draft, capsa_lines *lines);

/** How the lines of a text were broken. */
typedef struct capsa_wrapping {
  uint32_t width; /* the column where they break; 0: a line a paragraph */
  uint32_t base;  /* the indent that most lines have */
} capsa_wrapping;

void capsa_wrapping_find(const capsa_lines *lines, capsa_wrapping *out);

/** Would the first word of `next` have had room on `line`? */
bool capsa_wrapping_has_room(const capsa_wrapping *how, const capsa_line *line,
                             const capsa_line *next);

/**
 * Add a block TABLE of the lines from `first` on whose cells are parted by
 * tabs or stand in columns: two lines with tabs, three with shared columns.
 * Rows end with a line feed, cells with a tab.
 * @param end  of the run of lines without a blank one
 * @return index behind the last row; `first` where there is no table
 */
size_t capsa_table_read(capsa_draft *draft, const capsa_lines *lines,
                        size_t first, size_t end);

/** "1.", "(2)", "a)" with a space behind, at the start of `text`: the length
 * of both, or 0. @param value  1 for "a" */
size_t capsa_number_len(capsa_slice text, uint32_t *value);

/** Paragraphs from block `from` on whose numbers follow each other become
 * items of lists. */
void capsa_items_number(capsa_draft *draft, size_t from);

/** Paragraphs from block `from` on that Roman numbers or letters count, with
 * text between them, become headings. */
void capsa_headings_number(capsa_draft *draft, size_t from);

/** The lines that nobody took as blocks of the draft. */
void capsa_layout_read(capsa_draft *draft, const capsa_lines *lines);

#endif
