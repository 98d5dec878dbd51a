/* db.h -- the door to SQLite: the only place that knows its codes.
 *
 *   capsa_db_open/close, _exec, _begin/_end    a database, a transaction
 *   capsa_db_guard                             what a statement may cost
 *   capsa_stmt                                 one statement, run row by row
 *
 * A statement is sticky (like capsa_buf): the first failure turns every later
 * call into a no-op and comes out of capsa_stmt_close.
 *
 *   capsa_stmt stmt = capsa_stmt_open(db, "SELECT name FROM t WHERE id = ?");
 *   capsa_stmt_bind_number(&stmt, 7);
 *   while (capsa_stmt_next(&stmt)) name = capsa_stmt_text(&stmt, arena);
 *   return capsa_stmt_close(&stmt);
 *
 * Parameters are bound and columns are read in order, each call taking the
 * next one. Bound text is borrowed until the statement is closed or run again.
 */
#ifndef CAPSA_CORE_STORE_DB_H
#define CAPSA_CORE_STORE_DB_H

#include "base/buf.h"
#include "sqlite3.h"

/** How long a call waits for another process before it says CAPSA_EBUSY. */
#define CAPSA_DB_BUSY_MS 1000

/** Longest value or row: a source of 64 MB in an old encoding grows to three
 * times that as UTF-8. */
#define CAPSA_DB_VALUE_BYTES_MAX (256 << 20)

/** Columns of a table or a result, terms of an ORDER BY. */
#define CAPSA_DB_COLUMNS_MAX 100

/** Longest statement; the longest of ours has some two thousand bytes. */
#define CAPSA_DB_SQL_BYTES_MAX (64 << 10)

/** Depth of an expression, and instructions of a statement's program. */
#define CAPSA_DB_DEPTH_MAX 100
#define CAPSA_DB_PROGRAM_MAX 50000

/** A statement that is not done after this many steps of SQLite's machine, or
 * after this time, is ended with CAPSA_ETIMEOUT. To count five million
 * paragraphs takes some hundred million steps, and a second or three. */
#define CAPSA_DB_STEPS_MAX 2000000000
#define CAPSA_DB_TIME_MS_MAX 120000

/** What a SQLite result code, plain or extended, means to us. */
capsa_status capsa_db_status(int code);

/**
 * Open the file, make it where it is not and `create` says so. Nothing is read
 * or written yet. What stands in the file is data: its schema calls no function
 * with effects, has no triggers that run, and its tables of FTS5's own are
 * written by FTS5 only; the limits above hold.
 * @param out  written only on CAPSA_OK; pair: capsa_db_close
 * @return CAPSA_OK, CAPSA_ENOTFOUND, CAPSA_ENOLIBRARY (a folder), storage
 */
capsa_status capsa_db_open(const char *path, bool create, sqlite3 **out);

/** The same, and nothing of it can be written.
 * @return CAPSA_OK, CAPSA_ENOTFOUND, CAPSA_ENOLIBRARY, storage */
capsa_status capsa_db_open_to_read(const char *path, sqlite3 **out);

/** NULL is allowed. */
void capsa_db_close(sqlite3 *db);

/** Give every statement of `db` fewer steps, or CAPSA_DB_STEPS_MAX. */
void capsa_db_set_steps(sqlite3 *db, int64_t steps);

/** Let statements of ours take as long as the library is large, or as long as
 * any other. */
void capsa_db_set_patience(sqlite3 *db, bool endless);

/**
 * The first `len` bytes of the file, past the pager: no lock is taken, no
 * journal rolled back, nothing written. Bytes beyond the end are zero.
 * @param size  gets the size of the file
 * @return CAPSA_OK, CAPSA_EIO
 */
capsa_status capsa_db_peek(sqlite3 *db, void *head, int len, int64_t *size);

/** Run statements that return nothing. */
capsa_status capsa_db_exec(sqlite3 *db, const char *sql);

/**
 * Begin to write: takes the write lock, or CAPSA_EBUSY. Inside another
 * transaction it is a part of that one, which can be undone by itself and is
 * kept only when the whole is. Each needs its capsa_db_end, unless it failed.
 */
capsa_status capsa_db_begin(sqlite3 *db);

/** The same, but it only reads, and lets nobody else commit, until it writes.
 * @return CAPSA_OK, storage */
capsa_status capsa_db_begin_to_read(sqlite3 *db);

/**
 * Commit where `st` is CAPSA_OK, else undo. Every change goes through here: a
 * statement alone cannot tell a commit that failed from one that only was not
 * flushed at its very end, which is made to last by one more.
 * @return `st`, or why the commit failed, and then all is undone; but where
 *         storage fails twice in a row, at that end and at the commit more, the
 *         change may stand
 */
capsa_status capsa_db_end(sqlite3 *db, capsa_status st);

typedef struct capsa_stmt {
  sqlite3_stmt *handle;
  int bound;    /* parameters bound since the last run */
  int column;   /* the next to be read */
  bool running; /* a row was read, and it was not reset since */
  capsa_status st;
} capsa_stmt;

/** @param sql  one statement, zero-terminated */
capsa_stmt capsa_stmt_open(sqlite3 *db, const char *sql);

void capsa_stmt_bind_number(capsa_stmt *stmt, int64_t number);
/** Bind text; the empty slice is the empty string, not NULL. */
void capsa_stmt_bind_text(capsa_stmt *stmt, capsa_slice text);
void capsa_stmt_bind_bytes(capsa_stmt *stmt, capsa_slice bytes);

/** Go to the next row; false at the end and after a failure. */
bool capsa_stmt_next(capsa_stmt *stmt);

/** Run to the end and make the statement ready to be bound and run again. */
void capsa_stmt_run(capsa_stmt *stmt);

int64_t capsa_stmt_number(capsa_stmt *stmt);
double capsa_stmt_real(capsa_stmt *stmt);
/** A copy in `arena`; NULL reads as the empty slice. */
capsa_slice capsa_stmt_text(capsa_stmt *stmt, capsa_arena *arena);

/** The same, appended to `buf`. */
void capsa_stmt_put(capsa_stmt *stmt, capsa_buf *buf);

/** Give the statement back. @return its first failure, or CAPSA_OK */
capsa_status capsa_stmt_close(capsa_stmt *stmt);

#endif
