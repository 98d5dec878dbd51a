/* epub_package.c -- container.xml and the package file (OPF) of a book.
 *
 * <manifest> lists the files, <spine> names the chapters in their order by the
 * files' ids, <metadata> has Dublin Core's terms. In EPUB 3 what refines a
 * term (a creator's role, a title's type) follows it and points back, so terms
 * are kept until the end.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/slice.h"
#include "document/formats/epub/epub.h"
#include "document/formats/epub/epub_terms.h"
#include "document/formats/tei/xml.h"

typedef struct reading {
  capsa_epub *book;
  capsa_slice path;              /* of the package file */
  CAPSA_LIST(capsa_slice) order; /* ids */
  capsa_epub_terms terms;
  capsa_slice ncx;                   /* id */
  uint32_t depth, metadata, capture; /* depths; 0: not in it */
  capsa_buf value;
  bool too_many;
} reading;

static bool is(const char *name, const char *other) {
  return !strcmp(name, other);
}

static capsa_slice kept(const reading *r, capsa_xml_attributes attributes,
                        const char *name) {
  return capsa_arena_copy(
      r->book->draft->arena,
      capsa_slice_trim(capsa_xml_attribute(attributes, name)));
}

static void mended(void *context, uint32_t line, const char *action, bool loss,
                   capsa_slice bytes) {
  reading *r = context;
  (void)line;
  capsa_draft_report(r->book->draft,
                     loss ? CAPSA_SEVERITY_LOSS : CAPSA_SEVERITY_WARNING, 0,
                     "package", action, bytes);
}

static void no_end(void *context) { (void)context; }

static void no_text(void *context, capsa_slice text) {
  (void)context, (void)text;
}

/* ---- container */

static void start_container(void *context, const char *name,
                            capsa_xml_attributes attributes) {
  reading *r = context;
  if (!is(name, "rootfile") || r->path.len) return;
  r->path = capsa_epub_path(r->book->draft->arena, (capsa_slice){0},
                            capsa_xml_attribute(attributes, "full-path"), NULL);
}

/* Where the container is lost, a package is known by its ending. */
static void find_package(reading *r) {
  const capsa_zip *zip = &r->book->zip;
  for (size_t i = 0; i < zip->count && !r->path.len; i++)
    if (capsa_slice_ends(zip->members[i].path, ".opf"))
      r->path = capsa_arena_copy(r->book->draft->arena, zip->members[i].path);
}

static capsa_status read_container(reading *r) {
  capsa_slice text;
  capsa_slice path = CAPSA_LITERAL("META-INF/container.xml");
  capsa_xml xml = {.context = r,
                   .start = start_container,
                   .end = no_end,
                   .text = no_text,
                   .mended = mended};
  capsa_status st = CAPSA_OK;
  if (capsa_zip_find(&r->book->zip, path) &&
      capsa_epub_text(r->book, path, &text))
    st = capsa_xml_read(text, &xml, r->book->draft->arena);
  find_package(r);
  return st == CAPSA_ENOMEM ? st : CAPSA_OK;
}

/* ---- package */

static capsa_epub_kind kind_of(capsa_slice type) {
  static const struct {
    const char *type;
    capsa_epub_kind kind;
  } kinds[] = {
      {"application/xhtml+xml", CAPSA_EPUB_CHAPTER},
      {"text/html", CAPSA_EPUB_CHAPTER},
      {"text/x-oeb1-document", CAPSA_EPUB_CHAPTER},
      {"application/x-dtbncx+xml", CAPSA_EPUB_NCX},
  };
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (capsa_slice_is_nocase(type, kinds[i].type)) return kinds[i].kind;
  return capsa_slice_starts(type, "image/") ? CAPSA_EPUB_IMAGE
                                            : CAPSA_EPUB_OTHER;
}

static void add_item(reading *r, capsa_xml_attributes attributes) {
  capsa_epub *book = r->book;
  if (book->items.count == CAPSA_EPUB_ITEMS_MAX) {
    r->too_many = true;
    return;
  }
  capsa_epub_item *item = CAPSA_LIST_ADD(book->draft->arena, &book->items);
  if (!item) return;
  item->id = kept(r, attributes, "id");
  item->path = capsa_epub_path(book->draft->arena, r->path,
                               capsa_xml_attribute(attributes, "href"), NULL);
  item->kind =
      kind_of(capsa_slice_trim(capsa_xml_attribute(attributes, "media-type")));
  capsa_slice properties = capsa_xml_attribute(attributes, "properties");
  item->is_nav = capsa_slice_finds(properties, "nav", 0) != CAPSA_NOT_FOUND;
}

static void add_to_order(reading *r, capsa_xml_attributes attributes) {
  if (r->order.count == CAPSA_EPUB_ITEMS_MAX) {
    r->too_many = true;
    return;
  }
  capsa_slice *id = CAPSA_LIST_ADD(r->book->draft->arena, &r->order);
  if (id) *id = kept(r, attributes, "idref");
}

static void start_term(reading *r, const char *name,
                       capsa_xml_attributes attributes) {
  capsa_arena *arena = r->book->draft->arena;
  capsa_epub_term *term = capsa_epub_add_term(&r->terms, arena);
  if (!term) return;
  capsa_slice property = kept(r, attributes, "property");
  term->name =
      property.len ? property : capsa_arena_copy(arena, capsa_slice_of(name));
  term->id = kept(r, attributes, "id");
  term->role = kept(r, attributes, "role");
  term->event = kept(r, attributes, "event");
  term->refines = kept(r, attributes, "refines");
  r->capture = r->depth;
  capsa_buf_free(&r->value);
}

