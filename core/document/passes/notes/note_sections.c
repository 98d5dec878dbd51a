/* note_sections.c -- where the notes of a record stand.
 *
 * A section of notes is known by its heading or, at the end of a record, by
 * what speaks for it: marks in the text before it, or notes that talk as only
 * an apparatus does ("Ibid.", "See Document 8", "Source:"). Numbered
 * paragraphs for which nothing speaks stay what they are.
 */
#include <string.h>

#include "base/slice.h"
#include "document/passes/notes/notes.h"
#include "text/chars.h"

/* A section without heading is looked for from so many starts, the last
 * first, and a note's further paragraphs are no more than so many. */
#define STARTS_MAX 8
#define PARAGRAPHS_MAX 6

/* ---- capsa_note_sections */

static bool is_notes_heading(const capsa_draft_block *block) {
  static const char *const words[] = {
      "notes",      "footnotes",   "endnotes", "note",
      "end notes",  "anmerkungen", "Fußnoten", "Примечания",
      "примечания", "Сноски",      "notas",    "notes and references",
      "note (s)",   NULL};
  if (block->kind != CAPSA_BLOCK_PARAGRAPH &&
      block->kind != CAPSA_BLOCK_HEADING)
    return false;
  capsa_slice text = block->text;
  while (text.len && strchr(":.", text.ptr[text.len - 1])) text.len--;
  for (size_t i = 0; words[i]; i++)
    if (capsa_slice_is_nocase(text, words[i])) return true;
  return false;
}

bool capsa_note_may_follow(const capsa_note_start *start,
                           const capsa_note_start *next) {
  if (!next->form) return false;
  if (next->form == CAPSA_NOTE_FORM_SIGN || start->form == CAPSA_NOTE_FORM_SIGN)
    return true;
  if (next->form != start->form) return false;
  return next->form == CAPSA_NOTE_FORM_BRACKET ||
         next->form == CAPSA_NOTE_FORM_ARROW || next->value == start->value ||
         next->value == start->value + 1;
}

/* The block where the note after the one at `at` begins; `end` for none. */
static size_t next_note(capsa_draft *draft, size_t at,
                        const capsa_note_start *start, size_t end) {
  for (size_t i = at + 1; i < end && i <= at + PARAGRAPHS_MAX; i++) {
    capsa_block_kind kind = draft->blocks.items[i].kind;
    if (kind == CAPSA_BLOCK_HEADING || kind == CAPSA_BLOCK_FOOTNOTE) break;
    capsa_note_start next = capsa_note_read(draft, i);
    bool direct = i == at + 1;
    if (capsa_note_may_follow(start, &next) &&
        (direct || next.value == start->value + 1))
      return i;
  }
  return end;
}

bool capsa_note_has_arrow(capsa_slice text) {
  return capsa_slice_ends(text, "\xE2\x86\xA9") ||
         capsa_slice_ends(text, "\xE2\x86\xA9\xEF\xB8\x8E") ||
         capsa_slice_ends(text, "\xE2\x86\x91");
}

/* The last note goes on to its arrow, where notes have arrows. */
static size_t end_of_last(capsa_draft *draft, size_t first, size_t last) {
  const capsa_draft_block *blocks = draft->blocks.items;
  if (last == first || !capsa_note_has_arrow(blocks[last - 1].text))
    return last + 1;
  for (size_t i = last; i < draft->blocks.count && i <= last + PARAGRAPHS_MAX;
       i++)
    if (capsa_note_has_arrow(blocks[i].text)) return i + 1;
  return last + 1;
}

/* Where the notes end that begin at `first`. */
static size_t section_end(capsa_draft *draft, size_t first) {
  capsa_note_start start = capsa_note_read(draft, first);
  size_t last = first;
  for (size_t i; (i = next_note(draft, last, &start, draft->blocks.count)) <
                 draft->blocks.count;
       last = i)
    start = capsa_note_read(draft, i);
  return end_of_last(draft, first, last);
}

/* ---- what speaks for a section without heading */

/* The "f. " of a leaf is not the end of "staff. ". */
static bool has_word(capsa_slice text, const char *word) {
  for (size_t at = 0;
       (at = capsa_slice_finds(text, word, at)) != CAPSA_NOT_FOUND; at++) {
    capsa_codepoint before = capsa_utf8_before(text, at);
    if (!capsa_is_letter(before.value) || word[0] == ',') return true;
  }
  return false;
}

