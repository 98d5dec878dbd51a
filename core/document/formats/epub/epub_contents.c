/* epub_contents.c -- the contents of a book: `nav` of EPUB 3 or NCX of EPUB 2.
 *
 * Both nest lists: <ol><li><a href> title </a> <ol>…</ol></li></ol>, and
 * <navPoint><navLabel><text> title, <content src>, <navPoint>…</navPoint>. The
 * same events read both. A line's title is complete when its link ends, or in
 * an NCX, where the link follows it, when the link comes.
 */
#include <string.h>

#include "base/buf.h"
#include "base/slice.h"
#include "document/formats/epub/epub.h"
#include "document/formats/tei/xml.h"

/* What ends, for whom it matters: the parser does not say. */
enum { OTHER = 0, LIST, POINT };

typedef struct reading {
  capsa_epub *book;
  capsa_slice path; /* of the file that is read */
  capsa_epub_entries *into;
  uint32_t level, depth;
  uint32_t nav;     /* depth of the <nav> that is read; 0: none */
  uint32_t capture; /* depth of the element whose text is the title */
  capsa_slice address;
  bool has_address, in_ncx;
  capsa_buf title;
  unsigned char open[CAPSA_XML_DEPTH_MAX + 1]; /* what, by depth */
} reading;

static void add_entry(reading *r) {
  capsa_arena *arena = r->book->draft->arena;
  capsa_slice title = {0};
  if (capsa_buf_take(&r->title, arena, &title)) return;
  title = capsa_draft_squeeze(arena, capsa_slice_trim(title));
  if (!r->into || !title.len || r->into->count == CAPSA_EPUB_ITEMS_MAX) return;
  capsa_epub_entry *entry = CAPSA_LIST_ADD(arena, r->into);
  if (!entry) return;
  entry->title = title;
  entry->level = r->level ? r->level : 1;
  if (r->has_address)
    entry->path = capsa_epub_path(arena, r->path, r->address, &entry->fragment);
}

static bool is(const char *name, const char *other) {
  return !strcmp(name, other);
}

static bool has_type(capsa_xml_attributes attributes, const char *word) {
  capsa_slice type = capsa_xml_attribute(attributes, "type");
  return capsa_slice_finds(type, word, 0) != CAPSA_NOT_FOUND;
}

static void begin_nav(reading *r, capsa_xml_attributes attributes) {
  r->into = has_type(attributes, "page-list") ? &r->book->pages
            : has_type(attributes, "toc")     ? &r->book->contents
                                              : NULL;
  r->nav = r->depth;
  r->level = 0;
}

static void begin_title(reading *r) {
  r->capture = r->depth;
  capsa_buf_free(&r->title);
}

static void start_nav(reading *r, const char *name,
                      capsa_xml_attributes attributes) {
  if (is(name, "nav")) begin_nav(r, attributes);
  if (!r->nav) return;
  if (is(name, "ol")) r->level++;
  if ((!is(name, "a") && !is(name, "span")) || r->capture) return;
  r->has_address = is(name, "a");
  r->address = capsa_arena_copy(r->book->draft->arena,
                                capsa_xml_attribute(attributes, "href"));
  begin_title(r);
}

static void start_ncx(reading *r, const char *name,
                      capsa_xml_attributes attributes) {
  if (is(name, "navMap")) r->into = &r->book->contents;
  if (is(name, "pageList")) r->into = &r->book->pages;
  if (is(name, "navList") || is(name, "docTitle")) r->into = NULL;
  if (is(name, "navPoint")) r->level++;
  if (is(name, "pageTarget")) r->level = 1;
  if (is(name, "text")) begin_title(r);
  if (!is(name, "content") || !r->into) return;
  r->has_address = true;
  r->address = capsa_xml_attribute(attributes, "src");
  add_entry(r);
}

static void start(void *context, const char *name,
                  capsa_xml_attributes attributes) {
  reading *r = context;
  r->depth++;
  r->open[r->depth] = (unsigned char)(is(name, "ol")         ? LIST
                                      : is(name, "navPoint") ? POINT
                                                             : OTHER);
  if (is(name, "ncx")) r->in_ncx = true;
  if (r->in_ncx) start_ncx(r, name, attributes);
  else start_nav(r, name, attributes);
}

static void text(void *context, capsa_slice bytes) {
  reading *r = context;
  if (r->capture) capsa_buf_put(&r->title, bytes);
}

static void end(void *context) {
  reading *r = context;
  if (r->capture == r->depth) {
    r->capture = 0;
    if (!r->in_ncx) add_entry(r);
  }
  if (r->nav == r->depth) r->nav = 0;
  bool list = r->open[r->depth] == LIST && r->nav;
  if (list || r->open[r->depth] == POINT) r->level -= r->level > 0;
  r->depth--;
}

/* Contents that are broken are no loss: the chapters have their headings. */
static void mended(void *context, uint32_t line, const char *action, bool loss,
                   capsa_slice bytes) {
  (void)context, (void)line, (void)action, (void)loss, (void)bytes;
}

void capsa_epub_read_contents(capsa_epub *book) {
  capsa_slice bytes;
  if (!book->contents_item) return;
  const capsa_epub_item *item = &book->items.items[book->contents_item - 1];
  if (!capsa_epub_text(book, item->path, &bytes)) return;
  reading r = {.book = book, .path = item->path};
  capsa_xml xml = {.context = &r,
                   .start = start,
                   .end = end,
                   .text = text,
                   .mended = mended};
  if (capsa_xml_read(bytes, &xml, book->draft->arena))
    capsa_draft_report(book->draft, CAPSA_SEVERITY_WARNING, 0, "contents",
                       "the book's list of contents cannot be read; its "
                       "chapters have the headings that stand in them",
                       item->path);
  capsa_buf_free(&r.title);
}
