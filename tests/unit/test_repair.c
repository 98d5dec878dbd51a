#include "capsa/repair.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/slice.h"
#include "capsa/annotation.h"
#include "sample.h"
#include "tap.h"

static const char page[] =
    "Talk about Ink\n\nMarch 4, 1920\n\n"
    "BLOT A.: The ink is thin, and tha t is so. We have no other ink.\n\n"
    "QUILL CLARA: It is the cold, not that. And the hand is high- handed.\n\n"
    "BLOT A.: Then warm it, and tha t is so.\n";

typedef struct fixture {
  capsa_arena *arena;
  capsa_library *library;
  capsa_slice key, edition;
} fixture;

static fixture open_fixture(void) {
  fixture f = {.arena = capsa_arena_new(), .library = sample_library()};
  capsa_source source = {.bytes = capsa_slice_of(page)};
  capsa_added added;
  capsa_entry entry = {0};
  CHECK_STATUS(capsa_library_add(f.library, &source, f.arena, &added, &entry),
               CAPSA_OK);
  f.key = entry.key;
  f.edition = entry.edition;
  return f;
}

static void close_fixture(fixture *f) {
  capsa_library_close(f->library);
  capsa_arena_free(f->arena);
}

static capsa_document read(fixture *f) {
  capsa_document document = {0};
  CHECK_STATUS(capsa_library_read(f->library, f->key, f->arena, &document),
               CAPSA_OK);
  return document;
}

static capsa_repairs list(fixture *f) {
  capsa_repairs repairs = {0};
  CHECK_STATUS(capsa_repairs_list(f->library, f->key, f->arena, &repairs),
               CAPSA_OK);
  return repairs;
}

static capsa_revision undo(fixture *f, uint32_t number, const char *rule) {
  capsa_revision revision = {0};
  CHECK_STATUS(capsa_repairs_undo(f->library, f->key, number,
                                  capsa_slice_of(rule), f->arena, &revision),
               CAPSA_OK);
  return revision;
}

static capsa_revision redo(fixture *f, uint32_t number, const char *rule) {
  capsa_revision revision = {0};
  CHECK_STATUS(capsa_repairs_redo(f->library, f->key, number,
                                  capsa_slice_of(rule), f->arena, &revision),
               CAPSA_OK);
  return revision;
}

static bool says(fixture *f, const char *words) {
  return capsa_slice_finds(read(f).text, words, 0) != CAPSA_NOT_FOUND;
}

static void test_repair__lists_what_was_made_and_what_is_undone(void) {
  fixture f = open_fixture();
  capsa_repairs repairs = list(&f);
  CHECK_NUMBER(repairs.count, 3);
  CHECK_TEXT(repairs.items[1].rule, "hyphen-space");
  CHECK_TEXT(repairs.items[1].original, "high- handed");
  CHECK_TEXT(repairs.items[1].corrected, "high-handed");
  CHECK_NUMBER(repairs.items[1].number, 2);
  CHECK_NUMBER(repairs.items[1].turn, 2);
  undo(&f, 1, "");
  repairs = list(&f);
  CHECK_NUMBER(repairs.count, 3);
  CHECK_TEXT(repairs.items[0].rule, "hyphen-space");
  CHECK_TEXT(repairs.items[2].original, "tha t");
  CHECK_TEXT(repairs.items[2].corrected, "that");
  CHECK(repairs.items[2].undone && !repairs.items[1].undone);
  capsa_slice json;
  repairs.items += 2, repairs.count = 1;
  CHECK_STATUS(capsa_repairs_to_json(&repairs, f.arena, &json), CAPSA_OK);
  CHECK_TEXT(json, "[{\"number\":3,\"rule\":\"split-word\",\"original\":"
                   "\"tha t\",\"corrected\":\"that\",\"undone\":true}]");
  close_fixture(&f);
}

static void test_repair__undoes_one_and_makes_it_again(void) {
  fixture f = open_fixture();
  capsa_document before = read(&f);
  capsa_revision revision = undo(&f, 3, "");
  CHECK(says(&f, "thin, and that is so"));
  CHECK(says(&f, "warm it, and tha t is so"));
  CHECK_TEXT(revision.entry.key, capsa_arena_string(f.arena, f.key));
  CHECK(!capsa_slice_equal(revision.entry.edition, f.edition));
  capsa_entries entries = {0};
  CHECK_STATUS(capsa_library_list(f.library, f.arena, &entries), CAPSA_OK);
  CHECK_NUMBER(entries.count, 1);
  revision = redo(&f, 3, "");
  CHECK(capsa_slice_equal(revision.entry.edition, f.edition));
  capsa_document after = read(&f);
  capsa_slice want = sample_dump(&before, f.arena);
  CHECK_TEXT(sample_dump(&after, f.arena), capsa_arena_string(f.arena, want));
  close_fixture(&f);
}

