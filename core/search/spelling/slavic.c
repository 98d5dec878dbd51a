/* slavic.c -- a word by its sounds: vowels A E I O U; K for к and х, G, H, R,
 * L, M, N, P, B, T, D, F, V, S for с, ш, щ, Z for з, ж, C for ц, ч.
 *
 * So much is one letter as how a name is printed differs in it: accents that
 * are lost in folding (š, ž, č), a doubled letter, kh or k. What the languages
 * differ in is not thrown together but read in the way of each, when the end
 * of the word is one that Russian names have: German ch is к, French ch is ш.
 * German writes ж as it does ш, and з as с, so it is read in four ways.
 *
 * I in front of a vowel is not heard: Mikoian, Mikoyan, Микоян; ё is е, also
 * where it is written as о behind a hissing sound (Khrushchov).
 */
#include "base/slice.h"
#include "search/spelling/sound.h"

enum language {
  ENGLISH = 1,
  GERMAN_SS = 2, /* sch is S, s is S */
  GERMAN_SZ = 4, /* sch is S, s is Z */
  GERMAN_ZS = 8,
  GERMAN_ZZ = 16,
  FRENCH = 32,
  SPANISH = 64,
  WESTERN = 128, /* Czech, Polish, Croatian, and how scholars write */
  DUTCH = 256,
  ALL = 511,
  GERMAN = GERMAN_SS | GERMAN_SZ | GERMAN_ZS | GERMAN_ZZ,
  SCH_IS_Z = GERMAN_ZS | GERMAN_ZZ,
  S_IS_Z = GERMAN_SZ | GERMAN_ZZ,
};

/* Sounds of a word; longer ones have no key. */
enum { SOUNDS_LEAST = 4, SOUNDS_MAX = CAPSA_SOUND_BYTES_MAX - 1 };

typedef struct rule {
  const char *spelled, *sound;
  int languages;
} rule;

