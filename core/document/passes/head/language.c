/* language.c -- the language of a text by its script, its most common words
 * and the letters that few others have.
 *
 * The script comes first: most languages with one of their own need no more.
 * Those that share Latin or Cyrillic are told by small words, of which prose
 * has a third, and a text too short to show them stays without a language. A
 * block in another script than the document has a language of its own.
 */
#include "base/slice.h"
#include "document/passes/passes.h"
#include "text/chars.h"
#include "text/scripts.h"
#include "text/words.h"

#define WORDS_LOOKED_AT 2000

/* Percent of the words that must be of the language: prose has 25 to 45. */
#define SHARE_LEAST 12
/* Half of that is enough with so many percent that have a rare letter too. */
#define SHARE_MARKED 20
#define HITS_LEAST 3

/* The next best must have this much less, in percent; neighbours share many
 * words. */
#define LEAD_LEAST 8

/* Percent of the letters that make a script the text's; and letters of a block
 * that has another. */
#define SCRIPT_SHARE 60
#define BLOCK_LETTERS_LEAST 6

typedef enum script {
  LATIN,
  CYRILLIC,
  GREEK,
  HEBREW,
  ARABIC,
  HAN,
  KANA,
  HANGUL,
  SCRIPTS
} script;

#include "document/passes/head/language_words.inc"

/* ---- scripts */

/* SCRIPTS for what is no letter or of no script that is known here. */
static script script_of(uint32_t c) {
  if (!capsa_is_letter(c)) return SCRIPTS;
  if (c < 0x370 || (c >= 0x1E00 && c < 0x1F00)) return LATIN;
  if (c < 0x400 || (c >= 0x1F00 && c < 0x2000)) return GREEK;
  if (c < 0x530) return CYRILLIC;
  if (c >= 0x590 && c < 0x600) return HEBREW;
  if ((c >= 0x600 && c < 0x780) || (c >= 0xFB50 && c < 0xFE00) ||
      (c >= 0xFE70 && c < 0xFF00))
    return ARABIC;
  if (c >= 0x3041 && c < 0x3100) return KANA;
  if ((c >= 0x1100 && c < 0x1200) || (c >= 0xAC00 && c < 0xD7B0)) return HANGUL;
  if ((c >= 0x3400 && c < 0xA000) || (c >= 0xF900 && c < 0xFB00) ||
      (c >= 0x20000 && c < 0x32000))
    return HAN;
  return SCRIPTS;
}

typedef struct tally {
  size_t letters[SCRIPTS], all;  /* characters */
  size_t persian;                /* Arabic letters that Arabic has not */
  size_t words, hits[LANGUAGES]; /* small words */
  size_t found[LANGUAGES];       /* where the first of them stands, plus 1 */
  bool varied[LANGUAGES];        /* they are not all the same */
  size_t marked[LANGUAGES];      /* words with a rare letter */
} tally;

static void count_letters(tally *t, capsa_slice text) {
  for (size_t i = 0; i < text.len;) {
    capsa_codepoint cp = capsa_utf8_next(text, i);
    script s = script_of(cp.value);
    i += cp.len;
    if (s == SCRIPTS) continue;
    t->letters[s]++;
    t->all++;
    t->persian += cp.value == 0x67E || cp.value == 0x686 || cp.value == 0x698 ||
                  cp.value == 0x6A9 || cp.value == 0x6AF || cp.value == 0x6CC;
  }
}

static script main_script(const tally *t) {
  size_t han = t->letters[HAN] + t->letters[KANA];
  if (han && han * 100 >= t->all * SCRIPT_SHARE)
    return t->letters[KANA] * 10 >= han ? KANA : HAN;
  for (int s = 0; s < SCRIPTS; s++)
    if (t->letters[s] && t->letters[s] * 100 >= t->all * SCRIPT_SHARE)
      return (script)s;
  return SCRIPTS;
}

