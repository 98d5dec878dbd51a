/* versions.h -- what the store does for versions when a document changes. */
#ifndef CAPSA_CORE_STORE_VERSIONS_H
#define CAPSA_CORE_STORE_VERSIONS_H

#include "capsa/versions.h"
#include "store/library.h"

/**
 * Forget how the editions of `key` are aligned, and align the newest with the
 * other versions of its record: after anything that adds, removes or changes
 * one. The caller has begun a transaction.
 * @return CAPSA_OK, storage
 */
capsa_status capsa_versions_update(sqlite3 *db, capsa_slice key,
                                   capsa_arena *arena);

#endif
