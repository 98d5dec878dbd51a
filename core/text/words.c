#include "text/words.h"

#include <string.h>

#include "base/slice.h"
#include "text/chars.h"

/* An apostrophe belongs to a word only between two of its letters. */
bool capsa_word_next(capsa_slice text, size_t *at, capsa_range *out) {
  size_t i = *at;
  capsa_codepoint cp;
  while ((cp = capsa_utf8_next(text, i)).len && !capsa_is_letter(cp.value))
    i += cp.len;
  if (!cp.len) return false;
  out->start_byte = i;
  for (; (cp = capsa_utf8_next(text, i)).len; i += cp.len) {
    if (capsa_is_letter(cp.value)) continue;
    if (!capsa_is_apostrophe(cp.value)) break;
    capsa_codepoint after = capsa_utf8_next(text, i + cp.len);
    if (!after.len || !capsa_is_letter(after.value)) break;
  }
  out->end_byte = *at = i;
  return true;
}

size_t capsa_word_fold(capsa_slice word, char *out) {
  if (word.len > CAPSA_WORD_BYTES_MAX) return 0;
  size_t len = 0;
  for (size_t i = 0; i < word.len;) {
    capsa_codepoint cp = capsa_utf8_next(word, i);
    i += cp.len;
    uint32_t c =
        capsa_is_apostrophe(cp.value) ? '\'' : capsa_to_lower(cp.value);
    if (c < 0x80) {
      out[len++] = (char)c;
      continue;
    }
    int bytes = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    out[len++] = (char)(lead[bytes] | c >> (6 * (bytes - 1)));
    for (int k = bytes - 2; k >= 0; k--)
      out[len++] = (char)(0x80 | (c >> (6 * k) & 0x3F));
  }
  return len;
}

/* FNV-1a. An attacker can make collide what he likes; the set then grows slow,
 * which the limit on a source's size bounds. */
static size_t slot_of(const capsa_words *words, capsa_slice word) {
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < word.len; i++)
    hash = (hash ^ (unsigned char)word.ptr[i]) * 16777619u;
  size_t at = hash & (words->cap - 1);
  while (words->slots[at].len && !capsa_slice_equal(words->slots[at], word))
    at = (at + 1) & (words->cap - 1);
  return at;
}

static bool make_room(capsa_words *words, capsa_arena *arena) {
  if (words->count * 2 < words->cap) return true;
  capsa_words more = {.cap = words->cap ? words->cap * 2 : 256};
  more.slots = capsa_arena_alloc(arena, more.cap * sizeof *more.slots);
  if (!more.slots) return false;
  for (size_t i = 0; i < words->cap; i++)
    if (words->slots[i].len)
      more.slots[slot_of(&more, words->slots[i])] = words->slots[i];
  more.count = words->count;
  *words = more;
  return true;
}

void capsa_words_add(capsa_words *words, capsa_arena *arena, capsa_slice word) {
  if (!word.len || !make_room(words, arena)) return;
  size_t at = slot_of(words, word);
  if (words->slots[at].len) return;
  capsa_slice copy = capsa_arena_copy(arena, word);
  if (!copy.len) return;
  words->slots[at] = copy;
  words->count++;
}

bool capsa_words_has(const capsa_words *words, capsa_slice word) {
  return words->cap && word.len && words->slots[slot_of(words, word)].len;
}

void capsa_words_add_text(capsa_words *words, capsa_arena *arena,
                          capsa_slice text) {
  capsa_range at;
  char folded[CAPSA_WORD_BYTES_MAX * 2];
  for (size_t i = 0; capsa_word_next(text, &i, &at);) {
    capsa_slice word = capsa_slice_cut(text, at.start_byte, at.end_byte);
    size_t len = capsa_word_fold(word, folded);
    capsa_words_add(words, arena, (capsa_slice){folded, len});
  }
}
