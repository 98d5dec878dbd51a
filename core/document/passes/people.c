/* people.c -- a person's name from a label as printed. */
#include <string.h>

#include "base/arena.h"
#include "base/slice.h"
#include "document/passes/passes.h"
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
    capsa_utf8_put(out, capital ? cp.value : capsa_to_lower(cp.value));
    letters += capsa_is_letter(cp.value);
    if (capsa_is_apostrophe(cp.value)) capital = letters == 1;
    else if (cp.value == '-') capital = word.len > SYLLABLES_MAX;
    else capital = !capsa_is_letter(cp.value);
  }
}

static bool is_comrade(capsa_slice word) {
  static const char *const titles[] = {"Comrade", "Comrades", "Com.", "Coms.",
                                       "Cde.",    "Cdes.",    "Cde",  NULL};
  for (int i = 0; titles[i]; i++)
    if (capsa_slice_equal_nocase(word, capsa_slice_of(titles[i]))) return true;
  return false;
}

static void put_word(capsa_buf *out, capsa_slice word) {
  if (out->len) capsa_buf_putc(out, ' ');
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

capsa_slice capsa_name_of_label(capsa_arena *arena, capsa_slice label) {
  capsa_buf initials = {0}, rest = {0}, name = {0};
  capsa_slice word;
  for (size_t at = 0; next_word(label, &at, &word);) {
    if (is_comrade(word)) continue;
    /* Initials behind a surname go before it; others stay where they are. */
    bool behind = is_initials(word) && rest.len && at >= label.len;
    put_word(behind ? &initials : &rest, word);
  }
  capsa_buf_put(&name, capsa_buf_view(&initials));
  if (initials.len && rest.len) capsa_buf_putc(&name, ' ');
  capsa_buf_put(&name, capsa_buf_view(&rest));
  name.failed |= initials.failed || rest.failed;
  capsa_buf_free(&initials);
  capsa_buf_free(&rest);
  capsa_slice out = label;
  if (!name.len) capsa_buf_put(&name, label);
  return capsa_buf_take(&name, arena, &out) ? label : out;
}
