/* index_model.h -- segments in memory, and what must be found in them, worked
 * out the plain way: by reading every passage. */
#ifndef CAPSA_TESTS_INDEX_MODEL_H
#define CAPSA_TESTS_INDEX_MODEL_H

#include "index/builder.h"
#include "index/find.h"
#include "index/merge.h"

#define MODEL_SEGMENTS_MAX 64

typedef struct model_parts {
  CAPSA_LIST(capsa_slice) items;
  capsa_arena *arena;
} model_parts;

typedef struct model_passage {
  int64_t document;
  uint8_t kind;
  capsa_slice text;
} model_passage;

/** Passages, and the segments that they were built into. */
typedef struct model {
  capsa_arena *arena;
  CAPSA_LIST(model_passage) passages;
  capsa_segment segments[MODEL_SEGMENTS_MAX];
  model_parts parts[MODEL_SEGMENTS_MAX];
  size_t first[MODEL_SEGMENTS_MAX]; /* passage of each segment */
  size_t count;
} model;

capsa_parts_sink model_sink(model_parts *parts, capsa_arena *arena);
capsa_parts_source model_source(model_parts *parts);

/** Make texts of words of a small vocabulary, some frequent, some rare, and
 * build `segments` of them. */
void model_make(model *m, capsa_arena *arena, uint32_t seed, size_t documents,
                size_t segments);

/** The words of a passage. */
capsa_token_list model_words(const model *m, size_t passage,
                             capsa_arena *arena);

#endif
