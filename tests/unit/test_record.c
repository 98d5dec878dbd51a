#include "store/record.h"

#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "sample.h"
#include "store/library.h"
#include "tap.h"

/* Thirty words, so that there is something to compare. */
static const char HARBOUR[] =
    "The harbour commission met at noon and heard the report of the keeper "
    "on the fog bell which had been silent for a week since its rope was "
    "found to be rotten and nobody";
static const char HARBOUR_EDITED[] =
    "The harbour commission met at noon and heard the report of the keeper "
    "on the fog horn which had been silent for a month since its rope was "
    "found to be rotten and nobody";
static const char LETTERS[] =
    "A letter from the ministry asks every office to count its ink bottles "
    "twice before winter and to send the figures with a signed list by the "
    "first coach that leaves";

static void check_added(capsa_library *library, const char *text,
                        capsa_added want, const char *key) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document document = sample_document(arena, "note", text);
  capsa_source source = {.bytes = capsa_slice_of(text)};
  capsa_added added = CAPSA_ADDED_SAME;
  capsa_entry entry = {0};
  CHECK_STATUS(
      capsa_library_keep(library, &document, &source, arena, &added, &entry),
      CAPSA_OK);
  CHECK_NUMBER(added, want);
  CHECK_TEXT(entry.key, key);
  capsa_arena_free(arena);
}

static void test_record__namesakes_are_told_apart_by_their_text(void) {
  capsa_library *library = sample_library();
  check_added(library, HARBOUR, CAPSA_ADDED_NEW, "note");
  check_added(library, LETTERS, CAPSA_ADDED_NEW, "note-2");
  check_added(library, HARBOUR_EDITED, CAPSA_ADDED_EDITION, "note");
  check_added(library, LETTERS, CAPSA_ADDED_SAME, "note-2");
  check_added(library, HARBOUR, CAPSA_ADDED_SAME, "note");
  capsa_library_close(library);
}

static void test_record__texts_too_short_to_tell_are_editions(void) {
  capsa_library *library = sample_library();
  check_added(library, "one", CAPSA_ADDED_NEW, "note");
  check_added(library, "quite another text", CAPSA_ADDED_EDITION, "note");
  check_added(library, HARBOUR, CAPSA_ADDED_EDITION, "note");
  capsa_library_close(library);
}

static void test_record__survives_any_failed_allocation(void) {
  capsa_library *library = sample_library();
  check_added(library, HARBOUR, CAPSA_ADDED_NEW, "note");
  capsa_status st = CAPSA_ENOMEM;
  capsa_arena *made = capsa_arena_new();
  capsa_document document = sample_document(made, "note", LETTERS);
  size_t live = capsa_mem_live();
  int n = 0;
  for (; st == CAPSA_ENOMEM && n < 1000; n++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_record record = {0};
    capsa_mem_fail_after(n);
    st = capsa_record_find(library->db, &document, arena, &record);
    capsa_mem_fail_after(-1);
    if (!st) CHECK_TEXT(record.key, "note-2");
    capsa_arena_free(arena);
    CHECK_NUMBER(capsa_mem_live(), live);
  }
  CHECK_STATUS(st, CAPSA_OK);
  CHECK(n > 4);
  capsa_arena_free(made);
  capsa_library_close(library);
}

void test_record(void) {
  RUN(test_record__namesakes_are_told_apart_by_their_text);
  RUN(test_record__texts_too_short_to_tell_are_editions);
  RUN(test_record__survives_any_failed_allocation);
}
