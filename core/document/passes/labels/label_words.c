/* label_words.c -- what the words of a label say about it. */
#include <string.h>

#include "base/slice.h"
#include "document/passes/labels/labels.h"
#include "document/passes/people/titles.h"
#include "text/chars.h"
#include "text/lexicon.h"
#include "text/words.h"

/* ---- what never speaks */

/* By their letters alone, in strcmp's order: it is searched by halves. */
static const char *const fields[] = {"action",
                                     "advantage",
                                     "advantages",
                                     "agreed",
                                     "analysis",
                                     "anlage",
                                     "anlagen",
                                     "annex",
                                     "answerto",
                                     "anwesend",
                                     "anwesende",
                                     "appendix",
                                     "approvedby",
                                     "asistentes",
                                     "assumptions",
                                     "asunto",
                                     "attachment",
                                     "attachments",
                                     "attendees",
                                     "attention",
                                     "author",
                                     "background",
                                     "begintext",
                                     "betreff",
                                     "cc",
                                     "chapter",
                                     "citation",
                                     "classification",
                                     "comment",
                                     "comments",
                                     "conclusion",
                                     "conclusions",
                                     "conditions",
                                     "cons",
                                     "contents",
                                     "copies",
                                     "copiesto",
                                     "copy",
                                     "data",
                                     "date",
                                     "dateandtime",
                                     "datetime",
                                     "datum",
                                     "dearsir",
                                     "destinataire",
                                     "disadvantage",
                                     "disadvantages",
                                     "discussion",
                                     "draftedby",
                                     "enclosure",
                                     "enclosures",
                                     "endtext",
                                     "example",
                                     "examples",
                                     "excellency",
                                     "expéditeur",
                                     "facts",
                                     "fecha",
                                     "figure",
                                     "from",
                                     "fuente",
                                     "fyi",
                                     "generalsubject",
                                     "generalsubjects",
                                     "implications",
                                     "info",
                                     "interpreters",
                                     "issue",
                                     "issues",
                                     "lieu",
                                     "location",
                                     "lugar",
                                     "luogo",
                                     "memberspresent",
                                     "memorandumfor",
                                     "miejsce",
                                     "note",
                                     "notes",
                                     "obecni",
                                     "objective",
                                     "objectives",
                                     "objet",
                                     "oggetto",
                                     "option",
                                     "options",
                                     "originallanguage",
                                     "ort",
                                     "page",
                                     "partecipanti",
                                     "participantes",
                                     "participants",
                                     "pass",
                                     "personspresent",
                                     "piècejointe",
                                     "place",
                                     "present",
                                     "presenti",
                                     "problem",
                                     "problems",
                                     "proposal",
                                     "proposals",
                                     "pros",
                                     "présents",
                                     "purpose",
                                     "quelle",
                                     "re",
                                     "reason",
                                     "reasons",
                                     "recommendation",
                                     "recommendations",
                                     "ref",
                                     "reference",
                                     "references",
                                     "refs",
                                     "response",
                                     "result",
                                     "results",
                                     "rights",
                                     "section",
                                     "signed",
                                     "source",
                                     "sources",
                                     "subj",
                                     "subject",
                                     "subjects",
                                     "summary",
                                     "tags",
                                     "teilnehmer",
                                     "temat",
                                     "thosepresent",
                                     "through",
                                     "time",
                                     "timeandplace",
                                     "title",
                                     "to",
                                     "translatedby",
                                     "verteiler",
                                     "warning",
                                     "zeit",
                                     "дата",
                                     "источник",
                                     "кому",
                                     "копия",
                                     "место",
                                     "откого",
                                     "приложение",
                                     "примечание",
                                     "присутствовали",
                                     "присутствуют",
                                     "содержание",
                                     "тема",
                                     "участники"};

bool capsa_label_is_field(capsa_slice bare) {
  char letters[CAPSA_LABEL_MAX];
  capsa_slice key = {letters, capsa_label_key(bare, letters)};
  size_t low = 0, high = sizeof fields / sizeof *fields;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = capsa_slice_compare(key, capsa_slice_of(fields[middle]));
    if (!order) return true;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  /* "BY MR. BLOT:" says who asks the questions that follow. */
  return capsa_slice_starts(key, "dear") || capsa_slice_starts(bare, "For ") ||
         capsa_slice_starts(bare, "BY ") || capsa_slice_starts(bare, "By ");
}

/* "A. United States": a letter that counts. */
bool capsa_label_is_enumerated(capsa_slice bare) {
  const capsa_title *title = capsa_title_find(capsa_slice_cut(bare, 0, 2));
  return bare.len > 3 && bare.ptr[1] == '.' && bare.ptr[2] == ' ' &&
         capsa_is_upper((unsigned char)bare.ptr[0]) &&
         !(title && title->kind == CAPSA_TITLE_HONORIFIC); /* "M. Lindon" */
}

/* ---- the class of a label's words */

static bool next_word(capsa_slice text, size_t *at, capsa_slice *word) {
  while (*at < text.len && text.ptr[*at] == ' ') ++*at;
  size_t start = *at;
  while (*at < text.len && text.ptr[*at] != ' ') ++*at;
  *word = capsa_slice_cut(text, start, *at);
  return word->len > 0;
}