static void start_package(void *context, const char *name,
                          capsa_xml_attributes attributes) {
  reading *r = context;
  r->depth++;
  if (is(name, "metadata")) r->metadata = r->depth;
  else if (is(name, "item")) add_item(r, attributes);
  else if (is(name, "itemref")) add_to_order(r, attributes);
  else if (is(name, "spine")) r->ncx = kept(r, attributes, "toc");
  else if (r->metadata && !r->capture && !is(name, "dc-metadata") &&
           !is(name, "x-metadata"))
    start_term(r, name, attributes);
}

static void text_of_package(void *context, capsa_slice text) {
  reading *r = context;
  if (r->capture) capsa_buf_put(&r->value, text);
}

static void end_package(void *context) {
  reading *r = context;
  capsa_arena *arena = r->book->draft->arena;
  capsa_slice value = {0};
  if (r->capture == r->depth) {
    r->capture = 0;
    if (!capsa_buf_take(&r->value, arena, &value) && r->terms.count)
      r->terms.items[r->terms.count - 1].value =
          capsa_draft_squeeze(arena, capsa_slice_trim(value));
  }
  if (r->metadata == r->depth) r->metadata = 0;
  r->depth--;
}

static capsa_status read_package(reading *r) {
  capsa_slice text;
  capsa_xml xml = {.context = r,
                   .start = start_package,
                   .end = end_package,
                   .text = text_of_package,
                   .mended = mended};
  if (!r->path.len || !capsa_epub_text(r->book, r->path, &text))
    return CAPSA_OK;
  capsa_status st = capsa_xml_read(text, &xml, r->book->draft->arena);
  if (r->too_many)
    capsa_draft_report(r->book->draft, CAPSA_SEVERITY_LOSS, 0, "package",
                       "the book lists more than 10,000 files; the rest was "
                       "left out",
                       (capsa_slice){0});
  return st == CAPSA_ENOMEM ? st : CAPSA_OK;
}

/* ---- order */

static int by_id(const void *a, const void *b) {
  const capsa_epub_item *one = *(capsa_epub_item *const *)a;
  const capsa_epub_item *two = *(capsa_epub_item *const *)b;
  int order = capsa_slice_compare(one->id, two->id);
  return order ? order : (one < two ? -1 : one > two);
}

/* Index plus 1 of the first item called `id`; 0 where there is none. */
static uint32_t find_item(const capsa_epub *book, capsa_epub_item **sorted,
                          capsa_slice id) {
  size_t low = 0, high = book->items.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (capsa_slice_compare(sorted[middle]->id, id) < 0) low = middle + 1;
    else high = middle;
  }
  if (low == book->items.count || !capsa_slice_equal(sorted[low]->id, id))
    return 0;
  return (uint32_t)(sorted[low] - book->items.items) + 1;
}

static void put_in_order(capsa_epub *book, uint32_t item) {
  uint32_t *place = CAPSA_LIST_ADD(book->draft->arena, &book->order);
  if (place) *place = item;
}

static void settle_order(reading *r) {
  capsa_epub *book = r->book;
  capsa_epub_item **sorted = capsa_arena_alloc(
      book->draft->arena, (book->items.count + 1) * sizeof *sorted);
  if (!sorted) return;
  for (size_t i = 0; i < book->items.count; i++)
    sorted[i] = &book->items.items[i];
  qsort(sorted, book->items.count, sizeof *sorted, by_id);
  for (size_t i = 0; i < r->order.count; i++) {
    uint32_t item = find_item(book, sorted, r->order.items[i]);
    if (item) put_in_order(book, item - 1);
    else
      capsa_draft_report(book->draft, CAPSA_SEVERITY_LOSS, 0, "chapter",
                         "left out: the book names a chapter that it does not "
                         "list",
                         r->order.items[i]);
  }
  uint32_t ncx = r->ncx.len ? find_item(book, sorted, r->ncx) : 0;
  for (uint32_t i = 0; i < book->items.count; i++) {
    const capsa_epub_item *item = &book->items.items[i];
    if (item->is_nav) book->contents_item = i + 1;
    if (!ncx && item->kind == CAPSA_EPUB_NCX) ncx = i + 1;
  }
  if (!book->contents_item) book->contents_item = ncx;
}

static bool is_page(capsa_slice path) {
  return capsa_slice_ends(path, ".xhtml") || capsa_slice_ends(path, ".html") ||
         capsa_slice_ends(path, ".htm");
}

/* The package told nothing: all pages that are there, by their names. */
static void order_by_name(capsa_epub *book) {
  const capsa_zip *zip = &book->zip;
  capsa_draft_report(book->draft, CAPSA_SEVERITY_WARNING, 0, "package",
                     "the book's own list of its chapters cannot be read; they "
                     "are in the order of their files' names",
                     (capsa_slice){0});
  book->items.count = 0;
  for (size_t i = 0; i < zip->count; i++) {
    if (!is_page(zip->by_path[i]->path)) continue;
    capsa_epub_item *item = CAPSA_LIST_ADD(book->draft->arena, &book->items);
    if (!item) return;
    item->path = capsa_arena_copy(book->draft->arena, zip->by_path[i]->path);
    item->kind = CAPSA_EPUB_CHAPTER;
    put_in_order(book, (uint32_t)book->items.count - 1);
  }
}

capsa_status capsa_epub_read_package(capsa_epub *book) {
  reading r = {.book = book};
  capsa_status st = read_container(&r);
  if (!st) st = read_package(&r);
  capsa_buf_free(&r.value);
  if (st) return st;
  settle_order(&r);
  if (!book->order.count) order_by_name(book);
  capsa_epub_settle_terms(book->draft, &r.terms);
  return capsa_arena_failed(book->draft->arena) ? CAPSA_ENOMEM : CAPSA_OK;
}
