/* dates.h -- inside of ask.h: dates as people type them.
 *
 * `1956`, `1956-02`, `14.2.1956`, `2/14/1956`, `14 Feb 1956`, `1956年2月`,
 * `1950s`, and two of them: `1956..1958`, `1956-58`, `Feb–Mar 1956`, `..1958`,
 * `1956-`, `1956 to 1958`. Between full stops the day comes first, between
 * slashes the month, where that can be.
 */
#ifndef CAPSA_CORE_SEARCH_ASK_DATES_H
#define CAPSA_CORE_SEARCH_ASK_DATES_H

#include "base/arena.h"
#include "base/buf.h"

/** Bytes of a date that are looked at; longer texts are none. */
#define CAPSA_ASK_DATE_BYTES_MAX 64

/** Words that a date behind `date:` may go over: "14 February 1956 to 3 March
 * 1956". */
#define CAPSA_ASK_DATE_WORDS_MAX 7

/** Bytes of "1956-02-14" with room for a zero. */
#define CAPSA_ASK_ISO_MAX 11

typedef struct capsa_ask_dates {
  char from[CAPSA_ASK_ISO_MAX]; /* "1956", "1956-02", "1956-02-14"; empty for */
  char to[CAPSA_ASK_ISO_MAX];   /* an open end, but never both; in order */
} capsa_ask_dates;

/** @return whether all of `text` is a date, or two */
bool capsa_ask_dates_read(capsa_slice text, capsa_ask_dates *out);

/** The longest date that begins at `at` and ends before a blank, a bracket or
 * the end. @return where it ends; `at` where there is none */
size_t capsa_ask_dates_find(capsa_slice text, size_t at, capsa_ask_dates *out);

/** Would a year behind it, or the rest of one, make `text` a date? "Feb",
 * "14 Feb 19" */
bool capsa_ask_dates_may_come(capsa_slice text);

/** Write `14 February 1956`, of "1956-02-14". */
void capsa_ask_date_put(capsa_slice iso, capsa_buf *out);

#endif
