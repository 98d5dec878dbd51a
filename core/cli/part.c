#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

/* Room for " (record 4294967295)". */
#define NUMBER_MAX 24

char *capsa_cli_part_name(const char *path, const capsa_part *part) {
  const char *file = capsa_cli_shown_path(path);
  size_t len = strlen(file) + part->path.len + NUMBER_MAX;
  char *name = malloc(len);
  if (!name) return NULL;
  int used =
      snprintf(name, len, "%s%s%.*s", file, part->path.len ? "/" : "",
               (int)part->path.len, part->path.ptr ? part->path.ptr : "");
  if (part->number)
    snprintf(name + used, len - (size_t)used, " (record %u)",
             (unsigned)part->number);
  for (char *p = name; *p; p++)
    if ((unsigned char)*p < ' ' || *p == 0x7F) *p = ' ';
  return name;
}

void capsa_cli_put_passed_over(const char *name, const char *words) {
  capsa_cli_put_inline(capsa_slice_of(name));
  printf(": passed over, %s\n", words);
}
