/* find.c -- the best passages, and no more looked at than may be among them.
 *
 * Where one word or beginning is wanted and a segment has champions of it, they
 * are the answer. Else the passages that match are walked over in order; once
 * the top is full, a stretch whose bound does not reach it is skipped, but only
 * where there are so many that nobody would count them.
 */
#include "index/find.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "index/node.h"

/* So many matches are all counted. */
#define COUNTED_MAX 1000

/* Passages between two questions whether to stop. */
#define STOP_EVERY 1024

typedef struct finding {
  const capsa_want *want;
  double mean_length;
  capsa_found *heap; /* the worst on top */
  size_t most, count, total;
  bool more;
  bool (*stop)(void *);
  void *context;
  capsa_arena *arena;
  capsa_status st;
} finding;

double capsa_idf(uint64_t passages, uint64_t df) {
  if (df > passages) df = passages;
  /* rounded: the last bit of a logarithm differs between C libraries */
  double value = log(1 + ((double)(passages - df) + 0.5) / ((double)df + 0.5));
  return floor(value * 1e6 + 0.5) / 1e6;
}

/* ---- the top */

static bool is_worse(const capsa_found *a, const capsa_found *b) {
  if (a->score < b->score || a->score > b->score) return a->score < b->score;
  if (a->segment != b->segment) return a->segment > b->segment;
  return a->passage > b->passage;
}

static void sink(finding *f, capsa_found item) {
  size_t at = 0;
  for (;;) {
    size_t child = at * 2 + 1;
    if (child >= f->count) break;
    if (child + 1 < f->count && is_worse(&f->heap[child + 1], &f->heap[child]))
      child++;
    if (!is_worse(&f->heap[child], &item)) break;
    f->heap[at] = f->heap[child];
    at = child;
  }
  f->heap[at] = item;
}

static void keep(finding *f, capsa_found item) {
  if (f->count == f->most) {
    if (f->count && is_worse(&f->heap[0], &item)) sink(f, item);
    return;
  }
  size_t at = f->count++;
  while (at && is_worse(&item, &f->heap[(at - 1) / 2])) {
    f->heap[at] = f->heap[(at - 1) / 2];
    at = (at - 1) / 2;
  }
  f->heap[at] = item;
}

static int by_rank(const void *a, const void *b) {
  return is_worse(a, b) ? 1 : is_worse(b, a) ? -1 : 0;
}

/* ---- one segment */

static bool is_allowed(const capsa_find_in *in, uint32_t passage) {
  return !in->allowed || in->allowed[passage / 64] >> (passage % 64) & 1;
}

/* The list whose champions are all that is wanted of the segment, or NULL. */
static const capsa_postings *champions_of(const finding *f,
                                          const capsa_find_in *in,
                                          const capsa_node *root) {
  if (in->allowed || root->want->only || f->most > CAPSA_CHAMPIONS) return NULL;
  if (root->want->kind == CAPSA_WANT_PREFIX && root->champions)
    return &root->postings[0];
  if (root->want->kind == CAPSA_WANT_WORD && root->child_count == 1 &&
      root->postings[0].champions.len)
    return &root->postings[0];
  return NULL;
}

static void take_champions(finding *f, const capsa_node *root,
                           const capsa_postings *list, uint32_t number) {
  const capsa_segment *segment = list->segment;
  double factor = root->want->kind == CAPSA_WANT_WORD ? root->factors[0] : 1;
  uint32_t passage, weight;
  for (uint32_t i = 0; capsa_postings_champion(list, i, &passage, &weight); i++)
    keep(f, (capsa_found){number, passage,
                          root->want->idf *
                              capsa_bm25(weight * factor,
                                         capsa_segment_length(segment, passage),
                                         f->mean_length)});
  f->total += list->df;
}

static void take_passage(finding *f, const capsa_find_in *in,
                         const capsa_node *root, uint32_t number) {
  if (!is_allowed(in, root->passage)) return;
  f->total++;
  keep(f, (capsa_found){number, root->passage, capsa_node_score(root)});
}

/* All that match, in order. */
static void walk_all(finding *f, const capsa_find_in *in, capsa_node *root,
                     uint32_t number) {
  uint32_t passage = 0, steps = 0;
  while (!f->st) {
    passage = capsa_node_seek(root, passage);
    if (passage == CAPSA_POSTINGS_END) break;
    take_passage(f, in, root, number);
    passage++;
    if (++steps % STOP_EVERY == 0 && f->stop && f->stop(f->context))
      f->st = CAPSA_EBUSY;
  }
}

/* Enough are counted and the top is full: only what beats it matters. */
static bool is_choosy(const finding *f) {
  return f->total >= COUNTED_MAX && f->count && f->count == f->most;
}

/* What a passage can have besides a share of the leader. */
static double rest_of(const capsa_node *root) {
  double rest = 0;
  if (root->want->kind == CAPSA_WANT_AND)
    for (uint32_t i = 0; i < root->child_count; i++)
      if (i != root->leader && !root->children[i].want->excluded)
        rest += root->children[i].most;
  return rest;
}

static double leader_idf(const capsa_node *root) {
  return root->want->kind == CAPSA_WANT_AND
             ? root->children[root->leader].want->idf
             : root->want->idf;
}

/* Cannot it be among the best? Once enough are counted, that decides. */
static bool falls_short(finding *f, double limit) {
  if (!is_choosy(f) || limit > f->heap[0].score) return false;
  f->more = true;
  return true;
}

/* Does the passage match, and may it still be among the best? What it has of
 * each child takes the place of what it could have had, cheapest first. */
