#include "document/draft.h"

#include <string.h>

#include "base/slice.h"
#include "text/chars.h"

#define REPORTED_TEXT_MAX 200

capsa_draft_block *capsa_draft_add(capsa_draft *draft,
                                   capsa_draft_blocks *blocks,
                                   capsa_block_kind kind, capsa_slice text,
                                   uint32_t line) {
  capsa_draft_block *block = CAPSA_LIST_ADD(draft->arena, blocks);
  if (!block) return NULL;
  block->kind = kind;
  block->text = text;
  block->line = line;
  return block;
}

void capsa_draft_replace(capsa_draft *draft, capsa_draft_blocks blocks) {
  capsa_arena_release(draft->arena, draft->blocks.items);
  draft->blocks = blocks;
}

void capsa_draft_report(capsa_draft *draft, capsa_severity severity,
                        uint32_t line, const char *code, const char *action,
                        capsa_slice text) {
  capsa_diagnostic *d = CAPSA_LIST_ADD(draft->arena, &draft->diagnostics);
  if (!d) return;
  size_t end = text.len;
  if (severity == CAPSA_SEVERITY_WARNING && end > REPORTED_TEXT_MAX) {
    end = REPORTED_TEXT_MAX;
    while (end && ((unsigned char)text.ptr[end] & 0xC0) == 0x80) end--;
  }
  *d = (capsa_diagnostic){.severity = severity,
                          .line = line,
                          .code = code,
                          .action = action,
                          .text = capsa_slice_cut(text, 0, end)};
}

capsa_span *capsa_draft_span(capsa_draft *draft, capsa_draft_block *block,
                             capsa_span_kind kind, size_t start, size_t end) {
  capsa_span *span = CAPSA_LIST_ADD(draft->arena, &block->spans);
  if (span) *span = (capsa_span){.kind = kind, .at = {start, end}};
  return span;
}

static int by_start(const capsa_span *a, const capsa_span *b) {
  if (a->at.start_byte != b->at.start_byte)
    return a->at.start_byte < b->at.start_byte ? -1 : 1;
  if (a->at.end_byte != b->at.end_byte)
    return a->at.end_byte > b->at.end_byte ? -1 : 1;
  /* A note's mark belongs to the word before it, a page begins behind that. */
  if (a->at.start_byte && a->at.start_byte == a->at.end_byte &&
      a->kind != b->kind)
    return a->kind < b->kind ? -1 : 1;
  return 0;
}

/* Merge two runs, then the runs of twice the length: stable, O(n log n). */
void capsa_draft_sort_spans(capsa_draft *draft, capsa_draft_block *block) {
  capsa_span *spans = block->spans.items;
  size_t count = block->spans.count, sorted = 1;
  while (sorted < count && by_start(&spans[sorted - 1], &spans[sorted]) <= 0)
    sorted++;
  if (sorted >= count) return;
  capsa_span *other = capsa_arena_alloc(draft->arena, count * sizeof *spans);
  if (!other) return;
  for (size_t run = 1; run < count; run *= 2) {
    for (size_t low = 0; low < count; low += 2 * run) {
      size_t middle = low + run < count ? low + run : count;
      size_t high = low + 2 * run < count ? low + 2 * run : count;
      size_t a = low, b = middle;
      for (size_t k = low; k < high; k++)
        other[k] =
            b >= high || (a < middle && by_start(&spans[a], &spans[b]) <= 0)
                ? spans[a++]
                : spans[b++];
    }
    memcpy(spans, other, count * sizeof *spans);
  }
}

void capsa_draft_emend(capsa_draft *draft, capsa_draft_block *block,
                       const capsa_emendation *emendation) {
  capsa_emendation *e = CAPSA_LIST_ADD(draft->arena, &block->emendations);
  if (e) *e = *emendation;
}

/* The part of `at` that lies in `window`, counted from the window's start.
 * What is empty lies where something goes on behind it, so that cutting a
 * text in two does not double it. */
static bool clip(capsa_range at, capsa_range window, capsa_range *out) {
  size_t start = at.start_byte, end = at.end_byte;
  if (start < window.start_byte) start = window.start_byte;
  if (end > window.end_byte) end = window.end_byte;
  if (start > end || (start == end && at.start_byte < at.end_byte) ||
      start == window.end_byte)
    return false;
  *out = (capsa_range){start - window.start_byte, end - window.start_byte};
  return true;
}

