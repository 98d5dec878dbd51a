/* checked.c -- every call goes on to the VFS below; pages of the main file are
 * sealed on their way down and examined on their way up.
 *
 * What is a page? SQLite reads and writes the main file by whole pages, and
 * besides only parts of the first one's header. Whether a file has digests
 * stands in that header, byte 20, and is looked at whenever it passes by.
 *
 * SQLite may leave pages out when it writes beyond the end: pages that were
 * taken and given back in one change. Nobody reads them but a backup, and it
 * must find them sealed, so they are written here.
 */
#include "store/checked.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#ifndef __EMSCRIPTEN__
#include <sys/stat.h>
#endif

#include "base/mem.h"

#define PAGE_MIN 512
#define PAGE_MAX 65536

/* Of the header of the file (sqlite.org/fileformat2.html, 1.3). */
enum { HEADER_LEN = 100, AT_RESERVED = 20 };
static const char MAGIC[16] = "SQLite format 3";

typedef struct checked_file {
  sqlite3_file base;
  sqlite3_file *below; /* in the same piece of memory, behind this */
  bool has_digests;
  sqlite3_int64 end; /* no page before it was left out */
} checked_file;

static checked_file *self(sqlite3_file *file) { return (checked_file *)file; }
static sqlite3_file *below(sqlite3_file *file) { return self(file)->below; }

/* ---- the digest */

/* Two sums, each over the other, in the manner of Fletcher: a word counts by
 * a Fibonacci number of its place, and of two neighbours of these one is odd,
 * so no single bit can vanish. */
static uint64_t digest(const unsigned char *page, int len, sqlite3_int64 at) {
  uint64_t a = (uint64_t)at + 0x9E3779B97F4A7C15u, b = 0xC2B2AE3D27D4EB4Fu;
  uint64_t words[2];
  int i = 0;
  for (; i + 16 < len; i += 16) {
    memcpy(words, page + i, sizeof words);
    a += words[0] + b;
    b += words[1] + a;
  }
  memcpy(words, page + i, sizeof *words); /* the digest itself is left out */
  a += words[0] + b;
  b += a;
  return a ^ (b << 32 | b >> 32);
}

/* Little-endian wherever it is: a library moves between machines. */
static void put_digest(unsigned char *to, uint64_t value) {
  for (int i = 0; i < CAPSA_CHECKED_BYTES; i++)
    to[i] = (unsigned char)(value >> 8 * i);
}

void capsa_checked_seal(void *page, int len, sqlite3_int64 at) {
  unsigned char *bytes = page;
  put_digest(bytes + len - CAPSA_CHECKED_BYTES, digest(bytes, len, at));
}

int capsa_checked_fits(const void *page, int len, sqlite3_int64 at) {
  const unsigned char *bytes = page;
  unsigned char expected[CAPSA_CHECKED_BYTES];
  put_digest(expected, digest(bytes, len, at));
  return !memcmp(expected, bytes + len - CAPSA_CHECKED_BYTES, sizeof expected);
}

static bool is_page(int amount, sqlite3_int64 at) {
  return amount >= PAGE_MIN && amount <= PAGE_MAX && !(amount & (amount - 1)) &&
         at % amount == 0;
}

/* ---- pages up and down */

/* A header that a power cut garbled says nothing: pages that its journal then
 * brings back are sealed already, or are not to be. */
static void look_at_header(checked_file *file, const unsigned char *bytes,
                           int amount, sqlite3_int64 at) {
  if (at == 0 && amount >= HEADER_LEN)
    file->has_digests = bytes[AT_RESERVED] == CAPSA_CHECKED_BYTES &&
                        !memcmp(bytes, MAGIC, sizeof MAGIC);
}

/* The first page whose byte 20 was damaged must not pass for one of a file
 * without digests. */
static bool is_disguised(unsigned char *page, int len, sqlite3_int64 at) {
  if (at) return false;
  unsigned char reserved = page[AT_RESERVED];
  page[AT_RESERVED] = CAPSA_CHECKED_BYTES;
  bool fits = capsa_checked_fits(page, len, at);
  page[AT_RESERVED] = reserved;
  return fits;
}

