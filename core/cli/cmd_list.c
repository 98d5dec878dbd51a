#include <stdio.h>

#include "cli/cli.h"

/** Digits of an edition that are printed; the shell needs six. */
#define EDITION_DIGITS 12

static void put_name(const capsa_entry *entry) {
  capsa_cli_put_inline(entry->key);
  if (entry->newest) return;
  putchar('@');
  capsa_cli_put_inline((capsa_slice){entry->edition.ptr, EDITION_DIGITS});
}

static void put_entry(const capsa_entry *entry) {
  put_name(entry);
  fputs("\n  ", stdout);
  capsa_cli_put_inline(entry->title);
  fputs("\n  ", stdout);
  capsa_cli_put_inline(entry->date);
  printf("%s%u %s", entry->date.len ? " · " : "", (unsigned)entry->turns,
         entry->turns == 1 ? "turn" : "turns");
  if (entry->language.len) fputs(" · ", stdout);
  capsa_cli_put_inline(entry->language);
  if (entry->collection.len) fputs(" · ", stdout);
  capsa_cli_put_inline(entry->collection);
  puts(entry->newest ? "" : " · an older edition");
}

static capsa_status put_all(capsa_library *library, bool json,
                            capsa_arena *arena) {
  capsa_entries entries;
  capsa_slice text;
  capsa_status st = capsa_library_list(library, arena, &entries);
  if (!st && json) st = capsa_entries_to_json(&entries, arena, &text);
  if (st) return st;
  if (json) capsa_cli_put_text(text);
  for (size_t i = 0; !json && i < entries.count; i++)
    put_entry(&entries.items[i]);
  if (!json && !entries.count)
    puts("the library is empty; capsa add puts documents in it");
  return CAPSA_OK;
}

static int run(const capsa_cli_arguments *arguments) {
  const char *path = arguments->operands[0];
  capsa_library *library;
  if (!capsa_cli_open(path, &library)) return CAPSA_EXIT_FAILED;
  capsa_arena *arena = capsa_arena_new();
  capsa_status st =
      arena ? put_all(library, arguments->json, arena) : CAPSA_ENOMEM;
  capsa_library_close(library);
  capsa_arena_free(arena);
  return st ? capsa_cli_fail_status(path, st) : CAPSA_EXIT_DONE;
}

const capsa_cli_command capsa_cmd_list = {
    .name = "list",
    .operands = "LIBRARY",
    .options = "[--json]",
    .summary = "list the documents of a library",
    .help =
        "For each document its name, title, date, turns, language and\n"
        "collection, by date. --json prints an array of {key, title, date,\n"
        "collection, language, turns, edition}; an older edition of a record\n"
        "has \"superseded\": true.\n",
    .operands_min = 1,
    .operands_max = 1,
    .run = run,
};
