#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

/* What was printed may be the end of a paragraph, which shows nothing. */
static void put_words(capsa_slice words) {
  bool line_feeds = words.len, space = words.len;
  for (size_t i = 0; i < words.len; i++) {
    line_feeds &= words.ptr[i] == '\n';
    space &= words.ptr[i] == ' ';
  }
  if (line_feeds) fputs("(end of paragraph)", stdout);
  else if (space) fputs("(space)", stdout);
  else capsa_cli_put_inline(words);
}

static void put_repair(const capsa_repair *repair) {
  printf("%3u  ", (unsigned)repair->number);
  if (!repair->original.len) {
    fputs("all of ", stdout);
    capsa_cli_put_inline(repair->rule);
    puts(" · undone");
    return;
  }
  put_words(repair->original);
  fputs(" → ", stdout);
  put_words(repair->corrected);
  fputs(" · ", stdout);
  capsa_cli_put_inline(repair->rule);
  if (repair->turn) printf(" · turn %u", (unsigned)repair->turn);
  if (repair->undone) puts(" · undone");
  else printf(" · %d %%\n", repair->confidence);
}

static capsa_status put_all(capsa_library *library, capsa_slice name, bool json,
                            capsa_arena *arena) {
  capsa_repairs repairs;
  capsa_slice text;
  capsa_status st = capsa_repairs_list(library, name, arena, &repairs);
  if (!st && json) st = capsa_repairs_to_json(&repairs, arena, &text);
  if (st) return st;
  if (json) capsa_cli_put_text(text);
  for (size_t i = 0; !json && i < repairs.count; i++)
    put_repair(&repairs.items[i]);
  if (!json && !repairs.count) puts("nothing was repaired in it");
  return CAPSA_OK;
}

void capsa_cli_put_notes_of(const capsa_revision *revision) {
  if (revision->notes_lost)
    printf("; %u of its notes stood on words that changed: kept, without a "
           "place",
           (unsigned)revision->notes_lost);
  putchar('\n');
}

/* A number means one repair, anything else a rule. */
static uint32_t number_of(const char *which) {
  char *end;
  unsigned long number = strtoul(which, &end, 10);
  return *end || number > UINT32_MAX ? 0 : (uint32_t)number;
}

static int change(capsa_library *library, capsa_slice name, const char *which,
                  bool undo, capsa_arena *arena) {
  uint32_t number = number_of(which);
  capsa_slice rule = number ? (capsa_slice){0} : capsa_slice_of(which);
  capsa_revision revision;
  capsa_status st = (undo ? capsa_repairs_undo : capsa_repairs_redo)(
      library, name, number, rule, arena, &revision);
  if (st == CAPSA_EINVAL)
    return capsa_cli_fail(
        which, undo ? "no such repair is made in it; capsa repairs lists them"
                    : "no such repair is undone in it; capsa repairs lists "
                      "them");
  if (st) return capsa_cli_fail_status(which, st);
  printf("%s%s: %s", number ? "repair " : "", which,
         undo ? "undone" : "made again");
  capsa_cli_put_notes_of(&revision);
  return CAPSA_EXIT_DONE;
}

static int use(capsa_library *library, const capsa_cli_arguments *arguments,
               capsa_arena *arena) {
  const char *typed = arguments->operands[1];
  capsa_slice name;
  capsa_status st = capsa_cli_find_document(library, typed, arena, &name);
  if (!st && arguments->undo)
    return change(library, name, arguments->undo, true, arena);
  if (!st && arguments->redo)
    return change(library, name, arguments->redo, false, arena);
  if (!st) st = put_all(library, name, arguments->json, arena);
  return st ? capsa_cli_fail_document(typed, st) : CAPSA_EXIT_DONE;
}

static int run(const capsa_cli_arguments *arguments) {
  if (arguments->undo && arguments->redo)
    return capsa_cli_fail_usage(&capsa_cmd_repairs, "--redo",
                                "undo and redo one after the other");
  capsa_library *library;
  if (!capsa_cli_open(arguments->operands[0], &library))
    return CAPSA_EXIT_FAILED;
  capsa_arena *arena = capsa_arena_new();
  int code = arena ? use(library, arguments, arena)
                   : capsa_cli_fail_status("repairs", CAPSA_ENOMEM);
  capsa_library_close(library);
  capsa_arena_free(arena);
  return code;
}

const capsa_cli_command capsa_cmd_repairs = {
    .name = "repairs",
    .operands = "LIBRARY DOCUMENT",
    .options = "[--undo N|RULE] [--redo N|RULE] [--json]",
    .summary = "list the repairs of a document, undo or redo them",
    .help =
        "What was printed, what stands there now, by which rule, where and\n"
        "how surely; those undone come last. --undo takes one back by its\n"
        "number, or all that a rule repaired by the rule's name; --redo makes\n"
        "it again. The numbers change with that. The text is read again from\n"
        "the file it came from, and notes stay on their words. --json prints\n"
        "an array of {number, rule, original, corrected, block, turn,\n"
        "confidence, undone}.\n",
    .operands_min = 2,
    .operands_max = 2,
    .run = run,
};
