#ifndef __EMSCRIPTEN__
#define _DEFAULT_SOURCE /* seteuid */
#include <sys/stat.h>
#include <unistd.h>
#endif

#include "store/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "capsa/annotation.h"
#include "sample.h"
#include "tap.h"

static void test_schema__is_made_only_where_that_is_asked_for(void) {
  capsa_library *library = NULL;
  capsa_arena *arena = capsa_arena_new();
  sample_fresh_path("create");
  CHECK_STATUS(capsa_library_open(sample_path, false, &library),
               CAPSA_ENOTFOUND);
  sample_write_file(sample_path, "", 0); /* as a browser has it */
  CHECK_STATUS(capsa_library_open(sample_path, false, &library),
               CAPSA_ENOTFOUND);
  CHECK_STATUS(capsa_library_open(sample_path, true, &library), CAPSA_OK);
  sample_add(library, arena, "a", "text");
  capsa_library_close(library);
  CHECK_STATUS(capsa_library_open(sample_path, true, &library), CAPSA_OK);
  capsa_entries entries = {0};
  CHECK_STATUS(capsa_library_list(library, arena, &entries), CAPSA_OK);
  CHECK_NUMBER(entries.count, 1);
  capsa_library_close(library);
  sample_remove_library();
  capsa_arena_free(arena);
}

/* Open what is at `path` in both ways, and compare its bytes after. */
static void check_refused(capsa_status expected) {
  size_t before_len = 0, after_len = 0;
  char *before = tap_read_file(sample_path, &before_len);
  capsa_library *library = NULL;
  CHECK_STATUS(capsa_library_open(sample_path, false, &library), expected);
  CHECK_STATUS(capsa_library_open(sample_path, true, &library), expected);
  char *after = tap_read_file(sample_path, &after_len);
  CHECK(before_len == after_len && !memcmp(before, after, after_len));
  free(before);
  free(after);
}

static void make_database(const char *sql) {
  sqlite3 *db = NULL;
  sample_fresh_path("foreign");
  CHECK_STATUS(capsa_db_open(sample_path, true, &db), CAPSA_OK);
  CHECK_STATUS(capsa_db_exec(db, sql), CAPSA_OK);
  capsa_db_close(db);
}

static void test_schema__refuses_other_files_and_leaves_them(void) {
  static const char prose[] = "Dear diary, this is no library at all. It only "
                              "looks for one, and goes on for a while.";
  sample_write_file(sample_fresh_path("foreign"), prose, sizeof prose);
  check_refused(CAPSA_ENOLIBRARY);
  sample_write_file(sample_fresh_path("foreign"), "no", 2);
  check_refused(CAPSA_ENOLIBRARY);
  char *zeros = calloc(1, 16384);
  sample_write_file(sample_fresh_path("foreign"), zeros, 16384);
  check_refused(CAPSA_ENOLIBRARY);
  free(zeros);
  make_database("CREATE TABLE t (x)");
  check_refused(CAPSA_ENOLIBRARY);
  make_database("PRAGMA application_id = 7; CREATE TABLE t (x)");
  check_refused(CAPSA_ENOLIBRARY);
  sample_remove_library();
}

static void test_schema__refuses_a_newer_one_that_it_cannot_read(void) {
  make_database("PRAGMA application_id = 0x43617073;"
                "PRAGMA user_version = 99; CREATE TABLE t (x)");
  check_refused(CAPSA_ENEWER);
  sample_remove_library();
}

/* A library of the next version: all of this one's, and more. */
static void test_schema__reads_a_newer_one_and_leaves_it(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = NULL;
  capsa_entries entries = {0};
  size_t before_len = 0, after_len = 0;
  sample_fresh_path("newer");
  CHECK_STATUS(capsa_library_open(sample_path, true, &library), CAPSA_OK);
  sample_add(library, arena, "a", "text");
  CHECK_STATUS(capsa_db_exec(library->db, "CREATE TABLE later (x);"
                                          "ALTER TABLE block ADD COLUMN y TEXT;"
                                          "PRAGMA user_version = 99"),
               CAPSA_OK);
  capsa_library_close(library);
  char *before = tap_read_file(sample_path, &before_len);
  CHECK_STATUS(capsa_library_open(sample_path, true, &library), CAPSA_OK);
  CHECK_NUMBER(capsa_library_access(library), CAPSA_ACCESS_NEWER);
  CHECK_STATUS(capsa_library_list(library, arena, &entries), CAPSA_OK);
  CHECK_NUMBER(entries.count, 1);
  CHECK_STATUS(capsa_library_remove(library, CAPSA_LITERAL("a")),
               CAPSA_EREADONLY);
  capsa_library_close(library);
  char *after = tap_read_file(sample_path, &after_len);
  CHECK(before_len == after_len && !memcmp(before, after, after_len));
  free(before);
  free(after);
  sample_remove_library();
  capsa_arena_free(arena);
}

