/* memory.h -- SQLite's memory, so that any one allocation of it can fail. */
#ifndef CAPSA_TESTS_TORTURE_MEMORY_H
#define CAPSA_TESTS_TORTURE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/** Before sqlite3_initialize. */
void memory_install(void);

/** Let allocation `at`, from 0 and from now, fail; with `lasting` all later
 * ones too. `at` < 0: none. */
void memory_fail(long at, bool lasting);

/** Allocations since memory_fail. */
size_t memory_calls(void);

#endif
