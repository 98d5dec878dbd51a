#include "document/formats/html/html_flow.h"

#include <string.h>

#include "base/slice.h"
#include "document/formats/html/html_tokens.h"

static void widen(capsa_html_flow *flow, capsa_html_gap gap) {
  bool nbsp_beside = gap == CAPSA_HTML_NBSP && flow->gap == CAPSA_HTML_NBSP;
  if (nbsp_beside) gap = CAPSA_HTML_SPACE;
  if (gap > flow->gap) flow->gap = gap;
}

/* Spans begin at the word, not at the space before it. */
static void begin_word(capsa_html_flow *flow) {
  static const char *const gaps[] = {"", "\xC2\xA0", " ", "\n"};
  char last = flow->text.len ? flow->text.ptr[flow->text.len - 1] : '\n';
  bool in_row = last == '\n' || last == '\t'; /* of a table: it parts enough */
  if (!in_row) capsa_buf_puts(&flow->text, gaps[flow->gap]);
  flow->gap = CAPSA_HTML_NO_GAP;
  for (; flow->started < flow->open.count; flow->started++)
    flow->open.items[flow->started].start = flow->text.len;
}

static void put_word(capsa_html_flow *flow, capsa_slice word) {
  if (flow->skip) {
    bool bracket = word.ptr[0] == flow->skip;
    flow->skip = 0;
    if (bracket) word = capsa_slice_from(word, 1);
    if (!word.len) return;
  }
  /* "thin [2]." without the mark is "thin." */
  if (flow->marked && strchr(".,;:!?)", word.ptr[0]))
    flow->gap = CAPSA_HTML_NO_GAP;
  flow->marked = false;
  begin_word(flow);
  capsa_buf_put(&flow->text, word);
}

/* Bytes of white space at `i`, and which gap they make. */
static size_t space_at(capsa_slice text, size_t i, capsa_html_gap *gap) {
  char c = text.ptr[i];
  *gap = CAPSA_HTML_SPACE;
  if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') return 1;
  *gap = CAPSA_HTML_NBSP;
  bool nbsp = c == '\xC2' && i + 1 < text.len && text.ptr[i + 1] == '\xA0';
  return nbsp ? 2 : 0;
}

static void put_piece(capsa_html_flow *flow, capsa_slice text) {
  for (size_t i = 0; i < text.len;) {
    capsa_html_gap gap;
    size_t space = space_at(text, i, &gap);
    if (space) {
      widen(flow, gap);
      i += space;
      continue;
    }
    size_t start = i;
    while (i < text.len && !space_at(text, i, &gap)) i++;
    put_word(flow, capsa_slice_cut(text, start, i));
  }
}

/* Line ends of any kind as one, everything else as it is. */
static void put_kept(capsa_html_flow *flow, capsa_slice text) {
  begin_word(flow);
  for (size_t i = 0; i < text.len; i++) {
    bool pair =
        text.ptr[i] == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n';
    if (!pair)
      capsa_buf_putc(&flow->text, text.ptr[i] == '\r' ? '\n' : text.ptr[i]);
  }
}

void capsa_html_flow_put(capsa_html_flow *flow, capsa_slice text,
                         bool literal) {
  for (size_t i = 0; i < text.len;) {
    const char *amp = literal ? NULL : memchr(text.ptr + i, '&', text.len - i);
    size_t end = amp ? (size_t)(amp - text.ptr) : text.len;
    char bytes[CAPSA_HTML_REFERENCE_MAX];
    size_t len = 0, taken = 0;
    if (end == i) {
      taken = capsa_html_reference(text, i, false, bytes, &len);
      end = taken ? i + taken : i + 1;
    }
    capsa_slice piece =
        taken ? (capsa_slice){bytes, len} : capsa_slice_cut(text, i, end);
    if (flow->keep) put_kept(flow, piece);
    else put_piece(flow, piece);
    i = end;
  }
}

void capsa_html_flow_put_raw(capsa_html_flow *flow, const char *bytes) {
  flow->gap = CAPSA_HTML_NO_GAP;
  capsa_buf_puts(&flow->text, bytes);
}

