#include "index/node.h"

#include <string.h>

#include "base/slice.h"

/* Forms of a word are few; beginnings that few words have are walked as
 * those. */
#define FORMS_WALKED 16

/* A passage's words are looked through in about the time in which so many
 * postings are decoded. */
#define LOOK_COST 200

typedef capsa_node node;

static void fail(capsa_looking *l, capsa_status st) {
  if (!l->st) l->st = st;
}

static void *take(capsa_looking *l, size_t size) {
  void *memory = capsa_arena_alloc(l->arena, size ? size : 1);
  if (!memory) fail(l, CAPSA_ENOMEM);
  return memory;
}

/* ---- words and beginnings */

static void add_list(node *n, const capsa_entry_term *term, double factor) {
  capsa_looking *l = n->looking;
  capsa_status st = capsa_postings_open(l->segment, term, l->arena,
                                        &n->postings[n->child_count]);
  if (st) fail(l, st);
  n->factors[n->child_count] = factor;
  n->ranks[n->child_count++] = term->rank;
  n->cost += term->df;
}

static bool take_lists(node *n, size_t count) {
  n->postings = take(n->looking, count * sizeof *n->postings);
  n->factors = take(n->looking, count * sizeof *n->factors);
  n->ranks = take(n->looking, count * sizeof *n->ranks);
  return n->postings && n->factors && n->ranks;
}

