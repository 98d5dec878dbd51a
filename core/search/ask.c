/* ask.c -- lexemes to a tree, by descent: a group is a row of alternatives, an
 * alternative a row of what is near each other.
 *
 * Two things keep it simple. Whether an operator means anything is asked of
 * the lexemes around it before anything is built: one that does not is read as
 * the word that it also is. And a node is paid for before it is made : when
 * none is left, every lexeme is the end, and so all loops end.
 *
 * A group of nothing but NOT is kept as an AND of them until somebody takes it
 * in: beside something that is asked for they take away from that; anywhere
 * else the signs were text.
 */
#include "search/ask.h"

#include "base/slice.h"
#include "search/ask/lexemes.h"
#include "search/ask/names.h"
#include "search/ask/nodes.h"
#include "search/ask/signs.h"

/* Combinations of alternatives that are near each other. */
#define COMBINATIONS_MAX 16

typedef struct parser {
  capsa_lexemes *in;
  capsa_nodes nodes;
  const capsa_lexeme *items;
  size_t count, at;
} parser;

/* `around` is the filter whose brackets these are in: WORDS for none. */
static bool read_group(parser *p, capsa_ask_kind around, capsa_ask *out);
static bool read_primary(parser *p, capsa_ask_kind around, capsa_ask *out);

/* ---- what stands where */

static const capsa_lexeme *at(const parser *p, size_t i) {
  static const capsa_lexeme end = {.kind = CAPSA_LEXEME_CLOSE};
  return i < p->count && !p->nodes.full ? &p->items[i] : &end;
}

static bool is_value(const capsa_lexeme *lexeme) {
  return lexeme->glued && (lexeme->kind == CAPSA_LEXEME_LEAF ||
                           lexeme->kind == CAPSA_LEXEME_OPEN);
}

static bool starts_primary(const parser *p, size_t i) {
  capsa_lexeme_kind kind = at(p, i)->kind;
  return kind == CAPSA_LEXEME_LEAF || kind == CAPSA_LEXEME_OPEN ||
         (kind == CAPSA_LEXEME_FIELD && is_value(at(p, i + 1)));
}

static bool takes_away(const parser *p, size_t i) {
  const capsa_lexeme *lexeme = at(p, i), *next = at(p, i + 1);
  if (lexeme->kind == CAPSA_LEXEME_MINUS && !next->glued) return false;
  return (lexeme->kind == CAPSA_LEXEME_MINUS ||
          lexeme->kind == CAPSA_LEXEME_NOT) &&
         (starts_primary(p, i + 1) || next->kind == CAPSA_LEXEME_SCOPE);
}

/* ---- leaves */

static capsa_slice typed_of(const parser *p, capsa_range range) {
  return capsa_slice_cut(p->in->text, range.start_byte, range.end_byte);
}

/* What means nothing else is the word that it also is. */
static bool read_as_text(parser *p, capsa_range range, capsa_ask *out) {
  *out = capsa_lexemes_words(p->in, typed_of(p, range));
  out->typing = out->prefix =
      p->in->typing && range.end_byte == p->in->text.len;
  return out->word_count && capsa_nodes_take(&p->nodes, 1);
}

/* `"a b"~5`: what the blanks in it part. */
static bool read_near_phrase(parser *p, const capsa_lexeme *lexeme,
                             capsa_ask *out) {
  capsa_node_list list = {0};
  capsa_slice raw = lexeme->raw;
  size_t end = 0;
  for (size_t start = 0; start < raw.len; start = end + 1) {
    capsa_codepoint cp;
    for (end = start; (cp = capsa_utf8_next(raw, end)).len; end += cp.len)
      if (capsa_ask_is_blank(cp.value)) break;
    capsa_ask words =
        capsa_lexemes_words(p->in, capsa_slice_cut(raw, start, end));
    words.quoted = true;
    if (!words.word_count) continue;
    if (!capsa_nodes_take(&p->nodes, 1)) return false;
    capsa_nodes_put(&p->nodes, &list, words);
  }
  if (!list.count) return false;
  list.items[list.count - 1].prefix = lexeme->leaf.prefix;
  list.items[list.count - 1].typing = lexeme->leaf.typing;
  *out = list.items[0];
  if (list.count == 1) return true;
  *out = capsa_nodes_make(CAPSA_ASK_NEAR, &list);
  out->distance = lexeme->distance;
  return capsa_nodes_take(&p->nodes, 1);
}

