/* repairs.c -- scanning errors in words: "tha t", "Yugosla via", "high-
 * handed".
 *
 * Two neighbouring tokens are one word when at least one of them is no word
 * and the two together are: one that this record has elsewhere, or one of the
 * lexicon. A spell-checker alone would pass "via". A hyphen with a space
 * behind it was a line's end, unless a conjunction follows ("pre- and
 * post-war"). Every change is an emendation; a reader can look at what was
 * printed.
 */
#include <string.h>

#include "base/slice.h"
#include "document/passes/passes.h"
#include "document/undone.h"
#include "text/chars.h"
#include "text/lexicon.h"
#include "text/words.h"

#define CONFIDENCE_ATTESTED 95
#define CONFIDENCE_LEXICON 85
#define CONFIDENCE_HYPHEN 85

typedef CAPSA_LIST(capsa_draft_change) change_list;

/* What the lexicon said of a word: the note in a set of words. */
enum { UNASKED = 0, KNOWN, UNKNOWN };

/* Two neighbours that may be one word: it takes the words of the whole record
 * to say. */
typedef struct pair {
  uint32_t block, start, middle, end; /* bytes; middle: the first one's end */
} pair;

typedef struct repairer {
  capsa_draft *draft;
  capsa_arena *scratch; /* for the length of the pass */
  capsa_words words;    /* of the record */
  capsa_words asked;    /* words that it does not have */
  CAPSA_LIST(pair) pairs;
  bool english;
} repairer;

static bool ask_lexicon(capsa_words_item *item, capsa_slice word) {
  if (!item) return capsa_lexicon_has(word);
  if (item->note == UNASKED)
    item->note = capsa_lexicon_has(word) ? KNOWN : UNKNOWN;
  return item->note == KNOWN;
}

/* Is word number `n` of the record, or else `folded`, one of the lexicon? */
static bool is_known(repairer *r, uint32_t n, capsa_slice folded) {
  return ask_lexicon(n ? &r->words.items.items[n - 1] : NULL, folded);
}

/* A word that was not read from the text: two halves together. */
typedef struct joint {
  char buffer[CAPSA_WORD_FOLDED_MAX];
  capsa_slice folded;
  uint32_t hash, number; /* of the record's words; 0 for none */
} joint;

static void look_up(const repairer *r, capsa_slice word, joint *out) {
  out->folded = (capsa_slice){out->buffer, capsa_word_fold(word, out->buffer)};
  out->hash = capsa_word_hash(out->folded);
  out->number = capsa_words_find(&r->words, out->folded, out->hash);
}

static bool is_word(repairer *r, const joint *word) {
  if (!r->english || !word->folded.len) return false;
  if (word->number) return is_known(r, word->number, word->folded);
  uint32_t n =
      capsa_words_put(&r->asked, r->scratch, word->folded, word->hash, false);
  return ask_lexicon(n ? &r->asked.items.items[n - 1] : NULL, word->folded);
}

static capsa_slice joined(repairer *r, capsa_slice a, capsa_slice b) {
  capsa_slice parts[] = {a, b};
  return capsa_draft_concat(r->draft, parts, 2);
}

/* Beginnings and endings that stand alone in print and are no split word. */
static bool is_affix(capsa_slice word) {
  static const char *const affixes[] = {
      "non", "anti", "pre", "post",   "co",    "semi", "multi", "sub", "inter",
      "re",  "un",   "pro", "pseudo", "quasi", "neo",  "ultra", "ex",  "vice",
      "mid", "self", "all", "de",     "la",    "le",   "du",    "st",  NULL};
  return capsa_slice_is_one_of(word, affixes);
}

/* Nothing where the reader has undone it; it counts as done all the same, or
 * half of it would be joined with the next word. */
static void add_change(repairer *r, change_list *changes, capsa_slice text,
                       size_t start, size_t end, capsa_slice corrected,
                       const char *rule, int confidence) {
  if (capsa_undone_has(r->draft, rule, capsa_slice_cut(text, start, end),
                       capsa_slice_cut(text, 0, start),
                       capsa_slice_from(text, end)))
    return;
  capsa_draft_change *c = CAPSA_LIST_ADD(r->draft->arena, changes);
  if (c)
    *c = (capsa_draft_change){.at = {start, end},
                              .corrected = corrected,
                              .rule = rule,
                              .confidence = confidence};
}

static bool is_conjunction(capsa_slice word) {
  static const char *const words[] = {"and", "or",   "to",  "nor",  "but",
                                      "und", "oder", "bis", "et",   "ou",
                                      "y",   "o",    "as",  "than", NULL};
  return capsa_slice_is_one_of(word, words);
}

/* Words that stand beside anything, so that what they would make with their
 * neighbour says little: "ref in", "General Saud is", "points b and c". */
