/* note_links.c -- marks and notes are tied to each other, in both directions.
 *
 * Numbers come again: every chapter may count from 1, and a volume prints its
 * own "1." before the first note. All that has one marker is looked at in the
 * order of the text: marks belong to the notes that follow next. Of several
 * notes with one number the last have the marks, since what the volume adds
 * comes first and has none; of several marks for one note all point to it.
 * Where a front end knows which note a mark means, that stands.
 */
#include <string.h>

#include "base/slice.h"
#include "document/passes/notes/notes.h"
#include "document/passes/passes.h"

typedef struct entry {
  capsa_slice marker;
  size_t block, section; /* section: of a note, which run of footnotes */
  capsa_span *mark;      /* NULL for a note */
} entry;

typedef struct entries {
  entry *items;
  size_t count, cap;
} entries;

capsa_slice capsa_note_bare(capsa_slice marker) {
  marker = capsa_slice_trim(marker);
  while (marker.len && strchr("[(^", marker.ptr[0]))
    marker = capsa_slice_from(marker, 1);
  while (marker.len && strchr("]).:", marker.ptr[marker.len - 1])) marker.len--;
  return marker;
}

static void add(capsa_draft *draft, entries *list, entry item) {
  entry *added = CAPSA_LIST_ADD(draft->arena, list);
  if (added) *added = item;
}

static void tie(capsa_draft *draft, capsa_span *mark, size_t mark_block,
                size_t note) {
  capsa_draft_block *block = &draft->blocks.items[note];
  mark->block = (uint32_t)note + 1;
  if (!block->reference || block->reference > mark_block + 1)
    block->reference = (uint32_t)mark_block + 1;
}

/* Of each number that a front end gave out: the note's index plus 1. */
static uint32_t *numbered(capsa_draft *draft) {
  uint32_t *notes = capsa_arena_alloc(
      draft->arena, ((size_t)draft->note_numbers + 1) * sizeof *notes);
  for (size_t i = 0; notes && i < draft->blocks.count; i++) {
    const capsa_draft_block *block = &draft->blocks.items[i];
    if (block->kind == CAPSA_BLOCK_FOOTNOTE && block->note &&
        !notes[block->note])
      notes[block->note] = (uint32_t)i + 1;
  }
  return notes;
}

/* The others are left to their markers. */
static void tie_numbered(capsa_draft *draft) {
  uint32_t *notes = numbered(draft);
  for (size_t i = 0; notes && i < draft->blocks.count; i++) {
    capsa_draft_block *block = &draft->blocks.items[i];
    for (size_t k = 0; k < block->spans.count; k++) {
      capsa_span *span = &block->spans.items[k];
      if (span->kind != CAPSA_SPAN_FOOTNOTE_REF || !span->block) continue;
      uint32_t note = notes[span->block];
      span->block = 0;
      if (note) tie(draft, span, i, note - 1);
    }
  }
}

static void collect(capsa_draft *draft, entries *list) {
  size_t section = 0;
  bool in_notes = false;
  for (size_t i = 0; i < draft->blocks.count; i++) {
    capsa_draft_block *block = &draft->blocks.items[i];
    bool note = block->kind == CAPSA_BLOCK_FOOTNOTE;
    section += note && !in_notes;
    in_notes = note;
    if (note && !block->reference)
      add(draft, list,
          (entry){capsa_note_bare(block->marker), i, section, NULL});
    capsa_draft_sort_spans(draft, block);
    for (size_t k = 0; k < block->spans.count; k++) {
      capsa_span *span = &block->spans.items[k];
      if (span->kind == CAPSA_SPAN_FOOTNOTE_REF && !span->block)
        add(draft, list, (entry){capsa_note_bare(span->target), i, 0, span});
    }
  }
}

/* By marker, entries of one marker in the order of the text: runs are merged,
 * so that it is stable and n log n. */
static void sort(capsa_arena *arena, entries *list) {
  entry *other = capsa_arena_alloc(arena, list->count * sizeof *other);
  if (!other) return;
  for (size_t run = 1; run < list->count; run *= 2) {
    for (size_t low = 0; low < list->count; low += 2 * run) {
      size_t middle = low + run < list->count ? low + run : list->count;
      size_t high = low + 2 * run < list->count ? low + 2 * run : list->count;
      size_t a = low, b = middle;
      for (size_t k = low; k < high; k++) {
        bool first =
            b >= high ||
            (a < middle && capsa_slice_compare(list->items[a].marker,
                                               list->items[b].marker) <= 0);
        other[k] = first ? list->items[a++] : list->items[b++];
      }
    }
    memcpy(list->items, other, list->count * sizeof *other);
  }
}

/* Entries of one marker. */
static void tie_group(capsa_draft *draft, const entry *group, size_t count) {
  const entry *last = NULL;
  for (size_t i = 0; i < count;) {
    size_t marks = i, notes;
    while (i < count && group[i].mark) i++;
    notes = i;
    while (i < count && !group[i].mark &&
           group[i].section == group[notes].section)
      i++;
    size_t mark_count = notes - marks, note_count = i - notes;
    size_t skipped = note_count > mark_count ? note_count - mark_count : 0;
    for (size_t k = 0; k < mark_count; k++) {
      size_t to = k + skipped < note_count ? k + skipped : note_count - 1;
      if (note_count)
        tie(draft, group[marks + k].mark, group[marks + k].block,
            group[notes + to].block);
      else if (last)
        tie(draft, group[marks + k].mark, group[marks + k].block, last->block);
    }
    if (note_count) last = &group[i - 1];
  }
}

static void report_loose(capsa_draft *draft) {
  for (size_t i = 0; i < draft->blocks.count; i++) {
    const capsa_draft_block *block = &draft->blocks.items[i];
    if (block->kind == CAPSA_BLOCK_FOOTNOTE && !block->reference)
      capsa_draft_report(
          draft, CAPSA_SEVERITY_WARNING, block->line, "note-without-mark",
          "kept among the notes: no mark in the text names it", block->text);
    for (size_t k = 0; k < block->spans.count; k++) {
      const capsa_span *span = &block->spans.items[k];
      if (span->kind == CAPSA_SPAN_FOOTNOTE_REF && !span->block)
        capsa_draft_report(draft, CAPSA_SEVERITY_WARNING, block->line,
                           "mark-without-note",
                           "kept as a mark: the source has no note for it",
                           span->mark.len ? span->mark : span->target);
    }
  }
}

void capsa_pass_note_links(capsa_draft *draft) {
  entries list = {0};
  tie_numbered(draft);
  collect(draft, &list);
  sort(draft->arena, &list);
  for (size_t i = 0; i < list.count;) {
    size_t end = i + 1;
    while (end < list.count &&
           capsa_slice_equal(list.items[end].marker, list.items[i].marker))
      end++;
    tie_group(draft, &list.items[i], end - i);
    i = end;
  }
  report_loose(draft);
}
