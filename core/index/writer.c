/* writer.c -- the regions of a segment in the order of their writing. */
#include "index/writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/slice.h"

typedef capsa_segment_writer writer;

static void fail(writer *w, capsa_status st) {
  if (!w->st) w->st = st;
}

void capsa_segment_writer_start(writer *w, capsa_parts_sink sink,
                                capsa_arena *arena) {
  *w = (writer){.sink = sink, .arena = arena, .prefixes = {.arena = arena}};
}

void capsa_segment_writer_free(writer *w) {
  capsa_buf *const bufs[] = {&w->part,      &w->vocabulary, &w->blocks,
                             &w->offsets,   &w->lengths,    &w->kinds,
                             &w->documents, &w->list,       &w->skips};
  for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
    capsa_buf_free(bufs[i]);
}

/* ---- the stream of parts */

static void flush(writer *w) {
  if (w->part.failed) fail(w, CAPSA_ENOMEM);
  if (!w->st && w->part.len)
    fail(w, w->sink.write(w->sink.context, w->part_number,
                          capsa_buf_view(&w->part)));
  w->part_number++;
  w->part.len = 0;
}

static void put(writer *w, capsa_slice bytes) {
  if (w->written > CAPSA_SEGMENT_BYTES_MAX - bytes.len) {
    fail(w, CAPSA_ETOOBIG);
    return;
  }
  w->written += (uint32_t)bytes.len;
  while (bytes.len) {
    size_t room = CAPSA_PART_BYTES - w->part.len;
    capsa_buf_put(&w->part, capsa_slice_cut(bytes, 0, room));
    if (w->part.failed) {
      fail(w, CAPSA_ENOMEM);
      return;
    }
    bytes = capsa_slice_from(bytes, room);
    if (w->part.len == CAPSA_PART_BYTES) flush(w);
  }
}

/* What a buffer gathered; it is empty then. */
static void put_buf(writer *w, capsa_buf *buf) {
  if (buf->failed) fail(w, CAPSA_ENOMEM);
  if (!w->st) put(w, capsa_buf_view(buf));
  buf->len = 0;
}

/* ---- documents and passages */

static void put_document(writer *w, int64_t id) {
  capsa_put_u32(&w->documents, (uint32_t)(uint64_t)id);
  capsa_put_u32(&w->documents, (uint32_t)((uint64_t)id >> 32));
  capsa_put_u32(&w->documents, w->head.passages);
}

void capsa_segment_writer_document(writer *w, int64_t id) {
  w->head.documents++;
  put_document(w, id);
}

void capsa_segment_writer_passage(writer *w, uint32_t length, uint8_t kind) {
  if (length > UINT16_MAX) length = UINT16_MAX;
  if (w->head.passages == CAPSA_SEGMENT_PASSAGES_MAX) {
    fail(w, CAPSA_ETOOBIG);
    return;
  }
  w->head.passages++;
  w->head.words += length;
  capsa_put_u16(&w->lengths, length);
  capsa_buf_putc(&w->kinds, (char)kind);
}

/* ---- terms, counted */

static bool is_word(capsa_slice text) {
  return (unsigned char)*text.ptr >= CAPSA_TERM_WORDS;
}

void capsa_segment_writer_count(writer *w, capsa_slice text, uint32_t df) {
  size_t count = w->counted, cap = w->terms_cap;
  uint32_t *dfs =
      capsa_arena_grow(w->arena, w->dfs, count, &cap, sizeof *w->dfs);
  if (!dfs) {
    fail(w, CAPSA_ENOMEM);
    return;
  }
  w->dfs = dfs;
  w->terms_cap = cap;
  w->dfs[w->counted++] = df;
  if (is_word(text)) capsa_prefixes_count(&w->prefixes, text, df);
}

typedef struct counted {
  uint32_t df, term;
} counted;

