/* bridge.c -- what JavaScript can call; with bridge_annotations.c the only file
 * that knows about wasm.
 *
 * In:  numbers, and text as (pointer, bytes) that we borrow for the call.
 * Out: a capsa_status; on CAPSA_OK the answer, if the call has one, is UTF-8
 *      at capsa_wasm_answer() and stays valid until the next call. It is JSON
 *      unless the function says otherwise.
 *
 * A function here unpacks, calls one public function and passes its answer
 * on. Anything cleverer belongs in the core, where native tests reach it.
 */
#include "wasm/bridge.h"

#include <emscripten.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/slice.h"

/* One library, one request at a time: the worker is the only caller. The
 * answer lives in the arena, which the next call resets. */
static capsa_library *library;
static capsa_arena *arena;
static capsa_slice answer;

/* Forget the last answer. A call that needs a library says so. */
static capsa_status begin(bool needs_library) {
  answer = (capsa_slice){0};
  if (!arena) arena = capsa_arena_new();
  if (!arena) return CAPSA_ENOMEM;
  capsa_arena_reset(arena);
  return needs_library && !library ? CAPSA_ENOTFOUND : CAPSA_OK;
}

capsa_status capsa_bridge_begin(capsa_bridge_call *call) {
  capsa_status st = begin(true);
  *call = (capsa_bridge_call){library, arena, &answer};
  return st;
}

static capsa_status take(capsa_buf *buf) {
  return capsa_buf_take(buf, arena, &answer);
}

EMSCRIPTEN_KEEPALIVE
const char *capsa_wasm_answer(void) { return answer.ptr; }

EMSCRIPTEN_KEEPALIVE
uint32_t capsa_wasm_answer_length(void) { return (uint32_t)answer.len; }

/** Zero-terminated and static, like the two below. */
EMSCRIPTEN_KEEPALIVE
const char *capsa_wasm_version(void) { return CAPSA_VERSION; }

EMSCRIPTEN_KEEPALIVE
const char *capsa_wasm_status_name(capsa_status st) {
  return capsa_status_name(st);
}

EMSCRIPTEN_KEEPALIVE
const char *capsa_wasm_status_text(capsa_status st) {
  return capsa_status_text(st);
}

/* ---- the library */

EMSCRIPTEN_KEEPALIVE
void capsa_wasm_close(void) {
  capsa_bridge_forget();
  capsa_bridge_end_work();
  capsa_library_close(library);
  library = NULL;
}

/** Open the library at `path`; one that is open is closed first. */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_open(const char *path, uint32_t len, bool create) {
  capsa_status st = begin(false);
  if (st) return st;
  capsa_wasm_close();
  const char *name = capsa_arena_string(arena, text_of(path, len));
  return name ? capsa_library_open(name, create, &library) : CAPSA_ENOMEM;
}

/** Open the one at `path` as it is, where it is of an older schema, for
 * capsa_wasm_backup_begin: the number of its schema. Then close it. */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_open_older(const char *path, uint32_t len) {
  capsa_status st = begin(false);
  if (st) return st;
  capsa_wasm_close();
  int64_t schema = 0;
  capsa_buf buf = {0};
  const char *name = capsa_arena_string(arena, text_of(path, len));
  st = name ? capsa_library_open_older(name, &schema, &library) : CAPSA_ENOMEM;
  if (st) return st;
  capsa_buf_putf(&buf, "%d", (int)schema);
  return take(&buf);
}

/** Why the open library cannot be changed; static, empty where it can. */
EMSCRIPTEN_KEEPALIVE
const char *capsa_wasm_access_text(void) {
  return library ? capsa_access_text(capsa_library_access(library)) : "";
}

/* The numbers of capsa_added, in words. */
static const char *const added_words[] = {"new", "same", "edition"};

