/* rows_read.c -- a capsa_document out of its rows.
 *
 * The tables are read one after the other in the order of the document, each
 * into one list in the arena. A block's own spans are a stretch of the list of
 * all spans: they are counted while reading and pointed at when the list has
 * stopped growing. The same goes for labels and emendations.
 *
 * The rows may come from a file that is damaged or a stranger's. Whatever the
 * writers and the reader of the result rely on (numbers in sequence, ranges
 * inside their text, known kinds) is checked here, once.
 */
#include "store/rows.h"

#include <stddef.h>

#include "base/arena.h"
#include "base/slice.h"
#include "store/sound.h"

typedef struct reader {
  sqlite3 *db;
  int64_t id;
  capsa_arena *arena;
  capsa_document *document;
  capsa_block *blocks;
  size_t block_count;
  capsa_speaker *speakers;
  size_t speaker_count;
} reader;

static capsa_stmt open_for(const reader *r, const char *sql) {
  capsa_stmt stmt = capsa_stmt_open(r->db, sql);
  capsa_stmt_bind_number(&stmt, r->id);
  return stmt;
}

static void mark_corrupt(capsa_stmt *stmt) {
  if (!stmt->st) stmt->st = CAPSA_ECORRUPT;
}

static void mark_out_of_memory(capsa_stmt *stmt) {
  if (!stmt->st) stmt->st = CAPSA_ENOMEM;
}

/* A number from 0 to `most`; anything else is damage. */
static uint32_t read_count(capsa_stmt *stmt, size_t most) {
  int64_t number = capsa_stmt_number(stmt);
  if (number >= 0 && (uint64_t)number <= most && number <= UINT32_MAX)
    return (uint32_t)number;
  mark_corrupt(stmt);
  return 0;
}

/* Rows of a list are numbered from 1 without a gap. */
static void expect_number(capsa_stmt *stmt, size_t expected) {
  if (read_count(stmt, UINT32_MAX) != expected) mark_corrupt(stmt);
}

static const char *read_string(capsa_stmt *stmt, capsa_arena *arena) {
  const char *string = capsa_arena_string(arena, capsa_stmt_text(stmt, arena));
  if (!string) mark_out_of_memory(stmt);
  return string;
}

/* The name of a rule or a code, which writers put into markup as it is. */
static const char *read_word(capsa_stmt *stmt, capsa_arena *arena) {
  const char *word = read_string(stmt, arena);
  if (word && !capsa_word_is_sound(word)) mark_corrupt(stmt);
  return word;
}

static int read_kind(capsa_stmt *stmt, capsa_arena *arena, int count,
                     const char *(*name)(int)) {
  capsa_slice text = capsa_stmt_text(stmt, arena);
  for (int i = 0; i < count; i++)
    if (capsa_slice_equal(text, capsa_slice_of(name(i)))) return i;
  mark_corrupt(stmt);
  return 0;
}

static const char *block_kind_name(int kind) {
  return capsa_block_kind_name((capsa_block_kind)kind);
}

static const char *span_kind_name(int kind) {
  return capsa_span_kind_name((capsa_span_kind)kind);
}

static const char *severity_name(int severity) {
  return capsa_severity_name((capsa_severity)severity);
}

#define COLUMN(column, member) ", " #column
#define OFFSET(column, member) offsetof(capsa_metadata, member),

static capsa_status read_head(reader *r) {
  static const size_t offsets[] = {CAPSA_METADATA_FIELDS(OFFSET)};
  capsa_document *document = r->document;
  capsa_stmt stmt =
      open_for(r, "SELECT key, edition, format, turns" CAPSA_METADATA_FIELDS(
                      COLUMN) " FROM document WHERE id = ?");
  bool found = capsa_stmt_next(&stmt);
  if (found) {
    document->key = capsa_stmt_text(&stmt, r->arena);
    document->edition = capsa_stmt_text(&stmt, r->arena);
    document->format = capsa_format_find(capsa_stmt_text(&stmt, r->arena));
    document->turns = read_count(&stmt, UINT32_MAX);
    if (document->format == CAPSA_FORMAT_COUNT) mark_corrupt(&stmt);
    for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++) {
      char *field = (char *)&document->metadata + offsets[i];
      *(capsa_slice *)(void *)field = capsa_stmt_text(&stmt, r->arena);
    }
  }
  capsa_status st = capsa_stmt_close(&stmt);
  return !st && !found ? CAPSA_ENOTFOUND : st;
}

static capsa_status read_participants(reader *r) {
  CAPSA_LIST(capsa_participant) names = {0};
  capsa_stmt stmt = open_for(r, "SELECT name, office, side FROM participant"
                                " WHERE document_id = ? ORDER BY number");
  while (capsa_stmt_next(&stmt)) {
    capsa_participant *participant = CAPSA_LIST_ADD(r->arena, &names);
    if (!participant) {
      mark_out_of_memory(&stmt);
      break;
    }
    participant->name = capsa_stmt_text(&stmt, r->arena);
    participant->office = capsa_stmt_text(&stmt, r->arena);
    participant->side = capsa_stmt_text(&stmt, r->arena);
  }
  r->document->metadata.participants = names.items;
  r->document->metadata.participant_count = names.count;
  return capsa_stmt_close(&stmt);
}

