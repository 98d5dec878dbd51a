/* locator.c -- the parts of a place in an archive, by the customs of countries.
 *
 * Russian: f(ond), op(is), d(elo), l(eaves), in any of four languages; each is
 * found by the word that introduces it. British, German, Chinese: the shape of
 * the number tells. American: locator_american.c. Parts are as printed, without
 * the word that introduces them where it says no more than the field does.
 */
#include <string.h>

#include "base/slice.h"
#include "document/passes/head/citation.h"
#include "document/passes/passes.h"
#include "text/chars.h"

static bool is_digit(capsa_slice text, size_t i) {
  return i < text.len && capsa_is_digit((unsigned char)text.ptr[i]);
}

static bool is_upper_ascii(capsa_slice text, size_t i) {
  return i < text.len && text.ptr[i] >= 'A' && text.ptr[i] <= 'Z';
}

/* Bytes of a hyphen or dash at `i`; 0 for none. */
static size_t dash_len(capsa_slice text, size_t i) {
  capsa_codepoint cp = capsa_utf8_next(text, i);
  bool dash = cp.value == '-' || (cp.value >= 0x2010 && cp.value <= 0x2014);
  return dash ? cp.len : 0;
}

static bool is_word_start(capsa_slice text, size_t at) {
  return !at || strchr(" ,;.([\n", text.ptr[at - 1]) ||
         capsa_slice_ends(capsa_slice_cut(text, 0, at), "\xC2\xA0");
}

static size_t skip_spaces(capsa_slice text, size_t at) {
  for (;;) {
    if (at < text.len && text.ptr[at] == ' ') at++;
    else if (capsa_slice_starts(capsa_slice_from(text, at), "\xC2\xA0"))
      at += 2;
    else return at;
  }
}

/* ---- Russian */

static const char *const fond_words[] = {
    "f.", "F.", "fond", "Fond", "Collection", "ф.", "Ф.", "фонд", "Фонд", NULL};
static const char *const opis_words[] = {
    "op.",  "Op.",       "opis’",     "opis'", "opis",     "Opis",
    "inv.", "Inventory", "оп.",       "Оп.",   "опись",    "Опись",
    "per.", "perechen",  "perechen’", "пер.",  "перечень", NULL};
static const char *const delo_words[] = {"d.",   "D.",   "delo", "Delo",
                                         "File", "por.", "Por.", "д.",
                                         "Д.",   "дело", "Дело", NULL};
static const char *const papka_words[] = {"papka", "Papka", "pap.", "Folder",
                                          "папка", "пап.",  "п.",   NULL};
static const char *const leaf_words[] = {
    "ll.",   "l.",  "Ll.", "L.",    "LL.",  "list", "listy", "Sheets",
    "Sheet", "pp.", "p.",  "лл.",   "л.",   "Лл.",  "Л.",    "листы",
    "лист",  "Bl.", "ff.", "fols.", "fol.", NULL};

/* Where a part begins; `*value` gets where its number does. */
static size_t find_part(capsa_slice text, size_t from, const char *const *words,
                        size_t *value) {
  size_t best = CAPSA_NOT_FOUND;
  for (; *words; words++) {
    for (size_t at = from;
         (at = capsa_slice_finds(text, *words, at)) != CAPSA_NOT_FOUND; at++) {
      size_t number = skip_spaces(text, at + strlen(*words));
      if (at >= best) break;
      if (!is_word_start(text, at) || !is_digit(text, number)) continue;
      best = at;
      *value = number;
      break;
    }
  }
  return best;
}

/* "498", "100b", "44-77", "3, 5-7 ob.": figures, the letters on them, dashes,
 * and in a list of leaves commas before further figures. */
static size_t number_end(capsa_slice text, size_t at, bool several) {
  for (;;) {
    while (at < text.len && (capsa_is_digit((unsigned char)text.ptr[at]) ||
                             capsa_is_letter(capsa_utf8_next(text, at).value)))
      at += capsa_utf8_next(text, at).len;
    size_t dash = dash_len(text, at);
    if (dash && is_digit(text, at + dash)) {
      at += dash;
      continue;
    }
    if (at < text.len && strchr("/(", text.ptr[at]) && is_digit(text, at + 1)) {
      at++;
      continue;
    }
    if (several && at + 2 < text.len && text.ptr[at] == ',') {
      size_t next = skip_spaces(text, at + 1);
      if (is_digit(text, next)) {
        at = next;
        continue;
      }
    }
    return at;
  }
}

