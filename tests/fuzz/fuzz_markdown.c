/* fuzz_markdown.c -- any bytes, as Markdown and as plain text: what is read can
 * be written as Markdown, and reading that gives the same document, which
 * gives the same Markdown again. */
#include <string.h>

#include "capsa/capsa.h"
#include "fuzz.h"

static bool is_same(capsa_slice a, capsa_slice b) {
  return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len));
}

/* Without `format` and `diagnostics`, which need not survive. */
static capsa_slice json_of(capsa_document document, capsa_arena *arena) {
  capsa_slice json = {0};
  document.format = CAPSA_FORMAT_MARKDOWN;
  document.diagnostic_count = 0;
  MUST(!capsa_document_to_json(&document, false, arena, &json));
  return json;
}

static void round_trip(capsa_slice bytes, capsa_format format,
                       capsa_arena *arena) {
  capsa_source source = {.bytes = bytes, .format = format};
  capsa_document document, again;
  capsa_slice written, rewritten;
  if (capsa_document_parse(&source, arena, &document)) return;
  MUST(!capsa_document_to_markdown(&document, arena, &written));
  source = (capsa_source){.bytes = written, .format = CAPSA_FORMAT_MARKDOWN};
  MUST(!capsa_document_parse(&source, arena, &again));
  MUST(is_same(json_of(document, arena), json_of(again, arena)));
  MUST(!capsa_document_to_markdown(&again, arena, &rewritten));
  MUST(is_same(written, rewritten));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  capsa_slice bytes = {(const char *)data, size};
  static const capsa_format formats[] = {
      CAPSA_FORMAT_MARKDOWN, CAPSA_FORMAT_ARCHIVE, CAPSA_FORMAT_HTML};
  capsa_arena *arena = capsa_arena_new();
  for (int i = 0; i < 3; i++) {
    round_trip(bytes, formats[i], arena);
    capsa_arena_reset(arena);
  }
  capsa_arena_free(arena);
  return 0;
}
