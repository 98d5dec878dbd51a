#define _POSIX_C_SOURCE 200809L /* seteuid */
#include "store/library.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sample.h"
#include "store/schema.h"
#include "tap.h"

#ifndef __EMSCRIPTEN__
#include <unistd.h>
#endif

static void test_library__gives_back_the_document_that_was_added(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = sample_library();
  capsa_document document = sample_full_document(arena), read;
  sample_keep(library, &document, arena);
  sample_add(library, arena, "other", "A> one\nB> two\n---\nA> three");
  CHECK_STATUS(capsa_library_read(library, CAPSA_LITERAL("full"), arena, &read),
               CAPSA_OK);
  capsa_slice before = sample_dump(&document, arena);
  CHECK(before.len > 1000);
  CHECK_TEXT(sample_dump(&read, arena), capsa_arena_string(arena, before));

  document = sample_document(arena, "other", "A> one\nB> two\n---\nA> three");
  CHECK_STATUS(
      capsa_library_read(library, CAPSA_LITERAL("other"), arena, &read),
      CAPSA_OK);
  before = sample_dump(&document, arena);
  CHECK_TEXT(sample_dump(&read, arena), capsa_arena_string(arena, before));
  capsa_library_close(library);
  capsa_arena_free(arena);
}

static const char page[] =
    "Talk about Ink\n\nMarch 4, 1920\n\nBLOT A.: The ink [chernila] is thin, "
    "and tha t is so.\n\nQUILL CLARA: It is the [bitter] cold, not that.\n\n"
    "[They drink tea.]\n\nBLOT A.: Then warm it [v pechi\n\n"
    "QUILL CLARA: With what?\n";

/* Read from its rows, a document is written as if it had been parsed again. */
static void test_library__shows_what_the_parser_understood(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = sample_library();
  capsa_source source = {.bytes = capsa_slice_of(page)};
  capsa_document parsed, read;
  capsa_added added;
  capsa_entry entry;
  capsa_slice before, after;
  CHECK_STATUS(capsa_document_parse(&source, arena, &parsed), CAPSA_OK);
  CHECK_STATUS(capsa_library_add(library, &source, arena, &added, &entry),
               CAPSA_OK);
  CHECK_STATUS(capsa_library_read(library, entry.key, arena, &read), CAPSA_OK);
  capsa_document_to_json(&parsed, false, arena, &before);
  capsa_document_to_json(&read, false, arena, &after);
  CHECK(before.len > 500);
  CHECK_TEXT(after, capsa_arena_string(arena, before));
  capsa_document_to_html(&parsed, arena, &before);
  capsa_document_to_html(&read, arena, &after);
  CHECK(before.len > 300);
  CHECK_TEXT(after, capsa_arena_string(arena, before));
  capsa_library_close(library);
  capsa_arena_free(arena);
}

static void test_library__keeps_the_source(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = sample_library();
  sample_add(library, arena, "a", "text");
  capsa_stmt stmt =
      capsa_stmt_open(library->db, "SELECT name, bytes FROM source");
  CHECK(capsa_stmt_next(&stmt));
  CHECK_TEXT(capsa_stmt_text(&stmt, arena), "file.txt");
  CHECK_TEXT(capsa_stmt_text(&stmt, arena), "bytes");
  CHECK_STATUS(capsa_stmt_close(&stmt), CAPSA_OK);
  capsa_library_close(library);
  capsa_arena_free(arena);
}

static capsa_added add_again(capsa_library *library, capsa_arena *arena,
                             const char *script) {
  capsa_document document = sample_document(arena, "record", script);
  capsa_source source = {.bytes = CAPSA_LITERAL("x")};
  capsa_added added = CAPSA_ADDED_NEW;
  capsa_entry entry = {0};
  CHECK_STATUS(
      capsa_library_keep(library, &document, &source, arena, &added, &entry),
      CAPSA_OK);
  CHECK(capsa_slice_equal(entry.edition, document.edition));
  return added;
}

