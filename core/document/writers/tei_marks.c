/* tei_marks.c -- the text of a block as TEI: spans and repairs as elements.
 *
 * Marks of a block may overlap; elements may not. Where one begins or ends,
 * the elements open there are closed down to the outermost that changes and
 * opened again; the first piece of what was cut has an xml:id and the others
 * point back to it with prev. A repair is never cut: what overlaps it is. So
 * that a piece knows whether others will follow, a block with overlaps is
 * written twice, the first time for nothing but that.
 */
#include <string.h>

#include "base/slice.h"
#include "document/writers/tei.h"

/* Marks that stand open at one place; more than so many are not drawn. */
#define OPEN_MAX 32

typedef struct mark {
  capsa_range at;
  const capsa_span *span; /* NULL of a repair */
  const capsa_emendation *emendation;
  bool segment; /* of a gap: other marks are in it */
  bool cut;     /* into pieces */
  bool begun;   /* its first piece has been written */
} mark;

typedef struct writing {
  capsa_tei_writer *w;
  const capsa_block *block;
  mark *marks; /* by start, longer first */
  size_t count;
  size_t open[OPEN_MAX]; /* outermost first */
  size_t open_count;
} writing;

/* ---- elements */

static const char *element_of(const mark *m) {
  switch (m->span->kind) {
  case CAPSA_SPAN_GLOSS: return "gloss";
  case CAPSA_SPAN_SUPPLIED: return "supplied";
  case CAPSA_SPAN_NOTE: return "note";
  case CAPSA_SPAN_GAP: return m->segment ? "seg" : "gap";
  case CAPSA_SPAN_CODE: return "seg";
  case CAPSA_SPAN_LINK: return "ref";
  case CAPSA_SPAN_NAME: return "persName";
  case CAPSA_SPAN_PLACE: return "placeName";
  case CAPSA_SPAN_DATE: return "date";
  case CAPSA_SPAN_FOREIGN: return "foreign";
  case CAPSA_SPAN_UNCLEAR: return "unclear";
  case CAPSA_SPAN_DELETED: return "del";
  case CAPSA_SPAN_ADDED: return "add";
  default: return "hi";
  }
}

static void put_span_attributes(writing *t, const mark *m) {
  capsa_buf *out = &t->w->out;
  capsa_slice target = m->span->target;
  switch (m->span->kind) {
  case CAPSA_SPAN_NOTE:
    capsa_buf_puts(out, " type=\"editorial\" place=\"inline\"");
    break;
  case CAPSA_SPAN_GAP:
    if (m->segment) capsa_buf_puts(out, " type=\"gap\"");
    break;
  case CAPSA_SPAN_CODE: capsa_buf_puts(out, " type=\"code\""); break;
  case CAPSA_SPAN_EMPHASIS: capsa_buf_puts(out, " rend=\"italic\""); break;
  case CAPSA_SPAN_STRONG: capsa_buf_puts(out, " rend=\"bold\""); break;
  case CAPSA_SPAN_SMALL_CAPS: capsa_buf_puts(out, " rend=\"smallcaps\""); break;
  case CAPSA_SPAN_LINK: capsa_tei_put_address(out, "target", target); break;
  case CAPSA_SPAN_NAME:
  case CAPSA_SPAN_PLACE: capsa_tei_put_attribute(out, "key", target); break;
  case CAPSA_SPAN_DATE: capsa_tei_put_date(out, target); break;
  case CAPSA_SPAN_FOREIGN: capsa_tei_put_language(out, target); break;
  default: break;
  }
}

static bool is_rule(const char *rule, const char *name) {
  return !strcmp(rule, name);
}

static void put_original(capsa_buf *out, const capsa_emendation *e) {
  bool reg = is_rule(e->rule, "orig-reg"),
       expan = is_rule(e->rule, "abbr-expan");
  const char *original = reg ? "orig" : expan ? "abbr" : "sic";
  capsa_buf_putf(out, "<choice><%s>", original);
  capsa_tei_put_text(out, e->original);
  capsa_buf_putf(out, "</%s><%s", original,
                 reg     ? "reg"
                 : expan ? "expan"
                         : "corr");
  if (!reg && !expan && !is_rule(e->rule, "sic-corr"))
    capsa_tei_put_attribute(out, "type", capsa_slice_of(e->rule));
  if (e->confidence < 100)
    capsa_buf_putf(out, " cert=\"0.%02d\"", e->confidence);
  capsa_buf_putc(out, '>');
}

static void put_corrected_end(capsa_buf *out, const capsa_emendation *e) {
  capsa_buf_puts(out, is_rule(e->rule, "orig-reg")     ? "</reg></choice>"
                      : is_rule(e->rule, "abbr-expan") ? "</expan></choice>"
                                                       : "</corr></choice>");
}

