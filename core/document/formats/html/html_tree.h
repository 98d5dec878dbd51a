/* html_tree.h -- HTML as a tree of known depth.
 *
 *   capsa_html_node     an element or a text, in document order
 *   capsa_html_tree     all of them; `end` says where a subtree ends
 *   capsa_html_parse()  a text to its tree
 *
 * Nothing recurses: a subtree is a stretch of the array. What is nested
 * deeper than CAPSA_HTML_NESTING_MAX is put side by side, and no text is lost.
 */
#ifndef CAPSA_CORE_DOCUMENT_HTML_TREE_H
#define CAPSA_CORE_DOCUMENT_HTML_TREE_H

#include "document/draft.h"
#include "document/formats/html/html_tokens.h"

/** Elements nest this deep; deeper ones stand beside each other. */
#define CAPSA_HTML_NESTING_MAX 256

/** What an element is to the reader of a record; html_roles.c and its
 * neighbours decide. */
typedef enum capsa_html_role {
  CAPSA_HTML_PLAIN = 0,
  CAPSA_HTML_HIDDEN,  /* not shown, or no text: left out */
  CAPSA_HTML_CHROME,  /* of the site: left out */
  CAPSA_HTML_OUTSIDE, /* beside the article: read, then left out */
  CAPSA_HTML_NOTES,   /* holds footnotes and no text */
  CAPSA_HTML_NOTE,    /* a footnote */
  CAPSA_HTML_MARK,    /* a footnote's mark in the text */
  CAPSA_HTML_RETURN,  /* the way back from a note */
  CAPSA_HTML_PAGE     /* a page begins */
} capsa_html_role;

/* What an element's attributes say, for whom it concerns later. */
#define CAPSA_HTML_HAS_LANGUAGE 1u /* or a direction */
#define CAPSA_HTML_SMALL_CAPS 2u
#define CAPSA_HTML_VERSE 4u
#define CAPSA_HTML_LAYOUT 8u /* a table that only arranges */
#define CAPSA_HTML_MAIN 16u
#define CAPSA_HTML_ARTICLE 32u
#define CAPSA_HTML_KEPT 64u /* it holds a note or a heading */

typedef struct capsa_html_node {
  capsa_slice text; /* of a text: as written; of an element: its attributes */
  uint32_t parent;  /* the root is its own */
  uint32_t end;     /* index behind the last node under it */
  uint32_t note;    /* of a note or mark: index of the note plus 1; of
                       CAPSA_TAG_CLOSED: the element that ends here */
  uint8_t tag, role, flags;
  bool literal; /* of a text: no character references in it */
} capsa_html_node;

typedef struct capsa_html_tree {
  capsa_html_node *items; /* the first is the root, of tag UNKNOWN */
  size_t count, cap;
  bool too_deep; /* something was nested too deep */
} capsa_html_tree;

/**
 * @param text  clean UTF-8; slices of it go into the tree
 * @param xml   XHTML: "/>" closes any element
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_html_parse(capsa_slice text, bool xml, capsa_arena *arena,
                              capsa_html_tree *out);

/** The first element called `tag` from `from` to `end`; `end` where there is
 * none. */
uint32_t capsa_html_find(const capsa_html_tree *tree, capsa_html_tag tag,
                         uint32_t from, uint32_t end);

/**
 * Text of a subtree, white space as one space.
 * @param limit  bytes of it at most, cut at a character
 * @param all    with what is hidden and the marks of notes; code never
 */
capsa_slice capsa_html_text(const capsa_html_tree *tree, uint32_t node,
                            size_t limit, capsa_arena *arena, bool all);

#endif
