/* bridge_annotations.c -- what JavaScript can call of a reader's notes. */
#include <emscripten.h>

#include "wasm/bridge.h"

/** capsa_annotations_to_json with the new one. Offsets are UTF-16 units. */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_annotation_create(
    const char *document, uint32_t document_len, uint32_t start_block,
    uint32_t start_utf16, uint32_t end_block, uint32_t end_utf16,
    uint32_t colour, const char *note, uint32_t note_len) {
  capsa_bridge_call call;
  capsa_status st = capsa_bridge_begin(&call);
  if (st) return st;
  capsa_mark mark = {.document = text_of(document, document_len),
                     .unit = CAPSA_UNIT_UTF16,
                     .start_block = start_block,
                     .end_block = end_block,
                     .start = start_utf16,
                     .end = end_utf16,
                     .colour = colour,
                     .note = text_of(note, note_len)};
  capsa_annotation made;
  st = capsa_annotation_create(call.library, &mark, call.arena, &made);
  if (st) return st;
  return capsa_annotations_to_json(&(capsa_annotations){&made, 1}, call.arena,
                                   call.answer);
}

EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_annotation_update(const char *id, uint32_t id_len,
                                          uint32_t colour, const char *note,
                                          uint32_t note_len) {
  capsa_bridge_call call;
  capsa_status st = capsa_bridge_begin(&call);
  if (st) return st;
  return capsa_annotation_update(call.library, text_of(id, id_len), colour,
                                 text_of(note, note_len));
}

EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_annotation_remove(const char *id, uint32_t len) {
  capsa_bridge_call call;
  capsa_status st = capsa_bridge_begin(&call);
  return st ? st : capsa_annotation_remove(call.library, text_of(id, len));
}

EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_annotation_restore(const char *id, uint32_t len) {
  capsa_bridge_call call;
  capsa_status st = capsa_bridge_begin(&call);
  return st ? st : capsa_annotation_restore(call.library, text_of(id, len));
}

/** capsa_annotations_to_json; an empty name means all documents */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_annotations(const char *document, uint32_t len) {
  capsa_bridge_call call;
  capsa_status st = capsa_bridge_begin(&call);
  if (st) return st;
  capsa_annotations list;
  st = capsa_annotations_list(call.library, text_of(document, len), call.arena,
                              &list);
  return st ? st : capsa_annotations_to_json(&list, call.arena, call.answer);
}
