/* spelling.h -- other spellings of a word: of names over scripts and
 * romanisations, and of what was mistyped.
 *
 *   capsa_sounds()             keys that the spellings of a name share
 *   capsa_sounds_meet()        do two words share one?
 *   capsa_spelling_distance()  how many mistakes lie between two words
 *   capsa_spelling_begin/next  the same of one word against many
 *
 * All words are folded as text/tokens.h gives them. Nothing allocates.
 */
#ifndef CAPSA_CORE_SEARCH_SPELLING_H
#define CAPSA_CORE_SEARCH_SPELLING_H

#include "text/tokens.h"

/** Keys of one word; those of more readings are left out. */
#define CAPSA_SOUNDS_MAX 16

/** Bytes of a key; longer words have none. */
#define CAPSA_SOUND_BYTES_MAX 31

/**
 * One way to read a word. The first byte says what it is read as:
 *   's'  a Slavic name, by its sounds: Khrushchev, Chruschtschow, Хрущёв
 *   'C'  two or more Chinese syllables, in pinyin: Tse-tung, Zedong, Цзэдун
 *   'c'  a single one: Chou, Zhou. So short a word is often another one: it
 *        should only be widened beside another word of the name, or in a
 *        field of names
 *   'n'  a name that no rule leads to: Peking, Beijing
 */
typedef struct capsa_sound {
  uint8_t len;
  char key[CAPSA_SOUND_BYTES_MAX];
} capsa_sound;

/**
 * The keys of a word, each once. Wade-Giles has lost its apostrophes and ü its
 * dots in folding, so such a word has a key for each syllable it may be; a
 * Slavic one has one for each language it may be written for.
 * @param out  at least CAPSA_SOUNDS_MAX
 * @return how many; 0 for words that are too short or no names (`1958`, `ab`)
 */
size_t capsa_sounds(capsa_slice folded, capsa_sound *out);

bool capsa_sound_equal(const capsa_sound *a, const capsa_sound *b);

/** Do the words share a key? @param singles  keys that begin with 'c' count */
bool capsa_sounds_meet(capsa_slice a, capsa_slice b, bool singles);

/** What one mistake costs: a letter too few or too many, a wrong one, two that
 * changed places. A letter for its neighbour on a keyboard (QWERTY, QWERTZ,
 * AZERTY, ЙЦУКЕН) and one typed twice or once cost less, but never so little
 * that one more mistake fits in: what costs at most N times this has at most N
 * mistakes. */
#define CAPSA_SPELLING_MISTAKE 4u
#define CAPSA_SPELLING_SLIP 3u

/** More mistakes than were asked for. */
#define CAPSA_SPELLING_FAR UINT32_MAX

/** The largest number of mistakes that can be asked for. */
#define CAPSA_SPELLING_MISTAKES_MAX 2u

/** Mistakes that a word of so many letters is forgiven: 1 from 4 letters on, 2
 * from 8 on. */
uint32_t capsa_spelling_mistakes(capsa_slice folded);

/** What lies between two words, in CAPSA_SPELLING_MISTAKE; or
 * CAPSA_SPELLING_FAR, where that is more than `most` mistakes. */
uint32_t capsa_spelling_distance(capsa_slice a, capsa_slice b, uint32_t most);

/** A word that many are compared with. All members are the functions' own. */
typedef struct capsa_spelling {
  uint32_t most;
  uint32_t letters;                       /* bits of those that it has */
  size_t count;                           /* characters */
  uint32_t chars[CAPSA_TOKEN_BYTES_MAX];  /* they */
  uint64_t beside[CAPSA_TOKEN_BYTES_MAX]; /* neighbours of each, as bits */
} capsa_spelling;

/** @param most  up to CAPSA_SPELLING_MISTAKES_MAX; more are that */
void capsa_spelling_begin(capsa_spelling *spelling, capsa_slice folded,
                          uint32_t most);

/** As capsa_spelling_distance. */
uint32_t capsa_spelling_next(const capsa_spelling *spelling,
                             capsa_slice folded);

#endif
