/* find.h -- the best passages of segments for what is wanted.
 *
 *   capsa_want          a tree: words, beginnings of words, phrases, and, or
 *   capsa_find_words()  which words of the vocabularies a want stands for
 *   capsa_find()        the best passages, and how many match
 *
 * Ranking is BM25 (k1 1.2, b 0.75) over all segments as one collection:
 * capsa_want.idf is the caller's, so that several libraries compare. A word's
 * forms share one count of occurrences, each with its factor, at most 1.
 *
 * Most passages that match frequent words are never looked at: a block of
 * postings whose best impact cannot reach the top is skipped.
 */
#ifndef CAPSA_CORE_INDEX_FIND_H
#define CAPSA_CORE_INDEX_FIND_H

#include "index/segment.h"

typedef enum capsa_want_kind {
  CAPSA_WANT_WORD = 0, /* one of `forms` */
  CAPSA_WANT_PREFIX,   /* what begins with forms[0] */
  CAPSA_WANT_PHRASE,   /* children are WORD, the last one may be PREFIX; side by
                          side, or within `distance` of each other */
  CAPSA_WANT_AND,
  CAPSA_WANT_OR
} capsa_want_kind;

/** A term of the vocabulary that is as good, or nearly. */
typedef struct capsa_word_form {
  capsa_slice text; /* a term: with its field's byte, if any */
  double factor;    /* above 0, at most 1 */
} capsa_word_form;

typedef struct capsa_want {
  capsa_want_kind kind;
  bool excluded; /* child of AND: none of these */
  const capsa_word_form *forms;
  size_t form_count;
  uint8_t field;     /* of PHRASE, not 0: words must stand in a span or a
                        passage of this field */
  uint8_t only;      /* not 0: passages of this kind */
  uint32_t distance; /* of PHRASE: 0, in order and side by side */
  double idf;        /* of WORD, PREFIX, PHRASE */
  const struct capsa_want *children;
  size_t child_count;
} capsa_want;

/** Where one looks. */
typedef struct capsa_find_in {
  const capsa_segment *segment;
  const uint64_t *allowed; /* a bit per passage; NULL: all */
} capsa_find_in;

typedef struct capsa_found {
  uint32_t segment; /* number in `in` */
  uint32_t passage;
  double score;
} capsa_found;

typedef struct capsa_find_result {
  const capsa_found *items; /* best first; equal ones in order */
  size_t count;
  size_t total;
  bool more; /* there are more than `total`; not all were looked at */
} capsa_find_result;

/**
 * @param mean_length  words of a passage, over all that is searched
 * @param most         best ones wanted
 * @param stop         asked now and then; true ends it with CAPSA_EBUSY. May
 *                     be NULL
 * @return CAPSA_OK, CAPSA_ENOMEM, CAPSA_ECORRUPT, CAPSA_EBUSY, storage
 */
capsa_status capsa_find(const capsa_find_in *in, size_t count,
                        const capsa_want *want, double mean_length, size_t most,
                        bool (*stop)(void *), void *context, capsa_arena *arena,
                        capsa_find_result *out);

/** How many passages of a segment have what begins with `prefix`, or more
 * where words share passages. @return CAPSA_OK, CAPSA_ENOMEM, CAPSA_ECORRUPT,
 * storage */
capsa_status capsa_find_prefix(const capsa_segment *segment, capsa_slice prefix,
                               capsa_arena *arena, uint32_t *df);

/** The weight of words that so many of the passages have. */
double capsa_idf(uint64_t passages, uint64_t df);

#endif
