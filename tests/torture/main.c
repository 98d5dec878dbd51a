/* main.c -- torture [--long | --stop] [--seed N] [PART...]
 *
 * Judges core/store on a disk that fails (disk.h). Prints a table as remarks
 * of TAP, and a test for each line of it. --stop ends a part at the first
 * thing that is found, for mutants. Run it in the folder of the repository.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "history.h"
#include "memory.h"

int capsa_opfs_init(void);

static const struct {
  const char *name;
  bool (*run)(const torture_options *);
} parts[] = {{"contract", torture_contract}, {"ends", torture_ends},
             {"flips", torture_flips},       {"cuts", torture_cuts},
             {"faults", torture_faults},     {"memory", torture_memory},
             {"journals", torture_journals}};
#define PART_COUNT (sizeof parts / sizeof *parts)

bool torture_report(const torture_result *result) {
  static bool headed;
  bool good = result->tried && !result->lost && !result->corrupt;
  if (!headed)
    printf("# %-28s %9s %6s %8s %9s\n", "", "tried", "lost", "corrupt",
           "worst ms");
  headed = true;
  printf("# %-28s %9zu %6zu %8zu %9.1f\n", result->name, result->tried,
         result->lost, result->corrupt, result->worst_ms);
  if (*result->words) printf("# %s\n", result->words);
  printf("%s - %s\n", good ? "ok" : "not ok", result->name);
  fflush(stdout);
  return good;
}

static bool chosen(const char *name, int argc, char **argv) {
  if (!argc) return true;
  for (int i = 0; i < argc; i++)
    if (!strcmp(argv[i], name)) return true;
  return false;
}

int main(int argc, char **argv) {
  torture_options options = {.effort = 1, .seed = 20261124};
  bool good = true;
  int i = 1;
  for (; i < argc && argv[i][0] == '-'; i++) {
    if (!strcmp(argv[i], "--long")) options.effort = 10;
    else if (!strcmp(argv[i], "--stop")) options.stop = true;
    else if (!strcmp(argv[i], "--seed") && i + 1 < argc)
      options.seed = strtoull(argv[++i], NULL, 10);
    else return 2;
  }
  memory_install();
  if (sqlite3_initialize() || capsa_opfs_init()) return 2;
  printf("# seed %llu\n", (unsigned long long)options.seed);
  for (size_t p = 0; p < PART_COUNT; p++) {
    if (!chosen(parts[p].name, argc - i, argv + i)) continue;
    if (options.stop && !good) break;
    disk_seed(options.seed);
    good = parts[p].run(&options) && good;
  }
  return good ? 0 : 1;
}