/* Votes for an apparatus: the first note says where the record lies. */
static size_t talks_like_a_note(capsa_slice text, bool first) {
  enum { SOURCES = 4 };
  static const char *const opens[] = {
      "Source:",     "Summary:",    "Источник:", "Quelle:", "See ",
      "Ibid",        "ibid",        "Not ",      "Cf.",     "Document ",
      "For text",    "Brackets in", "Reference", "Printed", "Footnote",
      "Telegram ",   "См.",         "Там же",    "Siehe ",  "Vgl.",
      "Ebd",         "Voir ",       "Dated ",    "Drafted", "Also known",
      "Presumably ", "Apparently ", NULL};
  static const char *const inside[] = {"ibid.",        "Ibid.",
                                       "(Ibid",        "See Document",
                                       "see Document", "See footnote",
                                       "see footnote", ", vol.",
                                       "pp. ",         "p. ",
                                       "source text",  "not printed",
                                       "Files, ",      "National Archives",
                                       "Library, ",    "ll. ",
                                       "f. ",          NULL};
  for (size_t i = 0; opens[i]; i++)
    if (capsa_slice_starts(text, opens[i])) return first && i < SOURCES ? 2 : 1;
  for (size_t i = 0; inside[i]; i++)
    if (has_word(text, inside[i])) return 1;
  return 0;
}

capsa_note_start capsa_note_at(capsa_draft *draft, size_t i,
                               uint32_t *ordinal) {
  capsa_note_start start = capsa_note_read(draft, i);
  if (start.form != CAPSA_NOTE_FORM_ARROW) return start;
  start.value = ++*ordinal;
  start.marker = capsa_note_number_text(draft->arena, start.value);
  return start;
}

static uint32_t highest_number(capsa_draft *draft, capsa_note_section at) {
  uint32_t ordinal = 0, highest = 0;
  for (size_t i = at.first; i < at.end; i++) {
    capsa_note_start start = capsa_note_at(draft, i, &ordinal);
    if (start.value <= CAPSA_NOTE_NUMBER_MAX && start.value > highest)
      highest = start.value;
  }
  return highest;
}

static void take_numbers(capsa_draft *draft, capsa_note_section at,
                         capsa_note_numbers *numbers) {
  uint32_t ordinal = 0;
  *numbers = (capsa_note_numbers){.highest = highest_number(draft, at)};
  numbers->present =
      capsa_arena_alloc(draft->arena, (size_t)numbers->highest + 1);
  if (!numbers->present) return;
  for (size_t i = at.first; i < at.end; i++) {
    capsa_note_start start = capsa_note_at(draft, i, &ordinal);
    if (!start.form) continue;
    if (start.value == CAPSA_NOTE_SIGN) numbers->signs = true;
    numbers->round |= start.form == CAPSA_NOTE_FORM_ROUND;
    if (start.value > numbers->highest || numbers->present[start.value])
      continue;
    numbers->present[start.value] = true;
    numbers->count += start.value > 0;
  }
}

/* Marks that the front end read, of numbers that the section has. */
static size_t count_refs(const capsa_draft *draft, size_t first, size_t end) {
  size_t count = 0;
  for (size_t i = first; i < end; i++) {
    const capsa_draft_block *block = &draft->blocks.items[i];
    for (size_t k = 0; k < block->spans.count; k++)
      count += block->spans.items[k].kind == CAPSA_SPAN_FOOTNOTE_REF;
  }
  return count;
}

void capsa_note_section_marks(capsa_draft *draft, size_t from,
                              capsa_note_section at,
                              capsa_note_numbers *numbers,
                              capsa_note_marks *marks) {
  *marks = (capsa_note_marks){0};
  take_numbers(draft, at, numbers);
  if (!numbers->present) return;
  size_t refs = count_refs(draft, from, at.first);
  if (refs) marks->numbers = refs < numbers->count ? refs : numbers->count;
  else capsa_note_marks_find(draft, from, at.first, numbers, marks);
}