static void test_repair__undoes_a_rule_and_makes_it_again(void) {
  fixture f = open_fixture();
  undo(&f, 1, "");
  undo(&f, 0, "split-word");
  CHECK_NUMBER(list(&f).count, 3); /* hyphen-space; one and the rule undone */
  CHECK(says(&f, "thin, and tha t is so"));
  CHECK(says(&f, "warm it, and tha t is so"));
  CHECK(says(&f, "high-handed"));
  redo(&f, 0, "split-word");
  CHECK(capsa_slice_equal(read(&f).edition, f.edition));
  close_fixture(&f);
}

static void test_repair__refuses_what_is_not_there(void) {
  fixture f = open_fixture();
  capsa_revision revision;
  capsa_slice none = {0}, rule = CAPSA_LITERAL("broken-paragraph");
  const struct {
    capsa_status (*act)(capsa_library *, capsa_slice, uint32_t, capsa_slice,
                        capsa_arena *, capsa_revision *);
    uint32_t number;
    capsa_slice rule;
  } cases[] = {{capsa_repairs_undo, 4, none}, {capsa_repairs_undo, 0, rule},
               {capsa_repairs_undo, 0, none}, {capsa_repairs_redo, 1, none},
               {capsa_repairs_redo, 4, none}, {capsa_repairs_redo, 0, rule}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    CHECK_STATUS(cases[i].act(f.library, f.key, cases[i].number, cases[i].rule,
                              f.arena, &revision),
                 CAPSA_EINVAL);
  CHECK_STATUS(capsa_repairs_undo(f.library, CAPSA_LITERAL("nobody"), 1, none,
                                  f.arena, &revision),
               CAPSA_ENOTFOUND);
  CHECK(capsa_slice_equal(read(&f).edition, f.edition));
  close_fixture(&f);
}

/* The text without the repair came in earlier, as an edition of its own. */
static void test_repair__keeps_two_editions_apart(void) {
  fixture f = open_fixture();
  capsa_source source = {.bytes = capsa_slice_of(page)};
  capsa_undone undone = {.rule = CAPSA_LITERAL("split-word"), .nth = 1};
  capsa_added added;
  capsa_entry entry;
  capsa_revision revision;
  source.undone = &undone;
  source.undone_count = 1;
  CHECK_STATUS(capsa_library_add(f.library, &source, f.arena, &added, &entry),
               CAPSA_OK);
  CHECK_NUMBER(added, CAPSA_ADDED_EDITION);
  CHECK_STATUS(capsa_repairs_redo(f.library, f.key, 0,
                                  CAPSA_LITERAL("split-word"), f.arena,
                                  &revision),
               CAPSA_EINVAL);
  CHECK(says(&f, "tha t"));
  close_fixture(&f);
}

/* An older edition that is changed does not become the newest. */
static void test_repair__leaves_the_newest_edition_the_newest(void) {
  fixture f = open_fixture();
  char name[256], more[sizeof page + 8];
  snprintf(more, sizeof more, "%sBye.\n", page);
  capsa_source source = {.bytes = capsa_slice_of(more)};
  capsa_added added;
  capsa_entry newer;
  capsa_revision revision;
  CHECK_STATUS(capsa_library_add(f.library, &source, f.arena, &added, &newer),
               CAPSA_OK);
  CHECK_NUMBER(added, CAPSA_ADDED_EDITION);
  snprintf(name, sizeof name, "%.*s@%.*s", (int)f.key.len, f.key.ptr, 12,
           f.edition.ptr);
  CHECK_STATUS(capsa_repairs_undo(f.library, capsa_slice_of(name), 1,
                                  (capsa_slice){0}, f.arena, &revision),
               CAPSA_OK);
  CHECK(!revision.entry.newest);
  CHECK(capsa_slice_equal(read(&f).edition, newer.edition));
  close_fixture(&f);
}

/* ---- notes */

static capsa_annotation mark(fixture *f, const char *words) {
  capsa_document document = read(f);
  capsa_annotation note = {0};
  for (size_t i = 0; i < document.block_count; i++) {
    size_t at = capsa_slice_finds(document.blocks[i].text, words, 0);
    if (at == CAPSA_NOT_FOUND) continue;
    capsa_mark made = {.document = f->key,
                       .start_block = (uint32_t)i + 1,
                       .end_block = (uint32_t)i + 1,
                       .start = at,
                       .end = at + strlen(words)};
    CHECK_STATUS(capsa_annotation_create(f->library, &made, f->arena, &note),
                 CAPSA_OK);
    return note;
  }
  tap_check(false, "the words are there", __FILE__, __LINE__);
  return note;
}

static capsa_anchor anchor_of(fixture *f, capsa_slice id) {
  capsa_annotations notes = {0};
  CHECK_STATUS(capsa_annotations_list(f->library, f->key, f->arena, &notes),
               CAPSA_OK);
  for (size_t i = 0; i < notes.count; i++)
    if (capsa_slice_equal(notes.items[i].id, id)) return notes.items[i].anchor;
  tap_check(false, "the note is there", __FILE__, __LINE__);
  return CAPSA_ANCHOR_ORPHAN;
}

static void test_repair__takes_notes_along(void) {
  fixture f = open_fixture();
  capsa_slice before = mark(&f, "The ink").id, beside = mark(&f, "is so").id;
  capsa_slice behind = mark(&f, "Then warm").id, on = mark(&f, "that is").id;
  capsa_revision revision = undo(&f, 1, "");
  CHECK_NUMBER(revision.notes_moved, 3);
  CHECK_NUMBER(revision.notes_lost, 1);
  CHECK_NUMBER(anchor_of(&f, before), CAPSA_ANCHOR_EXACT);
  CHECK_NUMBER(anchor_of(&f, beside), CAPSA_ANCHOR_EXACT);
  CHECK_NUMBER(anchor_of(&f, behind), CAPSA_ANCHOR_EXACT);
  CHECK_NUMBER(anchor_of(&f, on), CAPSA_ANCHOR_ORPHAN);
  redo(&f, 3, "");
  CHECK_NUMBER(anchor_of(&f, before), CAPSA_ANCHOR_EXACT);
  CHECK_NUMBER(anchor_of(&f, on), CAPSA_ANCHOR_EXACT);
  close_fixture(&f);
}

/* A label becomes words of the text: what stands behind it has other letters
 * before it, but the same ones behind. */
static void test_repair__takes_notes_along_over_a_label(void) {
  fixture f = {.arena = capsa_arena_new(), .library = sample_library()};
  capsa_source source = {
      .bytes = CAPSA_LITERAL("BLOT A.: It is so.\n\nQUILL B.: So it is.\n\n"
                             "BLO T A.: It is so.\n\nQUILL B.: So it is.\n\n"
                             "BLOT A.: We know.\n")};
  capsa_added added;
  capsa_entry entry;
  CHECK_STATUS(capsa_library_add(f.library, &source, f.arena, &added, &entry),
               CAPSA_OK);
  f.key = entry.key;
  capsa_slice first = mark(&f, "It is so.").id, last = mark(&f, "know").id;
  capsa_revision revision = undo(&f, 0, "misread-label");
  CHECK(says(&f, "BLO T A.: It is so."));
  CHECK_NUMBER(revision.notes_moved, 2);
  CHECK_NUMBER(anchor_of(&f, first), CAPSA_ANCHOR_EXACT);
  CHECK_NUMBER(anchor_of(&f, last), CAPSA_ANCHOR_EXACT);
  close_fixture(&f);
}

static void test_repair__reads_a_source_again(void) {
  fixture f = open_fixture();
  capsa_revision revision;
  undo(&f, 1, "");
  capsa_document before = read(&f);
  capsa_slice note = mark(&f, "The ink").id;
  CHECK_STATUS(capsa_library_reread(f.library, f.key, f.arena, &revision),
               CAPSA_OK);
  capsa_document after = read(&f);
  capsa_slice want = sample_dump(&before, f.arena);
  CHECK_TEXT(sample_dump(&after, f.arena), capsa_arena_string(f.arena, want));
  CHECK_NUMBER(anchor_of(&f, note), CAPSA_ANCHOR_EXACT);
  close_fixture(&f);
}

/* ---- memory */

static capsa_status use(capsa_library *library, capsa_slice key,
                        capsa_arena *arena) {
  capsa_repairs repairs;
  capsa_revision revision;
  capsa_slice json, none = {0};
  capsa_status st = capsa_repairs_list(library, key, arena, &repairs);
  if (!st) st = capsa_repairs_to_json(&repairs, arena, &json);
  if (!st) st = capsa_repairs_undo(library, key, 1, none, arena, &revision);
  if (!st) st = capsa_repairs_redo(library, key, 3, none, arena, &revision);
  return st;
}

/* With the n-th allocation failing, for all n: the text is the one before or
 * the one after, never half of it. */
static void test_repair__survives_any_failed_allocation(void) {
  fixture f = open_fixture();
  mark(&f, "The ink");
  capsa_status st = CAPSA_ENOMEM;
  int n = 0;
  for (; st == CAPSA_ENOMEM && n < 1000; n++) {
    size_t live = capsa_mem_live();
    capsa_mem_fail_after(n);
    capsa_arena *request = capsa_arena_new();
    st = request ? use(f.library, f.key, request) : CAPSA_ENOMEM;
    capsa_arena_free(request);
    capsa_mem_fail_after(-1);
    CHECK_NUMBER(capsa_mem_live(), live);
    CHECK_NUMBER(list(&f).count, 3);
    if (list(&f).items[2].undone) redo(&f, 3, "");
  }
  CHECK_STATUS(st, CAPSA_OK);
  CHECK(n > 5);
  CHECK(capsa_slice_equal(read(&f).edition, f.edition));
  close_fixture(&f);
}

void test_repair(void) {
  RUN(test_repair__lists_what_was_made_and_what_is_undone);
  RUN(test_repair__undoes_one_and_makes_it_again);
  RUN(test_repair__undoes_a_rule_and_makes_it_again);
  RUN(test_repair__refuses_what_is_not_there);
  RUN(test_repair__keeps_two_editions_apart);
  RUN(test_repair__leaves_the_newest_edition_the_newest);
  RUN(test_repair__takes_notes_along);
  RUN(test_repair__takes_notes_along_over_a_label);
  RUN(test_repair__reads_a_source_again);
  RUN(test_repair__survives_any_failed_allocation);
}
