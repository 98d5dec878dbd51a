/* The seed's own checks are in tests/spec and, where the real record is at
 * hand, in test_document__reads_the_real_record below. */
#include "capsa/document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "document/formats/markdown/markdown_prepare.h"
#include "document/passes/passes.h"
#include "document/passes/people/people.h"
#include "tap.h"

static const char TALK[] =
    "BLOT A.: The ink is [very] thin, and tha t is what I said: that it is.\n\n"
    "CLARA QUILL: Is it? BLOT A.: It is \xE2\x80\xA6\n\n[They look.]\n\n"
    "CLARA QUILL: I see very well what you\n\nmean by it.\n";

static capsa_status parse(capsa_slice bytes, capsa_format format,
                          capsa_arena *arena, capsa_document *out) {
  capsa_source source = {.bytes = bytes, .format = format};
  return capsa_document_parse(&source, arena, out);
}

static void test_document__refuses_what_is_no_record(void) {
  static const struct {
    capsa_slice bytes;
    capsa_status want;
  } cases[] = {
      {{"", 0}, CAPSA_EEMPTY},
      {{" \n\t\xC2\xA0\n", 6}, CAPSA_EEMPTY},
      {{"\x7F"
        "ELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00>",
        18},
       CAPSA_EBINARY},
      {{"h\0i\0!\0", 6}, CAPSA_EBINARY},
      {{"\xFF\xFE", 2}, CAPSA_EEMPTY},
      {{"a", CAPSA_SOURCE_BYTES_MAX + 1}, CAPSA_ETOOBIG},
      {{"Search in\n\n1-20 of 345 results\n\nSort by date\n", 43},
       CAPSA_ENORECORD},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_document document = {0};
    CHECK_STATUS(parse(cases[i].bytes, CAPSA_FORMAT_AUTO, arena, &document),
                 cases[i].want);
    CHECK(document.blocks == NULL);
    capsa_arena_free(arena);
  }
}

static void test_document__canonical_text_is_the_blocks_in_order(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document d;
  CHECK_STATUS(parse(CAPSA_LITERAL(TALK), CAPSA_FORMAT_AUTO, arena, &d),
               CAPSA_OK);
  CHECK_NUMBER(d.turns, 4);
  CHECK_NUMBER(d.block_count, 5);
  size_t at = 0;
  for (size_t i = 0; i < d.block_count; i++) {
    const capsa_block *b = &d.blocks[i];
    CHECK_NUMBER(b->start_byte, at);
    CHECK(b->text.ptr == d.text.ptr + at);
    for (size_t k = 0; k < b->span_count; k++)
      CHECK(b->spans[k].at.end_byte <= b->text.len);
    at += b->text.len + 1;
  }
  CHECK_NUMBER(at, d.text.len + 1);
  CHECK_NUMBER(d.edition.len, CAPSA_EDITION_LEN);
  capsa_arena_free(arena);
}

/* The text content of each element with data-block is the block's text. */
static void test_document__html_holds_exactly_the_text(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document d;
  capsa_slice html;
  parse(CAPSA_LITERAL("# A & <b>\n\n*one **two*** `x<y` [l](http://a/\"q)\n"),
        CAPSA_FORMAT_MARKDOWN, arena, &d);
  CHECK_STATUS(capsa_document_to_html(&d, arena, &html), CAPSA_OK);
  CHECK_TEXT(html, "<h2 class=\"heading\" id=\"b1\" data-block=\"1\">A &amp; "
                   "&lt;b&gt;</h2>\n<p class=\"paragraph\" id=\"b2\" "
                   "data-block=\"2\"><em>one <strong>two</strong></em> "
                   "<code>x&lt;y</code> <a href=\"http://a/&quot;q\" "
                   "rel=\"noopener noreferrer\">l</a></p>\n");
  capsa_arena_free(arena);
}

static void test_document__html_draws_no_repair_of_a_label(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document d;
  capsa_slice html;
  parse(CAPSA_LITERAL("A. BLOT: The ink is thin.\n\nC. QUILL: It is.\n\n"
                      "A. BLOT; Is it?\n\nC. QUILL: It is.\n"),
        CAPSA_FORMAT_ARCHIVE, arena, &d);
  CHECK_NUMBER(d.blocks[2].emendation_count, 1);
  capsa_document_to_html(&d, arena, &html);
  CHECK(capsa_slice_finds(html, "emendation", 0) == CAPSA_NOT_FOUND);
  CHECK(capsa_slice_finds(html, "data-block=\"3\">Is it?</p>", 0) !=
        CAPSA_NOT_FOUND);
  capsa_arena_free(arena);
}

