/* language.c -- the language of a text by its letters and its most common
 * words. Short texts and other languages stay without one. */
#include "base/slice.h"
#include "document/passes/passes.h"
#include "text/chars.h"
#include "text/words.h"

#define WORDS_LOOKED_AT 2000
#define SHARE_LEAST 12 /* percent of the words; English prose has 35 to 45 */

static const struct {
  const char *tag;
  const char *words; /* space before and behind each */
} languages[] = {
    {"en", " the of and to in that is was for it with as on be by this are "},
    {"de", " der die das und ist nicht ein eine von zu mit den im auf sich "},
    {"fr", " le la les des et est que dans un une pour qui du pas sur au "},
    {"es", " el los las que en una por con del se su para no como al es "},
    {"ru", " \xD0\xB8 \xD0\xB2 \xD0\xBD\xD0\xB5 \xD0\xBD\xD0\xB0 "
           "\xD1\x87\xD1\x82\xD0\xBE \xD1\x81 \xD0\xBA\xD0\xB0\xD0\xBA "
           "\xD1\x8D\xD1\x82\xD0\xBE \xD0\xBF\xD0\xBE \xD0\xBA "
           "\xD0\xBE\xD0\xBD \xD0\xBC\xD1\x8B \xD1\x8F \xD0\xBE\xD1\x82 "},
};
enum { LANGUAGES = sizeof languages / sizeof *languages };

typedef struct tally {
  size_t words, han, hits[LANGUAGES];
} tally;

static void count_text(tally *t, capsa_slice text) {
  capsa_range at;
  char folded[CAPSA_WORD_BYTES_MAX * 2 + 2];
  for (size_t i = 0;
       t->words < WORDS_LOOKED_AT && capsa_word_next(text, &i, &at);
       t->words++) {
    capsa_slice word = capsa_slice_cut(text, at.start_byte, at.end_byte);
    uint32_t first = capsa_utf8_next(word, 0).value;
    t->han += first >= 0x4E00 && first <= 0x9FFF;
    folded[0] = ' ';
    size_t len = capsa_word_fold(word, folded + 1);
    if (!len) continue;
    folded[len + 1] = ' ';
    for (size_t k = 0; k < LANGUAGES; k++)
      t->hits[k] += capsa_slice_find(capsa_slice_of(languages[k].words),
                                     (capsa_slice){folded, len + 2},
                                     0) != CAPSA_NOT_FOUND;
  }
}

void capsa_pass_language(capsa_draft *draft) {
  if (draft->metadata.language.len) return;
  tally t = {0};
  for (size_t i = 0; i < draft->blocks.count; i++)
    count_text(&t, draft->blocks.items[i].text);
  size_t best = 0;
  for (size_t k = 1; k < LANGUAGES; k++)
    if (t.hits[k] > t.hits[best]) best = k;
  if (t.hits[best] * 100 >= t.words * SHARE_LEAST && t.hits[best] >= 3)
    draft->metadata.language = capsa_slice_of(languages[best].tag);
  else if (t.words && t.han * 2 > t.words)
    draft->metadata.language = CAPSA_LITERAL("zh");
}
