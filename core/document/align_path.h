/* align_path.h -- the cheapest way to pair the blocks of two stretches. */
#ifndef CAPSA_CORE_DOCUMENT_ALIGN_PATH_H
#define CAPSA_CORE_DOCUMENT_ALIGN_PATH_H

#include "base/arena.h"
#include "capsa/document.h"

/** What counts of a block. */
typedef struct capsa_align_unit {
  capsa_block_kind kind;
  uint32_t level, number;
  uint32_t section; /* number of the last heading that has one */
  uint32_t
      rank; /* of the speaker, in order of appearance, where a turn opens */
  int64_t length; /* in characters that both texts have as many of */
} capsa_align_unit;

/** So many blocks of one stretch with so many of the other. */
typedef struct capsa_align_step {
  uint8_t ones, others;
} capsa_align_step;

/**
 * @param steps  gets the steps from the start to the end, in `arena`
 * @param count  gets how many
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_align_path(const capsa_align_unit *one, size_t ones,
                              const capsa_align_unit *other, size_t others,
                              capsa_arena *arena,
                              const capsa_align_step **steps, size_t *count);

/** How sure a pair is, in percent; 0 where a side is empty. */
int capsa_align_confidence(const capsa_align_unit *one, size_t ones,
                           const capsa_align_unit *other, size_t others);

#endif
