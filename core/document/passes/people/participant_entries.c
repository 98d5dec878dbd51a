/* participant_entries.c -- see participant_entries.h.
 */
#include "document/passes/people/participant_entries.h"

#include <string.h>

#include "base/slice.h"
#include "document/passes/passes.h"
#include "document/passes/people/entry_shapes.h"
#include "document/passes/people/participants.h"
#include "document/passes/people/person_words.h"
#include "document/passes/people/persons.h"
#include "document/passes/people/titles.h"
#include "text/chars.h"

/* Letters from here on have no upper case. */
#define CHINESE_FROM 0x2E80

/* Where entries go. */
typedef struct maker {
  capsa_draft *draft;
  capsa_entries *entries;
} maker;

/* ---- making entries */

/* "el Ministro Ortega": the article is none of the name. */
static capsa_slice without_article(capsa_slice text) {
  size_t end = capsa_slice_finds(text, " ", 0);
  capsa_slice word = capsa_slice_cut(text, 0, end);
  bool cut = end != CAPSA_NOT_FOUND && capsa_title_is_article(word) &&
             !capsa_slice_is_nocase(word, "the") &&
             capsa_is_lower(capsa_utf8_next(word, 0).value) &&
             capsa_starts_upper(capsa_slice_from(text, end + 1));
  return cut ? capsa_slice_from(text, end + 1) : text;
}

static capsa_entry *add_entry(maker *m, capsa_slice text,
                              const capsa_draft_block *block) {
  text = without_article(capsa_slice_trim(text));
  if (!text.len || m->entries->count >= CAPSA_PARTICIPANTS_MAX) return NULL;
  capsa_entry *e = CAPSA_LIST_ADD(m->draft->arena, m->entries);
  if (!e) return NULL;
  e->text = text;
  e->level = block->kind == CAPSA_BLOCK_LIST ? block->level : 0;
  for (size_t i = 0; i < block->spans.count && !e->emphasised; i++) {
    const capsa_span *s = &block->spans.items[i];
    if (text.ptr < block->text.ptr ||
        text.ptr > block->text.ptr + block->text.len)
      break; /* put together from several lines */
    size_t start = (size_t)(text.ptr - block->text.ptr);
    e->emphasised =
        (s->kind == CAPSA_SPAN_EMPHASIS || s->kind == CAPSA_SPAN_STRONG ||
         s->kind == CAPSA_SPAN_SMALL_CAPS) &&
        s->at.start_byte <= start && s->at.end_byte + 2 >= start + text.len;
  }
  return e;
}

/* "the Under Secretary (Ball)" */
static bool ends_with_name(capsa_slice piece) {
  size_t open = capsa_slice_finds(piece, "(", 0);
  return capsa_slice_ends(piece, ")") &&
         capsa_is_upper(
             capsa_utf8_next(capsa_slice_from(piece, open + 1), 0).value);
}

/* "Jr.", "B.N.", an office: no person of its own. */
static bool belongs_to_last(capsa_slice piece) {
  if (!piece.len) return true;
  bool lower = capsa_is_lower(capsa_utf8_next(piece, 0).value) &&
               !capsa_has_honorific(piece) && !ends_with_name(piece) &&
               !capsa_entry_opens_with_title(piece);
  bool short_stop = piece.len < 10 && capsa_slice_ends(piece, ".") &&
                    capsa_slice_finds(piece, " ", 0) == CAPSA_NOT_FOUND;
  return lower || short_stop ||
         (capsa_is_office(piece) && !ends_with_name(piece) &&
          !capsa_long_office_len(
              capsa_slice_cut(piece, 0, capsa_slice_finds(piece, " (", 0))));
}

/* Names that commas part; an office behind a name stays with it. */
static void add_commas(maker *m, capsa_slice text,
                       const capsa_draft_block *block) {
  size_t start = 0;
  for (size_t at = 0, len;;) {
    at = capsa_entry_next_comma(text, at, &len);
    size_t next = at + len, more;
    capsa_slice piece = without_article(capsa_slice_trim(capsa_slice_cut(
        text, next, capsa_entry_next_comma(text, next, &more))));
    if (len && belongs_to_last(piece) && piece.len) {
      at = next;
      continue;
    }
    capsa_entry *e = add_entry(m, capsa_slice_cut(text, start, at), block);
    if (e) e->run = true;
    if (!len) return;
    start = at = next;
  }
}

/* "surname, given name": is every piece two names in that order? */
static bool all_inverted(capsa_slice text) {
  size_t pieces = 0;
  for (size_t at = 0; at < text.len; pieces++) {
    size_t end = capsa_slice_finds(text, ";", at), len;
    if (end == CAPSA_NOT_FOUND) end = text.len;
    capsa_slice piece = capsa_slice_trim(capsa_slice_cut(text, at, end));
    size_t comma = capsa_entry_next_comma(piece, 0, &len);
    capsa_slice left = capsa_slice_cut(piece, 0, comma);
    capsa_slice right = capsa_slice_trim(capsa_slice_from(piece, comma + len));
    if (len != 1 || !capsa_is_upper(capsa_utf8_next(right, 0).value) ||
        capsa_slice_finds(left, " ", 0) != CAPSA_NOT_FOUND ||
        capsa_is_office(right) || capsa_is_side(right) || right.len > 30)
      return false;
    at = end + 1;
  }
  return pieces > 1;
}

