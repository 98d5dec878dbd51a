/* bench.h -- what the parts of the bench share: files, times, reports. */
#ifndef CAPSA_TESTS_BENCH_H
#define CAPSA_TESTS_BENCH_H

#include "capsa/capsa.h"

#define RUNS 5

typedef struct file {
  char *text; /* zero-terminated, malloc'd */
  size_t len;
} file;

/** Read a file, or end the program. */
file read_file(const char *path);

/** End the program: `what` failed. */
void die(const char *what);

/** CPU time in milliseconds. */
double now(void);

/** Keep the time since `start` until the next report. */
void add_time(double start);

/** Print `name milliseconds`. @param share  0.5 is the median of the times
 * since the last report, 0 the least */
void report(const char *name, double share);

/** `stages FORMAT FILE`: stock cmark and every stage of Capsa's. */
void bench_stages(const char *format, const char *path);

/** `peak FORMAT FILE`: bytes of memory that parsing and writing took. */
void bench_peak(const char *format, const char *path);

/** `index TEXT QUERIES`: our index and plain FTS5 over the same passages. */
void bench_index(const char *text_path, const char *queries_path);

#endif