static void copy_marks(capsa_draft *draft, capsa_draft_block *to,
                       const capsa_draft_block *from, capsa_range window,
                       size_t shift) {
  capsa_range at;
  for (size_t i = 0; i < from->spans.count; i++) {
    capsa_span span = from->spans.items[i];
    if (!clip(span.at, window, &at)) continue;
    span.at = (capsa_range){at.start_byte + shift, at.end_byte + shift};
    capsa_span *copy = CAPSA_LIST_ADD(draft->arena, &to->spans);
    if (copy) *copy = span;
  }
  for (size_t i = 0; i < from->emendations.count; i++) {
    capsa_emendation e = from->emendations.items[i];
    if (!clip(e.at, window, &at)) continue;
    e.at = (capsa_range){at.start_byte + shift, at.end_byte + shift};
    capsa_draft_emend(draft, to, &e);
  }
}

void capsa_draft_carry(capsa_draft *draft, capsa_draft_block *to,
                       const capsa_draft_block *from, capsa_range window,
                       size_t at) {
  for (size_t i = 0; i < from->spans.count; i++) {
    capsa_span span = from->spans.items[i];
    size_t start = span.at.start_byte;
    if (start != span.at.end_byte || start < window.start_byte ||
        start >= window.end_byte)
      continue;
    span.at = (capsa_range){at, at};
    capsa_span *copy = CAPSA_LIST_ADD(draft->arena, &to->spans);
    if (copy) *copy = span;
  }
}

capsa_draft_block *capsa_draft_part(capsa_draft *draft,
                                    capsa_draft_blocks *blocks,
                                    const capsa_draft_block *block,
                                    size_t start, size_t end) {
  capsa_slice text = capsa_slice_trim(capsa_slice_cut(block->text, start, end));
  capsa_draft_block whole = *block;
  size_t from = start;
  if (text.len) start = (size_t)(text.ptr - block->text.ptr);
  capsa_draft_block *part =
      capsa_draft_add(draft, blocks, whole.kind, text, whole.line);
  if (!part) return NULL;
  part->level = whole.level;
  part->marker = whole.marker;
  part->language = whole.language;
  part->target = whole.target;
  part->encoded = whole.encoded;
  part->note = whole.note;
  size_t stop = start + text.len;
  if (end >= whole.text.len) end = whole.text.len + 1; /* what ends the text */
  capsa_draft_carry(draft, part, &whole, (capsa_range){from, start}, 0);
  capsa_draft_carry(draft, part, &whole, (capsa_range){stop, end}, text.len);
  copy_marks(draft, part, &whole, (capsa_range){start, stop}, 0);
  return part;
}

capsa_slice capsa_draft_concat(capsa_draft *draft, const capsa_slice *parts,
                               size_t count) {
  size_t len = 0, at = 0;
  for (size_t i = 0; i < count; i++) len += parts[i].len;
  char *ptr = capsa_arena_alloc(draft->arena, len);
  if (!ptr) return (capsa_slice){0};
  for (size_t i = 0; i < count; i++) {
    if (parts[i].len) memcpy(ptr + at, parts[i].ptr, parts[i].len);
    at += parts[i].len;
  }
  return (capsa_slice){ptr, len};
}

/* Room doubles, so that a turn over n paragraphs costs O(n). */
static bool make_room(capsa_draft *draft, capsa_draft_block *block,
                      size_t more) {
  if (block->text.len + more <= block->text_cap) return true;
  size_t cap = 2 * (block->text.len + more);
  char *text = capsa_arena_alloc(draft->arena, cap);
  if (!text) return false;
  if (block->text.len) memcpy(text, block->text.ptr, block->text.len);
  block->text.ptr = text;
  block->text_cap = cap;
  return true;
}

void capsa_draft_join(capsa_draft *draft, capsa_draft_block *block,
                      const capsa_draft_block *more, const char *rule,
                      int confidence) {
  size_t at = block->text.len;
  if (!make_room(draft, block, more->text.len + 1)) return;
  char *end = (char *)block->text.ptr + at; /* ours: make_room gave it */
  *end = ' ';
  if (more->text.len) memcpy(end + 1, more->text.ptr, more->text.len);
  block->text.len += more->text.len + 1;
  capsa_emendation e = {.at = {at, at + 1},
                        .original = CAPSA_PARAGRAPH_BREAK,
                        .corrected = CAPSA_LITERAL(" "),
                        .rule = rule,
                        .confidence = confidence};
  if (rule) capsa_draft_emend(draft, block, &e);
  size_t len = more->text.len;
  copy_marks(draft, block, more, (capsa_range){0, len}, at + 1);
  capsa_draft_carry(draft, block, more, (capsa_range){len, len + 1},
                    block->text.len);
}

/* Where a byte of the old text stands in the new one. Inside a change it goes
 * to the change's start or end, whichever `to_end` says. */
static size_t moved(size_t at, const capsa_draft_change *changes, size_t count,
                    bool to_end) {
  size_t low = 0, high = count; /* changes before `low` start before `at` */
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (changes[middle].at.start_byte < at) low = middle + 1;
    else high = middle;
  }
  if (!low) return at;
  const capsa_draft_change *c = &changes[low - 1];
  size_t new_end = c->new_start_byte + c->corrected.len;
  if (at < c->at.end_byte) return to_end ? new_end : c->new_start_byte;
  return new_end + (at - c->at.end_byte);
}

