/* html_meta.c -- what <html> and <head> say of a record: metadata for
 * libraries (citation_*, Dublin Core), linked data, the page's own address;
 * and, where nothing better was found, what it says to other sites.
 */
#include <string.h>

#include "base/slice.h"
#include "document/formats/formats.h"
#include "document/formats/html/html.h"

#define TITLE_BYTES_MAX 300
/* The name of a site, behind a dash in a page's title, is no longer. */
#define SITE_BYTES_MAX 40

static bool is_name(capsa_slice name, const char *wanted) {
  return capsa_slice_equal_nocase(name, capsa_slice_of(wanted));
}

/* Behind "dc.", "dcterms:" and the like; `name` itself where it has none of
 * `prefixes`. */
static capsa_slice behind(capsa_slice name, const char *const *prefixes) {
  for (; *prefixes; prefixes++) {
    size_t len = strlen(*prefixes);
    if (name.len > len + 1 && strchr(".:_", name.ptr[len]) &&
        is_name(capsa_slice_cut(name, 0, len), *prefixes))
      return capsa_slice_from(name, len + 1);
  }
  return name;
}

static bool is_address(capsa_slice value) {
  return capsa_html_is_safe(value, false) && !capsa_slice_starts(value, "mail");
}

/* ---- metas for libraries */

/* Names of citation_* that mean something else than Dublin Core's. */
static capsa_slice citation_field(capsa_slice name) {
  static const struct {
    const char *name, *field;
  } fields[] = {{"publication_date", "date"},
                {"abstract_html_url", "url"},
                {"public_url", "url"},
                {"journal_title", "publication"},
                {"series_title", "publication"}};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
    if (is_name(name, fields[i].name)) return capsa_slice_of(fields[i].field);
  return name;
}

/* "Text" and "text/html" say nothing of a record; an identifier or source may
 * be an address or where the record lies. */
static void put_field(capsa_html_page *page, capsa_slice name,
                      capsa_slice value) {
  if (is_name(name, "type") || is_name(name, "format")) return;
  if (is_name(name, "identifier") && is_address(value))
    name = CAPSA_LITERAL("url");
  else if (is_name(name, "source") && !is_address(value) && value.len &&
           value.ptr[0] != '"')
    name = CAPSA_LITERAL("identifier");
  capsa_metadata_put(page->draft, name, value);
}

static void read_meta(capsa_html_page *page, const capsa_html_attributes *a) {
  static const char *const libraries[] = {"dc", "dcterms", "dct", NULL};
  static const char *const citations[] = {"citation", NULL};
  capsa_arena *arena = page->draft->arena;
  capsa_slice name =
      capsa_html_value(arena, a->name.len ? a->name : a->property);
  capsa_slice value = capsa_html_value(arena, a->content);
  capsa_slice term = behind(name, libraries);
  if (term.ptr != name.ptr) put_field(page, term, value);
  term = behind(name, citations);
  if (term.ptr != name.ptr) put_field(page, citation_field(term), value);
}

/* ---- microdata */

/* The field of an element that says what its text is. A name may be anything's:
 * a heading's is the record's. When it was published concerns the page. */
static const char *field_of(capsa_html_tag tag,
                            const capsa_html_attributes *a) {
  static const struct {
    const char *property, *field;
  } fields[] = {{"headline", "title"},
                {"author", "author"},
                {"creator", "author"},
                {"dateCreated", "date"},
                {"translator", "translator"}};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
    if (capsa_html_has_word(a->itemprop, fields[i].property))
      return fields[i].field;
  bool name =
      capsa_html_is_heading(tag) && capsa_html_has_word(a->itemprop, "name");
  return name ? "title" : NULL;
}

static void read_property(capsa_html_page *page, uint32_t node) {
  capsa_arena *arena = page->draft->arena;
  capsa_html_attributes a;
  capsa_html_attributes_read(page->tree.items[node].text, &a);
  if (!a.itemprop.len) return;
  const char *field = field_of((capsa_html_tag)page->tree.items[node].tag, &a);
  if (!field) return;
  capsa_slice said = a.content.len ? a.content : a.datetime;
  capsa_slice value = capsa_html_value(arena, said);
  if (!value.len)
    value = capsa_html_text(&page->tree, node, TITLE_BYTES_MAX, arena, false);
  if (value.len < TITLE_BYTES_MAX && !capsa_html_is_safe(value, false))
    capsa_metadata_put(page->draft, capsa_slice_of(field), value);
}

static void read_microdata(capsa_html_page *page) {
  for (uint32_t i = 1; i < page->tree.count; i++)
    if (page->tree.items[i].tag != CAPSA_TAG_TEXT &&
        page->tree.items[i].tag != CAPSA_TAG_CLOSED)
      read_property(page, i);
}

static void read_language(capsa_html_page *page) {
  static const capsa_html_tag tags[] = {CAPSA_TAG_HTML, CAPSA_TAG_BODY};
  const capsa_html_tree *tree = &page->tree;
  for (int i = 0; i < 2; i++) {
    uint32_t node = capsa_html_find(tree, tags[i], 0, (uint32_t)tree->count);
    capsa_html_attributes a;
    if (node == tree->count) continue;
    capsa_html_attributes_read(tree->items[node].text, &a);
    capsa_slice lang = capsa_html_value(page->draft->arena, a.lang);
    if (lang.len && a.dir.len)
      lang = capsa_html_written(page, node, a.dir, lang, (capsa_slice){0});
    if (lang.len)
      capsa_metadata_put(page->draft, CAPSA_LITERAL("language"), lang);
  }
}

