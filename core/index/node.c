/* node.c -- open a want in a segment and walk over the passages that match. */
#include "index/node.h"

#include "index/node_parts.h"

/* A passage's words are looked through in about the time in which so many
 * postings are decoded. */
#define LOOK_COST 200

typedef capsa_node node;

static void open_children(node *n) {
  const capsa_want *want = n->want;
  n->child_count = (uint32_t)want->child_count;
  n->children =
      capsa_looking_take(n->looking, want->child_count * sizeof *n->children);
  if (!n->children) {
    n->child_count = 0;
    return;
  }
  n->cost = want->kind == CAPSA_WANT_OR ? 0 : UINT64_MAX;
  for (uint32_t i = 0; i < n->child_count; i++) {
    capsa_node_open(n->looking, &want->children[i], &n->children[i]);
    uint64_t cost = n->children[i].cost;
    if (want->kind == CAPSA_WANT_OR) n->cost += cost;
    else if (cost < n->cost && !want->children[i].excluded) n->cost = cost;
  }
}

/* Cheapest first, what takes away last: the order of the tests. */
static bool comes_before(const node *a, const node *b) {
  if (a->want->excluded != b->want->excluded) return b->want->excluded;
  return a->cost < b->cost;
}

/* A phrase's children stay in its order: it has another array to walk. */
static void sort_children(node *n) {
  for (uint32_t i = 1; i < n->child_count; i++) {
    node moved = n->children[i];
    uint32_t at = i;
    for (; at && comes_before(&moved, &n->children[at - 1]); at--)
      n->children[at] = n->children[at - 1];
    n->children[at] = moved;
  }
}

static uint32_t find_leader(const node *n) {
  uint32_t best = 0;
  for (uint32_t i = 1; i < n->child_count; i++)
    if (comes_before(&n->children[i], &n->children[best])) best = i;
  return best;
}

void capsa_node_open(capsa_looking *l, const capsa_want *want, node *out) {
  *out = (node){.want = want, .looking = l};
  if (l->st) return;
  if (want->kind == CAPSA_WANT_WORD) {
    capsa_node_open_word(out);
  } else if (want->kind == CAPSA_WANT_PREFIX) {
    capsa_node_open_prefix(out);
  } else {
    open_children(out);
    if (want->kind == CAPSA_WANT_AND) sort_children(out);
    out->leader = find_leader(out);
  }
  if (!l->st) out->most = capsa_node_find_most(out);
}

/* ---- walk */

static uint32_t seek_lists(node *n, uint32_t passage) {
  uint32_t best = CAPSA_POSTINGS_END;
  for (uint32_t i = 0; i < n->child_count; i++) {
    uint32_t at = n->postings[i].passage;
    if (at < passage || (!at && !n->postings[i].count))
      at = capsa_postings_seek(&n->postings[i], passage);
    if (n->postings[i].st) capsa_looking_fail(n->looking, n->postings[i].st);
    if (at < best) best = at;
  }
  return best;
}

static uint32_t seek_weights(const node *n, uint32_t passage) {
  uint32_t end = n->looking->segment->head.passages;
  while (passage < end && !n->weights[passage]) passage++;
  return passage < end ? passage : CAPSA_POSTINGS_END;
}

static uint32_t seek_prefix(node *n, uint32_t passage) {
  if (n->child_count || !n->terms.end) return seek_lists(n, passage);
  if (!n->weights) capsa_node_walk_prefix(n);
  return n->weights ? seek_weights(n, passage) : CAPSA_POSTINGS_END;
}

static uint32_t seek_any(node *n, uint32_t passage) {
  uint32_t best = CAPSA_POSTINGS_END;
  for (uint32_t i = 0; i < n->child_count; i++) {
    uint32_t at = capsa_node_seek(&n->children[i], passage);
    if (at < best) best = at;
  }
  return best;
}

static bool test_others(node *n, const node *first, uint32_t passage) {
  for (uint32_t i = 0; i < n->child_count; i++) {
    node *child = &n->children[i];
    if (child != first &&
        capsa_node_test(child, passage) == child->want->excluded)
      return false;
  }
  return true;
}

static uint32_t seek_all(node *n, uint32_t passage) {
  node *first = n->child_count ? &n->children[n->leader] : NULL;
  if (!first || first->want->excluded) return CAPSA_POSTINGS_END;
  for (;;) {
    passage = capsa_node_seek(first, passage);
    if (passage == CAPSA_POSTINGS_END || n->looking->st)
      return CAPSA_POSTINGS_END;
    if (test_others(n, first, passage) &&
        (n->want->kind != CAPSA_WANT_PHRASE ||
         capsa_node_count_phrases(n, passage)))
      return passage;
    passage++;
  }
}

static bool is_allowed(const node *n, uint32_t passage) {
  uint8_t only = n->want->only;
  return !only || capsa_segment_kind(n->looking->segment, passage) == only;
}

uint32_t capsa_node_seek(node *n, uint32_t passage) {
  if (n->looking->st) return n->passage = CAPSA_POSTINGS_END;
  for (;; passage++) {
    switch (n->want->kind) {
    case CAPSA_WANT_WORD: passage = seek_lists(n, passage); break;
    case CAPSA_WANT_PREFIX: passage = seek_prefix(n, passage); break;
    case CAPSA_WANT_OR: passage = seek_any(n, passage); break;
    default: passage = seek_all(n, passage);
    }
    n->passage = passage;
    if (passage == CAPSA_POSTINGS_END || is_allowed(n, passage)) return passage;
  }
}

/* A node stands where it was found to match, and nowhere else. */
static bool stands(node *n, uint32_t passage, bool matches) {
  if (matches) n->passage = passage;
  return matches;
}

/* A beginning is looked for in the passage's words as long as that is cheaper
 * than to walk over all it stands for. */
static bool test_prefix(node *n, uint32_t passage) {
  if (n->child_count || !n->terms.end || n->weights)
    return capsa_node_seek(n, passage) == passage;
  if (n->cost < LOOK_COST) return capsa_node_seek(n, passage) == passage;
  n->cost -= LOOK_COST;
  return stands(n, passage,
                is_allowed(n, passage) && capsa_node_count_words(n, passage));
}

static bool test_any(node *n, uint32_t passage) {
  bool some = false;
  for (uint32_t i = 0; i < n->child_count; i++)
    some |= capsa_node_test(&n->children[i], passage);
  return stands(n, passage, some && is_allowed(n, passage));
}

bool capsa_node_settle(node *n, uint32_t passage) {
  return stands(n, passage,
                is_allowed(n, passage) &&
                    (n->want->kind != CAPSA_WANT_PHRASE ||
                     capsa_node_count_phrases(n, passage)));
}

bool capsa_node_test(node *n, uint32_t passage) {
  if (n->looking->st) return false;
  switch (n->want->kind) {
  case CAPSA_WANT_PREFIX: return test_prefix(n, passage);
  case CAPSA_WANT_OR: return test_any(n, passage);
  case CAPSA_WANT_WORD: return capsa_node_seek(n, passage) == passage;
  default:
    return n->child_count && test_others(n, NULL, passage) &&
           capsa_node_settle(n, passage);
  }
}
