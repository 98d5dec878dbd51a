#include "history.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"

const char *history_pragmas;

static capsa_status open_it(workload_kind kind, capsa_library **out) {
  capsa_status st = workload_open(kind, out);
  if (!st && history_pragmas) st = capsa_db_exec((*out)->db, history_pragmas);
  return st;
}

static bool complain(workload_kind kind, int step, capsa_status st) {
  printf("# workload %s, %s: %s\n", workload_names[kind],
         workload_step_name(step), capsa_status_name(st));
  return false;
}

static void note_moment(history *h, size_t at, size_t begun,
                        capsa_library *library, capsa_status st) {
  history_moment *moment = &h->moments[at];
  moment->begun = begun;
  moment->done = h->log.count;
  moment->status = st;
  (void)workload_digest(library, &moment->digest);
  disk_save(&h->images[at]);
}

bool history_run(history *h, workload_kind kind) {
  capsa_library *library = NULL;
  capsa_arena *arena = capsa_arena_new();
  capsa_status st;
  h->kind = kind;
  workload_start(kind, &h->start);
  disk_load(&h->start);
  disk_log_to(&h->log);
  if ((st = open_it(kind, &library))) return complain(kind, -1, st);
  note_moment(h, 0, 0, library, st);
  size_t flushes = disk_calls_of(DISK_SYNC);
  size_t writes = disk_calls_of(DISK_WRITE);
  for (int i = 0; !st && i < WORKLOAD_STEPS; i++) {
    size_t begun = h->log.count;
    capsa_arena_reset(arena);
    st = workload_step(library, i, arena);
    note_moment(h, (size_t)i + 1, begun, library, st);
    if (st) complain(kind, i, st);
  }
  h->flushes = disk_calls_of(DISK_SYNC) - flushes;
  h->writes = disk_calls_of(DISK_WRITE) - writes;
  disk_log_to(NULL);
  capsa_library_close(library);
  capsa_arena_free(arena);
  return !st;
}

void history_clear(history *h) {
  disk_image_clear(&h->start);
  for (int i = 0; i <= WORKLOAD_STEPS; i++) disk_image_clear(&h->images[i]);
  disk_log_clear(&h->log);
  memset(h, 0, sizeof *h);
}

void torture_blame(torture_result *result, size_t *count, const char *format,
                   ...) {
  va_list values;
  (*count)++;
  if (*result->words) return;
  va_start(values, format);
  vsnprintf(result->words, sizeof result->words, format, values);
  va_end(values);
}

static double now_ms(void) {
  struct timespec at;
  timespec_get(&at, TIME_UTC);
  return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

/* Does the library hold what a moment from `first` to `last` left? */
static bool compare(const history *h, capsa_library *library, size_t first,
                    size_t last, const char *where, torture_result *result) {
  char words[200] = "";
  uint64_t digest = 0;
  if (!workload_check(library, words, sizeof words)) {
    torture_blame(result, &result->corrupt, "%s: %s", where, words);
    return false;
  }
  capsa_status st = workload_digest(library, &digest);
  for (size_t i = first; !st && i <= last; i++)
    if (h->moments[i].digest == digest) return true;
  if (st)
    torture_blame(result, &result->corrupt, "%s: %s", where,
                  capsa_status_name(st));
  else {
    size_t found = WORKLOAD_STEPS + 1;
    while (found && h->moments[found - 1].digest != digest) found--;
    torture_blame(result, &result->lost, "%s: it is as after “%s”, not “%s”",
                  where, found ? workload_step_name((int)found - 2) : "nothing",
                  workload_step_name((int)last - 1));
  }
  return false;
}

static capsa_library *reopen(const history *h, const char *where,
                             torture_result *result) {
  capsa_library *library = NULL;
  double before = now_ms();
  capsa_status st = open_it(h->kind, &library);
  double spent = now_ms() - before;
  if (spent > result->worst_ms) result->worst_ms = spent;
  if (!st) return library;
  torture_blame(result, &result->corrupt, "%s: opening says %s", where,
                capsa_status_name(st));
  return NULL;
}

bool judge(const history *h, const disk_image *image, size_t first, size_t last,
           const char *where, torture_result *result) {
  result->tried++;
  disk_load(image);
  capsa_library *library = reopen(h, where, result);
  if (!library) return false;
  bool good = compare(h, library, first, last, where, result);
  capsa_library_close(library);
  return good;
}

static bool write_on(capsa_library *library, const char *where,
                     torture_result *result) {
  capsa_arena *arena = capsa_arena_new();
  capsa_slice name = capsa_slice_of("still"), value = {0};
  capsa_status st =
      capsa_library_set_setting(library, name, capsa_slice_of("writable"));
  if (!st) st = workload_read(library, arena);
  if (!st) st = capsa_library_setting(library, name, arena, &value);
  if (!st) st = capsa_library_set_setting(library, name, (capsa_slice){0});
  bool good = !st && value.len == 8;
  if (!good)
    torture_blame(result, &result->corrupt, "%s: going on says %s", where,
                  capsa_status_name(st));
  capsa_arena_free(arena);
  return good;
}

bool judge_and_write(const history *h, const disk_image *image, size_t first,
                     size_t last, const char *where, torture_result *result) {
  result->tried++;
  disk_load(image);
  capsa_library *library = reopen(h, where, result);
  bool good = library && compare(h, library, first, last, where, result) &&
              write_on(library, where, result);
  capsa_library_close(library);
  if (!library || !good) return false;
  library = reopen(h, where, result);
  good = library && compare(h, library, first, last, where, result);
  capsa_library_close(library);
  return good;
}
