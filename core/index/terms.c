/* terms.c -- words and beginnings of words, as the lists of a segment. */
#include <string.h>

#include "base/slice.h"
#include "index/node_parts.h"

/* Beginnings that so few words have are walked as these words. */
#define FORMS_WALKED 16

typedef capsa_node node;

static void add_list(node *n, const capsa_entry_term *term, double factor) {
  capsa_looking *l = n->looking;
  capsa_status st = capsa_postings_open(l->segment, term, l->arena,
                                        &n->postings[n->child_count]);
  if (st) capsa_looking_fail(l, st);
  n->factors[n->child_count] = factor;
  n->ranks[n->child_count++] = term->rank;
  n->cost += term->df;
}

static bool take_lists(node *n, size_t count) {
  n->postings = capsa_looking_take(n->looking, count * sizeof *n->postings);
  n->factors = capsa_looking_take(n->looking, count * sizeof *n->factors);
  n->ranks = capsa_looking_take(n->looking, count * sizeof *n->ranks);
  return n->postings && n->factors && n->ranks;
}

void capsa_node_open_word(node *n) {
  const capsa_want *want = n->want;
  capsa_looking *l = n->looking;
  capsa_entry_term term;
  if (!take_lists(n, want->form_count)) return;
  for (size_t i = 0; i < want->form_count && !l->st; i++) {
    capsa_status st =
        capsa_segment_find(l->segment, want->forms[i].text, l->arena, &term);
    if (st) capsa_looking_fail(l, st);
    else if (term.df) add_list(n, &term, want->forms[i].factor);
  }
}

static bool begins_with(const capsa_entry_term *term, capsa_slice prefix) {
  return term->text_len >= prefix.len &&
         !memcmp(term->text, prefix.ptr, prefix.len);
}

/* The terms that begin so: which numbers they have, and how many postings. */
static void open_range(node *n, uint32_t *few) {
  capsa_looking *l = n->looking;
  capsa_slice prefix = n->want->forms[0].text;
  capsa_segment_words words;
  const capsa_entry_term *term = NULL;
  capsa_status st =
      capsa_segment_words_seek(l->segment, prefix, l->arena, &words);
  for (*few = 0; !st;) {
    st = capsa_segment_words_next(&words, &term);
    if (st || !term || !begins_with(term, prefix)) break;
    if (!*few) n->terms.first = term->number;
    n->terms.end = term->number + 1;
    n->cost += term->df;
    if (++*few <= FORMS_WALKED) add_list(n, term, 1), n->cost -= term->df;
  }
  if (st) capsa_looking_fail(l, st);
}

/* The passages that are best for all words of a frequent beginning. */
static void open_champions(node *n) {
  capsa_looking *l = n->looking;
  capsa_slice prefix = n->want->forms[0].text;
  char text[CAPSA_TERM_BYTES_MAX];
  capsa_entry_term term;
  if (prefix.len >= sizeof text) return;
  text[0] = CAPSA_TERM_PREFIX;
  memcpy(text + 1, prefix.ptr, prefix.len);
  capsa_status st = capsa_segment_find(
      l->segment, (capsa_slice){text, prefix.len + 1}, l->arena, &term);
  if (!st && term.df) {
    st = capsa_postings_open(l->segment, &term, l->arena, &n->postings[0]);
    n->champions = !st;
  }
  if (st) capsa_looking_fail(l, st);
}

void capsa_node_open_prefix(node *n) {
  uint32_t count;
  if (!take_lists(n, FORMS_WALKED)) return;
  open_range(n, &count);
  if (count <= FORMS_WALKED) return;
  n->child_count = 0;
  open_champions(n);
}

/* Add up all postings of a beginning, by passage. */
void capsa_node_walk_prefix(node *n) {
  capsa_looking *l = n->looking;
  capsa_segment_words words;
  const capsa_entry_term *term;
  capsa_postings *list = capsa_looking_take(l, sizeof *list);
  uint8_t *weights = capsa_looking_take(l, l->segment->head.passages);
  capsa_status st = capsa_segment_words_seek(l->segment, n->want->forms[0].text,
                                             l->arena, &words);
  while (!st && !l->st) {
    const uint32_t *passages;
    const uint8_t *more;
    st = capsa_segment_words_next(&words, &term);
    if (st || !term || term->number >= n->terms.end) break;
    st = capsa_postings_open(l->segment, term, l->arena, list);
    for (uint32_t got;
         !st && (got = capsa_postings_block(list, &passages, &more)) != 0;)
      for (uint32_t i = 0; i < got; i++) {
        unsigned sum = weights[passages[i]] + 0u + more[i];
        weights[passages[i]] = sum > UINT8_MAX ? UINT8_MAX : (uint8_t)sum;
      }
    if (!st) st = list->st;
  }
  if (st) capsa_looking_fail(l, st);
  n->weights = l->st ? NULL : weights;
}
