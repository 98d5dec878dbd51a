#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "capsa/capsa.h"
#include "sample.h"
#include "store/schema.h"
#include "tap.h"

/* Two texts of one record, and another record under the same heading. */
static const char ink[] = "Talk about Ink\n\nMarch 4, 1920\n\n"
                          "BLOT A.: The ink is thin, and so is the paper that "
                          "we were given by the ministry in the spring.\n\n"
                          "QUILL B.: It is the cold that makes it thin, and "
                          "nobody warms the rooms before the first of May.\n";
static const char ink_mended[] =
    "Talk about Ink\n\nMarch 4, 1920\n\n"
    "BLOT A.: The ink is thin, and so is the paper that "
    "we were given by the ministry in the spring.\n\n"
    "QUILL B.: It is the bitter cold that makes it thin, and "
    "nobody warms the rooms before the first of May.\n";
static const char ink_split[] =
    "Talk about Ink\n\nMarch 4, 1920\n\n"
    "BLOT A.: The ink is thin, and tha t is so.\n\nQUILL B.: And that is so.\n";
static const char ink_other[] =
    "Talk about Ink\n\nMarch 4, 1920\n\n"
    "CLERK: Seven bottles were counted in the cellar after lunch today, five "
    "of them red; two had been opened and smelled of vinegar or wine.\n";

typedef struct fixture {
  capsa_arena *arena;
  capsa_library *ours, *theirs;
} fixture;

static fixture open_fixture(void) {
  return (fixture){capsa_arena_new(), sample_library(), sample_library()};
}

static void close_fixture(fixture *f) {
  capsa_library_close(f->ours);
  capsa_library_close(f->theirs);
  capsa_arena_free(f->arena);
}

static capsa_entry add(capsa_library *library, const char *text,
                       capsa_arena *arena) {
  capsa_source source = {.bytes = capsa_slice_of(text)};
  capsa_added added;
  capsa_entry entry = {0};
  CHECK_STATUS(capsa_library_add(library, &source, arena, &added, &entry),
               CAPSA_OK);
  return entry;
}

static capsa_merge_report merge(fixture *f, bool dry_run) {
  capsa_merge_report report = {0};
  CHECK_STATUS(
      capsa_library_merge(f->ours, f->theirs, dry_run, f->arena, &report),
      CAPSA_OK);
  return report;
}

static bool is_nothing(const capsa_merge_report *r) {
  return !(r->records_new + r->records_edition + r->notes_new +
           r->notes_changed + r->notes_removed + r->settings_new +
           r->versions_new + r->title_count);
}

static bool is_equal(const capsa_merge_report *a, const capsa_merge_report *b,
                     capsa_arena *arena) {
  capsa_slice one, other;
  return !capsa_merge_report_to_json(a, arena, &one) &&
         !capsa_merge_report_to_json(b, arena, &other) &&
         capsa_slice_equal(one, other);
}

/* What a dry run says is what is done, and a second run does nothing. */
static capsa_merge_report merge_twice(fixture *f) {
  capsa_merge_report said = merge(f, true), again = merge(f, true);
  CHECK(is_equal(&said, &again, f->arena));
  capsa_merge_report done = merge(f, false);
  CHECK(is_equal(&said, &done, f->arena));
  again = merge(f, false);
  CHECK(is_nothing(&again));
  return done;
}

static size_t count_in(capsa_library *library, const char *sql) {
  capsa_stmt stmt = capsa_stmt_open(library->db, sql);
  CHECK(capsa_stmt_next(&stmt));
  int64_t count = capsa_stmt_number(&stmt);
  CHECK_STATUS(capsa_stmt_close(&stmt), CAPSA_OK);
  return (size_t)count;
}

static capsa_annotation mark(capsa_library *library, capsa_slice document,
                             const char *words, capsa_arena *arena) {
  capsa_mark mark = {.document = document,
                     .start_block = 2,
                     .end_block = 2,
                     .start = 0,
                     .end = 9,
                     .note = capsa_slice_of(words)};
  capsa_annotation made = {0};
  CHECK_STATUS(capsa_annotation_create(library, &mark, arena, &made), CAPSA_OK);
  return made;
}

