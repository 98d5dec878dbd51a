#define _XOPEN_SOURCE 700 /* scandir, lstat */

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"

typedef struct walk {
  capsa_cli_visit *visit;
  void *context;
  size_t root; /* bytes of the path that were typed */
  int depth, code;
} walk;

static void walk_folder(walk *w, const char *path);

bool capsa_cli_is_folder(const char *path) {
  struct stat status;
  return strcmp(path, "-") && !stat(path, &status) && S_ISDIR(status.st_mode);
}

static void visit(walk *w, const char *path, const char *words) {
  int code = w->visit(w->context, path, words);
  if (code) w->code = code;
}

/* `path` is a folder and ends with a slash. A link to one may lead back to
 * where we are. */
static const char *folder_problem(const walk *w, bool is_link) {
  if (is_link) return "it is a link to a folder";
  if (w->depth == CAPSA_CLI_FOLDERS_MAX) return "its folders nest too deeply";
  return NULL;
}

static const char *file_problem(const char *path) {
  struct stat status;
  if (stat(path, &status) || S_ISREG(status.st_mode)) return NULL;
  return "it is no file";
}

static void walk_entry(walk *w, char *path) {
  struct stat status;
  bool is_link = !lstat(path, &status) && S_ISLNK(status.st_mode);
  bool is_folder = capsa_cli_is_folder(path);
  if (is_folder) strcat(path, "/");
  const char *words = capsa_source_path_problem(capsa_slice_of(path + w->root));
  if (!words)
    words = is_folder ? folder_problem(w, is_link) : file_problem(path);
  if (words || !is_folder) visit(w, path, words);
  else walk_folder(w, path);
}

/* Its path below `folder`, with room for a slash; malloc'd. */
static char *path_of(const char *folder, const char *name) {
  size_t len = strlen(folder) + strlen(name) + 3;
  char *path = malloc(len);
  bool slash = folder[0] && folder[strlen(folder) - 1] == '/';
  if (path) snprintf(path, len, "%s%s%s", folder, slash ? "" : "/", name);
  return path;
}

static int by_name(const struct dirent **a, const struct dirent **b) {
  return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_entry(const struct dirent *entry) {
  return strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
}

static void walk_folder(walk *w, const char *path) {
  struct dirent **entries;
  int count = scandir(path, &entries, is_entry, by_name);
  if (count < 0) {
    w->code =
        capsa_cli_fail(path, "it cannot be read; check that you may read it");
    return;
  }
  w->depth++;
  for (int i = 0; i < count; i++) {
    char *below = path_of(path, entries[i]->d_name);
    if (below) walk_entry(w, below);
    else w->code = capsa_cli_fail_status(path, CAPSA_ENOMEM);
    free(below);
    free(entries[i]);
  }
  free(entries);
  w->depth--;
}

int capsa_cli_walk(const char *path, capsa_cli_visit *visit_file,
                   void *context) {
  walk w = {.visit = visit_file, .context = context, .root = strlen(path)};
  walk_folder(&w, path);
  return w.code;
}
