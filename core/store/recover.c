/* recover.c -- a library out of what is left of another.
 *
 * A table is read from its beginning until damage ends that, and from its end
 * backwards; what lies between two damaged pages is looked up number by
 * number. So a damaged page costs its own rows only, unless it is one that
 * says where others are.
 */
#include "capsa/recover.h"

#include "base/arena.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "store/foreign_rows.h"
#include "store/library.h"
#include "store/rows.h"
#include "store/sound.h"
#include "store/versions.h"

/** Numbers between two damaged pages that are looked up one by one. */
#define LOOKED_UP_MAX 100000

typedef struct recovery {
  sqlite3 *from, *to;
  capsa_arena *arena; /* of one document */
  capsa_recovery told;
} recovery;

/* ---- rows as they are */

/* Copy the row that `from` stands on. @return whether it is there now */
static bool copy_row(sqlite3_stmt *from, sqlite3_stmt *to) {
  for (int i = 0; i < sqlite3_column_count(from); i++)
    if (sqlite3_bind_value(to, i + 1, sqlite3_column_value(from, i)))
      return false;
  int rc = sqlite3_step(to);
  sqlite3_reset(to);
  return rc == SQLITE_DONE;
}

/* May it be kept, and believed? */
typedef bool row_test(recovery *r, sqlite3_stmt *row);

/* Copy rows in the order of `sql` until one cannot be read.
 * @return whether all could */
static bool copy_rows(recovery *r, const char *sql, sqlite3_stmt *to,
                      row_test *test, uint32_t *copied) {
  sqlite3_stmt *from = NULL;
  int rc = sqlite3_prepare_v2(r->from, sql, -1, &from, NULL);
  while (!rc && (rc = sqlite3_step(from)) == SQLITE_ROW) {
    bool there = test(r, from) && copy_row(from, to);
    *copied += there && sqlite3_changes(r->to) > 0;
    rc = SQLITE_OK;
  }
  sqlite3_finalize(from);
  return rc == SQLITE_DONE;
}

typedef struct table {
  const char *forwards, *backwards, *insert;
  row_test *test;
} table;

static capsa_status copy_table(recovery *r, const table *t, uint32_t *copied) {
  sqlite3_stmt *to = NULL;
  int rc = sqlite3_prepare_v2(r->to, t->insert, -1, &to, NULL);
  if (!rc && !copy_rows(r, t->forwards, to, t->test, copied)) {
    r->told.incomplete = true;
    (void)copy_rows(r, t->backwards, to, t->test, copied);
  }
  sqlite3_finalize(to);
  return capsa_db_status(rc);
}

/* A row may be read from both ends; one that is not sound is counted once. */
static bool is_note_sound(recovery *r, sqlite3_stmt *row) {
  capsa_stmt stmt = {.handle = row};
  capsa_foreign_note note = {0};
  capsa_arena_reset(r->arena);
  capsa_foreign_note_read(&stmt, r->arena, &note);
  if (!note.fault || stmt.st) return !stmt.st;
  r->told.notes_lost += !r->told.incomplete;
  return false;
}

static capsa_slice column(sqlite3_stmt *row, int number) {
  const char *ptr = sqlite3_column_blob(row, number);
  int len = sqlite3_column_bytes(row, number);
  return (capsa_slice){ptr, ptr ? (size_t)len : 0};
}

static bool is_setting_sound(recovery *r, sqlite3_stmt *row) {
  (void)r;
  return capsa_utf8_is_valid(column(row, 0)) &&
         capsa_utf8_is_valid(column(row, 1));
}

static bool is_version_sound(recovery *r, sqlite3_stmt *row) {
  (void)r;
  return capsa_version_is_sound(column(row, 0), column(row, 1));
}

#define NOTES "SELECT " CAPSA_FOREIGN_NOTE " FROM annotation ORDER BY rowid"
#define SETTINGS "SELECT name, value FROM setting ORDER BY name"
#define VERSIONS "SELECT document, record FROM version ORDER BY document"

static capsa_status copy_readers_own(recovery *r) {
  static const table notes = {
      NOTES, NOTES " DESC",
      "INSERT OR IGNORE INTO annotation (" CAPSA_FOREIGN_NOTE
      ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      is_note_sound};
  static const table settings = {
      SETTINGS, SETTINGS " DESC",
      "INSERT OR IGNORE INTO setting (name, value) VALUES (?, ?)",
      is_setting_sound};
  static const table versions = {
      VERSIONS, VERSIONS " DESC",
      "INSERT OR IGNORE INTO version (document, record) VALUES (?, ?)",
      is_version_sound};
  uint32_t version_count = 0;
  capsa_status st = copy_table(r, &notes, &r->told.notes);
  if (!st) st = copy_table(r, &settings, &r->told.settings);
  return st ? st : copy_table(r, &versions, &version_count);
}

/* ---- documents */

