#include "capsa/examine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "capsa/capsa.h"
#include "sample.h"
#include "store/foreign.h"
#include "tap.h"

static const char RECORD[] =
    "July 31, 1958\n\nConversation between two ministers\n\n31 July 1958\n\n"
    "ANDERS: The joint fleet [sovmestnyi flot] is a misunderstanding.\n\n"
    "BELLO: Then who spoke of it? [pause] I heard of a fleet.\n\n"
    "ANDERS: An ambassador who did not listen.\n";

static const char PAGE[] =
    "# Ink\n\nInk is [made](https://example.org/ink) of *oak galls*.\n\n"
    "- one\n- two\n";

static void add_text(capsa_library *library, const char *text) {
  capsa_arena *arena = capsa_arena_new();
  capsa_added added;
  capsa_entry entry;
  capsa_source source = {.bytes = capsa_slice_of(text)};
  CHECK_STATUS(capsa_library_add(library, &source, arena, &added, &entry),
               CAPSA_OK);
  capsa_arena_free(arena);
}

static void add_note(capsa_library *library) {
  capsa_arena *arena = capsa_arena_new();
  capsa_entries entries = {0};
  CHECK_STATUS(capsa_library_list(library, arena, &entries), CAPSA_OK);
  capsa_mark mark = {.document = entries.items[0].key,
                     .start_block = 2,
                     .end_block = 2,
                     .end = 9,
                     .note = CAPSA_LITERAL("look here")};
  capsa_annotation note;
  CHECK_STATUS(capsa_annotation_create(library, &mark, arena, &note), CAPSA_OK);
  capsa_arena_free(arena);
}

/* A library of two records and a note at sample_path. */
static void make_library(void) {
  capsa_library *library = NULL;
  sample_fresh_path("examined");
  CHECK_STATUS(capsa_library_open(sample_path, true, &library), CAPSA_OK);
  add_text(library, RECORD);
  add_text(library, PAGE);
  add_note(library);
  CHECK_STATUS(capsa_library_set_setting(library, CAPSA_LITERAL("look"),
                                         CAPSA_LITERAL("dark")),
               CAPSA_OK);
  CHECK_STATUS(capsa_library_set_setting(library, CAPSA_LITERAL("evil"),
                                         CAPSA_LITERAL("x")),
               CAPSA_OK);
  capsa_library_close(library);
}

/* What another program may do to the file: any SQL, and nothing is enforced. */
static void harm(const char *sql) {
  sqlite3 *db = NULL;
  char *why = NULL;
  CHECK(!sqlite3_open(sample_path, &db));
  sqlite3_exec(db,
               "PRAGMA ignore_check_constraints = ON;"
               "PRAGMA foreign_keys = OFF; PRAGMA writable_schema = ON",
               NULL, NULL, NULL);
  if (!CHECK(!sqlite3_exec(db, sql, NULL, NULL, &why)))
    CHECK_TEXT(capsa_slice_of(why), sql);
  sqlite3_free(why);
  sqlite3_close(db);
}

/* The header says that a WAL belongs to it. */
static void mark_wal(void) {
  size_t len = 0;
  char *bytes = tap_read_file(sample_path, &len);
  bytes[18] = bytes[19] = 2;
  sample_write_file(sample_path, bytes, len);
  free(bytes);
}

static bool has_kind(const capsa_examination *found, capsa_fault_kind kind) {
  for (size_t i = 0; i < found->fault_count; i++)
    if (found->faults[i].kind == kind) return true;
  return false;
}

static void test_examine__finds_nothing_in_what_capsa_made(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_examination found = {0};
  make_library();
  CHECK_STATUS(capsa_library_examine(sample_path, arena, &found), CAPSA_OK);
  CHECK_NUMBER(found.fault_total, 0);
  CHECK_NUMBER(found.documents, 2);
  CHECK_NUMBER(found.notes, 1);
  CHECK_NUMBER(found.schema, CAPSA_LIBRARY_SCHEMA);
  CHECK(found.copyable && !found.newer);
  CHECK_STATUS(
      capsa_library_examine("tests/fixtures/library-1.capsa", arena, &found),
      CAPSA_OK);
  CHECK_NUMBER(found.fault_total, 0);
  CHECK_NUMBER(found.schema, 1);
  sample_remove_library();
  capsa_arena_free(arena);
}

