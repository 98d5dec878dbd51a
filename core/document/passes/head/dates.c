/* dates.c -- dates as records print them, in five languages and in figures.
 *
 * A date has a year, so the years are looked for, and what stands before one
 * is read (date_parts.h); two dates with a dash between bound a time, and the
 * first leaves out what the second says.
 */
#include <stdio.h>
#include <string.h>

#include "base/slice.h"
#include "document/passes/head/date_parts.h"
#include "document/passes/passes.h"
#include "text/chars.h"

/* Bytes before a year in which its date begins: "31 de septiembre de 1958 al
 * 3 de noviembre de". */
#define BEFORE_YEAR_MAX 64

static bool is_digit_at(capsa_slice text, size_t i) {
  return i < text.len && capsa_is_digit((unsigned char)text.ptr[i]);
}

static bool is_letter_at(capsa_slice text, size_t i) {
  return i < text.len && capsa_is_letter(capsa_utf8_next(text, i).value);
}

/* ---- two dates */

static bool skip_dash(capsa_slice text, size_t *at) {
  static const char *const words[] = {
      "to", "through", "and", "bis", "und", "au", "et", "al", "по", "и", NULL};
  size_t i = *at;
  capsa_date_skip_spaces(text, &i, "");
  if (!capsa_date_skip_word(text, &i, words) &&
      !capsa_date_skip_sign(text, &i, "-") &&
      !capsa_date_skip_sign(text, &i, "–") &&
      !capsa_date_skip_sign(text, &i, "—") &&
      !capsa_date_skip_sign(text, &i, "/"))
    return false;
  capsa_date_skip_spaces(text, &i, "");
  *at = i;
  return true;
}

/* The second half of a range; a bare day may have its year behind it. */
static bool read_second(capsa_slice text, size_t at, capsa_date_part *out) {
  if (!capsa_date_part_read(text, at, out)) return false;
  if (!out->month) {
    size_t next = out->end;
    capsa_date_skip_between(text, &next);
    if (capsa_date_read_year(text, &next, &out->year)) out->end = next;
  }
  return out->year > 0;
}

static long order(const capsa_date_part *p) {
  return p->year * 10000L + p->month * 100L + p->day;
}

/* What the first leaves out the second says, and the other way round. */
static bool complete(capsa_date_part *first, capsa_date_part *second) {
  if (!first->year) first->year = second->year;
  if (!first->month) first->month = second->month;
  if (!second->month) second->month = first->month;
  return first->month && second->month && !first->day == !second->day &&
         order(first) < order(second);
}

/* ---- the old calendar */

static long julian_day(int year, int month, int day) {
  long a = (14 - month) / 12, y = year + 4800 - a, m = month + 12 * a - 3;
  return day + (153 * m + 2) / 5 + 365 * y + y / 4 - 32083;
}

/* The date in the new calendar of a day that the old one counts so. */
static void to_new_style(int *year, int *month, int *day) {
  if (!*year || !*day) return;
  long a = julian_day(*year, *month, *day) + 32044;
  long b = (4 * a + 3) / 146097, c = a - 146097 * b / 4;
  long d = (4 * c + 3) / 1461, e = c - 1461 * d / 4, m = (5 * e + 2) / 153;
  *day = (int)(e - (153 * m + 2) / 5 + 1);
  *month = (int)(m + 3 - 12 * (m / 10));
  *year = (int)(100 * b + d - 4800 + m / 10);
}

/* "3 February 1848 (O.S. 22 January)": both are given, the first is new. */
static bool has_day(capsa_slice text, size_t at) {
  capsa_date_part other;
  capsa_date_skip_spaces(text, &at, ",");
  return capsa_date_part_read(text, at, &other);
}

/* Where "(Old Style)" behind a date ends; 0 where nothing says so. */
static size_t old_style_end(capsa_slice text, size_t at) {
  static const char *const words[] = {
      "o.s.",   "old style", "ст. ст.", "ст.ст.", "по старому стилю",
      "a. st.", "ст. стиля", NULL};
  static const char *const year_words[] = {"г.", "года", NULL};
  capsa_date_skip_spaces(text, &at, ",");
  if (capsa_date_skip_word(text, &at, year_words))
    capsa_date_skip_spaces(text, &at, ",");
  capsa_date_skip_spaces(text, &at, "([");
  if (!capsa_date_skip_word(text, &at, words)) return 0;
  if (has_day(text, at)) return 0;
  return at + (at < text.len && strchr(")]", text.ptr[at]) != NULL);
}

/* ---- doubt */

static bool ends_word(capsa_slice text, const char *word) {
  size_t len = strlen(word);
  if (text.len < len ||
      !capsa_slice_equal_nocase(capsa_slice_from(text, text.len - len),
                                capsa_slice_of(word)))
    return false;
  return text.len == len ||
         !capsa_is_letter(capsa_utf8_before(text, text.len - len).value);
}

