/* participant_entries.c -- see participant_entries.h.
 *
 * A run of words is an entry, and no prose, by its capitals: names and offices
 * have few words in lower case, sentences have many.
 */
#include "document/passes/people/participant_entries.h"

#include <string.h>

#include "base/slice.h"
#include "document/passes/head/fields.h"
#include "document/passes/passes.h"
#include "document/passes/people/participants.h"
#include "document/passes/people/persons.h"
#include "document/passes/people/titles.h"
#include "text/chars.h"

#define ENTRY_MAX 200      /* bytes of one person with offices */
#define ROWS_MAX 8192      /* of columns that were run together */
#define GAP_MAX 60         /* of "[2 names not declassified]" */
#define CHINESE_MAX 90     /* bytes: thirty signs */
#define ABBREVIATION_MAX 6 /* bytes of "Cllrs." */
#define PROSE_WORDS_MAX 3  /* words in lower case that no office has */

/* Where entries go. */
typedef struct maker {
  capsa_draft *draft;
  capsa_entries *entries;
} maker;

/* ---- is it an entry? */

/* "dott.", "on.": a title, in whatever language. */
static bool is_abbreviated(capsa_slice word) {
  return word.len > 2 && word.len <= ABBREVIATION_MAX &&
         capsa_slice_ends(word, ".") &&
         capsa_slice_finds(word, ".", 0) == word.len - 1;
}

/* Prose has many words in lower case; names and offices have few. */
static bool is_prose(capsa_slice text) {
  static const char *const small[] = {
      "of", "for", "the", "and", "to", "in", "on", "at",   "by",
      "de", "von", "der", "van", "du", "la", "al", "with", "el",
      "le", "den", "die", "les", "il", "y",  "et", "und",  NULL};
  size_t unknown = 0, words = 0;
  for (size_t start = 0, end; start < text.len; start = end + 1) {
    end = start;
    while (end < text.len && !strchr(" \t\n,;", text.ptr[end])) end++;
    capsa_slice word = capsa_slice_cut(text, start, end);
    if (!word.len) continue;
    words++;
    if (!capsa_is_lower(capsa_utf8_next(word, 0).value)) continue;
    bool known =
        (end < text.len && is_abbreviated(word)) || capsa_is_office(word);
    for (int i = 0; small[i] && !known; i++)
      known = capsa_slice_is(word, small[i]);
    unknown += !known;
  }
  return unknown > PROSE_WORDS_MAX || unknown * 2 > words;
}

/* "el Ministro Ortega", "tow. Kos": a title in lower case, and then a name. */
static bool opens_with_title(capsa_slice text) {
  size_t end = capsa_slice_finds(text, " ", 0);
  capsa_slice word = capsa_slice_cut(text, 0, end);
  return end != CAPSA_NOT_FOUND &&
         (capsa_title_is_article(word) || capsa_title_find(word) ||
          is_abbreviated(word)) &&
         capsa_starts_upper(capsa_slice_from(text, end + 1));
}

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

static bool starts_like_name(capsa_slice text) {
  capsa_codepoint cp = capsa_utf8_next(text, 0);
  return opens_with_title(text) || capsa_is_upper(cp.value) ||
         cp.value >= 0x2E80 || cp.value == '[' || cp.value == 0x2019;
}

/* "US: Mr. Dulles": bytes up to behind the colon that ends a lead-in. */
static size_t lead_in_len(capsa_slice text) {
  size_t colon = capsa_slice_finds(text, ":", 0);
  if (colon == CAPSA_NOT_FOUND || colon > 60 ||
      capsa_is_digit((unsigned char)text.ptr[0]))
    return 0;
  capsa_slice left = capsa_slice_cut(text, 0, colon + 1);
  return capsa_is_side(left) && !is_prose(left) ? colon + 1 : 0;
}

static bool is_field_heading(capsa_slice text) {
  capsa_field field;
  return capsa_field_read(text, &field) || capsa_field_heading(text, &field);
}

