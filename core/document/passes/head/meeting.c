/* meeting.c -- the day of a record that its first lines tell in passing:
 * "Meeting held at Rye on 3 May 1900".
 */
#include <string.h>

#include "base/slice.h"
#include "document/passes/head/dateline.h"
#include "document/passes/passes.h"
#include "text/chars.h"

/* Bytes of where a meeting was held. */
#define PLACE_PHRASE_MAX 80

/* "on Tuesday, " before a date is "on". */
static capsa_slice without_weekday(capsa_slice before) {
  static const char *const days[] = {
      "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",     "Saturday",
      "Sunday", "Montag",  "Dienstag",  "Mittwoch", "Donnerstag", "Freitag",
      "lundi",  "mardi",   "mercredi",  "jeudi",    "vendredi",   NULL};
  capsa_slice rest = capsa_slice_trim(before);
  if (capsa_slice_ends(rest, ",")) rest.len--;
  for (int i = 0; days[i]; i++)
    if (capsa_slice_ends(rest, days[i]))
      return capsa_slice_trim(
          capsa_slice_cut(rest, 0, rest.len - strlen(days[i])));
  return before;
}

static bool says(capsa_slice text, const char *word) {
  size_t len = strlen(word);
  for (size_t i = 0; i + len <= text.len; i++)
    if (capsa_slice_equal_nocase(capsa_slice_cut(text, i, i + len),
                                 capsa_slice_of(word)))
      return true;
  return false;
}

/* "am 7. September 1961 im Hause des Komitees" below a title. */
static bool is_joint_alone(capsa_slice before) {
  static const char *const joints[] = {"on", "am", "vom", "le", "du", NULL};
  for (int i = 0; joints[i]; i++)
    if (capsa_slice_is(before, joints[i])) return true;
  return false;
}

/* Nothing but the hour, or " in the house of …" without a sentence's end. */
static bool is_bare_or_place(capsa_slice after) {
  static const char *const words[] = {" in ", " at ", " im ", " à ",
                                      " в ",  " en ", NULL};
  if (capsa_is_bare(after)) return true;
  if (after.len > PLACE_PHRASE_MAX || capsa_ends_sentence(after)) return false;
  for (int i = 0; words[i]; i++)
    if (capsa_slice_starts(after, words[i])) return true;
  return false;
}

/* "10 Downing Street, S.W. 1" of "a Meeting held at 10 Downing Street, S.W. 1,
 * on Tuesday,"; empty where nothing says so. */
static capsa_slice held_at(capsa_slice before) {
  static const char *const words[] = {" held at ", " held in ", NULL};
  before = capsa_slice_trim(without_weekday(before));
  for (int i = 0; words[i]; i++) {
    size_t at = capsa_slice_finds(before, words[i], 0);
    if (at == CAPSA_NOT_FOUND) continue;
    capsa_slice place = capsa_slice_from(before, at + strlen(words[i]));
    if (capsa_slice_ends(place, " on")) place.len -= 3;
    while (place.len && strchr(", ", place.ptr[place.len - 1])) place.len--;
    if (capsa_slice_starts(place, "the ")) place = capsa_slice_from(place, 4);
    return place.len <= PLACE_PHRASE_MAX ? place : (capsa_slice){0};
  }
  return (capsa_slice){0};
}

/* "Séance du 14 mars 1934", "Meeting held at Rye on 3 May 1900", "Transcript of
 * Proceedings, May 4, 1951": does what stands before the date say that it is
 * the day of the record itself? "The Treaty of May 3" does not. */
static bool tells_of_meeting(capsa_slice before) {
  static const char *const meetings[] = {
      "meeting",  "session",   "held",         "taken",   "interview",
      "séance",   "réunion",   "sitzung",      "sesión",  "reunión",
      "заседани", "posiedzen", "conference",   "hearing", "sitting",
      "беседа",   "gespräch",  "conversation", NULL};
  static const char *const joints[] = {"on", "du", "vom", "am",     "del",
                                       "of", "от", "le",  "z dnia", NULL};
  before = capsa_slice_trim(before);
  if (capsa_slice_ends(before, ",")) return true;
  if (is_joint_alone(before)) return true;
  bool joint = false, meeting = false;
  for (int i = 0; joints[i]; i++) {
    size_t len = strlen(joints[i]);
    joint |= before.len > len + 1 && capsa_slice_ends(before, joints[i]) &&
             before.ptr[before.len - len - 1] == ' ';
  }
  if (capsa_slice_ends(before, " Deb")) return true; /* Hansard */
  for (int i = 0; meetings[i]; i++) meeting |= says(before, meetings[i]);
  return joint && meeting;
}

void capsa_dateline_of_head(capsa_draft *draft, size_t end) {
  for (size_t i = 0; i < end && i < draft->blocks.count; i++) {
    const capsa_draft_block *block = &draft->blocks.items[i];
    capsa_date date;
    if ((block->kind != CAPSA_BLOCK_PARAGRAPH &&
         block->kind != CAPSA_BLOCK_HEADING) ||
        block->text.len > CAPSA_DATELINE_MAX ||
        !capsa_date_find(block->text, &date))
      continue;
    capsa_slice before = capsa_slice_cut(block->text, 0, date.at.start_byte);
    if (!date.day ||
        !is_bare_or_place(capsa_slice_from(block->text, date.at.end_byte)) ||
        capsa_slice_finds(before, ":", 0) != CAPSA_NOT_FOUND ||
        !tells_of_meeting(without_weekday(before)))
      continue;
    capsa_head_date(draft, block->text);
    if (!draft->metadata.place.len)
      draft->metadata.place =
          capsa_draft_squeeze(draft->arena, held_at(before));
    return;
  }
}