static bool is_vouched_for(capsa_draft *draft, capsa_note_section at,
                           const capsa_note_numbers *numbers,
                           const capsa_note_marks *marks) {
  if (numbers->signs && !marks->signs) return false;
  /* Points of a list are printed so as well. */
  if (numbers->round && !marks->numbers) return false;
  if (!numbers->count && marks->signs) return true;
  if (marks->numbers && marks->numbers * 2 >= numbers->count) return true;
  size_t notes = 0, talk = 0;
  for (size_t i = at.first; i < at.end; i++) {
    capsa_note_start start = capsa_note_read(draft, i);
    if (!start.form) continue;
    notes++;
    talk += talks_like_a_note(
        capsa_slice_from(draft->blocks.items[i].text, start.text), notes == 1);
  }
  return talk * 2 > notes;
}

/* Further up: what is numbered 0 or again 1, or stands in brackets. */
static void extend_up(capsa_draft *draft, size_t from, capsa_note_section *at) {
  capsa_note_start start = capsa_note_read(draft, at->first);
  while (at->first > from) {
    capsa_note_start above = capsa_note_read(draft, at->first - 1);
    if (!above.form || above.form != start.form ||
        !(above.form == CAPSA_NOTE_FORM_BRACKET || above.value == start.value ||
          above.value + 1 == start.value))
      return;
    start = above;
    at->first--;
  }
}

/* The notes at the end of a record that have no heading. */
static bool find_trailing(capsa_draft *draft, size_t from,
                          capsa_note_section *out) {
  size_t count = draft->blocks.count;
  int tried = 0;
  for (size_t i = count; i-- > from && tried < STARTS_MAX;) {
    capsa_note_start start = capsa_note_read(draft, i);
    if (!start.form || (start.value > 1 && start.value != CAPSA_NOTE_SIGN))
      continue;
    capsa_note_section at = {.first = i, .end = section_end(draft, i)};
    tried++;
    if (at.end != count) continue;
    extend_up(draft, from, &at);
    capsa_note_numbers numbers;
    capsa_note_marks marks;
    capsa_note_section_marks(draft, from, at, &numbers, &marks);
    if (!is_vouched_for(draft, at, &numbers, &marks)) continue;
    *out = at;
    return true;
  }
  return false;
}

/* ---- all of them */

static void add_section(capsa_draft *draft, capsa_note_sections *list,
                        capsa_note_section at) {
  capsa_note_section *item = CAPSA_LIST_ADD(draft->arena, list);
  if (item) *item = at;
}

static bool opens_section(capsa_draft *draft, size_t heading) {
  if (heading + 1 >= draft->blocks.count ||
      !is_notes_heading(&draft->blocks.items[heading]))
    return false;
  capsa_note_start start = capsa_note_read(draft, heading + 1);
  return start.form && (start.value <= 1 || start.value == CAPSA_NOTE_SIGN);
}

static void find_sections(capsa_draft *draft, capsa_note_sections *list) {
  size_t from = 0;
  for (size_t i = 0; i < draft->blocks.count; i++) {
    if (!opens_section(draft, i)) continue;
    from = section_end(draft, i + 1);
    add_section(
        draft, list,
        (capsa_note_section){.first = i + 1, .end = from, .headed = true});
    i = from - 1;
  }
  capsa_note_section last;
  if (from < draft->blocks.count && find_trailing(draft, from, &last))
    add_section(draft, list, last);
}

/* The footnotes that a front end read, each run of them. */
static void find_read_sections(capsa_draft *draft, capsa_note_sections *list) {
  const capsa_draft_blocks *blocks = &draft->blocks;
  for (size_t i = 0; i < blocks->count; i++) {
    size_t first = i;
    while (i < blocks->count && blocks->items[i].kind == CAPSA_BLOCK_FOOTNOTE)
      i++;
    if (i > first)
      add_section(draft, list, (capsa_note_section){.first = first, .end = i});
  }
}

/* Behind the notes at the foot of pages there may be more at the end. */
static bool find_more(capsa_draft *draft, capsa_note_sections *list) {
  capsa_note_section last;
  size_t from = list->items[list->count - 1].end;
  if (draft->format != CAPSA_FORMAT_ARCHIVE &&
      draft->format != CAPSA_FORMAT_TEXT)
    return false;
  if (from == draft->blocks.count || !find_trailing(draft, from, &last))
    return false;
  add_section(draft, list, last);
  return true;
}

bool capsa_note_sections_find(capsa_draft *draft, capsa_note_sections *out) {
  find_read_sections(draft, out);
  if (out->count) return !find_more(draft, out);
  find_sections(draft, out);
  return false;
}
