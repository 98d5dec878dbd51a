/* head.c -- the first blocks of a record, which say what it is: title, date
 * and place, fields of a form, who is present. What is taken for metadata stays
 * in the text.
 *
 * It runs before speakers are looked for: "PLACE:" and "Mr. Beam, Chairman"
 * are no labels. The head ends with the first paragraph of prose.
 */
#include <string.h>

#include "base/slice.h"
#include "document/passes/head/citation.h"
#include "document/passes/head/dateline.h"
#include "document/passes/head/fields.h"
#include "document/passes/passes.h"
#include "document/passes/people/participants.h"
#include "document/passes/people/persons.h"
#include "text/chars.h"

/* Blocks of a head, lists of participants apart. */
#define HEAD_BLOCKS_MAX 16

/* The longest paragraph that may be a title. */
#define TITLE_MAX 300

/* A paragraph of so many bytes that ends in a sentence is the record's text. */
#define PROSE_MIN 240

/* Blocks at the end of a letter among which its date may stand. */
#define CLOSING_BLOCKS 4

/* Bytes of a line that names a place. */
#define PLACE_LINE_MAX 60

/* ---- title */

static bool is_site_word(const capsa_draft_block *block) {
  return block->text.len < 3;
}

/* "Memorandum of a Conversation, Paris," and on the next line its date. */
static bool goes_on(capsa_slice title) {
  static const char *const words[] = {
      ",",    " with", " of",  " between", " and", " by", " the",
      " for", " mit",  " von", " et",      " de",  NULL};
  for (int i = 0; words[i]; i++)
    if (capsa_slice_ends(title, words[i])) return true;
  return false;
}

static void join_broken_title(capsa_draft *draft) {
  capsa_draft_blocks *blocks = &draft->blocks;
  if (blocks->count < 3 || blocks->items[0].kind > CAPSA_BLOCK_HEADING ||
      blocks->items[1].kind != CAPSA_BLOCK_PARAGRAPH ||
      blocks->items[0].encoded || !goes_on(blocks->items[0].text) ||
      blocks->items[0].text.len + blocks->items[1].text.len > TITLE_MAX ||
      !capsa_genre_of(blocks->items[0].text).len)
    return;
  bool titled = capsa_slice_equal(draft->metadata.title, blocks->items[0].text);
  capsa_draft_join(draft, &blocks->items[0], &blocks->items[1], NULL, 0);
  if (titled) draft->metadata.title = blocks->items[0].text;
  blocks->count--;
  memmove(&blocks->items[1], &blocks->items[2],
          (blocks->count - 1) * sizeof *blocks->items);
}

/* A first paragraph that names its kind is a title, also where it ends with
 * the hour: "Memorandum of a Conversation, Paris, May 3, 1960, 3 p.m." */
static void find_heading(capsa_draft *draft) {
  join_broken_title(draft);
  capsa_draft_block *block = draft->blocks.items;
  if (draft->blocks.count && !block->encoded &&
      block->kind == CAPSA_BLOCK_HEADING && capsa_is_salutation(block->text)) {
    block->kind = CAPSA_BLOCK_PARAGRAPH;
    if (capsa_slice_equal(block->text, draft->metadata.title))
      draft->metadata.title = (capsa_slice){0};
  }
  if (draft->blocks.count < 2 || block->encoded ||
      block->kind != CAPSA_BLOCK_PARAGRAPH || block->text.len > TITLE_MAX ||
      capsa_slice_finds(block->text, ": ", 0) != CAPSA_NOT_FOUND ||
      (capsa_ends_sentence(block->text) &&
       !capsa_slice_ends(block->text, "m.")) ||
      !capsa_genre_of(block->text).len)
    return;
  block->kind = CAPSA_BLOCK_HEADING;
  block->level = 1;
}

/* Title of last resort before the file's name: the first heading. */
static void find_title(capsa_draft *draft, size_t head_end,
                       capsa_slice subject) {
  capsa_slice *title = &draft->metadata.title;
  capsa_field field;
  for (size_t i = 0; !title->len && i < head_end && i < draft->blocks.count;
       i++) {
    const capsa_draft_block *block = &draft->blocks.items[i];
    if (block->kind == CAPSA_BLOCK_HEADING && !is_site_word(block) &&
        !capsa_field_heading(block->text, &field))
      *title = capsa_draft_squeeze(draft->arena, block->text);
  }
  if (!title->len) *title = subject;
}

/* ---- the pass */

static bool has_any_of(capsa_slice text, const char *signs) {
  for (size_t i = 0; i < text.len; i++)
    if (strchr(signs, text.ptr[i])) return true;
  return false;
}

/* Does every word begin with a capital? */
static bool all_upper(capsa_slice text) {
  for (size_t at = 0, end; at < text.len; at = end + 1) {
    end = capsa_slice_finds(text, " ", at);
    if (end == CAPSA_NOT_FOUND) end = text.len;
    if (!capsa_starts_upper(capsa_slice_cut(text, at, end))) return false;
  }
  return true;
}

