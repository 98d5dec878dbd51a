/* lines.h -- a text as lines, for the archive front end.
 *
 *   capsa_line          one line, trimmed, and whether someone took it
 *   capsa_chrome_take() takes the page's chrome and metadata
 */
#ifndef CAPSA_CORE_DOCUMENT_LINES_H
#define CAPSA_CORE_DOCUMENT_LINES_H

#include "document/draft.h"

typedef struct capsa_line {
  capsa_slice text; /* trimmed; empty for a blank line */
  uint32_t number;  /* from 1 */
  bool taken;       /* chrome or metadata: no text of the record */
} capsa_line;

typedef struct capsa_lines {
  capsa_line *items;
  size_t count, cap;
} capsa_lines;

/** Lines `first` to `end` (exclusive) as one, a space between each two. */
capsa_slice capsa_lines_join(capsa_draft *draft, const capsa_lines *lines,
                             size_t first, size_t end);

/**
 * Mark the lines that belong to the site and not to the record, and read the
 * metadata that stands among them. Every line taken is reported.
 * @return false where the page is a list of results and holds no record
 */
bool capsa_chrome_take(capsa_draft *draft, capsa_lines *lines);

#endif
