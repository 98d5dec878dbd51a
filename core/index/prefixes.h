/* prefixes.h -- the best passages of every frequent beginning of words.
 *
 *   capsa_top         the CAPSA_CHAMPIONS best of many passages
 *   capsa_prefixes    beginnings that many postings have, and their champions
 *
 * A student types `th`: thousands of words begin so, and most passages have
 * some. What is best among them is found when the segment is written.
 */
#ifndef CAPSA_CORE_INDEX_PREFIXES_H
#define CAPSA_CORE_INDEX_PREFIXES_H

#include "index/segment.h"

/** Characters of a beginning that has champions. */
#define CAPSA_PREFIX_CHARACTERS_MAX 8

typedef struct capsa_champion {
  uint32_t passage;
  uint8_t weight, impact;
} capsa_champion;

/** A heap, the worst on top. Of equal ones the earlier is better. */
typedef struct capsa_top {
  capsa_champion items[CAPSA_CHAMPIONS];
  uint32_t count;
} capsa_top;

void capsa_top_add(capsa_top *top, capsa_champion champion);

/** Write them, best first, as segment.h says; what is missing as zeros. */
void capsa_top_put(capsa_top *top, capsa_buf *buf);

typedef struct capsa_prefix {
  capsa_slice text;
  uint64_t postings;
  uint32_t df;
  capsa_slice champions;
} capsa_prefix;

typedef struct capsa_prefixes_level {
  capsa_prefix *prefix; /* NULL: none under way */
  uint8_t *weights;     /* by passage */
} capsa_prefixes_level;

/** Members are the functions' own, but for `wanted`. Zero-initialise. */
typedef struct capsa_prefixes {
  capsa_arena *arena;
  uint32_t passages;
  const char *lengths; /* of the passages: for capsa_u16_at */
  double mean_length;
  bool failed;
  CAPSA_LIST(capsa_prefix) wanted; /* sorted after capsa_prefixes_begin */
  uint64_t sums[CAPSA_PREFIX_CHARACTERS_MAX];
  size_t lens[CAPSA_PREFIX_CHARACTERS_MAX];
  uint32_t depth;
  char text[CAPSA_TERM_BYTES_MAX];
  capsa_prefixes_level levels[CAPSA_PREFIX_CHARACTERS_MAX];
} capsa_prefixes;

/** First, of each word in order: how many postings it has. An empty word ends
 * this. */
void capsa_prefixes_count(capsa_prefixes *prefixes, capsa_slice word,
                          uint32_t df);

/** What was counted is known; now the postings come. */
void capsa_prefixes_begin(capsa_prefixes *prefixes, uint32_t passages,
                          const char *lengths, double mean_length);

/** Then, of each word in order, again; an empty word ends this. */
void capsa_prefixes_enter(capsa_prefixes *prefixes, capsa_slice word);
void capsa_prefixes_add(capsa_prefixes *prefixes, uint32_t passage,
                        uint32_t weight);

#endif
