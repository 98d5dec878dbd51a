/* What tests/spec/tei.md cannot show: limits, several documents, and memory
 * that ends. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "capsa/document.h"
#include "document/formats/formats.h"
#include "document/formats/tei/tei.h"
#include "tap.h"

static const char PLAY[] =
    "<?xml version='1.0'?><!DOCTYPE TEI [<!ENTITY q 'Quill'>]>\n"
    "<TEI><teiHeader><fileDesc><titleStmt><title>Ink</title></titleStmt>"
    "</fileDesc><profileDesc><particDesc><person xml:id='a'><persName>A. Blot"
    "</persName></person></particDesc></profileDesc></teiHeader><text><body>"
    "<div><head>One<note n='1'>A <hi rend='italic'>note</hi>.</note></head>"
    "<sp who='#a'><speaker>BLOT:</speaker><p>The <choice><sic>tihn</sic><corr>"
    "thin</corr></choice> <pb n='2'/>ink & pot.</p></sp><u who='#a'>Yes, &q;."
    "</u><list type='ordered'><item>one</item></list><table><row><cell>a</cell>"
    "<cell>b</cell></row></table><lg><l>x</l><l>y</l></lg></div>"
    "<div><head>Two</head><p>Again<note n='1'>Here.</note></p></div>";

static capsa_status parse(capsa_slice bytes, uint32_t part, capsa_arena *arena,
                          capsa_document *out) {
  capsa_source source = {
      .bytes = bytes, .format = CAPSA_FORMAT_TEI, .part = part};
  return capsa_document_parse(&source, arena, out);
}

static size_t count_code(const capsa_document *d, const char *code,
                         capsa_severity severity) {
  size_t count = 0;
  for (size_t i = 0; i < d->diagnostic_count; i++)
    count += !strcmp(d->diagnostics[i].code, code) &&
             d->diagnostics[i].severity == severity;
  return count;
}

/* `count` times `open`, a word, and `close` as often. */
static capsa_status parse_nested(const char *open, const char *close,
                                 size_t count, capsa_arena *arena,
                                 capsa_document *out) {
  capsa_buf text = {0};
  for (size_t i = 0; i < count; i++) capsa_buf_puts(&text, open);
  capsa_buf_puts(&text, "word");
  for (size_t i = 0; i < count; i++) capsa_buf_puts(&text, close);
  capsa_slice bytes = capsa_arena_copy(arena, capsa_buf_view(&text));
  capsa_buf_free(&text);
  return parse(bytes, 0, arena, out);
}

static void test_tei__elements_nest_to_a_limit(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document d;
  CHECK_STATUS(parse_nested("<p>", "</p>", CAPSA_XML_DEPTH_MAX, arena, &d),
               CAPSA_OK);
  CHECK_TEXT(d.text, "word");
  CHECK_STATUS(parse_nested("<p>", "</p>", CAPSA_XML_DEPTH_MAX + 1, arena, &d),
               CAPSA_EMARKUP);
  CHECK_STATUS(parse_nested("<p>", "", 2000000, arena, &d), CAPSA_EMARKUP);
  capsa_arena_free(arena);
}

/* Notes in notes beyond it are text of the innermost one. */
static void test_tei__notes_nest_to_a_limit(void) {
  static const size_t counts[] = {CAPSA_TEI_TEXTS_MAX - 1, CAPSA_TEI_TEXTS_MAX,
                                  200};
  for (size_t i = 0; i < 3; i++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_document d;
    CHECK_STATUS(parse_nested("<note>a ", "</note>", counts[i], arena, &d),
                 CAPSA_OK);
    CHECK_NUMBER(d.block_count, CAPSA_TEI_TEXTS_MAX - 1);
    CHECK(capsa_slice_finds(d.text, "word", 0) != CAPSA_NOT_FOUND);
    capsa_arena_free(arena);
  }
}

static void test_tei__broken_places_are_mended_to_a_limit(void) {
  for (size_t more = 0; more < 2; more++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_document d;
    capsa_buf text = {0};
    capsa_buf_puts(&text, "<p>");
    for (size_t i = 0; i < CAPSA_XML_MENDED_MAX + more; i++)
      capsa_buf_puts(&text, "a & b\n");
    capsa_buf_puts(&text, "end</p>");
    CHECK_STATUS(parse(capsa_buf_view(&text), 0, arena, &d), CAPSA_OK);
    CHECK_NUMBER(count_code(&d, "markup", CAPSA_SEVERITY_LOSS), more);
    bool whole = capsa_slice_finds(d.text, "end", 0) != CAPSA_NOT_FOUND;
    CHECK_NUMBER(whole, !more);
    capsa_buf_free(&text);
    capsa_arena_free(arena);
  }
}