static const struct {
  capsa_fault_kind kind;
  const char *sql;
} harms[] = {
    {CAPSA_FAULT_SCHEMA, "CREATE TRIGGER t AFTER INSERT ON block BEGIN"
                         " DELETE FROM annotation; END"},
    {CAPSA_FAULT_SCHEMA, "CREATE TABLE more (x)"},
    {CAPSA_FAULT_SCHEMA, "CREATE VIEW more AS SELECT 1"},
    {CAPSA_FAULT_SCHEMA, "DROP INDEX document_passage"},
    {CAPSA_FAULT_SCHEMA, "DROP VIEW passage; CREATE VIEW passage (id,"
                         " document_id, text, speaker) AS WITH RECURSIVE"
                         " n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
                         " SELECT x, x, 'ink', '' FROM n"},
    {CAPSA_FAULT_SCHEMA,
     "ALTER TABLE setting ADD COLUMN x TEXT AS (hex(zeroblob(100000000)))"},
    {CAPSA_FAULT_SCHEMA,
     "UPDATE sqlite_schema SET sql = replace(sql, 'unicode61', 'trigram')"
     " WHERE name = 'block_fts'"},
    {CAPSA_FAULT_SCHEMA, "DELETE FROM sqlite_schema WHERE name = 'undone'"},
    {CAPSA_FAULT_REFERENCES, "INSERT INTO undone VALUES (99, 1, 'x', '', '',"
                             " '', '', 1)"},
    {CAPSA_FAULT_DOCUMENT, "UPDATE document SET turns = -1"},
    {CAPSA_FAULT_DOCUMENT, "UPDATE block SET text = replace(text, 'joint',"
                           " 'secret')"},
    {CAPSA_FAULT_DOCUMENT,
     "UPDATE document SET title = CAST (x'C328' AS TEXT)"},
    {CAPSA_FAULT_DOCUMENT, "UPDATE document SET key = 'a b'"
                           " WHERE id = 1"},
    {CAPSA_FAULT_DOCUMENT, "UPDATE span SET target = 'javascript:alert(1)'"
                           " WHERE kind = 'link'"},
    {CAPSA_FAULT_DOCUMENT, "INSERT INTO emendation VALUES (1, 1, 1, 0, 1, 'a',"
                           " 'b', 'x\" onclick=\"y', 1, 0)"},
    {CAPSA_FAULT_DOCUMENT, "UPDATE block SET level = 1025 WHERE kind = 'list'"},
    {CAPSA_FAULT_DOCUMENT, "DELETE FROM source WHERE document_id = 1"},
    {CAPSA_FAULT_DOCUMENT, "UPDATE document SET id = -id WHERE id = 1"},
    {CAPSA_FAULT_NOTE, "UPDATE annotation SET colour = 5"},
    {CAPSA_FAULT_NOTE, "UPDATE annotation SET id = '\"><b>'"},
    {CAPSA_FAULT_NOTE, "UPDATE annotation SET modified = 'now'"},
    {CAPSA_FAULT_NOTE, "UPDATE annotation SET note = CAST (x'FF' AS TEXT)"},
    {CAPSA_FAULT_NOTE, "UPDATE annotation SET prefix = printf('%.129c', 'x')"},
    {CAPSA_FAULT_INDEX, "INSERT INTO block_fts (block_fts) VALUES"
                        " ('delete-all')"},
    {CAPSA_FAULT_INDEX, "INSERT INTO block_fts (rowid, text, speaker) VALUES"
                        " (77, 'fleet', '')"},
    {CAPSA_FAULT_INDEX, "INSERT INTO block_fts (block_fts, rowid, text,"
                        " speaker) SELECT 'delete', id, text, speaker FROM"
                        " passage WHERE id = 4; INSERT INTO block_fts (rowid,"
                        " text, speaker) SELECT id, 'the fleet joint',"
                        " speaker FROM passage WHERE id = 4"},
    {CAPSA_FAULT_INDEX, "UPDATE block_fts_docsize SET sz = x'7F00'"
                        " WHERE id = 3"},
    {CAPSA_FAULT_INDEX, "UPDATE block_fts_data SET block = x'7F7F7F'"
                        " WHERE id = 1"},
    {CAPSA_FAULT_INDEX, "UPDATE block_fts_data SET block ="
                        " zeroblob(length(block)) WHERE id > 10"},
};

