#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

#define FIRST_BYTES ((size_t)64 << 10)

/* One byte more than Capsa reads, so that the core sees that it is too big. */
#define MOST_BYTES (CAPSA_SOURCE_BYTES_MAX + 1)

static bool read_all(FILE *file, capsa_slice *out) {
  size_t cap = FIRST_BYTES, len = 0;
  char *bytes = malloc(cap);
  while (bytes) {
    len += fread(bytes + len, 1, cap - len, file);
    if (len < cap || cap == MOST_BYTES) break;
    cap = cap * 2 < MOST_BYTES ? cap * 2 : MOST_BYTES;
    char *more = realloc(bytes, cap);
    if (!more) free(bytes);
    bytes = more;
  }
  *out = (capsa_slice){bytes, len};
  return bytes && !ferror(file);
}

static void fail(const char *path, int error) {
  if (error == EISDIR)
    capsa_cli_fail(path, "that is a folder; name the files in it");
  else if (error == ENOENT || error == ENOTDIR)
    capsa_cli_fail(path, "there is no such file; check its name");
  else if (error == ENOMEM) capsa_cli_fail_status(path, CAPSA_ENOMEM);
  else capsa_cli_fail(path, "it cannot be read; check that you may read it");
}

bool capsa_cli_read_file(const char *path, capsa_slice *bytes) {
  bool standard = !strcmp(path, "-");
  *bytes = (capsa_slice){0};
  errno = 0;
  FILE *file = standard ? stdin : fopen(path, "rb");
  bool read = file && read_all(file, bytes);
  if (!read) fail(capsa_cli_shown_path(path), errno);
  if (file && !standard) fclose(file);
  if (!read) {
    free((void *)bytes->ptr);
    *bytes = (capsa_slice){0};
  }
  return read;
}

capsa_slice capsa_cli_file_name(const char *path) {
  if (!strcmp(path, "-")) return (capsa_slice){0};
  const char *slash = strrchr(path, '/');
  return capsa_slice_of(slash ? slash + 1 : path);
}

const char *capsa_cli_shown_path(const char *path) {
  return strcmp(path, "-") ? path : "standard input";
}
