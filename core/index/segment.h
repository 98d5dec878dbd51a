/* segment.h -- an immutable piece of the index: which words stand in which
 * passages of some documents.
 *
 *   capsa_segment           an open one
 *   capsa_segment_open()    its small tables into memory
 *   capsa_segment_find()    a word of its vocabulary
 *   capsa_segment_words     the vocabulary in order, from a word on
 *   capsa_postings          the passages of a word, with skips
 *   capsa_forward           the words of a passage, in order
 *
 * A passage is a block, or a document's title and summary (passage 0 of the
 * document). Passages are numbered through the segment in reading order.
 *
 * The bytes of a segment are one string, kept in parts of CAPSA_PART_BYTES, the
 * last one shorter. Regions, in the order of writing:
 *
 *   postings    of each term, in the order of the vocabulary (below)
 *   forwards    of each passage: varint rank + 1 of each word; 0 and a byte
 *               switch the field (CAPSA_FORWARD_EXTRA: compounds and printed
 *               forms, which have no place, follow)
 *   vocabulary  blocks of CAPSA_VOCABULARY_BLOCK terms: bytes shared with the
 *               one before, bytes that follow, these; df, rank, languages,
 *               length of postings (varints). Each block begins with the u32
 *               where its postings begin
 *   blocks      u32 where each vocabulary block begins
 *   terms       u32 term of each rank
 *   offsets     u32 where each forward begins, and where the last one ends
 *   lengths     u16 words of each passage
 *   kinds       u8 capsa_field of each passage
 *   documents   u32 low, u32 high half of the id, u32 first passage; one more
 *               entry ends them
 *
 * Terms are folded words; a term of a field (the words of glosses, speakers …)
 * begins with the byte of the field's number, a champion list of a prefix with
 * CAPSA_TERM_PREFIX, a language with CAPSA_TERM_LANGUAGE.
 *
 * Postings of n passages: where n > CAPSA_CHAMPIONS_FROM, champions (below);
 * where n > CAPSA_POSTINGS_BLOCK, for each block u32 its last passage and
 * u32 (where it begins << 8 | highest impact); then the blocks. A posting is
 * varint (passage - last one - 1) << 1 | other, and where `other`, a byte of
 * weight; else the weight is 2. The weight counts an occurrence in the text as
 * 2 and one in the speaker's name as 1. An impact is a BM25 weight under the
 * mean length of the segment, in 255ths of its limit, rounded up.
 *
 * Champions: CAPSA_CHAMPIONS times u32 passage and u8 weight, by impact. A
 * prefix that many passages have (CAPSA_PREFIX_FROM postings together) has
 * them too, and nothing else; its df is that of all words that begin so.
 *
 * Nothing that is read is trusted: every offset, length and order is checked
 * where it is used, and a segment that breaks them gives CAPSA_ECORRUPT.
 */
#ifndef CAPSA_CORE_INDEX_SEGMENT_H
#define CAPSA_CORE_INDEX_SEGMENT_H

#include "base/arena.h"
#include "index/bytes.h"

#define CAPSA_PART_BYTES ((size_t)32 << 10)
#define CAPSA_VOCABULARY_BLOCK 32
#define CAPSA_POSTINGS_BLOCK 128
#define CAPSA_CHAMPIONS 64
#define CAPSA_CHAMPIONS_FROM 4096
#define CAPSA_PREFIX_FROM 8192

/** Limits of one segment; a library has as many segments as it needs. */
#define CAPSA_SEGMENT_PASSAGES_MAX ((uint32_t)1 << 20)
#define CAPSA_SEGMENT_BYTES_MAX ((uint32_t)1 << 30)

/** Bytes of a term: a word behind its field. */
#define CAPSA_TERM_BYTES_MAX 72

#define CAPSA_TERM_LANGUAGE '\x1E'
#define CAPSA_TERM_WORDS                                                       \
  '\x20'                         /* words begin with this byte or a higher one \
                                  */
#define CAPSA_TERM_PREFIX '\xFF' /* the highest: no UTF-8 begins so */

#define CAPSA_FORWARD_EXTRA 0xFF

/** BM25; the values are Robertson's and FTS5's. */
#define CAPSA_BM25_K1 1.2
#define CAPSA_BM25_B 0.75

