/* builder.c -- gather what stands where, in the order of the text, and sort it
 * once by term at the end. */
#include "index/builder.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/slice.h"

#define SLOTS_FIRST 1024 /* a power of two */

typedef struct term {
  capsa_slice text;
  uint32_t hash;
  uint32_t df;
  uint32_t languages;
  uint32_t weight; /* in the passage under way */
  uint32_t number; /* in the order of bytes, at the end */
} term;

typedef struct posting {
  uint32_t term, passage;
  uint8_t weight;
} posting;

typedef struct passage {
  uint32_t length;
  uint32_t forward; /* where its codes begin */
  uint8_t kind;
} passage;

typedef struct document {
  int64_t id;
  uint32_t first;
} document;

struct capsa_builder {
  capsa_arena *arena;
  size_t size;
  CAPSA_LIST(term) terms;
  uint32_t *slots; /* number of a term from 1 */
  size_t slot_count;
  CAPSA_LIST(posting) postings;
  CAPSA_LIST(passage) passages;
  CAPSA_LIST(document) documents;
  CAPSA_LIST(uint32_t) codes;   /* term * 2 + 2, or field * 2 + 1 */
  CAPSA_LIST(uint32_t) touched; /* terms of the passage under way */
  uint32_t language;
  bool failed;
};

capsa_builder *capsa_builder_new(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_builder *b = arena ? capsa_mem_alloc(sizeof *b) : NULL;
  if (!b) {
    capsa_arena_free(arena);
    return NULL;
  }
  *b = (capsa_builder){.arena = arena};
  return b;
}

void capsa_builder_free(capsa_builder *b) {
  if (!b) return;
  capsa_arena_free(b->arena);
  capsa_mem_free(b);
}

size_t capsa_builder_size(const capsa_builder *b) { return b->size; }

/* ---- terms */

static uint32_t hash_of(capsa_slice text) {
  uint64_t h = 0xCBF29CE484222325u; /* FNV-1a */
  for (size_t i = 0; i < text.len; i++)
    h = (h ^ (unsigned char)text.ptr[i]) * 0x100000001B3u;
  h ^= h >> 32;
  h *= 0xBF58476D1CE4E5B9u;
  return (uint32_t)(h >> 32);
}

static bool grow_slots(capsa_builder *b) {
  size_t count = b->slot_count ? b->slot_count * 2 : SLOTS_FIRST;
  uint32_t *slots = capsa_arena_alloc(b->arena, count * sizeof *slots);
  if (!slots) return false;
  for (uint32_t i = 0; i < b->terms.count; i++) {
    size_t at = b->terms.items[i].hash & (count - 1);
    while (slots[at]) at = (at + 1) & (count - 1);
    slots[at] = i + 1;
  }
  capsa_arena_release(b->arena, b->slots);
  b->slots = slots;
  b->slot_count = count;
  return true;
}

static uint32_t add_term(capsa_builder *b, capsa_slice text, uint32_t hash,
                         size_t slot) {
  term *added = CAPSA_LIST_ADD(b->arena, &b->terms);
  if (!added) {
    b->failed = true;
    return 0;
  }
  added->text = capsa_arena_copy(b->arena, text);
  added->hash = hash;
  b->slots[slot] = (uint32_t)b->terms.count;
  return (uint32_t)b->terms.count - 1;
}

/* The number of a term. */
static uint32_t find_term(capsa_builder *b, capsa_slice text) {
  if (b->terms.count * 2 >= b->slot_count && !grow_slots(b)) {
    b->failed = true;
    return 0;
  }
  uint32_t hash = hash_of(text);
  size_t at = hash & (b->slot_count - 1);
  for (; b->slots[at]; at = (at + 1) & (b->slot_count - 1)) {
    const term *there = &b->terms.items[b->slots[at] - 1];
    if (there->hash == hash && capsa_slice_equal(there->text, text))
      return b->slots[at] - 1;
  }
  return add_term(b, text, hash, at);
}

/* Count an occurrence in the passage under way. @return the term's number */
static uint32_t touch(capsa_builder *b, capsa_slice text, uint32_t weight) {
  uint32_t number = find_term(b, text);
  if (b->failed) return 0;
  term *t = &b->terms.items[number];
  if (!t->weight) {
    uint32_t *added = CAPSA_LIST_ADD(b->arena, &b->touched);
    if (!added) {
      b->failed = true;
      return 0;
    }
    *added = number;
  }
  t->weight += weight;
  t->languages |= b->language;
  return number;
}

static void touch_field(capsa_builder *b, uint8_t field, capsa_slice word) {
  char text[CAPSA_TERM_BYTES_MAX];
  text[0] = (char)field;
  memcpy(text + 1, word.ptr, word.len);
  touch(b, (capsa_slice){text, word.len + 1}, 2);
}

/* ---- passages */

