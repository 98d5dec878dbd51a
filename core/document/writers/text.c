/* text.c -- a document as plain text for people: title, then the blocks with
 * the labels as printed. */
#include "base/buf.h"
#include "base/slice.h"
#include "capsa/document.h"

static void put_block(capsa_buf *out, const capsa_block *block) {
  if (block->kind == CAPSA_BLOCK_LIST) {
    for (uint32_t i = 1; i < block->level; i++) capsa_buf_puts(out, "  ");
    if (block->marker.len) {
      capsa_buf_put(out, block->marker);
      capsa_buf_putc(out, ' ');
    } else capsa_buf_puts(out, "  ");
  }
  if (block->label.len) {
    capsa_buf_put(out, block->label);
    capsa_buf_puts(out, block->kind == CAPSA_BLOCK_NARRATION ? " " : ": ");
  }
  if (block->kind == CAPSA_BLOCK_RULE) capsa_buf_puts(out, "* * *");
  capsa_buf_put(out, block->text);
  capsa_buf_putc(out, '\n');
}

capsa_status capsa_document_to_text(const capsa_document *document,
                                    capsa_arena *arena, capsa_slice *out) {
  capsa_buf buf = {0};
  bool titled =
      document->block_count &&
      document->blocks[0].kind == CAPSA_BLOCK_HEADING &&
      capsa_slice_equal(document->blocks[0].text, document->metadata.title);
  if (!titled) {
    capsa_buf_put(&buf, document->metadata.title);
    capsa_buf_putc(&buf, '\n');
  }
  for (size_t i = 0; i < document->block_count; i++) {
    if (i || !titled) capsa_buf_putc(&buf, '\n');
    put_block(&buf, &document->blocks[i]);
  }
  return capsa_buf_take(&buf, arena, out);
}
