#include <stdio.h>

#include "cli/cli.h"

static void put_count(uint32_t count, const char *one, const char *many) {
  printf("%u %s", (unsigned)count, count == 1 ? one : many);
}

static void put_told(const capsa_recovery *told) {
  fputs("saved ", stdout);
  put_count(told->documents, "record, ", "records, ");
  put_count(told->notes, "note, ", "notes, ");
  put_count(told->settings, "setting\n", "settings\n");
  if (told->read_again) {
    put_count(told->read_again, "record was", "records were");
    puts(" damaged and read again from the file that was added");
  }
  if (told->sourceless) {
    put_count(told->sourceless, "record has", "records have");
    puts(" lost the file that was added, and cannot be read again");
  }
  if (told->lost) {
    put_count(told->lost, "record is lost", "records are lost");
    puts("; add it again from its file");
  }
  if (told->notes_lost) {
    put_count(told->notes_lost, "note is", "notes are");
    puts(" damaged and lost");
  }
  if (told->incomplete)
    puts("where they were listed is damaged: more may be lost, which nobody "
         "can count");
}

/* Only a place where nothing is. */
static bool is_free(const char *path) {
  capsa_library *there = NULL;
  capsa_status st = capsa_library_open(path, false, &there);
  if (st == CAPSA_ENOTFOUND) return true;
  if (!st) capsa_library_close(there);
  capsa_cli_fail(path, "there is a file already; name a new one");
  return false;
}

static int recover(capsa_library *damaged, const char *path) {
  capsa_library *fresh = NULL;
  capsa_recovery told;
  if (!is_free(path)) return CAPSA_EXIT_FAILED;
  capsa_status st = capsa_library_open(path, true, &fresh);
  if (!st) st = capsa_library_recover(damaged, fresh, &told);
  capsa_library_close(fresh);
  if (st) return capsa_cli_fail_status(path, st);
  put_told(&told);
  return told.lost || told.notes_lost || told.incomplete ? CAPSA_EXIT_FAILED
                                                         : CAPSA_EXIT_DONE;
}

static int run(const capsa_cli_arguments *arguments) {
  capsa_library *damaged = NULL;
  if (!capsa_cli_open(arguments->operands[0], &damaged))
    return CAPSA_EXIT_FAILED;
  int code = recover(damaged, arguments->operands[1]);
  capsa_library_close(damaged);
  return code;
}

const capsa_cli_command capsa_cmd_recover = {
    .name = "recover",
    .operands = "DAMAGED NEW",
    .options = "",
    .summary = "save what can be read of a damaged library",
    .help =
        "Copies all that can be read of DAMAGED, which stays as it is, into "
        "the\nlibrary NEW, which it makes. A record that is damaged is "
        "read again from\nthe file it came from. Exit code 1 where "
        "something is lost.\n",
    .operands_min = 2,
    .operands_max = 2,
    .run = run,
};