/* An entity of 1 kB, so many times: as many kB more than the file has. */
static capsa_status parse_grown(size_t times, capsa_arena *arena) {
  capsa_buf text = {0};
  capsa_document d;
  capsa_buf_puts(&text, "<!DOCTYPE TEI [<!ENTITY a '");
  for (size_t i = 0; i < 1024; i++) capsa_buf_putc(&text, 'i');
  capsa_buf_puts(&text, "'>]><p>");
  for (size_t i = 0; i < times; i++) capsa_buf_puts(&text, "&a;");
  capsa_buf_puts(&text, "</p>");
  capsa_status st = parse(capsa_buf_view(&text), 0, arena, &d);
  capsa_buf_free(&text);
  return st;
}

static void test_tei__entities_grow_to_a_limit(void) {
  size_t free_kb = CAPSA_XML_AMPLIFICATION_FREE / 1024;
  capsa_arena *arena = capsa_arena_new();
  CHECK_STATUS(parse_grown(free_kb - 10, arena), CAPSA_OK);
  CHECK_STATUS(parse_grown(free_kb + 10, arena), CAPSA_EMARKUP);
  capsa_arena_free(arena);
}

/* More declarations than the parser may remember. */
static void test_tei__the_parser_has_a_limit_of_memory(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document d;
  capsa_buf text = {0};
  capsa_buf_puts(&text, "<!DOCTYPE TEI [");
  for (int i = 0; i < 400000; i++) capsa_buf_putf(&text, "<!ENTITY e%d ''>", i);
  capsa_buf_puts(&text, "]><p>end</p>");
  CHECK_STATUS(parse(capsa_buf_view(&text), 0, arena, &d), CAPSA_EMARKUP);
  capsa_buf_free(&text);
  capsa_arena_free(arena);
}

static void test_tei__a_corpus_is_several_documents(void) {
  static const char corpus[] =
      "<teiCorpus><teiHeader><fileDesc><titleStmt><title>All</title>"
      "</titleStmt></fileDesc></teiHeader>"
      "<TEI><text><body><p>One & one</p></body></text></TEI>"
      "<!-- <TEI/> --><TEI><text><body><p>Two</p></body></text></TEI>"
      "</teiCorpus>";
  static const char *const texts[] = {"One & one", "Two"};
  capsa_arena *arena = capsa_arena_new();
  capsa_document d;
  CHECK_NUMBER(capsa_tei_count(CAPSA_LITERAL(corpus), arena), 2);
  for (uint32_t i = 0; i < 2; i++) {
    CHECK_STATUS(parse(CAPSA_LITERAL(corpus), i, arena, &d), CAPSA_OK);
    CHECK_TEXT(d.text, texts[i]);
    CHECK_TEXT(d.metadata.collection, "All");
    CHECK_NUMBER(count_code(&d, "markup", CAPSA_SEVERITY_WARNING), !i);
  }
  CHECK_STATUS(parse(CAPSA_LITERAL(corpus), 2, arena, &d), CAPSA_EINVAL);
  CHECK_NUMBER(capsa_tei_count(CAPSA_LITERAL("<TEI><p>x</p></TEI>"), arena), 1);
  CHECK_NUMBER(capsa_tei_count(CAPSA_LITERAL("no TEI"), arena), 1);
  capsa_arena_free(arena);
}

