/* follow.h -- a stretch of a text, in the same text with other repairs. */
#ifndef CAPSA_CORE_ANNOTATE_FOLLOW_H
#define CAPSA_CORE_ANNOTATE_FOLLOW_H

#include "capsa/base.h"

/**
 * Find the bytes `at` of `old` in `new`, which has the same letters before
 * them, or the same letters behind them, and other spaces, hyphens and line
 * feeds. The bytes themselves have to be the same.
 * @param at   not empty, on character borders
 * @param out  written where it is found
 */
bool capsa_follow(capsa_slice old, capsa_slice new, capsa_range at,
                  capsa_range *out);

#endif
