/* bytes.h -- numbers of a segment, written and read without trust.
 *
 * Fixed ones are little-endian. Varints have seven bits a byte, the lowest
 * first, five bytes at most. A read past the end or of a number that is none
 * sets `bad`, gives 0 and leaves nothing to read: code checks once, at the end.
 */
#ifndef CAPSA_CORE_INDEX_BYTES_H
#define CAPSA_CORE_INDEX_BYTES_H

#include "base/buf.h"

typedef struct capsa_bytes {
  const unsigned char *at, *end;
  bool bad;
} capsa_bytes;

static inline capsa_bytes capsa_bytes_of(capsa_slice bytes) {
  const unsigned char *at = (const unsigned char *)bytes.ptr;
  return (capsa_bytes){at, at ? at + bytes.len : at, false};
}

static inline void capsa_bytes_fail(capsa_bytes *bytes) {
  bytes->bad = true;
  bytes->at = bytes->end;
}

static inline uint32_t capsa_bytes_varint(capsa_bytes *bytes) {
  if (bytes->at < bytes->end && *bytes->at < 0x80) return *bytes->at++;
  uint32_t value = 0;
  for (int shift = 0; bytes->at < bytes->end && shift < 35; shift += 7) {
    uint32_t c = *bytes->at++;
    if (shift == 28 && c > 0x0F) break;
    value |= (c & 0x7F) << shift;
    if (c < 0x80) return value;
  }
  capsa_bytes_fail(bytes);
  return 0;
}

static inline uint32_t capsa_bytes_u8(capsa_bytes *bytes) {
  if (bytes->at < bytes->end) return *bytes->at++;
  capsa_bytes_fail(bytes);
  return 0;
}

/** `len` bytes of the reading; empty where there are fewer. */
static inline capsa_slice capsa_bytes_cut(capsa_bytes *bytes, size_t len) {
  if ((size_t)(bytes->end - bytes->at) < len) {
    capsa_bytes_fail(bytes);
    return (capsa_slice){0};
  }
  capsa_slice cut = {(const char *)bytes->at, len};
  bytes->at += len;
  return cut;
}

static inline uint32_t capsa_u16_at(const char *ptr, size_t item) {
  const unsigned char *at = (const unsigned char *)ptr + item * 2;
  return at[0] | (uint32_t)at[1] << 8;
}

static inline uint32_t capsa_u32_at(const char *ptr, size_t item) {
  const unsigned char *at = (const unsigned char *)ptr + item * 4;
  return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
         (uint32_t)at[3] << 24;
}

static inline void capsa_put_varint(capsa_buf *buf, uint32_t value) {
  for (; value >= 0x80; value >>= 7) capsa_buf_putc(buf, (char)(value | 0x80));
  capsa_buf_putc(buf, (char)value);
}

static inline void capsa_put_u16(capsa_buf *buf, uint32_t value) {
  capsa_buf_putc(buf, (char)value);
  capsa_buf_putc(buf, (char)(value >> 8));
}

static inline void capsa_put_u32(capsa_buf *buf, uint32_t value) {
  capsa_put_u16(buf, value);
  capsa_put_u16(buf, value >> 16);
}

#endif