static int checked_read(sqlite3_file *file, void *into, int amount,
                        sqlite3_int64 at) {
  checked_file *f = self(file);
  int rc = f->below->pMethods->xRead(f->below, into, amount, at);
  if (rc == SQLITE_IOERR_SHORT_READ && f->has_digests && is_page(amount, at))
    return SQLITE_IOERR_DATA; /* the file was cut off: no page is half */
  if (rc) return rc;
  look_at_header(f, into, amount, at);
  if (!is_page(amount, at)) return SQLITE_OK;
  bool good = f->has_digests ? capsa_checked_fits(into, amount, at)
                             : !is_disguised(into, amount, at);
  return good ? SQLITE_OK : SQLITE_IOERR_DATA;
}

static int write_left_out(checked_file *f, int amount, sqlite3_int64 to) {
  sqlite3_int64 at = 0;
  int rc = f->below->pMethods->xFileSize(f->below, &at);
  at -= at % amount;
  if (rc || at >= to) return rc;
  unsigned char *page = capsa_mem_alloc((size_t)amount);
  if (!page) return SQLITE_IOERR_NOMEM;
  memset(page, 0, (size_t)amount);
  for (; !rc && at < to; at += amount) {
    capsa_checked_seal(page, amount, at);
    rc = f->below->pMethods->xWrite(f->below, page, amount, at);
  }
  capsa_mem_free(page);
  return rc;
}

/* The page is sealed where it lies, in SQLite's cache: a copy that is made of
 * the cache (sqlite3_serialize, a backup) has its digests too. */
static int checked_write(sqlite3_file *file, const void *from, int amount,
                         sqlite3_int64 at) {
  checked_file *f = self(file);
  look_at_header(f, from, amount, at);
  if (f->has_digests && is_page(amount, at)) {
    int rc = at > f->end ? write_left_out(f, amount, at) : SQLITE_OK;
    if (rc) return rc;
    capsa_checked_seal((void *)(uintptr_t)from, amount, at);
    if (at + amount > f->end) f->end = at + amount;
  }
  return f->below->pMethods->xWrite(f->below, from, amount, at);
}

static int checked_truncate(sqlite3_file *file, sqlite3_int64 size) {
  checked_file *f = self(file);
  if (size < f->end) f->end = size;
  if (!size) f->has_digests = false;
  return f->below->pMethods->xTruncate(f->below, size);
}

/* ---- what only goes on */

static int checked_close(sqlite3_file *file) {
  return below(file)->pMethods->xClose(below(file));
}

static int checked_sync(sqlite3_file *file, int flags) {
  return below(file)->pMethods->xSync(below(file), flags);
}

static int checked_size(sqlite3_file *file, sqlite3_int64 *size) {
  return below(file)->pMethods->xFileSize(below(file), size);
}

static int checked_lock(sqlite3_file *file, int level) {
  return below(file)->pMethods->xLock(below(file), level);
}

static int checked_unlock(sqlite3_file *file, int level) {
  return below(file)->pMethods->xUnlock(below(file), level);
}

static int checked_is_reserved(sqlite3_file *file, int *reserved) {
  return below(file)->pMethods->xCheckReservedLock(below(file), reserved);
}

static int checked_control(sqlite3_file *file, int op, void *argument) {
  return below(file)->pMethods->xFileControl(below(file), op, argument);
}

static int checked_sector(sqlite3_file *file) {
  return below(file)->pMethods->xSectorSize(below(file));
}

static int checked_traits(sqlite3_file *file) {
  return below(file)->pMethods->xDeviceCharacteristics(below(file));
}

/* Version 1: no shared memory and no memory mapping, which would show pages
 * that nobody examined. A library has neither (library.c). */