static capsa_slice read_column(recovery *r, const char *sql, int64_t id) {
  capsa_slice text = {0};
  capsa_stmt stmt = capsa_stmt_open(r->from, sql);
  capsa_stmt_bind_number(&stmt, id);
  if (capsa_stmt_next(&stmt)) text = capsa_stmt_text(&stmt, r->arena);
  return capsa_stmt_close(&stmt) ? (capsa_slice){0} : text;
}

/* By its rows, else by its source; false where neither is whole. A library
 * without digests in its pages may have other words in it and no error: a
 * document that is whole says so (sound.h). */
static bool read_document(recovery *r, int64_t id, capsa_document *document,
                          capsa_source *source, capsa_recovery *told) {
  static const capsa_source none = {0};
  bool has_source = !capsa_rows_read_source(r->from, id, r->arena, source) &&
                    capsa_source_is_sound(source);
  if (!capsa_rows_read(r->from, id, r->arena, document) &&
      !capsa_foreign_fault(document, has_source ? source : &none)) {
    if (!has_source) *source = (capsa_source){.name = document->key};
    told->sourceless += !has_source;
    return true;
  }
  if (!has_source || capsa_document_parse(source, r->arena, document))
    return false;
  capsa_slice key = read_column(r, "SELECT key FROM document WHERE id = ?", id);
  if (capsa_key_is_sound(key)) document->key = key;
  told->read_again++;
  return true;
}

static capsa_status write_document(recovery *r, int64_t id,
                                   const capsa_document *document,
                                   const capsa_source *source) {
  capsa_status st = capsa_rows_write(r->to, document, source, &id);
  capsa_slice added =
      read_column(r, "SELECT added FROM document WHERE id = ?", id);
  if (st || !capsa_time_is_sound(added)) return st;
  capsa_stmt stmt =
      capsa_stmt_open(r->to, "UPDATE document SET added = ? WHERE id = ?");
  capsa_stmt_bind_text(&stmt, added);
  capsa_stmt_bind_number(&stmt, id);
  capsa_stmt_run(&stmt);
  return capsa_stmt_close(&stmt);
}

static capsa_status save_document(recovery *r, int64_t id) {
  capsa_document document;
  capsa_source source;
  capsa_recovery told = r->told;
  capsa_arena_reset(r->arena);
  if (!read_document(r, id, &document, &source, &told)) {
    r->told.lost++;
    return CAPSA_OK;
  }
  capsa_status st = capsa_db_begin(r->to);
  if (!st) st = write_document(r, id, &document, &source);
  if (!st) st = capsa_versions_update(r->to, document.key, r->arena);
  st = capsa_db_end(r->to, st);
  if (st) return st;
  r->told = told;
  r->told.documents++;
  return CAPSA_OK;
}

/* Numbers of documents, from both ends; `gap` gets those between. */
typedef struct numbers {
  CAPSA_LIST(int64_t) ids;
  int64_t low, high; /* the last read from either end */
  bool whole;
} numbers;

static bool read_numbers(recovery *r, const char *sql, capsa_arena *arena,
                         numbers *out, int64_t *last) {
  capsa_stmt stmt = capsa_stmt_open(r->from, sql);
  while (capsa_stmt_next(&stmt)) {
    int64_t *id = CAPSA_LIST_ADD(arena, &out->ids);
    if (!id) break;
    *last = *id = capsa_stmt_number(&stmt);
  }
  return !capsa_stmt_close(&stmt) && !capsa_arena_failed(arena);
}

static capsa_status save_all(recovery *r, const numbers *n) {
  capsa_status st = CAPSA_OK;
  for (size_t i = 0; !st && i < n->ids.count; i++)
    st = save_document(r, n->ids.items[i]);
  if (n->whole) return st;
  r->told.incomplete = true;
  for (int64_t id = n->low + 1;
       !st && id < n->high && id - n->low <= LOOKED_UP_MAX; id++)
    if (read_column(r, "SELECT name FROM source WHERE document_id = ?", id).ptr)
      st = save_document(r, id);
  return st;
}

#define IDS "SELECT id FROM document NOT INDEXED ORDER BY id"

static capsa_status save_documents(recovery *r, capsa_arena *arena) {
  numbers n = {0};
  n.whole = read_numbers(r, IDS, arena, &n, &n.low);
  if (!n.whole) (void)read_numbers(r, IDS " DESC", arena, &n, &n.high);
  return capsa_arena_failed(arena) ? CAPSA_ENOMEM : save_all(r, &n);
}

capsa_status capsa_library_recover(capsa_library *damaged, capsa_library *fresh,
                                   capsa_recovery *out) {
  recovery r = {.from = damaged->db, .to = fresh->db};
  r.arena = capsa_arena_new();
  capsa_arena *arena = capsa_arena_new();
  capsa_status st = r.arena && arena ? capsa_db_begin(r.to) : CAPSA_ENOMEM;
  if (!st) {
    st = copy_readers_own(&r);
    if (!st) st = save_documents(&r, arena);
    st = capsa_db_end(r.to, st);
  }
  capsa_arena_free(arena);
  capsa_arena_free(r.arena);
  if (!st) *out = r.told;
  return st;
}
