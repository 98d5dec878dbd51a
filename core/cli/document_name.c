#include <string.h>

#include "cli/cli.h"

static bool starts(capsa_slice key, capsa_slice with) {
  return key.len >= with.len && !memcmp(key.ptr, with.ptr, with.len);
}

/* The API wants whole keys, since they are stored; a person types the first
 * letters of one. */
static capsa_status find_beginning(capsa_library *library, capsa_slice typed,
                                   capsa_arena *arena, capsa_slice *out) {
  capsa_entries entries;
  size_t found = 0;
  capsa_status st = capsa_library_list(library, arena, &entries);
  if (st) return st;
  for (size_t i = 0; i < entries.count; i++) {
    const capsa_entry *entry = &entries.items[i];
    if (!entry->newest || !starts(entry->key, typed)) continue;
    *out = entry->key;
    found++;
  }
  if (!found || !typed.len) return CAPSA_ENOTFOUND;
  return found > 1 ? CAPSA_EAMBIGUOUS : CAPSA_OK;
}

capsa_status capsa_cli_find_document(capsa_library *library, const char *typed,
                                     capsa_arena *arena, capsa_slice *out) {
  capsa_entry entry;
  *out = capsa_slice_of(typed);
  capsa_status st = capsa_library_find(library, *out, arena, &entry);
  if (st != CAPSA_ENOTFOUND) return st;
  return find_beginning(library, *out, arena, out);
}
