#include "search/excerpt.h"

static bool is_space(char c) { return (unsigned char)c <= ' '; }

static bool is_inside_character(capsa_slice text, size_t at) {
  return at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80;
}

static size_t larger(size_t a, size_t b) { return a > b ? a : b; }

/* The matches that one window of `limit` bytes holds, from the first of the
 * densest ones to its last. */
static capsa_range densest(const capsa_range *matches, size_t count,
                           size_t limit) {
  size_t best = 0, best_held = 0;
  for (size_t i = 0, end = 0; i < count; i++) {
    end = larger(end, i);
    while (end < count &&
           matches[end].end_byte - matches[i].start_byte <= limit)
      end++;
    if (end - i <= best_held) continue;
    best = i;
    best_held = end - i;
  }
  size_t last = best_held ? best + best_held - 1 : best;
  return (capsa_range){matches[best].start_byte, matches[last].end_byte};
}

/* From `at` on to a word's start, but not beyond `limit`. In one unbroken run
 * up to there, as in Chinese, a character's start has to do. */
static size_t word_start(capsa_slice text, size_t at, size_t limit) {
  size_t start = at;
  if (start > 0 && !is_space(text.ptr[start - 1]))
    while (start < limit && !is_space(text.ptr[start])) start++;
  if (start == limit) start = at;
  while (start < limit && is_space(text.ptr[start])) start++;
  while (start < limit && is_inside_character(text, start)) start++;
  return start;
}

/* From `at` back to a word's end, but not before `limit`; likewise. */
static size_t word_end(capsa_slice text, size_t at, size_t limit) {
  size_t end = at;
  if (end < text.len && !is_space(text.ptr[end]))
    while (end > limit && !is_space(text.ptr[end - 1])) end--;
  if (end == limit) end = at;
  while (end > limit && is_space(text.ptr[end - 1])) end--;
  while (end > limit && is_inside_character(text, end)) end--;
  return end;
}

/* What is left over beside the matches goes to both sides of them in equal
 * parts, and where one side has less text, to the other. */
capsa_range capsa_excerpt(capsa_slice text, const capsa_range *matches,
                          size_t count, size_t limit) {
  capsa_range held = count ? densest(matches, count, limit) : (capsa_range){0};
  size_t length = held.end_byte - held.start_byte;
  if (length > limit) held.end_byte = held.start_byte + limit, length = limit;
  size_t before = (limit - length) / 2;
  size_t start = held.start_byte > before ? held.start_byte - before : 0;
  if (text.len < limit) start = 0;
  else if (start + limit > text.len) start = text.len - limit;
  size_t end = start + limit < text.len ? start + limit : text.len;

  start = word_start(text, start, held.start_byte);
  if (length == limit)
    while (end > start && is_inside_character(text, end)) end--;
  else end = word_end(text, end, held.end_byte);
  return (capsa_range){start, end};
}
