/* dateline.c -- when and where: "Vladivostok, November 23, 1974, 6:15 p.m."
 *
 * A place is what a date line has beside its date and is no time. A line is
 * one only if nothing in it reads like a sentence: a paragraph may open with a
 * date, too.
 */
#include "document/passes/head/dateline.h"

#include <string.h>

#include "base/slice.h"
#include "document/passes/labels/labels.h"
#include "document/passes/passes.h"
#include "text/chars.h"

/* Bytes of the longest place. */
#define PLACE_MAX 80

/* ---- date */

/* Does `found` say more than the date that is known: the day of its month, the
 * end of a time that begins then? */
static bool says_more(capsa_slice known, capsa_slice found) {
  return found.len > known.len &&
         capsa_slice_equal(capsa_slice_cut(found, 0, known.len), known);
}

bool capsa_head_date(capsa_draft *draft, capsa_slice text) {
  capsa_metadata *meta = &draft->metadata;
  capsa_date date;
  char iso[CAPSA_DATE_ISO_MAX];
  if (!capsa_date_find(text, &date)) return false;
  capsa_slice found = {iso, capsa_date_to_iso(&date, iso)};
  if (meta->date.len && !says_more(meta->date, found)) return true;
  meta->date = capsa_arena_copy(draft->arena, found);
  meta->date_text = capsa_slice_cut(text, date.at.start_byte, date.at.end_byte);
  return true;
}

/* ---- place */

/* "5:43 p.m.", "noon", "local time", "Friday", "1049Z", "undated" */
static bool is_time(capsa_slice piece) {
  static const char *const words[] = {
      "noon",     "midnight", "undated",   "a.m.",      "p.m.",     "a. m.",
      "p. m.",    "Monday",   "Tuesday",   "Wednesday", "Thursday", "Friday",
      "Saturday", "Sunday",   "hours",     "o’clock",   "o'clock",  "Uhr",
      "morning",  "evening",  "afternoon", "г.",        "года",     "время",
      "Undated",  NULL};
  for (size_t i = 0; i < piece.len; i++)
    if (capsa_is_digit((unsigned char)piece.ptr[i])) return true;
  for (int i = 0; words[i]; i++)
    if (capsa_slice_finds(piece, words[i], 0) != CAPSA_NOT_FOUND) return true;
  return false;
}

static capsa_slice trim_place(capsa_slice text) {
  for (;;) {
    text = capsa_slice_trim(text);
    if (text.len && strchr("[(,;:-", text.ptr[0]))
      text = capsa_slice_from(text, 1);
    else if (text.len && strchr(",;:.])-", text.ptr[text.len - 1])) text.len--;
    else if (capsa_slice_ends(text, "\xE2\x80\x94") ||
             capsa_slice_ends(text, "\xE2\x80\x93"))
      text.len -= 3;
    else return text;
  }
}

/* Small words between a place and its date: "Bonn, den 3. Mai", "le 3 mai". */
static capsa_slice without_article(capsa_slice before) {
  static const char *const words[] = {"den", "dnia", "am",    "le", "on",
                                      "the", "this", "dated", "el", NULL};
  before = trim_place(before);
  for (int i = 0; words[i]; i++) {
    size_t len = strlen(words[i]);
    if (before.len < len ||
        !capsa_slice_equal_nocase(capsa_slice_from(before, before.len - len),
                                  capsa_slice_of(words[i])))
      continue;
    if (before.len == len || strchr(" ,", before.ptr[before.len - len - 1]))
      return trim_place(capsa_slice_cut(before, 0, before.len - len));
  }
  return before;
}

static bool names_place(capsa_slice text) {
  if (capsa_slice_starts(text, "the "))
    text = capsa_slice_from(text, sizeof "the " - 1);
  capsa_codepoint first = capsa_utf8_next(text, 0);
  return text.len && text.len <= PLACE_MAX &&
         (capsa_is_upper(first.value) || first.value >= 0x2E80) &&
         capsa_slice_finds(text, "not declassified", 0) == CAPSA_NOT_FOUND;
}

/* Pieces between commas that are no time, from the first to the last in a row:
 * "Palm Beach, Florida". */
