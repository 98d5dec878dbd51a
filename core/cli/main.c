/* main.c -- the command `capsa`: find the command, read what was typed behind
 * it, run it. Exit codes: 0 done, 1 failed, 2 used wrongly. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

const capsa_cli_command *const capsa_cli_commands[] = {
    &capsa_cmd_parse,   &capsa_cmd_add,
    &capsa_cmd_list,    &capsa_cmd_show,
    &capsa_cmd_search,  &capsa_cmd_cite,
    &capsa_cmd_notes,   &capsa_cmd_repairs,
    &capsa_cmd_reread,  &capsa_cmd_versions,
    &capsa_cmd_examine, &capsa_cmd_backup,
    &capsa_cmd_restore, &capsa_cmd_recover,
    &capsa_cmd_help,    NULL};

const capsa_cli_command *capsa_cli_find(const char *name) {
  const capsa_cli_command *const *command = capsa_cli_commands;
  while (*command && strcmp((*command)->name, name)) command++;
  return *command;
}

static bool is_help(const char *word) {
  return !strcmp(word, "--help") || !strcmp(word, "-h");
}

static int run(const capsa_cli_command *command, int argc, char **argv) {
  capsa_cli_arguments arguments = {0};
  for (int i = 0; i < argc && strcmp(argv[i], "--"); i++)
    if (is_help(argv[i])) {
      char *name = (char *)command->name;
      arguments = (capsa_cli_arguments){.operands = &name, .operand_count = 1};
      return capsa_cmd_help.run(&arguments);
    }
  int code = capsa_cli_read_arguments(command, argc, argv, &arguments);
  return code ? code : command->run(&arguments);
}

/* A full disk shows when the last bytes are written. */
static int finish(int code) {
  if (!fflush(stdout) && !ferror(stdout)) return code;
  return capsa_cli_fail("standard output", "it cannot be written");
}

int main(int argc, char **argv) {
  const char *name = argc > 1 ? argv[1] : "";
  if (!strcmp(name, "--version")) {
    puts("capsa " CAPSA_VERSION);
    return finish(CAPSA_EXIT_DONE);
  }
  if (is_help(name)) name = "help";
  const capsa_cli_command *command = capsa_cli_find(name);
  if (command) return finish(run(command, argc - 2, argv + 2));
  if (argc > 1)
    fprintf(stderr,
            "capsa: %s: there is no such command; capsa help lists "
            "them\n",
            name);
  else fputs("capsa: a command is missing; capsa help lists them\n", stderr);
  return CAPSA_EXIT_USAGE;
}
