/* json.c -- a document as JSON. Offsets are code points of the block's text. */
#include "base/json.h"

#include "base/slice.h"
#include "capsa/document.h"
#include "document/writers/html_writer.h"
#include "text/scripts.h"

/* Offsets of one block come in rising order: counting goes on from the last. */
typedef struct counter {
  capsa_slice text;
  size_t byte, code_point;
} counter;

static size_t count_to(counter *c, size_t byte) {
  if (byte < c->byte) *c = (counter){.text = c->text};
  c->code_point += capsa_offset_convert(capsa_slice_cut(c->text, c->byte, byte),
                                        byte - c->byte, CAPSA_UNIT_BYTE,
                                        CAPSA_UNIT_CODE_POINT);
  c->byte = byte;
  return c->code_point;
}

static void put_range(capsa_json *json, counter *c, capsa_range at) {
  capsa_json_key(json, "start");
  capsa_json_number(json, count_to(c, at.start_byte));
  counter end = *c;
  capsa_json_key(json, "end");
  capsa_json_number(json, count_to(&end, at.end_byte));
}

static void put_spans(capsa_json *json, const capsa_block *block) {
  if (!block->span_count) return;
  counter c = {.text = block->text};
  capsa_json_key(json, "spans");
  capsa_json_open(json, '[');
  for (size_t i = 0; i < block->span_count; i++) {
    const capsa_span *span = &block->spans[i];
    capsa_json_open(json, '{');
    capsa_json_member(json, "kind",
                      capsa_slice_of(capsa_span_kind_name(span->kind)));
    put_range(json, &c, span->at);
    capsa_json_key(json, "text");
    capsa_json_text(json, span->mark.len ? span->mark
                                         : capsa_slice_cut(block->text,
                                                           span->at.start_byte,
                                                           span->at.end_byte));
    capsa_json_member(json, "target", span->target);
    capsa_json_member_number(json, "block", span->block);
    capsa_json_close(json, '}');
  }
  capsa_json_close(json, ']');
}

static void put_emendations(capsa_json *json, const capsa_block *block) {
  if (!block->emendation_count) return;
  counter c = {.text = block->text};
  capsa_json_key(json, "emendations");
  capsa_json_open(json, '[');
  for (size_t i = 0; i < block->emendation_count; i++) {
    const capsa_emendation *e = &block->emendations[i];
    capsa_json_open(json, '{');
    put_range(json, &c, e->at);
    capsa_json_key(json, "original");
    capsa_json_text(json, e->original);
    capsa_json_key(json, "corrected");
    capsa_json_text(json, e->corrected);
    capsa_json_member(json, "rule", capsa_slice_of(e->rule));
    capsa_json_key(json, "confidence");
    capsa_json_number(json, (uint64_t)e->confidence);
    if (e->in_label) {
      capsa_json_key(json, "in_label");
      capsa_json_bool(json, true);
    }
    capsa_json_close(json, '}');
  }
  capsa_json_close(json, ']');
}

static capsa_slice speaker_name(const capsa_document *document,
                                const capsa_block *block) {
  if (!block->speaker) return (capsa_slice){0};
  return document->speakers[block->speaker - 1].name;
}

static void put_block(capsa_json *json, const capsa_document *document,
                      const capsa_block *block) {
  capsa_json_open(json, '{');
  capsa_json_member_number(json, "number", block->number);
  capsa_json_member_number(json, "turn", block->turn);
  capsa_json_member(json, "kind",
                    capsa_slice_of(capsa_block_kind_name(block->kind)));
  capsa_json_member_number(json, "level", block->level);
  capsa_json_member(json, "speaker", speaker_name(document, block));
  capsa_json_member(json, "label", block->label);
  capsa_json_member(json, "marker", block->marker);
  capsa_json_member_number(json, "reference", block->reference);
  capsa_json_member(json, "language", block->language);
  capsa_json_member(json, "target", block->target);
  capsa_json_key(json, "text");
  capsa_json_text(json, block->text);
  put_spans(json, block);
  put_emendations(json, block);
  capsa_json_close(json, '}');
}

static void put_locator(capsa_json *json, const capsa_locator *locator) {
  const struct {
    const char *key;
    capsa_slice value;
  } parts[] = {
      {"fond", locator->fond},   {"opis", locator->opis},
      {"delo", locator->delo},   {"leaves", locator->leaves},
      {"group", locator->group}, {"series", locator->series},
      {"box", locator->box},     {"folder", locator->folder},
      {"file", locator->file},   {"text", locator->text},
  };
  bool open = false;
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    if (!parts[i].value.len) continue;
    if (!open) capsa_json_key(json, "locator");
    if (!open) capsa_json_open(json, '{');
    open = true;
    capsa_json_member(json, parts[i].key, parts[i].value);
  }
  if (open) capsa_json_close(json, '}');
}

static void put_texts(capsa_json *json, const char *key,
                      const capsa_slice *texts, size_t count) {
  if (!count) return;
  capsa_json_key(json, key);
  capsa_json_open(json, '[');
  for (size_t i = 0; i < count; i++) capsa_json_text(json, texts[i]);
  capsa_json_close(json, ']');
}

/* `participants` is a list of names; `attendance` says more of them, where the
 * source does. */
