#include "cli/cli.h"

static int show(capsa_library *library, const char *name, const char *to,
                capsa_arena *arena) {
  capsa_document document;
  capsa_slice found;
  capsa_status st = capsa_cli_find_document(library, name, arena, &found);
  if (!st) st = capsa_library_read(library, found, arena, &document);
  if (st) return capsa_cli_fail_document(name, st);
  return capsa_cli_put_document(&document, to, arena);
}

static int run(const capsa_cli_arguments *arguments) {
  const char *to = arguments->to ? arguments->to : "text";
  if (!capsa_cli_is_view(to))
    return capsa_cli_fail_usage(&capsa_cmd_show, to, "there is no such output");
  capsa_library *library;
  if (!capsa_cli_open(arguments->operands[0], &library))
    return CAPSA_EXIT_FAILED;
  capsa_arena *arena = capsa_arena_new();
  int code = arena ? show(library, arguments->operands[1], to, arena)
                   : capsa_cli_fail_status("show", CAPSA_ENOMEM);
  capsa_library_close(library);
  capsa_arena_free(arena);
  return code;
}

const capsa_cli_command capsa_cmd_show = {
    .name = "show",
    .operands = "LIBRARY DOCUMENT",
    .options = "[--to html|text|json]",
    .summary = "print a document of a library",
    .help =
        "As text unless --to says otherwise. json and html are the same as\n"
        "capsa parse printed when the document was added.\n",
    .operands_min = 2,
    .operands_max = 2,
    .run = run,
};
