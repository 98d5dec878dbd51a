#include "text/encoding.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "tap.h"

/* Printable ASCII with tab and line ends, then 0x80 to 0xFF; what stands for
 * nothing is U+FFFD. Digests made by Python's codecs, not by our tables. */
static void test_encoding__every_byte_of_every_page_is_right(void) {
  static const char *const pages[][2] = {
      {"ibm866",
       "05556e6fd4f9b02b45fe47e43b3cb6369db2b55132b6d9f00437af8d49d2c433"},
      {"iso-8859-2",
       "e02837a42e08bf418a0b039c82def0207f2cdb5c4037fbc8da64c2eee696254e"},
      {"iso-8859-5",
       "c378997cc590d00540de8b41f7028518e12fdb15a3b60af188bc23b485ea54d8"},
      {"iso-8859-7",
       "4ae6821e575235b1b3abbaf528a73368e26942679ab6fd090b8791fb34af8bd8"},
      {"iso-8859-15",
       "608fefa2373dab34d222e68abbac0ed64f849ccb2c7dce0b837eb714221068eb"},
      {"koi8-r",
       "4b2bf7e97449cc44431b79625ee3370b9607df7f1cbc0bdec947bc601536e3fd"},
      {"koi8-u",
       "8fbdd019838b039504e546a66e0ede32e07210f25cdc975757dc5212e1868a63"},
      {"windows-1250",
       "2f9bf559a98cd77cd31415f9ed8cbb4a20d90568a28e63e95eb13587d67b1e18"},
      {"windows-1251",
       "adae385a21651fdf1a4c35a2cf022fa5d9ac502a780ec8e9c22e63b40f287436"},
      {"windows-1252",
       "1d2443763b7f644b7e77ee79775cf2771d133977e05437b726326a8b980a7204"},
      {"windows-1253",
       "ce1d83a86f0e2534818c391352ac63307f6dd736e2f851d047deef11dfcd94ba"},
      {"windows-1254",
       "e1fccfab5e3c3d3028bb8af10d5750e8b997964d238354947e6a85f95ff013cc"},
      {"windows-1255",
       "3a2b5e0499eb3b670a837ee3710e8167f995af52e838401981539a8ce2cf36c0"},
      {"windows-1256",
       "72c443aa00ff40bba4f0183991dd049ec7f5f0f2f26e6ce18a9b75c469af442a"},
      {"windows-1257",
       "fdb70d0c34a0d915ced1058905dfc69edf7cc9d44c08b4f0757ab464be0ce31e"},
  };
  char bytes[256], digits[CAPSA_SHA256_HEX];
  size_t len = 0, count = sizeof pages / sizeof *pages;
  for (int b = 0; b < 256; b++)
    if (b >= 32 || b == '\t' || b == '\n' || b == '\r') bytes[len++] = (char)b;
  CHECK_NUMBER(count, CAPSA_ENCODING_COUNT - CAPSA_ENCODING_IBM866);
  for (size_t i = 0; i < count; i++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_decoded out;
    CHECK_STATUS(
        capsa_encoding_convert((capsa_slice){bytes, len},
                               capsa_encoding_find(capsa_slice_of(pages[i][0])),
                               arena, &out),
        CAPSA_OK);
    capsa_sha256_hex(out.text, digits);
    CHECK_TEXT(((capsa_slice){digits, sizeof digits}), pages[i][1]);
    capsa_arena_free(arena);
  }
}

/* The bytes of `text` in a page, found by converting each byte. */
static capsa_slice encode(const char *text, const char *page,
                          capsa_arena *arena) {
  capsa_encoding encoding = capsa_encoding_find(capsa_slice_of(page));
  capsa_slice rest = capsa_slice_of(text), out = {0};
  capsa_buf bytes = {0};
  while (rest.len) {
    size_t len = capsa_utf8_next(rest, 0).len;
    for (int b = 0; b < 256; b++) {
      char byte = (char)b;
      capsa_decoded one;
      capsa_encoding_convert((capsa_slice){&byte, 1}, encoding, arena, &one);
      if (!capsa_slice_equal(one.text, capsa_slice_cut(rest, 0, len))) continue;
      capsa_buf_putc(&bytes, byte);
      break;
    }
    rest = capsa_slice_from(rest, len);
  }
  capsa_buf_take(&bytes, arena, &out);
  return out;
}

