/* digest.c -- what a library holds, and whether it is whole (workload.h). */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "capsa/capsa.h"
#include "workload.h"

static uint64_t mix(uint64_t h, const void *bytes, size_t len) {
  const unsigned char *p = bytes;
  uint64_t word;
  for (; len >= sizeof word; p += sizeof word, len -= sizeof word) {
    memcpy(&word, p, sizeof word);
    h = (h ^ word) * 0x100000001B3u;
    h ^= h >> 29;
  }
  for (; len; p++, len--) h = (h ^ *p) * 0x100000001B3u;
  return h;
}

static uint64_t mix_row(uint64_t h, sqlite3_stmt *row) {
  for (int i = 0; i < sqlite3_column_count(row); i++) {
    int type = sqlite3_column_type(row, i);
    const void *bytes = sqlite3_column_blob(row, i);
    int len = sqlite3_column_bytes(row, i);
    int head[2] = {type, len};
    h = mix(h, head, sizeof head);
    if (bytes) h = mix(h, bytes, (size_t)len);
  }
  return h;
}

static int digest_table(sqlite3 *db, const char *table, uint64_t *h) {
  char sql[200];
  sqlite3_stmt *rows = NULL;
  /* Its identity is made at random with each library. */
  sqlite3_snprintf(sizeof sql, sql, "SELECT * FROM %Q%s", table,
                   strcmp(table, "setting") ? "" : " WHERE name <> 'identity'");
  int rc = sqlite3_prepare_v2(db, sql, -1, &rows, NULL);
  while (!rc && (rc = sqlite3_step(rows)) == SQLITE_ROW) {
    *h = mix_row(*h, rows);
    rc = SQLITE_OK;
  }
  sqlite3_finalize(rows);
  return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

/* FTS5's own tables are what its own check is for. */
#define TABLES                                                                 \
  "SELECT name FROM sqlite_schema WHERE type = 'table'"                        \
  " AND name NOT LIKE 'block_fts%' AND name NOT LIKE 'sqlite%' ORDER BY name"

capsa_status workload_digest(capsa_library *library, uint64_t *out) {
  uint64_t h = 0xCBF29CE484222325u;
  sqlite3_stmt *names = NULL;
  int rc = sqlite3_prepare_v2(library->db, TABLES, -1, &names, NULL);
  while (!rc && (rc = sqlite3_step(names)) == SQLITE_ROW) {
    const char *name = (const char *)sqlite3_column_text(names, 0);
    rc = name ? digest_table(library->db, name, &h) : SQLITE_NOMEM;
  }
  sqlite3_finalize(names);
  if (rc != SQLITE_DONE) return capsa_db_status(rc ? rc : SQLITE_ERROR);
  *out = h;
  return CAPSA_OK;
}

/* Does this answer with `expected`, or with nothing where that is NULL? */
static bool answers(sqlite3 *db, const char *sql, const char *expected,
                    char *words, size_t room) {
  sqlite3_stmt *stmt = NULL;
  int rc = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);
  if (!rc) rc = sqlite3_step(stmt);
  const char *said =
      rc == SQLITE_ROW ? (const char *)sqlite3_column_text(stmt, 0) : NULL;
  bool good = rc == SQLITE_DONE ? !expected
                                : said && expected && !strcmp(said, expected);
  if (!good)
    snprintf(words, room, "%s: %s", sql, said ? said : sqlite3_errmsg(db));
  sqlite3_finalize(stmt);
  return good;
}

bool workload_check(capsa_library *library, char *words, size_t room) {
  sqlite3 *db = library->db;
  return answers(db, "PRAGMA integrity_check", "ok", words, room) &&
         answers(db, "PRAGMA foreign_key_check", NULL, words, room) &&
         answers(db,
                 "INSERT INTO block_fts (block_fts, rank)"
                 " VALUES ('integrity-check', 1)",
                 NULL, words, room);
}

static capsa_status read_one(capsa_library *library, capsa_slice key,
                             capsa_arena *arena) {
  capsa_document document;
  capsa_repairs repairs;
  capsa_slice html;
  capsa_status st = capsa_library_read(library, key, arena, &document);
  if (!st) st = capsa_document_to_html(&document, arena, &html);
  if (!st) st = capsa_repairs_list(library, key, arena, &repairs);
  return st;
}

capsa_status workload_read(capsa_library *library, capsa_arena *arena) {
  capsa_entries entries = {0};
  capsa_annotations notes;
  capsa_query query = {.text = capsa_slice_of("ink")};
  capsa_hits hits;
  capsa_status st = capsa_library_list(library, arena, &entries);
  for (size_t i = 0; !st && i < entries.count; i++)
    st = read_one(library, entries.items[i].key, arena);
  if (!st)
    st = capsa_annotations_list(library, (capsa_slice){0}, arena, &notes);
  return st ? st : capsa_search(library, &query, arena, &hits);
}
