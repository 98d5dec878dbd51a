#include "base/utf8.h"

#include <string.h>

static const capsa_codepoint INVALID = {0xFFFD, 1, false};

/* Shortest form only, no surrogates, nothing above U+10FFFF. */
capsa_codepoint capsa_utf8_next_long(capsa_slice text, size_t at) {
  const unsigned char *p = (const unsigned char *)text.ptr + at;
  size_t left = text.len - at;

  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  uint32_t len = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
  if (p[0] < 0xC2 || p[0] > 0xF4 || left < len) return INVALID;
  uint32_t value = p[0] & (0x7Fu >> len);
  for (uint32_t i = 1; i < len; i++) {
    if ((p[i] & 0xC0) != 0x80) return INVALID;
    value = value << 6 | (p[i] & 0x3Fu);
  }
  if (value < least[len] || value > 0x10FFFF ||
      (value >= 0xD800 && value <= 0xDFFF))
    return INVALID;
  return (capsa_codepoint){value, len, true};
}

capsa_codepoint capsa_utf8_before_long(capsa_slice text, size_t at) {
  for (size_t back = 1; back <= 4 && back <= at; back++) {
    if (((unsigned char)text.ptr[at - back] & 0xC0) == 0x80) continue;
    capsa_codepoint cp = capsa_utf8_next(text, at - back);
    if (cp.valid && cp.len == back) return cp;
    break;
  }
  return INVALID;
}

void capsa_utf8_put(capsa_buf *buf, uint32_t c) {
  if (c < 0x80) {
    capsa_buf_putc(buf, (char)c);
    return;
  }
  int len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
  capsa_buf_putc(buf, (char)(lead[len] | c >> (6 * (len - 1))));
  for (int i = len - 2; i >= 0; i--)
    capsa_buf_putc(buf, (char)(0x80 | (c >> (6 * i) & 0x3F)));
}

size_t capsa_utf8_ascii_run(capsa_slice text, size_t at) {
  size_t i = at;
  for (uint64_t eight; i + sizeof eight <= text.len; i += sizeof eight) {
    memcpy(&eight, text.ptr + i, sizeof eight);
    if (eight & UINT64_C(0x8080808080808080)) break;
  }
  while (i < text.len && (unsigned char)text.ptr[i] < 0x80) i++;
  return i - at;
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

size_t capsa_utf8_plain_run(capsa_slice text, size_t at) {
  size_t i = at;
  for (uint64_t x; i + sizeof x <= text.len; i += sizeof x) {
    memcpy(&x, text.ptr + i, sizeof x);
    /* Line feeds become "*", so that all that is below a space ends the run. */
    uint64_t y = x ^ EACH('\n');
    uint64_t is_feed = ~(((y & EACH(0x7F)) + EACH(0x7F)) | y) & EACH(0x80);
    x |= is_feed >> 2;
    if ((x | (x - EACH(' '))) & EACH(0x80)) break;
  }
  for (; i < text.len; i++) {
    unsigned char c = (unsigned char)text.ptr[i];
    if (c >= 0x80 || (c < ' ' && c != '\n')) break;
  }
  return i - at;
}

bool capsa_utf8_is_valid(capsa_slice text) {
  for (size_t i = 0; (i += capsa_utf8_ascii_run(text, i)) < text.len;) {
    capsa_codepoint cp = capsa_utf8_next(text, i);
    if (!cp.valid) return false;
    i += cp.len;
  }
  return true;
}
