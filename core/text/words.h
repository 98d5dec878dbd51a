/* words.h -- the words of a text.
 *
 *   capsa_word         a run of letters, apostrophes inside it included
 *   capsa_word_next()  where the next one stands
 *   capsa_word_fold()  its lower case form with straight apostrophes
 *   capsa_word_read()  both at once, and its hash
 *   capsa_words        a set of folded words, each with a note of the user's
 */
#ifndef CAPSA_CORE_TEXT_WORDS_H
#define CAPSA_CORE_TEXT_WORDS_H

#include "base/arena.h"

/** Words longer than this are passed over by capsa_word_fold. */
#define CAPSA_WORD_BYTES_MAX 64

/** Bytes that a folded word may take. */
#define CAPSA_WORD_FOLDED_MAX (CAPSA_WORD_BYTES_MAX * 2)

/** A set takes so many words and no more: what a hostile text can make of its
 * memory is bounded, and no real one has as many. */
#define CAPSA_WORDS_MAX ((size_t)1 << 20)

/** Places that a word is looked for at. Words made to collide are left out
 * beyond it, so that they cost no more time than others. */
#define CAPSA_WORDS_PROBES_MAX 64

typedef struct capsa_word {
  capsa_range at;
  capsa_slice folded; /* empty where the word is too long; part of the text
                         where it is folded already, else in `buffer` */
  uint32_t hash;      /* of `folded` */
  char buffer[CAPSA_WORD_FOLDED_MAX];
} capsa_word;

/**
 * Find the next word at or after `*at`; digits and signs part words.
 * @param at   moved behind the word
 * @param out  where it stands
 * @return false at the end of the text
 */
bool capsa_word_next(capsa_slice text, size_t *at, capsa_range *out);

/**
 * @param out  at least CAPSA_WORD_FOLDED_MAX bytes
 * @return its length, or 0 where the word is too long or no UTF-8
 */
size_t capsa_word_fold(capsa_slice word, char *out);

/** capsa_word_next, capsa_word_fold and the hash in one go. */
bool capsa_word_read(capsa_slice text, size_t *at, capsa_word *out);

/** `folded` as a word that a set can be asked for. */
uint32_t capsa_word_hash(capsa_slice folded);

typedef struct capsa_words_item {
  capsa_slice word;
  uint32_t hash;
  uint32_t note; /* 0 at first */
} capsa_words_item;

/** A set of words: open addressing in an arena. Zero-initialise. */
typedef struct capsa_words {
  CAPSA_LIST(capsa_words_item) items; /* in the order of their coming */
  uint32_t *slots;                    /* number of an item from 1; 0: free */
  size_t slot_count;                  /* a power of two */
} capsa_words;

/**
 * The number of a word, from 1, which is added where it is missing.
 * @param lasting  the word's bytes outlive the set: they are not copied
 * @return 0 where it is empty, the set is full (see above), or memory is out
 */
uint32_t capsa_words_put(capsa_words *words, capsa_arena *arena,
                         capsa_slice word, uint32_t hash, bool lasting);

/** The number of a word, or 0. */
uint32_t capsa_words_find(const capsa_words *words, capsa_slice word,
                          uint32_t hash);

/** Add a folded word; its bytes are copied. */
void capsa_words_add(capsa_words *words, capsa_arena *arena, capsa_slice word);
bool capsa_words_has(const capsa_words *words, capsa_slice word);

#endif
