#include "base/slice.h"

capsa_slice capsa_slice_of(const char *text) {
  return (capsa_slice){text, text ? strlen(text) : 0};
}

bool capsa_slice_equal(capsa_slice a, capsa_slice b) {
  return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len));
}

int capsa_slice_compare(capsa_slice a, capsa_slice b) {
  size_t common = a.len < b.len ? a.len : b.len;
  int order = common ? memcmp(a.ptr, b.ptr, common) : 0;
  if (order) return order;
  return (a.len > b.len) - (a.len < b.len);
}

/* Length of the white space at byte i: 1 for ASCII, 2 for U+00A0, or 0. */
static size_t space_at(capsa_slice text, size_t i) {
  unsigned char c = (unsigned char)text.ptr[i];
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
  if (c == 0xC2 && i + 1 < text.len && (unsigned char)text.ptr[i + 1] == 0xA0)
    return 2;
  return 0;
}

capsa_slice capsa_slice_trim(capsa_slice text) {
  size_t start = 0, end = text.len;
  for (size_t n; start < end && (n = space_at(text, start)); start += n)
    ;
  while (end > start) {
    if (space_at(text, end - 1) == 1) end--;
    else if (end - start >= 2 && space_at(text, end - 2) == 2) end -= 2;
    else break;
  }
  return capsa_slice_cut(text, start, end);
}

size_t capsa_slice_find(capsa_slice text, capsa_slice needle, size_t from) {
  if (!needle.len) return from <= text.len ? from : CAPSA_NOT_FOUND;
  while (from < text.len && text.len - from >= needle.len) {
    const char *p = memchr(text.ptr + from, needle.ptr[0],
                           text.len - from - needle.len + 1);
    if (!p) break;
    from = (size_t)(p - text.ptr);
    if (!memcmp(p, needle.ptr, needle.len)) return from;
    from++;
  }
  return CAPSA_NOT_FOUND;
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

bool capsa_slice_equal_nocase(capsa_slice a, capsa_slice b) {
  if (a.len != b.len) return false;
  for (size_t i = 0; i < a.len; i++)
    if (a.ptr[i] != b.ptr[i] && lower(a.ptr[i]) != lower(b.ptr[i]))
      return false;
  return true;
}

bool capsa_slice_is_nocase(capsa_slice text, const char *string) {
  size_t i = 0;
  while (i < text.len && string[i] && lower(text.ptr[i]) == lower(string[i]))
    i++;
  return i == text.len && !string[i];
}

bool capsa_slice_is_one_of(capsa_slice text, const char *const *list) {
  for (; *list; list++)
    if (capsa_slice_is_nocase(text, *list)) return true;
  return false;
}

/* Bit 7 of each of the eight bytes that is as in `pattern`; bytes behind the
 * first such may be marked wrongly. */
static uint64_t same_bytes(uint64_t eight, uint64_t pattern) {
  uint64_t x = eight ^ pattern;
  return (x - UINT64_C(0x0101010101010101)) & ~x & UINT64_C(0x8080808080808080);
}

/* Not memchr for each: a text with only one of them would be read through for
 * the other at every line. */
static size_t line_len(capsa_slice text) {
  size_t i = 0;
  for (uint64_t eight; i + sizeof eight <= text.len; i += sizeof eight) {
    memcpy(&eight, text.ptr + i, sizeof eight);
    uint64_t ends = same_bytes(eight, UINT64_C(0x0A0A0A0A0A0A0A0A)) |
                    same_bytes(eight, UINT64_C(0x0D0D0D0D0D0D0D0D));
    if (!ends) continue;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return i + (size_t)__builtin_ctzll(ends) / 8;
#else
    break;
#endif
  }
  while (i < text.len && text.ptr[i] != '\n' && text.ptr[i] != '\r') i++;
  return i;
}

bool capsa_slice_next_line(capsa_slice *rest, capsa_slice *line) {
  if (!rest->len) return false;
  size_t i = line_len(*rest);
  *line = (capsa_slice){rest->ptr, i};
  if (i < rest->len) {
    bool two =
        rest->ptr[i] == '\r' && i + 1 < rest->len && rest->ptr[i + 1] == '\n';
    i += two ? 2 : 1;
  }
  *rest = (capsa_slice){rest->ptr + i, rest->len - i};
  return true;
}
