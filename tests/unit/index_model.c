#include "index_model.h"

#include <stdio.h>
#include <string.h>

#include "tap.h"

static capsa_status write_part(void *context, uint32_t number,
                               capsa_slice part) {
  model_parts *parts = context;
  capsa_slice *added = CAPSA_LIST_ADD(parts->arena, &parts->items);
  if (!added || parts->items.count != number + 1) return CAPSA_ENOMEM;
  *added = capsa_arena_copy(parts->arena, part);
  return CAPSA_OK;
}

static capsa_status read_part(void *context, uint32_t number,
                              capsa_slice *out) {
  const model_parts *parts = context;
  if (number >= parts->items.count) return CAPSA_ECORRUPT;
  *out = parts->items.items[number];
  return CAPSA_OK;
}

capsa_parts_sink model_sink(model_parts *parts, capsa_arena *arena) {
  *parts = (model_parts){.arena = arena};
  return (capsa_parts_sink){parts, write_part};
}

capsa_parts_source model_source(model_parts *parts) {
  return (capsa_parts_source){parts, read_part};
}

static uint32_t next_random(uint32_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state;
}

/* Word n, the more frequent the smaller n: of 400. */
static void put_word(char *text, size_t *len, uint32_t *state) {
  static const char *const starts[] = {"fl", "sh", "tr", "un",  "con",
                                       "a",  "mi", "o",  "pre", "y"};
  uint32_t n = next_random(state) % 400;
  n = n * (next_random(state) % 400) / 400;
  n = n * (next_random(state) % 400) / 400;
  *len += (size_t)snprintf(text + *len, 24, "%s%s%u", *len ? " " : "",
                           starts[n % 10], n);
}

static void add_passage(model *m, capsa_builder *builder, int64_t document,
                        uint32_t *state) {
  static char text[4096];
  size_t len = 0, words = next_random(state) % 40;
  if (next_random(state) % 16 == 0) words *= 4;
  for (size_t i = 0; i < words; i++) put_word(text, &len, state);
  model_passage *added = CAPSA_LIST_ADD(m->arena, &m->passages);
  added->document = document;
  added->kind = (uint8_t)(next_random(state) % 4);
  added->text = capsa_arena_copy(m->arena, (capsa_slice){text, len});
  capsa_builder_passage(builder, added->kind, CAPSA_LITERAL("en"));
  capsa_builder_text(builder, added->text, 0, NULL, 0);
}

void model_make(model *m, capsa_arena *arena, uint32_t seed, size_t documents,
                size_t segments) {
  capsa_builder *builder = capsa_builder_new();
  uint32_t state = seed;
  *m = (model){.arena = arena};
  for (size_t d = 0; d < documents; d++) {
    size_t passages = 1 + next_random(&state) % 30;
    capsa_builder_document(builder, (int64_t)d + 1);
    for (size_t p = 0; p < passages; p++)
      add_passage(m, builder, (int64_t)d + 1, &state);
    if ((d + 1) * segments / documents == m->count) continue;
    capsa_segment_head head;
    size_t n = m->count++;
    m->first[n + 1 < MODEL_SEGMENTS_MAX ? n + 1 : n] = m->passages.count;
    CHECK_STATUS(
        capsa_builder_finish(builder, model_sink(&m->parts[n], arena), &head),
        CAPSA_OK);
    CHECK_STATUS(capsa_segment_open(&head, model_source(&m->parts[n]), arena,
                                    &m->segments[n]),
                 CAPSA_OK);
  }
  m->first[0] = 0;
  capsa_builder_free(builder);
}

capsa_token_list model_words(const model *m, size_t passage,
                             capsa_arena *arena) {
  capsa_token_list words = {0};
  CHECK_STATUS(
      capsa_tokens_read(m->passages.items[passage].text, arena, &words),
      CAPSA_OK);
  return words;
}
