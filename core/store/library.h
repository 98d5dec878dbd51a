/* library.h -- what the layers above `store` may know of an open library. */
#ifndef CAPSA_CORE_STORE_LIBRARY_H
#define CAPSA_CORE_STORE_LIBRARY_H

#include "capsa/library.h"
#include "store/db.h"

struct capsa_library {
  sqlite3 *db;
  capsa_access access;
};

/**
 * The end of every opening: a library of `db`, which is closed where that
 * failed. @param st  what opening came to
 * @return `st`, CAPSA_ENOMEM
 */
capsa_status capsa_library_wrap(sqlite3 *db, capsa_access access,
                                capsa_status st, capsa_library **out);

/**
 * Keep a document that is parsed already; capsa_library_add without parsing.
 * @return CAPSA_OK, storage
 */
capsa_status capsa_library_keep(capsa_library *library,
                                const capsa_document *document,
                                const capsa_source *source, capsa_arena *arena,
                                capsa_added *added, capsa_entry *entry);

/**
 * Put `document` in the place of the edition `old`: same id, same key, same
 * age. The caller has begun a transaction.
 * @return CAPSA_OK, storage
 *         CAPSA_EINVAL  the record has this text already, as another edition
 */
capsa_status capsa_library_replace(capsa_library *library,
                                   const capsa_entry *old,
                                   const capsa_document *document,
                                   const capsa_source *source,
                                   capsa_arena *arena, capsa_entry *entry);

#endif
