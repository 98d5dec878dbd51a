#include "base/arena.h"
#include "base/json.h"
#include "base/slice.h"
#include "capsa/document.h"

/** Bytes of text shown at either side of a repair, cut to whole words. */
#define AROUND_BYTES 48

typedef CAPSA_LIST(capsa_remark) remark_list;

const char *capsa_remark_kind_name(capsa_remark_kind kind) {
  static const char *const names[CAPSA_REMARK_KIND_COUNT] = {
      [CAPSA_REMARK_LOSS] = "loss",
      [CAPSA_REMARK_WARNING] = "warning",
      [CAPSA_REMARK_REPAIR] = "repair",
      [CAPSA_REMARK_INFO] = "info",
  };
  return names[kind];
}

static capsa_remark_kind kind_of(capsa_severity severity) {
  static const capsa_remark_kind kinds[CAPSA_SEVERITY_COUNT] = {
      [CAPSA_SEVERITY_INFO] = CAPSA_REMARK_INFO,
      [CAPSA_SEVERITY_WARNING] = CAPSA_REMARK_WARNING,
      [CAPSA_SEVERITY_LOSS] = CAPSA_REMARK_LOSS,
  };
  return kinds[severity];
}

static void add_diagnostics(const capsa_document *document,
                            capsa_remark_kind kind, capsa_arena *arena,
                            remark_list *list) {
  for (size_t i = 0; i < document->diagnostic_count; i++) {
    const capsa_diagnostic *d = &document->diagnostics[i];
    if (kind_of(d->severity) != kind) continue;
    capsa_remark *remark = CAPSA_LIST_ADD(arena, list);
    if (!remark) return;
    *remark = (capsa_remark){.kind = kind,
                             .line = d->line,
                             .code = d->code,
                             .action = d->action,
                             .text = d->text};
  }
}

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t'; }

/* Up to AROUND_BYTES before `at`, from the beginning of a word. */
static capsa_slice words_before(capsa_slice text, size_t at) {
  size_t start = at > AROUND_BYTES ? at - AROUND_BYTES : 0;
  if (start)
    while (start < at && !is_space(text.ptr[start])) start++;
  return capsa_slice_cut(text, start, at);
}

static capsa_slice words_after(capsa_slice text, size_t at) {
  size_t end = text.len - at > AROUND_BYTES ? at + AROUND_BYTES : text.len;
  if (end < text.len)
    while (end > at && !is_space(text.ptr[end - 1])) end--;
  return capsa_slice_cut(text, at, end);
}

static void add_repairs(const capsa_block *block, capsa_arena *arena,
                        remark_list *list) {
  for (size_t i = 0; i < block->emendation_count; i++) {
    const capsa_emendation *e = &block->emendations[i];
    capsa_remark *remark = CAPSA_LIST_ADD(arena, list);
    if (!remark) return;
    *remark = (capsa_remark){.kind = CAPSA_REMARK_REPAIR,
                             .line = block->line,
                             .block = block->number,
                             .turn = block->turn,
                             .code = e->rule,
                             .action = "the text reads so now; what was "
                                       "printed is kept beside it",
                             .text = e->corrected,
                             .original = e->original,
                             .confidence = e->confidence,
                             .in_label = e->in_label};
    if (e->in_label) continue;
    remark->before = words_before(block->text, e->at.start_byte);
    remark->after = words_after(block->text, e->at.end_byte);
  }
}

capsa_status capsa_document_remarks(const capsa_document *document,
                                    capsa_arena *arena, capsa_remarks *out) {
  remark_list list = {0};
  capsa_remarks remarks = {0};
  for (int kind = 0; kind < CAPSA_REMARK_KIND_COUNT; kind++) {
    size_t before = list.count;
    for (size_t i = 0; kind == CAPSA_REMARK_REPAIR && i < document->block_count;
         i++)
      add_repairs(&document->blocks[i], arena, &list);
    add_diagnostics(document, (capsa_remark_kind)kind, arena, &list);
    remarks.counts[kind] = list.count - before;
  }
  if (capsa_arena_failed(arena)) return CAPSA_ENOMEM;
  remarks.items = list.items;
  remarks.count = list.count;
  *out = remarks;
  return CAPSA_OK;
}

static void put_remark(capsa_json *json, const capsa_remark *remark) {
  capsa_json_open(json, '{');
  capsa_json_member(json, "kind",
                    capsa_slice_of(capsa_remark_kind_name(remark->kind)));
  capsa_json_member_number(json, "line", remark->line);
  capsa_json_member_number(json, "block", remark->block);
  capsa_json_member_number(json, "turn", remark->turn);
  capsa_json_member(json, "code", capsa_slice_of(remark->code));
  capsa_json_member(json, "action", capsa_slice_of(remark->action));
  capsa_json_member(json, "text", remark->text);
  if (remark->kind == CAPSA_REMARK_REPAIR) {
    capsa_json_key(json, "original");
    capsa_json_text(json, remark->original);
  }
  capsa_json_member(json, "before", remark->before);
  capsa_json_member(json, "after", remark->after);
  capsa_json_member_number(json, "confidence", (uint64_t)remark->confidence);
  capsa_json_close(json, '}');
}

capsa_status capsa_remarks_to_json(const capsa_remarks *remarks,
                                   capsa_arena *arena, capsa_slice *out) {
  capsa_buf buf = {0};
  capsa_json json = {.buf = &buf};
  capsa_json_open(&json, '[');
  for (size_t i = 0; i < remarks->count; i++)
    put_remark(&json, &remarks->items[i]);
  capsa_json_close(&json, ']');
  return capsa_buf_take(&buf, arena, out);
}
