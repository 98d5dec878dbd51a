/* The HTML of blocks that no front end has to make: what a user sees of them
 * is in tests/spec. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "capsa/document.h"
#include "document/writers/html_writer.h"
#include "tap.h"
#include "text/scripts.h"

static capsa_slice html_of(const capsa_block *blocks, size_t count,
                           const char *language, capsa_arena *arena) {
  capsa_document document = {.blocks = blocks, .block_count = count};
  document.metadata.language = capsa_slice_of(language);
  capsa_slice html = {0};
  CHECK_STATUS(capsa_document_to_html(&document, arena, &html), CAPSA_OK);
  return html;
}

static void test_html__ties_marks_and_notes(void) {
  capsa_arena *arena = capsa_arena_new();
  const capsa_span spans[] = {{.kind = CAPSA_SPAN_PAGE_BREAK,
                               .target = CAPSA_LITERAL("1\"2"),
                               .mark = CAPSA_LITERAL("[Page 1\"2]")},
                              {.kind = CAPSA_SPAN_FOOTNOTE_REF,
                               .at = {1, 1},
                               .target = CAPSA_LITERAL("1"),
                               .block = 2},
                              {.kind = CAPSA_SPAN_FOOTNOTE_REF,
                               .at = {1, 1},
                               .target = CAPSA_LITERAL("9")}};
  const capsa_block blocks[] = {{.number = 1,
                                 .text = CAPSA_LITERAL("a"),
                                 .spans = spans,
                                 .span_count = 3},
                                {.number = 2,
                                 .kind = CAPSA_BLOCK_FOOTNOTE,
                                 .reference = 1,
                                 .marker = CAPSA_LITERAL("1"),
                                 .text = CAPSA_LITERAL("b")}};
  CHECK_TEXT(html_of(blocks, 2, "en", arena),
             "<p class=\"paragraph\" id=\"b1\" data-block=\"1\">"
             "<span class=\"page_break\" role=\"doc-pagebreak\" "
             "data-mark=\"1&quot;2\" data-printed=\"[Page 1&quot;2]\" "
             "aria-label=\"Page 1&quot;2\"></span>a"
             "<a class=\"footnote_ref\" role=\"doc-noteref\" href=\"#b2\" "
             "id=\"r2\" data-mark=\"1\" aria-label=\"Note 1\"></a>"
             "<span class=\"footnote_ref\" data-mark=\"9\" "
             "aria-label=\"Note 9\" role=\"img\"></span></p>\n"
             "<section class=\"footnotes\" role=\"doc-endnotes\" "
             "aria-label=\"Notes\">\n"
             "<p class=\"footnote\" id=\"b2\" data-block=\"2\" "
             "data-marker=\"1\"><a class=\"footnote_number\" "
             "role=\"doc-backlink\" href=\"#r2\" data-mark=\"1\" "
             "aria-label=\"Note 1, back to the text\"></a>b</p>\n"
             "</section>\n");
  capsa_arena_free(arena);
}

/* An element that runs over cells is closed and opened again at each border,
 * and a note's mark never stands in a link. */
static void test_html__keeps_elements_within_cells_and_links_apart(void) {
  capsa_arena *arena = capsa_arena_new();
  const capsa_span spans[] = {{.kind = CAPSA_SPAN_STRONG, .at = {0, 3}},
                              {.kind = CAPSA_SPAN_LINK,
                               .at = {4, 6},
                               .target = CAPSA_LITERAL("http://x/")},
                              {.kind = CAPSA_SPAN_LINK,
                               .at = {5, 6},
                               .target = CAPSA_LITERAL("http://y/")},
                              {.kind = CAPSA_SPAN_FOOTNOTE_REF,
                               .at = {5, 5},
                               .target = CAPSA_LITERAL("1")},
                              {.kind = CAPSA_SPAN_PAGE_BREAK,
                               .at = {7, 7},
                               .target = CAPSA_LITERAL("2")}};
  const capsa_block block = {.number = 1,
                             .kind = CAPSA_BLOCK_TABLE,
                             .text = CAPSA_LITERAL("a\tb\ncd\n"),
                             .spans = spans,
                             .span_count = 5};
  CHECK_TEXT(
      html_of(&block, 1, "en", arena),
      "<div class=\"table_frame\" role=\"group\" aria-label=\"Table\" "
      "tabindex=\"0\"><table class=\"table\" id=\"b1\" data-block=\"1\">"
      "<tbody><tr><td><strong>a</strong></td>\t<td><strong>b</strong></td>\n"
      "</tr><tr><td><a href=\"http://x/\" rel=\"noopener noreferrer\">c</a>"
      "<span class=\"footnote_ref\" data-mark=\"1\" aria-label=\"Note 1\" "
      "role=\"img\"></span>"
      "<a href=\"http://x/\" rel=\"noopener noreferrer\">d</a></td>\n</tr>"
      "<tr><td><span class=\"page_break\" role=\"doc-pagebreak\" "
      "data-mark=\"2\" aria-label=\"Page 2\"></span></td></tr></tbody>"
      "</table></div>\n");
  capsa_arena_free(arena);
}

