/* markdown_reader.h -- what the files of the Markdown front end share.
 *
 *   markdown.c          cmark's tree as blocks
 *   markdown_prepare.c  the text that cmark sees (markdown_notes.c: footnotes)
 *   markdown_inline.c   the inlines of a paragraph as text and spans
 *   markdown_tag.c      the few HTML tags that mean something here
 *   markdown_table.c    pipe tables, which cmark does not know
 *   markdown_memory.c   where cmark's memory comes from
 *   markdown_ledger.c   what our own writer could not say in Markdown
 *   markdown_page.c     an archive's page that was turned into Markdown
 */
#ifndef CAPSA_CORE_DOCUMENT_MARKDOWN_READER_H
#define CAPSA_CORE_DOCUMENT_MARKDOWN_READER_H

#include "cmark.h"
#include "document/address.h"
#include "document/formats/markdown/markdown_prepare.h"

/* A paragraph whose inlines are still to be read into a block: a cell, or
 * what stands before a table in the same paragraph. */
typedef struct capsa_markdown_part {
  size_t block; /* index into the draft's blocks */
  char end;     /* what follows it in the block's text; 0 nothing */
} capsa_markdown_part;

typedef struct capsa_markdown_reader {
  capsa_draft *draft;
  capsa_markdown_text from;
  uint32_t first_line; /* of the Markdown behind the front matter, from 0 */
  uint32_t line;       /* of the block that is read */
  bool in_place; /* notes stay where they are defined, nothing is reported */
  uint32_t lists, quotes;
  capsa_slice marker; /* of the item whose first paragraph comes next */

  const capsa_markdown_note *note; /* whose definition is read; NULL: none */
  cmark_node *note_item;
  size_t note_first; /* its first block */
  uint32_t outer_lists, outer_quotes;
  capsa_draft_blocks notes; /* finished; for the end of the document */

  capsa_buf flat;           /* the text of the paragraph that is read */
  CAPSA_LIST(size_t) lines; /* where each starts; filled when first asked */
  capsa_addresses loose;    /* links that lead nowhere */
  capsa_buf numbers; /* of items and notes, as printed: no text any more */
  CAPSA_LIST(uint32_t) delimiters; /* lines that may part head and rows */
  capsa_buf parts_text;            /* the parts as Markdown of their own */
  CAPSA_LIST(capsa_markdown_part) parts;
} capsa_markdown_reader;

/** cmark's memory, while capsa_markdown_memory_run() runs. */
extern cmark_mem capsa_markdown_memory;

/**
 * Do work with cmark, all of whose memory goes at the end.
 * @param work  is left in the middle when memory is out; it keeps what must be
 *              freed in `context`
 * @return false when memory was out
 */
bool capsa_markdown_memory_run(void (*work)(void *context), void *context);

/** Flatten the inlines of `parent` behind `text`, with spans for `block`. */
void capsa_markdown_inlines(capsa_markdown_reader *r, cmark_node *parent,
                            capsa_draft_block *block, capsa_buf *text);

/** Is `url` an address that a link may have: http, https, mailto? */
bool capsa_markdown_is_safe(capsa_slice url);

/** A line of the text that cmark saw, from 1; without its end. */
capsa_slice capsa_markdown_line(capsa_markdown_reader *r, uint32_t line);

/** `text` as the source has it, in the arena. */
capsa_slice capsa_markdown_source(capsa_markdown_reader *r, capsa_slice text);

typedef enum capsa_tag_kind {
  CAPSA_TAG_OTHER = 0, /* stays as text */
  CAPSA_TAG_BREAK,     /* <br> */
  CAPSA_TAG_COMMENT,
  CAPSA_TAG_OPEN, /* of an element that has a meaning, or that changes none */
  CAPSA_TAG_CLOSE,
} capsa_tag_kind;

typedef struct capsa_tag {
  capsa_tag_kind kind;
  capsa_slice name; /* as written */
  bool has_span;    /* else the element changes only how words look */
  capsa_span_kind span;
  capsa_slice target; /* of a foreign word: its language */
} capsa_tag;

/** What `html`, an inline of raw HTML, means. Slices are of `html`. */
capsa_tag capsa_tag_read(capsa_slice html);

/** The value of an attribute of the tag that `html` begins with, unescaped
 * no further than its quotes; empty where there is none. */
capsa_slice capsa_tag_attribute(capsa_slice html, const char *name);

/** A picture as a block of HTML, alone or in a figure.
 * @return false where `html` is anything else or more */
bool capsa_tag_picture(capsa_slice html, capsa_slice *address,
                       capsa_slice *description, capsa_slice *caption);

/**
 * Take off the chrome of an archive's page.
 * @param out  `text`, or a copy with as many lines
 * @return CAPSA_OK
 *         CAPSA_ENORECORD  there is no record on the page
 *         CAPSA_ENOMEM
 */
capsa_status capsa_markdown_page_take(capsa_slice text, uint32_t first_line,
                                      capsa_draft *draft, capsa_slice *out);

/** Note where tables may be. Called once the text is prepared. */
void capsa_markdown_tables_find(capsa_markdown_reader *r);

/** Take a paragraph that holds a table: a block TABLE, and before it a
 * paragraph where lines stand above the head. @return false: it holds none */
bool capsa_markdown_table_take(capsa_markdown_reader *r, cmark_node *paragraph);

/** Add the definitions of the source's links to `parts_text`. */
void capsa_markdown_definitions_put(capsa_markdown_reader *r);

/** Read the parts put off until now. `root` is the tree of `parts_text`. */
void capsa_markdown_parts_read(capsa_markdown_reader *r, cmark_node *root);

#endif
