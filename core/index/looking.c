/* looking.c -- look through the words of a passage: what lists alone do not
 * tell. */
#include <string.h>

#include "base/slice.h"
#include "index/node_parts.h"

typedef capsa_node node;

void *capsa_looking_take(capsa_looking *l, size_t size) {
  void *memory = capsa_arena_alloc(l->arena, size ? size : 1);
  if (!memory) capsa_looking_fail(l, CAPSA_ENOMEM);
  return memory;
}

void capsa_looking_start(capsa_looking *l, const capsa_segment *segment,
                         double mean_length, capsa_arena *arena) {
  *l = (capsa_looking){.segment = segment,
                       .mean_length = mean_length,
                       .stretch = 1,
                       .arena = arena,
                       .looked_at = UINT32_MAX};
  if (mean_length > segment->mean_length)
    l->stretch = mean_length / segment->mean_length;
  for (uint32_t i = 0; i < CAPSA_NORMS; i++)
    l->norms[i] = capsa_bm25_norm(i, mean_length);
}

static void keep_word(capsa_looking *l, uint32_t rank, uint8_t field) {
  if (l->word_count == l->word_cap) {
    uint32_t cap = l->word_cap ? l->word_cap * 2 : 512;
    uint32_t *words = capsa_looking_take(l, cap * sizeof *words);
    uint8_t *fields = capsa_looking_take(l, cap);
    if (!words || !fields) return;
    if (l->word_count) {
      memcpy(words, l->words, l->word_count * sizeof *words);
      memcpy(fields, l->fields, l->word_count);
    }
    l->words = words, l->fields = fields, l->word_cap = cap;
  }
  l->words[l->word_count] = rank;
  l->fields[l->word_count++] = field;
}

static void look_at(capsa_looking *l, uint32_t passage) {
  capsa_forward forward;
  uint32_t rank;
  if (l->looked_at == passage) return;
  l->looked_at = passage;
  l->word_count = 0;
  l->plain_count = UINT32_MAX;
  capsa_status st = capsa_forward_open(l->segment, passage, l->arena, &forward);
  while (!st && !l->st && capsa_forward_next(&forward, &rank)) {
    if (forward.extra && l->plain_count == UINT32_MAX)
      l->plain_count = l->word_count;
    keep_word(l, rank, forward.field);
  }
  if (l->plain_count == UINT32_MAX) l->plain_count = l->word_count;
  if (!st && forward.rest.bad) st = CAPSA_ECORRUPT;
  if (st) capsa_looking_fail(l, st);
}

static uint32_t term_of(capsa_looking *l, uint32_t rank) {
  if (rank >= l->segment->head.terms) return UINT32_MAX;
  if (!l->terms) {
    capsa_status st = capsa_segment_terms(l->segment, l->arena, &l->terms);
    if (st) {
      capsa_looking_fail(l, st);
      return UINT32_MAX;
    }
  }
  return capsa_u32_at(l->terms, rank);
}

/* Is the word with this rank one that the node wants? */
static bool is_wanted(const node *n, uint32_t rank) {
  if (n->want->kind == CAPSA_WANT_PREFIX && n->terms.end) {
    uint32_t term = term_of(n->looking, rank);
    return term >= n->terms.first && term < n->terms.end;
  }
  for (uint32_t i = 0; i < n->child_count; i++)
    if (n->ranks[i] == rank) return true;
  return false;
}

/* Weight of a beginning in a passage that is looked at. */
uint32_t capsa_node_count_words(const node *n, uint32_t passage) {
  capsa_looking *l = n->looking;
  uint32_t weight = 0;
  look_at(l, passage);
  for (uint32_t i = 0; i < l->word_count; i++)
    if (is_wanted(n, l->words[i])) weight += 2;
  return weight > UINT8_MAX ? UINT8_MAX : weight;
}

/* ---- phrases */

static bool is_in_field(const node *n, uint32_t at) {
  uint8_t field = n->want->field;
  const capsa_looking *l = n->looking;
  if (!field) return true;
  uint8_t kind = capsa_segment_kind(l->segment, l->looked_at);
  return l->fields[at] ? l->fields[at] == field : kind == field;
}

static bool stands_side_by_side(const node *n, uint32_t at) {
  const capsa_looking *l = n->looking;
  if (l->plain_count - at < n->child_count) return false;
  for (uint32_t i = 0; i < n->child_count; i++)
    if (!is_wanted(&n->children[i], l->words[at + i]) ||
        !is_in_field(n, at + i))
      return false;
  return true;
}

/* Do all words stand within the distance, the first of them at `at`? */
static bool stands_near(const node *n, uint32_t at) {
  const capsa_looking *l = n->looking;
  uint32_t end = at + n->want->distance + 1;
  uint64_t seen = 0, all = ((uint64_t)1 << (n->child_count - 1) << 1) - 1;
  if (end > l->plain_count) end = l->plain_count;
  for (uint32_t i = at; i < end; i++)
    for (uint32_t c = 0; c < n->child_count; c++)
      if (is_wanted(&n->children[c], l->words[i]) && is_in_field(n, i)) {
        if (i == at || seen) seen |= (uint64_t)1 << c;
      }
  return seen == all;
}

uint32_t capsa_node_count_phrases(const node *n, uint32_t passage) {
  capsa_looking *l = n->looking;
  uint32_t weight = 0;
  look_at(l, passage);
  for (uint32_t at = 0; at < l->plain_count && !l->st; at++)
    if (n->want->distance ? stands_near(n, at) : stands_side_by_side(n, at))
      weight += 2;
  return weight > UINT8_MAX ? UINT8_MAX : weight;
}
