#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"

/** Behind the name of a file that is not whole yet. */
#define UNFINISHED ".part"

/** How often a step that found another program writing is tried again; each
 * has waited for a second by itself. */
#define TRIES_MAX 30

static capsa_status copy_all(capsa_backup *backup, uint64_t *pages) {
  capsa_progress progress = {0};
  capsa_status st = CAPSA_OK;
  for (int tries = 0; !st && !progress.finished;) {
    st = capsa_backup_step(backup, &progress);
    if (st != CAPSA_EBUSY) tries = 0;
    else if (++tries < TRIES_MAX) st = CAPSA_OK;
  }
  *pages = progress.total;
  return st;
}

static bool exists(const char *path) {
  struct stat found; /* to open it may wait for ever, where it is a pipe */
  return !stat(path, &found) || errno != ENOENT;
}

/* The name appears when the file is whole: who copies it meanwhile gets all or
 * nothing. */
static int back_up(capsa_library *library, const char *path,
                   const char *unfinished) {
  capsa_backup *backup;
  uint64_t pages = 0;
  if (exists(path)) return capsa_cli_fail_status(path, CAPSA_EEXISTS);
  capsa_status st = capsa_backup_begin(library, unfinished, &backup);
  if (st)
    return capsa_cli_fail_status(st == CAPSA_EEXISTS ? unfinished : path, st);
  st = copy_all(backup, &pages);
  capsa_backup_end(backup);
  if (st) return capsa_cli_fail_status(path, st);
  if (rename(unfinished, path)) {
    remove(unfinished);
    return capsa_cli_fail_status(path, CAPSA_EIO);
  }
  /* Where the library cannot be written it is saved all the same. */
  (void)capsa_library_mark_saved(library);
  capsa_cli_put_inline(capsa_slice_of(path));
  puts(": all of the library is in it");
  return CAPSA_EXIT_DONE;
}

static int run(const capsa_cli_arguments *arguments) {
  const char *path = arguments->operands[1];
  capsa_library *library;
  size_t size = strlen(path) + sizeof UNFINISHED;
  char *unfinished = malloc(size);
  if (!unfinished) return capsa_cli_fail_status(path, CAPSA_ENOMEM);
  snprintf(unfinished, size, "%s%s", path, UNFINISHED);
  int code = CAPSA_EXIT_FAILED;
  if (capsa_cli_open(arguments->operands[0], &library)) {
    code = back_up(library, path, unfinished);
    capsa_library_close(library);
  }
  free(unfinished);
  return code;
}

const capsa_cli_command capsa_cmd_backup = {
    .name = "backup",
    .operands = "LIBRARY FILE",
    .options = "",
    .summary = "save all of a library to a file, while it is in use",
    .help =
        "FILE gets everything: records, notes, settings. The library may be\n"
        "open and may be changed meanwhile; FILE is what it was at one "
        "moment.\n"
        "FILE is a library itself. While it is being written it is called\n"
        "FILE.part; a file that is there already is never written over.\n",
    .operands_min = 2,
    .operands_max = 2,
    .run = run,
};
