#include "text/numerals.h"

#include "base/utf8.h"
#include "text/chars.h"

/* The zeros of the decimal digits that Unicode has for scripts in use. */
static const uint32_t zeros[] = {
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6,
    0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50, 0x0ED0, 0x0F20,
    0x1040, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1C50, 0xA620, 0xFF10};

static int digit_of(uint32_t c) {
  for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
    if (c >= zeros[i] && c < zeros[i] + 10) return (int)(c - zeros[i]);
  return -1;
}

static uint32_t capped(uint32_t number) {
  return number <= CAPSA_NUMERAL_MAX ? number : 0;
}

static uint32_t decimal(capsa_slice text) {
  uint32_t number = 0;
  bool inside = false;
  for (size_t i = 0; i < text.len && number <= CAPSA_NUMERAL_MAX;) {
    capsa_codepoint cp = capsa_utf8_next(text, i);
    int digit = digit_of(cp.value);
    if (digit < 0 && inside) break;
    inside = digit >= 0;
    if (inside) number = number * 10 + (uint32_t)digit;
    i += cp.len;
  }
  return capped(number);
}

static uint32_t han_digit(uint32_t c) {
  static const uint32_t digits[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                    0x516D, 0x4E03, 0x516B, 0x4E5D};
  for (uint32_t i = 0; i < 9; i++)
    if (digits[i] == c) return i + 1;
  return 0;
}

static uint32_t han_power(uint32_t c) {
  return c == 0x5341 ? 10 : c == 0x767E ? 100 : c == 0x5343 ? 1000 : 0;
}

/* 二十一, 十, 一百零三: behind 第, or with nothing before it. */
static uint32_t han(capsa_slice text) {
  size_t ordinal = capsa_slice_finds(text, "\xE7\xAC\xAC", 0);
  uint32_t number = 0, digit = 0;
  for (size_t i = ordinal == CAPSA_NOT_FOUND ? 0 : ordinal + 3; i < text.len;) {
    capsa_codepoint cp = capsa_utf8_next(text, i);
    uint32_t power = han_power(cp.value);
    if (power) {
      number += (digit ? digit : 1) * power;
      digit = 0;
    } else if (han_digit(cp.value)) {
      digit = han_digit(cp.value);
    } else if (cp.value != 0x96F6 && cp.value != 0x3007) break;
    i += cp.len;
  }
  return capped(number + digit);
}

/* ፳፩: tens and ones of their own, ፻ a hundred times what stands before. */
static uint32_t ethiopic(capsa_slice text) {
  uint32_t number = 0;
  bool inside = false;
  for (size_t i = 0; i < text.len;) {
    capsa_codepoint cp = capsa_utf8_next(text, i);
    uint32_t c = cp.value;
    bool numeral = c >= 0x1369 && c <= 0x137B;
    if (inside && !numeral) break;
    inside = numeral;
    if (numeral && c == 0x137B) number = (number ? number : 1) * 100;
    else if (numeral && c >= 0x1372) number += (c - 0x1371) * 10;
    else if (numeral) number += c - 0x1368;
    if (number > CAPSA_NUMERAL_MAX) return 0;
    i += cp.len;
  }
  return number;
}

/* Does `word` begin with `sign` at `*at`? Then move behind it. */
static bool take(capsa_slice word, size_t *at, const char *sign) {
  if (!capsa_slice_starts(capsa_slice_from(word, *at), sign)) return false;
  *at += capsa_slice_of(sign).len;
  return true;
}

/* Written as one writes it, so that CIVIL is no number; nor are C, D, L and M
 * alone, which are letters of a plan. */
static uint32_t roman(capsa_slice word) {
  static const struct {
    const char *sign;
    uint32_t value;
    int most;
  } signs[] = {{"M", 1000, 3}, {"CM", 900, 1}, {"D", 500, 1}, {"CD", 400, 1},
               {"C", 100, 3},  {"XC", 90, 1},  {"L", 50, 1},  {"XL", 40, 1},
               {"X", 10, 3},   {"IX", 9, 1},   {"V", 5, 1},   {"IV", 4, 1},
               {"I", 1, 3}};
  uint32_t number = 0;
  size_t at = 0;
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
    for (int n = 0; n < signs[i].most && take(word, &at, signs[i].sign); n++)
      number += signs[i].value;
  if (at < word.len || (word.len == 1 && number >= 50)) return 0;
  return number;
}

/* א is 1, י 10, ק 100, the greater first; finals count as their letters. */
static uint32_t hebrew(capsa_slice word) {
  static const uint16_t values[] = {1,  2,  3,  4,  5,  6,   7,   8,   9,
                                    10, 20, 20, 30, 40, 40,  50,  50,  60,
                                    70, 80, 80, 90, 90, 100, 200, 300, 400};
  uint32_t number = 0, last = 400;
  for (size_t i = 0; i < word.len;) {
    capsa_codepoint cp = capsa_utf8_next(word, i);
    i += cp.len;
    if (cp.value == 0x05F3 || cp.value == 0x05F4) continue;
    if (cp.value < 0x05D0 || cp.value > 0x05EA) return 0;
    uint32_t value = values[cp.value - 0x05D0];
    if (value > last) return 0;
    number += last = value;
  }
  return number;
}

static bool is_end_of_word(uint32_t c) {
  return capsa_is_space(c) || c == '.' || c == ':' || c == ')' || c == ',' ||
         c == '-' || c == 0x2013 || c == 0x2014;
}

/* The first word that is a numeral as a whole and ends the text or has a stop
 * behind it: "Section I agree to" has none. Short Hebrew words are many: there
 * a stop is needed. */
static uint32_t numeral_word(capsa_slice text) {
  for (size_t i = 0, start = 0; i <= text.len;) {
    capsa_codepoint cp = capsa_utf8_next(text, i);
    bool end = i == text.len || is_end_of_word(cp.value);
    if (end && i > start && (i == text.len || !capsa_is_space(cp.value))) {
      capsa_slice word = capsa_slice_cut(text, start, i);
      uint32_t number = roman(word);
      if (!number && i < text.len) number = hebrew(word);
      if (number) return capped(number);
    }
    if (i == text.len) break;
    i += cp.len;
    if (end) start = i;
  }
  return 0;
}

uint32_t capsa_numeral_find(capsa_slice text) {
  text = capsa_slice_trim(text);
  if (text.len > CAPSA_NUMERAL_TEXT_MAX) return 0;
  uint32_t number = decimal(text);
  if (!number) number = han(text);
  if (!number) number = ethiopic(text);
  return number ? number : numeral_word(text);
}
