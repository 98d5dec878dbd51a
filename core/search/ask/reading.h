/* reading.h -- inside of lexemes.h: text that is being cut in lexemes.
 *
 *   capsa_reading          where the reading stands, and what comes next
 *   capsa_reading_plain    characters, and what to do at an end
 *   capsa_reading_skip_*   where something ends that begins at a place, or 0
 *   capsa_reading_add      put a lexeme in the list
 */
#ifndef CAPSA_CORE_SEARCH_ASK_READING_H
#define CAPSA_CORE_SEARCH_ASK_READING_H

#include "base/slice.h"
#include "search/ask/lexemes.h"
#include "search/ask/signs.h"

typedef struct capsa_reading {
  capsa_lexemes *out;
  capsa_slice text;
  size_t at;
  bool apart;          /* what comes next is not glued to the last lexeme */
  bool value;          /* a field's value comes next, */
  bool filter;         /* which need not have words */
  unsigned open, deep; /* brackets in the list, and too deep ones */
} capsa_reading;

/** The character there, in its plain form. */
static inline uint32_t capsa_reading_plain(const capsa_reading *r, size_t at) {
  return capsa_ask_plain(capsa_utf8_next(r->text, at).value);
}

/** Its bytes. */
static inline size_t capsa_reading_len(const capsa_reading *r, size_t at) {
  return capsa_utf8_next(r->text, at).len;
}

static inline bool capsa_reading_is_end(const capsa_reading *r, size_t at) {
  return at >= r->text.len;
}

/** The end, a blank or a closing bracket. */
static inline bool capsa_reading_is_edge(const capsa_reading *r, size_t at) {
  return capsa_reading_is_end(r, at) ||
         capsa_ask_is_blank(capsa_reading_plain(r, at)) ||
         capsa_reading_plain(r, at) == ')';
}

static inline capsa_slice capsa_reading_cut(const capsa_reading *r,
                                            size_t start, size_t end) {
  return capsa_slice_cut(r->text, start, end);
}

/** `word` in the same case, full-width letters are as good. */
size_t capsa_reading_skip_exact(const capsa_reading *r, size_t at,
                                const char *word);

/** `name`, which is in small letters, in any case. */
size_t capsa_reading_skip_name(const capsa_reading *r, size_t at,
                               const char *name);

/** Digits; what is more than CAPSA_ASK_NEAR_MAX is that. */
size_t capsa_reading_skip_number(const capsa_reading *r, size_t at,
                                 uint32_t *out);

/** Put what stands from where the reading is to `end` in the list, and go
 * there. @return NULL where there is no room for more */
capsa_lexeme *capsa_reading_add(capsa_reading *r, capsa_lexeme_kind kind,
                                size_t end);

/** Go to `end`: what has no words parts what stands around it. */
void capsa_reading_pass_over(capsa_reading *r, size_t end);

/** Where the word that begins at `start` ends: at a blank, or at a bracket
 * that it has not opened. */
size_t capsa_reading_word_end(const capsa_reading *r, size_t start);

/** Where the phrase that begins at `from` ends: at a quote of the family, or
 * at the end. @return false where its quotes must be a pair and are none */
bool capsa_reading_find_close(const capsa_reading *r, size_t from,
                              capsa_quotes family, size_t *close);

/** Read a field that begins here. @return false where what stands here is no
 * field with a value, and then nothing was read */
bool capsa_reading_field(capsa_reading *r);

#endif
