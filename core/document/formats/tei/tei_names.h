/* tei_names.h -- what TEI's elements are to a reader of the text. */
#ifndef CAPSA_CORE_DOCUMENT_TEI_NAMES_H
#define CAPSA_CORE_DOCUMENT_TEI_NAMES_H

#include "capsa/document.h"

typedef enum capsa_tei_role {
  CAPSA_TEI_PLAIN = 0, /* and all that we do not know: its text counts */
  CAPSA_TEI_DOCUMENT,
  CAPSA_TEI_CORPUS,
  CAPSA_TEI_HEADER,
  CAPSA_TEI_SKIPPED,  /* holds no text of the record */
  CAPSA_TEI_DIVISION, /* numbers headings */
  CAPSA_TEI_GROUP,    /* holds blocks */
  CAPSA_TEI_PARAGRAPH,
  CAPSA_TEI_HEADING,
  CAPSA_TEI_DATELINE,
  CAPSA_TEI_LIST,
  CAPSA_TEI_ITEM,
  CAPSA_TEI_LABEL,
  CAPSA_TEI_QUOTATION,
  CAPSA_TEI_STANZA,
  CAPSA_TEI_LINE,
  CAPSA_TEI_ADDRESS_LINE,
  CAPSA_TEI_SPEECH,
  CAPSA_TEI_SPEAKER,
  CAPSA_TEI_STAGE,
  CAPSA_TEI_UTTERANCE,
  CAPSA_TEI_TABLE,
  CAPSA_TEI_ROW,
  CAPSA_TEI_CELL,
  CAPSA_TEI_FIGURE,
  CAPSA_TEI_IMAGE,
  CAPSA_TEI_NOTE,
  CAPSA_TEI_PAGE_BREAK,
  CAPSA_TEI_LINE_BREAK,
  CAPSA_TEI_RULE,
  CAPSA_TEI_GAP,
  CAPSA_TEI_CHOICE,
  CAPSA_TEI_ORIGINAL,  /* in a choice: what the source has */
  CAPSA_TEI_CORRECTED, /* in a choice: what it should read */
  CAPSA_TEI_PAIRED,    /* holds elements, and white space between them */
  CAPSA_TEI_VARIANT,
  CAPSA_TEI_FURNITURE, /* running heads: of the page, not of the text */
  CAPSA_TEI_SPAN,      /* `kind` says which */
  CAPSA_TEI_HIGHLIGHTED,
  CAPSA_TEI_SEGMENT, /* a span where Capsa wrote it */
  CAPSA_TEI_NAME,
  CAPSA_TEI_DATE,
  CAPSA_TEI_REFERENCE,
  CAPSA_TEI_PERSON
} capsa_tei_role;

typedef struct capsa_tei_element {
  const char *name;
  capsa_tei_role role;
  capsa_span_kind kind; /* of a span */
} capsa_tei_element;

/** Never NULL. Static. */
const capsa_tei_element *capsa_tei_find(const char *name);

#endif