void capsa_tei_put_repair(capsa_buf *out, const capsa_emendation *e) {
  put_original(out, e);
  capsa_tei_put_text(out, e->corrected);
  put_corrected_end(out, e);
}

static void open_mark(writing *t, size_t index) {
  mark *m = &t->marks[index];
  capsa_buf *out = &t->w->out;
  if (m->emendation) {
    put_original(out, m->emendation);
    return;
  }
  const char *element = element_of(m);
  capsa_buf_putf(out, "<%s", element);
  if (m->begun || m->cut)
    capsa_buf_putf(out, " %s%u.%u\"", m->begun ? "prev=\"#m" : "xml:id=\"m",
                   (unsigned)t->block->number, (unsigned)index);
  if (m->begun) m->cut = true;
  m->begun = true;
  put_span_attributes(t, m);
  capsa_buf_puts(out, element[0] == 'g' && element[1] == 'a' ? "><desc>" : ">");
}

static void close_mark(writing *t, size_t index) {
  const mark *m = &t->marks[index];
  if (m->emendation) {
    put_corrected_end(&t->w->out, m->emendation);
    return;
  }
  const char *element = element_of(m);
  if (element[0] == 'g' && element[1] == 'a')
    capsa_buf_puts(&t->w->out, "</desc>");
  capsa_buf_putf(&t->w->out, "</%s>", element);
}

/* ---- marks of no length */

static void put_reference(writing *t, const capsa_span *span) {
  capsa_tei_writer *w = t->w;
  if (w->notes_in_place && !w->in_note && span->block == w->next_note &&
      span->block) {
    capsa_tei_put_note(w, &w->document->blocks[span->block - 1], span);
    return;
  }
  capsa_buf_puts(&w->out, "<ref type=\"noteAnchor\"");
  capsa_tei_put_attribute(&w->out, "n", span->target);
  if (span->block)
    capsa_buf_putf(&w->out, " target=\"#note%u\"", (unsigned)span->block);
  capsa_buf_putc(&w->out, '>');
  capsa_tei_put_text(&w->out, span->mark);
  capsa_buf_puts(&w->out, "</ref>");
}

static void put_point(writing *t, const mark *m) {
  capsa_buf *out = &t->w->out;
  if (m->emendation) {
    put_original(out, m->emendation);
    put_corrected_end(out, m->emendation);
    return;
  }
  switch (m->span->kind) {
  case CAPSA_SPAN_FOOTNOTE_REF: put_reference(t, m->span); break;
  case CAPSA_SPAN_PAGE_BREAK:
    capsa_buf_puts(out, "<pb");
    capsa_tei_put_attribute(out, "n", m->span->target);
    capsa_tei_put_attribute(out, "rend", m->span->mark);
    capsa_buf_puts(out, "/>");
    break;
  case CAPSA_SPAN_GAP:
    capsa_buf_puts(out, "<gap");
    capsa_tei_put_attribute(out, "rend", m->span->mark);
    capsa_buf_puts(out, "/>");
    break;
  default: break; /* nothing is marked */
  }
}

/* ---- nesting */

/* Close what is open from place `keep` on; open again what goes on behind
 * `at`. */
static void reopen(writing *t, size_t keep, size_t at) {
  for (size_t i = t->open_count; i-- > keep;) close_mark(t, t->open[i]);
  size_t count = keep;
  for (size_t i = keep; i < t->open_count; i++) {
    if (t->marks[t->open[i]].at.end_byte <= at) continue;
    t->open[count++] = t->open[i];
  }
  t->open_count = count;
  for (size_t i = keep; i < count; i++) open_mark(t, t->open[i]);
}

static void close_ended(writing *t, size_t at) {
  size_t keep = 0;
  while (keep < t->open_count && t->marks[t->open[keep]].at.end_byte > at)
    keep++;
  if (keep < t->open_count) reopen(t, keep, at);
}

/* A repair goes around what ends in it. */
static void begin(writing *t, size_t index) {
  mark *m = &t->marks[index];
  if (t->open_count == OPEN_MAX) return;
  size_t keep = t->open_count;
  m->segment = index + 1 < t->count &&
               t->marks[index + 1].at.start_byte < m->at.end_byte;
  for (size_t i = 0; i < t->open_count; i++)
    m->segment |= t->marks[t->open[i]].at.end_byte < m->at.end_byte;
  if (m->emendation) {
    for (size_t i = 0; i < t->open_count; i++) {
      mark *other = &t->marks[t->open[i]];
      if (other->at.end_byte >= m->at.end_byte) continue;
      if (other->emendation) return; /* two repairs across each other */
      if (keep > i) keep = i;
    }
    for (size_t i = keep; i < t->open_count; i++)
      if (t->marks[t->open[i]].emendation) return;
  }
  for (size_t i = t->open_count; i-- > keep;) close_mark(t, t->open[i]);
  memmove(&t->open[keep + 1], &t->open[keep],
          (t->open_count - keep) * sizeof *t->open);
  t->open[keep] = index;
  t->open_count++;
  for (size_t i = keep; i < t->open_count; i++) open_mark(t, t->open[i]);
}

