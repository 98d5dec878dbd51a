/* care.c -- which library this is, and how well it is looked after. */
#include "base/arena.h"
#include "base/slice.h"
#include "store/backup/merge.h"

#define IDENTITY "identity"
#define SAVED "saved"

bool capsa_setting_is_own(capsa_slice name) {
  return capsa_slice_is(name, IDENTITY) || capsa_slice_is(name, SAVED);
}

capsa_status capsa_library_identify(sqlite3 *db) {
  capsa_stmt stmt =
      capsa_stmt_open(db, "SELECT 1 FROM setting WHERE name = '" IDENTITY "'");
  bool known = capsa_stmt_next(&stmt);
  capsa_status st = capsa_stmt_close(&stmt);
  if (st || known) return st;
  st =
      capsa_db_exec(db, "INSERT OR IGNORE INTO setting (name, value)"
                        " VALUES ('" IDENTITY "', lower(hex(randomblob(16))))");
  return st == CAPSA_ENOMEM ? st : CAPSA_OK;
}

capsa_status capsa_library_care(capsa_library *library, capsa_arena *arena,
                                capsa_care *out) {
  capsa_care care = {0};
  capsa_stmt stmt = capsa_stmt_open(
      library->db,
      "SELECT (SELECT value FROM setting WHERE name = '" IDENTITY "'),"
      " (SELECT value FROM setting WHERE name = '" SAVED "'),"
      " (SELECT max(max(modified, ifnull(removed, ''))) FROM annotation),"
      " (SELECT max(added) FROM document)");
  if (capsa_stmt_next(&stmt)) {
    care.identity = capsa_stmt_text(&stmt, arena);
    care.saved = capsa_stmt_text(&stmt, arena);
    care.noted = capsa_stmt_text(&stmt, arena);
    care.added = capsa_stmt_text(&stmt, arena);
  }
  capsa_status st = capsa_stmt_close(&stmt);
  if (!st) *out = care;
  return st;
}

capsa_status capsa_library_mark_saved(capsa_library *library) {
  return capsa_db_exec(
      library->db,
      "INSERT OR REPLACE INTO setting (name, value) VALUES ('" SAVED
      "', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))");
}
