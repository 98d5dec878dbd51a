/* genre.c -- what kind of record it is, by the noun that heads its title.
 *
 * A title says first what the record is and then of what: "Report on the
 * telegram" is a report. So the earliest of the words counts, if no word stands
 * before it that makes it a matter talked about.
 */
#include "base/slice.h"
#include "document/passes/passes.h"
#include "text/chars.h"
#include "text/words.h"

/* Words of a title before which the genre has to stand. */
#define WORDS_BEFORE_MAX 7

/* Longer ones first: they hold shorter ones. */
static const struct {
  const char *words, *genre;
} genres[] = {
    {"memorandum of telephone conversation", "memorandum of conversation"},
    {"memorandum of a telephone conversation", "memorandum of conversation"},
    {"memorandum of conversation", "memorandum of conversation"},
    {"memorandum of a conversation", "memorandum of conversation"},
    {"memorandum of conference", "memorandum of conversation"},
    {"memorandum of discussion", "memorandum of conversation"},
    {"memorandum for the record", "memorandum for the record"},
    {"record of conversation", "record of conversation"},
    {"record of a conversation", "record of conversation"},
    {"record of the conversation", "record of conversation"},
    {"record of meeting", "minutes"},
    {"telephone conversation", "telephone conversation"},
    {"conversation", "record of conversation"},
    {"запись беседы", "record of conversation"},
    {"gesprächsvermerk", "record of conversation"},
    {"gespräch", "record of conversation"},
    {"entretien", "record of conversation"},
    {"minutes", "minutes"},
    {"stenographic record", "minutes"},
    {"stenogram", "minutes"},
    {"protocol of the meeting", "minutes"},
    {"протокол", "minutes"},
    {"procès-verbal", "minutes"},
    {"protokoll", "minutes"},
    {"notes", "notes"},
    {"telegram", "telegram"},
    {"cable", "telegram"},
    {"ciphered telegram", "telegram"},
    {"cipher telegram", "telegram"},
    {"телеграмма", "telegram"},
    {"шифртелеграмма", "telegram"},
    {"telegramm", "telegram"},
    {"télégramme", "telegram"},
    {"airgram", "airgram"},
    {"despatch", "despatch"},
    {"dispatch", "despatch"},
    {"letter", "letter"},
    {"письмо", "letter"},
    {"brief", "letter"},
    {"lettre", "letter"},
    {"carta", "letter"},
    {"message", "message"},
    {"messages", "message"},
    {"intelligence note", "report"},
    {"note verbale", "note"},
    {"memorandum", "memorandum"},
    {"memo", "memorandum"},
    {"aide-mémoire", "memorandum"},
    {"intelligence estimate", "intelligence estimate"},
    {"report", "report"},
    {"отчет", "report"},
    {"доклад", "report"},
    {"bericht", "report"},
    {"rapport", "report"},
    {"decision", "decision"},
    {"decree", "decision"},
    {"постановление", "decision"},
    {"beschluss", "decision"},
    {"resolution", "resolution"},
    {"резолюция", "resolution"},
    {"directive", "directive"},
    {"instruction", "instruction"},
    {"speech", "speech"},
    {"address", "speech"},
    {"remarks", "speech"},
    {"речь", "speech"},
    {"rede", "speech"},
    {"discours", "speech"},
    {"press conference", "press conference"},
    {"interview", "interview"},
    {"statement", "statement"},
    {"declaration", "declaration"},
    {"communiqué", "communiqué"},
    {"communique", "communiqué"},
    {"treaty", "treaty"},
    {"agreement", "agreement"},
    {"diary", "diary"},
    {"paper", "paper"},
    {"transcript", "transcript"},
    {"editorial note", "editorial note"},
};

/* "On", "about": what follows is what the record speaks of. "From X to Y"
 * likewise ends the part of a title that names its kind. */
static bool ends_kind(capsa_slice folded) {
  static const char *const words[] = {"on",  "about", "concerning", "regarding",
                                      "to",  "from",  "about",      "with",
                                      "and", "о",     "об",         "über",
                                      "sur", "sobre", NULL};
  for (int i = 0; words[i]; i++)
    if (capsa_slice_is(folded, words[i])) return true;
  return false;
}

/* Do the words of `phrase` stand at byte `at`, whatever the case? */
static bool phrase_at(capsa_slice text, size_t at, capsa_slice phrase) {
  size_t i = 0;
  while (i < phrase.len) {
    capsa_codepoint want = capsa_utf8_next(phrase, i);
    capsa_codepoint have = capsa_utf8_next(text, at);
    if (!have.len) return false;
    bool spaces = want.value == ' ' && capsa_is_space(have.value);
    if (!spaces && capsa_to_lower(have.value) != want.value) return false;
    i += want.len;
    at += have.len;
  }
  return !capsa_is_letter(capsa_utf8_next(text, at).value);
}

capsa_slice capsa_genre_of(capsa_slice title) {
  char folded[CAPSA_WORD_BYTES_MAX * 2];
  capsa_range word;
  for (size_t at = 0, n = 0;
       n < WORDS_BEFORE_MAX && capsa_word_next(title, &at, &word); n++) {
    for (size_t k = 0; k < sizeof genres / sizeof *genres; k++)
      if (phrase_at(title, word.start_byte, capsa_slice_of(genres[k].words)))
        return capsa_slice_of(genres[k].genre);
    size_t len = capsa_word_fold(
        capsa_slice_cut(title, word.start_byte, word.end_byte), folded);
    if (ends_kind((capsa_slice){folded, len})) break;
  }
  return (capsa_slice){0};
}

/* "Dear Mr. President:", "Excellency:", "Уважаемый товарищ" */
bool capsa_is_salutation(capsa_slice text) {
  static const char *const words[] = {
      "Dear ",   "My dear ",   "Excellency", "Your Excellency",
      "Dear,",   "Уважаемый ", "Дорогой ",   "Sehr geehrte",
      "Lieber ", "Monsieur ",  "Cher ",      "Estimado ",
      NULL};
  if (text.len > 100) text = capsa_slice_cut(text, 0, 100);
  for (int i = 0; words[i]; i++) {
    size_t len = capsa_slice_of(words[i]).len, end = 0;
    if (!capsa_slice_starts(text, words[i])) continue;
    end = len;
    while (end < text.len && text.ptr[end] != ':' && text.ptr[end] != ',' &&
           text.ptr[end] != '!' && text.ptr[end] != '.')
      end++;
    /* "Mr." is no end of it. */
    while (end + 1 < text.len && text.ptr[end] == '.') {
      end++;
      while (end < text.len && !(text.ptr[end] == ':' || text.ptr[end] == ',' ||
                                 text.ptr[end] == '!' || text.ptr[end] == '.'))
        end++;
    }
    if (end < text.len) return true;
  }
  return false;
}

void capsa_genre_find(capsa_draft *draft, size_t head_end) {
  capsa_slice *genre = &draft->metadata.genre;
  capsa_slice known = capsa_genre_of(*genre);
  if (known.len) *genre = known;
  if (!genre->len) *genre = capsa_genre_of(draft->metadata.title);
  for (size_t i = 0; !genre->len && i < head_end && i < draft->blocks.count;
       i++) {
    const capsa_draft_block *block = &draft->blocks.items[i];
    bool heading =
        block->kind == CAPSA_BLOCK_HEADING || capsa_is_capitals(block->text, 5);
    if (heading && block->text.len < 120) *genre = capsa_genre_of(block->text);
    else if (block->kind == CAPSA_BLOCK_PARAGRAPH &&
             capsa_is_salutation(block->text))
      *genre = CAPSA_LITERAL("letter");
  }
}
