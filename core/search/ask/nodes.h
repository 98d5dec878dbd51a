/* nodes.h -- inside of ask.h: how a tree is put together.
 *
 *   capsa_nodes            what they cost, and that there are no more
 *   capsa_nodes_take()     before a node is made
 *   capsa_nodes_put, …     rows of them
 *   capsa_nodes_scope, …   the field that their words stand in
 *
 * While it is built, an AND of nothing but NOT is allowed, and a NOT may have
 * the words that its sign was, for when it is read as text.
 */
#ifndef CAPSA_CORE_SEARCH_ASK_NODES_H
#define CAPSA_CORE_SEARCH_ASK_NODES_H

#include "search/ask.h"

typedef CAPSA_LIST(capsa_ask) capsa_node_list;

typedef struct capsa_nodes {
  capsa_arena *arena;
  size_t used; /* of CAPSA_ASK_NODES_MAX */
  bool full;   /* some were asked for that are not there */
} capsa_nodes;

/** @return whether there are so many more; else `full`, for good */
bool capsa_nodes_take(capsa_nodes *nodes, size_t count);

void capsa_nodes_put(capsa_nodes *nodes, capsa_node_list *list, capsa_ask node);

/** Put the node, or what is in it where it is of the kind that it goes into. */
void capsa_nodes_put_flat(capsa_nodes *nodes, capsa_node_list *list,
                          capsa_ask_kind kind, capsa_ask node);

capsa_ask capsa_nodes_make(capsa_ask_kind kind, const capsa_node_list *list);

/** An AND, or the only node, where that is no NOT. @return false where the
 * list is empty */
bool capsa_nodes_make_all(const capsa_node_list *list, capsa_ask *out);

/** The node, or where it only takes away what it takes away: there is nothing
 * to take it from, so signs were text, and `NOT` a word. */
capsa_ask capsa_nodes_ask_for(capsa_nodes *nodes, capsa_ask node);

/** Are there words in it that no field has? */
bool capsa_nodes_unscoped(const capsa_ask *node);

/** These words stand in one of `fields`, bits 1 << capsa_field: an OR of the
 * same in each. */
void capsa_nodes_scope(capsa_nodes *nodes, capsa_ask *node, uint32_t fields);

/** `-in:gloss`: what the list asks for, but not there. */
void capsa_nodes_scope_away(capsa_nodes *nodes, capsa_node_list *list,
                            uint32_t fields);

/** Take off what was only there for the building. */
void capsa_nodes_settle(capsa_ask *root);

#endif