static capsa_status read_speakers(reader *r) {
  CAPSA_LIST(capsa_speaker) speakers = {0};
  capsa_stmt stmt =
      open_for(r, "SELECT number, name, turns, office, name_key FROM speaker"
                  " WHERE document_id = ? ORDER BY number");
  while (capsa_stmt_next(&stmt)) {
    capsa_speaker *speaker = CAPSA_LIST_ADD(r->arena, &speakers);
    if (!speaker) {
      mark_out_of_memory(&stmt);
      break;
    }
    expect_number(&stmt, speakers.count);
    speaker->name = capsa_stmt_text(&stmt, r->arena);
    speaker->turns = read_count(&stmt, UINT32_MAX);
    speaker->office = capsa_stmt_text(&stmt, r->arena);
    speaker->key = capsa_stmt_text(&stmt, r->arena);
  }
  r->document->speakers = r->speakers = speakers.items;
  r->document->speaker_count = r->speaker_count = speakers.count;
  return capsa_stmt_close(&stmt);
}

static capsa_status read_labels(reader *r) {
  CAPSA_LIST(capsa_slice) labels = {0};
  capsa_stmt stmt =
      open_for(r, "SELECT speaker, text FROM label WHERE document_id = ?"
                  " ORDER BY speaker, number");
  while (capsa_stmt_next(&stmt)) {
    uint32_t speaker = read_count(&stmt, r->speaker_count);
    if (!speaker) mark_corrupt(&stmt);
    else r->speakers[speaker - 1].label_count++;
    capsa_slice *label = CAPSA_LIST_ADD(r->arena, &labels);
    if (label) *label = capsa_stmt_text(&stmt, r->arena);
    else mark_out_of_memory(&stmt);
  }
  capsa_status st = capsa_stmt_close(&stmt);
  if (st) return st;
  const capsa_slice *next = labels.items;
  for (size_t i = 0; i < r->speaker_count; i++) {
    r->speakers[i].labels = r->speakers[i].label_count ? next : NULL;
    if (next) next += r->speakers[i].label_count;
  }
  return CAPSA_OK;
}

static void read_block(reader *r, capsa_stmt *stmt, capsa_block *block,
                       capsa_buf *text) {
  block->number = read_count(stmt, UINT32_MAX);
  block->turn = read_count(stmt, UINT32_MAX);
  block->kind = (capsa_block_kind)read_kind(
      stmt, r->arena, CAPSA_BLOCK_KIND_COUNT, block_kind_name);
  block->level = read_count(stmt, CAPSA_LEVEL_MAX);
  block->speaker = read_count(stmt, r->speaker_count);
  block->label = capsa_stmt_text(stmt, r->arena);
  block->marker = capsa_stmt_text(stmt, r->arena);
  block->reference = read_count(stmt, UINT32_MAX);
  block->language = capsa_stmt_text(stmt, r->arena);
  block->target = capsa_stmt_text(stmt, r->arena);
  block->start_byte = text->len;
  capsa_stmt_put(stmt, text);
  block->text.len = text->len - block->start_byte;
}

/* The blocks' texts are views of the canonical text, so they get their
 * pointers when it is whole. */
static capsa_status read_blocks(reader *r) {
  CAPSA_LIST(capsa_block) blocks = {0};
  capsa_buf text = {0};
  capsa_stmt stmt =
      open_for(r, "SELECT number, turn, kind, level, speaker, label, marker,"
                  " reference, language, target, text FROM block WHERE "
                  "document_id = ? ORDER BY number");
  while (capsa_stmt_next(&stmt)) {
    if (blocks.count) capsa_buf_putc(&text, '\n');
    capsa_block *block = CAPSA_LIST_ADD(r->arena, &blocks);
    if (block) read_block(r, &stmt, block, &text);
    else mark_out_of_memory(&stmt);
    if (block && block->number != blocks.count) mark_corrupt(&stmt);
  }
  capsa_status st = capsa_stmt_close(&stmt);
  capsa_status taken = capsa_buf_take(&text, r->arena, &r->document->text);
  if (st || taken) return st ? st : taken;
  for (size_t i = 0; i < blocks.count; i++) {
    capsa_block *block = &blocks.items[i];
    if (block->reference > blocks.count) return CAPSA_ECORRUPT;
    block->text = capsa_slice_cut(r->document->text, block->start_byte,
                                  block->start_byte + block->text.len);
  }
  r->document->blocks = r->blocks = blocks.items;
  r->document->block_count = r->block_count = blocks.count;
  return CAPSA_OK;
}

