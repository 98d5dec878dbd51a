#include <stdio.h>

#include "cli/cli.h"

static void put_fault(const capsa_fault *fault) {
  fputs("  ", stdout);
  if (fault->name.len) {
    capsa_cli_put_inline(fault->name);
    fputs(": ", stdout);
  }
  fputs(fault->words, stdout);
  if (fault->detail.len) {
    fputs(" (", stdout);
    capsa_cli_put_inline(fault->detail);
    putchar(')');
  }
  putchar('\n');
}

static const char *plural(size_t count) { return count == 1 ? "" : "s"; }

static void put_report(const capsa_examination *found) {
  printf("%zu document%s, %zu note%s, schema %lld%s\n", found->documents,
         plural(found->documents), found->notes, plural(found->notes),
         (long long)found->schema,
         found->newer ? ", made by a newer Capsa" : "");
  if (!found->fault_total) {
    puts("nothing is wrong with it");
    return;
  }
  printf("%zu thing%s wrong with it:\n", found->fault_total,
         found->fault_total == 1 ? " is" : "s are");
  for (size_t i = 0; i < found->fault_count; i++) put_fault(&found->faults[i]);
  if (found->fault_total > found->fault_count)
    printf("  and %zu more\n", found->fault_total - found->fault_count);
  puts(found->copyable
           ? "what is whole can be taken out: capsa examine FILE --to NEW"
           : "it was not looked at further, and nothing can be taken out of "
             "it");
}

static int fail(const char *path, capsa_status st) {
  if (st == CAPSA_ENOTFOUND)
    return capsa_cli_fail(path, "there is no such file, or nothing is in it");
  return capsa_cli_fail_status(path, st);
}

/* Which of the two files it was that could not be opened. */
static const char *who_failed(const char *from, const char *into,
                              capsa_status st) {
  capsa_library *library = NULL;
  capsa_status again = capsa_library_open(into, false, &library);
  if (!again) capsa_library_close(library);
  return again == st ? into : from;
}

static int copy_out(const char *from, const char *into) {
  capsa_copying *copying;
  capsa_copied copied = {0};
  capsa_status st = capsa_copying_open(from, into, &copying);
  if (st == CAPSA_EINVAL)
    return capsa_cli_fail(into, "it has documents already; name a new file");
  if (st) return fail(who_failed(from, into, st), st);
  while (!st && !copied.done) st = capsa_copying_step(copying, &copied);
  capsa_copying_close(copying);
  if (st) return capsa_cli_fail_status(into, st);
  printf("%zu document%s and %zu note%s copied", copied.documents,
         plural(copied.documents), copied.notes, plural(copied.notes));
  size_t left = copied.documents_left_out + copied.notes_left_out;
  if (left) printf("; %zu left out, not whole", left);
  putchar('\n');
  return CAPSA_EXIT_DONE;
}

static int examine(const char *path, bool json, capsa_arena *arena) {
  capsa_examination found;
  capsa_slice text;
  capsa_status st = capsa_library_examine(path, arena, &found);
  if (!st && json) st = capsa_examination_to_json(&found, arena, &text);
  if (st) return fail(path, st);
  if (json) capsa_cli_put_text(text);
  else put_report(&found);
  return found.fault_total ? CAPSA_EXIT_FAILED : CAPSA_EXIT_DONE;
}

static int run(const capsa_cli_arguments *arguments) {
  const char *path = arguments->operands[0];
  if (arguments->to) return copy_out(path, arguments->to);
  capsa_arena *arena = capsa_arena_new();
  if (!arena) return capsa_cli_fail_status(path, CAPSA_ENOMEM);
  int code = examine(path, arguments->json, arena);
  capsa_arena_free(arena);
  return code;
}

const capsa_cli_command capsa_cmd_examine = {
    .name = "examine",
    .operands = "FILE",
    .options = "[--json] [--to NEW]",
    .summary = "look for what is wrong with a library, whoever made it",
    .help =
        "FILE is opened read-only and as data that may be meant to do harm.\n"
        "Its tables are compared with those that Capsa makes, its pages and\n"
        "its index are checked, and every text with its digest. Exit 1 where\n"
        "anything is wrong. --to takes what is whole out into NEW, a library\n"
        "that Capsa writes and indexes anew.\n",
    .operands_min = 1,
    .operands_max = 1,
    .run = run,
};
