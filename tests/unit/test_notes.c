/* Bounds of footnotes, page marks and layouts. What a reader sees of them is in
 * tests/spec/notes-and-pages.md and archive.md. */
#include "document/passes/notes/notes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/slice.h"
#include "tap.h"

static capsa_document parse(capsa_slice text, capsa_arena *arena) {
  capsa_source source = {.bytes = text, .format = CAPSA_FORMAT_TEXT};
  capsa_document document = {0};
  CHECK_STATUS(capsa_document_parse(&source, arena, &document), CAPSA_OK);
  return document;
}

static size_t count_kind(const capsa_document *d, capsa_block_kind kind) {
  size_t count = 0;
  for (size_t i = 0; i < d->block_count; i++)
    count += d->blocks[i].kind == kind;
  return count;
}

static size_t count_spans(const capsa_document *d, capsa_span_kind kind) {
  size_t count = 0;
  for (size_t i = 0; i < d->block_count; i++)
    for (size_t k = 0; k < d->blocks[i].span_count; k++)
      count += d->blocks[i].spans[k].kind == kind;
  return count;
}

/* Marks of the one note of this number. */
static size_t marks_of(uint32_t number) {
  char text[200];
  int len = snprintf(text, sizeof text,
                     "The ink is thin.[%u] So it is.\n\nNotes\n\n"
                     "[0] See Document 8.\n[%u] Not printed.\n",
                     number, number);
  capsa_arena *arena = capsa_arena_new();
  capsa_document d = parse((capsa_slice){text, (size_t)len}, arena);
  size_t count = count_spans(&d, CAPSA_SPAN_FOOTNOTE_REF);
  capsa_arena_free(arena);
  return count;
}

static void test_notes__are_numbered_to_their_limit(void) {
  CHECK_NUMBER(marks_of(CAPSA_NOTE_NUMBER_MAX), 1);
  CHECK_NUMBER(marks_of(CAPSA_NOTE_NUMBER_MAX + 1), 0);
}

static size_t pages_in(const char *text) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document d = parse(capsa_slice_of(text), arena);
  size_t count = count_spans(&d, CAPSA_SPAN_PAGE_BREAK);
  capsa_arena_free(arena);
  return count;
}

static void test_notes__take_pages_in_a_row_only(void) {
  CHECK_NUMBER(pages_in("Ink (p. 7) is thin (p. 8) and old (p. 9) again."), 3);
  CHECK_NUMBER(pages_in("Ink (p. 7) is thin (p. 8) and old again."), 0);
  CHECK_NUMBER(pages_in("Ink /7/ is thin /8/ again."), 2);
  CHECK_NUMBER(pages_in("Ink /7/ is thin /9/ again."), 0);
  CHECK_NUMBER(pages_in("Ink [Page 99999] is thin."), 1);
  CHECK_NUMBER(pages_in("Ink [Page 999999] is thin."), 0);
  CHECK_NUMBER(pages_in("[Page 1]"), 0); /* nothing but a mark is a text */
}

/* Every mark has its note, though the chapters count from 1. */
static void test_notes__are_tied_chapter_by_chapter(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document d = parse(
      CAPSA_LITERAL("The ink is thin.[1]\n\nNotes\n\n[1] Not printed.\n\n"
                    "The next chapter\n\nIt is old.[1] Again.[1]\n\nNotes\n\n"
                    "[1] See Document 8.\n"),
      arena);
  CHECK_NUMBER(count_kind(&d, CAPSA_BLOCK_FOOTNOTE), 2);
  CHECK_NUMBER(d.blocks[0].spans[0].block, 3);
  CHECK_NUMBER(d.blocks[2].reference, 1);
  CHECK_NUMBER(d.blocks[4].spans[0].block, 7);
  CHECK_NUMBER(d.blocks[4].spans[1].block, 7);
  CHECK_NUMBER(d.blocks[6].reference, 5);
  capsa_arena_free(arena);
}

