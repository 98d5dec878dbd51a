/* names.c -- dates and the names of those who take part, where the text has
 * them.
 *
 * A date is marked where it has a month; a name where it is one of those who
 * speak or are listed as present: whole, or the last of its names where that is
 * no word of the language and no country. Where the source's own markup tells
 * dates or names, nothing is added to them. Linear: a text is gone through
 * once, and a word that begins with a capital is looked up.
 */
#include "base/slice.h"
#include "document/passes/labels/labels.h"
#include "document/passes/passes.h"
#include "document/passes/people/persons.h"
#include "document/passes/people/titles.h"
#include "text/chars.h"
#include "text/lexicon.h"
#include "text/words.h"

/* Bytes of a name that may stand alone, and people whose names are looked for.
 */
#define ALONE_MIN 4
#define NAMES_MAX 512
#define BUCKETS 256

typedef struct known_name {
  capsa_slice name;
  size_t first; /* bytes of its first word */
  uint16_t next;
} known_name;

typedef struct finder {
  capsa_draft *draft;
  CAPSA_LIST(known_name) names;
  uint16_t buckets[BUCKETS]; /* by the first word: index plus 1 */
} finder;

/* ---- names that are looked for */

static size_t word_len(capsa_slice text, size_t at) {
  size_t end = at;
  for (capsa_codepoint cp; (cp = capsa_utf8_next(text, end)).len; end += cp.len)
    if (!capsa_is_letter(cp.value) && !capsa_is_apostrophe(cp.value) &&
        cp.value != '-' && cp.value != '.')
      break;
  while (end > at && !capsa_is_letter(capsa_utf8_before(text, end).value))
    end -= capsa_utf8_before(text, end).len;
  return end - at;
}

static uint16_t *bucket_of(finder *f, capsa_slice word) {
  return &f->buckets[capsa_word_hash(word) % BUCKETS];
}

static void add_name(finder *f, capsa_slice name) {
  size_t first = word_len(name, 0);
  if (!first || f->names.count == NAMES_MAX) return;
  uint16_t *bucket = bucket_of(f, capsa_slice_cut(name, 0, first));
  for (uint16_t i = *bucket; i; i = f->names.items[i - 1].next)
    if (capsa_slice_equal(f->names.items[i - 1].name, name)) return;
  known_name *item = CAPSA_LIST_ADD(f->draft->arena, &f->names);
  if (!item) return;
  *item = (known_name){name, first, *bucket};
  *bucket = (uint16_t)f->names.count;
}

/* Is the last of someone's names enough to know him by? */
static bool may_stand_alone(capsa_slice surname) {
  char folded[CAPSA_WORD_BYTES_MAX * 2];
  if (surname.len < ALONE_MIN || surname.len > CAPSA_WORD_BYTES_MAX ||
      capsa_title_find(surname) || capsa_is_side(surname))
    return false;
  size_t len = capsa_word_fold(surname, folded);
  return len && !capsa_lexicon_has((capsa_slice){folded, len});
}

static void add_person(finder *f, capsa_slice name) {
  size_t start = name.len, words = 1;
  while (start && name.ptr[start - 1] != ' ') start--;
  for (size_t i = 0; i < name.len; i++) words += name.ptr[i] == ' ';
  capsa_slice surname = capsa_slice_from(name, start);
  if (!capsa_starts_upper(name) || !capsa_starts_upper(surname) ||
      name.ptr[0] == '[' || capsa_title_find(surname))
    return;
  bool office = capsa_is_office(name) ||
                capsa_title_is_article(
                    capsa_slice_cut(name, 0, capsa_slice_finds(name, " ", 0)));
  if (words > 1 && !office) add_name(f, name);
  if (!office && may_stand_alone(surname)) add_name(f, surname);
}

/* ---- in a text */

static void mark_dates(capsa_draft *draft, capsa_draft_block *block) {
  capsa_date date;
  char iso[CAPSA_DATE_ISO_MAX];
  for (size_t from = 0; capsa_date_next(block->text, from, &date);
       from = date.at.end_byte) {
    capsa_span *span = capsa_draft_span(draft, block, CAPSA_SPAN_DATE,
                                        date.at.start_byte, date.at.end_byte);
    if (!span) return;
    span->target = capsa_arena_copy(
        draft->arena, (capsa_slice){iso, capsa_date_to_iso(&date, iso)});
  }
}

/* Bytes of the longest name that stands at `at`, where a word begins. */
static size_t name_at(finder *f, capsa_slice text, size_t at, size_t word) {
  size_t longest = 0;
  for (uint16_t i = *bucket_of(f, capsa_slice_cut(text, at, at + word)); i;
       i = f->names.items[i - 1].next) {
    const known_name *known = &f->names.items[i - 1];
    size_t end = at + known->name.len;
    if (known->first != word || known->name.len <= longest ||
        !capsa_slice_equal(capsa_slice_cut(text, at, end), known->name) ||
        capsa_is_letter(capsa_utf8_next(text, end).value))
      continue;
    longest = known->name.len;
  }
  return longest;
}

/* "Berg’s" is Berg's. */
static size_t without_possessive(capsa_slice text, size_t at, size_t len) {
  capsa_slice word = capsa_slice_cut(text, at, at + len);
  if (capsa_slice_ends(word, "'s")) return len - 2;
  return capsa_slice_ends(word, "\xE2\x80\x99s") ? len - 4 : len;
}

/* May a name begin at `at`? No decoding where nothing but small letters stand:
 * that is nearly everywhere. */
static bool begins_word(capsa_slice text, size_t at) {
  unsigned char byte = (unsigned char)text.ptr[at];
  if (byte < 0x80 && (byte < 'A' || byte > 'Z')) return false;
  if ((byte & 0xC0) == 0x80) return false;
  return capsa_is_upper(capsa_utf8_next(text, at).value) &&
         !capsa_is_letter(capsa_utf8_before(text, at).value);
}

static void mark_names(finder *f, capsa_draft_block *block) {
  capsa_slice text = block->text;
  for (size_t at = 0; at < text.len;) {
    size_t word = begins_word(text, at)
                      ? without_possessive(text, at, word_len(text, at))
                      : 0;
    size_t len = word ? name_at(f, text, at, word) : 0;
    if (len) capsa_draft_span(f->draft, block, CAPSA_SPAN_NAME, at, at + len);
    at += len ? len : word ? word : 1;
  }
}

static bool has_span(const capsa_draft *draft, capsa_span_kind kind) {
  for (size_t i = 0; i < draft->blocks.count; i++) {
    const capsa_draft_block *block = &draft->blocks.items[i];
    for (size_t k = 0; k < block->spans.count; k++)
      if (block->spans.items[k].kind == kind) return true;
  }
  return false;
}

void capsa_pass_names(capsa_draft *draft) {
  finder f = {.draft = draft};
  for (size_t i = 0; i < draft->participants.count; i++)
    add_person(&f, draft->participants.items[i].name);
  for (size_t i = 0; i < draft->speakers.count; i++)
    add_person(&f, draft->speakers.items[i].name);
  bool dates = !has_span(draft, CAPSA_SPAN_DATE);
  bool names = f.names.count && !has_span(draft, CAPSA_SPAN_NAME);
  for (size_t i = 0; i < draft->blocks.count; i++) {
    capsa_draft_block *block = &draft->blocks.items[i];
    if (block->kind == CAPSA_BLOCK_CODE) continue;
    if (dates) mark_dates(draft, block);
    if (names) mark_names(&f, block);
  }
}
