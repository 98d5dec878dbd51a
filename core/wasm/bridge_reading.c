/* bridge_reading.c -- a document for the page, in parts.
 *
 * A long record is on the screen before most of it is made: capsa_wasm_document
 * answers with the head and the first part, capsa_wasm_document_part with one
 * more. Reading a document from the library takes longer than making a part of
 * its HTML, so it is kept until its last part was fetched, another one is asked
 * for, or something in the library changes.
 */
#include <emscripten.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/slice.h"
#include "wasm/bridge.h"

/* Bytes of HTML: a few screens at first; then as much as a page puts in its
 * place without being felt. */
#define FIRST_PART_BYTES ((size_t)64 << 10)
#define PART_BYTES ((size_t)256 << 10)

static struct {
  capsa_arena *arena; /* owns what follows; NULL: none is kept */
  capsa_slice name;   /* as it was asked for */
  capsa_document document;
} kept;

void capsa_bridge_forget(void) {
  capsa_arena_free(kept.arena);
  kept.arena = NULL;
}

static capsa_status keep(capsa_library *library, capsa_slice name) {
  capsa_bridge_forget();
  kept.arena = capsa_arena_new();
  if (!kept.arena) return CAPSA_ENOMEM;
  kept.name = capsa_arena_copy(kept.arena, name);
  capsa_status st =
      capsa_library_read(library, name, kept.arena, &kept.document);
  if (!st && capsa_arena_failed(kept.arena)) st = CAPSA_ENOMEM;
  if (st) capsa_bridge_forget();
  return st;
}

/* `html` and, unless it is the last part, `next` of it. */
static capsa_status put_part(capsa_json *json, uint32_t first, size_t bytes,
                             capsa_arena *arena) {
  capsa_html_part part;
  capsa_status st =
      capsa_document_to_html_part(&kept.document, first, bytes, arena, &part);
  if (st) return st;
  capsa_json_key(json, "html");
  capsa_json_text(json, part.html);
  if (part.next) {
    capsa_json_key(json, "next");
    capsa_json_number(json, part.next);
  } else capsa_bridge_forget();
  return CAPSA_OK;
}

static capsa_status end(capsa_status st, capsa_json *json,
                        const capsa_bridge_call *call) {
  capsa_json_close(json, '}');
  if (!st) return capsa_buf_take(json->buf, call->arena, call->answer);
  capsa_buf_free(json->buf);
  return st;
}

/** {entries: [the entry], head: capsa_document_to_json, html: its first part,
 * next: the block that the next one begins with} */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_document(const char *ptr, uint32_t len) {
  capsa_bridge_call call;
  capsa_entry entry;
  capsa_slice name = text_of(ptr, len), list, head;
  capsa_status st = capsa_bridge_begin(&call);
  if (!st) st = capsa_library_find(call.library, name, call.arena, &entry);
  if (!st) st = keep(call.library, name);
  if (!st)
    st = capsa_entries_to_json(&(capsa_entries){&entry, 1}, call.arena, &list);
  if (!st) st = capsa_document_to_json(&kept.document, true, call.arena, &head);
  if (st) return st;

  capsa_buf buf = {0};
  capsa_json json = {.buf = &buf};
  capsa_json_open(&json, '{');
  capsa_json_key(&json, "entries");
  capsa_json_raw(&json, list);
  capsa_json_key(&json, "head");
  capsa_json_raw(&json, head);
  st = put_part(&json, 1, FIRST_PART_BYTES, call.arena);
  return end(st, &json, &call);
}

/**
 * {html, next}: one more part.
 * @param edition  that the other parts are of
 * @return as the core
 *         CAPSA_ENOTFOUND  the record has another text by now
 */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_document_part(const char *ptr, uint32_t len,
                                      const char *edition, uint32_t edition_len,
                                      uint32_t first) {
  capsa_bridge_call call;
  capsa_slice name = text_of(ptr, len);
  capsa_slice wanted = text_of(edition, edition_len);
  capsa_status st = capsa_bridge_begin(&call);
  if (st) return st;
  if (!kept.arena || !capsa_slice_equal(kept.name, name)) {
    st = keep(call.library, name);
    if (st) return st;
  }
  if (!capsa_slice_equal(kept.document.edition, wanted)) return CAPSA_ENOTFOUND;
  capsa_buf buf = {0};
  capsa_json json = {.buf = &buf};
  capsa_json_open(&json, '{');
  st = put_part(&json, first, PART_BYTES, call.arena);
  return end(st, &json, &call);
}
