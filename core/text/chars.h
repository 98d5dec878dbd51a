/* chars.h -- what kind of character a code point is, for the scripts that
 * archival records here are written in: Latin, Greek, Cyrillic with case;
 * other scripts as letters without case.
 *
 * Small on purpose and the same in every build: a C library's <wctype.h>
 * depends on the locale and differs between glibc and musl.
 */
#ifndef CAPSA_CORE_TEXT_CHARS_H
#define CAPSA_CORE_TEXT_CHARS_H

#include "base/utf8.h"

/** What an ASCII character is: capsa_ascii[c] has these bits. */
enum {
  CAPSA_ASCII_UPPER = 1,
  CAPSA_ASCII_LOWER = 2,
  CAPSA_ASCII_LETTER = CAPSA_ASCII_UPPER | CAPSA_ASCII_LOWER,
  CAPSA_ASCII_DIGIT = 4,
  CAPSA_ASCII_SPACE = 8
};
extern const uint8_t capsa_ascii[128];

/** What the functions below say of characters beyond ASCII. */
bool capsa_is_upper_beyond(uint32_t c);
bool capsa_is_lower_beyond(uint32_t c);
bool capsa_is_letter_beyond(uint32_t c);
bool capsa_is_space_beyond(uint32_t c);
uint32_t capsa_to_lower_beyond(uint32_t c);
uint32_t capsa_to_upper_beyond(uint32_t c);

static inline bool capsa_is_upper(uint32_t c) {
  return c < 0x80 ? capsa_ascii[c] & CAPSA_ASCII_UPPER
                  : capsa_is_upper_beyond(c);
}

static inline bool capsa_is_lower(uint32_t c) {
  return c < 0x80 ? capsa_ascii[c] & CAPSA_ASCII_LOWER
                  : capsa_is_lower_beyond(c);
}

static inline bool capsa_is_letter(uint32_t c) {
  return c < 0x80 ? capsa_ascii[c] & CAPSA_ASCII_LETTER
                  : capsa_is_letter_beyond(c);
}

/** ASCII */
static inline bool capsa_is_digit(uint32_t c) { return c - '0' < 10; }

/** ASCII, U+00A0, U+2000-200A, 202F, 3000 */
static inline bool capsa_is_space(uint32_t c) {
  return c < 0x80 ? capsa_ascii[c] & CAPSA_ASCII_SPACE
                  : capsa_is_space_beyond(c);
}

/** ' and U+2019, U+02BC, U+02B9 */
static inline bool capsa_is_apostrophe(uint32_t c) {
  return c == '\'' || c == 0x2019 || c == 0x2BC || c == 0x2B9;
}

/** Lower case of one letter, accents kept; other characters as they are. */
static inline uint32_t capsa_to_lower(uint32_t c) {
  return c < 0x80 ? c | (uint32_t)(capsa_ascii[c] & CAPSA_ASCII_UPPER) << 5
                  : capsa_to_lower_beyond(c);
}

static inline uint32_t capsa_to_upper(uint32_t c) {
  if (c >= 0x80) return capsa_to_upper_beyond(c);
  return capsa_ascii[c] & CAPSA_ASCII_LOWER ? c - 32 : c;
}

/** Has `text` letters with case, `least` or more, and none in lower case? */
bool capsa_is_capitals(capsa_slice text, size_t least);

/** Is the first letter of `text` upper case? False where there is none. */
bool capsa_starts_upper(capsa_slice text);

#endif