static void add_inverted(maker *m, capsa_slice piece,
                         const capsa_draft_block *block) {
  size_t len, comma = capsa_entry_next_comma(piece, 0, &len);
  capsa_slice parts[] = {capsa_slice_trim(capsa_slice_from(piece, comma + len)),
                         CAPSA_LITERAL(" "), capsa_slice_cut(piece, 0, comma)};
  capsa_entry *e = add_entry(m, piece, block);
  if (e) e->text = capsa_draft_concat(m->draft, parts, 3);
}

/* Part one line. @param inline_list  it stands behind the heading's colon,
 * where commas part persons; on lines of their own they part office and name */
static void add_line(maker *m, capsa_slice line, bool inline_list,
                     const capsa_draft_block *block) {
  bool semicolons = capsa_slice_finds(line, ";", 0) != CAPSA_NOT_FOUND;
  bool inverted = semicolons && all_inverted(line);
  size_t groups = 0, pieces = 0;
  for (size_t at = 0, end; at < line.len; at = end + 1, pieces++) {
    end = capsa_slice_finds(line, ";", at);
    if (end == CAPSA_NOT_FOUND) end = line.len;
    groups += capsa_entry_lead_len(
                  capsa_slice_trim(capsa_slice_cut(line, at, end))) > 0;
  }
  for (size_t at = 0, end; at < line.len; at = end + 1) {
    end = capsa_slice_finds(line, ";", at);
    if (end == CAPSA_NOT_FOUND) end = line.len;
    capsa_slice piece = capsa_slice_trim(capsa_slice_cut(line, at, end));
    size_t lead = capsa_entry_lead_len(piece);
    if (lead) add_entry(m, capsa_slice_cut(piece, 0, lead), block);
    piece = capsa_slice_trim(capsa_slice_from(piece, lead));
    bool chinese = capsa_utf8_next(piece, 0).value >= CHINESE_FROM;
    bool commas = chinese && (lead || inline_list) ? true
                  : lead                           ? groups == pieces
                         : (inline_list && !semicolons) ||
                               capsa_entry_all_titled(piece) ||
                               capsa_entry_opens_with_plural(piece);
    if (inverted) add_inverted(m, piece, block);
    else if (commas) add_commas(m, piece, block);
    else {
      capsa_entry *e = add_entry(m, piece, block);
      if (e) e->run = semicolons;
    }
  }
}

/* Cells of a row: a name and an office; or persons of several sides, where
 * every cell is one. Empty cells and the heading itself are passed over. */
static void add_row(maker *m, capsa_slice row, const capsa_draft_block *block) {
  size_t cells = 0, titled = 0, sides = 0, word = capsa_presence_len(row);
  row = capsa_slice_trim(capsa_slice_from(row, word));
  for (size_t at = 0, end; at <= row.len; at = end + 1) {
    end = capsa_slice_finds(row, "\t", at);
    if (end == CAPSA_NOT_FOUND) end = row.len;
    capsa_slice cell = capsa_slice_trim(capsa_slice_cut(row, at, end));
    cells += cell.len > 0;
    titled += cell.len && capsa_has_honorific(cell);
    sides += cell.len && capsa_is_side(cell);
  }
  if (cells < 2 || (titled < cells && sides < cells)) {
    add_line(m, row, false, block);
    return;
  }
  for (size_t at = 0, end; at <= row.len; at = end + 1) {
    end = capsa_slice_finds(row, "\t", at);
    if (end == CAPSA_NOT_FOUND) end = row.len;
    add_line(m, capsa_slice_cut(row, at, end), false, block);
  }
}

void capsa_entries_add(capsa_draft *draft, capsa_entries *entries,
                       capsa_slice text, bool inline_list,
                       const capsa_draft_block *block) {
  maker made = {draft, entries}, *m = &made;
  capsa_slice line;
  while (capsa_slice_next_line(&text, &line)) {
    if (block->kind == CAPSA_BLOCK_TABLE) add_row(m, line, block);
    else add_line(m, line, inline_list, block);
    inline_list = false;
  }
}

bool capsa_entries_names(capsa_draft *draft, capsa_entries *entries,
                         capsa_slice text, const capsa_draft_block *block) {
  maker m = {draft, entries};
  if (!capsa_entry_starts_like_name(text) || capsa_entry_is_prose(text))
    return false;
  add_commas(&m, capsa_person_trim(text), block);
  return true;
}
