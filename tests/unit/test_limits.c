/* Limits of front ends and writers, each at the limit and one above; those of
 * zip, TEI's reader and Markdown stand in the suites of these. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/slice.h"
#include "capsa/document.h"
#include "document/formats/epub/epub_places.h"
#include "document/formats/epub/epub_terms.h"
#include "document/formats/front_matter/yaml.h"
#include "document/formats/html/html.h"
#include "document/writers/tei.h"
#include "made_zip.h"
#include "tap.h"

static void repeat(capsa_buf *buf, const char *text, size_t count) {
  for (size_t i = 0; i < count; i++) capsa_buf_puts(buf, text);
}

static size_t count_of(capsa_slice text, const char *word) {
  size_t count = 0;
  for (size_t at = 0;
       (at = capsa_slice_finds(text, word, at)) != CAPSA_NOT_FOUND; at++)
    count++;
  return count;
}

/* How often a document of these bytes says `code`; SIZE_MAX: not read. */
static size_t told(capsa_slice bytes, capsa_format format, const char *code) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document d;
  capsa_source source = {.bytes = bytes, .format = format};
  size_t count = SIZE_MAX;
  if (!capsa_document_parse(&source, arena, &d)) {
    count = 0;
    for (size_t i = 0; i < d.diagnostic_count; i++)
      count += !strcmp(d.diagnostics[i].code, code);
  }
  capsa_arena_free(arena);
  return count;
}

static void test_limits__elements_of_html_nest(void) {
  for (size_t more = 0; more < 2; more++) {
    capsa_buf buf = {0};
    repeat(&buf, "<div>", CAPSA_HTML_NESTING_MAX + more);
    repeat(&buf, "The ink is thin. ", 10);
    CHECK_NUMBER(told(capsa_buf_view(&buf), CAPSA_FORMAT_HTML, "nesting"),
                 more);
    capsa_buf_free(&buf);
  }
}

/* What stands behind lists that are nested too deep is not read. */
static void test_limits__linked_data_nests(void) {
  for (size_t more = 0; more < 2; more++) {
    capsa_draft draft = {.arena = capsa_arena_new()};
    capsa_buf buf = {0};
    size_t lists = CAPSA_HTML_JSON_DEPTH_MAX - 1 + more; /* in the object */
    capsa_buf_puts(&buf, "{\"about\":");
    repeat(&buf, "[", lists);
    repeat(&buf, "]", lists);
    capsa_buf_puts(&buf, ",\"name\":\"Ink\"}");
    capsa_html_linked_data(&draft, capsa_buf_view(&buf));
    CHECK_TEXT(draft.metadata.title, more ? "" : "Ink");
    capsa_buf_free(&buf);
    capsa_arena_free(draft.arena);
  }
}

/* A quoted value whose end stands so many lines further down. */
static void test_limits__quoted_values_go_on_over_lines(void) {
  for (size_t more = 0; more < 2; more++) {
    capsa_draft draft = {.arena = capsa_arena_new()};
    capsa_buf buf = {0};
    capsa_yaml yaml = {0};
    capsa_buf_puts(&buf, "title: \"a\n");
    repeat(&buf, "  b\n", CAPSA_YAML_FOLDED_LINES_MAX - 1 + more);
    capsa_buf_puts(&buf, "  c\"\n");
    capsa_yaml_read(capsa_buf_view(&buf), 1, &draft, &yaml);
    CHECK_NUMBER(draft.diagnostics.count > 0, more);
    if (CHECK(yaml.entries.count > 0))
      CHECK(capsa_slice_ends(yaml.entries.items[0].value, "c") == !more);
    capsa_buf_free(&buf);
    capsa_arena_free(draft.arena);
  }
}

