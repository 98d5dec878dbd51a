/* page_notes.c -- notes at the foot of the pages, where a text was copied from
 * a book page by page.
 *
 * They stand before a page's mark, or at the end, and are believed when every
 * one of them has its mark in the text of that page. Numbers may begin anew on
 * each page, so marks are taken here, page by page. Where a sentence goes on
 * from one page to the next, the notes between are put behind it.
 */
#include "base/slice.h"
#include "document/passes/notes/notes.h"
#include "document/passes/passes.h"
#include "text/chars.h"

/* A page has no more notes. */
#define PAGE_NOTES_MAX 40

static bool is_mark(const capsa_draft_block *block) {
  return capsa_is_page_mark(block->text);
}

/* Do the numbers rise by one from `first` on, in one form? */
static bool are_in_order(capsa_draft *draft, capsa_note_section run) {
  capsa_note_start before = capsa_note_read(draft, run.first);
  for (size_t i = run.first + 1; i < run.end; i++) {
    capsa_note_start start = capsa_note_read(draft, i);
    if (start.form != before.form ||
        (start.value != before.value + 1 && start.value != CAPSA_NOTE_SIGN))
      return false;
    before = start;
  }
  return true;
}

static bool take_numbers(capsa_draft *draft, capsa_note_section run,
                         capsa_note_numbers *numbers) {
  uint32_t last = capsa_note_read(draft, run.end - 1).value;
  *numbers = (capsa_note_numbers){.signs = last == CAPSA_NOTE_SIGN};
  if (!numbers->signs) numbers->highest = last;
  numbers->present =
      capsa_arena_alloc(draft->arena, (size_t)numbers->highest + 1);
  if (!numbers->present) return false;
  for (size_t i = run.first; !numbers->signs && i < run.end; i++) {
    capsa_note_start start = capsa_note_read(draft, i);
    if (start.value > last) return false;
    numbers->round = start.form == CAPSA_NOTE_FORM_ROUND;
    numbers->present[start.value] = true;
    numbers->count++;
  }
  return true;
}

/* Each page may have a note 1, and a sentence marks of two pages: the notes of
 * this page are numbered, and its marks name them so. */
static void name_notes(capsa_draft *draft, capsa_note_section run,
                       capsa_note_marks *marks) {
  for (size_t i = run.first; i < run.end; i++) {
    capsa_slice marker = capsa_note_bare(capsa_note_read(draft, i).marker);
    uint32_t note = ++draft->note_numbers;
    draft->blocks.items[i].note = note;
    for (size_t k = 0; k < marks->count; k++)
      if (!marks->items[k].note &&
          capsa_slice_equal(capsa_note_bare(marks->items[k].target), marker))
        marks->items[k].note = note;
  }
}

/* The notes that end a page of blocks `from` to `end`, if there are any and
 * all have marks: these leave the text. */
static bool take_page(capsa_draft *draft, size_t from, size_t end,
                      capsa_note_section *run) {
  *run = (capsa_note_section){.first = end, .end = end};
  while (run->first > from && end - run->first < PAGE_NOTES_MAX &&
         capsa_note_read(draft, run->first - 1).form)
    run->first--;
  for (; run->first < end; run->first++)
    if (are_in_order(draft, *run)) break;
  if (run->first == end || run->first == from) return false;
  capsa_note_numbers numbers;
  capsa_note_marks marks = {0};
  if (!take_numbers(draft, *run, &numbers)) return false;
  capsa_note_marks_find(draft, from, run->first, &numbers, &marks);
  bool all = numbers.signs ? marks.signs : marks.numbers == numbers.count;
  if (!all || !marks.count) return false;
  name_notes(draft, *run, &marks);
  capsa_note_section_report(draft, *run, &marks);
  capsa_marks_take(draft, CAPSA_SPAN_FOOTNOTE_REF, marks.items, marks.count);
  return true;
}

static void find_runs(capsa_draft *draft, capsa_note_sections *runs) {
  size_t from = 0, count = draft->blocks.count;
  bool pages = false;
  for (size_t i = 0; i <= count; i++) {
    if (i < count && !is_mark(&draft->blocks.items[i])) continue;
    capsa_note_section run;
    pages |= i < count;
    if (pages && i > from && take_page(draft, from, i, &run)) {
      capsa_note_section *item = CAPSA_LIST_ADD(draft->arena, runs);
      if (item) *item = run;
    }
    from = i + 1;
  }
}

static void put_notes(capsa_draft *draft, capsa_note_section run,
                      capsa_draft_blocks *out) {
  for (size_t i = run.first; i < run.end; i++) {
    const capsa_draft_block *block = &draft->blocks.items[i];
    capsa_note_start start = capsa_note_read(draft, i);
    capsa_draft_block *note =
        capsa_draft_part(draft, out, block, start.text, block->text.len);
    if (!note) return;
    note->kind = CAPSA_BLOCK_FOOTNOTE;
    note->level = 0;
    note->marker = start.marker;
  }
}

/* Does the paragraph behind the notes and their page's mark go on with the
 * sentence before them? Returns its index plus 1, else 0. */
static size_t goes_on(const capsa_draft *draft, capsa_note_section run) {
  const capsa_draft_block *blocks = draft->blocks.items;
  size_t next = run.end;
  while (next < draft->blocks.count && is_mark(&blocks[next])) next++;
  bool broken = next < draft->blocks.count &&
                capsa_is_broken_off(&blocks[run.first - 1], &blocks[next]);
  return broken ? next + 1 : 0;
}

void capsa_pass_page_notes(capsa_draft *draft) {
  capsa_note_sections runs = {0};
  if (draft->format == CAPSA_FORMAT_TEI) return; /* it has <note/> */
  for (size_t i = 0; i < draft->blocks.count; i++)
    if (draft->blocks.items[i].kind == CAPSA_BLOCK_FOOTNOTE) return;
  find_runs(draft, &runs);
  if (!runs.count) return;
  capsa_draft_blocks out = {0};
  size_t run = 0, behind = 0; /* the notes wait for the block before `behind` */
  for (size_t i = 0; i < draft->blocks.count; i++) {
    if (run < runs.count && i == runs.items[run].first) {
      behind = goes_on(draft, runs.items[run]);
      if (!behind) put_notes(draft, runs.items[run], &out);
      i = runs.items[run].end - 1;
      run += !behind;
      continue;
    }
    capsa_draft_block *copy = CAPSA_LIST_ADD(draft->arena, &out);
    if (copy) *copy = draft->blocks.items[i];
    if (behind != i + 1) continue;
    put_notes(draft, runs.items[run++], &out);
    behind = 0;
  }
  capsa_draft_replace(draft, out);
}
