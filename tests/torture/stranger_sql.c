#include "stranger_sql.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define STEPS_MAX 1000

/* ?1 is a number of the order. A statement whose tables are not there is
 * passed over. */
static const char *const harms[] = {
    /* parts that no library has */
    "CREATE TRIGGER t AFTER INSERT ON block BEGIN DELETE FROM document; END",
    "CREATE TRIGGER t AFTER DELETE ON document BEGIN SELECT hex(zeroblob(99));"
    " END",
    "CREATE TRIGGER t BEFORE UPDATE ON setting BEGIN INSERT INTO setting"
    " VALUES (new.name || 'x', new.value); END",
    "CREATE TRIGGER t INSTEAD OF INSERT ON passage BEGIN DELETE FROM block; "
    "END",
    "CREATE VIEW v AS SELECT * FROM document, block, span",
    "CREATE VIEW v AS SELECT * FROM v",
    "CREATE VIEW a AS SELECT * FROM b; CREATE VIEW b AS SELECT * FROM a",
    "CREATE VIRTUAL TABLE x USING fts5 (y)",
    "CREATE VIRTUAL TABLE x USING fts5 (y, content = 'x')",
    "CREATE VIRTUAL TABLE x USING fts5vocab ('block_fts', 'instance')",
    "CREATE TABLE x (a REFERENCES x (a) ON DELETE CASCADE, b AS (a))",
    "CREATE TABLE x (a AS (hex(zeroblob(1000000))) STORED, b)",
    "CREATE INDEX i ON block (hex(text))",
    "CREATE UNIQUE INDEX i ON setting (length(value)) WHERE value <> ''",
    "CREATE TABLE sqlite_stat1 (tbl, idx, stat); INSERT INTO sqlite_stat1"
    " VALUES ('block', 'sqlite_autoindex_block_1', ?1)",
    "ANALYZE",
    /* parts that are not as they were */
    "DROP VIEW passage; CREATE VIEW passage (id, document_id, text, speaker) AS"
    " WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
    " SELECT x, x, 'ink', '' FROM n",
    "DROP VIEW passage; CREATE VIEW passage (id, document_id, text, speaker) AS"
    " SELECT id, 1, zeroblob(1000000), '' FROM block",
    "DROP VIEW passage; CREATE TABLE passage (id, document_id, text, speaker)",
    "ALTER TABLE setting ADD COLUMN x TEXT AS (hex(zeroblob(10000000)))",
    "ALTER TABLE block ADD COLUMN x TEXT AS (text || text)",
    "ALTER TABLE document RENAME COLUMN title TO titel",
    "DROP INDEX document_passage; CREATE INDEX document_passage ON document"
    " (-id) WHERE id > ?1",
    "DROP TABLE setting; CREATE TABLE setting (name, value)",
    "UPDATE sqlite_schema SET sql = replace(sql, 'unicode61', 'ascii')",
    "UPDATE sqlite_schema SET sql = replace(sql, 'content_rowid = ''id''',"
    " 'content_rowid = ''document_id''')",
    "UPDATE sqlite_schema SET sql = replace(sql, 'passage', 'block_fts') WHERE"
    " name = 'block_fts'",
    "UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '')",
    "UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ', x AS"
    " (zeroblob(1000000))) STRICT')",
    "UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', 'DEFAULT"
    " (hex(randomblob(1000)))')",
    "UPDATE sqlite_schema SET rootpage = (SELECT min(rootpage) FROM"
    " sqlite_schema WHERE rootpage > ?1)",
    "UPDATE sqlite_schema SET rootpage = ?1 WHERE name = 'block'",
    "UPDATE sqlite_schema SET rootpage = ?1 WHERE rowid = 1 + ?1 % 40",
    "UPDATE sqlite_schema SET sql = substr(sql, 1, ?1)"
    " WHERE rowid = 1 + ?1 % 40",
    "UPDATE sqlite_schema SET type = 'view' WHERE rowid = 1 + ?1 % 40",
    "UPDATE sqlite_schema SET name = 'sqlite_' || name WHERE rowid = 1 + ?1 %"
    " 40",
    "UPDATE sqlite_schema SET tbl_name = 'block' WHERE rowid = 1 + ?1 % 40",
    "DELETE FROM sqlite_schema WHERE rowid = 1 + ?1 % 40",
    "INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE rowid = 1 +"
    " ?1 % 40",
    "INSERT INTO sqlite_schema VALUES ('table', 'x', 'x', 2,"
    " 'CREATE VIRTUAL TABLE x USING fts5(y)')",
    /* what FTS5 keeps */
    "UPDATE block_fts_data SET block = zeroblob(?1) WHERE id > 10",
    "UPDATE block_fts_data SET block = substr(block, 1, ?1)",
    "UPDATE block_fts_data SET block = CAST (substr(block, 1, ?1 % 300) ||"
    " x'FFFFFFFFFFFFFF7F' || substr(block, ?1 % 300 + 9) AS BLOB)",
    "UPDATE block_fts_data SET block = CAST (substr(block, 1, ?1 % 300) ||"
    " x'FFFFFFFFFFFFFFFFFF' || substr(block, ?1 % 300 + 10) AS BLOB)",
    "UPDATE block_fts_data SET block = CAST (substr(block, 1, ?1 % 300) ||"
    " char(?1 / 256) || substr(block, ?1 % 300 + 2) AS BLOB)",
    "UPDATE block_fts_data SET block = CAST (substr(block, 1, ?1 % 40) ||"
    " x'80808000' || substr(block, ?1 % 40 + 5) AS BLOB) WHERE id = 10",
    "UPDATE block_fts_data SET id = id + ?1 WHERE id > 10",
    "UPDATE block_fts_data SET block = (SELECT block FROM block_fts_data ORDER"
    " BY id DESC) WHERE id = 1 + ?1 % 10",
    "UPDATE block_fts_idx SET pgno = ?1",
    "UPDATE block_fts_idx SET term = zeroblob(?1)",
    "UPDATE block_fts_docsize SET sz = zeroblob(?1 % 30)",
    "UPDATE block_fts_docsize SET sz = x'FFFFFFFFFFFFFFFFFF'",
    "UPDATE block_fts_config SET v = ?1",
    "INSERT INTO block_fts_config VALUES ('pgsz', ?1)",
    "INSERT INTO block_fts_config VALUES ('rank', 'bm25(10.0, ' || ?1 || ')')",
    "INSERT INTO block_fts_config VALUES ('rank', 'hex(1)')",
    "DELETE FROM block_fts_docsize WHERE id % 2 = ?1 % 2",
    /* rows that a library cannot have */
    "UPDATE block SET text = CAST (zeroblob(?1) AS TEXT) WHERE id % 5 = 0",
    "UPDATE block SET text = text || CAST (x'C3' AS TEXT)",
    "UPDATE block SET text = printf('%.*c', ?1 * 40, 'x') WHERE id = 3",
    "UPDATE block SET number = ?1 WHERE number = 2",
    "UPDATE block SET level = ?1 * 65536",
    "UPDATE block SET turn = 4294967295, speaker = ?1",
    "UPDATE block SET kind = 'list', level = ?1",
    "UPDATE block SET id = -id WHERE id = ?1",
    "UPDATE block SET id = 9223372036854775807 - id",
    "UPDATE block SET reference = number, kind = 'footnote'",
    "UPDATE span SET start_byte = ?1, end_byte = ?1 + 2",
    "UPDATE span SET start_byte = 0, end_byte = 9223372036854775807",
    "UPDATE span SET target = 'javascript:alert(1)'",
    "UPDATE block SET target = 'javascript:alert(1)'",
    "UPDATE span SET kind = 'footnote-ref', footnote = ?1",
    "INSERT OR IGNORE INTO emendation SELECT document_id, number, 1, 0, 1, 'a',"
    " 'b', 'x\" y=\"', 1, 0 FROM block",
    "UPDATE document SET edition = printf('%064d', ?1)",
    "UPDATE document SET key = zeroblob(?1)",
    "UPDATE document SET key = (SELECT key FROM document LIMIT 1)",
    "UPDATE document SET id = ?1 - 100 WHERE id = 1",
    "UPDATE document SET id = 9223372036854775807 WHERE id = 1",
    "UPDATE document SET title = printf('%.*c', ?1 * 40, 'x')",
    "UPDATE document SET added = '9999-12-31T23:59:59Z'",
    "UPDATE annotation SET start_code_point = ?1, end_code_point = ?1 * 2",
    "UPDATE annotation SET quote = CAST (zeroblob(?1) AS TEXT)",
    "UPDATE annotation SET quote = 'what nobody wrote'",
    "UPDATE annotation SET colour = ?1, id = ?1",
    "UPDATE annotation SET edition = (SELECT edition FROM document LIMIT 1)",
    "UPDATE annotation SET modified = '9999-12-31T23:59:59Z', note = 'mine'",
    "UPDATE annotation SET document = '../../etc/passwd'",
    "INSERT OR IGNORE INTO alignment SELECT a.id, b.id, 99, ?1, ?1, 1, 1, 50"
    " FROM document a, document b WHERE a.id < b.id",
    "UPDATE alignment SET one_first = 4000000000, one_count = ?1",
    "UPDATE undone SET nth = 9223372036854775807",
    "UPDATE version SET record = document",
    "INSERT OR IGNORE INTO version SELECT 'k' || id, 'k' || (id + 1) FROM "
    "block",
    "UPDATE source SET bytes = zeroblob(?1 * 60)",
    "UPDATE source SET bytes = CAST ('> > > > > > > > [![' || bytes AS BLOB)",
    "UPDATE source SET asked = 'x'",
    "UPDATE source SET part = ?1",
    "INSERT OR IGNORE INTO setting VALUES ('evil', printf('%.*c', ?1, 'x'))",
    "INSERT OR REPLACE INTO setting VALUES ('identity', ?1)",
    "INSERT INTO request SELECT id + 10, 'r' || id, ?1 FROM block",
    "DELETE FROM block WHERE id % 3 = ?1 % 3",
    "DELETE FROM source",
    "DELETE FROM document WHERE id = 1 + ?1 % 3",
    /* the file */
    "PRAGMA user_version = 1",
    "PRAGMA user_version = 2",
    "PRAGMA user_version = 3",
    "PRAGMA user_version = 77",
    "PRAGMA user_version = -1",
    "PRAGMA application_id = ?1",
    "PRAGMA incremental_vacuum; VACUUM",
    "PRAGMA auto_vacuum = 1; VACUUM",
    "CREATE TABLE x AS SELECT * FROM block, block AS other; DROP TABLE x",
};
#define HARM_COUNT (sizeof harms / sizeof *harms)