static void test_merge__brings_records_with_their_sources(void) {
  fixture f = open_fixture();
  capsa_document document = sample_full_document(f.arena), read;
  sample_keep(f.theirs, &document, f.arena);
  capsa_entry entry = add(f.theirs, ink, f.arena);
  capsa_merge_report report = merge_twice(&f);
  CHECK_NUMBER(report.records_new, 2);
  CHECK_NUMBER(report.title_count, 2);
  CHECK_TEXT(report.titles[1].title, "Talk about Ink");
  CHECK_STATUS(
      capsa_library_read(f.ours, CAPSA_LITERAL("full"), f.arena, &read),
      CAPSA_OK);
  CHECK(capsa_slice_equal(sample_dump(&read, f.arena),
                          sample_dump(&document, f.arena)));
  CHECK_STATUS(capsa_library_find(f.ours, entry.key, f.arena, &entry),
               CAPSA_OK);
  CHECK_NUMBER(count_in(f.ours, "SELECT count(*) FROM source WHERE"
                                " CAST(bytes AS TEXT) LIKE 'Talk about%'"),
               1);
  CHECK_NUMBER(count_in(f.ours, "SELECT count(*) FROM block_fts"
                                " WHERE block_fts MATCH 'ministry'"),
               1);
  close_fixture(&f);
}

/* The newest edition is that which came last, wherever it came from. */
static void test_merge__puts_an_older_edition_behind_a_newer_one(void) {
  fixture f = open_fixture();
  capsa_entry old = add(f.theirs, ink, f.arena), entry;
  capsa_entry newer = add(f.ours, ink_mended, f.arena);
  CHECK(capsa_slice_equal(old.key, newer.key));
  CHECK_STATUS(capsa_db_exec(f.theirs->db, "UPDATE document SET added ="
                                           " '2020-01-01T00:00:00Z'"),
               CAPSA_OK);
  capsa_merge_report report = merge_twice(&f);
  CHECK_NUMBER(report.records_edition, 1);
  CHECK(report.titles[0].edition);
  CHECK_STATUS(capsa_library_find(f.ours, old.key, f.arena, &entry), CAPSA_OK);
  CHECK(capsa_slice_equal(entry.edition, newer.edition));
  CHECK_NUMBER(count_in(f.ours, "SELECT count(*) FROM document"), 2);
  CHECK_NUMBER(count_in(f.ours, "SELECT count(*) FROM document"
                                " WHERE added = '2020-01-01T00:00:00Z'"),
               1);
  CHECK_STATUS(capsa_db_exec(f.ours->db,
                             "INSERT INTO block_fts (block_fts, rank)"
                             " VALUES ('integrity-check', 1)"),
               CAPSA_OK);
  close_fixture(&f);
}

static capsa_slice newest(capsa_library *library, capsa_slice key,
                          capsa_arena *arena) {
  capsa_entry entry = {0};
  CHECK_STATUS(capsa_library_find(library, key, arena, &entry), CAPSA_OK);
  return entry.edition;
}

/* Two editions that came in within a second, or before and after the clock was
 * put back: the other library knows which came last. */
static void test_merge__keeps_the_order_of_editions_whatever_the_clock(void) {
  static const char *const times[] = {"", " + (id = 1)"};
  for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
    fixture f = open_fixture();
    char sql[160];
    capsa_entry old = add(f.theirs, ink, f.arena);
    capsa_entry later = add(f.theirs, ink_mended, f.arena);
    snprintf(sql, sizeof sql,
             "UPDATE document SET added = strftime('%%Y-%%m-%%dT%%H:%%M:%%SZ',"
             " 1600000000%s, 'unixepoch')",
             times[i]);
    CHECK_STATUS(capsa_db_exec(f.theirs->db, sql), CAPSA_OK);
    merge_twice(&f);
    CHECK(capsa_slice_equal(newest(f.ours, old.key, f.arena), later.edition));
    close_fixture(&f);
  }
}