static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = checked_close,
    .xRead = checked_read,
    .xWrite = checked_write,
    .xTruncate = checked_truncate,
    .xSync = checked_sync,
    .xFileSize = checked_size,
    .xLock = checked_lock,
    .xUnlock = checked_unlock,
    .xCheckReservedLock = checked_is_reserved,
    .xFileControl = checked_control,
    .xSectorSize = checked_sector,
    .xDeviceCharacteristics = checked_traits,
};

/* ---- the VFS: all but opening is the other one's */

static sqlite3_vfs *base_vfs(sqlite3_vfs *vfs) { return vfs->pAppData; }

/* To open a pipe waits until somebody writes to it, for ever. In a browser
 * there are plain files only. */
static bool is_plain(const char *name) {
#ifdef __EMSCRIPTEN__
  (void)name;
  return true;
#else
  struct stat found;
  return !name || stat(name, &found) || S_ISREG(found.st_mode);
#endif
}

/* Journals have sums of their own, and are read whole before they are used. */
static int checked_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file,
                        int flags, int *flags_out) {
  sqlite3_vfs *base = base_vfs(vfs);
  if (!is_plain(name)) return SQLITE_CANTOPEN_ISDIR;
  if (!(flags & SQLITE_OPEN_MAIN_DB))
    return base->xOpen(base, name, file, flags, flags_out);
  checked_file *f = self(file);
  memset(f, 0, sizeof *f);
  f->below = (sqlite3_file *)(f + 1);
  int rc = base->xOpen(base, name, f->below, flags, flags_out);
  if (!rc) f->base.pMethods = &methods;
  return rc;
}

static int checked_delete(sqlite3_vfs *vfs, const char *name, int sync) {
  return base_vfs(vfs)->xDelete(base_vfs(vfs), name, sync);
}

static int checked_access(sqlite3_vfs *vfs, const char *name, int flags,
                          int *out) {
  return base_vfs(vfs)->xAccess(base_vfs(vfs), name, flags, out);
}

static int checked_full_name(sqlite3_vfs *vfs, const char *name, int size,
                             char *out) {
  return base_vfs(vfs)->xFullPathname(base_vfs(vfs), name, size, out);
}

static int checked_random(sqlite3_vfs *vfs, int amount, char *into) {
  return base_vfs(vfs)->xRandomness(base_vfs(vfs), amount, into);
}

static int checked_sleep(sqlite3_vfs *vfs, int microseconds) {
  return base_vfs(vfs)->xSleep(base_vfs(vfs), microseconds);
}

static int checked_time(sqlite3_vfs *vfs, double *days) {
  return base_vfs(vfs)->xCurrentTime(base_vfs(vfs), days);
}

static int checked_last_error(sqlite3_vfs *vfs, int size, char *out) {
  return base_vfs(vfs)->xGetLastError(base_vfs(vfs), size, out);
}

static int checked_time_ms(sqlite3_vfs *vfs, sqlite3_int64 *now) {
  return base_vfs(vfs)->xCurrentTimeInt64(base_vfs(vfs), now);
}

int capsa_checked_install(void) {
  static sqlite3_vfs vfs = {.iVersion = 2,
                            .zName = "checked",
                            .xOpen = checked_open,
                            .xDelete = checked_delete,
                            .xAccess = checked_access,
                            .xFullPathname = checked_full_name,
                            .xRandomness = checked_random,
                            .xSleep = checked_sleep,
                            .xCurrentTime = checked_time,
                            .xGetLastError = checked_last_error,
                            .xCurrentTimeInt64 = checked_time_ms};
  if (vfs.pAppData) return SQLITE_OK;
  sqlite3_vfs *base = sqlite3_vfs_find(NULL);
  if (!base || base->iVersion < 2) return SQLITE_ERROR;
  vfs.pAppData = base;
  vfs.szOsFile = (int)sizeof(checked_file) + base->szOsFile;
  vfs.mxPathname = base->mxPathname;
  return sqlite3_vfs_register(&vfs, 1);
}

void capsa_checked_new(sqlite3 *db) {
  int bytes = CAPSA_CHECKED_BYTES;
  (void)sqlite3_file_control(db, "main", SQLITE_FCNTL_RESERVE_BYTES, &bytes);
}
