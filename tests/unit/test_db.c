#include "store/db.h"

#include <stdio.h>

#include "sample.h"
#include "tap.h"

static void test_db__maps_codes_to_what_a_reader_can_act_on(void) {
  static const struct {
    int code;
    capsa_status st;
  } cases[] = {
      {SQLITE_OK, CAPSA_OK},
      {SQLITE_ROW, CAPSA_OK},
      {SQLITE_DONE, CAPSA_OK},
      {SQLITE_NOMEM, CAPSA_ENOMEM},
      {SQLITE_FULL, CAPSA_EFULL},
      {SQLITE_BUSY, CAPSA_EBUSY},
      {SQLITE_BUSY_RECOVERY, CAPSA_EBUSY},
      {SQLITE_CORRUPT_INDEX, CAPSA_ECORRUPT},
      {SQLITE_CORRUPT_VTAB, CAPSA_ECORRUPT},
      {SQLITE_NOTADB, CAPSA_ECORRUPT},
      {SQLITE_TOOBIG, CAPSA_ETOOBIG},
      {SQLITE_READONLY, CAPSA_EREADONLY},
      {SQLITE_INTERRUPT, CAPSA_ETIMEOUT},
      {SQLITE_IOERR_FSYNC, CAPSA_EIO},
      {SQLITE_ERROR, CAPSA_EIO},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    CHECK_STATUS(capsa_db_status(cases[i].code), cases[i].st);
}

static sqlite3 *open_memory(void) {
  sqlite3 *db = NULL;
  CHECK_STATUS(capsa_db_open(":memory:", true, &db), CAPSA_OK);
  CHECK_STATUS(capsa_db_exec(db, "CREATE TABLE t (a INTEGER, b) STRICT"),
               CAPSA_EIO); /* STRICT wants a type */
  CHECK_STATUS(capsa_db_exec(db, "CREATE TABLE t (a INTEGER, b TEXT) STRICT"),
               CAPSA_OK);
  return db;
}

static void test_db__keeps_bytes_as_they_are(void) {
  sqlite3 *db = open_memory();
  capsa_arena *arena = capsa_arena_new();
  const capsa_slice texts[] = {
      {"a\0b", 3}, {NULL, 0}, CAPSA_LITERAL("“é”"), CAPSA_LITERAL("x\r\n")};
  capsa_stmt put = capsa_stmt_open(db, "INSERT INTO t VALUES (?, ?)");
  for (int i = 0; i < 4; i++) {
    capsa_stmt_bind_number(&put, i);
    capsa_stmt_bind_text(&put, texts[i]);
    capsa_stmt_run(&put);
  }
  CHECK_STATUS(capsa_stmt_close(&put), CAPSA_OK);

  capsa_stmt get = capsa_stmt_open(db, "SELECT a, b FROM t ORDER BY a");
  int rows = 0;
  for (; capsa_stmt_next(&get); rows++) {
    CHECK_NUMBER(capsa_stmt_number(&get), rows);
    CHECK(capsa_slice_equal(capsa_stmt_text(&get, arena), texts[rows]));
  }
  CHECK_STATUS(capsa_stmt_close(&get), CAPSA_OK);
  CHECK_NUMBER(rows, 4);
  get = capsa_stmt_open(db, "SELECT a FROM t WHERE b = ''"); /* not NULL */
  CHECK(capsa_stmt_next(&get) && capsa_stmt_number(&get) == 1);
  CHECK_STATUS(capsa_stmt_close(&get), CAPSA_OK);
  capsa_arena_free(arena);
  capsa_db_close(db);
}

static void test_db__keeps_the_first_failure_of_a_statement(void) {
  sqlite3 *db = open_memory();
  capsa_stmt stmt = capsa_stmt_open(db, "SELECT nothing FROM nowhere");
  capsa_stmt_bind_number(&stmt, 1);
  capsa_stmt_bind_text(&stmt, CAPSA_LITERAL("x"));
  CHECK(!capsa_stmt_next(&stmt));
  capsa_stmt_run(&stmt);
  CHECK_STATUS(capsa_stmt_close(&stmt), CAPSA_EIO);
  capsa_db_close(db);
}

static int64_t count_rows(sqlite3 *db) {
  capsa_stmt stmt = capsa_stmt_open(db, "SELECT count(*) FROM t");
  int64_t count = capsa_stmt_next(&stmt) ? capsa_stmt_number(&stmt) : -1;
  CHECK_STATUS(capsa_stmt_close(&stmt), CAPSA_OK);
  return count;
}

static void test_db__undoes_a_transaction_that_failed(void) {
  static const char insert[] = "INSERT INTO t VALUES (1, 'one')";
  sqlite3 *db = open_memory();
  CHECK_STATUS(capsa_db_begin(db), CAPSA_OK);
  CHECK_STATUS(capsa_db_exec(db, insert), CAPSA_OK);
  CHECK_STATUS(capsa_db_end(db, CAPSA_EINVAL), CAPSA_EINVAL);
  CHECK_NUMBER(count_rows(db), 0);
  CHECK_STATUS(capsa_db_begin(db), CAPSA_OK);
  CHECK_STATUS(capsa_db_exec(db, insert), CAPSA_OK);
  CHECK_STATUS(capsa_db_end(db, CAPSA_OK), CAPSA_OK);
  CHECK_NUMBER(count_rows(db), 1);
  capsa_db_close(db);
}

static void test_db__peeks_without_touching(void) {
  const char *path = tap_temporary("peek");
  FILE *file = fopen(path, "wb");
  fputs("0123456789", file);
  fclose(file);
  sqlite3 *db = NULL;
  char head[16];
  int64_t size = 0;
  CHECK_STATUS(capsa_db_open(path, false, &db), CAPSA_OK);
  CHECK_STATUS(capsa_db_peek(db, head, sizeof head, &size), CAPSA_OK);
  CHECK_NUMBER(size, 10);
  CHECK(head[0] == '0' && head[9] == '9' && head[10] == 0 && head[15] == 0);
  capsa_db_close(db);
  remove(path);
}

static void test_db__tells_a_missing_file_from_a_folder(void) {
  sqlite3 *db = NULL;
  CHECK_STATUS(capsa_db_open("/nowhere/at/all", false, &db), CAPSA_ENOTFOUND);
  CHECK_STATUS(capsa_db_open("/nowhere/at/all", true, &db), CAPSA_EIO);
#ifndef __EMSCRIPTEN__ /* its VFS cannot see that it is a folder */
  CHECK_STATUS(capsa_db_open("/tmp", false, &db), CAPSA_ENOLIBRARY);
  CHECK_STATUS(capsa_db_open("/tmp", true, &db), CAPSA_ENOLIBRARY);
#endif
  CHECK(!db);
}

void test_db(void) {
  RUN(test_db__maps_codes_to_what_a_reader_can_act_on);
  RUN(test_db__keeps_bytes_as_they_are);
  RUN(test_db__keeps_the_first_failure_of_a_statement);
  RUN(test_db__undoes_a_transaction_that_failed);
  RUN(test_db__peeks_without_touching);
  RUN(test_db__tells_a_missing_file_from_a_folder);
}
