/* library.c -- open a library; keep, find, list and remove its documents.
 *
 * Journal: TRUNCATE, a rollback journal. A library is then one plain file and,
 * while a change is under way, one journal beside it; no shared memory, which
 * no browser's file system has, and no WAL, without which a copy of the file
 * would miss what was written last. Measured over our VFS in Chromium and in
 * Firefox, times of TRUNCATE's: 200 small commits take 0.50 and 0.42 with
 * PERSIST, 0.40 and 0.29 with WAL; 20,000 rows at once 0.94 and 0.33, 1.6 and
 * 1.2. PERSIST is the better half of both, but leaves a journal that native
 * readers find beside the library, and that the store in IndexedDB would
 * write with each commit, where TRUNCATE's never leaves memory. With digests in
 * the pages, one run side by side on a busy machine (tests/bench/store
 * --journals), a small commit takes 9 ms with TRUNCATE and 3.5 with PERSIST in
 * Chromium, 6 and 5 in Firefox: no reader feels the difference.
 *
 * And by tests/torture/journals.c, flushes for each change, and of simulated
 * power cuts those that lost or broke something:
 *
 *   TRUNCATE, PERSIST or DELETE, FULL   4.0   none of 950 each
 *   TRUNCATE, NORMAL                    2.0   110 of 903
 *   WAL, FULL                           1.0   none of 547
 *   WAL, NORMAL                         0.0   294 of 459
 *
 * So synchronous=FULL, always. Pages of 8 KiB: with 4 KiB a scan takes two to
 * three times as long in a browser. 16 MiB of them in memory, not SQLite's 2:
 * merging the word index then reads no page twice.
 */
#include "store/library.h"

#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/slice.h"
#include "store/backup/merge.h"
#include "store/record.h"
#include "store/rows.h"
#include "store/schema.h"
#include "store/versions.h"

/** Fewest digits of an edition that name it. */
#define EDITION_DIGITS_MIN 6

static capsa_status configure(sqlite3 *db) {
  return capsa_db_exec(db, "PRAGMA page_size = 8192;"
                           "PRAGMA cache_size = -16384;"
                           "PRAGMA cell_size_check = ON;"
                           "PRAGMA foreign_keys = ON;"
                           "PRAGMA journal_mode = TRUNCATE;"
                           "PRAGMA synchronous = FULL");
}

/* Refuse every change from here on. */
static capsa_status forbid(sqlite3 *db) {
  return capsa_db_exec(db, "PRAGMA query_only = ON");
}

/* An older library where nothing can be written: bring a copy along. */
static capsa_status open_in_memory(sqlite3 **db) {
  sqlite3 *copy = NULL;
  int64_t size = 0;
  char head;
  capsa_status st = capsa_db_peek(*db, &head, 1, &size);
  if (!st && size > CAPSA_LIBRARY_IN_MEMORY_MAX) st = CAPSA_EREADONLY;
  if (!st) st = capsa_db_open(":memory:", true, &copy);
  if (!st) st = capsa_db_copy(*db, copy);
  if (!st) st = configure(copy);
  if (!st) st = capsa_migrate(copy, "");
  if (st) {
    capsa_db_close(copy);
    return st;
  }
  capsa_db_close(*db);
  *db = copy;
  return CAPSA_OK;
}

/* Make what was opened a library of this version, or one that can be read.
 * `version` was read from the first page as it lies there. Where a journal
 * waits, that page may be one of a change that was cut short: the version that
 * counts is read again when SQLite has rolled it back. */
static capsa_status settle(sqlite3 **db, const char *path, bool create,
                           int64_t version, capsa_access *access) {
  bool fixed = sqlite3_db_readonly(*db, "main") == 1;
  capsa_status st;
  *access = fixed ? CAPSA_ACCESS_STORAGE : CAPSA_ACCESS_FULL;
  if (version > CAPSA_LIBRARY_SCHEMA) {
    *access = CAPSA_ACCESS_NEWER;
    st = capsa_schema_fits(*db);
  } else if (fixed && version < CAPSA_LIBRARY_SCHEMA) st = open_in_memory(db);
  else st = configure(*db);
  if (!st && *access) return forbid(*db);
  if (!st) st = capsa_schema_version(*db, &version);
  if (!st && !version && !create) st = CAPSA_ENOTFOUND;
  if (st) return st;
  if (version < CAPSA_LIBRARY_SCHEMA) return capsa_migrate(*db, path);
  capsa_migrate_forget(path);
  return CAPSA_OK;
}

