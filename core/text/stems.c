/* stems.c -- Snowball's rules, run in memory that is here already.
 *
 * Its own environment is made with malloc and grows; a word of ours is short,
 * so one buffer serves all and a rule that wanted more would fail, as for want
 * of memory. The algorithms of languages with accents are folded when they are
 * built (build-scripts/stemmers.py), as the words that come here are.
 */
#include "text/stems.h"

#include <string.h>

#include "base/slice.h"
#include "runtime/header.h"

/* A rule puts in a few letters at most, and takes more away. */
#define BUFFER_BYTES (2 * CAPSA_TOKEN_BYTES_MAX)

/* The most that one of the algorithms has. */
#define MARKS 3

/* What the Makefile gives Snowball for malloc, realloc and free. */
void *capsa_stems_no_malloc(size_t size);
void *capsa_stems_no_realloc(void *ptr, size_t size);
void capsa_stems_no_free(void *ptr);

void *capsa_stems_no_malloc(size_t size) {
  (void)size;
  return NULL;
}

void *capsa_stems_no_realloc(void *ptr, size_t size) {
  (void)ptr;
  (void)size;
  return NULL;
}

void capsa_stems_no_free(void *ptr) { (void)ptr; }

/* Each algorithm has functions that would make an environment and end it, which
 * nobody calls; these stand behind them, for the linker. */
struct SN_env *SN_create_env(int strings, int integers) {
  (void)strings;
  (void)integers;
  return NULL;
}

void SN_close_env(struct SN_env *env, int strings) {
  (void)env;
  (void)strings;
}

/* ---- languages */

int snowball_english_stem(struct SN_env *env);
int snowball_russian_stem(struct SN_env *env);
int snowball_german_stem(struct SN_env *env);
int snowball_french_stem(struct SN_env *env);
int snowball_spanish_stem(struct SN_env *env);
int snowball_italian_stem(struct SN_env *env);
int snowball_portuguese_stem(struct SN_env *env);

static const struct language {
  const char *tags[4]; /* ISO 639's of two letters and of three */
  int (*stem)(struct SN_env *env);
} languages[CAPSA_STEMMER_COUNT] = {
    [CAPSA_STEMMER_EN] = {{"en", "eng"}, snowball_english_stem},
    [CAPSA_STEMMER_RU] = {{"ru", "rus"}, snowball_russian_stem},
    [CAPSA_STEMMER_DE] = {{"de", "deu", "ger"}, snowball_german_stem},
    [CAPSA_STEMMER_FR] = {{"fr", "fra", "fre"}, snowball_french_stem},
    [CAPSA_STEMMER_ES] = {{"es", "spa"}, snowball_spanish_stem},
    [CAPSA_STEMMER_IT] = {{"it", "ita"}, snowball_italian_stem},
    [CAPSA_STEMMER_PT] = {{"pt", "por"}, snowball_portuguese_stem},
};

capsa_stemmer capsa_stemmer_of(capsa_slice language) {
  size_t len = 0;
  while (len < language.len && language.ptr[len] != '-' &&
         language.ptr[len] != '_')
    len++;
  language.len = len;
  for (int i = CAPSA_STEMMER_NONE + 1; i < CAPSA_STEMMER_COUNT; i++)
    if (capsa_slice_is_one_of(language, languages[i].tags))
      return (capsa_stemmer)i;
  return CAPSA_STEMMER_NONE;
}

/* ---- stems */

static size_t copy(capsa_slice text, char *out) {
  if (text.len) memcpy(out, text.ptr, text.len);
  return text.len;
}

size_t capsa_stem(capsa_stemmer stemmer, capsa_slice folded, char *out) {
  /* Snowball keeps two lengths before the letters, as ints. */
  static union {
    int lengths[2];
    symbol bytes[HEAD + BUFFER_BYTES + 1];
  } buffer;
  static int marks[MARKS];
  if (folded.len > CAPSA_TOKEN_BYTES_MAX) folded.len = CAPSA_TOKEN_BYTES_MAX;
  if (!languages[stemmer].stem) return copy(folded, out);

  struct SN_env env = {.p = buffer.bytes + HEAD, .I = marks};
  buffer.lengths[0] = BUFFER_BYTES;
  buffer.lengths[1] = env.l = (int)copy(folded, (char *)env.p);
  if (languages[stemmer].stem(&env) < 0 || env.l <= 0 ||
      env.l > CAPSA_TOKEN_BYTES_MAX)
    return copy(folded, out);
  return copy((capsa_slice){(const char *)env.p, (size_t)env.l}, out);
}