static void harden_not(sqlite3 *db) {
  sqlite3_exec(
      db,
      "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;"
      "PRAGMA writable_schema = ON; PRAGMA synchronous = OFF;"
      "PRAGMA journal_mode = MEMORY",
      NULL, NULL, NULL);
  sqlite3_limit(db, SQLITE_LIMIT_LENGTH, STRANGER_BYTES_MAX);
}

static void run(sqlite3 *db, const char *sql, int number) {
  while (sql && *sql) {
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, &sql) || !stmt) break;
    sqlite3_bind_int(stmt, 1, number);
    for (int i = 0; i < STEPS_MAX && sqlite3_step(stmt) == SQLITE_ROW; i++) {
    }
    sqlite3_finalize(stmt);
  }
}

const char *stranger_harm_sql(const uint8_t order[4]) {
  return harms[order[1] % HARM_COUNT];
}

/* What it says runs for ever is none of ours: this is the making. */
static int be_patient(void *left) { return --*(int *)left < 0; }

void stranger_harm(sqlite3 *db, const uint8_t order[4]) {
  int left = 200;
  harden_not(db);
  sqlite3_progress_handler(db, 10000, be_patient, &left);
  run(db, stranger_harm_sql(order), order[2] | order[3] << 8);
}

/* ---- rows of any table */

