/* merge.c -- walk over all vocabularies side by side: once to count, once to
 * write; then over all passages. */
#include "index/merge.h"

#include <string.h>

#include "base/slice.h"

#define GONE UINT32_MAX

typedef enum phase { COUNT = 0, POSTINGS, FORWARDS, DONE } phase;

typedef struct source {
  capsa_segment_merge_from from;
  uint32_t *passages; /* new number of each; GONE */
  uint32_t *terms;    /* by rank: new number of the term */
  bool some_gone;
  capsa_segment_words words;
  const capsa_entry_term *term; /* the next one; NULL behind the last */
} source;

struct capsa_segment_merge {
  capsa_arena *arena;
  capsa_arena *scratch; /* what stood across parts, of vocabularies */
  capsa_arena *passing; /* and of postings and forwards */
  capsa_postings list;
  capsa_segment_writer writer;
  source sources[CAPSA_SEGMENT_MERGE_MAX];
  size_t count;
  phase phase;
  bool begun; /* the phase */
  uint32_t term;
  size_t source; /* of the forwards */
  uint32_t passage;
  capsa_status st;
};

static void fail(capsa_segment_merge *m, capsa_status st) {
  if (!m->st) m->st = st;
}

/* ---- documents */

static void add_documents(capsa_segment_merge *m, source *s) {
  const capsa_segment *segment = s->from.segment;
  for (uint32_t d = 0; d < segment->head.documents && !m->st; d++) {
    uint32_t from = capsa_segment_first(segment, d),
             end = capsa_segment_first(segment, d + 1);
    bool lives = !s->from.lives || s->from.lives[d];
    if (lives)
      capsa_segment_writer_document(&m->writer,
                                    capsa_segment_document(segment, d));
    else s->some_gone = true;
    for (uint32_t p = from; p < end; p++) {
      s->passages[p] = lives ? m->writer.head.passages : GONE;
      if (lives)
        capsa_segment_writer_passage(&m->writer,
                                     capsa_segment_length(segment, p),
                                     capsa_segment_kind(segment, p));
    }
    fail(m, m->writer.st);
  }
}

capsa_segment_merge *
capsa_segment_merge_new(const capsa_segment_merge_from *from, size_t count,
                        capsa_parts_sink sink, capsa_arena *arena) {
  capsa_segment_merge *m = capsa_arena_alloc(arena, sizeof *m);
  if (!m) return NULL;
  m->arena = arena;
  m->scratch = capsa_arena_new();
  m->passing = capsa_arena_new();
  if (!m->scratch || !m->passing) m->st = CAPSA_ENOMEM;
  m->count = count;
  capsa_segment_writer_start(&m->writer, sink, arena);
  for (size_t i = 0; i < count && !m->st; i++) {
    source *s = &m->sources[i];
    const capsa_segment_head *head = &from[i].segment->head;
    s->from = from[i];
    s->passages = capsa_arena_alloc(arena, head->passages * sizeof(uint32_t));
    s->terms = capsa_arena_alloc(arena, (head->terms + 1) * sizeof(uint32_t));
    if (s->passages && s->terms) add_documents(m, s);
    else fail(m, CAPSA_ENOMEM);
  }
  return m;
}

void capsa_segment_merge_free(capsa_segment_merge *m) {
  if (!m) return;
  capsa_segment_writer_free(&m->writer);
  capsa_arena_free(m->scratch);
  capsa_arena_free(m->passing);
}

const capsa_segment_head *
capsa_segment_merge_head(const capsa_segment_merge *m) {
  return &m->writer.head;
}

/* ---- vocabularies, side by side */

static void next_term(capsa_segment_merge *m, source *s) {
  capsa_status st = capsa_segment_words_next(&s->words, &s->term);
  if (st) {
    s->term = NULL;
    fail(m, st);
  } else if (s->term && s->term->text[0] == CAPSA_TERM_PREFIX) {
    s->term = NULL; /* the writer makes these */
  }
}

static void rewind_terms(capsa_segment_merge *m) {
  for (size_t i = 0; i < m->count && !m->st; i++) {
    source *s = &m->sources[i];
    capsa_status st = capsa_segment_words_seek(
        s->from.segment, (capsa_slice){0}, m->scratch, &s->words);
    if (st) fail(m, st);
    if (!st) next_term(m, s);
  }
  m->term = 0;
  m->begun = true;
}

static capsa_slice text_of(const capsa_entry_term *term) {
  return (capsa_slice){term->text, term->text_len};
}

/* The first term of those that come; false behind the last. */
static bool first_term(const capsa_segment_merge *m, capsa_entry_term *out) {
  const capsa_entry_term *first = NULL;
  for (size_t i = 0; i < m->count; i++) {
    const capsa_entry_term *term = m->sources[i].term;
    if (term &&
        (!first || capsa_slice_compare(text_of(term), text_of(first)) < 0))
      first = term;
  }
  if (first) *out = *first;
  return first;
}

static bool has(const source *s, const capsa_entry_term *term) {
  return s->term && capsa_slice_equal(text_of(s->term), text_of(term));
}

