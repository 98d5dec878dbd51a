#include "base/slice.h"
#include "cite/cite.h"

static bool read_number(capsa_slice digits, int *out) {
  *out = 0;
  for (size_t i = 0; i < digits.len; i++) {
    if (digits.ptr[i] < '0' || digits.ptr[i] > '9') return false;
    *out = *out * 10 + (digits.ptr[i] - '0');
  }
  return digits.len > 0;
}

bool capsa_cite_read_date(capsa_slice text, capsa_cited_date *out) {
  capsa_cited_date date = {0};
  if (text.len != 4 && text.len != 7 && text.len != 10) return false;
  if (!read_number(capsa_slice_cut(text, 0, 4), &date.year)) return false;
  if (text.len > 4 && (text.ptr[4] != '-' ||
                       !read_number(capsa_slice_cut(text, 5, 7), &date.month) ||
                       date.month < 1 || date.month > 12))
    return false;
  if (text.len > 7 && (text.ptr[7] != '-' ||
                       !read_number(capsa_slice_cut(text, 8, 10), &date.day) ||
                       date.day < 1 || date.day > 31))
    return false;
  *out = date;
  return true;
}

static const char *month_name(int month) {
  static const char *const names[] = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  return names[month - 1];
}

static void put_one(capsa_buf *out, capsa_cited_date date, bool with_year) {
  if (date.month) capsa_buf_puts(out, month_name(date.month));
  if (date.day) capsa_buf_putf(out, " %d", date.day);
  if (!with_year) return;
  if (date.month) capsa_buf_puts(out, date.day ? ", " : " ");
  capsa_buf_putf(out, "%d", date.year);
}

/* What both have in common is said once: July 3–5, 1958. */
static void put_two(capsa_buf *out, capsa_cited_date first,
                    capsa_cited_date last) {
  bool same_year = first.year == last.year && first.month && last.month &&
                   !first.day == !last.day;
  put_one(out, first, !same_year);
  capsa_buf_puts(out, "–");
  if (same_year && first.day && first.month == last.month)
    capsa_buf_putf(out, "%d, %d", last.day, last.year);
  else put_one(out, last, true);
}

/* EDTF's doubt: "1958~" is about then, "1958?" perhaps. */
static bool put_doubted(capsa_buf *out, capsa_slice iso) {
  capsa_cited_date date;
  char doubt = iso.len ? iso.ptr[iso.len - 1] : 0;
  if (doubt != '~' && doubt != '?') return false;
  if (!capsa_cite_read_date(capsa_slice_cut(iso, 0, iso.len - 1), &date))
    return false;
  if (doubt == '~') capsa_buf_puts(out, "ca. ");
  put_one(out, date, true);
  if (doubt == '?') capsa_buf_putc(out, '?');
  return true;
}

bool capsa_cite_put_date(capsa_buf *out, capsa_slice iso) {
  if (put_doubted(out, iso)) return true;
  size_t slash = capsa_slice_finds(iso, "/", 0);
  capsa_cited_date first, last;
  if (!capsa_cite_read_date(capsa_slice_cut(iso, 0, slash), &first))
    return false;
  if (slash == CAPSA_NOT_FOUND) {
    put_one(out, first, true);
    return true;
  }
  if (!capsa_cite_read_date(capsa_slice_from(iso, slash + 1), &last))
    return false;
  put_two(out, first, last);
  return true;
}
