/* Dates and persons by tables; what a reader sees is in tests/spec. */
#include <stdio.h>

#include "base/mem.h"
#include "base/slice.h"
#include "capsa/document.h"
#include "document/passes/passes.h"
#include "document/passes/people/participants.h"
#include "document/passes/people/persons.h"
#include "tap.h"

static void test_dates__are_edtf_in_all_their_forms(void) {
  static const char *const cases[][2] = {
      {"31st July, 1958", "1958-07-31"},
      {"this 14th day of May 1955", "1955-05-14"},
      {"31. Juli 1958", "1958-07-31"},
      {"31 июля 1958 г.", "1958-07-31"},
      {"31 de julio de 1958", "1958-07-31"},
      {"le 1er mai 1958", "1958-05-01"},
      {"1958年7月31日", "1958-07-31"},
      {"1958年7月", "1958-07"},
      {"31.7.1958", "1958-07-31"},
      {"31.VII.1958", "1958-07-31"},
      {"September 3-5, 1958", "1958-09-03/1958-09-05"},
      {"3–5 September 1958", "1958-09-03/1958-09-05"},
      {"31 July – 3 August 1958", "1958-07-31/1958-08-03"},
      {"December 30, 1958 to January 2, 1959", "1958-12-30/1959-01-02"},
      {"July–August 1958", "1958-07/1958-08"},
      {"18/31 January 1918", "1918-01-31"},
      {"18 (31) января 1918 г.", "1918-01-31"},
      {"5 марта 1917 ст. стиля", "1917-03-18"},
      {"28 February 1900 (O.S.)", "1900-03-12"},
      {"circa July 1958", "1958-07~"},
      {"July 1958?", "1958-07?"},
      {"January 21 [31], 1949", "1949-01-21"},
      {"Geneva, 10:05 a.m., October 1, 1958", "1958-10-01"},
      /* None, or less than it looks like. */
      {"611.93/8-1958", ""},
      {"31.13.1958", ""},
      {"No. 5, 1958", ""},
      {"the 3 marshals of 1958", ""},
      {"31 July 19581", ""},
      {"August 5 - July 3, 1958", "1958-07-03"},
      {"18/31 January 1958", "1958-01-18/1958-01-31"},
  };
  capsa_arena *arena = capsa_arena_new();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    CHECK_TEXT(capsa_date_iso(arena, capsa_slice_of(cases[i][0])), cases[i][1]);
  capsa_arena_free(arena);
}

static void test_persons__are_taken_apart(void) {
  static const char *const cases[][4] = {
      /* entry, name, office, side */
      {"Mr. Blot", "Blot", "", ""},
      {"The Secretary", "The Secretary", "", ""},
      {"Two Interpreters", "Two Interpreters", "", ""},
      {"Secretary of State Blot", "Blot", "Secretary of State", ""},
      {"Secretary of State", "Secretary of State", "", ""},
      {"CIA Director Blot", "Blot", "CIA Director", ""},
      {"Lt. Gen. John Blot", "John Blot", "Lt. Gen.", ""},
      {"Sir Roger Quill", "Sir Roger Quill", "", ""},
      {"His Excellency Anton Blot, Ambassador of Inkland", "Anton Blot",
       "Ambassador of Inkland", ""},
      {"Henry Blot, Jr., Clerk", "Henry Blot, Jr.", "Clerk", ""},
      {"State—Mr. Jacob Blot, Chairman", "Jacob Blot", "Chairman", "State"},
      {"Chairman—Henry Blot", "Henry Blot", "Chairman", ""},
      {"Sheikh Asad al-Faqih—Saudi Minister", "Sheikh Asad al-Faqih",
       "Saudi Minister", ""},
      {"Clara Quill (notetaker)", "Clara Quill", "notetaker", ""},
      {"Chou En-lai (Zhou Enlai)", "Chou En-lai", "", ""},
      {"The Under Secretary (Ball)", "Ball", "The Under Secretary", ""},
      {"The Under Secretary of State, Mr. Blot", "Blot",
       "The Under Secretary of State", ""},
      {"Peter Reed             NSC Staff", "Peter Reed", "NSC Staff", ""},
      {"Mr.  MacArthur", "MacArthur", "", ""},
      {"Peter ReedNSC Staff", "Peter Reed", "NSC Staff", ""},
      {"Хрущёв Н.С.", "Н.С. Хрущёв", "", ""},
      {"Ponomarev, B.N.", "B.N. Ponomarev", "", ""},
  };
  capsa_arena *arena = capsa_arena_new();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    capsa_participant person = {0};
    capsa_participant_parse(arena, capsa_slice_of(cases[i][0]), &person);
    CHECK_TEXT(person.name, cases[i][1]);
    CHECK_TEXT(person.office, cases[i][2]);
    CHECK_TEXT(person.side, cases[i][3]);
  }
  capsa_arena_free(arena);
}

