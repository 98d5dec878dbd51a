/* encoding.c -- see encoding.h.
 *
 * Cyrillic is guessed by two facts. Its letters stand in dense runs, which
 * accents of Latin never do. And KOI8 and Windows-1251 put their letters in
 * other orders with cases swapped: read with the wrong page, text has rare
 * letters and capitals inside its words.
 */
#include "text/encoding.h"

#include "base/slice.h"
#include "text/chars.h"
#include "text/encoding_latin.h"

#define PAGES_FIRST CAPSA_ENCODING_IBM866
#define PAGES (CAPSA_ENCODING_COUNT - PAGES_FIRST)

/* A page that leaves more than one in so many of the high bytes without a
 * character is the wrong one. */
#define UNDEFINED_ONE_IN 50

/* Cyrillic: letters at least, percent of them beside another one, and percent
 * of the commonest dozen (73 in Russian prose, about 35 in the wrong page). */
#define CYRILLIC_LETTERS_LEAST 4
#define CYRILLIC_DENSE 80
#define CYRILLIC_COMMON 45

static const uint16_t pages[PAGES][128] = {
#include "text/encoding_pages.inc"
};

/* ---- names */

#define TOLD_GUESS(name)                                                       \
  "read as " name "; if it looks wrong, save the file as UTF-8"
#define TOLD_DECLARED(name) "read as " name ", which the file names"

