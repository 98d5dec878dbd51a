/* html.c -- a document's body as HTML.
 *
 * Spans and emendations of a block may overlap; elements may not. At every
 * place where one begins or ends, the elements open there are closed down to
 * the outermost that changes and opened again. Nothing of the source becomes
 * markup: text is escaped, addresses were checked when they were read.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/slice.h"
#include "capsa/document.h"

/* Marks that stand open at one place; more than so many are not drawn. */
#define OPEN_MAX 32

typedef struct writer {
  const capsa_document *document;
  capsa_buf out;
  uint32_t turn;  /* whose section is open; 0: none */
  uint32_t lists; /* levels of <ul> open */
} writer;

static void put_escaped(capsa_buf *out, capsa_slice text) {
  size_t from = 0;
  for (size_t i = 0; i < text.len; i++) {
    const char *entity = text.ptr[i] == '&'   ? "&amp;"
                         : text.ptr[i] == '<' ? "&lt;"
                         : text.ptr[i] == '>' ? "&gt;"
                         : text.ptr[i] == '"' ? "&quot;"
                                              : NULL;
    if (!entity) continue;
    capsa_buf_put(out, capsa_slice_cut(text, from, i));
    capsa_buf_puts(out, entity);
    from = i + 1;
  }
  capsa_buf_put(out, capsa_slice_from(text, from));
}

/* ---- marks in a block: spans first, then emendations */

static const char *element_of(capsa_span_kind kind) {
  switch (kind) {
  case CAPSA_SPAN_EMPHASIS: return "em";
  case CAPSA_SPAN_STRONG: return "strong";
  case CAPSA_SPAN_CODE: return "code";
  case CAPSA_SPAN_LINK: return "a";
  default: return "span";
  }
}

static capsa_range range_of(const capsa_block *block, size_t mark) {
  if (mark < block->span_count) return block->spans[mark].at;
  return block->emendations[mark - block->span_count].at;
}

static void put_attribute(capsa_buf *out, const char *name, capsa_slice value) {
  capsa_buf_putf(out, " %s=\"", name);
  put_escaped(out, value);
  capsa_buf_putc(out, '"');
}

static void open_mark(writer *w, const capsa_block *block, size_t mark) {
  capsa_buf *out = &w->out;
  if (mark >= block->span_count) {
    const capsa_emendation *e = &block->emendations[mark - block->span_count];
    capsa_buf_puts(out, "<span class=\"emendation\"");
    put_attribute(out, "data-original", e->original);
    capsa_buf_putf(out, " data-rule=\"%s\">", e->rule);
    return;
  }
  const capsa_span *span = &block->spans[mark];
  const char *element = element_of(span->kind);
  capsa_buf_putf(out, "<%s", element);
  if (span->kind == CAPSA_SPAN_LINK) {
    put_attribute(out, "href", span->target);
    capsa_buf_puts(out, " rel=\"noopener noreferrer\"");
  } else if (element[0] == 's' && element[1] == 'p')
    capsa_buf_putf(out, " class=\"%s\"", capsa_span_kind_name(span->kind));
  capsa_buf_putc(out, '>');
}

static void close_mark(writer *w, const capsa_block *block, size_t mark) {
  bool emendation = mark >= block->span_count;
  capsa_buf_putf(&w->out, "</%s>",
                 emendation ? "span" : element_of(block->spans[mark].kind));
}

typedef struct open_marks {
  size_t items[OPEN_MAX];
  size_t count;
} open_marks;

/* Close what ends at `at`, opening again what had to close with it. */
static void close_ended(writer *w, const capsa_block *block, open_marks *open,
                        size_t at) {
  size_t keep = 0;
  while (keep < open->count && range_of(block, open->items[keep]).end_byte > at)
    keep++;
  if (keep == open->count) return;
  for (size_t i = open->count; i-- > keep;)
    close_mark(w, block, open->items[i]);
  size_t count = keep;
  for (size_t i = keep; i < open->count; i++) {
    if (range_of(block, open->items[i]).end_byte <= at) continue;
    open_mark(w, block, open->items[i]);
    open->items[count++] = open->items[i];
  }
  open->count = count;
}

static size_t next_end(const capsa_block *block, const open_marks *open,
                       size_t limit) {
  for (size_t i = 0; i < open->count; i++) {
    size_t end = range_of(block, open->items[i]).end_byte;
    if (end < limit) limit = end;
  }
  return limit;
}

