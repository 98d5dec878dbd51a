/* html_flow.h -- running text: white space closed up, references read, spans
 * that begin with the next word and end with the last.
 *
 *   capsa_html_flow            the text of the block that is being read
 *   capsa_html_flow_put()      text as written
 *   capsa_html_flow_open()     a span begins, _close() ends
 *   capsa_html_flow_take()     text and spans go into a block
 */
#ifndef CAPSA_CORE_DOCUMENT_HTML_FLOW_H
#define CAPSA_CORE_DOCUMENT_HTML_FLOW_H

#include "base/buf.h"
#include "document/draft.h"

/** White space between the last word and the next: the stronger wins. */
typedef enum capsa_html_gap {
  CAPSA_HTML_NO_GAP = 0,
  CAPSA_HTML_NBSP, /* a no-break space that stands alone */
  CAPSA_HTML_SPACE,
  CAPSA_HTML_LINE /* a line feed */
} capsa_html_gap;

typedef struct capsa_html_open_span {
  capsa_span_kind kind; /* CAPSA_SPAN_KIND_COUNT: none, or it has ended */
  capsa_slice target;
  size_t start;
} capsa_html_open_span;

typedef struct capsa_html_flow {
  capsa_arena *arena;
  capsa_buf text;
  capsa_html_gap gap;
  bool marked; /* a mark of a note came last */
  bool keep;   /* white space is text */
  char skip;   /* a bracket behind a mark, to be left out */
  CAPSA_LIST(capsa_span) spans;
  CAPSA_LIST(capsa_html_open_span) open;
  size_t started; /* of `open`: those that have a word */
} capsa_html_flow;

void capsa_html_flow_put(capsa_html_flow *flow, capsa_slice text, bool literal);

/** Bytes as they are: tabs and line feeds of a table. */
void capsa_html_flow_put_raw(capsa_html_flow *flow, const char *bytes);

void capsa_html_flow_space(capsa_html_flow *flow);
void capsa_html_flow_line(capsa_html_flow *flow);

/** Spans nest: the last opened is closed first. */
void capsa_html_flow_open(capsa_html_flow *flow, capsa_span_kind kind,
                          capsa_slice target);
void capsa_html_flow_close(capsa_html_flow *flow);

/** End the span opened as number `index` although later ones are open. */
void capsa_html_flow_end(capsa_html_flow *flow, size_t index);

/** A mark that is no text: an empty span where the text is now. Brackets that
 * stand around it go with it. @return NULL only when memory is out */
capsa_span *capsa_html_flow_mark(capsa_html_flow *flow, capsa_span_kind kind,
                                 capsa_slice target, capsa_slice mark);

/** Is there neither text nor a mark? */
bool capsa_html_flow_is_empty(const capsa_html_flow *flow);

/** Move text and spans into `block`; open spans go on in the next one. */
void capsa_html_flow_take(capsa_html_flow *flow, capsa_draft *draft,
                          capsa_draft_block *block);

#endif