static const struct {
  const char *name, *guessed, *declared;
} names[CAPSA_ENCODING_COUNT] = {
#define NAME(key, name, shown)                                                 \
  [CAPSA_ENCODING_##key] = {name, TOLD_GUESS(shown), TOLD_DECLARED(shown)}
    NAME(UTF_8, "utf-8", "UTF-8"),
    NAME(UTF_16LE, "utf-16le", "UTF-16"),
    NAME(UTF_16BE, "utf-16be", "UTF-16"),
    NAME(IBM866, "ibm866", "IBM 866"),
    NAME(ISO_8859_2, "iso-8859-2", "ISO 8859-2"),
    NAME(ISO_8859_5, "iso-8859-5", "ISO 8859-5"),
    NAME(ISO_8859_7, "iso-8859-7", "ISO 8859-7"),
    NAME(ISO_8859_15, "iso-8859-15", "ISO 8859-15"),
    NAME(KOI8_R, "koi8-r", "KOI8-R"),
    NAME(KOI8_U, "koi8-u", "KOI8-U"),
    NAME(WINDOWS_1250, "windows-1250", "Windows-1250"),
    NAME(WINDOWS_1251, "windows-1251", "Windows-1251"),
    NAME(WINDOWS_1252, "windows-1252", "Windows-1252"),
    NAME(WINDOWS_1253, "windows-1253", "Windows-1253"),
    NAME(WINDOWS_1254, "windows-1254", "Windows-1254"),
    NAME(WINDOWS_1255, "windows-1255", "Windows-1255"),
    NAME(WINDOWS_1256, "windows-1256", "Windows-1256"),
    NAME(WINDOWS_1257, "windows-1257", "Windows-1257"),
#undef NAME
};

/* Other labels in use. The web reads Latin-1 and ASCII as Windows-1252. */
static const struct {
  const char *label;
  capsa_encoding encoding;
} aliases[] = {
    {"utf8", CAPSA_ENCODING_UTF_8},
    {"ascii", CAPSA_ENCODING_WINDOWS_1252},
    {"us-ascii", CAPSA_ENCODING_WINDOWS_1252},
    {"iso-8859-1", CAPSA_ENCODING_WINDOWS_1252},
    {"iso8859-1", CAPSA_ENCODING_WINDOWS_1252},
    {"iso_8859-1", CAPSA_ENCODING_WINDOWS_1252},
    {"latin1", CAPSA_ENCODING_WINDOWS_1252},
    {"latin-1", CAPSA_ENCODING_WINDOWS_1252},
    {"iso8859-2", CAPSA_ENCODING_ISO_8859_2},
    {"latin2", CAPSA_ENCODING_ISO_8859_2},
    {"iso-8859-9", CAPSA_ENCODING_WINDOWS_1254},
    {"cp866", CAPSA_ENCODING_IBM866},
    {"koi8", CAPSA_ENCODING_KOI8_R},
    {"win-1251", CAPSA_ENCODING_WINDOWS_1251},
};

const char *capsa_encoding_name(capsa_encoding encoding) {
  return (unsigned)encoding < CAPSA_ENCODING_COUNT ? names[encoding].name
                                                   : NULL;
}

/* "cp1251" and "x-cp1251" are "windows-1251". */
static bool is_windows_label(capsa_slice label, const char *name) {
  if (!capsa_slice_starts(capsa_slice_of(name), "windows-")) return false;
  if (label.len > 2 && capsa_slice_equal_nocase(capsa_slice_cut(label, 0, 2),
                                                CAPSA_LITERAL("x-")))
    label = capsa_slice_from(label, 2);
  return label.len == 6 &&
         capsa_slice_equal_nocase(capsa_slice_cut(label, 0, 2),
                                  CAPSA_LITERAL("cp")) &&
         capsa_slice_equal(
             capsa_slice_from(label, 2),
             capsa_slice_from(capsa_slice_of(name), sizeof "windows-" - 1));
}

capsa_encoding capsa_encoding_find(capsa_slice label) {
  label = capsa_slice_trim(label);
  for (int i = 0; i < CAPSA_ENCODING_COUNT; i++)
    if (capsa_slice_equal_nocase(label, capsa_slice_of(names[i].name)) ||
        is_windows_label(label, names[i].name))
      return (capsa_encoding)i;
  for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
    if (capsa_slice_equal_nocase(label, capsa_slice_of(aliases[i].label)))
      return aliases[i].encoding;
  return CAPSA_ENCODING_COUNT;
}

/* ---- what a file says */

static size_t find_nocase(capsa_slice text, const char *word, size_t from) {
  capsa_slice needle = capsa_slice_of(word);
  for (; from + needle.len <= text.len; from++)
    if (capsa_slice_equal_nocase(capsa_slice_cut(text, from, from + needle.len),
                                 needle))
      return from;
  return CAPSA_NOT_FOUND;
}

static bool is_label_char(char c) {
  return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
         c == '-' || c == '_' || c == '.' || c == ':';
}

/* The value of `name` = … in one tag, with quotation marks or without. */
static capsa_slice value_in(capsa_slice tag, const char *name) {
  size_t at = find_nocase(tag, name, 0);
  if (at == CAPSA_NOT_FOUND) return (capsa_slice){0};
  capsa_slice rest =
      capsa_slice_trim(capsa_slice_from(tag, at + capsa_slice_of(name).len));
  if (!capsa_slice_starts(rest, "=")) return (capsa_slice){0};
  rest = capsa_slice_trim(capsa_slice_from(rest, 1));
  if (rest.len && (rest.ptr[0] == '"' || rest.ptr[0] == '\''))
    rest = capsa_slice_from(rest, 1);
  size_t len = 0;
  while (len < rest.len && is_label_char(rest.ptr[len])) len++;
  return capsa_slice_cut(rest, 0, len);
}

capsa_slice capsa_encoding_declared(capsa_slice bytes) {
  capsa_slice head = capsa_slice_cut(bytes, 0, CAPSA_ENCODING_HEAD_MAX);
  capsa_slice label = {0};
  if (capsa_slice_starts(capsa_slice_trim(head), "<?xml")) {
    size_t end = capsa_slice_finds(head, "?>", 0);
    label = value_in(capsa_slice_cut(head, 0, end), "encoding");
  }
  for (size_t at = 0;
       !label.len && (at = find_nocase(head, "<meta", at)) != CAPSA_NOT_FOUND;
       at++) {
    size_t end = capsa_slice_finds(head, ">", at);
    label = value_in(capsa_slice_cut(head, at, end), "charset");
  }
  return label;
}

/* ---- what the bytes say */

uint32_t capsa_encoding_char(capsa_encoding encoding, unsigned char byte) {
  return byte < 0x80 ? byte : pages[encoding - PAGES_FIRST][byte - 0x80];
}

static uint16_t page_char(capsa_encoding encoding, unsigned char byte) {
  return byte < 0x80 ? byte : pages[encoding - PAGES_FIRST][byte - 0x80];
}

/* Does every byte mean something in this page, a few aside? */
static bool page_fits(capsa_slice bytes, capsa_encoding encoding) {
  size_t high = 0, undefined = 0;
  for (size_t i = 0; i < bytes.len; i++) {
    unsigned char byte = (unsigned char)bytes.ptr[i];
    high += byte >= 0x80;
    undefined += byte >= 0x80 && !page_char(encoding, byte);
  }
  return undefined * UNDEFINED_ONE_IN <= high;
}

/* The dozen most frequent letters of Russian, and Ukrainian's i. */
static bool is_common(uint32_t lower) {
  switch (lower) {
  case 0x43E: /* о */
  case 0x435: /* е */
  case 0x430: /* а */
  case 0x438: /* и */
  case 0x43D: /* н */
  case 0x442: /* т */
  case 0x441: /* с */
  case 0x440: /* р */
  case 0x432: /* в */
  case 0x43B: /* л */
  case 0x43A: /* к */
  case 0x43C: /* м */
  case 0x456: /* і */ return true;
  default: return false;
  }
}

/* How well `bytes` read as Cyrillic in a page, in percent of the letters that
 * are common; 0 where it is none. */
static long cyrillic_score(capsa_slice bytes, capsa_encoding encoding) {
  long letters = 0, beside = 0, common = 0, breaks = 0;
  uint32_t before = 0;
  bool counted = false; /* the letter before as one beside another */
  for (size_t i = 0; i < bytes.len; i++) {
    uint32_t c = page_char(encoding, (unsigned char)bytes.ptr[i]);
    bool cyrillic = c >= 0x400 && c <= 0x491;
    if (cyrillic && before) {
      beside += 1 + !counted;
      breaks += capsa_is_lower(before) && capsa_is_upper(c);
    }
    letters += cyrillic;
    common += cyrillic && is_common(capsa_to_lower(c));
    counted = cyrillic && before;
    before = cyrillic ? c : 0;
  }
  if (letters < CYRILLIC_LETTERS_LEAST ||
      beside * 100 < letters * CYRILLIC_DENSE)
    return 0;
  long score = (common - 2 * breaks) * 100 / letters;
  return score < CYRILLIC_COMMON ? 0 : score;
}

static bool is_cyrillic_page(capsa_encoding encoding) {
  return encoding == CAPSA_ENCODING_IBM866 ||
         encoding == CAPSA_ENCODING_ISO_8859_5 ||
         encoding == CAPSA_ENCODING_KOI8_R ||
         encoding == CAPSA_ENCODING_KOI8_U ||
         encoding == CAPSA_ENCODING_WINDOWS_1251;
}

/* A declaration is often a template's: Latin where the text is Cyrillic. Of
 * pages of other scripts nothing is known that would speak against them. */
static bool may_be_overruled(capsa_encoding declared) {
  return is_cyrillic_page(declared) ||
         !(declared == CAPSA_ENCODING_ISO_8859_7 ||
           declared == CAPSA_ENCODING_WINDOWS_1253 ||
           declared == CAPSA_ENCODING_WINDOWS_1255 ||
           declared == CAPSA_ENCODING_WINDOWS_1256);
}

/* The page of bytes that are no UTF-8. @param declared  COUNT for none */
static capsa_encoding choose_page(capsa_slice bytes, capsa_encoding declared) {
  static const capsa_encoding candidates[] = {CAPSA_ENCODING_WINDOWS_1251,
                                              CAPSA_ENCODING_KOI8_R,
                                              CAPSA_ENCODING_KOI8_U};
  bool known = declared >= PAGES_FIRST && declared < CAPSA_ENCODING_COUNT &&
               page_fits(bytes, declared);
  if (known && !may_be_overruled(declared)) return declared;
  capsa_encoding best = known ? declared : CAPSA_ENCODING_WINDOWS_1252;
  long most = known ? cyrillic_score(bytes, declared) : 0;
  for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
    long score = cyrillic_score(bytes, candidates[i]);
    if (score <= most) continue;
    most = score;
    best = candidates[i];
  }
  return best == CAPSA_ENCODING_WINDOWS_1252 ? capsa_encoding_latin(bytes)
                                             : best;
}

