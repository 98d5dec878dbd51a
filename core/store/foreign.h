/* foreign.h -- a file from outside, opened so that it can do no harm.
 *
 *   capsa_foreign_open    read-only, with an authorizer
 *   capsa_foreign_settle  of an older schema: a copy of this version in memory
 *
 * What is opened here can be read by Capsa's own queries and by nothing else:
 * no write, no other database, no function and no pragma but those that they
 * use. The limits of db.h hold, with fewer steps.
 */
#ifndef CAPSA_CORE_STORE_FOREIGN_H
#define CAPSA_CORE_STORE_FOREIGN_H

#include "store/db.h"

/** Steps of SQLite's machine for one statement on a stranger's file. */
#define CAPSA_FOREIGN_STEPS_MAX 500000000

/** The name of the table that shows each word of the index of a stranger's
 * file (fts5vocab, "instance"). */
#define CAPSA_FOREIGN_WORDS "capsa_foreign_words"

/**
 * @param version  gets the file's schema
 * @param out      written only on CAPSA_OK; pair: capsa_db_close
 * @return CAPSA_OK, CAPSA_ENOTFOUND, CAPSA_ENOLIBRARY, storage
 *         CAPSA_EREADONLY  a change of it was cut off, and was not taken back
 *         CAPSA_EDAMAGED   another program left it in the middle of its work
 */
capsa_status capsa_foreign_open(const char *path, int64_t *version,
                                sqlite3 **out);

/** Is the file shorter than it says, as a download that stopped is? */
bool capsa_foreign_is_half(const char *path);

/**
 * Where `version` is older than CAPSA_LIBRARY_SCHEMA, put a copy in memory
 * with that schema in the place of `*db`. Its schema was compared before.
 * @return CAPSA_OK, storage
 *         CAPSA_ETOOBIG  it is larger than CAPSA_LIBRARY_IN_MEMORY_MAX
 */
capsa_status capsa_foreign_settle(sqlite3 **db, int64_t version);

#endif
