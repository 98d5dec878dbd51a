/* Memory that ends, wherever it does: every front end and every writer answers
 * CAPSA_ENOMEM, or all of it as if there had been enough, and keeps nothing. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/slice.h"
#include "capsa/document.h"
#include "made_zip.h"
#include "tap.h"

/* Allocations of the longest case; there are fewer than half as many. */
#define ALLOCATIONS_MAX 4000

static const char ARCHIVE[] =
    "Digital Archive\n\nMarch 3, 1961\n\nMemorandum of a Conversation, Paris\n"
    "\nPARTICIPANTS:\nUnited States\nMr. A. Blot, Chairman\nSoviet Union\n"
    "Comrade C. Quill (interpreter)\n\nMR. BLOT: The ink is [very] thin,1 and "
    "tha t is it.\n\nMR. QUILL: Is it?\n\n[Page 2]\n\n[They look.]\n\n"
    "MR. BLOT; I see that it is.\n\nMR. QUILL: It is very cold in\n\nhere.\n\n"
    "Notes\n\n1. See Document 8.\n\n2. Ibid.\n";

static const char MARKDOWN[] =
    "---\ntitle: >\n  Talk of\n  ink\ndate: 1961-03-03\ncreator: [A, "
    "\"B\\u00e9\"]"
    "\nparticipants:\n  - name: A. Blot\n    office: Chairman\n---\n# Talk\n\n"
    "**BLOT:** *one **two* three** `four`[^1] and [six](x.html) "
    "[five](http://x.org/ \"t\")\n"
    "\n**QUILL:** six [seven]\n\n1. a\n2. b\n   - c\n\n> d\n\n| e | *f* |\n"
    "|---|---|\n| g | h |\n\n```\ncode\n```\n\n---\n\n![k](k.png)\n\n"
    "[^1]: Said *so*.\n";

static const char HTML[] =
    "<!DOCTYPE html><html lang=en><head><title>Talk | Site</title><meta name="
    "citation_title content='Talk'><meta name=DC.date content=1961-03-03>"
    "<script type='application/ld+json'>{\"@type\":\"ArchiveComponent\","
    "\"name\":\"Talk \\u00e9\",\"author\":{\"name\":\"A. "
    "Blot\"}}</script></head>"
    "<body><nav>Home</nav><article><h1>Talk</h1><p><b>BLOT:</b> One <i>two <b>"
    "three</i> four</b>.<sup><a href=#f1>1</a></sup></p><ol><li>a<ul><li>b</ul>"
    "</ol><table><tr><td>a<td>b<tr><td>c<td>d</table><blockquote>e</blockquote>"
    "<p><a href=x.html>x</a><p lang=ar dir=rtl>\xD8\xA3<hr><figure><img "
    "src=k.png alt=k><figcaption>l"
    "</figcaption></figure><pre>m\n n</pre><p id=f1>1. A note. <a href=#r>b</a>"
    "</article></body></html>";

static const char TEI[] =
    "<?xml version='1.0'?><!DOCTYPE TEI [<!ENTITY q 'Quill'>]><TEI><teiHeader>"
    "<fileDesc><titleStmt><title>Ink</title></titleStmt></"
    "fileDesc><profileDesc>"
    "<particDesc><person xml:id='a'><persName>A. Blot</persName></person>"
    "</particDesc></profileDesc></teiHeader><text><body><div><head>One<note "
    "n='1'>A <hi rend='italic'>note</hi>.</note></head><sp who='#a'><speaker>"
    "BLOT:</speaker><p>The <choice><sic>tihn</sic><corr>thin</corr></choice> "
    "<pb n='2'/>ink & pot.</p></sp><u who='#a'>Yes, &q;.</u><table><row><cell>a"
    "</cell><cell>b</cell></row></table><lg><l>x</l></lg></div><p>Again";

static const char CONTAINER[] =
    "<container><rootfiles><rootfile full-path='b.opf'/></rootfiles>"
    "</container>";