static bool is_worth_it(finding *f, capsa_node *root, uint32_t passage,
                        uint32_t weight, double rest) {
  double limit =
      leader_idf(root) * capsa_node_share(root, passage, weight) + rest;
  if (falls_short(f, limit)) return false;
  bool sums = root->want->kind == CAPSA_WANT_AND;
  for (uint32_t i = 0; i < root->child_count; i++) {
    capsa_node *child = &root->children[i];
    if (i == root->leader) continue;
    if (capsa_node_test(child, passage) == child->want->excluded) return false;
    if (child->want->excluded || (!sums && !child->child_count)) continue;
    double score = capsa_node_score(child);
    if (sums) limit += score - child->most;
    else if (child->want->idf > 0 &&
             root->want->idf * score / child->want->idf < limit)
      limit = root->want->idf * score / child->want->idf;
    if (falls_short(f, limit)) return false;
  }
  return capsa_node_settle(root, passage);
}

/* One block of the leader. */
static void walk_block(finding *f, const capsa_find_in *in, capsa_node *root,
                       uint32_t number, double rest) {
  capsa_postings *list = root->children[root->leader].postings;
  const uint32_t *passages;
  const uint8_t *weights;
  uint32_t count = capsa_postings_block(list, &passages, &weights);
  for (uint32_t i = 0; i < count; i++) {
    capsa_postings_return(list, i);
    root->children[root->leader].passage = passages[i];
    if (is_worth_it(f, root, passages[i], weights[i], rest))
      take_passage(f, in, root, number);
  }
  capsa_postings_return(list, count);
}

/* Where the leader is one list: its blocks say what they can have at best. */
static void walk_blocks(finding *f, const capsa_find_in *in, capsa_node *root,
                        uint32_t number) {
  capsa_postings *list = root->children[root->leader].postings;
  double rest = rest_of(root), idf = leader_idf(root);
  uint32_t passage = capsa_postings_seek(list, 0), last, steps = 0;
  while (passage != CAPSA_POSTINGS_END && !f->st && !root->looking->st) {
    double bound = capsa_node_of_impact(
        root, idf, capsa_postings_bound(list, passage, &last));
    if (is_choosy(f) && bound + rest <= f->heap[0].score) {
      f->more = true;
    } else {
      if (capsa_postings_seek(list, passage) == CAPSA_POSTINGS_END) break;
      walk_block(f, in, root, number, rest);
    }
    passage = last + 1;
    if (++steps % 16 == 0 && f->stop && f->stop(f->context))
      f->st = CAPSA_EBUSY;
    if (last == root->looking->segment->head.passages - 1) break;
  }
  if (list->st) f->st = list->st;
}

static bool is_led_by_list(const capsa_node *root) {
  if ((root->want->kind != CAPSA_WANT_AND &&
       root->want->kind != CAPSA_WANT_PHRASE) ||
      !root->child_count)
    return false;
  const capsa_node *first = &root->children[root->leader];
  return first->want->kind == CAPSA_WANT_WORD && first->child_count == 1 &&
         !first->want->excluded;
}

static void find_in(finding *f, const capsa_find_in *in, uint32_t number) {
  const capsa_segment *segment = in->segment;
  capsa_looking looking;
  capsa_looking_start(&looking, segment, f->mean_length, f->arena);
  capsa_node root;
  capsa_node_open(&looking, f->want, &root);
  const capsa_postings *champions =
      looking.st ? NULL : champions_of(f, in, &root);
  if (champions) take_champions(f, &root, champions, number);
  else if (!looking.st && is_led_by_list(&root))
    walk_blocks(f, in, &root, number);
  else if (!looking.st) walk_all(f, in, &root, number);
  if (looking.st) f->st = looking.st;
}

capsa_status capsa_find(const capsa_find_in *in, size_t count,
                        const capsa_want *want, double mean_length, size_t most,
                        bool (*stop)(void *), void *context, capsa_arena *arena,
                        capsa_find_result *out) {
  finding f = {.want = want,
               .mean_length = mean_length,
               .most = most,
               .stop = stop,
               .context = context,
               .arena = arena};
  f.heap = capsa_arena_alloc(arena, (most + 1) * sizeof *f.heap);
  if (!f.heap) return CAPSA_ENOMEM;
  for (uint32_t i = 0; i < count && !f.st; i++) find_in(&f, &in[i], i);
  if (f.st) return f.st;
  if (f.count) qsort(f.heap, f.count, sizeof *f.heap, by_rank);
  *out = (capsa_find_result){f.heap, f.count, f.total, f.more};
  return CAPSA_OK;
}

capsa_status capsa_find_prefix(const capsa_segment *segment, capsa_slice prefix,
                               capsa_arena *arena, uint32_t *df) {
  char text[CAPSA_TERM_BYTES_MAX] = {CAPSA_TERM_PREFIX};
  capsa_entry_term term;
  *df = 0;
  if (prefix.len >= sizeof text) return CAPSA_OK;
  memcpy(text + 1, prefix.ptr, prefix.len);
  capsa_status st = capsa_segment_find(
      segment, (capsa_slice){text, prefix.len + 1}, arena, &term);
  if (st || term.df) {
    *df = term.df;
    return st;
  }
  capsa_segment_words words;
  st = capsa_segment_words_seek(segment, prefix, arena, &words);
  while (!st) {
    const capsa_entry_term *next;
    st = capsa_segment_words_next(&words, &next);
    if (st || !next || next->text_len < prefix.len ||
        memcmp(next->text, prefix.ptr, prefix.len) != 0)
      break;
    *df += next->df;
  }
  return st;
}
