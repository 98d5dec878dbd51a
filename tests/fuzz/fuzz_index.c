/* fuzz_index.c -- whatever the bytes of a segment say: it is refused, or it
 * answers, merges and ends. The input is its head and then its parts. */
#include <string.h>

#include "base/slice.h"
#include "fuzz.h"
#include "index/find.h"
#include "index/merge.h"

static capsa_status read_part(void *context, uint32_t number,
                              capsa_slice *out) {
  capsa_slice bytes = *(const capsa_slice *)context;
  *out = capsa_slice_cut(bytes, number * CAPSA_PART_BYTES,
                         (number + (size_t)1) * CAPSA_PART_BYTES);
  return out->len ? CAPSA_OK : CAPSA_ECORRUPT;
}

static capsa_status drop_part(void *context, uint32_t number,
                              capsa_slice part) {
  *(size_t *)context += part.len + number;
  return CAPSA_OK;
}

static void check_find(const capsa_segment *segment, const capsa_want *want,
                       capsa_arena *arena) {
  capsa_find_result result;
  if (capsa_find(&(capsa_find_in){segment, NULL}, 1, want, 20, 10, NULL, NULL,
                 arena, &result))
    return;
  MUST(result.count <= 10);
  for (size_t i = 0; i < result.count; i++) {
    MUST(result.items[i].passage < segment->head.passages);
    MUST(capsa_segment_document_of(segment, result.items[i].passage) <
         segment->head.documents);
  }
}

static void find_all(const capsa_segment *segment, capsa_arena *arena) {
  capsa_word_form fleet = {CAPSA_LITERAL("fleet"), 1},
                  of = {CAPSA_LITERAL("of"), 1}, s = {CAPSA_LITERAL("s"), 1};
  capsa_want words[] = {
      {.forms = &of, .form_count = 1, .idf = 1},
      {.forms = &fleet, .form_count = 1, .idf = 2},
      {.kind = CAPSA_WANT_PREFIX, .forms = &s, .form_count = 1, .idf = 1}};
  for (size_t i = 0; i < 3; i++) check_find(segment, &words[i], arena);
  for (int kind = CAPSA_WANT_PHRASE; kind <= CAPSA_WANT_OR; kind++) {
    capsa_want want = {.kind = (capsa_want_kind)kind,
                       .children = words,
                       .child_count = 3,
                       .idf = 1};
    check_find(segment, &want, arena);
  }
}

static void merge_it(const capsa_segment *segment, capsa_arena *arena) {
  size_t written = 0;
  bool done = false;
  capsa_segment_merge_from from[] = {{segment, NULL}, {segment, NULL}};
  capsa_segment_merge *merge = capsa_segment_merge_new(
      from, 2, (capsa_parts_sink){&written, drop_part}, arena);
  while (merge && !done)
    if (capsa_segment_merge_step(merge, 1000, &done)) break;
  capsa_segment_merge_free(merge);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  capsa_slice input = {(const char *)data, size};
  capsa_slice parts = capsa_slice_from(input, CAPSA_SEGMENT_HEAD_BYTES);
  capsa_segment_head head;
  capsa_segment segment;
  if (capsa_segment_head_read(
          capsa_slice_cut(input, 0, CAPSA_SEGMENT_HEAD_BYTES), &head))
    return 0;
  capsa_arena *arena = capsa_arena_new();
  if (!capsa_segment_open(&head, (capsa_parts_source){&parts, read_part}, arena,
                          &segment)) {
    find_all(&segment, arena);
    merge_it(&segment, arena);
  }
  capsa_arena_free(arena);
  return 0;
}