/* `count` marks in a line, and a word: is the reader told of too many? */
static void check_guard(const char *mark, size_t count, bool told) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document d;
  capsa_buf text = {0};
  for (size_t i = 0; i < count; i++) capsa_buf_puts(&text, mark);
  capsa_buf_puts(&text, "end");
  parse(capsa_buf_view(&text), CAPSA_FORMAT_MARKDOWN, arena, &d);
  bool reported = false;
  for (size_t i = 0; i < d.diagnostic_count; i++)
    reported |= !strcmp(d.diagnostics[i].code, "nesting");
  CHECK_NUMBER(reported, told);
  CHECK(capsa_slice_finds(d.text, "end", 0) != CAPSA_NOT_FOUND);
  CHECK(capsa_slice_finds(d.text, "\\", 0) == CAPSA_NOT_FOUND);
  capsa_buf_free(&text);
  capsa_arena_free(arena);
}

static void test_document__markdown_beyond_its_limits_is_text_and_told(void) {
  check_guard("> ", CAPSA_NESTING_MAX, false);
  check_guard("> ", CAPSA_NESTING_MAX + 1, true);
  check_guard("[", CAPSA_INLINE_MARKS_MAX, false);
  check_guard("[", CAPSA_INLINE_MARKS_MAX + 1, true);
  check_guard("<", CAPSA_INLINE_MARKS_MAX, false);
  check_guard("<", CAPSA_INLINE_MARKS_MAX + 1, true);
}

static void test_document__damaged_bytes_are_shown_and_reported(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document d;
  capsa_slice bytes =
      CAPSA_LITERAL("A long enough line, \xC2\xA7 1, with caf\xE9 in it and a "
                    "zero \0 byte, which is no reason to refuse it all.\n");
  CHECK_STATUS(parse(bytes, CAPSA_FORMAT_AUTO, arena, &d), CAPSA_OK);
  CHECK(capsa_slice_finds(d.text, "caf\xEF\xBF\xBD in", 0) != CAPSA_NOT_FOUND);
  CHECK(d.diagnostic_count > 0 && !strcmp(d.diagnostics[0].code, "encoding"));
  capsa_arena_free(arena);
}

static void test_document__other_encodings_are_read_and_told(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document d;
  CHECK_STATUS(parse(CAPSA_LITERAL("It is d\xE9j\xE0 vu, I said.\n"),
                     CAPSA_FORMAT_AUTO, arena, &d),
               CAPSA_OK);
  CHECK_TEXT(d.text, "It is d\xC3\xA9j\xC3\xA0 vu, I said.");
  CHECK_NUMBER(d.diagnostic_count, 1);
  CHECK(d.diagnostics[0].severity == CAPSA_SEVERITY_WARNING);
  CHECK_TEXT(capsa_slice_of(d.diagnostics[0].action),
             "read as Windows-1252; if it looks wrong, save the file as UTF-8");
  CHECK_STATUS(parse(CAPSA_LITERAL("\xFF\xFEh\0i\0!\0\x3C\xD8"),
                     CAPSA_FORMAT_AUTO, arena, &d),
               CAPSA_OK);
  CHECK_TEXT(d.text, "hi!\xEF\xBF\xBD");
  CHECK_NUMBER(d.diagnostic_count, 1);
  CHECK(d.diagnostics[0].severity == CAPSA_SEVERITY_LOSS);
  capsa_arena_free(arena);
}

/* A text of `count` times `piece`: it must be read, and its text be kept. */
static void check_hostile(const char *piece, size_t count,
                          capsa_format format) {
  size_t len = strlen(piece);
  char *text = malloc(len * count);
  for (size_t i = 0; i < count; i++) memcpy(text + i * len, piece, len);
  capsa_arena *arena = capsa_arena_new();
  capsa_document d;
  capsa_slice json, html;
  capsa_slice bytes = {text, len * count};
  CHECK_STATUS(parse(bytes, format, arena, &d), CAPSA_OK);
  CHECK_STATUS(capsa_document_to_json(&d, false, arena, &json), CAPSA_OK);
  CHECK_STATUS(capsa_document_to_html(&d, arena, &html), CAPSA_OK);
  capsa_arena_free(arena);
  free(text);
}

static void test_document__bounds_hostile_input(void) {
  static const char *const pieces[] = {"[",      "]",   "> ",     "- ",
                                       "![[]()", "a*",  "*a _b ", "<!--",
                                       "[a](",   "1. ", "A B: ",  "a: [b\n\n"};
  for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
    check_hostile(pieces[i], 10000, CAPSA_FORMAT_ARCHIVE);
    check_hostile(pieces[i], 10000, CAPSA_FORMAT_MARKDOWN);
  }
}

