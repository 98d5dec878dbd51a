#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"

#define FIRST_CAP 64

static bool make_room(capsa_buf *buf, size_t more) {
  if (buf->failed) return false;
  if (buf->cap - buf->len >= more) return true;
  size_t cap = buf->cap ? buf->cap : FIRST_CAP;
  while (cap - buf->len < more && cap <= SIZE_MAX / 2) cap *= 2;
  char *ptr = cap - buf->len < more ? NULL : capsa_mem_resize(buf->ptr, cap);
  if (!ptr) {
    buf->failed = true;
    return false;
  }
  buf->ptr = ptr;
  buf->cap = cap;
  return true;
}

void capsa_buf_put(capsa_buf *buf, capsa_slice bytes) {
  if (!bytes.len || !make_room(buf, bytes.len)) return;
  memcpy(buf->ptr + buf->len, bytes.ptr, bytes.len);
  buf->len += bytes.len;
}

void capsa_buf_putc(capsa_buf *buf, char c) {
  if (make_room(buf, 1)) buf->ptr[buf->len++] = c;
}

void capsa_buf_puts(capsa_buf *buf, const char *text) {
  capsa_buf_put(buf, capsa_slice_of(text));
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

capsa_status capsa_buf_take(capsa_buf *buf, capsa_arena *arena,
                            capsa_slice *out) {
  capsa_slice copy = capsa_arena_copy(arena, capsa_buf_view(buf));
  bool failed = buf->failed || capsa_arena_failed(arena);
  capsa_buf_free(buf);
  if (failed) return CAPSA_ENOMEM;
  *out = copy;
  return CAPSA_OK;
}
