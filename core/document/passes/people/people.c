/* people.c -- a person from a label as printed.
 *
 * A label is read from its front: titles, then names. Brackets of the editor
 * complete what was abbreviated: "RSM[cNamara]", "Max [Taylor]", "RN [Richard
 * Nixon]"; a remark in round brackets is none of the name.
 */
#include "document/passes/people/people.h"

#include <string.h>

#include "base/arena.h"
#include "base/slice.h"
#include "document/passes/passes.h"
#include "document/passes/people/titles.h"
#include "text/chars.h"

/* "N.S.", "A.", "J.-P.": single letters and stops, the last one a stop. */
static bool is_initials(capsa_slice word) {
  if (word.len < 2 || word.ptr[word.len - 1] != '.') return false;
  size_t letters = 0;
  for (size_t i = 0; i < word.len;) {
    capsa_codepoint cp = capsa_utf8_next(word, i);
    i += cp.len;
    if (cp.value == '.' || cp.value == '-') letters = 0;
    else if (!capsa_is_upper(cp.value) || ++letters > 1) return false;
  }
  return true;
}

static bool is_vowel(uint32_t c) {
  return c < 0x80 && c && strchr("AEIOUYaeiouy", (int)c) != NULL;
}

/* Capitals that are letters said one by one, LBJ, stay as they are. */
static bool is_abbreviation(capsa_slice word) {
  if (word.len > 4 || capsa_slice_ends(word, ".")) return false;
  for (size_t i = 0; i < word.len; i++)
    if (is_vowel((unsigned char)word.ptr[i])) return false;
  return true;
}

/* Up to here a hyphen parts syllables of a romanised Chinese name, of which
 * only the first has a capital: "Tse-tung", but "Smith-Jones". */
#define SYLLABLES_MAX 9

/* "O'BRIEN" gives "O'Brien", "CH'IAO" "Ch'iao", "McCONE" was no capitals. */
static void put_title_case(capsa_buf *out, capsa_slice word) {
  bool capital = true;
  size_t letters = 0;
  for (size_t i = 0; i < word.len;) {
    capsa_codepoint cp = capsa_utf8_next(word, i);
    i += cp.len;
    capsa_utf8_put(out, capital ? capsa_to_upper(cp.value)
                                : capsa_to_lower(cp.value));
    letters += capsa_is_letter(cp.value);
    if (capsa_is_apostrophe(cp.value)) capital = letters == 1;
    else if (cp.value == '-') capital = word.len > SYLLABLES_MAX;
    else capital = !capsa_is_letter(cp.value);
  }
}

/* A stop behind a whole word is a slip of the label's. */
static bool has_stray_stop(capsa_slice word) {
  return word.len > 4 && word.ptr[word.len - 1] == '.' && !is_initials(word);
}

static void put_word(capsa_buf *out, capsa_slice word) {
  if (out->len) capsa_buf_putc(out, ' ');
  if (has_stray_stop(word)) word.len--;
  if (is_initials(word) || is_abbreviation(word) || !capsa_is_capitals(word, 2))
    capsa_buf_put(out, word);
  else put_title_case(out, word);
}

static bool next_word(capsa_slice text, size_t *at, capsa_slice *word) {
  while (*at < text.len && text.ptr[*at] == ' ') ++*at;
  size_t start = *at;
  while (*at < text.len && text.ptr[*at] != ' ') ++*at;
  *word = capsa_slice_cut(text, start, *at);
  return word->len > 0;
}

static bool is_small_word(capsa_slice word) {
  return capsa_slice_equal(word, CAPSA_LITERAL("of")) ||
         capsa_slice_equal(word, CAPSA_LITERAL("for"));
}

/* ---- brackets and remarks */

/* "RSM[cNamara]": the last capital before the bracket begins the surname; what
 * stands before it are initials. */
static capsa_slice complete(capsa_arena *arena, capsa_slice before,
                            capsa_slice inner) {
  size_t cut = before.len;
  while (cut && !capsa_is_upper((unsigned char)before.ptr[cut - 1])) cut--;
  if (!cut) return before;
  capsa_buf whole = {0};
  for (size_t i = 0; i + 1 < cut; i++) {
    capsa_buf_putc(&whole, before.ptr[i]);
    capsa_buf_putc(&whole, '.');
  }
  if (whole.len) capsa_buf_putc(&whole, ' ');
  capsa_buf_put(&whole, capsa_slice_from(before, cut - 1));
  capsa_buf_put(&whole, inner);
  capsa_slice out = before;
  return capsa_buf_take(&whole, arena, &out) ? before : out;
}

