#include "store/db.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "store/checked.h"

/* SQLite has some 30 primary codes; a reader can act on seven of them. */
capsa_status capsa_db_status(int code) {
  if (code == SQLITE_IOERR_DATA) return CAPSA_ECORRUPT; /* checked.h */
  if (code == SQLITE_IOERR_NOMEM) return CAPSA_ENOMEM;
  switch (code & 0xff) {
  case SQLITE_OK:
  case SQLITE_ROW:
  case SQLITE_DONE: return CAPSA_OK;
  case SQLITE_NOMEM: return CAPSA_ENOMEM;
  case SQLITE_TOOBIG: return CAPSA_ETOOBIG;
  case SQLITE_FULL: return CAPSA_EFULL;
  case SQLITE_BUSY:
  case SQLITE_LOCKED: return CAPSA_EBUSY;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
  case SQLITE_FORMAT: return CAPSA_ECORRUPT;
  default: return CAPSA_EIO;
  }
}

/* SQLITE_CANTOPEN has many fathers. The VFS knows whether a file is there (one
 * without content counts as none, as in the browser). */
static capsa_status why_not_open(sqlite3 *db, const char *path, bool create) {
  if (sqlite3_errcode(db) != SQLITE_CANTOPEN)
    return capsa_db_status(sqlite3_errcode(db));
  if (sqlite3_system_errno(db) == EISDIR) return CAPSA_ENOLIBRARY;
  sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
  int exists = 1;
  vfs->xAccess(vfs, path, SQLITE_ACCESS_EXISTS, &exists);
  return exists || create ? CAPSA_EIO : CAPSA_ENOTFOUND;
}

capsa_status capsa_db_open(const char *path, bool create, sqlite3 **out) {
  sqlite3 *db = NULL;
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE;
  int rc = capsa_checked_install();
  if (rc) return capsa_db_status(rc);
  if (create) flags |= SQLITE_OPEN_CREATE;
  if (!sqlite3_open_v2(path, &db, flags, NULL)) {
    sqlite3_busy_timeout(db, CAPSA_DB_BUSY_MS);
    /* Pages in memory never pass by where digests are made. */
    if (strcmp(path, ":memory:")) capsa_checked_new(db);
    *out = db;
    return CAPSA_OK;
  }
  capsa_status st = db ? why_not_open(db, path, create) : CAPSA_ENOMEM;
  sqlite3_close(db);
  return st;
}

void capsa_db_close(sqlite3 *db) { sqlite3_close(db); }

capsa_status capsa_db_peek(sqlite3 *db, void *head, int len, int64_t *size) {
  sqlite3_file *file = NULL;
  memset(head, 0, (size_t)len);
  *size = 0;
  int rc = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER,
                                (void *)&file);
  /* A database in memory has no file: it is new. */
  if (rc || !file || !file->pMethods) return CAPSA_OK;
  sqlite3_int64 bytes = 0;
  if ((rc = file->pMethods->xFileSize(file, &bytes))) return CAPSA_EIO;
  rc = file->pMethods->xRead(file, head, len, 0);
  if (rc && rc != SQLITE_IOERR_SHORT_READ) return CAPSA_EIO;
  *size = bytes;
  return CAPSA_OK;
}

capsa_status capsa_db_exec(sqlite3 *db, const char *sql) {
  return capsa_db_status(sqlite3_exec(db, sql, NULL, NULL, NULL));
}

/* How many transactions are open in each other, kept with the connection: a
 * pointer that points nowhere. */
#define DEPTH "capsa-depth"

static uintptr_t depth_of(sqlite3 *db) {
  return (uintptr_t)sqlite3_get_clientdata(db, DEPTH);
}

static capsa_status set_depth(sqlite3 *db, uintptr_t depth) {
  return capsa_db_status(
      sqlite3_set_clientdata(db, DEPTH, (void *)depth, NULL));
}

/* IMMEDIATE: to begin as a reader and then find another writer would end in a
 * BUSY that no waiting cures. */
capsa_status capsa_db_begin(sqlite3 *db) {
  uintptr_t depth = depth_of(db);
  capsa_status st = set_depth(db, depth + 1);
  if (!st) st = capsa_db_exec(db, depth ? "SAVEPOINT part" : "BEGIN IMMEDIATE");
  if (st) set_depth(db, depth);
  return st;
}

/* The file's change counter (sqlite.org/fileformat2.html, 1.3.7). */
enum { AT_COUNTER = 24, COUNTER_LEN = 4 };

static capsa_status read_counter(sqlite3 *db, char counter[COUNTER_LEN]) {
  char head[AT_COUNTER + COUNTER_LEN];
  int64_t size;
  capsa_status st = capsa_db_peek(db, head, sizeof head, &size);
  memcpy(counter, head + AT_COUNTER, COUNTER_LEN);
  return st;
}

/* A commit is made when its journal is taken away. Where only the flush after
 * that fails, the change stands although COMMIT says no. Reading rolls back
 * whatever does not stand; then the counter tells. */
