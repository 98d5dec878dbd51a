#include "text/words.h"

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
    if (!cp.valid) return 0; /* U+FFFD would take three bytes for one */
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

/* ---- reading */

/* FNV-1a. */
#define HASH_START 2166136261u
#define HASH_STEP 16777619u

uint32_t capsa_word_hash(capsa_slice folded) {
  uint32_t hash = HASH_START;
  for (size_t i = 0; i < folded.len; i++)
    hash = (hash ^ (unsigned char)folded.ptr[i]) * HASH_STEP;
  return hash;
}

static bool is_ascii_letter(char c) {
  return (unsigned char)c < 0x80 &&
         capsa_ascii[(unsigned char)c] & CAPSA_ASCII_LETTER;
}

/* Offset of the first letter at or after `i`; the text's length for none. */
static size_t first_letter(capsa_slice text, size_t i) {
  while (i < text.len && !is_ascii_letter(text.ptr[i])) {
    if ((unsigned char)text.ptr[i] < 0x80) {
      i++;
      continue;
    }
    capsa_codepoint cp = capsa_utf8_next(text, i);
    if (capsa_is_letter(cp.value)) break;
    i += cp.len;
  }
  return i;
}

/* The end of the ASCII letters and apostrophes from `start` on, hashed in
 * lower case; CAPSA_NOT_FOUND where the word has other characters in it. */
static size_t ascii_end(capsa_slice text, size_t start, uint32_t *hash,
                        unsigned *kinds) {
  uint32_t h = HASH_START;
  size_t i = start;
  for (; i < text.len; i++) {
    char c = text.ptr[i];
    if (is_ascii_letter(c)) {
      h = (h ^ (unsigned char)(c | 32)) * HASH_STEP;
      *kinds |= capsa_ascii[(unsigned char)c];
      continue;
    }
    if (c == '\'' && i + 1 < text.len && is_ascii_letter(text.ptr[i + 1])) {
      h = (h ^ '\'') * HASH_STEP;
      continue;
    }
    /* U+02BC is both, and a letter first: as in capsa_word_next. */
    capsa_codepoint cp = capsa_utf8_next(text, i);
    if (capsa_is_apostrophe(cp.value) && !capsa_is_letter(cp.value))
      cp = capsa_utf8_next(text, i + cp.len);
    if (cp.len && capsa_is_letter(cp.value)) return CAPSA_NOT_FOUND;
    break;
  }
  *hash = h;
  return i;
}

static void fold_lower(capsa_word *word) {
  for (size_t i = 0; i < word->folded.len; i++) {
    char c = word->folded.ptr[i];
    word->buffer[i] = c == '\'' ? c : (char)(c | 32);
  }
  word->folded.ptr = word->buffer;
}

bool capsa_word_read(capsa_slice text, size_t *at, capsa_word *out) {
  size_t start = first_letter(text, *at);
  if (start == text.len) return false;
  unsigned kinds = 0;
  size_t end = ascii_end(text, start, &out->hash, &kinds);
  if (end == CAPSA_NOT_FOUND) {
    capsa_word_next(text, at, &out->at);
    capsa_slice word =
        capsa_slice_cut(text, out->at.start_byte, out->at.end_byte);
    out->folded =
        (capsa_slice){out->buffer, capsa_word_fold(word, out->buffer)};
    out->hash = capsa_word_hash(out->folded);
    return true;
  }
  *at = end;
  out->at = (capsa_range){start, end};
  out->folded = capsa_slice_cut(text, start, end);
  if (end - start > CAPSA_WORD_BYTES_MAX) out->folded = (capsa_slice){0};
  else if (kinds & CAPSA_ASCII_UPPER) fold_lower(out);
  return true;
}

/* ---- the set */

/* Where `word` is or may be put; NULL where it can be at none of its places. */
static uint32_t *slot_of(const capsa_words *words, capsa_slice word,
                         uint32_t hash) {
  size_t mask = words->slot_count - 1;
  for (size_t i = 0; i < CAPSA_WORDS_PROBES_MAX; i++) {
    uint32_t *slot = &words->slots[(hash + i) & mask];
    if (!*slot) return slot;
    const capsa_words_item *item = &words->items.items[*slot - 1];
    if (item->hash == hash && capsa_slice_equal(item->word, word)) return slot;
  }
  return NULL;
}

/* Twice the slots. An item that finds no place any more is not found again. */
static bool make_room(capsa_words *words, capsa_arena *arena) {
  if (words->items.count * 2 < words->slot_count) return true;
  size_t count = words->slot_count ? words->slot_count * 2 : 256;
  uint32_t *slots = capsa_arena_alloc(arena, count * sizeof *slots);
  if (!slots) return false;
  words->slots = slots;
  words->slot_count = count;
  for (size_t i = 0; i < words->items.count; i++) {
    const capsa_words_item *item = &words->items.items[i];
    uint32_t *slot = slot_of(words, item->word, item->hash);
    if (slot) *slot = (uint32_t)i + 1;
  }
  return true;
}

uint32_t capsa_words_put(capsa_words *words, capsa_arena *arena,
                         capsa_slice word, uint32_t hash, bool lasting) {
  if (!word.len || !make_room(words, arena)) return 0;
  uint32_t *slot = slot_of(words, word, hash);
  if (!slot) return 0;
  if (*slot) return *slot;
  if (words->items.count == CAPSA_WORDS_MAX) return 0;
  if (!lasting) word = capsa_arena_copy(arena, word);
  capsa_words_item *item =
      word.len ? CAPSA_LIST_ADD(arena, &words->items) : NULL;
  if (!item) return 0;
  *item = (capsa_words_item){.word = word, .hash = hash};
  return *slot = (uint32_t)words->items.count;
}

uint32_t capsa_words_find(const capsa_words *words, capsa_slice word,
                          uint32_t hash) {
  if (!words->slot_count || !word.len) return 0;
  const uint32_t *slot = slot_of(words, word, hash);
  return slot ? *slot : 0;
}

void capsa_words_add(capsa_words *words, capsa_arena *arena, capsa_slice word) {
  capsa_words_put(words, arena, word, capsa_word_hash(word), false);
}

bool capsa_words_has(const capsa_words *words, capsa_slice word) {
  return capsa_words_find(words, word, capsa_word_hash(word)) > 0;
}
