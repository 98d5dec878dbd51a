/* merge_records.c -- one record of another library, where this one lacks it.
 *
 * The newest edition of a key is the one with the largest id. So when an
 * older edition comes in behind a newer one, the newer ones are written anew,
 * in their order: it is rare, and nothing else depends on their ids.
 *
 * Of two editions that the other library has both, its own order tells which
 * is newer; only of others do the times: two can come in in one second, and a
 * clock that is put back makes the newer one look older.
 */
#include "base/slice.h"
#include "store/backup/merge.h"
#include "store/foreign_rows.h"
#include "store/record.h"
#include "store/rows.h"
#include "store/versions.h"

/* A record of `from`. */
typedef struct found {
  int64_t id;
  capsa_slice key, edition, title, added;
  bool later; /* `from` has an older edition of it */
} found;

static capsa_status read_next(capsa_merge *merge, found *out, bool *more) {
  capsa_stmt stmt = capsa_stmt_open(
      merge->from, "SELECT id, key, edition, title, added,"
                   " EXISTS (SELECT 1 FROM document AS older WHERE"
                   "   older.key = document.key AND older.id < document.id)"
                   " FROM document WHERE id > ? ORDER BY id LIMIT 1");
  capsa_stmt_bind_number(&stmt, merge->last_record);
  *more = capsa_stmt_next(&stmt);
  if (*more) {
    out->id = capsa_stmt_number(&stmt);
    out->key = capsa_stmt_text(&stmt, merge->scratch);
    out->edition = capsa_stmt_text(&stmt, merge->scratch);
    out->title = capsa_stmt_text(&stmt, merge->scratch);
    out->added = capsa_stmt_text(&stmt, merge->scratch);
    out->later = capsa_stmt_number(&stmt);
  }
  return capsa_stmt_close(&stmt);
}

static capsa_status has_edition(sqlite3 *db, const found *record, bool *out) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "SELECT 1 FROM document WHERE key = ? AND edition = ?");
  capsa_stmt_bind_text(&stmt, record->key);
  capsa_stmt_bind_text(&stmt, record->edition);
  *out = capsa_stmt_next(&stmt);
  return capsa_stmt_close(&stmt);
}

/* The same bytes, read otherwise: by another Capsa, or with repairs undone.
 * That reading stays, and is no edition of its own. */
static capsa_status has_source(sqlite3 *db, capsa_slice key,
                               const capsa_source *source, bool *out) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "SELECT 1 FROM document JOIN source ON document_id = document.id"
          " WHERE key = ? AND part = ? AND bytes = ?");
  capsa_stmt_bind_text(&stmt, key);
  capsa_stmt_bind_number(&stmt, source->part);
  capsa_stmt_bind_bytes(&stmt, source->bytes);
  *out = capsa_stmt_next(&stmt);
  return capsa_stmt_close(&stmt);
}

typedef CAPSA_LIST(int64_t) id_list;

/* Is this edition of ours newer than the one that comes in? */
static capsa_status is_newer(capsa_merge *merge, const found *than,
                             capsa_slice edition, capsa_slice added,
                             bool *out) {
  capsa_stmt stmt = capsa_stmt_open(
      merge->from, "SELECT id FROM document WHERE key = ? AND edition = ?");
  capsa_stmt_bind_text(&stmt, than->key);
  capsa_stmt_bind_text(&stmt, edition);
  if (capsa_stmt_next(&stmt)) *out = capsa_stmt_number(&stmt) > than->id;
  else *out = capsa_slice_compare(added, than->added) >= 0;
  return capsa_stmt_close(&stmt);
}

/* Editions of `key` but `but`, which is the one that comes in. */
static capsa_status list_newer(capsa_merge *merge, const found *than,
                               capsa_slice key, int64_t but, id_list *out) {
  capsa_status st = CAPSA_OK;
  capsa_stmt stmt = capsa_stmt_open(
      merge->into, "SELECT id, edition, added FROM document WHERE key = ?"
                   " AND id <> ? ORDER BY id");
  capsa_stmt_bind_text(&stmt, key);
  capsa_stmt_bind_number(&stmt, but);
  while (!st && capsa_stmt_next(&stmt)) {
    bool newer = false;
    int64_t id = capsa_stmt_number(&stmt);
    capsa_slice edition = capsa_stmt_text(&stmt, merge->scratch);
    capsa_slice added = capsa_stmt_text(&stmt, merge->scratch);
    st = is_newer(merge, than, edition, added, &newer);
    int64_t *item = newer ? CAPSA_LIST_ADD(merge->scratch, out) : NULL;
    if (item) *item = id;
  }
  capsa_status read = capsa_stmt_close(&stmt);
  if (capsa_arena_failed(merge->scratch)) return CAPSA_ENOMEM;
  return st ? st : read;
}

