#include "search/ask/names.h"

#include "base/slice.h"
#include "text/chars.h"
#include "text/words.h"

const capsa_ask_field capsa_ask_fields[] = {
    {"speaker", CAPSA_ASK_WORDS, CAPSA_FIELD_SPEAKER, false},
    {"to", CAPSA_ASK_WORDS, CAPSA_FIELD_TO, false},
    {"in", CAPSA_ASK_WORDS, CAPSA_FIELD_ANY, true},
    {"date", CAPSA_ASK_DATE, CAPSA_FIELD_ANY, false},
    {"year", CAPSA_ASK_DATE, CAPSA_FIELD_ANY, false},
    {"lang", CAPSA_ASK_LANGUAGE, CAPSA_FIELD_ANY, false},
    {"language", CAPSA_ASK_LANGUAGE, CAPSA_FIELD_ANY, false},
    {"archive", CAPSA_ASK_ARCHIVE, CAPSA_FIELD_ANY, false},
    {"fond", CAPSA_ASK_FOND, CAPSA_FIELD_ANY, false},
    {"collection", CAPSA_ASK_COLLECTION, CAPSA_FIELD_ANY, false},
    {"doc", CAPSA_ASK_DOCUMENT, CAPSA_FIELD_ANY, false},
    {"document", CAPSA_ASK_DOCUMENT, CAPSA_FIELD_ANY, false},
    {"has", CAPSA_ASK_HAS, CAPSA_FIELD_ANY, false},
    {"tag", CAPSA_ASK_TAG, CAPSA_FIELD_ANY, false},
    {NULL, CAPSA_ASK_WORDS, CAPSA_FIELD_ANY, false},
};

const capsa_ask_scope capsa_ask_scopes[] = {
    {"any", CAPSA_FIELD_ANY},         {"speech", CAPSA_FIELD_SPEECH},
    {"speeches", CAPSA_FIELD_SPEECH}, {"editorial", CAPSA_FIELD_EDITORIAL},
    {"gloss", CAPSA_FIELD_GLOSS},     {"glosses", CAPSA_FIELD_GLOSS},
    {"note", CAPSA_FIELD_NOTE},       {"notes", CAPSA_FIELD_NOTE},
    {"heading", CAPSA_FIELD_HEADING}, {"headings", CAPSA_FIELD_HEADING},
    {"title", CAPSA_FIELD_TITLE},     {"titles", CAPSA_FIELD_TITLE},
    {NULL, CAPSA_FIELD_ANY},
};

/* The name in English first, then others, parted by blanks, folded. */
static const struct {
  const char *tag, *name, *others;
} languages[] = {
    {"ar", "Arabic", " العربية "},
    {"be", "Belarusian", " byelorussian "},
    {"bg", "Bulgarian", " български "},
    {"cs", "Czech", " čeština "},
    {"da", "Danish", " dansk "},
    {"de", "German", " deu ger deutsch allemand немецкий "},
    {"el", "Greek", " ελληνικά "},
    {"en", "English", " eng englisch anglais inglés английский "},
    {"es", "Spanish", " spa español castellano spanisch "},
    {"et", "Estonian", " eesti "},
    {"fa", "Persian", " farsi فارسی "},
    {"fi", "Finnish", " suomi "},
    {"fr", "French", " fra fre français französisch французский "},
    {"he", "Hebrew", " עברית "},
    {"hi", "Hindi", " हिन्दी "},
    {"hu", "Hungarian", " magyar "},
    {"hy", "Armenian", " հայերեն "},
    {"id", "Indonesian", " bahasa "},
    {"it", "Italian", " ita italiano italienisch "},
    {"ja", "Japanese", " jpn 日本語 "},
    {"ka", "Georgian", " ქართული "},
    {"km", "Khmer", " ខ្មែរ "},
    {"ko", "Korean", " 한국어 조선말 "},
    {"la", "Latin", " latina "},
    {"lt", "Lithuanian", " lietuvių "},
    {"lv", "Latvian", " latviešu "},
    {"mn", "Mongolian", " монгол "},
    {"nl", "Dutch", " nederlands "},
    {"no", "Norwegian", " norsk "},
    {"pl", "Polish", " polski "},
    {"pt", "Portuguese", " português "},
    {"ro", "Romanian", " română "},
    {"ru", "Russian", " rus русский russisch russe "},
    {"sk", "Slovak", " slovenčina "},
    {"sl", "Slovenian", " slovenščina "},
    {"sq", "Albanian", " shqip "},
    {"sr", "Serbian", " српски srpski serbo-croatian "},
    {"sv", "Swedish", " svenska "},
    {"th", "Thai", " ไทย "},
    {"tr", "Turkish", " türkçe "},
    {"uk", "Ukrainian", " українська "},
    {"ur", "Urdu", " اردو "},
    {"vi", "Vietnamese", " việt "},
    {"yi", "Yiddish", " ייִדיש "},
    {"zh", "Chinese", " zho chi 中文 汉语 漢語 mandarin китайский "},
};
enum { LANGUAGES = sizeof languages / sizeof *languages };

static bool is_among(capsa_slice typed, const char *names) {
  char folded[CAPSA_WORD_FOLDED_MAX + 2];
  size_t len = capsa_word_fold(typed, folded + 1);
  if (!len) return false;
  folded[0] = folded[len + 1] = ' ';
  return capsa_slice_find(capsa_slice_of(names), (capsa_slice){folded, len + 2},
                          0) != CAPSA_NOT_FOUND;
}

/* "ru", "rus", "zh-Hant-TW": letters, then letters and digits. */
static bool is_tag(capsa_slice typed) {
  size_t first = 0;
  while (first < typed.len && (uint8_t)typed.ptr[first] < 0x80 &&
         capsa_is_letter((uint8_t)typed.ptr[first]))
    first++;
  if (first < 2 || first > 3 || typed.len >= CAPSA_ASK_TAG_MAX) return false;
  if (first < typed.len && typed.ptr[first] != '-') return false;
  for (size_t i = first; i < typed.len; i++) {
    uint8_t c = (uint8_t)typed.ptr[i];
    if (c >= 0x80 || (c != '-' && !capsa_is_letter(c) && !capsa_is_digit(c)))
      return false;
  }
  return typed.ptr[typed.len - 1] != '-';
}

bool capsa_ask_language(capsa_slice typed, char tag[CAPSA_ASK_TAG_MAX]) {
  memset(tag, 0, CAPSA_ASK_TAG_MAX);
  for (size_t i = 0; i < LANGUAGES; i++)
    if (capsa_slice_is_nocase(typed, languages[i].name) ||
        is_among(typed, languages[i].others)) {
      memcpy(tag, languages[i].tag, strlen(languages[i].tag));
      return true;
    }
  if (!is_tag(typed)) return false;
  for (size_t i = 0; i < typed.len; i++)
    tag[i] = (char)capsa_to_lower((uint8_t)typed.ptr[i]);
  return true;
}

const char *capsa_ask_language_name(capsa_slice tag) {
  size_t dash = capsa_slice_finds(tag, "-", 0);
  if (dash != CAPSA_NOT_FOUND) tag.len = dash;
  for (size_t i = 0; i < LANGUAGES; i++)
    if (capsa_slice_is(tag, languages[i].tag)) return languages[i].name;
  return NULL;
}
