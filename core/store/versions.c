/* versions.c -- the versions of a record, and how they are aligned.
 *
 * A document's record is what the reader has said of its key (table `version`,
 * where an empty record means: none), else what its newest edition's source
 * says (document.record). MEMBERS is that, in SQL.
 */
#include "store/versions.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/slice.h"
#include "document/align.h"
#include "store/rows.h"

/* The newest edition of every key, with its record. */
#define NEWEST                                                                 \
  " FROM document LEFT JOIN version ON version.document = document.key"        \
  " WHERE NOT EXISTS (SELECT 1 FROM document AS later"                         \
  "   WHERE later.key = document.key AND later.id > document.id)"

#define RECORD "ifnull(version.record, document.record)"

/* Who may be a member of record ?1: found by two indices. */
#define MEMBERS                                                                \
  NEWEST " AND document.id IN (SELECT id FROM document WHERE record = ?1"      \
         "   AND record <> ''"                                                 \
         "   UNION SELECT id FROM document WHERE key IN"                       \
         "    (SELECT document FROM version WHERE record = ?1))"               \
         " AND " RECORD " = ?1"

static capsa_status record_of(sqlite3 *db, capsa_slice key, capsa_arena *arena,
                              capsa_slice *out) {
  *out = (capsa_slice){0};
  capsa_stmt stmt =
      capsa_stmt_open(db, "SELECT " RECORD NEWEST " AND document.key = ?");
  capsa_stmt_bind_text(&stmt, key);
  if (capsa_stmt_next(&stmt)) *out = capsa_stmt_text(&stmt, arena);
  return capsa_stmt_close(&stmt);
}

typedef CAPSA_LIST(int64_t) id_list;

/* The first CAPSA_VERSIONS_MAX in the order in which they came: those that are
 * aligned. */
static capsa_status aligned_members(sqlite3 *db, capsa_slice record,
                                    capsa_arena *arena, id_list *out) {
  capsa_stmt stmt = capsa_stmt_open(db, "SELECT document.id" MEMBERS
                                        " ORDER BY document.id LIMIT ?2");
  capsa_stmt_bind_text(&stmt, record);
  capsa_stmt_bind_number(&stmt, CAPSA_VERSIONS_MAX);
  while (capsa_stmt_next(&stmt)) {
    int64_t *id = CAPSA_LIST_ADD(arena, out);
    if (!id) break;
    *id = capsa_stmt_number(&stmt);
  }
  capsa_status st = capsa_stmt_close(&stmt);
  return capsa_arena_failed(arena) ? CAPSA_ENOMEM : st;
}

/* ---- alignment */

static capsa_status forget(sqlite3 *db, capsa_slice key) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "DELETE FROM alignment"
          " WHERE one IN (SELECT id FROM document WHERE key = ?1)"
          "  OR other IN (SELECT id FROM document WHERE key = ?1)");
  capsa_stmt_bind_text(&stmt, key);
  capsa_stmt_run(&stmt);
  return capsa_stmt_close(&stmt);
}

static capsa_status write_alignment(sqlite3 *db, int64_t one, int64_t other,
                                    const capsa_alignment *alignment) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "INSERT INTO alignment (one, other, number, one_first, one_count,"
          "  other_first, other_count, confidence)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  for (size_t i = 0; i < alignment->count; i++) {
    const capsa_aligned *pair = &alignment->items[i];
    capsa_stmt_bind_number(&stmt, one);
    capsa_stmt_bind_number(&stmt, other);
    capsa_stmt_bind_number(&stmt, (int64_t)i + 1);
    capsa_stmt_bind_number(&stmt, pair->one_first);
    capsa_stmt_bind_number(&stmt, pair->one_count);
    capsa_stmt_bind_number(&stmt, pair->other_first);
    capsa_stmt_bind_number(&stmt, pair->other_count);
    capsa_stmt_bind_number(&stmt, pair->confidence);
    capsa_stmt_run(&stmt);
  }
  return capsa_stmt_close(&stmt);
}

