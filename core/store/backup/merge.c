/* merge.c -- the order of a merge, and what it tells.
 *
 * The work is a list of parts, each done piece by piece: a record, a handful
 * of notes, the few settings. A piece is one transaction, so that whatever
 * ends a merge leaves whole records, and a second merge takes up the rest.
 */
#include "store/backup/merge.h"

#include "base/json.h"
#include "base/mem.h"
#include "base/slice.h"
#include "store/backup/steps.h"
#include "store/foreign.h"
#include "store/schema.h"

static capsa_status (*const parts[])(capsa_merge *, bool *) = {
    capsa_merge_records, capsa_merge_notes, capsa_merge_rest};
enum { PART_COUNT = sizeof parts / sizeof *parts };

static void count_difference(void *context, capsa_schema_difference how,
                             capsa_slice type, capsa_slice name) {
  (void)how, (void)type, (void)name;
  ++*(size_t *)context;
}

/* The seam for files from outside: whatever else has to be asked of a file
 * before its rows are read belongs here. */
static capsa_status open_foreign(const char *path, sqlite3 **db) {
  int64_t version = 0;
  size_t differences = 0;
  capsa_status st = capsa_foreign_open(path, &version, db);
  if (st == CAPSA_ECORRUPT && capsa_foreign_is_half(path))
    return CAPSA_EDAMAGED;
  if (!st && version > CAPSA_LIBRARY_SCHEMA) return capsa_schema_fits(*db);
  if (!st)
    st = capsa_schema_compare(*db, version, count_difference, &differences);
  if (!st && differences) st = CAPSA_ECORRUPT;
  return st ? st : capsa_foreign_settle(db, version);
}

capsa_status capsa_library_open_copy(const char *path, capsa_library **out) {
  sqlite3 *db = NULL;
  capsa_status st = open_foreign(path, &db);
  return capsa_library_wrap(db, CAPSA_ACCESS_STORAGE, st, out);
}

static capsa_status read_total(capsa_merge *merge, capsa_library *into,
                               capsa_library *from) {
  capsa_care ours, theirs;
  capsa_status st = capsa_library_care(into, merge->own, &ours);
  if (!st) st = capsa_library_care(from, merge->own, &theirs);
  if (st) return st;
  merge->report.same_library =
      ours.identity.len && capsa_slice_equal(ours.identity, theirs.identity);
  capsa_stmt stmt =
      capsa_stmt_open(merge->from, "SELECT (SELECT count(*) FROM document) +"
                                   " (SELECT count(*) FROM annotation)");
  if (capsa_stmt_next(&stmt)) merge->total = (uint64_t)capsa_stmt_number(&stmt);
  return capsa_stmt_close(&stmt);
}

capsa_status capsa_merge_begin(capsa_library *into, capsa_library *from,
                               bool dry_run, capsa_merge **out) {
  capsa_merge *merge = capsa_mem_alloc(sizeof *merge);
  if (!merge) return CAPSA_ENOMEM;
  *merge = (capsa_merge){.into = into->db,
                         .from = from->db,
                         .dry_run = dry_run,
                         .own = capsa_arena_new(),
                         .scratch = capsa_arena_new()};
  capsa_status st = merge->own && merge->scratch ? CAPSA_OK : CAPSA_ENOMEM;
  if (!st) st = read_total(merge, into, from);
  if (st) capsa_merge_end(merge);
  else *out = merge;
  return st;
}

static capsa_status do_piece(capsa_merge *merge) {
  bool more = false;
  capsa_arena_reset(merge->scratch);
  capsa_status st = parts[merge->part](merge, &more);
  if (!st && capsa_arena_failed(merge->own)) st = CAPSA_ENOMEM;
  if (!st && !more) merge->part++;
  return st;
}

capsa_status capsa_merge_step(capsa_merge *merge, capsa_progress *progress) {
  capsa_status st = CAPSA_OK;
  capsa_steps steps = capsa_steps_begin();
  do st = merge->part < PART_COUNT ? do_piece(merge) : CAPSA_OK;
  while (!st && merge->part < PART_COUNT && capsa_steps_goes_on(&steps));
  *progress = (capsa_progress){merge->done, merge->total,
                               !st && merge->part == PART_COUNT};
  return st;
}

