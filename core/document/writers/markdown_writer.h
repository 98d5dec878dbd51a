/* markdown_writer.h -- what the files of the Markdown writer share.
 *
 *   markdown.c         blocks as Markdown
 *   markdown_inline.c  text so that cmark gives it back byte for byte
 *   markdown_head.c    the metadata as front matter
 *   markdown_ledger.c  all that Markdown has no marks for (document/ledger.h)
 */
#ifndef CAPSA_CORE_DOCUMENT_MARKDOWN_WRITER_H
#define CAPSA_CORE_DOCUMENT_MARKDOWN_WRITER_H

#include "base/arena.h"
#include "base/buf.h"
#include "document/ledger.h"

typedef struct capsa_markdown_writer {
  const capsa_document *document;
  capsa_arena *arena;
  capsa_buf out, ledger;
  const capsa_slice *notes; /* by block: the footnote's name in `[^name]` */
  CAPSA_LIST(size_t)
  items; /* of the open lists: where their text is indented */
} capsa_markdown_writer;

/** How a stretch of a block's text is written. */
typedef struct capsa_markdown_run {
  const capsa_block *block;
  capsa_range at;   /* of the block's text */
  capsa_slice lead; /* text before it: a label and its sign */
  bool bold_lead;
  bool one_line;          /* no line feed may be written as one */
  bool in_table, in_link; /* pipes, brackets are to be escaped */
  capsa_slice indent;     /* of further lines */
  bool *shown;            /* by span: set where its mark was written */
} capsa_markdown_run;

void capsa_markdown_put_run(capsa_markdown_writer *w,
                            const capsa_markdown_run *run);

void capsa_markdown_put_head(capsa_markdown_writer *w);

/**
 * @param shown  by span: is its mark in the Markdown?
 * @param cells  of a table whose rows differ: their cells; else empty
 */
void capsa_markdown_put_entry(capsa_markdown_writer *w,
                              const capsa_block *block, capsa_ledger_body body,
                              const bool *shown, capsa_slice cells);

/** Behind all blocks: speakers and entries as a comment. */
void capsa_markdown_put_ledger(capsa_markdown_writer *w);

#endif
