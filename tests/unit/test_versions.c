#include "capsa/versions.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/slice.h"
#include "sample.h"
#include "tap.h"

typedef struct fixture {
  capsa_arena *arena;
  capsa_library *library;
} fixture;

static fixture open_fixture(void) {
  return (fixture){capsa_arena_new(), sample_library()};
}

static void close_fixture(fixture *f) {
  capsa_library_close(f->library);
  capsa_arena_free(f->arena);
}

/* A document of so many turns that says itself what record it is of. */
static capsa_entry add(fixture *f, const char *key, const char *record,
                       const char *lines) {
  capsa_document document = sample_document(f->arena, key, lines);
  document.metadata.record = capsa_slice_of(record);
  document.metadata.language = capsa_slice_of(key);
  return sample_keep(f->library, &document, f->arena);
}

#define THREE_TURNS "A> one\nB> two\nA> three"

static capsa_versions list(fixture *f, const char *name) {
  capsa_versions versions = {0};
  CHECK_STATUS(capsa_versions_list(f->library, capsa_slice_of(name), f->arena,
                                   &versions),
               CAPSA_OK);
  return versions;
}

static capsa_status align(fixture *f, const char *one, const char *other,
                          capsa_alignment *out) {
  return capsa_versions_align(f->library, capsa_slice_of(one),
                              capsa_slice_of(other), f->arena, out);
}

static size_t pairs(fixture *f, const char *one, const char *other) {
  capsa_alignment alignment = {0};
  CHECK_STATUS(align(f, one, other, &alignment), CAPSA_OK);
  return alignment.count;
}

static int64_t rows(fixture *f) {
  capsa_stmt stmt =
      capsa_stmt_open(f->library->db, "SELECT count(*) FROM alignment");
  int64_t count = capsa_stmt_next(&stmt) ? capsa_stmt_number(&stmt) : -1;
  CHECK_STATUS(capsa_stmt_close(&stmt), CAPSA_OK);
  return count;
}

static capsa_status declare(fixture *f, const char *a, const char *b,
                            const char *c) {
  capsa_slice names[] = {capsa_slice_of(a), capsa_slice_of(b),
                         capsa_slice_of(c)};
  return capsa_versions_declare(f->library, names, c ? 3 : 2);
}

static void test_versions__are_those_whose_sources_say_so(void) {
  fixture f = open_fixture();
  add(&f, "fr", "talk", THREE_TURNS);
  add(&f, "en", "talk", THREE_TURNS "!");
  add(&f, "de", "", THREE_TURNS "?");
  capsa_versions versions = list(&f, "fr");
  CHECK_TEXT(versions.record, "talk");
  CHECK_NUMBER(versions.count, 2);
  CHECK_TEXT(versions.items[0].key, "en");
  CHECK_TEXT(versions.items[1].key, "fr");
  CHECK_NUMBER(pairs(&f, "en", "fr"), 3);
  CHECK_NUMBER(list(&f, "de").count, 1);
  capsa_slice json;
  versions.count = 0;
  CHECK_STATUS(capsa_versions_to_json(&versions, f.arena, &json), CAPSA_OK);
  CHECK_TEXT(json, "{\"record\":\"talk\",\"versions\":[]}");
  close_fixture(&f);
}

static void test_versions__are_those_that_the_reader_declares(void) {
  fixture f = open_fixture();
  add(&f, "fr", "", THREE_TURNS);
  add(&f, "en", "", THREE_TURNS "!");
  add(&f, "de", "", THREE_TURNS "?");
  CHECK_STATUS(declare(&f, "fr", "en", NULL), CAPSA_OK);
  CHECK_TEXT(list(&f, "en").record, "fr");
  CHECK_NUMBER(list(&f, "en").count, 2);
  CHECK_STATUS(declare(&f, "de", "en", NULL), CAPSA_OK);
  CHECK_NUMBER(list(&f, "fr").count, 3);
  CHECK_NUMBER(rows(&f), 9);
  CHECK_STATUS(declare(&f, "de", "en", "fr"), CAPSA_OK);
  CHECK_NUMBER(rows(&f), 9);
  close_fixture(&f);
}

