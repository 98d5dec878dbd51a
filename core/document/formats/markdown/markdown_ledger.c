/* markdown_ledger.c -- read back what our own writer could not say in Markdown
 * (document/ledger.h). Nothing in it is believed unseen: kinds are looked up,
 * numbers and positions checked against what is there, and at the end the
 * texts against their digest. */
#include <string.h>

#include "base/sha256.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "document/formats/markdown/markdown_reader.h"
#include "document/ledger.h"

typedef struct reader {
  capsa_draft *draft;
  capsa_draft_blocks raw; /* as cmark saw them */
  size_t used;            /* of them */
  capsa_draft_blocks blocks;
  CAPSA_LIST(capsa_draft_speaker) speakers;
  capsa_draft_block *block; /* that is being put together */
  uint64_t body;            /* of it: capsa_ledger_body */
  capsa_slice cells;
  CAPSA_LIST(bool) shown; /* by span of it */
  capsa_slice edition;
  uint64_t turns;
} reader;

/* ---- words of a line */

static capsa_slice next_word(capsa_slice *line) {
  size_t end = 0;
  while (end < line->len && line->ptr[end] != ' ') end++;
  capsa_slice word = capsa_slice_cut(*line, 0, end);
  *line = capsa_slice_from(*line, end + 1);
  return word;
}

static bool next_number(capsa_slice *line, uint64_t *out) {
  capsa_slice word = next_word(line);
  *out = 0;
  for (size_t i = 0; i < word.len; i++) {
    if (word.ptr[i] < '0' || word.ptr[i] > '9') return false;
    *out = *out * 10 + (uint64_t)(word.ptr[i] - '0');
  }
  return word.len > 0 && word.len <= 10;
}

static int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool next_text(reader *r, capsa_slice *line, capsa_slice *out) {
  capsa_slice word = next_word(line);
  if (!capsa_slice_starts(word, "=")) return false;
  char *text = capsa_arena_alloc(r->draft->arena, word.len);
  size_t len = 0;
  if (!text) return false;
  for (size_t i = 1; i < word.len; i++) {
    char c = word.ptr[i];
    if (c == '%') {
      int high = i + 2 < word.len ? hex(word.ptr[i + 1]) : -1;
      int low = i + 2 < word.len ? hex(word.ptr[i + 2]) : -1;
      if (high < 0 || low < 0 || high > 7) return false;
      c = (char)(high * 16 + low);
      bool free = c >= ' ' || (c && strchr("\t\n\f\r", c));
      if (!free) return false;
      i += 2;
    }
    text[len++] = c;
  }
  *out = (capsa_slice){text, len};
  return true;
}

/* Up to `count` texts; those left out are empty. */
static bool next_texts(reader *r, capsa_slice *line, capsa_slice *out,
                       size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = (capsa_slice){0};
  for (size_t i = 0; i < count && line->len; i++)
    if (!next_text(r, line, &out[i])) return false;
  return !line->len;
}

static int find_kind(capsa_slice name, const char *(*name_of)(int), int count) {
  for (int i = 0; i < count; i++)
    if (capsa_slice_equal(name, capsa_slice_of(name_of(i)))) return i;
  return -1;
}

static const char *block_name(int kind) {
  return capsa_block_kind_name((capsa_block_kind)kind);
}

static const char *span_name(int kind) {
  return capsa_span_kind_name((capsa_span_kind)kind);
}

/* ---- a block's text */

static bool cut_lead(reader *r, capsa_slice *text) {
  capsa_slice label = r->block->label;
  if (r->body == CAPSA_LEDGER_TEXT) return true;
  if (text->len < label.len ||
      !capsa_slice_equal(capsa_slice_cut(*text, 0, label.len), label))
    return false;
  *text = capsa_slice_from(*text, label.len);
  if (r->body == CAPSA_LEDGER_LABELLED) {
    if (!capsa_slice_starts(*text, ":")) return false;
    *text = capsa_slice_from(*text, 1);
  }
  if (capsa_slice_starts(*text, " ")) *text = capsa_slice_from(*text, 1);
  return true;
}

