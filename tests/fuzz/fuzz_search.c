/* fuzz_search.c -- whatever a reader types is understood somehow, and what is
 * found lies in the text it was found in. The first byte's lowest bit says
 * whether the query is still being typed. */
#include "capsa/capsa.h"
#include "fuzz.h"

static capsa_library *library_with_a_record(void) {
  capsa_library *library = NULL;
  capsa_arena *arena = capsa_arena_new();
  capsa_source source = {.bytes = capsa_slice_of(FUZZ_RECORD)};
  capsa_added added;
  capsa_entry entry;
  MUST(!capsa_library_open(":memory:", true, &library));
  MUST(!capsa_library_add(library, &source, arena, &added, &entry));
  capsa_arena_free(arena);
  return library;
}

static void check_hit(const capsa_hit *hit) {
  MUST(hit->excerpt_start + hit->excerpt.len <= hit->text.len);
  size_t before = 0;
  for (size_t i = 0; i < hit->match_count; i++) {
    MUST(hit->matches[i].start_byte >= before);
    MUST(hit->matches[i].start_byte < hit->matches[i].end_byte);
    MUST(hit->matches[i].end_byte <= hit->text.len);
    before = hit->matches[i].end_byte;
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static capsa_library *library;
  if (!library) library = library_with_a_record();
  if (size == 0) return 0;

  capsa_arena *arena = capsa_arena_new();
  capsa_query query = {.text = {(const char *)data + 1, size - 1},
                       .typing = data[0] & 1};
  capsa_hits hits;
  capsa_slice json;
  MUST(!capsa_search(library, &query, arena, &hits));
  MUST(hits.count <= hits.total);
  for (size_t i = 0; i < hits.count; i++) check_hit(&hits.items[i]);
  MUST(!capsa_hits_to_json(&hits, query.text, CAPSA_UNIT_UTF16, arena, &json));
  capsa_arena_free(arena);
  return 0;
}
