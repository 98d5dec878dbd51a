#include "index/prefixes.h"

#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/utf8.h"

static bool is_worse(const capsa_champion *a, const capsa_champion *b) {
  return a->impact != b->impact ? a->impact < b->impact
                                : a->passage > b->passage;
}

static void sink_down(capsa_top *top, capsa_champion item) {
  uint32_t at = 0;
  for (;;) {
    uint32_t child = at * 2 + 1;
    if (child >= top->count) break;
    if (child + 1 < top->count &&
        is_worse(&top->items[child + 1], &top->items[child]))
      child++;
    if (!is_worse(&top->items[child], &item)) break;
    top->items[at] = top->items[child];
    at = child;
  }
  top->items[at] = item;
}

static void rise_up(capsa_top *top, capsa_champion item) {
  uint32_t at = top->count++;
  while (at && is_worse(&item, &top->items[(at - 1) / 2])) {
    top->items[at] = top->items[(at - 1) / 2];
    at = (at - 1) / 2;
  }
  top->items[at] = item;
}

void capsa_top_add(capsa_top *top, capsa_champion champion) {
  if (top->count < CAPSA_CHAMPIONS) rise_up(top, champion);
  else if (is_worse(&top->items[0], &champion)) sink_down(top, champion);
}

static int by_rank(const void *a, const void *b) {
  return is_worse(a, b) ? 1 : -1;
}

void capsa_top_put(capsa_top *top, capsa_buf *buf) {
  qsort(top->items, top->count, sizeof *top->items, by_rank);
  for (uint32_t i = 0; i < CAPSA_CHAMPIONS; i++) {
    bool some = i < top->count;
    capsa_put_u32(buf, some ? top->items[i].passage : 0);
    capsa_buf_putc(buf, some ? (char)top->items[i].weight : 0);
  }
  top->count = 0;
}

/* Where each of the first characters of a word ends; the whole word is no
 * beginning of itself that would need to be told from it, but counts. */
static uint32_t cut_characters(capsa_slice word,
                               size_t ends[CAPSA_PREFIX_CHARACTERS_MAX]) {
  uint32_t count = 0;
  for (size_t at = 0; at < word.len && count < CAPSA_PREFIX_CHARACTERS_MAX;) {
    at += capsa_utf8_next(word, at).len;
    ends[count++] = at;
  }
  return count;
}

/* How many of the beginnings under way are beginnings of `word` too. */
static uint32_t count_kept(const capsa_prefixes *p, capsa_slice word) {
  uint32_t kept = 0;
  while (kept < p->depth && p->lens[kept] <= word.len &&
         !memcmp(p->text, word.ptr, p->lens[kept]))
    kept++;
  return kept;
}

/* `word` is the one under way from here on; those that it does not share were
 * left before. */
static uint32_t descend(capsa_prefixes *p, capsa_slice word) {
  uint32_t kept = p->depth;
  p->depth = cut_characters(word, p->lens);
  if (word.len > sizeof p->text) p->depth = 0;
  if (p->depth) memcpy(p->text, word.ptr, p->lens[p->depth - 1]);
  return kept;
}

static void want(capsa_prefixes *p, uint32_t level) {
  capsa_prefix *added = CAPSA_LIST_ADD(p->arena, &p->wanted);
  if (!added) {
    p->failed = true;
    return;
  }
  added->text =
      capsa_arena_copy(p->arena, (capsa_slice){p->text, p->lens[level]});
  added->postings = p->sums[level];
}

void capsa_prefixes_count(capsa_prefixes *p, capsa_slice word, uint32_t df) {
  uint32_t kept = count_kept(p, word);
  while (p->depth > kept) {
    p->depth--;
    if (p->sums[p->depth] > CAPSA_PREFIX_FROM) want(p, p->depth);
  }
  for (uint32_t i = descend(p, word); i < p->depth; i++) p->sums[i] = 0;
  for (uint32_t i = 0; i < p->depth; i++) p->sums[i] += df;
}

static int by_text(const void *a, const void *b) {
  const capsa_prefix *one = a, *other = b;
  return capsa_slice_compare(one->text, other->text);
}

void capsa_prefixes_begin(capsa_prefixes *p, uint32_t passages,
                          const char *lengths, double mean_length) {
  if (p->wanted.count)
    qsort(p->wanted.items, p->wanted.count, sizeof *p->wanted.items, by_text);
  p->passages = passages;
  p->lengths = lengths;
  p->mean_length = mean_length;
  p->depth = 0;
}

static capsa_prefix *find_wanted(const capsa_prefixes *p, capsa_slice text) {
  capsa_prefix key = {.text = text};
  return p->wanted.count ? bsearch(&key, p->wanted.items, p->wanted.count,
                                   sizeof key, by_text)
                         : NULL;
}

/* All words that begin so are through. */
static void leave(capsa_prefixes *p, capsa_prefixes_level *level) {
  capsa_prefix *prefix = level->prefix;
  capsa_top top = {0};
  capsa_buf buf = {0};
  level->prefix = NULL;
  if (!prefix) return;
  for (uint32_t i = 0; i < p->passages; i++) {
    uint8_t weight = level->weights[i];
    if (!weight) continue;
    prefix->df++;
    capsa_top_add(
        &top, (capsa_champion){i, weight,
                               capsa_impact(weight, capsa_u16_at(p->lengths, i),
                                            p->mean_length)});
  }
  capsa_top_put(&top, &buf);
  if (capsa_buf_take(&buf, p->arena, &prefix->champions)) p->failed = true;
}

static void start(capsa_prefixes *p, capsa_prefixes_level *level, size_t len) {
  level->prefix = find_wanted(p, (capsa_slice){p->text, len});
  if (!level->prefix) return;
  if (!level->weights)
    level->weights = capsa_arena_alloc(p->arena, p->passages);
  if (level->weights) {
    memset(level->weights, 0, p->passages);
  } else {
    level->prefix = NULL;
    p->failed = true;
  }
}

void capsa_prefixes_enter(capsa_prefixes *p, capsa_slice word) {
  if (!p->wanted.count) return;
  uint32_t kept = count_kept(p, word);
  while (p->depth > kept) leave(p, &p->levels[--p->depth]);
  for (uint32_t i = descend(p, word); i < p->depth; i++)
    start(p, &p->levels[i], p->lens[i]);
}

void capsa_prefixes_add(capsa_prefixes *p, uint32_t passage, uint32_t weight) {
  /* a longer beginning has no more postings than a shorter one */
  for (uint32_t i = 0; i < p->depth && p->levels[i].prefix; i++) {
    uint8_t *at = &p->levels[i].weights[passage];
    *at = *at + weight > UINT8_MAX ? UINT8_MAX : (uint8_t)(*at + weight);
  }
}
