/* workload.h -- what a reader does with a library, step by step, and what is
 * in it afterwards.
 *
 *   workload_names, workload_step   the steps, each one acknowledged change
 *   workload_digest                 all that a library keeps, as a number
 *   workload_check                  is the file whole?
 *
 * The steps use the public interface only. Each must be kept entirely once it
 * has returned CAPSA_OK, and not at all where it returned anything else.
 */
#ifndef CAPSA_TESTS_TORTURE_WORKLOAD_H
#define CAPSA_TESTS_TORTURE_WORKLOAD_H

#include "disk.h"
#include "store/library.h"

/** The library's name on the disk. */
#define WORKLOAD_PATH "library"

#define WORKLOAD_STEPS 22

typedef enum workload_kind {
  WORKLOAD_NEW = 0, /* a library that is made */
  WORKLOAD_OLDER,   /* one of schema 1, that is migrated */
  WORKLOAD_CRAMPED, /* with a cache of a few pages: pages go to the file, and
                       the journal in pieces, before a change is complete */
  WORKLOAD_KINDS
} workload_kind;
extern const char *const workload_names[WORKLOAD_KINDS];

/** The disk before the first step. */
void workload_start(workload_kind kind, disk_image *out);

/** Open the library as this workload does. @return as capsa_library_open */
capsa_status workload_open(workload_kind kind, capsa_library **out);

/** Do step `number` (from 0). @return what the library said */
capsa_status workload_step(capsa_library *library, int number,
                           capsa_arena *arena);
const char *workload_step_name(int number);

/**
 * Every row of every table, but for the index's own.
 * @param out  a hash of all; two libraries with the same one hold the same
 * @return CAPSA_OK, storage
 */
capsa_status workload_digest(capsa_library *library, uint64_t *out);

/**
 * integrity_check, foreign_key_check and the search index's own check.
 * @return whether all say that it is whole; what they say else is in `words`
 */
bool workload_check(capsa_library *library, char *words, size_t room);

/** Read all by the public interface: list, each document, notes, repairs,
 * a search. @return the first status that is not CAPSA_OK */
capsa_status workload_read(capsa_library *library, capsa_arena *arena);

#endif
