/* search.h -- full-text search over an open library.
 *
 *   capsa_query     what the reader typed, and which page of answers
 *   capsa_hit       one block of one document that matched
 *   capsa_search()  the verb
 *   capsa_query_explain()  how the query language understands it; it is that of
 *                          core/index, which capsa_search does not ask yet
 *
 * Positions are bytes of the block's text. Case, accents and the shape of
 * apostrophes and dashes make no difference. Every word must occur in the
 * block; words in "double quotes" must stand together; nothing a reader types
 * is an operator. Only the newest edition of a record is searched, unless the
 * query names another.
 */
#ifndef CAPSA_SEARCH_H
#define CAPSA_SEARCH_H

#include "capsa/library.h"

#ifdef __cplusplus
extern "C" {
#endif

#define CAPSA_SEARCH_LIMIT_DEFAULT 20u
#define CAPSA_SEARCH_LIMIT_MAX 1000u

/** Bytes of a query that are read; the rest is not looked for. A pasted page
 * in any script; more words than these are in no passage anyway. */
#define CAPSA_QUERY_BYTES_MAX 4096u

/** Zero-initialise, then set `text`: the zero value of the rest is usable. */
typedef struct capsa_query {
  capsa_slice text;     /* as typed */
  capsa_slice document; /* search this document only; empty: the library */
  bool typing;          /* the last word may be unfinished */
  uint32_t limit;       /* hits per page; 0: CAPSA_SEARCH_LIMIT_DEFAULT */
  uint32_t skip;        /* hits to pass over before the first one returned */
} capsa_query;

typedef struct capsa_hit {
  capsa_slice document;  /* key, or key@edition of a superseded one */
  capsa_slice title;     /* of the document */
  uint32_t block;        /* 0: the document's own title and summary matched */
  uint32_t turn;         /* 0 for none */
  capsa_slice speaker;   /* empty for none */
  capsa_block_kind kind; /* meaningless where block is 0 */
  capsa_slice excerpt;   /* a piece of the block's text, whole words */
  size_t excerpt_start;  /* where in the block's text it begins */
  const capsa_range *matches; /* in the block's text, by start, apart */
  size_t match_count;
  bool excerpt_ends; /* the excerpt reaches the end of the block's text */
  capsa_slice text;  /* the block's whole text, for converting offsets */
  double score;      /* larger is better, only comparable per query */
} capsa_hit;

typedef struct capsa_hits {
  const capsa_hit *items; /* best first; equal scores in reading order */
  size_t count;
  size_t total;           /* matching blocks, whatever the page holds */
  capsa_slice understood; /* the query in words, e.g. `joint and "the fleet"` */
} capsa_hits;

/**
 * Find the blocks that contain every word of `query->text`, best first.
 *
 * @param query  borrowed for the call
 * @param arena  owns the hits and their strings; they outlive the library
 * @param out    written only on CAPSA_OK
 *
 * @return CAPSA_OK         also when nothing matched: then out->count is 0,
 *                          or when there is no word to look for: then
 *                          `understood` is empty too
 *         CAPSA_EINVAL     limit exceeds CAPSA_SEARCH_LIMIT_MAX
 *         CAPSA_ENOTFOUND  no document is called query->document
 *         CAPSA_ECORRUPT   the index is damaged
 *         and the other statuses of storage (library.h)
 */
capsa_status capsa_search(capsa_library *library, const capsa_query *query,
                          capsa_arena *arena, capsa_hits *out);

/**
 * The query in words, as it is understood: `fleet and "your rockets", said by
 * mao`; valid UTF-8 without control characters.
 * @param query  `text` and `typing` count
 * @param out    in `arena`; empty where there is no word to look for
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_query_explain(const capsa_query *query, capsa_arena *arena,
                                 capsa_slice *out);

/**
 * {query, understood, total, hits[{document, title, block, turn, speaker,
 * kind, excerpt, excerpt_start, matches[{start, end}], score}]}.
 * `kind` is "title" where block is 0. Offsets count from the start of the
 * block's text.
 * @param unit  of the offsets: CAPSA_UNIT_CODE_POINT, or CAPSA_UNIT_UTF16,
 *              and then the names end in Utf16 (startUtf16, excerptStartUtf16)
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_hits_to_json(const capsa_hits *hits, capsa_slice query,
                                capsa_unit unit, capsa_arena *arena,
                                capsa_slice *out);

#ifdef __cplusplus
}
#endif

#endif
