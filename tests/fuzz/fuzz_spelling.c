/* fuzz_spelling.c -- two words, parted by the first line feed: their keys fit,
 * each is there once, and they meet in both directions; so many mistakes lie
 * between them both ways, and one word is no mistake from itself. */
#include <string.h>

#include "fuzz.h"
#include "search/spelling.h"

static void check_keys(capsa_slice word) {
  capsa_sound keys[CAPSA_SOUNDS_MAX];
  size_t count = capsa_sounds(word, keys);
  MUST(count <= CAPSA_SOUNDS_MAX);
  for (size_t i = 0; i < count; i++) {
    MUST(keys[i].len > 1 && keys[i].len <= CAPSA_SOUND_BYTES_MAX);
    MUST(strchr("sCcn", keys[i].key[0]));
    for (size_t j = 0; j < i; j++) MUST(!capsa_sound_equal(&keys[i], &keys[j]));
  }
}

static void check_distance(capsa_slice a, capsa_slice b) {
  for (uint32_t most = 0; most <= CAPSA_SPELLING_MISTAKES_MAX; most++) {
    uint32_t cost = capsa_spelling_distance(a, b, most);
    MUST(cost == capsa_spelling_distance(b, a, most));
    MUST(cost == CAPSA_SPELLING_FAR || cost <= most * CAPSA_SPELLING_MISTAKE);
    MUST(!capsa_spelling_distance(a, a, most));
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  capsa_slice a = {(const char *)data, size}, b = {0};
  const char *line = size ? memchr(data, '\n', size) : NULL;
  if (line) {
    a.len = (size_t)(line - a.ptr);
    b = (capsa_slice){line + 1, size - a.len - 1};
  }
  if (a.len > CAPSA_TOKEN_BYTES_MAX) a.len = CAPSA_TOKEN_BYTES_MAX;
  if (b.len > CAPSA_TOKEN_BYTES_MAX) b.len = CAPSA_TOKEN_BYTES_MAX;
  check_keys(a);
  check_keys(b);
  MUST(capsa_sounds_meet(a, b, true) == capsa_sounds_meet(b, a, true));
  check_distance(a, b);
  return 0;
}
