/* words.h -- the words of a text.
 *
 *   capsa_word         a run of letters, apostrophes inside it included
 *   capsa_word_next()  the next one
 *   capsa_word_fold()  its lower case form with straight apostrophes
 *   capsa_words        a set of folded words
 */
#ifndef CAPSA_CORE_TEXT_WORDS_H
#define CAPSA_CORE_TEXT_WORDS_H

#include "base/arena.h"

/** Words longer than this are passed over by capsa_word_fold. */
#define CAPSA_WORD_BYTES_MAX 64

/**
 * Find the next word at or after `*at`; digits and signs part words.
 * @param at   moved behind the word
 * @param out  where it stands
 * @return false at the end of the text
 */
bool capsa_word_next(capsa_slice text, size_t *at, capsa_range *out);

/**
 * @param out  at least CAPSA_WORD_BYTES_MAX * 2 bytes
 * @return its length, or 0 where the word is too long
 */
size_t capsa_word_fold(capsa_slice word, char *out);

/** A set of words: open addressing in an arena. Zero-initialise. */
typedef struct capsa_words {
  capsa_slice *slots;
  size_t count, cap; /* cap: a power of two */
} capsa_words;

/** Add a folded word; its bytes are copied. Fails only with the arena. */
void capsa_words_add(capsa_words *words, capsa_arena *arena, capsa_slice word);
bool capsa_words_has(const capsa_words *words, capsa_slice word);

/** Add every word of `text`, folded. */
void capsa_words_add_text(capsa_words *words, capsa_arena *arena,
                          capsa_slice text);

#endif
