/* citation.c -- an archive's citation taken apart, by pattern.
 *
 *   "Title," Date, Programme, Repository (ABBR), f. N, op. N, d. N, ll. N-N,
 *   copy in Reel N, Collection, Institution, City; translation from Russian
 *   by Name. Published in Series No. N.
 *
 * Place names contain commas, so it is not split into fields: each element is
 * found by what introduces it, and what is left between date and locator is
 * the programme and the repository.
 */
#include <string.h>

#include "base/slice.h"
#include "document/passes/head/citation.h"
#include "document/passes/passes.h"
#include "text/chars.h"

static void set(capsa_slice *member, capsa_slice value) {
  value = capsa_slice_trim(value);
  while (value.len && strchr(",;", value.ptr[value.len - 1]))
    value = capsa_slice_trim(capsa_slice_cut(value, 0, value.len - 1));
  if (!member->len) *member = value;
}

/* Words whose full stop ends no sentence. */
static bool is_abbreviation(capsa_slice word) {
  static const char *const words[] = {
      "Vol", "vol",   "Nos", "No",  "no",  "Bd",   "Bl",  "Op",   "op",
      "ll",  "pp",    "Pt",  "Dr",  "Mr",  "Gen",  "Jan", "Feb",  "Mar",
      "Apr", "Jun",   "Jul", "Aug", "Sep", "Sept", "Oct", "Nov",  "Dec",
      "St",  "Jr",    "vs",  "ed",  "Doc", "Docs", "fol", "fols", "ff",
      "eds", "trans", "Col", "Adm", "Lt",  "Amb",  "cf",  "ca",   NULL};
  if (word.len == 1) return true;
  for (int i = 0; words[i]; i++)
    if (capsa_slice_is(word, words[i])) return true;
  return false;
}

/* "… VIET S. Secret; Nodis." */
static bool is_classification(capsa_slice text) {
  static const char *const words[] = {
      "Secret",       "Top Secret",        "Confidential",
      "Unclassified", "No classification", "Limited Official Use",
      "Official Use", "For Official Use",  NULL};
  for (int i = 0; words[i]; i++)
    if (capsa_slice_starts(text, words[i])) return true;
  return false;
}

/* The end of a sentence: a stop with upper case or nothing behind it, which
 * no initial or abbreviation makes: "by D. Wolff." ends at its last stop. */
static size_t sentence_end(capsa_slice text, size_t from) {
  for (size_t i = from; i < text.len; i++) {
    if (text.ptr[i] != '.') continue;
    if (i + 1 >= text.len) return i;
    size_t start = i;
    while (start > from && capsa_is_letter((unsigned char)text.ptr[start - 1]))
      start--;
    capsa_slice rest = capsa_slice_trim(capsa_slice_from(text, i + 1));
    uint32_t next = capsa_utf8_next(rest, 0).value;
    bool begins = capsa_is_upper(next) || capsa_is_digit(next);
    if (text.ptr[i + 1] == ' ' && begins &&
        (is_classification(rest) ||
         !is_abbreviation(capsa_slice_cut(text, start, i))))
      return i;
  }
  return text.len;
}

static size_t first_of(capsa_slice text, size_t from, const char *signs) {
  while (from < text.len && !strchr(signs, text.ptr[from])) from++;
  return from;
}

/* The title in its quotation marks; returns where it ends. */
static size_t read_title(capsa_metadata *meta, capsa_slice text) {
  static const char *const quotes[][2] = {{"\"", "\""},
                                          {"\xE2\x80\x9C", "\xE2\x80\x9D"}};
  for (int k = 0; k < 2; k++) {
    size_t open = strlen(quotes[k][0]);
    if (!capsa_slice_starts(text, quotes[k][0])) continue;
    /* Quotes may stand in a title: the one before a comma's end closes it. */
    size_t close = capsa_slice_finds(text, quotes[k][1], open);
    for (size_t next = close; next != CAPSA_NOT_FOUND;
         next = capsa_slice_finds(text, quotes[k][1], next + 1)) {
      close = next;
      if (text.ptr[next - 1] == ',') break;
    }
    if (close == CAPSA_NOT_FOUND) return 0;
    set(&meta->title, capsa_slice_cut(text, open, close));
    return close + strlen(quotes[k][1]);
  }
  return 0;
}

/* ---- what is introduced by words */

