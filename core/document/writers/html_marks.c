/* html_marks.c -- a block's text with its marks as elements.
 *
 * Spans and emendations of a block may overlap; elements may not. At every
 * place where one begins or ends, the elements open there are closed down to
 * the outermost that changes and opened again; so it is at the borders of a
 * table's cells. Nothing of the source becomes markup: text is escaped,
 * addresses were checked when they were read.
 */
#include <string.h>

#include "base/slice.h"
#include "document/writers/html_writer.h"
#include "text/scripts.h"

/* Marks that stand open at one place; more than so many are not drawn. */
#define OPEN_MAX 32

typedef struct writer {
  capsa_buf *out;
  const capsa_document *document;
  const capsa_block *block;
  size_t open[OPEN_MAX]; /* spans first, then emendations, by number */
  size_t count;
  size_t span, emendation, at; /* next ones, and where the text is */
} writer;

static const char *entity_of(char c) {
  switch (c) {
  case '&': return "&amp;";
  case '<': return "&lt;";
  case '>': return "&gt;";
  case '"': return "&quot;";
  default: return NULL;
  }
}

void capsa_html_put_escaped(capsa_buf *out, capsa_slice text) {
  static const bool special[256] = {
      ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true};
  size_t from = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (!special[(unsigned char)text.ptr[i]]) continue;
    capsa_buf_put(out, capsa_slice_cut(text, from, i));
    capsa_buf_puts(out, entity_of(text.ptr[i]));
    from = i + 1;
  }
  capsa_buf_put(out, capsa_slice_from(text, from));
}

void capsa_html_put_attribute(capsa_buf *out, const char *name,
                              capsa_slice value) {
  capsa_buf_putc(out, ' ');
  capsa_buf_puts(out, name);
  capsa_buf_puts(out, "=\"");
  capsa_html_put_escaped(out, value);
  capsa_buf_putc(out, '"');
}

void capsa_html_put_language(capsa_buf *out, capsa_slice language) {
  if (!language.len) return;
  capsa_html_put_attribute(out, "lang", language);
  capsa_buf_puts(out, capsa_language_is_rtl(language) ? " dir=\"rtl\""
                                                      : " dir=\"ltr\"");
}

/* ---- one mark */

static const char *element_of(capsa_span_kind kind) {
  switch (kind) {
  case CAPSA_SPAN_EMPHASIS: return "em";
  case CAPSA_SPAN_STRONG: return "strong";
  case CAPSA_SPAN_CODE: return "code";
  case CAPSA_SPAN_LINK: return "a";
  case CAPSA_SPAN_DATE: return "time";
  case CAPSA_SPAN_FOREIGN: return "i";
  case CAPSA_SPAN_DELETED: return "del";
  case CAPSA_SPAN_ADDED: return "ins";
  default: return "span";
  }
}

/* "1958", "1958-07", "1958-07-31": what <time> understands of EDTF. */
static bool is_date(capsa_slice text) {
  if (text.len != 4 && text.len != 7 && text.len != 10) return false;
  for (size_t i = 0; i < text.len; i++) {
    bool dash = i == 4 || i == 7;
    if (dash ? text.ptr[i] != '-' : text.ptr[i] < '0' || text.ptr[i] > '9')
      return false;
  }
  return true;
}

static void put_span_attributes(capsa_buf *out, const capsa_span *span) {
  switch (span->kind) {
  case CAPSA_SPAN_EMPHASIS:
  case CAPSA_SPAN_STRONG:
  case CAPSA_SPAN_CODE: return;
  case CAPSA_SPAN_LINK:
    capsa_html_put_attribute(out, "href", span->target);
    capsa_buf_puts(out, " rel=\"noopener noreferrer\"");
    return;
  default: break;
  }
  capsa_buf_putf(out, " class=\"%s\"", capsa_span_kind_name(span->kind));
  if (span->kind == CAPSA_SPAN_FOREIGN)
    capsa_html_put_language(out, span->target);
  if (span->kind == CAPSA_SPAN_DATE && is_date(span->target))
    capsa_html_put_attribute(out, "datetime", span->target);
  if (span->kind == CAPSA_SPAN_GAP && span->mark.len)
    capsa_html_put_attribute(out, "data-mark", span->mark);
}

