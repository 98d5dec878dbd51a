#include <stdio.h>

#include "cli/cli.h"

static int reread(capsa_library *library, capsa_slice name,
                  capsa_arena *arena) {
  capsa_revision revision;
  capsa_status st = capsa_library_reread(library, name, arena, &revision);
  capsa_cli_put_inline(name);
  if (st) {
    printf(": left as it is, %s\n", capsa_status_text(st));
    return CAPSA_EXIT_FAILED;
  }
  fputs(": read again", stdout);
  capsa_cli_put_notes_of(&revision);
  return CAPSA_EXIT_DONE;
}

/* Each in an arena of its own: a library may hold more than memory does. */
static int reread_all(capsa_library *library, const capsa_entries *entries,
                      capsa_arena *scratch) {
  int code = CAPSA_EXIT_DONE;
  for (size_t i = 0; i < entries->count; i++) {
    if (!entries->items[i].newest) continue;
    capsa_arena_reset(scratch);
    if (reread(library, entries->items[i].key, scratch))
      code = CAPSA_EXIT_FAILED;
  }
  return code;
}

static int use(capsa_library *library, const capsa_cli_arguments *arguments,
               capsa_arena *arena, capsa_arena *scratch) {
  if (arguments->operand_count > 1) {
    const char *typed = arguments->operands[1];
    capsa_slice name;
    capsa_status st = capsa_cli_find_document(library, typed, arena, &name);
    return st ? capsa_cli_fail_document(typed, st)
              : reread(library, name, scratch);
  }
  capsa_entries entries;
  capsa_status st = capsa_library_list(library, arena, &entries);
  return st ? capsa_cli_fail_status("reread", st)
            : reread_all(library, &entries, scratch);
}

static int run(const capsa_cli_arguments *arguments) {
  capsa_library *library;
  if (!capsa_cli_open(arguments->operands[0], &library))
    return CAPSA_EXIT_FAILED;
  capsa_arena *arena = capsa_arena_new(), *scratch = capsa_arena_new();
  int code = arena && scratch ? use(library, arguments, arena, scratch)
                              : capsa_cli_fail_status("reread", CAPSA_ENOMEM);
  capsa_library_close(library);
  capsa_arena_free(scratch);
  capsa_arena_free(arena);
  return code;
}

const capsa_cli_command capsa_cmd_reread = {
    .name = "reread",
    .operands = "LIBRARY [DOCUMENT]",
    .options = "",
    .summary = "read documents again from the files they came from",
    .help =
        "A later Capsa may read a page better than the one that added it. The\n"
        "library has kept the file; the new text takes the place of the old,\n"
        "notes stay on their words, and repairs that were undone stay undone.\n"
        "Without DOCUMENT it reads the newest text of every record.\n",
    .operands_min = 1,
    .operands_max = 2,
    .run = run,
};