/* A change of a note is never older than the one before it. */
static void
test_merge__keeps_the_last_change_though_the_clock_was_put_back(void) {
  fixture f = open_fixture();
  capsa_entry entry = add(f.ours, ink, f.arena);
  capsa_annotation one = mark(f.ours, entry.key, "first", f.arena);
  capsa_annotation other = mark(f.ours, entry.key, "goes", f.arena);
  CHECK_STATUS(capsa_db_exec(f.ours->db, "UPDATE annotation SET modified ="
                                         " '2999-01-01T00:00:00Z'"),
               CAPSA_OK);
  CHECK_STATUS(capsa_db_copy(f.ours->db, f.theirs->db), CAPSA_OK);
  CHECK_STATUS(
      capsa_annotation_update(f.ours, one.id, 1, CAPSA_LITERAL("last")),
      CAPSA_OK);
  CHECK_STATUS(capsa_annotation_remove(f.ours, other.id), CAPSA_OK);
  merge_twice(&f);
  CHECK_NUMBER(count_in(f.ours, "SELECT count(*) FROM annotation WHERE"
                                " note = 'last' AND removed IS NULL"),
               1);
  CHECK_NUMBER(count_in(f.ours, "SELECT count(*) FROM annotation WHERE"
                                " removed IS NOT NULL"),
               1);
  CHECK_STATUS(capsa_annotation_restore(f.ours, other.id), CAPSA_OK);
  CHECK_NUMBER(count_in(f.ours, "SELECT count(*) FROM annotation WHERE"
                                " modified = '2999-01-01T00:00:02Z'"),
               1);
  close_fixture(&f);
}

/* Rows that another hand made do not come in, and all else does. */
static void test_merge__leaves_out_what_is_not_whole(void) {
  fixture f = open_fixture();
  add(f.theirs, ink_other, f.arena);
  capsa_entry entry = add(f.theirs, "# Other\n\nWords of another.\n", f.arena);
  mark(f.theirs, entry.key, "kept", f.arena);
  mark(f.theirs, entry.key, "bad", f.arena);
  CHECK_STATUS(
      capsa_db_exec(f.theirs->db,
                    "UPDATE block SET text = 'x' || text WHERE document_id = 1;"
                    "UPDATE annotation SET edition = 'none' WHERE note = 'bad';"
                    "INSERT INTO setting VALUES ('x', CAST (x'C3' AS TEXT));"
                    "INSERT INTO version VALUES ('a b', 'r')"),
      CAPSA_OK);
  capsa_merge_report report = merge(&f, false);
  CHECK_NUMBER(report.records_new, 1);
  CHECK_NUMBER(report.records_left_out, 1);
  CHECK_NUMBER(report.notes_new, 1);
  CHECK_NUMBER(report.notes_left_out, 1);
  CHECK_NUMBER(report.settings_new + report.versions_new, 0);
  close_fixture(&f);
}

static void test_merge__keeps_namesakes_and_their_notes_apart(void) {
  fixture f = open_fixture();
  capsa_entry theirs = add(f.theirs, ink, f.arena);
  capsa_entry ours = add(f.ours, ink_other, f.arena), entry;
  CHECK_STATUS(capsa_db_exec(f.theirs->db, "UPDATE document SET key = 'talk'"),
               CAPSA_OK);
  CHECK_STATUS(capsa_db_exec(f.ours->db, "UPDATE document SET key = 'talk'"),
               CAPSA_OK);
  mark(f.theirs, CAPSA_LITERAL("talk"), "on theirs", f.arena);
  CHECK_STATUS(capsa_library_set_setting(f.theirs,
                                         CAPSA_LITERAL("position/talk"),
                                         CAPSA_LITERAL("2")),
               CAPSA_OK);
  capsa_merge_report report = merge_twice(&f);
  CHECK_NUMBER(report.records_new, 1);
  CHECK_STATUS(
      capsa_library_find(f.ours, CAPSA_LITERAL("talk"), f.arena, &entry),
      CAPSA_OK);
  CHECK(capsa_slice_equal(entry.edition, ours.edition));
  CHECK_STATUS(
      capsa_library_find(f.ours, CAPSA_LITERAL("talk-2"), f.arena, &entry),
      CAPSA_OK);
  CHECK(capsa_slice_equal(entry.edition, theirs.edition));
  CHECK_NUMBER(count_in(f.ours, "SELECT count(*) FROM annotation"
                                " WHERE document = 'talk-2'"),
               1);
  CHECK_NUMBER(count_in(f.ours, "SELECT count(*) FROM setting"
                                " WHERE name = 'position/talk-2'"),
               1);
  close_fixture(&f);
}