static void test_tei__is_known_by_its_first_element(void) {
  static const struct {
    const char *text;
    bool tei;
  } cases[] = {
      {"<TEI>", true},
      {" <!-- a > b --><?pi x?>\n<TEI.2 id='x'>", true},
      {"<!DOCTYPE TEI [<!ENTITY a \"<p>\">]><teiCorpus>", true},
      {"<t:text xmlns:t='http://www.tei-c.org/ns/1.0'>", true},
      {"<?xml version='1.0'?><ead>", true},
      {"<?xml version='1.0'?><html>", false},
      {"<div>TEI</div>", false},
      {"TEI", false},
      {"<!-- TEI", false},
      {"<", false},
      {"<TEI", false},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    if (!CHECK(capsa_tei_is_tei(capsa_slice_of(cases[i].text)) == cases[i].tei))
      printf("# %s\n", cases[i].text);
}

/* A record in each format, written, read back and written again. */
static void test_tei__what_is_written_is_read_back(void) {
  static const struct {
    capsa_format format;
    const char *text;
  } cases[] = {
      {CAPSA_FORMAT_TEI, PLAY},
      /* Corrected by an editor, and what he left repaired again. */
      {CAPSA_FORMAT_TEI,
       "<TEI><text><body><p>And <choice><sic>teh sovi et</sic><corr>tha t is "
       "the sovi et</corr></choice> union, tha t is it.</p><p><choice><sic>xx"
       "</sic><corr>tha t</corr></choice> is <choice><orig>ovr</orig><reg>"
       "<choice><sic>a</sic><corr>over</corr></choice></reg></choice> so."
       "</p><p><choice><sic>b</sic><corr/></choice><choice><sic>c</sic><corr>"
       "<choice><sic>d</sic><corr/></choice>e</corr></choice></p></body></text>"
       "</TEI>"},
      {CAPSA_FORMAT_ARCHIVE,
       "Talk\n\nA. BLOT: The ink is [very] thin, and tha t is it.\n\n"
       "C. QUILL: Is it?\n\n[They look.]\n\nA. BLOT; I see that it is.\n\n"
       "C. QUILL: It is very cold in\n\nhere.\n"},
      {CAPSA_FORMAT_MARKDOWN,
       "# Talk\n\n*one **two* three** `four`[^1]\n\n- a\n  - b\n\n> c\n\n"
       "| d | *e* |\n|---|---|\n| f | g |\n\n---\n\n[^1]: Said so.\n"},
      {CAPSA_FORMAT_HTML,
       "<h1>Talk</h1><p>One <i>two <b>three</i> four</b>.</p><hr><table><tr>"
       "<td>a</td><td>b</td></tr></table><p lang=ru>\xD0\x94\xD0\xB0</p>"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_document d, again;
    capsa_slice tei, twice;
    capsa_source source = {.bytes = capsa_slice_of(cases[i].text),
                           .format = cases[i].format};
    CHECK_STATUS(capsa_document_parse(&source, arena, &d), CAPSA_OK);
    CHECK_STATUS(capsa_document_to_tei(&d, arena, &tei), CAPSA_OK);
    CHECK_STATUS(parse(tei, 0, arena, &again), CAPSA_OK);
    CHECK_NUMBER(again.block_count, d.block_count);
    CHECK_NUMBER(again.turns, d.turns);
    CHECK(capsa_slice_equal(again.text, d.text));
    for (size_t k = 0; k < d.block_count && k < again.block_count; k++) {
      const capsa_block *a = &d.blocks[k], *b = &again.blocks[k];
      CHECK(a->kind == b->kind && a->turn == b->turn && a->level == b->level);
      CHECK(a->speaker == b->speaker && capsa_slice_equal(a->label, b->label));
      CHECK_NUMBER(b->span_count, a->span_count);
      CHECK_NUMBER(b->emendation_count, a->emendation_count);
    }
    CHECK_STATUS(capsa_document_to_tei(&again, arena, &twice), CAPSA_OK);
    CHECK(capsa_slice_equal(tei, twice));
    capsa_arena_free(arena);
  }
}

static void test_tei__survives_any_failed_allocation(void) {
  capsa_status st = CAPSA_ENOMEM;
  int n = 0;
  for (; st == CAPSA_ENOMEM && n < 3000; n++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_document d;
    capsa_mem_fail_after(n);
    capsa_slice out;
    st = parse(CAPSA_LITERAL(PLAY), 0, arena, &d);
    if (!st) st = capsa_document_to_tei(&d, arena, &out);
    capsa_mem_fail_after(-1);
    capsa_arena_free(arena);
    CHECK_NUMBER(capsa_mem_live(), 0);
  }
  CHECK_STATUS(st, CAPSA_OK);
  CHECK(n > 20);
}

void test_tei(void) {
  RUN(test_tei__elements_nest_to_a_limit);
  RUN(test_tei__notes_nest_to_a_limit);
  RUN(test_tei__broken_places_are_mended_to_a_limit);
  RUN(test_tei__entities_grow_to_a_limit);
  RUN(test_tei__the_parser_has_a_limit_of_memory);
  RUN(test_tei__a_corpus_is_several_documents);
  RUN(test_tei__is_known_by_its_first_element);
  RUN(test_tei__what_is_written_is_read_back);
  RUN(test_tei__survives_any_failed_allocation);
}
