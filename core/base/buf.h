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

#include "capsa/base.h"

typedef struct capsa_buf {
  char *ptr; /* NULL while empty; not zero-terminated */
  size_t len;
  size_t cap;
  bool failed;
} capsa_buf;

void capsa_buf_put(capsa_buf *buf, capsa_slice bytes);
void capsa_buf_putc(capsa_buf *buf, char c);
void capsa_buf_puts(capsa_buf *buf, const char *text);

/** At most 511 bytes a call: numbers and short words, not documents. */
void capsa_buf_putf(capsa_buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** What is in the buffer now; valid until the next write. */
capsa_slice capsa_buf_view(const capsa_buf *buf);

/** Leaves an empty, usable buffer. */
void capsa_buf_free(capsa_buf *buf);

/**
 * Copy the content to `arena` and free the buffer, whatever happened.
 * @param out  written only on CAPSA_OK
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_buf_take(capsa_buf *buf, capsa_arena *arena,
                            capsa_slice *out);

#endif
