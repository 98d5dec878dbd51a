/* add.c -- keep a part of what came in, and say what became of it. */
#include "base/arena.h"
#include "base/json.h"
#include "base/slice.h"
#include "store/library.h"

static capsa_status count_remarks(const capsa_document *document,
                                  capsa_arena *arena, capsa_outcome *out) {
  capsa_remarks remarks;
  capsa_status st = capsa_document_remarks(document, arena, &remarks);
  for (int kind = 0; !st && kind < CAPSA_REMARK_KIND_COUNT; kind++)
    out->remarks[kind] = remarks.counts[kind];
  return st;
}

capsa_status capsa_library_add_part(capsa_library *library,
                                    const capsa_part *part, capsa_arena *arena,
                                    capsa_outcome *out) {
  capsa_document document;
  capsa_outcome outcome = {.status = part->status, .words = part->words};
  if (outcome.status) {
    *out = outcome;
    return CAPSA_OK;
  }
  capsa_status st = capsa_document_parse(&part->source, arena, &document);
  if (!st) st = count_remarks(&document, arena, &outcome);
  if (!st)
    st = capsa_library_keep(library, &document, &part->source, arena,
                            &outcome.added, &outcome.entry);
  if (st == CAPSA_ENOMEM) return st;
  outcome.status = st;
  if (st) outcome.words = capsa_source_problem(part->source.bytes, st);
  *out = outcome;
  return CAPSA_OK;
}

static void put_kept(capsa_json *json, const capsa_outcome *outcome,
                     capsa_slice entries) {
  static const char *const added[] = {"new", "same", "edition"};
  capsa_json_member(json, "added", capsa_slice_of(added[outcome->added]));
  capsa_json_key(json, "entries");
  capsa_json_raw(json, entries);
  capsa_json_key(json, "remarks");
  capsa_json_open(json, '{');
  for (int kind = 0; kind < CAPSA_REMARK_KIND_COUNT; kind++)
    capsa_json_member_number(json,
                             capsa_remark_kind_name((capsa_remark_kind)kind),
                             outcome->remarks[kind]);
  capsa_json_close(json, '}');
}

capsa_status capsa_outcome_to_json(const capsa_part *part,
                                   const capsa_outcome *outcome,
                                   capsa_arena *arena, capsa_slice *out) {
  capsa_slice entries = {0};
  capsa_status st =
      outcome->status
          ? CAPSA_OK
          : capsa_entries_to_json(&(capsa_entries){&outcome->entry, 1}, arena,
                                  &entries);
  if (st) return st;
  capsa_buf buf = {0};
  capsa_json json = {.buf = &buf};
  capsa_json_open(&json, '{');
  capsa_json_member(&json, "path", part->path);
  capsa_json_member_number(&json, "number", part->number);
  capsa_json_member(&json, "status",
                    capsa_slice_of(capsa_status_name(outcome->status)));
  capsa_json_member(&json, "words", capsa_slice_of(outcome->words));
  if (!outcome->status) put_kept(&json, outcome, entries);
  capsa_json_close(&json, '}');
  return capsa_buf_take(&buf, arena, out);
}
