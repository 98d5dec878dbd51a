/* cuts.c -- the power goes, or the process is killed, at every write.
 *
 * A workload is run once. Its log is gone through op by op; after each, the
 * disk is put together as a cut may have left it, in several ways, and the
 * library on it is opened and judged: all that was acknowledged is there, and
 * what was under way is there entirely or not at all. Ways that give the same
 * bytes are tried once. Now and then the power goes again while the library
 * recovers.
 */
#include <stdio.h>
#include <string.h>

#include "history.h"

#define WAYS_MAX 256
#define CUTS_SHORT 1500 /* of a workload, about */
#define CUTS_LONG 50000
#define AGAIN_EACH 16 /* one cut in so many is cut again */
#define AGAIN_MAX 12  /* times, over the recovery */
#define WRITE_EACH 8  /* and one in so many is written to */

typedef struct cutter {
  const history *h;
  const torture_options *options;
  disk_random random;
  disk_replay replay, second;
  disk_image image, image2;
  disk_log log; /* of a recovery */
  size_t ways;  /* tried after an op */
  torture_result cuts, kills, again;
} cutter;

/* The moments that the library may be found at after `ops` of the log. */
static void allowed(const history *h, size_t ops, size_t *first, size_t *last) {
  size_t i = 0;
  while (i < WORKLOAD_STEPS && h->moments[i].done <= ops &&
         h->moments[i + 1].done <= ops)
    i++;
  *first = i;
  *last = i < WORKLOAD_STEPS && h->moments[i].done <= ops &&
                  h->moments[i + 1].begun <= ops
              ? i + 1
              : i;
}

static const char *where(const cutter *c, const char *what, size_t ops) {
  static char words[120];
  const disk_op *op = &c->h->log.ops[ops - 1];
  static const char *const kinds[] = {"write", "truncate", "flush"};
  snprintf(words, sizeof words, "%s, seed %llu, %s after op %zu (%s of %s)",
           workload_names[c->h->kind], (unsigned long long)c->options->seed,
           what, ops, kinds[op->kind], op->name);
  return words;
}

/* Open what is on the image, log what that writes, and cut there too. */
static void cut_again(cutter *c, size_t ops, size_t first, size_t last) {
  capsa_library *library = NULL;
  disk_load(&c->image);
  disk_log_to(&c->log);
  if (!workload_open(c->h->kind, &library)) capsa_library_close(library);
  disk_log_to(NULL);
  disk_replay_begin(&c->second, &c->image);
  size_t stride = c->log.count / AGAIN_MAX + 1;
  for (size_t i = 0; i < c->log.count; i++) {
    disk_replay_step(&c->second, &c->log.ops[i]);
    if (i % stride != stride - 1 && i + 1 < c->log.count) continue;
    disk_replay_cut(&c->second, &c->random, &c->image2);
    (void)judge(c->h, &c->image2, first, last, where(c, "second cut", ops),
                &c->again);
  }
  disk_log_clear(&c->log);
}

static bool is_new(uint64_t hash, uint64_t *seen, size_t *count) {
  for (size_t i = 0; i < *count; i++)
    if (seen[i] == hash) return false;
  seen[(*count)++] = hash;
  return true;
}

static void cut_at(cutter *c, size_t ops) {
  size_t first, last, seen_count = 0;
  uint64_t seen[WAYS_MAX];
  allowed(c->h, ops, &first, &last);
  (void)judge(c->h, &c->replay.now, first, last, where(c, "kill", ops),
              &c->kills);
  for (size_t i = 0; i < c->ways; i++) {
    disk_replay_cut(&c->replay, &c->random, &c->image);
    if (!is_new(disk_image_hash(&c->image), seen, &seen_count)) continue;
    bool write = c->cuts.tried % WRITE_EACH == 0;
    bool good = (write ? judge_and_write : judge)(
        c->h, &c->image, first, last, where(c, "cut", ops), &c->cuts);
    if (good && c->cuts.tried % AGAIN_EACH == 0) cut_again(c, ops, first, last);
  }
}

static bool found(const cutter *c) {
  return c->cuts.lost + c->cuts.corrupt + c->kills.lost + c->kills.corrupt +
         c->again.lost + c->again.corrupt;
}

static void name(torture_result *result, const char *what, workload_kind kind) {
  snprintf(result->name, sizeof result->name, "%s, %s", what,
           workload_names[kind]);
}

static void begin(cutter *c, const history *h, const torture_options *options) {
  memset(c, 0, sizeof *c);
  c->h = h, c->options = options;
  c->random.state = options->seed + (uint64_t)h->kind;
  name(&c->cuts, "power cuts", h->kind);
  name(&c->kills, "kills", h->kind);
  name(&c->again, "cut while recovering", h->kind);
  disk_replay_begin(&c->replay, &h->start);
}

static void clear(cutter *c) {
  disk_replay_clear(&c->replay);
  disk_replay_clear(&c->second);
  disk_image_clear(&c->image);
  disk_image_clear(&c->image2);
}

static bool end(cutter *c) {
  clear(c);
  bool good = torture_report(&c->cuts);
  good = torture_report(&c->kills) && good;
  return torture_report(&c->again) && good;
}

/* The short form passes over ops where there are many; where a change begins
 * and ends it does not. */
static bool cut_workload(const history *h, const torture_options *options) {
  static cutter c;
  bool whole = options->effort > 1;
  size_t wanted = whole ? CUTS_LONG : CUTS_SHORT, ops = h->log.count;
  size_t stride = whole ? 1 : 1 + ops / (wanted / 4);
  begin(&c, h, options);
  c.ways = wanted / (ops / stride) + 2;
  if (c.ways > WAYS_MAX) c.ways = WAYS_MAX;
  for (size_t i = 0; i < ops && !(options->stop && found(&c)); i++) {
    disk_replay_step(&c.replay, &h->log.ops[i]);
    if (i % stride && h->log.ops[i].kind == DISK_OP_WRITE) continue;
    cut_at(&c, i + 1);
  }
  printf("# %s: %zu operations on the disk\n", workload_names[h->kind], ops);
  return end(&c);
}

bool torture_cuts(const torture_options *options) {
  static history h;
  bool good = true;
  for (int kind = 0; kind < WORKLOAD_KINDS; kind++) {
    if (options->stop && !good) break;
    good = history_run(&h, (workload_kind)kind) && cut_workload(&h, options) &&
           good;
    history_clear(&h);
  }
  return good;
}

void torture_try_cuts(const history *h, const torture_options *options,
                      size_t wanted, torture_result *result) {
  static cutter c;
  begin(&c, h, options);
  c.ways = wanted / h->log.count + 1;
  for (size_t i = 0; i < h->log.count; i++) {
    disk_replay_step(&c.replay, &h->log.ops[i]);
    size_t first, last;
    allowed(h, i + 1, &first, &last);
    for (size_t n = 0; n < c.ways; n++) {
      disk_replay_cut(&c.replay, &c.random, &c.image);
      (void)judge(h, &c.image, first, last, where(&c, "cut", i + 1), result);
    }
  }
  clear(&c);
}
