/* tei_tree.h -- a teiHeader as a tree: it is read when it is whole. */
#ifndef CAPSA_CORE_DOCUMENT_TEI_TREE_H
#define CAPSA_CORE_DOCUMENT_TEI_TREE_H

#include "document/formats/tei/tei.h"

void capsa_tei_tree_open(capsa_tei *r, const char *name,
                         capsa_xml_attributes attributes);
void capsa_tei_tree_put(capsa_tei *r, capsa_slice text);
/** At the end of the outermost element it is read, by capsa_tei_header_read. */
void capsa_tei_tree_close(capsa_tei *r);

/** Along a path such as "fileDesc/titleStmt"; NULL where it leads nowhere. */
const capsa_tei_node *capsa_tei_node_at(const capsa_tei_node *node,
                                        const char *path);

/** The next of the children with that name behind `after`, which may be NULL.
 */
const capsa_tei_node *capsa_tei_node_child(const capsa_tei_node *node,
                                           const char *name,
                                           const capsa_tei_node *after);

/** The first element with that name in `node`, however deep. */
const capsa_tei_node *capsa_tei_node_find(const capsa_tei_node *node,
                                          const char *name);

/** The element behind `node` in the order of the text, in `root`. */
const capsa_tei_node *capsa_tei_node_next(const capsa_tei_node *root,
                                          const capsa_tei_node *node);

/** All words in it, white space as one space; empty for NULL. */
capsa_slice capsa_tei_node_text(capsa_tei *r, const capsa_tei_node *node);

capsa_slice capsa_tei_node_attribute(const capsa_tei_node *node,
                                     const char *name);

/** Is `word` one of those in the attribute? */
bool capsa_tei_node_has(const capsa_tei_node *node, const char *name,
                        const char *word);

/** The words of the first element in `node` that has some, by the names in
 * their order, NULL last. */
capsa_slice capsa_tei_node_first(capsa_tei *r, const capsa_tei_node *node,
                                 const char *const *names);

/** What is set already stays. */
static inline void capsa_tei_set(capsa_slice *member, capsa_slice value) {
  if (!member->len) *member = value;
}

/** tei_persons.c: the persons in `root`, which may be NULL.
 * @param present  they took part in what the text tells */
void capsa_tei_persons_read(capsa_tei *r, const capsa_tei_node *root,
                            bool present);

#endif