static void test_examine__finds_what_was_done_to_it(void) {
  for (size_t i = 0; i < sizeof harms / sizeof *harms; i++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_examination found = {0};
    capsa_slice json;
    make_library();
    harm(harms[i].sql);
    CHECK_STATUS(capsa_library_examine(sample_path, arena, &found), CAPSA_OK);
    if (!CHECK(has_kind(&found, harms[i].kind)))
      CHECK_TEXT(capsa_slice_of(harms[i].sql),
                 found.fault_count ? found.faults[0].words : "no fault");
    CHECK(found.copyable == !has_kind(&found, CAPSA_FAULT_SCHEMA));
    CHECK_STATUS(capsa_examination_to_json(&found, arena, &json), CAPSA_OK);
    sample_remove_library();
    capsa_arena_free(arena);
  }
}

/* Not even its first page can be read. */
static void test_examine__tells_of_a_file_that_is_cut_off(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_examination found = {0};
  size_t len = 0;
  make_library();
  char *bytes = tap_read_file(sample_path, &len);
  sample_write_file(sample_path, bytes, 5000);
  free(bytes);
  CHECK_STATUS(capsa_library_examine(sample_path, arena, &found), CAPSA_OK);
  CHECK(has_kind(&found, CAPSA_FAULT_SCHEMA) && !found.copyable);
  sample_remove_library();
  capsa_arena_free(arena);
}

static void test_examine__writes_nothing(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_examination found = {0};
  size_t before_len = 0, after_len = 0;
  make_library();
  char *before = tap_read_file(sample_path, &before_len);
  CHECK_STATUS(capsa_library_examine(sample_path, arena, &found), CAPSA_OK);
  char *after = tap_read_file(sample_path, &after_len);
  CHECK(before_len == after_len && !memcmp(before, after, after_len));
  free(before);
  free(after);
  sample_remove_library();
  capsa_arena_free(arena);
}

static void test_examine__tells_files_apart(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_examination found = {0};
  CHECK_STATUS(capsa_library_examine("/nowhere", arena, &found),
               CAPSA_ENOTFOUND);
  CHECK_STATUS(
      capsa_library_examine("tests/fixtures/record.txt", arena, &found),
      CAPSA_ENOLIBRARY);
  make_library();
  mark_wal();
  CHECK_STATUS(capsa_library_examine(sample_path, arena, &found),
               CAPSA_EDAMAGED);
  sample_remove_library();
  make_library();
  harm("PRAGMA user_version = 99; CREATE TABLE later (x)");
  CHECK_STATUS(capsa_library_examine(sample_path, arena, &found), CAPSA_OK);
  CHECK(found.newer && !found.fault_total && found.copyable);
  harm("ALTER TABLE block RENAME COLUMN marker TO sign");
  CHECK_STATUS(capsa_library_examine(sample_path, arena, &found), CAPSA_ENEWER);
  sample_remove_library();
  capsa_arena_free(arena);
}

/* ---- what a stranger's file may not do */

static void test_foreign__answers_queries_and_nothing_else(void) {
  static const char *const refused[] = {
      "ATTACH ':memory:' AS other",
      "DELETE FROM annotation",
      "INSERT INTO setting VALUES ('a', 'b')",
      "CREATE TABLE t (x)",
      "CREATE TEMP TABLE t (x)",
      "DROP TABLE block",
      "PRAGMA query_only = OFF",
      "PRAGMA writable_schema = ON",
      "PRAGMA trusted_schema = ON",
      "PRAGMA journal_mode = WAL",
      "PRAGMA user_version = 9",
      "SELECT load_extension('x')",
      "SELECT randomblob(100)",
      "SELECT hex(text) FROM block",
      ("WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
       " SELECT x FROM n"),
      "VACUUM INTO '/tmp/elsewhere'",
      "ANALYZE"};
  int64_t version = 0;
  sqlite3 *db = NULL;
  make_library();
  CHECK_STATUS(capsa_foreign_open(sample_path, &version, &db), CAPSA_OK);
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
    if (!CHECK(capsa_db_exec(db, refused[i]) != CAPSA_OK))
      CHECK_TEXT(capsa_slice_of(refused[i]), "");
  CHECK_STATUS(capsa_db_exec(db, "SELECT text FROM passage"), CAPSA_OK);
  capsa_db_close(db);
  sample_remove_library();
}

static void test_db__ends_a_statement_that_runs_on(void) {
  static const char endless[] =
      "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
      " SELECT max(x) FROM n";
  sqlite3 *db = NULL;
  CHECK_STATUS(capsa_db_open(":memory:", true, &db), CAPSA_OK);
  capsa_db_set_steps(db, 1000000);
  CHECK_STATUS(capsa_db_exec(db, endless), CAPSA_ETIMEOUT);
  capsa_stmt stmt = capsa_stmt_open(db, endless);
  CHECK(!capsa_stmt_next(&stmt));
  CHECK_STATUS(capsa_stmt_close(&stmt), CAPSA_ETIMEOUT);
  /* Each begins anew. */
  for (int i = 0; i < 30; i++)
    CHECK_STATUS(capsa_db_exec(db, "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL"
                                   " SELECT x + 1 FROM n LIMIT 5000)"
                                   " SELECT max(x) FROM n"),
                 CAPSA_OK);
  capsa_db_close(db);
}

