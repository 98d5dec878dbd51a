/* backup.c -- all of a library in another file, while it is in use.
 *
 * SQLite's online backup copies page by page, takes up what this connection
 * changes meanwhile, and begins anew when another program has written. The
 * new file has no journal: until it is whole it is nothing, and goes. What
 * was written is flushed now and then, so that the last step, which flushes
 * the rest and commits, is short as well.
 */
#include "capsa/backup.h"

#include <string.h>

#include "base/mem.h"
#include "store/backup/steps.h"
#include "store/library.h"

/** Pages copied at once: 128 KiB, some 4 ms in the slowest browser. */
#define PAGES_AT_ONCE 16

/** Pages that may wait for a flush, which ends the step: 8 MiB. */
#define PAGES_UNFLUSHED_MAX 1024

/** A database that holds less than a page is none: `xAccess` says so too. */
static capsa_status refuse_existing(const char *path) {
  sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
  int exists = 0;
  if (vfs->xAccess(vfs, path, SQLITE_ACCESS_EXISTS, &exists)) return CAPSA_EIO;
  return exists ? CAPSA_EEXISTS : CAPSA_OK;
}

struct capsa_backup {
  sqlite3 *into;
  sqlite3_backup *pages; /* NULL when it is done */
  char *path;
  uint64_t done;
  unsigned restarts, unflushed;
  bool whole;
};

static capsa_status open_file(capsa_backup *backup, capsa_library *library) {
  capsa_status st = capsa_db_open(backup->path, true, &backup->into);
  if (st) return st;
  st = capsa_db_exec(backup->into, "PRAGMA journal_mode = MEMORY;"
                                   "PRAGMA synchronous = FULL;"
                                   "PRAGMA cache_size = -1024");
  if (st) return st;
  backup->pages =
      sqlite3_backup_init(backup->into, "main", library->db, "main");
  return backup->pages ? CAPSA_OK
                       : capsa_db_status(sqlite3_errcode(backup->into));
}

capsa_status capsa_backup_begin(capsa_library *library, const char *path,
                                capsa_backup **out) {
  capsa_status st = refuse_existing(path);
  if (st) return st;
  size_t size = strlen(path) + 1;
  capsa_backup *backup = capsa_mem_alloc(sizeof *backup + size);
  if (!backup) return CAPSA_ENOMEM;
  *backup = (capsa_backup){.path = (char *)(backup + 1)};
  memcpy(backup->path, path, size);
  st = open_file(backup, library);
  if (st) capsa_backup_end(backup);
  else *out = backup;
  return st;
}

/* Through the file itself: SQLite flushes only when it commits. */
static int flush(capsa_backup *backup) {
  sqlite3_file *file = NULL;
  backup->unflushed = 0;
  int rc = sqlite3_file_control(backup->into, "main", SQLITE_FCNTL_FILE_POINTER,
                                (void *)&file);
  if (rc || !file || !file->pMethods) return rc;
  return file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
}

static int copy_pages(capsa_backup *backup) {
  int rc = sqlite3_backup_step(backup->pages, PAGES_AT_ONCE);
  uint64_t all = (uint64_t)sqlite3_backup_pagecount(backup->pages);
  uint64_t done = all - (uint64_t)sqlite3_backup_remaining(backup->pages);
  if (done < backup->done) backup->restarts++;
  backup->done = done;
  backup->unflushed += PAGES_AT_ONCE;
  if (!rc && backup->unflushed >= PAGES_UNFLUSHED_MAX) rc = flush(backup);
  return rc;
}

capsa_status capsa_backup_step(capsa_backup *backup, capsa_progress *progress) {
  int rc = SQLITE_OK;
  if (backup->restarts > CAPSA_BACKUP_RESTARTS_MAX) return CAPSA_EBUSY;
  if (!backup->pages) return backup->whole ? CAPSA_OK : CAPSA_EIO;
  capsa_steps steps = capsa_steps_begin();
  do rc = copy_pages(backup);
  while (!rc && backup->unflushed && capsa_steps_goes_on(&steps));
  progress->done = backup->done;
  progress->total = (uint64_t)sqlite3_backup_pagecount(backup->pages);
  if (rc == SQLITE_DONE) {
    rc = sqlite3_backup_finish(backup->pages);
    backup->pages = NULL;
    backup->whole = progress->finished = !rc;
  }
  return capsa_db_status(rc);
}

void capsa_backup_end(capsa_backup *backup) {
  if (!backup) return;
  sqlite3_backup_finish(backup->pages);
  bool opened = backup->into;
  capsa_db_close(backup->into);
  sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
  if (opened && !backup->whole) (void)vfs->xDelete(vfs, backup->path, 0);
  capsa_mem_free(backup);
}
