/* library.h -- what the layers above `store` may know of an open library. */
#ifndef CAPSA_CORE_STORE_LIBRARY_H
#define CAPSA_CORE_STORE_LIBRARY_H

#include "capsa/library.h"
#include "store/db.h"

struct capsa_library {
  sqlite3 *db;
};

/**
 * Keep a document that is parsed already; capsa_library_add without parsing.
 * @return CAPSA_OK, storage
 */
capsa_status capsa_library_keep(capsa_library *library,
                                const capsa_document *document,
                                const capsa_source *source, capsa_arena *arena,
                                capsa_added *added, capsa_entry *entry);

#endif