static bool is_has(capsa_slice value) {
  static const char *const words[] = {"note", "notes", NULL};
  return capsa_slice_is_one_of(value, words);
}

/* @return whether the value is one of this filter */
static bool make_filter(parser *p, capsa_ask_kind filter,
                        const capsa_lexeme *lexeme, capsa_ask *out) {
  *out = (capsa_ask){.kind = filter,
                     .value = lexeme->raw,
                     .prefix = lexeme->leaf.prefix,
                     .typing = lexeme->leaf.typing};
  char tag[CAPSA_ASK_TAG_MAX];
  if (filter == CAPSA_ASK_DATE)
    return capsa_lexemes_dates(p->in, lexeme->raw, out);
  if (filter == CAPSA_ASK_HAS) {
    out->value = CAPSA_LITERAL("note");
    out->prefix = out->typing = false;
    return is_has(lexeme->raw);
  }
  if (filter != CAPSA_ASK_LANGUAGE) return out->value.len;
  bool known = capsa_ask_language(lexeme->raw, tag);
  out->value = capsa_arena_copy(p->nodes.arena, capsa_slice_of(tag));
  return known;
}

static bool read_leaf(parser *p, capsa_ask_kind around, capsa_range whole,
                      capsa_ask *out) {
  const capsa_lexeme *lexeme = at(p, p->at++);
  bool filtered = around && lexeme->leaf.kind == CAPSA_ASK_WORDS;
  if (filtered && make_filter(p, around, lexeme, out))
    return capsa_nodes_take(&p->nodes, 1);
  if (filtered && lexeme->leaf.typing) return false; /* `lang:r` */
  if (filtered) return read_as_text(p, whole, out);
  if (lexeme->near) return read_near_phrase(p, lexeme, out);
  *out = lexeme->leaf;
  return capsa_nodes_take(&p->nodes, 1);
}

/* ---- groups, from the inside out */

/* `speaker:mao|zhou`: glued to the value, the bar goes on with it. */
static bool goes_on(const parser *p) {
  const capsa_lexeme *bar = at(p, p->at), *next = at(p, p->at + 1);
  return bar->kind == CAPSA_LEXEME_OR && bar->glued &&
         next->kind == CAPSA_LEXEME_LEAF && next->glued;
}

static bool read_field(parser *p, capsa_ask *out) {
  const capsa_lexeme *name = at(p, p->at++);
  capsa_node_list list = {0};
  bool leaf = at(p, p->at)->kind == CAPSA_LEXEME_LEAF;
  do {
    capsa_ask node;
    capsa_range whole = at(p, p->at)->at;
    if (!list.count) whole.start_byte = name->at.start_byte;
    bool found = at(p, p->at)->kind == CAPSA_LEXEME_LEAF
                     ? read_leaf(p, name->filter, whole, &node)
                     : read_primary(p, name->filter, &node);
    if (found) capsa_nodes_put(&p->nodes, &list, node);
  } while (leaf && goes_on(p) && p->at++ < p->count);
  if (!list.count) return false;
  *out = list.items[0];
  if (list.count > 1) *out = capsa_nodes_make(CAPSA_ASK_OR, &list);
  if (name->fields) capsa_nodes_scope(&p->nodes, out, name->fields);
  return list.count == 1 || capsa_nodes_take(&p->nodes, 1);
}

static bool read_primary(parser *p, capsa_ask_kind around, capsa_ask *out) {
  const capsa_lexeme *lexeme = at(p, p->at);
  if (!starts_primary(p, p->at)) {
    p->at++;
    return read_as_text(p, lexeme->at, out);
  }
  if (lexeme->kind == CAPSA_LEXEME_LEAF)
    return read_leaf(p, around, lexeme->at, out);
  if (lexeme->kind == CAPSA_LEXEME_FIELD) return read_field(p, out);
  p->at++;
  return read_group(p, around, out);
}