static capsa_slice place_in(capsa_slice text) {
  capsa_slice place = {0};
  for (size_t at = 0; at < text.len;) {
    size_t end = at;
    while (end < text.len && !strchr(",;\n", text.ptr[end])) end++;
    capsa_slice piece = trim_place(capsa_slice_cut(text, at, end));
    at = end + 1;
    if (capsa_slice_starts(piece, "г. "))
      piece = capsa_slice_from(piece, sizeof "г. " - 1);
    if (!piece.len) continue;
    if (is_time(piece) || !names_place(piece)) {
      if (place.len) break;
      continue;
    }
    if (!place.len) place = piece;
    place.len = (size_t)(piece.ptr + piece.len - place.ptr);
  }
  return place.len <= PLACE_MAX ? place : (capsa_slice){0};
}

/* What stands behind the date: " in Huairen Hall [in …]", ", Vladivostok". */
static capsa_slice place_behind(capsa_slice after) {
  static const char *const words[] = {" in ", " at ", " в ", NULL};
  size_t cut = 0;
  while (cut < after.len && !strchr("[(", after.ptr[cut])) cut++;
  after = capsa_slice_cut(after, 0, cut);
  for (int i = 0; words[i]; i++) {
    size_t at = capsa_slice_finds(after, words[i], 0);
    if (at == CAPSA_NOT_FOUND) continue;
    after = capsa_slice_from(after, at + strlen(words[i]));
    size_t end = 0;
    while (end < after.len && !strchr(",;", after.ptr[end])) end++;
    after = trim_place(capsa_slice_cut(after, 0, end));
    return names_place(after) ? after : (capsa_slice){0};
  }
  return place_in(after);
}

static capsa_slice last_line(capsa_slice text) {
  text = capsa_slice_trim(text);
  for (size_t i = text.len; i; i--)
    if (text.ptr[i - 1] == '\n') return capsa_slice_from(text, i);
  return text;
}

capsa_slice capsa_head_place(capsa_slice text) {
  capsa_date date;
  if (!capsa_date_find(text, &date)) return place_in(text);
  capsa_slice before = last_line(capsa_slice_cut(text, 0, date.at.start_byte));
  capsa_slice place = place_in(without_article(before));
  if (place.len) return place;
  return place_behind(capsa_slice_from(text, date.at.end_byte));
}

/* ---- the date line */

/* Lower-case words that a date line has beside date and place. */
static bool is_dateline_word(capsa_slice word) {
  static const char *const words[] = {
      "in",        "at",       "of",      "the",    "a",        "m",
      "p",         "and",      "r",       "to",     "noon",     "local",
      "time",      "from",     "de",      "hours",  "midnight", "den",
      "le",        "on",       "by",      "г",      "г.",       "года",
      "в",         "sur",      "am",      "pm",     "von",      "des",
      "undated",   "received", "du",      "el",     "la",       "uhr",
      "del",       "do",       "da",      "dos",    "al",       "les",
      "an",        "ob",       "upon",    "sous",   "di",       "h",
      "th",        "st",       "nd",      "rd",     "this",     "day",
      "ч",         "мин",      "à",       "heures", "heure",    "morning",
      "afternoon", "evening",  "session", "vol",    "c",        "cc",
      "col",       "cols",     "часов",   "hrs",    "o’clock",  "o'clock",
      "half",      "past",     NULL};
  while (word.len && strchr(".,;:)]", word.ptr[word.len - 1])) word.len--;
  for (int i = 0; words[i]; i++)
    if (capsa_slice_is(word, words[i])) return true;
  return capsa_slice_finds(word, ".", 0) != CAPSA_NOT_FOUND;
}

bool capsa_is_bare(capsa_slice text) {
  size_t words = 0;
  for (size_t start = 0, end; start < text.len; start = end + 1) {
    end = start;
    while (end < text.len && !strchr(" \t\n", text.ptr[end])) end++;
    capsa_slice word = capsa_slice_cut(text, start, end);
    if (!word.len) continue;
    if (start && strchr("[(", word.ptr[0])) return true;
    words++;
    if (capsa_is_lower(capsa_utf8_next(word, 0).value) &&
        !is_dateline_word(word))
      return false;
  }
  return words < 16;
}