static const char *const values[] = {
    "NULL",
    "0",
    "-1",
    "1",
    "2147483648",
    "4294967295",
    "9223372036854775807",
    "-9223372036854775807 - 1",
    "1e300",
    "-0.5",
    "''",
    "'x'",
    "'a' || char(10) || 'b'",
    "CAST (x'00' AS TEXT)",
    "CAST (x'C3' AS TEXT)",
    "CAST (x'EDA080' AS TEXT)",
    "x''",
    "zeroblob(100000)",
    "CAST (zeroblob(70000) AS TEXT)",
    "printf('%.*c', 300000, 'x')",
    "'<script>alert(1)</script>'",
    "'9999-12-31T23:59:59Z'",
    "'../../../tmp/x'",
};
#define VALUE_COUNT (sizeof values / sizeof *values)

/* The name in row number `which` of the answer; NULL where there are none.
 * Freed with sqlite3_free. */
static char *pick(sqlite3 *db, const char *sql, const char *of, int which) {
  sqlite3_stmt *stmt = NULL;
  char *name = NULL;
  for (int round = 0; round < 2 && !name; round++) {
    int count = 0, at = 0;
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL)) return NULL;
    if (of) sqlite3_bind_text(stmt, 1, of, -1, SQLITE_TRANSIENT);
    while (sqlite3_step(stmt) == SQLITE_ROW) count++;
    sqlite3_reset(stmt);
    while (count && sqlite3_step(stmt) == SQLITE_ROW)
      if (at++ == which % count)
        name = sqlite3_mprintf("%s", sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
  }
  return name;
}

