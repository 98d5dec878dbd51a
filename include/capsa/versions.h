/* versions.h -- documents that are one record: in other languages, in other
 * translations, in later editions.
 *
 *   capsa_versions_list            the versions of a document's record
 *   capsa_versions_declare         the reader says that some are
 *   capsa_versions_dissolve        the reader says that one is not
 *   capsa_versions_align           which blocks of two say the same
 *
 * A source may name its record (metadata.record); what the reader says goes
 * before that. Versions are kept by key and outlive a removal. Each two that
 * are in the library, in their newest editions, are aligned by structure:
 * headings by their numbers in whatever script, turns by their order, blocks
 * by kind and length. That is done in the transaction that adds, changes or
 * declares them, and stored.
 */
#ifndef CAPSA_VERSIONS_H
#define CAPSA_VERSIONS_H

#include "capsa/library.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Versions of one record that are aligned with each other; further ones are
 * listed, and aligned with none. */
#define CAPSA_VERSIONS_MAX 64

/** Blocks of a document that is aligned by content; a longer one is one pair,
 * as a whole. */
#define CAPSA_ALIGN_BLOCKS_MAX 200000

typedef struct capsa_versions {
  capsa_slice record;       /* empty where the document is alone */
  const capsa_entry *items; /* by language, then key; with the document */
  size_t count;
} capsa_versions;

/** Blocks of one document and of the other that say the same. In order; every
 * block of both is in one pair; a count of 0 where the other has nothing. */
typedef struct capsa_aligned {
  uint32_t one_first, one_count; /* numbers of blocks, from 1 */
  uint32_t other_first, other_count;
  int confidence; /* percent; 0 where a side is empty */
} capsa_aligned;

typedef struct capsa_alignment {
  const capsa_aligned *items;
  size_t count;
} capsa_alignment;

/**
 * The versions of the record that the document called `name` is one of.
 * @param out  written on CAPSA_OK, lives in `arena`; only the document itself
 *             where there are no others
 * @return as capsa_library_find
 */
capsa_status capsa_versions_list(capsa_library *library, capsa_slice name,
                                 capsa_arena *arena, capsa_versions *out);

/**
 * Declare documents to be versions of one record: that of the first one that
 * has a record, else a new one called like the first key.
 * @param names  two or more, as in library.h; editions are of no account
 * @return as capsa_library_find
 *         CAPSA_EINVAL  fewer than two documents
 */
capsa_status capsa_versions_declare(capsa_library *library,
                                    const capsa_slice *names, size_t count);

/**
 * Declare that a document is no version of any record, whatever its source
 * says. capsa_versions_declare takes it back.
 * @return as capsa_library_find
 */
capsa_status capsa_versions_dissolve(capsa_library *library, capsa_slice name);

/**
 * The alignment of two versions, seen from `one`.
 * @return as capsa_library_find; CAPSA_EINVAL where they are not aligned: of
 *         different records, or not the newest editions
 */
capsa_status capsa_versions_align(capsa_library *library, capsa_slice one,
                                  capsa_slice other, capsa_arena *arena,
                                  capsa_alignment *out);

/**
 * {record, versions: [as capsa_entries_to_json]}
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_versions_to_json(const capsa_versions *versions,
                                    capsa_arena *arena, capsa_slice *out);

/**
 * JSON array of [first, count, first, count, confidence]: one, other.
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_alignment_to_json(const capsa_alignment *alignment,
                                     capsa_arena *arena, capsa_slice *out);

#ifdef __cplusplus
}
#endif

#endif