static void move_marks(capsa_draft_block *block,
                       const capsa_draft_change *changes, size_t count) {
  for (size_t i = 0; i < block->spans.count; i++) {
    capsa_range *at = &block->spans.items[i].at;
    at->start_byte = moved(at->start_byte, changes, count, false);
    at->end_byte = moved(at->end_byte, changes, count, true);
  }
  for (size_t i = 0; i < block->emendations.count; i++) {
    capsa_range *at = &block->emendations.items[i].at;
    at->start_byte = moved(at->start_byte, changes, count, false);
    at->end_byte = moved(at->end_byte, changes, count, true);
  }
}

static void put(char *text, size_t *len, capsa_slice piece) {
  if (piece.len) memcpy(text + *len, piece.ptr, piece.len);
  *len += piece.len;
}

static capsa_slice changed_text(capsa_draft *draft, capsa_slice old,
                                capsa_draft_change *changes, size_t count) {
  size_t size = old.len, len = 0, from = 0;
  for (size_t i = 0; i < count; i++) size += changes[i].corrected.len;
  char *text = capsa_arena_alloc(draft->arena, size);
  if (!text) return (capsa_slice){0};
  for (size_t i = 0; i < count; i++) {
    capsa_draft_change *c = &changes[i];
    put(text, &len, capsa_slice_cut(old, from, c->at.start_byte));
    c->new_start_byte = len;
    put(text, &len, c->corrected);
    from = c->at.end_byte;
  }
  put(text, &len, capsa_slice_from(old, from));
  return (capsa_slice){text, len};
}

void capsa_draft_change_text(capsa_draft *draft, capsa_draft_block *block,
                             capsa_draft_change *changes, size_t count) {
  if (!count) return;
  capsa_slice old = block->text;
  capsa_slice text = changed_text(draft, old, changes, count);
  if (!text.ptr) return;
  move_marks(block, changes, count);
  for (size_t i = 0; i < count; i++) {
    const capsa_draft_change *c = &changes[i];
    capsa_emendation e = {
        .at = {c->new_start_byte, c->new_start_byte + c->corrected.len},
        .original = capsa_slice_cut(old, c->at.start_byte, c->at.end_byte),
        .corrected = c->corrected,
        .rule = c->rule,
        .confidence = c->confidence};
    if (c->rule) capsa_draft_emend(draft, block, &e);
  }
  block->text = text;
  block->text_cap = 0;
}

/* A no-break space that stands alone is the text's own. */
static bool is_own_space(capsa_slice space) {
  capsa_codepoint cp = capsa_utf8_next(space, 0);
  return cp.len == space.len && (cp.value == 0xA0 || cp.value == 0x202F);
}

static size_t space_run(capsa_slice text, size_t at) {
  size_t i = at;
  for (capsa_codepoint cp;
       (cp = capsa_utf8_next(text, i)).len && capsa_is_space(cp.value);)
    i += cp.len;
  return i - at;
}

/* Up to where `text` is squeezed already. */
static size_t squeezed(capsa_slice text) {
  size_t i = 0;
  while (i < text.len) {
    capsa_codepoint cp = capsa_utf8_next(text, i);
    if (!capsa_is_space(cp.value)) {
      i += cp.len;
      continue;
    }
    size_t run = space_run(text, i);
    capsa_slice space = capsa_slice_cut(text, i, i + run);
    bool one = capsa_slice_equal(space, CAPSA_LITERAL(" "));
    if (!i || i + run == text.len || (!one && !is_own_space(space))) break;
    i += run;
  }
  return i;
}

capsa_slice capsa_draft_squeeze(capsa_arena *arena, capsa_slice text) {
  size_t len = squeezed(text);
  if (len == text.len) return text;
  char *out = capsa_arena_bytes(arena, text.len);
  if (!out) return (capsa_slice){0};
  memcpy(out, text.ptr, len);
  for (size_t i = len; i < text.len;) {
    size_t run = space_run(text, i);
    capsa_slice space = capsa_slice_cut(text, i, i + run);
    i += run;
    if (run && len && i < text.len) {
      if (!is_own_space(space)) space = CAPSA_LITERAL(" ");
      memcpy(out + len, space.ptr, space.len);
      len += space.len;
    }
    size_t start = i;
    for (capsa_codepoint cp;
         (cp = capsa_utf8_next(text, i)).len && !capsa_is_space(cp.value);)
      i += cp.len;
    memcpy(out + len, text.ptr + start, i - start);
    len += i - start;
  }
  return (capsa_slice){out, len};
}
