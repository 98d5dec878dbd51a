#include "base/slice.h"
#include "document/writers/markdown_writer.h"

static void put_text(capsa_buf *out, capsa_slice text) {
  capsa_buf_puts(out, " =");
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.ptr[i];
    if (c <= ' ' || c == '%' || c == '>') capsa_buf_putf(out, "%%%02X", c);
    else capsa_buf_putc(out, (char)c);
  }
}

/* Without those at the end that say nothing. */
static void put_texts(capsa_buf *out, const capsa_slice *texts, size_t count) {
  while (count && !texts[count - 1].len) count--;
  for (size_t i = 0; i < count; i++) put_text(out, texts[i]);
  capsa_buf_putc(out, '\n');
}

static void put_span(capsa_buf *out, const capsa_span *span, bool shown) {
  capsa_slice texts[] = {span->target, span->mark};
  capsa_buf_putf(out, "span %s %zu %zu %u %d", capsa_span_kind_name(span->kind),
                 span->at.start_byte, span->at.end_byte, (unsigned)span->block,
                 shown);
  put_texts(out, texts, 2);
}

static void put_emendation(capsa_buf *out, const capsa_emendation *e) {
  capsa_slice texts[] = {capsa_slice_of(e->rule), e->original, e->corrected};
  capsa_buf_putf(out, "emend %zu %zu %d %d", e->at.start_byte, e->at.end_byte,
                 e->confidence, e->in_label);
  put_texts(out, texts, 3);
}

void capsa_markdown_put_entry(capsa_markdown_writer *w,
                              const capsa_block *block, capsa_ledger_body body,
                              const bool *shown, capsa_slice cells) {
  capsa_buf *out = &w->ledger;
  capsa_slice texts[] = {block->label, block->marker, block->language,
                         block->target, cells};
  capsa_buf_putf(out, "block %s %u %u %u %u %d",
                 capsa_block_kind_name(block->kind), (unsigned)block->turn,
                 (unsigned)block->speaker, (unsigned)block->level,
                 (unsigned)block->reference, body);
  put_texts(out, texts, 5);
  for (size_t i = 0; i < block->span_count; i++)
    put_span(out, &block->spans[i], shown[i]);
  for (size_t i = 0; i < block->emendation_count; i++)
    put_emendation(out, &block->emendations[i]);
}

static void put_speaker(capsa_buf *out, const capsa_speaker *speaker) {
  capsa_buf_putf(out, "speaker %u", (unsigned)speaker->turns);
  put_text(out, speaker->name);
  put_text(out, speaker->office);
  put_text(out, speaker->key);
  for (size_t i = 0; i < speaker->label_count; i++)
    put_text(out, speaker->labels[i]);
  capsa_buf_putc(out, '\n');
}

void capsa_markdown_put_ledger(capsa_markdown_writer *w) {
  const capsa_document *document = w->document;
  if (w->out.len) capsa_buf_putc(&w->out, '\n');
  capsa_buf_puts(&w->out, CAPSA_LEDGER_START);
  capsa_buf_put(&w->out, document->edition);
  capsa_buf_putf(&w->out, " %u\n", (unsigned)document->turns);
  capsa_buf_puts(&w->out,
                 "For Capsa: what Markdown cannot say of the text above. It "
                 "counts as long as the text is not changed.\n");
  for (size_t i = 0; i < document->speaker_count; i++)
    put_speaker(&w->out, &document->speakers[i]);
  capsa_buf_put(&w->out, capsa_buf_view(&w->ledger));
  capsa_buf_puts(&w->out, CAPSA_LEDGER_END "\n");
  w->out.failed |= w->ledger.failed;
  capsa_buf_free(&w->ledger);
}