/* The postings of a term that live: counted, and written where `write`. */
static uint32_t walk_postings(capsa_segment_merge *m, source *s, bool write) {
  capsa_postings *list = &m->list;
  const uint32_t *passages;
  const uint8_t *weights;
  uint32_t got, lives = 0;
  capsa_arena_reset(m->passing);
  fail(m, capsa_postings_open(s->from.segment, s->term, m->passing, list));
  while (!m->st && (got = capsa_postings_block(list, &passages, &weights)) != 0)
    for (uint32_t i = 0; i < got; i++) {
      uint32_t passage = s->passages[passages[i]];
      if (passage == GONE) continue;
      lives++;
      if (write) capsa_segment_writer_posting(&m->writer, passage, weights[i]);
    }
  fail(m, list->st);
  return lives;
}

static void spend(size_t *left, size_t work) {
  *left = *left > work ? *left - work : 0;
}

static uint32_t count_term(capsa_segment_merge *m,
                           const capsa_entry_term *term) {
  uint32_t df = 0;
  for (size_t i = 0; i < m->count; i++) {
    source *s = &m->sources[i];
    if (has(s, term))
      df += s->some_gone ? walk_postings(m, s, false) : s->term->df;
  }
  return df;
}

static bool count_next(capsa_segment_merge *m, size_t *left) {
  capsa_entry_term term;
  if (!first_term(m, &term)) return false;
  uint32_t df = count_term(m, &term);
  if (df) capsa_segment_writer_count(&m->writer, text_of(&term), df);
  for (size_t i = 0; i < m->count; i++) {
    source *s = &m->sources[i];
    if (!has(s, &term)) continue;
    s->terms[s->term->rank] = m->term;
    next_term(m, s);
  }
  m->term += df > 0;
  spend(left, 8 + (m->sources[0].some_gone ? df : 0));
  return true;
}

static bool write_next(capsa_segment_merge *m, size_t *left) {
  capsa_entry_term term;
  uint32_t languages = 0, df = 0;
  if (!first_term(m, &term)) return false;
  for (size_t i = 0; i < m->count; i++)
    if (has(&m->sources[i], &term)) languages |= m->sources[i].term->languages;
  capsa_segment_writer_term(&m->writer, text_of(&term), languages);
  for (size_t i = 0; i < m->count; i++) {
    source *s = &m->sources[i];
    if (!has(s, &term)) continue;
    df += walk_postings(m, s, true);
    next_term(m, s);
  }
  spend(left, 8 + df);
  return true;
}

/* ---- passages */

static void write_forward(capsa_segment_merge *m, const source *s,
                          uint32_t passage, size_t *left) {
  capsa_forward forward;
  capsa_buf buf = {0};
  capsa_arena_reset(m->passing);
  fail(m, capsa_forward_open(s->from.segment, passage, m->passing, &forward));
  while (!m->st && forward.rest.at < forward.rest.end) {
    uint32_t code = capsa_bytes_varint(&forward.rest);
    if (!code) {
      capsa_buf_putc(&buf, 0);
      capsa_buf_putc(&buf, (char)capsa_bytes_u8(&forward.rest));
    } else if (code > s->from.segment->head.terms) {
      fail(m, CAPSA_ECORRUPT);
    } else {
      uint32_t term = s->terms[code - 1];
      if (term >= m->writer.counted) fail(m, CAPSA_ECORRUPT);
      else
        capsa_put_varint(&buf, capsa_segment_writer_rank(&m->writer, term) + 1);
    }
  }
  if (forward.rest.bad) fail(m, CAPSA_ECORRUPT);
  if (buf.failed) fail(m, CAPSA_ENOMEM);
  if (!m->st) capsa_segment_writer_forward(&m->writer, capsa_buf_view(&buf));
  spend(left, 1 + buf.len);
  capsa_buf_free(&buf);
}

static bool forward_next(capsa_segment_merge *m, size_t *left) {
  while (m->source < m->count) {
    const source *s = &m->sources[m->source];
    for (; m->passage < s->from.segment->head.passages; m->passage++)
      if (s->passages[m->passage] != GONE) {
        write_forward(m, s, m->passage++, left);
        return true;
      }
    m->source++;
    m->passage = 0;
  }
  return false;
}

/* ---- steps */

static void end_phase(capsa_segment_merge *m) {
  if (m->phase == COUNT) capsa_segment_writer_counted(&m->writer);
  if (m->phase == FORWARDS) capsa_segment_writer_finish(&m->writer);
  fail(m, m->writer.st);
  m->phase++;
  m->begun = false;
  capsa_arena_reset(m->scratch);
}

capsa_status capsa_segment_merge_step(capsa_segment_merge *m, size_t work,
                                      bool *done) {
  size_t left = work ? work : 1;
  fail(m, m->writer.st);
  while (left && !m->st && m->phase != DONE) {
    if (!m->begun) {
      if (m->phase != FORWARDS) rewind_terms(m);
      m->begun = true;
    }
    bool more = m->phase == COUNT      ? count_next(m, &left)
                : m->phase == POSTINGS ? write_next(m, &left)
                                       : forward_next(m, &left);
    fail(m, m->writer.st);
    if (!more && !m->st) end_phase(m);
  }
  *done = m->phase == DONE;
  return m->st;
}