static bool is_prose(const capsa_draft_block *block) {
  return block->kind == CAPSA_BLOCK_PARAGRAPH && block->text.len >= PROSE_MIN &&
         capsa_ends_sentence(block->text);
}

static bool may_be_head(const capsa_draft_block *block) {
  return block->kind == CAPSA_BLOCK_PARAGRAPH ||
         block->kind == CAPSA_BLOCK_HEADING ||
         block->kind == CAPSA_BLOCK_LIST || block->kind == CAPSA_BLOCK_TABLE;
}

/* "Alexandria, Virginia" on the line above a date that names no place: names
 * and a comma, none of an office. */
static void read_place_above(capsa_draft *draft, capsa_draft_block *above) {
  capsa_slice text = capsa_slice_trim(above->text);
  size_t comma = capsa_slice_finds(text, ", ", 0);
  if (draft->metadata.place.len || above->kind != CAPSA_BLOCK_PARAGRAPH ||
      above->encoded || above->line + 1 != above[1].line ||
      text.len > PLACE_LINE_MAX || comma == CAPSA_NOT_FOUND ||
      has_any_of(text, "0123456789.:;()") || capsa_has_honorific(text) ||
      capsa_is_office(capsa_slice_from(text, comma + 2)) || !all_upper(text))
    return;
  above->kind = CAPSA_BLOCK_DATELINE;
  draft->metadata.place = capsa_draft_squeeze(draft->arena, text);
}

/* Read block `i`; returns the index behind what was read of it and after. */
static size_t read_block(capsa_draft *draft, size_t i, bool known, bool *dated,
                         capsa_slice *subject) {
  capsa_draft_block *block = &draft->blocks.items[i];
  if (!may_be_head(block)) {
    if (block->kind == CAPSA_BLOCK_DATELINE) {
      capsa_dateline_read(draft, block);
      *dated = true;
    }
    return i + 1;
  }
  size_t next = i;
  if (capsa_presence_len(capsa_slice_trim(block->text)))
    next = capsa_participants_read(draft, i, known);
  if (next == i) next = capsa_fields_take(draft, i, subject);
  if (next > i) return next;
  /* A page's date stands before the record's own line. */
  bool again =
      i && block[-1].kind == CAPSA_BLOCK_DATELINE && !draft->metadata.place.len;
  if ((!*dated || again) && block->kind == CAPSA_BLOCK_PARAGRAPH &&
      capsa_is_dateline(block->text)) {
    capsa_dateline_read(draft, block);
    if (i > 1) read_place_above(draft, block - 1);
    *dated = true;
  }
  return i + 1;
}

/* A letter may have its date below the signature. */
static void read_closing(capsa_draft *draft) {
  size_t end = draft->blocks.count, seen = 0;
  while (end && draft->blocks.items[end - 1].kind == CAPSA_BLOCK_FOOTNOTE)
    end--;
  for (size_t i = end; i && seen < CLOSING_BLOCKS; i--, seen++) {
    capsa_draft_block *block = &draft->blocks.items[i - 1];
    if (block->kind != CAPSA_BLOCK_PARAGRAPH || !capsa_is_dateline(block->text))
      continue;
    capsa_dateline_read(draft, block);
    return;
  }
}

static void read_source_note(capsa_draft *draft) {
  for (size_t i = 0; i < draft->blocks.count; i++) {
    const capsa_draft_block *block = &draft->blocks.items[i];
    if (block->kind != CAPSA_BLOCK_FOOTNOTE ||
        !capsa_slice_starts(block->text, "Source: "))
      continue;
    capsa_source_note_read(draft,
                           capsa_slice_from(block->text, sizeof "Source:"));
    return;
  }
}

void capsa_pass_head(capsa_draft *draft) {
  bool known = draft->participants.count > 0, dated = false;
  capsa_slice subject = {0};
  size_t i = 0;
  find_heading(draft);
  for (size_t seen = 0; i < draft->blocks.count && seen < HEAD_BLOCKS_MAX;
       seen++) {
    const capsa_draft_block *block = &draft->blocks.items[i];
    bool presence = capsa_presence_len(capsa_slice_trim(block->text)) > 0;
    if (block->label.len || (i && is_prose(block) && !presence)) break;
    i = read_block(draft, i, known, &dated, &subject);
  }
  find_title(draft, i, subject);
  capsa_dateline_of_title(draft);
  capsa_genre_find(draft, i);
  if (!draft->metadata.date.len) capsa_dateline_of_head(draft, i ? i : 1);
  if (!draft->metadata.date.len && !dated) read_closing(draft);
  read_source_note(draft);
  capsa_archive_note_find(draft);
}
