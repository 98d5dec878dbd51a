/* opfs.c -- the C half of the VFS; the contract is in opfs.h.
 *
 * SQLite's objects are filled in, its offsets narrowed to double, and the
 * outcomes of opfs.js turned into what sqlite3_io_methods demands: above all
 * that a short read zero-fills. There is no state here but the number of each
 * open file, so that a size or a handle can never be out of date.
 *
 * tests/torture builds it natively too, over a disk in memory that plays the
 * part of opfs.js, loses its power and fails.
 */
#if defined __EMSCRIPTEN__ || defined CAPSA_OPFS_ON_A_TEST_DISK

#include "store/opfs.h"

#include <sqlite3.h>
#include <string.h>

#define SECTOR_BYTES 4096
#define NAME_BYTES_MAX 512
#define NO_FILE -1

/* Milliseconds from noon of 24 November 4714 BC, where SQLite's days begin,
 * to 1970. */
#define JULIAN_1970_MS 210866760000000.0

typedef struct opfs_file {
  sqlite3_file base;
  int file;
} opfs_file;

static int number_of(sqlite3_file *file) { return ((opfs_file *)file)->file; }

static int opfs_close(sqlite3_file *file) {
  return capsa_js_file_close(number_of(file));
}

/* SQLite takes what a short read leaves out for zeros, so only the end of the
 * file may cause one. */
static int opfs_read(sqlite3_file *file, void *into, int amount,
                     sqlite3_int64 at) {
  int got = capsa_js_file_read(number_of(file), into, amount, (double)at);
  if (got < 0) return SQLITE_IOERR_READ;
  if (got >= amount) return SQLITE_OK;
  double size = capsa_js_file_size(number_of(file));
  if (size < 0 || (double)at + got < size) return SQLITE_IOERR_READ;
  memset((char *)into + got, 0, (size_t)(amount - got));
  return SQLITE_IOERR_SHORT_READ;
}

static int opfs_write(sqlite3_file *file, const void *from, int amount,
                      sqlite3_int64 at) {
  return capsa_js_file_write(number_of(file), from, amount, (double)at);
}

static int opfs_truncate(sqlite3_file *file, sqlite3_int64 size) {
  return capsa_js_file_truncate(number_of(file), (double)size);
}

static int opfs_sync(sqlite3_file *file, int flags) {
  (void)flags;
  return capsa_js_file_sync(number_of(file));
}

static int opfs_size(sqlite3_file *file, sqlite3_int64 *size) {
  double bytes = capsa_js_file_size(number_of(file));
  if (bytes < 0) return SQLITE_IOERR_FSTAT;
  *size = (sqlite3_int64)bytes;
  return SQLITE_OK;
}

static int opfs_lock(sqlite3_file *file, int level) {
  (void)file, (void)level;
  return SQLITE_OK;
}

/* Nobody else can hold a lock: a journal that is found is a hot one. */
static int opfs_is_reserved(sqlite3_file *file, int *reserved) {
  (void)file;
  *reserved = 0;
  return SQLITE_OK;
}

static int opfs_control(sqlite3_file *file, int op, void *argument) {
  (void)file, (void)op, (void)argument;
  return SQLITE_NOTFOUND;
}

static int opfs_sector(sqlite3_file *file) {
  (void)file;
  return SECTOR_BYTES;
}

static int opfs_traits(sqlite3_file *file) {
  (void)file;
  return 0;
}

/* Version 1: no shared memory, no memory mapping. */
static const sqlite3_io_methods io_methods = {
    .iVersion = 1,
    .xClose = opfs_close,
    .xRead = opfs_read,
    .xWrite = opfs_write,
    .xTruncate = opfs_truncate,
    .xSync = opfs_sync,
    .xFileSize = opfs_size,
    .xLock = opfs_lock,
    .xUnlock = opfs_lock,
    .xCheckReservedLock = opfs_is_reserved,
    .xFileControl = opfs_control,
    .xSectorSize = opfs_sector,
    .xDeviceCharacteristics = opfs_traits,
};

