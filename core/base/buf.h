/* buf.h -- a growing byte buffer that reports "out of memory" once, at the end.
 *
 * Writers return nothing. A failed allocation sets `failed` and turns every
 * later write into a no-op, so code that builds text has one error branch:
 *
 *   capsa_buf buf = {0};
 *   capsa_buf_puts(&buf, ...);   as many as needed
 *   st = capsa_buf_take(&buf, arena, out);   frees the buffer
 */
#ifndef CAPSA_CORE_BASE_BUF_H
#define CAPSA_CORE_BASE_BUF_H

#include <string.h>

#include "capsa/base.h"

typedef struct capsa_buf {
  char *ptr; /* NULL while empty; not zero-terminated */
  size_t len;
  size_t cap;
  bool failed;
} capsa_buf;

/** Room for `more` bytes behind `len`; false when memory is out. */
bool capsa_buf_reserve(capsa_buf *buf, size_t more);

static inline void capsa_buf_put(capsa_buf *buf, capsa_slice bytes) {
  if (!bytes.len ||
      (bytes.len > buf->cap - buf->len && !capsa_buf_reserve(buf, bytes.len)))
    return;
  memcpy(buf->ptr + buf->len, bytes.ptr, bytes.len);
  buf->len += bytes.len;
}

static inline void capsa_buf_putc(capsa_buf *buf, char c) {
  if (buf->len < buf->cap || capsa_buf_reserve(buf, 1))
    buf->ptr[buf->len++] = c;
}

/* Inline, so that the compiler measures literals. */
static inline void capsa_buf_puts(capsa_buf *buf, const char *text) {
  capsa_buf_put(buf, (capsa_slice){text, strlen(text)});
}

void capsa_buf_put_number(capsa_buf *buf, uint64_t number);

/** At most 511 bytes a call: numbers and short words, not documents. */
void capsa_buf_putf(capsa_buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** What is in the buffer now; valid until the next write. */
capsa_slice capsa_buf_view(const capsa_buf *buf);

/** Leaves an empty, usable buffer. */
void capsa_buf_free(capsa_buf *buf);

/**
 * Give the content to `arena` and leave an empty buffer, whatever happened.
 * @param out  written only on CAPSA_OK
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_buf_take(capsa_buf *buf, capsa_arena *arena,
                            capsa_slice *out);

#endif