/* Every way to take one of the alternatives of each, as NEAR. */
static bool combine(parser *p, const capsa_node_list *list, uint32_t distance,
                    capsa_ask *out) {
  size_t ways = 1;
  for (size_t i = 0; i < list->count; i++) {
    const capsa_ask *node = &list->items[i];
    if (node->kind == CAPSA_ASK_OR) ways *= node->child_count;
    if (ways > COMBINATIONS_MAX) return false;
  }
  if (!capsa_nodes_take(&p->nodes, ways * (list->count + 1))) return false;
  capsa_node_list all = {0};
  for (size_t way = 0; way < ways; way++) {
    capsa_node_list one = {0};
    size_t left = way;
    for (size_t i = 0; i < list->count; i++) {
      const capsa_ask *node = &list->items[i];
      size_t count = node->kind == CAPSA_ASK_OR ? node->child_count : 1;
      capsa_nodes_put(&p->nodes, &one,
                      count > 1 ? node->children[left % count] : *node);
      left /= count;
    }
    capsa_ask near = capsa_nodes_make(CAPSA_ASK_NEAR, &one);
    near.distance = distance;
    capsa_nodes_put(&p->nodes, &all, near);
  }
  if (!all.count) return false;
  *out = all.count > 1 ? capsa_nodes_make(CAPSA_ASK_OR, &all) : all.items[0];
  return true;
}

/* Words in one field can be near each other, or alternatives of them. */
static bool can_be_near(const capsa_node_list *list) {
  for (size_t i = 0; i < list->count; i++) {
    const capsa_ask *node = &list->items[i];
    size_t count = node->kind == CAPSA_ASK_OR ? node->child_count : 1;
    for (size_t j = 0; j < count; j++) {
      const capsa_ask *one =
          node->kind == CAPSA_ASK_OR ? &node->children[j] : node;
      const capsa_ask *first = &list->items[0];
      if (first->kind == CAPSA_ASK_OR) first = &first->children[0];
      if (one->kind != CAPSA_ASK_WORDS || one->field != first->field)
        return false;
    }
  }
  return true;
}

/* What cannot be near must at least both be there. */
static bool read_near(parser *p, capsa_ask_kind around, capsa_ask *out) {
  capsa_node_list list = {0};
  uint32_t distance = 0;
  capsa_ask node;
  if (read_primary(p, around, &node)) capsa_nodes_put(&p->nodes, &list, node);
  while (at(p, p->at)->kind == CAPSA_LEXEME_NEAR && list.count && !around &&
         starts_primary(p, p->at + 1)) {
    uint32_t wanted = at(p, p->at)->distance;
    if (wanted > distance || list.count == 1) distance = wanted;
    p->at++;
    if (read_primary(p, around, &node)) capsa_nodes_put(&p->nodes, &list, node);
  }
  if (list.count < 2) return capsa_nodes_make_all(&list, out);
  if (can_be_near(&list) && combine(p, &list, distance, out)) return true;
  capsa_node_list all = {0};
  for (size_t i = 0; i < list.count; i++)
    capsa_nodes_put_flat(&p->nodes, &all, CAPSA_ASK_AND, list.items[i]);
  return capsa_nodes_take(&p->nodes, 1) && capsa_nodes_make_all(&all, out);
}

static bool read_any(parser *p, capsa_ask_kind around, capsa_ask *out) {
  capsa_node_list list = {0};
  capsa_ask node;
  bool found = read_near(p, around, &node);
  if (at(p, p->at)->kind != CAPSA_LEXEME_OR || !starts_primary(p, p->at + 1)) {
    if (found) *out = node;
    return found;
  }
  if (!capsa_nodes_take(&p->nodes, 1)) return false;
  if (found)
    capsa_nodes_put_flat(&p->nodes, &list, CAPSA_ASK_OR,
                         capsa_nodes_ask_for(&p->nodes, node));
  while (at(p, p->at)->kind == CAPSA_LEXEME_OR &&
         starts_primary(p, p->at + 1)) {
    p->at++;
    if (read_near(p, around, &node))
      capsa_nodes_put_flat(&p->nodes, &list, CAPSA_ASK_OR,
                           capsa_nodes_ask_for(&p->nodes, node));
  }
  if (!list.count) return false;
  *out = list.count > 1 ? capsa_nodes_make(CAPSA_ASK_OR, &list) : list.items[0];
  return true;
}

/* `-word`, `NOT word`; the word is kept in the node for when it is text. */
static void read_not(parser *p, capsa_ask_kind around, capsa_node_list *list) {
  const capsa_lexeme *sign = at(p, p->at++);
  capsa_ask node, word = {.kind = CAPSA_ASK_WORDS};
  capsa_node_list one = {0};
  if (!capsa_nodes_take(&p->nodes, 1) || !read_primary(p, around, &node))
    return;
  capsa_nodes_put(&p->nodes, &one, capsa_nodes_ask_for(&p->nodes, node));
  if (sign->kind == CAPSA_LEXEME_NOT)
    word = capsa_lexemes_words(p->in, typed_of(p, sign->at));
  word.kind = CAPSA_ASK_NOT;
  word.children = one.items;
  word.child_count = one.count;
  if (one.count) capsa_nodes_put(&p->nodes, list, word);
}

