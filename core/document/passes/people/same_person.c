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

/* The letters of a name, folded: as every form is compared with every other,
 * they are read once. */
typedef struct letters {
  capsa_slice folded;
  uint32_t hash;
} letters;

static letters letters_of(capsa_arena *arena, capsa_slice name) {
  char key[CAPSA_LABEL_MAX];
  capsa_slice folded = {key, capsa_label_key(name, key)};
  return (letters){capsa_arena_copy(arena, folded), capsa_word_hash(folded)};
}

static bool are_equal(const letters *a, const letters *b) {
  return a->hash == b->hash && capsa_slice_equal(a->folded, b->folded);
}

static bool same_letters(capsa_slice a, capsa_slice b) {
  char x[CAPSA_LABEL_MAX], y[CAPSA_LABEL_MAX];
  size_t len = capsa_label_key(a, x);
  return capsa_slice_equal((capsa_slice){x, len},
                           (capsa_slice){y, capsa_label_key(b, y)});
}

/* A form of a name, as it is compared. */
typedef struct name_form {
  capsa_person person;
  letters surname, given;
  letters rest; /* of an office: "of Ink" */
  bool has_rest;
} name_form;

static void read_form(capsa_arena *arena, const capsa_label_family *family,
                      name_form *out) {
  capsa_person_read(arena, capsa_label_full(family), &out->person);
  size_t of = capsa_slice_finds(out->person.name, " of ", 0);
  out->has_rest = of != CAPSA_NOT_FOUND;
  out->rest = letters_of(arena, capsa_slice_from(out->person.name, of));
  out->surname = letters_of(arena, out->person.surname);
  out->given = letters_of(arena, out->person.given);
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

/* "Gen." behind "Genosse" is no general. */
static bool abbreviates(capsa_slice brief, capsa_slice title) {
  if (brief.len < 3 || brief.ptr[brief.len - 1] != '.') return false;
  return title.len > brief.len &&
         capsa_slice_equal_nocase(capsa_slice_cut(title, 0, brief.len - 1),
                                  capsa_slice_cut(brief, 0, brief.len - 1));
}

static bool titles_agree(const name_form *a, const name_form *b) {
  capsa_slice x = a->person.title, y = b->person.title;
  return has_words(x, y) || has_words(y, x) ||
         abbreviates(a->person.office, b->person.office) ||
         abbreviates(b->person.office, a->person.office);
}

/* "Max" and "M.D.", "Nikita" and "N.S." */
static bool given_agree(const name_form *a, const name_form *b) {
  if (are_equal(&a->given, &b->given)) return true;
  capsa_slice x = a->person.given, y = b->person.given;
  if (!x.len || !y.len) return false;
  bool initials = x.len < 3 || x.ptr[1] == '.' || y.len < 3 || y.ptr[1] == '.';
  return initials && x.ptr[0] == y.ptr[0];
}

/* Of two offices: "Minister of Ink" is not "Minister of Paper". */
static bool same_rest(const name_form *a, const name_form *b) {
  return a->has_rest == b->has_rest && are_equal(&a->rest, &b->rest);
}

static bool surnames_agree(const name_form *a, const name_form *b) {
  const capsa_person *x = &a->person, *y = &b->person;
  if (!x->surname.len || !y->surname.len)
    return !x->surname.len && !y->surname.len && x->title.len &&
           capsa_slice_equal(x->title, y->title) && same_rest(a, b);
  return are_equal(&a->surname, &b->surname);
}

typedef struct people {
  capsa_labels *labels;
  name_form *forms; /* of each family */
} people;

/* Is `full`, seen first, the whole name of what is later said in short? */
static bool is_introduced(const people *p, size_t full, size_t brief) {
  const capsa_person *long_form = &p->forms[full].person;
  const capsa_person *short_form = &p->forms[brief].person;
  return full < brief && long_form->given.len && !short_form->given.len &&
         !short_form->title.len && p->labels->items[full].count <= 2;
}

/* "Mao" and "MAO ZEDONG": the family name stands first. */
static bool is_first_name_of(const name_form *brief, const name_form *full) {
  return !brief->person.given.len && full->person.given.len &&
         are_equal(&brief->surname, &full->given) && titles_agree(brief, full);
}

static bool are_same(const people *p, size_t i, size_t j) {
  const name_form *a = &p->forms[i], *b = &p->forms[j];
  if (a->person.surname.len &&
      (is_first_name_of(a, b) || is_first_name_of(b, a)))
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
    bool one = items[i].key.len == 1 || items[form].key.len == 1;
    if (i == form || !one || items[i].key.ptr[0] != items[form].key.ptr[0])
      continue;
    const capsa_title *title = capsa_title_find(items[i].bare);
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

/* ---- offices */

/* Is the participant's office no more than `title`, written out? */
static bool holds(capsa_draft *draft, const capsa_participant *participant,
                  capsa_slice title) {
  capsa_person office;
  if (!participant->office.len) return false;
  capsa_person_read(draft->arena, participant->office, &office);
  return !office.surname.len && capsa_slice_equal(office.title, title);
}

/* Of the only participant who is an "Ambassador", the family by his surname;
 * `labels->count` where there is none or more than one. */
static size_t find_holder(capsa_draft *draft, const people *p, size_t form) {
  const capsa_participant *found = NULL;
  for (size_t i = 0; i < draft->participants.count; i++) {
    const capsa_participant *one = &draft->participants.items[i];
    if (!holds(draft, one, p->forms[form].person.title)) continue;
    if (found) return p->labels->count;
    found = one;
  }
  size_t person = p->labels->count;
  for (size_t i = 0; found && i < p->labels->count; i++) {
    capsa_slice surname = p->forms[i].person.surname;
    size_t cut = found->name.len - surname.len;
    if (!surname.len || surname.len > found->name.len ||
        (cut && found->name.ptr[cut - 1] != ' ') ||
        !same_letters(capsa_slice_from(found->name, cut), surname))
      continue;
    size_t other = p->labels->items[i].person - 1;
    if (person < p->labels->count && person != other) return p->labels->count;
    person = other;
  }
  return person;
}

/* "Ambassador", where the list of those present names one, and the record has
 * him by his name too. */
static void find_holders(capsa_draft *draft, const people *p) {
  capsa_label_family *items = p->labels->items;
  for (size_t i = 0; i < p->labels->count; i++) {
    const capsa_person *person = &p->forms[i].person;
    if (person->surname.len || !person->title.len || p->forms[i].has_rest)
      continue;
    size_t holder = find_holder(draft, p, i), old = items[i].person;
    for (size_t k = 0; holder < p->labels->count && k < p->labels->count; k++)
      if (items[k].person == old) items[k].person = (uint32_t)holder + 1;
  }
}

void capsa_people_find(capsa_draft *draft, capsa_labels *labels) {
  people p = {labels,
              capsa_arena_alloc(draft->arena, labels->count * sizeof *p.forms)};
  if (!p.forms) return;
  for (size_t i = 0; i < labels->count; i++)
    read_form(draft->arena, &labels->items[i], &p.forms[i]);
  for (size_t i = 0; i < labels->count; i++) {
    uint32_t role = find_role(&p, i);
    find_misread(&p, draft->arena, i);
    labels->items[i].person = (uint32_t)i + 1;
    if (role && role <= i) labels->items[i].person = role;
    else if (!is_ambiguous(&p, i)) labels->items[i].person = find_person(&p, i);
  }
  find_holders(draft, &p);
}