static int by_df(const void *a, const void *b) {
  const counted *one = a, *other = b;
  if (one->df != other->df) return one->df > other->df ? -1 : 1;
  return one->term < other->term ? -1 : 1;
}

/* From the number of passages of each term to its rank among all. */
static void rank_terms(writer *w) {
  size_t count = w->counted + w->prefixes.wanted.count;
  w->terms = capsa_arena_alloc(w->arena, count * sizeof *w->terms);
  counted *all = capsa_arena_alloc(w->arena, count * sizeof *all);
  if (!w->terms || !all) {
    fail(w, CAPSA_ENOMEM);
    return;
  }
  for (uint32_t i = 0; i < w->counted; i++) all[i] = (counted){w->dfs[i], i};
  qsort(all, w->counted, sizeof *all, by_df);
  for (uint32_t i = 0; i < w->counted; i++) {
    w->terms[i] = all[i].term;
    w->dfs[all[i].term] = i;
  }
  capsa_arena_release(w->arena, all);
}

void capsa_segment_writer_counted(writer *w) {
  put_document(w, 0);
  if (!w->head.passages) fail(w, CAPSA_EEMPTY);
  if (w->documents.failed || w->lengths.failed || w->kinds.failed)
    fail(w, CAPSA_ENOMEM);
  if (w->st) return;
  w->mean_length = (double)w->head.words / w->head.passages;
  if (w->mean_length < 1) w->mean_length = 1;
  capsa_prefixes_count(&w->prefixes, (capsa_slice){0}, 0);
  capsa_prefixes_begin(&w->prefixes, w->head.passages, w->lengths.ptr,
                       w->mean_length);
  rank_terms(w);
}

/* ---- terms and their postings */

static uint32_t shared_bytes(const writer *w, capsa_slice text) {
  uint32_t shared = 0;
  while (shared < w->text_len && shared < text.len &&
         w->text[shared] == text.ptr[shared])
    shared++;
  return shared;
}

/* The entry of a term whose postings have been written, `len` bytes of them. */
static void put_entry(writer *w, capsa_slice text, uint32_t df, uint32_t rank,
                      uint32_t languages, uint32_t len) {
  bool first = w->head.terms % CAPSA_VOCABULARY_BLOCK == 0;
  if (first) {
    capsa_put_u32(&w->blocks, (uint32_t)w->vocabulary.len);
    capsa_put_u32(&w->vocabulary, w->written - len);
  }
  uint32_t shared = first ? 0 : shared_bytes(w, text);
  capsa_put_varint(&w->vocabulary, shared);
  capsa_put_varint(&w->vocabulary, (uint32_t)text.len - shared);
  capsa_buf_put(&w->vocabulary, capsa_slice_from(text, shared));
  capsa_put_varint(&w->vocabulary, df);
  capsa_put_varint(&w->vocabulary, rank);
  capsa_put_varint(&w->vocabulary, languages);
  capsa_put_varint(&w->vocabulary, len);
  memcpy(w->text, text.ptr, text.len);
  w->text_len = (uint32_t)text.len;
  w->head.terms++;
}

static void end_block(writer *w) {
  capsa_put_u32(&w->skips, w->last);
  capsa_put_u32(&w->skips, w->in_block << 8 | w->best);
  w->in_block = (uint32_t)w->list.len; /* where the next one begins */
  w->best = 0;
}

/* The term that was under way is whole. */
static void end_term(writer *w) {
  if (!w->df) return;
  if (w->df % CAPSA_POSTINGS_BLOCK) end_block(w);
  uint32_t before = w->written;
  capsa_buf champions = {0};
  if (w->df > CAPSA_CHAMPIONS_FROM) capsa_top_put(&w->top, &champions);
  put_buf(w, &champions);
  capsa_buf_free(&champions);
  if (w->df <= CAPSA_POSTINGS_BLOCK) w->skips.len = 0;
  put_buf(w, &w->skips);
  put_buf(w, &w->list);
  if (w->head.terms >= w->counted) fail(w, CAPSA_EINVAL);
  if (!w->st)
    put_entry(w, (capsa_slice){w->pending, w->pending_len}, w->df,
              w->dfs[w->head.terms], w->languages, w->written - before);
  w->df = 0;
}

