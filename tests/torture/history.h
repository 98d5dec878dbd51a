/* history.h -- a workload that was run, and the judge of what is found later.
 *
 *   history_run     run all steps on a disk, and note what was written when
 *   judge           open what a crash left, and compare
 *   torture_result  a line of the table
 */
#ifndef CAPSA_TESTS_TORTURE_HISTORY_H
#define CAPSA_TESTS_TORTURE_HISTORY_H

#include "workload.h"

typedef struct history_moment {
  size_t begun, done; /* of the log, in ops: when it began, when it was told */
  uint64_t digest;    /* of the library after it */
  capsa_status status;
} history_moment;

/** moments[0] is the opening, moments[n + 1] step n. */
typedef struct history {
  workload_kind kind;
  disk_image start;
  disk_log log;
  history_moment moments[WORKLOAD_STEPS + 1];
  disk_image images[WORKLOAD_STEPS + 1]; /* the disk after each, all flushed */
  size_t flushes, writes;                /* of the steps, without the opening */
} history;

/** SQL that is run after opening, for trying other settings; or NULL. */
extern const char *history_pragmas;

/** @return whether every step was done; if not, it was printed why */
bool history_run(history *history, workload_kind kind);
void history_clear(history *history);

typedef struct torture_result {
  char name[64];
  size_t tried, lost, corrupt;
  double worst_ms; /* of opening, until the first answer */
  char words[300]; /* of the first that was lost or corrupt */
} torture_result;

/** Count what went wrong once; keep the first words. */
void torture_blame(torture_result *result, size_t *count, const char *format,
                   ...) __attribute__((format(printf, 3, 4)));

/**
 * Open what is on `image`: it must be whole, and hold what one of the moments
 * from `first` to `last` left.
 * @param where  for words
 * @return whether it does
 */
bool judge(const history *history, const disk_image *image, size_t first,
           size_t last, const char *where, torture_result *result);

/** judge, and go on: the library can be written, and that is kept. */
bool judge_and_write(const history *history, const disk_image *image,
                     size_t first, size_t last, const char *where,
                     torture_result *result);

/* The parts; each runs as much as `effort` (1: short, 10: long) asks for.
 * Results are printed as they come. @return whether nothing was found. */

typedef struct torture_options {
  int effort;
  uint64_t seed;
  bool stop; /* at the first that is found */
} torture_options;

bool torture_contract(const torture_options *options);
bool torture_cuts(const torture_options *options);
bool torture_ends(const torture_options *options);
bool torture_faults(const torture_options *options);
bool torture_memory(const torture_options *options);
bool torture_flips(const torture_options *options);
bool torture_journals(const torture_options *options);

/** About `wanted` cuts of one history, counted in `result`. */
void torture_try_cuts(const history *h, const torture_options *options,
                      size_t wanted, torture_result *result);

/** Print a line of the table and a line of TAP. @return whether it is good */
bool torture_report(const torture_result *result);

#endif