static void test_encoding__finds_the_page_that_a_text_is_written_in(void) {
  static const char *const cases[][2] = {
      {"windows-1251",
       "Товарищ министр просит передать, что чернил больше нет."},
      {"koi8-r", "Товарищ министр просит передать, что чернил больше нет."},
      {"windows-1251", "ПРОТОКОЛ ЗАСЕДАНИЯ КОМИССИИ ПО ПЕРЬЯМ"},
      {"koi8-r", "ПРОТОКОЛ ЗАСЕДАНИЯ КОМИССИИ ПО ПЕРЬЯМ"},
      {"windows-1251", "He said Привет and left."},
      {"koi8-r", "He said Привет and left."},
      {"koi8-u", "Цей лист написано їхнім міністром, і він його підписав."},
      {"windows-1251", "Він його підписав і вийшов, бо чорнила більше немає."},
      {"windows-1252", "Le ministre a déjà signé : « c’est réglé » – dit-il."},
      {"windows-1252", "Über die Größe der Tintenfässer wurde nicht geredet."},
      {"windows-1252", "The minister said: “no ink – not today.”"},
      {"windows-1250", "Posiedzenie odbyło się w Łodzi, gdzie wszyscy już są."},
      {"windows-1250", "Předseda řekl, že věc není dosud uzavřena."},
      {"windows-1250", "A bizottság ülését közösen zárták, és a jövő évről "
                       "szóló döntés jól szűkíti a költségvetést."},
      {"windows-1250", "Preşedintele a spus că şedinţa s-a încheiat."},
      {"iso-8859-2", "Posiedzenie odbyło się w Łodzi; wszyscy są źli, lecz "
                     "śpiewają, bo w kościele też się śpiewa."},
      {"windows-1252", "El señor Ibáñez preguntó: ¿dónde está el año?"},
      {"windows-1252", "Às três da manhã a comissão não tinha razões."},
      {"windows-1252", "Perché la città è così più lontana: però no."},
      {"windows-1252", "Der Jäger überließ den Löwen dem Zoo in Zürich."},
      {"windows-1252", "På møtet ble det sagt at øl er for dyrt, også nå."},
      {"windows-1252", "Mr. Dubèek¹ said 20° was too warm² for beer³."},
      {"windows-1252", "ÇA ÉTÉ RÉGLÉ À PÂQUES"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_decoded out;
    capsa_slice bytes = encode(cases[i][1], cases[i][0], arena);
    CHECK_STATUS(capsa_encoding_read(bytes, arena, &out), CAPSA_OK);
    CHECK_TEXT(capsa_slice_of(capsa_encoding_name(out.encoding)), cases[i][0]);
    CHECK_TEXT(out.text, cases[i][1]);
    CHECK(out.guessed && out.told && !out.replaced);
    capsa_arena_free(arena);
  }
}

static void test_encoding__a_declaration_counts_where_the_bytes_agree(void) {
  static const struct {
    const char *page, *text, *read_as;
    bool guessed;
  } cases[] = {
      {"windows-1250",
       "<?xml version='1.0' encoding='windows-1250'?><p>Źródło: łódź</p>",
       "windows-1250", false},
      {"iso-8859-2",
       "<html><META http-equiv=Content-Type content=\"text/html; "
       "charset=ISO-8859-2\"><p>Dohoda o chřestu",
       "iso-8859-2", false},
      {"ibm866", "<meta charset=\"cp866\"><p>Чернил больше нет.", "ibm866",
       false},
      {"windows-1253", "<meta charset='windows-1253'>Το μελάνι τελείωσε.",
       "windows-1253", false},
      {"koi8-r", "<meta charset=koi8-r>Чернил больше нет.", "koi8-r", false},
      /* Wrong ones. */
      {"windows-1251", "<meta charset=iso-8859-1>Чернил больше нет.",
       "windows-1251", true},
      {"koi8-r", "<meta charset=windows-1251>Чернил больше нет.", "koi8-r",
       true},
      {"windows-1252", "<meta charset=utf-8>C’est déjà réglé.", "windows-1252",
       true},
      {"windows-1252", "<meta charset=nonsense>C’est déjà réglé.",
       "windows-1252", true},
      /* No declaration: talk of one. */
      {"windows-1252", "The charset=koi8-r is a name. C’est déjà réglé.",
       "windows-1252", true},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_decoded out;
    capsa_slice bytes = encode(cases[i].text, cases[i].page, arena);
    CHECK_STATUS(capsa_encoding_read(bytes, arena, &out), CAPSA_OK);
    CHECK_TEXT(capsa_slice_of(capsa_encoding_name(out.encoding)),
               cases[i].read_as);
    CHECK_TEXT(out.text, cases[i].text);
    CHECK(out.guessed == cases[i].guessed && out.told);
    capsa_arena_free(arena);
  }
}

static void test_encoding__valid_utf8_is_never_anything_else(void) {
  static const char *const texts[] = {
      "plain words", "\xD0\xA7\xD0\xB5\xD1\x80\xD0\xBD\xD0\xB8\xD0\xBB",
      "<meta charset=windows-1251>d\xC3\xA9j\xC3\xA0",
      /* Damaged, but mostly whole; and cut inside its last character. */
      "d\xC3\xA9j\xC3\xA0 \xFF", "the end \xE2\x80"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_decoded out;
    CHECK_STATUS(capsa_encoding_read(capsa_slice_of(texts[i]), arena, &out),
                 CAPSA_OK);
    CHECK(out.encoding == CAPSA_ENCODING_UTF_8 && !out.told);
    CHECK_TEXT(out.text, texts[i]);
    capsa_arena_free(arena);
  }
}

static void check_utf16(capsa_slice bytes, const char *want, size_t replaced,
                        uint32_t line) {
  capsa_arena *arena = capsa_arena_new();
  capsa_decoded out;
  CHECK_STATUS(capsa_encoding_read(bytes, arena, &out), CAPSA_OK);
  CHECK_TEXT(out.text, want);
  CHECK_NUMBER(out.replaced, replaced);
  CHECK_NUMBER(out.line, line);
  CHECK(!out.told);
  capsa_arena_free(arena);
}

#define BYTES(text)                                                            \
  (capsa_slice) { (text), sizeof(text) - 1 }

static void test_encoding__utf16_pairs_its_surrogates(void) {
  check_utf16(BYTES("\xFF\xFEh\0\x16\x04\x3C\xD8\xDC\xDF!\0"),
              "h\xD0\x96\xF0\x9F\x8F\x9C!", 0, 0);
  check_utf16(BYTES("\xFE\xFF\0h\x04\x16\xD8\x3C\xDF\xDC\0!"),
              "h\xD0\x96\xF0\x9F\x8F\x9C!", 0, 0);
  check_utf16(BYTES("\xFF\xFE"), "", 0, 0);
  /* A high half before a letter, a low half alone, both on line 2. */
  check_utf16(BYTES("\xFE\xFF\0\n\xD8\x3C\0a\xDF\xDC\0b"),
              "\n\xEF\xBF\xBD"
              "a\xEF\xBF\xBD"
              "b",
              2, 2);
  /* Cut after a high half, and within a unit. */
  check_utf16(BYTES("\xFE\xFF\0a\xD8\x3C"), "a\xEF\xBF\xBD", 1, 1);
  check_utf16(BYTES("\xFE\xFF\0a\0"), "a\xEF\xBF\xBD", 1, 1);
}

static void test_encoding__labels_of_the_web_are_known(void) {
  static const char *const cases[][2] = {
      {"UTF-8", "utf-8"},         {" utf8 ", "utf-8"},
      {"CP1251", "windows-1251"}, {"x-cp1250", "windows-1250"},
      {"Latin1", "windows-1252"}, {"ISO-8859-1", "windows-1252"},
      {"KOI8-R", "koi8-r"},       {"cp1259", NULL},
      {"gb2312", NULL},           {"", NULL},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *name =
        capsa_encoding_name(capsa_encoding_find(capsa_slice_of(cases[i][0])));
    CHECK(!name == !cases[i][1]);
    if (name && cases[i][1]) CHECK_TEXT(capsa_slice_of(name), cases[i][1]);
  }
}

static void test_encoding__a_declaration_stands_at_the_start(void) {
  char bytes[CAPSA_ENCODING_HEAD_MAX + 64];
  for (int beyond = 0; beyond < 2; beyond++) {
    static const char tag[] = "<meta charset=koi8-r>";
    size_t at = CAPSA_ENCODING_HEAD_MAX - (sizeof tag - 1) +
                (beyond ? sizeof tag - 2 - sizeof "<meta" : 0);
    memset(bytes, ' ', sizeof bytes);
    memcpy(bytes + at, tag, sizeof tag - 1);
    CHECK_NUMBER(
        capsa_encoding_declared((capsa_slice){bytes, sizeof bytes}).len,
        beyond ? 0 : 6);
  }
}

static void test_encoding__survives_any_failed_allocation(void) {
  capsa_status st = CAPSA_ENOMEM;
  int n = 0;
  for (; st == CAPSA_ENOMEM && n < 100; n++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_decoded out;
    capsa_mem_fail_after(n);
    st = capsa_encoding_read(BYTES("d\xE9j\xE0 vu"), arena, &out);
    capsa_mem_fail_after(-1);
    capsa_arena_free(arena);
    CHECK_NUMBER(capsa_mem_live(), 0);
  }
  CHECK_STATUS(st, CAPSA_OK);
  CHECK(n > 1);
}

void test_encoding(void) {
  RUN(test_encoding__every_byte_of_every_page_is_right);
  RUN(test_encoding__finds_the_page_that_a_text_is_written_in);
  RUN(test_encoding__a_declaration_counts_where_the_bytes_agree);
  RUN(test_encoding__valid_utf8_is_never_anything_else);
  RUN(test_encoding__utf16_pairs_its_surrogates);
  RUN(test_encoding__labels_of_the_web_are_known);
  RUN(test_encoding__a_declaration_stands_at_the_start);
  RUN(test_encoding__survives_any_failed_allocation);
}
