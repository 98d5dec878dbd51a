#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/cli.h"

static void put_outcome(const char *path, capsa_added added,
                        const capsa_entry *entry) {
  static const struct {
    const char *before, *after;
  } words[] = {
      [CAPSA_ADDED_NEW] = {"added as ", ""},
      [CAPSA_ADDED_SAME] = {"nothing to do, the same text is there as ", ""},
      [CAPSA_ADDED_EDITION] = {"added as another edition of ",
                               "; both are kept"},
  };
  printf("%s: %s", capsa_cli_shown_path(path), words[added].before);
  capsa_cli_put_inline(entry->key);
  puts(words[added].after);
}

static int add(capsa_library *library, const char *path, capsa_slice bytes,
               capsa_arena *arena) {
  capsa_source source = {.bytes = bytes, .name = capsa_cli_file_name(path)};
  capsa_added added;
  capsa_entry entry;
  capsa_status st = capsa_library_add(library, &source, arena, &added, &entry);
  if (st) return capsa_cli_fail_status(capsa_cli_shown_path(path), st);
  put_outcome(path, added, &entry);
  return CAPSA_EXIT_DONE;
}

/* The library is opened, and made, when the first file could be read: a name
 * mistyped must not leave an empty library behind. */
static int add_all(const capsa_cli_arguments *arguments, capsa_arena *arena,
                   capsa_library **library) {
  int code = CAPSA_EXIT_DONE;
  for (int i = 1; i < arguments->operand_count; i++) {
    const char *path = arguments->operands[i];
    capsa_slice bytes;
    if (!capsa_cli_read_file(path, &bytes)) {
      code = CAPSA_EXIT_FAILED;
      continue;
    }
    capsa_status st = CAPSA_OK;
    if (!*library)
      st = capsa_library_open(arguments->operands[0], true, library);
    if (!st && add(*library, path, bytes, arena)) code = CAPSA_EXIT_FAILED;
    free((void *)bytes.ptr);
    capsa_arena_reset(arena);
    if (st) return capsa_cli_fail_status(arguments->operands[0], st);
  }
  return code;
}

static int run(const capsa_cli_arguments *arguments) {
  capsa_library *library = NULL;
  capsa_arena *arena = capsa_arena_new();
  if (!arena) return capsa_cli_fail_status("add", CAPSA_ENOMEM);
  int code = add_all(arguments, arena, &library);
  capsa_library_close(library);
  capsa_arena_free(arena);
  return code;
}

const capsa_cli_command capsa_cmd_add = {
    .name = "add",
    .operands = "LIBRARY FILE...",
    .options = "",
    .summary = "keep records in a library",
    .help =
        "LIBRARY is made where it is not. For each FILE a line says whether "
        "it\n"
        "is new, there already, or another edition of a record that is there;\n"
        "then both are kept, and the one added last is the one that is shown.\n"
        "A FILE that is no record is passed over, and the exit code is 1.\n",
    .operands_min = 2,
    .operands_max = INT_MAX,
    .run = run,
};