static void test_versions__can_be_parted(void) {
  fixture f = open_fixture();
  capsa_alignment alignment;
  add(&f, "fr", "talk", THREE_TURNS);
  add(&f, "en", "talk", THREE_TURNS "!");
  add(&f, "de", "talk", THREE_TURNS "?");
  CHECK_STATUS(capsa_versions_dissolve(f.library, CAPSA_LITERAL("en")),
               CAPSA_OK);
  CHECK_NUMBER(list(&f, "en").count, 1);
  CHECK_NUMBER(list(&f, "fr").count, 2);
  CHECK_STATUS(align(&f, "en", "fr", &alignment), CAPSA_EINVAL);
  CHECK_NUMBER(rows(&f), 3);
  CHECK_STATUS(declare(&f, "fr", "en", NULL), CAPSA_OK);
  CHECK_NUMBER(list(&f, "fr").count, 3);
  CHECK_NUMBER(rows(&f), 9);
  close_fixture(&f);
}

static void test_versions__are_seen_from_either_side(void) {
  fixture f = open_fixture();
  capsa_alignment there = {0}, back = {0};
  capsa_slice json;
  add(&f, "fr", "talk", THREE_TURNS);
  add(&f, "en", "talk",
      "[A remark that the other text has not.]\n" THREE_TURNS);
  CHECK_STATUS(align(&f, "fr", "en", &there), CAPSA_OK);
  CHECK_STATUS(align(&f, "en", "fr", &back), CAPSA_OK);
  CHECK_STATUS(capsa_alignment_to_json(&there, f.arena, &json), CAPSA_OK);
  CHECK(capsa_slice_starts(json, "[[1,0,1,1,0],[1,1,2,1,"));
  CHECK_STATUS(capsa_alignment_to_json(&back, f.arena, &json), CAPSA_OK);
  CHECK(capsa_slice_starts(json, "[[1,1,1,0,0],[2,1,1,1,"));
  close_fixture(&f);
}

/* Alignments follow what becomes of the documents. */
static void test_versions__are_aligned_anew_with_a_new_edition(void) {
  fixture f = open_fixture();
  char name[64];
  add(&f, "fr", "talk", THREE_TURNS);
  capsa_entry old = add(&f, "en", "talk", THREE_TURNS);
  add(&f, "en", "talk", THREE_TURNS "\nB> four");
  capsa_alignment alignment;
  CHECK_NUMBER(rows(&f), 4);
  CHECK_NUMBER(pairs(&f, "fr", "en"), 4);
  CHECK_NUMBER(list(&f, "fr").count, 2);
  snprintf(name, sizeof name, "en@%.12s", old.edition.ptr);
  CHECK_STATUS(align(&f, "fr", name, &alignment), CAPSA_EINVAL);
  CHECK_STATUS(capsa_library_remove(f.library, CAPSA_LITERAL("en")), CAPSA_OK);
  CHECK_NUMBER(pairs(&f, "fr", "en"), 3);
  CHECK_STATUS(capsa_library_remove(f.library, CAPSA_LITERAL("en")), CAPSA_OK);
  CHECK_NUMBER(rows(&f), 0);
  CHECK_NUMBER(list(&f, "fr").count, 1);
  close_fixture(&f);
}

/* What the reader said is remembered while a document is away. */
static void test_versions__are_declared_for_good(void) {
  fixture f = open_fixture();
  add(&f, "fr", "", THREE_TURNS);
  add(&f, "en", "", THREE_TURNS);
  CHECK_STATUS(declare(&f, "fr", "en", NULL), CAPSA_OK);
  CHECK_STATUS(capsa_library_remove(f.library, CAPSA_LITERAL("en")), CAPSA_OK);
  add(&f, "en", "", THREE_TURNS);
  CHECK_NUMBER(list(&f, "fr").count, 2);
  CHECK_NUMBER(rows(&f), 3);
  close_fixture(&f);
}

