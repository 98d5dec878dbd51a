#include "store/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static void test_schema__refuses_a_newer_one_and_leaves_it(void) {
  make_database("PRAGMA application_id = 0x43617073;"
                "PRAGMA user_version = 2; CREATE TABLE t (x)");
  check_refused(CAPSA_ENEWER);
  sample_remove_library();
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

void test_schema(void) {
  RUN(test_schema__is_made_only_where_that_is_asked_for);
  RUN(test_schema__refuses_other_files_and_leaves_them);
  RUN(test_schema__refuses_a_newer_one_and_leaves_it);
  RUN(test_schema__recovers_from_a_birth_cut_short);
}