capsa_status capsa_library_wrap(sqlite3 *db, capsa_access access,
                                capsa_status st, capsa_library **out) {
  capsa_library *library = st ? NULL : capsa_mem_alloc(sizeof *library);
  if (!st && !library) st = CAPSA_ENOMEM;
  if (st) {
    capsa_db_close(db);
    return st;
  }
  *library = (capsa_library){.db = db, .access = access};
  *out = library;
  return CAPSA_OK;
}

capsa_status capsa_library_open(const char *path, bool create,
                                capsa_library **out) {
  if (!strcmp(path, ":memory:")) create = true;
  sqlite3 *db = NULL;
  int64_t version = 0;
  capsa_access access = CAPSA_ACCESS_FULL;
  capsa_status st = capsa_db_open(path, create, &db);
  if (!st) st = capsa_schema_check(db, create, &version);
  if (!st) st = settle(&db, path, create, version, &access);
  if (!st && !access) st = capsa_library_identify(db);
  return capsa_library_wrap(db, access, st, out);
}

capsa_access capsa_library_access(const capsa_library *library) {
  return library->access;
}

const char *capsa_access_text(capsa_access access) {
  switch (access) {
  case CAPSA_ACCESS_NEWER:
    return "a newer Capsa made this library; it can be read, searched and "
           "cited, but not changed; update Capsa to change it";
  case CAPSA_ACCESS_STORAGE:
    return "the library lies where nothing can be written; it can be read, "
           "searched and cited, but not changed; copy it to change it";
  default: return "";
  }
}

void capsa_library_close(capsa_library *library) {
  if (!library) return;
  capsa_db_close(library->db);
  capsa_mem_free(library);
}

/* What read_entry reads, in this order. */
#define ENTRY                                                                  \
  "SELECT id, key, edition, title, date, collection, language, turns,"         \
  " NOT EXISTS (SELECT 1 FROM document AS later"                               \
  "   WHERE later.key = document.key AND later.id > document.id)"              \
  " FROM document "

static capsa_entry read_entry(capsa_stmt *stmt, capsa_arena *arena) {
  capsa_entry entry = {0};
  entry.id = capsa_stmt_number(stmt);
  entry.key = capsa_stmt_text(stmt, arena);
  entry.edition = capsa_stmt_text(stmt, arena);
  entry.title = capsa_stmt_text(stmt, arena);
  entry.date = capsa_stmt_text(stmt, arena);
  entry.collection = capsa_stmt_text(stmt, arena);
  entry.language = capsa_stmt_text(stmt, arena);
  entry.turns = (uint32_t)capsa_stmt_number(stmt);
  entry.newest = capsa_stmt_number(stmt);
  return entry;
}

/* Where the name's `@` stands, or its end. */
static size_t end_of_key(capsa_slice name) {
  for (size_t i = name.len; i > 0; i--)
    if (name.ptr[i - 1] == '@') return i - 1;
  return name.len;
}

capsa_status capsa_library_find(capsa_library *library, capsa_slice name,
                                capsa_arena *arena, capsa_entry *out) {
  capsa_slice key = capsa_slice_cut(name, 0, end_of_key(name));
  capsa_slice digits = capsa_slice_from(name, key.len + 1);
  if (key.len < name.len && digits.len < EDITION_DIGITS_MIN)
    return CAPSA_ENOTFOUND;

  capsa_stmt stmt =
      capsa_stmt_open(library->db, ENTRY
                      "WHERE key = ?1 AND substr(edition, 1, length(?2)) = ?2"
                      " ORDER BY id DESC LIMIT 2");
  capsa_stmt_bind_text(&stmt, key);
  capsa_stmt_bind_text(&stmt, digits);
  capsa_entry entry = {0};
  size_t found = 0;
  while (capsa_stmt_next(&stmt))
    if (!found++) entry = read_entry(&stmt, arena);
  capsa_status st = capsa_stmt_close(&stmt);
  if (st) return st;
  if (!found) return CAPSA_ENOTFOUND;
  if (digits.len && found > 1) return CAPSA_EAMBIGUOUS;
  *out = entry;
  return CAPSA_OK;
}

