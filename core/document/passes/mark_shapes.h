/* mark_shapes.h -- inside of marks.c: what may be a mark, by its looks.
 *
 * Each function sets `*mark` and returns true where a mark is read.
 */
#ifndef CAPSA_CORE_DOCUMENT_MARK_SHAPES_H
#define CAPSA_CORE_DOCUMENT_MARK_SHAPES_H

#include "document/passes/take_marks.h"

typedef enum capsa_mark_form {
  CAPSA_MARK_PAGE,   /* [Page 12] */
  CAPSA_MARK_SQUARE, /* [p. 12], [l. 44] */
  CAPSA_MARK_ROUND,  /* (p. 12) */
  CAPSA_MARK_SLASH,  /* /44/ */
  CAPSA_MARK_LINE,   /* Page 12 of 40, - 12 - */
  CAPSA_MARK_NUMBER, /* [12] on a line of its own */
  CAPSA_MARK_TIME,   /* [00:12:05] before a turn: where in a recording */
  CAPSA_MARK_COUNT
} capsa_mark_form;

typedef struct capsa_page_mark {
  capsa_mark_form form;
  capsa_mark mark;
  uint32_t value;
  bool alone;    /* the block holds nothing else */
  bool accepted; /* it is a mark */
} capsa_page_mark;

/** A mark in brackets or strokes that opens at byte `at`. */
bool capsa_mark_read_enclosed(capsa_slice text, size_t at,
                              capsa_page_mark *mark);

/** One that is all of a line. @param item  of a list: it may have lost a dash
 * to the item's marker */
bool capsa_mark_read_line(capsa_slice line, bool item, capsa_page_mark *mark);

/** All of a paragraph: "[12]". */
bool capsa_mark_read_bare(capsa_slice text, capsa_page_mark *mark);

/** "[00:12:05]", "(12:05)" at the start; the value is in seconds. */
bool capsa_mark_read_time(capsa_slice text, capsa_page_mark *mark);

#endif
