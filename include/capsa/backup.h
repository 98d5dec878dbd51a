/* backup.h -- a copy of a library while it is in use, and what a copy gives
 * back.
 *
 *   capsa_backup       writes all of an open library to a file, step by step
 *   capsa_merge        brings what another library has into this one, likewise
 *   capsa_library_care what is known of a library's copies
 *
 * Long work goes in steps of some CAPSA_STEP_MS, so that other calls can be
 * served between two of them and it can be ended after any:
 *
 *   capsa_backup_begin(library, path, &backup);
 *   while (!st && !progress.finished)
 *     st = capsa_backup_step(backup, &progress);
 *   capsa_backup_end(backup);
 *
 * The library may be changed between the steps, by this program or another.
 * Memory stays the same whatever its size.
 */
#ifndef CAPSA_BACKUP_H
#define CAPSA_BACKUP_H

#include "capsa/library.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A step ends with the first piece of work that is done after this time. A
 * piece is a few pages or notes, or a record as a whole; so a step takes
 * longer only where one record does, and the last step of a backup where the
 * storage is slow to take what was written. */
#define CAPSA_STEP_MS 25

/** A backup begins anew when another program changes the library; after so
 * many times it gives up. */
#define CAPSA_BACKUP_RESTARTS_MAX 100

/** Titles that a report lists; it counts them all. */
#define CAPSA_MERGE_TITLES_MAX 200

/** How far long work has come. */
typedef struct capsa_progress {
  uint64_t done, total; /* pages, or records and notes; `total` may change */
  bool finished;
} capsa_progress;

typedef struct capsa_backup capsa_backup;

/**
 * Begin to write all of `library` to a new file.
 * @param path  zero-terminated
 * @param out   written only on CAPSA_OK; pair: capsa_backup_end, before
 *              `library` is closed
 * @return CAPSA_OK, storage
 *         CAPSA_EEXISTS  there is a file of this name, and it stays
 */
capsa_status capsa_backup_begin(capsa_library *library, const char *path,
                                capsa_backup **out);

/**
 * Copy some pages. When `progress->finished` the file is whole and on disk.
 * @return CAPSA_OK, storage
 *         CAPSA_EBUSY  another program is writing: the step may be tried
 *                      again; after CAPSA_BACKUP_RESTARTS_MAX it never ends
 */
capsa_status capsa_backup_step(capsa_backup *backup, capsa_progress *progress);

/** End, and remove the file unless it is whole. NULL is allowed. */
void capsa_backup_end(capsa_backup *backup);

/** What is known of a library's copies. Times are ISO 8601, in UTC. */
typedef struct capsa_care {
  capsa_slice identity; /* made at random with the library; its copies have it
                           too */
  capsa_slice saved;    /* capsa_library_mark_saved last; empty: never */
  capsa_slice noted;    /* the last change to a note; empty: there is none */
  capsa_slice added;    /* when the newest record came in; empty: none has */
} capsa_care;

/** @return CAPSA_OK, storage */
capsa_status capsa_library_care(capsa_library *library, capsa_arena *arena,
                                capsa_care *out);

/** A copy of the library was put in a safe place now. @return CAPSA_OK,
 * storage */
capsa_status capsa_library_mark_saved(capsa_library *library);

/**
 * Open a copy to be read: nothing in the file, or beside it, changes. One of
 * an older schema is brought to this one in memory.
 * @return as capsa_library_open with `create` false
 *         CAPSA_EDAMAGED  it is cut off, or was left in the middle of work
 *         CAPSA_ECORRUPT  its tables are not those that Capsa makes
 *         CAPSA_ETOOBIG   of an older schema and too large for memory
 */
capsa_status capsa_library_open_copy(const char *path, capsa_library **out);

/**
 * A merge takes from `from` what `into` lacks:
 *
 * - Records, with the bytes they came from: those whose key and edition are
 *   not there, and whose source was not read there already. An older edition
 *   stays behind a newer one, by the order of `from` where it has both. A
 * record whose key belongs to another record there gets a key of its own, as
 * capsa_library_add does.
 * - Notes, by id. Of two that differ the one changed last stays; to remove a
 *   note is a change. Where both were changed in the same second, one that is
 *   there goes before one that was removed, then the longer note.
 * - Settings, places of reading, and what the reader said of versions, where
 *   there is none.
 *
 * What is not whole in `from` (examine.h) is left out and counted. Nothing is
 * removed but a note that was removed later. A second merge of the
 * same finds nothing to do. Each step's records and notes are kept when it
 * returns CAPSA_OK, whole; a merge that is ended early can be done again.
 */
typedef struct capsa_merge capsa_merge;

typedef struct capsa_merged_title {
  capsa_slice title;
  bool edition; /* another edition of a record that is there */
} capsa_merged_title;

/** What a merge does, or has done up to now. */
typedef struct capsa_merge_report {
  bool same_library; /* a copy of the library that it is merged into */
  size_t records_new, records_edition, records_kept;
  size_t notes_new, notes_changed, notes_removed, notes_kept;
  size_t records_left_out, notes_left_out; /* as they are not whole there */
  size_t settings_new, versions_new;
  const capsa_merged_title *titles; /* of records that come in */
  size_t title_count;               /* at most CAPSA_MERGE_TITLES_MAX */
} capsa_merge_report;

/**
 * @param dry_run  only find out: nothing changes
 * @param out      written only on CAPSA_OK; pair: capsa_merge_end, before
 *                 either library is closed
 * @return CAPSA_OK, storage
 */
capsa_status capsa_merge_begin(capsa_library *into, capsa_library *from,
                               bool dry_run, capsa_merge **out);

/** @return CAPSA_OK, storage; after a failure the merge can only be ended */
capsa_status capsa_merge_step(capsa_merge *merge, capsa_progress *progress);

/** What was found and done up to now. @return CAPSA_OK, CAPSA_ENOMEM */
capsa_status capsa_merge_tell(const capsa_merge *merge, capsa_arena *arena,
                              capsa_merge_report *out);

/** NULL is allowed. */
void capsa_merge_end(capsa_merge *merge);

/** All steps of a merge. @return CAPSA_OK, storage */
capsa_status capsa_library_merge(capsa_library *into, capsa_library *from,
                                 bool dry_run, capsa_arena *arena,
                                 capsa_merge_report *out);

/**
 * {sameLibrary, records: {new, edition, kept, leftOut}, notes: {new, changed,
 * removed, kept, leftOut}, settings: {new}, versions: {new}, titles: [{title,
 * edition: true}]}; counts of 0 are left out.
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_merge_report_to_json(const capsa_merge_report *report,
                                        capsa_arena *arena, capsa_slice *out);

#ifdef __cplusplus
}
#endif

#endif
