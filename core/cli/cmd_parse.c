#include <stdlib.h>

#include "cli/cli.h"

static int parse(const char *path, const capsa_source *source, const char *to,
                 capsa_arena *arena) {
  capsa_document document;
  capsa_status st = capsa_document_parse(source, arena, &document);
  if (st) return capsa_cli_fail_status(capsa_cli_shown_path(path), st);
  return capsa_cli_put_document(&document, to, arena);
}

static int run(const capsa_cli_arguments *arguments) {
  const char *path = arguments->operands[0];
  const char *to = arguments->to ? arguments->to : "json";
  capsa_source source = {.name = capsa_cli_file_name(path)};
  if (arguments->from)
    source.format = capsa_format_find(capsa_slice_of(arguments->from));
  if (source.format == CAPSA_FORMAT_COUNT)
    return capsa_cli_fail_usage(&capsa_cmd_parse, arguments->from,
                                "there is no such format");
  if (!capsa_cli_is_view(to))
    return capsa_cli_fail_usage(&capsa_cmd_parse, to,
                                "there is no such output");

  if (!capsa_cli_read_file(path, &source.bytes)) return CAPSA_EXIT_FAILED;
  capsa_arena *arena = capsa_arena_new();
  int code = arena ? parse(path, &source, to, arena)
                   : capsa_cli_fail_status(path, CAPSA_ENOMEM);
  capsa_arena_free(arena);
  free((void *)source.bytes.ptr);
  return code;
}

const capsa_cli_command capsa_cmd_parse = {
    .name = "parse",
    .operands = "FILE",
    .options = "[--from auto|archive|markdown] [--to json|html|text]",
    .summary = "read a record and print what was understood",
    .help =
        "Nothing is kept. --from says what FILE is; by default its content\n"
        "decides: the page of an archive copied as text, or Markdown. --to\n"
        "chooses the output: json (all that is known; offsets count code\n"
        "points of the block's text), html (the reading view), or text.\n",
    .operands_min = 1,
    .operands_max = 1,
    .run = run,
};
