/* tap.h -- the unit tests' harness: TAP on standard output.
 *
 *   tests/unit/test_x.c defines `void test_x(void)`, which RUNs its tests;
 *   tests/unit/suites.h lists it; main.c runs the suite that its argument
 *   names (a path will do), or all:
 *
 *     prove --exec build/native/unit tests/unit/test_*.c
 *
 * A failed CHECK says where and goes on; its test is then `not ok`.
 */
#ifndef CAPSA_TESTS_TAP_H
#define CAPSA_TESTS_TAP_H

#include "base/slice.h"
#include "capsa/base.h"

#define RUN(test) tap_run(#test, test)
#define CHECK(condition) tap_check((condition), #condition, __FILE__, __LINE__)
#define CHECK_STATUS(got, want)                                                \
  tap_check_status((got), (want), __FILE__, __LINE__)
/** Compare a capsa_slice with a string. */
#define CHECK_TEXT(got, want) tap_check_text((got), (want), __FILE__, __LINE__)
/** Compare two numbers of any integer type. */
#define CHECK_NUMBER(got, want)                                                \
  tap_check_number((long long)(got), (long long)(want), #got, __FILE__,        \
                   __LINE__)

void tap_run(const char *name, void (*test)(void));
bool tap_check(bool ok, const char *condition, const char *file, int line);
bool tap_check_status(capsa_status got, capsa_status want, const char *file,
                      int line);
bool tap_check_text(capsa_slice got, const char *want, const char *file,
                    int line);
bool tap_check_number(long long got, long long want, const char *what,
                      const char *file, int line);
/** Report the current test as skipped. @param why  static */
void tap_skip(const char *why);

/** A path that no other test uses, for a file that the test deletes; the
 * folder is $TMPDIR, or /tmp. Valid until the next call. */
const char *tap_temporary(const char *name);

/** The bytes of a file in malloc'd memory, zero-terminated; NULL where it is
 * not. The caller frees it. */
char *tap_read_file(const char *path, size_t *len);

#endif
