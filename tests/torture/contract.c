/* contract.c -- what opfs.h promises SQLite, asked of the VFS itself.
 *
 * Some promises are seldom called upon: SQLite mostly does not care what a
 * short read leaves behind. They are kept all the same, and are tested here
 * rather than through a library. */
#include <stdio.h>
#include <string.h>

#include "history.h"

#define MAIN (SQLITE_OPEN_READWRITE | SQLITE_OPEN_MAIN_DB)

typedef struct probe {
  sqlite3_vfs *vfs;
  union {
    sqlite3_file file;
    char room[256];
  } is;
  torture_result result;
} probe;

#define EXPECT(condition) expect(p, (condition), #condition)
static void expect(probe *p, bool good, const char *condition) {
  p->result.tried++;
  if (!good) torture_blame(&p->result, &p->result.corrupt, "%s", condition);
}

static int open_file(probe *p, const char *name, int flags) {
  int out = 0;
  return p->vfs->xOpen(p->vfs, name, &p->is.file, flags, &out);
}

#define FILE_DO(call, ...) p->is.file.pMethods->call(&p->is.file, __VA_ARGS__)

static void close_file(probe *p) {
  EXPECT(p->is.file.pMethods->xClose(&p->is.file) == SQLITE_OK);
  EXPECT(disk_open_handles() == 0);
}

static void fresh(const char *name, const void *bytes, size_t size) {
  disk_image image = {0};
  disk_image_put(&image, name, bytes, size);
  disk_load(&image);
  disk_image_clear(&image);
}

static void test_existence(probe *p) {
  int exists = 7;
  fresh("a", "", 0);
  EXPECT(open_file(p, "a", MAIN) == SQLITE_CANTOPEN);
  EXPECT(!p->is.file.pMethods && disk_open_handles() == 0);
  EXPECT(!p->vfs->xAccess(p->vfs, "a", SQLITE_ACCESS_EXISTS, &exists) &&
         !exists);
  EXPECT(!open_file(p, "a", MAIN | SQLITE_OPEN_CREATE));
  EXPECT(!FILE_DO(xWrite, "x", 1, 0));
  close_file(p);
  EXPECT(!p->vfs->xAccess(p->vfs, "a", SQLITE_ACCESS_EXISTS, &exists) &&
         exists);
  EXPECT(!open_file(p, "a", MAIN));
  close_file(p);
  EXPECT(open_file(p, NULL, MAIN | SQLITE_OPEN_CREATE) == SQLITE_CANTOPEN);
}

static void test_reading(probe *p) {
  char into[9] = "????????";
  fresh("a", "0123456789", 10);
  EXPECT(!open_file(p, "a", MAIN));
  EXPECT(!FILE_DO(xRead, into, 4, 3) && !memcmp(into, "3456????", 8));
  EXPECT(FILE_DO(xRead, into, 8, 6) == SQLITE_IOERR_SHORT_READ);
  EXPECT(!memcmp(into, "6789\0\0\0\0", 8));
  memcpy(into, "????????", 8);
  EXPECT(FILE_DO(xRead, into, 8, 100) == SQLITE_IOERR_SHORT_READ);
  EXPECT(!memcmp(into, "\0\0\0\0\0\0\0\0", 8));
  disk_fault(DISK_FAULT_ERROR, 0, false);
  EXPECT(FILE_DO(xRead, into, 4, 0) == SQLITE_IOERR_READ);
  /* less than there is: that is no end of the file */
  disk_fault(DISK_FAULT_SHORT, 0, false);
  EXPECT(FILE_DO(xRead, into, 4, 0) == SQLITE_IOERR_READ);
  close_file(p);
}

static void test_writing(probe *p) {
  sqlite3_int64 size = 0;
  disk_image after = {0};
  fresh("a", "0123456789", 10);
  EXPECT(!open_file(p, "a", MAIN));
  EXPECT(!FILE_DO(xWrite, "abc", 3, 2));
  EXPECT(!FILE_DO(xFileSize, &size) && size == 10);
  EXPECT(!FILE_DO(xWrite, "de", 2, 12));
  EXPECT(!FILE_DO(xFileSize, &size) && size == 14);
  EXPECT(!FILE_DO(xTruncate, 13));
  EXPECT(!FILE_DO(xFileSize, &size) && size == 13);
  disk_save(&after);
  EXPECT(!memcmp(after.files[0].bytes, "01abc56789\0\0d", 13));
  static const struct {
    disk_fault_kind kind;
    int write, truncate, sync;
  } faults[] = {{DISK_FAULT_ERROR, SQLITE_IOERR_WRITE, SQLITE_IOERR_TRUNCATE,
                 SQLITE_IOERR_FSYNC},
                {DISK_FAULT_FULL, SQLITE_FULL, SQLITE_FULL, SQLITE_FULL}};
  for (int i = 0; i < 2; i++) {
    disk_fault(faults[i].kind, 0, false);
    EXPECT(FILE_DO(xWrite, "x", 1, 0) == faults[i].write);
    disk_fault(faults[i].kind, 0, false);
    EXPECT(FILE_DO(xTruncate, 1) == faults[i].truncate);
    disk_fault(faults[i].kind, 0, false);
    EXPECT(FILE_DO(xSync, SQLITE_SYNC_FULL) == faults[i].sync);
  }
  disk_fault(DISK_FAULT_SHORT, 0, false);
  EXPECT(FILE_DO(xWrite, "xyz", 3, 0) == SQLITE_FULL);
  disk_fault(DISK_FAULT_ERROR, 0, false);
  EXPECT(FILE_DO(xFileSize, &size) == SQLITE_IOERR_FSTAT);
  close_file(p);
  disk_image_clear(&after);
}

