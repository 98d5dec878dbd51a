/* fuzz_tei.c -- any bytes, read as TEI and as what else can become TEI: what is
 * written is read back as it was, and written again the same. */
#include <string.h>

#include "capsa/capsa.h"
#include "fuzz.h"

static bool same(capsa_slice a, capsa_slice b) {
  return capsa_slice_equal(a, b);
}

/* Has it signs that XML has no room for, which come back as others? */
static bool is_exact(capsa_slice text) {
  for (size_t i = 0; i < text.len; i++)
    if (text.ptr[i] == '\f' || text.ptr[i] == 0x7F ||
        (i + 2 < text.len && !memcmp(text.ptr + i, "\xEF\xBF", 2)))
      return false;
  return true;
}

static void check_span(capsa_slice text, capsa_range at) {
  MUST(at.start_byte <= at.end_byte && at.end_byte <= text.len);
  MUST(at.start_byte == text.len ||
       ((unsigned char)text.ptr[at.start_byte] & 0xC0) != 0x80);
  MUST(at.end_byte == text.len ||
       ((unsigned char)text.ptr[at.end_byte] & 0xC0) != 0x80);
}

static void check_block(const capsa_document *document,
                        const capsa_block *block) {
  MUST(block->kind < CAPSA_BLOCK_KIND_COUNT);
  MUST(block->speaker <= document->speaker_count);
  MUST(block->turn <= document->turns);
  for (size_t i = 0; i < block->span_count; i++)
    check_span(block->text, block->spans[i].at);
  for (size_t i = 0; i < block->emendation_count; i++)
    check_span(block->text, block->emendations[i].at);
}

static void compare(const capsa_document *a, const capsa_document *b) {
  MUST(a->block_count == b->block_count && a->turns == b->turns);
  MUST(a->speaker_count == b->speaker_count);
  for (size_t i = 0; i < a->block_count; i++) {
    const capsa_block *x = &a->blocks[i], *y = &b->blocks[i];
    MUST(x->kind == y->kind && x->turn == y->turn && x->level == y->level);
    MUST(x->speaker == y->speaker && same(x->label, y->label));
    MUST(same(x->text, y->text) && same(x->marker, y->marker));
    MUST(x->emendation_count == y->emendation_count);
  }
}

static void round_trip(const capsa_document *document) {
  capsa_arena *arena = capsa_arena_new();
  capsa_slice tei, again;
  capsa_document other;
  MUST(!capsa_document_to_tei(document, arena, &tei));
  capsa_source source = {.bytes = tei, .format = CAPSA_FORMAT_TEI};
  MUST(!capsa_document_parse(&source, arena, &other));
  if (is_exact(document->text)) compare(document, &other);
  MUST(!capsa_document_to_tei(&other, arena, &again));
  MUST(same(tei, again));
  capsa_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const capsa_format formats[] = {CAPSA_FORMAT_TEI, CAPSA_FORMAT_ARCHIVE,
                                         CAPSA_FORMAT_MARKDOWN,
                                         CAPSA_FORMAT_HTML};
  capsa_arena *arena = capsa_arena_new();
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
    capsa_source source = {.bytes = {(const char *)data, size},
                           .format = formats[i]};
    capsa_document document;
    if (!capsa_document_parse(&source, arena, &document)) {
      for (size_t k = 0; k < document.block_count; k++)
        check_block(&document, &document.blocks[k]);
      round_trip(&document);
    }
    capsa_arena_reset(arena);
  }
  capsa_arena_free(arena);
  return 0;
}
