/* date_parts.c -- one date, or the half of one that a range leaves. */
#include "document/passes/head/date_parts.h"

#include <string.h>

#include "base/slice.h"
#include "text/chars.h"
#include "text/words.h"

/* Russia's calendar changed in February 1918; letters used both until then. */
#define OLD_STYLE_LAST 1923

/* ---- months */

/* Space before and behind each name, lower case. */
static const char *const months[12] = {
    (" january jan janvier janv januar jänner enero январь января янв "
     "stycznia gennaio janeiro ledna ianuarie januari "),
    (" february feb février fevrier févr februar febrero февраль "
     "февраля фев lutego febbraio fevereiro února februarie februari "),
    (" march mar mars märz marz marzo март марта мар marca março března "
     "martie maart "),
    (" april apr avril abril апрель апреля апр kwietnia aprile dubna "
     "aprilie "),
    (" may mai mayo май мая maja maggio maio května mei "),
    (" june jun juin juni junio июнь июня czerwca giugno junho června "
     "iunie "),
    (" july jul juillet juil juli julio июль июля lipca luglio julho "
     "července iulie "),
    (" august aug août aout agosto август августа авг sierpnia srpna "
     "augustus "),
    (" september sept sep septembre septiembre сентябрь сентября сент "
     "września settembre setembro září septembrie "),
    (" october oct octobre oktober okt octubre октябрь октября окт "
     "października ottobre outubro října octombrie "),
    (" november nov novembre noviembre ноябрь ноября нояб listopada "
     "novembro listopadu noiembrie "),
    (" december dec décembre decembre dezember dez diciembre dic "
     "декабрь декабря дек grudnia dicembre dezembro prosince decembrie "),
};

#define MONTH_BYTES_MAX 22

static int month_of(capsa_slice word) {
  char folded[CAPSA_WORD_BYTES_MAX * 2 + 2];
  if (word.len < 3 || word.len > MONTH_BYTES_MAX) return 0;
  size_t len = capsa_word_fold(word, folded + 1);
  folded[0] = folded[len + 1] = ' ';
  for (int m = 0; len && m < 12; m++)
    if (capsa_slice_find(capsa_slice_of(months[m]),
                         (capsa_slice){folded, len + 2}, 0) != CAPSA_NOT_FOUND)
      return m + 1;
  return 0;
}

/* I to XII between full stops. */
static int roman_month(capsa_slice word) {
  static const char *const numbers[12] = {
      "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"};
  for (int m = 0; m < 12; m++)
    if (capsa_slice_is(word, numbers[m])) return m + 1;
  return 0;
}

/* ---- parts. Each moves `*at` behind what it has read. */

static bool is_digit_at(capsa_slice text, size_t i) {
  return i < text.len && capsa_is_digit((unsigned char)text.ptr[i]);
}

static bool is_letter_at(capsa_slice text, size_t i) {
  return i < text.len && capsa_is_letter(capsa_utf8_next(text, i).value);
}

/* A number of `least` to `most` digits that is no part of a longer one. */
static bool read_number(capsa_slice text, size_t *at, size_t least, size_t most,
                        int *out) {
  size_t i = *at;
  int number = 0;
  if (i && is_digit_at(text, i - 1)) return false;
  for (; is_digit_at(text, i) && i - *at <= most; i++)
    number = number * 10 + (text.ptr[i] - '0');
  if (i - *at < least || i - *at > most) return false;
  *at = i;
  *out = number;
  return true;
}

static bool starts_word(capsa_slice text, size_t at, const char *word) {
  size_t len = strlen(word);
  return capsa_slice_equal_nocase(capsa_slice_cut(text, at, at + len),
                                  capsa_slice_of(word)) &&
         !is_letter_at(text, at + len);
}

bool capsa_date_skip_word(capsa_slice text, size_t *at,
                          const char *const *words) {
  for (; *words; words++)
    if (starts_word(text, *at, *words)) {
      *at += strlen(*words);
      return true;
    }
  return false;
}

