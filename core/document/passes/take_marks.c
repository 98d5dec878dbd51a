#include "document/passes/take_marks.h"

#include <string.h>

#include "base/slice.h"
#include "document/undone.h"
#include "text/chars.h"

#define CONFIDENCE_IN_WORD 90
#define CONFIDENCE_BETWEEN_SENTENCES 95

/* A change, and where in it the mark's span stands. */
typedef struct taking {
  capsa_draft *draft;
  capsa_slice text;
  capsa_draft_change *changes;
  size_t *offsets;
} taking;

static bool is_space_at(capsa_slice text, size_t at) {
  return at < text.len && text.ptr[at] == ' ';
}

/* Is the word or sentence before `at` over, though no space says so? */
static bool is_over(capsa_slice text, size_t at) {
  uint32_t c = capsa_utf8_before(text, at).value;
  return capsa_is_lower(c) || capsa_is_digit(c) || c == 0x201D ||
         (c && c < 0x80 && strchr(".!?,;:)]", (int)c));
}

static bool is_in_word(capsa_slice text, capsa_range at) {
  return capsa_is_letter(capsa_utf8_before(text, at.start_byte).value) &&
         capsa_is_lower(capsa_utf8_next(text, at.end_byte).value);
}

/* The whole word, so that the repair shows it as it was printed. */
static void join_word(const taking *t, capsa_draft_change *change,
                      size_t *offset) {
  capsa_range at = change->at;
  capsa_codepoint cp;
  size_t start = at.start_byte, end = at.end_byte;
  while ((cp = capsa_utf8_before(t->text, start)).len &&
         capsa_is_letter(cp.value))
    start -= cp.len;
  while ((cp = capsa_utf8_next(t->text, end)).len && capsa_is_letter(cp.value))
    end += cp.len;
  const capsa_slice halves[] = {capsa_slice_cut(t->text, start, at.start_byte),
                                capsa_slice_cut(t->text, at.end_byte, end)};
  change->at = (capsa_range){start, end};
  change->corrected = capsa_draft_concat(t->draft, halves, 2);
  change->rule = "mark-in-word";
  change->confidence = CONFIDENCE_IN_WORD;
  *offset = halves[0].len;
}

/* Spaces that are too many beside the mark go with it. */
static void take_spaces(capsa_slice text, capsa_range *at) {
  size_t start = at->start_byte, end = at->end_byte;
  bool opens = !start || text.ptr[start - 1] == '\n';
  bool closes = end == text.len || text.ptr[end] == '\n';
  bool stops = !closes && strchr(".,;:!?)", text.ptr[end]);
  bool spaced = !opens && is_space_at(text, start - 1);
  if (opens && closes && end < text.len) at->end_byte++;
  else if (spaced && (closes || stops)) {
    while (at->start_byte && is_space_at(text, at->start_byte - 1))
      at->start_byte--;
  } else if (opens || spaced) {
    while (is_space_at(text, at->end_byte)) at->end_byte++;
  }
}

/* Nothing but a mark parts two words here. A note's mark never stands inside
 * one. */
static bool parts_words(capsa_slice text, capsa_range at,
                        capsa_span_kind kind) {
  uint32_t next = capsa_utf8_next(text, at.end_byte).value;
  return (kind == CAPSA_SPAN_PAGE_BREAK ? capsa_is_upper(next)
                                        : capsa_is_letter(next)) &&
         is_over(text, at.start_byte);
}

static void plan(const taking *t, capsa_span_kind kind, const capsa_mark *mark,
                 size_t index) {
  capsa_draft_change *change = &t->changes[index];
  size_t least = index ? change[-1].at.end_byte : 0;
  *change = (capsa_draft_change){.at = mark->at};
  t->offsets[index] = 0;
  if (kind == CAPSA_SPAN_PAGE_BREAK && is_in_word(t->text, mark->at))
    join_word(t, change, &t->offsets[index]);
  else if (parts_words(t->text, mark->at, kind)) {
    change->corrected = CAPSA_LITERAL(" ");
    change->rule = "mark-as-space";
    change->confidence = CONFIDENCE_BETWEEN_SENTENCES;
    t->offsets[index] = kind == CAPSA_SPAN_PAGE_BREAK;
  } else take_spaces(t->text, &change->at);
  bool undone =
      change->rule &&
      capsa_undone_has(
          t->draft, change->rule,
          capsa_slice_cut(t->text, change->at.start_byte, change->at.end_byte),
          capsa_slice_cut(t->text, 0, change->at.start_byte),
          capsa_slice_from(t->text, change->at.end_byte));
  if (undone || change->at.start_byte < least) {
    *change = (capsa_draft_change){.at = mark->at};
    t->offsets[index] = 0;
  }
}

static void take_from_block(capsa_draft *draft, capsa_span_kind kind,
                            const capsa_mark *marks, size_t count) {
  capsa_draft_block *block = &draft->blocks.items[marks->block];
  taking t = {.draft = draft, .text = block->text};
  t.changes = capsa_arena_alloc(draft->arena, count * sizeof *t.changes);
  t.offsets = capsa_arena_alloc(draft->arena, count * sizeof *t.offsets);
  if (!t.changes || !t.offsets) return;
  for (size_t i = 0; i < count; i++) plan(&t, kind, &marks[i], i);
  capsa_draft_change_text(draft, block, t.changes, count);
  for (size_t i = 0; i < count; i++) {
    size_t at = t.changes[i].new_start_byte + t.offsets[i];
    capsa_span *span = capsa_draft_span(draft, block, kind, at, at);
    if (!span) return;
    span->target = marks[i].target;
    span->block = marks[i].note;
    span->mark =
        capsa_slice_cut(t.text, marks[i].at.start_byte, marks[i].at.end_byte);
  }
  if (capsa_slice_equal(draft->metadata.title, t.text))
    draft->metadata.title = block->text;
}

void capsa_marks_take(capsa_draft *draft, capsa_span_kind kind,
                      const capsa_mark *marks, size_t count) {
  for (size_t i = 0; i < count;) {
    size_t end = i + 1;
    while (end < count && marks[end].block == marks[i].block) end++;
    take_from_block(draft, kind, &marks[i], end - i);
    i = end;
  }
}