static void test_library__tells_a_record_from_its_editions(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = sample_library();
  CHECK_NUMBER(add_again(library, arena, "one"), CAPSA_ADDED_NEW);
  CHECK_NUMBER(add_again(library, arena, "one"), CAPSA_ADDED_SAME);
  CHECK_NUMBER(add_again(library, arena, "two"), CAPSA_ADDED_EDITION);
  CHECK_NUMBER(add_again(library, arena, "one"), CAPSA_ADDED_SAME);

  capsa_entries entries;
  CHECK_STATUS(capsa_library_list(library, arena, &entries), CAPSA_OK);
  CHECK_NUMBER(entries.count, 2);
  CHECK(!entries.items[0].newest && entries.items[1].newest);
  capsa_library_close(library);
  capsa_arena_free(arena);
}

static capsa_status find(capsa_library *library, capsa_arena *arena,
                         capsa_slice key, const char *at, capsa_slice edition,
                         size_t digits, capsa_entry *out) {
  char name[256];
  snprintf(name, sizeof name, "%.*s%s%.*s", (int)key.len, key.ptr, at,
           (int)digits, edition.ptr);
  return capsa_library_find(library, capsa_slice_of(name), arena, out);
}

static void test_library__finds_by_key_and_by_edition(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = sample_library();
  capsa_slice key = CAPSA_LITERAL("a@b"); /* the last @ counts */
  capsa_entry old = sample_add(library, arena, "a@b", "one"), got = {0};
  capsa_entry new = sample_add(library, arena, "a@b", "two");
  CHECK_STATUS(find(library, arena, key, "@", old.edition, 6, &got), CAPSA_OK);
  CHECK_NUMBER(got.id, old.id);
  CHECK_STATUS(find(library, arena, key, "@", new.edition, 64, &got), CAPSA_OK);
  CHECK_NUMBER(got.id, new.id);
  CHECK_STATUS(find(library, arena, key, "@", old.edition, 5, &got),
               CAPSA_ENOTFOUND);
  CHECK_STATUS(
      find(library, arena, CAPSA_LITERAL("b"), "@", old.edition, 6, &got),
      CAPSA_ENOTFOUND);
  sample_add(library, arena, "plain", "one");
  capsa_entry last = sample_add(library, arena, "plain", "two");
  CHECK_STATUS(capsa_library_find(library, CAPSA_LITERAL("plain"), arena, &got),
               CAPSA_OK);
  CHECK_NUMBER(got.id, last.id);
  CHECK_STATUS(capsa_library_find(library, CAPSA_LITERAL(""), arena, &got),
               CAPSA_ENOTFOUND);
  capsa_library_close(library);
  capsa_arena_free(arena);
}

static void test_library__says_when_digits_fit_two_editions(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = sample_library();
  sample_add(library, arena, "a", "one");
  sample_add(library, arena, "a", "two");
  CHECK_STATUS(capsa_db_exec(library->db, "UPDATE document SET edition = "
                                          "'abcdef' || substr(edition, 7)"),
               CAPSA_OK);
  capsa_entry got;
  CHECK_STATUS(
      capsa_library_find(library, CAPSA_LITERAL("a@abcdef"), arena, &got),
      CAPSA_EAMBIGUOUS);
  capsa_library_close(library);
  capsa_arena_free(arena);
}

