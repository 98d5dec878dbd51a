/* sql.c -- plain SQL over the core's VFS, so that `make bench` can give our
 * build of SQLite and its files the very statements that it gives others; with
 * digests in the pages, as a library has them. A program of its own
 * (build/wasm/bench-store.mjs): the reader has no such door.
 */
#include <emscripten.h>

#include "store/checked.h"

static sqlite3 *db;

/** @return a SQLite code, as do the others */
EMSCRIPTEN_KEEPALIVE
int bench_open(const char *name) {
  int rc = capsa_checked_install();
  if (!rc) rc = sqlite3_open(name, &db);
  if (!rc) capsa_checked_new(db);
  return rc;
}

/** Run statements, reading every row they give. @param sql zero-terminated */
EMSCRIPTEN_KEEPALIVE
int bench_exec(const char *sql) { return sqlite3_exec(db, sql, 0, 0, 0); }

EMSCRIPTEN_KEEPALIVE
int bench_close(void) { return sqlite3_close(db); }