static void read_introduced(capsa_slice text, const char *words,
                            const char *stops, capsa_slice *member) {
  size_t at = capsa_slice_finds(text, words, 0);
  if (at == CAPSA_NOT_FOUND) return;
  at += strlen(words);
  size_t end = sentence_end(text, at);
  size_t stop = first_of(text, at, stops);
  set(member, capsa_slice_cut(text, at, stop < end ? stop : end));
}

/* "translation from Russian by David Wolff", "Translated by Name" */
static void read_translation(capsa_metadata *meta, capsa_slice text) {
  size_t at = capsa_slice_finds(text, "ranslat", 0);
  if (at == CAPSA_NOT_FOUND) return;
  capsa_slice rest = capsa_slice_cut(text, at, sentence_end(text, at));
  size_t from = capsa_slice_finds(rest, " from ", 0);
  size_t by = capsa_slice_finds(rest, " by ", 0);
  if (from != CAPSA_NOT_FOUND && (by == CAPSA_NOT_FOUND || from < by)) {
    capsa_slice language =
        capsa_slice_cut(rest, from + 6, by == CAPSA_NOT_FOUND ? rest.len : by);
    if (capsa_slice_starts(language, "the "))
      language = capsa_slice_from(language, 4);
    set(&meta->translated_from, language);
  }
  if (by != CAPSA_NOT_FOUND)
    set(&meta->translator,
        capsa_slice_cut(rest, by + 4, first_of(rest, by + 4, ";,")));
}

/* ---- programme and repository */

static bool has_any(capsa_slice text, const char *const *words) {
  for (; *words; words++)
    if (capsa_slice_finds(text, *words, 0) != CAPSA_NOT_FOUND) return true;
  return false;
}

static bool names_programme(capsa_slice text) {
  static const char *const words[] = {
      "Digital Archive",      "Program", "Project", "Series",
      "Foreign Relations of", NULL};
  return has_any(text, words);
}

/* "Volume XIV", "Document 310", "1955–1957": still the programme. */
static bool goes_on_with_programme(capsa_slice piece) {
  static const char *const words[] = {"Volume ", "Vol. ", "Document ",
                                      "Part ",   "No. ",  NULL};
  return has_any(piece, words);
}

bool capsa_names_archive(capsa_slice text) {
  static const char *const words[] = {
      "Archiv",     "Arhiv",  "Arkhiv",  "Library",        "Department",
      "Ministry",   "Record", "Museum",  "Institute",      "Bibliote",
      "RGANI",      "APRF",   "AVPRF",   "RGASPI",         "GARF",
      "TsAMO",      "BArch",  "SAPMO",   "BStU",           "TNA",
      "PRO",        "NARA",   "PRCFMA",  "Foreign Office", "Agency",
      "University", "Академ", "Архив",   "архив",          "РГАНИ",
      "АВП РФ",     "РГАСПИ", "ГАРФ",    "TsKhSD",         "RTsKhIDNI",
      "AAN",        "ЦХСД",   "РЦХИДНИ", "ANIC",           NULL};
  return has_any(text, words);
}

/* The end of the programme: behind its last "Document 310", else its first
 * comma. */
static size_t programme_end(capsa_slice text) {
  size_t end = CAPSA_NOT_FOUND;
  for (size_t at = 0; at < text.len;) {
    size_t comma = capsa_slice_finds(text, ", ", at);
    size_t stop = comma == CAPSA_NOT_FOUND ? text.len : comma;
    capsa_slice piece = capsa_slice_cut(text, at, stop);
    if (end == CAPSA_NOT_FOUND || goes_on_with_programme(piece)) end = stop;
    at = stop + 2;
  }
  return end;
}

/* "Archive, cupboard by the window": what is no name behind the archive's says
 * where in it, in a way that we do not know. */
static void set_repository(capsa_metadata *meta, capsa_slice text,
                           bool located) {
  text = capsa_slice_trim(text);
  size_t start = text.len - (text.len > 0);
  while (start && capsa_is_letter((unsigned char)text.ptr[start - 1])) start--;
  if (capsa_slice_ends(text, ".") && text.len - 1 - start > 2) text.len--;
  size_t end = text.len;
  for (size_t at = 0; !located && at < text.len;) {
    size_t comma = capsa_slice_finds(text, ", ", at);
    if (comma == CAPSA_NOT_FOUND) break;
    uint32_t next = capsa_utf8_next(text, comma + 2).value;
    at = comma + 2;
    if (!capsa_names_archive(capsa_slice_cut(text, 0, comma)) ||
        !(capsa_is_lower(next) || capsa_is_digit(next)))
      continue;
    end = comma;
    set(&meta->locator.text, capsa_slice_from(text, at));
    break;
  }
  set(&meta->repository, capsa_slice_cut(text, 0, end));
}