static void test_library__lists_by_date_then_title(void) {
  static const char *const rows[][2] = {
      {"undated", ""},   {"b", "1958-07-31"}, {"a", "1958-07-31"},
      {"early", "1956"}, {"c", "1957-02"},
  };
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = sample_library();
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    capsa_document document = sample_document(arena, rows[i][0], "text");
    document.metadata.date = capsa_slice_of(rows[i][1]);
    document.metadata.language = CAPSA_LITERAL("en");
    sample_keep(library, &document, arena);
  }
  capsa_entries entries;
  capsa_slice json;
  CHECK_STATUS(capsa_library_list(library, arena, &entries), CAPSA_OK);
  CHECK_TEXT(entries.items[0].key, "early");
  CHECK_TEXT(entries.items[1].key, "c");
  CHECK_TEXT(entries.items[2].key, "a");
  CHECK_TEXT(entries.items[3].key, "b");
  CHECK_TEXT(entries.items[4].key, "undated");
  entries.count = 1;
  CHECK_STATUS(capsa_entries_to_json(&entries, arena, &json), CAPSA_OK);
  CHECK_TEXT(json, "[{\"key\":\"early\",\"title\":\"early\",\"date\":\"1956\","
                   "\"language\":\"en\",\"turns\":0,\"edition\":"
                   "\"982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead6"
                   "7c32c9d1\"}]");
  capsa_library_close(library);
  capsa_arena_free(arena);
}

/* FTS5's own check compares the index with the text of `passage`. */
static void check_index(capsa_library *library) {
  CHECK_STATUS(capsa_db_exec(library->db,
                             "INSERT INTO block_fts (block_fts, rank)"
                             " VALUES ('integrity-check', 1)"),
               CAPSA_OK);
}

static int64_t count_all_rows(capsa_library *library) {
  capsa_stmt stmt = capsa_stmt_open(
      library->db,
      "SELECT (SELECT count(*) FROM document) + (SELECT count(*) FROM source)"
      " + (SELECT count(*) FROM participant) + (SELECT count(*) FROM speaker)"
      " + (SELECT count(*) FROM label) + (SELECT count(*) FROM block)"
      " + (SELECT count(*) FROM span) + (SELECT count(*) FROM emendation)"
      " + (SELECT count(*) FROM diagnostic)");
  int64_t count = capsa_stmt_next(&stmt) ? capsa_stmt_number(&stmt) : -1;
  CHECK_STATUS(capsa_stmt_close(&stmt), CAPSA_OK);
  return count;
}

static void test_library__removes_every_trace_of_an_edition(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = sample_library();
  capsa_slice name = CAPSA_LITERAL("full");
  capsa_document document = sample_full_document(arena), read;
  sample_add(library, arena, "other", "A> one");
  int64_t rows = count_all_rows(library);
  sample_keep(library, &document, arena);
  CHECK(count_all_rows(library) > rows);
  check_index(library);

  CHECK_STATUS(capsa_library_remove(library, name), CAPSA_OK);
  CHECK_NUMBER(count_all_rows(library), rows);
  check_index(library);
  CHECK_STATUS(capsa_library_read(library, name, arena, &read),
               CAPSA_ENOTFOUND);
  CHECK_STATUS(capsa_library_remove(library, name), CAPSA_ENOTFOUND);
  sample_keep(library, &document, arena);
  check_index(library);
  capsa_library_close(library);
  capsa_arena_free(arena);
}

static void test_library__keeps_settings(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = sample_library();
  capsa_slice name = CAPSA_LITERAL("look"), value;
  CHECK_STATUS(capsa_library_setting(library, name, arena, &value), CAPSA_OK);
  CHECK_TEXT(value, "");
  CHECK_STATUS(capsa_library_set_setting(library, name, CAPSA_LITERAL("dark")),
               CAPSA_OK);
  CHECK_STATUS(capsa_library_set_setting(library, name, CAPSA_LITERAL("sepia")),
               CAPSA_OK);
  CHECK_STATUS(capsa_library_setting(library, name, arena, &value), CAPSA_OK);
  CHECK_TEXT(value, "sepia");
  CHECK_STATUS(capsa_library_set_setting(library, name, (capsa_slice){0}),
               CAPSA_OK);
  CHECK_STATUS(capsa_library_setting(library, name, arena, &value), CAPSA_OK);
  CHECK_TEXT(value, "");
  capsa_library_close(library);
  capsa_arena_free(arena);
}