void capsa_segment_writer_term(writer *w, capsa_slice text,
                               uint32_t languages) {
  if (w->st) return;
  end_term(w);
  memcpy(w->pending, text.ptr, text.len);
  w->pending_len = (uint32_t)text.len;
  w->languages = languages;
  w->last = UINT32_MAX;
  w->in_block = w->best = 0;
  w->top.count = 0;
  if (is_word(text)) capsa_prefixes_enter(&w->prefixes, text);
}

void capsa_segment_writer_posting(writer *w, uint32_t passage,
                                  uint32_t weight) {
  if (w->st) return;
  if (weight > UINT8_MAX) weight = UINT8_MAX;
  uint8_t impact = capsa_impact(weight, capsa_u16_at(w->lengths.ptr, passage),
                                w->mean_length);
  capsa_put_varint(&w->list, (passage - w->last - 1) << 1 | (weight != 2));
  if (weight != 2) capsa_buf_putc(&w->list, (char)weight);
  w->last = passage;
  if (impact > w->best) w->best = impact;
  capsa_top_add(&w->top, (capsa_champion){passage, (uint8_t)weight, impact});
  if ((unsigned char)w->pending[0] >= CAPSA_TERM_WORDS)
    capsa_prefixes_add(&w->prefixes, passage, weight);
  if (++w->df % CAPSA_POSTINGS_BLOCK == 0) end_block(w);
}

/* The beginnings of words, behind all words. */
static void put_prefixes(writer *w) {
  end_term(w);
  capsa_prefixes_enter(&w->prefixes, (capsa_slice){0});
  if (w->prefixes.failed) fail(w, CAPSA_ENOMEM);
  for (size_t i = 0; !w->st && i < w->prefixes.wanted.count; i++) {
    const capsa_prefix *prefix = &w->prefixes.wanted.items[i];
    char text[CAPSA_TERM_BYTES_MAX] = {CAPSA_TERM_PREFIX};
    memcpy(text + 1, prefix->text.ptr, prefix->text.len);
    put(w, prefix->champions);
    w->terms[w->head.terms] = w->head.terms;
    put_entry(w, (capsa_slice){text, prefix->text.len + 1}, prefix->df,
              w->head.terms, 0, (uint32_t)prefix->champions.len);
  }
  w->head.postings = w->written;
  w->terms_done = true;
}

/* ---- forwards and the end */

void capsa_segment_writer_forward(writer *w, capsa_slice bytes) {
  if (!w->terms_done) put_prefixes(w);
  if (w->st) return;
  capsa_put_u32(&w->offsets, w->written - w->head.postings);
  put(w, bytes);
}

static void put_terms(writer *w) {
  capsa_buf buf = {0};
  for (uint32_t i = 0; i < w->head.terms; i++) capsa_put_u32(&buf, w->terms[i]);
  put_buf(w, &buf);
  capsa_buf_free(&buf);
}

capsa_status capsa_segment_writer_finish(writer *w) {
  capsa_segment_head *head = &w->head;
  if (!w->st) {
    head->forwards = w->written - head->postings;
    head->vocabulary = (uint32_t)w->vocabulary.len;
    head->blocks = (uint32_t)w->blocks.len;
    capsa_put_u32(&w->offsets, head->forwards);
  }
  put_buf(w, &w->vocabulary);
  put_buf(w, &w->blocks);
  if (!w->st) put_terms(w);
  put_buf(w, &w->offsets);
  put_buf(w, &w->lengths);
  put_buf(w, &w->kinds);
  put_buf(w, &w->documents);
  if (w->part.len) flush(w);
  return w->st;
}
