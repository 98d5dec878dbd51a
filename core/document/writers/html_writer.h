/* html_writer.h -- what the two halves of the HTML writer share.
 *
 *   capsa_html_put_text     a block's text with its marks (html_marks.c)
 *   html.c              the elements around it
 */
#ifndef CAPSA_CORE_DOCUMENT_HTML_WRITER_H
#define CAPSA_CORE_DOCUMENT_HTML_WRITER_H

#include "base/buf.h"
#include "capsa/document.h"

/**
 * The text of `block`, escaped, its spans and emendations as elements. The
 * text content is exactly the text: marks of an empty range are elements
 * without content, which CSS draws.
 * @param table  rows and cells become <tr> and <td>; the tabs and line feeds
 *               between them stay as text
 */
void capsa_html_put_text(capsa_buf *out, const capsa_document *document,
                         const capsa_block *block, bool table);

void capsa_html_put_escaped(capsa_buf *out, capsa_slice text);

/** ` name="value"`, escaped. */
void capsa_html_put_attribute(capsa_buf *out, const char *name,
                              capsa_slice value);

/** ` lang="…"` and, where it is written from right to left, ` dir="rtl"`. */
void capsa_html_put_language(capsa_buf *out, capsa_slice language);

#endif