/** Bytes of capsa_segment_head as stored. */
#define CAPSA_SEGMENT_HEAD_BYTES 64

/** What a segment's row says of it. */
typedef struct capsa_segment_head {
  uint32_t documents, passages, terms;
  uint64_t words; /* of all passages together */
  uint32_t postings, forwards, vocabulary, blocks; /* bytes of the regions; */
  /* those of the other regions follow from the counts */
} capsa_segment_head;

void capsa_segment_head_put(const capsa_segment_head *head, capsa_buf *buf);
capsa_status capsa_segment_head_read(capsa_slice bytes,
                                     capsa_segment_head *out);

/** Where the parts come from. */
typedef struct capsa_parts_source {
  void *context;
  /** Part `number`; the bytes stay until the caller of the segment's functions
   * says otherwise. @return CAPSA_OK, storage, CAPSA_ECORRUPT */
  capsa_status (*read)(void *context, uint32_t number, capsa_slice *out);
} capsa_parts_source;

typedef struct capsa_segment {
  capsa_segment_head head;
  capsa_parts_source source;
  double mean_length;
  uint32_t forwards_at, vocabulary_at, terms_at, offsets_at; /* regions */
  const char *blocks, *lengths, *kinds, *documents;          /* in memory */
  uint32_t block_count;
} capsa_segment;

/**
 * Read the small tables (some 3 bytes a passage) into `arena`, and check them.
 * @return CAPSA_OK, CAPSA_ECORRUPT, CAPSA_ENOMEM, storage
 */
capsa_status capsa_segment_open(const capsa_segment_head *head,
                                capsa_parts_source source, capsa_arena *arena,
                                capsa_segment *out);

/** The bytes from `start` on: in a part, or copied to `arena` where they
 * stand in several. @return CAPSA_OK, CAPSA_ECORRUPT, CAPSA_ENOMEM, storage */
capsa_status capsa_segment_bytes(const capsa_segment *segment, uint32_t start,
                                 uint32_t len, capsa_arena *arena,
                                 capsa_slice *out);

static inline uint32_t capsa_segment_length(const capsa_segment *segment,
                                            uint32_t passage) {
  return capsa_u16_at(segment->lengths, passage);
}

static inline uint8_t capsa_segment_kind(const capsa_segment *segment,
                                         uint32_t passage) {
  return (uint8_t)segment->kinds[passage];
}

/** Of document `number` (from 0): its id in the library. */
int64_t capsa_segment_document(const capsa_segment *segment, uint32_t number);

/** Its first passage; of the one behind the last: the number of passages. */
uint32_t capsa_segment_first(const capsa_segment *segment, uint32_t number);

/** The number of the document that a passage is of. */
uint32_t capsa_segment_document_of(const capsa_segment *segment,
                                   uint32_t passage);

/** A term of the vocabulary. */
typedef struct capsa_entry_term {
  uint32_t number;     /* in the order of bytes, from 0 */
  uint32_t df;         /* passages that have it */
  uint32_t rank;       /* 0: the most frequent word of the segment */
  uint32_t languages;  /* bits: 1 << capsa_stemmer of the blocks it stands in */
  uint32_t start, len; /* of its postings */
  uint32_t text_len;
  char text[CAPSA_TERM_BYTES_MAX];
} capsa_entry_term;

/** A walk over the vocabulary. Members are the functions' own. */
typedef struct capsa_segment_words {
  const capsa_segment *segment;
  capsa_arena *arena;
  capsa_bytes rest; /* of the block */
  uint32_t block;
  capsa_entry_term term;
  bool some;
} capsa_segment_words;

/**
 * Begin at the first term that is not before `from`.
 * @param arena  holds what stands across parts
 * @return CAPSA_OK, CAPSA_ECORRUPT, CAPSA_ENOMEM, storage
 */
capsa_status capsa_segment_words_seek(const capsa_segment *segment,
                                      capsa_slice from, capsa_arena *arena,
                                      capsa_segment_words *out);

/** The next term; `*more` is false behind the last one. */
capsa_status capsa_segment_words_next(capsa_segment_words *words,
                                      const capsa_entry_term **out);

/** @param out  df is 0 where there is no such term
 * @return CAPSA_OK, CAPSA_ECORRUPT, CAPSA_ENOMEM, storage */