/* "op. 68, p. 581, d. 11": a folder stands before the file. */
static void read_folder(capsa_slice text, size_t from, size_t delo,
                        capsa_locator *out) {
  static const char *const words[] = {"p.", "P.", NULL};
  size_t value, at = find_part(text, from, words, &value);
  if (at < delo && !out->folder.len)
    out->folder = capsa_slice_cut(text, value, number_end(text, value, false));
}

static bool read_russian(capsa_slice text, size_t from, capsa_locator *out,
                         capsa_range *at) {
  const struct {
    const char *const *words;
    capsa_slice *member;
  } parts[] = {{fond_words, &out->fond},
               {opis_words, &out->opis},
               {papka_words, &out->folder},
               {delo_words, &out->delo},
               {leaf_words, &out->leaves}};
  size_t value = 0, start = find_part(text, from, fond_words, &value);
  /* A fond alone ("Collection 5") may be anything else. */
  if (start == CAPSA_NOT_FOUND ||
      find_part(text, start, opis_words, &value) == CAPSA_NOT_FOUND)
    return false;
  *at = (capsa_range){start, start};
  size_t next = start; /* leaves come last */
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    size_t part = find_part(text, next, parts[i].words, &value);
    /* Beyond the next sentence's words it is another reference. */
    if (part == CAPSA_NOT_FOUND || (i && part > at->end_byte + 24)) continue;
    size_t end = number_end(text, value, parts[i].member == &out->leaves);
    *parts[i].member = capsa_slice_cut(text, value, end);
    if (end > at->end_byte) at->end_byte = end;
    if (parts[i].words != delo_words) continue;
    read_folder(text, start, part, out);
    next = end;
  }
  return true;
}

/* "pp. 1-5", "Bl. 12-15" close behind `*end`, which moves there. */
static void read_leaves(capsa_slice text, size_t *end, capsa_locator *out) {
  size_t value = 0, part = find_part(text, *end, leaf_words, &value);
  if (part == CAPSA_NOT_FOUND || part > *end + 4) return;
  *end = number_end(text, value, true);
  out->leaves = capsa_slice_cut(text, value, *end);
}

/* ---- shapes of numbers */

/* Digits, slashes, dots, dashes and capitals from `at` on. */
static size_t code_end(capsa_slice text, size_t at) {
  size_t end = at;
  while (at < text.len) {
    size_t dash = dash_len(text, at);
    if (is_digit(text, at) || is_upper_ascii(text, at)) end = ++at;
    else if (dash) at += dash;
    else if (strchr("/.", text.ptr[at])) at++;
    else break;
  }
  return end;
}

static bool is_one_of(capsa_slice word, const char *const *list) {
  for (; *list; list++)
    if (capsa_slice_is(word, *list)) return true;
  return false;
}

/* British: "FO 371/12345", "CAB 128/32", "PREM 11/1582". */
static bool read_british(capsa_slice text, size_t at, capsa_locator *out,
                         capsa_range *range) {
  static const char *const departments[] = {
      "FO", "CAB", "PREM", "DEFE", "DO",  "CO",  "WO",   "T",   "BT",
      "KV", "FCO", "HO",   "LCO",  "AIR", "ADM", "POWE", "LAB", "CRO",
      "HW", "HS",  "MAF",  "SUPP", "TS",  "FV",  NULL};
  size_t word = at;
  while (is_upper_ascii(text, word)) word++;
  size_t number = skip_spaces(text, word);
  if (number == word ||
      !is_one_of(capsa_slice_cut(text, at, word), departments) ||
      !is_digit(text, number))
    return false;
  size_t class_end = number;
  while (is_digit(text, class_end)) class_end++;
  if (class_end >= text.len || text.ptr[class_end] != '/' ||
      !is_digit(text, class_end + 1))
    return false;
  size_t end = code_end(text, number);
  out->group = capsa_slice_cut(text, at, class_end);
  out->file = capsa_slice_cut(text, at, end);
  *range = (capsa_range){at, end};
  return true;
}

