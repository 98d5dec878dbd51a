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
#include "document/passes/passes.h"
#include "text/chars.h"

static void set(capsa_slice *member, capsa_slice value) {
  value = capsa_slice_trim(value);
  while (value.len && strchr(",;", value.ptr[value.len - 1]))
    value = capsa_slice_trim(capsa_slice_cut(value, 0, value.len - 1));
  if (!member->len) *member = value;
}

/* The end of a sentence: a stop with upper case or nothing behind it, which
 * no initial or number makes: "by D. Wolff." ends at its last stop. */
static size_t sentence_end(capsa_slice text, size_t from) {
  for (size_t i = from; i < text.len; i++) {
    if (text.ptr[i] != '.') continue;
    if (i + 1 >= text.len) return i;
    bool initial = i >= 2 && capsa_is_upper((unsigned char)text.ptr[i - 1]) &&
                   strchr(" .", text.ptr[i - 2]);
    if (text.ptr[i + 1] == ' ' && !initial &&
        capsa_is_upper(capsa_utf8_next(text, i + 2).value))
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

/* ---- the locator */

/* "f. 52" or "Collection 52." at or after `from`: what introduces each part in
 * Russian archives, transliterated and translated. */
static const char *const fond_words[] = {"f. ",   "F. ",         "fond ",
                                         "Fond ", "Collection ", NULL};
static const char *const opis_words[] = {"op. ",  "Op. ",       "opis ",
                                         "Opis ", "Inventory ", NULL};
static const char *const delo_words[] = {"d. ",   "D. ",   "delo ",
                                         "Delo ", "File ", NULL};
static const char *const leaf_words[] = {
    "ll. ", "l. ", "Ll. ", "L. ", "LL. ", "Sheets ", "pp. ", "Sheet ", NULL};

static bool is_word_start(capsa_slice text, size_t at) {
  return !at || strchr(" ,;.(", text.ptr[at - 1]);
}

/* Where a part begins; `*value` gets where its number does. */
static size_t find_part(capsa_slice text, size_t from, const char *const *words,
                        size_t *value) {
  size_t best = CAPSA_NOT_FOUND;
  for (; *words; words++) {
    for (size_t at = from;
         (at = capsa_slice_finds(text, *words, at)) != CAPSA_NOT_FOUND; at++) {
      size_t number = at + strlen(*words);
      if (at >= best) break;
      if (!is_word_start(text, at) || number >= text.len ||
          !capsa_is_digit((unsigned char)text.ptr[number]))
        continue;
      best = at;
      *value = number;
      break;
    }
  }
  return best;
}

static size_t part_end(capsa_slice text, size_t from) {
  while (from < text.len && !strchr(",;. )", text.ptr[from])) from++;
  return from;
}

/* Returns where the locator begins, or CAPSA_NOT_FOUND; `*end` its end. */
static size_t read_locator(capsa_metadata *meta, capsa_slice text, size_t from,
                           size_t *end) {
  const struct {
    const char *const *words;
    capsa_slice *member;
  } parts[] = {{fond_words, &meta->locator.fond},
               {opis_words, &meta->locator.opis},
               {delo_words, &meta->locator.delo},
               {leaf_words, &meta->locator.leaves}};
  size_t value = 0, start = find_part(text, from, fond_words, &value);
  size_t opis = find_part(text, start == CAPSA_NOT_FOUND ? from : start,
                          opis_words, &value);
  /* A fond alone ("Collection 5") may be anything else. */
  if (start == CAPSA_NOT_FOUND || opis == CAPSA_NOT_FOUND)
    return CAPSA_NOT_FOUND;
  size_t at = start;
  for (int i = 0; i < 4; i++) {
    size_t part = find_part(text, at, parts[i].words, &value);
    if (part == CAPSA_NOT_FOUND) continue;
    at = *end = part_end(text, value);
    set(parts[i].member, capsa_slice_cut(text, value, *end));
  }
  return start;
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

static bool names_programme(capsa_slice text) {
  static const char *const words[] = {"Digital Archive", "Program",
                                      "Project",         "Foreign Relations of",
                                      "Series",          NULL};
  for (int i = 0; words[i]; i++)
    if (capsa_slice_finds(text, words[i], 0) != CAPSA_NOT_FOUND) return true;
  return false;
}

/* "Programme, Repository (ABBR)": the first comma parts them, if what stands
 * before it names a programme; else all is the repository. */
static void read_holder(capsa_metadata *meta, capsa_slice text) {
  text = capsa_slice_trim(text);
  while (text.len && strchr(",.;", text.ptr[0]))
    text = capsa_slice_from(text, 1);
  text = capsa_slice_trim(text);
  size_t comma = capsa_slice_finds(text, ", ", 0);
  capsa_slice first =
      capsa_slice_cut(text, 0, comma == CAPSA_NOT_FOUND ? text.len : comma);
  if (!names_programme(first)) {
    set(&meta->repository, text);
    return;
  }
  set(&meta->collection, first);
  if (comma != CAPSA_NOT_FOUND)
    set(&meta->repository, capsa_slice_from(text, comma + 2));
}

void capsa_citation_read(capsa_draft *draft, capsa_slice text) {
  capsa_metadata *meta = &draft->metadata;
  size_t at = read_title(meta, text);
  if (!at) return;
  capsa_date date;
  capsa_slice rest = capsa_slice_from(text, at);
  if (capsa_date_find(rest, &date) && date.at.start_byte < 24) {
    set(&meta->date, capsa_date_iso(draft->arena, rest));
    set(&meta->date_text,
        capsa_slice_cut(rest, date.at.start_byte, date.at.end_byte));
    rest = capsa_slice_from(rest, date.at.end_byte);
  }
  read_introduced(rest, "copy in ", ";", &meta->copy);
  read_introduced(rest, "Published in ", ";", &meta->publication);
  read_translation(meta, rest);
  size_t end = 0, locator = read_locator(meta, rest, 0, &end);
  size_t holder_end = locator;
  if (locator == CAPSA_NOT_FOUND) {
    holder_end = sentence_end(rest, 0);
    size_t semicolon = first_of(rest, 0, ";");
    if (semicolon < holder_end) holder_end = semicolon;
  }
  read_holder(meta, capsa_slice_cut(rest, 0, holder_end));
}