typedef struct utf8_check {
  size_t sequences, damaged; /* of several bytes, and of bytes that are none */
  bool cut;                  /* the last character is not whole */
} utf8_check;

static utf8_check check_utf8(capsa_slice bytes) {
  utf8_check check = {0};
  for (size_t i = 0; (i += capsa_utf8_ascii_run(bytes, i)) < bytes.len;) {
    capsa_codepoint cp = capsa_utf8_next(bytes, i);
    check.sequences += cp.valid;
    check.damaged += !cp.valid;
    i += cp.len;
  }
  /* Cut inside a character: its first bytes are there and nothing else is. */
  for (size_t n = 1; n <= 3 && n <= bytes.len; n++) {
    unsigned char lead = (unsigned char)bytes.ptr[bytes.len - n];
    if (lead < 0x80) break;
    if (lead < 0xC0) continue;
    size_t want = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    check.cut = want > n && check.damaged == n;
    break;
  }
  return check;
}

/* ---- conversion */

static void put_replacement(capsa_buf *out, capsa_decoded *decoded,
                            uint32_t line) {
  capsa_utf8_put(out, 0xFFFD);
  if (!decoded->replaced++) decoded->line = line;
}

static void convert_page(capsa_slice bytes, capsa_buf *out,
                         capsa_decoded *decoded) {
  uint32_t line = 1;
  for (size_t i = 0, ascii; i < bytes.len; i++) {
    for (ascii = i; i < bytes.len && (unsigned char)bytes.ptr[i] < 0x80; i++)
      line += bytes.ptr[i] == '\n';
    capsa_buf_put(out, capsa_slice_cut(bytes, ascii, i));
    if (i == bytes.len) break;
    uint16_t c = page_char(decoded->encoding, (unsigned char)bytes.ptr[i]);
    if (c) capsa_utf8_put(out, c);
    else put_replacement(out, decoded, line);
  }
}