void capsa_merge_end(capsa_merge *merge) {
  if (!merge) return;
  capsa_arena_free(merge->own);
  capsa_arena_free(merge->scratch);
  capsa_mem_free(merge);
}

capsa_slice capsa_merge_key_of(const capsa_merge *merge, capsa_slice theirs) {
  for (size_t i = 0; i < merge->keys.count; i++)
    if (capsa_slice_equal(merge->keys.items[i].theirs, theirs))
      return merge->keys.items[i].ours;
  return theirs;
}

capsa_status capsa_merge_tell(const capsa_merge *merge, capsa_arena *arena,
                              capsa_merge_report *out) {
  capsa_merge_report report = merge->report;
  size_t size = merge->titles.count * sizeof *report.titles;
  capsa_merged_title *titles = capsa_arena_alloc(arena, size ? size : 1);
  for (size_t i = 0; titles && i < merge->titles.count; i++) {
    titles[i] = merge->titles.items[i];
    titles[i].title = capsa_arena_copy(arena, titles[i].title);
  }
  if (capsa_arena_failed(arena)) return CAPSA_ENOMEM;
  report.titles = titles;
  report.title_count = merge->titles.count;
  *out = report;
  return CAPSA_OK;
}

capsa_status capsa_library_merge(capsa_library *into, capsa_library *from,
                                 bool dry_run, capsa_arena *arena,
                                 capsa_merge_report *out) {
  capsa_merge *merge = NULL;
  capsa_progress progress = {0};
  capsa_status st = capsa_merge_begin(into, from, dry_run, &merge);
  while (!st && !progress.finished) st = capsa_merge_step(merge, &progress);
  if (!st) st = capsa_merge_tell(merge, arena, out);
  capsa_merge_end(merge);
  return st;
}

static void put_counts(capsa_json *json, const char *key,
                       const char *const *names, const size_t *counts) {
  capsa_json_key(json, key);
  capsa_json_open(json, '{');
  for (size_t i = 0; names[i]; i++)
    capsa_json_member_number(json, names[i], counts[i]);
  capsa_json_close(json, '}');
}

static void put_titles(capsa_json *json, const capsa_merge_report *report) {
  capsa_json_key(json, "titles");
  capsa_json_open(json, '[');
  for (size_t i = 0; i < report->title_count; i++) {
    capsa_json_open(json, '{');
    capsa_json_member(json, "title", report->titles[i].title);
    if (report->titles[i].edition) {
      capsa_json_key(json, "edition");
      capsa_json_bool(json, true);
    }
    capsa_json_close(json, '}');
  }
  capsa_json_close(json, ']');
}

capsa_status capsa_merge_report_to_json(const capsa_merge_report *r,
                                        capsa_arena *arena, capsa_slice *out) {
  static const char *const of_records[] = {"new", "edition", "kept", "leftOut",
                                           NULL};
  static const char *const of_notes[] = {"new",  "changed", "removed",
                                         "kept", "leftOut", NULL};
  const size_t records[] = {r->records_new, r->records_edition, r->records_kept,
                            r->records_left_out};
  const size_t notes[] = {r->notes_new, r->notes_changed, r->notes_removed,
                          r->notes_kept, r->notes_left_out};
  static const char *const of_rest[] = {"new", NULL};
  capsa_buf buf = {0};
  capsa_json json = {.buf = &buf};
  capsa_json_open(&json, '{');
  capsa_json_key(&json, "sameLibrary");
  capsa_json_bool(&json, r->same_library);
  put_counts(&json, "records", of_records, records);
  put_counts(&json, "notes", of_notes, notes);
  put_counts(&json, "settings", of_rest, &r->settings_new);
  put_counts(&json, "versions", of_rest, &r->versions_new);
  put_titles(&json, r);
  capsa_json_close(&json, '}');
  return capsa_buf_take(&buf, arena, out);
}