/** {added: "new" | "same" | "edition", entries: [the entry]} */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_add(const char *bytes, uint32_t bytes_len,
                            const char *name, uint32_t name_len,
                            uint32_t format) {
  capsa_status st = begin(true);
  if (st) return st;
  capsa_bridge_forget();
  if (format >= CAPSA_FORMAT_COUNT) return CAPSA_EINVAL;
  capsa_source source = {.bytes = text_of(bytes, bytes_len),
                         .name = text_of(name, name_len),
                         .format = (capsa_format)format};
  capsa_added added;
  capsa_entry entry;
  st = capsa_library_add(library, &source, arena, &added, &entry);
  if (st) return st;

  capsa_slice list;
  st = capsa_entries_to_json(&(capsa_entries){&entry, 1}, arena, &list);
  if (st) return st;
  capsa_buf buf = {0};
  capsa_json json = {.buf = &buf};
  capsa_json_open(&json, '{');
  capsa_json_member(&json, "added", capsa_slice_of(added_words[added]));
  capsa_json_key(&json, "entries");
  capsa_json_raw(&json, list);
  capsa_json_close(&json, '}');
  return take(&buf);
}

/** Why a file of a folder is passed over by its path; plain text, empty where
 * it is not. */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_path_problem(const char *path, uint32_t len) {
  capsa_status st = begin(false);
  if (st) return st;
  answer = capsa_slice_of(capsa_source_path_problem(text_of(path, len)));
  return CAPSA_OK;
}

/** What reading a document noticed and did: capsa_remarks_to_json. */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_remarks(const char *name, uint32_t len) {
  capsa_status st = begin(true);
  if (st) return st;
  capsa_document document;
  capsa_remarks remarks;
  st = capsa_library_read(library, text_of(name, len), arena, &document);
  if (!st) st = capsa_document_remarks(&document, arena, &remarks);
  return st ? st : capsa_remarks_to_json(&remarks, arena, &answer);
}

/** capsa_entries_to_json */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_list(void) {
  capsa_status st = begin(true);
  if (st) return st;
  capsa_entries entries;
  st = capsa_library_list(library, arena, &entries);
  return st ? st : capsa_entries_to_json(&entries, arena, &answer);
}

/** The whole document: JSON (capsa_document_to_json), or plain text. */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_export(const char *name, uint32_t len, bool as_text) {
  capsa_status st = begin(true);
  if (st) return st;
  capsa_document document;
  st = capsa_library_read(library, text_of(name, len), arena, &document);
  if (st) return st;
  return as_text ? capsa_document_to_text(&document, arena, &answer)
                 : capsa_document_to_json(&document, false, arena, &answer);
}

EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_remove(const char *name, uint32_t len) {
  capsa_status st = begin(true);
  capsa_bridge_forget();
  return st ? st : capsa_library_remove(library, text_of(name, len));
}

/** Plain text, empty where nothing is kept under the name. */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_setting(const char *name, uint32_t len) {
  capsa_status st = begin(true);
  if (st) return st;
  return capsa_library_setting(library, text_of(name, len), arena, &answer);
}

EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_set_setting(const char *name, uint32_t name_len,
                                    const char *value, uint32_t value_len) {
  capsa_status st = begin(true);
  if (st) return st;
  return capsa_library_set_setting(library, text_of(name, name_len),
                                   text_of(value, value_len));
}

/** What was answered to the request before, in JavaScript's own JSON; empty
 * where it is new: then it is begun and needs _end or _undo. */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_request_begin(const char *id, uint32_t len) {
  bool answered;
  capsa_status st = begin(true);
  if (st) return st;
  return capsa_library_request_begin(library, text_of(id, len), arena,
                                     &answered, &answer);
}

EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_request_end(const char *id, uint32_t id_len,
                                    const char *text, uint32_t text_len) {
  capsa_status st = begin(true);
  if (st) return st;
  return capsa_library_request_end(library, text_of(id, id_len),
                                   text_of(text, text_len), CAPSA_OK);
}

/** Undo what was done since it was begun. */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_request_undo(const char *id, uint32_t len) {
  capsa_status st = begin(true);
  if (st) return st;
  (void)capsa_library_request_end(library, text_of(id, len), answer,
                                  CAPSA_EINVAL);
  return CAPSA_OK;
}

/* ---- versions and repairs */

/** capsa_versions_to_json */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_versions(const char *name, uint32_t len) {
  capsa_status st = begin(true);
  if (st) return st;
  capsa_versions versions;
  st = capsa_versions_list(library, text_of(name, len), arena, &versions);
  return st ? st : capsa_versions_to_json(&versions, arena, &answer);
}

