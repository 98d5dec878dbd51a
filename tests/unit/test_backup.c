#include "capsa/backup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sample.h"
#include "store/backup/steps.h"
#include "tap.h"

/* Beside sample_path, where the library is. */
static char copy_path[600];

static capsa_library *open_at_fresh_path(const char *name) {
  capsa_library *library = NULL;
  sample_fresh_path(name);
  snprintf(copy_path, sizeof copy_path, "%s-copy", sample_path);
  remove(copy_path);
  CHECK_STATUS(capsa_library_open(sample_path, true, &library), CAPSA_OK);
  return library;
}

static void close_all(capsa_library *library, capsa_arena *arena) {
  capsa_library_close(library);
  sample_remove_library();
  remove(copy_path);
  capsa_arena_free(arena);
}

/** More than one step copies. */
#define MUCH (12 << 20)

/* A record with a source of so many bytes. */
static void add_much(capsa_library *library, capsa_arena *arena,
                     const char *title, size_t len) {
  capsa_document document = sample_document(arena, title, "A> The ink is thin");
  capsa_source source = {.bytes = {calloc(1, len), len}};
  capsa_added added;
  capsa_entry entry;
  CHECK_STATUS(
      capsa_library_keep(library, &document, &source, arena, &added, &entry),
      CAPSA_OK);
  free((void *)source.bytes.ptr);
}

static capsa_status run_to_end(capsa_backup *backup) {
  capsa_progress progress = {0};
  capsa_status st = CAPSA_OK;
  while (!st && !progress.finished) st = capsa_backup_step(backup, &progress);
  CHECK_NUMBER(progress.done, progress.total);
  return st;
}

static size_t count_of(const char *path, capsa_arena *arena) {
  capsa_library *library = NULL;
  capsa_entries entries = {0};
  CHECK_STATUS(capsa_library_open(path, false, &library), CAPSA_OK);
  if (!library) return 0;
  CHECK_STATUS(capsa_library_list(library, arena, &entries), CAPSA_OK);
  capsa_stmt stmt = capsa_stmt_open(library->db, "PRAGMA integrity_check");
  CHECK(capsa_stmt_next(&stmt));
  CHECK_TEXT(capsa_stmt_text(&stmt, arena), "ok");
  CHECK_STATUS(capsa_stmt_close(&stmt), CAPSA_OK);
  capsa_library_close(library);
  return entries.count;
}

static void test_backup__is_the_whole_library(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = open_at_fresh_path("backup"), *copy = NULL;
  capsa_document document = sample_full_document(arena), read;
  capsa_backup *backup = NULL;
  sample_keep(library, &document, arena);
  CHECK_STATUS(capsa_backup_begin(library, copy_path, &backup), CAPSA_OK);
  CHECK_STATUS(run_to_end(backup), CAPSA_OK);
  capsa_backup_end(backup);
  CHECK_NUMBER(count_of(copy_path, arena), 1);
  CHECK_STATUS(capsa_library_open(copy_path, false, &copy), CAPSA_OK);
  CHECK_STATUS(capsa_library_read(copy, CAPSA_LITERAL("full"), arena, &read),
               CAPSA_OK);
  CHECK(capsa_slice_equal(sample_dump(&read, arena),
                          sample_dump(&document, arena)));
  capsa_library_close(copy);
  close_all(library, arena);
}

static void test_backup__takes_up_what_changes_between_its_steps(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = open_at_fresh_path("backup-changed");
  capsa_backup *backup = NULL;
  capsa_progress progress = {0};
  add_much(library, arena, "first", MUCH);
  CHECK_STATUS(capsa_backup_begin(library, copy_path, &backup), CAPSA_OK);
  CHECK_STATUS(capsa_backup_step(backup, &progress), CAPSA_OK);
  CHECK(!progress.finished);
  CHECK(progress.done > 0 && progress.done < progress.total);
  add_much(library, arena, "second", 100000);
  CHECK_STATUS(run_to_end(backup), CAPSA_OK);
  capsa_backup_end(backup);
  CHECK_NUMBER(count_of(copy_path, arena), 2);
  close_all(library, arena);
}

static void test_backup__that_ends_early_leaves_nothing(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = open_at_fresh_path("backup-ended");
  capsa_backup *backup = NULL;
  capsa_library *copy = NULL;
  add_much(library, arena, "first", MUCH);
  CHECK_STATUS(capsa_backup_begin(library, copy_path, &backup), CAPSA_OK);
  CHECK_STATUS(capsa_backup_step(backup, &(capsa_progress){0}), CAPSA_OK);
  capsa_backup_end(backup);
  CHECK_STATUS(capsa_library_open(copy_path, false, &copy), CAPSA_ENOTFOUND);
  close_all(library, arena);
}

static void test_backup__never_writes_over_a_file(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = open_at_fresh_path("backup-there");
  capsa_backup *backup = NULL;
  size_t len = 0;
  sample_write_file(copy_path, "precious", 8);
  CHECK_STATUS(capsa_backup_begin(library, copy_path, &backup), CAPSA_EEXISTS);
  char *bytes = tap_read_file(copy_path, &len);
  CHECK_TEXT(((capsa_slice){bytes, len}), "precious");
  free(bytes);
  close_all(library, arena);
}

#ifdef __EMSCRIPTEN__
static void test_backup__begins_anew_when_another_program_writes(void) {
  tap_skip("one connection per file here");
}
static void test_backup__says_that_the_storage_is_full(void) {
  tap_skip("no limit to the file's size here");
}
#else
#include <signal.h>
#include <sys/resource.h>

