/* markdown_inline.c -- text as Markdown that cmark reads as that text.
 *
 * First the run is laid out as the reader will see it: lead, text, and the
 * marks of pages at their places; beside it a list of what is put in between:
 * references to footnotes, the signs of emphasis. Then every byte is written,
 * escaped where Markdown would see more in it than a letter.
 *
 * Signs of emphasis are put only where they are sure to work: spans that
 * nest or touch, or that begin or end in signs or spaces, stay for the ledger
 * alone.
 */
#include <string.h>

#include "base/slice.h"
#include "base/utf8.h"
#include "document/writers/markdown_writer.h"
#include "text/chars.h"

/* A paragraph with more brackets has them escaped, and no links: the reader
 * takes no more for marks. */
#define BRACKETS_MAX 200
#define LONG_TEXT ((size_t)1 << 18)

typedef enum insert_kind {
  SIGN,
  CODE_ON,
  CODE_OFF,
  LINK_ON,
  LINK_OFF,
  NOTE
} insert_kind;

/* Something put in before byte `at` of the layout. */
typedef struct insert {
  size_t at;
  const char *sign;   /* written as it is; */
  capsa_slice target; /* then this: a link's address, a note's name */
  insert_kind kind;
} insert;

typedef struct layout {
  capsa_buf text;
  CAPSA_LIST(insert) inserts;
  bool escape_brackets;
} layout;

/* ---- laying out */

static void put_insert(capsa_markdown_writer *w, layout *l, size_t at,
                       insert_kind kind, const char *sign, capsa_slice target) {
  insert *item = CAPSA_LIST_ADD(w->arena, &l->inserts);
  if (!item) return;
  item->at = at;
  item->sign = sign;
  item->target = target;
  item->kind = kind;
}

static bool has_control(capsa_slice text) {
  for (size_t i = 0; i < text.len; i++)
    if ((unsigned char)text.ptr[i] < ' ') return true;
  return false;
}

/* The name of the footnote that `span` refers to, or an empty slice. */
static capsa_slice note_of(const capsa_markdown_writer *w,
                           const capsa_span *span) {
  if (span->kind != CAPSA_SPAN_FOOTNOTE_REF || !span->block ||
      span->block > w->document->block_count || !span->target.len)
    return (capsa_slice){0};
  return w->notes[span->block - 1];
}

static void put_mark(capsa_markdown_writer *w, layout *l,
                     const capsa_span *span, bool *shown) {
  capsa_slice note = note_of(w, span);
  if (note.len) put_insert(w, l, l->text.len, NOTE, "", note);
  else if (span->mark.len && !has_control(span->mark)) {
    capsa_buf_put(&l->text, span->mark);
    *shown = true;
  }
}

static bool is_word_at(capsa_slice text, size_t at) {
  uint32_t c = capsa_utf8_next(text, at).value;
  return capsa_is_letter(c) || capsa_is_digit(c);
}

static bool is_word_before(capsa_slice text, size_t at) {
  uint32_t c = capsa_utf8_before(text, at).value;
  return capsa_is_letter(c) || capsa_is_digit(c);
}

static bool is_plain_address(capsa_slice url) {
  for (size_t i = 0; i < url.len; i++)
    if (url.ptr[i] <= ' ' || url.ptr[i] > '~' ||
        strchr("<>\\&[]`|*_", url.ptr[i]))
      return false;
  return url.len > 0;
}

static bool is_code(capsa_slice text) {
  for (size_t i = 0; i < text.len; i++)
    if (text.ptr[i] < ' ' || strchr("`|", text.ptr[i])) return false;
  return text.len && text.ptr[0] != ' ' && text.ptr[text.len - 1] != ' ';
}

/* Can `span` be written with signs, nothing being open before `free`? */
static bool is_writable(const capsa_markdown_run *run, const layout *l,
                        const capsa_span *span, size_t free) {
  capsa_slice text = run->block->text;
  size_t start = span->at.start_byte, end = span->at.end_byte;
  if (run->in_link || start >= end || start < free ||
      start < run->at.start_byte || end > run->at.end_byte)
    return false;
  switch (span->kind) {
  case CAPSA_SPAN_EMPHASIS:
  case CAPSA_SPAN_STRONG:
    return is_word_at(text, start) && is_word_before(text, end);
  case CAPSA_SPAN_CODE: return is_code(capsa_slice_cut(text, start, end));
  case CAPSA_SPAN_LINK:
    return !l->escape_brackets && is_plain_address(span->target) &&
           is_word_at(text, start) && is_word_before(text, end);
  default: return false;
  }
}