/* What is left when the power goes while the first pages are written: pages of
 * zeros, and a journal that says that there was nothing before. */
static void test_schema__recovers_from_a_birth_cut_short(void) {
  unsigned char journal[4096] = {0xd9, 0xd5, 0x05, 0xf9,
                                 0x20, 0xa1, 0x63, 0xd7};
  char name[sizeof sample_path + 16];
  capsa_library *library = NULL;
  char *zeros = calloc(1, 16384);
  journal[22] = 0x10; /* sector size 4096: what a VFS without safe
                         overwriting writes, and every VFS reads */
  journal[26] = 0x20; /* page size 8192 */
  sample_write_file(sample_fresh_path("birth"), zeros, 16384);
  snprintf(name, sizeof name, "%s-journal", sample_path);
  sample_write_file(name, journal, sizeof journal);
  CHECK_STATUS(capsa_library_open(sample_path, true, &library), CAPSA_OK);
  capsa_library_close(library);
  CHECK_STATUS(capsa_library_open(sample_path, false, &library), CAPSA_OK);
  capsa_library_close(library);
  sample_remove_library();
  free(zeros);
}

/* ---- a library that an older Capsa wrote (tests/fixtures/README.md) */

#define LIBRARY_1 "tests/fixtures/library-1.capsa"

static void copy_library_1(void) {
  size_t len = 0;
  char *bytes = tap_read_file(LIBRARY_1, &len);
  if (CHECK(bytes))
    sample_write_file(sample_fresh_path("library-1"), bytes, len);
  free(bytes);
}

/* The columns that version 1 has, of every table in which it keeps something:
 * each row as one text. */
static const char *const tables_1[][2] = {
    {"document",
     "id, key, edition, format, turns, added, title, date, date_text, summary,"
     " citation, repository, collection, fond, opis, delo, leaves, copy,"
     " translator, translated_from, publication, support, site, source_url,"
     " rights, language, place, heading"},
    {"source", "document_id, name, asked, keep_printed, bytes"},
    {"participant", "document_id, number, name"},
    {"speaker", "document_id, number, name, turns"},
    {"label", "document_id, speaker, number, text"},
    {"block", "id, document_id, number, turn, kind, level, speaker, label,"
              " marker, text"},
    {"span", "document_id, block, number, kind, start_byte, end_byte, target"},
    {"emendation", "document_id, block, number, start_byte, end_byte,"
                   " original, corrected, rule, confidence, in_label"},
    {"diagnostic", "document_id, number, line, code, action, text"},
    {"annotation", "id, document, edition, colour, note, start_code_point,"
                   " end_code_point, quote, prefix, suffix, created, modified,"
                   " removed"},
    {"setting WHERE name <> 'identity'", "name, value"}};

/* `SELECT quote(a) || quote(b) … FROM table`, from "a, b, …". */
static void select_rows(const char *table, const char *columns, char *sql) {
  char *out = sql + sprintf(sql, "SELECT quote(");
  for (; *columns; columns++)
    if (*columns == ',') out += sprintf(out, ") || ';' || quote(");
    else *out++ = *columns;
  sprintf(out, ") FROM %s ORDER BY 1", table);
}

