/* copying.c -- records out of a stranger's file into one of our own making.
 *
 * The new file is written without waiting for the disk, since nobody relies on
 * it before it is done; the last step waits, for all of it. A document keeps
 * its key and its edition, by which notes know it, and gets a new id, in the
 * old order.
 */
#include "base/arena.h"
#include "base/mem.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "capsa/examine.h"
#include "store/foreign.h"
#include "store/foreign_rows.h"
#include "store/library.h"
#include "store/rows.h"
#include "store/schema.h"
#include "store/sound.h"
#include "store/versions.h"

/** Annotations of one step. */
#define NOTES_A_STEP 100

/** Longest value of a setting. */
#define SETTING_BYTES_MAX 4096

struct capsa_copying {
  sqlite3 *from;
  capsa_library *into;
  capsa_arena *arena; /* of a step */
  capsa_stmt notes;   /* not opened before the documents are done */
  int64_t last;       /* id of the last document that was copied */
  bool documents_done;
  capsa_copied copied;
};

/* ---- open */

static void count_difference(void *context, capsa_schema_difference how,
                             capsa_slice type, capsa_slice name) {
  (void)how, (void)type, (void)name;
  ++*(size_t *)context;
}

static capsa_status open_from(capsa_copying *c, const char *path) {
  int64_t version = 0;
  size_t differences = 0;
  capsa_status st = capsa_foreign_open(path, &version, &c->from);
  if (st) return st;
  if (version > CAPSA_LIBRARY_SCHEMA) return capsa_schema_fits(c->from);
  st = capsa_schema_compare(c->from, version, count_difference, &differences);
  if (!st && differences) st = CAPSA_ECORRUPT;
  return st ? st : capsa_foreign_settle(&c->from, version);
}

/* A count that fails is no reason to copy nothing. */
static capsa_status open_into(capsa_copying *c, const char *path) {
  capsa_foreign_counts counts = {0};
  capsa_status st = capsa_library_open(path, true, &c->into);
  if (!st) st = capsa_foreign_count(c->into->db, &counts);
  if (!st && counts.documents) st = CAPSA_EINVAL;
  if (!st) st = capsa_db_exec(c->into->db, "PRAGMA synchronous = OFF");
  if (st) return st;
  if (!capsa_foreign_count(c->from, &counts) && counts.documents > 0)
    c->copied.total = (size_t)counts.documents;
  return CAPSA_OK;
}

/* ---- settings and what the reader has said of versions */

static bool is_identity(capsa_slice value) {
  for (size_t i = 0; i < value.len; i++)
    if (!strchr("0123456789abcdef", value.ptr[i]) || !value.ptr[i])
      return false;
  return value.len == 32;
}

/* What of a library's settings is a reader's own and does no harm. */
static bool is_setting(capsa_slice name, capsa_slice value) {
  if (value.len > SETTING_BYTES_MAX || !capsa_utf8_is_valid(value))
    return false;
  return capsa_slice_equal(name, CAPSA_LITERAL("look")) ||
         (capsa_slice_equal(name, CAPSA_LITERAL("identity")) &&
          is_identity(value)) ||
         capsa_slice_equal(name, CAPSA_LITERAL("samples")) ||
         (capsa_slice_starts(name, "position/") &&
          capsa_key_is_sound(capsa_slice_from(name, strlen("position/"))));
}

static capsa_status copy_settings(capsa_copying *c) {
  capsa_stmt stmt = capsa_stmt_open(c->from, "SELECT name, value FROM setting");
  capsa_status st = CAPSA_OK;
  while (!st && capsa_stmt_next(&stmt)) {
    capsa_slice name = capsa_stmt_text(&stmt, c->arena);
    capsa_slice value = capsa_stmt_text(&stmt, c->arena);
    if (!is_setting(name, value)) continue;
    st = capsa_library_set_setting(c->into, name, value);
    c->copied.settings++;
  }
  (void)capsa_stmt_close(&stmt); /* what cannot be read is left */
  return st;
}

static capsa_status put_version(sqlite3 *db, capsa_slice document,
                                capsa_slice record) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "INSERT OR REPLACE INTO version (document, record) VALUES (?, ?)");
  capsa_stmt_bind_text(&stmt, document);
  capsa_stmt_bind_text(&stmt, record);
  capsa_stmt_run(&stmt);
  return capsa_stmt_close(&stmt);
}

static capsa_status copy_versions(capsa_copying *c) {
  capsa_stmt stmt =
      capsa_stmt_open(c->from, "SELECT document, record FROM version");
  capsa_status st = CAPSA_OK;
  while (!st && capsa_stmt_next(&stmt)) {
    capsa_slice document = capsa_stmt_text(&stmt, c->arena);
    capsa_slice record = capsa_stmt_text(&stmt, c->arena);
    if (capsa_version_is_sound(document, record))
      st = put_version(c->into->db, document, record);
  }
  (void)capsa_stmt_close(&stmt);
  return st;
}

static capsa_status copy_small(capsa_copying *c) {
  capsa_status st = capsa_db_begin(c->into->db);
  if (st) return st;
  st = copy_versions(c);
  if (!st) st = copy_settings(c);
  return capsa_db_end(c->into->db, st);
}

static capsa_status open(capsa_copying *c, const char *from, const char *into) {
  capsa_status st = open_from(c, from);
  if (!st) st = open_into(c, into);
  return st ? st : copy_small(c);
}

capsa_status capsa_copying_open(const char *from, const char *into,
                                capsa_copying **out) {
  capsa_copying *c = capsa_mem_alloc(sizeof *c);
  if (!c) return CAPSA_ENOMEM;
  *c = (capsa_copying){.arena = capsa_arena_new()};
  capsa_status st = c->arena ? open(c, from, into) : CAPSA_ENOMEM;
  if (!st) *out = c;
  else capsa_copying_close(c);
  return st;
}

