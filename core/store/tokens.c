#include "store/tokens.h"

#include <limits.h>

#include "store/db.h"

struct capsa_tokenizer {
  fts5_tokenizer module;
  Fts5Tokenizer *tokenizer;
  capsa_arena *arena;
};

/* FTS5 hands its interface out through a pointer that SQL cannot forge. */
static capsa_status read_api(sqlite3 *db, fts5_api **api) {
  sqlite3_stmt *stmt = NULL;
  int rc = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &stmt, NULL);
  if (!rc)
    rc = sqlite3_bind_pointer(stmt, 1, (void *)api, "fts5_api_ptr", NULL);
  if (!rc) sqlite3_step(stmt);
  int done = sqlite3_finalize(stmt);
  return capsa_db_status(rc ? rc : done);
}

capsa_status capsa_tokenizer_open(sqlite3 *db, capsa_arena *arena,
                                  capsa_tokenizer **out) {
  static const char *arguments[] = {"remove_diacritics", "2"};
  fts5_api *api = NULL;
  capsa_status st = read_api(db, &api);
  if (st) return st;
  if (!api) return CAPSA_EIO;

  capsa_tokenizer *tokenizer = capsa_arena_alloc(arena, sizeof *tokenizer);
  if (!tokenizer) return CAPSA_ENOMEM;
  void *context = NULL;
  tokenizer->arena = arena;
  int rc = api->xFindTokenizer(api, "unicode61", &context, &tokenizer->module);
  if (!rc)
    rc =
        tokenizer->module.xCreate(context, arguments, 2, &tokenizer->tokenizer);
  if (rc) return capsa_db_status(rc);
  *out = tokenizer;
  return CAPSA_OK;
}

void capsa_tokenizer_use(capsa_tokenizer *tokenizer, capsa_arena *arena) {
  tokenizer->arena = arena;
}

void capsa_tokenizer_close(capsa_tokenizer *tokenizer) {
  if (tokenizer) tokenizer->module.xDelete(tokenizer->tokenizer);
}

typedef struct reading {
  capsa_arena *arena;
  capsa_token_list *out;
} reading;

static int add_word(void *context, int flags, const char *token, int len,
                    int start, int end) {
  (void)flags;
  reading *r = context;
  capsa_token *word = CAPSA_LIST_ADD(r->arena, r->out);
  if (!word) return SQLITE_NOMEM;
  word->folded = capsa_arena_copy(r->arena, (capsa_slice){token, (size_t)len});
  word->at = (capsa_range){(size_t)start, (size_t)end};
  return capsa_arena_failed(r->arena) ? SQLITE_NOMEM : SQLITE_OK;
}

capsa_status capsa_tokenizer_read(capsa_tokenizer *tokenizer, capsa_slice text,
                                  capsa_token_list *out) {
  reading r = {tokenizer->arena, out};
  if (!text.len) return CAPSA_OK;
  if (text.len > INT_MAX) return CAPSA_ENOMEM;
  return capsa_db_status(tokenizer->module.xTokenize(
      tokenizer->tokenizer, &r, FTS5_TOKENIZE_DOCUMENT, text.ptr, (int)text.len,
      add_word));
}
