/* library.h -- the reader's own documents, in one SQLite database.
 *
 *   capsa_library           an open library; one at a time per file
 *   capsa_entry             a document as the library lists it
 *   capsa_library_open/close, _add, _add_part, _list, _read, _remove
 *   capsa_library_setting / _set_setting     small texts by name
 *   capsa_library_request_begin / _end       a change that is made once
 *
 * A document has a key (one per record) and an edition (one per text). Where
 * a function takes a `name`, a key means its newest edition, and
 * `key@edition` (six or more of its digits) one edition. Where another record
 * has the key already, with a text that shares hardly a run of words, the new
 * one gets `-2`, `-3` … behind its key: namesakes never hide each other.
 *
 * Every change is one transaction, on disk (synchronous=FULL) when the call
 * returns CAPSA_OK, and absent when it returns anything else. Only where
 * storage fails twice in a row at the very end of a change can it be there
 * although the call says CAPSA_EIO or CAPSA_EFULL: then reading tells.
 */
#ifndef CAPSA_LIBRARY_H
#define CAPSA_LIBRARY_H

#include "capsa/document.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct capsa_library capsa_library;

/** `application_id` of a library file: the letters Caps. */
#define CAPSA_LIBRARY_ID 0x43617073

/** Schema that this build writes (`user_version`). */
#define CAPSA_LIBRARY_SCHEMA 3

/** An older library on storage that cannot be written is brought to this
 * version in memory, up to so many bytes. */
#define CAPSA_LIBRARY_IN_MEMORY_MAX ((int64_t)256 << 20)

/** What may be done with an open library. */
typedef enum capsa_access {
  CAPSA_ACCESS_FULL = 0,
  CAPSA_ACCESS_NEWER,  /* a newer Capsa made it: it can be read */
  CAPSA_ACCESS_STORAGE /* it lies where nothing can be written: likewise */
} capsa_access;

/**
 * Open a library. One of an older schema is brought to CAPSA_LIBRARY_SCHEMA in
 * one transaction, and a copy of what it was stays beside it as PATH.before-N
 * until the library was opened once more. One of a newer schema is opened for
 * reading where it has all that this Capsa reads; changes are then refused with
 * CAPSA_EREADONLY, as they are where the storage cannot be written.
 *
 * @param path    zero-terminated; ":memory:" for one that is not kept
 * @param create  make a new library where no file is; false: ENOTFOUND
 * @param out     written only on CAPSA_OK; pair: capsa_library_close
 *
 * @return CAPSA_OK, CAPSA_ENOTFOUND
 *         CAPSA_ENOLIBRARY  a file is there and is no Capsa library
 *         CAPSA_ENEWER      its schema is newer, and this Capsa cannot read it
 *         CAPSA_EREADONLY   it is older, larger than
 * CAPSA_LIBRARY_IN_MEMORY_MAX and on storage that cannot be written
 *         CAPSA_EBUSY, CAPSA_ECORRUPT, CAPSA_EIO, CAPSA_EFULL, CAPSA_ENOMEM
 *         (any storage call below may return the last five, and
 *         CAPSA_EREADONLY, and CAPSA_ETIMEOUT where a statement was ended after
 *         two minutes)
 */
capsa_status capsa_library_open(const char *path, bool create,
                                capsa_library **out);

/**
 * Open a library of an older schema as it is, to copy it (backup.h) before
 * capsa_library_open brings it along: for storage where that can make no file
 * beside it. A journal that waits is rolled back; nothing else changes.
 * @param schema  gets its schema
 * @param out     only for capsa_backup_begin; pair: capsa_library_close
 * @return CAPSA_OK, storage
 *         CAPSA_ENOTFOUND   no library of an older schema is there
 *         CAPSA_ENOLIBRARY  a file is there and is no Capsa library
 */
capsa_status capsa_library_open_older(const char *path, int64_t *schema,
                                      capsa_library **out);

/** Close; NULL is allowed. Results that live in arenas stay valid. */
void capsa_library_close(capsa_library *library);

/** May the open library be changed, and if not, why. */
capsa_access capsa_library_access(const capsa_library *library);

/** What that means to a reader; static, empty for CAPSA_ACCESS_FULL. */
const char *capsa_access_text(capsa_access access);

/** A document as the library lists it. */
typedef struct capsa_entry {
  int64_t id; /* of this edition in this library */
  capsa_slice key, edition, title, date, collection, language;
  uint32_t turns;
  bool newest; /* the newest edition of its key */
} capsa_entry;

typedef struct capsa_entries {
  const capsa_entry *items;
  size_t count;
} capsa_entries;

