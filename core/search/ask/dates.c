/* dates.c -- two dates are looked for in the order of how plainly they are
 * parted: by two full stops, by nothing (one date), by a dash or `to`. So
 * `1956-02` is a month, and `1956-58`, which is none, two years. */
#include "search/ask/dates.h"

#include <stdio.h>

#include "base/slice.h"
#include "document/passes/head/date_parts.h"
#include "search/ask/signs.h"

/* A day, a month, a year or a decade: its first and its last date. */
typedef struct span {
  capsa_date_part first, last;
} span;

/* ---- what is typed, in plain signs */

typedef struct plain_text {
  char bytes[CAPSA_ASK_DATE_BYTES_MAX + 4];
  size_t len;
} plain_text;

static void put_bytes(plain_text *out, const char *bytes, size_t len) {
  if (out->len + len > CAPSA_ASK_DATE_BYTES_MAX) len = 0;
  memcpy(out->bytes + out->len, bytes, len);
  out->len += len;
}

/* Full-width and Arabic figures, dashes, `…`, blanks of every kind. */
static capsa_slice to_plain(capsa_slice text, plain_text *out) {
  out->len = 0;
  for (size_t i = 0; i < text.len;) {
    capsa_codepoint cp = capsa_utf8_next(text, i);
    uint32_t c = capsa_ask_plain(cp.value);
    if (c >= 0x660 && c <= 0x669) c = c - 0x660 + '0';
    if (c >= 0x6F0 && c <= 0x6F9) c = c - 0x6F0 + '0';
    if (c == 0x2013 || c == 0x2014 || c == '~') c = '-';
    if (capsa_ask_is_blank(c)) c = ' ';
    char ascii = (char)c;
    if (c == 0x2026) put_bytes(out, "..", 2);
    else if (c < 0x80) put_bytes(out, &ascii, 1);
    else put_bytes(out, text.ptr + i, cp.len);
    i += cp.len;
  }
  return capsa_slice_trim((capsa_slice){out->bytes, out->len});
}

/* ---- one date */

static int days_in(int year, int month) {
  static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && leap);
}

static bool is_date(const capsa_date_part *p) {
  if (p->year < 1000 || p->year > 2100 || p->month < 0 || p->month > 12 ||
      p->day < 0)
    return false;
  return !p->day || (p->month && p->day <= days_in(p->year, p->month));
}

/* Up to three numbers, parted by one sign of `-/.` throughout. */
static size_t read_numbers(capsa_slice text, int numbers[3], size_t lens[3],
                           char *sign) {
  size_t count = 0, at = 0;
  *sign = 0;
  while (count < 3) {
    size_t start = at;
    numbers[count] = 0;
    for (; at < text.len && capsa_is_digit((uint8_t)text.ptr[at]); at++)
      if (at - start < 5)
        numbers[count] = numbers[count] * 10 + text.ptr[at] - '0';
    lens[count] = at - start;
    if (!lens[count] || lens[count] > 4 || lens[count] == 3) return 0;
    count++;
    if (at == text.len) return count;
    char c = text.ptr[at++];
    if (!strchr("-/.", c) || (*sign && c != *sign)) return 0;
    *sign = c;
  }
  return 0;
}

/* "1956", "1956-2", "1956.02.14", "2/1956", "14.2.1956", "2/14/1956" */
static bool read_figures(capsa_slice text, capsa_date_part *out) {
  int n[3];
  size_t lens[3];
  char sign;
  size_t count = read_numbers(text, n, lens, &sign);
  if (!count) return false;
  size_t year = lens[0] == 4 ? 0 : count - 1;
  if (lens[year] != 4) return false;
  capsa_date_part p = {.year = n[year]};
  if (count == 2) p.month = n[1 - year];
  if (count == 3) p.month = n[1];
  if (count == 3) p.day = n[2 - year];
  if (count > 1 && (!p.month || (count == 3 && !p.day))) return false;
  capsa_date_part other = {.year = p.year, .month = p.day, .day = p.month};
  bool month_first = count == 3 && year == 2 && sign == '/';
  if (month_first && n[0] && is_date(&(capsa_date_part){p.year, n[0], n[1], 0}))
    p = other;
  if (!is_date(&p) && count == 3 && year == 2 && other.month) p = other;
  *out = p;
  return is_date(&p);
}