/* Of the rules of a letter that fit the first is taken; there is none for h. */
enum { RULES_MAX = 12 };
static const rule latin[26][RULES_MAX] = {
    ['a' - 'a'] = {{"a", "A", ALL}},
    ['b' - 'a'] = {{"b", "B", ALL}},
    ['c' - 'a'] = {{"chtch", "S", FRENCH},
                   {"ch", "S", FRENCH},
                   {"ch", "K", GERMAN | WESTERN | DUTCH},
                   {"ch", "C", ALL},
                   {"ck", "K", ALL & ~WESTERN},
                   {"cz", "C", ALL},
                   {"c", "C", WESTERN},
                   {"ce", "CE", ALL},
                   {"ci", "CI", ALL},
                   {"cy", "CI", ALL},
                   {"c", "K", ALL}},
    ['d' - 'a'] = {{"dsch", "DZ", GERMAN},
                   {"dzh", "DZ", ALL},
                   {"dj", "DZ", ENGLISH | FRENCH | SPANISH},
                   {"d", "D", ALL}},
    ['e' - 'a'] = {{"e", "E", ALL}},
    ['f' - 'a'] = {{"f", "F", ALL}},
    ['g' - 'a'] = {{"gui", "GI", FRENCH},
                   {"gue", "GE", FRENCH},
                   {"gh", "G", ALL},
                   {"g", "G", ALL}},
    ['i' - 'a'] = {{"i", "I", ALL}},
    ['j' - 'a'] = {{"j", "Z", FRENCH}, {"j", "K", SPANISH}, {"j", "I", ALL}},
    ['k' - 'a'] = {{"kh", "K", ALL}, {"k", "K", ALL}},
    ['l' - 'a'] = {{"l", "L", ALL}},
    ['m' - 'a'] = {{"m", "M", ALL}},
    ['n' - 'a'] = {{"n", "N", ALL}},
    ['o' - 'a'] = {{"oe", "U", DUTCH}, {"ou", "U", FRENCH}, {"o", "O", ALL}},
    ['p' - 'a'] = {{"ph", "F", ALL}, {"p", "P", ALL}},
    ['q' - 'a'] = {{"q", "K", ALL}},
    ['r' - 'a'] = {{"r", "R", ALL}},
    ['s' - 'a'] = {{"schtsch", "S", ALL},
                   {"shch", "S", ALL},
                   {"szcz", "S", ALL},
                   {"sch", "Z", SCH_IS_Z},
                   {"sch", "S", ALL},
                   {"sh", "Z", SCH_IS_Z},
                   {"sh", "S", ALL},
                   {"sj", "S", DUTCH},
                   {"sz", "S", ALL},
                   {"s", "S", ALL}},
    ['t' - 'a'] = {{"tsch", "C", ALL},
                   {"tch", "C", ALL},
                   {"tsh", "C", ALL},
                   {"tsj", "C", DUTCH},
                   {"ts", "C", ALL},
                   {"tz", "C", ALL},
                   {"th", "T", ALL},
                   {"t", "T", ALL}},
    ['u' - 'a'] = {{"u", "U", ALL}},
    ['v' - 'a'] = {{"v", "V", ALL}},
    ['w' - 'a'] = {{"w", "V", ALL}},
    ['x' - 'a'] = {{"x", "KS", ALL}},
    ['y' - 'a'] = {{"y", "I", ALL}},
    ['z' - 'a'] = {{"zh", "Z", ALL},
                   {"zj", "Z", DUTCH},
                   {"z", "C", GERMAN},
                   {"z", "Z", ALL}},
};
static const rule cyrillic[] = {
    {"а", "A", ALL},  {"б", "B", ALL},   {"в", "V", ALL},  {"г", "G", ALL},
    {"ґ", "G", ALL},  {"дж", "DZ", ALL}, {"д", "D", ALL},  {"е", "E", ALL},
    {"є", "IE", ALL}, {"ж", "Z", ALL},   {"з", "Z", ALL},  {"и", "I", ALL},
    {"й", "I", ALL},  {"і", "I", ALL},   {"ї", "I", ALL},  {"ј", "I", ALL},
    {"к", "K", ALL},  {"л", "L", ALL},   {"љ", "L", ALL},  {"м", "M", ALL},
    {"н", "N", ALL},  {"њ", "N", ALL},   {"о", "O", ALL},  {"п", "P", ALL},
    {"р", "R", ALL},  {"с", "S", ALL},   {"тс", "C", ALL}, {"т", "T", ALL},
    {"у", "U", ALL},  {"ў", "V", ALL},   {"ф", "F", ALL},  {"х", "K", ALL},
    {"ц", "C", ALL},  {"ч", "C", ALL},   {"ћ", "C", ALL},  {"џ", "DZ", ALL},
    {"ш", "S", ALL},  {"щ", "S", ALL},   {"ъ", "", ALL},   {"ы", "I", ALL},
    {"ь", "", ALL},   {"э", "E", ALL},   {"ю", "IU", ALL}, {"я", "IA", ALL},
    {"ђ", "DZ", ALL},
};

/* Ends of names for which it is worth to read in other ways than English. */
static const char *const ends[] = {
    "ov",   "ow",  "ev",  "ew",   "off", "eff",  "of",    "in",   "ine", "yn",
    "yne",  "ski", "sky", "cki",  "cky", "zki",  "zky",   "tski", "ii",  "ij",
    "yj",   "iy",  "yi",  "enko", "ich", "itch", "itsch", "ic",   "icz", "yan",
    "ian",  "jan", "ova", "owa",  "eva", "ewa",  "aya",   "aja",  "aia", "vili",
    "wili", "ny",  "noi", "hail", "jl",  NULL};

typedef struct sounds {
  char text[SOUNDS_MAX + 4];
  size_t len;
  bool failed; /* a letter that is none of these, or too many */
} sounds;

static bool is_vowel(char c) { return c && strchr("AEIOU", c); }

/* One sound behind those that are there, which may change or swallow it. */
static void put_sound(sounds *out, char c) {
  char last = out->len ? out->text[out->len - 1] : 0;
  bool hissing = last && strchr("SZC", last);
  if (c == 'O' && (hissing || last == 'I')) c = 'E';
  if (last == 'I' && is_vowel(c)) {
    out->len--;
    last = out->len ? out->text[out->len - 1] : 0;
  }
  /* щ, however it is put together. */
  if (c == 'C' && (last == 'S' || last == 'Z')) {
    out->text[out->len - 1] = 'S';
    return;
  }
  if (c == last) return;
  if (out->len == SOUNDS_MAX) out->failed = true;
  else out->text[out->len++] = c;
}

/* h that is part of nothing else: х in front of a consonant or inside of a
 * word, in other places one of its own. */
