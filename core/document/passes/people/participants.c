/* participants.c -- lists of those present.
 *
 * Lists differ in how they are laid out, not in what they hold: entries that
 * name a person, and entries that lead in a side or an office ("US:", "JCS",
 * "Chairman"). So all layouts are first made into one row of entries, whatever
 * parted them (blocks, lines, cells, semicolons, commas), and only then is
 * each one read. The list ends where entries do: at prose, at another field of
 * the form, at a heading.
 */
#include "document/passes/people/participants.h"

#include <string.h>

#include "base/slice.h"
#include "document/passes/passes.h"
#include "document/passes/people/entry_shapes.h"
#include "document/passes/people/participant_entries.h"
#include "document/passes/people/persons.h"
#include "text/chars.h"

#define OPEN_RUN_MAX 8192 /* bytes of a run over several lines */

typedef struct reader {
  capsa_draft *draft;
  capsa_entries entries;
  bool close;         /* entries stand on lines without blank ones between */
  bool items;         /* some are items of a list */
  bool run;           /* the last block was a run with semicolons */
  size_t persons;     /* entries that lead in nobody */
  bool titled;        /* every person so far has an honorific or an office */
  uint32_t last_line; /* of the source */
  size_t open_entry;  /* the first entry of `open` */
  capsa_slice open;   /* a run with semicolons that goes on in the next block */
} reader;

/* ---- which blocks belong to the list */

/* Capitals throughout are a heading, unless the names are printed so. */
static bool is_heading_like(const reader *r, capsa_slice text) {
  if (!capsa_is_capitals(text, 2) || capsa_is_side(text) ||
      capsa_has_honorific(text))
    return false;
  for (size_t i = 0; i < r->entries.count; i++)
    if (capsa_is_capitals(r->entries.items[i].text, 7)) return false;
  return r->entries.count > 0;
}

/* Only plain text tells by its lines what stands together. */
static bool is_next_line(const reader *r, const capsa_draft_block *block) {
  return (r->draft->format == CAPSA_FORMAT_ARCHIVE ||
          r->draft->format == CAPSA_FORMAT_TEXT) &&
         block->line == r->last_line + 1;
}

/* "Minister of Trade George Yeh": an office that no comma parts. */
static bool names_office(capsa_slice text) {
  for (size_t at = 0, end; at < text.len; at = end + 1) {
    end = capsa_slice_finds(text, " ", at);
    if (end == CAPSA_NOT_FOUND) end = text.len;
    if (capsa_is_office(capsa_slice_cut(text, at, end))) return true;
  }
  return false;
}

static bool counts(capsa_slice marker) {
  return marker.len && capsa_is_digit((unsigned char)marker.ptr[0]);
}

/* "BELOV: Let us begin with the fish." is the first turn: behind what leads in
 * a side stands no sentence. */
static bool is_said(capsa_slice text) {
  size_t lead = capsa_entry_lead_len(text);
  capsa_slice side = capsa_slice_cut(text, 0, lead ? lead - 1 : 0);
  if (!lead || !strchr(".?!", text.ptr[text.len - 1])) return false;
  if (capsa_is_side(side) && !capsa_is_capitals(side, 1)) return false;
  capsa_codepoint last = capsa_utf8_before(text, text.len - 1);
  return capsa_is_letter(last.value) && capsa_is_lower(last.value);
}

static bool is_listed(const reader *r, const capsa_draft_block *block) {
  capsa_slice text = capsa_slice_trim(block->text);
  bool list = block->kind == CAPSA_BLOCK_LIST;
  bool kind = list || block->kind == CAPSA_BLOCK_PARAGRAPH ||
              block->kind == CAPSA_BLOCK_TABLE ||
              block->kind == CAPSA_BLOCK_QUOTATION ||
              (block->kind == CAPSA_BLOCK_HEADING && capsa_is_side(text));
  if (!kind || block->label.len || !text.len || is_heading_like(r, text) ||
      capsa_presence_len(text) ||
      !capsa_entries_only(block, capsa_entries_rows(r->draft, text)))
    return false;
  /* "1. Approval of Minutes" behind a list of lines opens the agenda. */
  if (list && r->entries.count && !r->items && counts(block->marker))
    return false;
  if (list || block->kind == CAPSA_BLOCK_TABLE || !r->entries.count)
    return true;
  bool gap = !is_next_line(r, block);
  /* A run is one paragraph. */
  if (r->run && gap) return false;
  bool leads = capsa_is_side(text);
  if (gap && is_said(text)) return false;
  if (r->close && gap && !leads) return false;
  if (text.ptr[0] == '[') return r->close || text.len < 60;
  /* Between blank lines a short heading looks like a name. */
  bool plain = !capsa_has_honorific(text) && !leads && !names_office(text) &&
               capsa_slice_finds(text, ",", 0) == CAPSA_NOT_FOUND &&
               capsa_slice_finds(text, "\xE2\x80\x94", 0) == CAPSA_NOT_FOUND;
  return !(gap && plain && r->titled && r->persons > 1);
}

