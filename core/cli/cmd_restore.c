#include <stdio.h>

#include "cli/cli.h"

static void put_count(size_t count, const char *one, const char *many) {
  if (count) printf("  %zu %s\n", count, count == 1 ? one : many);
}

static void put_titles(const capsa_merge_report *report) {
  for (size_t i = 0; i < report->title_count; i++) {
    fputs("    ", stdout);
    capsa_cli_put_inline(report->titles[i].title);
    puts(report->titles[i].edition ? " · another edition" : "");
  }
  size_t all = report->records_new + report->records_edition;
  if (all > report->title_count)
    printf("    and %zu more\n", all - report->title_count);
}

static bool is_same(const capsa_merge_report *r) {
  return !(r->records_new + r->records_edition + r->notes_new +
           r->notes_changed + r->notes_removed + r->settings_new +
           r->versions_new);
}

static void put_left_out(const capsa_merge_report *r) {
  if (r->records_left_out + r->notes_left_out)
    printf("left out: %zu of its records, %zu of its notes, not whole in it\n",
           r->records_left_out, r->notes_left_out);
}

static void put_report(const char *path, const capsa_merge_report *report,
                       bool dry_run) {
  capsa_cli_put_inline(capsa_slice_of(path));
  puts(report->same_library ? ": a copy of this library"
                            : ": a copy of another library");
  if (is_same(report)) {
    puts(report->records_left_out + report->notes_left_out
             ? "  nothing to do: all that is whole in it is here"
             : "  nothing to do: all that is in it is here");
    put_left_out(report);
    return;
  }
  puts(dry_run ? "it would bring" : "it brought");
  put_count(report->records_new, "new record", "new records");
  put_count(report->records_edition, "other edition of a record",
            "other editions of records");
  put_titles(report);
  put_count(report->notes_new, "note", "notes");
  put_count(report->notes_changed, "note as it was changed later",
            "notes as they were changed later");
  put_count(report->notes_removed, "note removed, as it was there later",
            "notes removed, as they were there later");
  put_count(report->versions_new, "document said to be a version of another",
            "documents said to be versions of others");
  put_count(report->settings_new, "setting or place of reading",
            "settings and places of reading");
  printf("left alone: %zu of its records, %zu of its notes\n",
         report->records_kept, report->notes_kept);
  put_left_out(report);
}

static int merge(capsa_library *into, capsa_library *from,
                 const capsa_cli_arguments *arguments, capsa_arena *arena) {
  capsa_merge_report report;
  capsa_status st =
      capsa_library_merge(into, from, arguments->dry_run, arena, &report);
  if (st) return capsa_cli_fail_status(arguments->operands[1], st);
  put_report(arguments->operands[1], &report, arguments->dry_run);
  return CAPSA_EXIT_DONE;
}

static int run(const capsa_cli_arguments *arguments) {
  const char *path = arguments->operands[1];
  capsa_library *into, *from;
  if (!capsa_cli_open(arguments->operands[0], &into)) return CAPSA_EXIT_FAILED;
  int code = CAPSA_EXIT_FAILED;
  capsa_status st = capsa_library_open_copy(path, &from);
  if (st == CAPSA_ENOTFOUND)
    capsa_cli_fail(path, "there is no such file, or nothing is in it");
  else if (st) capsa_cli_fail_status(path, st);
  if (!st) {
    capsa_arena *arena = capsa_arena_new();
    code = arena ? merge(into, from, arguments, arena)
                 : capsa_cli_fail_status(path, CAPSA_ENOMEM);
    capsa_arena_free(arena);
    capsa_library_close(from);
  }
  capsa_library_close(into);
  return code;
}

const capsa_cli_command capsa_cmd_restore = {
    .name = "restore",
    .operands = "LIBRARY FILE",
    .options = "[--dry-run]",
    .summary = "bring back what a saved library has and this one lacks",
    .help =
        "FILE is a library that was saved; it may be a copy of LIBRARY or any\n"
        "other. Records and notes that are missing come in. Of a note that is\n"
        "in both, the one that was changed last stays; one removed later "
        "goes.\n"
        "Nothing else of LIBRARY changes, FILE never does, and doing it twice\n"
        "changes nothing more. With --dry-run it only says what would change.\n"
        "If it is interrupted, what came in is whole; do it again.\n",
    .operands_min = 2,
    .operands_max = 2,
    .run = run,
};
