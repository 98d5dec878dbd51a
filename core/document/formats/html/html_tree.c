/* html_tree.c -- tags to a tree, by the few rules of HTML's many that real
 * pages need: what ends a paragraph, an item, a cell; what an end tag reaches.
 * An end tag of a looks-only element (<b>) that stands inside a block which
 * began later ends the looks there and not the block.
 */
#include "document/formats/html/html_tree.h"

#include <string.h>

#include "base/slice.h"
#include "document/formats/html/html_flow.h"

typedef struct builder {
  capsa_arena *arena;
  capsa_html_tree *tree;
  uint32_t open[CAPSA_HTML_NESTING_MAX + 1]; /* the root first */
  size_t depth;
  bool xml, failed;
} builder;

static capsa_html_tag tag_at(const builder *b, size_t depth) {
  return (capsa_html_tag)b->tree->items[b->open[depth]].tag;
}

static capsa_html_node *add(builder *b, capsa_html_tag tag, capsa_slice text) {
  capsa_html_node *node = CAPSA_LIST_ADD(b->arena, b->tree);
  if (!node) {
    b->failed = true;
    return NULL;
  }
  node->text = text;
  node->tag = (uint8_t)tag;
  node->parent = b->depth ? b->open[b->depth - 1] : 0;
  node->end = (uint32_t)b->tree->count;
  return node;
}

static void pop_to(builder *b, size_t depth) {
  while (b->depth > depth)
    b->tree->items[b->open[--b->depth]].end = (uint32_t)b->tree->count;
}

/* ---- what a start tag ends */

typedef bool is_tag(capsa_html_tag tag);

static bool is_item(capsa_html_tag t) { return t == CAPSA_TAG_LI; }
static bool is_term(capsa_html_tag t) {
  return t == CAPSA_TAG_DT || t == CAPSA_TAG_DD;
}
static bool is_list(capsa_html_tag t) {
  return t == CAPSA_TAG_UL || t == CAPSA_TAG_OL || t == CAPSA_TAG_DL ||
         t == CAPSA_TAG_MENU || t == CAPSA_TAG_DIR;
}
static bool is_cell(capsa_html_tag t) {
  return t == CAPSA_TAG_TD || t == CAPSA_TAG_TH;
}
static bool is_row(capsa_html_tag t) { return t == CAPSA_TAG_TR; }
static bool is_row_group(capsa_html_tag t) {
  return t == CAPSA_TAG_TBODY || t == CAPSA_TAG_THEAD || t == CAPSA_TAG_TFOOT ||
         t == CAPSA_TAG_CAPTION;
}
static bool is_table(capsa_html_tag t) { return t == CAPSA_TAG_TABLE; }
static bool is_option(capsa_html_tag t) {
  return t == CAPSA_TAG_OPTION || t == CAPSA_TAG_OPTGROUP;
}
static bool is_ruby_part(capsa_html_tag t) {
  return t == CAPSA_TAG_RT || t == CAPSA_TAG_RP || t == CAPSA_TAG_RB;
}
static bool is_link(capsa_html_tag t) { return t == CAPSA_TAG_A; }
static bool is_paragraph(capsa_html_tag t) { return t == CAPSA_TAG_P; }
static bool is_drawing(capsa_html_tag t) {
  return t == CAPSA_TAG_SVG || t == CAPSA_TAG_MATH || t == CAPSA_TAG_SELECT;
}
static bool is_scope(capsa_html_tag t) {
  return capsa_html_tag_flags(t) & CAPSA_HTML_SCOPE;
}
static bool is_head(capsa_html_tag t) { return t == CAPSA_TAG_HEAD; }

/* Close the innermost open `wanted`, if no `wall` stands before it. */
static void end_open(builder *b, is_tag *wanted, is_tag *wall) {
  for (size_t i = b->depth; i-- > 1;) {
    capsa_html_tag tag = tag_at(b, i);
    if (wanted(tag)) {
      pop_to(b, i);
      return;
    }
    if (wall(tag)) return;
  }
}

