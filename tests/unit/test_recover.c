#include "capsa/recover.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capsa/annotation.h"
#include "sample.h"
#include "tap.h"

#define PAGE 8192
#define RECORDS 6

static const char *const titles[RECORDS] = {"one",  "two",  "three",
                                            "four", "five", "six"};

static void add_record(capsa_library *library, capsa_arena *arena, int number) {
  char *text = capsa_arena_bytes(arena, 9000);
  size_t len = (size_t)snprintf(text, 9000, "# %s\n\n", titles[number]);
  for (int i = 0; len < 8800; i++)
    len += (size_t)snprintf(text + len, 9000 - len, "Paragraph %d of %s.\n\n",
                            i, titles[number]);
  capsa_source source = {.bytes = {text, len},
                         .name = capsa_slice_of("file.md")};
  capsa_added added;
  capsa_entry entry;
  CHECK_STATUS(capsa_library_add(library, &source, arena, &added, &entry),
               CAPSA_OK);
  capsa_mark mark = {.document = entry.key,
                     .start_block = 1,
                     .end_block = 1,
                     .end = 3,
                     .note = capsa_slice_of(titles[number])};
  capsa_annotation note;
  CHECK_STATUS(capsa_annotation_create(library, &mark, arena, &note), CAPSA_OK);
}

static char *make_file(size_t *len) {
  capsa_library *library = NULL;
  capsa_arena *arena = capsa_arena_new();
  sample_fresh_path("recover");
  CHECK_STATUS(capsa_library_open(sample_path, true, &library), CAPSA_OK);
  for (int i = 0; i < RECORDS; i++) add_record(library, arena, i);
  CHECK_STATUS(capsa_library_set_setting(library, CAPSA_LITERAL("place"),
                                         CAPSA_LITERAL("one:3")),
               CAPSA_OK);
  capsa_library_close(library);
  capsa_arena_free(arena);
  return tap_read_file(sample_path, len);
}

/* Every record that was saved has the text it had. */
static void check_texts(capsa_library *fresh, capsa_arena *arena,
                        size_t documents) {
  capsa_entries entries = {0};
  CHECK_STATUS(capsa_library_list(fresh, arena, &entries), CAPSA_OK);
  CHECK_NUMBER(entries.count, documents);
  for (size_t i = 0; i < entries.count; i++) {
    capsa_document document = {0};
    char words[40];
    CHECK_STATUS(
        capsa_library_read(fresh, entries.items[i].key, arena, &document),
        CAPSA_OK);
    snprintf(words, sizeof words, "Paragraph 7 of %s.",
             capsa_arena_string(arena, document.metadata.title));
    CHECK(capsa_slice_finds(document.text, words, 0) != CAPSA_NOT_FOUND);
    CHECK_TEXT(document.edition,
               capsa_arena_string(arena, entries.items[i].edition));
  }
}

/* Recover the file at sample_path. @return whether it opened */
static bool recover(capsa_recovery *told) {
  capsa_library *damaged = NULL, *fresh = sample_library();
  capsa_arena *arena = capsa_arena_new();
  capsa_annotations notes = {0};
  bool opened = !capsa_library_open(sample_path, false, &damaged);
  if (opened) {
    CHECK_STATUS(capsa_library_recover(damaged, fresh, told), CAPSA_OK);
    check_texts(fresh, arena, told->documents);
    CHECK_STATUS(capsa_annotations_list(fresh, (capsa_slice){0}, arena, &notes),
                 CAPSA_OK);
    CHECK_NUMBER(notes.count, told->notes);
  }
  capsa_library_close(damaged);
  capsa_library_close(fresh);
  capsa_arena_free(arena);
  return opened;
}

static void test_recover__saves_all_of_a_whole_library(void) {
  size_t len = 0;
  capsa_recovery told = {0};
  free(make_file(&len));
  CHECK(recover(&told));
  CHECK_NUMBER(told.documents, RECORDS);
  CHECK_NUMBER(told.notes, RECORDS);
  CHECK_NUMBER(told.settings, 1);
  CHECK(!told.read_again && !told.sourceless && !told.lost && !told.incomplete);
  sample_remove_library();
}

/* Whichever page is damaged: a record is saved, or counted as lost, or what
 * listed it is damaged and that is said. */
static void test_recover__saves_what_a_damaged_page_leaves(void) {
  size_t len = 0, opened = 0, all = 0, again = 0;
  char *bytes = make_file(&len);
  for (size_t page = 0; page < len / PAGE; page++) {
    capsa_recovery told = {0};
    bytes[page * PAGE + 5000] ^= 16;
    sample_write_file(sample_path, bytes, len);
    bytes[page * PAGE + 5000] ^= 16;
    if (!recover(&told)) continue;
    opened++;
    all += told.documents == RECORDS && told.notes == RECORDS;
    again += told.read_again > 0;
    CHECK(told.incomplete || told.documents + told.lost == RECORDS);
    CHECK(told.documents >= RECORDS / 2 || told.incomplete);
  }
  CHECK(opened > len / PAGE / 2);
  CHECK(all > opened / 2);
  CHECK(again > 0);
  free(bytes);
  sample_remove_library();
}

/* What a library without digests has in the place of a note may be anything:
 * what is kept can be shown. */
static void test_recover__leaves_out_a_note_that_is_of_nothing(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *damaged = sample_library(), *fresh = sample_library();
  capsa_recovery told = {0};
  for (int i = 0; i < 3; i++) add_record(damaged, arena, i);
  CHECK_STATUS(
      capsa_db_exec(damaged->db,
                    "UPDATE annotation SET edition = 'x' WHERE note = 'two';"
                    "INSERT INTO setting VALUES ('x', CAST (x'C3' AS TEXT));"
                    "INSERT INTO version VALUES ('a b', 'r')"),
      CAPSA_OK);
  CHECK_STATUS(capsa_library_recover(damaged, fresh, &told), CAPSA_OK);
  CHECK_NUMBER(told.documents, 3);
  CHECK_NUMBER(told.notes, 2);
  CHECK_NUMBER(told.notes_lost, 1);
  CHECK_NUMBER(told.settings, 0);
  check_texts(fresh, arena, 3);
  capsa_library_close(damaged);
  capsa_library_close(fresh);
  capsa_arena_free(arena);
}

void test_recover(void) {
  RUN(test_recover__leaves_out_a_note_that_is_of_nothing);
  RUN(test_recover__saves_all_of_a_whole_library);
  RUN(test_recover__saves_what_a_damaged_page_leaves);
}
