#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/mem.h"

#define FIRST_CAP 64

/* A buffer this large becomes the arena's own; a smaller one is copied. */
#define ADOPTED_BYTES ((size_t)32 << 10)

/* After a failure `cap` is `len`, so that every later write comes here. */
static bool fail(capsa_buf *buf) {
  buf->failed = true;
  buf->cap = buf->len;
  return false;
}

bool capsa_buf_reserve(capsa_buf *buf, size_t more) {
  if (buf->failed) return false;
  if (buf->cap - buf->len >= more) return true;
  size_t cap = buf->cap ? buf->cap : FIRST_CAP;
  while (cap - buf->len < more && cap <= SIZE_MAX / 2) cap *= 2;
  char *ptr = cap - buf->len < more ? NULL : capsa_mem_resize(buf->ptr, cap);
  if (!ptr) return fail(buf);
  buf->ptr = ptr;
  buf->cap = cap;
  return true;
}

void capsa_buf_put_number(capsa_buf *buf, uint64_t number) {
  char digits[20];
  size_t at = sizeof digits;
  do digits[--at] = (char)('0' + number % 10);
  while (number /= 10);
  capsa_buf_put(buf, (capsa_slice){digits + at, sizeof digits - at});
}

void capsa_buf_putf(capsa_buf *buf, const char *format, ...) {
  char text[512];
  va_list args;
  va_start(args, format);
  int len = vsnprintf(text, sizeof text, format, args);
  va_end(args);
  if (len < 0) return;
  size_t whole = (size_t)len < sizeof text ? (size_t)len : sizeof text - 1;
  capsa_buf_put(buf, (capsa_slice){text, whole});
}

capsa_slice capsa_buf_view(const capsa_buf *buf) {
  return (capsa_slice){buf->ptr, buf->len};
}

void capsa_buf_free(capsa_buf *buf) {
  capsa_mem_free(buf->ptr);
  *buf = (capsa_buf){0};
}

/* Without a copy: what was reserved and not used is given back. */
static bool give(capsa_buf *buf, capsa_arena *arena) {
  char *ptr = buf->cap > buf->len ? capsa_mem_resize(buf->ptr, buf->len) : NULL;
  if (ptr) buf->ptr = ptr;
  return capsa_arena_adopt(arena, buf->ptr);
}

capsa_status capsa_buf_take(capsa_buf *buf, capsa_arena *arena,
                            capsa_slice *out) {
  capsa_slice text = {0};
  bool failed = buf->failed;
  if (!failed && buf->len >= ADOPTED_BYTES && give(buf, arena)) {
    text = capsa_buf_view(buf);
    *buf = (capsa_buf){0};
  } else if (!failed) text = capsa_arena_copy(arena, capsa_buf_view(buf));
  failed |= capsa_arena_failed(arena);
  capsa_buf_free(buf);
  if (failed) return CAPSA_ENOMEM;
  *out = text;
  return CAPSA_OK;
}
