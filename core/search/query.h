/* query.h -- what a reader typed, as terms, as FTS5 and in words.
 *
 *   capsa_terms_read      typed text to terms
 *   capsa_terms_to_fts5   terms to an expression that FTS5 always accepts
 *   capsa_terms_to_text   terms to words for the reader
 *   capsa_terms_match     where the terms stand in a text
 */
#ifndef CAPSA_CORE_SEARCH_QUERY_H
#define CAPSA_CORE_SEARCH_QUERY_H

#include "base/buf.h"
#include "store/tokens.h"

/** Terms that are looked for; more are ignored. */
#define CAPSA_QUERY_TERMS_MAX 64

typedef struct capsa_term {
  capsa_slice typed;        /* from its first word to its last */
  const capsa_token *words; /* one or more, which must stand together */
  size_t word_count;
  bool phrase; /* was in quotes */
  bool prefix; /* the last word may go on */
} capsa_term;

typedef CAPSA_LIST(capsa_term) capsa_term_list;

typedef CAPSA_LIST(capsa_range) capsa_range_list;

/**
 * Read terms; those without a word are left out.
 * @param typing  the last term may be unfinished
 * @param out     its memory is in the arena of `tokenizer`
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_terms_read(capsa_tokenizer *tokenizer, capsa_arena *arena,
                              capsa_slice typed, bool typing,
                              capsa_term_list *out);

/** Write `"joint" "the fleet" "ship"*`. */
void capsa_terms_to_fts5(const capsa_term_list *terms, capsa_buf *out);

/** Write `joint and "the fleet" and ship…`. */
void capsa_terms_to_text(const capsa_term_list *terms, capsa_buf *out);

/**
 * All places where a term stands in `text`, by start, overlapping ones merged.
 * @param words  the words of that text
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_terms_match(const capsa_term_list *terms,
                               const capsa_token_list *words,
                               capsa_arena *arena, capsa_range_list *out);

#endif
