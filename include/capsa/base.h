/* base.h -- what every other header of Capsa stands on.
 *
 *   capsa_status   result of every call that can fail
 *   capsa_slice    borrowed UTF-8;   capsa_range  a stretch of it
 *   capsa_arena    owner of everything that a request gives back
 *   capsa_unit     bytes, code points, UTF-16 units; capsa_offset_convert()
 *
 * Lengths and positions are bytes unless a name says otherwise. Text is
 * UTF-8. No public function returns memory that the caller has to free: what
 * a call gives back lives in the arena that the caller passed, until that
 * arena is reset or freed. Nothing here is safe to share between threads.
 */
#ifndef CAPSA_BASE_H
#define CAPSA_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CAPSA_VERSION "0.1.0"

/**
 * Result of every call that can fail. Zero is success, so `if (st)` reads
 * "if it failed". The numbers cross the wasm boundary and appear in test
 * files: append, never renumber.
 */
typedef enum capsa_status {
  CAPSA_OK = 0,
  CAPSA_EINVAL,     /* an argument is outside its documented range */
  CAPSA_ENOTFOUND,  /* no such document, annotation, file or library */
  CAPSA_ESYNTAX,    /* the input text cannot be understood */
  CAPSA_ETOOBIG,    /* the input exceeds a limit documented at the call */
  CAPSA_ECORRUPT,   /* the stored library is damaged */
  CAPSA_EIO,        /* storage refused: read error, read-only, no access */
  CAPSA_ENOMEM,     /* out of memory */
  CAPSA_EEMPTY,     /* the file holds no text at all */
  CAPSA_EBINARY,    /* the file is no text */
  CAPSA_ENORECORD,  /* the page holds no record: a listing, bare chrome */
  CAPSA_EFULL,      /* storage is full or its quota is used up */
  CAPSA_EBUSY,      /* another process or tab holds the library */
  CAPSA_ENEWER,     /* the library was written by a newer Capsa */
  CAPSA_ENOLIBRARY, /* the file is no Capsa library */
  CAPSA_EAMBIGUOUS, /* the name fits more than one document */
  CAPSA_EDAMAGED,   /* the file is cut off or damaged */
  CAPSA_ELOCKED,    /* the file is encrypted: a password, copy protection */
  CAPSA_EMARKUP,    /* XML that is none, or nests or grows without an end */
  CAPSA_ETIMEOUT,   /* a statement was ended: it took too long */
  CAPSA_EREADONLY,  /* the library can be read but not changed */
  CAPSA_EEXISTS,    /* a file of this name is there, and stays as it is */
  CAPSA_STATUS_COUNT
} capsa_status;

/** Name of `st` without its prefix, e.g. "ENOTFOUND". Static, never NULL. */
const char *capsa_status_name(capsa_status st);

/**
 * What `st` means to a reader and what to do about it, as plain words without
 * a full stop, e.g. "the file is empty; choose another". Static, never NULL.
 * The command line and the page show it after the name of what failed.
 */
const char *capsa_status_text(capsa_status st);

/** A run of UTF-8 that someone else owns. NOT zero-terminated. */
typedef struct capsa_slice {
  const char *ptr; /* may be NULL when len is 0 */
  size_t len;
} capsa_slice;

/** A stretch of a text that the context names; end is exclusive. */
typedef struct capsa_range {
  size_t start_byte;
  size_t end_byte;
} capsa_range;

/** View of a zero-terminated string; NULL gives the empty slice. */
capsa_slice capsa_slice_of(const char *text);

/** Same bytes? Two empty slices are equal. */
bool capsa_slice_equal(capsa_slice a, capsa_slice b);

/**
 * A heap that is given back as a whole. Allocation failure is sticky inside
 * a request and comes out as CAPSA_ENOMEM of the call that met it.
 */
typedef struct capsa_arena capsa_arena;

/** New empty arena, or NULL when memory is out. Pair: capsa_arena_free. */
capsa_arena *capsa_arena_new(void);

/** Invalidate everything in the arena and keep its memory for reuse. */
void capsa_arena_reset(capsa_arena *arena);

/** Give the arena and everything in it back. NULL is allowed. */
void capsa_arena_free(capsa_arena *arena);

/** What an offset counts. C counts bytes, stored and exported selectors and
 * the command line's JSON count code points, a browser's DOM UTF-16 units. */
typedef enum capsa_unit {
  CAPSA_UNIT_BYTE = 0,
  CAPSA_UNIT_CODE_POINT,
  CAPSA_UNIT_UTF16
} capsa_unit;

/**
 * The same place in `text`, counted in another unit. An offset beyond the end
 * gives the length; one inside a character gives that character's start.
 */
size_t capsa_offset_convert(capsa_slice text, size_t offset, capsa_unit from,
                            capsa_unit to);

#ifdef __cplusplus
}
#endif

#endif
