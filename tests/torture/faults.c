/* faults.c -- each call to the disk, and each allocation, fails in each way
 * that it can, in each step of each workload.
 *
 * A step that says CAPSA_OK is done, one that says anything else is not; then
 * the same handle goes on, and so does the next process, whether this one was
 * closed, killed or lost its power. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "history.h"
#include "memory.h"

typedef struct tester {
  const history *h;
  const torture_options *options;
  capsa_arena *arena;
  disk_random random;
  disk_replay replay;
  disk_log log;
  disk_image image;
  torture_result result, openings;
  const char *how;
  size_t at;
} tester;

static const char *const fault_names[] = {"", "error", "full", "short"};
static const char *const call_names[] = {"open",     "close", "read", "write",
                                         "truncate", "flush", "size"};

static const char *where(const tester *t, size_t step) {
  static char words[160];
  disk_call call;
  bool met = disk_fault_met(&call);
  snprintf(words, sizeof words, "%s, “%s”, %s at %s%s%zu",
           workload_names[t->h->kind], workload_step_name((int)step - 1),
           t->how, met ? call_names[call] : "", met ? " " : "", t->at);
  return words;
}

/* What the next process finds: closed properly or killed, and after a cut. */
static void judge_after(tester *t, size_t step, const char *words,
                        torture_result *result) {
  disk_save(&t->image);
  if (!judge(t->h, &t->image, step, step, words, result)) return;
  for (size_t i = 0; i < t->log.count; i++)
    disk_replay_step(&t->replay, &t->log.ops[i]);
  disk_replay_cut(&t->replay, &t->random, &t->image);
  (void)judge(t->h, &t->image, step, step, words, result);
}

static void judge_now(tester *t, capsa_library *library, size_t step,
                      const char *words) {
  uint64_t digest = 0;
  capsa_status st = workload_digest(library, &digest);
  if (st || digest != t->h->moments[step].digest)
    torture_blame(&t->result, &t->result.lost, "%s: now %s, not “%s”", words,
                  st ? capsa_status_name(st) : "another state",
                  workload_step_name((int)step - 1));
}

/* Open after moment `before`, do the next step with `arm` in force. */
typedef void arming(tester *t);
static capsa_status try_step(tester *t, size_t before, arming *arm,
                             arming *disarm) {
  capsa_library *library = NULL;
  char words[160];
  disk_load(&t->h->images[before]);
  disk_replay_begin(&t->replay, &t->h->images[before]);
  disk_log_to(&t->log);
  if (workload_open(t->h->kind, &library)) return CAPSA_EIO;
  capsa_arena_reset(t->arena);
  arm(t);
  capsa_status st = workload_step(library, (int)before, t->arena);
  snprintf(words, sizeof words, "%s (%s)", where(t, before + 1),
           capsa_status_name(st));
  disarm(t);
  size_t now = st ? before : before + 1;
  size_t bad = t->result.lost;
  judge_now(t, library, now, words);
  bool killed = disk_random_below(&t->random, 2);
  if (!killed) capsa_library_close(library);
  disk_log_to(NULL);
  if (bad == t->result.lost) judge_after(t, now, words, &t->result);
  disk_log_clear(&t->log);
  if (killed) capsa_library_close(library); /* its handles are gone */
  return st;
}

static disk_fault_kind fault_kind;
static void arm_fault(tester *t) { disk_fault(fault_kind, t->at, false); }
static void disarm_fault(tester *t) {
  (void)t;
  disk_fault(DISK_FAULT_NONE, 0, false);
}

static bool goes_on(const tester *t) {
  return !t->options->stop || !(t->result.lost + t->result.corrupt +
                                t->openings.lost + t->openings.corrupt);
}

static size_t calls_of_step(tester *t, size_t before) {
  capsa_library *library = NULL;
  disk_load(&t->h->images[before]);
  if (workload_open(t->h->kind, &library)) return 0;
  disk_fault(DISK_FAULT_NONE, 0, false);
  (void)workload_step(library, (int)before, t->arena);
  size_t calls = disk_calls();
  capsa_library_close(library);
  return calls;
}

#define LAST_CALLS 4 /* of a step, where a change comes to stand */

/* One in `stride` of the calls of a step but the last ones; 0: those. */
static void sweep_step(tester *t, size_t before, size_t stride) {
  size_t calls = calls_of_step(t, before);
  size_t last = calls > LAST_CALLS ? calls - LAST_CALLS : 0;
  size_t from = stride ? disk_random_below(&t->random, (uint32_t)stride) : last;
  for (int kind = 1; kind < DISK_FAULT_COUNT; kind++)
    for (t->at = from; t->at < (stride ? last : calls) && goes_on(t);
         t->at += stride ? stride : 1) {
      fault_kind = (disk_fault_kind)kind;
      t->how = fault_names[kind];
      (void)try_step(t, before, arm_fault, disarm_fault);
    }
}

/* The disk in the middle of a step, as a kill leaves it. */
static void hot_image(tester *t, size_t moment) {
  const history_moment *m = &t->h->moments[moment];
  size_t end = m->begun + (m->done - m->begun) * 3 / 4;
  disk_replay_begin(&t->replay, &t->h->start);
  for (size_t i = 0; i < end; i++)
    disk_replay_step(&t->replay, &t->h->log.ops[i]);
  disk_image_copy(&t->image, &t->replay.now);
}

