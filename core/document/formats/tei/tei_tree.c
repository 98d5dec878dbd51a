#include "document/formats/tei/tei_tree.h"

#include <string.h>

#include "base/slice.h"

static capsa_slice *copy_attributes(capsa_tei *r, capsa_xml_attributes from) {
  size_t count = 0;
  while (from[count]) count++;
  capsa_slice *to =
      capsa_arena_alloc(r->draft->arena, (count + 1) * sizeof *to);
  for (size_t i = 0; to && i < count; i++)
    to[i] = capsa_arena_copy(r->draft->arena, capsa_slice_of(from[i]));
  return to;
}

void capsa_tei_tree_open(capsa_tei *r, const char *name,
                         capsa_xml_attributes attributes) {
  capsa_tei_node *node = capsa_arena_alloc(r->draft->arena, sizeof *node);
  if (!node) { /* its end must still find it */
    r->skipped++;
    return;
  }
  node->name = capsa_arena_string(r->draft->arena, capsa_slice_of(name));
  if (!node->name) node->name = "";
  node->attributes = copy_attributes(r, attributes);
  node->parent = r->node;
  if (!r->node) r->root = node;
  else if (r->node->last) r->node->last->next = node;
  else r->node->first = node;
  if (r->node) r->node->last = node;
  r->node = node;
}

/* Text comes in lines: many pieces, which are joined when it is asked for. */
void capsa_tei_tree_put(capsa_tei *r, capsa_slice text) {
  capsa_tei_node *piece = capsa_arena_alloc(r->draft->arena, sizeof *piece);
  if (!piece) return;
  piece->name = "";
  piece->text = capsa_arena_copy(r->draft->arena, text);
  piece->parent = r->node;
  if (r->node->last) r->node->last->next = piece;
  else r->node->first = piece;
  r->node->last = piece;
}

void capsa_tei_tree_close(capsa_tei *r) {
  r->node = r->node->parent;
  if (!r->node) capsa_tei_header_read(r, r->root);
}

const capsa_tei_node *capsa_tei_node_child(const capsa_tei_node *node,
                                           const char *name,
                                           const capsa_tei_node *after) {
  const capsa_tei_node *child = after ? after->next : node ? node->first : NULL;
  while (child && strcmp(child->name, name)) child = child->next;
  return child;
}

const capsa_tei_node *capsa_tei_node_at(const capsa_tei_node *node,
                                        const char *path) {
  while (node && *path) {
    char name[32];
    size_t len = strcspn(path, "/");
    if (len >= sizeof name) return NULL;
    memcpy(name, path, len);
    name[len] = 0;
    node = capsa_tei_node_child(node, name, NULL);
    path += len + (path[len] == '/');
  }
  return node;
}

const capsa_tei_node *capsa_tei_node_next(const capsa_tei_node *root,
                                          const capsa_tei_node *node) {
  if (node->first) return node->first;
  while (node != root && !node->next) node = node->parent;
  return node == root ? NULL : node->next;
}

const capsa_tei_node *capsa_tei_node_find(const capsa_tei_node *node,
                                          const char *name) {
  const capsa_tei_node *at = node;
  while (at && (at = capsa_tei_node_next(node, at)))
    if (!strcmp(at->name, name)) return at;
  return NULL;
}

capsa_slice capsa_tei_node_text(capsa_tei *r, const capsa_tei_node *node) {
  capsa_buf buf = {0};
  capsa_slice all = {0};
  for (const capsa_tei_node *at = node; at; at = capsa_tei_node_next(node, at))
    capsa_buf_put(&buf, at->text);
  if (!buf.len && !buf.failed) return all;
  if (capsa_buf_take(&buf, r->draft->arena, &all)) return (capsa_slice){0};
  if (r->settled) return all; /* as it was written */
  return capsa_slice_trim(capsa_draft_squeeze(r->draft->arena, all));
}

capsa_slice capsa_tei_node_attribute(const capsa_tei_node *node,
                                     const char *name) {
  capsa_slice wanted = capsa_slice_of(name);
  if (!node || !node->attributes) return (capsa_slice){0};
  for (const capsa_slice *a = node->attributes; a->len; a += 2)
    if (capsa_slice_equal(a[0], wanted)) return a[1];
  return (capsa_slice){0};
}

bool capsa_tei_node_has(const capsa_tei_node *node, const char *name,
                        const char *word) {
  return capsa_tei_has_word(capsa_tei_node_attribute(node, name), word);
}

capsa_slice capsa_tei_node_first(capsa_tei *r, const capsa_tei_node *node,
                                 const char *const *names) {
  capsa_slice text = {0};
  for (; *names && !text.len; names++)
    text = capsa_tei_node_text(r, capsa_tei_node_find(node, *names));
  return text;
}
