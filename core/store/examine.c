/* examine.c -- look at all of a file, in an order in which each step may rely
 * on the one before: its schema, before any of its tables is read; its pages
 * and FTS5's own check, before rows are believed; the documents, each against
 * its digest; last the index against the texts. SQLite checks no CHECK of a
 * file that is read-only: what they say of rows is checked where rows are read.
 */
#include "capsa/examine.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/slice.h"
#include "store/foreign.h"
#include "store/foreign_rows.h"
#include "store/index_check.h"
#include "store/schema.h"

const char *capsa_fault_kind_name(capsa_fault_kind kind) {
  static const char *const names[CAPSA_FAULT_KIND_COUNT] = {
      "schema", "size", "pages", "references", "document", "note", "index"};
  return names[kind];
}

typedef struct examiner {
  sqlite3 *db;
  capsa_arena *arena;
  CAPSA_LIST(capsa_fault) faults;
  size_t counts[CAPSA_FAULT_KIND_COUNT];
  capsa_examination *out;
} examiner;

static void put_fault(examiner *e, capsa_fault_kind kind, capsa_slice name,
                      const char *words, capsa_slice detail) {
  e->counts[kind]++;
  if (e->out->fault_total++ >= CAPSA_FAULTS_MAX) return;
  capsa_fault *fault = CAPSA_LIST_ADD(e->arena, &e->faults);
  if (!fault) return; /* the arena remembers */
  *fault = (capsa_fault){.kind = kind,
                         .name = capsa_arena_copy(e->arena, name),
                         .words = words,
                         .detail = capsa_arena_copy(e->arena, detail)};
}

static void put_words(examiner *e, capsa_fault_kind kind, const char *words) {
  put_fault(e, kind, (capsa_slice){0}, words, (capsa_slice){0});
}

/* What a step could not read is a fault like others, unless it is ours. */
static capsa_status forgive(examiner *e, capsa_status st, capsa_fault_kind kind,
                            const char *words) {
  if (!st || st == CAPSA_ENOMEM || st == CAPSA_EBUSY || st == CAPSA_EREADONLY)
    return st;
  put_fault(e, kind, (capsa_slice){0}, words,
            capsa_slice_of(st == CAPSA_ETIMEOUT ? "it took too long" : ""));
  return CAPSA_OK;
}

/* ---- schema */

static void put_difference(void *context, capsa_schema_difference how,
                           capsa_slice type, capsa_slice name) {
  static const char *const words[] = {
      [CAPSA_SCHEMA_MISSING] = "a part of every library is missing",
      [CAPSA_SCHEMA_CHANGED] = "a part is not as Capsa makes it",
      [CAPSA_SCHEMA_FOREIGN] = "a part is there that Capsa does not make"};
  examiner *e = context;
  /* A newer one may have more; capsa_schema_fits has looked at the rest. */
  if (!e->out->newer) put_fault(e, CAPSA_FAULT_SCHEMA, name, words[how], type);
}

static capsa_status examine_schema(examiner *e, int64_t version) {
  e->out->schema = version;
  e->out->newer = version > CAPSA_LIBRARY_SCHEMA;
  if (e->out->newer) return capsa_schema_fits(e->db);
  return forgive(e, capsa_schema_compare(e->db, version, put_difference, e),
                 CAPSA_FAULT_SCHEMA, "its list of tables cannot be read");
}

/* ---- pages, references, sizes */

static bool is_about_index(capsa_slice text) {
  return capsa_slice_finds(text, "FTS5 table", 0) != CAPSA_NOT_FOUND;
}

static capsa_status examine_pages(examiner *e) {
  capsa_stmt stmt = capsa_stmt_open(e->db, "PRAGMA integrity_check(100)");
  while (capsa_stmt_next(&stmt)) {
    capsa_slice text = capsa_stmt_text(&stmt, e->arena);
    if (capsa_slice_equal(text, CAPSA_LITERAL("ok"))) continue;
    if (is_about_index(text))
      put_fault(e, CAPSA_FAULT_INDEX, (capsa_slice){0}, "the index is damaged",
                text);
    else
      put_fault(e, CAPSA_FAULT_PAGES, (capsa_slice){0},
                "a part of the file is damaged", text);
  }
  return forgive(e, capsa_stmt_close(&stmt), CAPSA_FAULT_PAGES,
                 "a part of the file cannot be read");
}

static capsa_status examine_references(examiner *e) {
  capsa_stmt stmt = capsa_stmt_open(e->db, "PRAGMA foreign_key_check");
  while (e->counts[CAPSA_FAULT_REFERENCES] <= CAPSA_FAULTS_MAX &&
         capsa_stmt_next(&stmt))
    put_fault(e, CAPSA_FAULT_REFERENCES, capsa_stmt_text(&stmt, e->arena),
              "a row of this table belongs to nothing", (capsa_slice){0});
  return forgive(e, capsa_stmt_close(&stmt), CAPSA_FAULT_PAGES,
                 "a part of the file cannot be read");
}

static capsa_status examine_counts(examiner *e) {
  capsa_foreign_counts counts = {0};
  capsa_status st = forgive(e, capsa_foreign_count(e->db, &counts),
                            CAPSA_FAULT_PAGES, "its rows cannot be counted");
  e->out->documents = (size_t)counts.documents;
  e->out->notes = (size_t)counts.notes;
  if (counts.misnumbered)
    put_words(e, CAPSA_FAULT_DOCUMENT, "a document has a number that is none");
  if (counts.documents > CAPSA_FOREIGN_DOCUMENTS_MAX)
    put_words(e, CAPSA_FAULT_SIZE, "it has more than a million documents");
  if (counts.notes > CAPSA_FOREIGN_NOTES_MAX)
    put_words(e, CAPSA_FAULT_SIZE, "it has more than a million notes");
  return st;
}

