/* rows_source.c -- what a document was read from, out of its rows. */
#include "base/arena.h"
#include "base/slice.h"
#include "store/rows.h"

static capsa_status read_undone(sqlite3 *db, int64_t id, capsa_arena *arena,
                                capsa_source *source) {
  CAPSA_LIST(capsa_undone) list = {0};
  capsa_stmt stmt = capsa_stmt_open(
      db, "SELECT rule, original, corrected, before, after, nth FROM undone"
          " WHERE document_id = ? ORDER BY number");
  capsa_stmt_bind_number(&stmt, id);
  while (capsa_stmt_next(&stmt)) {
    capsa_undone *undone = CAPSA_LIST_ADD(arena, &list);
    if (!undone) break;
    undone->rule = capsa_stmt_text(&stmt, arena);
    undone->original = capsa_stmt_text(&stmt, arena);
    undone->corrected = capsa_stmt_text(&stmt, arena);
    undone->before = capsa_stmt_text(&stmt, arena);
    undone->after = capsa_stmt_text(&stmt, arena);
    undone->nth = (uint32_t)capsa_stmt_number(&stmt);
  }
  source->undone = list.items;
  source->undone_count = list.count;
  capsa_status st = capsa_stmt_close(&stmt);
  return capsa_arena_failed(arena) ? CAPSA_ENOMEM : st;
}

capsa_status capsa_rows_read_source(sqlite3 *db, int64_t id, capsa_arena *arena,
                                    capsa_source *out) {
  capsa_source source = {0};
  capsa_stmt stmt = capsa_stmt_open(
      db, "SELECT name, asked, keep_printed, part, bytes FROM source"
          " WHERE document_id = ?");
  capsa_stmt_bind_number(&stmt, id);
  bool found = capsa_stmt_next(&stmt);
  if (found) {
    source.name = capsa_stmt_text(&stmt, arena);
    source.format = capsa_format_find(capsa_stmt_text(&stmt, arena));
    source.keep_printed = capsa_stmt_number(&stmt);
    source.part = (uint32_t)capsa_stmt_number(&stmt);
    source.bytes = capsa_stmt_text(&stmt, arena);
  }
  capsa_status st = capsa_stmt_close(&stmt);
  if (!st && (!found || source.format == CAPSA_FORMAT_COUNT))
    st = CAPSA_ECORRUPT;
  if (!st) st = read_undone(db, id, arena, &source);
  if (!st) *out = source;
  return st;
}
