/* signs.h -- inside of ask.h: the characters that mean something.
 *
 * Full-width forms are as good as plain ones; quotes come in families, and one
 * of a family closes what another of it has opened: "…", “…”, „…“, ”…”, but
 * not «…”.
 */
#ifndef CAPSA_CORE_SEARCH_ASK_SIGNS_H
#define CAPSA_CORE_SEARCH_ASK_SIGNS_H

#include "base/utf8.h"
#include "text/chars.h"

typedef enum capsa_quotes {
  CAPSA_QUOTES_NONE = 0,
  CAPSA_QUOTES_DOUBLE,
  CAPSA_QUOTES_ANGLES,
  CAPSA_QUOTES_CORNERS, /* this one and those behind it: East Asia's, which may
                           stand in a row of letters */
  CAPSA_QUOTES_WHITE_CORNERS,
  CAPSA_QUOTES_TITLE,
  CAPSA_QUOTES_TITLE_INNER,
  CAPSA_QUOTES_PRIMES,
  CAPSA_QUOTES_SINGLE, /* apostrophes too: quotes only in pairs around words */
  CAPSA_QUOTES_SINGLE_ANGLES
} capsa_quotes;

/** The character that a full-width or small form, a minus or a hyphen of any
 * kind stands for; others as they are. */
uint32_t capsa_ask_plain(uint32_t c);

/** White space and control characters, which part what is typed. */
bool capsa_ask_is_blank(uint32_t c);

/** Is there a blank before byte `at`, or the start of the text? */
bool capsa_ask_is_blank_before(capsa_slice text, size_t at);

/** Marks of direction, joiners and the like: nothing is seen of them. */
bool capsa_ask_is_invisible(uint32_t c);

/** The family that a quote is of. */
capsa_quotes capsa_ask_quotes(uint32_t c);

/** May this quote begin a phrase? Some only close one. */
bool capsa_ask_opens(uint32_t c);

#endif
