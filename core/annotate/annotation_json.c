#include "base/json.h"
#include "capsa/annotation.h"

/** "exact", "moved", "orphan". */
static const char *anchor_name(capsa_anchor anchor) {
  static const char *const names[] = {"exact", "moved", "orphan"};
  return names[anchor];
}

static void put_number(capsa_json *json, const char *key, size_t number) {
  capsa_json_key(json, key);
  capsa_json_number(json, number);
}

static void put_place(capsa_json *json, const capsa_annotation *item) {
  capsa_json_member_number(json, "turn", item->turn);
  capsa_json_member(json, "speaker", item->speaker);
  put_number(json, "startBlock", item->start.block);
  put_number(json, "startUtf16", item->start_utf16);
  put_number(json, "endBlock", item->end.block);
  put_number(json, "endUtf16", item->end_utf16);
}

static void put_annotation(capsa_json *json, const capsa_annotation *item) {
  capsa_json_open(json, '{');
  capsa_json_member(json, "id", item->id);
  capsa_json_member(json, "document", item->document);
  capsa_json_member(json, "title", item->title);
  capsa_json_member(json, "edition", item->edition);
  put_number(json, "colour", item->colour);
  capsa_json_member(json, "note", item->note);
  capsa_json_member(json, "created", item->created);
  capsa_json_member(json, "modified", item->modified);
  capsa_json_member(json, "anchor", capsa_slice_of(anchor_name(item->anchor)));
  capsa_json_member(json, "quote", item->quote);
  capsa_json_member(json, "prefix", item->prefix);
  capsa_json_member(json, "suffix", item->suffix);
  put_number(json, "start", item->start_code_point);
  put_number(json, "end", item->end_code_point);
  if (item->anchor != CAPSA_ANCHOR_ORPHAN) put_place(json, item);
  capsa_json_close(json, '}');
}

capsa_status capsa_annotations_to_json(const capsa_annotations *annotations,
                                       capsa_arena *arena, capsa_slice *out) {
  capsa_buf buf = {0};
  capsa_json json = {.buf = &buf};
  capsa_json_open(&json, '[');
  for (size_t i = 0; i < annotations->count; i++)
    put_annotation(&json, &annotations->items[i]);
  capsa_json_close(&json, ']');
  return capsa_buf_take(&buf, arena, out);
}
