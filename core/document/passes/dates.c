/* dates.c -- dates as English records print them. Other languages and
 * calendars come with the documents issue. */
#include <stdio.h>
#include <string.h>

#include "base/slice.h"
#include "document/passes/passes.h"
#include "text/chars.h"

static const char *const months[12] = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

/* A month's name in full, or its first three letters and perhaps a stop. */
static int month_of(capsa_slice word) {
  for (int m = 0; m < 12; m++) {
    if (capsa_slice_equal_nocase(word, capsa_slice_of(months[m]))) return m + 1;
    if (word.len == 3 &&
        capsa_slice_equal_nocase(word, (capsa_slice){months[m], 3}))
      return m + 1;
  }
  return capsa_slice_equal_nocase(word, CAPSA_LITERAL("sept")) ? 9 : 0;
}

typedef struct token {
  capsa_slice text;
  size_t start, end;
  int number; /* -1 for a word */
} token;

/* The next run of letters or of digits; signs between are passed over. */
static bool next_token(capsa_slice text, size_t *at, token *out) {
  size_t i = *at;
  while (i < text.len && !capsa_is_digit((unsigned char)text.ptr[i]) &&
         !((text.ptr[i] | 32) >= 'a' && (text.ptr[i] | 32) <= 'z'))
    i++;
  if (i == text.len) return false;
  bool digits = capsa_is_digit((unsigned char)text.ptr[i]);
  size_t start = i;
  int number = digits ? 0 : -1;
  for (; i < text.len; i++) {
    unsigned char c = (unsigned char)text.ptr[i];
    if (digits != capsa_is_digit(c) || (!digits && !capsa_is_letter(c))) break;
    if (digits && number < 100000) number = number * 10 + (c - '0');
  }
  *out = (token){capsa_slice_cut(text, start, i), start, i, number};
  *at = i;
  return true;
}

static bool is_year(const token *t) {
  return t->number >= 1000 && t->number <= 2100 && t->text.len == 4;
}

static bool is_day(const token *t) {
  return t->number >= 1 && t->number <= 31 && t->text.len <= 2;
}

/* Only these may stand between the parts of a date. */
static bool is_near(capsa_slice text, const token *a, const token *b) {
  for (size_t i = a->end; i < b->start; i++)
    if (!strchr(" ,.-/\t", text.ptr[i]) && (unsigned char)text.ptr[i] != 0xC2 &&
        (unsigned char)text.ptr[i] != 0xA0)
      return false;
  return b->start - a->end <= 4;
}

/* Does a date stand at tokens t[0], t[1], t[2]? */
static bool read_date(capsa_slice text, const token t[3], size_t n,
                      capsa_date *out) {
  bool two = n >= 2 && is_near(text, &t[0], &t[1]);
  bool three = two && n >= 3 && is_near(text, &t[1], &t[2]);
  int m0 = month_of(t[0].text), m1 = two ? month_of(t[1].text) : 0;
  size_t last = 2;
  if (three && m0 && is_day(&t[1]) && is_year(&t[2]))
    *out = (capsa_date){t[2].number, m0, t[1].number, {0}};
  else if (three && is_day(&t[0]) && m1 && is_year(&t[2]))
    *out = (capsa_date){t[2].number, m1, t[0].number, {0}};
  else if (three && is_year(&t[0]) && text.ptr[t[0].end] == '-' &&
           t[1].text.len == 2 && t[1].number >= 1 && t[1].number <= 12 &&
           is_day(&t[2]))
    *out = (capsa_date){t[0].number, t[1].number, t[2].number, {0}};
  else if (two && m0 && is_year(&t[1])) {
    *out = (capsa_date){t[1].number, m0, 0, {0}};
    last = 1;
  } else return false;
  out->at = (capsa_range){t[0].start, t[last].end};
  return true;
}

bool capsa_date_find(capsa_slice text, capsa_date *out) {
  token t[3];
  size_t n = 0, at = 0;
  while (n < 3 && next_token(text, &at, &t[n])) n++;
  while (n) {
    if (read_date(text, t, n, out)) return true;
    t[0] = t[1];
    t[1] = t[2];
    n--;
    if (n == 2 && next_token(text, &at, &t[2])) n++;
  }
  return false;
}

size_t capsa_date_to_iso(const capsa_date *date, char out[CAPSA_DATE_ISO_MAX]) {
  int len = snprintf(out, CAPSA_DATE_ISO_MAX, "%04d", date->year % 10000);
  if (date->month)
    len += snprintf(out + len, CAPSA_DATE_ISO_MAX - (size_t)len, "-%02d",
                    date->month % 100);
  if (date->month && date->day)
    len += snprintf(out + len, CAPSA_DATE_ISO_MAX - (size_t)len, "-%02d",
                    date->day % 100);
  return (size_t)len;
}

capsa_slice capsa_date_iso(capsa_arena *arena, capsa_slice text) {
  capsa_date date;
  char iso[CAPSA_DATE_ISO_MAX];
  if (!capsa_date_find(text, &date)) return (capsa_slice){0};
  size_t len = capsa_date_to_iso(&date, iso);
  return capsa_arena_copy(arena, (capsa_slice){iso, len});
}