typedef enum capsa_added {
  CAPSA_ADDED_NEW = 0, /* the first edition of its record */
  CAPSA_ADDED_SAME,    /* this edition was there already: nothing changed */
  CAPSA_ADDED_EDITION  /* another text of a known record: both are kept */
} capsa_added;

/**
 * Parse `source` and keep it, with the bytes it came from.
 * @param entry  written on CAPSA_OK, lives in `arena`
 * @return the statuses of capsa_document_parse and of storage
 */
capsa_status capsa_library_add(capsa_library *library,
                               const capsa_source *source, capsa_arena *arena,
                               capsa_added *added, capsa_entry *entry);

/** What became of a part of what came in (document.h). */
typedef struct capsa_outcome {
  capsa_status status; /* CAPSA_OK: it is in the library
                          CAPSA_EBINARY, CAPSA_EEMPTY: it holds no text
                          else: it could not be read or kept */
  const char *words;   /* why not, and what to do; static */
  capsa_added added;   /* this and what follows: where status is CAPSA_OK */
  capsa_entry entry;
  size_t remarks[CAPSA_REMARK_KIND_COUNT]; /* that reading it made, by kind */
} capsa_outcome;

/**
 * As capsa_library_add, for a part, and with words for what went wrong.
 * @return CAPSA_OK      whatever became of it: `out` says so
 *         CAPSA_ENOMEM
 */
capsa_status capsa_library_add_part(capsa_library *library,
                                    const capsa_part *part, capsa_arena *arena,
                                    capsa_outcome *out);

/**
 * {path, number, status, words, added: "new" | "same" | "edition", entries:
 * [the entry], remarks: {loss, warning, repair, info}}; what is absent is left
 * out, counts of 0 too.
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_outcome_to_json(const capsa_part *part,
                                   const capsa_outcome *outcome,
                                   capsa_arena *arena, capsa_slice *out);

/** All documents, by date, then title, then age. @return CAPSA_OK, storage */
capsa_status capsa_library_list(capsa_library *library, capsa_arena *arena,
                                capsa_entries *out);

/**
 * The entry called `name`.
 * @return CAPSA_OK, CAPSA_ENOTFOUND, storage
 *         CAPSA_EAMBIGUOUS  the digits after @ fit several editions
 */
capsa_status capsa_library_find(capsa_library *library, capsa_slice name,
                                capsa_arena *arena, capsa_entry *out);

/**
 * The whole document called `name`, as it was when it was added.
 * @return as capsa_library_find
 */
capsa_status capsa_library_read(capsa_library *library, capsa_slice name,
                                capsa_arena *arena, capsa_document *out);

/**
 * Take one edition out of the library. Its annotations stay (annotation.h).
 * @return as capsa_library_find
 */
capsa_status capsa_library_remove(capsa_library *library, capsa_slice name);

/**
 * A small text kept under `name`; empty where none is.
 * @return CAPSA_OK, storage
 */
capsa_status capsa_library_setting(capsa_library *library, capsa_slice name,
                                   capsa_arena *arena, capsa_slice *out);

/** Keep `value` under `name`; an empty value forgets it.
 * @return CAPSA_OK, storage */
capsa_status capsa_library_set_setting(capsa_library *library, capsa_slice name,
                                       capsa_slice value);

/** Requests whose answers are kept; older ones are forgotten. */
#define CAPSA_REQUESTS_KEPT 1000

/** Bytes of an id at most. */
#define CAPSA_REQUEST_ID_MAX 64

/**
 * Begin a change that must not be made twice, though it may be asked for
 * twice: by a tab that does not know whether the worker that died had done it.
 * What follows until capsa_library_request_end is one transaction, in which
 * the request is noted with its answer.
 *
 * @param id        of the request, unique for ever; borrowed for the call
 * @param answered  true: it was made before, and nothing is begun
 * @param answer    then what was answered, in `arena`
 *
 * @return CAPSA_OK; CAPSA_EINVAL where the id is empty or too long; storage.
 *         Unless CAPSA_OK nothing is begun
 */
capsa_status capsa_library_request_begin(capsa_library *library, capsa_slice id,
                                         capsa_arena *arena, bool *answered,
                                         capsa_slice *answer);

/**
 * Keep the change and its answer where `st` is CAPSA_OK, else undo all of it.
 * @return `st`, or why it could not be kept (and then all is undone)
 */
capsa_status capsa_library_request_end(capsa_library *library, capsa_slice id,
                                       capsa_slice answer, capsa_status st);

/**
 * JSON array of {key, title, date, collection, language, turns, edition};
 * `superseded: true` on editions that are not the newest of their key.
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_entries_to_json(const capsa_entries *entries,
                                   capsa_arena *arena, capsa_slice *out);

#ifdef __cplusplus
}
#endif

#endif
