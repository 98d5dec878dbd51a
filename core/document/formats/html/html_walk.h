/* html_walk.h -- the walk from tree to blocks, and what its parts share.
 *
 *   capsa_html_walk      where it is, and what stands around
 *   html_blocks.c        the walk; html_phrases.c inside a block;
 *   html_lists.c         items and cells; html_marks.c notes, pages, pictures
 */
#ifndef CAPSA_CORE_DOCUMENT_HTML_WALK_H
#define CAPSA_CORE_DOCUMENT_HTML_WALK_H

#include "document/formats/html/html.h"
#include "document/formats/html/html_flow.h"

typedef struct capsa_html_context {
  capsa_block_kind kind; /* PARAGRAPH, or what headings, code, verse make it */
  uint32_t level;        /* of a heading */
  uint32_t lists, quotes, note;
  capsa_slice language;
  bool parts;   /* a line break parts paragraphs */
  bool pre;     /* white space and line ends count */
  bool table;   /* of data: one block */
  bool notes;   /* among notes, where headings and rules are no text */
  bool outside; /* beside the article */
} capsa_html_context;

typedef struct capsa_html_frame {
  uint32_t node;
  capsa_html_context around;
  size_t spans;               /* of the flow that it opened */
  uint32_t rows, cells, gaps; /* of a table; gaps: cells spanned so far */
  int64_t number, step;       /* of the next item of a numbered list */
} capsa_html_frame;

typedef struct capsa_html_figure {
  capsa_slice text, target;
} capsa_html_figure;

typedef struct capsa_html_walk {
  capsa_html_page *page;
  capsa_draft *draft;
  capsa_draft_blocks *notes;
  capsa_html_flow body, aside;
  capsa_html_flow *flow; /* one of the two */
  capsa_html_context now;
  capsa_html_frame frames[CAPSA_HTML_NESTING_MAX + 2];
  size_t depth;
  capsa_slice marker; /* of the item whose first paragraph comes next */
  uint32_t line;      /* where the block began */
  CAPSA_LIST(capsa_slice) marked; /* words with the marks that left them */
  CAPSA_LIST(capsa_html_figure) figures; /* to come behind the block */
} capsa_html_walk;

/** End the block; or the line, where a note or cell is one block. */
void capsa_html_flush(capsa_html_walk *w);

/** Add a block with language and place, to fill. */
capsa_draft_block *capsa_html_add(capsa_html_walk *w, capsa_block_kind kind);

/** `lang` of an element: of a block, or a span of a phrase. */
void capsa_html_read_language(capsa_html_walk *w, capsa_html_frame *f,
                              const capsa_html_attributes *a, bool block);

void capsa_html_enter_phrase(capsa_html_walk *w, capsa_html_frame *f,
                             capsa_html_tag tag,
                             const capsa_html_attributes *a);
void capsa_html_leave_phrase(capsa_html_walk *w, capsa_html_tag tag);

/** An address of the source that is safe to keep; else empty.
 * @param path  of an image: a path is one too */
capsa_slice capsa_html_address(const capsa_html_walk *w, capsa_slice raw,
                               bool path);

/** Lists, items and terms. */
void capsa_html_enter_list(capsa_html_walk *w, capsa_html_frame *f,
                           capsa_html_tag tag, const capsa_html_attributes *a);

/** Tables, rows and cells. */
void capsa_html_enter_table(capsa_html_walk *w, capsa_html_frame *f,
                            capsa_html_tag tag, const capsa_html_attributes *a);
void capsa_html_leave_table(capsa_html_walk *w);

void capsa_html_put_picture(capsa_html_walk *w, uint32_t node);
void capsa_html_put_mark(capsa_html_walk *w, uint32_t node);

/** Tell which marks were taken out of the text, with the words before them. */
void capsa_html_report_marks(capsa_html_walk *w);

/** @return false where the element only calls itself a page */
bool capsa_html_put_page(capsa_html_walk *w, uint32_t node);

/** A page begins here that the list of pages of the whole work names. */
void capsa_html_put_listed_page(capsa_html_walk *w, uint32_t node);

/** A raised number that no link explains. @return false where it is none */
bool capsa_html_put_raised(capsa_html_walk *w, uint32_t node);

void capsa_html_enter_note(capsa_html_walk *w, uint32_t node);
void capsa_html_leave_note(capsa_html_walk *w, uint32_t note);

#endif