static void open_mark(writer *w, size_t mark) {
  const capsa_block *block = w->block;
  if (mark >= block->span_count) {
    const capsa_emendation *e = &block->emendations[mark - block->span_count];
    capsa_buf_puts(w->out, "<span class=\"emendation\"");
    capsa_html_put_attribute(w->out, "data-original", e->original);
    capsa_html_put_attribute(w->out, "data-rule", capsa_slice_of(e->rule));
    capsa_buf_putc(w->out, '>');
    return;
  }
  capsa_buf_putc(w->out, '<');
  capsa_buf_puts(w->out, element_of(block->spans[mark].kind));
  put_span_attributes(w->out, &block->spans[mark]);
  capsa_buf_putc(w->out, '>');
}

static void close_mark(writer *w, size_t mark) {
  bool emendation = mark >= w->block->span_count;
  capsa_buf_puts(w->out, "</");
  capsa_buf_puts(w->out,
                 emendation ? "span" : element_of(w->block->spans[mark].kind));
  capsa_buf_putc(w->out, '>');
}

/* ---- marks without a range: elements without content */

/* Is this the mark that the note leads back to? */
static bool is_first_of(const writer *w, const capsa_span *span) {
  const capsa_block *note = &w->document->blocks[span->block - 1];
  if (note->reference != w->block->number) return false;
  for (const capsa_span *s = w->block->spans; s < span; s++)
    if (s->kind == CAPSA_SPAN_FOOTNOTE_REF && s->block == span->block)
      return false;
  return true;
}

static void put_note_mark(writer *w, const capsa_span *span) {
  bool tied = span->block && span->block <= w->document->block_count;
  capsa_buf_puts(w->out, tied ? "<a class=\"footnote_ref\" role=\"doc-noteref\""
                              : "<span class=\"footnote_ref\"");
  if (tied) {
    capsa_buf_putf(w->out, " href=\"#b%u\"", span->block);
    if (is_first_of(w, span))
      capsa_buf_putf(w->out, " id=\"r%u\"", span->block);
  }
  capsa_html_put_attribute(w->out, "data-mark", span->target);
  capsa_buf_puts(w->out, " aria-label=\"Note ");
  capsa_html_put_escaped(w->out, span->target);
  capsa_buf_puts(w->out, tied ? "\"></a>" : "\" role=\"img\"></span>");
}

static void put_page_break(writer *w, const capsa_span *span) {
  capsa_slice number = span->target.len ? span->target : span->mark;
  capsa_buf_puts(w->out, "<span class=\"page_break\" role=\"doc-pagebreak\"");
  capsa_html_put_attribute(w->out, "data-mark", number);
  if (span->mark.len)
    capsa_html_put_attribute(w->out, "data-printed", span->mark);
  capsa_buf_puts(w->out, " aria-label=\"Page ");
  capsa_html_put_escaped(w->out, number);
  capsa_buf_puts(w->out, "\"></span>");
}

static bool is_link(const writer *w, size_t mark) {
  return mark < w->block->span_count &&
         w->block->spans[mark].kind == CAPSA_SPAN_LINK;
}

static bool in_link(const writer *w) {
  for (size_t i = 0; i < w->count; i++)
    if (is_link(w, w->open[i])) return true;
  return false;
}

static void close_all(writer *w) {
  for (size_t i = w->count; i-- > 0;) close_mark(w, w->open[i]);
}

static void open_again(writer *w) {
  for (size_t i = 0; i < w->count; i++) open_mark(w, w->open[i]);
}

/* @return false where the mark has a range, or none to be drawn */
static bool put_empty(writer *w, size_t mark) {
  if (mark >= w->block->span_count) return false;
  const capsa_span *span = &w->block->spans[mark];
  if (span->at.start_byte != span->at.end_byte) return false;
  /* A link may not stand in a link. */
  bool apart = span->kind == CAPSA_SPAN_FOOTNOTE_REF && in_link(w);
  if (apart) close_all(w);
  if (span->kind == CAPSA_SPAN_FOOTNOTE_REF) put_note_mark(w, span);
  else if (span->kind == CAPSA_SPAN_PAGE_BREAK) put_page_break(w, span);
  else if (span->kind == CAPSA_SPAN_GAP) {
    open_mark(w, mark);
    close_mark(w, mark);
  }
  if (apart) open_again(w);
  return true;
}

