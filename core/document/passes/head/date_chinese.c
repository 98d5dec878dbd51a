/* date_chinese.c -- a date in Chinese numerals: 一九六四年一月十七日. */
#include <string.h>

#include "base/slice.h"
#include "document/passes/head/date_parts.h"
#include "text/chars.h"

#define NUMERAL_BYTES 3
#define YEAR_DIGITS 4

/* 0 to 9, 10 for 十; -1 for what is none. */
static int numeral_at(capsa_slice text, size_t at) {
  static const char *const numerals[] = {"〇", "一", "二", "三", "四", "五",
                                         "六", "七", "八", "九", "十"};
  capsa_slice sign = capsa_slice_cut(text, at, at + NUMERAL_BYTES);
  for (int i = 0; i <= 10; i++)
    if (capsa_slice_is(sign, numerals[i])) return i;
  return capsa_slice_is(sign, "零") || capsa_slice_is(sign, "○") ? 0 : -1;
}

/* A day or a month: 七, 十, 十七, 二十, 二十七. Moves `*at` behind it and
 * behind `unit`; 0 where there is none. */
static int read_counted(capsa_slice text, size_t *at, const char *unit) {
  int value = 0, last = -1;
  size_t i = *at;
  for (int n; (n = numeral_at(text, i)) >= 0; i += NUMERAL_BYTES) {
    if (i - *at > 2 * NUMERAL_BYTES) return 0;
    value = n == 10 ? (value ? value * 10 : 10) : value + n;
    if (last >= 0 && last < 10 && n < 10) return 0;
    last = n;
  }
  if (!value || !capsa_slice_starts(capsa_slice_from(text, i), unit)) return 0;
  *at = i + strlen(unit);
  return value;
}

/* The year whose four numerals end at `end`; 0 for none. */
static int year_before(capsa_slice text, size_t end) {
  int year = 0;
  if (end < YEAR_DIGITS * NUMERAL_BYTES) return 0;
  for (size_t i = 0; i < YEAR_DIGITS; i++) {
    int n = numeral_at(text, end - (YEAR_DIGITS - i) * NUMERAL_BYTES);
    if (n < 0 || n > 9) return 0;
    year = year * 10 + n;
  }
  return year >= 1000 && year <= 2100 ? year : 0;
}

bool capsa_date_find_chinese(capsa_slice text, size_t from, capsa_date *out) {
  for (size_t at = from;
       (at = capsa_slice_finds(text, "年", at)) != CAPSA_NOT_FOUND;
       at += NUMERAL_BYTES) {
    size_t end = at + NUMERAL_BYTES, start = at - YEAR_DIGITS * NUMERAL_BYTES;
    int year = year_before(text, at);
    int month = year && start >= from ? read_counted(text, &end, "月") : 0;
    if (month < 1 || month > 12) continue;
    int day = read_counted(text, &end, "日");
    *out = (capsa_date){.year = year,
                        .month = month,
                        .day = day <= 31 ? day : 0,
                        .at = {start, end}};
    return true;
  }
  return false;
}
