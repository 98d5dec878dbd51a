/* same_person.c -- which labels of a record mean one person.
 *
 * Two forms are one person when their surnames are the same and nothing else
 * speaks against it: the titles are the same, one has none, or one has the
 * other's words; the given names do not differ. "MR. PERKINS" and "MR. E.
 * PERKINS" in one record are two people: why else would it tell them apart?
 */
#include <string.h>

#include "base/arena.h"
#include "base/slice.h"
#include "document/passes/passes.h"
#include "document/passes/people/people.h"
#include "document/passes/people/titles.h"
#include "text/chars.h"
#include "text/lexicon.h"
#include "text/words.h"

static bool same_letters(capsa_slice a, capsa_slice b) {
  char x[CAPSA_LABEL_MAX], y[CAPSA_LABEL_MAX];
  size_t len = capsa_label_key(a, x);
  return capsa_slice_equal((capsa_slice){x, len},
                           (capsa_slice){y, capsa_label_key(b, y)});
}

/* Has `many` every word of `few`? Both are titles written out. */
static bool has_words(capsa_slice many, capsa_slice few) {
  for (size_t at = 0; at < few.len;) {
    size_t end = capsa_slice_finds(few, " ", at);
    if (end == CAPSA_NOT_FOUND) end = few.len;
    size_t found = capsa_slice_find(many, capsa_slice_cut(few, at, end), 0);
    if (found == CAPSA_NOT_FOUND) return false;
    at = end + 1;
  }
  return true;
}

static bool titles_agree(const capsa_person *a, const capsa_person *b) {
  return has_words(a->title, b->title) || has_words(b->title, a->title);
}

/* "Max" and "M.D.", "Nikita" and "N.S." */
static bool given_agree(const capsa_person *a, const capsa_person *b) {
  if (same_letters(a->given, b->given)) return true;
  if (!a->given.len || !b->given.len) return false;
  bool initials = a->given.len < 3 || a->given.ptr[1] == '.' ||
                  b->given.len < 3 || b->given.ptr[1] == '.';
  return initials && a->given.ptr[0] == b->given.ptr[0];
}

/* Of two offices: "Minister of Ink" is not "Minister of Paper". */
static bool same_rest(const capsa_person *a, const capsa_person *b) {
  size_t x = capsa_slice_finds(a->name, " of ", 0);
  size_t y = capsa_slice_finds(b->name, " of ", 0);
  if (x == CAPSA_NOT_FOUND || y == CAPSA_NOT_FOUND) return x == y;
  return same_letters(capsa_slice_from(a->name, x),
                      capsa_slice_from(b->name, y));
}

static bool surnames_agree(const capsa_person *a, const capsa_person *b) {
  if (!a->surname.len || !b->surname.len)
    return !a->surname.len && !b->surname.len && a->title.len &&
           capsa_slice_equal(a->title, b->title) && same_rest(a, b);
  return same_letters(a->surname, b->surname);
}

typedef struct people {
  capsa_labels *labels;
  capsa_person *persons;
} people;

/* Is `full`, seen first, the whole name of what is later said in short? */
static bool is_introduced(const people *p, size_t full, size_t brief) {
  return full < brief && p->persons[full].given.len &&
         !p->persons[brief].given.len && !p->persons[full].title.len &&
         !p->persons[brief].title.len && p->labels->items[full].count <= 2;
}

/* "Mao" and "MAO ZEDONG": the family name stands first. */
static bool is_first_name_of(const capsa_person *brief,
                             const capsa_person *full) {
  return !brief->given.len && full->given.len &&
         same_letters(brief->surname, full->given) && titles_agree(brief, full);
}

static bool are_same(const people *p, size_t i, size_t j) {
  const capsa_person *a = &p->persons[i], *b = &p->persons[j];
  if (a->surname.len && (is_first_name_of(a, b) || is_first_name_of(b, a)))
    return true;
  if (!surnames_agree(a, b) || !titles_agree(a, b)) return false;
  return given_agree(a, b) || is_introduced(p, i, j) || is_introduced(p, j, i);
}

/* A form that could be either of two people is left alone. */
static bool is_ambiguous(const people *p, size_t form) {
  for (size_t i = 0; i < p->labels->count; i++) {
    if (i == form || !are_same(p, form, i)) continue;
    for (size_t j = i + 1; j < p->labels->count; j++)
      if (j != form && are_same(p, form, j) && !are_same(p, i, j)) return true;
  }
  return false;
}

