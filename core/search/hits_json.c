#include "base/json.h"
#include "base/slice.h"
#include "capsa/search.h"

typedef struct offset_names {
  const char *excerpt_start, *start, *end;
} offset_names;

static void put_offset(capsa_json *json, const char *name, capsa_slice text,
                       size_t byte, capsa_unit unit) {
  capsa_json_key(json, name);
  capsa_json_number(json,
                    capsa_offset_convert(text, byte, CAPSA_UNIT_BYTE, unit));
}

static void put_matches(capsa_json *json, const capsa_hit *hit,
                        const offset_names *names, capsa_unit unit) {
  capsa_json_key(json, "matches");
  capsa_json_open(json, '[');
  for (size_t i = 0; i < hit->match_count; i++) {
    const capsa_range *match = &hit->matches[i];
    capsa_json_open(json, '{');
    put_offset(json, names->start, hit->text, match->start_byte, unit);
    put_offset(json, names->end, hit->text, match->end_byte, unit);
    capsa_json_close(json, '}');
  }
  capsa_json_close(json, ']');
}

/* Four decimals: see search.c. */
static void put_score(capsa_json *json, double score) {
  capsa_buf text = {0};
  capsa_buf_putf(&text, "%.4f", score);
  capsa_json_key(json, "score");
  capsa_json_raw(json, capsa_buf_view(&text));
  if (text.failed) json->buf->failed = true;
  capsa_buf_free(&text);
}

static void put_hit(capsa_json *json, const capsa_hit *hit, capsa_unit unit) {
  static const offset_names points = {"excerpt_start", "start", "end"},
                            units = {"excerptStartUtf16", "startUtf16",
                                     "endUtf16"};
  const offset_names *names = unit == CAPSA_UNIT_UTF16 ? &units : &points;
  const char *kind = hit->block ? capsa_block_kind_name(hit->kind) : "title";
  capsa_json_open(json, '{');
  capsa_json_member(json, "document", hit->document);
  capsa_json_member(json, "title", hit->title);
  capsa_json_key(json, "block");
  capsa_json_number(json, hit->block);
  capsa_json_member_number(json, "turn", hit->turn);
  capsa_json_member(json, "speaker", hit->speaker);
  capsa_json_member(json, "kind", capsa_slice_of(kind));
  capsa_json_key(json, "excerpt");
  capsa_json_text(json, hit->excerpt);
  put_offset(json, names->excerpt_start, hit->text, hit->excerpt_start, unit);
  put_matches(json, hit, names, unit);
  put_score(json, hit->score);
  capsa_json_close(json, '}');
}

capsa_status capsa_hits_to_json(const capsa_hits *hits, capsa_slice query,
                                capsa_unit unit, capsa_arena *arena,
                                capsa_slice *out) {
  capsa_buf buf = {0};
  capsa_json json = {.buf = &buf};
  capsa_json_open(&json, '{');
  capsa_json_key(&json, "query");
  capsa_json_text(&json, query);
  capsa_json_key(&json, "understood");
  capsa_json_text(&json, hits->understood);
  capsa_json_key(&json, "total");
  capsa_json_number(&json, hits->total);
  capsa_json_key(&json, "hits");
  capsa_json_open(&json, '[');
  for (size_t i = 0; i < hits->count; i++)
    put_hit(&json, &hits->items[i], unit);
  capsa_json_close(&json, ']');
  capsa_json_close(&json, '}');
  return capsa_buf_take(&buf, arena, out);
}
