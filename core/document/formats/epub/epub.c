/* epub.c -- a book to blocks: its chapters in reading order.
 *
 * Each chapter is read as a page of its own (html.h), then its headings get
 * the levels that the book's contents give them, and a chapter without a
 * heading gets its title from there. Lines are those of a chapter's file and
 * so say nothing of the book's: they are left out.
 */
#include "document/formats/epub/epub.h"

#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "document/clean.h"
#include "document/formats/epub/epub_places.h"
#include "document/formats/formats.h"
#include "document/formats/html/html.h"
#include "document/formats/tei/xml.h"

/* Where the content of a zip's first member lies, if its name is `mimetype`
 * and it is not packed, as the standard wants. */
#define MIMETYPE_AT 30

/* A heading this near to a chapter's start is the chapter's. */
#define BLOCKS_BEFORE_HEADING 3
#define HEADING_LEVEL_MAX 6

bool capsa_epub_is(capsa_slice bytes) {
  if (!capsa_zip_is(bytes)) return false;
  return capsa_slice_starts(capsa_slice_from(bytes, MIMETYPE_AT),
                            "mimetypeapplication/epub+zip") ||
         capsa_zip_holds(bytes, "META-INF/container.xml");
}

static void report_chapter(capsa_epub *book, const char *action,
                           capsa_slice path) {
  capsa_draft_report(book->draft, CAPSA_SEVERITY_LOSS, 0, "chapter", action,
                     path);
}

bool capsa_epub_text(capsa_epub *book, capsa_slice path, capsa_slice *out) {
  capsa_slice bytes;
  const capsa_zip_member *member = capsa_zip_find(&book->zip, path);
  capsa_status st =
      member ? capsa_zip_read(&book->zip, member, book->draft->arena, &bytes)
             : CAPSA_ENOTFOUND;
  if (!st) st = capsa_clean_text(bytes, book->draft, out);
  if (st == CAPSA_ENOTFOUND)
    report_chapter(book, "left out: the book lists a file that is not in it",
                   path);
  else if (st == CAPSA_EDAMAGED)
    report_chapter(book, "left out: it is cut off or damaged", path);
  else if (st && st != CAPSA_EEMPTY && st != CAPSA_ENOMEM)
    report_chapter(book, "left out: it cannot be read", path);
  return !st;
}

/* ---- contents and headings */

typedef struct chapters {
  capsa_epub *book;
  const capsa_epub_entry **by_path; /* lines of the contents; parts aside */
  size_t count;
  const capsa_epub_item *item; /* that is read */
  int shift;                   /* of heading levels in it */
  size_t text_bytes;
  capsa_epub_places places;
} chapters;

static int by_path(const void *a, const void *b) {
  const capsa_epub_entry *one = *(const capsa_epub_entry *const *)a;
  const capsa_epub_entry *two = *(const capsa_epub_entry *const *)b;
  int order = capsa_slice_compare(one->path, two->path);
  return order ? order : (one < two ? -1 : one > two);
}

static capsa_status index_contents(chapters *c) {
  const capsa_epub_entries *all = &c->book->contents;
  c->by_path = capsa_arena_alloc(c->book->draft->arena,
                                 (all->count + 1) * sizeof *c->by_path);
  if (!c->by_path) return CAPSA_ENOMEM;
  for (size_t i = 0; i < all->count; i++)
    if (all->items[i].path.len) c->by_path[c->count++] = &all->items[i];
  qsort(c->by_path, c->count, sizeof *c->by_path, by_path);
  return CAPSA_OK;
}

/* The first line of the contents that leads to `path`, or NULL. */
static const capsa_epub_entry *find_entry(const chapters *c, capsa_slice path) {
  size_t low = 0, high = c->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (capsa_slice_compare(c->by_path[middle]->path, path) < 0)
      low = middle + 1;
    else high = middle;
  }
  return low < c->count && capsa_slice_equal(c->by_path[low]->path, path)
             ? c->by_path[low]
             : NULL;
}

static uint32_t bounded(int64_t level) {
  return level < 1                   ? 1
         : level > HEADING_LEVEL_MAX ? HEADING_LEVEL_MAX
                                     : (uint32_t)level;
}

static void insert_heading(chapters *c, size_t at, capsa_slice title,
                           uint32_t level) {
  capsa_draft_blocks *blocks = &c->book->draft->blocks;
  if (!capsa_draft_add(c->book->draft, blocks, CAPSA_BLOCK_HEADING, title, 0))
    return;
  capsa_draft_block heading = blocks->items[blocks->count - 1];
  heading.level = bounded(level);
  memmove(&blocks->items[at + 1], &blocks->items[at],
          (blocks->count - 1 - at) * sizeof heading);
  blocks->items[at] = heading;
}