static capsa_slice dump_rows(sqlite3 *db, capsa_arena *arena) {
  capsa_buf buf = {0};
  capsa_slice out = {0};
  for (size_t i = 0; i < sizeof tables_1 / sizeof *tables_1; i++) {
    char sql[2048];
    select_rows(tables_1[i][0], tables_1[i][1], sql);
    capsa_buf_putf(&buf, "%s\n", tables_1[i][0]);
    capsa_stmt stmt = capsa_stmt_open(db, sql);
    size_t rows = 0;
    for (; capsa_stmt_next(&stmt); rows++) {
      capsa_stmt_put(&stmt, &buf);
      capsa_buf_putc(&buf, '\n');
    }
    CHECK_STATUS(capsa_stmt_close(&stmt), CAPSA_OK);
    if (!CHECK(rows)) CHECK_TEXT(capsa_slice_of(tables_1[i][0]), "");
  }
  CHECK_STATUS(capsa_buf_take(&buf, arena, &out), CAPSA_OK);
  return out;
}

static void test_schema__brings_an_older_library_along(void) {
  capsa_arena *arena = capsa_arena_new();
  sqlite3 *db = NULL;
  capsa_library *library = NULL;
  copy_library_1();
  CHECK_STATUS(capsa_db_open(sample_path, false, &db), CAPSA_OK);
  capsa_slice before = dump_rows(db, arena);
  capsa_db_close(db);
  CHECK(before.len > 5000);

  CHECK_STATUS(capsa_library_open(sample_path, false, &library), CAPSA_OK);
  CHECK_TEXT(dump_rows(library->db, arena), capsa_arena_string(arena, before));
  CHECK_STATUS(capsa_db_exec(library->db,
                             "INSERT INTO block_fts (block_fts, rank)"
                             " VALUES ('integrity-check', 1)"),
               CAPSA_OK);
  capsa_library_close(library);
  CHECK_STATUS(capsa_library_open(sample_path, false, &library), CAPSA_OK);
  CHECK_TEXT(dump_rows(library->db, arena), capsa_arena_string(arena, before));
  capsa_library_close(library);
  sample_remove_library();
  capsa_arena_free(arena);
}

/* What an older Capsa parsed is what it was; its notes are where they were. */
static void test_schema__reads_documents_of_an_older_library(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = NULL;
  capsa_entries entries = {0};
  capsa_document document = {0};
  copy_library_1();
  CHECK_STATUS(capsa_library_open(sample_path, false, &library), CAPSA_OK);
  CHECK_STATUS(capsa_library_list(library, arena, &entries), CAPSA_OK);
  CHECK_NUMBER(entries.count, 3);
  CHECK_STATUS(
      capsa_library_read(library, entries.items[0].key, arena, &document),
      CAPSA_OK);
  CHECK_TEXT(document.metadata.title, "Talk about Ink");
  CHECK_NUMBER(document.turns, 4);
  CHECK_NUMBER(document.diagnostic_count, 1);
  CHECK_NUMBER(document.diagnostics[0].severity, CAPSA_SEVERITY_WARNING);
  CHECK_STATUS(
      capsa_library_read(library, entries.items[2].key, arena, &document),
      CAPSA_OK);
  CHECK_NUMBER(document.block_count, 11);
  CHECK_TEXT(document.metadata.locator.delo, "12");

  capsa_annotations notes = {0};
  CHECK_STATUS(capsa_annotations_list(library, (capsa_slice){0}, arena, &notes),
               CAPSA_OK);
  CHECK_NUMBER(notes.count, 2);
  for (size_t i = 0; i < notes.count; i++)
    CHECK_NUMBER(notes.items[i].anchor, CAPSA_ANCHOR_EXACT);
  CHECK_TEXT(notes.items[1].quote, "dues are another matter.");
  capsa_library_close(library);
  sample_remove_library();
  capsa_arena_free(arena);
}

static void check_count(sqlite3 *db, const char *table, int rows) {
  char sql[64];
  sprintf(sql, "SELECT count(*) FROM \"%s\"", table);
  capsa_stmt stmt = capsa_stmt_open(db, sql);
  CHECK(capsa_stmt_next(&stmt));
  CHECK_NUMBER(capsa_stmt_number(&stmt), rows);
  CHECK_STATUS(capsa_stmt_close(&stmt), CAPSA_OK);
}

/* What later schemas added is kept too: the undone repair and the declared
 * versions of 2, what 3 was asked, and its digests. */
