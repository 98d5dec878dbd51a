/* fuzz_ask.c -- whatever is typed becomes a tree as it is promised, or none
 * where it has no word; it is told in words that are text; and beside a word
 * it asks for something. The first byte's lowest bit says whether it is still
 * being typed. */
#include "../unit/ask_tree.h"
#include "fuzz.h"

static const capsa_ask *read(capsa_slice typed, bool typing,
                             capsa_arena *arena) {
  const capsa_ask *ask = NULL;
  capsa_buf text = {0};
  MUST(!capsa_ask_read(typed, typing, arena, &ask));
  capsa_ask_to_text(ask, &text);
  if (ask) {
    size_t nodes = 0;
    MUST(!ask_fault(ask, &nodes, 0));
    MUST(!ask_text_fault(capsa_buf_view(&text)));
  } else {
    MUST(!text.len);
  }
  capsa_buf_free(&text);
  return ask;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0) return 0;
  capsa_slice typed = {(const char *)data + 1, size - 1};
  capsa_arena *arena = capsa_arena_new();
  read(typed, data[0] & 1, arena);

  capsa_buf beside = {0};
  capsa_buf_puts(&beside, "fleet ");
  capsa_buf_put(&beside, typed);
  MUST(read(capsa_buf_view(&beside), data[0] & 1, arena));
  capsa_buf_free(&beside);
  capsa_arena_free(arena);
  return 0;
}