/* "1950s", "1950's", "1950’s" */
static bool read_decade(capsa_slice text, span *out) {
  int year = 0;
  if (text.len < 5) return false;
  for (size_t i = 0; i < 4; i++) {
    if (!capsa_is_digit((uint8_t)text.ptr[i])) return false;
    year = year * 10 + text.ptr[i] - '0';
  }
  capsa_slice end = capsa_slice_from(text, 4);
  if (year % 10 || !(capsa_slice_is(end, "s") || capsa_slice_is(end, "'s") ||
                     capsa_slice_is(end, "’s")))
    return false;
  out->first = (capsa_date_part){.year = year};
  out->last = (capsa_date_part){.year = year + 9};
  return is_date(&out->first) && is_date(&out->last);
}

/* In words, or in figures with the signs of a language. A year may be missing,
 * and a month, where the other date has them. */
static bool read_worded(capsa_slice text, capsa_date_part *out) {
  if (!capsa_date_part_read(text, 0, out)) return false;
  capsa_slice rest = capsa_slice_trim(capsa_slice_from(text, out->end));
  return !rest.len || capsa_slice_is(rest, ".") || capsa_slice_is(rest, "г.");
}

static bool read_span(capsa_slice text, span *out) {
  if (read_decade(text, out)) return true;
  if (!read_figures(text, &out->first) && !read_worded(text, &out->first))
    if (!capsa_slice_ends(text, "年") ||
        !read_figures(capsa_slice_cut(text, 0, text.len - strlen("年")),
                      &out->first))
      return false;
  out->last = out->first;
  return true;
}

/* ---- two dates */

static bool is_before(const capsa_date_part *a, const capsa_date_part *b) {
  if (a->year != b->year) return a->year < b->year;
  if (!a->month || !b->month || a->month != b->month)
    return a->month && b->month && a->month < b->month;
  return a->day && b->day && a->day < b->day;
}

static void put_iso(const capsa_date_part *p, char out[CAPSA_ASK_ISO_MAX]) {
  char text[40];
  int len =
      snprintf(text, sizeof text, "%04d-%02d-%02d", p->year, p->month, p->day);
  size_t want = !p->month ? 4 : !p->day ? 7 : 10;
  memset(out, 0, CAPSA_ASK_ISO_MAX);
  if (len == CAPSA_ASK_ISO_MAX - 1) memcpy(out, text, want);
}

/* "58" behind "1956". */
static bool read_short_year(capsa_slice text, const span *first, span *out) {
  if (text.len != 2 || !capsa_is_digit((uint8_t)text.ptr[0]) ||
      !capsa_is_digit((uint8_t)text.ptr[1]) || first->last.month)
    return false;
  int year = first->last.year / 100 * 100 + (text.ptr[0] - '0') * 10 +
             text.ptr[1] - '0';
  out->first = out->last = (capsa_date_part){.year = year};
  return year > first->last.year;
}

/* "14" and "Feb" have what they lack from the date behind. */
static void complete(span *first, const span *last) {
  if (first->first.year) return;
  if (!first->first.month) first->first.month = last->first.month;
  first->first.year = last->first.year;
  first->last = first->first;
}

static bool join(capsa_slice left, capsa_slice right, capsa_ask_dates *out) {
  span first = {0}, last = {0};
  left = capsa_slice_trim(left);
  right = capsa_slice_trim(right);
  memset(out, 0, sizeof *out);
  if (!left.len && !right.len) return false;
  if (left.len && !read_span(left, &first)) return false;
  if (right.len && !(left.len && read_short_year(right, &first, &last)) &&
      !read_span(right, &last))
    return false;
  if (left.len && right.len) complete(&first, &last);
  if (left.len && !is_date(&first.first)) return false;
  if (right.len && !is_date(&last.last)) return false;
  if (left.len && right.len && is_before(&last.last, &first.first)) {
    span later = first;
    first = last;
    last = later;
  }
  if (left.len) put_iso(&first.first, out->from);
  if (right.len) put_iso(&last.last, out->to);
  return true;
}