static size_t first_heading(const capsa_draft_blocks *blocks, size_t from) {
  for (size_t i = from; i < blocks->count; i++) {
    if (i == from + BLOCKS_BEFORE_HEADING) break;
    if (blocks->items[i].kind == CAPSA_BLOCK_HEADING) return i;
  }
  return CAPSA_NOT_FOUND;
}

/* Books often set their headings as paragraphs. */
static size_t same_as_title(const capsa_draft_blocks *blocks, size_t from,
                            capsa_slice title) {
  for (size_t i = from; i < blocks->count && i < from + BLOCKS_BEFORE_HEADING;
       i++)
    if (capsa_slice_equal_nocase(blocks->items[i].text, title)) return i;
  return CAPSA_NOT_FOUND;
}

/* Parts have no page of their own: their titles stand before the chapter that
 * follows them in the contents. */
static size_t insert_parts(chapters *c, size_t at,
                           const capsa_epub_entry *entry) {
  const capsa_epub_entry *first = c->book->contents.items;
  const capsa_epub_entry *part = entry;
  while (part > first && !part[-1].path.len) part--;
  for (; part < entry; part++)
    insert_heading(c, at++, part->title, part->level);
  return at;
}

static void settle_headings(chapters *c, size_t from) {
  capsa_draft_blocks *blocks = &c->book->draft->blocks;
  const capsa_epub_entry *entry = find_entry(c, c->item->path);
  if (from == blocks->count) return;
  if (entry) {
    from = insert_parts(c, from, entry);
    size_t at = same_as_title(blocks, from, entry->title);
    if (at == CAPSA_NOT_FOUND) at = first_heading(blocks, from);
    if (at == CAPSA_NOT_FOUND) {
      insert_heading(c, from, entry->title, entry->level);
      at = from;
    }
    capsa_draft_block *heading = &blocks->items[at];
    if (heading->kind != CAPSA_BLOCK_HEADING) heading->level = entry->level;
    heading->kind = CAPSA_BLOCK_HEADING;
    c->shift = (int)entry->level - (int)heading->level;
  }
  for (size_t i = from; i < blocks->count; i++)
    if (blocks->items[i].kind == CAPSA_BLOCK_HEADING)
      blocks->items[i].level =
          bounded((int64_t)blocks->items[i].level + c->shift);
}

/* ---- chapters */

static capsa_slice resolve(void *context, capsa_slice address) {
  const chapters *c = context;
  capsa_slice path =
      capsa_epub_path(c->book->draft->arena, c->item->path, address, NULL);
  return path.len ? path : address;
}

static capsa_slice page_at(void *context, capsa_slice id) {
  chapters *c = context;
  capsa_epub_place *place =
      capsa_epub_place_find(&c->places, c->item->path, id);
  if (!place) return (capsa_slice){0};
  place->is_seen = true;
  return place->page;
}

static capsa_html_far_note *note_at(void *context, capsa_slice href,
                                    capsa_slice id, bool add) {
  chapters *c = context;
  capsa_arena *arena = c->book->draft->arena;
  capsa_slice path = c->item->path;
  if (href.len)
    path = capsa_epub_path(arena, path, capsa_html_value(arena, href), &id);
  if (!path.len || !id.len) return NULL;
  capsa_epub_place *place =
      add ? capsa_epub_place_add(&c->places, arena, path, id)
          : capsa_epub_place_find(&c->places, path, id);
  return place ? &place->note : NULL;
}

static capsa_slice last_name(capsa_slice path) {
  size_t start = path.len;
  while (start && path.ptr[start - 1] != '/') start--;
  return capsa_slice_from(path, start);
}

static void forget_lines(capsa_draft *draft, size_t block, size_t diagnostic) {
  for (; block < draft->blocks.count; block++)
    draft->blocks.items[block].line = 0;
  for (; diagnostic < draft->diagnostics.count; diagnostic++)
    draft->diagnostics.items[diagnostic].line = 0;
}

static capsa_status read_text(chapters *c) {
  capsa_draft *draft = c->book->draft;
  size_t blocks = draft->blocks.count, told = draft->diagnostics.count;
  capsa_slice text;
  if (!capsa_epub_text(c->book, c->item->path, &text))
    return capsa_arena_failed(draft->arena) ? CAPSA_ENOMEM : CAPSA_OK;
  c->text_bytes += text.len;
  if (c->text_bytes > CAPSA_EPUB_TEXT_BYTES_MAX) return CAPSA_ETOOBIG;
  const capsa_html_work work = {c, page_at, note_at};
  capsa_html_options options = {.xml = true,
                                .language = draft->metadata.language,
                                .name = last_name(c->item->path),
                                .resolve = resolve,
                                .context = c,
                                .work = &work};
  capsa_status st = capsa_html_body(draft, text, &options);
  if (!st) settle_headings(c, blocks);
  forget_lines(draft, blocks, told);
  return st;
}