static void test_merge__takes_another_reading_of_a_source_for_none(void) {
  fixture f = open_fixture();
  capsa_revision revision;
  capsa_entry entry = add(f.theirs, ink_split, f.arena);
  add(f.ours, ink_split, f.arena);
  CHECK_STATUS(capsa_repairs_undo(f.theirs, entry.key, 1, (capsa_slice){0},
                                  f.arena, &revision),
               CAPSA_OK);
  capsa_merge_report report = merge_twice(&f);
  CHECK_NUMBER(report.records_kept, 1);
  CHECK(is_nothing(&report));
  close_fixture(&f);
}

/* One note, as it is in each of two libraries: the time of its last change,
 * whether that was its removal, its words; and which of them stays. */
static const struct {
  const char *ours, *theirs; /* "modified removed note", "-" for not */
  const char *becomes, *told;
} notes[] = {
    {"1 - a", "1 - a", "1 - a", "kept"},
    {"1 - a", "2 - b", "2 - b", "changed"},
    {"2 - a", "1 - b", "2 - a", "kept"},
    {"1 - a", "1 2 a", "1 2 a", "removed"},
    {"3 - a", "1 2 a", "3 - a", "kept"},
    {"1 2 a", "3 - b", "3 - b", "new"},
    {"1 2 a", "1 3 a", "1 3 a", "kept"},
    {"1 1 a", "1 - a", "1 - a", "new"},  /* a tie: it stays */
    {"1 - a", "1 1 a", "1 - a", "kept"}, /* the same, the other way */
    {"1 - a", "1 - ab", "1 - ab", "changed"},
    {"1 - ab", "1 - a", "1 - ab", "kept"},
    {"1 - a", "1 - b", "1 - b", "changed"},
    {"1 - b", "1 - a", "1 - b", "kept"},
};

static void set_note(capsa_library *library, const char *script) {
  char modified[8], removed[8], note[8], sql[400];
  sscanf(script, "%7s %7s %7s", modified, removed, note);
  snprintf(sql, sizeof sql,
           "UPDATE annotation SET id = '00000000-0000-4000-8000-000000000000',"
           " modified = '2020-01-01T00:00:0%sZ', removed = CASE '%s' WHEN '-'"
           " THEN NULL ELSE '2020-01-01T00:00:0%sZ' END, note = '%s'",
           modified, removed, removed, note);
  CHECK_STATUS(capsa_db_exec(library->db, sql), CAPSA_OK);
}

static capsa_slice get_note(capsa_library *library, capsa_arena *arena) {
  capsa_slice text = {0};
  capsa_stmt stmt = capsa_stmt_open(
      library->db, "SELECT substr(modified, 19, 1) || ' ' ||"
                   " ifnull(substr(removed, 19, 1), '-') || ' ' || note"
                   " FROM annotation");
  if (capsa_stmt_next(&stmt)) text = capsa_stmt_text(&stmt, arena);
  CHECK_STATUS(capsa_stmt_close(&stmt), CAPSA_OK);
  return text;
}

static const char *told_of(const capsa_merge_report *report) {
  return report->notes_new       ? "new"
         : report->notes_changed ? "changed"
         : report->notes_removed ? "removed"
                                 : "kept";
}

static void test_merge__keeps_the_note_that_was_changed_last(void) {
  for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
    fixture f = open_fixture();
    capsa_entry entry = add(f.ours, ink, f.arena);
    add(f.theirs, ink, f.arena);
    mark(f.ours, entry.key, "x", f.arena);
    mark(f.theirs, entry.key, "x", f.arena);
    set_note(f.ours, notes[i].ours);
    set_note(f.theirs, notes[i].theirs);
    capsa_merge_report report = merge_twice(&f);
    CHECK_TEXT(get_note(f.ours, f.arena), notes[i].becomes);
    CHECK_TEXT(capsa_slice_of(told_of(&report)), notes[i].told);
    close_fixture(&f);
  }
}