static const char PACKAGE[] =
    "<package><metadata><dc:title>Ink</dc:title><dc:creator>A. Blot"
    "</dc:creator></metadata><manifest><item id='n' href='n.xhtml' "
    "media-type='application/xhtml+xml' properties='nav'/><item id='a' "
    "href='a.xhtml' media-type='application/xhtml+xml'/><item id='b' "
    "href='b.xhtml' media-type='application/xhtml+xml'/></manifest><spine>"
    "<itemref idref='a'/><itemref idref='b'/></spine></package>";
static const char CONTENTS[] =
    "<html><body><nav epub:type='toc'><ol><li><a href='a.xhtml'>One</a></li>"
    "</ol></nav><nav epub:type='page-list'><ol><li><a href='a.xhtml#p2'>2</a>"
    "</li></ol></nav></body></html>";
static const char CHAPTER[] =
    "<html><body><p>Ink <span id='p2'/>is thin.<a epub:type='noteref' "
    "href='b.xhtml#f'>1</a></p></body></html>";
static const char NOTES[] =
    "<html><body><aside epub:type='footnote' id='f'><p>1. So.</p></aside>"
    "</body></html>";

static capsa_slice book(capsa_buf *buf) {
  const made_file files[] = {
      {"mimetype", CAPSA_LITERAL("application/epub+zip")},
      {"META-INF/container.xml", capsa_slice_of(CONTAINER)},
      {"b.opf", capsa_slice_of(PACKAGE)},
      {"n.xhtml", capsa_slice_of(CONTENTS)},
      {"a.xhtml", capsa_slice_of(CHAPTER)},
      {"b.xhtml", capsa_slice_of(NOTES)}};
  return made_zip(buf, files, sizeof files / sizeof *files);
}

static capsa_status read_remarks(const capsa_document *document,
                                 capsa_arena *arena, capsa_slice *out) {
  capsa_remarks remarks;
  capsa_status st = capsa_document_remarks(document, arena, &remarks);
  return st ? st : capsa_remarks_to_json(&remarks, arena, out);
}

static capsa_status write_json(const capsa_document *document,
                               capsa_arena *arena, capsa_slice *out) {
  return capsa_document_to_json(document, false, arena, out);
}

typedef capsa_status writer(const capsa_document *document, capsa_arena *arena,
                            capsa_slice *out);

static const struct {
  const char *name;
  writer *write;
} writers[] = {{"json", write_json},
               {"html", capsa_document_to_html},
               {"text", capsa_document_to_text},
               {"markdown", capsa_document_to_markdown},
               {"tei", capsa_document_to_tei},
               {"remarks", read_remarks}};

static void sweep_reading(const char *name, capsa_source source) {
  capsa_status st = CAPSA_ENOMEM;
  size_t live = capsa_mem_live();
  int n = 0;
  for (; st == CAPSA_ENOMEM && n < ALLOCATIONS_MAX; n++) {
    capsa_document d;
    capsa_arena *arena = capsa_arena_new();
    capsa_mem_fail_after(n);
    st = capsa_document_parse(&source, arena, &d);
    capsa_mem_fail_after(-1);
    capsa_arena_free(arena);
  }
  if (!CHECK_STATUS(st, CAPSA_OK)) printf("# %s, allocation %d\n", name, n);
  CHECK_NUMBER(capsa_mem_live(), live);
  CHECK(n > 1);
}

/* With the words that there were with memory enough. */
static void sweep_writer(const char *name, const capsa_document *document,
                         writer *write) {
  capsa_arena *whole = capsa_arena_new();
  capsa_slice want = {0}, out = {0};
  CHECK_STATUS(write(document, whole, &want), CAPSA_OK);
  size_t live = capsa_mem_live();
  capsa_status st = CAPSA_ENOMEM;
  int n = 0;
  for (; st == CAPSA_ENOMEM && n < ALLOCATIONS_MAX; n++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_mem_fail_after(n);
    st = write(document, arena, &out);
    capsa_mem_fail_after(-1);
    if (!st) CHECK(capsa_slice_equal(out, want));
    capsa_arena_free(arena);
  }
  if (!CHECK_STATUS(st, CAPSA_OK)) printf("# %s, allocation %d\n", name, n);
  CHECK_NUMBER(capsa_mem_live(), live);
  CHECK(n > 1);
  capsa_arena_free(whole);
}