static void open_span(capsa_markdown_writer *w, layout *l,
                      const capsa_span *span) {
  capsa_slice none = {0};
  size_t at = l->text.len;
  switch (span->kind) {
  case CAPSA_SPAN_EMPHASIS: put_insert(w, l, at, SIGN, "*", none); break;
  case CAPSA_SPAN_STRONG: put_insert(w, l, at, SIGN, "**", none); break;
  case CAPSA_SPAN_CODE: put_insert(w, l, at, CODE_ON, "`", none); break;
  default: put_insert(w, l, at, LINK_ON, "[", none); break;
  }
}

static void close_span(capsa_markdown_writer *w, layout *l,
                       const capsa_span *span) {
  capsa_slice none = {0};
  size_t at = l->text.len;
  switch (span->kind) {
  case CAPSA_SPAN_EMPHASIS: put_insert(w, l, at, SIGN, "*", none); break;
  case CAPSA_SPAN_STRONG: put_insert(w, l, at, SIGN, "**", none); break;
  case CAPSA_SPAN_CODE: put_insert(w, l, at, CODE_OFF, "`", none); break;
  default: put_insert(w, l, at, LINK_OFF, "](<", span->target); break;
  }
}

/* Is anything printed where span `i` begins? A sign before it may fail. */
static bool has_mark_at_start(const capsa_block *block, size_t i) {
  size_t start = block->spans[i].at.start_byte;
  for (size_t k = i + 1; k < block->span_count; k++) {
    const capsa_range *at = &block->spans[k].at;
    if (at->start_byte != start) return false;
    if (at->end_byte == start) return true;
  }
  return false;
}

/* Is anything printed inside span `i`? Code would show its signs. */
static bool has_marks(const capsa_block *block, size_t i) {
  size_t end = block->spans[i].at.end_byte;
  for (size_t k = i + 1; k < block->span_count; k++) {
    const capsa_span *inner = &block->spans[k];
    if (inner->at.start_byte > end) return false;
    if (inner->at.start_byte == inner->at.end_byte) return true;
  }
  return false;
}

static void lay_out(capsa_markdown_writer *w, const capsa_markdown_run *run,
                    layout *l) {
  const capsa_block *block = run->block;
  size_t at = run->at.start_byte, free = 0;
  const capsa_span *open = NULL;
  for (size_t i = 0; i <= block->span_count; i++) {
    const capsa_span *span = i < block->span_count ? &block->spans[i] : NULL;
    size_t start = span ? span->at.start_byte : run->at.end_byte;
    if (start > run->at.end_byte) start = run->at.end_byte;
    if (open && (!span || open->at.end_byte <= start)) {
      capsa_buf_put(&l->text,
                    capsa_slice_cut(block->text, at, open->at.end_byte));
      at = open->at.end_byte;
      close_span(w, l, open);
      open = NULL;
    }
    if (start > at) {
      capsa_buf_put(&l->text, capsa_slice_cut(block->text, at, start));
      at = start;
    }
    if (!span || span->at.start_byte < run->at.start_byte ||
        span->at.start_byte > run->at.end_byte)
      continue;
    if (span->at.end_byte == span->at.start_byte)
      put_mark(w, l, span, &run->shown[i]);
    else if (is_writable(run, l, span, free) && !has_mark_at_start(block, i) &&
             (span->kind != CAPSA_SPAN_CODE || !has_marks(block, i))) {
      open = span;
      free = span->at.end_byte + 1;
      open_span(w, l, span);
    }
  }
}

/* ---- writing */

typedef struct pen {
  capsa_buf *out;
  const capsa_markdown_run *run;
  const layout *l;
  capsa_slice text;
  size_t next;     /* insert */
  bool code, link; /* inside of one */
  bool line_start;
  bool after_note; /* "[^1]" stands before */
} pen;

static void put_inserts(pen *p, size_t at) {
  for (; p->next < p->l->inserts.count && p->l->inserts.items[p->next].at <= at;
       p->next++) {
    const insert *item = &p->l->inserts.items[p->next];
    capsa_buf_puts(p->out, item->kind == NOTE ? "[^" : item->sign);
    capsa_buf_put(p->out, item->target);
    if (item->kind == NOTE) capsa_buf_putc(p->out, ']');
    p->after_note = item->kind == NOTE;
    if (item->kind == LINK_OFF) capsa_buf_puts(p->out, ">)");
    if (item->kind == CODE_ON || item->kind == CODE_OFF)
      p->code = item->kind == CODE_ON;
    if (item->kind == LINK_ON || item->kind == LINK_OFF)
      p->link = item->kind == LINK_ON;
    p->line_start = false;
  }
}

static bool is_insert_at(const pen *p, size_t at) {
  return p->next < p->l->inserts.count && p->l->inserts.items[p->next].at == at;
}