/* The person of an earlier family that `form` agrees with in all its forms. */
static uint32_t find_person(const people *p, size_t form) {
  const capsa_label_family *items = p->labels->items;
  for (size_t i = 0; i < form; i++) {
    if (!are_same(p, form, i)) continue;
    bool all = true;
    for (size_t j = 0; j < form && all; j++)
      all = items[j].person != items[i].person || are_same(p, form, j);
    if (all) return items[i].person;
  }
  return (uint32_t)form + 1;
}

/* "O" before "Operator": one letter for a role that the record names. */
static uint32_t find_role(const people *p, size_t form) {
  const capsa_label_family *items = p->labels->items;
  uint32_t found = 0;
  for (size_t i = 0; i < p->labels->count; i++) {
    const capsa_title *title = capsa_title_find(items[i].bare);
    bool one = items[i].key.len == 1 || items[form].key.len == 1;
    if (i == form || !one || items[i].key.ptr[0] != items[form].key.ptr[0])
      continue;
    if (!title) title = capsa_title_find(items[form].bare);
    if (!title || title->kind != CAPSA_TITLE_ROLE || found) return 0;
    found = (uint32_t)i + 1;
  }
  return found;
}

/* ---- misread labels */

/* Letters that one of two words has in place of one other, or too many. */
static bool differ_by_one(capsa_slice a, capsa_slice b) {
  if (a.len > b.len + 1 || b.len > a.len + 1) return false;
  size_t i = 0, tail = 0;
  while (i < a.len && i < b.len && a.ptr[i] == b.ptr[i]) i++;
  while (tail < a.len - i && tail < b.len - i &&
         a.ptr[a.len - 1 - tail] == b.ptr[b.len - 1 - tail])
    tail++;
  size_t rest_a = a.len - i - tail, rest_b = b.len - i - tail;
  return rest_a <= 1 && rest_b <= 1 && rest_a + rest_b > 0;
}

/* A label that comes often is the measure of one that comes rarely. */
#define OFTEN 3
#define SURNAME_MIN 6

bool capsa_label_is_misread(capsa_arena *arena, const capsa_label_family *rare,
                            const capsa_label_family *often) {
  if (often->count < OFTEN || rare->count * 3 > often->count ||
      rare->key.len < 6 || rare->capitals != often->capitals ||
      !differ_by_one(rare->key, often->key))
    return false;
  capsa_person wrong, right;
  capsa_person_read(arena, rare->bare, &wrong);
  capsa_person_read(arena, often->bare, &right);
  if (!right.surname.len || same_letters(wrong.surname, right.surname))
    return true;
  char folded[CAPSA_WORD_BYTES_MAX * 2];
  size_t len = capsa_word_fold(wrong.surname, folded);
  return wrong.surname.len >= SURNAME_MIN &&
         !capsa_lexicon_has((capsa_slice){folded, len});
}

static void find_misread(const people *p, capsa_arena *arena, size_t form) {
  capsa_label_family *items = p->labels->items;
  for (size_t i = 0; i < p->labels->count; i++) {
    if (i == form || !capsa_label_is_misread(arena, &items[form], &items[i]))
      continue;
    if (items[form].misread_for) { /* of either: of none */
      items[form].misread_for = 0;
      return;
    }
    items[form].misread_for = (uint32_t)i + 1;
  }
}

void capsa_people_find(capsa_draft *draft, capsa_labels *labels) {
  people p = {labels, capsa_arena_alloc(draft->arena,
                                        labels->count * sizeof *p.persons)};
  if (!p.persons) return;
  for (size_t i = 0; i < labels->count; i++)
    capsa_person_read(draft->arena, capsa_label_full(&labels->items[i]),
                      &p.persons[i]);
  for (size_t i = 0; i < labels->count; i++) {
    uint32_t role = find_role(&p, i);
    find_misread(&p, draft->arena, i);
    labels->items[i].person = (uint32_t)i + 1;
    if (role && role <= i) labels->items[i].person = role;
    else if (!is_ambiguous(&p, i)) labels->items[i].person = find_person(&p, i);
  }
}
