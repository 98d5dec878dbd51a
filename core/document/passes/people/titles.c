#include "document/passes/people/titles.h"

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
    {"ambasciatore", "ambassador", O},
    {"ambassadeur", "ambassador", O},
    {"ambassador", "ambassador", O},
    {"answer", "answer", R},
    {"antwort", "answer", R},
    {"archbishop", "archbishop", O},
    {"assistant", "assistant", Q},
    {"asst", "assistant", Q},
    {"attorney", "attorney", Q},
    {"audience", "audience", R},
    {"au\xC3\x9F"
     "enminister",
     "foreign minister", O}, /* außenminister */
    {"bailiff", "bailiff", R},
    {"baron", "baron", O},
    {"bishop", "bishop", O},
    {"botschafter", "ambassador", O},
    {"brig", "brigadier", Q},
    {"brigadier", "brigadier", Q},
    {"brother", "brother", O},
    {"bundeskanzler", "chancellor", O},
    {"bundesminister", "minister", O},
    {"bundespr\xC3\xA4sident", "president", O}, /* bundespräsident */
    {"camarada", "comrade", H},
    {"camarade", "comrade", H},
    {"canciller", "chancellor", O},
    {"capt", "captain", O},
    {"captain", "captain", O},
    {"cardinal", "cardinal", O},
    {"cde", "comrade", H},
    {"cdes", "comrade", H},
    {"chairman", "chairman", O},
    {"chairwoman", "chairwoman", O},
    {"chancelier", "chancellor", O},
    {"chancellor", "chancellor", O},
    {"charg\xC3\xA9", "charg\xC3\xA9", O}, /* chargé */
    {"chief", "chief", Q},
    {"cia", "cia", Q},
    {"clerk", "clerk", R},
    {"col", "colonel", O},
    {"colonel", "colonel", O},
    {"com", "comrade", H},
    {"commander", "commander", O},
    {"commissioner", "commissioner", O},
    {"compagno", "comrade", H},
    {"compa\xC3\xB1"
     "ero",
     "comrade", H}, /* compañero */
    {"comrade", "comrade", H},
    {"comrades", "comrade", H},
    {"coms", "comrade", H},
    {"congressman", "congressman", O},
    {"consul", "consul", O},
    {"counselor", "counselor", O},
    {"count", "count", O},
    {"court", "court", R},
    {"delegate", "delegate", O},
    {"dep", "deputy", Q},
    {"deputy", "deputy", Q},
    {"director", "director", O},
    {"dolmetscher", "interpreter", R},
    {"dr", "doctor", H},
    {"embajador", "ambassador", O},
    {"emperor", "emperor", O},
    {"father", "father", O},
    {"field", "field", Q},
    {"first", "first", Q},
    {"fm", "foreign minister", O},
    {"foreign", "foreign", Q},
    {"fr", "frau", H},
    {"frage", "question", R},
    {"frau", "frau", H},
    {"gen", "general", O},
    {"general", "general", O},
    {"generale", "general", O},
    {"generalsekret\xC3\xA4r", "secretary general", O}, /* generalsekretär */
    {"genosse", "comrade", H},
    {"genossen", "comrade", H},
    {"genossin", "comrade", H},
    {"gesandter", "envoy", O},
    {"gospodin", "mister", H},
    {"gov", "governor", O},
    {"governor", "governor", O},
    {"g\xC3\xA9n\xC3\xA9ral", "general", O}, /* général */
    {"h.e", "excellency", H},
    {"herr", "herr", H},
    {"hon", "honourable", H},
    {"hr", "herr", H},
    {"interpreter", "interpreter", R},
    {"interpr\xC3\xA8te", "interpreter", R}, /* interprète */
    {"interviewee", "interviewee", R},
    {"interviewer", "interviewer", R},
    {"judge", "judge", O},
    {"justice", "justice", O},
    {"kaiser", "emperor", O},
    {"kanzler", "chancellor", O},
    {"king", "king", O},
    {"k\xC3\xB6nig", "king", O}, /* könig */
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
    {"marschall", "marshal", O},
    {"marshal", "marshal", O},
    {"mar\xC3\xA9"
     "chal",
     "marshal", O}, /* maréchal */
    {"mayor", "mayor", O},
    {"messrs", "messrs", H},
    {"mgr", "monsignor", H},
    {"minister", "minister", O},
    {"ministerpr\xC3\xA4sident", "prime minister", O}, /* ministerpräsident */
    {"ministre", "minister", O},
    {"ministro", "minister", O},
    {"miss", "miss", H},
    {"mlle", "mademoiselle", H},
    {"mm", "messieurs", H},
    {"mme", "madame", H},
    {"moderator", "moderator", R},
    {"monsieur", "monsieur", H},
    {"mr", "mister", H},
    {"mrs", "mrs", H},
    {"ms", "ms", H},
    {"oberst", "colonel", O},
    {"operator", "operator", R},
    {"pm", "prime minister", O},
    {"pope", "pope", O},
    {"pregunta", "question", R},
    {"premier", "premier", O},
    {"pres", "president", O},
    {"president", "president", O},
    {"presidente", "president", O},
    {"prezydent", "president", O},
    {"prime", "prime", Q},
    {"prince", "prince", O},
    {"princess", "princess", O},
    {"prof", "professor", H},
    {"professor", "professor", H},
    {"pr\xC3\xA4sident", "president", O}, /* präsident */
    {"pr\xC3\xA9sident", "president", O}, /* président */
    {"q", "question", R},
    {"queen", "queen", O},
    {"query", "question", R},
    {"question", "question", R},
    {"rear", "rear", Q},
    {"reichskanzler", "chancellor", O},
    {"rep", "representative", O},
    {"reply", "answer", R},
    {"reporter", "reporter", R},
    {"representative", "representative", O},
    {"respuesta", "answer", R},
    {"rev", "reverend", H},
    {"reverend", "reverend", H},
    {"roi", "king", O},
    {"r\xC3\xA9ponse", "answer", R}, /* réponse */
    {"sec", "secretary", O},
    {"secretario", "secretary", O},
    {"secretary", "secretary", O},
    {"secr\xC3\xA9taire", "secretary", O}, /* secrétaire */
    {"secy", "secretary", O},
    {"sen", "senator", O},
    {"senator", "senator", O},
    {"se\xC3\xB1or", "se\xC3\xB1or", H},   /* señor */
    {"se\xC3\xB1ora", "se\xC3\xB1ora", H}, /* señora */
    {"sgt", "sergeant", O},
    {"shah", "shah", O},
    {"sheikh", "sheikh", O},
    {"signor", "signor", H},
    {"sir", "sir", H},
    {"speaker", "speaker", O},
    {"sr", "se\xC3\xB1or", H},
    {"sra", "se\xC3\xB1ora", H},
    {"staatssekret\xC3\xA4r", "state secretary", O}, /* staatssekretär */
    {"sultan", "sultan", O},
    {"tov", "comrade", H},
    {"tovar\xC4\x83\xC8\x99ul", "comrade", H}, /* tovarășul */
    {"tow", "comrade", H},
    {"towarzysz", "comrade", H},
    {"translator", "interpreter", R},
    {"under", "under", Q},
    {"unidentified", "unidentified", R},
    {"usec", "under secretary", O},
    {"vice", "vice", Q},
    {"vm", "vice minister", O},
    {"voice", "voice", R},
    {"voices", "voices", R},
    {"vorsitzender", "chairman", O},
    {"witness", "witness", R},
    {"zeuge", "witness", R},
    {"\xD0\xB2\xD0\xBE\xD0\xBF\xD1\x80\xD0\xBE\xD1\x81", "question",
     R},                                /* вопрос */
    {"\xD0\xB3-\xD0\xBD", "mister", H}, /* г-н */
    {"\xD0\xB3\xD0\xB5\xD0\xBD\xD0\xB5\xD1\x80\xD0\xB0\xD0\xBB", "general",
     O}, /* генерал */
    {"\xD0\xB3\xD0\xBE\xD0\xBB\xD0\xBE\xD1\x81", "voice", R}, /* голос */
    {"\xD0\xB3\xD0\xBE\xD1\x81\xD0\xBF\xD0\xBE\xD0\xB4\xD0\xB8\xD0\xBD",
     "mister", H}, /* господин */
    {"\xD0\xBC\xD0\xB0\xD1\x80\xD1\x88\xD0\xB0\xD0\xBB", "marshal",
     O}, /* маршал */
    {"\xD0\xBC\xD0\xB8\xD0\xBD\xD0\xB8\xD1\x81\xD1\x82\xD1\x80", "minister",
     O}, /* министр */
    {"\xD0\xBE\xD1\x82\xD0\xB2\xD0\xB5\xD1\x82", "answer", R}, /* ответ */
    {"\xD0\xBF\xD0\xB5\xD1\x80\xD0\xB5\xD0\xB2\xD0\xBE\xD0\xB4\xD1\x87\xD0\xB8"
     "\xD0\xBA",
     "interpreter", R}, /* переводчик */
    {"\xD0\xBF\xD0\xBE\xD0\xBB\xD0\xBA\xD0\xBE\xD0\xB2\xD0\xBD\xD0\xB8\xD0\xBA",
     "colonel", O}, /* полковник */
    {"\xD0\xBF\xD0\xBE\xD1\x81\xD0\xBE\xD0\xBB", "ambassador", O}, /* посол */
    {"\xD0\xBF\xD1\x80\xD0\xB5\xD0\xB4\xD1\x81\xD0\xB5\xD0\xB4\xD0\xB0\xD1\x82"
     "\xD0\xB5\xD0\xBB\xD1\x8C",
     "chairman", O}, /* председатель */
    {"\xD0\xBF\xD1\x80\xD0\xB5\xD0\xB7\xD0\xB8\xD0\xB4\xD0\xB5\xD0\xBD\xD1\x82",
     "president", O}, /* президент */
    {"\xD0\xBF\xD1\x80\xD0\xB5\xD0\xBC\xD1\x8C\xD0\xB5\xD1\x80", "premier",
     O}, /* премьер */
    {"\xD0\xBF\xD1\x80\xD0\xB5\xD0\xBC\xD1\x8C\xD0\xB5\xD1\x80-"
     "\xD0\xBC\xD0\xB8\xD0\xBD\xD0\xB8\xD1\x81\xD1\x82\xD1\x80",
     "prime minister", O}, /* премьер-министр */
    {"\xD1\x81\xD0\xB5\xD0\xBA\xD1\x80\xD0\xB5\xD1\x82\xD0\xB0\xD1\x80\xD1\x8C",
     "secretary", O},                           /* секретарь */
    {"\xD1\x82", "comrade", H},                 /* т */
    {"\xD1\x82\xD0\xBE\xD0\xB2", "comrade", H}, /* тов */
    {"\xD1\x82\xD0\xBE\xD0\xB2\xD0\xB0\xD1\x80\xD0\xB8\xD1\x89", "comrade",
     H},                                /* товарищ */
    {"\xD1\x82\xD1\x82", "comrade", H}, /* тт */
};

#define WORD_MAX 40

/* "ambassadeur" of "l'ambassadeur" */
static capsa_slice without_elision(capsa_slice word) {
  if (word.len < 4 || (word.ptr[0] | 0x20) != 'l') return word;
  capsa_codepoint sign = capsa_utf8_next(word, 1);
  return capsa_is_apostrophe(sign.value) ? capsa_slice_from(word, 1 + sign.len)
                                         : word;
}

const capsa_title *capsa_title_find(capsa_slice word) {
  char folded[WORD_MAX];
  size_t len = 0;
  word = without_elision(word);
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
    /* Most words differ in the first byte, and no title is measured. */
    int order =
        (unsigned char)folded[0] - (unsigned char)titles[middle].word[0];
    if (!order)
      order = capsa_slice_compare((capsa_slice){folded, len},
                                  capsa_slice_of(titles[middle].word));
    if (!order) return &titles[middle];
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return NULL;
}

bool capsa_title_is_article(capsa_slice word) {
  static const char *const articles[] = {"the", "der", "die", "le",
                                         "la",  "el",  "il",  NULL};
  for (int i = 0; articles[i]; i++)
    if (capsa_slice_is_nocase(word, articles[i])) return true;
  return false;
}