static void open_word(node *n) {
  const capsa_want *want = n->want;
  capsa_looking *l = n->looking;
  capsa_entry_term term;
  if (!take_lists(n, want->form_count)) return;
  for (size_t i = 0; i < want->form_count && !l->st; i++) {
    capsa_status st =
        capsa_segment_find(l->segment, want->forms[i].text, l->arena, &term);
    if (st) fail(l, st);
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
  if (st) fail(l, st);
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
  if (st) fail(l, st);
}

static void open_prefix(node *n) {
  uint32_t count;
  if (!take_lists(n, FORMS_WALKED)) return;
  open_range(n, &count);
  if (count <= FORMS_WALKED) return;
  n->child_count = 0;
  open_champions(n);
}

/* Add up all postings of a beginning, by passage. */
static void walk_range(node *n) {
  capsa_looking *l = n->looking;
  capsa_segment_words words;
  const capsa_entry_term *term;
  capsa_postings *list = take(l, sizeof *list);
  uint8_t *weights = take(l, l->segment->head.passages);
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
  if (st) fail(l, st);
  n->weights = l->st ? NULL : weights;
}

/* ---- the words of a passage */

static void keep_word(capsa_looking *l, uint32_t rank, uint8_t field) {
  if (l->word_count == l->word_cap) {
    uint32_t cap = l->word_cap ? l->word_cap * 2 : 512;
    uint32_t *words = take(l, cap * sizeof *words);
    uint8_t *fields = take(l, cap);
    if (!words || !fields) return;
    if (l->word_count) {
      memcpy(words, l->words, l->word_count * sizeof *words);
      memcpy(fields, l->fields, l->word_count);
    }
    l->words = words, l->fields = fields, l->word_cap = cap;
  }
  l->words[l->word_count] = rank;
  l->fields[l->word_count++] = field;
}

static void look_at(capsa_looking *l, uint32_t passage) {
  capsa_forward forward;
  uint32_t rank;
  if (l->looked_at == passage) return;
  l->looked_at = passage;
  l->word_count = 0;
  l->plain_count = UINT32_MAX;
  capsa_status st = capsa_forward_open(l->segment, passage, l->arena, &forward);
  while (!st && !l->st && capsa_forward_next(&forward, &rank)) {
    if (forward.extra && l->plain_count == UINT32_MAX)
      l->plain_count = l->word_count;
    keep_word(l, rank, forward.field);
  }
  if (l->plain_count == UINT32_MAX) l->plain_count = l->word_count;
  if (!st && forward.rest.bad) st = CAPSA_ECORRUPT;
  if (st) fail(l, st);
}

static uint32_t term_of(capsa_looking *l, uint32_t rank) {
  if (rank >= l->segment->head.terms) return UINT32_MAX;
  if (!l->terms) {
    capsa_status st = capsa_segment_terms(l->segment, l->arena, &l->terms);
    if (st) {
      fail(l, st);
      return UINT32_MAX;
    }
  }
  return capsa_u32_at(l->terms, rank);
}

/* Is the word with this rank one that the node wants? */
static bool is_wanted(const node *n, uint32_t rank) {
  if (n->want->kind == CAPSA_WANT_PREFIX && n->terms.end) {
    uint32_t term = term_of(n->looking, rank);
    return term >= n->terms.first && term < n->terms.end;
  }
  for (uint32_t i = 0; i < n->child_count; i++)
    if (n->ranks[i] == rank) return true;
  return false;
}

/* Weight of a beginning in a passage that is looked at. */
static uint32_t count_words(const node *n, uint32_t passage) {
  capsa_looking *l = n->looking;
  uint32_t weight = 0;
  look_at(l, passage);
  for (uint32_t i = 0; i < l->word_count; i++)
    if (is_wanted(n, l->words[i])) weight += 2;
  return weight > UINT8_MAX ? UINT8_MAX : weight;
}

/* ---- phrases */

static bool is_in_field(const node *n, uint32_t at) {
  uint8_t field = n->want->field;
  const capsa_looking *l = n->looking;
  if (!field) return true;
  uint8_t kind = capsa_segment_kind(l->segment, l->looked_at);
  return l->fields[at] ? l->fields[at] == field : kind == field;
}

static bool stands_side_by_side(const node *n, uint32_t at) {
  const capsa_looking *l = n->looking;
  if (l->plain_count - at < n->child_count) return false;
  for (uint32_t i = 0; i < n->child_count; i++)
    if (!is_wanted(&n->children[i], l->words[at + i]) ||
        !is_in_field(n, at + i))
      return false;
  return true;
}

/* Do all words stand within the distance, the first of them at `at`? */
static bool stands_near(const node *n, uint32_t at) {
  const capsa_looking *l = n->looking;
  uint32_t end = at + n->want->distance + 1;
  uint64_t seen = 0, all = ((uint64_t)1 << (n->child_count - 1) << 1) - 1;
  if (end > l->plain_count) end = l->plain_count;
  for (uint32_t i = at; i < end; i++)
    for (uint32_t c = 0; c < n->child_count; c++)
      if (is_wanted(&n->children[c], l->words[i]) && is_in_field(n, i)) {
        if (i == at || seen) seen |= (uint64_t)1 << c;
      }
  return seen == all;
}

static uint32_t count_phrases(const node *n, uint32_t passage) {
  capsa_looking *l = n->looking;
  uint32_t weight = 0;
  look_at(l, passage);
  for (uint32_t at = 0; at < l->plain_count && !l->st; at++)
    if (n->want->distance ? stands_near(n, at) : stands_side_by_side(n, at))
      weight += 2;
  return weight > UINT8_MAX ? UINT8_MAX : weight;
}

/* ---- open */

static void open_children(node *n) {
  const capsa_want *want = n->want;
  n->child_count = (uint32_t)want->child_count;
  n->children = take(n->looking, want->child_count * sizeof *n->children);
  if (!n->children) {
    n->child_count = 0;
    return;
  }
  n->cost = want->kind == CAPSA_WANT_OR ? 0 : UINT64_MAX;
  for (uint32_t i = 0; i < n->child_count; i++) {
    capsa_node_open(n->looking, &want->children[i], &n->children[i]);
    uint64_t cost = n->children[i].cost;
    if (want->kind == CAPSA_WANT_OR) n->cost += cost;
    else if (cost < n->cost && !want->children[i].excluded) n->cost = cost;
  }
}

/* Cheapest first, what takes away last: the order of the tests. */
static bool comes_before(const node *a, const node *b) {
  if (a->want->excluded != b->want->excluded) return b->want->excluded;
  return a->cost < b->cost;
}

/* A phrase's children stay in its order: it has another array to walk. */
static void sort_children(node *n) {
  for (uint32_t i = 1; i < n->child_count; i++) {
    node moved = n->children[i];
    uint32_t at = i;
    for (; at && comes_before(&moved, &n->children[at - 1]); at--)
      n->children[at] = n->children[at - 1];
    n->children[at] = moved;
  }
}

/* ---- bounds */

double capsa_node_of_impact(const node *n, double idf, double impact) {
  double most = impact / 255 * n->looking->stretch;
  return idf * (CAPSA_BM25_K1 + 1) * (most > 1 ? 1 : most);
}

/* The best champion is the best of all. */
static double best_impact(const capsa_postings *list) {
  uint32_t passage, weight;
  const capsa_segment *segment = list->segment;
  if (!capsa_postings_champion(list, 0, &passage, &weight)) return 255;
  return capsa_impact(weight, capsa_segment_length(segment, passage),
                      segment->mean_length);
}

static double most_of_lists(const node *n) {
  double sum = 0;
  for (uint32_t i = 0; i < n->child_count; i++)
    sum += best_impact(&n->postings[i]);
  return sum;
}

static double find_most(const node *n) {
  double sum = 0;
  switch (n->want->kind) {
  case CAPSA_WANT_WORD:
    return capsa_node_of_impact(n, n->want->idf, most_of_lists(n));
  case CAPSA_WANT_PREFIX:
    return capsa_node_of_impact(n, n->want->idf,
                                n->child_count ? most_of_lists(n)
                                : n->champions ? best_impact(&n->postings[0])
                                               : 255);
  case CAPSA_WANT_PHRASE: return capsa_node_of_impact(n, n->want->idf, 255);
  default:
    for (uint32_t i = 0; i < n->child_count; i++)
      if (!n->children[i].want->excluded) sum += n->children[i].most;
    return sum;
  }
}

static uint32_t find_leader(const node *n) {
  uint32_t best = 0;
  for (uint32_t i = 1; i < n->child_count; i++)
    if (comes_before(&n->children[i], &n->children[best])) best = i;
  return best;
}

void capsa_node_open(capsa_looking *l, const capsa_want *want, node *out) {
  *out = (node){.want = want, .looking = l};
  if (l->st) return;
  if (want->kind == CAPSA_WANT_WORD) {
    open_word(out);
  } else if (want->kind == CAPSA_WANT_PREFIX) {
    open_prefix(out);
  } else {
    open_children(out);
    if (want->kind == CAPSA_WANT_AND) sort_children(out);
    out->leader = find_leader(out);
  }
  if (!l->st) out->most = find_most(out);
}

/* ---- walk */

static uint32_t seek_lists(node *n, uint32_t passage) {
  uint32_t best = CAPSA_POSTINGS_END;
  for (uint32_t i = 0; i < n->child_count; i++) {
    uint32_t at = n->postings[i].passage;
    if (at < passage || (!at && !n->postings[i].count))
      at = capsa_postings_seek(&n->postings[i], passage);
    if (n->postings[i].st) fail(n->looking, n->postings[i].st);
    if (at < best) best = at;
  }
  return best;
}

static uint32_t seek_weights(const node *n, uint32_t passage) {
  uint32_t end = n->looking->segment->head.passages;
  while (passage < end && !n->weights[passage]) passage++;
  return passage < end ? passage : CAPSA_POSTINGS_END;
}

static uint32_t seek_prefix(node *n, uint32_t passage) {
  if (n->child_count || !n->terms.end) return seek_lists(n, passage);
  if (!n->weights) walk_range(n);
  return n->weights ? seek_weights(n, passage) : CAPSA_POSTINGS_END;
}

static uint32_t seek_any(node *n, uint32_t passage) {
  uint32_t best = CAPSA_POSTINGS_END;
  for (uint32_t i = 0; i < n->child_count; i++) {
    uint32_t at = capsa_node_seek(&n->children[i], passage);
    if (at < best) best = at;
  }
  return best;
}

static bool test_others(node *n, const node *first, uint32_t passage) {
  for (uint32_t i = 0; i < n->child_count; i++) {
    node *child = &n->children[i];
    if (child != first &&
        capsa_node_test(child, passage) == child->want->excluded)
      return false;
  }
  return true;
}

static uint32_t seek_all(node *n, uint32_t passage) {
  if (!n->child_count) return CAPSA_POSTINGS_END;
  node *first = &n->children[n->leader];
  for (;;) {
    passage = capsa_node_seek(first, passage);
    if (passage == CAPSA_POSTINGS_END || n->looking->st)
      return CAPSA_POSTINGS_END;
    if (test_others(n, first, passage) &&
        (n->want->kind != CAPSA_WANT_PHRASE || count_phrases(n, passage)))
      return passage;
    passage++;
  }
}

static bool is_allowed(const node *n, uint32_t passage) {
  uint8_t only = n->want->only;
  return !only || capsa_segment_kind(n->looking->segment, passage) == only;
}

uint32_t capsa_node_seek(node *n, uint32_t passage) {
  if (n->looking->st) return n->passage = CAPSA_POSTINGS_END;
  for (;; passage++) {
    switch (n->want->kind) {
    case CAPSA_WANT_WORD: passage = seek_lists(n, passage); break;
    case CAPSA_WANT_PREFIX: passage = seek_prefix(n, passage); break;
    case CAPSA_WANT_OR: passage = seek_any(n, passage); break;
    default: passage = seek_all(n, passage);
    }
    n->passage = passage;
    if (passage == CAPSA_POSTINGS_END || is_allowed(n, passage)) return passage;
  }
}

/* A node stands where it was found to match, and nowhere else. */
static bool stands(node *n, uint32_t passage, bool matches) {
  if (matches) n->passage = passage;
  return matches;
}

/* A beginning is looked for in the passage's words as long as that is cheaper
 * than to walk over all it stands for. */
static bool test_prefix(node *n, uint32_t passage) {
  if (n->child_count || !n->terms.end || n->weights)
    return capsa_node_seek(n, passage) == passage;
  if (n->cost < LOOK_COST) return capsa_node_seek(n, passage) == passage;
  n->cost -= LOOK_COST;
  return stands(n, passage, is_allowed(n, passage) && count_words(n, passage));
}

static bool test_any(node *n, uint32_t passage) {
  bool some = false;
  for (uint32_t i = 0; i < n->child_count; i++)
    some |= capsa_node_test(&n->children[i], passage);
  return stands(n, passage, some && is_allowed(n, passage));
}

bool capsa_node_settle(node *n, uint32_t passage) {
  return stands(n, passage,
                is_allowed(n, passage) && (n->want->kind != CAPSA_WANT_PHRASE ||
                                           count_phrases(n, passage)));
}

bool capsa_node_test(node *n, uint32_t passage) {
  if (n->looking->st) return false;
  switch (n->want->kind) {
  case CAPSA_WANT_PREFIX: return test_prefix(n, passage);
  case CAPSA_WANT_OR: return test_any(n, passage);
  case CAPSA_WANT_WORD: return capsa_node_seek(n, passage) == passage;
  default:
    return n->child_count && test_others(n, NULL, passage) &&
           capsa_node_settle(n, passage);
  }
}

/* ---- scores */

double capsa_node_share(const node *n, uint32_t passage, double weight) {
  const capsa_looking *l = n->looking;
  uint32_t length = capsa_segment_length(l->segment, passage);
  double tf = weight / 2;
  return tf * (CAPSA_BM25_K1 + 1) /
         (tf + (length < CAPSA_NORMS
                    ? l->norms[length]
                    : capsa_bm25_norm(length, l->mean_length)));
}

static double share(const node *n, double weight) {
  return capsa_node_share(n, n->passage, weight);
}

static double score_lists(const node *n) {
  double weight = 0;
  for (uint32_t i = 0; i < n->child_count; i++)
    if (n->postings[i].passage == n->passage)
      weight += n->postings[i].weight * n->factors[i];
  return weight;
}

double capsa_node_score(const node *n) {
  double score = 0;
  switch (n->want->kind) {
  case CAPSA_WANT_WORD: return n->want->idf * share(n, score_lists(n));
  case CAPSA_WANT_PREFIX:
    return n->want->idf * share(n, n->child_count ? score_lists(n)
                                   : n->weights   ? n->weights[n->passage]
                                                  : count_words(n, n->passage));
  case CAPSA_WANT_PHRASE:
    return n->want->idf * share(n, count_phrases(n, n->passage));
  default:
    for (uint32_t i = 0; i < n->child_count; i++) {
      const node *child = &n->children[i];
      if (!child->want->excluded && child->passage == n->passage)
        score += capsa_node_score(child);
    }
    return score;
  }
}

void capsa_looking_start(capsa_looking *l, const capsa_segment *segment,
                         double mean_length, capsa_arena *arena) {
  *l = (capsa_looking){.segment = segment,
                       .mean_length = mean_length,
                       .stretch = 1,
                       .arena = arena,
                       .looked_at = UINT32_MAX};
  if (mean_length > segment->mean_length)
    l->stretch = mean_length / segment->mean_length;
  for (uint32_t i = 0; i < CAPSA_NORMS; i++)
    l->norms[i] = capsa_bm25_norm(i, mean_length);
}