static void test_merge__does_not_remove_a_note_that_was_restored(void) {
  fixture f = open_fixture();
  capsa_entry entry = add(f.ours, ink, f.arena);
  capsa_annotation made = mark(f.ours, entry.key, "x", f.arena);
  CHECK_STATUS(capsa_db_exec(f.ours->db, "UPDATE annotation SET modified ="
                                         " '2020-01-01T00:00:00Z', removed ="
                                         " '2021-01-01T00:00:00Z'"),
               CAPSA_OK);
  CHECK_STATUS(capsa_db_copy(f.ours->db, f.theirs->db), CAPSA_OK);
  CHECK_STATUS(capsa_annotation_restore(f.ours, made.id), CAPSA_OK);
  capsa_merge_report report = merge_twice(&f);
  CHECK(report.same_library);
  CHECK_NUMBER(report.notes_kept, 1);
  CHECK_NUMBER(count_in(f.ours, "SELECT count(*) FROM annotation"
                                " WHERE removed IS NULL"),
               1);
  close_fixture(&f);
}

static void test_merge__brings_many_notes_and_the_missing_settings(void) {
  fixture f = open_fixture();
  capsa_entry entry = add(f.theirs, ink, f.arena);
  for (int i = 0; i < 200; i++) mark(f.theirs, entry.key, "x", f.arena);
  CHECK_STATUS(
      capsa_db_exec(f.theirs->db,
                    "INSERT INTO setting VALUES ('look', 'dark'), ('new', '1');"
                    "INSERT INTO version VALUES ('a', 'r'), ('b', 'r')"),
      CAPSA_OK);
  CHECK_STATUS(capsa_library_set_setting(f.ours, CAPSA_LITERAL("look"),
                                         CAPSA_LITERAL("light")),
               CAPSA_OK);
  CHECK_STATUS(capsa_library_mark_saved(f.theirs), CAPSA_OK);
  capsa_merge_report report = merge_twice(&f);
  CHECK(!report.same_library);
  CHECK_NUMBER(report.notes_new, 200);
  CHECK_NUMBER(report.settings_new, 1);
  CHECK_NUMBER(report.versions_new, 2);
  capsa_slice look;
  CHECK_STATUS(
      capsa_library_setting(f.ours, CAPSA_LITERAL("look"), f.arena, &look),
      CAPSA_OK);
  CHECK_TEXT(look, "light");
  capsa_care care;
  CHECK_STATUS(capsa_library_care(f.ours, f.arena, &care), CAPSA_OK);
  CHECK_TEXT(care.saved, "");
  close_fixture(&f);
}

static void test_merge__lists_no_more_titles_than_its_limit(void) {
  for (int over = 0; over <= 1; over++) {
    fixture f = open_fixture();
    for (int i = 0; i < CAPSA_MERGE_TITLES_MAX + over; i++) {
      char title[32];
      snprintf(title, sizeof title, "title-%d", i);
      sample_add(f.theirs, f.arena, title, title);
    }
    capsa_merge_report report = merge(&f, true);
    CHECK_NUMBER(report.records_new, CAPSA_MERGE_TITLES_MAX + over);
    CHECK_NUMBER(report.title_count, CAPSA_MERGE_TITLES_MAX);
    close_fixture(&f);
  }
}

static void test_merge__that_is_ended_leaves_whole_records(void) {
  fixture f = open_fixture();
  capsa_merge *begun = NULL;
  capsa_progress progress = {0};
  for (int i = 0; i < 400; i++) {
    char title[32];
    snprintf(title, sizeof title, "title-%d", i);
    sample_add(f.theirs, f.arena, title, "A> words\nB> more\n---\nA> end");
  }
  CHECK_STATUS(capsa_merge_begin(f.ours, f.theirs, false, &begun), CAPSA_OK);
  CHECK_STATUS(capsa_merge_step(begun, &progress), CAPSA_OK);
  CHECK(progress.done > 0);
  CHECK_NUMBER(progress.total, 400);
  capsa_merge_end(begun);
  CHECK_NUMBER(count_in(f.ours, "SELECT count(*) FROM document"),
               progress.done);
  CHECK_NUMBER(count_in(f.ours, "SELECT count(*) FROM block"),
               progress.done * 4);
  capsa_merge_report report = merge(&f, false);
  CHECK_NUMBER(report.records_new, 400 - progress.done);
  close_fixture(&f);
}

