/* slice.h -- cut, trim, find and compare capsa_slices. Nothing allocates. */
#ifndef CAPSA_CORE_BASE_SLICE_H
#define CAPSA_CORE_BASE_SLICE_H

#include <string.h>

#include "capsa/base.h"

/** View of a string literal. */
#define CAPSA_LITERAL(text) ((capsa_slice){(text), sizeof(text) - 1})

#define CAPSA_NOT_FOUND SIZE_MAX

/** Bytes from `start` to `end` (exclusive); both are clamped to the text. */
static inline capsa_slice capsa_slice_cut(capsa_slice text, size_t start,
                                          size_t end) {
  if (end > text.len) end = text.len;
  if (start >= end) return (capsa_slice){0};
  return (capsa_slice){text.ptr + start, end - start};
}

/** From `start` to the end. */
static inline capsa_slice capsa_slice_from(capsa_slice text, size_t start) {
  return capsa_slice_cut(text, start, text.len);
}

/** Without ASCII white space and no-break spaces (U+00A0) at either end. */
capsa_slice capsa_slice_trim(capsa_slice text);

/* Inline, so that the compiler measures and compares literals. */
static inline bool capsa_slice_starts(capsa_slice text, const char *prefix) {
  size_t len = strlen(prefix);
  return text.len >= len && !memcmp(text.ptr, prefix, len);
}

static inline bool capsa_slice_ends(capsa_slice text, const char *suffix) {
  size_t len = strlen(suffix);
  return text.len >= len && !memcmp(text.ptr + text.len - len, suffix, len);
}

/** Is `text` this string? Byte by byte: most differ in the first, and nothing
 * is measured. */
static inline bool capsa_slice_is(capsa_slice text, const char *string) {
  size_t i = 0;
  while (i < text.len && string[i] && text.ptr[i] == string[i]) i++;
  return i == text.len && !string[i];
}

/** Byte-wise order, shorter first. @return <0, 0, >0 */
int capsa_slice_compare(capsa_slice a, capsa_slice b);

/** Offset of the first `needle` at or after `from`, or CAPSA_NOT_FOUND. */
size_t capsa_slice_find(capsa_slice text, capsa_slice needle, size_t from);

/** As above, for a string. */
static inline size_t capsa_slice_finds(capsa_slice text, const char *needle,
                                       size_t from) {
  return capsa_slice_find(text, (capsa_slice){needle, strlen(needle)}, from);
}

/** ASCII letters compare without case. */
bool capsa_slice_equal_nocase(capsa_slice a, capsa_slice b);

/** Is `text` this string? ASCII letters compare without case. */
bool capsa_slice_is_nocase(capsa_slice text, const char *string);

/** Is `text` one of the strings in `list`, which ends with NULL? ASCII letters
 * compare without case. */
bool capsa_slice_is_one_of(capsa_slice text, const char *const *list);

/** Cut the next line off the front of `rest`, without its end (LF, CR LF or
 * CR). Returns false when nothing is left. */
bool capsa_slice_next_line(capsa_slice *rest, capsa_slice *line);

#endif