/** @param names  one a line */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_versions_declare(const char *names, uint32_t len) {
  capsa_status st = begin(true);
  if (st) return st;
  capsa_slice rest = text_of(names, len), line, list[CAPSA_VERSIONS_MAX];
  size_t count = 0;
  while (capsa_slice_next_line(&rest, &line)) {
    if (count == CAPSA_VERSIONS_MAX) return CAPSA_ETOOBIG;
    list[count++] = line;
  }
  return capsa_versions_declare(library, list, count);
}

EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_versions_dissolve(const char *name, uint32_t len) {
  capsa_status st = begin(true);
  return st ? st : capsa_versions_dissolve(library, text_of(name, len));
}

/** capsa_alignment_to_json */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_versions_align(const char *one, uint32_t one_len,
                                       const char *other, uint32_t other_len) {
  capsa_status st = begin(true);
  if (st) return st;
  capsa_alignment alignment;
  st = capsa_versions_align(library, text_of(one, one_len),
                            text_of(other, other_len), arena, &alignment);
  return st ? st : capsa_alignment_to_json(&alignment, arena, &answer);
}

/** capsa_repairs_to_json */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_repairs(const char *name, uint32_t len) {
  capsa_status st = begin(true);
  if (st) return st;
  capsa_repairs repairs;
  st = capsa_repairs_list(library, text_of(name, len), arena, &repairs);
  return st ? st : capsa_repairs_to_json(&repairs, arena, &answer);
}

/** {notesLost}; `number` 0 means all of `rule` */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_repairs_change(const char *name, uint32_t name_len,
                                       uint32_t number, const char *rule,
                                       uint32_t rule_len, bool undo) {
  capsa_status st = begin(true);
  if (st) return st;
  capsa_bridge_forget();
  capsa_revision revision;
  st = (undo ? capsa_repairs_undo
             : capsa_repairs_redo)(library, text_of(name, name_len), number,
                                   text_of(rule, rule_len), arena, &revision);
  if (st) return st;
  capsa_buf buf = {0};
  capsa_json json = {.buf = &buf};
  capsa_json_open(&json, '{');
  capsa_json_key(&json, "notesLost");
  capsa_json_number(&json, revision.notes_lost);
  capsa_json_close(&json, '}');
  return take(&buf);
}

/* ---- search and citation */

/** capsa_hits_to_json, in UTF-16 units */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_search(const char *text, uint32_t text_len,
                               const char *document, uint32_t document_len,
                               bool typing, uint32_t limit, uint32_t skip) {
  capsa_status st = begin(true);
  if (st) return st;
  capsa_query query = {.text = text_of(text, text_len),
                       .document = text_of(document, document_len),
                       .typing = typing,
                       .limit = limit,
                       .skip = skip};
  capsa_hits hits;
  st = capsa_search(library, &query, arena, &hits);
  if (st) return st;
  return capsa_hits_to_json(&hits, query.text, CAPSA_UNIT_UTF16, arena,
                            &answer);
}

/** Text, HTML or RIS, as `form` says. */
EMSCRIPTEN_KEEPALIVE
capsa_status capsa_wasm_cite(const char *name, uint32_t len, uint32_t turn,
                             uint32_t style, uint32_t form) {
  capsa_status st = begin(true);
  if (st) return st;
  capsa_document document;
  st = capsa_library_read(library, text_of(name, len), arena, &document);
  if (st) return st;
  return capsa_cite(&document, turn, (capsa_style)style, (capsa_form)form,
                    arena, &answer);
}

/** Number of the style called so, or CAPSA_STYLE_COUNT. */
EMSCRIPTEN_KEEPALIVE
uint32_t capsa_wasm_style_find(const char *name, uint32_t len) {
  return capsa_style_find(text_of(name, len));
}

/** Number of the form called so, or CAPSA_FORM_COUNT. */
EMSCRIPTEN_KEEPALIVE
uint32_t capsa_wasm_form_find(const char *name, uint32_t len) {
  return capsa_form_find(text_of(name, len));
}

/** Number of the format called so, or CAPSA_FORMAT_COUNT. */
EMSCRIPTEN_KEEPALIVE
uint32_t capsa_wasm_format_find(const char *name, uint32_t len) {
  return capsa_format_find(text_of(name, len));
}