static void add_picture(chapters *c) {
  capsa_draft *draft = c->book->draft;
  capsa_draft_block *block = capsa_draft_add(
      draft, &draft->blocks, CAPSA_BLOCK_FIGURE, (capsa_slice){0}, 0);
  if (block) block->target = c->item->path;
}

static capsa_status read_item(chapters *c, capsa_epub_item *item) {
  if (item->is_read) return CAPSA_OK;
  item->is_read = true;
  c->item = item;
  if (item->is_nav) {
    capsa_draft_report(c->book->draft, CAPSA_SEVERITY_INFO, 0, "contents",
                       "left out: the list of contents, which the headings "
                       "give as well",
                       item->path);
    return CAPSA_OK;
  }
  if (item->kind == CAPSA_EPUB_CHAPTER) return read_text(c);
  if (item->kind == CAPSA_EPUB_IMAGE) add_picture(c);
  else
    report_chapter(c->book, "left out: it is no page that Capsa reads",
                   item->path);
  return CAPSA_OK;
}

static capsa_status read_chapters(capsa_epub *book) {
  chapters c = {.book = book};
  capsa_status st = index_contents(&c);
  if (!st && !capsa_epub_places_of_pages(book, &c.places)) st = CAPSA_ENOMEM;
  for (size_t i = 0; !st && i < book->order.count; i++)
    st = read_item(&c, &book->items.items[book->order.items[i]]);
  for (size_t i = 0; !st && i < book->items.count; i++) {
    const capsa_epub_item *item = &book->items.items[i];
    if (item->kind == CAPSA_EPUB_CHAPTER && !item->is_read && !item->is_nav)
      report_chapter(book, "left out: no order of reading has this page",
                     item->path);
  }
  capsa_epub_places_report(book, &c.places);
  return st;
}

/* ---- copy protection */

/* Typefaces may be scrambled, and the book is still to be read. */
static bool is_for_fonts(capsa_slice algorithm) {
  return capsa_slice_starts(algorithm, "http://www.idpf.org/2008/embedding") ||
         capsa_slice_starts(algorithm, "http://ns.adobe.com/pdf/enc#RC");
}

typedef struct protection {
  capsa_epub *book;
  bool fonts_only;
} protection;

static void start_protection(void *context, const char *name,
                             capsa_xml_attributes attributes) {
  protection *p = context;
  capsa_zip *zip = &p->book->zip;
  if (!strcmp(name, "EncryptionMethod"))
    p->fonts_only = is_for_fonts(capsa_xml_attribute(attributes, "Algorithm"));
  if (strcmp(name, "CipherReference") || p->fonts_only) return;
  capsa_slice path =
      capsa_epub_path(p->book->draft->arena, (capsa_slice){0},
                      capsa_xml_attribute(attributes, "URI"), NULL);
  const capsa_zip_member *member = capsa_zip_find(zip, path);
  if (member) zip->members[member - zip->members].status = CAPSA_ELOCKED;
}

static void no_end(void *context) { (void)context; }

static void no_text(void *context, capsa_slice text) {
  (void)context, (void)text;
}

static void no_mending(void *context, uint32_t line, const char *action,
                       bool loss, capsa_slice text) {
  (void)context, (void)line, (void)action, (void)loss, (void)text;
}

static capsa_status check_protection(capsa_epub *book) {
  capsa_slice path = CAPSA_LITERAL("META-INF/encryption.xml"), text;
  protection p = {.book = book};
  capsa_xml xml = {.context = &p,
                   .start = start_protection,
                   .end = no_end,
                   .text = no_text,
                   .mended = no_mending};
  capsa_status st = CAPSA_OK;
  if (capsa_zip_find(&book->zip, path) && capsa_epub_text(book, path, &text))
    st = capsa_xml_read(text, &xml, book->draft->arena);
  for (size_t i = 0; st != CAPSA_ENOMEM && i < book->order.count; i++) {
    const capsa_zip_member *member = capsa_zip_find(
        &book->zip, book->items.items[book->order.items[i]].path);
    if (member && member->status == CAPSA_ELOCKED) return CAPSA_ELOCKED;
  }
  return st == CAPSA_ENOMEM ? st : CAPSA_OK;
}

capsa_status capsa_read_epub(capsa_slice bytes, capsa_draft *draft) {
  capsa_epub book = {.draft = draft};
  capsa_status st = capsa_zip_open(bytes, draft->arena, &book.zip);
  if (!st) st = capsa_epub_read_package(&book);
  if (!st) st = check_protection(&book);
  if (st) return st;
  capsa_epub_read_contents(&book);
  return read_chapters(&book);
}
