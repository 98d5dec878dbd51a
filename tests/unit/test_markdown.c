/* Bounds of the Markdown front end, and what a comment may claim. What a reader
 * sees of both is in tests/spec/markdown.md. */
#include <string.h>

#include "base/buf.h"
#include "base/slice.h"
#include "capsa/document.h"
#include "document/formats/markdown/markdown_prepare.h"
#include "tap.h"

static capsa_document parse(capsa_slice text, capsa_arena *arena) {
  capsa_source source = {.bytes = text, .format = CAPSA_FORMAT_MARKDOWN};
  capsa_document document = {0};
  CHECK_STATUS(capsa_document_parse(&source, arena, &document), CAPSA_OK);
  return document;
}

static bool has_report(const capsa_document *d, const char *code) {
  for (size_t i = 0; i < d->diagnostic_count; i++)
    if (!strcmp(d->diagnostics[i].code, code)) return true;
  return false;
}

/* `[a]: https://x/…`, `len` bytes from the bracket's end on, and a use of it.
 */
static size_t links_of_definition(size_t len) {
  capsa_arena *arena = capsa_arena_new();
  capsa_buf text = {0};
  capsa_buf_puts(&text, "[a]: https://x/");
  while (text.len < len + 2) capsa_buf_putc(&text, 'x');
  capsa_buf_puts(&text, "\n\nSee [a].\n");
  capsa_document d = parse(capsa_buf_view(&text), arena);
  size_t links = 0;
  for (size_t i = 0; i < d.block_count; i++)
    for (size_t k = 0; k < d.blocks[i].span_count; k++)
      links += d.blocks[i].spans[k].kind == CAPSA_SPAN_LINK;
  capsa_buf_free(&text);
  capsa_arena_free(arena);
  return links;
}

static void test_markdown__reads_link_definitions_to_their_limit(void) {
  CHECK_NUMBER(links_of_definition(CAPSA_LINK_DEFINITION_MAX), 1);
  CHECK_NUMBER(links_of_definition(CAPSA_LINK_DEFINITION_MAX + 1), 0);
}

/* Beyond a length, a paragraph's marks are limited in proportion. */
static void test_markdown__allows_long_paragraphs_fewer_marks(void) {
  for (int twice = 0; twice < 2; twice++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_buf text = {0};
    size_t half = CAPSA_INLINE_MARKS_MAX / 2;
    for (size_t i = 0; i < half + (size_t)twice; i++)
      capsa_buf_putc(&text, '[');
    while (text.len < 2 * CAPSA_INLINE_PARAGRAPH_MAX)
      capsa_buf_puts(&text, "a ");
    text.len = 2 * CAPSA_INLINE_PARAGRAPH_MAX;
    capsa_document d = parse(capsa_buf_view(&text), arena);
    CHECK_NUMBER(has_report(&d, "nesting"), twice);
    CHECK(capsa_slice_starts(d.text, "[[["));
    capsa_buf_free(&text);
    capsa_arena_free(arena);
  }
}

/* Code keeps its bytes whatever the limits did to its marks. */
static void test_markdown__gives_masked_marks_back_in_code(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_buf text = {0};
  capsa_buf_puts(&text, "```\n");
  for (int i = 0; i <= CAPSA_INLINE_MARKS_MAX; i++)
    capsa_buf_puts(&text, "<[&#1;");
  size_t len = text.len - 4;
  capsa_buf_puts(&text, "\n```\n");
  capsa_document d = parse(capsa_buf_view(&text), arena);
  CHECK_NUMBER(d.block_count, 1);
  capsa_slice code = capsa_slice_cut(capsa_buf_view(&text), 4, 4 + len);
  CHECK(capsa_slice_equal(d.text, code));
  capsa_buf_free(&text);
  capsa_arena_free(arena);
}

static capsa_slice replaced(capsa_arena *arena, capsa_slice text,
                            const char *old, const char *new) {
  capsa_buf out = {0};
  capsa_slice made = {0};
  size_t at = capsa_slice_finds(text, old, 0);
  CHECK(at != CAPSA_NOT_FOUND);
  capsa_buf_put(&out, capsa_slice_cut(text, 0, at));
  capsa_buf_puts(&out, new);
  capsa_buf_put(&out, capsa_slice_from(text, at + strlen(old)));
  CHECK_STATUS(capsa_buf_take(&out, arena, &made), CAPSA_OK);
  return made;
}

/* A comment that claims what is not so is not believed: the text is read. */
static void test_markdown__believes_no_comment_that_does_not_fit(void) {
  static const char *const lies[][2] = {
      {"Some *ink*", "Some more *ink*"},
      {"block paragraph", "block paragraf"},
      {"block paragraph 0", "block paragraph 1"},
      {"block paragraph 0 0", "block paragraph 0 1"},
      {"block paragraph 0 0 0", "block paragraph 0 0 101"},
      {"block paragraph 0 0 0 0", "block paragraph 0 0 0 3"},
      {"span emphasis 5 8", "span emphasis 5 80000"},
      {"span emphasis 5 8", "span emphasis 8 5"},
      {"span emphasis 5 8", "span emphasis 99999999999999999999 8"},
      {"=https://x/", "=javascript:x"},
      {"=split-word", "=<script%3E"},
      {"=tha%20t", "=tha%01t"},
      {"=that\n", "=that\nspeaker 0 =a =b =c\n"},
      {"emend 18", "emend 9999"},
  };
  capsa_arena *arena = capsa_arena_new();
  capsa_document d = parse(
      CAPSA_LITERAL("Some *ink* and [link](https://x/) tha t is thin, that.\n\n"
                    "More of it was in the house, and that is so.\n"),
      arena);
  capsa_slice written = {0};
  CHECK_STATUS(capsa_document_to_markdown(&d, arena, &written), CAPSA_OK);
  capsa_document again = parse(written, arena);
  CHECK(!has_report(&again, "ledger"));
  for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
    capsa_slice lie = replaced(arena, written, lies[i][0], lies[i][1]);
    again = parse(lie, arena);
    CHECK(has_report(&again, "ledger"));
  }
  capsa_arena_free(arena);
}

void test_markdown(void) {
  RUN(test_markdown__reads_link_definitions_to_their_limit);
  RUN(test_markdown__allows_long_paragraphs_fewer_marks);
  RUN(test_markdown__gives_masked_marks_back_in_code);
  RUN(test_markdown__believes_no_comment_that_does_not_fit);
}
