/* disk.h -- a disk in memory that plays the part of opfs.js (store/opfs.h):
 * it logs what is written, fails when told to, and loses its power.
 *
 *   disk_image                  files and their bytes
 *   disk_load, disk_save        put an image on the disk, take one off it
 *   disk_log_*                  every write, truncate and flush, in order
 *   disk_fault                  let one call fail
 *   disk_replay_*               go through a log; at any point of it, see what
 *                               a power cut or a kill may have left
 *
 * What a cut may leave: everything that was flushed, file by file, and of the
 * rest whatever is worst: nothing, all, a beginning, any sectors of 512 bytes
 * of any writes in any order, a size without its bytes, bytes of nobody where
 * a sector was being written. A kill leaves everything. All memory is
 * malloc'd; a test that runs out of it aborts.
 */
#ifndef CAPSA_TESTS_TORTURE_DISK_H
#define CAPSA_TESTS_TORTURE_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DISK_FILES_MAX 8
#define DISK_NAME_MAX 64
/** The unit in which writes are torn. */
#define DISK_SECTOR 512
/** What the VFS tells SQLite that a sector is: damage keeps within one. */
#define DISK_DEVICE_SECTOR 4096

typedef struct disk_file {
  char name[DISK_NAME_MAX];
  unsigned char *bytes;
  size_t size, room;
} disk_file;

typedef struct disk_image {
  disk_file files[DISK_FILES_MAX];
  size_t count;
} disk_image;

void disk_image_copy(disk_image *to, const disk_image *from);
void disk_image_clear(disk_image *image);
/** The file called `name`, NULL where there is none. */
disk_file *disk_image_find(disk_image *image, const char *name);
/** Put a file with these bytes into the image. */
void disk_image_put(disk_image *image, const char *name, const void *bytes,
                    size_t size);
uint64_t disk_image_hash(const disk_image *image);

/** A sequence that a seed gives; never 0 as a state. */
typedef struct disk_random {
  uint64_t state;
} disk_random;
uint32_t disk_random_next(disk_random *random);
/** From 0 to `below` - 1. */
uint32_t disk_random_below(disk_random *random, uint32_t below);

/** Put the image on the disk; all handles are forgotten, as after a crash. */
void disk_load(const disk_image *image);
void disk_save(disk_image *image);
/** Handles that are open. */
int disk_open_handles(void);

typedef enum disk_call {
  DISK_OPEN = 0,
  DISK_CLOSE,
  DISK_READ,
  DISK_WRITE,
  DISK_TRUNCATE,
  DISK_SYNC,
  DISK_SIZE,
  DISK_CALL_COUNT
} disk_call;

typedef enum disk_fault_kind {
  DISK_FAULT_NONE = 0,
  DISK_FAULT_ERROR, /* the call fails; a write or a truncate did nothing */
  DISK_FAULT_FULL,  /* out of quota: a write or a truncate did nothing */
  DISK_FAULT_SHORT, /* a read or a write stops half-way; the write says FULL */
  DISK_FAULT_COUNT
} disk_fault_kind;

/** Calls of any kind since the last disk_fault or disk_load. */
size_t disk_calls(void);
/** Calls of one kind since the last disk_load, and flushes above all. */
size_t disk_calls_of(disk_call call);
/**
 * Let the call number `at`, counted from 0 and from now, fail in this way;
 * with `lasting` all later ones of its kind too. NONE: all is well again.
 */
void disk_fault(disk_fault_kind kind, size_t at, bool lasting);
/** Did it happen? A call that cannot fail in this way passes. */
bool disk_fault_met(disk_call *call);

typedef enum disk_op_kind {
  DISK_OP_WRITE,
  DISK_OP_TRUNCATE,
  DISK_OP_FLUSH
} disk_op_kind;

typedef struct disk_op {
  disk_op_kind kind;
  size_t file; /* index in the image */
  char name[DISK_NAME_MAX];
  size_t at; /* TRUNCATE: the size */
  size_t len;
  unsigned char *bytes;
} disk_op;

typedef struct disk_log {
  disk_op *ops;
  size_t count, cap;
} disk_log;

/** Note from now on all that changes the disk in `log`; NULL: stop. */
void disk_log_to(disk_log *log);
void disk_log_clear(disk_log *log);

#define DISK_PENDING_MAX 65536

typedef struct disk_replay {
  disk_image now;  /* what a kill leaves */
  disk_image safe; /* what was flushed */
  const disk_op *pending[DISK_FILES_MAX][DISK_PENDING_MAX];
  size_t pending_count[DISK_FILES_MAX];
} disk_replay;

/** Begin with a disk on which all is flushed. */
void disk_replay_begin(disk_replay *replay, const disk_image *start);
void disk_replay_step(disk_replay *replay, const disk_op *op);
/** What a power cut may leave now. */
void disk_replay_cut(const disk_replay *replay, disk_random *random,
                     disk_image *out);
void disk_replay_clear(disk_replay *replay);

/** Let the disk's random numbers begin anew, and put its clock at a minute of
 * that number; there it stands still. */
void disk_seed(uint64_t seed);

#endif
