/* schema.h -- what stands in a library file, and how an older one becomes it.
 *
 *   capsa_schema_check     is this file a library of ours, before it is touched
 *   capsa_schema_run       the statements that make a schema of a version
 *   capsa_schema_compare   is it object by object what Capsa makes
 *   capsa_schema_fits      has a newer one all that this Capsa reads
 *   capsa_migrate          bring a library to CAPSA_LIBRARY_SCHEMA
 */
#ifndef CAPSA_CORE_STORE_SCHEMA_H
#define CAPSA_CORE_STORE_SCHEMA_H

#include "store/db.h"

/**
 * Look at a file that was just opened; nothing in it changes.
 * @param create   an empty file will do; else it is CAPSA_ENOTFOUND, since in a
 *                 browser a file without content is one that does not exist
 * @param version  gets its schema; 0 where the file is empty
 * @return CAPSA_OK, CAPSA_ENOTFOUND, CAPSA_ENOLIBRARY, storage
 */
capsa_status capsa_schema_check(sqlite3 *db, bool create, int64_t *version);

/** `user_version`. @return CAPSA_OK, storage */
capsa_status capsa_schema_version(sqlite3 *db, int64_t *out);

/**
 * Run what a database has not seen of the versions up to `version`. The caller
 * has begun a transaction, or does not need one.
 * @return CAPSA_OK, CAPSA_ENEWER (no such version), storage
 */
capsa_status capsa_schema_run(sqlite3 *db, int64_t version);

/** How an object of a schema differs from what Capsa makes. */
typedef enum capsa_schema_difference {
  CAPSA_SCHEMA_MISSING = 0,
  CAPSA_SCHEMA_CHANGED,
  CAPSA_SCHEMA_FOREIGN
} capsa_schema_difference;

/** @param type, name  "table", "view" …, and its name; borrowed */
typedef void capsa_schema_told(void *context, capsa_schema_difference how,
                               capsa_slice type, capsa_slice name);

/**
 * Compare the schema of `db` with that of a new library of `version`, made in
 * memory by capsa_schema_run.
 * @param told  called for each difference
 * @return CAPSA_OK, CAPSA_ENEWER (no such version), storage
 */
capsa_status capsa_schema_compare(sqlite3 *db, int64_t version,
                                  capsa_schema_told *told, void *context);

/**
 * Has `db`, of a newer schema, every table, view and column of ours?
 * @return CAPSA_OK, CAPSA_ENEWER (it has not), storage
 */
capsa_status capsa_schema_fits(sqlite3 *db);

/**
 * Bring a library to CAPSA_LIBRARY_SCHEMA in one transaction. An older one is
 * copied before to `PATH.before-N`, where N is its schema, and what came of it
 * is checked before it is committed. The copy goes when the library was opened
 * once more (capsa_migrate_forget).
 * @param path  of the library; where no file can be made beside it (a place in
 *              a browser that has none) there is no copy
 * @return CAPSA_OK, CAPSA_ENEWER, storage; all but CAPSA_OK change nothing
 *         CAPSA_ECORRUPT  what came of it was not right
 */
capsa_status capsa_migrate(sqlite3 *db, const char *path);

/** Remove the copies that capsa_migrate kept. */
void capsa_migrate_forget(const char *path);

/** A copy of `from` in `into`, page by page. @return CAPSA_OK, storage */
capsa_status capsa_db_copy(sqlite3 *from, sqlite3 *into);

#endif
