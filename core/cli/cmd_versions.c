#include <stdio.h>

#include "cli/cli.h"

static void put_version(const capsa_entry *entry) {
  if (entry->language.len) {
    capsa_cli_put_inline(entry->language);
    fputs(" · ", stdout);
  }
  capsa_cli_put_inline(entry->title);
  fputs("\n  ", stdout);
  capsa_cli_put_inline(entry->key);
  putchar('\n');
}

static void put_versions(const capsa_versions *versions) {
  if (versions->count < 2) {
    puts("no other version of this record is here");
    return;
  }
  for (size_t i = 0; i < versions->count; i++) put_version(&versions->items[i]);
}

static capsa_status put_list(capsa_library *library, capsa_slice name,
                             bool json, capsa_arena *arena) {
  capsa_versions versions;
  capsa_slice text;
  capsa_status st = capsa_versions_list(library, name, arena, &versions);
  if (!st && json) st = capsa_versions_to_json(&versions, arena, &text);
  if (st) return st;
  if (json) capsa_cli_put_text(text);
  else put_versions(&versions);
  return CAPSA_OK;
}

static void put_run(uint32_t first, uint32_t count) {
  if (!count) fputs("nothing", stdout);
  else if (count == 1) printf("%u", (unsigned)first);
  else printf("%u-%u", (unsigned)first, (unsigned)(first + count - 1));
}

static int put_alignment(capsa_library *library, capsa_slice one,
                         capsa_slice other, bool json, capsa_arena *arena) {
  capsa_alignment alignment;
  capsa_slice text = {0};
  capsa_status st =
      capsa_versions_align(library, one, other, arena, &alignment);
  if (st == CAPSA_EINVAL)
    return capsa_cli_fail("--align", "these two are no versions of one record; "
                                     "capsa versions declares it");
  if (!st && json) st = capsa_alignment_to_json(&alignment, arena, &text);
  if (st) return capsa_cli_fail_status("--align", st);
  if (json) capsa_cli_put_text(text);
  for (size_t i = 0; !json && i < alignment.count; i++) {
    const capsa_aligned *pair = &alignment.items[i];
    put_run(pair->one_first, pair->one_count);
    fputs(" = ", stdout);
    put_run(pair->other_first, pair->other_count);
    if (pair->confidence) printf(" · %d %%", pair->confidence);
    putchar('\n');
  }
  return CAPSA_EXIT_DONE;
}

static int part(capsa_library *library, const char *typed, capsa_slice name) {
  capsa_status st = capsa_versions_dissolve(library, name);
  if (st) return capsa_cli_fail_document(typed, st);
  capsa_cli_put_inline(name);
  puts(": no version of another record any more");
  return CAPSA_EXIT_DONE;
}

static int declare(capsa_library *library, const capsa_slice *names,
                   size_t count) {
  capsa_status st = capsa_versions_declare(library, names, count);
  if (st == CAPSA_EINVAL)
    return capsa_cli_fail("versions", "name two different documents or more");
  if (st) return capsa_cli_fail_status("versions", st);
  printf("%u documents are versions of one record\n", (unsigned)count);
  return CAPSA_EXIT_DONE;
}

static int use(capsa_library *library, const capsa_cli_arguments *arguments,
               capsa_slice *names, size_t count, capsa_arena *arena) {
  for (size_t i = 0; i < count; i++) {
    const char *typed = arguments->operands[i + 1];
    capsa_status st = capsa_cli_find_document(library, typed, arena, &names[i]);
    if (st) return capsa_cli_fail_document(typed, st);
  }
  if (arguments->apart && count == 1)
    return part(library, arguments->operands[1], names[0]);
  if (arguments->align && count == 2)
    return put_alignment(library, names[0], names[1], arguments->json, arena);
  if (arguments->apart || arguments->align)
    return capsa_cli_fail_usage(&capsa_cmd_versions, "versions",
                                "--apart takes one document, --align two");
  if (count > 1) return declare(library, names, count);
  capsa_status st = put_list(library, names[0], arguments->json, arena);
  return st ? capsa_cli_fail_status("versions", st) : CAPSA_EXIT_DONE;
}

static int run(const capsa_cli_arguments *arguments) {
  capsa_slice names[CAPSA_VERSIONS_MAX];
  size_t count = (size_t)arguments->operand_count - 1;
  capsa_library *library;
  if (!capsa_cli_open(arguments->operands[0], &library))
    return CAPSA_EXIT_FAILED;
  capsa_arena *arena = capsa_arena_new();
  int code = arena ? use(library, arguments, names, count, arena)
                   : capsa_cli_fail_status("versions", CAPSA_ENOMEM);
  capsa_library_close(library);
  capsa_arena_free(arena);
  return code;
}

const capsa_cli_command capsa_cmd_versions = {
    .name = "versions",
    .operands = "LIBRARY DOCUMENT...",
    .options = "[--apart] [--align] [--json]",
    .summary = "list, declare and align the versions of a record",
    .help =
        "Of one document it lists the versions: the same record in another\n"
        "language, another translation, a later edition. Of several it\n"
        "declares that they are versions of one record; --apart declares that\n"
        "a document is none. --align prints which blocks of two versions say\n"
        "the same, by their structure, and how surely. A source can name its\n"
        "record itself: record or isVersionOf in the front matter. --json\n"
        "prints {record, versions}, or an array of [first, count, first,\n"
        "count, confidence].\n",
    .operands_min = 2,
    .operands_max = CAPSA_VERSIONS_MAX + 1,
    .run = run,
};