/* "Programme, Repository (ABBR)"; without a programme all is the repository. */
static void read_holder(capsa_metadata *meta, capsa_slice text, bool located) {
  text = capsa_slice_trim(text);
  while (text.len && strchr(",.;", text.ptr[0]))
    text = capsa_slice_from(text, 1);
  text = capsa_slice_trim(text);
  capsa_slice first =
      capsa_slice_cut(text, 0, capsa_slice_finds(text, ", ", 0));
  if (!names_programme(first)) {
    set_repository(meta, text, located);
    return;
  }
  size_t end = programme_end(text);
  set(&meta->collection, capsa_slice_cut(text, 0, end));
  if (end < text.len)
    set_repository(meta, capsa_slice_from(text, end + 2), located);
}

static bool has_locator(const capsa_locator *l) {
  return l->fond.len || l->opis.len || l->delo.len || l->leaves.len ||
         l->group.len || l->series.len || l->box.len || l->folder.len ||
         l->file.len || l->text.len;
}

void capsa_citation_read(capsa_draft *draft, capsa_slice text) {
  capsa_metadata *meta = &draft->metadata;
  size_t title = read_title(meta, text);
  if (!title) return;
  capsa_date date;
  capsa_slice rest = capsa_slice_from(text, title);
  if (capsa_date_find(rest, &date) && date.at.start_byte < 24) {
    set(&meta->date, capsa_date_iso(draft->arena, rest));
    set(&meta->date_text,
        capsa_slice_cut(rest, date.at.start_byte, date.at.end_byte));
    rest = capsa_slice_from(rest, date.at.end_byte);
  }
  read_introduced(rest, "copy in ", ";", &meta->copy);
  read_introduced(rest, "Published in ", ";", &meta->publication);
  read_translation(meta, rest);
  capsa_range at;
  capsa_locator locator;
  size_t holder_end = sentence_end(rest, 0);
  size_t semicolon = first_of(rest, 0, ";");
  if (semicolon < holder_end) holder_end = semicolon;
  bool located = capsa_locator_find(rest, 0, &locator, &at);
  if (located) {
    if (!has_locator(&meta->locator)) meta->locator = locator;
    holder_end = at.start_byte;
  }
  read_holder(meta, capsa_slice_cut(rest, 0, holder_end), located);
}

/* ---- source notes */

/* A longer note tells of translations that are none of the record. */
#define TRANSLATION_NOTE_MAX 300

void capsa_source_note_read(capsa_draft *draft, capsa_slice note) {
  capsa_metadata *meta = &draft->metadata;
  note = capsa_slice_trim(note);
  if (note.len < TRANSLATION_NOTE_MAX) read_translation(meta, note);
  capsa_slice first = capsa_slice_cut(note, 0, sentence_end(note, 0));
  size_t comma = capsa_slice_finds(first, ",", 0);
  capsa_slice holder = capsa_slice_cut(first, 0, comma);
  capsa_range at;
  capsa_locator locator;
  /* "RGANI. Collection 52. Inventory 1." is one reference of sentences. */
  if (capsa_locator_find(note, 0, &locator, &at) &&
      at.start_byte <= first.len + 2 &&
      (locator.fond.len ||
       (locator.file.len && !locator.series.len && comma > at.start_byte)))
    holder = capsa_slice_cut(note, 0, at.start_byte);
  else if (comma == CAPSA_NOT_FOUND ||
           !capsa_locator_read(
               capsa_slice_trim(capsa_slice_from(first, comma + 1)), &locator))
    locator = (capsa_locator){0};
  while (holder.len && strchr(",. ", holder.ptr[holder.len - 1])) holder.len--;
  if (!capsa_names_archive(holder)) {
    /* No archive that we know. */
    holder.len = 0;
    if (!capsa_locator_read(first, &locator)) return;
  }
  if (holder.len) set(&meta->repository, holder);
  if (!has_locator(&meta->locator)) meta->locator = locator;
}