static void test_html__says_language_and_direction(void) {
  static const struct {
    const char *language;
    bool rtl;
  } cases[] = {{"ar", true},      {"he-IL", true},      {"ur-Latn", false},
               {"az-Arab", true}, {"pa-Arab-PK", true}, {"en", false},
               {"arn", false},    {"", false},          {"ar-EG-x", true},
               {"FA", true},      {"ks-Arabx", false}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    CHECK(capsa_language_is_rtl(capsa_slice_of(cases[i].language)) ==
          cases[i].rtl);
  capsa_arena *arena = capsa_arena_new();
  const capsa_span spans[] = {
      {.kind = CAPSA_SPAN_DATE,
       .at = {0, 1},
       .target = CAPSA_LITERAL("1958-07")},
      {.kind = CAPSA_SPAN_DATE,
       .at = {1, 2},
       .target = CAPSA_LITERAL("1958/1959")},
      {.kind = CAPSA_SPAN_FOREIGN, .at = {2, 3}, .target = CAPSA_LITERAL("ru")},
      {.kind = CAPSA_SPAN_DELETED, .at = {3, 4}},
      {.kind = CAPSA_SPAN_ADDED, .at = {4, 5}}};
  const capsa_block blocks[] = {
      {.number = 1,
       .language = CAPSA_LITERAL("en"),
       .text = CAPSA_LITERAL("abcde"),
       .spans = spans,
       .span_count = 5},
      {.number = 2, .kind = CAPSA_BLOCK_FIGURE, .text = CAPSA_LITERAL("f")}};
  CHECK_TEXT(html_of(blocks, 2, "ar", arena),
             "<p class=\"paragraph\" id=\"b1\" data-block=\"1\" lang=\"en\" "
             "dir=\"ltr\"><time class=\"date\" datetime=\"1958-07\">a</time>"
             "<time class=\"date\">b</time>"
             "<i class=\"foreign\" lang=\"ru\" dir=\"ltr\">c</i>"
             "<del class=\"deleted\">d</del><ins class=\"added\">e</ins></p>\n"
             "<figure class=\"figure\" id=\"b2\" data-block=\"2\" "
             "dir=\"rtl\"><figcaption>f</figcaption></figure>\n");
  capsa_arena_free(arena);
}

/* ---- parts */

/* A turn with a list in a list and a quotation, notes with a list, and text
 * outside of all turns. */
static const capsa_block mixed[] = {
    {.number = 1, .text = {"before", 6}},
    {.number = 2,
     .kind = CAPSA_BLOCK_SPEECH,
     .turn = 1,
     .label = {"ANDERS", 6},
     .text = {"one", 3}},
    {.number = 3,
     .kind = CAPSA_BLOCK_LIST,
     .level = 1,
     .turn = 1,
     .text = {"item", 4}},
    {.number = 4,
     .kind = CAPSA_BLOCK_LIST,
     .level = 3,
     .turn = 1,
     .text = {"deep", 4}},
    {.number = 5,
     .kind = CAPSA_BLOCK_LIST,
     .level = 3,
     .turn = 1,
     .text = {"deep too", 8}},
    {.number = 6, .kind = CAPSA_BLOCK_SPEECH, .turn = 1, .text = {"more", 4}},
    {.number = 7,
     .kind = CAPSA_BLOCK_SPEECH,
     .turn = 2,
     .label = {"BELLO", 5},
     .text = {"two", 3}},
    {.number = 8,
     .kind = CAPSA_BLOCK_FOOTNOTE,
     .turn = 2,
     .marker = {"1", 1},
     .text = {"note", 4}},
    {.number = 9,
     .kind = CAPSA_BLOCK_FOOTNOTE,
     .turn = 2,
     .marker = {"2", 1},
     .text = {"note", 4}},
    {.number = 10,
     .kind = CAPSA_BLOCK_FOOTNOTE,
     .marker = {"3", 1},
     .text = {"note", 4}},
    {.number = 11, .kind = CAPSA_BLOCK_LIST, .text = {"last", 4}},
};
#define MIXED (sizeof mixed / sizeof *mixed)

/* Take an element off the front that goes on from the part before. */
static bool take_continued(capsa_slice *html) {
  size_t end = capsa_slice_finds(*html, ">", 0);
  if (!capsa_slice_ends(capsa_slice_cut(*html, 0, end), " data-continued"))
    return false;
  *html = capsa_slice_from(*html, end + 1);
  if (capsa_slice_starts(*html, "\n")) *html = capsa_slice_from(*html, 1);
  return true;
}

static void drop_end(capsa_buf *glued, const char *tag) {
  if (!capsa_slice_ends(capsa_buf_view(glued), tag)) return;
  glued->len -= strlen(tag);
}

/* Put the next part behind the others, as a page does. */
static void glue(capsa_buf *glued, capsa_slice html) {
  while (take_continued(&html)) {
    size_t before = glued->len;
    drop_end(glued, "</section>\n");
    if (glued->len == before) drop_end(glued, "</ul>\n");
    CHECK(glued->len < before);
  }
  capsa_buf_put(glued, html);
}

static size_t glue_parts(const capsa_document *document, size_t bytes,
                         capsa_arena *arena, capsa_buf *glued) {
  size_t count = 0;
  capsa_html_part part = {.next = 1};
  while (part.next) {
    uint32_t first = part.next;
    CHECK_STATUS(
        capsa_document_to_html_part(document, first, bytes, arena, &part),
        CAPSA_OK);
    if (!CHECK(!part.next || part.next > first)) break;
    glue(glued, part.html);
    count++;
  }
  return count;
}

static void test_html__parts_make_the_whole(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document document = {.blocks = mixed, .block_count = MIXED};
  capsa_slice whole = html_of(mixed, MIXED, "", arena);
  for (size_t bytes = 0; bytes <= whole.len + 1; bytes++) {
    capsa_buf glued = {0};
    size_t count = glue_parts(&document, bytes, arena, &glued);
    CHECK(capsa_slice_equal(capsa_buf_view(&glued), whole));
    if (!bytes) CHECK_NUMBER(count, MIXED);
    if (bytes > whole.len) CHECK_NUMBER(count, 1);
    capsa_buf_free(&glued);
  }
  capsa_arena_free(arena);
}

static void test_html__has_no_part_behind_the_last_block(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document document = {.blocks = mixed, .block_count = MIXED};
  capsa_html_part part = {.next = 77};
  const uint32_t wrong[] = {0, MIXED + 1, UINT32_MAX};
  for (int i = 0; i < 3; i++)
    CHECK_STATUS(
        capsa_document_to_html_part(&document, wrong[i], 1, arena, &part),
        CAPSA_EINVAL);
  CHECK_NUMBER(part.next, 77);
  CHECK_STATUS(capsa_document_to_html_part(&document, MIXED, 1, arena, &part),
               CAPSA_OK);
  CHECK_NUMBER(part.next, 0);
  document.block_count = 0;
  CHECK_STATUS(capsa_document_to_html_part(&document, 1, 1, arena, &part),
               CAPSA_OK);
  CHECK_TEXT(part.html, "");
  capsa_arena_free(arena);
}

void test_html(void) {
  RUN(test_html__ties_marks_and_notes);
  RUN(test_html__keeps_elements_within_cells_and_links_apart);
  RUN(test_html__says_language_and_direction);
  RUN(test_html__parts_make_the_whole);
  RUN(test_html__has_no_part_behind_the_last_block);
}
