/* presence.c -- the words that head a list of those present: one core word,
 * and around it only words that say where, when and whose. */
#include <string.h>

#include "base/slice.h"
#include "document/passes/people/participants.h"
#include "document/passes/people/persons.h"
#include "text/chars.h"
#include "text/words.h"

/* Words of the longest heading: "Those who attended the meeting on the
 * American side were". */
#define WORDS_MAX 10

/* Space before and behind each. */
static const char cores[] =
    " present participants participant participation attendees attendance "
    "attending attended participated attend participating "
    "присутствовали присутствуют участники участвовали присутствующие "
    "teilnehmer anwesend anwesende anwesenden "
    "présents participants participaient "
    "asistentes participantes presentes presenti partecipanti "
    "uczestnicy obecni účastníci přítomni jelen ";

static const char fillers[] =
    " those persons members others also were was the a at in of on who list "
    "following by and meeting conversation talks session all other for "
    "conference people there side substitute member this th council nsc "
    "committee board group "
    "sides from delegation delegations officials additional full not "
    "на встрече беседе заседании с советской стороны стороны при со "
    "waren es nahmen die der am gespräch "
    "étaient les à ont ";

/* Words that say whose; a side that persons.c knows may stand there too. */
static bool is_whose(capsa_slice word) {
  return capsa_is_side(word) || capsa_slice_equal(word, CAPSA_LITERAL("U")) ||
         capsa_slice_equal(word, CAPSA_LITERAL("S")) ||
         capsa_slice_equal(word, CAPSA_LITERAL("K"));
}

static bool is_in(const char *list, capsa_slice word) {
  char folded[CAPSA_WORD_BYTES_MAX * 2 + 2];
  size_t len = capsa_word_fold(word, folded + 1);
  folded[0] = folded[len + 1] = ' ';
  return len &&
         capsa_slice_find(capsa_slice_of(list), (capsa_slice){folded, len + 2},
                          0) != CAPSA_NOT_FOUND;
}

static size_t colon_at(capsa_slice text, size_t at) {
  while (at < text.len && strchr(" \t", text.ptr[at])) at++;
  if (capsa_slice_starts(capsa_slice_from(text, at), "\xC2\xA0")) at += 2;
  if (at < text.len && text.ptr[at] == ':') return at + 1;
  if (capsa_slice_starts(capsa_slice_from(text, at), "\xEF\xBC\x9A"))
    return at + 3;
  return 0;
}

/* "Present were X": without a colon the verb has to stand there, and a name
 * behind it. */
static size_t verb_end(capsa_slice line, capsa_slice word, size_t end) {
  bool verb = capsa_slice_equal_nocase(word, CAPSA_LITERAL("were")) ||
              capsa_slice_equal_nocase(word, CAPSA_LITERAL("waren")) ||
              capsa_slice_equal(word, CAPSA_LITERAL("присутствовали"));
  capsa_slice rest = capsa_slice_trim(capsa_slice_from(line, end));
  return verb && rest.len && capsa_is_upper(capsa_utf8_next(rest, 0).value)
             ? end
             : 0;
}

/* "Chinese" has signs for words: 参加者：, 出席者. */
static size_t chinese_len(capsa_slice line) {
  static const char *const words[] = {
      "参加者", "出席者",   "与会人员", "参加",   "出席人", "陪同",
      "出席",   "出席人员", "参加人",   "与会者", "在座",   NULL};
  for (int i = 0; words[i]; i++)
    if (capsa_slice_starts(line, words[i]) && colon_at(line, strlen(words[i])))
      return colon_at(line, strlen(words[i]));
  return 0;
}

size_t capsa_presence_len(capsa_slice line) {
  if (!line.len || line.ptr[0] == '[') return 0;
  size_t chinese = chinese_len(line), first = 0;
  if (chinese || !capsa_starts_upper(line)) return chinese;
  bool core = false;
  capsa_range at;
  for (size_t i = 0, words = 0; capsa_word_next(line, &i, &at); words++) {
    capsa_slice word = capsa_slice_cut(line, at.start_byte, at.end_byte);
    if (!words) first = at.start_byte;
    bool is_core = is_in(cores, word);
    if (words == WORDS_MAX ||
        (!is_core && !is_in(fillers, word) && !is_whose(word)))
      return 0;
    core |= is_core;
    size_t colon = colon_at(line, at.end_byte);
    if (colon) return core ? colon : 0;
    size_t verb = core ? verb_end(line, word, at.end_byte) : 0;
    if (verb) return verb;
    /* Words alone on their line are a heading. */
    if (at.end_byte == line.len) return core && first == 0 ? line.len : 0;
  }
  return 0;
}

capsa_slice capsa_presence_side(capsa_slice heading) {
  capsa_range at;
  for (size_t i = 0; capsa_word_next(heading, &i, &at);) {
    capsa_slice word = capsa_slice_cut(heading, at.start_byte, at.end_byte);
    size_t end = at.end_byte;
    if (is_in(cores, word) || is_in(fillers, word)) continue;
    /* "U.S." */
    while (end + 1 < heading.len && heading.ptr[end] == '.' &&
           capsa_is_upper((unsigned char)heading.ptr[end + 1]))
      end += 2;
    if (end > at.end_byte && end < heading.len && heading.ptr[end] == '.')
      end++;
    word = capsa_slice_cut(heading, at.start_byte, end);
    if (capsa_is_side(word)) return word;
  }
  return (capsa_slice){0};
}
