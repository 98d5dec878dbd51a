#include "capsa/citation.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/slice.h"
#include "sample.h"
#include "tap.h"

#define VERBATIM                                                               \
  "\"First Conversation,\" July 31, 1958, History and Public Policy Program "  \
  "Digital Archive, APRF, f. 52, op. 1, d. 498, ll. 44-77; translation from "  \
  "Russian by David Wolff."

static capsa_document record(capsa_arena *arena) {
  capsa_document document = sample_document(
      arena, "First Conversation <of> \"N.S.\" & Mao", "MAO> one\nfoo\nK> two");
  capsa_metadata *m = &document.metadata;
  m->date = CAPSA_LITERAL("1958-07-31");
  m->citation = CAPSA_LITERAL(VERBATIM);
  m->summary = CAPSA_LITERAL("They talk\n  about a fleet.");
  m->locator = (capsa_locator){.fond = CAPSA_LITERAL("52"),
                               .opis = CAPSA_LITERAL("1"),
                               .delo = CAPSA_LITERAL("498"),
                               .leaves = CAPSA_LITERAL("44-77")};
  m->repository = CAPSA_LITERAL("Arkhiv Prezidenta (APRF)");
  m->copy = CAPSA_LITERAL("Reel 17, Volkogonov Collection, Washington, DC");
  m->collection = CAPSA_LITERAL("Digital Archive");
  m->translator = CAPSA_LITERAL("David Wolff");
  m->publication = CAPSA_LITERAL("CWIHP Working Paper No. 30.");
  m->source_url = CAPSA_LITERAL("https://example.org/?a=1&b=2");
  m->language = CAPSA_LITERAL("en");
  m->place = CAPSA_LITERAL("Beijing");
  return document;
}

static void check(const capsa_document *document, uint32_t turn,
                  capsa_style style, capsa_form form, const char *expected) {
  capsa_arena *arena = capsa_arena_new();
  capsa_slice text = {0};
  CHECK_STATUS(capsa_cite(document, turn, style, form, arena, &text), CAPSA_OK);
  CHECK_TEXT(text, expected);
  capsa_arena_free(arena);
}

static void test_citation__repeats_the_archive_word_for_word(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document document = record(arena);
  check(&document, 0, CAPSA_STYLE_ARCHIVE, CAPSA_FORM_TEXT, VERBATIM);
  check(&document, 2, CAPSA_STYLE_ARCHIVE, CAPSA_FORM_TEXT,
        VERBATIM " Turn 2 (K).");
  document.metadata.citation = CAPSA_LITERAL("\"T,\" APRF");
  check(&document, 1, CAPSA_STYLE_ARCHIVE, CAPSA_FORM_TEXT,
        "\"T,\" APRF, turn 1 (MAO)");
  check(&document, 0, CAPSA_STYLE_ARCHIVE, CAPSA_FORM_HTML,
        "&quot;T,&quot; APRF");
  capsa_arena_free(arena);
}

static void test_citation__writes_a_chicago_note(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document document = record(arena);
  check(&document, 2, CAPSA_STYLE_CHICAGO_NOTE, CAPSA_FORM_TEXT,
        "“First Conversation <of> ‘N.S.’ & Mao,” July 31, 1958, f. 52, op. 1, "
        "d. 498, ll. 44–77, Arkhiv Prezidenta (APRF), copy in Reel 17, "
        "Volkogonov Collection, Washington, DC, Digital Archive, trans. David "
        "Wolff, published in CWIHP Working Paper No. 30, turn 2 (K), "
        "https://example.org/?a=1&b=2.");
  document.metadata.copy = (capsa_slice){0};
  document.metadata.publication = (capsa_slice){0};
  check(&document, 0, CAPSA_STYLE_CHICAGO_NOTE, CAPSA_FORM_HTML,
        "“First Conversation &lt;of&gt; ‘N.S.’ &amp; Mao,” July 31, 1958, f. "
        "52, op. 1, d. 498, ll. 44–77, Arkhiv Prezidenta (APRF), Digital "
        "Archive, trans. David Wolff, <a "
        "href=\"https://example.org/?a=1&amp;b=2\">"
        "https://example.org/?a=1&amp;b=2</a>.");
  document.metadata.source_url = CAPSA_LITERAL("javascript:alert(\"1\")");
  document.metadata.locator = (capsa_locator){.leaves = CAPSA_LITERAL("20")};
  document.metadata.translator = (capsa_slice){0};
  document.metadata.translated_from = CAPSA_LITERAL("Russian");
  check(&document, 0, CAPSA_STYLE_CHICAGO_NOTE, CAPSA_FORM_HTML,
        "“First Conversation &lt;of&gt; ‘N.S.’ &amp; Mao,” July 31, 1958, l. "
        "20, Arkhiv Prezidenta (APRF), Digital Archive, translated from "
        "Russian, javascript:alert(&quot;1&quot;).");
  capsa_arena_free(arena);
}

