#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/cli.h"

/* The library is opened, and made, when there is a record to add: a name
 * mistyped must not leave an empty library behind. */
typedef struct adding {
  const char *path;           /* of the library */
  capsa_library *library;     /* NULL as long as none is needed */
  capsa_arena *parts, *own;   /* for what a file holds, and for one record */
  bool in_folder, no_library; /* the latter: it cannot be opened, all ends */
} adding;

static void put_added(const char *name, const capsa_outcome *outcome) {
  static const struct {
    const char *before, *after;
  } words[] = {
      [CAPSA_ADDED_NEW] = {"added as ", ""},
      [CAPSA_ADDED_SAME] = {"nothing to do, the same text is there as ", ""},
      [CAPSA_ADDED_EDITION] = {"added as another edition of ",
                               "; both are kept"},
  };
  printf("%s: %s", name, words[outcome->added].before);
  capsa_cli_put_inline(outcome->entry.key);
  puts(words[outcome->added].after);
}

/* Among others, what holds no text is passed over; alone it is a failure. */
static int put_outcome(const char *name, const capsa_outcome *outcome,
                       bool among_others) {
  bool no_text =
      outcome->status == CAPSA_EBINARY || outcome->status == CAPSA_EEMPTY;
  if (outcome->status && !(no_text && among_others))
    return capsa_cli_fail(name, outcome->words);
  if (outcome->status) capsa_cli_put_passed_over(name, outcome->words);
  else put_added(name, outcome);
  return CAPSA_EXIT_DONE;
}

static int add_part(adding *a, const char *path, const capsa_part *part,
                    bool among_others) {
  capsa_outcome outcome;
  if (!a->library && !part->status) {
    capsa_status st = capsa_library_open(a->path, true, &a->library);
    a->no_library = st;
    if (st) return capsa_cli_fail_status(a->path, st);
  }
  char *name = capsa_cli_part_name(path, part);
  capsa_status st =
      name ? capsa_library_add_part(a->library, part, a->own, &outcome)
           : CAPSA_ENOMEM;
  int code = st ? capsa_cli_fail_status(capsa_cli_shown_path(path), st)
                : put_outcome(name, &outcome, among_others);
  capsa_arena_reset(a->own);
  free(name);
  return code;
}

static int add_file(adding *a, const char *path) {
  capsa_source source = {.name = capsa_cli_file_name(path)};
  capsa_parts parts;
  if (!capsa_cli_read_file(path, &source.bytes)) return CAPSA_EXIT_FAILED;
  capsa_status st = capsa_source_parts(&source, a->parts, &parts);
  int code = st ? capsa_cli_fail_status(capsa_cli_shown_path(path), st)
                : CAPSA_EXIT_DONE;
  for (size_t i = 0; !st && !a->no_library && i < parts.count; i++)
    if (add_part(a, path, &parts.items[i], a->in_folder || parts.is_container))
      code = CAPSA_EXIT_FAILED;
  if (!st && !parts.count)
    code = capsa_cli_fail(capsa_cli_shown_path(path), "no file is in it");
  free((void *)source.bytes.ptr);
  capsa_arena_reset(a->parts);
  return code;
}

static int add_found(void *context, const char *path, const char *words) {
  adding *a = context;
  if (a->no_library) return CAPSA_EXIT_FAILED;
  if (!words) return add_file(a, path);
  capsa_cli_put_passed_over(path, words);
  return CAPSA_EXIT_DONE;
}

static int add_all(adding *a, const capsa_cli_arguments *arguments) {
  int code = CAPSA_EXIT_DONE;
  for (int i = 1; i < arguments->operand_count && !a->no_library; i++) {
    const char *path = arguments->operands[i];
    a->in_folder = capsa_cli_is_folder(path);
    if (a->in_folder ? capsa_cli_walk(path, add_found, a) : add_file(a, path))
      code = CAPSA_EXIT_FAILED;
  }
  return code;
}

static int run(const capsa_cli_arguments *arguments) {
  adding a = {.path = arguments->operands[0],
              .parts = capsa_arena_new(),
              .own = capsa_arena_new()};
  int code = a.parts && a.own ? add_all(&a, arguments)
                              : capsa_cli_fail_status("add", CAPSA_ENOMEM);
  capsa_library_close(a.library);
  capsa_arena_free(a.parts);
  capsa_arena_free(a.own);
  return code;
}

const capsa_cli_command capsa_cmd_add = {
    .name = "add",
    .operands = "LIBRARY FILE...",
    .options = "",
    .summary = "keep records in a library",
    .help =
        "LIBRARY is made where it is not. FILE may be a folder, which is read\n"
        "with all that is below it, or a zip of records. For each record a\n"
        "line says whether it is new, there already, or another edition of a\n"
        "record that is there; then both are kept, and the one added last is\n"
        "the one that is shown. In a folder or zip, what holds no text is\n"
        "passed over: pictures, hidden files, the folder beside a saved page;\n"
        "a line names each. Whatever else cannot be read is named as well,\n"
        "the rest is added, and the exit code is 1.\n",
    .operands_min = 2,
    .operands_max = INT_MAX,
    .run = run,
};