void capsa_copying_close(capsa_copying *copying) {
  if (!copying) return;
  if (copying->notes.handle) (void)capsa_stmt_close(&copying->notes);
  capsa_library_close(copying->into);
  capsa_db_close(copying->from);
  capsa_arena_free(copying->arena);
  capsa_mem_free(copying);
}

/* ---- documents */

static capsa_status put_document(capsa_copying *c,
                                 const capsa_foreign_document *one) {
  sqlite3 *db = c->into->db;
  int64_t id = 0;
  capsa_status st = capsa_rows_write(db, &one->document, &one->source, &id);
  if (!st && one->added.len) {
    capsa_stmt stmt =
        capsa_stmt_open(db, "UPDATE document SET added = ? WHERE id = ?");
    capsa_stmt_bind_text(&stmt, one->added);
    capsa_stmt_bind_number(&stmt, id);
    capsa_stmt_run(&stmt);
    st = capsa_stmt_close(&stmt);
  }
  return st ? st : capsa_versions_update(db, one->document.key, c->arena);
}

/* Two rows with one key and edition are against the old file's own rules: the
 * second is left out. SQLite says so by refusing it. */
static bool is_refused(sqlite3 *db) {
  return (sqlite3_errcode(db) & 0xff) == SQLITE_CONSTRAINT;
}

static capsa_status keep_document(capsa_copying *c,
                                  const capsa_foreign_document *one) {
  sqlite3 *db = c->into->db;
  capsa_status st = capsa_db_begin(db);
  if (st) return st;
  st = put_document(c, one);
  bool refused = st && is_refused(db);
  st = capsa_db_end(db, st);
  if (!st) c->copied.documents++;
  if (refused) c->copied.documents_left_out++;
  return refused ? CAPSA_OK : st;
}

static capsa_status copy_document(capsa_copying *c) {
  capsa_foreign_document one;
  capsa_status st = capsa_foreign_read(c->from, c->last, c->arena, &one);
  if (st == CAPSA_ENOMEM) return st;
  if (st) c->copied.documents_left_out++; /* and all behind it */
  if (st || !one.id) {
    c->documents_done = true;
    return CAPSA_OK;
  }
  c->last = one.id;
  if (!one.fault) return keep_document(c, &one);
  c->copied.documents_left_out++;
  return CAPSA_OK;
}

/* ---- annotations */

static capsa_status put_note(sqlite3 *db, const capsa_foreign_note *note) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "INSERT OR IGNORE INTO annotation (id, document, edition, colour,"
          "  note, start_code_point, end_code_point, quote, prefix, suffix,"
          "  created, modified, removed)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''))");
  capsa_stmt_bind_text(&stmt, note->id);
  capsa_stmt_bind_text(&stmt, note->document);
  capsa_stmt_bind_text(&stmt, note->edition);
  capsa_stmt_bind_number(&stmt, note->colour);
  capsa_stmt_bind_text(&stmt, note->note);
  capsa_stmt_bind_number(&stmt, note->start_code_point);
  capsa_stmt_bind_number(&stmt, note->end_code_point);
  capsa_stmt_bind_text(&stmt, note->quote);
  capsa_stmt_bind_text(&stmt, note->prefix);
  capsa_stmt_bind_text(&stmt, note->suffix);
  capsa_stmt_bind_text(&stmt, note->created);
  capsa_stmt_bind_text(&stmt, note->modified);
  capsa_stmt_bind_text(&stmt, note->removed);
  capsa_stmt_run(&stmt);
  return capsa_stmt_close(&stmt);
}

/* @param more  gets false when there are no more */
static capsa_status copy_next_notes(capsa_copying *c, bool *more) {
  capsa_status st = CAPSA_OK;
  for (int i = 0; !st && *more && i < NOTES_A_STEP; i++) {
    capsa_foreign_note note;
    *more = capsa_stmt_next(&c->notes);
    if (!*more) break;
    capsa_foreign_note_read(&c->notes, c->arena, &note);
    if (note.fault) c->copied.notes_left_out++;
    else st = put_note(c->into->db, &note);
    c->copied.notes += !note.fault && !st;
  }
  return st;
}

/* All that was written until now waits in the system's memory: a small change
 * with synchronous=FULL takes it along to the disk. */
static capsa_status finish(capsa_copying *c) {
  capsa_status read = capsa_stmt_close(&c->notes);
  if (read == CAPSA_ENOMEM) return read;
  if (read) c->copied.notes_left_out++; /* and all behind it */
  char sql[64];
  sqlite3_snprintf(sizeof sql, sql,
                   "PRAGMA synchronous = FULL;"
                   "PRAGMA user_version = %d",
                   CAPSA_LIBRARY_SCHEMA);
  capsa_status st = capsa_db_exec(c->into->db, sql);
  c->copied.done = !st;
  return st;
}

static capsa_status copy_notes(capsa_copying *c) {
  bool more = true;
  if (!c->notes.handle) c->notes = capsa_foreign_notes_open(c->from);
  capsa_status st = capsa_db_begin(c->into->db);
  if (st) return st;
  st = capsa_db_end(c->into->db, copy_next_notes(c, &more));
  return st || more ? st : finish(c);
}

capsa_status capsa_copying_step(capsa_copying *copying, capsa_copied *out) {
  capsa_arena_reset(copying->arena);
  capsa_status st = CAPSA_OK;
  if (!copying->documents_done) st = copy_document(copying);
  else if (!copying->copied.done) st = copy_notes(copying);
  if (!st) *out = copying->copied;
  return st;
}
