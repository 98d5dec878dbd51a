/* bridge_examine.c -- a file from outside, for the worker that examines it and
 * is thrown away: no library is open there. */
#include <emscripten.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/slice.h"
#include "wasm/bridge.h"

/* The names of the two files, as the examiner's storage has them. */
static const char FROM[] = "from", INTO[] = "into";

static capsa_copying *copying;

/** capsa_examination_to_json */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_examine(void) {
  capsa_bridge_call call;
  capsa_status st = capsa_bridge_begin(&call);
  if (st == CAPSA_ENOMEM) return st;
  capsa_examination found;
  st = capsa_library_examine(FROM, call.arena, &found);
  return st ? st : capsa_examination_to_json(&found, call.arena, call.answer);
}

EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_copying_open(void) {
  capsa_copying_close(copying);
  copying = NULL;
  return capsa_copying_open(FROM, INTO, &copying);
}

/** {documents, notes, left, total, done}; what is 0 or false is left out */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_copying_step(void) {
  capsa_bridge_call call;
  capsa_status st = capsa_bridge_begin(&call);
  if (st == CAPSA_ENOMEM) return st;
  if (!copying) return CAPSA_ENOTFOUND;
  capsa_copied copied;
  if ((st = capsa_copying_step(copying, &copied))) return st;
  capsa_buf buf = {0};
  capsa_json json = {.buf = &buf};
  capsa_json_open(&json, '{');
  capsa_json_member_number(&json, "documents", copied.documents);
  capsa_json_member_number(&json, "notes", copied.notes);
  capsa_json_member_number(&json, "left",
                           copied.documents_left_out + copied.notes_left_out);
  capsa_json_member_number(&json, "total", copied.total);
  if (copied.done) {
    capsa_json_key(&json, "done");
    capsa_json_bool(&json, true);
  }
  capsa_json_close(&json, '}');
  return capsa_buf_take(&buf, call.arena, call.answer);
}

EMSCRIPTEN_KEEPALIVE
void capsa_wasm_copying_close(void) {
  capsa_copying_close(copying);
  copying = NULL;
}
