#include <stdio.h>

#include "cli/cli.h"

static void put_usage(const capsa_cli_command *command) {
  printf("capsa %s %s%s%s\n", command->name, command->operands,
         *command->options ? " " : "", command->options);
}

static int put_overview(void) {
  puts("capsa keeps archival documents: it reads a record as the archive\n"
       "publishes it, and lists, shows, searches and cites it.\n");
  for (size_t i = 0; capsa_cli_commands[i]; i++)
    printf("  %-8s %s\n", capsa_cli_commands[i]->name,
           capsa_cli_commands[i]->summary);
  puts(
      "\ncapsa help COMMAND explains one; capsa --version prints " CAPSA_VERSION
      ".\n"
      "A LIBRARY is one file, such as course.capsa; capsa add makes it. A\n"
      "DOCUMENT is a name that capsa list prints, or as much of its beginning\n"
      "as no other has; KEY@EDITION is an older text of it. FILE may be -,\n"
      "standard input.\n"
      "Exit codes: 0 done, 1 failed, 2 used wrongly.");
  return CAPSA_EXIT_DONE;
}

static int run(const capsa_cli_arguments *arguments) {
  if (!arguments->operand_count) return put_overview();
  const char *name = arguments->operands[0];
  const capsa_cli_command *command = capsa_cli_find(name);
  if (!command) {
    capsa_cli_fail(name, "there is no such command; capsa help lists them");
    return CAPSA_EXIT_USAGE;
  }
  put_usage(command);
  printf("\n%s", command->help);
  return CAPSA_EXIT_DONE;
}

const capsa_cli_command capsa_cmd_help = {
    .name = "help",
    .operands = "[COMMAND]",
    .options = "",
    .summary = "explain a command",
    .help = "Without COMMAND it lists them.\n",
    .operands_max = 1,
    .run = run,
};
