/* merge_rest.c -- what the reader said of versions, and settings: those that
 * are missing. */
#include "base/slice.h"
#include "base/utf8.h"
#include "store/backup/merge.h"
#include "store/foreign_rows.h"
#include "store/versions.h"

/* Where a place of reading is kept: behind it stands a document's key. */
#define POSITION "position/"

/** Longest name of a setting that comes in. */
#define NAME_BYTES_MAX 2048

typedef struct pair {
  capsa_slice name, value;
} pair;

typedef CAPSA_LIST(pair) pair_list;

static capsa_status read_pairs(capsa_merge *merge, const char *sql,
                               pair_list *out) {
  capsa_stmt stmt = capsa_stmt_open(merge->from, sql);
  while (capsa_stmt_next(&stmt)) {
    pair *item = CAPSA_LIST_ADD(merge->scratch, out);
    if (!item) break;
    item->name = capsa_stmt_text(&stmt, merge->scratch);
    item->value = capsa_stmt_text(&stmt, merge->scratch);
  }
  capsa_status st = capsa_stmt_close(&stmt);
  return capsa_arena_failed(merge->scratch) ? CAPSA_ENOMEM : st;
}

/* A table of names and values, which gets what it lacks. */
typedef struct table {
  const char *find, *put;
} table;

static const table versions = {
    "SELECT 1 FROM version WHERE document = ?",
    "INSERT INTO version (document, record) VALUES (?, ?)"};
static const table settings = {
    "SELECT 1 FROM setting WHERE name = ?",
    "INSERT INTO setting (name, value) VALUES (?, ?)"};

static capsa_status put_missing(capsa_merge *merge, const table *into,
                                capsa_slice name, capsa_slice value,
                                bool *missing) {
  capsa_stmt stmt = capsa_stmt_open(merge->into, into->find);
  capsa_stmt_bind_text(&stmt, name);
  *missing = !capsa_stmt_next(&stmt);
  capsa_status st = capsa_stmt_close(&stmt);
  if (st || !*missing || merge->dry_run) return st;
  stmt = capsa_stmt_open(merge->into, into->put);
  capsa_stmt_bind_text(&stmt, name);
  capsa_stmt_bind_text(&stmt, value);
  capsa_stmt_run(&stmt);
  return capsa_stmt_close(&stmt);
}

static capsa_status merge_versions(capsa_merge *merge) {
  pair_list pairs = {0};
  capsa_status st =
      read_pairs(merge, "SELECT document, record FROM version", &pairs);
  for (size_t i = 0; !st && i < pairs.count; i++) {
    bool missing = false;
    const pair *item = &pairs.items[i];
    if (!capsa_version_is_sound(item->name, item->value)) continue;
    capsa_slice key = capsa_merge_key_of(merge, item->name);
    st = put_missing(merge, &versions, key, item->value, &missing);
    if (st || !missing) continue;
    merge->report.versions_new++;
    if (!merge->dry_run)
      st = capsa_versions_update(merge->into, key, merge->scratch);
  }
  return st;
}

static capsa_status name_in(capsa_merge *merge, capsa_slice name,
                            capsa_slice *out) {
  *out = name;
  if (!capsa_slice_starts(name, POSITION)) return CAPSA_OK;
  capsa_buf buf = {0};
  capsa_buf_puts(&buf, POSITION);
  capsa_buf_put(&buf, capsa_merge_key_of(
                          merge, capsa_slice_from(name, sizeof POSITION - 1)));
  return capsa_buf_take(&buf, merge->scratch, out);
}

static bool is_sound(const pair *setting) {
  return setting->name.len > 0 && setting->name.len <= NAME_BYTES_MAX &&
         capsa_utf8_is_valid(setting->name) &&
         capsa_utf8_is_valid(setting->value);
}

static capsa_status merge_settings(capsa_merge *merge) {
  pair_list pairs = {0};
  capsa_status st =
      read_pairs(merge, "SELECT name, value FROM setting", &pairs);
  for (size_t i = 0; !st && i < pairs.count; i++) {
    bool missing = false;
    capsa_slice name;
    const pair *item = &pairs.items[i];
    if (capsa_setting_is_own(item->name) || !is_sound(item)) continue;
    st = name_in(merge, item->name, &name);
    if (!st) st = put_missing(merge, &settings, name, item->value, &missing);
    if (!st && missing) merge->report.settings_new++;
  }
  return st;
}

capsa_status capsa_merge_rest(capsa_merge *merge, bool *more) {
  *more = false;
  capsa_status st = merge->dry_run ? CAPSA_OK : capsa_db_begin(merge->into);
  if (st) return st;
  st = merge_versions(merge);
  if (!st) st = merge_settings(merge);
  return merge->dry_run ? st : capsa_db_end(merge->into, st);
}
