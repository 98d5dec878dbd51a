/* schema_compare.c -- is a schema the one that Capsa makes?
 *
 * What it is compared with is made by the same statements in memory, so that
 * nothing is written twice. An object's SQL is compared letter by letter:
 * SQLite keeps it as it was given, and Capsa never changes it by other ways.
 */
#include "base/slice.h"
#include "capsa/library.h"
#include "store/schema.h"

static capsa_status open_known(int64_t version, sqlite3 **out) {
  sqlite3 *db = NULL;
  capsa_status st = capsa_db_open(":memory:", true, &db);
  if (!st) st = capsa_schema_run(db, version);
  if (!st) *out = db;
  else capsa_db_close(db);
  return st;
}

#define OBJECTS                                                                \
  "SELECT type, name, ifnull(sql, '') FROM sqlite_schema"                      \
  " ORDER BY name, type"

typedef struct object {
  bool there;
  capsa_slice type, name, sql; /* until the next */
} object;

static capsa_slice borrow(capsa_stmt *stmt, int column) {
  const char *ptr = sqlite3_column_blob(stmt->handle, column);
  return (capsa_slice){ptr, (size_t)sqlite3_column_bytes(stmt->handle, column)};
}

static void next_object(capsa_stmt *stmt, object *out) {
  out->there = capsa_stmt_next(stmt);
  if (!out->there) return;
  out->type = borrow(stmt, 0);
  out->name = borrow(stmt, 1);
  out->sql = borrow(stmt, 2);
}

static int order(const object *a, const object *b) {
  if (!a->there || !b->there) return b->there - a->there;
  int by_name = capsa_slice_compare(a->name, b->name);
  return by_name ? by_name : capsa_slice_compare(a->type, b->type);
}

static void compare(capsa_stmt *known, capsa_stmt *found,
                    capsa_schema_told *told, void *context) {
  object a, b;
  next_object(known, &a);
  next_object(found, &b);
  while (a.there || b.there) {
    int by = order(&a, &b);
    if (by < 0) told(context, CAPSA_SCHEMA_MISSING, a.type, a.name);
    if (by > 0) told(context, CAPSA_SCHEMA_FOREIGN, b.type, b.name);
    if (!by && !capsa_slice_equal(a.sql, b.sql))
      told(context, CAPSA_SCHEMA_CHANGED, a.type, a.name);
    if (by <= 0) next_object(known, &a);
    if (by >= 0) next_object(found, &b);
  }
}

capsa_status capsa_schema_compare(sqlite3 *db, int64_t version,
                                  capsa_schema_told *told, void *context) {
  sqlite3 *known_db = NULL;
  capsa_status st = open_known(version, &known_db);
  if (st) return st;
  capsa_stmt known = capsa_stmt_open(known_db, OBJECTS);
  capsa_stmt found = capsa_stmt_open(db, OBJECTS);
  compare(&known, &found, told, context);
  st = capsa_stmt_close(&known);
  capsa_status other = capsa_stmt_close(&found);
  capsa_db_close(known_db);
  return st ? st : other;
}

/* Prepare `SELECT every column FROM table`, in whatever order they stand. */
static capsa_status has_columns(sqlite3 *known, sqlite3 *db, capsa_slice table,
                                capsa_buf *sql) {
  capsa_stmt columns = capsa_stmt_open(
      known,
      "SELECT name FROM pragma_table_xinfo(?) WHERE hidden IN (0, 2, 3)");
  capsa_stmt_bind_text(&columns, table);
  sql->len = 0;
  capsa_buf_puts(sql, "SELECT ");
  for (bool first = true; capsa_stmt_next(&columns); first = false) {
    if (!first) capsa_buf_puts(sql, ", ");
    capsa_buf_putc(sql, '"');
    capsa_stmt_put(&columns, sql);
    capsa_buf_putc(sql, '"');
  }
  capsa_status st = capsa_stmt_close(&columns);
  capsa_buf_puts(sql, " FROM \"");
  capsa_buf_put(sql, table);
  capsa_buf_puts(sql, "\"");
  capsa_buf_putc(sql, '\0');
  if (st || sql->failed) return st ? st : CAPSA_ENOMEM;
  capsa_stmt probe = capsa_stmt_open(db, sql->ptr);
  st = capsa_stmt_close(&probe);
  return st == CAPSA_EIO ? CAPSA_ENEWER : st; /* SQLITE_ERROR: no such column */
}

capsa_status capsa_schema_fits(sqlite3 *db) {
  sqlite3 *known = NULL;
  capsa_buf sql = {0};
  capsa_status st = open_known(CAPSA_LIBRARY_SCHEMA, &known);
  if (st) return st;
  capsa_stmt tables = capsa_stmt_open(
      known, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
             " AND name NOT LIKE 'block\\_fts\\_%' ESCAPE '\\'");
  while (!st && capsa_stmt_next(&tables))
    st = has_columns(known, db, borrow(&tables, 0), &sql);
  capsa_status closed = capsa_stmt_close(&tables);
  capsa_buf_free(&sql);
  capsa_db_close(known);
  return st ? st : closed;
}