void capsa_html_flow_space(capsa_html_flow *flow) {
  widen(flow, CAPSA_HTML_SPACE);
}

void capsa_html_flow_line(capsa_html_flow *flow) {
  widen(flow, CAPSA_HTML_LINE);
}

/* ---- spans */

static void record(capsa_html_flow *flow, const capsa_html_open_span *open) {
  if (open->kind == CAPSA_SPAN_KIND_COUNT || open->start >= flow->text.len)
    return;
  capsa_span *span = CAPSA_LIST_ADD(flow->arena, &flow->spans);
  if (span)
    *span = (capsa_span){.kind = open->kind,
                         .target = open->target,
                         .at = {open->start, flow->text.len}};
}

void capsa_html_flow_open(capsa_html_flow *flow, capsa_span_kind kind,
                          capsa_slice target) {
  capsa_html_open_span *open = CAPSA_LIST_ADD(flow->arena, &flow->open);
  if (open) *open = (capsa_html_open_span){.kind = kind, .target = target};
}

void capsa_html_flow_end(capsa_html_flow *flow, size_t index) {
  if (index >= flow->open.count) return;
  capsa_html_open_span *open = &flow->open.items[index];
  if (index < flow->started) record(flow, open);
  open->kind = CAPSA_SPAN_KIND_COUNT;
}

void capsa_html_flow_close(capsa_html_flow *flow) {
  if (!flow->open.count) return;
  capsa_html_flow_end(flow, flow->open.count - 1);
  flow->open.count--;
  if (flow->started > flow->open.count) flow->started = flow->open.count;
}

static char closing_of(char c) { return c == '[' ? ']' : c == '(' ? ')' : 0; }

capsa_span *capsa_html_flow_mark(capsa_html_flow *flow, capsa_span_kind kind,
                                 capsa_slice target, capsa_slice mark) {
  char last = flow->text.len ? flow->text.ptr[flow->text.len - 1] : 0;
  if (kind == CAPSA_SPAN_FOOTNOTE_REF && closing_of(last) &&
      flow->gap == CAPSA_HTML_NO_GAP) {
    flow->skip = closing_of(last);
    flow->text.len--;
    if (flow->text.len && flow->text.ptr[flow->text.len - 1] == ' ') {
      flow->text.len--;
      flow->gap = CAPSA_HTML_SPACE;
    }
  }
  flow->marked = kind == CAPSA_SPAN_FOOTNOTE_REF;
  capsa_span *span = CAPSA_LIST_ADD(flow->arena, &flow->spans);
  if (span)
    *span = (capsa_span){.kind = kind,
                         .target = target,
                         .mark = mark,
                         .at = {flow->text.len, flow->text.len}};
  return span;
}

bool capsa_html_flow_is_empty(const capsa_html_flow *flow) {
  return !flow->text.len && !flow->spans.count;
}

void capsa_html_flow_take(capsa_html_flow *flow, capsa_draft *draft,
                          capsa_draft_block *block) {
  for (size_t i = 0; i < flow->started; i++) record(flow, &flow->open.items[i]);
  size_t len = flow->text.len;
  bool rows = block->kind == CAPSA_BLOCK_TABLE; /* they end with a line feed */
  while (!rows && len && strchr("\n ", flow->text.ptr[len - 1])) len--;
  block->text = capsa_arena_copy(
      flow->arena, capsa_slice_cut(capsa_buf_view(&flow->text), 0, len));
  for (size_t i = 0; i < flow->spans.count; i++) {
    capsa_span span = flow->spans.items[i];
    if (span.at.start_byte > len) span.at.start_byte = len;
    if (span.at.end_byte > len) span.at.end_byte = len;
    capsa_span *copy = CAPSA_LIST_ADD(draft->arena, &block->spans);
    if (copy) *copy = span;
  }
  flow->text.len = flow->spans.count = flow->started = 0;
  flow->gap = CAPSA_HTML_NO_GAP;
  flow->skip = 0;
  flow->marked = false;
}