/* Where "undated" stands; CAPSA_NOT_FOUND where it does not. */
static size_t find_undated(capsa_slice text) {
  static const char *const words[] = {"undated",  "Undated", "no date",
                                      "без даты", "n.d.",    NULL};
  for (int i = 0; words[i]; i++) {
    size_t at = capsa_slice_finds(text, words[i], 0);
    if (at != CAPSA_NOT_FOUND) return at;
  }
  return CAPSA_NOT_FOUND;
}

/* Date, before it no more than a place, and behind it the hour. */
bool capsa_is_dateline(capsa_slice text) {
  capsa_date date;
  if (!text.len || text.len > CAPSA_DATELINE_MAX) return false;
  if (!capsa_date_find(text, &date)) {
    size_t at = find_undated(text);
    if (at == CAPSA_NOT_FOUND || text.len > 60) return false;
    date.at = (capsa_range){at, at + sizeof "undated" - 1};
  }
  capsa_slice before =
      capsa_slice_trim(capsa_slice_cut(text, 0, date.at.start_byte));
  capsa_slice after = capsa_slice_from(text, date.at.end_byte);
  capsa_slice place = without_article(before);
  if (capsa_slice_finds(place, "not declassified", 0) != CAPSA_NOT_FOUND)
    place.len = 0;
  if (place.len > PLACE_MAX || !capsa_is_bare(place) || !capsa_is_bare(after) ||
      capsa_genre_of(place).len ||
      capsa_slice_finds(before, ": ", 0) != CAPSA_NOT_FOUND)
    return false;
  if (!before.len) return true;
  bool parted = place.len < before.len ||
                capsa_slice_finds(before, "\n", 0) != CAPSA_NOT_FOUND;
  capsa_codepoint first = capsa_utf8_next(before, 0);
  /* "Praha 21. srpna 1968": one word that is a name. */
  parted =
      parted || (capsa_slice_finds(place, " ", 0) == CAPSA_NOT_FOUND &&
                 capsa_is_upper(first.value) && !capsa_label_is_common(place));
  bool hour = capsa_is_digit(first.value) && is_time(before) &&
              !place_in(before).len &&
              capsa_slice_finds(before, "m.", 0) < before.len;
  return parted &&
         (hour || capsa_is_upper(first.value) || before.ptr[0] == '[' ||
          before.ptr[0] == '(' || first.value >= 0x2E80 || !place.len ||
          capsa_slice_starts(before, "г. "));
}

void capsa_dateline_read(capsa_draft *draft, capsa_draft_block *block) {
  capsa_metadata *meta = &draft->metadata;
  block->kind = CAPSA_BLOCK_DATELINE;
  capsa_head_date(draft, block->text);
  if (meta->place.len) return;
  size_t undated = find_undated(block->text);
  capsa_date date;
  capsa_slice place =
      capsa_date_find(block->text, &date) || undated == CAPSA_NOT_FOUND
          ? capsa_head_place(block->text)
          : place_in(trim_place(capsa_slice_cut(block->text, 0, undated)));
  meta->place = capsa_draft_squeeze(draft->arena, place);
}

/* "…, Washington, October 26, 1956" */
void capsa_dateline_of_title(capsa_draft *draft) {
  capsa_slice title = draft->metadata.title;
  capsa_date date;
  if (!capsa_date_find(title, &date)) return;
  capsa_slice after = capsa_slice_from(title, date.at.end_byte);
  if (!capsa_is_bare(after)) return;
  if (!draft->metadata.date.len) capsa_head_date(draft, title);
  if (draft->metadata.place.len) return;
  capsa_slice before =
      capsa_slice_trim(capsa_slice_cut(title, 0, date.at.start_byte));
  if (!capsa_slice_ends(before, ",")) return;
  before.len--;
  size_t start = before.len;
  while (start && before.ptr[start - 1] != ',') start--;
  capsa_slice place = trim_place(capsa_slice_from(before, start));
  if (start && names_place(place) && capsa_is_bare(place))
    draft->metadata.place = place;
}