static capsa_status write_anew(sqlite3 *db, int64_t old, capsa_arena *arena) {
  capsa_document document;
  capsa_source source;
  capsa_slice added = {0};
  int64_t id = 0;
  capsa_status st = capsa_rows_read(db, old, arena, &document);
  if (!st) st = capsa_rows_read_source(db, old, arena, &source);
  if (!st) st = capsa_rows_read_age(db, old, arena, &added);
  if (!st) st = capsa_rows_remove(db, old);
  if (!st) st = capsa_rows_write(db, &document, &source, &id);
  return st ? st : capsa_rows_write_age(db, id, added);
}

static capsa_status move_newer(sqlite3 *db, const id_list *ids) {
  capsa_arena *arena = capsa_arena_new();
  capsa_status st = arena ? CAPSA_OK : CAPSA_ENOMEM;
  for (size_t i = 0; !st && i < ids->count; i++) {
    capsa_arena_reset(arena);
    st = write_anew(db, ids->items[i], arena);
  }
  capsa_arena_free(arena);
  return st;
}

static capsa_status write(capsa_merge *merge, const found *record,
                          const capsa_document *document,
                          const capsa_source *source) {
  sqlite3 *db = merge->into;
  id_list newer = {0};
  int64_t id = 0;
  capsa_status st = capsa_rows_write(db, document, source, &id);
  if (!st) st = capsa_rows_write_age(db, id, record->added);
  if (!st) st = list_newer(merge, record, document->key, id, &newer);
  if (!st) st = move_newer(db, &newer);
  return st ? st : capsa_versions_update(db, document->key, merge->scratch);
}

static void remember_key(capsa_merge *merge, capsa_slice theirs,
                         capsa_slice ours) {
  if (capsa_slice_equal(capsa_merge_key_of(merge, theirs), ours)) return;
  capsa_merge_key *key = CAPSA_LIST_ADD(merge->own, &merge->keys);
  if (!key) return;
  key->theirs = capsa_arena_copy(merge->own, theirs);
  key->ours = capsa_arena_copy(merge->own, ours);
}

static void count(capsa_merge *merge, const found *record, bool kept,
                  bool edition) {
  if (kept) merge->report.records_kept++;
  else if (edition) merge->report.records_edition++;
  else merge->report.records_new++;
  if (kept || merge->titles.count == CAPSA_MERGE_TITLES_MAX) return;
  capsa_merged_title *title = CAPSA_LIST_ADD(merge->own, &merge->titles);
  if (!title) return;
  title->title = capsa_arena_copy(merge->own, record->title);
  title->edition = edition;
}

/* Which record of ours it belongs to, and whether we have it. */
static capsa_status take(capsa_merge *merge, const found *record,
                         capsa_document *document, const capsa_source *source) {
  capsa_record place = {0};
  bool kept = false;
  capsa_status st =
      capsa_record_find(merge->into, document, merge->scratch, &place);
  if (!st && !place.same)
    st = has_source(merge->into, place.key, source, &kept);
  kept = kept || place.same;
  document->key = place.key;
  if (!st && !kept && !merge->dry_run)
    st = write(merge, record, document, source);
  if (st) return st;
  remember_key(merge, record->key, place.key);
  count(merge, record, kept, place.known || (merge->dry_run && record->later));
  return CAPSA_OK;
}

/* What is not whole there does not come in. */
static capsa_status merge_record(capsa_merge *merge, found *record) {
  capsa_foreign_document one;
  capsa_status st =
      capsa_foreign_read(merge->from, record->id - 1, merge->scratch, &one);
  if (st == CAPSA_ENOMEM) return st;
  if (st || one.fault || one.id != record->id) {
    merge->report.records_left_out++;
    return CAPSA_OK;
  }
  if (!one.added.len) record->added = CAPSA_LITERAL("1970-01-01T00:00:00Z");
  if (merge->dry_run) return take(merge, record, &one.document, &one.source);
  if ((st = capsa_db_begin(merge->into))) return st;
  return capsa_db_end(merge->into,
                      take(merge, record, &one.document, &one.source));
}

capsa_status capsa_merge_records(capsa_merge *merge, bool *more) {
  found record = {0};
  bool known = false;
  capsa_status st = read_next(merge, &record, more);
  if (st || !*more) return st;
  st = has_edition(merge->into, &record, &known);
  if (!st && !known) st = merge_record(merge, &record);
  if (st) return st;
  if (known) count(merge, &record, true, false);
  merge->last_record = record.id;
  merge->done++;
  return CAPSA_OK;
}
