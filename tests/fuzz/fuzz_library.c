/* fuzz_library.c -- a library file with wrong bytes in it: every call gives a
 * status or an answer, and none reads where it should not.
 *
 * The input is a list of changes to a good file, four bytes each: three for
 * the place, one for the byte. So every input is nearly a library, which
 * random bytes never are. */
#include <string.h>
#include <unistd.h>

#include "capsa/capsa.h"
#include "fuzz.h"

static char path[64];
static char *good;
static size_t good_len;

static void remove_file(void) { unlink(path); }

static void read_good_file(void) {
  FILE *file = fopen(path, "rb");
  MUST(file && !fseek(file, 0, SEEK_END));
  good_len = (size_t)ftell(file);
  good = malloc(good_len);
  rewind(file);
  MUST(good && fread(good, 1, good_len, file) == good_len);
  fclose(file);
}

static void make_good_file(void) {
  capsa_library *library = NULL;
  capsa_arena *arena = capsa_arena_new();
  capsa_source source = {.bytes = capsa_slice_of(FUZZ_RECORD)};
  capsa_added added;
  capsa_entry entry;
  snprintf(path, sizeof path, "/tmp/capsa-fuzz-%ld", (long)getpid());
  atexit(remove_file);
  MUST(!capsa_library_open(path, true, &library));
  MUST(!capsa_library_add(library, &source, arena, &added, &entry));
  capsa_library_close(library);
  capsa_arena_free(arena);
  read_good_file();
}

static void write_changed(const uint8_t *data, size_t size) {
  char *bytes = malloc(good_len);
  memcpy(bytes, good, good_len);
  for (size_t i = 0; i + 4 <= size; i += 4) {
    size_t at = (size_t)data[i] << 16 | (size_t)data[i + 1] << 8 | data[i + 2];
    bytes[at % good_len] = (char)data[i + 3];
  }
  FILE *file = fopen(path, "wb");
  MUST(file && fwrite(bytes, 1, good_len, file) == good_len);
  fclose(file);
  free(bytes);
}

/* All that a reader does with a library; what it answers does not matter. */
static void use(capsa_library *library, capsa_arena *arena) {
  capsa_entries entries;
  capsa_document document;
  capsa_slice out;
  capsa_query query = {.text = capsa_slice_of("joint fleet")};
  capsa_hits hits;
  capsa_source source = {.bytes = capsa_slice_of("# Another\n\nText.\n")};
  capsa_added added;
  capsa_entry entry;
  if (!capsa_library_list(library, arena, &entries)) {
    for (size_t i = 0; i < entries.count; i++) {
      if (capsa_library_read(library, entries.items[i].key, arena, &document))
        continue;
      (void)capsa_document_to_json(&document, false, arena, &out);
      (void)capsa_document_to_html(&document, arena, &out);
    }
  }
  if (!capsa_search(library, &query, arena, &hits))
    (void)capsa_hits_to_json(&hits, query.text, CAPSA_UNIT_UTF16, arena, &out);
  (void)capsa_library_add(library, &source, arena, &added, &entry);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!good) make_good_file();
  write_changed(data, size);
  capsa_arena *arena = capsa_arena_new();
  capsa_library *library = NULL;
  if (!capsa_library_open(path, false, &library)) use(library, arena);
  capsa_library_close(library);
  capsa_arena_free(arena);
  return 0;
}