static bool is_short_capitals(capsa_slice text) {
  return text.len <= 4 && capsa_is_capitals(text, 1);
}

static capsa_slice joined(capsa_arena *arena, capsa_slice a, capsa_slice b) {
  capsa_buf whole = {0};
  capsa_buf_put(&whole, a);
  capsa_buf_putc(&whole, ' ');
  capsa_buf_put(&whole, b);
  capsa_slice out = a;
  return capsa_buf_take(&whole, arena, &out) ? a : out;
}

/* "The PRESIDENT of the BOARD of TRADE (Mr. Stanhope)": whoever holds the
 * office, named with a title. */
static capsa_slice holder_of(capsa_slice label) {
  size_t open = capsa_slice_finds(label, " (", 0), at = 0, first = 0;
  capsa_slice word;
  if (open == CAPSA_NOT_FOUND || !capsa_slice_ends(label, ")"))
    return (capsa_slice){0};
  capsa_slice inner = capsa_slice_cut(label, open + 2, label.len - 1);
  while (next_word(label, &first, &word) && capsa_title_is_article(word)) {
  }
  const capsa_title *office = capsa_title_find(word);
  if (!office || office->kind == CAPSA_TITLE_HONORIFIC ||
      !next_word(inner, &at, &word))
    return (capsa_slice){0};
  const capsa_title *title = capsa_title_find(word);
  bool named =
      title && title->kind <= CAPSA_TITLE_OFFICE && at < inner.len &&
      capsa_starts_upper(capsa_slice_trim(capsa_slice_from(inner, at)));
  return named ? inner : (capsa_slice){0};
}

/* The label with its editor's bracket read into it, and no remarks. */
static capsa_slice plain_label(capsa_arena *arena, capsa_slice label) {
  size_t remark = capsa_slice_finds(label, "(", 0);
  if (remark != CAPSA_NOT_FOUND && remark)
    label = capsa_slice_trim(capsa_slice_cut(label, 0, remark));
  size_t open = capsa_slice_finds(label, "[", 0);
  if (open == CAPSA_NOT_FOUND) return label;
  size_t close = capsa_slice_finds(label, "]", open);
  if (close == CAPSA_NOT_FOUND) close = label.len;
  capsa_slice inner = capsa_slice_cut(label, open + 1, close);
  capsa_slice before = capsa_slice_cut(label, 0, open);
  if (!capsa_slice_trim(before).len) return inner;
  if (capsa_is_letter((unsigned char)before.ptr[before.len - 1]))
    return complete(arena, before, inner);
  before = capsa_slice_trim(before);
  if (!capsa_starts_upper(inner)) return before;
  return is_short_capitals(before) ? inner : joined(arena, before, inner);
}

/* ---- titles and names */

static void put_full(capsa_buf *out, const char *full) {
  if (out->len) capsa_buf_putc(out, ' ');
  capsa_buf_puts(out, full);
}

/* Read the titles at the front; returns where the name begins. */
static size_t read_titles(capsa_arena *arena, capsa_slice label,
                          capsa_person *person, bool *role) {
  capsa_buf full = {0};
  *role = false;
  capsa_slice word;
  size_t at = 0, end = 0, start = CAPSA_NOT_FOUND;
  while (next_word(label, &at, &word)) {
    if (!full.len && capsa_title_is_article(word)) continue;
    const capsa_title *title = capsa_title_find(word);
    if (!title) break;
    *role = title->kind == CAPSA_TITLE_ROLE;
    put_full(&full, title->full);
    if (start == CAPSA_NOT_FOUND) start = (size_t)(word.ptr - label.ptr);
    end = at;
  }
  if (start != CAPSA_NOT_FOUND)
    person->office = capsa_slice_cut(label, start, end);
  if (capsa_slice_ends(person->office, ",")) person->office.len--;
  if (capsa_buf_take(&full, arena, &person->title))
    person->title = (capsa_slice){0};
  return end;
}

