/* foreign_rows.h -- documents and annotations out of a stranger's rows.
 *
 *   capsa_foreign_counts          how much there is
 *   capsa_foreign_read            the next document, checked
 *   capsa_foreign_notes_open ...  annotations, checked
 *   capsa_foreign_fault ...       what is wrong with what was read elsewhere
 */
#ifndef CAPSA_CORE_STORE_FOREIGN_ROWS_H
#define CAPSA_CORE_STORE_FOREIGN_ROWS_H

#include "capsa/document.h"
#include "store/db.h"

typedef struct capsa_foreign_counts {
  int64_t documents, notes;
  int64_t misnumbered; /* documents and blocks whose id is not above 0 */
} capsa_foreign_counts;

/** @return CAPSA_OK, storage */
capsa_status capsa_foreign_count(sqlite3 *db, capsa_foreign_counts *out);

typedef struct capsa_foreign_document {
  int64_t id;        /* 0: there is none any more */
  const char *fault; /* NULL: the rest is set. Static */
  capsa_slice key;   /* as far as it can be read */
  capsa_document document;
  capsa_source source;
  capsa_slice added; /* ISO 8601; empty where it is none */
} capsa_foreign_document;

/**
 * The document with the smallest id above `after`, from 0 on.
 * @return CAPSA_OK        also where it is not whole: out->fault says so
 *         CAPSA_ECORRUPT  not even its id can be read: it is the last one
 *         storage
 */
capsa_status capsa_foreign_read(sqlite3 *db, int64_t after, capsa_arena *arena,
                                capsa_foreign_document *out);

typedef struct capsa_foreign_note {
  capsa_slice id, document, edition, note, quote, prefix, suffix;
  capsa_slice created, modified, removed; /* `removed` empty: it is not */
  int64_t colour, start_code_point, end_code_point;
  const char *fault; /* NULL: it may be kept. Static */
} capsa_foreign_note;

/** A statement whose rows capsa_foreign_note_read reads. */
capsa_stmt capsa_foreign_notes_open(sqlite3 *db);
void capsa_foreign_note_read(capsa_stmt *stmt, capsa_arena *arena,
                             capsa_foreign_note *out);

/** The columns that capsa_foreign_note_read takes, in its order. */
#define CAPSA_FOREIGN_NOTE                                                     \
  "id, document, edition, note, quote, prefix, suffix, created, modified,"     \
  " removed, colour, start_code_point, end_code_point"

/** What is wrong with a document, or with the source that it was read from;
 * static, NULL where nothing is. */
const char *capsa_foreign_fault(const capsa_document *document,
                                const capsa_source *source);

bool capsa_source_is_sound(const capsa_source *source);

/** May a reader's word on a document's versions be kept? */
bool capsa_version_is_sound(capsa_slice document, capsa_slice record);

/** `2026-11-24T09:30:00Z` */
bool capsa_time_is_sound(capsa_slice text);

#endif