static int opfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file,
                     int flags, int *flags_out) {
  (void)vfs;
  file->pMethods = NULL; /* on failure SQLite must not call xClose */
  if (!name) return SQLITE_CANTOPEN;
  int create = (flags & SQLITE_OPEN_CREATE) != 0;
  int number = capsa_js_file_open(name, create);
  if (number < 0)
    return number == CAPSA_JS_FOLDER ? SQLITE_CANTOPEN_ISDIR : SQLITE_CANTOPEN;
  double size = create ? 0 : capsa_js_file_size(number);
  if (size < 0 || (!create && size == 0)) { /* it does not exist */
    (void)capsa_js_file_close(number);
    return size < 0 ? SQLITE_IOERR_FSTAT : SQLITE_CANTOPEN;
  }
  ((opfs_file *)file)->file = number;
  file->pMethods = &io_methods;
  if (flags_out) *flags_out = flags;
  return SQLITE_OK;
}

static int opfs_delete(sqlite3_vfs *vfs, const char *name, int sync_folder) {
  (void)vfs, (void)sync_folder;
  int number = capsa_js_file_open(name, 0);
  if (number < 0)
    return number == NO_FILE ? SQLITE_IOERR_DELETE_NOENT : SQLITE_IOERR_DELETE;
  int rc = capsa_js_file_truncate(number, 0);
  if (!rc) rc = capsa_js_file_sync(number);
  (void)capsa_js_file_close(number);
  return rc ? SQLITE_IOERR_DELETE : SQLITE_OK;
}

static int opfs_access(sqlite3_vfs *vfs, const char *name, int flags,
                       int *exists) {
  (void)vfs, (void)flags;
  *exists = 0;
  int number = capsa_js_file_open(name, 0);
  if (number < 0) return number == NO_FILE ? SQLITE_OK : SQLITE_IOERR_ACCESS;
  double size = capsa_js_file_size(number);
  (void)capsa_js_file_close(number);
  if (size < 0) return SQLITE_IOERR_ACCESS;
  *exists = size > 0;
  return SQLITE_OK;
}

static int opfs_full_name(sqlite3_vfs *vfs, const char *name, int size,
                          char *out) {
  (void)vfs;
  size_t len = strlen(name);
  if (len >= (size_t)size) return SQLITE_CANTOPEN;
  memcpy(out, name, len + 1);
  return SQLITE_OK;
}

static int opfs_random(sqlite3_vfs *vfs, int amount, char *into) {
  (void)vfs;
  return capsa_js_random(into, amount);
}

/* Nobody holds what one would wait for. */
static int opfs_sleep(sqlite3_vfs *vfs, int microseconds) {
  (void)vfs;
  return microseconds;
}

static int opfs_time_ms(sqlite3_vfs *vfs, sqlite3_int64 *now) {
  (void)vfs;
  *now = (sqlite3_int64)(capsa_js_now() + JULIAN_1970_MS);
  return SQLITE_OK;
}

static int opfs_time(sqlite3_vfs *vfs, double *days) {
  (void)vfs;
  *days = (capsa_js_now() + JULIAN_1970_MS) / 86400000.0;
  return SQLITE_OK;
}

static int opfs_last_error(sqlite3_vfs *vfs, int size, char *out) {
  (void)vfs, (void)size, (void)out;
  return 0;
}

int sqlite3_os_init(void) {
  static sqlite3_vfs vfs = {
      .iVersion = 2,
      .szOsFile = sizeof(opfs_file),
      .mxPathname = NAME_BYTES_MAX,
      .zName = "opfs",
      .xOpen = opfs_open,
      .xDelete = opfs_delete,
      .xAccess = opfs_access,
      .xFullPathname = opfs_full_name,
      .xRandomness = opfs_random,
      .xSleep = opfs_sleep,
      .xCurrentTime = opfs_time,
      .xGetLastError = opfs_last_error,
      .xCurrentTimeInt64 = opfs_time_ms,
  };
  return sqlite3_vfs_register(&vfs, 1);
}

int sqlite3_os_end(void) { return SQLITE_OK; }

#else
typedef int capsa_opfs_is_for_wasm_only; /* a unit must hold something */
#endif
