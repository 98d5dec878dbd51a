/* migrate.c -- an older library becomes one of this version, and can be had
 * back until it has proved right.
 *
 * One transaction holds the statements and the check of what came of them, so
 * that a migration that fails, is cut off or gives anything else than a new
 * library would have, leaves the file as it was. The copy beside it is for what
 * no check sees: it is made before the first statement, while the transaction
 * only reads (SQLite copies nothing under a write lock of its own) and so lets
 * nobody else commit. It goes when the migrated library has been opened once
 * more.
 */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "capsa/library.h"
#include "store/library.h"
#include "store/schema.h"

/* The file's name, zero-terminated. */
static capsa_status name_copy(const char *path, int64_t version,
                              capsa_buf *out) {
  capsa_buf_puts(out, path);
  capsa_buf_putf(out, ".before-%d", (int)version);
  capsa_buf_putc(out, '\0');
  return out->failed ? CAPSA_ENOMEM : CAPSA_OK;
}

capsa_status capsa_db_copy(sqlite3 *from, sqlite3 *into) {
  sqlite3_backup *backup = sqlite3_backup_init(into, "main", from, "main");
  if (!backup) return capsa_db_status(sqlite3_errcode(into));
  int rc = sqlite3_backup_step(backup, -1);
  int done = sqlite3_backup_finish(backup);
  return capsa_db_status(rc == SQLITE_DONE ? done : rc);
}

/* A copy that an earlier try left is overwritten: it did not get so far. */
static capsa_status keep_copy(sqlite3 *db, const char *path, int64_t version) {
  capsa_buf name = {0};
  sqlite3 *copy = NULL;
  capsa_status st = name_copy(path, version, &name);
  if (!st) st = capsa_db_open(name.ptr, true, &copy);
  bool none = st == CAPSA_EIO; /* no file can be there: see schema.h */
  if (!st) st = capsa_db_exec(copy, "PRAGMA synchronous = FULL");
  if (!st) st = capsa_db_copy(db, copy);
  capsa_db_close(copy);
  capsa_buf_free(&name);
  return none ? CAPSA_OK : st;
}

static void count_difference(void *context, capsa_schema_difference how,
                             capsa_slice type, capsa_slice name) {
  (void)how, (void)type, (void)name;
  ++*(size_t *)context;
}

/* Rows of `PRAGMA foreign_key_check`: none where all is well. */
static capsa_status has_orphans(sqlite3 *db, bool *out) {
  capsa_stmt stmt = capsa_stmt_open(db, "PRAGMA foreign_key_check");
  *out = capsa_stmt_next(&stmt);
  return capsa_stmt_close(&stmt);
}

static capsa_status is_well(sqlite3 *db, bool *out) {
  capsa_buf buf = {0};
  capsa_stmt stmt = capsa_stmt_open(db, "PRAGMA quick_check(1)");
  if (capsa_stmt_next(&stmt)) capsa_stmt_put(&stmt, &buf);
  *out = capsa_slice_equal(capsa_buf_view(&buf), capsa_slice_of("ok"));
  capsa_buf_free(&buf);
  return capsa_stmt_close(&stmt);
}

static capsa_status prove(sqlite3 *db) {
  size_t differences = 0;
  bool orphans = false, well = false;
  capsa_status st = capsa_schema_compare(db, CAPSA_LIBRARY_SCHEMA,
                                         count_difference, &differences);
  if (!st) st = has_orphans(db, &orphans);
  if (!st) st = is_well(db, &well);
  return !st && (differences || orphans || !well) ? CAPSA_ECORRUPT : st;
}

static capsa_status run(sqlite3 *db, const char *path) {
  int64_t version = 0;
  capsa_status st = capsa_schema_version(db, &version);
  if (st || version == CAPSA_LIBRARY_SCHEMA) return st; /* another was faster */
  if (version > 0 && *path) st = keep_copy(db, path, version);
  if (!st) st = capsa_schema_run(db, CAPSA_LIBRARY_SCHEMA);
  return !st && version > 0 ? prove(db) : st;
}

/* A new library is made under the write lock, for which others wait. An older
 * one is copied first: see above. The reader's own takes the time it needs; one
 * from outside, which is in memory and has no path, does not. */
capsa_status capsa_migrate(sqlite3 *db, const char *path) {
  int64_t version = 0;
  capsa_status st = capsa_schema_version(db, &version);
  if (!st) st = version > 0 ? capsa_db_begin_to_read(db) : capsa_db_begin(db);
  if (st) return st;
  if (*path) capsa_db_set_patience(db, true);
  st = capsa_db_end(db, run(db, path));
  if (*path) capsa_db_set_patience(db, false);
  return st;
}

/* Through SQLite: it takes a journal that waits back first, and what the first
 * page said before may have been a migration that was cut short. */
static capsa_status open_as_it_is(const char *path, int64_t *version,
                                  sqlite3 **db) {
  capsa_status st = capsa_db_open(path, false, db);
  if (!st) st = capsa_schema_check(*db, false, version);
  if (!st) st = capsa_schema_version(*db, version);
  if (!st && (*version <= 0 || *version >= CAPSA_LIBRARY_SCHEMA))
    st = CAPSA_ENOTFOUND;
  return st ? st : capsa_db_exec(*db, "PRAGMA query_only = ON");
}

capsa_status capsa_library_open_older(const char *path, int64_t *schema,
                                      capsa_library **out) {
  sqlite3 *db = NULL;
  int64_t version = 0;
  capsa_status st = open_as_it_is(path, &version, &db);
  if (!st) *schema = version;
  return capsa_library_wrap(db, CAPSA_ACCESS_STORAGE, st, out);
}

/* Is it the copy that we made, and not something else of that name? */
static bool is_copy(const char *name, int64_t version) {
  sqlite3 *db = NULL;
  int64_t found = 0;
  capsa_status st = capsa_db_open(name, false, &db);
  if (!st) st = capsa_schema_check(db, false, &found);
  capsa_db_close(db);
  return !st && found == version;
}

void capsa_migrate_forget(const char *path) {
  sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
  capsa_buf name = {0};
  for (int64_t version = 1; version < CAPSA_LIBRARY_SCHEMA; version++) {
    int exists = 0;
    name.len = 0;
    if (name_copy(path, version, &name)) break;
    vfs->xAccess(vfs, name.ptr, SQLITE_ACCESS_EXISTS, &exists);
    if (exists && is_copy(name.ptr, version)) vfs->xDelete(vfs, name.ptr, 1);
  }
  capsa_buf_free(&name);
}