static void test_db__has_limits(void) {
  sqlite3 *db = NULL;
  capsa_buf sql = {0};
  CHECK_STATUS(capsa_db_open(":memory:", true, &db), CAPSA_OK);
  for (int more = 0; more < 2; more++) {
    sql.len = 0;
    capsa_buf_puts(&sql, "SELECT 1");
    for (int i = 1; i < CAPSA_DB_COLUMNS_MAX + more; i++)
      capsa_buf_puts(&sql, ", 1");
    capsa_buf_putc(&sql, '\0');
    CHECK_STATUS(capsa_db_exec(db, sql.ptr), more ? CAPSA_EIO : CAPSA_OK);
    sql.len = 0;
    capsa_buf_puts(&sql, "SELECT 1");
    while (sql.len < (size_t)CAPSA_DB_SQL_BYTES_MAX + (size_t)more)
      capsa_buf_putc(&sql, ' ');
    capsa_buf_putc(&sql, '\0');
    CHECK_STATUS(capsa_db_exec(db, sql.ptr), more ? CAPSA_ETOOBIG : CAPSA_OK);
    sql.len = 0;
    capsa_buf_putf(&sql, "SELECT zeroblob(%d)",
                   CAPSA_DB_VALUE_BYTES_MAX + more);
    capsa_buf_putc(&sql, '\0');
    CHECK_STATUS(capsa_db_exec(db, sql.ptr), more ? CAPSA_ETOOBIG : CAPSA_OK);
  }
  capsa_buf_free(&sql);
  capsa_db_close(db);
}

/* Triggers of a file do not run, FTS5's tables are FTS5's. */
static void test_db__takes_a_schema_for_data(void) {
  capsa_library *library = NULL;
  make_library();
  harm("CREATE TRIGGER t AFTER INSERT ON setting BEGIN"
       " DELETE FROM annotation; END");
  CHECK_STATUS(capsa_library_open(sample_path, false, &library), CAPSA_OK);
  CHECK_STATUS(capsa_library_set_setting(library, CAPSA_LITERAL("look"),
                                         CAPSA_LITERAL("light")),
               CAPSA_OK);
  capsa_stmt stmt =
      capsa_stmt_open(library->db, "SELECT count(*) FROM annotation");
  CHECK(capsa_stmt_next(&stmt) && capsa_stmt_number(&stmt) == 1);
  CHECK_STATUS(capsa_stmt_close(&stmt), CAPSA_OK);
  CHECK(capsa_db_exec(library->db, "DELETE FROM block_fts_data") != CAPSA_OK);
  capsa_library_close(library);
  sample_remove_library();
}

/* ---- copying */

static capsa_copied copy_all(const char *from, const char *into) {
  capsa_copying *copying = NULL;
  capsa_copied copied = {0};
  if (!CHECK_STATUS(capsa_copying_open(from, into, &copying), CAPSA_OK))
    return copied;
  capsa_status st = CAPSA_OK;
  while (!st && !copied.done) st = capsa_copying_step(copying, &copied);
  CHECK_STATUS(st, CAPSA_OK);
  capsa_copying_close(copying);
  return copied;
}

static capsa_slice dump_library(const char *path, capsa_arena *arena) {
  capsa_library *library = NULL;
  capsa_entries entries = {0};
  capsa_annotations notes = {0};
  capsa_buf buf = {0};
  capsa_slice json, out = {0};
  CHECK_STATUS(capsa_library_open(path, false, &library), CAPSA_OK);
  CHECK_STATUS(capsa_library_list(library, arena, &entries), CAPSA_OK);
  for (size_t i = 0; i < entries.count; i++) {
    capsa_document document;
    CHECK_STATUS(
        capsa_library_read(library, entries.items[i].key, arena, &document),
        CAPSA_OK);
    CHECK_STATUS(capsa_document_to_json(&document, false, arena, &json),
                 CAPSA_OK);
    capsa_buf_put(&buf, json);
  }
  CHECK_STATUS(capsa_annotations_list(library, (capsa_slice){0}, arena, &notes),
               CAPSA_OK);
  CHECK_STATUS(capsa_annotations_to_json(&notes, arena, &json), CAPSA_OK);
  capsa_buf_put(&buf, json);
  capsa_library_close(library);
  CHECK_STATUS(capsa_buf_take(&buf, arena, &out), CAPSA_OK);
  return out;
}

