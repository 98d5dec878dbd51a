/* words.h -- text as FTS5 sees it: folded words and where they stand.
 *
 *   capsa_words_open/close   the tokenizer that the index was made with
 *   capsa_words_read         text to words
 *
 * The query, the index and the highlighting must cut text in the same way, so
 * all three use one tokenizer, FTS5's unicode61, asked for by the words in
 * schema.c.
 */
#ifndef CAPSA_CORE_SEARCH_WORDS_H
#define CAPSA_CORE_SEARCH_WORDS_H

#include "base/arena.h"
#include "sqlite3.h"

typedef struct capsa_word {
  capsa_slice folded; /* lower case, no accents */
  capsa_range at;     /* in the text it was read from */
} capsa_word;

typedef CAPSA_LIST(capsa_word) capsa_word_list;

typedef struct capsa_words capsa_words;

/** @param out  written only on CAPSA_OK; lives in `arena`, and must be closed
 * before that is reset
 * @return CAPSA_OK, storage */
capsa_status capsa_words_open(sqlite3 *db, capsa_arena *arena,
                              capsa_words **out);

/** NULL is allowed. */
void capsa_words_close(capsa_words *words);

/** Append the words of `text` to `out`, in the arena given at opening.
 * @return CAPSA_OK, CAPSA_ENOMEM */
capsa_status capsa_words_read(capsa_words *words, capsa_slice text,
                              capsa_word_list *out);

#endif
