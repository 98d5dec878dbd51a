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

bool capsa_is_upper(uint32_t c);
bool capsa_is_lower(uint32_t c);
bool capsa_is_letter(uint32_t c);
bool capsa_is_digit(uint32_t c); /* ASCII */
bool capsa_is_space(uint32_t c); /* ASCII, U+00A0, U+2000-200A, 202F, 3000 */
bool capsa_is_apostrophe(uint32_t c); /* ' and U+2019, U+02BC, U+02B9 */

/** Lower case of one letter, accents kept; other characters as they are. */
uint32_t capsa_to_lower(uint32_t c);
uint32_t capsa_to_upper(uint32_t c);

/** Has `text` letters with case, `least` or more, and none in lower case? */
bool capsa_is_capitals(capsa_slice text, size_t least);

/** Is the first letter of `text` upper case? False where there is none. */
bool capsa_starts_upper(capsa_slice text);

#endif