static capsa_status align(sqlite3 *db, int64_t one, int64_t other,
                          capsa_arena *scratch) {
  capsa_document first, second;
  capsa_alignment alignment;
  capsa_arena_reset(scratch);
  capsa_status st = capsa_rows_read(db, one, scratch, &first);
  if (!st) st = capsa_rows_read(db, other, scratch, &second);
  if (!st) st = capsa_documents_align(&first, &second, scratch, &alignment);
  if (!st) st = write_alignment(db, one, other, &alignment);
  return st;
}

static capsa_status newest_of(sqlite3 *db, capsa_slice key, int64_t *out) {
  *out = 0;
  capsa_stmt stmt =
      capsa_stmt_open(db, "SELECT max(id) FROM document WHERE key = ?");
  capsa_stmt_bind_text(&stmt, key);
  if (capsa_stmt_next(&stmt)) *out = capsa_stmt_number(&stmt);
  return capsa_stmt_close(&stmt);
}

static capsa_status align_with_others(sqlite3 *db, int64_t id,
                                      const id_list *members) {
  bool member = false;
  for (size_t i = 0; i < members->count; i++) member |= members->items[i] == id;
  if (!member) return CAPSA_OK;
  capsa_arena *scratch = capsa_arena_new();
  capsa_status st = scratch ? CAPSA_OK : CAPSA_ENOMEM;
  for (size_t i = 0; !st && i < members->count; i++) {
    int64_t other = members->items[i];
    if (other < id) st = align(db, other, id, scratch);
    if (other > id) st = align(db, id, other, scratch);
  }
  capsa_arena_free(scratch);
  return st;
}

capsa_status capsa_versions_update(sqlite3 *db, capsa_slice key,
                                   capsa_arena *arena) {
  capsa_slice record = {0};
  id_list members = {0};
  int64_t id = 0;
  capsa_status st = forget(db, key);
  if (!st) st = newest_of(db, key, &id);
  if (!st) st = record_of(db, key, arena, &record);
  if (st || !id || !record.len) return st;
  st = aligned_members(db, record, arena, &members);
  return st ? st : align_with_others(db, id, &members);
}

/* ---- what the reader says */

static capsa_status declare(sqlite3 *db, capsa_slice key, capsa_slice record) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "INSERT OR REPLACE INTO version (document, record) VALUES (?, ?)");
  capsa_stmt_bind_text(&stmt, key);
  capsa_stmt_bind_text(&stmt, record);
  capsa_stmt_run(&stmt);
  return capsa_stmt_close(&stmt);
}

typedef CAPSA_LIST(capsa_slice) key_list;

/* The keys that the names mean, each once, and the record that they get. */
static capsa_status resolve(capsa_library *library, const capsa_slice *names,
                            size_t count, capsa_arena *arena, key_list *keys,
                            capsa_slice *record) {
  for (size_t i = 0; i < count; i++) {
    capsa_entry entry;
    capsa_status st = capsa_library_find(library, names[i], arena, &entry);
    if (!st && !record->len)
      st = record_of(library->db, entry.key, arena, record);
    if (st) return st;
    bool known = false;
    for (size_t k = 0; k < keys->count; k++)
      known |= capsa_slice_equal(keys->items[k], entry.key);
    if (known) continue;
    capsa_slice *key = CAPSA_LIST_ADD(arena, keys);
    if (!key) return CAPSA_ENOMEM;
    *key = entry.key;
  }
  if (keys->count < 2) return CAPSA_EINVAL;
  if (!record->len) *record = keys->items[0];
  return CAPSA_OK;
}

