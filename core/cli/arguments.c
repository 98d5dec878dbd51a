#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static const struct option {
  const char *name;
  size_t at; /* in capsa_cli_arguments */
  bool takes_value;
} options[] = {
    {"--from", offsetof(capsa_cli_arguments, from), true},
    {"--to", offsetof(capsa_cli_arguments, to), true},
    {"--limit", offsetof(capsa_cli_arguments, limit), true},
    {"--turn", offsetof(capsa_cli_arguments, turn), true},
    {"--style", offsetof(capsa_cli_arguments, style), true},
    {"--undo", offsetof(capsa_cli_arguments, undo), true},
    {"--redo", offsetof(capsa_cli_arguments, redo), true},
    {"--part", offsetof(capsa_cli_arguments, part), true},
    {"--json", offsetof(capsa_cli_arguments, json), false},
    {"--apart", offsetof(capsa_cli_arguments, apart), false},
    {"--align", offsetof(capsa_cli_arguments, align), false},
    {"--dry-run", offsetof(capsa_cli_arguments, dry_run), false},
    {"--explain", offsetof(capsa_cli_arguments, explain), false},
    {"--report", offsetof(capsa_cli_arguments, report), false},
    {"--strict", offsetof(capsa_cli_arguments, strict), false},
    {"--no-repair", offsetof(capsa_cli_arguments, no_repair), false},
};

/* Is `word` an option of this command? `--to` must not pass for `--top`. */
static const struct option *find(const capsa_cli_command *command,
                                 const char *word, size_t len) {
  for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
    const struct option *option = &options[i];
    if (strlen(option->name) != len || strncmp(option->name, word, len))
      continue;
    const char *offered = strstr(command->options, option->name);
    return offered && strchr(" ]", offered[len]) ? option : NULL;
  }
  return NULL;
}

/* Read the option at argv[*i]; a value may be the next word. */
static int read_option(const capsa_cli_command *command, int argc, char **argv,
                       int *i, capsa_cli_arguments *out) {
  char *word = argv[*i], *equals = strchr(word, '=');
  size_t len = equals ? (size_t)(equals - word) : strlen(word);
  const struct option *option = find(command, word, len);
  if (!option)
    return capsa_cli_fail_usage(command, word, "there is no such option");
  const char *value = equals ? equals + 1 : "";
  if (option->takes_value && !equals) {
    if (*i + 1 == argc)
      return capsa_cli_fail_usage(command, word, "its value is missing");
    value = argv[++*i];
  }
  if (!option->takes_value && equals)
    return capsa_cli_fail_usage(command, word, "it takes no value");
  *(const char **)(void *)((char *)out + option->at) = value;
  return CAPSA_EXIT_DONE;
}

/* `-` alone is standard input, `--` makes operands of all that follows. */
int capsa_cli_read_arguments(const capsa_cli_command *command, int argc,
                             char **argv, capsa_cli_arguments *out) {
  bool only_operands = false;
  out->operands = argv;
  for (int i = 0; i < argc; i++) {
    bool option = !only_operands && argv[i][0] == '-' && argv[i][1];
    if (option && !strcmp(argv[i], "--")) {
      only_operands = true;
    } else if (option) {
      int code = read_option(command, argc, argv, &i, out);
      if (code) return code;
    } else {
      argv[out->operand_count++] = argv[i];
    }
  }
  if (out->operand_count < command->operands_min)
    return capsa_cli_fail_usage(command, command->name,
                                "something is missing behind it");
  if (out->operand_count > command->operands_max)
    return capsa_cli_fail_usage(command, argv[command->operands_max],
                                "that is one too many");
  return CAPSA_EXIT_DONE;
}

int capsa_cli_read_number(const char *option, const char *text, uint32_t least,
                          uint32_t most, uint32_t *out) {
  if (!text) return CAPSA_EXIT_DONE;
  uint64_t number = 0;
  const char *p = text;
  while (*p >= '0' && *p <= '9' && number <= most)
    number = number * 10 + (uint64_t)(*p++ - '0');
  if (p == text || *p || number < least || number > most) {
    fprintf(stderr, "capsa: %s %s: give a number from %u to %u\n", option, text,
            (unsigned)least, (unsigned)most);
    return CAPSA_EXIT_USAGE;
  }
  *out = (uint32_t)number;
  return CAPSA_EXIT_DONE;
}
