/* merge.h -- several segments to one, in steps.
 *
 *   capsa_segment_merge_new(), _step() until done, _head(), _free()
 *
 * What the new one finds is what the old ones find together, without the
 * documents that are left out. Memory: the vocabulary, some 15 bytes a
 * passage; not the postings.
 */
#ifndef CAPSA_CORE_INDEX_MERGE_H
#define CAPSA_CORE_INDEX_MERGE_H

#include "index/writer.h"

/** Segments that are merged at once, at most. */
#define CAPSA_SEGMENT_MERGE_MAX 16

typedef struct capsa_segment_merge_from {
  const capsa_segment *segment;
  const bool *lives; /* by number of the document; NULL: all do */
} capsa_segment_merge_from;

typedef struct capsa_segment_merge capsa_segment_merge;

/**
 * @param from   in the order that their documents are to have; 1 to
 *               CAPSA_SEGMENT_MERGE_MAX; the segments outlive the merge
 * @param arena  outlives the merge
 * @return NULL when memory is out; pair: capsa_segment_merge_free
 */
capsa_segment_merge *
capsa_segment_merge_new(const capsa_segment_merge_from *from, size_t count,
                        capsa_parts_sink sink, capsa_arena *arena);

/** Go on by about so many words and postings. @return CAPSA_OK, CAPSA_ENOMEM,
 * CAPSA_ECORRUPT, storage; CAPSA_ETOOBIG, CAPSA_EEMPTY as the writer */
capsa_status capsa_segment_merge_step(capsa_segment_merge *merge, size_t work,
                                      bool *done);

/** Of the new segment, once done. */
const capsa_segment_head *
capsa_segment_merge_head(const capsa_segment_merge *merge);

void capsa_segment_merge_free(capsa_segment_merge *merge);

#endif