/* One after the other: each is aligned with those that are declared. */
static capsa_status declare_all(capsa_library *library,
                                const capsa_slice *names, size_t count,
                                capsa_arena *arena) {
  key_list keys = {0};
  capsa_slice record = {0};
  sqlite3 *db = library->db;
  capsa_status st = resolve(library, names, count, arena, &keys, &record);
  for (size_t i = 0; !st && i < keys.count; i++) {
    capsa_slice before;
    st = record_of(db, keys.items[i], arena, &before);
    if (st || capsa_slice_equal(before, record)) continue;
    st = declare(db, keys.items[i], record);
    if (!st) st = capsa_versions_update(db, keys.items[i], arena);
  }
  return st;
}

static capsa_status dissolve(capsa_library *library, capsa_slice name,
                             capsa_arena *arena) {
  capsa_entry entry;
  capsa_status st = capsa_library_find(library, name, arena, &entry);
  if (!st) st = declare(library->db, entry.key, (capsa_slice){0});
  return st ? st : capsa_versions_update(library->db, entry.key, arena);
}

capsa_status capsa_versions_declare(capsa_library *library,
                                    const capsa_slice *names, size_t count) {
  capsa_arena *arena = capsa_arena_new();
  if (!arena) return CAPSA_ENOMEM;
  capsa_status st = capsa_db_begin(library->db);
  if (!st)
    st = capsa_db_end(library->db, declare_all(library, names, count, arena));
  capsa_arena_free(arena);
  return st;
}

capsa_status capsa_versions_dissolve(capsa_library *library, capsa_slice name) {
  capsa_arena *arena = capsa_arena_new();
  if (!arena) return CAPSA_ENOMEM;
  capsa_status st = capsa_db_begin(library->db);
  if (!st) st = capsa_db_end(library->db, dissolve(library, name, arena));
  capsa_arena_free(arena);
  return st;
}

/* ---- what there is */

static capsa_status list_members(capsa_library *library, capsa_slice record,
                                 capsa_arena *arena, capsa_versions *out) {
  CAPSA_LIST(capsa_entry) entries = {0};
  capsa_stmt stmt =
      capsa_stmt_open(library->db, "SELECT document.key" MEMBERS
                                   " ORDER BY language, document.key");
  capsa_stmt_bind_text(&stmt, record);
  capsa_status st = CAPSA_OK;
  while (!st && capsa_stmt_next(&stmt)) {
    capsa_entry *entry = CAPSA_LIST_ADD(arena, &entries);
    capsa_slice key = capsa_stmt_text(&stmt, arena);
    st = entry ? capsa_library_find(library, key, arena, entry) : CAPSA_ENOMEM;
  }
  capsa_status closed = capsa_stmt_close(&stmt);
  out->record = record;
  out->items = entries.items;
  out->count = entries.count;
  return st ? st : closed;
}

static capsa_status list(capsa_library *library, capsa_slice name,
                         capsa_arena *arena, capsa_versions *out) {
  capsa_slice record = {0};
  capsa_entry *entry = capsa_arena_alloc(arena, sizeof *entry);
  if (!entry) return CAPSA_ENOMEM;
  capsa_status st = capsa_library_find(library, name, arena, entry);
  if (!st) st = record_of(library->db, entry->key, arena, &record);
  if (st) return st;
  *out = (capsa_versions){.items = entry, .count = 1};
  return record.len ? list_members(library, record, arena, out) : CAPSA_OK;
}

/* One moment for all: another process may change the file meanwhile. */
capsa_status capsa_versions_list(capsa_library *library, capsa_slice name,
                                 capsa_arena *arena, capsa_versions *out) {
  capsa_versions versions;
  capsa_status st = capsa_db_exec(library->db, "SAVEPOINT versions");
  if (st) return st;
  st = list(library, name, arena, &versions);
  capsa_status released = capsa_db_exec(library->db, "RELEASE versions");
  if (!st && capsa_arena_failed(arena)) st = CAPSA_ENOMEM;
  if (st || released) return st ? st : released;
  *out = versions;
  return CAPSA_OK;
}

