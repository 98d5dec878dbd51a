/* schema.h -- what stands in a library file, and how an older one becomes it.
 *
 *   capsa_schema_check     is this file a library of ours, before it is touched
 *   capsa_schema_migrate   bring it to CAPSA_LIBRARY_SCHEMA
 */
#ifndef CAPSA_CORE_STORE_SCHEMA_H
#define CAPSA_CORE_STORE_SCHEMA_H

#include "store/db.h"

/**
 * Look at a file that was just opened; nothing in it changes.
 * @param create  an empty file will do; else it is CAPSA_ENOTFOUND, since in a
 *                browser a file without content is one that does not exist
 * @return CAPSA_OK, CAPSA_ENOTFOUND, CAPSA_ENOLIBRARY, CAPSA_ENEWER, storage
 */
capsa_status capsa_schema_check(sqlite3 *db, bool create);

/**
 * Run the migrations that the file has not seen, all in one transaction.
 * @return CAPSA_OK, CAPSA_ENEWER, storage
 */
capsa_status capsa_schema_migrate(sqlite3 *db);

#endif