static void put_participants(capsa_json *json, const capsa_metadata *meta) {
  bool more = false;
  for (size_t i = 0; i < meta->participant_count; i++) {
    const capsa_participant *participant = &meta->participants[i];
    if (!i) capsa_json_key(json, "participants");
    if (!i) capsa_json_open(json, '[');
    capsa_json_text(json, participant->name);
    more |= participant->office.len || participant->side.len;
  }
  if (meta->participant_count) capsa_json_close(json, ']');
  if (!more) return;
  capsa_json_key(json, "attendance");
  capsa_json_open(json, '[');
  for (size_t i = 0; i < meta->participant_count; i++) {
    const capsa_participant *participant = &meta->participants[i];
    capsa_json_open(json, '{');
    capsa_json_member(json, "name", participant->name);
    capsa_json_member(json, "office", participant->office);
    capsa_json_member(json, "side", participant->side);
    capsa_json_close(json, '}');
  }
  capsa_json_close(json, ']');
}

static void put_metadata(capsa_json *json, const capsa_metadata *meta) {
  capsa_json_key(json, "metadata");
  capsa_json_open(json, '{');
  capsa_json_member(json, "title", meta->title);
  capsa_json_member(json, "date", meta->date);
  capsa_json_member(json, "date_text", meta->date_text);
  capsa_json_member(json, "summary", meta->summary);
  capsa_json_member(json, "citation", meta->citation);
  capsa_json_member(json, "repository", meta->repository);
  capsa_json_member(json, "collection", meta->collection);
  put_locator(json, &meta->locator);
  capsa_json_member(json, "copy", meta->copy);
  capsa_json_member(json, "translator", meta->translator);
  capsa_json_member(json, "translated_from", meta->translated_from);
  capsa_json_member(json, "publication", meta->publication);
  capsa_json_member(json, "support", meta->support);
  capsa_json_member(json, "site", meta->site);
  capsa_json_member(json, "source", meta->source_url);
  capsa_json_member(json, "rights", meta->rights);
  capsa_json_member(json, "language", meta->language);
  if (capsa_language_is_rtl(meta->language))
    capsa_json_member(json, "direction", CAPSA_LITERAL("rtl"));
  capsa_json_member(json, "place", meta->place);
  capsa_json_member(json, "author", meta->author);
  capsa_json_member(json, "genre", meta->genre);
  capsa_json_member(json, "record", meta->record);
  put_participants(json, meta);
  capsa_json_close(json, '}');
}

static void put_speakers(capsa_json *json, const capsa_document *document) {
  capsa_json_key(json, "speakers");
  capsa_json_open(json, '[');
  for (size_t i = 0; i < document->speaker_count; i++) {
    const capsa_speaker *speaker = &document->speakers[i];
    capsa_json_open(json, '{');
    capsa_json_member(json, "name", speaker->name);
    capsa_json_member(json, "office", speaker->office);
    capsa_json_member(json, "key", speaker->key);
    put_texts(json, "labels", speaker->labels, speaker->label_count);
    capsa_json_key(json, "turns");
    capsa_json_number(json, speaker->turns);
    capsa_json_close(json, '}');
  }
  capsa_json_close(json, ']');
}

static void put_diagnostics(capsa_json *json, const capsa_document *document) {
  if (!document->diagnostic_count) return;
  capsa_json_key(json, "diagnostics");
  capsa_json_open(json, '[');
  for (size_t i = 0; i < document->diagnostic_count; i++) {
    const capsa_diagnostic *d = &document->diagnostics[i];
    capsa_json_open(json, '{');
    capsa_json_member(json, "severity",
                      capsa_slice_of(capsa_severity_name(d->severity)));
    capsa_json_member_number(json, "line", d->line);
    capsa_json_member(json, "code", capsa_slice_of(d->code));
    capsa_json_member(json, "action", capsa_slice_of(d->action));
    capsa_json_member(json, "text", d->text);
    capsa_json_close(json, '}');
  }
  capsa_json_close(json, ']');
}

static bool is_in_outline(const capsa_block *block) {
  return block->kind == CAPSA_BLOCK_HEADING ||
         block->kind == CAPSA_BLOCK_EDITORIAL;
}

static void put_outline(capsa_json *json, const capsa_document *document) {
  capsa_json_key(json, "outline");
  capsa_json_open(json, '[');
  for (size_t i = 0; i < document->block_count; i++) {
    const capsa_block *block = &document->blocks[i];
    if (!is_in_outline(block)) continue;
    capsa_json_open(json, '{');
    capsa_json_member_number(json, "block", block->number);
    capsa_json_member_number(json, "turn", block->turn);
    capsa_json_member_number(json, "level", block->level);
    capsa_json_member(json, "kind",
                      capsa_slice_of(capsa_block_kind_name(block->kind)));
    capsa_json_member(json, "text", block->text);
    capsa_json_close(json, '}');
  }
  capsa_json_close(json, ']');
}

static void put_blocks(capsa_json *json, const capsa_document *document) {
  capsa_json_key(json, "blocks");
  capsa_json_open(json, '[');
  for (size_t i = 0; i < document->block_count; i++)
    put_block(json, document, &document->blocks[i]);
  capsa_json_close(json, ']');
}

capsa_status capsa_document_to_json(const capsa_document *document, bool head,
                                    capsa_arena *arena, capsa_slice *out) {
  capsa_buf buf = {0};
  capsa_json json = {.buf = &buf};
  capsa_json_open(&json, '{');
  capsa_json_member(&json, "format",
                    capsa_slice_of(capsa_format_name(document->format)));
  put_metadata(&json, &document->metadata);
  put_speakers(&json, document);
  if (head) put_outline(&json, document);
  else {
    put_blocks(&json, document);
    put_diagnostics(&json, document);
  }
  capsa_json_member(&json, "text_digest", document->edition);
  capsa_json_close(&json, '}');
  return capsa_buf_take(&buf, arena, out);
}
