/* tokens.h -- the words of a text as they are searched.
 *
 *   capsa_token          one word: how it compares, and where it stands
 *   capsa_tokens_start/next    read a text word by word; nothing allocates
 *   capsa_token_list, capsa_tokens_read    all words of a short text
 *
 * The index, the query and the highlighting must cut and fold text in the
 * same way, so all three use this.
 *
 * A word is a run of letters, digits and their marks (UAX #29 in what matters
 * here). Folding takes case (Unicode CaseFolding, full), compatibility forms
 * and ligatures (NFKD), accents and strokes of Latin and Greek, points of
 * Hebrew, Arabic and Syriac, shapes of Arabic letters that keyboards differ in,
 * the accents of Cyrillic but those that make a letter of its own: ё to е, й
 * stays. Digits of all scripts become ASCII's. Apostrophes inside a word of any
 * shape go (`couldn't`: couldnt); `'s` at its end goes with its letter; a
 * French or Italian elision before an apostrophe is a word of its own
 * (`l'homme`: l, homme). A comma, a no-break space or an apostrophe that groups
 * thousands goes
 * (`9,999`: 9999). Raised digits are numbers of notes and part words.
 *
 * Parts that hyphens (or short dashes: `Sino–Soviet`), dots between single
 * letters (`N.S.`, `U.S.S.R.`), elisions, slashes or dots between digits join
 * are words of their own, each with its place; where hyphens join parts with a
 * letter in them (also over the end of a line), dots single letters, or an
 * elision the next word (`T'ang`), what they are together (`highhanded`,
 * `mig21`, `ussr`, `tang`) comes behind them once more as a compound, which
 * stands at the place of the first part and covers all. An elision is left out
 * of a compound with hyphens: `l'arc-en-ciel` gives arcenciel.
 *
 * Scripts that put no space between words: every ideograph and kana is a word;
 * in Thai, Lao, Khmer and Burmese every cluster (a base with its marks). So a
 * run of them is asked for as a phrase, and a single one is found too.
 *
 * Bytes that are no UTF-8 and control characters part words; characters that
 * nothing shows (soft hyphen, joiners, marks of direction) are passed over
 * inside of words. The words of a folded word are that word alone.
 */
#ifndef CAPSA_CORE_TEXT_TOKENS_H
#define CAPSA_CORE_TEXT_TOKENS_H

#include "base/arena.h"

/** Longer words are cut here, between characters, in the text and in the
 * query alike: `at` holds the whole, `folded` its beginning. */
#define CAPSA_TOKEN_BYTES_MAX 64

/** What has more parts is no compound. */
#define CAPSA_TOKEN_PARTS_MAX 16

typedef struct capsa_token {
  capsa_slice folded; /* 1 to CAPSA_TOKEN_BYTES_MAX bytes */
  capsa_range at;     /* in the text it was read from */
  uint32_t place;     /* 0, 1, 2 … among the words of the text */
  uint32_t covers;    /* places: 1, or of a compound its parts: up to
                         CAPSA_TOKEN_PARTS_MAX */
} capsa_token;

/** A reading. All members are the functions' own. */
typedef struct capsa_tokens {
  capsa_slice text;
  size_t at;
  uint32_t place;
  uint32_t parts;       /* of the compound under way, so far */
  capsa_range parts_at; /* they */
  bool due;             /* the compound comes next */
  bool elided;          /* its first part is an elision */
  bool has_letters;
  bool joined_cut;
  size_t joined_len;
  char joined[CAPSA_TOKEN_BYTES_MAX];
  char folded[CAPSA_TOKEN_BYTES_MAX];
} capsa_tokens;

/** @param text  borrowed until the reading is over */
void capsa_tokens_start(capsa_tokens *tokens, capsa_slice text);

/**
 * The next word, by place; a compound right behind its last part.
 * @param out  `folded` is valid until the next call
 * @return false at the end of the text
 */
bool capsa_tokens_next(capsa_tokens *tokens, capsa_token *out);

typedef CAPSA_LIST(capsa_token) capsa_token_list;

/** Append all words of `text`, their bytes in `arena`.
 * @return CAPSA_OK, CAPSA_ENOMEM */
capsa_status capsa_tokens_read(capsa_slice text, capsa_arena *arena,
                               capsa_token_list *out);

#endif