/* Neither the copy nor its folder changes, though it is of an older schema. */
static void test_merge__reads_a_copy_of_an_older_schema(void) {
  fixture f = open_fixture();
  capsa_library *copy = NULL;
  size_t len = 0, again = 0;
  const char *path = "tests/fixtures/library-1.capsa";
  char *before = tap_read_file(path, &len);
  CHECK_STATUS(capsa_library_open_copy(path, &copy), CAPSA_OK);
  capsa_merge_report report = {0};
  if (copy)
    CHECK_STATUS(capsa_library_merge(f.ours, copy, false, f.arena, &report),
                 CAPSA_OK);
  CHECK(report.records_new > 0);
  capsa_library_close(copy);
  char *after = tap_read_file(path, &again);
  CHECK(len == again && before && after && !memcmp(before, after, len));
  free(before);
  free(after);
  CHECK_STATUS(capsa_library_open_copy("tests/fixtures/record.txt", &copy),
               CAPSA_ENOLIBRARY);
  CHECK_STATUS(capsa_library_open_copy("tests/fixtures/none", &copy),
               CAPSA_ENOTFOUND);
  close_fixture(&f);
}

static void test_merge__refuses_half_a_file(void) {
  size_t len = 0;
  char *bytes = tap_read_file("tests/fixtures/library-1.capsa", &len);
  capsa_library *copy = NULL;
  sample_write_file(sample_fresh_path("half"), bytes, len - 1);
  CHECK_STATUS(capsa_library_open_copy(sample_path, &copy), CAPSA_EDAMAGED);
  sample_write_file(sample_path, bytes, len);
  CHECK_STATUS(capsa_library_open_copy(sample_path, &copy), CAPSA_OK);
  capsa_library_close(copy);
  sample_remove_library();
  free(bytes);
}

static void test_merge__survives_any_failed_allocation(void) {
  fixture f = open_fixture();
  capsa_entry entry = add(f.theirs, ink, f.arena);
  mark(f.theirs, entry.key, "x", f.arena);
  capsa_status st = CAPSA_ENOMEM;
  int n = 0;
  for (; st == CAPSA_ENOMEM && n < 2000; n++) {
    size_t live = capsa_mem_live();
    capsa_library *into = sample_library();
    capsa_merge_report report;
    capsa_slice json;
    capsa_mem_fail_after(n);
    capsa_arena *request = capsa_arena_new();
    st = request ? capsa_library_merge(into, f.theirs, false, request, &report)
                 : CAPSA_ENOMEM;
    if (!st) st = capsa_merge_report_to_json(&report, request, &json);
    capsa_arena_free(request);
    capsa_mem_fail_after(-1);
    capsa_library_close(into);
    CHECK_NUMBER(capsa_mem_live(), live);
  }
  CHECK_STATUS(st, CAPSA_OK);
  CHECK(n > 5);
  close_fixture(&f);
}

void test_merge(void) {
  RUN(test_merge__brings_records_with_their_sources);
  RUN(test_merge__puts_an_older_edition_behind_a_newer_one);
  RUN(test_merge__keeps_the_order_of_editions_whatever_the_clock);
  RUN(test_merge__keeps_the_last_change_though_the_clock_was_put_back);
  RUN(test_merge__leaves_out_what_is_not_whole);
  RUN(test_merge__keeps_namesakes_and_their_notes_apart);
  RUN(test_merge__takes_another_reading_of_a_source_for_none);
  RUN(test_merge__keeps_the_note_that_was_changed_last);
  RUN(test_merge__does_not_remove_a_note_that_was_restored);
  RUN(test_merge__brings_many_notes_and_the_missing_settings);
  RUN(test_merge__lists_no_more_titles_than_its_limit);
  RUN(test_merge__that_is_ended_leaves_whole_records);
  RUN(test_merge__reads_a_copy_of_an_older_schema);
  RUN(test_merge__refuses_half_a_file);
  RUN(test_merge__survives_any_failed_allocation);
}
