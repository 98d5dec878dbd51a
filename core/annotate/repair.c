/* repair.c -- list the repairs of a document; undo and redo them. */
#include "capsa/repair.h"

#include "annotate/revise.h"
#include "base/json.h"
#include "base/slice.h"
#include "document/undone.h"
#include "store/rows.h"

typedef CAPSA_LIST(capsa_repair) repair_list;
typedef CAPSA_LIST(capsa_undone) undone_list;

/* ---- list */

static void add_made(const capsa_remark *made, capsa_arena *arena,
                     repair_list *out) {
  capsa_repair *repair = CAPSA_LIST_ADD(arena, out);
  if (repair)
    *repair = (capsa_repair){.number = (uint32_t)out->count,
                             .rule = capsa_slice_of(made->code),
                             .original = made->original,
                             .corrected = made->text,
                             .before = made->before,
                             .after = made->after,
                             .block = made->block,
                             .turn = made->turn,
                             .confidence = made->confidence};
}

static void add_undone(const capsa_undone *undone, capsa_arena *arena,
                       repair_list *out) {
  capsa_repair *repair = CAPSA_LIST_ADD(arena, out);
  if (repair)
    *repair = (capsa_repair){.number = (uint32_t)out->count,
                             .rule = undone->rule,
                             .original = undone->original,
                             .corrected = undone->corrected,
                             .undone = true};
}

/* One moment for both: another process may change the file meanwhile. */
capsa_status capsa_repairs_list(capsa_library *library, capsa_slice name,
                                capsa_arena *arena, capsa_repairs *out) {
  repair_list list = {0};
  capsa_entry entry;
  capsa_document document;
  capsa_source source;
  capsa_remarks remarks;
  capsa_status st = capsa_db_exec(library->db, "SAVEPOINT repairs");
  if (st) return st;
  st = capsa_library_find(library, name, arena, &entry);
  if (!st) st = capsa_rows_read(library->db, entry.id, arena, &document);
  if (!st) st = capsa_rows_read_source(library->db, entry.id, arena, &source);
  capsa_status released = capsa_db_exec(library->db, "RELEASE repairs");
  if (!st) st = released;
  if (!st) st = capsa_document_remarks(&document, arena, &remarks);
  if (st) return st;
  for (size_t i = 0; i < remarks.count; i++)
    if (remarks.items[i].kind == CAPSA_REMARK_REPAIR)
      add_made(&remarks.items[i], arena, &list);
  for (size_t i = 0; i < source.undone_count; i++)
    add_undone(&source.undone[i], arena, &list);
  if (capsa_arena_failed(arena)) return CAPSA_ENOMEM;
  *out = (capsa_repairs){list.items, list.count};
  return CAPSA_OK;
}

/* ---- undo and redo: change the list in a source */

typedef struct choice {
  uint32_t number;
  capsa_slice rule;
} choice;

/* Find repair `*number`; where there is none, `*number` is left with how many
 * there are too few. */
static const capsa_block *find_made(const capsa_document *document,
                                    uint32_t *number) {
  for (size_t i = 0; i < document->block_count; i++) {
    const capsa_block *block = &document->blocks[i];
    if (*number <= block->emendation_count) return block;
    *number -= (uint32_t)block->emendation_count;
  }
  return NULL;
}

static bool has_rule(const capsa_document *document, capsa_slice rule) {
  for (size_t i = 0; i < document->block_count; i++)
    for (size_t k = 0; k < document->blocks[i].emendation_count; k++)
      if (capsa_slice_equal(
              capsa_slice_of(document->blocks[i].emendations[k].rule), rule))
        return true;
  return false;
}

static capsa_status undo_number(const capsa_document *document, uint32_t number,
                                const capsa_source *source, capsa_arena *arena,
                                capsa_undone *out) {
  const capsa_block *block = find_made(document, &number);
  if (!block) return CAPSA_EINVAL;
  return capsa_undone_of(document, block, number - 1, source->undone,
                         source->undone_count, arena, out);
}

static capsa_status undo(void *context, const capsa_document *old,
                         capsa_source *source, capsa_arena *arena) {
  const choice *chosen = context;
  undone_list list = {0};
  for (size_t i = 0; i < source->undone_count; i++) {
    capsa_undone *copy = CAPSA_LIST_ADD(arena, &list);
    if (copy) *copy = source->undone[i];
  }
  capsa_undone *more = CAPSA_LIST_ADD(arena, &list);
  if (capsa_arena_failed(arena)) return CAPSA_ENOMEM;
  capsa_status st = CAPSA_OK;
  if (chosen->number)
    st = undo_number(old, chosen->number, source, arena, more);
  else if (has_rule(old, chosen->rule))
    *more = (capsa_undone){.rule = chosen->rule, .nth = 1};
  else st = CAPSA_EINVAL;
  source->undone = list.items;
  source->undone_count = list.count;
  return st;
}

static capsa_status redo(void *context, const capsa_document *old,
                         capsa_source *source, capsa_arena *arena) {
  const choice *chosen = context;
  undone_list list = {0};
  uint32_t made = 0;
  for (size_t i = 0; i < old->block_count; i++)
    made += (uint32_t)old->blocks[i].emendation_count;
  for (size_t i = 0; i < source->undone_count; i++) {
    const capsa_undone *undone = &source->undone[i];
    if (chosen->number ? made + i + 1 == chosen->number
                       : capsa_slice_equal(undone->rule, chosen->rule))
      continue;
    capsa_undone *copy = CAPSA_LIST_ADD(arena, &list);
    if (copy) *copy = *undone;
  }
  if (capsa_arena_failed(arena)) return CAPSA_ENOMEM;
  if (list.count == source->undone_count) return CAPSA_EINVAL;
  source->undone = list.items;
  source->undone_count = list.count;
  return CAPSA_OK;
}

capsa_status capsa_repairs_undo(capsa_library *library, capsa_slice name,
                                uint32_t number, capsa_slice rule,
                                capsa_arena *arena, capsa_revision *out) {
  choice chosen = {number, rule};
  return capsa_revise(library, name, undo, &chosen, arena, out);
}

capsa_status capsa_repairs_redo(capsa_library *library, capsa_slice name,
                                uint32_t number, capsa_slice rule,
                                capsa_arena *arena, capsa_revision *out) {
  choice chosen = {number, rule};
  return capsa_revise(library, name, redo, &chosen, arena, out);
}

/* ---- JSON */

static void put_repair(capsa_json *json, const capsa_repair *repair) {
  capsa_json_open(json, '{');
  capsa_json_member_number(json, "number", repair->number);
  capsa_json_member(json, "rule", repair->rule);
  capsa_json_member(json, "original", repair->original);
  capsa_json_member(json, "corrected", repair->corrected);
  capsa_json_member(json, "before", repair->before);
  capsa_json_member(json, "after", repair->after);
  capsa_json_member_number(json, "block", repair->block);
  capsa_json_member_number(json, "turn", repair->turn);
  capsa_json_member_number(json, "confidence", (uint64_t)repair->confidence);
  if (repair->undone) {
    capsa_json_key(json, "undone");
    capsa_json_bool(json, true);
  }
  capsa_json_close(json, '}');
}

capsa_status capsa_repairs_to_json(const capsa_repairs *repairs,
                                   capsa_arena *arena, capsa_slice *out) {
  capsa_buf buf = {0};
  capsa_json json = {.buf = &buf};
  capsa_json_open(&json, '[');
  for (size_t i = 0; i < repairs->count; i++)
    put_repair(&json, &repairs->items[i]);
  capsa_json_close(&json, ']');
  return capsa_buf_take(&buf, arena, out);
}