/* A corpus of a megabyte: each of its documents is kept with all of it. */
static void test_limits__a_corpus_is_split(void) {
  const size_t len = (size_t)1 << 20, count = CAPSA_CORPUS_BYTES_MAX / len;
  for (size_t more = 0; more < 2; more++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_buf buf = {0};
    capsa_parts parts;
    capsa_buf_puts(&buf, "<teiCorpus>");
    repeat(&buf, "<TEI><text><p>a</p></text></TEI>", count + more);
    capsa_buf_puts(&buf, "</teiCorpus>");
    repeat(&buf, " ", len - buf.len);
    capsa_source source = {.bytes = capsa_buf_view(&buf)};
    CHECK_STATUS(capsa_source_parts(&source, arena, &parts), CAPSA_OK);
    CHECK_NUMBER(parts.count, more ? 1 : count);
    CHECK_STATUS(parts.items[0].status, more ? CAPSA_ETOOBIG : CAPSA_OK);
    capsa_buf_free(&buf);
    capsa_arena_free(arena);
  }
}

/* ---- books */

static capsa_slice book_of(capsa_buf *zip, capsa_slice package) {
  const made_file files[] = {
      {"META-INF/container.xml",
       CAPSA_LITERAL("<container><rootfiles><rootfile full-path='b.opf'/>"
                     "</rootfiles></container>")},
      {"b.opf", package},
      {"a.xhtml", CAPSA_LITERAL("<html><body><p>Ink.</p></body></html>")}};
  return made_zip(zip, files, sizeof files / sizeof *files);
}

static void test_limits__a_book_lists_files(void) {
  for (size_t more = 0; more < 2; more++) {
    capsa_buf package = {0}, zip = {0};
    capsa_buf_puts(&package, "<package><manifest><item id='a' href='a.xhtml' "
                             "media-type='application/xhtml+xml'/>");
    repeat(&package, "<item id='b' href='b.png' media-type='image/png'/>",
           CAPSA_EPUB_ITEMS_MAX - 1 + more);
    capsa_buf_puts(&package, "</manifest><spine><itemref idref='a'/></spine>"
                             "</package>");
    capsa_slice bytes = book_of(&zip, capsa_buf_view(&package));
    CHECK_NUMBER(told(bytes, CAPSA_FORMAT_EPUB, "package"), more);
    capsa_buf_free(&package);
    capsa_buf_free(&zip);
  }
}

static void test_limits__a_book_has_an_order_of_reading(void) {
  for (size_t more = 0; more < 2; more++) {
    capsa_buf package = {0}, zip = {0};
    capsa_buf_puts(&package,
                   "<package><manifest><item id='a' href='a.xhtml' "
                   "media-type='application/xhtml+xml'/></manifest><spine>");
    repeat(&package, "<itemref idref='a'/>", CAPSA_EPUB_ITEMS_MAX + more);
    capsa_buf_puts(&package, "</spine></package>");
    capsa_slice bytes = book_of(&zip, capsa_buf_view(&package));
    CHECK_NUMBER(told(bytes, CAPSA_FORMAT_EPUB, "package"), more);
    capsa_buf_free(&package);
    capsa_buf_free(&zip);
  }
}

static void test_limits__a_book_has_terms(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_epub_terms terms = {0};
  for (int i = 0; i < CAPSA_EPUB_TERMS_MAX; i++)
    CHECK(capsa_epub_add_term(&terms, arena) != NULL);
  CHECK(!capsa_epub_add_term(&terms, arena));
  capsa_arena_free(arena);
}

static void test_limits__a_book_has_many_places(void) {
  enum { COUNT = 20000 };
  capsa_arena *arena = capsa_arena_new();
  capsa_epub_places places = {0};
  static char ids[COUNT][8];
  capsa_slice path = CAPSA_LITERAL("text/a.xhtml");
  for (int i = 0; i < COUNT; i++) {
    int len = snprintf(ids[i], sizeof ids[i], "n%d", i);
    CHECK(capsa_epub_place_add(&places, arena, path,
                               (capsa_slice){ids[i], (size_t)len}) != NULL);
  }
  CHECK_NUMBER(places.count, COUNT);
  for (int i = 0; i < COUNT; i++) {
    const capsa_epub_place *place =
        capsa_epub_place_find(&places, path, capsa_slice_of(ids[i]));
    if (!CHECK(place == &places.items[i])) break;
  }
  CHECK(!capsa_epub_place_find(&places, path, CAPSA_LITERAL("n")));
  CHECK(
      !capsa_epub_place_find(&places, CAPSA_LITERAL("b"), CAPSA_LITERAL("n1")));
  capsa_arena_free(arena);
}

