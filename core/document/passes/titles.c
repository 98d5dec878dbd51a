#include "document/passes/titles.h"

#include <string.h>

#include "base/slice.h"
#include "text/chars.h"

#define H CAPSA_TITLE_HONORIFIC
#define O CAPSA_TITLE_OFFICE
#define Q CAPSA_TITLE_QUALIFIER
#define R CAPSA_TITLE_ROLE

/* By word, in strcmp's order: it is searched by halves. */
static const capsa_title titles[] = {
    {"a", "answer", R},
    {"acting", "acting", Q},
    {"adm", "admiral", O},
    {"admiral", "admiral", O},
    {"air", "air", Q},
    {"amb", "ambassador", O},
    {"ambassador", "ambassador", O},
    {"answer", "answer", R},
    {"archbishop", "archbishop", O},
    {"assistant", "assistant", Q},
    {"asst", "assistant", Q},
    {"attorney", "attorney", Q},
    {"baron", "baron", O},
    {"bishop", "bishop", O},
    {"brig", "brigadier", Q},
    {"brigadier", "brigadier", Q},
    {"brother", "brother", O},
    {"camarade", "comrade", H},
    {"capt", "captain", O},
    {"captain", "captain", O},
    {"cardinal", "cardinal", O},
    {"cde", "comrade", H},
    {"cdes", "comrade", H},
    {"chairman", "chairman", O},
    {"chairwoman", "chairwoman", O},
    {"chancellor", "chancellor", O},
    {"charg\xC3\xA9", "charg\xC3\xA9", O},
    {"chief", "chief", Q},
    {"cia", "cia", Q},
    {"col", "colonel", O},
    {"colonel", "colonel", O},
    {"com", "comrade", H},
    {"commander", "commander", O},
    {"commissioner", "commissioner", O},
    {"comrade", "comrade", H},
    {"comrades", "comrade", H},
    {"coms", "comrade", H},
    {"congressman", "congressman", O},
    {"consul", "consul", O},
    {"counselor", "counselor", O},
    {"count", "count", O},
    {"delegate", "delegate", O},
    {"dep", "deputy", Q},
    {"deputy", "deputy", Q},
    {"director", "director", O},
    {"dr", "doctor", H},
    {"emperor", "emperor", O},
    {"father", "father", O},
    {"field", "field", Q},
    {"first", "first", Q},
    {"fm", "foreign minister", O},
    {"foreign", "foreign", Q},
    {"frau", "frau", H},
    {"gen", "general", O},
    {"general", "general", O},
    {"genosse", "comrade", H},
    {"gov", "governor", O},
    {"governor", "governor", O},
    {"herr", "herr", H},
    {"interpreter", "interpreter", R},
    {"judge", "judge", O},
    {"justice", "justice", O},
    {"king", "king", O},
    {"lady", "lady", H},
    {"leader", "leader", O},
    {"lieutenant", "lieutenant", Q},
    {"lord", "lord", H},
    {"lt", "lieutenant", Q},
    {"m", "monsieur", H},
    {"madam", "madam", H},
    {"madame", "madame", H},
    {"maj", "major", Q},
    {"major", "major", O},
    {"marshal", "marshal", O},
    {"mayor", "mayor", O},
    {"messrs", "messrs", H},
    {"minister", "minister", O},
    {"miss", "miss", H},
    {"mlle", "mademoiselle", H},
    {"mm", "messieurs", H},
    {"mme", "madame", H},
    {"moderator", "moderator", R},
    {"monsieur", "monsieur", H},
    {"mr", "mister", H},
    {"mrs", "mrs", H},
    {"ms", "ms", H},
    {"operator", "operator", R},
    {"pm", "prime minister", O},
    {"pope", "pope", O},
    {"premier", "premier", O},
    {"pres", "president", O},
    {"president", "president", O},
    {"prime", "prime", Q},
    {"prince", "prince", O},
    {"princess", "princess", O},
    {"prof", "professor", H},
    {"professor", "professor", H},
    {"q", "question", R},
    {"queen", "queen", O},
    {"query", "question", R},
    {"question", "question", R},
    {"rear", "rear", Q},
    {"rep", "representative", O},
    {"reply", "answer", R},
    {"reporter", "reporter", R},
    {"representative", "representative", O},
    {"rev", "reverend", H},
    {"reverend", "reverend", H},
    {"sec", "secretary", O},
    {"secretary", "secretary", O},
    {"secy", "secretary", O},
    {"sen", "senator", O},
    {"senator", "senator", O},
    {"se\xC3\xB1or", "se\xC3\xB1or", H},
    {"sgt", "sergeant", O},
    {"shah", "shah", O},
    {"sheikh", "sheikh", O},
    {"signor", "signor", H},
    {"sir", "sir", H},
    {"speaker", "speaker", O},
    {"sultan", "sultan", O},
    {"translator", "interpreter", R},
    {"under", "under", Q},
    {"usec", "under secretary", O},
    {"vice", "vice", Q},
    {"vm", "vice minister", O},
    {"voice", "voice", R},
    {"\xD0\xB3-\xD0\xBD", "mister", H},                          /* г-н */
    {"\xD1\x82\xD0\xBE\xD0\xB2", "comrade", H},                  /* тов */
    {"\xD1\x82\xD0\xBE\xD0\xB2\xD0\xB0\xD1\x80\xD0\xB8\xD1\x89", /* товарищ */
     "comrade", H},
};

#define WORD_MAX 24

const capsa_title *capsa_title_find(capsa_slice word) {
  char folded[WORD_MAX];
  size_t len = 0;
  while (word.len && strchr(".,:;", word.ptr[word.len - 1])) word.len--;
  if (!word.len || word.len >= WORD_MAX) return NULL;
  for (size_t i = 0; i < word.len;) {
    capsa_codepoint cp = capsa_utf8_next(word, i);
    uint32_t lower = capsa_to_lower(cp.value);
    i += cp.len;
    if (lower < 0x80) folded[len++] = (char)lower;
    else if (lower < 0x800 && len + 2 < WORD_MAX) {
      folded[len++] = (char)(0xC0 | lower >> 6);
      folded[len++] = (char)(0x80 | (lower & 0x3F));
    } else return NULL;
  }
  size_t low = 0, high = sizeof titles / sizeof *titles;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = capsa_slice_compare((capsa_slice){folded, len},
                                    capsa_slice_of(titles[middle].word));
    if (!order) return &titles[middle];
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return NULL;
}
