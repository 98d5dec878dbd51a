/* bridge_work.c -- long work, step by step: import, backup, merge.
 *
 * There is one at a time: to begin one ends what was there before, and so does
 * closing the library. JavaScript lends the bytes of an import until its end.
 */
#include <emscripten.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "wasm/bridge.h"

static struct {
  /* import */
  capsa_arena *parts_arena;
  capsa_parts parts;
  size_t next;
  /* backup */
  capsa_backup *backup;
  /* merge */
  capsa_merge *merge;
  capsa_library *copy;
} work;

void capsa_bridge_end_work(void) {
  capsa_backup_end(work.backup);
  capsa_merge_end(work.merge);
  capsa_library_close(work.copy);
  capsa_arena_free(work.parts_arena);
  memset(&work, 0, sizeof work);
}

EMSCRIPTEN_KEEPALIVE
void capsa_wasm_work_end(void) { capsa_bridge_end_work(); }

static capsa_status begin_work(capsa_bridge_call *call) {
  capsa_bridge_forget();
  capsa_bridge_end_work();
  return capsa_bridge_begin(call);
}

static capsa_status put_progress(const capsa_progress *progress,
                                 const capsa_bridge_call *call) {
  capsa_buf buf = {0};
  capsa_json json = {.buf = &buf};
  capsa_json_open(&json, '{');
  capsa_json_key(&json, "done");
  capsa_json_number(&json, progress->done);
  capsa_json_key(&json, "total");
  capsa_json_number(&json, progress->total);
  capsa_json_key(&json, "finished");
  capsa_json_bool(&json, progress->finished);
  capsa_json_close(&json, '}');
  return capsa_buf_take(&buf, call->arena, call->answer);
}

/* ---- import */

/**
 * Find the records of a file: {done, total, finished}.
 * @param bytes  lent until capsa_wasm_work_end
 * @param path   of the file in a folder, for what is passed over; or its name
 */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_import_begin(const char *bytes, uint32_t bytes_len,
                                     const char *path, uint32_t path_len) {
  capsa_bridge_call call;
  capsa_status st = begin_work(&call);
  if (st) return st;
  work.parts_arena = capsa_arena_new();
  if (!work.parts_arena) return CAPSA_ENOMEM;
  capsa_source source = {
      .bytes = text_of(bytes, bytes_len),
      .name = capsa_arena_copy(work.parts_arena, text_of(path, path_len))};
  st = capsa_source_parts(&source, work.parts_arena, &work.parts);
  capsa_progress progress = {0, work.parts.count, !work.parts.count};
  return st ? st : put_progress(&progress, &call);
}

/** Keep the next record, whole or not at all: capsa_outcome_to_json. */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_import_step(void) {
  capsa_bridge_call call;
  capsa_outcome outcome;
  capsa_status st = capsa_bridge_begin(&call);
  if (st) return st;
  if (work.next >= work.parts.count) return CAPSA_ENOTFOUND;
  const capsa_part *part = &work.parts.items[work.next];
  st = capsa_library_add_part(call.library, part, call.arena, &outcome);
  if (!st) st = capsa_outcome_to_json(part, &outcome, call.arena, call.answer);
  if (!st) work.next++;
  return st;
}

/** Pass over the next record: it was kept when this was asked for before. */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_import_pass(void) {
  if (work.next >= work.parts.count) return CAPSA_ENOTFOUND;
  work.next++;
  return CAPSA_OK;
}

/* ---- backup */

/* Paths of libraries are short and have no zeros in them. */
static char *string_of(const capsa_bridge_call *call, const char *path,
                       uint32_t len) {
  return capsa_arena_string(call->arena, text_of(path, len));
}

EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_backup_begin(const char *path, uint32_t len) {
  capsa_bridge_call call;
  capsa_status st = begin_work(&call);
  if (st) return st;
  const char *name = string_of(&call, path, len);
  return name ? capsa_backup_begin(call.library, name, &work.backup)
              : CAPSA_ENOMEM;
}

/** {done, total, finished} */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_backup_step(void) {
  capsa_bridge_call call;
  capsa_progress progress = {0};
  capsa_status st = capsa_bridge_begin(&call);
  if (st) return st;
  if (!work.backup) return CAPSA_ENOTFOUND;
  st = capsa_backup_step(work.backup, &progress);
  return st ? st : put_progress(&progress, &call);
}

/** {identity, saved, noted, added}: capsa_library_care */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_care(void) {
  capsa_bridge_call call;
  capsa_care care;
  capsa_status st = capsa_bridge_begin(&call);
  if (!st) st = capsa_library_care(call.library, call.arena, &care);
  if (st) return st;
  capsa_buf buf = {0};
  capsa_json json = {.buf = &buf};
  capsa_json_open(&json, '{');
  capsa_json_member(&json, "identity", care.identity);
  capsa_json_member(&json, "saved", care.saved);
  capsa_json_member(&json, "noted", care.noted);
  capsa_json_member(&json, "added", care.added);
  capsa_json_close(&json, '}');
  return capsa_buf_take(&buf, call.arena, call.answer);
}

EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_mark_saved(void) {
  capsa_bridge_call call;
  capsa_status st = capsa_bridge_begin(&call);
  return st ? st : capsa_library_mark_saved(call.library);
}

/* ---- merge */

/** Open the copy at `path` and begin to bring it in, or to find out. */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_merge_begin(const char *path, uint32_t len,
                                    bool dry_run) {
  capsa_bridge_call call;
  capsa_status st = begin_work(&call);
  if (st) return st;
  const char *name = string_of(&call, path, len);
  if (!name) return CAPSA_ENOMEM;
  st = capsa_library_open_copy(name, &work.copy);
  return st ? st
            : capsa_merge_begin(call.library, work.copy, dry_run, &work.merge);
}

/** {done, total, finished} */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_merge_step(void) {
  capsa_bridge_call call;
  capsa_progress progress = {0};
  capsa_status st = capsa_bridge_begin(&call);
  if (st) return st;
  if (!work.merge) return CAPSA_ENOTFOUND;
  st = capsa_merge_step(work.merge, &progress);
  return st ? st : put_progress(&progress, &call);
}

/** capsa_merge_report_to_json */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_merge_tell(void) {
  capsa_bridge_call call;
  capsa_merge_report report;
  capsa_status st = capsa_bridge_begin(&call);
  if (st) return st;
  if (!work.merge) return CAPSA_ENOTFOUND;
  st = capsa_merge_tell(work.merge, call.arena, &report);
  return st ? st : capsa_merge_report_to_json(&report, call.arena, call.answer);
}