static bool stands(sqlite3 *db, const char before[COUNTER_LEN]) {
  char now[COUNTER_LEN];
  return !capsa_db_exec(db, "SELECT 1 FROM sqlite_schema LIMIT 1") &&
         !read_counter(db, now) && memcmp(now, before, COUNTER_LEN);
}

/* A commit that changes nothing: once it is flushed, so is what was before. */
static capsa_status confirm(sqlite3 *db) {
  char sql[64];
  int64_t version = 0;
  capsa_stmt stmt = capsa_stmt_open(db, "PRAGMA user_version");
  if (capsa_stmt_next(&stmt)) version = capsa_stmt_number(&stmt);
  capsa_status st = capsa_stmt_close(&stmt);
  sqlite3_snprintf(sizeof sql, sql, "PRAGMA user_version = %d", (int)version);
  return st ? st : capsa_db_exec(db, sql);
}

static capsa_status commit(sqlite3 *db) {
  char before[COUNTER_LEN];
  capsa_status st = read_counter(db, before);
  if (st) return st;
  st = capsa_db_exec(db, "COMMIT");
  if (!st) return CAPSA_OK;
  if (!sqlite3_get_autocommit(db)) capsa_db_exec(db, "ROLLBACK");
  return stands(db, before) ? confirm(db) : st;
}

/* A part is released into the whole. An error such as SQLITE_FULL may have
 * undone the whole already; then nothing that follows can succeed in it. */
capsa_status capsa_db_end(sqlite3 *db, capsa_status st) {
  uintptr_t depth = depth_of(db) - 1;
  if (!st) st = depth ? capsa_db_exec(db, "RELEASE part") : commit(db);
  if (st && !sqlite3_get_autocommit(db))
    capsa_db_exec(db, depth ? "ROLLBACK TO part; RELEASE part" : "ROLLBACK");
  set_depth(db, depth); /* fails only where it has to be made */
  return st;
}

static void note(capsa_stmt *stmt, int code) {
  if (!stmt->st) stmt->st = capsa_db_status(code);
}

capsa_stmt capsa_stmt_open(sqlite3 *db, const char *sql) {
  capsa_stmt stmt = {0};
  note(&stmt, sqlite3_prepare_v2(db, sql, -1, &stmt.handle, NULL));
  return stmt;
}

void capsa_stmt_bind_number(capsa_stmt *stmt, int64_t number) {
  if (stmt->st) return;
  note(stmt, sqlite3_bind_int64(stmt->handle, ++stmt->bound, number));
}

void capsa_stmt_bind_text(capsa_stmt *stmt, capsa_slice text) {
  if (stmt->st) return;
  note(stmt, sqlite3_bind_text64(stmt->handle, ++stmt->bound,
                                 text.len ? text.ptr : "", text.len,
                                 SQLITE_STATIC, SQLITE_UTF8));
}

void capsa_stmt_bind_bytes(capsa_stmt *stmt, capsa_slice bytes) {
  if (stmt->st) return;
  note(stmt, sqlite3_bind_blob64(stmt->handle, ++stmt->bound,
                                 bytes.len ? bytes.ptr : "", bytes.len,
                                 SQLITE_STATIC));
}

bool capsa_stmt_next(capsa_stmt *stmt) {
  if (stmt->st) return false;
  int rc = sqlite3_step(stmt->handle);
  stmt->column = 0;
  note(stmt, rc);
  return rc == SQLITE_ROW;
}

void capsa_stmt_run(capsa_stmt *stmt) {
  while (capsa_stmt_next(stmt))
    ;
  sqlite3_reset(stmt->handle);
  stmt->bound = 0;
}

int64_t capsa_stmt_number(capsa_stmt *stmt) {
  return sqlite3_column_int64(stmt->handle, stmt->column++);
}

double capsa_stmt_real(capsa_stmt *stmt) {
  return sqlite3_column_double(stmt->handle, stmt->column++);
}

/* sqlite3_column_blob gives the bytes of a TEXT as they are stored, and NULL
 * when memory ran out, too: then the length says so. */
static capsa_slice view_column(capsa_stmt *stmt) {
  int column = stmt->column++;
  const char *ptr = sqlite3_column_blob(stmt->handle, column);
  int len = sqlite3_column_bytes(stmt->handle, column);
  if (!ptr && len > 0) note(stmt, SQLITE_NOMEM);
  return (capsa_slice){ptr, ptr ? (size_t)len : 0};
}

capsa_slice capsa_stmt_text(capsa_stmt *stmt, capsa_arena *arena) {
  capsa_slice text = capsa_arena_copy(arena, view_column(stmt));
  if (capsa_arena_failed(arena)) note(stmt, SQLITE_NOMEM);
  return text;
}

void capsa_stmt_put(capsa_stmt *stmt, capsa_buf *buf) {
  capsa_buf_put(buf, view_column(stmt));
}

capsa_status capsa_stmt_close(capsa_stmt *stmt) {
  sqlite3_finalize(stmt->handle);
  stmt->handle = NULL;
  return stmt->st;
}
