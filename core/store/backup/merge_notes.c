/* merge_notes.c -- notes by id: of two that differ the one changed last stays.
 *
 * A note that was removed is still a row. It comes along where there is none,
 * so that no older copy brings the note back.
 */
#include "base/slice.h"
#include "store/backup/merge.h"
#include "store/foreign_rows.h"

/** Notes merged in one transaction. */
#define NOTES_AT_ONCE 64

typedef capsa_foreign_note note;

typedef CAPSA_LIST(note) note_list;

static capsa_status read_notes(capsa_merge *merge, note_list *out) {
  capsa_stmt stmt = capsa_stmt_open(merge->from, "SELECT " CAPSA_FOREIGN_NOTE
                                                 " FROM annotation WHERE id > ?"
                                                 " ORDER BY id LIMIT ?");
  capsa_stmt_bind_text(&stmt, merge->last_note);
  capsa_stmt_bind_number(&stmt, NOTES_AT_ONCE);
  while (capsa_stmt_next(&stmt)) {
    note *item = CAPSA_LIST_ADD(merge->scratch, out);
    if (!item) break;
    capsa_foreign_note_read(&stmt, merge->scratch, item);
  }
  capsa_status st = capsa_stmt_close(&stmt);
  return capsa_arena_failed(merge->scratch) ? CAPSA_ENOMEM : st;
}

static capsa_status read_ours(capsa_merge *merge, capsa_slice id, note *out,
                              bool *known) {
  capsa_stmt stmt =
      capsa_stmt_open(merge->into, "SELECT " CAPSA_FOREIGN_NOTE
                                   " FROM annotation WHERE id = ?");
  capsa_stmt_bind_text(&stmt, id);
  *known = capsa_stmt_next(&stmt);
  if (*known) capsa_foreign_note_read(&stmt, merge->scratch, out);
  return capsa_stmt_close(&stmt);
}

static capsa_slice changed(const note *n) {
  return capsa_slice_compare(n->removed, n->modified) > 0 ? n->removed
                                                          : n->modified;
}

/* Above 0 where `a` goes before `b`. It is the same whichever of them is ours,
 * so two libraries that are merged both ways agree. */
static int compare(const note *a, const note *b) {
  int order = capsa_slice_compare(changed(a), changed(b));
  if (!order) order = (a->removed.len == 0) - (b->removed.len == 0);
  if (!order) order = (a->note.len > b->note.len) - (a->note.len < b->note.len);
  if (!order) order = capsa_slice_compare(a->note, b->note);
  if (!order) order = (a->colour > b->colour) - (a->colour < b->colour);
  return order;
}

static capsa_status put(capsa_merge *merge, const note *n) {
  capsa_stmt stmt = capsa_stmt_open(
      merge->into,
      "INSERT OR REPLACE INTO annotation (id, document, edition, colour, note,"
      "  start_code_point, end_code_point, quote, prefix, suffix, created,"
      "  modified, removed)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''))");
  capsa_stmt_bind_text(&stmt, n->id);
  capsa_stmt_bind_text(&stmt, capsa_merge_key_of(merge, n->document));
  capsa_stmt_bind_text(&stmt, n->edition);
  capsa_stmt_bind_number(&stmt, n->colour);
  capsa_stmt_bind_text(&stmt, n->note);
  capsa_stmt_bind_number(&stmt, n->start_code_point);
  capsa_stmt_bind_number(&stmt, n->end_code_point);
  capsa_stmt_bind_text(&stmt, n->quote);
  capsa_stmt_bind_text(&stmt, n->prefix);
  capsa_stmt_bind_text(&stmt, n->suffix);
  capsa_stmt_bind_text(&stmt, n->created);
  capsa_stmt_bind_text(&stmt, n->modified);
  capsa_stmt_bind_text(&stmt, n->removed);
  capsa_stmt_run(&stmt);
  return capsa_stmt_close(&stmt);
}

/* What becomes of it, as the reader sees it: a note that is removed in both
 * was and is not there. */
static void count(capsa_merge_report *report, const note *theirs,
                  const note *ours) {
  bool is = !theirs->removed.len, was = ours && !ours->removed.len;
  if (is && was) report->notes_changed++;
  else if (is) report->notes_new++;
  else if (was) report->notes_removed++;
  else report->notes_kept++;
}

static capsa_status merge_note(capsa_merge *merge, const note *theirs) {
  note ours = {0};
  bool known = false;
  capsa_status st = read_ours(merge, theirs->id, &ours, &known);
  if (st) return st;
  if (theirs->fault) {
    merge->report.notes_left_out++;
    return CAPSA_OK;
  }
  if (known && compare(theirs, &ours) <= 0) {
    merge->report.notes_kept++;
    return CAPSA_OK;
  }
  count(&merge->report, theirs, known ? &ours : NULL);
  return merge->dry_run ? CAPSA_OK : put(merge, theirs);
}

static capsa_status merge_all(capsa_merge *merge, const note_list *notes) {
  capsa_status st = CAPSA_OK;
  for (size_t i = 0; !st && i < notes->count; i++)
    st = merge_note(merge, &notes->items[i]);
  return st;
}

capsa_status capsa_merge_notes(capsa_merge *merge, bool *more) {
  note_list notes = {0};
  capsa_merge_report before = merge->report;
  capsa_status st = read_notes(merge, &notes);
  *more = notes.count > 0;
  if (st || !*more) return st;
  if (!merge->dry_run) st = capsa_db_begin(merge->into);
  if (st) return st;
  st = merge_all(merge, &notes);
  if (!merge->dry_run) st = capsa_db_end(merge->into, st);
  if (st) {
    merge->report = before;
    return st;
  }
  merge->last_note =
      capsa_arena_copy(merge->own, notes.items[notes.count - 1].id);
  merge->done += notes.count;
  return CAPSA_OK;
}