/* A table's rows were made of one length: back to what they were. */
static bool trim_cells(reader *r, capsa_slice *text) {
  capsa_buf out = {0};
  capsa_slice counts = r->cells, rest = *text;
  if (!counts.len) return true;
  while (rest.len) {
    size_t end = capsa_slice_finds(rest, "\n", 0), at = 0, count = 0;
    for (; counts.len && counts.ptr[0] >= '0' && counts.ptr[0] <= '9';
         counts = capsa_slice_from(counts, 1))
      count =
          count < 100000 ? count * 10 + (size_t)(counts.ptr[0] - '0') : count;
    counts = capsa_slice_from(counts, 1);
    if (end == CAPSA_NOT_FOUND || !count) break;
    for (; count && at <= end; count--) {
      size_t tab = capsa_slice_finds(rest, "\t", at);
      at = (tab < end ? tab : end) + 1;
    }
    capsa_buf_put(&out, capsa_slice_cut(rest, 0, at - 1));
    capsa_buf_putc(&out, '\n');
    rest = capsa_slice_from(rest, end + 1);
  }
  bool whole = !rest.len && !counts.len;
  return !capsa_buf_take(&out, r->draft->arena, text) && whole;
}

/* Take the marks out that the Markdown shows. Spans are by start. */
static bool cut_marks(reader *r, capsa_slice *text) {
  capsa_buf out = {0};
  size_t from = 0;
  bool fits = true;
  for (size_t i = 0; fits && i < r->block->spans.count; i++) {
    const capsa_span *span = &r->block->spans.items[i];
    if (!r->shown.items[i]) continue;
    size_t at = span->at.start_byte;
    fits = at >= out.len && at - out.len <= text->len - from &&
           span->mark.len <= text->len - from - (at - out.len);
    if (!fits) break;
    size_t start = from + (at - out.len);
    capsa_buf_put(&out, capsa_slice_cut(*text, from, start));
    from = start + span->mark.len;
    fits = !out.failed &&
           capsa_slice_equal(capsa_slice_cut(*text, start, from), span->mark);
  }
  capsa_buf_put(&out, capsa_slice_from(*text, from));
  capsa_slice cut = *text;
  bool kept = !capsa_buf_take(&out, r->draft->arena, &cut);
  if (from) *text = cut;
  return fits && kept;
}

static bool is_boundary(capsa_slice text, size_t at) {
  return at == text.len ||
         (at < text.len && ((unsigned char)text.ptr[at] & 0xC0) != 0x80);
}

static bool is_range(capsa_slice text, capsa_range at) {
  return at.start_byte <= at.end_byte && is_boundary(text, at.start_byte) &&
         is_boundary(text, at.end_byte);
}

/* The spans and repairs are all there: give the block its text. */
static bool close_block(reader *r) {
  capsa_draft_block *block = r->block;
  r->block = NULL;
  if (!block) return true;
  capsa_slice text = {0};
  if (r->body != CAPSA_LEDGER_NOTHING) {
    if (r->used == r->raw.count) return false;
    const capsa_draft_block *raw = &r->raw.items[r->used++];
    text = raw->text;
    block->line = raw->line;
    r->block = block;
    bool fits =
        cut_lead(r, &text) && trim_cells(r, &text) && cut_marks(r, &text);
    r->block = NULL;
    if (!fits) return false;
  }
  block->text = text;
  for (size_t i = 0; i < block->spans.count; i++)
    if (!is_range(text, block->spans.items[i].at)) return false;
  for (size_t i = 0; i < block->emendations.count; i++)
    if (!is_range(text, block->emendations.items[i].at)) return false;
  return true;
}

/* ---- lines */