/* What is on the disk if the power goes now and nothing but flushes counts. */
static size_t safe_size(disk_log *log, const char *name) {
  static disk_replay replay;
  disk_image none = {0};
  disk_replay_begin(&replay, &none);
  replay.now.count = replay.safe.count = 0;
  for (size_t i = 0; i < log->count; i++)
    disk_replay_step(&replay, &log->ops[i]);
  disk_file *file = disk_image_find(&replay.safe, name);
  return file ? file->size : 0;
}

static void test_flushing(probe *p) {
  disk_log log = {0};
  fresh("a", "", 0);
  disk_log_to(&log);
  EXPECT(!open_file(p, "a", MAIN | SQLITE_OPEN_CREATE));
  EXPECT(!FILE_DO(xWrite, "abc", 3, 0));
  EXPECT(safe_size(&log, "a") == 0);
  EXPECT(!FILE_DO(xSync, SQLITE_SYNC_NORMAL));
  EXPECT(safe_size(&log, "a") == 3);
  EXPECT(!FILE_DO(xTruncate, 0) && !FILE_DO(xSync, SQLITE_SYNC_DATAONLY));
  EXPECT(safe_size(&log, "a") == 0);
  EXPECT(!FILE_DO(xWrite, "abc", 3, 0) && !FILE_DO(xSync, SQLITE_SYNC_FULL));
  close_file(p);
  EXPECT(!p->vfs->xDelete(p->vfs, "a", 0));
  EXPECT(safe_size(&log, "a") == 0 && disk_open_handles() == 0);
  disk_log_to(NULL);
  disk_log_clear(&log);
}

static void test_deleting(probe *p) {
  int exists = 7;
  fresh("a", "abc", 3);
  for (size_t at = 0; at < 3; at++) { /* open, truncate, flush */
    disk_fault(DISK_FAULT_ERROR, at, false);
    EXPECT(p->vfs->xDelete(p->vfs, "a", 1) == SQLITE_IOERR_DELETE);
  }
  EXPECT(!p->vfs->xDelete(p->vfs, "a", 1) && disk_open_handles() == 0);
  fresh("a", "abc", 3);
  for (size_t at = 0; at < 2; at++) { /* open, size */
    disk_fault(DISK_FAULT_ERROR, at, false);
    EXPECT(p->vfs->xAccess(p->vfs, "a", 0, &exists) == SQLITE_IOERR_ACCESS);
  }
  EXPECT(disk_open_handles() == 0);
  disk_fault(DISK_FAULT_ERROR, 0, false);
  EXPECT(open_file(p, "a", MAIN) == SQLITE_CANTOPEN);
  disk_fault(DISK_FAULT_ERROR, 1, false);
  EXPECT(open_file(p, "a", MAIN) == SQLITE_IOERR_FSTAT);
  EXPECT(disk_open_handles() == 0);
}

static void test_the_rest(probe *p) {
  char into[16], again[16], path[600];
  sqlite3_int64 ms = 0;
  fresh("a", "abc", 3);
  EXPECT(!open_file(p, "a", MAIN));
  EXPECT(p->is.file.pMethods->xSectorSize(&p->is.file) == DISK_DEVICE_SECTOR);
  EXPECT(p->is.file.pMethods->xDeviceCharacteristics(&p->is.file) == 0);
  EXPECT(p->is.file.pMethods->iVersion == 1);
  close_file(p);
  memset(path, 'p', sizeof path);
  path[sizeof path - 1] = 0;
  char full[600] = "";
  EXPECT(p->vfs->xFullPathname(p->vfs, path, p->vfs->mxPathname, full));
  EXPECT(!p->vfs->xFullPathname(p->vfs, "a", p->vfs->mxPathname, full));
  EXPECT(!strcmp(full, "a"));
  EXPECT(p->vfs->xRandomness(p->vfs, 16, into) == 16);
  EXPECT(p->vfs->xRandomness(p->vfs, 16, again) == 16);
  EXPECT(memcmp(into, again, 16));
  disk_seed(0); /* 2023-11-14T22:13:20Z */
  EXPECT(!p->vfs->xCurrentTimeInt64(p->vfs, &ms));
  EXPECT(ms == 1700000000000 + 210866760000000);
}

bool torture_contract(const torture_options *options) {
  (void)options;
  static probe p;
  memset(&p, 0, sizeof p);
  strcpy(p.result.name, "promises of the VFS");
  p.vfs = sqlite3_vfs_find("opfs");
  if (p.vfs->szOsFile > (int)sizeof p.is) return false;
  test_existence(&p);
  test_reading(&p);
  test_writing(&p);
  test_flushing(&p);
  test_deleting(&p);
  test_the_rest(&p);
  return torture_report(&p.result);
}