/* Opening fails, or does not; the next opening finds all that was there. */
static void try_opening(tester *t, size_t moment, disk_fault_kind kind) {
  static disk_image left;
  capsa_library *library = NULL;
  char words[160];
  disk_load(&t->image);
  disk_fault(kind, t->at, false);
  t->how = fault_names[kind];
  capsa_status st = workload_open(t->h->kind, &library);
  snprintf(words, sizeof words, "opening, %s (%s)", where(t, moment + 1),
           capsa_status_name(st));
  disk_fault(DISK_FAULT_NONE, 0, false);
  if (!st) capsa_library_close(library);
  if (st == CAPSA_ENOTFOUND || st == CAPSA_ENOLIBRARY || st == CAPSA_ENEWER)
    torture_blame(&t->openings, &t->openings.lost, "%s", words);
  disk_save(&left);
  (void)judge(t->h, &left, moment, moment + 1, words, &t->openings);
}

static void sweep_openings(tester *t, size_t moment) {
  capsa_library *library = NULL;
  hot_image(t, moment + 1);
  disk_load(&t->image);
  if (!workload_open(t->h->kind, &library)) capsa_library_close(library);
  size_t calls = disk_calls();
  for (int kind = 1; kind < DISK_FAULT_COUNT; kind++)
    for (t->at = 0; t->at < calls && goes_on(t); t->at++)
      try_opening(t, moment, (disk_fault_kind)kind);
}

/* ---- memory */

static bool lasting, ours;

static void arm_memory(tester *t) {
  if (ours) capsa_mem_fail_after((int)t->at);
  else memory_fail((long)t->at, lasting);
}

static void disarm_memory(tester *t) {
  (void)t;
  capsa_mem_fail_after(-1);
  memory_fail(-1, false);
}

static size_t allocations(tester *t, size_t before) {
  capsa_library *library = NULL;
  disk_load(&t->h->images[before]);
  if (workload_open(t->h->kind, &library)) return 0;
  memory_fail(-1, false);
  capsa_arena_reset(t->arena);
  (void)workload_step(library, (int)before, t->arena);
  size_t calls = memory_calls();
  capsa_library_close(library);
  return calls;
}

#define QUIET_RUNS 4 /* that end well before a sweep of our memory ends */

static void sweep_memory(tester *t, size_t before, size_t stride) {
  size_t calls = allocations(t, before);
  ours = false, t->how = "SQLite without memory";
  for (t->at = disk_random_below(&t->random, (uint32_t)stride);
       t->at < calls && goes_on(t); t->at += stride) {
    lasting = t->at % 2;
    (void)try_step(t, before, arm_memory, disarm_memory);
  }
  ours = true, t->how = "without memory";
  size_t quiet = 0;
  for (t->at = 0; quiet < QUIET_RUNS && goes_on(t); t->at += 1 + stride / 16) {
    capsa_arena_free(t->arena);
    t->arena = capsa_arena_new();
    quiet = try_step(t, before, arm_memory, disarm_memory) ? 0 : quiet + 1;
  }
}

/* ---- */

static void begin(tester *t, const history *h, const torture_options *options,
                  const char *name) {
  memset(t, 0, sizeof *t);
  t->h = h, t->options = options;
  t->random.state = options->seed + (uint64_t)h->kind;
  t->arena = capsa_arena_new();
  snprintf(t->result.name, sizeof t->result.name, "%s, %s", name,
           workload_names[h->kind]);
  snprintf(t->openings.name, sizeof t->openings.name, "faults in opening, %s",
           workload_names[h->kind]);
}

static void end(tester *t) {
  capsa_arena_free(t->arena);
  disk_replay_clear(&t->replay);
  disk_image_clear(&t->image);
}

bool torture_faults(const torture_options *options) {
  static history h;
  static tester t;
  bool good = true;
  size_t stride = options->effort > 1 ? 1 : 23;
  for (int kind = 0; kind < WORKLOAD_KINDS && (good || !options->stop);
       kind++) {
    if (!history_run(&h, (workload_kind)kind)) return false;
    begin(&t, &h, options, "faults");
    for (size_t i = 0; i < WORKLOAD_STEPS && goes_on(&t); i++)
      sweep_step(&t, i, stride);
    for (size_t i = 2; i < WORKLOAD_STEPS && goes_on(&t);
         i += options->effort > 1 ? 3 : 9)
      sweep_openings(&t, i);
    good = torture_report(&t.result) && good;
    good = torture_report(&t.openings) && good;
    end(&t);
    history_clear(&h);
  }
  return good;
}

bool torture_ends(const torture_options *options) {
  static history h;
  static tester t;
  if (!history_run(&h, WORKLOAD_NEW)) return false;
  begin(&t, &h, options, "faults at a change's end");
  for (size_t i = 0; i < WORKLOAD_STEPS && goes_on(&t); i++)
    sweep_step(&t, i, 0);
  bool good = torture_report(&t.result);
  end(&t);
  history_clear(&h);
  return good;
}

static bool memory_of(workload_kind kind, const torture_options *options) {
  static history h;
  static tester t;
  if (!history_run(&h, kind)) return false;
  begin(&t, &h, options, "out of memory");
  for (size_t i = 0; i < WORKLOAD_STEPS && goes_on(&t); i++)
    sweep_memory(&t, i, options->effort > 1 ? 3 : 150);
  bool good = torture_report(&t.result);
  end(&t);
  history_clear(&h);
  return good;
}

/* The short form knows one workload. */
bool torture_memory(const torture_options *options) {
  bool good = true;
  for (int kind = 0; kind < (options->effort > 1 ? WORKLOAD_KINDS : 1); kind++)
    good = memory_of((workload_kind)kind, options) && good;
  return good;
}