static bool read_speaker(reader *r, capsa_slice line) {
  uint64_t turns;
  capsa_slice text[3];
  if (!next_number(&line, &turns) || turns > r->turns) return false;
  for (int i = 0; i < 3; i++)
    if (!next_text(r, &line, &text[i])) return false;
  capsa_draft_speaker *speaker = CAPSA_LIST_ADD(r->draft->arena, &r->speakers);
  if (!speaker) return false;
  speaker->turns = (uint32_t)turns;
  speaker->name = text[0];
  speaker->office = text[1];
  speaker->key = text[2];
  while (line.len) {
    capsa_slice *label = CAPSA_LIST_ADD(r->draft->arena, &speaker->labels);
    if (!label || !next_text(r, &line, label)) return false;
  }
  return true;
}

static bool read_block(reader *r, capsa_slice line) {
  enum { TURN, SPEAKER, LEVEL, REFERENCE, BODY, COUNT };
  uint64_t n[COUNT];
  capsa_slice text[5];
  if (!close_block(r)) return false;
  int kind = find_kind(next_word(&line), block_name, CAPSA_BLOCK_KIND_COUNT);
  for (int i = 0; i < COUNT; i++)
    if (!next_number(&line, &n[i])) return false;
  if (kind < 0 || n[TURN] > r->turns || n[SPEAKER] > r->speakers.count ||
      n[LEVEL] > CAPSA_NESTING_MAX || n[REFERENCE] > UINT32_MAX ||
      n[BODY] >= CAPSA_LEDGER_BODY_COUNT || !next_texts(r, &line, text, 5))
    return false;
  capsa_draft_block *block = capsa_draft_add(
      r->draft, &r->blocks, (capsa_block_kind)kind, (capsa_slice){0}, 0);
  if (!block) return false;
  block->encoded = true;
  block->turn = (uint32_t)n[TURN];
  block->speaker = (uint32_t)n[SPEAKER];
  block->level = (uint32_t)n[LEVEL];
  block->reference = (uint32_t)n[REFERENCE];
  block->label = text[0];
  block->marker = text[1];
  block->language = text[2];
  block->target = text[3];
  r->cells = text[4];
  r->body = n[BODY];
  r->block = block;
  r->shown.count = 0;
  return true;
}

static bool read_span(reader *r, capsa_slice line) {
  enum { START, END, BLOCK, SHOWN, COUNT };
  uint64_t n[COUNT];
  capsa_slice text[2];
  int kind = find_kind(next_word(&line), span_name, CAPSA_SPAN_KIND_COUNT);
  for (int i = 0; i < COUNT; i++)
    if (!next_number(&line, &n[i])) return false;
  if (!r->block || kind < 0 || n[BLOCK] > UINT32_MAX || n[SHOWN] > 1 ||
      !next_texts(r, &line, text, 2))
    return false;
  if (kind == CAPSA_SPAN_LINK && !capsa_markdown_is_safe(text[0])) return false;
  bool *shown = CAPSA_LIST_ADD(r->draft->arena, &r->shown);
  capsa_span *span = capsa_draft_span(r->draft, r->block, (capsa_span_kind)kind,
                                      (size_t)n[START], (size_t)n[END]);
  if (!shown || !span) return false;
  *shown = n[SHOWN];
  span->block = (uint32_t)n[BLOCK];
  span->target = text[0];
  span->mark = text[1];
  return true;
}

/* The name as a string of its own, where it is one. */
static const char *rule_of(reader *r, capsa_slice name) {
  if (!name.len || name.len > CAPSA_LEDGER_RULE_MAX) return NULL;
  for (size_t i = 0; i < name.len; i++)
    if (name.ptr[i] != '-' && (name.ptr[i] < 'a' || name.ptr[i] > 'z'))
      return NULL;
  return capsa_arena_string(r->draft->arena, name);
}