static bool stands_in_head(capsa_html_tag tag) {
  switch (tag) {
  case CAPSA_TAG_TITLE:
  case CAPSA_TAG_META:
  case CAPSA_TAG_LINK:
  case CAPSA_TAG_BASE:
  case CAPSA_TAG_SCRIPT:
  case CAPSA_TAG_STYLE:
  case CAPSA_TAG_NOSCRIPT:
  case CAPSA_TAG_TEMPLATE: return true;
  default: return false;
  }
}

static void end_implied(builder *b, capsa_html_tag tag) {
  if (!stands_in_head(tag)) end_open(b, is_head, is_scope);
  if (capsa_html_tag_flags(tag) & CAPSA_HTML_BLOCK) {
    end_open(b, is_drawing, is_scope);
    end_open(b, is_paragraph, is_scope);
  }
  if (capsa_html_is_heading(tag)) end_open(b, capsa_html_is_heading, is_scope);
  switch (tag) {
  case CAPSA_TAG_LI: end_open(b, is_item, is_list); break;
  case CAPSA_TAG_DT:
  case CAPSA_TAG_DD: end_open(b, is_term, is_list); break;
  case CAPSA_TAG_TD:
  case CAPSA_TAG_TH: end_open(b, is_cell, is_table); break;
  case CAPSA_TAG_TR: end_open(b, is_row, is_table); break;
  case CAPSA_TAG_TBODY:
  case CAPSA_TAG_THEAD:
  case CAPSA_TAG_TFOOT: end_open(b, is_row_group, is_table); break;
  case CAPSA_TAG_OPTION: end_open(b, is_option, is_scope); break;
  case CAPSA_TAG_RT:
  case CAPSA_TAG_RP:
  case CAPSA_TAG_RB: end_open(b, is_ruby_part, is_scope); break;
  case CAPSA_TAG_A: end_open(b, is_link, is_scope); break;
  default: break;
  }
}

/* What arranges and what lists: a table with such a thing inside is layout. */
static bool makes_layout(capsa_html_tag tag) {
  return tag == CAPSA_TAG_TABLE || tag == CAPSA_TAG_BLOCKQUOTE ||
         tag == CAPSA_TAG_PRE || tag == CAPSA_TAG_HR || is_list(tag) ||
         capsa_html_is_heading(tag);
}

static void mark_layout(builder *b) {
  for (size_t i = b->depth; i-- > 1;) {
    if (!is_table(tag_at(b, i))) continue;
    b->tree->items[b->open[i]].flags |= CAPSA_HTML_LAYOUT;
    return; /* tables around it were marked when it began */
  }
}

/* A second <body> or <html> only repeats what is open. */
static bool is_repeated(const builder *b, capsa_html_tag tag) {
  if (tag != CAPSA_TAG_BODY && tag != CAPSA_TAG_HTML) return false;
  for (size_t i = b->depth; i-- > 1;)
    if (tag_at(b, i) == tag) return true;
  return false;
}

static void open_tag(builder *b, const capsa_html_token *token) {
  unsigned flags = capsa_html_tag_flags(token->tag);
  if (is_repeated(b, token->tag)) return;
  end_implied(b, token->tag);
  if (makes_layout(token->tag)) mark_layout(b);
  if (!add(b, token->tag, token->text)) return;
  if ((flags & CAPSA_HTML_VOID) || (token->empty && b->xml)) return;
  if (b->depth > CAPSA_HTML_NESTING_MAX) {
    b->tree->too_deep = true;
    return;
  }
  b->open[b->depth++] = (uint32_t)b->tree->count - 1;
}

/* ---- end tags */

static bool is_table_part(capsa_html_tag tag) {
  return is_table(tag) || is_row(tag) || is_row_group(tag) || is_cell(tag);
}

static void end_looks(builder *b, size_t depth) {
  uint32_t closed = b->open[depth];
  capsa_html_node *mark = add(b, CAPSA_TAG_CLOSED, (capsa_slice){0});
  if (mark) mark->note = closed;
}