capsa_status capsa_library_list(capsa_library *library, capsa_arena *arena,
                                capsa_entries *out) {
  CAPSA_LIST(capsa_entry) entries = {0};
  capsa_stmt stmt =
      capsa_stmt_open(library->db, ENTRY "ORDER BY date = '', date, title, id");
  while (capsa_stmt_next(&stmt)) {
    capsa_entry *entry = CAPSA_LIST_ADD(arena, &entries);
    if (entry) *entry = read_entry(&stmt, arena);
    else break;
  }
  capsa_status st = capsa_stmt_close(&stmt);
  if (capsa_arena_failed(arena)) return CAPSA_ENOMEM;
  if (!st) *out = (capsa_entries){entries.items, entries.count};
  return st;
}

/* All rows of one moment: another process may change the file meanwhile. A
 * savepoint is a transaction that may stand inside another. */
capsa_status capsa_library_read(capsa_library *library, capsa_slice name,
                                capsa_arena *arena, capsa_document *out) {
  capsa_entry entry;
  capsa_status st = capsa_db_exec(library->db, "SAVEPOINT reading");
  if (st) return st;
  st = capsa_library_find(library, name, arena, &entry);
  if (!st) st = capsa_rows_read(library->db, entry.id, arena, out);
  capsa_status released = capsa_db_exec(library->db, "RELEASE reading");
  return st ? st : released;
}

static capsa_status entry_of(sqlite3 *db, int64_t id, capsa_arena *arena,
                             capsa_entry *out) {
  capsa_stmt stmt = capsa_stmt_open(db, ENTRY "WHERE id = ?");
  capsa_stmt_bind_number(&stmt, id);
  if (capsa_stmt_next(&stmt)) *out = read_entry(&stmt, arena);
  return capsa_stmt_close(&stmt);
}

capsa_status capsa_library_keep(capsa_library *library,
                                const capsa_document *document,
                                const capsa_source *source, capsa_arena *arena,
                                capsa_added *added, capsa_entry *entry) {
  sqlite3 *db = library->db;
  capsa_document own = *document;
  capsa_record record = {0};
  capsa_entry kept = {0};
  capsa_status st = capsa_db_begin(db);
  if (st) return st;
  st = capsa_record_find(db, document, arena, &record);
  own.key = record.key;
  int64_t id = record.same; /* 0: a new one */
  capsa_added how = id             ? CAPSA_ADDED_SAME
                    : record.known ? CAPSA_ADDED_EDITION
                                   : CAPSA_ADDED_NEW;
  if (!st && !id) {
    st = capsa_rows_write(db, &own, source, &id);
    if (!st) st = capsa_versions_update(db, own.key, arena);
  }
  if (!st) st = entry_of(db, id, arena, &kept);
  st = capsa_db_end(db, st);
  if (st) return st;
  *added = how;
  *entry = kept;
  return CAPSA_OK;
}

capsa_status capsa_library_add(capsa_library *library,
                               const capsa_source *source, capsa_arena *arena,
                               capsa_added *added, capsa_entry *entry) {
  capsa_document document;
  capsa_status st = capsa_document_parse(source, arena, &document);
  if (st) return st;
  return capsa_library_keep(library, &document, source, arena, added, entry);
}

static capsa_status has_other(sqlite3 *db, const capsa_entry *old,
                              capsa_slice edition, bool *out) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "SELECT 1 FROM document WHERE key = ? AND edition = ? AND id <> ?");
  capsa_stmt_bind_text(&stmt, old->key);
  capsa_stmt_bind_text(&stmt, edition);
  capsa_stmt_bind_number(&stmt, old->id);
  *out = capsa_stmt_next(&stmt);
  return capsa_stmt_close(&stmt);
}

