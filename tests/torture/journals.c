/* journals.c -- the ways of SQLite's journal, compared: what a change costs,
 * and what a power cut leaves of it. The table is what core/store/library.c
 * argues from. */
#include <stdio.h>
#include <string.h>

#include "history.h"

#define CUTS_SHORT 300
#define CUTS_LONG 5000

static const struct {
  const char *name, *pragmas;
  bool used; /* by library.c */
} modes[] = {
    {"TRUNCATE, FULL", NULL, true},
    {"TRUNCATE, NORMAL", "PRAGMA synchronous = NORMAL", false},
    {"PERSIST, FULL", "PRAGMA journal_mode = PERSIST", false},
    {"DELETE, FULL", "PRAGMA journal_mode = DELETE", false},
    {"WAL, FULL", "PRAGMA journal_mode = WAL", false},
    {"WAL, NORMAL", "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL",
     false},
};

/* A WAL without shared memory is read by who is alone, and says so first. */
static int be_alone(sqlite3 *db, char **words, const void *routines) {
  (void)words, (void)routines;
  return sqlite3_exec(db, "PRAGMA locking_mode = EXCLUSIVE", NULL, NULL, NULL);
}

static bool try_mode(size_t number, const torture_options *options) {
  static history h;
  torture_result result = {0};
  history_pragmas = modes[number].pragmas;
  bool ran = history_run(&h, WORKLOAD_NEW);
  if (ran)
    torture_try_cuts(&h, options, options->effort > 1 ? CUTS_LONG : CUTS_SHORT,
                     &result);
  printf("# %-20s %8.1f %8.1f %8zu %6zu %8zu\n", modes[number].name,
         (double)h.flushes / WORKLOAD_STEPS, (double)h.writes / WORKLOAD_STEPS,
         result.tried, result.lost, result.corrupt);
  history_clear(&h);
  history_pragmas = NULL;
  return ran && !(modes[number].used && (result.lost || result.corrupt));
}

bool torture_journals(const torture_options *options) {
  torture_result result = {.name = "ways of the journal"};
  sqlite3_auto_extension((void (*)(void))be_alone);
  printf("# %-20s %8s %8s %8s %6s %8s\n", "a change:", "flushes", "writes",
         "cuts", "lost", "corrupt");
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
    result.tried++;
    if (!try_mode(i, options))
      torture_blame(&result, &result.corrupt, "%s", modes[i].name);
  }
  sqlite3_reset_auto_extension();
  return torture_report(&result);
}
