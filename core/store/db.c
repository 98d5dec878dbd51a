#include "store/db.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "store/checked.h"

/* How often a statement is looked at, in steps of SQLite's machine: every
 * millisecond or so. */
#define STEPS_A_LOOK 50000

/* What passes between two looks counts as this at most: a clock that jumps, or
 * a laptop that slept, ends nothing. */
#define LOOK_MS_MAX 1000

static const char GUARD[] = "capsa";

/* What the statement under way has cost. */
typedef struct guard {
  sqlite3_vfs *vfs;
  int64_t steps, steps_max;
  int64_t spent_ms, spent_ms_max, last_ms;
} guard;

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
  case SQLITE_INTERRUPT: return CAPSA_ETIMEOUT;
  case SQLITE_READONLY: return CAPSA_EREADONLY;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
  case SQLITE_FORMAT: return CAPSA_ECORRUPT;
  default: return CAPSA_EIO;
  }
}

/* SQLITE_CANTOPEN has many fathers. The VFS knows whether a file is there (one
 * without content counts as none, as in the browser). */
static capsa_status why_not_open(sqlite3 *db, const char *path, bool create) {
  if (sqlite3_errcode(db) == SQLITE_CANTOPEN_ISDIR ||
      sqlite3_system_errno(db) == EISDIR)
    return CAPSA_ENOLIBRARY;
  if (sqlite3_errcode(db) != SQLITE_CANTOPEN)
    return capsa_db_status(sqlite3_errcode(db));
  sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
  int exists = 1;
  vfs->xAccess(vfs, path, SQLITE_ACCESS_EXISTS, &exists);
  return exists || create ? CAPSA_EIO : CAPSA_ENOTFOUND;
}

static int64_t now_ms(sqlite3_vfs *vfs) {
  sqlite3_int64 now = 0;
  if (vfs->iVersion >= 2 && vfs->xCurrentTimeInt64)
    (void)vfs->xCurrentTimeInt64(vfs, &now);
  return now;
}

/* Called by SQLite; not 0 ends the statement. */
static int look(void *context) {
  guard *g = context;
  int64_t now = now_ms(g->vfs), passed = now - g->last_ms;
  g->last_ms = now;
  if (passed > 0) g->spent_ms += passed < LOOK_MS_MAX ? passed : LOOK_MS_MAX;
  g->steps += STEPS_A_LOOK;
  return g->steps > g->steps_max || g->spent_ms > g->spent_ms_max;
}

/* A statement begins. FTS5's own statements do not come by here: what they
 * cost counts for the one that they serve. */
static void begin_count(sqlite3 *db) {
  guard *g = sqlite3_get_clientdata(db, GUARD);
  if (!g) return;
  g->steps = g->spent_ms = 0;
  g->last_ms = now_ms(g->vfs);
}

void capsa_db_set_steps(sqlite3 *db, int64_t steps) {
  guard *g = sqlite3_get_clientdata(db, GUARD);
  if (g) g->steps_max = steps;
}

void capsa_db_set_patience(sqlite3 *db, bool endless) {
  guard *g = sqlite3_get_clientdata(db, GUARD);
  if (!g) return;
  g->steps_max = endless ? INT64_MAX : CAPSA_DB_STEPS_MAX;
  g->spent_ms_max = endless ? INT64_MAX : CAPSA_DB_TIME_MS_MAX;
}

static void set_limits(sqlite3 *db) {
  static const int limits[][2] = {
      {SQLITE_LIMIT_LENGTH, CAPSA_DB_VALUE_BYTES_MAX},
      {SQLITE_LIMIT_SQL_LENGTH, CAPSA_DB_SQL_BYTES_MAX},
      {SQLITE_LIMIT_COLUMN, CAPSA_DB_COLUMNS_MAX},
      {SQLITE_LIMIT_EXPR_DEPTH, CAPSA_DB_DEPTH_MAX},
      {SQLITE_LIMIT_VDBE_OP, CAPSA_DB_PROGRAM_MAX},
      {SQLITE_LIMIT_COMPOUND_SELECT, 8},
      {SQLITE_LIMIT_FUNCTION_ARG, 16},
      {SQLITE_LIMIT_TRIGGER_DEPTH, 16},
      {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 256},
      {SQLITE_LIMIT_ATTACHED, 1}, /* for VACUUM INTO; foreign.c has none */
      {SQLITE_LIMIT_WORKER_THREADS, 0}};
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
    sqlite3_limit(db, limits[i][0], limits[i][1]);
}