static void test_library__says_that_it_is_full_and_stays_whole(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = sample_library();
  sample_add(library, arena, "small", "a few words");
  CHECK_STATUS(capsa_db_exec(library->db, "PRAGMA max_page_count = 1"),
               CAPSA_OK); /* as many as there are, that is */
  char *words = calloc(1, 300001);
  for (int i = 0; i < 300000; i++)
    words[i] = "abcdefghijklm nopqrstuvwxyz"[i % 27];
  capsa_document document = sample_document(arena, "large", words);
  capsa_source source = {.bytes = {words, 300000}};
  capsa_added added;
  capsa_entry entry;
  CHECK_STATUS(
      capsa_library_keep(library, &document, &source, arena, &added, &entry),
      CAPSA_EFULL);
  capsa_entries entries = {0};
  CHECK_STATUS(capsa_library_list(library, arena, &entries), CAPSA_OK);
  CHECK_NUMBER(entries.count, 1);
  check_index(library);
  CHECK_STATUS(capsa_db_exec(library->db, "PRAGMA max_page_count = 1000000"),
               CAPSA_OK);
  sample_keep(library, &document, arena);
  free(words);
  capsa_library_close(library);
  capsa_arena_free(arena);
}

#ifdef __EMSCRIPTEN__
static void test_library__waits_and_then_says_that_it_is_in_use(void) {
  tap_skip("this VFS has no locks");
}
static void test_library__is_read_where_it_cannot_be_written(void) {
  tap_skip("no other user here");
}
#else
static void test_library__waits_and_then_says_that_it_is_in_use(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *first = NULL, *second = NULL;
  sample_fresh_path("busy");
  CHECK_STATUS(capsa_library_open(sample_path, true, &first), CAPSA_OK);
  CHECK_STATUS(capsa_library_open(sample_path, true, &second), CAPSA_OK);
  CHECK_STATUS(capsa_db_begin(first->db), CAPSA_OK);
  CHECK_STATUS(
      capsa_library_set_setting(second, CAPSA_LITERAL("a"), CAPSA_LITERAL("b")),
      CAPSA_EBUSY);
  capsa_entries entries;
  CHECK_STATUS(capsa_library_list(second, arena, &entries), CAPSA_OK);
  CHECK_STATUS(capsa_db_end(first->db, CAPSA_OK), CAPSA_OK);
  CHECK_STATUS(
      capsa_library_set_setting(second, CAPSA_LITERAL("a"), CAPSA_LITERAL("b")),
      CAPSA_OK);
  capsa_library_close(first);
  capsa_library_close(second);
  sample_remove_library();
  capsa_arena_free(arena);
}

/* root may write everything, so it becomes nobody for a while. */
static void test_library__is_read_where_it_cannot_be_written(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = NULL;
  sample_fresh_path("read-only");
  CHECK_STATUS(capsa_library_open(sample_path, true, &library), CAPSA_OK);
  sample_add(library, arena, "a", "text");
  capsa_library_close(library);
  library = NULL;

  bool root = geteuid() == 0;
  char command[sizeof sample_path + 16];
  snprintf(command, sizeof command, "chmod a-w,a+r %s", sample_path);
  CHECK(system(command) == 0);
  if (root) CHECK(seteuid(65534) == 0);
  CHECK_STATUS(capsa_library_open(sample_path, true, &library), CAPSA_OK);
  capsa_document document;
  CHECK_STATUS(
      capsa_library_read(library, CAPSA_LITERAL("a"), arena, &document),
      CAPSA_OK);
  CHECK_STATUS(capsa_library_remove(library, CAPSA_LITERAL("a")),
               CAPSA_EREADONLY);
  CHECK_NUMBER(capsa_library_access(library), CAPSA_ACCESS_STORAGE);
  capsa_library_close(library);
  if (root) CHECK(seteuid(0) == 0);
  sample_remove_library();
  capsa_arena_free(arena);
}
#endif

