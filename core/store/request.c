/* request.c -- changes that are made once, however often they are asked for.
 *
 * The answer is written in the transaction of the change, so the two stand or
 * fall together. Requests are forgotten by their number and not by their age:
 * a clock may jump.
 */
#include "store/library.h"

static capsa_status find(sqlite3 *db, capsa_slice id, capsa_arena *arena,
                         bool *answered, capsa_slice *answer) {
  *answered = false;
  capsa_stmt stmt =
      capsa_stmt_open(db, "SELECT answer FROM request WHERE id = ?");
  capsa_stmt_bind_text(&stmt, id);
  if (capsa_stmt_next(&stmt)) {
    *answered = true;
    *answer = capsa_stmt_text(&stmt, arena);
  }
  return capsa_stmt_close(&stmt);
}

capsa_status capsa_library_request_begin(capsa_library *library, capsa_slice id,
                                         capsa_arena *arena, bool *answered,
                                         capsa_slice *answer) {
  if (!id.len || id.len > CAPSA_REQUEST_ID_MAX) return CAPSA_EINVAL;
  capsa_status st = capsa_db_begin(library->db);
  if (st) return st;
  st = find(library->db, id, arena, answered, answer);
  if (!st && !*answered) return CAPSA_OK;
  return capsa_db_end(library->db, st);
}

static capsa_status keep(sqlite3 *db, capsa_slice id, capsa_slice answer) {
  capsa_stmt stmt =
      capsa_stmt_open(db, "INSERT INTO request (id, answer) VALUES (?, ?)");
  capsa_stmt_bind_text(&stmt, id);
  capsa_stmt_bind_text(&stmt, answer);
  capsa_stmt_run(&stmt);
  return capsa_stmt_close(&stmt);
}

static capsa_status forget(sqlite3 *db) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "DELETE FROM request"
          " WHERE number <= (SELECT max(number) FROM request) - ?");
  capsa_stmt_bind_number(&stmt, CAPSA_REQUESTS_KEPT);
  capsa_stmt_run(&stmt);
  return capsa_stmt_close(&stmt);
}

capsa_status capsa_library_request_end(capsa_library *library, capsa_slice id,
                                       capsa_slice answer, capsa_status st) {
  if (!st) st = keep(library->db, id, answer);
  if (!st) st = forget(library->db);
  return capsa_db_end(library->db, st);
}