/* What stands between two notes may be no text at all. */
/* Each page counts from 1, and a sentence goes on from one to the next. */
static void test_notes__of_a_page_are_meant_by_its_own_marks(void) {
  static const char text[] =
      "REPORT ON INK\n\nThe commission met in the old hall, where it heard of "
      "the ink1 and of "
      "the\n\n1 Kept in the cellar.\n\n- 2 -\n\npaper of the province,1 which "
      "is not enough for the year.\n\nThe commission rose at four.\n\n"
      "1 Kept in the attic.\n\n- 3 -\n\nNothing more was said of it.\n";
  capsa_arena *arena = capsa_arena_new();
  capsa_document d = parse(capsa_slice_of(text), arena);
  CHECK_NUMBER(count_kind(&d, CAPSA_BLOCK_FOOTNOTE), 2);
  const capsa_block *block = &d.blocks[1];
  CHECK_NUMBER(count_spans(&d, CAPSA_SPAN_FOOTNOTE_REF), 2);
  if (block->span_count == 3) {
    CHECK_TEXT(d.blocks[block->spans[0].block - 1].text, "Kept in the cellar.");
    CHECK_TEXT(d.blocks[block->spans[2].block - 1].text, "Kept in the attic.");
  } else CHECK_NUMBER(block->span_count, 3);
  capsa_arena_free(arena);
}

static void test_notes__have_no_empty_paragraphs(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document d =
      parse(CAPSA_LITERAL("The ink is thin.[1] It is old.[2]\n\nNotes\n\n"
                          "[1] Not printed.\n\n---\n\n\xE2\x86\xA9\n\n"
                          "[2] See Document 8.\n"),
            arena);
  CHECK_NUMBER(count_kind(&d, CAPSA_BLOCK_FOOTNOTE), 2);
  CHECK_TEXT(d.blocks[2].text, "Not printed.");
  capsa_arena_free(arena);
}

/* A thousand notes and as many numbers that are none. */
static void test_notes__find_a_long_series(void) {
  capsa_buf text = {0};
  for (int i = 1; i <= 1000; i++)
    capsa_buf_putf(&text, "The ink B%d is thin.%d So it is%s", 1 + i % 7, i,
                   i % 10 ? " and " : ".\n\n");
  capsa_buf_puts(&text, "Notes\n\n");
  for (int i = 1; i <= 1000; i++)
    capsa_buf_putf(&text, "%d. Not printed.\n", i);
  capsa_arena *arena = capsa_arena_new();
  capsa_document d = parse(capsa_buf_view(&text), arena);
  CHECK_NUMBER(count_kind(&d, CAPSA_BLOCK_FOOTNOTE), 1000);
  CHECK_NUMBER(count_spans(&d, CAPSA_SPAN_FOOTNOTE_REF), 1000);
  capsa_arena_free(arena);
  capsa_buf_free(&text);
}

/* Hostile repetition: linear, or this test does not end in time. */
static void test_notes__bound_hostile_input(void) {
  static const char *const pieces[] = {
      "[1] ",     "1. a\n",      "(p. 1) ",  "/1/ ",      "a1 ",
      "[Page 1]", "- 1 -\n",     "\f1\n",    "* a\n",     "1. [1] a\n\n",
      "a   b\n",  "\ta\tb\n",    "   a\n",   "1 1. (1) ", "Notes\n\n1. a\n\n",
      "---\n",    "a)\n(1) a\n", "\xC2\xB9", "[*] * ",    "a.1\n"};
  for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
    size_t len = strlen(pieces[i]), count = 200000 / len;
    char *text = malloc(len * count);
    if (!text) return;
    for (size_t k = 0; k < count; k++) memcpy(text + k * len, pieces[i], len);
    capsa_arena *arena = capsa_arena_new();
    capsa_slice html;
    capsa_document d = parse((capsa_slice){text, len * count}, arena);
    CHECK_STATUS(capsa_document_to_html(&d, arena, &html), CAPSA_OK);
    capsa_arena_free(arena);
    free(text);
  }
}

void test_notes(void) {
  RUN(test_notes__are_numbered_to_their_limit);
  RUN(test_notes__take_pages_in_a_row_only);
  RUN(test_notes__are_tied_chapter_by_chapter);
  RUN(test_notes__of_a_page_are_meant_by_its_own_marks);
  RUN(test_notes__have_no_empty_paragraphs);
  RUN(test_notes__find_a_long_series);
  RUN(test_notes__bound_hostile_input);
}
