/* markdown_guard.h -- keeps cmark 0.30.2 away from input that costs it time
 * by the square of its length (deep containers, thousands of brackets).
 *
 * The marks beyond a limit get a backslash, so that they are text: nothing is
 * lost, and the reader of the document is told.
 */
#ifndef CAPSA_CORE_DOCUMENT_MARKDOWN_GUARD_H
#define CAPSA_CORE_DOCUMENT_MARKDOWN_GUARD_H

#include "document/draft.h"

/** Inline marks (brackets, angle brackets) in one paragraph that cmark sees as
 * marks. */
#define CAPSA_INLINE_MARKS_MAX 500

/** @return `text`, or a copy of it in the draft's arena with escapes */
capsa_slice capsa_markdown_guard(capsa_slice text, capsa_draft *draft);

#endif