static void test_library__detects_rows_that_do_not_fit(void) {
  static const char *const damage[] = {
      "UPDATE block SET kind = 'nonsense' WHERE number = 2",
      "UPDATE block SET number = 40 WHERE number = 2",
      "UPDATE block SET speaker = 4 WHERE number = 3",
      "UPDATE block SET reference = 7 WHERE number = 5",
      "UPDATE span SET footnote = 7 WHERE number = 1",
      "UPDATE diagnostic SET severity = 'nonsense'",
      "UPDATE span SET end_byte = 999",
      ("PRAGMA ignore_check_constraints = ON;"
       "UPDATE span SET start_byte = 3, end_byte = 1"),
      "UPDATE span SET kind = 'nonsense'",
      "UPDATE emendation SET start_byte = 50, end_byte = 50",
      "UPDATE document SET format = 'nonsense'",
      "UPDATE document SET turns = 5000000000",
      "UPDATE speaker SET number = 9 WHERE number = 2",
  };
  for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_library *library = sample_library();
    capsa_document document = sample_full_document(arena), read;
    sample_keep(library, &document, arena);
    CHECK_STATUS(capsa_db_exec(library->db, "PRAGMA foreign_keys = OFF"),
                 CAPSA_OK);
    CHECK_STATUS(capsa_db_exec(library->db, damage[i]), CAPSA_OK);
    if (!CHECK_STATUS(
            capsa_library_read(library, CAPSA_LITERAL("full"), arena, &read),
            CAPSA_ECORRUPT))
      CHECK_TEXT(capsa_slice_of(damage[i]), "");
    capsa_library_close(library);
    capsa_arena_free(arena);
  }
}

/* Keep, list, read and save with the n-th allocation failing, for all n. */
static capsa_status use(const capsa_document *document, capsa_arena *arena) {
  capsa_library *library = NULL;
  capsa_source source = {.bytes = CAPSA_LITERAL("x")};
  capsa_added added;
  capsa_entry entry;
  capsa_entries entries;
  capsa_document read;
  capsa_slice text;
  capsa_status st = capsa_library_open(":memory:", true, &library);
  if (!st)
    st = capsa_library_keep(library, document, &source, arena, &added, &entry);
  if (!st) st = capsa_library_list(library, arena, &entries);
  if (!st) st = capsa_entries_to_json(&entries, arena, &text);
  if (!st) st = capsa_library_read(library, document->key, arena, &read);
  if (!st) st = capsa_library_remove(library, document->key);
  capsa_library_close(library);
  return st;
}

static void test_library__survives_any_failed_allocation(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document document = sample_full_document(arena);
  capsa_status st = CAPSA_ENOMEM;
  int n = 0;
  for (; st == CAPSA_ENOMEM && n < 1000; n++) {
    size_t live = capsa_mem_live();
    capsa_mem_fail_after(n);
    capsa_arena *request = capsa_arena_new();
    st = request ? use(&document, request) : CAPSA_ENOMEM;
    capsa_arena_free(request);
    capsa_mem_fail_after(-1);
    CHECK_NUMBER(capsa_mem_live(), live);
  }
  CHECK_STATUS(st, CAPSA_OK);
  CHECK(n > 5);
  capsa_arena_free(arena);
}

void test_library(void) {
  RUN(test_library__gives_back_the_document_that_was_added);
  RUN(test_library__shows_what_the_parser_understood);
  RUN(test_library__keeps_the_source);
  RUN(test_library__tells_a_record_from_its_editions);
  RUN(test_library__finds_by_key_and_by_edition);
  RUN(test_library__says_when_digits_fit_two_editions);
  RUN(test_library__lists_by_date_then_title);
  RUN(test_library__removes_every_trace_of_an_edition);
  RUN(test_library__keeps_settings);
  RUN(test_library__says_that_it_is_full_and_stays_whole);
  RUN(test_library__waits_and_then_says_that_it_is_in_use);
  RUN(test_library__is_read_where_it_cannot_be_written);
  RUN(test_library__detects_rows_that_do_not_fit);
  RUN(test_library__survives_any_failed_allocation);
}