/* A word before the date or a mark behind it, which then belong to it. */
static void read_doubt(capsa_slice text, capsa_date *date) {
  static const struct {
    const char *word;
    char sign;
  } before[] = {{"about", '~'},   {"circa", '~'},    {"ca.", '~'},
                {"c.", '~'},      {"around", '~'},   {"early", '~'},
                {"late", '~'},    {"mid-", '~'},     {"approximately", '~'},
                {"около", '~'},   {"um", '~'},       {"vers", '~'},
                {"hacia", '~'},   {"probably", '?'}, {"possibly", '?'},
                {"perhaps", '?'}, {NULL, 0}};
  static const char *const behind[] = {"?", "[?]", "(?)", " [?]", " (?)", NULL};
  capsa_slice rest = capsa_slice_from(text, date->at.end_byte);
  for (int i = 0; behind[i] && !date->doubt; i++)
    if (capsa_slice_starts(rest, behind[i])) {
      date->doubt = '?';
      date->at.end_byte += strlen(behind[i]);
    }
  size_t end = date->at.start_byte;
  while (end && text.ptr[end - 1] == ' ') end--;
  capsa_slice left = capsa_slice_cut(text, 0, end);
  for (int i = 0; before[i].word && !date->doubt; i++)
    if (ends_word(left, before[i].word)) {
      date->doubt = before[i].sign;
      date->at.start_byte = end - strlen(before[i].word);
    }
}

/* ---- the whole */

static bool date_at(capsa_slice text, size_t at, capsa_date *out) {
  capsa_date_part first, second;
  if (!capsa_date_part_read(text, at, &first)) return false;
  size_t next = first.end;
  capsa_date_part begin = first;
  bool range = skip_dash(text, &next) && read_second(text, next, &second) &&
               complete(&begin, &second);
  if (range) first = begin;
  if (!first.year || !first.month) return false;
  *out = (capsa_date){.year = first.year,
                      .month = first.month,
                      .day = first.day,
                      .at = {at, range ? second.end : first.end}};
  if (range) {
    out->end_year = second.year;
    out->end_month = second.month;
    out->end_day = second.day;
  }
  return true;
}

/* A word or number begins at `i`; a point before a number is no beginning, as
 * in "611.93". */
static bool begins_at(capsa_slice text, size_t i) {
  if (is_digit_at(text, i))
    return !i ||
           !(is_digit_at(text, i - 1) || (strchr(".:", text.ptr[i - 1]) &&
                                          i > 1 && is_digit_at(text, i - 2)));
  return ((unsigned char)text.ptr[i] & 0xC0) != 0x80 && is_letter_at(text, i) &&
         !(i && capsa_is_letter(capsa_utf8_before(text, i).value));
}

/* The next four figures that may be a year, at or after `at`. */
static size_t next_year(capsa_slice text, size_t at) {
  for (; at + 4 <= text.len; at++) {
    int year;
    size_t i = at;
    if ((text.ptr[at] == '1' || text.ptr[at] == '2') &&
        capsa_date_read_year(text, &i, &year))
      return at;
  }
  return CAPSA_NOT_FOUND;
}

static bool next_in_figures(capsa_slice text, size_t from, capsa_date *out) {
  for (size_t year = from; (year = next_year(text, year)) != CAPSA_NOT_FOUND;
       year++) {
    size_t i = year > BEFORE_YEAR_MAX ? year - BEFORE_YEAR_MAX : 0;
    for (i = i < from ? from : i; i <= year; i++) {
      if (!begins_at(text, i) || !date_at(text, i, out)) continue;
      size_t old = old_style_end(text, out->at.end_byte);
      if (old) {
        out->at.end_byte = old;
        to_new_style(&out->year, &out->month, &out->day);
        to_new_style(&out->end_year, &out->end_month, &out->end_day);
      }
      read_doubt(text, out);
      return true;
    }
  }
  return false;
}

bool capsa_date_next(capsa_slice text, size_t from, capsa_date *out) {
  capsa_date chinese;
  bool found = next_in_figures(text, from, out);
  if (found) text = capsa_slice_cut(text, 0, out->at.start_byte);
  if (!capsa_date_find_chinese(text, from, &chinese)) return found;
  *out = chinese;
  return true;
}

bool capsa_date_find(capsa_slice text, capsa_date *out) {
  return capsa_date_next(text, 0, out);
}

static size_t put_iso(char *out, size_t room, int year, int month, int day) {
  int len = snprintf(out, room, "%04d", year % 10000);
  if (month)
    len += snprintf(out + len, room - (size_t)len, "-%02d", month % 100);
  if (month && day)
    len += snprintf(out + len, room - (size_t)len, "-%02d", day % 100);
  return (size_t)len;
}

size_t capsa_date_to_iso(const capsa_date *date, char out[CAPSA_DATE_ISO_MAX]) {
  size_t len =
      put_iso(out, CAPSA_DATE_ISO_MAX, date->year, date->month, date->day);
  if (date->doubt) out[len++] = date->doubt;
  if (!date->end_year) return len;
  out[len++] = '/';
  len += put_iso(out + len, CAPSA_DATE_ISO_MAX - len, date->end_year,
                 date->end_month, date->end_day);
  if (date->doubt) out[len++] = date->doubt;
  return len;
}

capsa_slice capsa_date_iso(capsa_arena *arena, capsa_slice text) {
  capsa_date date;
  char iso[CAPSA_DATE_ISO_MAX];
  if (!capsa_date_find(text, &date)) return (capsa_slice){0};
  size_t len = capsa_date_to_iso(&date, iso);
  return capsa_arena_copy(arena, (capsa_slice){iso, len});
}
