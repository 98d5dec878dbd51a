/* encoding_latin.c -- see encoding_latin.h.
 *
 * The pages share most bytes, and no letter is in one of them alone. But a text
 * is in one language, and no language has all letters: Czech read as Western
 * has ì beside ø, Polish has ³ and ¿ inside its words. So for each language the
 * share of the letters is counted that it has, in the page that it is written
 * in; the best language tells the page, and in doubt it is the Western one.
 */
#include "text/encoding_latin.h"

#include "base/slice.h"
#include "text/chars.h"

/* So few letters with accents are a name or two. */
#define LETTERS_LEAST 4

/* Percent of the letters that the language must have, and how many more than
 * any language of the West. */
#define SHARE_LEAST 95
#define LEAD_LEAST 5

/* Latin letters of these pages are below U+0180. */
#define LETTERS 0x180

/* Their letters, in lower case: nine of the West, then Central Europe. */
static const char *const languages[] = {
    "àâæçéèêëîïôùûüÿœ",  /* French */
    "äöüßéà",            /* German */
    "áéíóúñü",           /* Spanish */
    "áàâãçéêíóôõúü",     /* Portuguese */
    "àèéìíîòóùú",        /* Italian */
    "àçèéíïòóúü",        /* Catalan */
    "åäöéæøóòôêèà",      /* Nordic */
    "áðéíóúýþæö",        /* Icelandic */
    "ëïöüéèêáóúäâç",     /* Dutch */
    "ąćęłńóśźż",         /* Polish */
    "áčďéěíňóřšťúůýžö",  /* Czech */
    "áäčďéíĺľňóôŕšťúýž", /* Slovak */
    "áéíóöőúüűä",        /* Hungarian */
    "ăâîşţ",             /* Romanian */
    "čćđšž",             /* Croatian */
};

#define LANGUAGES (sizeof languages / sizeof *languages)
#define CENTRAL_FROM 9

/* How often each byte stands, and how often between two letters. */
typedef struct histogram {
  size_t all[256], inside[256];
} histogram;

/* Any byte from 0xC0 on is a letter in all these pages, ×, ÷ and ˙ aside. */
static bool may_be_letter(capsa_slice bytes, size_t i) {
  if (i >= bytes.len) return false;
  unsigned char c = (unsigned char)bytes.ptr[i];
  return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c >= 0xC0;
}

static void count(capsa_slice bytes, histogram *h) {
  for (size_t i = 0; i < bytes.len; i++) {
    unsigned char c = (unsigned char)bytes.ptr[i];
    if (c < 0x80) continue;
    h->all[c]++;
    h->inside[c] +=
        i && may_be_letter(bytes, i - 1) && may_be_letter(bytes, i + 1);
  }
}

/* What may stand between letters and is none: ’, soft hyphen, ·, no-break
 * space, a dash. */
static bool joins_words(uint32_t c) {
  return capsa_is_apostrophe(c) || c == 0xAD || c == 0xB7 || c == 0xA0 ||
         (c >= 0x2000 && c < 0x2070);
}

static void read_letters(const char *list, bool has[LETTERS]) {
  capsa_slice letters = capsa_slice_of(list);
  for (size_t i = 0; i < letters.len;) {
    capsa_codepoint cp = capsa_utf8_next(letters, i);
    i += cp.len;
    if (cp.value < LETTERS) has[cp.value] = true;
  }
}

/* Percent of the letters of `page` that the language has; what is no letter
 * and stands inside words is one that it has not. */
static size_t share_of(const histogram *h, capsa_encoding page,
                       const char *list, size_t *letters) {
  bool has[LETTERS] = {false};
  size_t found = 0;
  *letters = 0;
  read_letters(list, has);
  for (unsigned byte = 0x80; byte < 256; byte++) {
    uint32_t c = capsa_encoding_char(page, (unsigned char)byte);
    bool letter = c && c < LETTERS && capsa_is_letter(c);
    size_t times = letter ? h->all[byte] : joins_words(c) ? 0 : h->inside[byte];
    uint32_t lower = capsa_to_lower(c);
    *letters += times;
    if (letter && lower < LETTERS && has[lower]) found += times;
  }
  return *letters ? found * 100 / *letters : 0;
}

capsa_encoding capsa_encoding_latin(capsa_slice bytes) {
  histogram h = {{0}, {0}};
  size_t west = 0, most = 0, letters;
  capsa_encoding best = CAPSA_ENCODING_WINDOWS_1252;
  count(bytes, &h);
  for (size_t i = 0; i < CENTRAL_FROM; i++) {
    size_t share =
        share_of(&h, CAPSA_ENCODING_WINDOWS_1252, languages[i], &letters);
    if (share > west) west = share;
  }
  for (size_t i = CENTRAL_FROM; i < LANGUAGES; i++) {
    static const capsa_encoding pages[] = {CAPSA_ENCODING_WINDOWS_1250,
                                           CAPSA_ENCODING_ISO_8859_2};
    for (size_t k = 0; k < 2; k++) {
      size_t share = share_of(&h, pages[k], languages[i], &letters);
      if (letters < LETTERS_LEAST || share < SHARE_LEAST || share <= most ||
          share < west + LEAD_LEAST)
        continue;
      most = share;
      best = pages[k];
    }
  }
  return best;
}