/* STRICT is taken out of the schema, and put back when it is done. */
static void change(sqlite3 *db, const char *table, const char *column,
                   const uint8_t order[4]) {
  static const char *const where[] = {
      "", "", " WHERE rowid = 1",
      " WHERE rowid = (SELECT max(rowid) FROM \"%w\")"};
  bool strict = order[0] & 1;
  char *condition = sqlite3_mprintf(where[order[0] / 2 % 4], table);
  char *sql =
      sqlite3_mprintf("UPDATE OR IGNORE \"%w\" SET \"%w\" = %s%s", table,
                      column, values[order[3] % VALUE_COUNT], condition);
  if (!strict)
    sqlite3_exec(db,
                 "UPDATE sqlite_schema SET sql = replace(sql, 'STRICT',"
                 " '/****/'); PRAGMA writable_schema = RESET",
                 NULL, NULL, NULL);
  run(db, sql, 0);
  if (!strict)
    sqlite3_exec(db,
                 "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql ="
                 " replace(sql, '/****/', 'STRICT')",
                 NULL, NULL, NULL);
  sqlite3_free(sql);
  sqlite3_free(condition);
}

void stranger_change_rows(sqlite3 *db, const uint8_t order[4]) {
  int left = 200;
  harden_not(db);
  sqlite3_progress_handler(db, 10000, be_patient, &left);
  char *table = pick(db,
                     "SELECT name FROM sqlite_schema WHERE type = 'table' AND"
                     " sql NOT LIKE '%VIRTUAL%'",
                     NULL, order[1]);
  char *column = table ? pick(db, "SELECT name FROM pragma_table_info (?)",
                              table, order[2])
                       : NULL;
  if (column) change(db, table, column, order);
  sqlite3_free(column);
  sqlite3_free(table);
}
