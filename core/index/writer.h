/* writer.h -- write a segment, part by part, in memory that grows with its
 * vocabulary and some ten bytes a passage, not with its postings.
 *
 * A term is CAPSA_TERM_BYTES_MAX bytes at most.
 *
 * The order of the calls: _start; for each document _document, for each of its
 * passages _passage; for each term in the order of bytes _count; _counted; for
 * each term again, _term and its _postings; for each passage _forward; _finish.
 */
#ifndef CAPSA_CORE_INDEX_WRITER_H
#define CAPSA_CORE_INDEX_WRITER_H

#include "index/prefixes.h"
#include "index/segment.h"

/** Where the parts go. */
typedef struct capsa_parts_sink {
  void *context;
  /** Keep part `number`; the bytes are borrowed for the call.
   * @return CAPSA_OK, storage */
  capsa_status (*write)(void *context, uint32_t number, capsa_slice part);
} capsa_parts_sink;

/** Members are the functions' own, but for `head`: the result. */
typedef struct capsa_segment_writer {
  capsa_segment_head head;
  capsa_parts_sink sink;
  capsa_arena *arena;
  capsa_status st; /* sticky */
  double mean_length;
  uint32_t part_number, written;
  capsa_buf part, vocabulary, blocks, offsets, lengths, kinds, documents;
  capsa_buf list, skips; /* of the term under way */
  uint32_t *terms;       /* by rank */
  uint32_t *dfs;         /* by term; its rank after _counted */
  size_t terms_cap;
  uint32_t counted;
  bool terms_done;
  capsa_top top;
  capsa_prefixes prefixes;
  uint32_t df, in_block, last, best, languages; /* of the term under way */
  uint32_t pending_len, text_len;
  char pending[CAPSA_TERM_BYTES_MAX]; /* its text */
  char text[CAPSA_TERM_BYTES_MAX];    /* of the one before */
} capsa_segment_writer;

/** @param arena  for the tables; lives as long as the writer */
void capsa_segment_writer_start(capsa_segment_writer *writer,
                                capsa_parts_sink sink, capsa_arena *arena);

void capsa_segment_writer_document(capsa_segment_writer *writer, int64_t id);
void capsa_segment_writer_passage(capsa_segment_writer *writer, uint32_t length,
                                  uint8_t kind);

/** Announce a term and how many passages have it. */
void capsa_segment_writer_count(capsa_segment_writer *writer, capsa_slice text,
                                uint32_t df);

/** All are announced: their ranks are known now. */
void capsa_segment_writer_counted(capsa_segment_writer *writer);

static inline uint32_t
capsa_segment_writer_rank(const capsa_segment_writer *writer, uint32_t term) {
  return writer->dfs[term];
}

void capsa_segment_writer_term(capsa_segment_writer *writer, capsa_slice text,
                               uint32_t languages);
/** Passages rise. */
void capsa_segment_writer_posting(capsa_segment_writer *writer,
                                  uint32_t passage, uint32_t weight);

/** The next passage's words, encoded as segment.h says. */
void capsa_segment_writer_forward(capsa_segment_writer *writer,
                                  capsa_slice bytes);

/** @return the first failure: CAPSA_ENOMEM, storage,
 *          CAPSA_ETOOBIG  the segment exceeds its limits */
capsa_status capsa_segment_writer_finish(capsa_segment_writer *writer);

/** Give back what is not in the arena, finished or not. */
void capsa_segment_writer_free(capsa_segment_writer *writer);

#endif