/* "3", "3rd", "3.", "1er", "1º" */
static bool read_day(capsa_slice text, size_t *at, int *day) {
  static const char *const endings[] = {"st", "nd",       "rd",       "th",
                                        "er", "\xC2\xBA", "\xC2\xAA", NULL};
  size_t i = *at;
  if (!read_number(text, &i, 1, 2, day) || *day < 1 || *day > 31) return false;
  if (!capsa_date_skip_word(text, &i, endings) && is_letter_at(text, i))
    return false;
  *at = i;
  return true;
}

bool capsa_date_read_year(capsa_slice text, size_t *at, int *year) {
  size_t i = *at;
  if (!read_number(text, &i, 4, 4, year) || *year < 1000 || *year > 2100)
    return false;
  *at = i;
  return true;
}

static bool read_month(capsa_slice text, size_t *at, int *month) {
  size_t end = *at;
  while (is_letter_at(text, end)) end += capsa_utf8_next(text, end).len;
  *month = month_of(capsa_slice_cut(text, *at, end));
  if (*month) *at = end;
  return *month > 0;
}

void capsa_date_skip_spaces(capsa_slice text, size_t *at, const char *signs) {
  for (;;) {
    capsa_codepoint cp = capsa_utf8_next(text, *at);
    bool sign = cp.len == 1 && cp.value && strchr(signs, (int)cp.value);
    if (!cp.len || !(sign || (capsa_is_space(cp.value) && cp.value != '\n')))
      return;
    *at += cp.len;
  }
}

/* What may stand between day, month and year. */
void capsa_date_skip_between(capsa_slice text, size_t *at) {
  static const char *const words[] = {"day of", "of", "de", "del", NULL};
  capsa_date_skip_spaces(text, at, ",.");
  if (capsa_date_skip_word(text, at, words))
    capsa_date_skip_spaces(text, at, "");
}

/* ---- one date, or the half of one */

/* "/31" or " (31)" behind the day of the old calendar. */
static void read_new_style(capsa_slice text, size_t *at, int *day) {
  size_t i = *at;
  int other;
  capsa_date_skip_spaces(text, &i, "");
  if (i >= text.len || !strchr("/(", text.ptr[i])) return;
  bool bracket = text.ptr[i++] == '(';
  if (!read_day(text, &i, &other) || other < *day + 10 || other > *day + 13)
    return;
  if (bracket && (i >= text.len || text.ptr[i++] != ')')) return;
  *day = other;
  *at = i;
}

/* @param both  the day may be followed by that of the new calendar */
static bool read_days(capsa_slice text, size_t at, bool both,
                      capsa_date_part *out) {
  capsa_date_part p = {0};
  if (!read_day(text, &at, &p.day)) return false;
  p.end = at;
  int old = p.day;
  if (both) read_new_style(text, &at, &p.day);
  size_t next = at;
  capsa_date_skip_between(text, &next);
  if (read_month(text, &next, &p.month)) {
    p.end = at = next;
    capsa_date_skip_between(text, &next);
    if (capsa_date_read_year(text, &next, &p.year)) p.end = next;
  }
  if (p.day != old && (!p.year || p.year > OLD_STYLE_LAST)) return false;
  *out = p;
  return true;
}

static bool read_day_first(capsa_slice text, size_t at, capsa_date_part *out) {
  return read_days(text, at, true, out) || read_days(text, at, false, out);
}

/* "21 [31]": the editor's day, which is not the printed one. */
static void skip_correction(capsa_slice text, size_t *at) {
  size_t i = *at;
  int day;
  capsa_date_skip_spaces(text, &i, "");
  if (i < text.len && text.ptr[i++] == '[' && read_day(text, &i, &day) &&
      i < text.len && text.ptr[i] == ']')
    *at = i + 1;
}