/* The language of a script that is one language's here. */
static const char *language_of_script(script s, const tally *t) {
  switch (s) {
  case GREEK: return "el";
  case HEBREW: return "he";
  case ARABIC: return t->persian * 50 > t->letters[ARABIC] ? "fa" : "ar";
  case HAN: return "zh";
  case KANA: return "ja";
  case HANGUL: return "ko";
  default: return NULL;
  }
}

/* ---- words */

static bool has_letter(capsa_slice word, const char *letters) {
  capsa_slice all = capsa_slice_of(letters);
  for (size_t i = 0; all.len && i < word.len;) {
    capsa_codepoint cp = capsa_utf8_next(word, i);
    if (cp.value >= 0x80 &&
        capsa_slice_find(all, capsa_slice_cut(word, i, i + cp.len), 0) !=
            CAPSA_NOT_FOUND)
      return true;
    i += cp.len;
  }
  return false;
}

static void count_hit(tally *t, size_t language, size_t found) {
  t->hits[language]++;
  t->varied[language] |= t->found[language] && t->found[language] != found + 1;
  t->found[language] = found + 1;
}

/* The small words of a script's languages. Several may have the same one: the
 * note of a word is the number of its newest place, from 1. */
typedef struct place {
  size_t language, found;
  uint32_t next;
} place;

typedef struct small_words {
  capsa_arena *arena;
  capsa_words words;
  CAPSA_LIST(place) places;
} small_words;

static void add_small(small_words *small, size_t language, size_t found,
                      capsa_slice word) {
  uint32_t n = capsa_words_put(&small->words, small->arena, word,
                               capsa_word_hash(word), true);
  if (!n) return;
  uint32_t *newest = &small->words.items.items[n - 1].note;
  if (*newest && small->places.items[*newest - 1].language == language) return;
  place *p = CAPSA_LIST_ADD(small->arena, &small->places);
  if (!p) return;
  *p = (place){language, found, *newest};
  *newest = (uint32_t)small->places.count;
}

/* Those of script `s`, made when they are first asked for. */
static const small_words *small_of(small_words all[SCRIPTS], capsa_arena *arena,
                                   script s) {
  small_words *small = &all[s];
  if (small->arena) return small;
  small->arena = arena;
  for (size_t k = 0; k < LANGUAGES; k++) {
    capsa_slice list = capsa_slice_of(languages[k].words);
    for (size_t at = 0, end; languages[k].script == s && at + 1 < list.len;
         at = end) {
      end = capsa_slice_finds(list, " ", at + 1);
      add_small(small, k, at, capsa_slice_cut(list, at + 1, end));
    }
  }
  return small;
}

static bool is_ascii(capsa_slice text) {
  return capsa_utf8_ascii_run(text, 0) == text.len;
}

static void count_words(tally *t, capsa_slice text, script s,
                        const small_words *small) {
  capsa_word word;
  for (size_t i = 0;
       t->words < WORDS_LOOKED_AT && capsa_word_read(text, &i, &word);) {
    if (!word.folded.len) continue;
    t->words++;
    uint32_t n = capsa_words_find(&small->words, word.folded, word.hash);
    for (uint32_t at = n ? small->words.items.items[n - 1].note : 0; at;
         at = small->places.items[at - 1].next)
      count_hit(t, small->places.items[at - 1].language,
                small->places.items[at - 1].found);
    for (size_t k = 0; !is_ascii(word.folded) && k < LANGUAGES; k++)
      t->marked[k] += languages[k].script == s &&
                      has_letter(word.folded, languages[k].letters);
  }
}

/* The language whose words are most, by a lead; NULL where none is. Rare
 * letters help to tell neighbours apart, but make no language alone. */
static const char *language_of_words(const tally *t, script s) {
  size_t best = LANGUAGES, most = 0, second = 0;
  for (size_t k = 0; k < LANGUAGES; k++) {
    size_t score = t->hits[k] + t->marked[k];
    bool many = t->hits[k] * 100 >= t->words * SHARE_LEAST ||
                (t->hits[k] * 200 >= t->words * SHARE_LEAST &&
                 score * 100 >= t->words * SHARE_MARKED);
    if (languages[k].script != s || t->hits[k] < HITS_LEAST || !t->varied[k] ||
        !many)
      continue;
    if (score > most) {
      second = most;
      most = score;
      best = k;
    } else if (score > second) second = score;
  }
  if (best == LANGUAGES || most * 100 < second * (100 + LEAD_LEAST))
    return NULL;
  return languages[best].tag;
}

