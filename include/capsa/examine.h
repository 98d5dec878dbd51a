/* examine.h -- a library from somebody else, or one that may be damaged.
 *
 *   capsa_library_examine   what is wrong with a file, in plain words
 *   capsa_copying           take its records out, one by one, into a new file
 *
 * The file is opened read-only and as data that may be meant to do harm: it
 * can neither write, nor reach another file, nor run on for ever. Nothing of it
 * is believed before it was compared: its tables with those that Capsa makes,
 * its pages and its index with themselves, each text with its digest.
 *
 * What is copied is read by the same code that reads a library, checked, and
 * written and indexed anew: of the old file no page, no index and no schema
 * is in the new one.
 */
#ifndef CAPSA_EXAMINE_H
#define CAPSA_EXAMINE_H

#include "capsa/library.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Faults that a report tells; more are counted only. */
#define CAPSA_FAULTS_MAX 100

/** Documents and annotations of a file from outside. */
#define CAPSA_FOREIGN_DOCUMENTS_MAX 1000000
#define CAPSA_FOREIGN_NOTES_MAX 1000000

/** Bytes of text, and rows (blocks, spans, repairs …) of one document there:
 * more than a source of CAPSA_SOURCE_BYTES_MAX can give. */
#define CAPSA_FOREIGN_TEXT_MAX ((size_t)256 << 20)
#define CAPSA_FOREIGN_ROWS_MAX 20000000

typedef enum capsa_fault_kind {
  CAPSA_FAULT_SCHEMA = 0, /* its tables are not those that Capsa makes */
  CAPSA_FAULT_SIZE,       /* more of something than Capsa takes */
  CAPSA_FAULT_PAGES,      /* the file is damaged */
  CAPSA_FAULT_REFERENCES, /* a row belongs to nothing */
  CAPSA_FAULT_DOCUMENT,   /* a document cannot be read, or is not its text */
  CAPSA_FAULT_NOTE,       /* the same of a highlight or a note */
  CAPSA_FAULT_INDEX,      /* search would not find what is there */
  CAPSA_FAULT_KIND_COUNT
} capsa_fault_kind;

/** "schema", "size", "pages", … Static. */
const char *capsa_fault_kind_name(capsa_fault_kind kind);

typedef struct capsa_fault {
  capsa_fault_kind kind;
  capsa_slice name;   /* of the document or the table; empty: of the file */
  const char *words;  /* what is wrong; static */
  capsa_slice detail; /* what SQLite says of it; may be empty */
} capsa_fault;

/** What a file is and what is wrong with it. */
typedef struct capsa_examination {
  int64_t schema; /* its version */
  size_t documents, notes;
  uint64_t bytes;
  const capsa_fault *faults;
  size_t fault_count; /* at most CAPSA_FAULTS_MAX */
  size_t fault_total;
  bool newer;    /* a newer Capsa made it; what this one reads was examined */
  bool copyable; /* capsa_copying can take out what is whole */
} capsa_examination;

/**
 * Look at all of a library. Nothing is written, whatever is found; the time is
 * that of reading the file some three times.
 * @param path  zero-terminated
 * @param out   written only on CAPSA_OK, lives in `arena`
 * @return CAPSA_OK         whatever was found: out->fault_total says so
 *         CAPSA_ENOLIBRARY, CAPSA_ENOTFOUND, CAPSA_ENEWER (this Capsa cannot
 *         read it), storage (library.h)
 *         CAPSA_EDAMAGED   another program left it in the middle of its work
 *         CAPSA_EREADONLY  its last change was cut off and is to be taken back
 *         CAPSA_ETOOBIG    of an older schema and larger than
 *                          CAPSA_LIBRARY_IN_MEMORY_MAX
 */
capsa_status capsa_library_examine(const char *path, capsa_arena *arena,
                                   capsa_examination *out);

/**
 * {schema, bytes, documents, notes, newer, copyable, total, faults: [{kind,
 * name, words, detail}]}; what is absent is left out.
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_examination_to_json(const capsa_examination *examination,
                                       capsa_arena *arena, capsa_slice *out);

/** Records on their way from one file into another. */
typedef struct capsa_copying capsa_copying;

/** How far it is. */
typedef struct capsa_copied {
  size_t documents, notes, settings;         /* that were copied */
  size_t documents_left_out, notes_left_out; /* as they are not whole */
  size_t total; /* documents of the old file, as far as they can be counted */
  bool done;
} capsa_copied;

/**
 * Begin to copy.
 * @param from  a library; read only
 * @param into  a library that is made, or has no document yet
 * @return CAPSA_OK, as capsa_library_examine of `from`, as capsa_library_open
 *         of `into`
 *         CAPSA_ECORRUPT  the tables of `from` are not those that Capsa makes
 *         CAPSA_EINVAL    `into` has documents
 */
capsa_status capsa_copying_open(const char *from, const char *into,
                                capsa_copying **out);

/**
 * Copy the next document, or the next hundred annotations. What is not whole
 * is left out and counted. On the last step all of `into` is on disk.
 * @param out  how far it is; written on CAPSA_OK
 * @return CAPSA_OK, storage of `into`
 */
capsa_status capsa_copying_step(capsa_copying *copying, capsa_copied *out);

/** End; NULL is allowed. What was not done is missing in `into`. */
void capsa_copying_close(capsa_copying *copying);

#ifdef __cplusplus
}
#endif

#endif