/* The block that a row belongs to, and its range there; NULL for damage. */
static capsa_block *read_place(reader *r, capsa_stmt *stmt, capsa_range *at) {
  uint32_t number = read_count(stmt, r->block_count);
  if (!number) {
    mark_corrupt(stmt);
    return NULL;
  }
  capsa_block *block = &r->blocks[number - 1];
  at->start_byte = read_count(stmt, block->text.len);
  at->end_byte = read_count(stmt, block->text.len);
  if (at->start_byte <= at->end_byte) return block;
  mark_corrupt(stmt);
  return NULL;
}

static capsa_status read_spans(reader *r) {
  CAPSA_LIST(capsa_span) spans = {0};
  capsa_stmt stmt =
      open_for(r, "SELECT block, start_byte, end_byte, kind, target, mark,"
                  " footnote FROM span"
                  " WHERE document_id = ? ORDER BY block, number");
  while (capsa_stmt_next(&stmt)) {
    capsa_range at = {0};
    capsa_block *block = read_place(r, &stmt, &at);
    capsa_span *span = CAPSA_LIST_ADD(r->arena, &spans);
    if (!span) mark_out_of_memory(&stmt);
    if (!span || !block) break;
    block->span_count++;
    span->at = at;
    span->kind = (capsa_span_kind)read_kind(
        &stmt, r->arena, CAPSA_SPAN_KIND_COUNT, span_kind_name);
    span->target = capsa_stmt_text(&stmt, r->arena);
    span->mark = capsa_stmt_text(&stmt, r->arena);
    span->block = read_count(&stmt, r->block_count);
    if (span->kind == CAPSA_SPAN_LINK && !capsa_address_is_sound(span->target))
      mark_corrupt(&stmt);
  }
  capsa_status st = capsa_stmt_close(&stmt);
  if (st) return st;
  const capsa_span *next = spans.items;
  for (size_t i = 0; i < r->block_count; i++) {
    r->blocks[i].spans = r->blocks[i].span_count ? next : NULL;
    if (next) next += r->blocks[i].span_count;
  }
  return CAPSA_OK;
}

static capsa_status read_emendations(reader *r) {
  CAPSA_LIST(capsa_emendation) emendations = {0};
  capsa_stmt stmt =
      open_for(r, "SELECT block, start_byte, end_byte, original, corrected,"
                  " rule, confidence, in_label FROM emendation"
                  " WHERE document_id = ? ORDER BY block, number");
  while (capsa_stmt_next(&stmt)) {
    capsa_range at = {0};
    capsa_block *block = read_place(r, &stmt, &at);
    capsa_emendation *emendation = CAPSA_LIST_ADD(r->arena, &emendations);
    if (!emendation) mark_out_of_memory(&stmt);
    if (!emendation || !block) break;
    block->emendation_count++;
    emendation->at = at;
    emendation->original = capsa_stmt_text(&stmt, r->arena);
    emendation->corrected = capsa_stmt_text(&stmt, r->arena);
    emendation->rule = read_word(&stmt, r->arena);
    emendation->confidence = (int)read_count(&stmt, 100);
    emendation->in_label = read_count(&stmt, 1);
  }
  capsa_status st = capsa_stmt_close(&stmt);
  if (st) return st;
  const capsa_emendation *next = emendations.items;
  for (size_t i = 0; i < r->block_count; i++) {
    r->blocks[i].emendations = r->blocks[i].emendation_count ? next : NULL;
    if (next) next += r->blocks[i].emendation_count;
  }
  return CAPSA_OK;
}

static capsa_status read_diagnostics(reader *r) {
  CAPSA_LIST(capsa_diagnostic) diagnostics = {0};
  capsa_stmt stmt =
      open_for(r, "SELECT severity, line, code, action, text FROM diagnostic"
                  " WHERE document_id = ? ORDER BY number");
  while (capsa_stmt_next(&stmt)) {
    capsa_diagnostic *diagnostic = CAPSA_LIST_ADD(r->arena, &diagnostics);
    if (!diagnostic) {
      mark_out_of_memory(&stmt);
      break;
    }
    diagnostic->severity = (capsa_severity)read_kind(
        &stmt, r->arena, CAPSA_SEVERITY_COUNT, severity_name);
    diagnostic->line = read_count(&stmt, UINT32_MAX);
    diagnostic->code = read_word(&stmt, r->arena);
    diagnostic->action = read_string(&stmt, r->arena);
    diagnostic->text = capsa_stmt_text(&stmt, r->arena);
  }
  r->document->diagnostics = diagnostics.items;
  r->document->diagnostic_count = diagnostics.count;
  return capsa_stmt_close(&stmt);
}

capsa_status capsa_rows_read(sqlite3 *db, int64_t id, capsa_arena *arena,
                             capsa_document *out) {
  capsa_document document = {0};
  reader r = {.db = db, .id = id, .arena = arena, .document = &document};
  capsa_status st = read_head(&r);
  if (!st) st = read_participants(&r);
  if (!st) st = read_speakers(&r);
  if (!st) st = read_labels(&r);
  if (!st) st = read_blocks(&r);
  if (!st) st = read_spans(&r);
  if (!st) st = read_emendations(&r);
  if (!st) st = read_diagnostics(&r);
  if (!st) *out = document;
  return st;
}
