/* notes.c -- footnotes: the notes at the end, and their marks in the text.
 *
 * note_sections.c says where notes stand. Only then do their marks leave the
 * text (note_marks.c), so that no number is taken for a mark that has no note.
 */
#include "document/passes/notes/notes.h"

#include <string.h>

#include "base/slice.h"
#include "document/passes/passes.h"

/* The word that a mark is glued to, with the mark. */
static capsa_slice marked_word(const capsa_draft *draft,
                               const capsa_mark *mark) {
  capsa_slice text = draft->blocks.items[mark->block].text;
  size_t start = mark->at.start_byte;
  while (start && !strchr(" \n\t", text.ptr[start - 1])) start--;
  return capsa_slice_cut(text, start, mark->at.end_byte);
}

static capsa_slice printed_number(const capsa_draft_block *block,
                                  const capsa_note_start *start) {
  if (!start->text) return block->marker;
  return capsa_slice_trim(capsa_slice_cut(block->text, 0, start->text));
}

/* What leaves the text is told in one message, as it was printed. */
void capsa_note_section_report(capsa_draft *draft, capsa_note_section at,
                               const capsa_note_marks *marks) {
  CAPSA_LIST(capsa_slice) parts = {0};
  size_t count = marks->count + at.end - at.first;
  for (size_t i = 0; i < count; i++) {
    size_t k = at.first + i - marks->count;
    capsa_note_start start = {0};
    if (i >= marks->count) start = capsa_note_read(draft, k);
    if (i >= marks->count && !start.form) continue;
    capsa_slice *space = CAPSA_LIST_ADD(draft->arena, &parts);
    if (space && parts.count > 1) *space = CAPSA_LITERAL(" ");
    capsa_slice *part = CAPSA_LIST_ADD(draft->arena, &parts);
    if (!part) return;
    *part = i < marks->count ? marked_word(draft, &marks->items[i])
                             : printed_number(&draft->blocks.items[k], &start);
  }
  capsa_draft_report(draft, CAPSA_SEVERITY_INFO,
                     draft->blocks.items[at.first].line, "notes",
                     "read as footnotes: these numbers are drawn beside the "
                     "words and are no text",
                     capsa_draft_concat(draft, parts.items, parts.count));
}

static void take_section_marks(capsa_draft *draft, size_t from,
                               capsa_note_section at) {
  capsa_note_numbers numbers;
  capsa_note_marks marks;
  capsa_note_section_marks(draft, from, at, &numbers, &marks);
  bool read = draft->blocks.items[at.first].kind == CAPSA_BLOCK_FOOTNOTE;
  if (!read || marks.count) capsa_note_section_report(draft, at, &marks);
  capsa_marks_take(draft, CAPSA_SPAN_FOOTNOTE_REF, marks.items, marks.count);
}

static size_t without_arrow(capsa_slice text) {
  size_t end = text.len;
  if (capsa_slice_ends(text, "\xEF\xB8\x8E")) end -= 3;
  return capsa_note_has_arrow(text) ? end - 3 : end;
}

/* A further paragraph of a note stands behind a line feed. */
static void add_paragraph(capsa_draft *draft, capsa_draft_block *note,
                          const capsa_draft_block *more) {
  size_t at = note->text.len;
  if (!more->text.len) { /* an arrow alone, a rule: nothing but its marks */
    capsa_draft_carry(draft, note, more, (capsa_range){0, 1}, at);
    return;
  }
  capsa_draft_join(draft, note, more, NULL, 0);
  if (note->text.len > at) ((char *)note->text.ptr)[at] = '\n';
}

static void put_section(capsa_draft *draft, capsa_note_section at,
                        capsa_draft_blocks *out) {
  uint32_t ordinal = 0;
  size_t note = out->count; /* of the last one begun */
  capsa_note_start before = {0};
  for (size_t i = at.first; i < at.end; i++) {
    capsa_note_start start = capsa_note_at(draft, i, &ordinal);
    const capsa_draft_block *block = &draft->blocks.items[i];
    bool begins = !before.form || capsa_note_may_follow(&before, &start);
    capsa_draft_block *part = capsa_draft_part(
        draft, out, block, begins ? start.text : 0, without_arrow(block->text));
    if (!part) return;
    if (!begins) {
      add_paragraph(draft, &out->items[note], part);
      out->count--;
      continue;
    }
    capsa_draft_carry(draft, part, &draft->blocks.items[i],
                      (capsa_range){0, start.text}, 0);
    part->kind = CAPSA_BLOCK_FOOTNOTE;
    part->level = 0;
    part->encoded = false;
    part->marker = start.marker;
    note = out->count - 1;
    before = start;
  }
}

static void put_heading(capsa_draft *draft, capsa_draft_block *heading) {
  if (heading->kind == CAPSA_BLOCK_PARAGRAPH) heading->level = 2;
  heading->kind = CAPSA_BLOCK_HEADING;
  if (capsa_slice_equal(draft->metadata.title, heading->text))
    draft->metadata.title = (capsa_slice){0};
}

static void put_sections(capsa_draft *draft, const capsa_note_sections *list) {
  capsa_draft_blocks out = {0};
  size_t i = 0;
  for (size_t s = 0; s <= list->count; s++) {
    size_t first = s < list->count ? list->items[s].first : draft->blocks.count;
    for (; i < first; i++) {
      capsa_draft_block *copy = CAPSA_LIST_ADD(draft->arena, &out);
      if (copy) *copy = draft->blocks.items[i];
    }
    if (s == list->count) break;
    if (list->items[s].headed && out.count)
      put_heading(draft, &out.items[out.count - 1]);
    put_section(draft, list->items[s], &out);
    i = list->items[s].end;
  }
  capsa_draft_replace(draft, out);
}

void capsa_pass_notes(capsa_draft *draft) {
  capsa_note_sections list = {0};
  bool read = capsa_note_sections_find(draft, &list);
  size_t from = 0;
  for (size_t i = 0; i < list.count; i++) {
    take_section_marks(draft, from, list.items[i]);
    from = list.items[i].end;
  }
  if (!read && list.count) put_sections(draft, &list);
}
