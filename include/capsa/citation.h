/* citation.h -- how a record, or a turn of it, is cited.
 *
 *   capsa_cite()   document, turn, style, form -> text
 *
 * Elements that the record does not give are left out together with their
 * punctuation; nothing is invented.
 */
#ifndef CAPSA_CITATION_H
#define CAPSA_CITATION_H

#include "capsa/document.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum capsa_style {
  CAPSA_STYLE_ARCHIVE = 0,  /* the archive's own words, verbatim */
  CAPSA_STYLE_CHICAGO_NOTE, /* Chicago Manual of Style 18, archival note */
  CAPSA_STYLE_COUNT
} capsa_style;

/** "archive", "chicago-note". Static; NULL for other values. */
const char *capsa_style_name(capsa_style style);

/** The style called `name`, or CAPSA_STYLE_COUNT where there is none. */
capsa_style capsa_style_find(capsa_slice name);

typedef enum capsa_form {
  CAPSA_FORM_TEXT = 0,
  CAPSA_FORM_HTML, /* a run of inline elements, escaped */
  CAPSA_FORM_RIS,  /* a RIS record (type MANSCPT); the style does not matter */
  CAPSA_FORM_COUNT
} capsa_form;

/** "text", "html", "ris". Static; NULL for other values. */
const char *capsa_form_name(capsa_form form);

/** The form called `name`, or CAPSA_FORM_COUNT where there is none. */
capsa_form capsa_form_find(capsa_slice name);

/**
 * Cite a document or one of its turns.
 *
 * @param turn  0 for the document; else a turn's number
 * @param out   without a line feed at its end (RIS lines end with CR LF)
 *
 * @return CAPSA_OK
 *         CAPSA_EINVAL     style or form is none
 *         CAPSA_ENOTFOUND  no such turn; or style ARCHIVE and the record
 *                          carries no citation of its own
 *         CAPSA_ENOMEM
 */
capsa_status capsa_cite(const capsa_document *document, uint32_t turn,
                        capsa_style style, capsa_form form, capsa_arena *arena,
                        capsa_slice *out);

#ifdef __cplusplus
}
#endif

#endif