static bool read_emendation(reader *r, capsa_slice line) {
  enum { START, END, CONFIDENCE, IN_LABEL, COUNT };
  uint64_t n[COUNT];
  capsa_slice text[3];
  for (int i = 0; i < COUNT; i++)
    if (!next_number(&line, &n[i])) return false;
  if (!r->block || n[CONFIDENCE] > 100 || n[IN_LABEL] > 1 ||
      !next_texts(r, &line, text, 3))
    return false;
  capsa_emendation e = {.at = {(size_t)n[START], (size_t)n[END]},
                        .rule = rule_of(r, text[0]),
                        .original = text[1],
                        .corrected = text[2],
                        .confidence = (int)n[CONFIDENCE],
                        .in_label = n[IN_LABEL]};
  if (!e.rule) return false;
  capsa_draft_emend(r->draft, r->block, &e);
  return true;
}

static bool read_line(reader *r, capsa_slice line) {
  capsa_slice word = next_word(&line);
  if (capsa_slice_equal(word, CAPSA_LITERAL("speaker")))
    return !r->blocks.count && read_speaker(r, line);
  if (capsa_slice_equal(word, CAPSA_LITERAL("block")))
    return read_block(r, line);
  if (capsa_slice_equal(word, CAPSA_LITERAL("span"))) return read_span(r, line);
  if (capsa_slice_equal(word, CAPSA_LITERAL("emend")))
    return read_emendation(r, line);
  return false;
}

/* ---- the whole */

static bool is_whole(reader *r) {
  capsa_buf text = {0};
  size_t count = r->blocks.count;
  bool fits = r->used == r->raw.count;
  for (size_t i = 0; fits && i < count; i++) {
    const capsa_draft_block *block = &r->blocks.items[i];
    if (i) capsa_buf_putc(&text, '\n');
    capsa_buf_put(&text, block->text);
    fits = block->reference <= count;
    for (size_t k = 0; fits && k < block->spans.count; k++)
      fits = block->spans.items[k].block <= count;
  }
  char digits[CAPSA_SHA256_HEX];
  capsa_sha256_hex(capsa_buf_view(&text), digits);
  fits = fits && !text.failed &&
         capsa_slice_equal(r->edition, (capsa_slice){digits, sizeof digits});
  capsa_buf_free(&text);
  return fits;
}

static bool read_ledger(reader *r, capsa_slice ledger) {
  capsa_slice line;
  if (!capsa_slice_next_line(&ledger, &line)) return false;
  r->edition = next_word(&line);
  if (!next_number(&line, &r->turns) || r->turns > UINT32_MAX) return false;
  if (!capsa_slice_next_line(&ledger, &line)) return false; /* for people */
  while (capsa_slice_next_line(&ledger, &line))
    if (!read_line(r, line)) return false;
  return close_block(r) && is_whole(r);
}

bool capsa_ledger_apply(capsa_slice ledger, capsa_draft *draft) {
  reader r = {.draft = draft, .raw = draft->blocks};
  if (!read_ledger(&r, ledger)) return false;
  draft->blocks = r.blocks;
  draft->turns = (uint32_t)r.turns;
  draft->speakers.items = r.speakers.items;
  draft->speakers.count = r.speakers.count;
  draft->speakers.cap = r.speakers.cap;
  return true;
}

static bool is_ledger_start(capsa_slice text, size_t at) {
  return (!at || text.ptr[at - 1] == '\n') &&
         capsa_slice_starts(capsa_slice_from(text, at), CAPSA_LEDGER_START);
}

capsa_slice capsa_ledger_cut(capsa_slice text, capsa_slice *rest) {
  capsa_slice none = {0}, trimmed = capsa_slice_trim(text);
  *rest = text;
  if (!capsa_slice_ends(trimmed, "\n" CAPSA_LEDGER_END)) return none;
  /* The last line that starts one: no text in it could. */
  size_t start = trimmed.len;
  while (!is_ledger_start(trimmed, start))
    if (!start--) return none;
  size_t lead = start + strlen(CAPSA_LEDGER_START);
  *rest = (capsa_slice){text.ptr, (size_t)(trimmed.ptr - text.ptr) + start};
  return capsa_slice_cut(trimmed, lead, trimmed.len - strlen(CAPSA_LEDGER_END));
}