/* Metadata as title, date, date as printed, fond, repository. */
static const struct {
  const char *title, *date, *date_text, *fond, *repository, *note;
} partial[] = {
    {"", "", "", "", "", ""},
    {"Telegram", "", "", "", "", "“Telegram.”"},
    {"Who won?", "1958", "", "", "", "“Who won?,” 1958."},
    {"Memo.", "1958-07", "", "", "RGANI", "“Memo,” July 1958, RGANI."},
    {"Memo", "", "summer 1958", "", "", "“Memo,” summer 1958."},
    {"Memo", "", "", "52", "", "“Memo,” f. 52."},
    {"Memo", "", "", "", "Archives, Ltd.", "“Memo,” Archives, Ltd."},
    {"", "1958-07-31", "", "52", "RGANI", "July 31, 1958, f. 52, RGANI."},
    {"", "", "", "", "RGANI", "RGANI."},
    {"“Inner” \"straight\" (\"x\")", "", "", "", "",
     "“‘Inner’ ‘straight’ (‘x’).”"},
    {"D", "1958-07-31/1958-08-03", "", "", "", "“D,” July 31–August 3, 1958."},
    {"D", "1958-07-03/1958-07-05", "", "", "", "“D,” July 3–5, 1958."},
    {"D", "1958-12-31/1959-01-02", "", "", "",
     "“D,” December 31, 1958–January 2, 1959."},
    {"D", "1958-07/1958-08", "", "", "", "“D,” July–August 1958."},
    {"D", "1956/1958", "", "", "", "“D,” 1956–1958."},
    {"D", "1958/1958-07-31", "", "", "", "“D,” 1958–July 31, 1958."},
    {"D", "1958-13-01", "Smarch", "", "", "“D,” Smarch."},
    {"D", "circa", "", "", "", "“D,” circa."},
};

static void test_citation__leaves_out_what_is_not_known(void) {
  for (size_t i = 0; i < sizeof partial / sizeof *partial; i++) {
    capsa_document document = {0};
    document.metadata.title = capsa_slice_of(partial[i].title);
    document.metadata.date = capsa_slice_of(partial[i].date);
    document.metadata.date_text = capsa_slice_of(partial[i].date_text);
    document.metadata.locator.fond = capsa_slice_of(partial[i].fond);
    document.metadata.repository = capsa_slice_of(partial[i].repository);
    check(&document, 0, CAPSA_STYLE_CHICAGO_NOTE, CAPSA_FORM_TEXT,
          partial[i].note);
  }
}

static void test_citation__writes_ris_for_a_manuscript(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document document = record(arena);
  check(&document, 1, CAPSA_STYLE_ARCHIVE, CAPSA_FORM_RIS,
        "TY  - MANSCPT\r\n"
        "TI  - First Conversation <of> \"N.S.\" & Mao\r\n"
        "A4  - David Wolff\r\n"
        "DA  - 1958/07/31/\r\n"
        "PY  - 1958\r\n"
        "CY  - Beijing\r\n"
        "AB  - They talk   about a fleet.\r\n"
        "DB  - Arkhiv Prezidenta (APRF)\r\n"
        "AN  - f. 52, op. 1, d. 498, ll. 44-77\r\n"
        "DP  - Digital Archive\r\n"
        "LA  - en\r\n"
        "N1  - " VERBATIM "\r\n"
        "N1  - Turn 1 (MAO)\r\n"
        "UR  - https://example.org/?a=1&b=2\r\n"
        "ER  - ");
  document = (capsa_document){0};
  document.metadata.date = CAPSA_LITERAL("1956-02/1958");
  document.metadata.locator.fond = CAPSA_LITERAL("5\r\nER  - \r\n2");
  document.metadata.publication = CAPSA_LITERAL("a paper");
  document.metadata.site = CAPSA_LITERAL("a site");
  check(&document, 0, CAPSA_STYLE_CHICAGO_NOTE, CAPSA_FORM_RIS,
        "TY  - MANSCPT\r\n"
        "DA  - 1956/02//\r\n"
        "PY  - 1956\r\n"
        "AN  - f. 5  ER  -   2\r\n"
        "DP  - a site\r\n"
        "N1  - Published in a paper\r\n"
        "ER  - ");
  capsa_arena_free(arena);
}