typedef struct scopes {
  uint32_t in, away;
  capsa_range first; /* the lexeme that said so */
  bool last;         /* it is the last of all */
} scopes;

static void read_scope(parser *p, scopes *out) {
  bool away = takes_away(p, p->at);
  capsa_range start = at(p, p->at)->at;
  if (away) p->at++;
  const capsa_lexeme *lexeme = at(p, p->at++);
  if (away) out->away |= lexeme->fields;
  else out->in |= lexeme->fields;
  if (!out->first.end_byte)
    out->first = (capsa_range){start.start_byte, lexeme->at.end_byte};
}

/* Where no words are beside it that it could speak of, it is text; at the end
 * of what is being typed these may still come. */
static void apply_scopes(parser *p, const scopes *said, capsa_node_list *list) {
  bool any = false;
  for (size_t i = 0; i < list->count; i++)
    any = any || capsa_nodes_unscoped(&list->items[i]);
  if (!said->first.end_byte) return;
  if (any) {
    if (said->away) capsa_nodes_scope_away(&p->nodes, list, said->away);
    for (size_t i = 0; said->in && i < list->count; i++)
      capsa_nodes_scope(&p->nodes, &list->items[i], said->in);
    return;
  }
  capsa_ask text;
  capsa_slice rest = capsa_slice_from(p->in->text, said->first.end_byte);
  if (p->in->typing && !capsa_slice_trim(rest).len) return;
  if (read_as_text(p, said->first, &text))
    capsa_nodes_put(&p->nodes, list, text);
}

static bool joins(const parser *p, size_t found) {
  if (at(p, p->at)->kind != CAPSA_LEXEME_AND || !found) return false;
  size_t next = p->at + 1;
  return starts_primary(p, next) || takes_away(p, next) ||
         at(p, next)->kind == CAPSA_LEXEME_SCOPE;
}

/* To the closing bracket, which is read too, or the end. */
static bool read_group(parser *p, capsa_ask_kind around, capsa_ask *out) {
  capsa_node_list list = {0};
  scopes said = {0};
  if (!capsa_nodes_take(&p->nodes, 1)) return false;
  while (at(p, p->at)->kind != CAPSA_LEXEME_CLOSE) {
    capsa_lexeme_kind kind = at(p, p->at)->kind;
    bool away = takes_away(p, p->at);
    capsa_ask node;
    if (kind == CAPSA_LEXEME_SCOPE ||
        (away && at(p, p->at + 1)->kind == CAPSA_LEXEME_SCOPE))
      read_scope(p, &said);
    else if (away) read_not(p, around, &list);
    else if (joins(p, list.count + said.first.end_byte)) p->at++;
    else if (read_any(p, around, &node))
      capsa_nodes_put_flat(&p->nodes, &list, CAPSA_ASK_AND, node);
  }
  if (p->at < p->count) p->at++;
  apply_scopes(p, &said, &list);
  if (list.count == 1 && list.items[0].kind != CAPSA_ASK_NOT) p->nodes.used--;
  return capsa_nodes_make_all(&list, out);
}

static void settle(parser *p, capsa_ask *root) {
  *root = capsa_nodes_ask_for(&p->nodes, *root);
  capsa_nodes_settle(root);
  root->more = p->nodes.full || p->in->more;
}

capsa_status capsa_ask_read(capsa_slice typed, bool typing, capsa_arena *arena,
                            const capsa_ask **out) {
  capsa_lexemes lexemes;
  capsa_status st = capsa_lexemes_read(typed, typing, arena, &lexemes);
  if (st) return st;
  parser p = {.in = &lexemes,
              .nodes = {.arena = arena},
              .items = lexemes.list.items,
              .count = lexemes.list.count};
  capsa_ask *root = capsa_arena_alloc(arena, sizeof *root);
  if (!root) return CAPSA_ENOMEM;
  bool found = read_group(&p, CAPSA_ASK_WORDS, root);
  if (found) settle(&p, root);
  if (capsa_arena_failed(arena)) return CAPSA_ENOMEM;
  *out = found ? root : NULL;
  return CAPSA_OK;
}
