/* date_parts.h -- inside of dates.c: one date, or the half of one.
 *
 * "July 31, 1958", "31. Juli 1958", "31 июля 1958 г.", "31 de julio de 1958",
 * "1958-07-31", "31.7.1958", "31.VII.1958", "1958年7月31日"; of the two that
 * Russia's letters bear up to 1918, "18/31 January 1918", the new one.
 *
 * Each function moves `*at` behind what it has read, and only then.
 */
#ifndef CAPSA_CORE_DOCUMENT_DATE_PARTS_H
#define CAPSA_CORE_DOCUMENT_DATE_PARTS_H

#include "document/passes/passes.h"

typedef struct capsa_date_part {
  int year, month, day; /* 0 where not given */
  size_t end;           /* behind it */
} capsa_date_part;

/** A date, or a day or month without the rest, that begins at `at`. */
bool capsa_date_part_read(capsa_slice text, size_t at, capsa_date_part *out);

/** The first date in Chinese numerals, "一九五八年七月三十一日", that begins at
 * or after `from`. Not one of the functions that move `*at`. */
bool capsa_date_find_chinese(capsa_slice text, size_t from, capsa_date *out);

/** Four figures from 1000 to 2100 that are no part of a longer number. */
bool capsa_date_read_year(capsa_slice text, size_t *at, int *year);

/** One of `words`, NULL behind the last, without case; no letter behind it. */
bool capsa_date_skip_word(capsa_slice text, size_t *at,
                          const char *const *words);
bool capsa_date_skip_sign(capsa_slice text, size_t *at, const char *sign);

/** White space and any of `signs`, but no line end. */
void capsa_date_skip_spaces(capsa_slice text, size_t *at, const char *signs);

/** What may stand between day, month and year. */
void capsa_date_skip_between(capsa_slice text, size_t *at);

#endif