/* ---- writers */

/* Marks around marks: more than 32 that are open at once are not drawn. */
static void test_limits__writers_draw_marks_in_marks(void) {
  enum { DRAWN = 32, LEN = 2 * (DRAWN + 1) };
  static char text[LEN];
  capsa_span spans[DRAWN + 1];
  memset(text, 'a', sizeof text);
  for (size_t i = 0; i <= DRAWN; i++)
    spans[i] = (capsa_span){.kind = CAPSA_SPAN_EMPHASIS, .at = {i, LEN - i}};
  for (size_t more = 0; more < 2; more++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_block block = {.number = 1,
                         .text = {text, sizeof text},
                         .spans = spans,
                         .span_count = DRAWN + more};
    capsa_document document = {
        .blocks = &block, .block_count = 1, .text = block.text};
    capsa_slice out;
    CHECK_STATUS(capsa_document_to_html(&document, arena, &out), CAPSA_OK);
    CHECK_NUMBER(count_of(out, "<em>"), DRAWN);
    CHECK_NUMBER(count_of(out, "</em>"), DRAWN);
    CHECK_STATUS(capsa_document_to_tei(&document, arena, &out), CAPSA_OK);
    CHECK_NUMBER(count_of(out, "<hi "), DRAWN);
    CHECK_NUMBER(count_of(out, "</hi>"), DRAWN);
    capsa_arena_free(arena);
  }
}

/* How many divisions are open at once, at most. */
static size_t deepest(capsa_slice tei) {
  size_t depth = 0, most = 0;
  for (size_t i = 0; i < tei.len; i++) {
    capsa_slice rest = capsa_slice_from(tei, i);
    if (capsa_slice_starts(rest, "<div ") && ++depth > most) most = depth;
    depth -= capsa_slice_starts(rest, "</div>");
  }
  return most;
}

/* Divisions nest as deep as headings; a deeper one ends the one before. */
static void test_limits__divisions_of_tei_nest(void) {
  for (size_t more = 0; more < 2; more++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_block blocks[CAPSA_TEI_DIVISIONS_MAX + 1] = {0};
    size_t count = CAPSA_TEI_DIVISIONS_MAX + more;
    for (size_t i = 0; i < count; i++)
      blocks[i] = (capsa_block){.number = (uint32_t)i + 1,
                                .kind = CAPSA_BLOCK_HEADING,
                                .level = (uint32_t)i + 1,
                                .text = CAPSA_LITERAL("a")};
    capsa_document document = {.blocks = blocks, .block_count = count}, again;
    capsa_slice out;
    CHECK_STATUS(capsa_document_to_tei(&document, arena, &out), CAPSA_OK);
    CHECK_NUMBER(count_of(out, "<div "), count);
    CHECK_NUMBER(count_of(out, "</div>"), count);
    CHECK_NUMBER(deepest(out), CAPSA_TEI_DIVISIONS_MAX);
    capsa_source source = {.bytes = out, .format = CAPSA_FORMAT_TEI};
    CHECK_STATUS(capsa_document_parse(&source, arena, &again), CAPSA_OK);
    CHECK_NUMBER(again.block_count, count);
    for (size_t i = 0; i < count && i < again.block_count; i++)
      CHECK_NUMBER(again.blocks[i].level, i + 1);
    capsa_arena_free(arena);
  }
}

void test_limits(void);
void test_limits(void) {
  RUN(test_limits__elements_of_html_nest);
  RUN(test_limits__linked_data_nests);
  RUN(test_limits__quoted_values_go_on_over_lines);
  RUN(test_limits__a_corpus_is_split);
  RUN(test_limits__a_book_lists_files);
  RUN(test_limits__a_book_has_an_order_of_reading);
  RUN(test_limits__a_book_has_terms);
  RUN(test_limits__a_book_has_many_places);
  RUN(test_limits__writers_draw_marks_in_marks);
  RUN(test_limits__divisions_of_tei_nest);
}
