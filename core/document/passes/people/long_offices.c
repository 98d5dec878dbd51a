/* long_offices.c -- an office of many words before a name, with no comma
 * between: "Director of Central Intelligence William E. Colby".
 *
 * Words of offices, departments and sides are gone through to the last before
 * a name of one to four words. Behind "of" one word that is in no list is the
 * office's too, where a name of two follows: "Governing Mayor of Rye Klaus
 * Blot".
 */
#include "base/slice.h"
#include "document/passes/people/person_words.h"
#include "document/passes/people/persons.h"
#include "text/chars.h"

#define NAME_WORDS_MAX 4

static bool is_of_office(capsa_slice word) {
  static const char *const words[] = {
      "affairs",      "state",          "defense",     "defence",
      "trade",        "finance",        "foreign",     "information",
      "economy",      "economic",       "interior",    "treasury",
      "agriculture",  "health",         "education",   "war",
      "navy",         "army",           "air",         "force",
      "commerce",     "labor",          "labour",      "central",
      "intelligence", "national",       "security",    "political",
      "joint",        "chiefs",         "staff",       "planning",
      "council",      "department",     "office",      "bureau",
      "agency",       "committee",      "ministry",    "cabinet",
      "embassy",      "legation",       "desk",        "division",
      "section",      "international",  "european",    "african",
      "asian",        "eastern",        "east",        "far",
      "near",         "western",        "northern",    "southern",
      "american",     "inter-american", "united",      "states",
      "nations",      "relations",      "development", "policy",
      "military",     "naval",          "public",      "special",
      "party",        "government",     "assembly",    "officer",
      "governing",    "mayor",          "aide",        "undersecretary",
      "country",      "general",        "protocol",    "press",
      "council",      "board",          "transport",   "transportation",
      "energy",       "atomic",         "commission",  "personal",
      "legal",        "congress",       "senate",      "house",
      "parliament",   "supreme",        "federal",     "chamber",
      "deputies",     "industry",       "culture",     "communications",
      "research",     "operations",     "programs",    NULL};
  for (int i = 0; words[i]; i++)
    if (capsa_slice_is_nocase(word, words[i])) return true;
  if (capsa_slice_is(word, "Lord")) return false;
  return capsa_word_is_office(word) || capsa_word_goes_with_rank(word) ||
         capsa_is_side(word);
}

static bool is_small(capsa_slice word) {
  static const char *const words[] = {"of", "for", "the", "to",
                                      "in", "and", "at",  NULL};
  for (int i = 0; words[i]; i++)
    if (capsa_slice_is(word, words[i])) return true;
  return false;
}

/* How many words there are, if each may stand in a name; else 0. */
static size_t name_words(capsa_slice text) {
  size_t count = 0;
  for (size_t at = 0;; count++) {
    capsa_slice word = capsa_person_word(text, &at);
    if (!word.len) return count;
    if (!capsa_word_is_name(word) || is_of_office(word) ||
        capsa_slice_ends(word, ","))
      return 0;
  }
}

size_t capsa_long_office_len(capsa_slice text) {
  size_t end = 0;
  bool office = false, of = false;
  for (size_t at = 0;;) {
    size_t start = at;
    capsa_slice word = capsa_person_word(text, &at);
    if (!word.len || at >= text.len || capsa_slice_ends(word, ",")) return 0;
    /* Several persons whose lines were run together. */
    if (end && (capsa_word_is_left_out(word) || capsa_slice_is(word, "The")))
      return 0;
    if (is_small(word)) {
      if (!end) return 0;
      of = capsa_slice_is(word, "of");
      continue;
    }
    capsa_slice rest = capsa_slice_from(text, at);
    if (is_of_office(word)) office |= capsa_word_is_office(word);
    else if (!of || name_words(rest) < 2) {
      size_t words = name_words(capsa_slice_from(text, start));
      return office && words && words <= NAME_WORDS_MAX ? end : 0;
    }
    of = false;
    end = at;
  }
}
