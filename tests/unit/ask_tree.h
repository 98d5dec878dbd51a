/* ask_tree.h -- what every tree of core/search/ask.h promises; used by the unit
 * tests and by tests/fuzz/fuzz_ask.c. */
#ifndef CAPSA_TESTS_ASK_TREE_H
#define CAPSA_TESTS_ASK_TREE_H

#include "base/utf8.h"
#include "search/ask.h"

static inline const char *fault_of_words(const capsa_ask *ask) {
  if (ask->field >= CAPSA_FIELD_COUNT) return "a field that is none";
  if (!ask->word_count || ask->word_count > CAPSA_ASK_WORDS_MAX)
    return "no words, or too many";
  if (!ask->typed.len) return "words from nowhere";
  if (ask->typing && !ask->prefix) return "typing, but no prefix";
  for (size_t i = 0; i < ask->word_count; i++) {
    capsa_slice folded = ask->words[i].folded;
    if (!folded.len || folded.len > CAPSA_TOKEN_BYTES_MAX)
      return "an empty word, or a long one";
    if (!capsa_utf8_is_valid(folded)) return "a word that is no UTF-8";
    if (ask->words[i].covers != 1) return "a compound among the words";
    if (i && ask->words[i].place <= ask->words[i - 1].place)
      return "words out of order";
  }
  return NULL;
}

static inline bool is_iso(capsa_slice date) {
  if (date.len != 4 && date.len != 7 && date.len != 10) return false;
  for (size_t i = 0; i < date.len; i++) {
    bool digit = date.ptr[i] >= '0' && date.ptr[i] <= '9';
    if (i == 4 || i == 7 ? date.ptr[i] != '-' : !digit) return false;
  }
  return true;
}

static inline const char *fault_of_dates(const capsa_ask *ask) {
  if (!ask->from.len && !ask->to.len) return "dates without any";
  if (ask->from.len && !is_iso(ask->from)) return "a first date that is none";
  if (ask->to.len && !is_iso(ask->to)) return "a last date that is none";
  size_t len = ask->from.len < ask->to.len ? ask->from.len : ask->to.len;
  for (size_t i = 0; i < len; i++) {
    if (ask->from.ptr[i] > ask->to.ptr[i]) return "dates out of order";
    if (ask->from.ptr[i] < ask->to.ptr[i]) break;
  }
  return NULL;
}

static inline const char *fault_of_children(const capsa_ask *ask) {
  size_t nots = 0;
  for (size_t i = 0; i < ask->child_count; i++) {
    const capsa_ask *child = &ask->children[i];
    nots += child->kind == CAPSA_ASK_NOT;
    if (child->kind == CAPSA_ASK_NOT && ask->kind != CAPSA_ASK_AND)
      return "NOT where there is nothing to take away from";
    if (child->kind != CAPSA_ASK_WORDS && ask->kind == CAPSA_ASK_NEAR)
      return "NEAR of something else than words";
    if (ask->kind == CAPSA_ASK_NEAR && child->field != ask->children[0].field)
      return "NEAR over two fields";
    if (child->kind == ask->kind && ask->kind == CAPSA_ASK_AND)
      return "AND right in an AND";
    if (child->more) return "more, below the root";
  }
  return nots && nots == ask->child_count ? "nothing but NOT" : NULL;
}

/** What is wrong with the tree, or NULL. @param nodes  counts them, from 0 */
static inline const char *ask_fault(const capsa_ask *ask, size_t *nodes,
                                    int depth) {
  if (++*nodes > CAPSA_ASK_NODES_MAX) return "too many nodes";
  if (depth > CAPSA_ASK_DEPTH_MAX * 4) return "too deep";
  if (!depth && ask->kind == CAPSA_ASK_NOT) return "NOT alone";
  if (ask->kind == CAPSA_ASK_WORDS) return fault_of_words(ask);
  if (ask->kind == CAPSA_ASK_DATE) return fault_of_dates(ask);
  bool inner = ask->kind <= CAPSA_ASK_NOT;
  if (!inner && (!ask->value.len || ask->child_count))
    return "a filter without a value, or with children";
  if (!inner) return NULL;
  if (ask->word_count || ask->field) return "a row with words of its own";
  if (ask->kind == CAPSA_ASK_NOT ? ask->child_count != 1 : ask->child_count < 2)
    return "too few children";
  if (ask->kind == CAPSA_ASK_NEAR && ask->distance > CAPSA_ASK_NEAR_MAX)
    return "NEAR too far";
  const char *fault = fault_of_children(ask);
  for (size_t i = 0; i < ask->child_count && !fault; i++)
    fault = ask_fault(&ask->children[i], nodes, depth + 1);
  return fault;
}

/** The same of what it is in words: text, in one line. */
static inline const char *ask_text_fault(capsa_slice text) {
  if (!text.len) return "no words for a tree";
  if (!capsa_utf8_is_valid(text)) return "words that are no UTF-8";
  for (size_t i = 0; i < text.len; i++)
    if ((unsigned char)text.ptr[i] < ' ' || text.ptr[i] == 0x7F)
      return "a control character in the words";
  return NULL;
}

#endif