static void test_schema__brings_libraries_of_later_versions_along(void) {
  static const struct {
    const char *path;
    int undone, versions, alignments, requests;
  } old[] = {{"tests/fixtures/library-2.capsa", 1, 2, 7, 0},
             {"tests/fixtures/library-3.capsa", 1, 2, 7, 2}};
  for (size_t i = 0; i < sizeof old / sizeof *old; i++) {
    capsa_library *library = NULL;
    size_t len = 0;
    char *bytes = tap_read_file(old[i].path, &len);
    if (CHECK(bytes))
      sample_write_file(sample_fresh_path("library-old"), bytes, len);
    free(bytes);
    CHECK_STATUS(capsa_library_open(sample_path, false, &library), CAPSA_OK);
    check_count(library->db, "document", 3);
    check_count(library->db, "undone", old[i].undone);
    check_count(library->db, "version", old[i].versions);
    check_count(library->db, "alignment", old[i].alignments);
    check_count(library->db, "request", old[i].requests);
    CHECK_STATUS(capsa_db_exec(library->db, "INSERT INTO request (id, answer)"
                                            " VALUES ('a', 'b')"),
                 CAPSA_OK);
    capsa_library_close(library);
    sample_remove_library();
  }
}

/* So that it can be copied where no file can be made beside it. */
static void test_schema__opens_an_older_library_as_it_is(void) {
  int64_t schema = 0;
  size_t before_len = 0, after_len = 0;
  capsa_library *library = NULL;
  copy_library_1();
  char *before = tap_read_file(sample_path, &before_len);
  CHECK_STATUS(capsa_library_open_older(sample_path, &schema, &library),
               CAPSA_OK);
  CHECK_NUMBER(schema, 1);
  CHECK_STATUS(capsa_db_exec(library->db, "DELETE FROM setting"),
               CAPSA_EREADONLY);
  capsa_library_close(library);
  char *after = tap_read_file(sample_path, &after_len);
  CHECK(before_len == after_len && !memcmp(before, after, after_len));
  free(before);
  free(after);

  CHECK_STATUS(capsa_library_open(sample_path, false, &library), CAPSA_OK);
  capsa_library_close(library);
  CHECK_STATUS(capsa_library_open_older(sample_path, &schema, &library),
               CAPSA_ENOTFOUND); /* it is of this schema now */
  sample_write_file(sample_fresh_path("empty"), "", 0);
  CHECK_STATUS(capsa_library_open_older(sample_path, &schema, &library),
               CAPSA_ENOTFOUND);
  sample_remove_library();
}

static void refuse_migration(capsa_status expected) {
  size_t before_len = 0, after_len = 0;
  char *before = tap_read_file(sample_path, &before_len);
  capsa_library *library = NULL;
  CHECK_STATUS(capsa_library_open(sample_path, false, &library), expected);
  char *after = tap_read_file(sample_path, &after_len);
  CHECK(before_len == after_len && !memcmp(before, after, after_len));
  free(before);
  free(after);
}

/* A table of ours that is there already stops the migration in its middle. */
static void test_schema__migrates_all_or_nothing(void) {
  sqlite3 *db = NULL;
  copy_library_1();
  CHECK_STATUS(capsa_db_open(sample_path, false, &db), CAPSA_OK);
  CHECK_STATUS(capsa_db_exec(db, "CREATE TABLE alignment (x)"), CAPSA_OK);
  capsa_db_close(db);
  refuse_migration(CAPSA_EIO);
  sample_remove_library();
}

/* Is there a copy of what the library was before it was brought along? */
static bool has_copy(void) {
  char name[sizeof sample_path + 16];
  snprintf(name, sizeof name, "%s.before-1", sample_path);
  FILE *file = fopen(name, "rb");
  if (file) fclose(file);
  return file;
}