/* "general durand", where small capitals were flattened. */
static bool is_all_lower(capsa_slice words) {
  for (size_t i = 0; i < words.len;) {
    capsa_codepoint cp = capsa_utf8_next(words, i);
    if (capsa_is_letter(cp.value) && !capsa_is_lower(cp.value)) return false;
    i += cp.len;
  }
  return true;
}

static capsa_slice put_names(capsa_arena *arena, capsa_slice words, bool lower,
                             capsa_slice *surname, capsa_slice *given) {
  capsa_buf initials = {0}, rest = {0}, name = {0};
  capsa_slice word;
  for (size_t at = 0; next_word(words, &at, &word);) {
    /* Initials behind a surname go before it; others stay where they are. */
    bool behind = is_initials(word) && rest.len && at >= words.len;
    if (lower && rest.len) capsa_buf_putc(&rest, ' ');
    if (lower) put_title_case(&rest, word);
    else put_word(behind ? &initials : &rest, word);
  }
  capsa_buf_put(&name, capsa_buf_view(&initials));
  if (initials.len && rest.len) capsa_buf_putc(&name, ' ');
  capsa_buf_put(&name, capsa_buf_view(&rest));
  name.failed |= initials.failed || rest.failed;
  size_t before = initials.len;
  capsa_buf_free(&initials);
  capsa_buf_free(&rest);
  capsa_slice out;
  if (capsa_buf_take(&name, arena, &out)) return words;
  size_t cut = before ? before + 1 : out.len;
  while (!before && cut && out.ptr[cut - 1] != ' ') cut--;
  *given = capsa_slice_trim(capsa_slice_cut(out, 0, cut));
  *surname = capsa_slice_from(out, cut);
  return out;
}

/* "Bundy and McNamara", "Rowlands, Grennan": several, and none of them alone.
 */
static bool is_several(capsa_slice names) {
  static const char *const words[] = {" and ", " & ", ", ",         " et ",
                                      " und ", " y ", " \xD0\xB8 ", NULL};
  for (int i = 0; words[i]; i++)
    if (capsa_slice_finds(names, words[i], 0) != CAPSA_NOT_FOUND) return true;
  return false;
}

capsa_slice capsa_label_full(const capsa_label_family *family) {
  return family->full.len ? family->full : family->bare;
}

/* "Mr. President" is addressed as the President. */
static void drop_address(capsa_person *person) {
  static const char *const words[] = {"mister ", "madam ", NULL};
  for (int i = 0; words[i]; i++)
    if (capsa_slice_starts(person->title, words[i]))
      person->title = capsa_slice_from(person->title, strlen(words[i]));
}

/* "M. le président", "M. LE MINISTRE", but "M. Le Pen": whoever holds it. */
static bool is_office_of(capsa_slice plain, size_t at) {
  capsa_slice article, word;
  if (!next_word(plain, &at, &article) || !capsa_title_is_article(article))
    return false;
  return next_word(plain, &at, &word) &&
         (!capsa_starts_upper(word) || capsa_title_find(word));
}

void capsa_person_read(capsa_arena *arena, capsa_slice label,
                       capsa_person *person) {
  capsa_slice holder = holder_of(label);
  capsa_slice plain = plain_label(arena, holder.len ? holder : label), word;
  *person = (capsa_person){0};
  bool role;
  size_t at = read_titles(arena, plain, person, &role), next = at;
  bool counted = at == plain.len ||
                 capsa_is_digit((unsigned char)plain.ptr[plain.len - 1]);
  if (role && !counted) { /* "A. BLOT" answers nothing */
    *person = (capsa_person){0};
    role = false;
    at = next = 0;
  }
  if (role) plain = capsa_slice_cut(plain, 0, at); /* "Question 2" */
  bool named = !role && !is_office_of(plain, at) &&
               next_word(plain, &next, &word) && !is_small_word(word);
  if (named) {
    person->name =
        put_names(arena, capsa_slice_trim(capsa_slice_from(plain, at)),
                  at && is_all_lower(plain), &person->surname, &person->given);
    if (!is_several(person->name)) return;
    person->surname = person->name;
    person->given = (capsa_slice){0};
    return;
  }
  capsa_slice none;
  person->name = put_names(arena, plain, false, &none, &none);
  person->office = (capsa_slice){0};
  drop_address(person);
}
