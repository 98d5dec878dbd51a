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

typedef struct repairer {
  capsa_draft *draft;
  capsa_words words;          /* of the record */
  capsa_words known, unknown; /* to the lexicon: each word is asked once */
  bool english;
} repairer;

static capsa_slice fold(capsa_slice word, char *out) {
  return (capsa_slice){out, capsa_word_fold(word, out)};
}

static bool is_word(repairer *r, capsa_slice word) {
  char buffer[CAPSA_WORD_BYTES_MAX * 2];
  capsa_slice folded = fold(word, buffer);
  if (!r->english || !folded.len) return false;
  if (capsa_words_has(&r->known, folded)) return true;
  if (capsa_words_has(&r->unknown, folded)) return false;
  bool known = capsa_lexicon_has(folded);
  capsa_words_add(known ? &r->known : &r->unknown, r->draft->arena, folded);
  return known;
}

static bool is_attested(const repairer *r, capsa_slice word) {
  char folded[CAPSA_WORD_BYTES_MAX * 2];
  return capsa_words_has(&r->words, fold(word, folded));
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
  for (int i = 0; affixes[i]; i++)
    if (capsa_slice_equal_nocase(word, capsa_slice_of(affixes[i]))) return true;
  return false;
}

/* Confidence that `a` and `b` are one word, or 0. */
static int split_confidence(repairer *r, capsa_slice a, capsa_slice b) {
  if (!r->english || a.len + b.len < 4 || is_affix(a)) return 0;
  if (capsa_starts_upper(b)) return 0;
  bool whole_a = a.len > 1 && is_word(r, a),
       whole_b = b.len > 1 && is_word(r, b);
  bool letter = (a.len == 1 && strchr("aAIOo", a.ptr[0])) ||
                (b.len == 1 && strchr("aAI", b.ptr[0]));
  if ((whole_a && whole_b) || letter) return 0;
  char together[CAPSA_WORD_BYTES_MAX * 2];
  if (a.len + b.len > CAPSA_WORD_BYTES_MAX) return 0;
  memcpy(together, a.ptr, a.len);
  memcpy(together + a.len, b.ptr, b.len);
  capsa_slice whole = {together, a.len + b.len};
  if (is_attested(r, whole)) return CONFIDENCE_ATTESTED;
  return is_word(r, whole) ? CONFIDENCE_LEXICON : 0;
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
  for (int i = 0; words[i]; i++)
    if (capsa_slice_equal_nocase(word, capsa_slice_of(words[i]))) return true;
  return false;
}

/* "X- y" behind the word that ends at `a->end_byte`. */
static bool repair_hyphen(repairer *r, change_list *changes, capsa_slice text,
                          const capsa_range *a, const capsa_range *b) {
  capsa_slice first = capsa_slice_cut(text, a->start_byte, a->end_byte);
  capsa_slice second = capsa_slice_cut(text, b->start_byte, b->end_byte);
  if (b->start_byte != a->end_byte + 2 ||
      !capsa_slice_starts(capsa_slice_from(text, a->end_byte), "- ") ||
      capsa_starts_upper(second) || is_conjunction(second))
    return false;
  capsa_slice whole = joined(r, first, second);
  bool one = (is_word(r, whole) || is_attested(r, whole)) &&
             !(is_word(r, first) && is_affix(first));
  capsa_slice parts[] = {first, CAPSA_LITERAL("-"), second};
  add_change(r, changes, text, a->start_byte, b->end_byte,
             one ? whole : capsa_draft_concat(r->draft, parts, 3),
             "hyphen-space", CONFIDENCE_HYPHEN);
  return true;
}

static bool repair_split(repairer *r, change_list *changes, capsa_slice text,
                         const capsa_range *a, const capsa_range *b) {
  if (b->start_byte != a->end_byte + 1 || text.ptr[a->end_byte] != ' ')
    return false;
  capsa_slice first = capsa_slice_cut(text, a->start_byte, a->end_byte);
  capsa_slice second = capsa_slice_cut(text, b->start_byte, b->end_byte);
  int confidence = split_confidence(r, first, second);
  if (!confidence) return false;
  add_change(r, changes, text, a->start_byte, b->end_byte,
             joined(r, first, second), "split-word", confidence);
  return true;
}

static void repair(repairer *r, capsa_draft_block *block) {
  change_list changes = {0};
  capsa_range a, b;
  size_t at = 0;
  bool have = capsa_word_next(block->text, &at, &a);
  while (have && capsa_word_next(block->text, &at, &b)) {
    bool done = repair_split(r, &changes, block->text, &a, &b) ||
                repair_hyphen(r, &changes, block->text, &a, &b);
    /* What was joined is not joined again. */
    if (done) have = capsa_word_next(block->text, &at, &a);
    else a = b;
  }
  capsa_draft_change_text(r->draft, block, changes.items, changes.count);
}

void capsa_pass_repairs(capsa_draft *draft) {
  repairer r = {.draft = draft};
  r.english = capsa_slice_starts(draft->metadata.language, "en");
  for (size_t i = 0; i < draft->blocks.count; i++)
    capsa_words_add_text(&r.words, draft->arena, draft->blocks.items[i].text);
  for (size_t i = 0; i < draft->blocks.count; i++) {
    capsa_draft_block *block = &draft->blocks.items[i];
    if (block->kind != CAPSA_BLOCK_CODE) repair(&r, block);
  }
}