static size_t next_stop(const writing *t, size_t limit) {
  for (size_t i = 0; i < t->open_count; i++) {
    size_t end = t->marks[t->open[i]].at.end_byte;
    if (end < limit) limit = end;
  }
  return limit;
}

/* A cell or a line ends: elements do not run across. */
static void put_between(writing *t, char sign, char between) {
  capsa_buf *out = &t->w->out;
  for (size_t i = t->open_count; i-- > 0;) close_mark(t, t->open[i]);
  if (between == '\n') capsa_buf_puts(out, "</l>\n<l>");
  else
    capsa_buf_puts(out, sign == '\t' ? "</cell><cell>"
                                     : "</cell></row>\n<row><cell>");
  for (size_t i = 0; i < t->open_count; i++) open_mark(t, t->open[i]);
}

/* Text up to `stop`. What begins behind a sign that parts is not open yet. */
static void put_stretch(writing *t, size_t at, size_t stop, char between) {
  capsa_slice text = t->block->text;
  for (size_t i = at; between && i < stop; i++) {
    bool parts =
        text.ptr[i] == '\n' || (between == '\t' && text.ptr[i] == '\t');
    if (!parts) continue;
    capsa_tei_put_text(&t->w->out, capsa_slice_cut(text, at, i));
    at = i + 1;
    close_ended(t, at);
    put_between(t, text.ptr[i], between);
  }
  capsa_tei_put_text(&t->w->out, capsa_slice_cut(text, at, stop));
}

static void put_all(writing *t, char between) {
  size_t len = t->block->text.len, next = 0, at = 0;
  for (;;) {
    close_ended(t, at);
    size_t start = next < t->count ? t->marks[next].at.start_byte : len;
    if (next < t->count && start <= at) {
      const mark *m = &t->marks[next];
      if (m->at.start_byte == m->at.end_byte) put_point(t, m);
      else begin(t, next);
      next++;
      continue;
    }
    if (at >= len) break;
    size_t stop = next_stop(t, start < len ? start : len);
    put_stretch(t, at, stop, between);
    at = stop;
  }
  for (size_t i = t->open_count; i-- > 0;) close_mark(t, t->open[i]);
}

/* ---- the marks of a block */

static bool goes_before(const mark *a, const mark *b) {
  if (a->at.start_byte != b->at.start_byte)
    return a->at.start_byte < b->at.start_byte;
  return a->at.end_byte > b->at.end_byte;
}

/* Spans and repairs are each in order: they are merged; at one place the
 * longer goes first, and spans around repairs. */
static size_t collect(const capsa_block *block, mark *marks) {
  size_t count = 0, e = 0;
  for (size_t i = 0; i <= block->span_count; i++) {
    mark span = {0};
    if (i < block->span_count) {
      span.span = &block->spans[i];
      span.at = block->spans[i].at;
    }
    for (; e < block->emendation_count; e++) {
      mark repair = {.at = block->emendations[e].at,
                     .emendation = &block->emendations[e]};
      if (i < block->span_count && !goes_before(&repair, &span)) break;
      if (!block->emendations[e].in_label) marks[count++] = repair;
    }
    /* A table is written without the line feed that ends it. */
    if (span.at.end_byte > block->text.len) span.at.end_byte = block->text.len;
    if (span.at.start_byte > span.at.end_byte)
      span.at.start_byte = span.at.end_byte;
    if (i < block->span_count) marks[count++] = span;
  }
  return count;
}

void capsa_tei_put_marked(capsa_tei_writer *w, const capsa_block *block,
                          char between) {
  size_t room = block->span_count + block->emendation_count;
  writing t = {.w = w, .block = block};
  t.marks = capsa_arena_alloc(w->arena, room * sizeof *t.marks);
  if (!t.marks) return;
  t.count = collect(block, t.marks);
  if (t.count > 1 || (t.count && between)) {
    capsa_tei_writer before = *w;
    put_all(&t, between);
    capsa_buf written = w->out;
    written.len = before.out.len; /* its memory may have moved */
    *w = before;
    w->out = written;
    for (size_t i = 0; i < t.count; i++) t.marks[i].begun = false;
    t.open_count = 0;
  }
  put_all(&t, between);
}
