#include <stdio.h>

#include "cli/cli.h"

static void put_note(const capsa_annotation *note, bool first) {
  if (!first) putchar('\n');
  capsa_cli_put_place(note->title.len ? note->title : note->document,
                      note->turn, note->speaker);
  fputs("“", stdout);
  capsa_cli_put_inline(note->quote);
  puts("”");
  if (note->note.len) capsa_cli_put_text(note->note);
  if (note->anchor == CAPSA_ANCHOR_ORPHAN)
    puts("(these words are not in the newest edition, or not at one place)");
}

static capsa_status put_all(capsa_library *library, const char *typed,
                            bool json, capsa_arena *arena) {
  capsa_slice document = {0};
  capsa_annotations notes;
  capsa_slice text;
  capsa_status st = CAPSA_OK;
  if (*typed) st = capsa_cli_find_document(library, typed, arena, &document);
  if (!st) st = capsa_annotations_list(library, document, arena, &notes);
  if (!st && json) st = capsa_annotations_to_json(&notes, arena, &text);
  if (st) return st;
  if (json) capsa_cli_put_text(text);
  for (size_t i = 0; !json && i < notes.count; i++)
    put_note(&notes.items[i], i == 0);
  if (!json && !notes.count) puts("there are no notes");
  return CAPSA_OK;
}

static int run(const capsa_cli_arguments *arguments) {
  const char *path = arguments->operands[0];
  const char *name = arguments->operand_count > 1 ? arguments->operands[1] : "";
  capsa_library *library;
  if (!capsa_cli_open(path, &library)) return CAPSA_EXIT_FAILED;
  capsa_arena *arena = capsa_arena_new();
  capsa_status st =
      arena ? put_all(library, name, arguments->json, arena) : CAPSA_ENOMEM;
  capsa_library_close(library);
  capsa_arena_free(arena);
  if (!st) return CAPSA_EXIT_DONE;
  return *name ? capsa_cli_fail_document(name, st)
               : capsa_cli_fail_status(path, st);
}

const capsa_cli_command capsa_cmd_notes = {
    .name = "notes",
    .operands = "LIBRARY [DOCUMENT]",
    .options = "[--json]",
    .summary = "print highlights and notes",
    .help =
        "Of one document, or of all. Each with its place, the words that were\n"
        "marked and what was noted; notes are made in the reader. --json\n"
        "prints an array of them with their selectors: start and end count\n"
        "code points of the document's text, startUtf16 and endUtf16 those\n"
        "of a browser in the block.\n",
    .operands_min = 1,
    .operands_max = 2,
    .run = run,
};
