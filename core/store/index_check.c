/* index_check.c -- an index that is whole in itself may still be another
 * text's: FTS5's own check of it sees that only where it may write.
 *
 * So both sides are added up: a number made of each word, passage, column and
 * place, of the texts as the tokenizer cuts them, and of the index as fts5vocab
 * lists it. The sums do not depend on the order, and nothing is kept. The
 * numbers of words in a passage, by which hits are ranked, are compared one by
 * one.
 */
#include "store/index_check.h"

#include "base/arena.h"
#include "base/slice.h"
#include "store/foreign.h"
#include "store/tokens.h"

enum { TEXT = 0, SPEAKER, COLUMNS };

typedef struct sums {
  uint64_t words, sum;
} sums;

static uint64_t mix(uint64_t x) { /* the finisher of SplitMix64 */
  x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
  x = (x ^ x >> 27) * 0x94D049BB133111EBu;
  return x ^ x >> 31;
}

static void add(sums *to, capsa_slice word, int64_t passage, uint64_t column,
                uint64_t place) {
  uint64_t h = 0xCBF29CE484222325u; /* FNV-1a */
  for (size_t i = 0; i < word.len; i++)
    h = (h ^ (unsigned char)word.ptr[i]) * 0x100000001B3u;
  h = mix(h ^ mix((uint64_t)passage));
  to->sum += mix(h ^ (place << 1 | column));
  to->words++;
}

static capsa_slice column_bytes(capsa_stmt *stmt, int column) {
  const char *ptr = sqlite3_column_blob(stmt->handle, column);
  int len = sqlite3_column_bytes(stmt->handle, column);
  return (capsa_slice){ptr, ptr ? (size_t)len : 0};
}

/* A number as SQLite's record format writes it, at most eight bytes of seven
 * bits; FTS5 writes the sizes of a passage so. */
static bool read_varint(capsa_slice *rest, uint64_t *out) {
  *out = 0;
  for (int i = 0; i < 8 && rest->len; i++) {
    unsigned char c = (unsigned char)*rest->ptr;
    *rest = capsa_slice_from(*rest, 1);
    *out = *out << 7 | (c & 0x7F);
    if (c < 0x80) return true;
  }
  return false;
}

/* Are these the sizes that the index has of a passage? */
static bool has_sizes(capsa_slice kept, const uint64_t sizes[COLUMNS]) {
  for (int i = 0; i < COLUMNS; i++) {
    uint64_t size;
    if (!read_varint(&kept, &size) || size != sizes[i]) return false;
  }
  return kept.len == 0;
}

/* Add the words of one column of a passage. */
static capsa_status add_words(capsa_tokenizer *tokenizer, capsa_slice text,
                              int64_t passage, int column, sums *to,
                              uint64_t *size) {
  capsa_token_list words = {0};
  capsa_status st = capsa_tokenizer_read(tokenizer, text, &words);
  for (size_t i = 0; !st && i < words.count; i++)
    add(to, words.items[i].folded, passage, (uint64_t)column, i);
  *size = words.count;
  return st;
}

/* One row of `passage` with the sizes that the index has of it. */
static capsa_status add_passage(capsa_stmt *stmt, capsa_tokenizer *tokenizer,
                                sums *to, bool *sizes_agree) {
  int64_t passage = sqlite3_column_int64(stmt->handle, 0);
  uint64_t sizes[COLUMNS];
  capsa_status st = CAPSA_OK;
  for (int i = TEXT; !st && i < COLUMNS; i++)
    st = add_words(tokenizer, column_bytes(stmt, 1 + i), passage, i, to,
                   &sizes[i]);
  if (!st) *sizes_agree &= has_sizes(column_bytes(stmt, 3), sizes);
  return st;
}

static capsa_status add_texts(sqlite3 *db, sums *to, bool *sizes_agree) {
  capsa_arena *keep = capsa_arena_new(), *arena = capsa_arena_new();
  capsa_tokenizer *tokenizer = NULL;
  capsa_status st = keep && arena ? CAPSA_OK : CAPSA_ENOMEM;
  if (!st) st = capsa_tokenizer_open(db, keep, &tokenizer);
  if (!st) capsa_tokenizer_use(tokenizer, arena);
  capsa_stmt stmt = capsa_stmt_open(
      db, "SELECT passage.id, text, speaker, sz FROM passage"
          " LEFT JOIN block_fts_docsize AS size ON size.id = passage.id");
  while (!st && capsa_stmt_next(&stmt)) {
    capsa_arena_reset(arena);
    st = add_passage(&stmt, tokenizer, to, sizes_agree);
  }
  capsa_status closed = capsa_stmt_close(&stmt);
  capsa_tokenizer_close(tokenizer);
  capsa_arena_free(arena);
  capsa_arena_free(keep);
  return st ? st : closed;
}

static capsa_status add_index(sqlite3 *db, sums *to) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "SELECT term, doc, col, \"offset\" FROM temp." CAPSA_FOREIGN_WORDS);
  while (capsa_stmt_next(&stmt)) {
    bool speaker =
        capsa_slice_equal(column_bytes(&stmt, 2), CAPSA_LITERAL("speaker"));
    add(to, column_bytes(&stmt, 0), sqlite3_column_int64(stmt.handle, 1),
        speaker ? SPEAKER : TEXT,
        (uint64_t)sqlite3_column_int64(stmt.handle, 3));
  }
  return capsa_stmt_close(&stmt);
}

/* The number of passages, and of words in each column: what a mean is made
 * of, in the row of the index that FTS5 keeps for it. */
static capsa_status read_totals(sqlite3 *db, uint64_t out[1 + COLUMNS]) {
  capsa_stmt stmt =
      capsa_stmt_open(db, "SELECT block FROM block_fts_data WHERE id = 1");
  for (int i = 0; i <= COLUMNS; i++) out[i] = 0;
  if (capsa_stmt_next(&stmt)) {
    capsa_slice block = column_bytes(&stmt, 0);
    for (int i = 0; i <= COLUMNS; i++)
      if (!read_varint(&block, &out[i])) break;
  }
  return capsa_stmt_close(&stmt);
}

static capsa_status count_passages(sqlite3 *db, uint64_t *passages,
                                   uint64_t *sizes) {
  capsa_stmt stmt =
      capsa_stmt_open(db, "SELECT (SELECT count(*) FROM block) +"
                          "  (SELECT count(*) FROM document),"
                          " (SELECT count(*) FROM block_fts_docsize)");
  if (capsa_stmt_next(&stmt)) {
    *passages = (uint64_t)capsa_stmt_number(&stmt);
    *sizes = (uint64_t)capsa_stmt_number(&stmt);
  }
  return capsa_stmt_close(&stmt);
}

capsa_status capsa_index_check(sqlite3 *db, const char **words) {
  sums texts = {0}, index = {0};
  uint64_t totals[1 + COLUMNS], passages = 0, sizes = 0;
  bool agree = true;
  capsa_status st = add_texts(db, &texts, &agree);
  if (!st) st = add_index(db, &index);
  if (!st) st = read_totals(db, totals);
  if (!st) st = count_passages(db, &passages, &sizes);
  if (st) return st;
  *words = NULL;
  if (texts.words != index.words || texts.sum != index.sum)
    *words = "the index is not that of the texts";
  else if (!agree || sizes != passages || totals[0] != passages ||
           totals[1] + totals[2] != texts.words)
    *words = "the index has wrong lengths of texts";
  return CAPSA_OK;
}