static char byte_at(const pen *p, size_t at) {
  return at < p->text.len ? p->text.ptr[at] : 0;
}

static bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static bool is_edge(const pen *p, size_t at) {
  return at == 0 || at + 1 >= p->text.len || p->text.ptr[at - 1] == '\n' ||
         p->text.ptr[at + 1] == '\n';
}

/* White space: as it is where Markdown lets it be. */
static void put_space(pen *p, size_t at, char c) {
  bool edge = is_edge(p, at) || p->line_start;
  if (c == ' ' && !edge) capsa_buf_putc(p->out, ' ');
  else if (c == '\n' && !p->run->one_line && !edge && !p->code &&
           byte_at(p, at + 1) > ' ' && byte_at(p, at - 1) != ' ' &&
           byte_at(p, at - 1) != '\t') {
    capsa_buf_puts(p->out, "\\\n");
    capsa_buf_put(p->out, p->run->indent);
    p->line_start = true;
    return;
  } else capsa_buf_putf(p->out, "&#%d;", c);
  p->line_start = false;
}

/* "12." and "3)" at a line's start would begin a list. */
static bool ends_number(const pen *p, size_t at) {
  size_t i = at;
  while (i && p->text.ptr[i - 1] >= '0' && p->text.ptr[i - 1] <= '9') i--;
  return i < at && at - i <= 9 && (!i || p->text.ptr[i - 1] == '\n');
}

static bool needs_escape(const pen *p, size_t at, char c) {
  char before = at ? p->text.ptr[at - 1] : 0, after = byte_at(p, at + 1);
  switch (c) {
  case '\\':
  case '`':
  case '*':
  case '<':
  case '&': return true;
  case '_':
    return !is_alnum(before) || !is_alnum(after) || is_insert_at(p, at) ||
           is_insert_at(p, at + 1);
  case '[': return p->l->escape_brackets || p->link || after == '^';
  case ']':
    return p->l->escape_brackets || p->link ||
           (after && strchr("([:", after)) || is_insert_at(p, at + 1);
  case '!': return after == '[' || is_insert_at(p, at + 1);
  case '|': return p->run->in_table || p->line_start;
  case '.':
  case ')': return ends_number(p, at);
  case '#': return p->run->one_line || p->line_start;
  case ':': return p->line_start || p->after_note; /* else it defines a note */
  default: return p->line_start && strchr(">-+=~", c);
  }
}

/* A no-break space at an end could be trimmed off. */
static bool is_edge_no_break(const pen *p, size_t at) {
  return !p->code && byte_at(p, at) == '\xC2' && byte_at(p, at + 1) == '\xA0' &&
         (at == 0 || at + 2 >= p->text.len);
}

static void put_byte(pen *p, size_t *at) {
  char c = p->text.ptr[*at];
  if (strchr(" \n\r\t\f", c) && !(p->code && c == ' ')) {
    put_space(p, *at, c);
    p->after_note = false;
    return;
  }
  if (is_edge_no_break(p, *at)) {
    capsa_buf_puts(p->out, "&nbsp;");
    ++*at;
  } else {
    if (!p->code && needs_escape(p, *at, c)) capsa_buf_putc(p->out, '\\');
    capsa_buf_putc(p->out, c);
  }
  p->line_start = p->after_note = false;
}

static size_t count_of(capsa_slice text, char c) {
  size_t count = 0;
  for (size_t i = 0; i < text.len; i++) count += text.ptr[i] == c;
  return count;
}

void capsa_markdown_put_run(capsa_markdown_writer *w,
                            const capsa_markdown_run *run) {
  layout l = {0};
  capsa_slice none = {0}, text = run->block->text;
  l.escape_brackets = run->in_link || text.len > LONG_TEXT ||
                      run->block->span_count > BRACKETS_MAX ||
                      count_of(text, '[') > BRACKETS_MAX;
  if (run->bold_lead) put_insert(w, &l, 0, SIGN, "**", none);
  capsa_buf_put(&l.text, run->lead);
  if (run->bold_lead) {
    capsa_slice bold = capsa_slice_trim(run->lead);
    put_insert(w, &l, bold.len, SIGN, "**", none);
  }
  lay_out(w, run, &l);
  pen p = {.out = &w->out, .run = run, .l = &l, .line_start = true};
  p.text = capsa_buf_view(&l.text);
  for (size_t i = 0; i < p.text.len; i++) {
    put_inserts(&p, i);
    put_byte(&p, &i);
  }
  put_inserts(&p, p.text.len);
  w->out.failed |= l.text.failed;
  capsa_buf_free(&l.text);
}