static void read_script(capsa_html_page *page, uint32_t node) {
  const capsa_html_node *script = &page->tree.items[node];
  capsa_html_attributes a;
  capsa_html_attributes_read(script->text, &a);
  if (is_name(a.type, "application/ld+json") && script->end == node + 2)
    capsa_html_linked_data(page->draft, page->tree.items[node + 1].text);
}

void capsa_html_metadata(capsa_html_page *page) {
  for (uint32_t i = 1; i < page->tree.count; i++) {
    const capsa_html_node *n = &page->tree.items[i];
    capsa_html_attributes a;
    if (n->tag == CAPSA_TAG_SCRIPT) read_script(page, i);
    if (n->tag != CAPSA_TAG_META && n->tag != CAPSA_TAG_LINK) continue;
    capsa_html_attributes_read(n->text, &a);
    capsa_slice address = capsa_html_value(page->draft->arena, a.href);
    if (n->tag == CAPSA_TAG_META) read_meta(page, &a);
    else if (capsa_html_has_word(a.rel, "canonical") && is_address(address))
      capsa_metadata_put(page->draft, CAPSA_LITERAL("url"), address);
  }
  if (capsa_slice_finds(page->text, "itemprop", 0) != CAPSA_NOT_FOUND)
    read_microdata(page);
  read_language(page);
}

static capsa_slice address_in(capsa_html_page *page, const char *property) {
  for (uint32_t i = 1; i < page->tree.count; i++) {
    const capsa_html_node *n = &page->tree.items[i];
    capsa_html_attributes a;
    bool base = n->tag == CAPSA_TAG_BASE && !property;
    if (!base && !(n->tag == CAPSA_TAG_META && property)) continue;
    capsa_html_attributes_read(n->text, &a);
    if (!base && !is_name(a.property, property)) continue;
    capsa_slice address =
        capsa_html_value(page->draft->arena, base ? a.href : a.content);
    if (is_address(address)) return address;
  }
  return (capsa_slice){0};
}

void capsa_html_base(capsa_html_page *page) {
  page->base = address_in(page, NULL);
  if (!page->base.len) page->base = page->draft->metadata.source_url;
  if (!page->base.len) page->base = address_in(page, "og:url");
}

/* ---- the last resort */

static size_t last_separator(capsa_slice title, size_t *behind_it) {
  static const char *const separators[] = {
      " | ", " :: ", " \xC2\xB7 ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ",
      NULL};
  size_t last = CAPSA_NOT_FOUND;
  for (int i = 0; separators[i]; i++)
    for (size_t at = 0;
         (at = capsa_slice_finds(title, separators[i], at)) != CAPSA_NOT_FOUND;
         at++)
      if (last == CAPSA_NOT_FOUND || at > last) {
        last = at;
        *behind_it = at + strlen(separators[i]);
      }
  return last;
}

/* "The title - The site" without the site, where it is known or is short
 * beside the title. */
static capsa_slice without_site(capsa_slice title, capsa_slice site) {
  size_t end = 0, at = last_separator(title, &end);
  if (at == CAPSA_NOT_FOUND) return title;
  capsa_slice tail = capsa_slice_from(title, end);
  bool is_site = capsa_slice_equal_nocase(tail, site);
  bool is_short = !site.len && tail.len <= SITE_BYTES_MAX && tail.len < at;
  return is_site || is_short ? capsa_slice_cut(title, 0, at) : title;
}

static void read_for_others(capsa_html_page *page) {
  static const struct {
    const char *name, *field;
  } fields[] = {{"og:site_name", "publisher"},
                {"og:title", "title"},
                {"og:description", "summary"},
                {"og:url", "url"}};
  capsa_draft *draft = page->draft;
  for (size_t k = 0; k < sizeof fields / sizeof *fields; k++)
    for (uint32_t i = 1; i < page->tree.count; i++) {
      const capsa_html_node *n = &page->tree.items[i];
      capsa_html_attributes a;
      if (n->tag != CAPSA_TAG_META) continue;
      capsa_html_attributes_read(n->text, &a);
      if (!is_name(a.property, fields[k].name)) continue;
      capsa_slice value = capsa_html_value(draft->arena, a.content);
      if (k == 1) value = without_site(value, draft->metadata.site);
      if (k < 3 || is_address(value))
        capsa_metadata_put(draft, capsa_slice_of(fields[k].field), value);
    }
}

void capsa_html_metadata_last(capsa_html_page *page) {
  capsa_metadata *meta = &page->draft->metadata;
  const capsa_html_tree *tree = &page->tree;
  read_for_others(page);
  uint32_t title =
      capsa_html_find(tree, CAPSA_TAG_TITLE, 0, (uint32_t)tree->count);
  if (meta->title.len || title == tree->count) return;
  capsa_slice text =
      capsa_html_text(tree, title, TITLE_BYTES_MAX, page->draft->arena, false);
  meta->title = without_site(text, meta->site);
}
