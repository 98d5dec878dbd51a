/* ledger.h -- what Markdown cannot say of a document, in a comment at the end.
 *
 *   <!-- capsa 1 EDITION TURNS
 *   A sentence for people.
 *   speaker TURNS =name =office =key =label =label …
 *   block KIND TURN SPEAKER LEVEL REFERENCE BODY =label =marker =language
 *         =target [=cells]
 *   span KIND START END BLOCK SHOWN =target =mark
 *   emend START END CONFIDENCE IN_LABEL =rule =original =corrected
 *   -->
 *
 * A line each. A block's spans and emendations follow it; positions are bytes
 * of its text. Words are parted by single spaces; after `=` stands a text in
 * which `%`, `>`, space and control characters are %XX. Trailing empty texts
 * are left out.
 *
 * The writer (writers/markdown_ledger.c) and the reader (formats/
 * markdown_ledger.c) know this and nothing of each other. The reader checks
 * every value, and that the texts together have the digest EDITION: a file
 * that was changed since is read like any other Markdown.
 */
#ifndef CAPSA_CORE_DOCUMENT_LEDGER_H
#define CAPSA_CORE_DOCUMENT_LEDGER_H

#include "document/draft.h"

#define CAPSA_LEDGER_START "<!-- capsa 1 "
#define CAPSA_LEDGER_END "-->"

/** What stands for a block in the Markdown above. */
typedef enum capsa_ledger_body {
  CAPSA_LEDGER_TEXT = 0, /* its text */
  CAPSA_LEDGER_LABELLED, /* its label, a colon and a space where text follows,
                            its text */
  CAPSA_LEDGER_TOLD,     /* its label, a space where text follows, its text */
  CAPSA_LEDGER_NOTHING,  /* the block has no text */
  CAPSA_LEDGER_BODY_COUNT
} capsa_ledger_body;

/** A rule's name: small letters and hyphens, at most so many. */
#define CAPSA_LEDGER_RULE_MAX 40

/**
 * Cut the ledger off the end of `text`.
 * @param rest  what stands before it; `text` where there is none
 * @return its lines without the comment's marks; empty where there is none
 */
capsa_slice capsa_ledger_cut(capsa_slice text, capsa_slice *rest);

/**
 * Make the draft what the ledger says of it. Its blocks are those of the
 * Markdown above, in order and untouched by any pass.
 * @return false where the two do not belong together: the draft is as before
 */
bool capsa_ledger_apply(capsa_slice ledger, capsa_draft *draft);

#endif