static void test_document__survives_any_failed_allocation(void) {
  capsa_status st = CAPSA_ENOMEM;
  int n = 0;
  for (; st == CAPSA_ENOMEM && n < 1000; n++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_document d;
    capsa_slice out;
    capsa_mem_fail_after(n);
    st = parse(CAPSA_LITERAL(TALK), CAPSA_FORMAT_ARCHIVE, arena, &d);
    if (!st) st = capsa_document_to_json(&d, false, arena, &out);
    if (!st) st = capsa_document_to_html(&d, arena, &out);
    capsa_mem_fail_after(-1);
    capsa_arena_free(arena);
    CHECK_NUMBER(capsa_mem_live(), 0);
  }
  CHECK_STATUS(st, CAPSA_OK);
  CHECK(n > 5);
}

static void test_people__a_label_is_a_name_with_its_office_beside_it(void) {
  static const char *const cases[][3] = {
      {"KHRUSHCHEV N.S.", "N.S. Khrushchev", ""},
      {"N.S. KHRUSHCHEV", "N.S. Khrushchev", ""},
      {"MAO ZEDONG", "Mao Zedong", ""},
      {"MAO TSE-TUNG", "Mao Tse-tung", ""},
      {"SMITH-JONES", "Smith-Jones", ""},
      {"O'BRIEN", "O'Brien", ""},
      {"O\xE2\x80\x99"
       "BRIEN",
       "O\xE2\x80\x99"
       "Brien",
       ""},
      {"VM CH'IAO", "Ch'iao", "VM"},
      {"Comrade Zhou Enlai", "Zhou Enlai", "Comrade"},
      {"MR. E.R. PERKINS", "E.R. Perkins", "MR."},
      {"LBJ", "LBJ", ""},
      {"A. BLOT", "A. Blot", ""},
      {"Question 2", "Question", ""},
      {"Lt. Gen. Smith", "Smith", "Lt. Gen."},
      {"The Vice President", "The Vice President", ""},
      {"Secretary of State Rusk", "Secretary of State Rusk", ""},
      {"Max [Taylor]", "Max Taylor", ""},
      {"RSM[cNamara]", "R.S. McNamara", ""},
      {"RN [Richard Nixon]", "Richard Nixon", ""},
      {"Dr. Kissinger [interjecting]", "Kissinger", "Dr."},
      {"Adm. Moorer (to Kissinger)", "Moorer", "Adm."},
      {"Comrade", "Comrade", ""},
  };
  capsa_arena *arena = capsa_arena_new();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    capsa_person person;
    capsa_person_read(arena, capsa_slice_of(cases[i][0]), &person);
    CHECK_TEXT(person.name, cases[i][1]);
    CHECK_TEXT(person.office, cases[i][2]);
  }
  capsa_arena_free(arena);
}

static void test_dates__are_read_in_the_forms_that_records_print(void) {
  static const char *const cases[][2] = {
      {"July 31, 1958", "1958-07-31"},
      {"31 July 1958 in Huairen Hall", "1958-07-31"},
      {"Washington, January 28, 1961, 6:47 p.m.", "1961-01-28"},
      {"dated 1958-07-31", "1958-07-31"},
      {"Sept. 3, 1911", "1911-09-03"},
      {"in July 1958", "1958-07"},
      {"Volume 12, 1958", ""},
      {"May the 1st", ""},
      {"45 July 1958", "1958-07"},
  };
  capsa_arena *arena = capsa_arena_new();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    CHECK_TEXT(capsa_date_iso(arena, capsa_slice_of(cases[i][0])), cases[i][1]);
  capsa_arena_free(arena);
}

static void test_document__reads_the_real_record(void) {
  size_t len;
  char *bytes =
      tap_read_file("../shared/seed/conversation-1958-07-31.txt", &len);
  if (!bytes) {
    tap_skip("the real record is not here");
    return;
  }
  capsa_arena *arena = capsa_arena_new();
  capsa_document d;
  capsa_slice source = {bytes, len};
  CHECK_STATUS(parse(source, CAPSA_FORMAT_AUTO, arena, &d), CAPSA_OK);
  CHECK_NUMBER(d.turns, 58);
  CHECK_NUMBER(d.block_count, 66);
  CHECK_TEXT(d.metadata.date, "1958-07-31");
  CHECK_TEXT(d.metadata.locator.leaves, "44-77");
  capsa_arena_free(arena);
  free(bytes);
}

void test_document(void) {
  RUN(test_document__refuses_what_is_no_record);
  RUN(test_document__canonical_text_is_the_blocks_in_order);
  RUN(test_document__html_holds_exactly_the_text);
  RUN(test_document__html_draws_no_repair_of_a_label);
  RUN(test_document__markdown_beyond_its_limits_is_text_and_told);
  RUN(test_document__damaged_bytes_are_shown_and_reported);
  RUN(test_document__other_encodings_are_read_and_told);
  RUN(test_document__bounds_hostile_input);
  RUN(test_document__survives_any_failed_allocation);
  RUN(test_people__a_label_is_a_name_with_its_office_beside_it);
  RUN(test_dates__are_read_in_the_forms_that_records_print);
  RUN(test_document__reads_the_real_record);
}
