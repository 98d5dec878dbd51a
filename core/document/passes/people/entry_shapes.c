/* entry_shapes.c -- what an entry of a list of persons looks like.
 *
 * A run of words is an entry, and no prose, by its capitals: names and offices
 * have few words in lower case, sentences have many.
 */
#include "document/passes/people/entry_shapes.h"

#include <string.h>

#include "base/slice.h"
#include "document/passes/head/fields.h"
#include "document/passes/passes.h"
#include "document/passes/people/participant_entries.h"
#include "document/passes/people/participants.h"
#include "document/passes/people/persons.h"
#include "document/passes/people/titles.h"
#include "text/chars.h"

#define ENTRY_MAX 200      /* bytes of one person with offices */
#define GAP_MAX 60         /* of "[2 names not declassified]" */
#define CHINESE_MAX 90     /* bytes: thirty signs */
#define ABBREVIATION_MAX 6 /* bytes of "Cllrs." */
#define PROSE_WORDS_MAX 3  /* words in lower case that no office has */
#define DASHED_LEAD_MAX 60 /* bytes of "from the Soviet side" */
#define OFFICE_LEAD_MAX 40 /* bytes of "Interpreter:" */

/* "dott.", "on.": a title, in whatever language. */
static bool is_abbreviated(capsa_slice word) {
  return word.len > 2 && word.len <= ABBREVIATION_MAX &&
         capsa_slice_ends(word, ".") &&
         capsa_slice_finds(word, ".", 0) == word.len - 1;
}

/* Prose has many words in lower case; names and offices have few. */
bool capsa_entry_is_prose(capsa_slice text) {
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
bool capsa_entry_opens_with_title(capsa_slice text) {
  size_t end = capsa_slice_finds(text, " ", 0);
  capsa_slice word = capsa_slice_cut(text, 0, end);
  return end != CAPSA_NOT_FOUND &&
         (capsa_title_is_article(word) || capsa_title_find(word) ||
          is_abbreviated(word)) &&
         capsa_starts_upper(capsa_slice_from(text, end + 1));
}

bool capsa_entry_starts_like_name(capsa_slice text) {
  capsa_codepoint cp = capsa_utf8_next(text, 0);
  return capsa_entry_opens_with_title(text) || capsa_is_upper(cp.value) ||
         cp.value >= 0x2E80 || cp.value == '[' || cp.value == 0x2019;
}

/* "US: Mr. Dulles": bytes up to behind the colon that ends a lead-in. */
/* "from the Soviet side – Mr. Belov": up to behind the dash. */
static size_t dashed_lead_len(capsa_slice text) {
  static const char *const words[] = {"from the ", "on the ", "for the ",
                                      "From the ", "On the ", "For the ",
                                      NULL};
  static const char *const dashes[] = {" \xE2\x80\x93", " \xE2\x80\x94", " -",
                                       NULL};
  for (int i = 0; words[i]; i++) {
    if (!capsa_slice_starts(text, words[i])) continue;
    for (int k = 0; dashes[k]; k++) {
      size_t at = capsa_slice_finds(text, dashes[k], 0);
      size_t end = at + strlen(dashes[k]);
      if (at > DASHED_LEAD_MAX) continue;
      if (end == text.len || text.ptr[end] == ' ') return end;
    }
  }
  return 0;
}

size_t capsa_entry_lead_len(capsa_slice text) {
  size_t colon = capsa_slice_finds(text, ":", 0), dash = dashed_lead_len(text);
  if (dash) return dash;
  if (colon == CAPSA_NOT_FOUND || colon > 60 ||
      capsa_is_digit((unsigned char)text.ptr[0]))
    return 0;
  capsa_slice left = capsa_slice_cut(text, 0, colon + 1);
  return capsa_is_side(left) && !capsa_entry_is_prose(left) ? colon + 1 : 0;
}

size_t capsa_entry_office_len(capsa_slice text) {
  size_t colon = capsa_slice_finds(text, ": ", 0);
  if (colon == CAPSA_NOT_FOUND || colon > OFFICE_LEAD_MAX) return 0;
  capsa_slice rest = capsa_slice_trim(capsa_slice_from(text, colon + 1));
  return capsa_is_office(capsa_slice_cut(text, 0, colon)) &&
                 capsa_entry_starts_like_name(rest) &&
                 !capsa_entry_is_prose(rest)
             ? colon + 2
             : 0;
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
  size_t lead = capsa_entry_lead_len(text);
  if (!lead) lead = capsa_entry_office_len(text);
  capsa_slice rest = capsa_slice_from(text, lead);
  return text.len && text.len <= ENTRY_MAX &&
         (lead || capsa_entry_starts_like_name(text) ||
          capsa_has_honorific(text)) &&
         capsa_slice_finds(rest, ": ", 0) == CAPSA_NOT_FOUND &&
         (lead || text.ptr[text.len - 1] != ':') &&
         !capsa_entry_is_prose(rest) && !capsa_date_find(text, &date);
}

/* The next comma or "and" outside of brackets, at or after `at`. */
size_t capsa_entry_next_comma(capsa_slice text, size_t at, size_t *len) {
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
bool capsa_entry_all_titled(capsa_slice text) {
  size_t pieces = 0;
  for (size_t at = 0, len = 1; len; pieces++) {
    size_t end = capsa_entry_next_comma(text, at, &len);
    capsa_slice piece = capsa_slice_trim(capsa_slice_cut(text, at, end));
    if (piece.len && (!capsa_has_honorific(piece) ||
                      capsa_slice_finds(piece, ": ", 0) != CAPSA_NOT_FOUND))
      return false;
    at = end + len;
  }
  return pieces > 1;
}

/* "Comrades Volkov, Sedov": one title for several. */
bool capsa_entry_opens_with_plural(capsa_slice text) {
  static const char *const words[] = {
      "Comrades ", "Messrs. ", "Messrs ", "MM. ",      "Coms. ",
      "Cdes. ",    "Cllrs. ",  "Drs. ",   "Generals ", "Тт. ",
      "тт. ",      "Herren ",  NULL};
  size_t len;
  for (int i = 0; words[i]; i++)
    if (capsa_slice_starts(text, words[i]))
      return capsa_entry_next_comma(text, 0, &len) < text.len;
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
    if (piece.len && !is_single(piece) && !capsa_entry_all_titled(piece))
      return false;
    at = end + 1;
  }
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