capsa_status capsa_library_replace(capsa_library *library,
                                   const capsa_entry *old,
                                   const capsa_document *document,
                                   const capsa_source *source,
                                   capsa_arena *arena, capsa_entry *entry) {
  sqlite3 *db = library->db;
  int64_t id = old->id;
  bool other = false;
  capsa_slice added = {0};
  capsa_document own = *document;
  own.key = old->key;
  capsa_status st = has_other(db, old, document->edition, &other);
  if (!st && other) return CAPSA_EINVAL;
  if (!st) st = capsa_rows_read_age(db, id, arena, &added);
  if (!st) st = capsa_rows_remove(db, id);
  if (!st) st = capsa_rows_write(db, &own, source, &id);
  if (!st) st = capsa_rows_write_age(db, id, added);
  if (!st) st = capsa_versions_update(db, own.key, arena);
  if (!st) st = entry_of(db, id, arena, entry);
  return st;
}

capsa_status capsa_library_remove(capsa_library *library, capsa_slice name) {
  capsa_arena *arena = capsa_arena_new();
  if (!arena) return CAPSA_ENOMEM;
  capsa_entry entry;
  capsa_status st = capsa_db_begin(library->db);
  if (!st) {
    st = capsa_library_find(library, name, arena, &entry);
    if (!st) st = capsa_rows_remove(library->db, entry.id);
    if (!st) st = capsa_versions_update(library->db, entry.key, arena);
    st = capsa_db_end(library->db, st);
  }
  capsa_arena_free(arena);
  return st;
}

capsa_status capsa_library_setting(capsa_library *library, capsa_slice name,
                                   capsa_arena *arena, capsa_slice *out) {
  capsa_slice value = {0};
  capsa_stmt stmt =
      capsa_stmt_open(library->db, "SELECT value FROM setting WHERE name = ?");
  capsa_stmt_bind_text(&stmt, name);
  if (capsa_stmt_next(&stmt)) value = capsa_stmt_text(&stmt, arena);
  capsa_status st = capsa_stmt_close(&stmt);
  if (!st) *out = value;
  return st;
}

static capsa_status write_setting(sqlite3 *db, capsa_slice name,
                                  capsa_slice value) {
  capsa_stmt stmt = capsa_stmt_open(
      db, value.len ? "INSERT OR REPLACE INTO setting (name, value)"
                      " VALUES (?, ?)"
                    : "DELETE FROM setting WHERE name = ?");
  capsa_stmt_bind_text(&stmt, name);
  if (value.len) capsa_stmt_bind_text(&stmt, value);
  capsa_stmt_run(&stmt);
  return capsa_stmt_close(&stmt);
}

capsa_status capsa_library_set_setting(capsa_library *library, capsa_slice name,
                                       capsa_slice value) {
  capsa_status st = capsa_db_begin(library->db);
  return st ? st
            : capsa_db_end(library->db,
                           write_setting(library->db, name, value));
}

static void put_entry(capsa_json *json, const capsa_entry *entry) {
  capsa_json_open(json, '{');
  capsa_json_member(json, "key", entry->key);
  capsa_json_member(json, "title", entry->title);
  capsa_json_member(json, "date", entry->date);
  capsa_json_member(json, "collection", entry->collection);
  capsa_json_member(json, "language", entry->language);
  capsa_json_key(json, "turns");
  capsa_json_number(json, entry->turns);
  capsa_json_member(json, "edition", entry->edition);
  if (!entry->newest) {
    capsa_json_key(json, "superseded");
    capsa_json_bool(json, true);
  }
  capsa_json_close(json, '}');
}

capsa_status capsa_entries_to_json(const capsa_entries *entries,
                                   capsa_arena *arena, capsa_slice *out) {
  capsa_buf buf = {0};
  capsa_json json = {.buf = &buf};
  capsa_json_open(&json, '[');
  for (size_t i = 0; i < entries->count; i++)
    put_entry(&json, &entries->items[i]);
  capsa_json_close(&json, ']');
  return capsa_buf_take(&buf, arena, out);
}