static bool is_function_word(capsa_slice word) {
  static const char *const words[] = {
      "a",    "an",    "and",   "any",   "are",   "as",   "at",   "be",
      "but",  "by",    "can",   "de",    "did",   "do",   "en",   "for",
      "from", "had",   "has",   "he",    "her",   "his",  "if",   "in",
      "into", "is",    "it",    "its",   "la",    "le",   "may",  "me",
      "my",   "no",    "nor",   "not",   "of",    "off",  "on",   "or",
      "our",  "out",   "over",  "per",   "she",   "so",   "than", "that",
      "the",  "their", "them",  "then",  "they",  "this", "to",   "up",
      "us",   "was",   "we",    "were",  "which", "who",  "will", "with",
      "you",  "your",  "these", "those", "about", "have", "been", NULL};
  return capsa_slice_is_one_of(word, words);
}

/* ---- first walk: the words of the record, and what may be split */

/* A letter that is a word of its own. */
static bool is_lone_letter(capsa_slice word, const char *letters) {
  return word.len == 1 && strchr(letters, word.ptr[0]);
}

/* The "s" of "A-7's" is the rest of something else. */
static bool stands_free(capsa_slice text, size_t start) {
  capsa_codepoint cp = capsa_utf8_before(text, start);
  return !cp.len || (!capsa_is_digit(cp.value) &&
                     !capsa_is_apostrophe(cp.value) && cp.value != '-');
}

/* May `a` and `b`, with a space between them, be one word? `na`, `nb`: their
 * numbers. */
static bool may_be_split(repairer *r, const capsa_word *a, uint32_t na,
                         const capsa_word *b, uint32_t nb, capsa_slice text) {
  capsa_slice first = capsa_slice_cut(text, a->at.start_byte, a->at.end_byte);
  capsa_slice second = capsa_slice_cut(text, b->at.start_byte, b->at.end_byte);
  size_t len = first.len + second.len;
  if (!stands_free(text, a->at.start_byte)) return false;
  if (len < 4 || len > CAPSA_WORD_BYTES_MAX || capsa_starts_upper(second))
    return false;
  bool whole = first.len > 1 && is_known(r, na, a->folded) && second.len > 1 &&
               is_known(r, nb, b->folded);
  return !whole && !is_lone_letter(first, "aAIOo") &&
         !is_lone_letter(second, "aAI") && !is_affix(first);
}

static bool is_hyphenated(const capsa_word *b, capsa_slice text) {
  capsa_slice second = capsa_slice_cut(text, b->at.start_byte, b->at.end_byte);
  return !capsa_starts_upper(second) && !is_conjunction(second);
}

static bool is_pair(repairer *r, const capsa_word *a, uint32_t na,
                    const capsa_word *b, uint32_t nb, capsa_slice text) {
  const char *between = text.ptr + a->at.end_byte;
  size_t gap = b->at.start_byte - a->at.end_byte;
  if (gap == 1 && between[0] == ' ')
    return r->english && may_be_split(r, a, na, b, nb, text);
  return gap == 2 && between[0] == '-' && between[1] == ' ' &&
         is_hyphenated(b, text);
}

static void collect(repairer *r, size_t number) {
  const capsa_draft_block *block = &r->draft->blocks.items[number];
  capsa_word words[2];
  uint32_t before = 0, n;
  size_t at = 0, count = 0;
  for (capsa_word *b = &words[0], *a = NULL;
       capsa_word_read(block->text, &at, b);
       a = b, b = &words[++count % 2], before = n) {
    n = capsa_words_put(&r->words, r->scratch, b->folded, b->hash,
                        b->folded.ptr != b->buffer);
    if (!a || block->kind == CAPSA_BLOCK_CODE ||
        !is_pair(r, a, before, b, n, block->text))
      continue;
    pair *p = CAPSA_LIST_ADD(r->scratch, &r->pairs);
    if (p)
      *p = (pair){(uint32_t)number, (uint32_t)a->at.start_byte,
                  (uint32_t)a->at.end_byte, (uint32_t)b->at.end_byte};
  }
}

/* ---- second walk: the pairs */

/* "govern ment", "use fulness": an ending that is no word. */
static bool is_ending(capsa_slice word) {
  static const char *const endings[] = {
      "ment",  "tion", "sion",  "ness",   "ful",  "less",  "ing",
      "ings",  "ity",  "ence",  "ance",   "ship", "able",  "ible",
      "ous",   "ive",  "ation", "ically", "ally", "ments", "tions",
      "sions", "ity",  "ance",  "ering",  "ated", NULL};
  for (int i = 0; endings[i]; i++)
    if (capsa_slice_starts(word, endings[i])) return true;
  return capsa_slice_is(word, "ed") || capsa_slice_is(word, "ly");
}

/* "t he", "th at", "sa id": no word, and together the commonest of words. */
static bool is_split_common(capsa_slice first, capsa_slice folded) {
  static const char *const words[] = {
      "the",       "that",    "this",       "they",     "them",   "then",
      "there",     "their",   "was",        "were",     "with",   "will",
      "what",      "when",    "which",      "have",     "his",    "her",
      "from",      "than",    "also",       "said",     "more",   "most",
      "some",      "such",    "only",       "about",    "would",  "could",
      "should",    "other",   "been",       "being",    "made",   "make",
      "many",      "must",    "every",      "given",    "very",   "well",
      "time",      "year",    "years",      "before",   "after",  "these",
      "those",     "where",   "while",      "under",    "order",  "country",
      "countries", "whether", "government", "position", "states", "united",
      NULL};
  bool letter = first.len == 1 && !strchr("twhmosf", first.ptr[0]);
  return !letter && !capsa_is_capitals(first, 2) &&
         capsa_slice_is_one_of(folded, words);
}