static void test_versions__refuse_what_cannot_be(void) {
  fixture f = open_fixture();
  capsa_slice one[] = {CAPSA_LITERAL("fr"), CAPSA_LITERAL("fr")};
  add(&f, "fr", "", THREE_TURNS);
  CHECK_STATUS(capsa_versions_declare(f.library, one, 1), CAPSA_EINVAL);
  CHECK_STATUS(capsa_versions_declare(f.library, one, 2), CAPSA_EINVAL);
  CHECK_STATUS(declare(&f, "fr", "nobody", NULL), CAPSA_ENOTFOUND);
  CHECK_STATUS(capsa_versions_dissolve(f.library, CAPSA_LITERAL("nobody")),
               CAPSA_ENOTFOUND);
  CHECK_NUMBER(list(&f, "fr").count, 1);
  close_fixture(&f);
}

/* One more than the limit is listed, and aligned with none. */
static void test_versions__are_aligned_up_to_a_limit(void) {
  fixture f = open_fixture();
  char key[16];
  for (int i = 1; i <= CAPSA_VERSIONS_MAX + 1; i++) {
    snprintf(key, sizeof key, "v%d", i);
    add(&f, capsa_arena_string(f.arena, capsa_slice_of(key)), "talk", "A> one");
  }
  CHECK_NUMBER(list(&f, "v1").count, CAPSA_VERSIONS_MAX + 1);
  CHECK_NUMBER(rows(&f), CAPSA_VERSIONS_MAX * (CAPSA_VERSIONS_MAX - 1) / 2);
  close_fixture(&f);
}

static capsa_status use(capsa_library *library, capsa_arena *arena) {
  capsa_slice names[] = {CAPSA_LITERAL("fr"), CAPSA_LITERAL("en")};
  capsa_versions versions;
  capsa_alignment alignment;
  capsa_slice json;
  capsa_status st = capsa_versions_declare(library, names, 2);
  if (!st) st = capsa_versions_list(library, names[0], arena, &versions);
  if (!st) st = capsa_versions_to_json(&versions, arena, &json);
  if (!st)
    st = capsa_versions_align(library, names[1], names[0], arena, &alignment);
  if (!st) st = capsa_alignment_to_json(&alignment, arena, &json);
  if (!st) st = capsa_versions_dissolve(library, names[0]);
  return st;
}

static void test_versions__survive_any_failed_allocation(void) {
  fixture f = open_fixture();
  add(&f, "fr", "", THREE_TURNS);
  add(&f, "en", "", THREE_TURNS);
  capsa_status st = CAPSA_ENOMEM;
  int n = 0;
  for (; st == CAPSA_ENOMEM && n < 1000; n++) {
    size_t live = capsa_mem_live();
    capsa_mem_fail_after(n);
    capsa_arena *request = capsa_arena_new();
    st = request ? use(f.library, request) : CAPSA_ENOMEM;
    capsa_arena_free(request);
    capsa_mem_fail_after(-1);
    CHECK_NUMBER(capsa_mem_live(), live);
    int64_t kept = rows(&f);
    CHECK(kept == 0 || kept == 3);
  }
  CHECK_STATUS(st, CAPSA_OK);
  CHECK(n > 5);
  close_fixture(&f);
}

void test_versions(void) {
  RUN(test_versions__are_those_whose_sources_say_so);
  RUN(test_versions__are_those_that_the_reader_declares);
  RUN(test_versions__can_be_parted);
  RUN(test_versions__are_seen_from_either_side);
  RUN(test_versions__are_aligned_anew_with_a_new_edition);
  RUN(test_versions__are_declared_for_good);
  RUN(test_versions__refuse_what_cannot_be);
  RUN(test_versions__are_aligned_up_to_a_limit);
  RUN(test_versions__survive_any_failed_allocation);
}
