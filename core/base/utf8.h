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

/** What the two below do with what is no ASCII. */
capsa_codepoint capsa_utf8_next_long(capsa_slice text, size_t at);
capsa_codepoint capsa_utf8_before_long(capsa_slice text, size_t at);

/** The character that starts at byte `at`; len 0 at the end of the text. */
static inline capsa_codepoint capsa_utf8_next(capsa_slice text, size_t at) {
  if (at >= text.len) return (capsa_codepoint){0};
  unsigned char c = (unsigned char)text.ptr[at];
  if (c < 0x80) return (capsa_codepoint){c, 1, true};
  return capsa_utf8_next_long(text, at);
}

/** The character that ends before byte `at`; len 0 at the start. */
static inline capsa_codepoint capsa_utf8_before(capsa_slice text, size_t at) {
  if (at == 0) return (capsa_codepoint){0};
  unsigned char c = (unsigned char)text.ptr[at - 1];
  if (c < 0x80) return (capsa_codepoint){c, 1, true};
  return capsa_utf8_before_long(text, at);
}

/** Bytes from `at` on that are ASCII, at least; cheap. */
size_t capsa_utf8_ascii_run(capsa_slice text, size_t at);

/** As above, but the run also ends before a control character other than a
 * line feed. */
size_t capsa_utf8_plain_run(capsa_slice text, size_t at);

void capsa_utf8_put(capsa_buf *buf, uint32_t value);

bool capsa_utf8_is_valid(capsa_slice text);

#endif