/* Triggers: our schema has none. Views: it has one. */
static capsa_status harden(sqlite3 *db) {
  static const int settings[][2] = {{SQLITE_DBCONFIG_DEFENSIVE, 1},
                                    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
                                    {SQLITE_DBCONFIG_DQS_DML, 0},
                                    {SQLITE_DBCONFIG_DQS_DDL, 0}};
  for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
    (void)sqlite3_db_config(db, settings[i][0], settings[i][1], NULL);
  set_limits(db);
  guard *g = capsa_mem_alloc(sizeof *g);
  if (!g) return CAPSA_ENOMEM;
  *g = (guard){.vfs = sqlite3_vfs_find(NULL),
               .steps_max = CAPSA_DB_STEPS_MAX,
               .spent_ms_max = CAPSA_DB_TIME_MS_MAX};
  /* It frees the guard where it fails. */
  if (sqlite3_set_clientdata(db, GUARD, g, capsa_mem_free)) return CAPSA_ENOMEM;
  sqlite3_progress_handler(db, STEPS_A_LOOK, look, g);
  return CAPSA_OK;
}

static capsa_status open_with(const char *path, int flags, sqlite3 **out) {
  sqlite3 *db = NULL;
  bool create = flags & SQLITE_OPEN_CREATE;
  int rc = capsa_checked_install();
  if (rc) return capsa_db_status(rc);
  capsa_status st;
  if (sqlite3_open_v2(path, &db, flags | SQLITE_OPEN_EXRESCODE, NULL))
    st = db ? why_not_open(db, path, create) : CAPSA_ENOMEM;
  else st = harden(db);
  if (st) {
    sqlite3_close(db);
    return st;
  }
  sqlite3_busy_timeout(db, CAPSA_DB_BUSY_MS);
  /* Pages in memory never pass by where digests are made. */
  if (strcmp(path, ":memory:")) capsa_checked_new(db);
  *out = db;
  return CAPSA_OK;
}

capsa_status capsa_db_open(const char *path, bool create, sqlite3 **out) {
  int create_flag = create ? SQLITE_OPEN_CREATE : 0;
  return open_with(path, SQLITE_OPEN_READWRITE | create_flag, out);
}

capsa_status capsa_db_open_to_read(const char *path, sqlite3 **out) {
  return open_with(path, SQLITE_OPEN_READONLY, out);
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
  begin_count(db);
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

static capsa_status begin_by(sqlite3 *db, const char *sql) {
  uintptr_t depth = depth_of(db);
  capsa_status st = set_depth(db, depth + 1);
  if (!st) st = capsa_db_exec(db, depth ? "SAVEPOINT part" : sql);
  if (st) set_depth(db, depth);
  return st;
}

/* IMMEDIATE: to begin as a reader and then find another writer would end in a
 * BUSY that no waiting cures. */
capsa_status capsa_db_begin(sqlite3 *db) {
  return begin_by(db, "BEGIN IMMEDIATE");
}

capsa_status capsa_db_begin_to_read(sqlite3 *db) {
  return begin_by(db, "BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1");
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
  if (!stmt->running) begin_count(sqlite3_db_handle(stmt->handle));
  int rc = sqlite3_step(stmt->handle);
  stmt->column = 0;
  stmt->running = rc == SQLITE_ROW;
  note(stmt, rc);
  return stmt->running;
}

void capsa_stmt_run(capsa_stmt *stmt) {
  while (capsa_stmt_next(stmt))
    ;
  sqlite3_reset(stmt->handle);
  stmt->bound = 0;
  stmt->running = false;
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
