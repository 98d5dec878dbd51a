/* tokens.h -- text as FTS5 sees it: folded words and where they stand.
 *
 *   capsa_token                    one word
 *   capsa_tokenizer_open/close     the tokenizer that the index was made with
 *   capsa_tokenizer_read           text to tokens
 *
 * The query, the index and the highlighting must cut text in the same way, so
 * all three use one tokenizer, FTS5's unicode61, with the options of schema.c.
 */
#ifndef CAPSA_CORE_STORE_TOKENS_H
#define CAPSA_CORE_STORE_TOKENS_H

#include "base/arena.h"
#include "sqlite3.h"

typedef struct capsa_token {
  capsa_slice folded; /* lower case, no accents */
  capsa_range at;     /* in the text it was read from */
} capsa_token;

typedef CAPSA_LIST(capsa_token) capsa_token_list;

typedef struct capsa_tokenizer capsa_tokenizer;

/** @param out  written only on CAPSA_OK; lives in `arena`, and must be closed
 * before that is reset
 * @return CAPSA_OK, storage */
capsa_status capsa_tokenizer_open(sqlite3 *db, capsa_arena *arena,
                                  capsa_tokenizer **out);

/** Put what capsa_tokenizer_read finds into another arena from now on. */
void capsa_tokenizer_use(capsa_tokenizer *tokenizer, capsa_arena *arena);

/** NULL is allowed. */
void capsa_tokenizer_close(capsa_tokenizer *tokenizer);

/** Append the words of `text` to `out`, in the arena given at opening or by
 * capsa_tokenizer_use.
 * @return CAPSA_OK, CAPSA_ENOMEM */
capsa_status capsa_tokenizer_read(capsa_tokenizer *tokenizer, capsa_slice text,
                                  capsa_token_list *out);

#endif