static void read_pair(capsa_stmt *stmt, bool turned, capsa_aligned *out) {
  uint32_t numbers[4];
  for (int i = 0; i < 4; i++) numbers[i] = (uint32_t)capsa_stmt_number(stmt);
  *out = (capsa_aligned){.one_first = numbers[turned ? 2 : 0],
                         .one_count = numbers[turned ? 3 : 1],
                         .other_first = numbers[turned ? 0 : 2],
                         .other_count = numbers[turned ? 1 : 3],
                         .confidence = (int)capsa_stmt_number(stmt)};
}

static capsa_status read_alignment(sqlite3 *db, int64_t one, int64_t other,
                                   capsa_arena *arena, capsa_alignment *out) {
  CAPSA_LIST(capsa_aligned) pairs = {0};
  bool turned = one > other;
  capsa_stmt stmt = capsa_stmt_open(
      db, "SELECT one_first, one_count, other_first, other_count, confidence"
          " FROM alignment WHERE one = ? AND other = ? ORDER BY number");
  capsa_stmt_bind_number(&stmt, turned ? other : one);
  capsa_stmt_bind_number(&stmt, turned ? one : other);
  while (capsa_stmt_next(&stmt)) {
    capsa_aligned *pair = CAPSA_LIST_ADD(arena, &pairs);
    if (!pair) break;
    read_pair(&stmt, turned, pair);
  }
  capsa_status st = capsa_stmt_close(&stmt);
  if (capsa_arena_failed(arena)) return CAPSA_ENOMEM;
  if (!st && !pairs.count) st = CAPSA_EINVAL;
  if (!st) *out = (capsa_alignment){pairs.items, pairs.count};
  return st;
}

capsa_status capsa_versions_align(capsa_library *library, capsa_slice one,
                                  capsa_slice other, capsa_arena *arena,
                                  capsa_alignment *out) {
  capsa_entry first, second;
  capsa_status st = capsa_db_exec(library->db, "SAVEPOINT alignment");
  if (st) return st;
  st = capsa_library_find(library, one, arena, &first);
  if (!st) st = capsa_library_find(library, other, arena, &second);
  if (!st) st = read_alignment(library->db, first.id, second.id, arena, out);
  capsa_status released = capsa_db_exec(library->db, "RELEASE alignment");
  return st ? st : released;
}

/* ---- JSON */

capsa_status capsa_versions_to_json(const capsa_versions *versions,
                                    capsa_arena *arena, capsa_slice *out) {
  capsa_slice list;
  capsa_status st = capsa_entries_to_json(
      &(capsa_entries){versions->items, versions->count}, arena, &list);
  if (st) return st;
  capsa_buf buf = {0};
  capsa_json json = {.buf = &buf};
  capsa_json_open(&json, '{');
  capsa_json_member(&json, "record", versions->record);
  capsa_json_key(&json, "versions");
  capsa_json_raw(&json, list);
  capsa_json_close(&json, '}');
  return capsa_buf_take(&buf, arena, out);
}

capsa_status capsa_alignment_to_json(const capsa_alignment *alignment,
                                     capsa_arena *arena, capsa_slice *out) {
  capsa_buf buf = {0};
  capsa_json json = {.buf = &buf};
  capsa_json_open(&json, '[');
  for (size_t i = 0; i < alignment->count; i++) {
    const capsa_aligned *pair = &alignment->items[i];
    capsa_json_open(&json, '[');
    capsa_json_number(&json, pair->one_first);
    capsa_json_number(&json, pair->one_count);
    capsa_json_number(&json, pair->other_first);
    capsa_json_number(&json, pair->other_count);
    capsa_json_number(&json, (uint64_t)pair->confidence);
    capsa_json_close(&json, ']');
  }
  capsa_json_close(&json, ']');
  return capsa_buf_take(&buf, arena, out);
}