static void add_code(capsa_builder *b, uint32_t code) {
  uint32_t *added = CAPSA_LIST_ADD(b->arena, &b->codes);
  if (added) *added = code;
  else b->failed = true;
}

/* The passage under way is whole: its terms are postings now. */
static void end_passage(capsa_builder *b) {
  for (size_t i = 0; i < b->touched.count && !b->failed; i++) {
    term *t = &b->terms.items[b->touched.items[i]];
    posting *added = CAPSA_LIST_ADD(b->arena, &b->postings);
    if (!added) {
      b->failed = true;
      return;
    }
    *added = (posting){.term = b->touched.items[i],
                       .passage = (uint32_t)b->passages.count - 1,
                       .weight = t->weight > UINT8_MAX ? UINT8_MAX
                                                       : (uint8_t)t->weight};
    t->df++;
    t->weight = 0;
  }
  b->touched.count = 0;
}

void capsa_builder_document(capsa_builder *b, int64_t id) {
  if (b->failed) return;
  end_passage(b);
  document *added = CAPSA_LIST_ADD(b->arena, &b->documents);
  if (added) *added = (document){id, (uint32_t)b->passages.count};
  else b->failed = true;
}

void capsa_builder_passage(capsa_builder *b, uint8_t kind,
                           capsa_slice language) {
  if (b->failed) return;
  end_passage(b);
  passage *added = CAPSA_LIST_ADD(b->arena, &b->passages);
  if (!added) {
    b->failed = true;
    return;
  }
  *added = (passage){.kind = kind, .forward = (uint32_t)b->codes.count};
  b->language = 1u << capsa_stemmer_of(language);
  if (language.len && language.len < CAPSA_TOKEN_BYTES_MAX)
    touch_field(b, CAPSA_TERM_LANGUAGE, language);
}

/* Compounds have no place among the words: they come behind them. */
typedef struct compounds {
  CAPSA_LIST(capsa_slice) items;
} compounds;

static void keep_compound(capsa_builder *b, compounds *all, capsa_slice word) {
  capsa_slice *added = CAPSA_LIST_ADD(b->arena, &all->items);
  if (added) *added = capsa_arena_copy(b->arena, word);
  else b->failed = true;
}

static void add_extra(capsa_builder *b, capsa_slice word, uint32_t weight) {
  add_code(b, touch(b, word, weight) * 2 + 2);
}

void capsa_builder_text(capsa_builder *b, capsa_slice text, uint8_t all,
                        const capsa_field_span *spans, size_t count) {
  if (b->failed || !b->passages.count) return;
  capsa_tokens tokens;
  capsa_token token;
  compounds kept = {0};
  uint32_t length = 0;
  uint8_t field = 0;
  size_t span = 0;
  b->size += text.len;
  capsa_tokens_start(&tokens, text);
  while (!b->failed && capsa_tokens_next(&tokens, &token)) {
    while (span < count && spans[span].at.end_byte <= token.at.start_byte)
      span++;
    uint8_t now =
        span < count && spans[span].at.start_byte <= token.at.start_byte
            ? spans[span].field
            : 0;
    if (token.covers > 1) {
      keep_compound(b, &kept, token.folded);
      continue;
    }
    if (now != field) add_code(b, now * 2u + 1);
    field = now;
    if (now || all) touch_field(b, now ? now : all, token.folded);
    add_code(b, touch(b, token.folded, 2) * 2 + 2);
    length++;
  }
  if (b->failed) return;
  b->passages.items[b->passages.count - 1].length += length;
  add_code(b, CAPSA_FORWARD_EXTRA * 2 + 1);
  for (size_t i = 0; i < kept.items.count; i++)
    add_extra(b, kept.items.items[i], 2);
}

void capsa_builder_field(capsa_builder *b, uint8_t field, capsa_slice name,
                         bool plain) {
  capsa_tokens tokens;
  capsa_token token;
  uint32_t length = 0;
  if (b->failed || !b->passages.count) return;
  capsa_tokens_start(&tokens, name);
  while (!b->failed && capsa_tokens_next(&tokens, &token)) {
    touch_field(b, field, token.folded);
    if (!plain) continue;
    add_extra(b, token.folded, 1);
    length += token.covers == 1;
  }
  if (!b->failed) b->passages.items[b->passages.count - 1].length += length;
}

void capsa_builder_extra(capsa_builder *b, capsa_slice text) {
  capsa_tokens tokens;
  capsa_token token;
  if (b->failed || !b->passages.count) return;
  capsa_tokens_start(&tokens, text);
  while (!b->failed && capsa_tokens_next(&tokens, &token))
    add_extra(b, token.folded, 2);
}

/* ---- the end: everything by term */

typedef struct sorted {
  capsa_builder *b;
  uint32_t *order;     /* terms in the order of bytes */
  uint32_t *starts;    /* of each term's postings */
  uint32_t *positions; /* of postings, by term */
} sorted;

