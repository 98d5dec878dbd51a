/* stranger_sql.h -- what SQL can do to a library (stranger.h). */
#ifndef CAPSA_TESTS_TORTURE_STRANGER_SQL_H
#define CAPSA_TESTS_TORTURE_STRANGER_SQL_H

#include <stdint.h>

#include "sqlite3.h"

/** Largest file that is made, and longest value in it. */
#define STRANGER_BYTES_MAX (4 << 20)

/** One of a list of statements: on the schema, on rows, on an index. */
void stranger_harm(sqlite3 *db, const uint8_t order[4]);
const char *stranger_harm_sql(const uint8_t order[4]);

/** Another value, perhaps of another type, in one column of one table,
 * whichever there are. */
void stranger_change_rows(sqlite3 *db, const uint8_t order[4]);

#endif