static bool read_one(capsa_slice text, capsa_ask_dates *out) {
  span one = {0};
  if (!read_span(text, &one) || !is_date(&one.first)) return false;
  put_iso(&one.first, out->from);
  put_iso(&one.last, out->to);
  return true;
}

/* At any `sign` that makes two dates of the text. */
static bool read_two(capsa_slice text, const char *sign, capsa_ask_dates *out) {
  size_t at = 0;
  while ((at = capsa_slice_finds(text, sign, at)) != CAPSA_NOT_FOUND) {
    capsa_slice left = capsa_slice_cut(text, 0, at);
    at += strlen(sign);
    if (join(left, capsa_slice_from(text, at), out)) return true;
  }
  return false;
}

bool capsa_ask_dates_read(capsa_slice text, capsa_ask_dates *out) {
  plain_text plain;
  if (text.len > CAPSA_ASK_DATE_BYTES_MAX) return false;
  capsa_slice typed = to_plain(text, &plain);
  if (!typed.len) return false;
  return read_two(typed, "...", out) || read_two(typed, "..", out) ||
         read_one(typed, out) || read_two(typed, "-", out) ||
         read_two(typed, "/", out) || read_two(typed, " to ", out);
}

size_t capsa_ask_dates_find(capsa_slice text, size_t at, capsa_ask_dates *out) {
  size_t ends[CAPSA_ASK_DATE_WORDS_MAX], count = 0, end = at;
  while (count < CAPSA_ASK_DATE_WORDS_MAX && end < text.len) {
    capsa_codepoint cp = capsa_utf8_next(text, end);
    uint32_t c = capsa_ask_plain(cp.value);
    if (c == '(' || c == ')' || c == '|' || capsa_ask_quotes(c)) break;
    if (capsa_ask_is_blank(c) && end > at &&
        !capsa_ask_is_blank_before(text, end))
      ends[count++] = end;
    if (end - at > CAPSA_ASK_DATE_BYTES_MAX) return at;
    end += cp.len;
  }
  if (count < CAPSA_ASK_DATE_WORDS_MAX) ends[count++] = end;
  while (count) {
    size_t last = ends[--count];
    capsa_slice value = capsa_slice_cut(text, at, last);
    while (value.len && strchr(",;!?", value.ptr[value.len - 1])) value.len--;
    if (capsa_ask_dates_read(value, out)) return last;
  }
  return at;
}

bool capsa_ask_dates_may_come(capsa_slice text) {
  static const char year[] = " 1950";
  char whole[CAPSA_ASK_DATE_BYTES_MAX];
  capsa_ask_dates dates;
  if (!text.len || text.len + sizeof year > sizeof whole) return false;
  memcpy(whole, text.ptr, text.len);
  for (size_t i = 0; year[i]; i++) {
    size_t len = strlen(year + i);
    memcpy(whole + text.len, year + i, len);
    if (capsa_ask_dates_read((capsa_slice){whole, text.len + len}, &dates))
      return true;
  }
  return false;
}

/* ---- in words */

void capsa_ask_date_put(capsa_slice iso, capsa_buf *out) {
  static const char *const months[] = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  int n[3] = {0, 0, 0};
  for (size_t i = 0, part = 0; i < iso.len && part < 3; i++)
    if (iso.ptr[i] == '-') part++;
    else n[part] = n[part] * 10 + (iso.ptr[i] - '0');
  if (n[2]) capsa_buf_putf(out, "%d ", n[2]);
  if (n[1] >= 1 && n[1] <= 12) capsa_buf_putf(out, "%s ", months[n[1] - 1]);
  capsa_buf_putf(out, "%d", n[0]);
}