static void test_backup__begins_anew_when_another_program_writes(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = open_at_fresh_path("backup-anew"), *other = NULL;
  capsa_backup *backup = NULL;
  capsa_progress progress = {0};
  add_much(library, arena, "first", MUCH);
  CHECK_STATUS(capsa_library_open(sample_path, false, &other), CAPSA_OK);
  CHECK_STATUS(capsa_backup_begin(library, copy_path, &backup), CAPSA_OK);
  CHECK_STATUS(capsa_backup_step(backup, &progress), CAPSA_OK);
  sample_add(other, arena, "second", "A> words");
  CHECK_STATUS(run_to_end(backup), CAPSA_OK);
  capsa_backup_end(backup);
  capsa_library_close(other);
  CHECK_NUMBER(count_of(copy_path, arena), 2);
  close_all(library, arena);
}

static void test_backup__says_that_the_storage_is_full(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = open_at_fresh_path("backup-full");
  capsa_backup *backup = NULL;
  add_much(library, arena, "first", MUCH);
  struct rlimit before, few;
  getrlimit(RLIMIT_FSIZE, &before);
  few = before;
  few.rlim_cur = 100000;
  signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &few);
  capsa_status st = capsa_backup_begin(library, copy_path, &backup);
  capsa_progress progress = {0};
  while (!st && !progress.finished) st = capsa_backup_step(backup, &progress);
  setrlimit(RLIMIT_FSIZE, &before);
  CHECK(st == CAPSA_EFULL || st == CAPSA_EIO);
  capsa_backup_end(backup);
  CHECK(!tap_read_file(copy_path, &(size_t){0}));
  CHECK_NUMBER(count_of(sample_path, arena), 1);
  close_all(library, arena);
}
#endif

static void test_backup__knows_its_library_and_when_it_was_saved(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = open_at_fresh_path("care"), *other;
  capsa_care care, again;
  CHECK_STATUS(capsa_library_care(library, arena, &care), CAPSA_OK);
  CHECK_NUMBER(care.identity.len, 32);
  CHECK_TEXT(care.saved, "");
  CHECK_TEXT(care.noted, "");
  CHECK_TEXT(care.added, "");
  CHECK_STATUS(capsa_library_mark_saved(library), CAPSA_OK);
  sample_add(library, arena, "a", "A> words");
  capsa_library_close(library);
  CHECK_STATUS(capsa_library_open(sample_path, false, &library), CAPSA_OK);
  CHECK_STATUS(capsa_library_care(library, arena, &again), CAPSA_OK);
  CHECK(capsa_slice_equal(again.identity, care.identity));
  CHECK_NUMBER(again.saved.len, 20);
  CHECK_NUMBER(again.added.len, 20);
  other = sample_library();
  CHECK_STATUS(capsa_library_care(other, arena, &again), CAPSA_OK);
  CHECK(!capsa_slice_equal(again.identity, care.identity));
  capsa_library_close(other);
  close_all(library, arena);
}

static void test_backup__step_ends_by_the_clock_and_by_its_pieces(void) {
  capsa_steps steps = capsa_steps_begin();
  unsigned pieces = 1;
  while (capsa_steps_goes_on(&steps)) pieces++;
  CHECK(pieces <= CAPSA_STEP_PIECES_MAX);
  steps = (capsa_steps){.begun_ms = 0}; /* long ago */
  CHECK(!capsa_steps_goes_on(&steps));
  steps = (capsa_steps){.begun_ms = INT64_MAX}; /* the clock went back */
  CHECK(!capsa_steps_goes_on(&steps));
  steps = capsa_steps_begin();
  steps.pieces = CAPSA_STEP_PIECES_MAX - 1;
  CHECK(!capsa_steps_goes_on(&steps));
}

static capsa_status back_up(capsa_library *library, capsa_arena *arena) {
  capsa_backup *backup = NULL;
  capsa_progress progress = {0};
  capsa_care care;
  capsa_status st = capsa_backup_begin(library, copy_path, &backup);
  while (!st && !progress.finished) st = capsa_backup_step(backup, &progress);
  capsa_backup_end(backup);
  if (!st) st = capsa_library_mark_saved(library);
  return st ? st : capsa_library_care(library, arena, &care);
}

static void test_backup__survives_any_failed_allocation(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = open_at_fresh_path("backup-memory");
  sample_add(library, arena, "a", "A> words");
  capsa_status st = CAPSA_ENOMEM;
  int n = 0;
  for (; st == CAPSA_ENOMEM && n < 100; n++) {
    size_t live = capsa_mem_live();
    capsa_mem_fail_after(n);
    capsa_arena *request = capsa_arena_new();
    st = request ? back_up(library, request) : CAPSA_ENOMEM;
    capsa_arena_free(request);
    capsa_mem_fail_after(-1);
    CHECK_NUMBER(capsa_mem_live(), live);
    remove(copy_path);
  }
  CHECK_STATUS(st, CAPSA_OK);
  CHECK(n > 2);
  close_all(library, arena);
}

void test_backup(void) {
  RUN(test_backup__is_the_whole_library);
  RUN(test_backup__takes_up_what_changes_between_its_steps);
  RUN(test_backup__that_ends_early_leaves_nothing);
  RUN(test_backup__never_writes_over_a_file);
  RUN(test_backup__begins_anew_when_another_program_writes);
  RUN(test_backup__says_that_the_storage_is_full);
  RUN(test_backup__knows_its_library_and_when_it_was_saved);
  RUN(test_backup__step_ends_by_the_clock_and_by_its_pieces);
  RUN(test_backup__survives_any_failed_allocation);
}
