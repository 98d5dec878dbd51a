/* schema.c -- the tables of a library, one list of statements per version.
 *
 * A document is kept whole: its rows give back the very capsa_document that
 * the parser made, and `source` has the bytes it was made from, so that a
 * later version can read them again. All positions are bytes of a block's
 * text, except in `annotation`, which counts code points of the canonical
 * text because it outlives the edition and leaves the library as JSON.
 *
 * `passage` is what is searched: every block under its id, and each document's
 * title and summary under its id made negative. `block_fts` is FTS5's index of
 * it and keeps no text of its own, so rows have to leave it before they leave
 * `block` (document.c does both, in one transaction).
 *
 * Never edit a version that was released: append one.
 */
#include "store/schema.h"

#include <string.h>

#include "base/arena.h"
#include "capsa/library.h"

static const char *const version_1[] = {
    "CREATE TABLE document ("
    "  id INTEGER PRIMARY KEY," /* the newest edition of a key is the largest */
    "  key TEXT NOT NULL CHECK (key <> ''),"
    "  edition TEXT NOT NULL CHECK (length(edition) = 64),"
    "  format TEXT NOT NULL,"
    "  turns INTEGER NOT NULL CHECK (turns >= 0),"
    "  added TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),"
    "  title TEXT NOT NULL, date TEXT NOT NULL, date_text TEXT NOT NULL,"
    "  summary TEXT NOT NULL, citation TEXT NOT NULL,"
    "  repository TEXT NOT NULL, collection TEXT NOT NULL,"
    "  fond TEXT NOT NULL, opis TEXT NOT NULL, delo TEXT NOT NULL,"
    "  leaves TEXT NOT NULL, copy TEXT NOT NULL, translator TEXT NOT NULL,"
    "  translated_from TEXT NOT NULL, publication TEXT NOT NULL,"
    "  support TEXT NOT NULL, site TEXT NOT NULL, source_url TEXT NOT NULL,"
    "  rights TEXT NOT NULL, language TEXT NOT NULL, place TEXT NOT NULL,"
    "  heading TEXT NOT NULL GENERATED ALWAYS AS" /* what is searched of it */
    "   (title || CASE summary WHEN '' THEN '' ELSE char(10) || summary END),"
    "  UNIQUE (key, edition)"
    ") STRICT",

    "CREATE TABLE source ("
    "  document_id INTEGER PRIMARY KEY"
    "    REFERENCES document (id) ON DELETE CASCADE,"
    "  name TEXT NOT NULL,"
    "  asked TEXT NOT NULL," /* the format that was asked for */
    "  keep_printed INTEGER NOT NULL CHECK (keep_printed IN (0, 1)),"
    "  bytes BLOB NOT NULL"
    ") STRICT",

    "CREATE TABLE participant ("
    "  document_id INTEGER NOT NULL"
    "    REFERENCES document (id) ON DELETE CASCADE,"
    "  number INTEGER NOT NULL CHECK (number > 0),"
    "  name TEXT NOT NULL,"
    "  PRIMARY KEY (document_id, number)"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE speaker ("
    "  document_id INTEGER NOT NULL"
    "    REFERENCES document (id) ON DELETE CASCADE,"
    "  number INTEGER NOT NULL CHECK (number > 0),"
    "  name TEXT NOT NULL,"
    "  turns INTEGER NOT NULL CHECK (turns >= 0),"
    "  PRIMARY KEY (document_id, number)"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE label (" /* a form of a speaker's name, as printed */
    "  document_id INTEGER NOT NULL,"
    "  speaker INTEGER NOT NULL,"
    "  number INTEGER NOT NULL CHECK (number > 0),"
    "  text TEXT NOT NULL,"
    "  PRIMARY KEY (document_id, speaker, number),"
    "  FOREIGN KEY (document_id, speaker)"
    "    REFERENCES speaker (document_id, number) ON DELETE CASCADE"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE block ("
    "  id INTEGER PRIMARY KEY,"
    "  document_id INTEGER NOT NULL"
    "    REFERENCES document (id) ON DELETE CASCADE,"
    "  number INTEGER NOT NULL CHECK (number > 0),"
    "  turn INTEGER NOT NULL CHECK (turn >= 0)," /* 0: none */
    "  kind TEXT NOT NULL,"
    "  level INTEGER NOT NULL CHECK (level >= 0),"
    "  speaker INTEGER NOT NULL CHECK (speaker >= 0)," /* 0: none */
    "  label TEXT NOT NULL,"
    "  marker TEXT NOT NULL,"
    "  text TEXT NOT NULL,"
    "  UNIQUE (document_id, number)"
    ") STRICT",

    "CREATE TABLE span ("
    "  document_id INTEGER NOT NULL,"
    "  block INTEGER NOT NULL,"
    "  number INTEGER NOT NULL CHECK (number > 0),"
    "  kind TEXT NOT NULL,"
    "  start_byte INTEGER NOT NULL CHECK (start_byte >= 0),"
    "  end_byte INTEGER NOT NULL CHECK (end_byte >= start_byte),"
    "  target TEXT NOT NULL,"
    "  PRIMARY KEY (document_id, block, number),"
    "  FOREIGN KEY (document_id, block)"
    "    REFERENCES block (document_id, number) ON DELETE CASCADE"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE emendation ("
    "  document_id INTEGER NOT NULL,"
    "  block INTEGER NOT NULL,"
    "  number INTEGER NOT NULL CHECK (number > 0),"
    "  start_byte INTEGER NOT NULL CHECK (start_byte >= 0),"
    "  end_byte INTEGER NOT NULL CHECK (end_byte >= start_byte),"
    "  original TEXT NOT NULL,"
    "  corrected TEXT NOT NULL,"
    "  rule TEXT NOT NULL,"
    "  confidence INTEGER NOT NULL CHECK (confidence BETWEEN 0 AND 100),"
    "  in_label INTEGER NOT NULL CHECK (in_label IN (0, 1)),"
    "  PRIMARY KEY (document_id, block, number),"
    "  FOREIGN KEY (document_id, block)"
    "    REFERENCES block (document_id, number) ON DELETE CASCADE"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE diagnostic ("
    "  document_id INTEGER NOT NULL"
    "    REFERENCES document (id) ON DELETE CASCADE,"
    "  number INTEGER NOT NULL CHECK (number > 0),"
    "  line INTEGER NOT NULL CHECK (line >= 0),"
    "  code TEXT NOT NULL,"
    "  action TEXT NOT NULL,"
    "  text TEXT NOT NULL,"
    "  PRIMARY KEY (document_id, number)"
    ") STRICT, WITHOUT ROWID",

    /* No reference to `document`: a note outlives the removal of its record
     * and finds it again when it is added anew. */
    "CREATE TABLE annotation ("
    "  id TEXT NOT NULL PRIMARY KEY,"
    "  document TEXT NOT NULL," /* its key */
    "  edition TEXT NOT NULL,"
    "  colour INTEGER NOT NULL CHECK (colour >= 0),"
    "  note TEXT NOT NULL,"
    "  start_code_point INTEGER NOT NULL CHECK (start_code_point >= 0),"
    "  end_code_point INTEGER NOT NULL"
    "    CHECK (end_code_point > start_code_point),"
    "  quote TEXT NOT NULL CHECK (quote <> ''),"
    "  prefix TEXT NOT NULL,"
    "  suffix TEXT NOT NULL,"
    "  created TEXT NOT NULL,"
    "  modified TEXT NOT NULL,"
    "  removed TEXT" /* when; NULL while it is there */
    ") STRICT",
    "CREATE INDEX annotation_document ON annotation (document)",

    "CREATE TABLE setting ("
    "  name TEXT NOT NULL PRIMARY KEY,"
    "  value TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID",

    "CREATE VIEW passage (id, document_id, text, speaker) AS"
    "  SELECT block.id, block.document_id, block.text, ifnull(speaker.name, '')"
    "    FROM block LEFT JOIN speaker"
    "      ON speaker.document_id = block.document_id"
    "     AND speaker.number = block.speaker"
    "  UNION ALL"
    "  SELECT -id, id, heading, '' FROM document",
    /* so that `passage.id = ?` is no scan of all documents */
    "CREATE INDEX document_passage ON document (-id)",

    "CREATE VIRTUAL TABLE block_fts USING fts5 ("
    "  text, speaker, content = 'passage', content_rowid = 'id',"
    "  tokenize = 'unicode61 remove_diacritics 2')",
    NULL};

/* What the formats after the first two say of a document; what a reader has
 * undone; which documents are versions of one record. A row of version 1 says
 * nothing of these, so nothing is what it gets. */
static const char *const version_2[] = {
    "ALTER TABLE document ADD COLUMN author TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE document ADD COLUMN genre TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE document ADD COLUMN record TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE document ADD COLUMN record_group TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE document ADD COLUMN series TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE document ADD COLUMN box TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE document ADD COLUMN folder TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE document ADD COLUMN file TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE document ADD COLUMN locator TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX document_record ON document (record) WHERE record <> ''",

    /* which document of the file, from 0 */
    "ALTER TABLE source ADD COLUMN part INTEGER NOT NULL DEFAULT 0"
    "  CHECK (part >= 0)",

    "ALTER TABLE participant ADD COLUMN office TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE participant ADD COLUMN side TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE speaker ADD COLUMN office TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE speaker ADD COLUMN name_key TEXT NOT NULL DEFAULT ''",

    "ALTER TABLE block ADD COLUMN reference INTEGER NOT NULL DEFAULT 0"
    "  CHECK (reference >= 0)", /* 0: none */
    "ALTER TABLE block ADD COLUMN language TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE block ADD COLUMN target TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE span ADD COLUMN mark TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE span ADD COLUMN footnote INTEGER NOT NULL DEFAULT 0"
    "  CHECK (footnote >= 0)", /* 0: none */

    "ALTER TABLE diagnostic ADD COLUMN severity TEXT NOT NULL DEFAULT 'info'",
    "UPDATE diagnostic SET severity = CASE code"
    "  WHEN 'encoding' THEN 'loss' ELSE 'warning' END"
    "  WHERE code IN ('encoding', 'front-matter', 'nesting', 'open-bracket')",

    "CREATE TABLE undone (" /* a repair that is not to be made again */
    "  document_id INTEGER NOT NULL"
    "    REFERENCES document (id) ON DELETE CASCADE,"
    "  number INTEGER NOT NULL CHECK (number > 0),"
    "  rule TEXT NOT NULL CHECK (rule <> ''),"
    "  original TEXT NOT NULL," /* empty: all that the rule repairs */
    "  corrected TEXT NOT NULL,"
    "  before TEXT NOT NULL,"
    "  after TEXT NOT NULL,"
    "  nth INTEGER NOT NULL CHECK (nth > 0),"
    "  PRIMARY KEY (document_id, number)"
    ") STRICT, WITHOUT ROWID",

    /* Whose version a document is, where the reader has said so: `document` is
     * a key, and an empty record says that it is nobody's, whatever its source
     * says. No reference, as with notes: it outlives a removal. */
    "CREATE TABLE version ("
    "  document TEXT NOT NULL PRIMARY KEY,"
    "  record TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID",
    "CREATE INDEX version_record ON version (record)",

    /* Runs of blocks of two versions that say the same, in order; a count of 0
     * where the other has nothing. `one` < `other`. */
    "CREATE TABLE alignment ("
    "  one INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,"
    "  other INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,"
    "  number INTEGER NOT NULL CHECK (number > 0),"
    "  one_first INTEGER NOT NULL CHECK (one_first > 0),"
    "  one_count INTEGER NOT NULL CHECK (one_count >= 0),"
    "  other_first INTEGER NOT NULL CHECK (other_first > 0),"
    "  other_count INTEGER NOT NULL CHECK (other_count >= 0),"
    "  confidence INTEGER NOT NULL CHECK (confidence BETWEEN 0 AND 100),"
    "  PRIMARY KEY (one, other, number),"
    "  CHECK (one < other AND one_count + other_count > 0)"
    ") STRICT, WITHOUT ROWID",
    "CREATE INDEX alignment_other ON alignment (other)", NULL};

/* What was asked of the library and done, with what was answered, so that it is
 * not done again when the same is asked once more (request.c). */
static const char *const version_3[] = {
    "CREATE TABLE request ("
    "  number INTEGER PRIMARY KEY," /* in the order in which they were done */
    "  id TEXT NOT NULL UNIQUE CHECK (id <> ''),"
    "  answer TEXT NOT NULL"
    ") STRICT",
    NULL};

static const char *const *const versions[CAPSA_LIBRARY_SCHEMA] = {
    version_1, version_2, version_3};

/* Where the file format (sqlite.org/fileformat2.html, 1.3) keeps them. */
enum { HEADER_LEN = 100, AT_USER_VERSION = 60, AT_APPLICATION_ID = 68 };
static const char MAGIC[16] = "SQLite format 3";

static uint32_t read_uint32(const unsigned char *p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
         (uint32_t)p[3];
}

static bool is_database(const unsigned char *head) {
  return !memcmp(head, MAGIC, sizeof MAGIC);
}

/* A file that does not begin like a database may be a library that lost its
 * power while its first page was written: whatever stands there, a journal
 * beside it takes it back. Where there is none, nothing in the file changes. */
static capsa_status peek(sqlite3 *db, unsigned char *head, int64_t *size) {
  capsa_status st = capsa_db_peek(db, head, HEADER_LEN, size);
  if (st || !*size || is_database(head)) return st;
  st = capsa_db_exec(db, "SELECT 1 FROM sqlite_schema LIMIT 1");
  if (st && st != CAPSA_ECORRUPT) return st;
  return capsa_db_peek(db, head, HEADER_LEN, size);
}

capsa_status capsa_schema_check(sqlite3 *db, bool create, int64_t *version) {
  unsigned char head[HEADER_LEN];
  int64_t size;
  capsa_status st = peek(db, head, &size);
  if (st) return st;
  *version = 0;
  if (!size) return create ? CAPSA_OK : CAPSA_ENOTFOUND;
  if (!is_database(head) ||
      read_uint32(head + AT_APPLICATION_ID) != CAPSA_LIBRARY_ID)
    return CAPSA_ENOLIBRARY;
  *version = read_uint32(head + AT_USER_VERSION);
  return *version ? CAPSA_OK : CAPSA_ENOLIBRARY;
}

static capsa_status set_pragma(sqlite3 *db, const char *name, unsigned value) {
  char sql[64];
  sqlite3_snprintf(sizeof sql, sql, "PRAGMA %s = %u", name, value);
  return capsa_db_exec(db, sql);
}

capsa_status capsa_schema_version(sqlite3 *db, int64_t *out) {
  capsa_stmt stmt = capsa_stmt_open(db, "PRAGMA user_version");
  if (capsa_stmt_next(&stmt)) *out = capsa_stmt_number(&stmt);
  return capsa_stmt_close(&stmt);
}

capsa_status capsa_schema_run(sqlite3 *db, int64_t version) {
  int64_t at = 0;
  capsa_status st = capsa_schema_version(db, &at);
  if (!st && (at < 0 || version > CAPSA_LIBRARY_SCHEMA)) return CAPSA_ENEWER;
  for (; !st && at < version; at++)
    for (const char *const *sql = versions[at]; !st && *sql; sql++)
      st = capsa_db_exec(db, *sql);
  if (!st) st = set_pragma(db, "application_id", CAPSA_LIBRARY_ID);
  if (!st) st = set_pragma(db, "user_version", (unsigned)version);
  return st;
}