static uint32_t unit_at(capsa_slice bytes, size_t at, bool little) {
  uint32_t a = (unsigned char)bytes.ptr[at];
  uint32_t b = (unsigned char)bytes.ptr[at + 1];
  return little ? a | b << 8 : a << 8 | b;
}

/* Half a pair is U+FFFD, and so is half a unit at the end. */
static void convert_utf16(capsa_slice bytes, capsa_buf *out,
                          capsa_decoded *decoded) {
  bool little = decoded->encoding == CAPSA_ENCODING_UTF_16LE;
  uint32_t line = 1;
  size_t i = 0;
  for (; i + 1 < bytes.len; i += 2) {
    uint32_t c = unit_at(bytes, i, little);
    line += c == '\n';
    if (c < 0xD800 || c > 0xDFFF) {
      capsa_utf8_put(out, c);
      continue;
    }
    uint32_t low =
        c < 0xDC00 && i + 3 < bytes.len ? unit_at(bytes, i + 2, little) : 0;
    if (low >= 0xDC00 && low <= 0xDFFF) {
      capsa_utf8_put(out, 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00));
      i += 2;
    } else put_replacement(out, decoded, line);
  }
  if (i < bytes.len) put_replacement(out, decoded, line);
}

capsa_status capsa_encoding_convert(capsa_slice bytes, capsa_encoding encoding,
                                    capsa_arena *arena, capsa_decoded *out) {
  capsa_decoded decoded = {.encoding = encoding};
  capsa_buf text = {0};
  if (encoding < PAGES_FIRST) convert_utf16(bytes, &text, &decoded);
  else convert_page(bytes, &text, &decoded);
  capsa_status st = capsa_buf_take(&text, arena, &decoded.text);
  if (!st) *out = decoded;
  return st;
}

static capsa_status read_page(capsa_slice bytes, capsa_arena *arena,
                              capsa_decoded *out) {
  capsa_slice label = capsa_encoding_declared(bytes);
  capsa_encoding declared = capsa_encoding_find(label);
  capsa_encoding page = choose_page(bytes, declared);
  capsa_status st = capsa_encoding_convert(bytes, page, arena, out);
  if (st) return st;
  out->guessed = page != declared;
  out->told = out->guessed ? names[page].guessed : names[page].declared;
  if (label.len && declared == CAPSA_ENCODING_COUNT)
    out->told = "the file names an encoding that is not known here: save it "
                "as UTF-8 and add it again";
  return CAPSA_OK;
}

capsa_status capsa_encoding_read(capsa_slice bytes, capsa_arena *arena,
                                 capsa_decoded *out) {
  bool marked = capsa_slice_starts(bytes, "\xEF\xBB\xBF");
  if (capsa_slice_starts(bytes, "\xFF\xFE"))
    return capsa_encoding_convert(capsa_slice_from(bytes, 2),
                                  CAPSA_ENCODING_UTF_16LE, arena, out);
  if (capsa_slice_starts(bytes, "\xFE\xFF"))
    return capsa_encoding_convert(capsa_slice_from(bytes, 2),
                                  CAPSA_ENCODING_UTF_16BE, arena, out);
  utf8_check check = check_utf8(bytes);
  if (!marked && !check.cut && check.damaged > check.sequences)
    return read_page(bytes, arena, out);
  *out = (capsa_decoded){.text = marked ? capsa_slice_from(bytes, 3) : bytes};
  return CAPSA_OK;
}
