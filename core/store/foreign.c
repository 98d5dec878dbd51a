/* foreign.c -- what a stranger's file may make SQLite do: answer our queries.
 *
 * An authorizer sees every table, column, function and pragma while a statement
 * is compiled, those that the file's schema brings in too (a view, a generated
 * column, a CHECK). So a schema that calls anything but the few functions of
 * ours does not get past the first query that touches it.
 */
#include "store/foreign.h"

#include <string.h>

#include "capsa/library.h"
#include "store/schema.h"

/* Where the file format (sqlite.org/fileformat2.html, 1.3) keeps how it is
 * written, 2 for a WAL, and how long it is. */
enum {
  HEADER_LEN = 32,
  AT_PAGE_SIZE = 16,
  AT_WRITE_VERSION = 18,
  AT_PAGE_COUNT = 28,
  WAL = 2
};

static bool is_in(const char *name, const char *const *list) {
  for (; name && *list; list++)
    if (!sqlite3_stricmp(name, *list)) return true;
  return false;
}

/* strftime stands in the schema, as the default of a column. */
static bool is_function(const char *name) {
  static const char *const ours[] = {
      "bm25",     "char",   "count", "fts5",   "ifnull",       "length",
      "match",    "max",    "min",   "nullif", "octet_length", "round",
      "strftime", "substr", "sum",   NULL};
  return is_in(name, ours);
}

static bool is_pragma(const char *name) {
  static const char *const ours[] = {"data_version", "foreign_key_check",
                                     "integrity_check", "user_version", NULL};
  return is_in(name, ours);
}

/* `within` is the view or trigger that asks for it. */
static int allow(void *context, int action, const char *first,
                 const char *second, const char *schema, const char *within) {
  (void)context, (void)schema;
  bool ours = !within || !strcmp(within, "passage");
  switch (action) {
  case SQLITE_SELECT:
  case SQLITE_READ: return ours ? SQLITE_OK : SQLITE_DENY;
  case SQLITE_FUNCTION:
    return ours && is_function(second) ? SQLITE_OK : SQLITE_DENY;
  case SQLITE_PRAGMA: return ours && is_pragma(first) ? SQLITE_OK : SQLITE_DENY;
  case SQLITE_TRANSACTION:
  case SQLITE_SAVEPOINT: return within ? SQLITE_DENY : SQLITE_OK;
  default: return SQLITE_DENY;
  }
}

/* The table of words is made first: to make it is a write, to its own database
 * in memory. FTS5 is not asked before somebody reads it. */
static capsa_status lock(sqlite3 *db) {
  capsa_db_set_steps(db, CAPSA_FOREIGN_STEPS_MAX);
  capsa_status st =
      capsa_db_exec(db, "PRAGMA cell_size_check = ON;"
                        "PRAGMA foreign_keys = ON;"
                        "CREATE VIRTUAL TABLE temp." CAPSA_FOREIGN_WORDS
                        "  USING fts5vocab ('main', 'block_fts', 'instance');"
                        "PRAGMA query_only = ON");
  sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_set_authorizer(db, allow, NULL);
  return st;
}

capsa_status capsa_foreign_open(const char *path, int64_t *version,
                                sqlite3 **out) {
  sqlite3 *db = NULL;
  unsigned char head[HEADER_LEN];
  int64_t size = 0;
  capsa_status st = capsa_db_open_to_read(path, &db);
  if (!st) st = capsa_db_peek(db, head, HEADER_LEN, &size);
  if (!st) st = capsa_schema_check(db, false, version);
  if (!st && head[AT_WRITE_VERSION] == WAL) st = CAPSA_EDAMAGED;
  if (!st) st = lock(db);
  if (!st) *out = db;
  else capsa_db_close(db);
  return st;
}

static int64_t read_number(const unsigned char *p, int len) {
  int64_t number = 0;
  while (len--) number = number << 8 | *p++;
  return number;
}

bool capsa_foreign_is_half(const char *path) {
  unsigned char head[HEADER_LEN];
  int64_t size = 0;
  sqlite3 *db = NULL;
  capsa_status st = capsa_db_open_to_read(path, &db);
  if (!st) st = capsa_db_peek(db, head, HEADER_LEN, &size);
  capsa_db_close(db);
  int64_t page = read_number(head + AT_PAGE_SIZE, 2);
  if (page == 1) page = 65536;
  return !st && size < page * read_number(head + AT_PAGE_COUNT, 4);
}

static capsa_status bring_along(sqlite3 *from, sqlite3 *copy) {
  capsa_status st = capsa_db_copy(from, copy);
  if (!st) st = capsa_db_exec(copy, "PRAGMA foreign_keys = ON");
  if (!st) st = capsa_migrate(copy, "");
  return st ? st : lock(copy);
}

capsa_status capsa_foreign_settle(sqlite3 **db, int64_t version) {
  sqlite3 *copy = NULL;
  char head;
  int64_t size = 0;
  if (version >= CAPSA_LIBRARY_SCHEMA) return CAPSA_OK;
  capsa_status st = capsa_db_peek(*db, &head, 1, &size);
  if (!st && size > CAPSA_LIBRARY_IN_MEMORY_MAX) st = CAPSA_ETOOBIG;
  if (!st) st = capsa_db_open(":memory:", true, &copy);
  if (!st) st = bring_along(*db, copy);
  if (st) {
    capsa_db_close(copy);
    return st;
  }
  capsa_db_close(*db);
  *db = copy;
  return CAPSA_OK;
}