/* Chinese: "109-00831-01", "204-00315-01(1)". */
static bool read_chinese(capsa_slice text, size_t at, capsa_locator *out,
                         capsa_range *range) {
  static const size_t digits[] = {3, 5, 2};
  size_t i = at;
  for (int part = 0; part < 3; part++) {
    size_t start = i;
    while (is_digit(text, i)) i++;
    if (i - start != digits[part]) return false;
    size_t dash = part < 2 ? dash_len(text, i) : 0;
    if (part < 2 && !dash) return false;
    i += dash;
  }
  if (i + 2 < text.len && text.ptr[i] == '(' && is_digit(text, i + 1)) {
    size_t close = i + 1;
    while (is_digit(text, close)) close++;
    if (close < text.len && text.ptr[close] == ')') i = close + 1;
  }
  out->file = capsa_slice_cut(text, at, i);
  *range = (capsa_range){at, i};
  /* "109-00831-01, 1-5": leaves without a word for them. */
  size_t next = skip_spaces(text, i + 1);
  if (i < text.len && text.ptr[i] == ',' && is_digit(text, next)) {
    range->end_byte = number_end(text, next, false);
    out->leaves = capsa_slice_cut(text, next, range->end_byte);
  }
  return true;
}

/* German: "DY 30/3617", "DY 30/IV 2/1/326", "B 42, Bd. 12", "Bestand 63". */
static bool read_german(capsa_slice text, size_t at, capsa_locator *out,
                        capsa_range *range) {
  static const char *const names[] = {"DY", "DE", "DC", "DA", "NY", "N",
                                      "B",  "R",  "BW", "RH", "Z",  NULL};
  size_t word = at, number;
  bool bestand = capsa_slice_starts(capsa_slice_from(text, at), "Bestand ");
  if (bestand) word = at + sizeof "Bestand" - 1;
  else
    while (is_upper_ascii(text, word)) word++;
  number = skip_spaces(text, word);
  if (number == word || !is_digit(text, number) ||
      (!bestand && !is_one_of(capsa_slice_cut(text, at, word), names)))
    return false;
  size_t group = number;
  while (is_digit(text, group)) group++;
  size_t end = code_end(text, number);
  /* "30/IV 2/1/326": a Roman number and a space inside. */
  if (end > group && end + 1 < text.len && text.ptr[end] == ' ' &&
      strchr("IV", text.ptr[end - 1]) && is_digit(text, end + 1))
    end = code_end(text, end + 1);
  out->group = capsa_slice_cut(text, at, group);
  if (end > group) out->file = capsa_slice_cut(text, at, end);
  size_t volume =
      skip_spaces(text, end + (end < text.len && text.ptr[end] == ','));
  if (capsa_slice_starts(capsa_slice_from(text, volume), "Bd. ") &&
      is_digit(text, volume + 4)) {
    end = number_end(text, volume + 4, false);
    out->file = capsa_slice_cut(text, volume, end);
  }
  /* "B 42" alone is anything. */
  if (!out->file.len && !bestand) return false;
  *range = (capsa_range){at, end};
  return true;
}

/* Does `text` name an archive whose numbers look as ours do? */
static bool names_german_archive(capsa_slice text) {
  static const char *const words[] = {
      "BArch", "Bundesarchiv",       "SAPMO",   "PA AA", "PA-AA",
      "PAAA",  "Politisches Archiv", "Bestand", NULL};
  for (int i = 0; words[i]; i++)
    if (capsa_slice_finds(text, words[i], 0) != CAPSA_NOT_FOUND) return true;
  return false;
}

static bool read_shape(capsa_slice text, size_t from, capsa_locator *out,
                       capsa_range *range) {
  bool german = names_german_archive(text);
  for (size_t at = from; at < text.len; at++) {
    if (!is_word_start(text, at) ||
        (!is_digit(text, at) && !is_upper_ascii(text, at)))
      continue;
    capsa_locator found = {0};
    if (!read_british(text, at, &found, range) &&
        !read_chinese(text, at, &found, range) &&
        !(german && read_german(text, at, &found, range)))
      continue;
    if (!found.leaves.len) read_leaves(text, &range->end_byte, &found);
    *out = found;
    return true;
  }
  return false;
}

/* ---- the whole */

bool capsa_locator_find(capsa_slice text, size_t from, capsa_locator *out,
                        capsa_range *at) {
  capsa_locator found = {0};
  if (!read_russian(text, from, &found, at) &&
      !read_shape(text, from, &found, at) &&
      !capsa_locator_american(text, from, true, &found, at))
    return false;
  *out = found;
  return true;
}

bool capsa_locator_read(capsa_slice text, capsa_locator *out) {
  capsa_locator found = {0};
  capsa_range at;
  if (!text.len) return false;
  if (!read_russian(text, 0, &found, &at) &&
      !read_shape(text, 0, &found, &at) &&
      !capsa_locator_american(text, 0, false, &found, &at))
    found.text = text;
  *out = found;
  return true;
}