/* ---- rows */

static capsa_status examine_documents(examiner *e, capsa_arena *scratch) {
  capsa_foreign_document one = {0};
  capsa_status st;
  do {
    capsa_arena_reset(scratch);
    st = capsa_foreign_read(e->db, one.id, scratch, &one);
    if (!st && one.fault)
      put_fault(e, CAPSA_FAULT_DOCUMENT, one.key, one.fault, (capsa_slice){0});
  } while (!st && one.id);
  return forgive(e, st, CAPSA_FAULT_DOCUMENT,
                 "documents cannot be found any more");
}

static capsa_status examine_notes(examiner *e, capsa_arena *scratch) {
  capsa_stmt stmt = capsa_foreign_notes_open(e->db);
  for (;;) {
    capsa_foreign_note note;
    capsa_arena_reset(scratch);
    if (!capsa_stmt_next(&stmt)) break;
    capsa_foreign_note_read(&stmt, scratch, &note);
    if (note.fault)
      put_fault(e, CAPSA_FAULT_NOTE, (capsa_slice){0}, note.fault,
                (capsa_slice){0});
  }
  return forgive(e, capsa_stmt_close(&stmt), CAPSA_FAULT_NOTE,
                 "notes cannot be read any more");
}

static capsa_status examine_index(examiner *e) {
  const char *words = NULL;
  capsa_status st = capsa_index_check(e->db, &words);
  if (!st && words) put_words(e, CAPSA_FAULT_INDEX, words);
  return forgive(e, st, CAPSA_FAULT_INDEX, "the index cannot be read");
}

static capsa_status examine_rows(examiner *e) {
  capsa_arena *scratch = capsa_arena_new();
  capsa_status st = scratch ? CAPSA_OK : CAPSA_ENOMEM;
  if (!st) st = capsa_foreign_settle(&e->db, e->out->schema);
  if (!st) st = examine_documents(e, scratch);
  if (!st) st = examine_notes(e, scratch);
  if (!st) st = examine_index(e);
  capsa_arena_free(scratch);
  return st;
}

static capsa_status examine(examiner *e, int64_t version) {
  char head;
  int64_t size = 0;
  capsa_status st = capsa_db_peek(e->db, &head, 1, &size);
  e->out->bytes = (uint64_t)size;
  if (!st) st = examine_schema(e, version);
  /* Nothing else is looked at where its tables are not ours. */
  if (st || e->counts[CAPSA_FAULT_SCHEMA]) return st;
  st = examine_pages(e);
  if (!st) st = examine_references(e);
  if (!st) st = examine_counts(e);
  if (!st && !e->counts[CAPSA_FAULT_SIZE]) st = examine_rows(e);
  e->out->copyable = !e->counts[CAPSA_FAULT_SIZE];
  return st;
}

capsa_status capsa_library_examine(const char *path, capsa_arena *arena,
                                   capsa_examination *out) {
  capsa_examination found = {0};
  examiner e = {.arena = arena, .out = &found};
  int64_t version = 0;
  capsa_status st = capsa_foreign_open(path, &version, &e.db);
  if (st && st != CAPSA_ECORRUPT) return st;
  if (st) {
    put_words(&e, CAPSA_FAULT_SCHEMA,
              capsa_foreign_is_half(path)
                  ? "it is cut off; get it once more"
                  : "it is damaged, or another program has changed it");
    st = CAPSA_OK;
  } else st = examine(&e, version);
  capsa_db_close(e.db);
  if (!st && capsa_arena_failed(arena)) st = CAPSA_ENOMEM;
  if (st) return st;
  found.faults = e.faults.items;
  found.fault_count = e.faults.count;
  *out = found;
  return CAPSA_OK;
}

/* ---- JSON */

static void put_json_fault(capsa_json *json, const capsa_fault *fault) {
  capsa_json_open(json, '{');
  capsa_json_member(json, "kind",
                    capsa_slice_of(capsa_fault_kind_name(fault->kind)));
  capsa_json_member(json, "name", fault->name);
  capsa_json_member(json, "words", capsa_slice_of(fault->words));
  capsa_json_member(json, "detail", fault->detail);
  capsa_json_close(json, '}');
}

static void put_flag(capsa_json *json, const char *key, bool value) {
  capsa_json_key(json, key);
  capsa_json_bool(json, value);
}

capsa_status capsa_examination_to_json(const capsa_examination *examination,
                                       capsa_arena *arena, capsa_slice *out) {
  capsa_buf buf = {0};
  capsa_json json = {.buf = &buf};
  capsa_json_open(&json, '{');
  capsa_json_key(&json, "schema");
  capsa_json_number(&json, (uint64_t)examination->schema);
  capsa_json_key(&json, "bytes");
  capsa_json_number(&json, examination->bytes);
  capsa_json_key(&json, "documents");
  capsa_json_number(&json, examination->documents);
  capsa_json_key(&json, "notes");
  capsa_json_number(&json, examination->notes);
  if (examination->newer) put_flag(&json, "newer", true);
  put_flag(&json, "copyable", examination->copyable);
  capsa_json_member_number(&json, "total", examination->fault_total);
  capsa_json_key(&json, "faults");
  capsa_json_open(&json, '[');
  for (size_t i = 0; i < examination->fault_count; i++)
    put_json_fault(&json, &examination->faults[i]);
  capsa_json_close(&json, ']');
  capsa_json_close(&json, '}');
  return capsa_buf_take(&buf, arena, out);
}
