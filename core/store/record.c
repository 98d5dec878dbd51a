/* record.c -- runs of three words tell an edited text from another one.
 *
 * A corrected or newly translated edition keeps most of its runs of three
 * words; two records under one heading share one in a hundred. A tenth of the
 * smaller text parts them well. Texts too short to tell are editions: both
 * are kept in any case, and a reader is told.
 */
#include "store/record.h"

#include <string.h>

#include "base/slice.h"
#include "text/words.h"

#define RUN 3
#define RUNS_LEAST 20
#define RUNS_MOST 20000 /* of each text: the rest changes no verdict */
#define SHARED_ONE_IN 10

typedef struct runs {
  char folded[RUN][CAPSA_WORD_BYTES_MAX * 2];
  size_t lens[RUN];
  size_t words;
  size_t at;
} runs;

/* The next run of three words, as "one two three", at the end of `buf`. */
static bool next_run(runs *r, capsa_slice text, capsa_buf *buf) {
  capsa_range at;
  do {
    if (!capsa_word_next(text, &r->at, &at)) return false;
    size_t slot = r->words++ % RUN;
    r->lens[slot] = capsa_word_fold(
        capsa_slice_cut(text, at.start_byte, at.end_byte), r->folded[slot]);
  } while (r->words < RUN);
  buf->len = 0;
  for (size_t i = 0; i < RUN; i++) {
    size_t slot = (r->words + i) % RUN;
    capsa_buf_put(buf, (capsa_slice){r->folded[slot], r->lens[slot]});
    capsa_buf_putc(buf, ' ');
  }
  return true;
}

static capsa_status collect(capsa_words *set, capsa_arena *arena,
                            capsa_slice text) {
  runs r = {0};
  capsa_buf buf = {0};
  while (set->items.count < RUNS_MOST && next_run(&r, text, &buf) &&
         !buf.failed)
    capsa_words_add(set, arena, capsa_buf_view(&buf));
  bool failed = buf.failed || capsa_arena_failed(arena);
  capsa_buf_free(&buf);
  return failed ? CAPSA_ENOMEM : CAPSA_OK;
}

static size_t count_shared(const capsa_words *a, const capsa_words *b) {
  size_t shared = 0;
  for (size_t i = 0; i < b->items.count; i++)
    shared +=
        capsa_words_find(a, b->items.items[i].word, b->items.items[i].hash) > 0;
  return shared;
}

static bool are_alike(const capsa_words *a, const capsa_words *b) {
  size_t least =
      a->items.count < b->items.count ? a->items.count : b->items.count;
  return least < RUNS_LEAST || count_shared(a, b) * SHARED_ONE_IN >= least;
}

/* Does the library have the key, and this edition of it? */
static capsa_status look_up(sqlite3 *db, const capsa_document *document,
                            capsa_record *out) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "SELECT max(CASE edition WHEN ?2 THEN id ELSE 0 END), count(*)"
          " FROM document WHERE key = ?1");
  capsa_stmt_bind_text(&stmt, out->key);
  capsa_stmt_bind_text(&stmt, document->edition);
  if (capsa_stmt_next(&stmt)) {
    out->same = capsa_stmt_number(&stmt);
    out->known = capsa_stmt_number(&stmt) > 0;
  }
  return capsa_stmt_close(&stmt);
}

static capsa_status read_newest(sqlite3 *db, capsa_slice key,
                                capsa_arena *arena, capsa_slice *text) {
  capsa_buf buf = {0};
  capsa_stmt stmt = capsa_stmt_open(
      db, "SELECT text FROM block WHERE document_id ="
          " (SELECT max(id) FROM document WHERE key = ?) ORDER BY number");
  capsa_stmt_bind_text(&stmt, key);
  while (capsa_stmt_next(&stmt)) {
    capsa_stmt_put(&stmt, &buf);
    capsa_buf_putc(&buf, '\n');
  }
  capsa_status st = capsa_stmt_close(&stmt);
  capsa_status taken = capsa_buf_take(&buf, arena, text);
  return st ? st : taken;
}

static capsa_status numbered_key(capsa_slice key, unsigned number,
                                 capsa_arena *arena, capsa_slice *out) {
  capsa_buf buf = {0};
  capsa_buf_put(&buf, key);
  if (number > 1) capsa_buf_putf(&buf, "-%u", number);
  return capsa_buf_take(&buf, arena, out);
}

/* Is the newest edition under `key` another text of the same record? */
static capsa_status compare(sqlite3 *db, capsa_slice key,
                            const capsa_words *mine, capsa_arena *scratch,
                            bool *alike) {
  capsa_words theirs = {0};
  capsa_slice text = {0};
  capsa_arena_reset(scratch);
  capsa_status st = read_newest(db, key, scratch, &text);
  if (!st) st = collect(&theirs, scratch, text);
  *alike = are_alike(mine, &theirs);
  return st;
}

capsa_status capsa_record_find(sqlite3 *db, const capsa_document *document,
                               capsa_arena *arena, capsa_record *out) {
  capsa_arena *scratch = capsa_arena_new();
  capsa_words mine = {0};
  capsa_record found = {0};
  bool alike = false;
  capsa_status st = scratch ? CAPSA_OK : CAPSA_ENOMEM;
  for (unsigned n = 1; !st && !alike && n <= CAPSA_RECORD_NAMESAKES_MAX; n++) {
    st = numbered_key(document->key, n, arena, &found.key);
    if (!st) st = look_up(db, document, &found);
    if (st || found.same || !found.known) break;
    if (!mine.items.count) st = collect(&mine, arena, document->text);
    if (!st) st = compare(db, found.key, &mine, scratch, &alike);
  }
  capsa_arena_free(scratch);
  if (!st) *out = found;
  return st;
}
