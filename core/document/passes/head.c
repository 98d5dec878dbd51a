/* head.c -- the first lines of a record: date and place, who is present. */
#include <string.h>

#include "base/slice.h"
#include "document/passes/passes.h"
#include "text/chars.h"

/* Blocks before which a head is over, and the longest date line. */
#define HEAD_BLOCKS_MAX 12
#define DATELINE_MAX 160

/* ---- date and place */

/* The place of "31 July 1958 in Huairen Hall [in …]" or of "Washington, July
 * 31, 1958": what stands behind " in ", or before the date. */
static capsa_slice place_of(capsa_slice text, const capsa_date *date) {
  capsa_slice before =
      capsa_slice_trim(capsa_slice_cut(text, 0, date->at.start_byte));
  while (before.len && strchr(",;", before.ptr[before.len - 1]))
    before = capsa_slice_trim(capsa_slice_cut(before, 0, before.len - 1));
  if (before.len) return before;
  capsa_slice after = capsa_slice_from(text, date->at.end_byte);
  size_t in = capsa_slice_finds(after, " in ", 0);
  if (in == CAPSA_NOT_FOUND) return (capsa_slice){0};
  after = capsa_slice_from(after, in + 4);
  size_t end = 0;
  while (end < after.len && !strchr("[,;(.", after.ptr[end])) end++;
  return capsa_slice_trim(capsa_slice_cut(after, 0, end));
}

/* A date line has no sentence: date, and before it no more than a place. */
static bool is_dateline(capsa_slice text, capsa_date *date) {
  if (text.len > DATELINE_MAX || !capsa_date_find(text, date)) return false;
  capsa_slice before = capsa_slice_cut(text, 0, date->at.start_byte);
  if (before.len > 60 || capsa_slice_finds(before, ": ", 0) != CAPSA_NOT_FOUND)
    return false;
  if (before.len && !strchr(", \xE2", before.ptr[before.len - 1])) return false;
  if (before.len && capsa_slice_trim(before).ptr[0] == '[') return false;
  return !before.len || capsa_starts_upper(before);
}

static void read_dateline(capsa_draft *draft, capsa_draft_block *block,
                          const capsa_date *date) {
  capsa_metadata *meta = &draft->metadata;
  block->kind = CAPSA_BLOCK_DATELINE;
  if (!meta->place.len) meta->place = place_of(block->text, date);
  if (meta->date.len) return;
  char iso[CAPSA_DATE_ISO_MAX];
  size_t len = capsa_date_to_iso(date, iso);
  meta->date = capsa_arena_copy(draft->arena, (capsa_slice){iso, len});
  meta->date_text =
      capsa_slice_cut(block->text, date->at.start_byte, date->at.end_byte);
}

/* ---- participants */

/* Bytes of "Present:" and the like at the start of `text`, or 0. */
static size_t presence_len(capsa_slice text) {
  static const char *const words[] = {
      "Present",         "Participants",    "Those present",
      "Persons present", "Attendees",       "In attendance",
      "Also present",    "Those attending", NULL};
  for (int i = 0; words[i]; i++) {
    size_t len = strlen(words[i]);
    if (!capsa_slice_equal_nocase(capsa_slice_cut(text, 0, len),
                                  capsa_slice_of(words[i])))
      continue;
    if (text.len > len && text.ptr[len] == ':') return len + 1;
    if (text.len == len) return len;
  }
  return 0;
}

static capsa_slice without_title(capsa_slice name) {
  static const char *const titles[] = {"Comrades ", "Comrade ", "Coms. ",
                                       "Com. ",     "Cdes. ",   "Cde. ",
                                       "and ",      NULL};
  for (int i = 0; titles[i]; i++)
    if (capsa_slice_starts(name, titles[i])) {
      name = capsa_slice_trim(capsa_slice_from(name, strlen(titles[i])));
      i = -1;
    }
  return name;
}

static void add_name(capsa_draft *draft, capsa_slice name) {
  name = without_title(capsa_slice_trim(name));
  while (
      name.len && strchr(".;,", name.ptr[name.len - 1]) &&
      !(name.len > 1 && capsa_is_upper((unsigned char)name.ptr[name.len - 2])))
    name.len--;
  if (!name.len) return;
  capsa_participant *item = CAPSA_LIST_ADD(draft->arena, &draft->participants);
  if (item) item->name = name;
}

/* Names part at semicolons, or, where there are none, at commas. */
static void read_names(capsa_draft *draft, capsa_slice list) {
  bool semicolons = capsa_slice_finds(list, ";", 0) != CAPSA_NOT_FOUND;
  for (size_t at = 0; at <= list.len;) {
    size_t end = capsa_slice_finds(list, semicolons ? ";" : ",", at);
    if (end == CAPSA_NOT_FOUND) end = list.len;
    capsa_slice name = capsa_slice_cut(list, at, end);
    size_t both =
        semicolons ? CAPSA_NOT_FOUND : capsa_slice_finds(name, " and ", 0);
    if (both == CAPSA_NOT_FOUND) add_name(draft, name);
    else {
      add_name(draft, capsa_slice_cut(name, 0, both));
      add_name(draft, capsa_slice_from(name, both + 5));
    }
    at = end + 1;
  }
}

/* Under a heading of their own they are one to a line or item. */
static bool is_listed_name(const capsa_draft_block *block) {
  return !block->turn && block->text.len && block->text.len < 120 &&
         (block->kind == CAPSA_BLOCK_LIST ||
          (block->kind == CAPSA_BLOCK_PARAGRAPH &&
           !capsa_ends_sentence(block->text))) &&
         capsa_starts_upper(block->text);
}

static void read_participants(capsa_draft *draft, size_t i, size_t word) {
  capsa_draft_block *block = &draft->blocks.items[i];
  bool known = draft->participants.count > 0;
  block->kind = CAPSA_BLOCK_PARTICIPANTS;
  capsa_slice list = capsa_slice_trim(capsa_slice_from(block->text, word));
  if (list.len) {
    if (!known) read_names(draft, list);
    return;
  }
  capsa_date date;
  for (i++;
       i < draft->blocks.count && is_listed_name(&draft->blocks.items[i]) &&
       !capsa_date_find(draft->blocks.items[i].text, &date);
       i++) {
    draft->blocks.items[i].kind = CAPSA_BLOCK_PARTICIPANTS;
    if (!known) read_names(draft, draft->blocks.items[i].text);
  }
}

void capsa_pass_head(capsa_draft *draft) {
  bool dated = false;
  for (size_t i = 0; i < draft->blocks.count && i < HEAD_BLOCKS_MAX; i++) {
    capsa_draft_block *block = &draft->blocks.items[i];
    capsa_date date;
    if (block->turn) break;
    size_t word = presence_len(block->text);
    if (word && block->kind <= CAPSA_BLOCK_HEADING)
      read_participants(draft, i, word);
    else if (!dated && block->kind == CAPSA_BLOCK_PARAGRAPH &&
             is_dateline(block->text, &date)) {
      read_dateline(draft, block, &date);
      dated = true;
    }
  }
}