static void test_persons__sides_are_no_persons(void) {
  static const char *const sides[] = {
      "US:",         "U.S.",    "United States",   "JCS",
      "Soviet side", "Koreans", "The White House", "POM(NY):"};
  static const char *const others[] = {
      "Mr. Blot:", "Blot, French Embassy", "The President", "Chairman",
      "",          "Mr. Reed, Soviet side"};
  for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
    CHECK(capsa_is_side(capsa_slice_of(sides[i])));
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    CHECK(!capsa_is_side(capsa_slice_of(others[i])));
}

static void test_presence__is_said_in_few_words(void) {
  static const struct {
    const char *line;
    size_t len;
  } cases[] = {{"Present:", 8},
               {"PARTICIPANTS", 12},
               {"Members Present: A", 16},
               {"THOSE ATTENDING THE MEETING WERE:", 33},
               {"Present were Mr. Blot", 12},
               {"Присутствовали:", 29},
               {"参加者：毛泽东", 12},
               {"Present were grave doubts.", 0},
               {"Participants walked out: nobody knew why", 0},
               {"present: at hand", 0},
               {"Those who think so are few", 0},
               {"[Participants:]", 0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    CHECK_NUMBER(capsa_presence_len(capsa_slice_of(cases[i].line)),
                 cases[i].len);
}

static const char RECORD[] =
    "A Talk about Ink\n\nInkton, July 31-August 3, 1958\n\n"
    "DATE: July 31, 1958 PLACE: Inkton\n\nPARTICIPANTS\n\nUS:\nMr. Blot\n"
    "Dr. Quill            Clerk\nUK:\nSir Roger Reed\n\n"
    "Also present: Blot, Anton; Quill, Clara; Reed,\nB.N.\n\n"
    "BLOT: The ink is thin.\n\nREED: It is.\n\nBLOT: So I said.\n";

static void test_head__survives_any_failed_allocation(void) {
  capsa_status st = CAPSA_ENOMEM;
  int n = 0;
  for (; st == CAPSA_ENOMEM && n < 2000; n++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_source source = {.bytes = CAPSA_LITERAL(RECORD)};
    capsa_document d;
    capsa_mem_fail_after(n);
    st = capsa_document_parse(&source, arena, &d);
    capsa_mem_fail_after(-1);
    if (!st) CHECK_NUMBER(d.metadata.participant_count, 6);
    capsa_arena_free(arena);
    CHECK_NUMBER(capsa_mem_live(), 0);
  }
  CHECK_STATUS(st, CAPSA_OK);
  CHECK(n > 5);
}

/* More entries than a list may have are text. */
static void test_head__bounds_a_list(void) {
  capsa_arena *arena = capsa_arena_new();
  static char text[64 * (CAPSA_PARTICIPANTS_MAX + 2)];
  for (size_t more = 0; more < 2; more++) {
    size_t len = 0, count = CAPSA_PARTICIPANTS_MAX + more;
    len += (size_t)sprintf(text, "A Talk\n\nPresent: ");
    for (size_t i = 0; i < count; i++)
      len += (size_t)sprintf(text + len, "Mr. Blot%zu; ", i);
    len += (size_t)sprintf(text + len, "\n\nThe ink is thin.\n");
    capsa_source source = {.bytes = {text, len}};
    capsa_document d;
    CHECK_STATUS(capsa_document_parse(&source, arena, &d), CAPSA_OK);
    CHECK_NUMBER(d.metadata.participant_count, CAPSA_PARTICIPANTS_MAX);
    capsa_arena_reset(arena);
  }
  capsa_arena_free(arena);
}

void test_head(void) {
  RUN(test_dates__are_edtf_in_all_their_forms);
  RUN(test_persons__are_taken_apart);
  RUN(test_persons__sides_are_no_persons);
  RUN(test_presence__is_said_in_few_words);
  RUN(test_head__survives_any_failed_allocation);
  RUN(test_head__bounds_a_list);
}
