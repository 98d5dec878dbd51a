/* utf8.h -- read and write single characters of UTF-8 (RFC 3629).
 *
 *   capsa_codepoint    one character: value, length, validity
 *   capsa_utf8_next, capsa_utf8_before, capsa_utf8_put, capsa_utf8_is_valid
 */
#ifndef CAPSA_CORE_BASE_UTF8_H
#define CAPSA_CORE_BASE_UTF8_H

#include "base/buf.h"

typedef struct capsa_codepoint {
  uint32_t value; /* U+FFFD where the bytes are no UTF-8 */
  uint32_t len;   /* bytes; 1 where they are no UTF-8; 0 at the end */
  bool valid;
} capsa_codepoint;

/** The character that starts at byte `at`; len 0 at the end of the text. */
capsa_codepoint capsa_utf8_next(capsa_slice text, size_t at);

/** The character that ends before byte `at`; len 0 at the start. */
capsa_codepoint capsa_utf8_before(capsa_slice text, size_t at);

void capsa_utf8_put(capsa_buf *buf, uint32_t value);

bool capsa_utf8_is_valid(capsa_slice text);

#endif