static void sweep(const char *name, capsa_slice bytes, capsa_format format) {
  capsa_source source = {.bytes = bytes, .format = format};
  sweep_reading(name, source);
  capsa_arena *arena = capsa_arena_new();
  capsa_document d;
  if (CHECK_STATUS(capsa_document_parse(&source, arena, &d), CAPSA_OK))
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++)
      sweep_writer(writers[i].name, &d, writers[i].write);
  capsa_arena_free(arena);
}

static void test_memory__archive_pages_survive_any_failed_allocation(void) {
  sweep("archive", capsa_slice_of(ARCHIVE), CAPSA_FORMAT_ARCHIVE);
}

static void test_memory__markdown_survives_any_failed_allocation(void) {
  sweep("markdown", capsa_slice_of(MARKDOWN), CAPSA_FORMAT_MARKDOWN);
}

static void test_memory__html_survives_any_failed_allocation(void) {
  sweep("html", capsa_slice_of(HTML), CAPSA_FORMAT_HTML);
}

static void test_memory__tei_survives_any_failed_allocation(void) {
  sweep("tei", capsa_slice_of(TEI), CAPSA_FORMAT_TEI);
}

static void test_memory__books_survive_any_failed_allocation(void) {
  capsa_buf buf = {0};
  sweep("epub", book(&buf), CAPSA_FORMAT_EPUB);
  capsa_buf_free(&buf);
}

/* The same text in other letters, which are made UTF-8 first. */
static void test_memory__other_letters_survive_any_failed_allocation(void) {
  static const char utf16[] = "\xFF\xFEI\0n\0k\0 \0i\0s\0 \0t\0h\0i\0n\0.\0";
  capsa_source source = {.bytes = {utf16, sizeof utf16 - 1},
                         .format = CAPSA_FORMAT_TEXT};
  sweep_reading("utf-16", source);
  source.bytes = CAPSA_LITERAL("caf\xE9 and na\xEFve \x93quoted\x94 words.\n");
  sweep_reading("windows-1252", source);
}

static capsa_status read_parts(const capsa_source *source, capsa_arena *arena) {
  capsa_parts parts;
  capsa_status st = capsa_source_parts(source, arena, &parts);
  for (size_t i = 0; !st && i < parts.count; i++) st = parts.items[i].status;
  return st;
}

static void test_memory__zips_and_corpora_survive_any_failed_allocation(void) {
  capsa_buf text = {0};
  for (int i = 0; i < 500; i++) capsa_buf_puts(&text, ARCHIVE);
  const made_file files[] = {
      {"a.txt", capsa_buf_view(&text)},
      {"b/c.xml",
       CAPSA_LITERAL("<teiCorpus><TEI><text><p>a</p></text></TEI>"
                     "<TEI><text><p>b</p></text></TEI></teiCorpus>")}};
  capsa_buf buf = {0};
  capsa_source source = {.bytes = made_zip(&buf, files, 2)};
  capsa_status st = CAPSA_ENOMEM;
  size_t live = capsa_mem_live();
  int n = 0;
  for (; st == CAPSA_ENOMEM && n < ALLOCATIONS_MAX; n++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_mem_fail_after(n);
    st = read_parts(&source, arena);
    capsa_mem_fail_after(-1);
    capsa_arena_free(arena);
  }
  CHECK_STATUS(st, CAPSA_OK);
  CHECK_NUMBER(capsa_mem_live(), live);
  CHECK(n > 1);
  capsa_buf_free(&buf);
  capsa_buf_free(&text);
}

void test_memory(void);
void test_memory(void) {
  RUN(test_memory__archive_pages_survive_any_failed_allocation);
  RUN(test_memory__markdown_survives_any_failed_allocation);
  RUN(test_memory__html_survives_any_failed_allocation);
  RUN(test_memory__tei_survives_any_failed_allocation);
  RUN(test_memory__books_survive_any_failed_allocation);
  RUN(test_memory__other_letters_survive_any_failed_allocation);
  RUN(test_memory__zips_and_corpora_survive_any_failed_allocation);
}