static void close_tag(builder *b, capsa_html_tag tag) {
  bool block_between = false;
  unsigned flags = capsa_html_tag_flags(tag);
  for (size_t i = b->depth; i-- > 1;) {
    capsa_html_tag open = tag_at(b, i);
    if (open == tag ||
        (capsa_html_is_heading(tag) && capsa_html_is_heading(open))) {
      if (block_between && (flags & CAPSA_HTML_FORMAT)) end_looks(b, i);
      else pop_to(b, i);
      return;
    }
    if (is_scope(open) && !is_table_part(tag) && tag != CAPSA_TAG_BODY &&
        tag != CAPSA_TAG_HTML)
      break;
    if (is_table(open) && is_table_part(tag)) break;
    if (tag == CAPSA_TAG_LI && is_list(open)) break;
    block_between |= (capsa_html_tag_flags(open) & CAPSA_HTML_BLOCK) != 0;
  }
  /* What stands on both sides of a stray </p> or </br> is still parted. */
  if (tag == CAPSA_TAG_P || tag == CAPSA_TAG_BR) add(b, tag, (capsa_slice){0});
}

capsa_status capsa_html_parse(capsa_slice text, bool xml, capsa_arena *arena,
                              capsa_html_tree *out) {
  capsa_html_tokens tokens = {.text = text, .xml = xml};
  capsa_html_token token;
  builder b = {.arena = arena, .tree = out, .xml = xml};
  if (!add(&b, CAPSA_TAG_UNKNOWN, (capsa_slice){0})) return CAPSA_ENOMEM;
  b.open[b.depth++] = 0;
  while (!b.failed && capsa_html_next(&tokens, &token)) {
    if (token.kind == CAPSA_HTML_OPEN) open_tag(&b, &token);
    else if (token.kind == CAPSA_HTML_CLOSE) close_tag(&b, token.tag);
    else if (token.text.len) {
      /* Text in <head> itself is the body's; that of a title is its own. */
      if (is_head(tag_at(&b, b.depth - 1)) && capsa_slice_trim(token.text).len)
        pop_to(&b, b.depth - 1);
      capsa_html_node *node = add(&b, CAPSA_TAG_TEXT, token.text);
      if (node) node->literal = token.literal;
    }
  }
  pop_to(&b, 0);
  return b.failed ? CAPSA_ENOMEM : CAPSA_OK;
}

uint32_t capsa_html_find(const capsa_html_tree *tree, capsa_html_tag tag,
                         uint32_t from, uint32_t end) {
  while (from < end && tree->items[from].tag != (uint8_t)tag) from++;
  return from;
}

/* At most `limit` bytes, whole characters. */
static capsa_slice first_bytes(capsa_slice text, size_t limit) {
  if (text.len <= limit) return text;
  while (limit && ((unsigned char)text.ptr[limit] & 0xC0) == 0x80) limit--;
  return capsa_slice_cut(text, 0, limit);
}

capsa_slice capsa_html_text(const capsa_html_tree *tree, uint32_t node,
                            size_t limit, capsa_arena *arena, bool all) {
  capsa_html_flow flow = {.arena = arena};
  const uint32_t end = tree->items[node].end;
  for (uint32_t i = node; i < end && flow.text.len < limit;) {
    const capsa_html_node *n = &tree->items[i];
    bool code = n->tag == CAPSA_TAG_SCRIPT || n->tag == CAPSA_TAG_STYLE;
    bool out = n->role == CAPSA_HTML_HIDDEN || n->role == CAPSA_HTML_MARK ||
               n->role == CAPSA_HTML_RETURN;
    if (code || (out && !all && i != node)) {
      i = n->end;
      continue;
    }
    if (n->tag == CAPSA_TAG_TEXT)
      capsa_html_flow_put(&flow, first_bytes(n->text, limit), n->literal);
    else if (n->tag == CAPSA_TAG_BR ||
             (capsa_html_tag_flags((capsa_html_tag)n->tag) & CAPSA_HTML_BLOCK))
      capsa_html_flow_space(&flow);
    i++;
  }
  capsa_slice text =
      capsa_arena_copy(arena, first_bytes(capsa_buf_view(&flow.text), limit));
  capsa_buf_free(&flow.text);
  return text;
}