/* "[2 names not declassified]", which other brackets are not. */
static bool is_withheld(capsa_slice text) {
  static const char *const words[] = {"name", "declassified", "illegible",
                                      "deleted", NULL};
  if (text.len > GAP_MAX || !capsa_is_bracketed(text)) return false;
  for (int i = 0; words[i]; i++)
    if (capsa_slice_finds(text, words[i], 0) != CAPSA_NOT_FOUND) return true;
  return false;
}

/* One person or lead-in. */
static bool is_single(capsa_slice text) {
  capsa_date date;
  text = capsa_slice_trim(text);
  if (text.len && text.ptr[0] == '[') return is_withheld(text);
  /* Chinese has no capitals: a name is short and ends no sentence. */
  if (capsa_utf8_next(text, 0).value >= 0x2E80 &&
      (text.len > CHINESE_MAX || capsa_ends_sentence(text)))
    return false;
  size_t lead = lead_in_len(text);
  capsa_slice rest = capsa_slice_from(text, lead);
  return text.len && text.len <= ENTRY_MAX &&
         (lead || starts_like_name(text) || capsa_has_honorific(text)) &&
         capsa_slice_finds(rest, ": ", 0) == CAPSA_NOT_FOUND &&
         (lead || text.ptr[text.len - 1] != ':') && !is_prose(rest) &&
         !capsa_date_find(text, &date);
}

/* The next comma or "and" outside of brackets, at or after `at`. */
static size_t next_comma(capsa_slice text, size_t at, size_t *len) {
  long depth = 0;
  for (; at < text.len; at++) {
    depth += strchr("([", text.ptr[at]) != NULL;
    depth -= strchr(")]", text.ptr[at]) != NULL;
    capsa_slice rest = capsa_slice_from(text, at);
    *len = text.ptr[at] == ','                        ? 1
           : capsa_slice_starts(rest, " and ")        ? 5
           : capsa_slice_starts(rest, " \xD0\xB8 ")   ? 4
           : capsa_slice_starts(rest, "\xE3\x80\x81") ? 3
                                                      : 0;
    if (*len && depth <= 0) return at;
  }
  *len = 0;
  return text.len;
}

/* Does every piece between commas have an honorific? */
static bool all_titled(capsa_slice text) {
  size_t pieces = 0;
  for (size_t at = 0, len = 1; len; pieces++) {
    size_t end = next_comma(text, at, &len);
    capsa_slice piece = capsa_slice_trim(capsa_slice_cut(text, at, end));
    if (piece.len && (!capsa_has_honorific(piece) ||
                      capsa_slice_finds(piece, ": ", 0) != CAPSA_NOT_FOUND))
      return false;
    at = end + len;
  }
  return pieces > 1;
}

/* "Comrades Volkov, Sedov": one title for several. */
static bool opens_with_plural(capsa_slice text) {
  static const char *const words[] = {
      "Comrades ", "Messrs. ", "Messrs ", "MM. ",      "Coms. ",
      "Cdes. ",    "Cllrs. ",  "Drs. ",   "Generals ", "Тт. ",
      "тт. ",      "Herren ",  NULL};
  size_t len;
  for (int i = 0; words[i]; i++)
    if (capsa_slice_starts(text, words[i]))
      return next_comma(text, 0, &len) < text.len;
  return false;
}

/* A line of one, or of several with semicolons. */
static bool is_entry_line(capsa_slice line) {
  line = capsa_slice_trim(line);
  if (!line.len || is_field_heading(line)) return false;
  for (size_t at = 0; at <= line.len;) {
    size_t end = capsa_slice_finds(line, ";", at);
    if (end == CAPSA_NOT_FOUND) end = line.len;
    capsa_slice piece = capsa_slice_trim(capsa_slice_cut(line, at, end));
    if (piece.len && !is_single(piece) && !all_titled(piece)) return false;
    at = end + 1;
  }
  return true;
}

/* ---- making entries */

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
               !opens_with_title(piece);
  bool short_stop = piece.len < 10 && capsa_slice_ends(piece, ".") &&
                    capsa_slice_finds(piece, " ", 0) == CAPSA_NOT_FOUND;
  return lower || short_stop ||
         (capsa_is_office(piece) && !ends_with_name(piece));
}

