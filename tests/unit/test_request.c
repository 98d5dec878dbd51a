#include "store/library.h"

#include <stdio.h>

#include "sample.h"
#include "tap.h"

#define REQUEST(name) CAPSA_LITERAL(name)

/* What count_up has come to. */
static int64_t counted(capsa_library *library) {
  capsa_stmt stmt = capsa_stmt_open(
      library->db, "SELECT ifnull(max(cast(value AS INTEGER)), 0) FROM setting"
                   " WHERE name = 'count'");
  int64_t count = capsa_stmt_next(&stmt) ? capsa_stmt_number(&stmt) : -1;
  CHECK_STATUS(capsa_stmt_close(&stmt), CAPSA_OK);
  return count;
}

/* Counts up by one, as a part of whatever is open. */
static capsa_status count_up(capsa_library *library, capsa_status st) {
  CHECK_STATUS(capsa_db_begin(library->db), CAPSA_OK);
  if (!st)
    st = capsa_db_exec(library->db,
                       "INSERT INTO setting VALUES ('count', '1')"
                       " ON CONFLICT DO UPDATE SET value = value + 1");
  return capsa_db_end(library->db, st);
}

static bool ask(capsa_library *library, capsa_slice id, capsa_slice answer,
                capsa_status outcome, capsa_arena *arena, capsa_slice *got) {
  bool answered = false;
  CHECK_STATUS(capsa_library_request_begin(library, id, arena, &answered, got),
               CAPSA_OK);
  if (answered) return true;
  capsa_status st = count_up(library, CAPSA_OK);
  if (!st) st = outcome;
  CHECK_STATUS(capsa_library_request_end(library, id, answer, st), outcome);
  return false;
}

static void test_request__is_done_once_and_answered_again(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = NULL;
  capsa_slice got = {0};
  CHECK_STATUS(capsa_library_open(sample_fresh_path("request"), true, &library),
               CAPSA_OK);
  CHECK(!ask(library, REQUEST("tab:1"), REQUEST("[1]"), CAPSA_OK, arena, &got));
  CHECK(ask(library, REQUEST("tab:1"), REQUEST("[2]"), CAPSA_OK, arena, &got));
  CHECK_TEXT(got, "[1]");
  CHECK_NUMBER(counted(library), 1);
  capsa_library_close(library);

  CHECK_STATUS(capsa_library_open(sample_path, false, &library), CAPSA_OK);
  CHECK(ask(library, REQUEST("tab:1"), REQUEST("[2]"), CAPSA_OK, arena, &got));
  CHECK_TEXT(got, "[1]");
  CHECK(!ask(library, REQUEST("tab:2"), REQUEST(""), CAPSA_OK, arena, &got));
  CHECK_NUMBER(counted(library), 2);
  capsa_library_close(library);
  sample_remove_library();
  capsa_arena_free(arena);
}

static void test_request__that_failed_leaves_nothing_and_may_be_made(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = sample_library();
  capsa_slice got = {0}, id = REQUEST("tab:1");
  CHECK(!ask(library, id, REQUEST("1"), CAPSA_ENOTFOUND, arena, &got));
  CHECK_NUMBER(counted(library), 0);
  CHECK(!ask(library, id, REQUEST("2"), CAPSA_OK, arena, &got));
  CHECK_NUMBER(counted(library), 1);
  capsa_library_close(library);
  capsa_arena_free(arena);
}

static void test_request__id_has_a_length(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = sample_library();
  char id[CAPSA_REQUEST_ID_MAX + 1] = {0};
  for (size_t i = 0; i < sizeof id; i++) id[i] = 'x';
  capsa_slice got = {0};
  bool answered = false;
  CHECK(!ask(library, (capsa_slice){id, CAPSA_REQUEST_ID_MAX}, REQUEST("1"),
             CAPSA_OK, arena, &got));
  CHECK_STATUS(capsa_library_request_begin(library,
                                           (capsa_slice){id, sizeof id}, arena,
                                           &answered, &got),
               CAPSA_EINVAL);
  CHECK_STATUS(capsa_library_request_begin(library, (capsa_slice){0}, arena,
                                           &answered, &got),
               CAPSA_EINVAL);
  CHECK_NUMBER(counted(library), 1);
  capsa_library_close(library);
  capsa_arena_free(arena);
}

static void test_request__is_forgotten_by_number(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = sample_library();
  capsa_slice got = {0};
  for (int i = 0; i <= CAPSA_REQUESTS_KEPT; i++) {
    char id[16];
    int len = snprintf(id, sizeof id, "tab:%d", i);
    CHECK(!ask(library, (capsa_slice){id, (size_t)len}, REQUEST("1"), CAPSA_OK,
               arena, &got));
  }
  capsa_stmt stmt =
      capsa_stmt_open(library->db, "SELECT count(*) FROM request");
  CHECK(capsa_stmt_next(&stmt));
  CHECK_NUMBER(capsa_stmt_number(&stmt), CAPSA_REQUESTS_KEPT);
  CHECK_STATUS(capsa_stmt_close(&stmt), CAPSA_OK);
  CHECK(ask(library, REQUEST("tab:1"), REQUEST("2"), CAPSA_OK, arena, &got));
  CHECK(!ask(library, REQUEST("tab:0"), REQUEST("2"), CAPSA_OK, arena, &got));
  capsa_library_close(library);
  capsa_arena_free(arena);
}

/* A part that fails is undone alone; a whole that fails takes its parts along.
 */
static void test_request__parts_of_a_transaction_are_undone_alone(void) {
  capsa_library *library = sample_library();
  CHECK_STATUS(capsa_db_begin(library->db), CAPSA_OK);
  CHECK_STATUS(count_up(library, CAPSA_OK), CAPSA_OK);
  CHECK_STATUS(capsa_db_begin(library->db), CAPSA_OK);
  CHECK_STATUS(count_up(library, CAPSA_OK), CAPSA_OK);
  CHECK_NUMBER(counted(library), 2);
  CHECK_STATUS(capsa_db_end(library->db, CAPSA_EINVAL), CAPSA_EINVAL);
  CHECK_NUMBER(counted(library), 1);
  CHECK_STATUS(capsa_db_end(library->db, CAPSA_OK), CAPSA_OK);
  CHECK_NUMBER(counted(library), 1);

  CHECK_STATUS(capsa_db_begin(library->db), CAPSA_OK);
  CHECK_STATUS(count_up(library, CAPSA_OK), CAPSA_OK);
  CHECK_STATUS(capsa_db_end(library->db, CAPSA_EINVAL), CAPSA_EINVAL);
  CHECK_NUMBER(counted(library), 1);
  CHECK(sqlite3_get_autocommit(library->db));
  capsa_library_close(library);
}

void test_request(void) {
  RUN(test_request__is_done_once_and_answered_again);
  RUN(test_request__that_failed_leaves_nothing_and_may_be_made);
  RUN(test_request__id_has_a_length);
  RUN(test_request__is_forgotten_by_number);
  RUN(test_request__parts_of_a_transaction_are_undone_alone);
}
