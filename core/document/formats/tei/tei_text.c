#include "document/formats/tei/tei_text.h"

#include <string.h>

#include "base/slice.h"

static bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void put_word(capsa_tei_text *text, capsa_slice word) {
  if (text->pending && text->buf.len) capsa_buf_putc(&text->buf, text->pending);
  text->pending = 0;
  text->glued = false;
  capsa_buf_put(&text->buf, word);
}

void capsa_tei_text_put(capsa_tei_text *text, capsa_slice piece,
                        bool preserve) {
  if (preserve) {
    text->pending = 0;
    capsa_buf_put(&text->buf, piece);
    return;
  }
  for (size_t i = 0; i < piece.len;) {
    size_t start = i;
    while (i < piece.len && is_space(piece.ptr[i])) i++;
    if (i > start && !text->pending && !text->glued) text->pending = ' ';
    start = i;
    while (i < piece.len && !is_space(piece.ptr[i])) i++;
    if (i > start) put_word(text, capsa_slice_cut(piece, start, i));
  }
}

void capsa_tei_text_part(capsa_tei_text *text, char sign) {
  if (sign == '\n' || !text->pending) text->pending = sign;
}

size_t capsa_tei_text_next(const capsa_tei_text *text) {
  return text->buf.len + (text->pending && text->buf.len);
}

size_t capsa_tei_text_open(capsa_draft *draft, capsa_tei_text *text,
                           capsa_span_kind kind, capsa_slice target) {
  size_t start = capsa_tei_text_next(text);
  capsa_span *span =
      capsa_draft_span(draft, &text->block, kind, start, SIZE_MAX);
  if (!span) return 0;
  span->target = target;
  return text->block.spans.count;
}

/* Can a piece still follow? Not where a word came behind it. */
static bool may_go_on(const capsa_tei_text *text,
                      const capsa_tei_named *named) {
  const capsa_span *span = &text->block.spans.items[named->mark - 1];
  size_t start = span->at.start_byte, end = span->at.end_byte;
  return end == SIZE_MAX || (start < end && end + 1 >= text->buf.len);
}

#define NAMED_LEAST 64

void capsa_tei_text_name(capsa_draft *draft, capsa_tei_text *text, size_t mark,
                         capsa_slice id) {
  if (!mark) return;
  if (text->named.count >= text->named_most) {
    size_t kept = 0;
    for (size_t i = 0; i < text->named.count; i++)
      if (may_go_on(text, &text->named.items[i]))
        text->named.items[kept++] = text->named.items[i];
    text->named.count = kept;
    text->named_most = 2 * kept > NAMED_LEAST ? 2 * kept : NAMED_LEAST;
  }
  capsa_tei_named *named = CAPSA_LIST_ADD(draft->arena, &text->named);
  if (named) *named = (capsa_tei_named){id, mark};
}

size_t capsa_tei_text_resume(capsa_tei_text *text, capsa_span_kind kind,
                             capsa_slice id) {
  if (!id.len) return 0;
  for (size_t i = text->named.count; i-- > 0;) {
    const capsa_tei_named *named = &text->named.items[i];
    if (!capsa_slice_equal(named->id, id)) continue;
    const capsa_span *span = &text->block.spans.items[named->mark - 1];
    size_t end = span->at.end_byte, len = text->buf.len;
    bool parted = end + 1 == len && strchr("\t\n", text->buf.ptr[end]);
    if (span->kind == kind && (end == len || parted)) return named->mark;
  }
  return 0;
}

static bool may_be_empty(capsa_span_kind kind) {
  return kind == CAPSA_SPAN_GAP || kind == CAPSA_SPAN_FOOTNOTE_REF ||
         kind == CAPSA_SPAN_PAGE_BREAK;
}

/* What goes is taken out when the block is whole: numbers stay until then. */
void capsa_tei_text_close(capsa_tei_text *text, size_t mark, bool preserve) {
  if (!mark) return;
  capsa_span *span = &text->block.spans.items[mark - 1];
  size_t end = text->buf.len, start = span->at.start_byte;
  if (start > end) start = end;
  while (!preserve && start < end && is_space(text->buf.ptr[start])) start++;
  span->at = (capsa_range){start, end};
  if (start == end && !may_be_empty(span->kind))
    span->kind = CAPSA_SPAN_KIND_COUNT;
}

void capsa_tei_text_mark(capsa_draft *draft, capsa_tei_text *text,
                         const capsa_span *span) {
  size_t at = text->buf.len;
  capsa_span *mark = capsa_draft_span(draft, &text->block, span->kind, at, at);
  if (!mark) return;
  *mark = *span;
  mark->at = (capsa_range){at, at};
}

void capsa_tei_text_emend(capsa_draft *draft, capsa_tei_text *text,
                          size_t start, const capsa_emendation *emendation,
                          size_t repairs, bool preserve) {
  capsa_emendation e = *emendation;
  size_t end = text->buf.len;
  if (start > end) start = end;
  while (!preserve && start < end && is_space(text->buf.ptr[start])) start++;
  e.at = (capsa_range){start, end};
  capsa_draft_emend(draft, &text->block, &e);
  capsa_emendation *all = text->block.emendations.items;
  for (size_t i = text->block.emendations.count; i-- > repairs + 1;) {
    all[i] = all[i - 1];
    all[i - 1] = e;
  }
}

capsa_draft_block capsa_tei_text_take(capsa_draft *draft,
                                      capsa_tei_text *text) {
  capsa_draft_block block = text->block;
  size_t kept = 0;
  for (size_t i = 0; i < block.spans.count; i++)
    if (block.spans.items[i].kind != CAPSA_SPAN_KIND_COUNT)
      block.spans.items[kept++] = block.spans.items[i];
  block.spans.count = kept;
  /* The buffer keeps its memory for the next block. */
  if (!text->buf.failed)
    block.text = capsa_arena_copy(draft->arena, capsa_buf_view(&text->buf));
  for (size_t i = 0; i < block.emendations.count; i++) {
    capsa_emendation *e = &block.emendations.items[i];
    if (!e->in_label)
      e->corrected =
          capsa_slice_cut(block.text, e->at.start_byte, e->at.end_byte);
  }
  text->buf.len = 0;
  text->block = (capsa_draft_block){0};
  text->named.count = text->named_most = 0;
  text->pending = 0;
  text->glued = text->open = false;
  return block;
}
