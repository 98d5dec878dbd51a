#include "base/slice.h"

#include <string.h>

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

capsa_slice capsa_slice_cut(capsa_slice text, size_t start, size_t end) {
  if (end > text.len) end = text.len;
  if (start >= end) return (capsa_slice){0};
  return (capsa_slice){text.ptr + start, end - start};
}

capsa_slice capsa_slice_from(capsa_slice text, size_t start) {
  return capsa_slice_cut(text, start, text.len);
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

bool capsa_slice_starts(capsa_slice text, const char *prefix) {
  size_t len = strlen(prefix);
  return text.len >= len && !memcmp(text.ptr, prefix, len);
}

bool capsa_slice_ends(capsa_slice text, const char *suffix) {
  size_t len = strlen(suffix);
  return text.len >= len && !memcmp(text.ptr + text.len - len, suffix, len);
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

size_t capsa_slice_finds(capsa_slice text, const char *needle, size_t from) {
  return capsa_slice_find(text, capsa_slice_of(needle), from);
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

bool capsa_slice_equal_nocase(capsa_slice a, capsa_slice b) {
  if (a.len != b.len) return false;
  for (size_t i = 0; i < a.len; i++)
    if (lower(a.ptr[i]) != lower(b.ptr[i])) return false;
  return true;
}

bool capsa_slice_next_line(capsa_slice *rest, capsa_slice *line) {
  if (!rest->len) return false;
  size_t i = 0;
  while (i < rest->len && rest->ptr[i] != '\n' && rest->ptr[i] != '\r') i++;
  *line = (capsa_slice){rest->ptr, i};
  if (i < rest->len) {
    bool two =
        rest->ptr[i] == '\r' && i + 1 < rest->len && rest->ptr[i + 1] == '\n';
    i += two ? 2 : 1;
  }
  *rest = (capsa_slice){rest->ptr + i, rest->len - i};
  return true;
}