/* Names that commas part; an office behind a name stays with it. */
static void add_commas(maker *m, capsa_slice text,
                       const capsa_draft_block *block) {
  size_t start = 0;
  for (size_t at = 0, len;;) {
    at = next_comma(text, at, &len);
    size_t next = at + len, more;
    capsa_slice piece = without_article(capsa_slice_trim(
        capsa_slice_cut(text, next, next_comma(text, next, &more))));
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
    size_t comma = next_comma(piece, 0, &len);
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
  size_t len, comma = next_comma(piece, 0, &len);
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
    groups += lead_in_len(capsa_slice_trim(capsa_slice_cut(line, at, end))) > 0;
  }
  for (size_t at = 0, end; at < line.len; at = end + 1) {
    end = capsa_slice_finds(line, ";", at);
    if (end == CAPSA_NOT_FOUND) end = line.len;
    capsa_slice piece = capsa_slice_trim(capsa_slice_cut(line, at, end));
    size_t lead = lead_in_len(piece);
    if (lead) add_entry(m, capsa_slice_cut(piece, 0, lead), block);
    piece = capsa_slice_trim(capsa_slice_from(piece, lead));
    bool commas = lead ? groups == pieces
                       : (inline_list && !semicolons) || all_titled(piece) ||
                             opens_with_plural(piece);
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

/* ---- columns whose lines were run together */

/* Where a run of three spaces or more ends, at or after `at`; 0 for none. */
static size_t column_end(capsa_slice text, size_t at) {
  size_t spaces = 0;
  for (; at < text.len; at++) {
    if (text.ptr[at] == ' ') spaces++;
    else if (spaces > 2) return at;
    else spaces = 0;
  }
  return 0;
}

/* The start of the row whose second column begins at `end`: the first column
 * is as wide in each. CAPSA_NOT_FOUND where no word begins there. */
static size_t row_start(capsa_slice text, size_t end, size_t width) {
  size_t at = end;
  for (; width && at; width--) at -= capsa_utf8_before(text, at).len;
  bool word = at && text.ptr[at - 1] == ' ' && text.ptr[at] != ' ';
  return !width && word ? at : CAPSA_NOT_FOUND;
}

/* `text` with a line feed before each row, where its columns show that it had
 * some; else as it is. Markdown makes a space of a line's end. */
capsa_slice capsa_entries_rows(capsa_draft *draft, capsa_slice text) {
  size_t end = column_end(text, 0), from = 0;
  if (!end || text.len > ROWS_MAX ||
      capsa_slice_finds(text, "\n", 0) != CAPSA_NOT_FOUND)
    return text;
  size_t width =
      capsa_offset_convert(text, end, CAPSA_UNIT_BYTE, CAPSA_UNIT_CODE_POINT);
  CAPSA_LIST(capsa_slice) parts = {0};
  while (end) {
    size_t next = column_end(text, end);
    size_t start = next ? row_start(text, next, width) : text.len + 1;
    if (start == CAPSA_NOT_FOUND) return text;
    capsa_slice *row = CAPSA_LIST_ADD(draft->arena, &parts);
    if (row) *row = capsa_slice_cut(text, from, start - 1);
    if (next && (row = CAPSA_LIST_ADD(draft->arena, &parts)))
      *row = CAPSA_LITERAL("\n");
    from = start;
    end = next;
  }
  return capsa_draft_concat(draft, parts.items, parts.count);
}

bool capsa_entries_names(capsa_draft *draft, capsa_entries *entries,
                         capsa_slice text, const capsa_draft_block *block) {
  maker m = {draft, entries};
  if (!starts_like_name(text) || is_prose(text)) return false;
  add_commas(&m, capsa_person_trim(text), block);
  return true;
}

/* ---- nothing but entries? */

bool capsa_entries_only(const capsa_draft_block *block, capsa_slice text) {
  capsa_slice line;
  while (capsa_slice_next_line(&text, &line)) {
    line = capsa_slice_trim(line);
    bool empty = !line.len && block->kind == CAPSA_BLOCK_TABLE;
    if (!empty && !capsa_presence_len(line) && !is_entry_line(line))
      return false;
  }
  return true;
}