static void test_citation__tells_what_is_not_there(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document document = record(arena);
  capsa_slice text;
#define GIVES(turn, style, form, status)                                       \
  CHECK_STATUS(capsa_cite(&document, turn, style, form, arena, &text), status)
  GIVES(3, CAPSA_STYLE_ARCHIVE, CAPSA_FORM_TEXT, CAPSA_ENOTFOUND);
  GIVES(UINT32_MAX, CAPSA_STYLE_ARCHIVE, CAPSA_FORM_RIS, CAPSA_ENOTFOUND);
  GIVES(0, CAPSA_STYLE_COUNT, CAPSA_FORM_TEXT, CAPSA_EINVAL);
  GIVES(0, CAPSA_STYLE_ARCHIVE, CAPSA_FORM_COUNT, CAPSA_EINVAL);
  document.metadata.citation = (capsa_slice){0};
  GIVES(0, CAPSA_STYLE_ARCHIVE, CAPSA_FORM_TEXT, CAPSA_ENOTFOUND);
  GIVES(0, CAPSA_STYLE_ARCHIVE, CAPSA_FORM_RIS, CAPSA_OK);
#undef GIVES
  capsa_arena_free(arena);
}

static void test_citation__knows_its_styles_and_forms_by_name(void) {
  for (int i = 0; i < CAPSA_STYLE_COUNT; i++)
    CHECK_NUMBER(
        capsa_style_find(capsa_slice_of(capsa_style_name((capsa_style)i))), i);
  for (int i = 0; i < CAPSA_FORM_COUNT; i++)
    CHECK_NUMBER(
        capsa_form_find(capsa_slice_of(capsa_form_name((capsa_form)i))), i);
  CHECK(!capsa_style_name(CAPSA_STYLE_COUNT));
  CHECK(!capsa_form_name(CAPSA_FORM_COUNT));
  CHECK_NUMBER(capsa_style_find(CAPSA_LITERAL("mla")), CAPSA_STYLE_COUNT);
  CHECK_NUMBER(capsa_form_find((capsa_slice){0}), CAPSA_FORM_COUNT);
}

static void test_citation__survives_any_failed_allocation(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document document = record(arena);
  for (int form = 0; form < CAPSA_FORM_COUNT; form++) {
    capsa_status st = CAPSA_ENOMEM;
    int n = 0;
    for (; st == CAPSA_ENOMEM && n < 100; n++) {
      size_t live = capsa_mem_live();
      capsa_slice text;
      capsa_mem_fail_after(n);
      capsa_arena *request = capsa_arena_new();
      st = request ? capsa_cite(&document, 1, CAPSA_STYLE_CHICAGO_NOTE,
                                (capsa_form)form, request, &text)
                   : CAPSA_ENOMEM;
      capsa_arena_free(request);
      capsa_mem_fail_after(-1);
      CHECK_NUMBER(capsa_mem_live(), live);
    }
    CHECK_STATUS(st, CAPSA_OK);
    CHECK(n > 2);
  }
  capsa_arena_free(arena);
}

void test_citation(void) {
  RUN(test_citation__repeats_the_archive_word_for_word);
  RUN(test_citation__writes_a_chicago_note);
  RUN(test_citation__leaves_out_what_is_not_known);
  RUN(test_citation__writes_ris_for_a_manuscript);
  RUN(test_citation__tells_what_is_not_there);
  RUN(test_citation__knows_its_styles_and_forms_by_name);
  RUN(test_citation__survives_any_failed_allocation);
}
