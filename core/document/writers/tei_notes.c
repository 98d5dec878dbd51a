/* tei_notes.c -- footnotes, which TEI would have where they are referred to.
 */
#include "base/slice.h"
#include "document/writers/tei.h"

size_t capsa_tei_notes_start(const capsa_document *document) {
  size_t start = document->block_count;
  while (start && document->blocks[start - 1].kind == CAPSA_BLOCK_FOOTNOTE)
    start--;
  return start;
}

/* Can the note stand where `span` refers to it, and be read back from there?
 */
static bool fits(const capsa_block *note, const capsa_span *span) {
  return note->kind == CAPSA_BLOCK_FOOTNOTE && span->mark.len &&
         capsa_slice_equal(span->target, note->marker);
}

/* The footnotes that a block refers to for the first time follow each other. */
static bool refers_in_order(const capsa_document *document,
                            const capsa_block *block, size_t start,
                            uint32_t *last) {
  bool first = true;
  for (size_t k = 0; k < block->span_count; k++) {
    const capsa_span *span = &block->spans[k];
    if (span->kind != CAPSA_SPAN_FOOTNOTE_REF || span->block <= *last) continue;
    if (span->block <= start || span->block > document->block_count ||
        span->at.start_byte != span->at.end_byte ||
        (!first && span->block != *last + 1) ||
        !fits(&document->blocks[span->block - 1], span))
      return false;
    first = false;
    *last = span->block;
  }
  return true;
}

bool capsa_tei_notes_in_place(const capsa_document *document, size_t start) {
  uint32_t last = (uint32_t)start;
  for (size_t i = 0; i < start; i++) {
    const capsa_block *block = &document->blocks[i];
    if (block->kind == CAPSA_BLOCK_FOOTNOTE ||
        !refers_in_order(document, block, start, &last))
      return false;
  }
  for (size_t i = start; i < document->block_count; i++)
    if (document->blocks[i].turn || document->blocks[i].level ||
        capsa_tei_has_label(&document->blocks[i]))
      return false;
  return true;
}

void capsa_tei_put_note(capsa_tei_writer *w, const capsa_block *note,
                        const capsa_span *mark) {
  capsa_buf_putf(&w->out, "<note place=\"%s\" xml:id=\"note%u\"",
                 mark || w->notes_in_place ? "foot" : "end",
                 (unsigned)note->number);
  capsa_tei_put_attributes(w, note);
  if (mark && !capsa_slice_equal(mark->mark, note->marker))
    capsa_tei_put_attribute(&w->out, "rend", mark->mark);
  capsa_buf_puts(&w->out, ">");
  w->in_note = true;
  capsa_tei_put_marked(w, note, 0);
  w->in_note = false;
  capsa_buf_puts(&w->out, "</note>");
  w->next_note = note->number + 1;
}
