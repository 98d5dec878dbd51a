/* record.h -- which record of a library a document is an edition of. */
#ifndef CAPSA_CORE_STORE_RECORD_H
#define CAPSA_CORE_STORE_RECORD_H

#include "capsa/document.h"
#include "store/db.h"

/** Records that may share title and date; the next joins the last of them. */
#define CAPSA_RECORD_NAMESAKES_MAX 1000

/** Where a document belongs. */
typedef struct capsa_record {
  capsa_slice key; /* the document's own, or with "-2", "-3" … behind it */
  int64_t same;    /* the row that holds this very edition; 0 for none */
  bool known;      /* the library has another edition of this record */
} capsa_record;

/**
 * Two records may have the same title and date ("Editorial Note"). A document
 * is an edition of the one whose newest text shares a fair part of its runs of
 * three words; otherwise it is a record of its own and gets a key of its own.
 * @return CAPSA_OK, storage (library.h)
 */
capsa_status capsa_record_find(sqlite3 *db, const capsa_document *document,
                               capsa_arena *arena, capsa_record *out);

#endif