/* "from the hall" behind "A voice" */
static bool tells_where(capsa_slice rest) {
  static const char *const words[] = {"from", "in", "on", "с", "из", NULL};
  capsa_slice word;
  size_t at = 0;
  if (!next_word(rest, &at, &word) || at >= rest.len) return false;
  for (int i = 0; words[i]; i++)
    if (capsa_slice_is_nocase(word, words[i])) return true;
  return false;
}

/* "Mr. Porter", "The President", "Vice Premier Teng": a title with something
 * behind it, or an office or role for itself. */
static bool is_person(capsa_slice bare) {
  capsa_slice word;
  size_t at = 0, words = 0;
  bool qualified = false;
  while (next_word(bare, &at, &word)) {
    if (!words && capsa_title_is_article(word)) continue;
    const capsa_title *title = capsa_title_find(word);
    bool more = at < bare.len;
    words++;
    if (!title) return false;
    if (title->kind == CAPSA_TITLE_QUALIFIER) {
      qualified = true;
      continue;
    }
    if (title->kind == CAPSA_TITLE_HONORIFIC) return more;
    if (title->kind == CAPSA_TITLE_ROLE)
      return !qualified &&
             (!more || capsa_is_digit((unsigned char)bare.ptr[bare.len - 1]) ||
              tells_where(capsa_slice_from(bare, at)));
    return true;
  }
  return false;
}

/* "K", "LBJ", "P.M.": up to four capitals and nothing else. */
static bool is_initials(capsa_slice bare) {
  size_t letters = 0;
  size_t end = 0;
  while (end < bare.len && bare.ptr[end] != '[') end++;
  for (size_t i = 0; i < end;) {
    capsa_codepoint cp = capsa_utf8_next(bare, i);
    if (capsa_is_upper(cp.value) || cp.value >= 0x2E80) letters++;
    else if (cp.value != '.' && cp.value != ' ') return false;
    i += cp.len;
  }
  return letters >= 1 && letters <= 4;
}

/* Is every word of `text` one of the language? Short ones are: "U.S.". */
bool capsa_label_is_common(capsa_slice text) {
  capsa_range at;
  char folded[CAPSA_WORD_BYTES_MAX * 2];
  bool letters = false;
  for (size_t i = 0; capsa_word_next(text, &i, &at);) {
    capsa_slice word = capsa_slice_cut(text, at.start_byte, at.end_byte);
    if (word.len < 3) continue;
    letters = true;
    size_t len = capsa_word_fold(word, folded);
    if (!capsa_lexicon_has_common((capsa_slice){folded, len})) return false;
  }
  return letters || text.len < 6;
}

/* Given names that are words, too. */
bool capsa_label_is_given_name(capsa_slice word) {
  static const char *const names[] = {
      "Art",    "Ben",   "Bill",    "Bob",    "Carl",  "Charles", "Chuck",
      "Clark",  "Dean",  "Dick",    "Don",    "Frank", "Gene",    "George",
      "Grace",  "Harry", "Henry",   "Jack",   "James", "Jim",     "Joe",
      "John",   "Ken",   "Mark",    "Martin", "Max",   "Mike",    "Nick",
      "Norman", "Pat",   "Paul",    "Peter",  "Ray",   "Rich",    "Rob",
      "Robert", "Rose",  "Roy",     "Sam",    "Ted",   "Thomas",  "Tom",
      "Victor", "Will",  "William", NULL};
  for (int i = 0; names[i]; i++)
    if (capsa_slice_is(word, names[i])) return true;
  return false;
}

static bool is_initial(capsa_slice word) {
  return capsa_starts_upper(word) && word.ptr[0] != 'I' &&
         (word.len == 1 || (word.len == 2 && word.ptr[1] == '.'));
}

/* "BLOT A.", "BROWN N.S.": nothing but initials behind the first word. */
static bool at_initials(capsa_slice bare, size_t at) {
  capsa_slice rest = capsa_slice_trim(capsa_slice_from(bare, at));
  if (rest.len < 2 || rest.ptr[rest.len - 1] != '.') return false;
  for (size_t i = 0; i < rest.len; i++)
    if ((i % 2 == 1) != (rest.ptr[i] == '.')) return false;
  return true;
}

/* "Walt Rostow", "A Johnson", "Malcolm Levi": it begins with a given name, an
 * initial or a name, and ends with a name, unless a given name leads. In
 * capitals one name is enough. */
static bool has_name(capsa_slice bare) {
  capsa_slice word;
  bool first = true, given = false, name = false;
  bool capitals = capsa_is_capitals(bare, 2);
  for (size_t i = 0; next_word(bare, &i, &word);) {
    if (!capsa_starts_upper(word) ||
        capsa_slice_equal_nocase(word, CAPSA_LITERAL("the")))
      continue;
    given = given || capsa_label_is_given_name(word) || is_initial(word);
    name = !capsa_label_is_common(word);
    if (first && !given && !name && at_initials(bare, i)) return true;
    if (capitals && name) return true;
    if (first && !given && !name && !capitals) return false;
    first = false;
  }
  return !first && (given || name);
}

/* A remark in round brackets is none of the label. */
capsa_label_class capsa_label_class_of(capsa_slice bare) {
  size_t remark = capsa_slice_finds(bare, " (", 0);
  if (remark != CAPSA_NOT_FOUND) bare = capsa_slice_cut(bare, 0, remark);
  if (is_person(bare)) return CAPSA_LABEL_PERSON;
  if (is_initials(bare)) return CAPSA_LABEL_INITIALS;
  return has_name(bare) ? CAPSA_LABEL_NAME : CAPSA_LABEL_COMMON;
}
