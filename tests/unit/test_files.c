/* Where a library may lie, and what may lie in its place. */
#define _POSIX_C_SOURCE 200809L /* mkfifo */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capsa/capsa.h"
#include "sample.h"
#include "tap.h"

#ifdef __EMSCRIPTEN__
static void test_files__opens_plain_files_only(void) {
  tap_skip("a browser has plain files only");
}
static void test_files__that_is_moved_while_open_loses_nothing(void) {
  tap_skip("a browser has plain files only");
}
#else
#include <sys/stat.h>
#include <unistd.h>

/* What is no plain file is refused at once: to open a pipe waits for ever. */
static void test_files__opens_plain_files_only(void) {
  capsa_library *library = NULL;
  capsa_arena *arena = capsa_arena_new();
  capsa_examination found = {0};
  char journal[sizeof sample_path + 16];
  sample_fresh_path("pipe");
  snprintf(journal, sizeof journal, "%s-journal", sample_path);
  alarm(20);
  CHECK(mkfifo(sample_path, 0600) == 0);
  CHECK_STATUS(capsa_library_open(sample_path, true, &library),
               CAPSA_ENOLIBRARY);
  CHECK_STATUS(capsa_library_examine(sample_path, arena, &found),
               CAPSA_ENOLIBRARY);
  CHECK_STATUS(capsa_library_open_copy(sample_path, &library),
               CAPSA_ENOLIBRARY);
  unlink(sample_path);
  CHECK_STATUS(capsa_library_open("/dev/zero", false, &library),
               CAPSA_ENOLIBRARY);
  CHECK_STATUS(capsa_library_open(sample_path, true, &library), CAPSA_OK);
  capsa_library_close(library);
  unlink(journal);
  CHECK(mkfifo(journal, 0600) == 0);
  CHECK_STATUS(capsa_library_open(sample_path, false, &library), CAPSA_EIO);
  alarm(0);
  sample_remove_library();
  capsa_arena_free(arena);
}

/* It goes on in the file that it has open; nothing comes up under the old
 * name. */
static void test_files__that_is_moved_while_open_loses_nothing(void) {
  capsa_library *library = NULL;
  capsa_arena *arena = capsa_arena_new();
  char moved[sizeof sample_path + 16];
  capsa_slice value = {0};
  sample_fresh_path("moved");
  snprintf(moved, sizeof moved, "%s.txt", sample_path);
  CHECK_STATUS(capsa_library_open(sample_path, true, &library), CAPSA_OK);
  sample_add(library, arena, "a", "text");
  CHECK(rename(sample_path, moved) == 0);
  capsa_status st = capsa_library_set_setting(library, CAPSA_LITERAL("look"),
                                              CAPSA_LITERAL("dark"));
  capsa_library_close(library);
  CHECK(access(sample_path, F_OK) != 0);
  CHECK_STATUS(capsa_library_open(moved, false, &library), CAPSA_OK);
  CHECK_STATUS(
      capsa_library_setting(library, CAPSA_LITERAL("look"), arena, &value),
      CAPSA_OK);
  CHECK_TEXT(value, st ? "" : "dark");
  capsa_library_close(library);
  unlink(moved);
  sample_remove_library();
  capsa_arena_free(arena);
}

#endif

void test_files(void) {
  RUN(test_files__opens_plain_files_only);
  RUN(test_files__that_is_moved_while_open_loses_nothing);
}
