/* index_check.h -- does the index say what the texts say? */
#ifndef CAPSA_CORE_STORE_INDEX_CHECK_H
#define CAPSA_CORE_STORE_INDEX_CHECK_H

#include "store/db.h"

/**
 * Compare block_fts with `passage`, in memory that does not grow with them.
 * @param db     opened by capsa_foreign_open, its schema compared
 * @param words  gets what is wrong; static, NULL where nothing is
 * @return CAPSA_OK, CAPSA_ECORRUPT (a part of either cannot be read), storage
 */
capsa_status capsa_index_check(sqlite3 *db, const char **words);

#endif