capsa_status capsa_segment_find(const capsa_segment *segment, capsa_slice term,
                                capsa_arena *arena, capsa_entry_term *out);

#define CAPSA_POSTINGS_END UINT32_MAX

/** The passages of a term. Members are the functions' own, but for these: */
typedef struct capsa_postings {
  uint32_t passage; /* where it stands; CAPSA_POSTINGS_END behind the last */
  uint32_t weight;
  uint32_t df;
  capsa_status st; /* sticky: a failed one is at its end */
  const capsa_segment *segment;
  capsa_arena *arena;
  capsa_slice champions, skips;
  uint32_t start, end; /* of the blocks */
  uint32_t block, block_count;
  uint32_t at, count; /* in the block */
  uint32_t passages[CAPSA_POSTINGS_BLOCK];
  uint8_t weights[CAPSA_POSTINGS_BLOCK];
} capsa_postings;

/** Stands before the first passage: seek to 0 for it. */
capsa_status capsa_postings_open(const capsa_segment *segment,
                                 const capsa_entry_term *term,
                                 capsa_arena *arena, capsa_postings *out);

/** Go to the first passage that is not before `passage`; never back. */
uint32_t capsa_postings_seek(capsa_postings *postings, uint32_t passage);

/** The highest impact among the passages of the block that `passage` would be
 * in, and the last passage of that block; nothing is decoded, and the place
 * stays. @return 0 behind the last block */
uint32_t capsa_postings_bound(const capsa_postings *postings, uint32_t passage,
                              uint32_t *last);

/** Champion `number` from 0. @return false behind the last, or without any */
bool capsa_postings_champion(const capsa_postings *postings, uint32_t number,
                             uint32_t *passage, uint32_t *weight);

/** Decode up to a whole block from the place on: for scans.
 * @return how many; 0 at the end */
uint32_t capsa_postings_block(capsa_postings *postings,
                              const uint32_t **passages,
                              const uint8_t **weights);

/** Stand at item `at` of the block that is decoded; behind its last, the next
 * seek goes on from there. */
void capsa_postings_return(capsa_postings *postings, uint32_t at);

/** The words of a passage. */
typedef struct capsa_forward {
  capsa_bytes rest;
  uint32_t passage;
  uint8_t field; /* of the words that come: 0, or a span's */
  bool extra;    /* compounds and printed forms come, which have no place */
} capsa_forward;

capsa_status capsa_forward_open(const capsa_segment *segment, uint32_t passage,
                                capsa_arena *arena, capsa_forward *out);

/** The rank of the next word. @return false at the end, or where the bytes are
 * no words (then rest.bad) */
static inline bool capsa_forward_next(capsa_forward *forward, uint32_t *rank) {
  for (;;) {
    if (forward->rest.at == forward->rest.end) return false;
    uint32_t code = capsa_bytes_varint(&forward->rest);
    if (code) {
      *rank = code - 1;
      return true;
    }
    uint32_t field = capsa_bytes_u8(&forward->rest);
    if (field == CAPSA_FORWARD_EXTRA) forward->extra = true;
    else forward->field = (uint8_t)field;
  }
}

/** The term of each rank, read into `arena`: u32s for capsa_u32_at.
 * @return CAPSA_OK, CAPSA_ECORRUPT, CAPSA_ENOMEM, storage */
capsa_status capsa_segment_terms(const capsa_segment *segment,
                                 capsa_arena *arena, const char **out);

/** A BM25 weight, in 255ths of its limit, rounded up. */
uint8_t capsa_impact(uint32_t weight, uint32_t length, double mean_length);

/** What BM25 adds to the occurrences in a passage of `length` words. */
static inline double capsa_bm25_norm(uint32_t length, double mean_length) {
  return CAPSA_BM25_K1 *
         (1 - CAPSA_BM25_B + CAPSA_BM25_B * length / mean_length);
}

/** The share of BM25 that so many occurrences, counted twice each, have: 0 to
 * CAPSA_BM25_K1 + 1. */
static inline double capsa_bm25(double weight, uint32_t length,
                                double mean_length) {
  double tf = weight / 2;
  return tf * (CAPSA_BM25_K1 + 1) / (tf + capsa_bm25_norm(length, mean_length));
}

#endif