static uint32_t last_line_of(const capsa_draft_block *block) {
  uint32_t line = block->line;
  for (size_t i = 0; i < block->text.len; i++)
    line += block->text.ptr[i] == '\n';
  return line;
}

/* Parted by semicolons, and none at the end. */
static bool is_open_run(capsa_slice text) {
  return capsa_slice_finds(text, ";", 0) != CAPSA_NOT_FOUND &&
         capsa_slice_finds(text, "\n", 0) == CAPSA_NOT_FOUND &&
         text.len < OPEN_RUN_MAX;
}

static void take(reader *r, capsa_draft_block *block) {
  size_t before = r->entries.count;
  r->items |= block->kind == CAPSA_BLOCK_LIST;
  bool next = is_next_line(r, block);
  if (before && next) r->close = true;
  if (r->open.len && next && block->kind == CAPSA_BLOCK_PARAGRAPH) {
    /* A line's end inside a run: its entries are read again, as one text. */
    capsa_slice parts[] = {r->open, CAPSA_LITERAL(" "), block->text};
    r->entries.count = before = r->open_entry;
    r->open = capsa_draft_concat(r->draft, parts, 3);
    capsa_entries_add(r->draft, &r->entries, r->open, false, block);
  } else {
    r->open = block->text;
    r->open_entry = before;
    capsa_entries_add(r->draft, &r->entries,
                      capsa_entries_rows(r->draft, block->text), false, block);
  }
  r->run = is_open_run(r->open);
  if (!r->run) r->open = (capsa_slice){0};
  for (size_t i = before; i < r->entries.count; i++) {
    capsa_slice text = r->entries.items[i].text;
    if (capsa_is_side(text)) continue;
    r->persons++;
    r->titled &= capsa_has_honorific(text) || capsa_slice_starts(text, "The ");
  }
  r->last_line = last_line_of(block);
  block->kind = CAPSA_BLOCK_PARTICIPANTS;
}

/* ---- reading entries */

/* Without "On the", "For the" and the colon. */
static capsa_slice side_name(capsa_slice text) {
  while (capsa_slice_ends(text, "\xE2\x80\x93") ||
         capsa_slice_ends(text, "\xE2\x80\x94"))
    text = capsa_slice_trim(capsa_slice_cut(text, 0, text.len - 3));
  static const char *const words[] = {
      "On the ", "For the ",  "For ", "From the ", "on the ", "for the ",
      "for ",    "from the ", "The ", "С ",        "с ",      NULL};
  text = capsa_person_trim(text);
  for (int i = 0; words[i]; i++)
    if (capsa_slice_starts(text, words[i]))
      return capsa_slice_from(text, strlen(words[i]));
  return text;
}

static bool is_chair(capsa_slice text) {
  return capsa_is_office(text) && !capsa_slice_starts(text, "The ") &&
         capsa_slice_finds(capsa_person_trim(text), " ", 0) == CAPSA_NOT_FOUND;
}

static bool leads_in(const reader *r, size_t i, bool some_plain) {
  const capsa_entry *e = &r->entries.items[i];
  if (e->text.ptr[0] == '[') return false;
  if (capsa_is_side(e->text) || capsa_entry_lead_len(e->text) == e->text.len)
    return true;
  if (i + 1 == r->entries.count) return false;
  if (capsa_has_honorific(e->text)) return false;
  const capsa_entry *next = &r->entries.items[i + 1];
  return (e->emphasised && some_plain) || (e->level && next->level > e->level);
}

static void add_person(reader *r, const capsa_entry *e, capsa_slice side,
                       capsa_slice office) {
  capsa_participant person = {0};
  if (e->text.ptr[0] == '[') person.name = e->text;
  else capsa_participant_parse(r->draft->arena, e->text, &person);
  if (!person.name.len) return;
  if (!person.side.len) person.side = side;
  if (!person.office.len) person.office = office;
  capsa_participant *item =
      CAPSA_LIST_ADD(r->draft->arena, &r->draft->participants);
  if (item) *item = person;
}

