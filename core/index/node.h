/* node.h -- a want, opened in one segment: walks over the passages that match.
 *
 *   capsa_node_open(), capsa_node_seek(), capsa_node_score(),
 *   capsa_node_bound()
 */
#ifndef CAPSA_CORE_INDEX_NODE_H
#define CAPSA_CORE_INDEX_NODE_H

#include "index/find.h"

/** Lengths of passages whose norm is worked out once. */
#define CAPSA_NORMS 256

typedef struct capsa_span_of_terms {
  uint32_t first, end; /* numbers of terms */
} capsa_span_of_terms;

typedef struct capsa_node {
  const capsa_want *want;
  uint32_t passage; /* where it stands; CAPSA_POSTINGS_END */
  uint64_t cost;    /* postings to walk over, about */
  struct capsa_node *children;
  uint32_t child_count;
  uint32_t leader; /* the child that walks; the others are tested */
  /* of a word: one of each form that the segment has */
  capsa_postings *postings;
  double *factors;
  uint32_t *ranks;
  /* of a beginning */
  capsa_span_of_terms terms;
  uint8_t *weights; /* by passage, where walked over; else NULL */
  double most;      /* what no passage exceeds */
  bool champions;   /* postings[0] has them */
  struct capsa_looking *looking;
} capsa_node;

/** What all nodes of a segment share. */
typedef struct capsa_looking {
  const capsa_segment *segment;
  double mean_length;
  double
      stretch; /* how much higher impacts are than under the segment's mean */
  capsa_arena *arena;
  const char *terms; /* by rank, read when first wanted */
  uint32_t *words;   /* of the passage looked at; ranks */
  uint8_t *fields;
  uint32_t word_count, plain_count, word_cap;
  uint32_t looked_at;        /* that passage */
  double norms[CAPSA_NORMS]; /* of lengths: what BM25 adds to occurrences */
  capsa_status st;           /* sticky */
} capsa_looking;

/** Begin to look in a segment. */
void capsa_looking_start(capsa_looking *looking, const capsa_segment *segment,
                         double mean_length, capsa_arena *arena);

/** Open `want`; a failure is in looking->st. */
void capsa_node_open(capsa_looking *looking, const capsa_want *want,
                     capsa_node *out);

/** Go to the first passage that matches and is not before `passage`. */
uint32_t capsa_node_seek(capsa_node *node, uint32_t passage);

/** Does `passage`, which is not before the last one, match? */
bool capsa_node_test(capsa_node *node, uint32_t passage);

/** The same for an AND or a PHRASE whose children have all been tested there
 * and match. */
bool capsa_node_settle(capsa_node *node, uint32_t passage);

/** BM25 of the passage where it stands. */
double capsa_node_score(const capsa_node *node);

/** The share of BM25 of so much weight in a passage, before idf. */
double capsa_node_share(const capsa_node *node, uint32_t passage,
                        double weight);

/** What an impact of the segment is at most under the mean that holds. */
double capsa_node_of_impact(const capsa_node *node, double idf, double impact);

#endif
