/* cite.h -- inside of citation.h: one function a style, and what they share.
 *
 *   capsa_cited     what is cited, and where its citation is written
 *   capsa_cite_*    styles and formats
 */
#ifndef CAPSA_CORE_CITE_CITE_H
#define CAPSA_CORE_CITE_CITE_H

#include "base/buf.h"
#include "capsa/citation.h"

typedef struct capsa_cited {
  const capsa_document *document;
  uint32_t turn;       /* 0: all of it */
  capsa_slice speaker; /* of the turn; empty for none */
  capsa_form form;
  capsa_buf *out;
} capsa_cited;

/** Write text, escaped where the form is HTML, in one line where it is RIS. */
void capsa_cite_put(const capsa_cited *cited, capsa_slice text);
void capsa_cite_puts(const capsa_cited *cited, const char *text);

/** Write `turn 12 (Mao Zedong)`, or `Turn …`. */
void capsa_cite_turn(const capsa_cited *cited, const char *word);

void capsa_cite_archive(const capsa_cited *cited);
void capsa_cite_chicago_note(const capsa_cited *cited);
void capsa_cite_ris(const capsa_cited *cited);

/** Write `f. 52, op. 1, d. 498, ll. 44-77`, or `611.93/8-458, Central Files,
 * RG 59`: what there is of it.
 * @param dash  between two leaves: "-" or "–" */
void capsa_cite_locator(const capsa_cited *cited, const char *dash);
bool capsa_cite_has_locator(const capsa_cited *cited);

/** A date of metadata. Parts that are not given are 0. */
typedef struct capsa_cited_date {
  int year, month, day;
} capsa_cited_date;

/** Read `1958`, `1958-07`, `1958-07-31`. @return whether it is one */
bool capsa_cite_read_date(capsa_slice text, capsa_cited_date *out);

/** Write a date or two of them, parted by `/`, as Chicago has it: `July 31,
 * 1958`, `July 31–August 3, 1958`. @return false, and nothing is written,
 * where `iso` is no date */
bool capsa_cite_put_date(capsa_buf *out, capsa_slice iso);

#endif