typedef struct key {
  capsa_slice text;
  uint32_t term;
} key;

static int by_text(const void *a, const void *b) {
  return capsa_slice_compare(((const key *)a)->text, ((const key *)b)->text);
}

static bool sort_terms(sorted *s) {
  capsa_builder *b = s->b;
  size_t count = b->terms.count;
  key *keys = capsa_arena_alloc(b->arena, (count + 1) * sizeof *keys);
  s->order = capsa_arena_alloc(b->arena, (count + 1) * sizeof *s->order);
  if (!keys || !s->order) return false;
  for (uint32_t i = 0; i < count; i++)
    keys[i] = (key){b->terms.items[i].text, i};
  qsort(keys, count, sizeof *keys, by_text);
  for (uint32_t i = 0; i < count; i++) {
    s->order[i] = keys[i].term;
    b->terms.items[keys[i].term].number = i;
  }
  return true;
}

/* Counting sort: postings come by passage and stay so within a term. */
static bool sort_postings(sorted *s) {
  capsa_builder *b = s->b;
  size_t count = b->postings.count;
  s->starts =
      capsa_arena_alloc(b->arena, (b->terms.count + 1) * sizeof *s->starts);
  s->positions =
      capsa_arena_alloc(b->arena, (count + 1) * sizeof *s->positions);
  if (!s->starts || !s->positions) return false;
  uint32_t at = 0;
  for (size_t i = 0; i < b->terms.count; i++) {
    s->starts[i] = at;
    at += b->terms.items[i].df;
  }
  for (uint32_t i = 0; i < count; i++)
    s->positions[s->starts[b->postings.items[i].term]++] = i;
  return true;
}

static void write_passages(const capsa_builder *b, capsa_segment_writer *w) {
  size_t next = 0;
  for (size_t i = 0; i < b->passages.count; i++) {
    while (next < b->documents.count && b->documents.items[next].first == i)
      capsa_segment_writer_document(w, b->documents.items[next++].id);
    capsa_segment_writer_passage(w, b->passages.items[i].length,
                                 b->passages.items[i].kind);
  }
}

static void write_terms(const sorted *s, capsa_segment_writer *w) {
  const capsa_builder *b = s->b;
  for (size_t i = 0; i < b->terms.count; i++) {
    const term *t = &b->terms.items[s->order[i]];
    capsa_segment_writer_count(w, t->text, t->df);
  }
  capsa_segment_writer_counted(w);
  for (size_t i = 0; i < b->terms.count; i++) {
    const term *t = &b->terms.items[s->order[i]];
    capsa_segment_writer_term(w, t->text, t->languages);
    uint32_t end = s->starts[s->order[i]]; /* moved there by the sorting */
    for (uint32_t j = end - t->df; j < end; j++) {
      const posting *p = &b->postings.items[s->positions[j]];
      capsa_segment_writer_posting(w, p->passage, p->weight);
    }
  }
}

static void write_forwards(const capsa_builder *b, capsa_segment_writer *w) {
  capsa_buf buf = {0};
  for (size_t i = 0; i < b->passages.count && !w->st; i++) {
    size_t at = b->passages.items[i].forward;
    size_t end = i + 1 < b->passages.count ? b->passages.items[i + 1].forward
                                           : b->codes.count;
    buf.len = 0;
    for (; at < end; at++) {
      uint32_t code = b->codes.items[at];
      if (code & 1) {
        capsa_buf_putc(&buf, 0);
        capsa_buf_putc(&buf, (char)(code >> 1));
      } else {
        const term *t = &b->terms.items[code / 2 - 1];
        capsa_put_varint(&buf, capsa_segment_writer_rank(w, t->number) + 1);
      }
    }
    if (buf.failed) w->st = CAPSA_ENOMEM;
    capsa_segment_writer_forward(w, capsa_buf_view(&buf));
  }
  capsa_buf_free(&buf);
}

/* Ready for another segment; the largest block of memory stays. */
static void empty(capsa_builder *b) {
  capsa_arena_reset(b->arena);
  *b = (capsa_builder){.arena = b->arena};
}

capsa_status capsa_builder_finish(capsa_builder *b, capsa_parts_sink sink,
                                  capsa_segment_head *head) {
  capsa_segment_writer w;
  sorted s = {.b = b};
  end_passage(b);
  capsa_segment_writer_start(&w, sink, b->arena);
  write_passages(b, &w);
  if (b->failed || !sort_terms(&s) || !sort_postings(&s)) w.st = CAPSA_ENOMEM;
  if (!w.st) write_terms(&s, &w);
  if (!w.st) write_forwards(b, &w);
  capsa_status st = capsa_segment_writer_finish(&w);
  if (!st) *head = w.head;
  capsa_segment_writer_free(&w);
  empty(b);
  return st;
}
