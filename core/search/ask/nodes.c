/* nodes.c -- the tree is built here, so what ask.h calls const may be changed.
 */
#include "search/ask/nodes.h"

/* A field that says `in:any`, so that none around it is taken. */
#define EXPLICIT_ANY CAPSA_FIELD_COUNT

bool capsa_nodes_take(capsa_nodes *nodes, size_t count) {
  if (nodes->full || nodes->used + count > CAPSA_ASK_NODES_MAX)
    nodes->full = true;
  else nodes->used += count;
  return !nodes->full;
}

void capsa_nodes_put(capsa_nodes *nodes, capsa_node_list *list,
                     capsa_ask node) {
  capsa_ask *added = CAPSA_LIST_ADD(nodes->arena, list);
  if (added) *added = node;
}

capsa_ask capsa_nodes_make(capsa_ask_kind kind, const capsa_node_list *list) {
  return (capsa_ask){
      .kind = kind, .children = list->items, .child_count = list->count};
}

static capsa_ask *child(const capsa_ask *node, size_t i) {
  return (capsa_ask *)&node->children[i];
}

static bool takes_away_only(const capsa_ask *node) {
  if (node->kind != CAPSA_ASK_AND) return false;
  for (size_t i = 0; i < node->child_count; i++)
    if (node->children[i].kind != CAPSA_ASK_NOT) return false;
  return true;
}

void capsa_nodes_put_flat(capsa_nodes *nodes, capsa_node_list *list,
                          capsa_ask_kind kind, capsa_ask node) {
  if (node.kind != kind) capsa_nodes_put(nodes, list, node);
  else
    for (size_t i = 0; i < node.child_count; i++)
      capsa_nodes_put(nodes, list, node.children[i]);
}

bool capsa_nodes_make_all(const capsa_node_list *list, capsa_ask *out) {
  if (!list->count) return false;
  bool alone = list->count == 1 && list->items[0].kind != CAPSA_ASK_NOT;
  *out = alone ? list->items[0] : capsa_nodes_make(CAPSA_ASK_AND, list);
  return true;
}

capsa_ask capsa_nodes_ask_for(capsa_nodes *nodes, capsa_ask node) {
  if (!takes_away_only(&node)) return node;
  capsa_node_list list = {0};
  for (size_t i = 0; i < node.child_count; i++) {
    const capsa_ask *not = &node.children[i];
    if (not ->word_count) {
      capsa_ask word = *not ;
      word.kind = CAPSA_ASK_WORDS;
      word.children = NULL;
      word.child_count = 0;
      capsa_nodes_put(nodes, &list, word);
    }
    capsa_nodes_put_flat(nodes, &list, CAPSA_ASK_AND, not ->children[0]);
  }
  capsa_nodes_make_all(&list, &node);
  return node;
}

/* ---- fields that words stand in */

static bool is_scoped(const capsa_ask *node) {
  const capsa_ask *words =
      node->kind == CAPSA_ASK_NEAR ? &node->children[0] : node;
  return words->field != CAPSA_FIELD_ANY;
}

static capsa_ask in_field(capsa_nodes *nodes, const capsa_ask *node,
                          capsa_field field) {
  capsa_ask copy = *node;
  if (field == CAPSA_FIELD_ANY) field = EXPLICIT_ANY;
  if (node->kind == CAPSA_ASK_WORDS) copy.field = field;
  if (node->kind != CAPSA_ASK_NEAR) return copy;
  capsa_node_list list = {0};
  for (size_t i = 0; i < node->child_count; i++) {
    capsa_nodes_put(nodes, &list, node->children[i]);
    if (list.count) list.items[list.count - 1].field = field;
  }
  copy.children = list.items;
  return copy;
}

/* Of several fields any will do: an OR of the same in each. */
static void scope_one(capsa_nodes *nodes, capsa_ask *node, uint32_t fields) {
  capsa_node_list list = {0};
  if (is_scoped(node)) return;
  size_t size = 1 + node->child_count;
  for (int field = 0; field < CAPSA_FIELD_COUNT; field++) {
    if (!(fields >> field & 1)) continue;
    if (list.count &&
        !capsa_nodes_take(nodes, list.count == 1 ? size + 1 : size))
      break;
    capsa_nodes_put(nodes, &list, in_field(nodes, node, (capsa_field)field));
  }
  if (list.count == 1) *node = list.items[0];
  else if (list.count) *node = capsa_nodes_make(CAPSA_ASK_OR, &list);
}

void capsa_nodes_scope(capsa_nodes *nodes, capsa_ask *node, uint32_t fields) {
  if (node->kind == CAPSA_ASK_WORDS || node->kind == CAPSA_ASK_NEAR) {
    scope_one(nodes, node, fields);
    return;
  }
  for (size_t i = 0; i < node->child_count; i++)
    capsa_nodes_scope(nodes, child(node, i), fields);
}

bool capsa_nodes_unscoped(const capsa_ask *node) {
  if (node->kind == CAPSA_ASK_WORDS || node->kind == CAPSA_ASK_NEAR)
    return !is_scoped(node);
  for (size_t i = 0; i < node->child_count; i++)
    if (capsa_nodes_unscoped(&node->children[i])) return true;
  return false;
}

static size_t count_of(const capsa_ask *node) {
  size_t count = 1;
  for (size_t i = 0; i < node->child_count; i++)
    count += count_of(&node->children[i]);
  return count;
}

static capsa_ask copy_of(capsa_nodes *nodes, const capsa_ask *node) {
  capsa_ask copy = *node;
  capsa_node_list list = {0};
  for (size_t i = 0; i < node->child_count; i++)
    capsa_nodes_put(nodes, &list, copy_of(nodes, &node->children[i]));
  copy.children = list.items;
  copy.child_count = list.count;
  return copy;
}

void capsa_nodes_scope_away(capsa_nodes *nodes, capsa_node_list *list,
                            uint32_t fields) {
  size_t count = list->count;
  for (size_t i = 0; i < count; i++) {
    const capsa_ask *node = &list->items[i];
    if (node->kind == CAPSA_ASK_NOT || !capsa_nodes_unscoped(node)) continue;
    if (!capsa_nodes_take(nodes, 1 + count_of(node))) return;
    capsa_node_list one = {0};
    capsa_ask copy = copy_of(nodes, node);
    capsa_nodes_scope(nodes, &copy, fields);
    capsa_nodes_put(nodes, &one, copy);
    capsa_nodes_put(nodes, list, capsa_nodes_make(CAPSA_ASK_NOT, &one));
  }
}

void capsa_nodes_settle(capsa_ask *node) {
  if (node->field == EXPLICIT_ANY) node->field = CAPSA_FIELD_ANY;
  if (node->kind == CAPSA_ASK_NOT) node->word_count = 0;
  for (size_t i = 0; i < node->child_count; i++)
    capsa_nodes_settle(child(node, i));
}
