/* merge.h -- what the parts of a merge share: records, notes, the rest.
 *
 *   capsa_merge_records/_notes/_rest   each does one piece of work
 */
#ifndef CAPSA_CORE_STORE_BACKUP_MERGE_H
#define CAPSA_CORE_STORE_BACKUP_MERGE_H

#include "base/arena.h"
#include "capsa/backup.h"
#include "store/library.h"

/** A key of `from` that belongs to another record in `into`, and the one that
 * its record has there. */
typedef struct capsa_merge_key {
  capsa_slice theirs, ours;
} capsa_merge_key;

struct capsa_merge {
  sqlite3 *into, *from;
  bool dry_run;
  int part;              /* of the work, in the order of merge.c */
  int64_t last_record;   /* id of the last one that was looked at */
  capsa_slice last_note; /* likewise, in `own` */
  uint64_t done, total;
  capsa_merge_report report;
  CAPSA_LIST(capsa_merged_title) titles;
  CAPSA_LIST(capsa_merge_key) keys;
  capsa_arena *own, *scratch; /* of the merge; of one piece */
};

/** Is this a setting of one library, which no other gets? */
bool capsa_setting_is_own(capsa_slice name);

/** Give the library an identity where it has none. One that cannot be written
 * now gets it another time. @return CAPSA_OK, storage */
capsa_status capsa_library_identify(sqlite3 *db);

/** The key in `into` of what has `theirs` in `from`. */
capsa_slice capsa_merge_key_of(const capsa_merge *merge, capsa_slice theirs);

/** One record. @param more  false: there was none left
 * @return CAPSA_OK, storage */
capsa_status capsa_merge_records(capsa_merge *merge, bool *more);

/** Some notes, in one transaction; likewise. */
capsa_status capsa_merge_notes(capsa_merge *merge, bool *more);

/** Versions and settings, in one transaction. */
capsa_status capsa_merge_rest(capsa_merge *merge, bool *more);

#endif