/* The next mark by start: spans and emendations are each in order. */
static size_t next_mark(const capsa_block *block, size_t span,
                        size_t emendation) {
  size_t all = block->span_count + block->emendation_count;
  if (span < block->span_count &&
      (emendation >= block->emendation_count ||
       block->spans[span].at.start_byte <=
           block->emendations[emendation].at.start_byte))
    return span;
  return emendation < block->emendation_count ? block->span_count + emendation
                                              : all;
}

static void put_text(writer *w, const capsa_block *block) {
  open_marks open = {0};
  size_t all = block->span_count + block->emendation_count;
  size_t span = 0, emendation = 0, at = 0;
  for (;;) {
    close_ended(w, block, &open, at);
    size_t mark = next_mark(block, span, emendation);
    size_t start =
        mark < all ? range_of(block, mark).start_byte : block->text.len;
    if (mark < all && start <= at) {
      if (mark < block->span_count) span++;
      else emendation++;
      bool in_label = mark >= block->span_count &&
                      block->emendations[mark - block->span_count].in_label;
      if (in_label || open.count == OPEN_MAX) continue;
      open_mark(w, block, mark);
      open.items[open.count++] = mark;
      continue;
    }
    if (at >= block->text.len) break;
    size_t stop = next_end(block, &open, start);
    put_escaped(&w->out, capsa_slice_cut(block->text, at, stop));
    at = stop;
  }
}

/* ---- blocks */

static void put_block_head(writer *w, const char *element,
                           const capsa_block *block) {
  capsa_buf_putf(&w->out, "<%s class=\"%s\" id=\"b%u\" data-block=\"%u\"",
                 element, capsa_block_kind_name(block->kind), block->number,
                 block->number);
  if (block->marker.len) put_attribute(&w->out, "data-marker", block->marker);
  if (block->level && block->kind != CAPSA_BLOCK_HEADING)
    capsa_buf_putf(&w->out, " data-level=\"%u\"", block->level);
  capsa_buf_putc(&w->out, '>');
}

static void put_block(writer *w, const capsa_block *block) {
  char heading[3] = {'h', (char)('1' + (block->level < 6 ? block->level : 5)),
                     0};
  const char *element = "p";
  switch (block->kind) {
  case CAPSA_BLOCK_HEADING: element = heading; break;
  case CAPSA_BLOCK_LIST: element = "li"; break;
  case CAPSA_BLOCK_CODE: element = "pre"; break;
  case CAPSA_BLOCK_QUOTATION: element = "blockquote"; break;
  case CAPSA_BLOCK_RULE:
    capsa_buf_putf(&w->out, "<hr id=\"b%u\" data-block=\"%u\">\n",
                   block->number, block->number);
    return;
  default: break;
  }
  put_block_head(w, element, block);
  /* HTML drops one line feed behind <pre>. */
  if (block->kind == CAPSA_BLOCK_CODE && capsa_slice_starts(block->text, "\n"))
    capsa_buf_putc(&w->out, '\n');
  put_text(w, block);
  capsa_buf_putf(&w->out, "</%s>\n", element);
}

static void set_lists(writer *w, uint32_t level) {
  for (; w->lists < level; w->lists++) capsa_buf_puts(&w->out, "<ul>\n");
  for (; w->lists > level; w->lists--) capsa_buf_puts(&w->out, "</ul>\n");
}

static void set_turn(writer *w, const capsa_block *block) {
  if (block->turn == w->turn) return;
  set_lists(w, 0);
  if (w->turn) capsa_buf_puts(&w->out, "</section>\n");
  w->turn = block->turn;
  if (!w->turn) return;
  capsa_buf_putf(
      &w->out, "<section class=\"turn\" data-turn=\"%u\" data-speaker=\"%u\">",
      block->turn, block->speaker);
  capsa_slice label = block->label;
  if (!label.len && block->speaker)
    label = w->document->speakers[block->speaker - 1].name;
  if (label.len) {
    capsa_buf_puts(&w->out, "<h3 class=\"speaker\"><span class=\"name\">");
    put_escaped(&w->out, label);
    capsa_buf_puts(&w->out, "</span></h3>");
  }
  capsa_buf_putc(&w->out, '\n');
}

capsa_status capsa_document_to_html(const capsa_document *document,
                                    capsa_arena *arena, capsa_slice *out) {
  writer w = {.document = document};
  for (size_t i = 0; i < document->block_count; i++) {
    const capsa_block *block = &document->blocks[i];
    set_turn(&w, block);
    set_lists(&w, block->kind == CAPSA_BLOCK_LIST
                      ? (block->level ? block->level : 1)
                      : 0);
    put_block(&w, block);
  }
  set_lists(&w, 0);
  if (w.turn) capsa_buf_puts(&w.out, "</section>\n");
  return capsa_buf_take(&w.out, arena, out);
}
