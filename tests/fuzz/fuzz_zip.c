/* fuzz_zip.c -- any bytes as a zip: what is unpacked stays within the limits
 * and what was announced, and every part is a record or says why not. */
#include <string.h>

#include "capsa/capsa.h"
#include "document/formats/zip/zip.h"
#include "fuzz.h"

static void check_member(capsa_zip *zip, const capsa_zip_member *member,
                         capsa_arena *arena) {
  char head[CAPSA_ZIP_HEAD_BYTES];
  capsa_slice content = {0};
  capsa_zip_head(zip, member, head, &content);
  MUST(content.len <= CAPSA_ZIP_HEAD_BYTES);
  MUST(!member->status == !member->problem);
  if (capsa_zip_read(zip, member, arena, &content)) return;
  MUST(content.len == member->len);
  MUST(zip->unpacked <= CAPSA_ZIP_BYTES_MAX);
  MUST(capsa_zip_name_is_safe(member->path));
  const capsa_zip_member *found = capsa_zip_find(zip, member->path);
  MUST(found && !memcmp(found->path.ptr, member->path.ptr, member->path.len));
}

static void check_parts(capsa_slice bytes, capsa_arena *arena) {
  capsa_source source = {.bytes = bytes};
  capsa_parts parts;
  capsa_document document;
  MUST(!capsa_source_parts(&source, arena, &parts));
  for (size_t i = 0; i < parts.count; i++) {
    const capsa_part *part = &parts.items[i];
    MUST(!part->status == !part->words);
    if (part->status) continue;
    capsa_status st = capsa_document_parse(&part->source, arena, &document);
    if (st) MUST(capsa_source_problem(part->source.bytes, st));
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  capsa_slice bytes = {(const char *)data, size};
  capsa_arena *arena = capsa_arena_new();
  capsa_zip zip;
  (void)capsa_zip_holds(bytes, "a");
  (void)capsa_source_kind(bytes);
  if (!capsa_zip_open(bytes, arena, &zip))
    for (size_t i = 0; i < zip.count; i++)
      check_member(&zip, &zip.members[i], arena);
  check_parts(bytes, arena);
  capsa_arena_free(arena);
  return 0;
}
