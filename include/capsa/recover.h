/* recover.h -- what can be read of a damaged library, saved into a new one.
 *
 * A damaged page takes with it what stands on it (store/checked.h finds every
 * one); the rest is whole. Records whose rows are damaged are read again from
 * the files that they came from, where those are whole, and the word index is
 * made anew.
 */
#ifndef CAPSA_RECOVER_H
#define CAPSA_RECOVER_H

#include "capsa/library.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What was saved. */
typedef struct capsa_recovery {
  uint32_t documents;  /* editions that are in the new library */
  uint32_t read_again; /* of them: from the file they came from */
  uint32_t sourceless; /* of them: without that file, which was damaged */
  uint32_t lost;       /* editions of which nothing could be read */
  uint32_t notes;      /* annotations, those that were removed too */
  uint32_t notes_lost; /* annotations that say no more what they are of */
  uint32_t settings;
  bool incomplete; /* there were more: what listed them is damaged */
} capsa_recovery;

/**
 * Copy all that can be read of `damaged`, which stays as it is, into `fresh`,
 * which must be empty. One transaction.
 * @param damaged  a library that opens; one that is refused with
 *                 CAPSA_ECORRUPT is damaged where its tables are listed, and
 *                 cannot be saved in this way
 * @return CAPSA_OK, also where little was found; else what `fresh` says, and
 *         then it is empty (storage, library.h)
 */
capsa_status capsa_library_recover(capsa_library *damaged, capsa_library *fresh,
                                   capsa_recovery *out);

#ifdef __cplusplus
}
#endif

#endif