static void test_schema__keeps_a_copy_until_it_was_opened_again(void) {
  capsa_library *library = NULL;
  capsa_arena *arena = capsa_arena_new();
  char name[sizeof sample_path + 16];
  sqlite3 *db = NULL;
  copy_library_1();
  CHECK_STATUS(capsa_db_open(sample_path, false, &db), CAPSA_OK);
  capsa_slice before = dump_rows(db, arena);
  capsa_db_close(db);
  CHECK(!has_copy());
  CHECK_STATUS(capsa_library_open(sample_path, false, &library), CAPSA_OK);
  CHECK(has_copy());
  capsa_library_close(library);

  snprintf(name, sizeof name, "%s.before-1", sample_path);
  CHECK_STATUS(capsa_db_open(name, false, &db), CAPSA_OK);
  CHECK_TEXT(dump_rows(db, arena), capsa_arena_string(arena, before));
  capsa_db_close(db);

  CHECK_STATUS(capsa_library_open(sample_path, false, &library), CAPSA_OK);
  capsa_library_close(library);
  CHECK(!has_copy());
  sample_remove_library();
  capsa_arena_free(arena);
}

/* Something else of that name is somebody's. */
static void test_schema__removes_no_file_but_its_copy(void) {
  capsa_library *library = NULL;
  char name[sizeof sample_path + 16];
  sample_fresh_path("other");
  snprintf(name, sizeof name, "%s.before-1", sample_path);
  sample_write_file(name, "a diary", 7);
  CHECK_STATUS(capsa_library_open(sample_path, true, &library), CAPSA_OK);
  capsa_library_close(library);
  CHECK_STATUS(capsa_library_open(sample_path, true, &library), CAPSA_OK);
  capsa_library_close(library);
  CHECK(has_copy());
  remove(name);
  sample_remove_library();
}

/* A row that belongs to nothing shows in the check of what came of it. */
static void test_schema__keeps_what_does_not_prove_right(void) {
  sqlite3 *db = NULL;
  char name[sizeof sample_path + 16];
  copy_library_1();
  snprintf(name, sizeof name, "%s.before-1", sample_path);
  CHECK_STATUS(capsa_db_open(sample_path, false, &db), CAPSA_OK);
  CHECK_STATUS(capsa_db_exec(db, "INSERT INTO label VALUES (99, 1, 1, 'x')"),
               CAPSA_OK);
  capsa_db_close(db);
  refuse_migration(CAPSA_ECORRUPT);
  remove(name);
  sample_remove_library();
}

static void test_schema__reads_an_older_one_where_it_cannot_write(void) {
#ifdef __EMSCRIPTEN__
  tap_skip("no other user here");
#else
  capsa_library *library = NULL;
  capsa_arena *arena = capsa_arena_new();
  capsa_entries entries = {0};
  copy_library_1();
  CHECK(chmod(sample_path, 0444) == 0);
  bool root = geteuid() == 0;
  if (root) CHECK(seteuid(65534) == 0);
  CHECK_STATUS(capsa_library_open(sample_path, false, &library), CAPSA_OK);
  CHECK_NUMBER(capsa_library_access(library), CAPSA_ACCESS_STORAGE);
  CHECK_STATUS(capsa_library_list(library, arena, &entries), CAPSA_OK);
  CHECK_NUMBER(entries.count, 3);
  CHECK_STATUS(capsa_library_remove(library, entries.items[0].key),
               CAPSA_EREADONLY);
  capsa_library_close(library);
  if (root) CHECK(seteuid(0) == 0);
  CHECK(!has_copy());
  sample_remove_library();
  capsa_arena_free(arena);
#endif
}

void test_schema(void) {
  RUN(test_schema__is_made_only_where_that_is_asked_for);
  RUN(test_schema__refuses_other_files_and_leaves_them);
  RUN(test_schema__refuses_a_newer_one_that_it_cannot_read);
  RUN(test_schema__reads_a_newer_one_and_leaves_it);
  RUN(test_schema__recovers_from_a_birth_cut_short);
  RUN(test_schema__brings_an_older_library_along);
  RUN(test_schema__reads_documents_of_an_older_library);
  RUN(test_schema__brings_libraries_of_later_versions_along);
  RUN(test_schema__opens_an_older_library_as_it_is);
  RUN(test_schema__migrates_all_or_nothing);
  RUN(test_schema__keeps_a_copy_until_it_was_opened_again);
  RUN(test_schema__removes_no_file_but_its_copy);
  RUN(test_schema__keeps_what_does_not_prove_right);
  RUN(test_schema__reads_an_older_one_where_it_cannot_write);
}
