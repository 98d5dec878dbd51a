/* anchor.h -- selectors: how a stretch of a text is remembered, and found.
 *
 *   capsa_selector            position and quote, after W3C Web Annotation
 *   capsa_selector_make       a stretch of a text to its selector
 *   capsa_selector_resolve    a selector to its stretch of a text
 *
 * `text` is the canonical text of a document: one line feed between blocks.
 */
#ifndef CAPSA_CORE_ANNOTATE_ANCHOR_H
#define CAPSA_CORE_ANNOTATE_ANCHOR_H

#include "capsa/annotation.h"

typedef struct capsa_selector {
  size_t start_code_point, end_code_point;
  capsa_slice quote, prefix, suffix;
} capsa_selector;

/** @param at   not empty, on character borders
 *  @return     its slices are views of `text` */
capsa_selector capsa_selector_make(capsa_slice text, capsa_range at);

/** What a selector is resolved against. */
typedef struct capsa_edition_text {
  capsa_slice text;
  bool same;         /* the edition that the selector was made on */
  capsa_slice older; /* that edition's text where it is another and at hand */
} capsa_edition_text;

/** @param out  written unless the result is CAPSA_ANCHOR_ORPHAN */
capsa_anchor capsa_selector_resolve(const capsa_selector *selector,
                                    const capsa_edition_text *edition,
                                    capsa_range *out);

#endif
