/* score.c -- BM25 of a passage, and what no passage exceeds. */
#include "index/node_parts.h"

typedef capsa_node node;

double capsa_node_share(const node *n, uint32_t passage, double weight) {
  const capsa_looking *l = n->looking;
  uint32_t length = capsa_segment_length(l->segment, passage);
  double tf = weight / 2;
  return tf * (CAPSA_BM25_K1 + 1) /
         (tf + (length < CAPSA_NORMS
                    ? l->norms[length]
                    : capsa_bm25_norm(length, l->mean_length)));
}

static double share(const node *n, double weight) {
  return capsa_node_share(n, n->passage, weight);
}

static double score_lists(const node *n) {
  double weight = 0;
  for (uint32_t i = 0; i < n->child_count; i++)
    if (n->postings[i].passage == n->passage)
      weight += n->postings[i].weight * n->factors[i];
  return weight;
}

double capsa_node_score(const node *n) {
  double score = 0;
  switch (n->want->kind) {
  case CAPSA_WANT_WORD: return n->want->idf * share(n, score_lists(n));
  case CAPSA_WANT_PREFIX:
    return n->want->idf * share(n, n->child_count ? score_lists(n)
                                   : n->weights
                                       ? n->weights[n->passage]
                                       : capsa_node_count_words(n, n->passage));
  case CAPSA_WANT_PHRASE:
    return n->want->idf * share(n, capsa_node_count_phrases(n, n->passage));
  default:
    for (uint32_t i = 0; i < n->child_count; i++) {
      const node *child = &n->children[i];
      if (!child->want->excluded && child->passage == n->passage)
        score += capsa_node_score(child);
    }
    return score;
  }
}

/* ---- bounds */

double capsa_node_of_impact(const node *n, double idf, double impact) {
  double most = impact / 255 * n->looking->stretch;
  return idf * (CAPSA_BM25_K1 + 1) * (most > 1 ? 1 : most);
}

/* The best champion is the best of all. */
static double best_impact(const capsa_postings *list) {
  uint32_t passage, weight;
  const capsa_segment *segment = list->segment;
  if (!capsa_postings_champion(list, 0, &passage, &weight)) return 255;
  return capsa_impact(weight, capsa_segment_length(segment, passage),
                      segment->mean_length);
}

static double most_of_lists(const node *n) {
  double sum = 0;
  for (uint32_t i = 0; i < n->child_count; i++)
    sum += best_impact(&n->postings[i]);
  return sum;
}

double capsa_node_find_most(const node *n) {
  double sum = 0;
  switch (n->want->kind) {
  case CAPSA_WANT_WORD:
    return capsa_node_of_impact(n, n->want->idf, most_of_lists(n));
  case CAPSA_WANT_PREFIX:
    return capsa_node_of_impact(n, n->want->idf,
                                n->child_count ? most_of_lists(n)
                                : n->champions ? best_impact(&n->postings[0])
                                               : 255);
  case CAPSA_WANT_PHRASE: return capsa_node_of_impact(n, n->want->idf, 255);
  default:
    for (uint32_t i = 0; i < n->child_count; i++)
      if (!n->children[i].want->excluded) sum += n->children[i].most;
    return sum;
  }
}