/* Two lead-ins in a row: columns whose order is lost. Then nothing says which
 * side a person is on. */
static bool sides_are_lost(const reader *r, bool some_plain) {
  bool before = false;
  for (size_t i = 0; i < r->entries.count; i++) {
    bool leads = leads_in(r, i, some_plain);
    if (leads && before) return true;
    before = leads && !is_chair(r->entries.items[i].text);
  }
  return false;
}

static void read_entries(reader *r) {
  bool plain = false;
  for (size_t i = 0; i < r->entries.count; i++)
    plain |= !r->entries.items[i].emphasised;
  bool lost = sides_are_lost(r, plain);
  capsa_slice side = {0}, office = {0};
  for (size_t i = 0; i < r->entries.count; i++) {
    const capsa_entry *e = &r->entries.items[i];
    bool leads = leads_in(r, i, plain);
    if ((leads || i + 1 < r->entries.count) && is_chair(e->text) && !e->run)
      office = capsa_person_trim(e->text);
    else if (leads) side = lost ? (capsa_slice){0} : side_name(e->text);
    else {
      add_person(r, e, side, office);
      office = (capsa_slice){0};
    }
  }
}

/* ---- the list */

static bool opens_again(const capsa_draft_block *block) {
  return block->kind <= CAPSA_BLOCK_HEADING &&
         capsa_presence_len(capsa_slice_trim(block->text)) > 0;
}

static size_t take_blocks(reader *r, size_t at) {
  capsa_draft_blocks *blocks = &r->draft->blocks;
  size_t end = at + CAPSA_PARTICIPANTS_MAX;
  capsa_block_kind kind = CAPSA_BLOCK_PARAGRAPH;
  size_t first = at, entries = 0;
  for (; at < blocks->count && at < end && is_listed(r, &blocks->items[at]);
       at++) {
    kind = blocks->items[at].kind;
    entries = r->entries.count;
    take(r, &blocks->items[at]);
  }
  /* What leads in nobody opens the next part of the record. */
  if (at > first && capsa_slice_ends(blocks->items[at - 1].text, ":")) {
    blocks->items[--at].kind = kind;
    r->entries.count = entries;
  }
  return at;
}

/* "U.S. Participants:" leads in a side too. */
static void add_side(reader *r, capsa_slice side) {
  capsa_entry *e = CAPSA_LIST_ADD(r->draft->arena, &r->entries);
  if (e) e->text = side;
}

/* Behind the words, on their line and the lines after it. */
static bool read_opening(reader *r, capsa_draft_block *block) {
  capsa_slice text = capsa_slice_trim(block->text);
  size_t word = block->kind == CAPSA_BLOCK_TABLE ? 0 : capsa_presence_len(text);
  capsa_slice rest = capsa_slice_from(text, word);
  capsa_slice list = capsa_entries_rows(r->draft, capsa_slice_trim(rest));
  bool below = rest.len && rest.ptr[0] == '\n';
  capsa_slice side = capsa_presence_side(capsa_slice_cut(text, 0, word));
  if (side.len) add_side(r, side);
  if (list.len && !capsa_entries_only(block, list)) {
    /* One sentence of names: "Present were A, B and C." */
    if (!capsa_entries_names(r->draft, &r->entries, list, block)) return false;
  } else if (list.len)
    capsa_entries_add(r->draft, &r->entries, list, !below, block);
  r->last_line = last_line_of(block);
  block->kind = CAPSA_BLOCK_PARTICIPANTS;
  return true;
}

size_t capsa_participants_read(capsa_draft *draft, size_t at, bool known) {
  reader r = {.draft = draft, .titled = true};
  size_t first = at;
  while (at < draft->blocks.count) {
    capsa_draft_block *block = &draft->blocks.items[at];
    if (at > first && !opens_again(block)) break;
    /* A heading that nothing follows is some other heading. */
    capsa_draft_block before = *block;
    size_t entries = r.entries.count;
    bool side = capsa_presence_side(block->text).len > 0;
    if (!read_opening(&r, block)) break;
    size_t end = take_blocks(&r, at + 1);
    if (r.entries.count == entries + side) {
      r.entries.count = entries;
      *block = before;
      break;
    }
    at = end;
  }
  if (!known) read_entries(&r);
  return at;
}