/* ---- the pass */

static script script_named(capsa_slice tag) {
  static const struct {
    const char *tag;
    script script;
  } own[] = {{"el", GREEK},  {"he", HEBREW}, {"ar", ARABIC}, {"fa", ARABIC},
             {"ur", ARABIC}, {"zh", HAN},    {"ja", KANA},   {"ko", HANGUL}};
  capsa_slice base = capsa_slice_cut(tag, 0, 2);
  for (size_t i = 0; i < sizeof own / sizeof *own; i++)
    if (capsa_slice_is(base, own[i].tag)) return own[i].script;
  for (size_t i = 0; i < LANGUAGES; i++)
    if (capsa_slice_is(base, languages[i].tag)) return languages[i].script;
  return SCRIPTS;
}

/* Japanese may be all Han, Chinese has no kana. */
static bool is_same_script(script a, script b) {
  return a == b || (a == KANA && b == HAN);
}

/* "und-Hebr": a front end knows how it is written and not what it is. */
static bool is_unknown(capsa_slice language) {
  return !language.len || capsa_slice_starts(language, "und-");
}

static void find_block_language(capsa_arena *arena, capsa_draft_block *block,
                                script of_document, small_words all[SCRIPTS]) {
  tally t = {0};
  if (block->language.len || (of_document == LATIN && is_ascii(block->text)))
    return;
  count_letters(&t, block->text);
  script s = main_script(&t);
  size_t least = s == HAN ? BLOCK_LETTERS_LEAST / 2 : BLOCK_LETTERS_LEAST;
  if (s == SCRIPTS || t.all < least || is_same_script(of_document, s)) return;
  const char *tag = language_of_script(s, &t);
  if (!tag) {
    count_words(&t, block->text, s, small_of(all, arena, s));
    tag = language_of_words(&t, s);
  }
  if (tag) block->language = capsa_slice_of(tag);
}

/* Blocks that the source marks as another language's do not count. */
static const char *find_language(const capsa_draft *draft,
                                 small_words all[SCRIPTS]) {
  tally t = {0};
  size_t looked = 0;
  const capsa_draft_blocks *blocks = &draft->blocks;
  for (; looked < blocks->count && t.all < WORDS_LOOKED_AT * 8; looked++)
    if (is_unknown(blocks->items[looked].language))
      count_letters(&t, blocks->items[looked].text);
  script s = main_script(&t);
  const char *tag = s == SCRIPTS ? NULL : language_of_script(s, &t);
  if (tag || s == SCRIPTS) return tag;
  const small_words *small = small_of(all, draft->arena, s);
  for (size_t i = 0; i < blocks->count && t.words < WORDS_LOOKED_AT; i++)
    if (is_unknown(blocks->items[i].language))
      count_words(&t, blocks->items[i].text, s, small);
  return language_of_words(&t, s);
}

void capsa_pass_language(capsa_draft *draft) {
  small_words all[SCRIPTS] = {0};
  capsa_slice *language = &draft->metadata.language;
  if (!language->len) {
    const char *tag = find_language(draft, all);
    if (tag) *language = capsa_slice_of(tag);
  }
  script s = script_named(*language);
  bool rtl = capsa_language_is_rtl(*language);
  for (size_t i = 0; i < draft->blocks.count; i++) {
    capsa_draft_block *block = &draft->blocks.items[i];
    capsa_slice written = block->language;
    if (is_unknown(written)) block->language = (capsa_slice){0};
    if (s != SCRIPTS) find_block_language(draft->arena, block, s, all);
    if (!block->language.len && written.len &&
        rtl != capsa_language_is_rtl(written))
      block->language = written;
  }
}
