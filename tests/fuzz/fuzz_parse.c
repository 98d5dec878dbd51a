/* fuzz_parse.c -- any bytes, as every format: the parser survives them, what it
 * makes keeps the promises of document.h, and the writers keep theirs. */
#include <stdlib.h>
#include <string.h>

#include "capsa/capsa.h"
#include "fuzz.h"
#include "sqlite3.h"

static bool is_boundary(capsa_slice text, size_t at) {
  return at == text.len ||
         (at < text.len && ((unsigned char)text.ptr[at] & 0xc0) != 0x80);
}

static void check_range(capsa_slice text, capsa_range at) {
  MUST(at.start_byte <= at.end_byte && at.end_byte <= text.len);
  MUST(is_boundary(text, at.start_byte) && is_boundary(text, at.end_byte));
}

static void check_block(const capsa_document *document, size_t i) {
  const capsa_block *block = &document->blocks[i];
  MUST(block->number == i + 1);
  MUST(block->kind < CAPSA_BLOCK_KIND_COUNT);
  MUST(block->speaker <= document->speaker_count);
  MUST(block->turn <= document->turns);
  MUST(block->start_byte + block->text.len <= document->text.len);
  MUST(!block->text.len || !memcmp(document->text.ptr + block->start_byte,
                                   block->text.ptr, block->text.len));
  for (size_t k = 0; k < block->span_count; k++)
    check_range(block->text, block->spans[k].at);
  for (size_t k = 0; k < block->emendation_count; k++)
    check_range(block->text, block->emendations[k].at);
}

/* By SQLite, which knows nothing of our writer. */
static void check_json(capsa_slice json) {
  static sqlite3_stmt *valid;
  if (!valid) {
    sqlite3 *db = NULL;
    MUST(!sqlite3_open(":memory:", &db));
    MUST(!sqlite3_prepare_v2(db, "SELECT json_valid(?1)", -1, &valid, NULL));
  }
  sqlite3_bind_text(valid, 1, json.ptr, (int)json.len, SQLITE_STATIC);
  MUST(sqlite3_step(valid) == SQLITE_ROW && sqlite3_column_int(valid, 0) == 1);
  sqlite3_reset(valid);
}

static void parse(capsa_slice bytes, capsa_format format, capsa_arena *arena) {
  capsa_source source = {.bytes = bytes, .format = format};
  capsa_document document;
  capsa_status st = capsa_document_parse(&source, arena, &document);
  MUST(st == CAPSA_OK || st == CAPSA_EEMPTY || st == CAPSA_EBINARY ||
       st == CAPSA_ENORECORD || st == CAPSA_EMARKUP || st == CAPSA_EINVAL ||
       st == CAPSA_EDAMAGED || st == CAPSA_ELOCKED || st == CAPSA_ETOOBIG);
  if (st) return;

  for (size_t i = 0; i < document.block_count; i++) check_block(&document, i);
  capsa_slice out;
  MUST(!capsa_document_to_json(&document, false, arena, &out));
  check_json(out);
  MUST(!capsa_document_to_json(&document, true, arena, &out));
  check_json(out);
  MUST(!capsa_document_to_html(&document, arena, &out));
  MUST(!capsa_document_to_text(&document, arena, &out));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  capsa_slice bytes = {(const char *)data, size};
  capsa_arena *arena = capsa_arena_new();
  for (int format = 0; format < CAPSA_FORMAT_COUNT; format++) {
    parse(bytes, (capsa_format)format, arena);
    capsa_arena_reset(arena);
  }
  capsa_arena_free(arena);
  return 0;
}
