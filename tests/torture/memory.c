#include "memory.h"

#include <sqlite3.h>

static sqlite3_mem_methods theirs;
static long fail_at = -1;
static bool fail_lasting;
static size_t calls;

static bool must_fail(void) {
  long number = (long)calls++;
  return fail_at >= 0 &&
         (number == fail_at || (fail_lasting && number > fail_at));
}

static void *allocate(int size) {
  return must_fail() ? NULL : theirs.xMalloc(size);
}

static void *resize(void *ptr, int size) {
  return must_fail() ? NULL : theirs.xRealloc(ptr, size);
}

void memory_install(void) {
  sqlite3_config(SQLITE_CONFIG_GETMALLOC, &theirs);
  sqlite3_mem_methods ours = theirs;
  ours.xMalloc = allocate;
  ours.xRealloc = resize;
  sqlite3_config(SQLITE_CONFIG_MALLOC, &ours);
}

void memory_fail(long at, bool lasting) {
  fail_at = at;
  fail_lasting = lasting;
  calls = 0;
}

size_t memory_calls(void) { return calls; }