/* ---- the text */

static capsa_range range_of(const capsa_block *block, size_t mark) {
  if (mark < block->span_count) return block->spans[mark].at;
  return block->emendations[mark - block->span_count].at;
}

/* Close what ends here, opening again what had to close with it. */
static void close_ended(writer *w) {
  size_t keep = 0;
  while (keep < w->count && range_of(w->block, w->open[keep]).end_byte > w->at)
    keep++;
  if (keep == w->count) return;
  for (size_t i = w->count; i-- > keep;) close_mark(w, w->open[i]);
  size_t count = keep;
  for (size_t i = keep; i < w->count; i++) {
    if (range_of(w->block, w->open[i]).end_byte <= w->at) continue;
    open_mark(w, w->open[i]);
    w->open[count++] = w->open[i];
  }
  w->count = count;
}

static size_t next_end(const writer *w, size_t limit) {
  for (size_t i = 0; i < w->count; i++) {
    size_t end = range_of(w->block, w->open[i]).end_byte;
    if (end < limit) limit = end;
  }
  return limit;
}

/* The next mark by start: spans and emendations are each in order. */
static size_t next_mark(const writer *w) {
  const capsa_block *block = w->block;
  size_t all = block->span_count + block->emendation_count;
  if (w->span < block->span_count &&
      (w->emendation >= block->emendation_count ||
       block->spans[w->span].at.start_byte <=
           block->emendations[w->emendation].at.start_byte))
    return w->span;
  return w->emendation < block->emendation_count
             ? block->span_count + w->emendation
             : all;
}

static void begin_mark(writer *w, size_t mark) {
  const capsa_block *block = w->block;
  if (mark < block->span_count) w->span++;
  else w->emendation++;
  if (put_empty(w, mark)) return;
  bool in_label = mark >= block->span_count &&
                  block->emendations[mark - block->span_count].in_label;
  if (in_label || w->count == OPEN_MAX || (is_link(w, mark) && in_link(w)))
    return;
  open_mark(w, mark);
  w->open[w->count++] = mark;
}

/* Text and marks up to byte `stop`. */
static void put_until(writer *w, size_t stop) {
  size_t all = w->block->span_count + w->block->emendation_count;
  for (;;) {
    close_ended(w);
    size_t mark = next_mark(w);
    size_t start = mark < all ? range_of(w->block, mark).start_byte : stop;
    if (mark < all && start <= w->at) {
      begin_mark(w, mark);
      continue;
    }
    if (w->at >= stop) return;
    size_t end = next_end(w, start < stop ? start : stop);
    capsa_html_put_escaped(w->out, capsa_slice_cut(w->block->text, w->at, end));
    w->at = end;
  }
}

/* One tab or line feed between cells, which are closed. */
static void put_border(writer *w) {
  capsa_buf_putc(w->out, w->block->text.ptr[w->at++]);
}

static void put_row(writer *w) {
  capsa_slice text = w->block->text;
  capsa_buf_puts(w->out, "<tr>");
  for (bool more = true; more;) {
    size_t end = w->at;
    while (end < text.len && text.ptr[end] != '\t' && text.ptr[end] != '\n')
      end++;
    capsa_buf_puts(w->out, "<td>");
    open_again(w);
    put_until(w, end);
    close_all(w);
    capsa_buf_puts(w->out, "</td>");
    more = w->at < text.len && text.ptr[w->at] == '\t';
    if (w->at < text.len) put_border(w);
  }
  capsa_buf_puts(w->out, "</tr>");
}

void capsa_html_put_text(capsa_buf *out, const capsa_document *document,
                         const capsa_block *block, bool table) {
  writer w = {.out = out, .document = document, .block = block};
  if (!table) {
    put_until(&w, block->text.len);
    return;
  }
  capsa_buf_puts(out, "<tbody>");
  while (w.at < block->text.len) put_row(&w);
  /* Marks behind the last row have a cell of their own. */
  if (next_mark(&w) < block->span_count + block->emendation_count) put_row(&w);
  capsa_buf_puts(out, "</tbody>");
}