static bool read_month_first(capsa_slice text, size_t at,
                             capsa_date_part *out) {
  capsa_date_part p = {0};
  if (!read_month(text, &at, &p.month)) return false;
  p.end = at;
  capsa_date_skip_between(text, &at);
  size_t next = at;
  if (read_day(text, &next, &p.day)) {
    p.end = at = next;
    skip_correction(text, &at);
    capsa_date_skip_between(text, &at);
  }
  if (capsa_date_read_year(text, &at, &p.year)) p.end = at;
  *out = p;
  return true;
}

/* "1958-07-31", "31.7.1958", "31.VII.1958" */
static bool read_figures(capsa_slice text, size_t at, capsa_date_part *out) {
  capsa_date_part p = {0};
  size_t i = at;
  if (capsa_date_read_year(text, &i, &p.year) && i < text.len &&
      text.ptr[i] == '-') {
    i++;
    if (!read_number(text, &i, 2, 2, &p.month) || i >= text.len ||
        text.ptr[i++] != '-' || !read_number(text, &i, 2, 2, &p.day))
      return false;
  } else {
    i = at;
    if (!read_number(text, &i, 1, 2, &p.day) || i >= text.len ||
        text.ptr[i++] != '.')
      return false;
    capsa_date_skip_spaces(text, &i, "");
    size_t letters = i;
    while (i < text.len && strchr("IVX", text.ptr[i])) i++;
    p.month = roman_month(capsa_slice_cut(text, letters, i));
    if ((!p.month && !read_number(text, &i, 1, 2, &p.month)) || i >= text.len ||
        text.ptr[i++] != '.')
      return false;
    capsa_date_skip_spaces(text, &i, "");
    if (!capsa_date_read_year(text, &i, &p.year)) return false;
  }
  p.end = i;
  *out = p;
  return p.month >= 1 && p.month <= 12 && p.day >= 1 && p.day <= 31;
}

bool capsa_date_skip_sign(capsa_slice text, size_t *at, const char *sign) {
  size_t len = strlen(sign);
  if (!capsa_slice_starts(capsa_slice_from(text, *at), sign)) return false;
  *at += len;
  return true;
}

/* "1958年7月31日" */
static bool read_chinese(capsa_slice text, size_t at, capsa_date_part *out) {
  capsa_date_part p = {0};
  if (!capsa_date_read_year(text, &at, &p.year) ||
      !capsa_date_skip_sign(text, &at, "年") ||
      !read_number(text, &at, 1, 2, &p.month) ||
      !capsa_date_skip_sign(text, &at, "月") || p.month < 1 || p.month > 12)
    return false;
  p.end = at;
  if (read_number(text, &at, 1, 2, &p.day) && p.day <= 31 &&
      capsa_date_skip_sign(text, &at, "日"))
    p.end = at;
  else p.day = 0;
  *out = p;
  return true;
}

/* "1940 Aug. 2", "1940, August 2": as archives' lists have it. */
static bool read_year_first(capsa_slice text, size_t at, capsa_date_part *out) {
  capsa_date_part p = {0};
  if (!capsa_date_read_year(text, &at, &p.year)) return false;
  capsa_date_skip_spaces(text, &at, ",");
  if (!read_month(text, &at, &p.month)) return false;
  capsa_date_skip_spaces(text, &at, ".");
  if (!read_day(text, &at, &p.day)) return false;
  p.end = at;
  capsa_date_skip_spaces(text, &at, ",");
  int other;
  size_t year = at;
  /* "in 1940 August 2, 1941 was": the day belongs to the year behind it. */
  if (capsa_date_read_year(text, &year, &other)) return false;
  *out = p;
  return true;
}

bool capsa_date_part_read(capsa_slice text, size_t at, capsa_date_part *out) {
  if (!is_digit_at(text, at)) return read_month_first(text, at, out);
  return read_figures(text, at, out) || read_chinese(text, at, out) ||
         read_year_first(text, at, out) || read_day_first(text, at, out);
}