static void put_h(sounds *out, capsa_slice rest, int language) {
  bool vowel = rest.len > 1 && strchr("aeiouy", rest.ptr[1]);
  if (!out->len) put_sound(out, vowel && language != WESTERN ? 'H' : 'K');
  else if (vowel) put_sound(out, 'K');
}

/* German s in front of a vowel or a voiced sound. */
static bool is_voiced_s(capsa_slice rest, int language) {
  return language & S_IS_Z && rest.len > 1 && rest.ptr[0] == 's' &&
         strchr("aeiouynlmrvwbdgj", rest.ptr[1]);
}

static const rule *find_rule(capsa_slice rest, int language) {
  size_t letter = (uint8_t)rest.ptr[0] - (size_t)'a';
  if (letter >= 26) return NULL;
  for (const rule *r = latin[letter]; r->spelled; r++)
    if (r->languages & language && capsa_slice_starts(rest, r->spelled))
      return r;
  return NULL;
}

static void put_sounds(sounds *out, const char *text) {
  for (; *text; text++) put_sound(out, *text);
}

static void read_latin(capsa_slice word, int language, sounds *out) {
  if (language == FRENCH && word.len > 3 && word.ptr[word.len - 1] == 'e')
    word.len--;
  for (size_t at = 0; at < word.len && !out->failed;) {
    capsa_slice rest = capsa_slice_from(word, at);
    const rule *found = find_rule(rest, language);
    if (found && found->spelled[1] == 0 && is_voiced_s(rest, language)) {
      put_sound(out, 'Z');
      at++;
    } else if (found) {
      put_sounds(out, found->sound);
      at += strlen(found->spelled);
    } else {
      if (rest.ptr[0] == 'h') put_h(out, rest, language);
      else out->failed = true;
      at++;
    }
  }
}

static void read_cyrillic(capsa_slice word, sounds *out) {
  for (size_t at = 0; at < word.len && !out->failed;) {
    capsa_slice rest = capsa_slice_from(word, at);
    const rule *found = NULL;
    for (size_t i = 0; i < sizeof cyrillic / sizeof *cyrillic && !found; i++)
      if (capsa_slice_starts(rest, cyrillic[i].spelled)) found = &cyrillic[i];
    out->failed = out->failed || !found;
    if (!found) return;
    put_sounds(out, found->sound);
    at += strlen(found->spelled);
  }
}

static void put_key(sounds *read, capsa_sound_list *out) {
  size_t consonants = 0;
  if (read->failed || read->len < SOUNDS_LEAST) return;
  /* -off, -eff */
  char *last = &read->text[read->len - 1];
  if (*last == 'F' && strchr("OE", last[-1])) *last = 'V';
  for (size_t i = 0; i < read->len; i++) consonants += !is_vowel(read->text[i]);
  if (consonants >= 2)
    capsa_sound_add(out, 's', (capsa_slice){read->text, read->len});
}

static bool has(capsa_slice word, const char *piece) {
  return capsa_slice_finds(word, piece, 0) != CAPSA_NOT_FOUND;
}

/* Only English writes so. */
static bool is_english(capsa_slice word) {
  return has(word, "zh") || has(word, "shch");
}

/* German writes х as ch and в as w: Sakharov is not Sacharow, who may be
 * Zakharov too. */
static bool is_german(capsa_slice word) {
  return !has(word, "kh") && !has(word, "v");
}

static bool may_be_slavic(capsa_slice word) {
  if (is_english(word)) return false;
  for (const char *const *end = ends; *end; end++)
    if (capsa_slice_ends(word, *end)) return true;
  return false;
}

void capsa_sound_slavic(capsa_slice folded, capsa_sound_list *out) {
  if (!folded.len || folded.len > CAPSA_TOKEN_BYTES_MAX) return;
  sounds first = {0};
  if ((uint8_t)folded.ptr[0] >= 0x80) {
    read_cyrillic(folded, &first);
    put_key(&first, out);
    return;
  }
  read_latin(folded, ENGLISH, &first);
  put_key(&first, out);
  if (first.failed || !may_be_slavic(folded)) return;
  for (int language = ENGLISH << 1; language < ALL; language <<= 1) {
    sounds other = {0};
    if (language & GERMAN && !is_german(folded)) continue;
    read_latin(folded, language, &other);
    put_key(&other, out);
  }
}
