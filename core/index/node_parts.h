/* node_parts.h -- what the files of a node share.
 *
 *   node.c     opens it and walks
 *   terms.c    words and beginnings of words, opened in a segment
 *   looking.c  the words of one passage, looked through
 *   score.c    BM25, and what no passage exceeds
 */
#ifndef CAPSA_CORE_INDEX_NODE_PARTS_H
#define CAPSA_CORE_INDEX_NODE_PARTS_H

#include "index/node.h"

static inline void capsa_looking_fail(capsa_looking *looking, capsa_status st) {
  if (!looking->st) looking->st = st;
}

/** Zeroed memory for the time of the query, or NULL, and then it failed. */
void *capsa_looking_take(capsa_looking *looking, size_t size);

void capsa_node_open_word(capsa_node *node);
void capsa_node_open_prefix(capsa_node *node);

/** Add up all postings of a beginning in node->weights, by passage. */
void capsa_node_walk_prefix(capsa_node *node);

/** The weight in a passage of the words that begin so. */
uint32_t capsa_node_count_words(const capsa_node *node, uint32_t passage);

/** The weight of a phrase in a passage. */
uint32_t capsa_node_count_phrases(const capsa_node *node, uint32_t passage);

/** What no passage exceeds; node->most, once it is open. */
double capsa_node_find_most(const capsa_node *node);

#endif
