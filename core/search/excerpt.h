/* excerpt.h -- the piece of a text that shows most of its matches. */
#ifndef CAPSA_CORE_SEARCH_EXCERPT_H
#define CAPSA_CORE_SEARCH_EXCERPT_H

#include "capsa/base.h"

/** Length that an excerpt keeps to, in bytes. */
#define CAPSA_EXCERPT_BYTES 200

/**
 * A stretch of whole words, at most `limit` bytes long, that holds as many of
 * the matches as go in; the first such stretch. Where the text has no spaces
 * it is cut between characters. Without matches it is the beginning.
 *
 * @param matches  in `text`, by start, apart
 * @param limit    not 0. A single match that is longer is shown from its
 *                 start and cut
 */
capsa_range capsa_excerpt(capsa_slice text, const capsa_range *matches,
                          size_t count, size_t limit);

#endif
