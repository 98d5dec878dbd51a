/* person_words.c -- what a word of a list of persons is: part of a name, an
 * honorific, an office, a side. */
#include "document/passes/people/person_words.h"

#include <string.h>

#include "base/slice.h"
#include "document/passes/people/persons.h"
#include "document/passes/people/titles.h"
#include "text/chars.h"

#include "document/passes/people/persons_words.inc"

static bool is_in(capsa_slice word, const char *const *list) {
  for (; *list; list++)
    if (capsa_slice_is(word, *list)) return true;
  return false;
}

static bool is_in_nocase(capsa_slice word, const char *const *list) {
  for (; *list; list++)
    if (capsa_slice_is_nocase(word, *list)) return true;
  return false;
}

bool capsa_word_is_office(capsa_slice word) {
  return is_in_nocase(word, offices);
}

bool capsa_word_goes_with_rank(capsa_slice word) {
  return is_in(word, with_ranks);
}

/* Latin letters begin it as those of a name do, or it is cut short. */
static bool is_honorific(capsa_slice word) {
  const capsa_title *title = capsa_title_find(word);
  if (!title || title->kind != CAPSA_TITLE_HONORIFIC) return false;
  capsa_codepoint first = capsa_utf8_next(word, 0);
  return first.value >= 0x80 || capsa_is_upper(first.value) ||
         capsa_slice_ends(word, ".");
}

bool capsa_word_is_left_out(capsa_slice word) {
  static const char *const kept[] = {"sir", "lord", "lady", "madame", NULL};
  if (capsa_slice_is(word, "and")) return true;
  return is_honorific(word) && !is_in(word, ranks) && !is_in_nocase(word, kept);
}

capsa_slice capsa_person_word(capsa_slice text, size_t *at) {
  size_t start = *at, end;
  for (;;) {
    capsa_codepoint cp = capsa_utf8_next(text, start);
    if (!cp.len || !capsa_is_space(cp.value)) break;
    start += cp.len;
  }
  for (end = start;;) {
    capsa_codepoint cp = capsa_utf8_next(text, end);
    if (!cp.len || capsa_is_space(cp.value)) break;
    end += cp.len;
  }
  *at = end;
  return capsa_slice_cut(text, start, end);
}

static capsa_slice without_comma(capsa_slice word) {
  while (word.len && strchr(",;:", word.ptr[word.len - 1])) word.len--;
  return word;
}

bool capsa_word_is_agency(capsa_slice word) {
  size_t letters = 0;
  for (size_t i = 0; i < word.len; i++) {
    char c = word.ptr[i];
    if (c >= 'A' && c <= 'Z') letters++;
    else if (!strchr("./&-", c) && !capsa_is_digit((unsigned char)c))
      return false;
  }
  bool initials = capsa_slice_ends(word, ".") &&
                  !capsa_slice_equal(word, CAPSA_LITERAL("U.S.")) &&
                  !capsa_slice_equal(word, CAPSA_LITERAL("U.K."));
  return letters >= 1 && letters <= 6 && word.len <= 8 && !initials;
}

capsa_slice capsa_person_trim(capsa_slice text) {
  for (;;) {
    text = capsa_slice_trim(text);
    while (text.len && strchr(",;:-", text.ptr[0]))
      text = capsa_slice_trim(capsa_slice_from(text, 1));
    if (!text.len) return text;
    char last = text.ptr[text.len - 1];
    if (last == '.') {
      size_t start = text.len - 1;
      while (start && !strchr(" .\xA0", text.ptr[start - 1])) start--;
      /* "N.S.", "Jr.", "Inc." keep theirs. */
      if (text.len - 1 - start <= 3) return text;
    } else if (!strchr(",;:-", last)) return text;
    text.len--;
  }
}

bool capsa_word_is_name(capsa_slice word) {
  static const char *const particles[] = {"de",  "von", "van", "der", "al",
                                          "ibn", "bin", "el",  "la",  "du",
                                          "den", "ter", NULL};
  capsa_codepoint first = capsa_utf8_next(word, 0);
  return capsa_is_upper(first.value) || first.value >= 0x2E80 ||
         is_in(word, particles);
}

size_t capsa_office_len(capsa_slice text) {
  size_t end = 0;
  bool of = false; /* "Secretary of": the next word belongs to it */
  for (size_t at = 0, start = 0;; start = at) {
    capsa_slice word = capsa_person_word(text, &at);
    if (!word.len || at >= text.len) break;
    bool plain = without_comma(word).len == word.len;
    if (is_in(word, ranks)) end = at;
    else if (end && !of && capsa_slice_equal(word, CAPSA_LITERAL("of"))) {
      of = true;
      continue;
    } else if (of && plain && is_in_nocase(word, sides)) end = at;
    else if (of) return 0;
    else if (!capsa_word_goes_with_rank(word) &&
             !(start == 0 && capsa_word_is_agency(word)))
      break;
    if (!plain) return 0;
    of = false;
  }
  if (!end) return 0;
  size_t next = end;
  return capsa_word_is_name(capsa_person_word(text, &next)) ? end : 0;
}

size_t capsa_address_len(capsa_slice text) {
  for (int i = 0; addresses[i]; i++)
    if (capsa_slice_starts(text, addresses[i])) return strlen(addresses[i]);
  return 0;
}

bool capsa_has_honorific(capsa_slice text) {
  size_t at = 0;
  if (capsa_address_len(text)) return true;
  capsa_slice word = capsa_person_word(text, &at);
  return at < text.len && (is_honorific(word) || capsa_slice_is(word, "and") ||
                           capsa_office_len(text));
}

/* Longest side's name in bytes. */
#define SIDE_MAX 60

bool capsa_is_side(capsa_slice text) {
  bool colon = capsa_slice_ends(text, ":");
  text = capsa_person_trim(text);
  if (!text.len || text.len > SIDE_MAX ||
      capsa_slice_finds(text, ",", 0) != CAPSA_NOT_FOUND)
    return false;
  if (capsa_word_is_agency(text) || is_in_nocase(text, sides) ||
      is_in_nocase(text, peoples))
    return true;
  if (capsa_has_honorific(text)) return false;
  capsa_slice the = CAPSA_LITERAL("The ");
  if (capsa_slice_equal_nocase(capsa_slice_cut(text, 0, the.len), the) &&
      is_in_nocase(capsa_slice_from(text, the.len), sides))
    return true;
  for (int i = 0; side_endings[i]; i++) {
    capsa_slice ending = capsa_slice_of(side_endings[i]);
    if (text.len > ending.len &&
        capsa_slice_equal_nocase(capsa_slice_from(text, text.len - ending.len),
                                 ending))
      return true;
  }
  return colon && !capsa_is_office(text);
}

/* ---- offices */

bool capsa_is_office(capsa_slice text) {
  bool office = false;
  size_t words = 0;
  text = capsa_person_trim(text);
  for (size_t at = 0;;) {
    capsa_slice word = without_comma(capsa_person_word(text, &at));
    if (!word.len) break;
    words++;
    if (!capsa_word_is_office(word)) continue;
    office = true;
    /* "Secretary Rusk" has a name, "Secretary of State" has none. */
    if (words == 1 && capsa_office_len(text)) return false;
  }
  return office && (words == 1 || capsa_office_len(text) == 0);
}