typedef struct half {
  capsa_slice printed;
  bool known;
} half;

static half read_half(repairer *r, capsa_slice printed) {
  joint word;
  look_up(r, printed, &word);
  return (half){printed, is_word(r, &word)};
}

/* Two halves make a word often by chance: one that is known has to be other
 * than a word that stands everywhere, and the unknown one other than a letter
 * that counts, an abbreviation or a name. */
static bool may_be_joined(half a, half b, const joint *whole, bool attested) {
  if (is_split_common(a.printed, whole->folded)) return true;
  if (a.printed.len > 1 && capsa_is_capitals(a.printed, 1)) return false;
  if (!a.known && !b.known) /* "Dar es Salaam" */
    return (a.printed.len > 1 || b.printed.len > 2) &&
           (attested || b.printed.len > 2 || !capsa_starts_upper(a.printed));
  half known = a.known ? a : b, unknown = a.known ? b : a;
  if (unknown.printed.len == 1) /* "Joint Chief s", but "the President s" */
    return attested && a.known && a.printed.len > 2 &&
           strchr("sdnry", b.printed.ptr[0]) && !is_function_word(a.printed);
  if (a.known && !is_function_word(a.printed) && is_ending(b.printed))
    return true;
  if (known.printed.len == 1) return true;
  if (is_function_word(known.printed))
    return unknown.printed.len > 3 && !capsa_starts_upper(unknown.printed);
  if (unknown.printed.len < 3) return attested && capsa_starts_upper(a.printed);
  /* "small pox", "extra curricular": printed so, and no slip. */
  return known.printed.len < 4 || !a.known;
}

static bool repair_split(repairer *r, change_list *changes, capsa_slice text,
                         const pair *p) {
  capsa_slice first = capsa_slice_cut(text, p->start, p->middle);
  capsa_slice second = capsa_slice_cut(text, p->middle + 1, p->end);
  char together[CAPSA_WORD_BYTES_MAX];
  memcpy(together, first.ptr, first.len);
  memcpy(together + first.len, second.ptr, second.len);
  joint whole;
  look_up(r, (capsa_slice){together, first.len + second.len}, &whole);
  bool attested = whole.number > 0;
  if ((!attested && !is_word(r, &whole)) ||
      !may_be_joined(read_half(r, first), read_half(r, second), &whole,
                     attested))
    return false;
  add_change(r, changes, text, p->start, p->end, joined(r, first, second),
             "split-word", attested ? CONFIDENCE_ATTESTED : CONFIDENCE_LEXICON);
  return true;
}

/* "X- y": one word, or one with a hyphen. */
static void repair_hyphen(repairer *r, change_list *changes, capsa_slice text,
                          const pair *p) {
  capsa_slice first = capsa_slice_cut(text, p->start, p->middle);
  capsa_slice second = capsa_slice_cut(text, p->middle + 2, p->end);
  capsa_slice whole = joined(r, first, second);
  joint word, rest;
  look_up(r, whole, &word);
  look_up(r, second, &rest);
  bool one = (word.number || is_word(r, &word)) &&
             !(is_affix(first) && is_word(r, &rest));
  /* "success- of the plan": the sign of a dash, or of nothing. */
  if (!one && is_function_word(second)) return;
  capsa_slice parts[] = {first, CAPSA_LITERAL("-"), second};
  add_change(r, changes, text, p->start, p->end,
             one ? whole : capsa_draft_concat(r->draft, parts, 3),
             "hyphen-space", CONFIDENCE_HYPHEN);
}

/* All pairs of one block, from number `i` on; returns the next block's first.
 * What was joined is not joined again. */
static size_t repair(repairer *r, size_t i) {
  uint32_t number = r->pairs.items[i].block, done = 0;
  capsa_draft_block *block = &r->draft->blocks.items[number];
  change_list changes = {0};
  for (; i < r->pairs.count && r->pairs.items[i].block == number; i++) {
    const pair *p = &r->pairs.items[i];
    if (p->start < done) continue;
    if (block->text.ptr[p->middle] == '-')
      repair_hyphen(r, &changes, block->text, p);
    else if (!repair_split(r, &changes, block->text, p)) continue;
    done = p->end;
  }
  capsa_draft_change_text(r->draft, block, changes.items, changes.count);
  return i;
}

void capsa_pass_repairs(capsa_draft *draft) {
  repairer r = {.draft = draft, .scratch = capsa_arena_new()};
  r.english = capsa_slice_starts(draft->metadata.language, "en");
  for (size_t i = 0; r.scratch && i < draft->blocks.count; i++) collect(&r, i);
  for (size_t i = 0; i < r.pairs.count;) i = repair(&r, i);
  if (!r.scratch || capsa_arena_failed(r.scratch))
    capsa_arena_fail(draft->arena);
  capsa_arena_free(r.scratch);
}