static void copy_name(char *out, size_t size) {
  snprintf(out, size, "%s-copy", sample_path);
  remove(out);
}

static void remove_copy(char *name) {
  char journal[600];
  snprintf(journal, sizeof journal, "%s-journal", name);
  remove(journal);
  remove(name);
}

static void check_copied(const char *from, size_t documents, size_t notes) {
  capsa_arena *arena = capsa_arena_new();
  capsa_examination found = {0};
  char name[560];
  copy_name(name, sizeof name);
  capsa_copied copied = copy_all(from, name);
  CHECK_NUMBER(copied.documents, documents);
  CHECK_NUMBER(copied.total, documents);
  CHECK_NUMBER(copied.notes, notes);
  CHECK_NUMBER(copied.documents_left_out + copied.notes_left_out, 0);
  CHECK_STATUS(capsa_library_examine(name, arena, &found), CAPSA_OK);
  CHECK_NUMBER(found.fault_total, 0);
  capsa_slice before = dump_library(from, arena);
  CHECK_TEXT(dump_library(name, arena), capsa_arena_string(arena, before));
  remove_copy(name);
  capsa_arena_free(arena);
}

static void test_copying__gives_the_same_documents_and_notes(void) {
  make_library();
  check_copied(sample_path, 2, 1);
  sample_remove_library();
}

static void test_copying__brings_an_older_one_along(void) {
  size_t len = 0;
  char *bytes = tap_read_file("tests/fixtures/library-1.capsa", &len);
  sample_write_file(sample_fresh_path("old"), bytes, len);
  free(bytes);
  check_copied(sample_path, 3, 2);
  sample_remove_library();
}

static void test_copying__takes_known_settings_only(void) {
  capsa_library *library = NULL;
  capsa_arena *arena = capsa_arena_new();
  capsa_slice value = {0};
  char name[560];
  make_library();
  copy_name(name, sizeof name);
  CHECK_NUMBER(copy_all(sample_path, name).settings, 2);
  CHECK_STATUS(capsa_library_open(name, false, &library), CAPSA_OK);
  CHECK_STATUS(
      capsa_library_setting(library, CAPSA_LITERAL("look"), arena, &value),
      CAPSA_OK);
  CHECK_TEXT(value, "dark");
  CHECK_STATUS(
      capsa_library_setting(library, CAPSA_LITERAL("evil"), arena, &value),
      CAPSA_OK);
  CHECK_TEXT(value, "");
  capsa_library_close(library);
  remove_copy(name);
  sample_remove_library();
  capsa_arena_free(arena);
}

static void test_copying__leaves_out_what_is_not_whole(void) {
  char name[560];
  capsa_copying *copying = NULL;
  make_library();
  harm("UPDATE block SET text = 'other' WHERE id = 2;"
       "UPDATE annotation SET colour = 9");
  copy_name(name, sizeof name);
  capsa_copied copied = copy_all(sample_path, name);
  CHECK_NUMBER(copied.documents, 1);
  CHECK_NUMBER(copied.documents_left_out, 1);
  CHECK_NUMBER(copied.notes_left_out, 1);
  CHECK_STATUS(capsa_copying_open(sample_path, name, &copying), CAPSA_EINVAL);
  remove_copy(name);
  harm("CREATE TABLE more (x)");
  CHECK_STATUS(capsa_copying_open(sample_path, name, &copying), CAPSA_ECORRUPT);
  remove_copy(name);
  sample_remove_library();
}

void test_examine(void) {
  RUN(test_examine__finds_nothing_in_what_capsa_made);
  RUN(test_examine__finds_what_was_done_to_it);
  RUN(test_examine__tells_of_a_file_that_is_cut_off);
  RUN(test_examine__writes_nothing);
  RUN(test_examine__tells_files_apart);
  RUN(test_foreign__answers_queries_and_nothing_else);
  RUN(test_db__ends_a_statement_that_runs_on);
  RUN(test_db__has_limits);
  RUN(test_db__takes_a_schema_for_data);
  RUN(test_copying__gives_the_same_documents_and_notes);
  RUN(test_copying__brings_an_older_one_along);
  RUN(test_copying__takes_known_settings_only);
  RUN(test_copying__leaves_out_what_is_not_whole);
}
