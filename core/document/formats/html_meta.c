/* html_meta.c -- what <html> and <head> say of a record. */
#include <string.h>

#include "base/slice.h"
#include "document/formats/formats.h"
#include "document/formats/html.h"

static void read_language(capsa_html_page *page) {
  static const capsa_html_tag tags[] = {CAPSA_TAG_HTML, CAPSA_TAG_BODY};
  const capsa_html_tree *tree = &page->tree;
  for (int i = 0; i < 2; i++) {
    uint32_t node = capsa_html_find(tree, tags[i], 0, (uint32_t)tree->count);
    capsa_html_attributes a;
    if (node == tree->count) continue;
    capsa_html_attributes_read(tree->items[node].text, &a);
    capsa_slice lang = capsa_html_value(page->draft->arena, a.lang);
    if (lang.len)
      capsa_metadata_put(page->draft, CAPSA_LITERAL("language"), lang);
  }
}

static void read_meta(capsa_html_page *page, const capsa_html_attributes *a) {
  capsa_arena *arena = page->draft->arena;
  capsa_slice name = capsa_html_value(arena, a->name);
  static const char *const prefixes[] = {"citation_", "dc.", "dcterms."};
  for (int i = 0; i < 3; i++) {
    size_t len = strlen(prefixes[i]);
    if (!capsa_slice_equal_nocase(capsa_slice_cut(name, 0, len),
                                  capsa_slice_of(prefixes[i])))
      continue;
    capsa_metadata_put(page->draft, capsa_slice_from(name, len),
                       capsa_html_value(arena, a->content));
    return;
  }
}

void capsa_html_metadata(capsa_html_page *page) {
  for (uint32_t i = 1; i < page->tree.count; i++) {
    const capsa_html_node *n = &page->tree.items[i];
    capsa_html_attributes a;
    if (n->tag != CAPSA_TAG_META && n->tag != CAPSA_TAG_LINK) continue;
    capsa_html_attributes_read(n->text, &a);
    if (n->tag == CAPSA_TAG_META) read_meta(page, &a);
    else if (capsa_html_has_word(a.rel, "canonical"))
      capsa_metadata_put(page->draft, CAPSA_LITERAL("source"),
                         capsa_html_value(page->draft->arena, a.href));
  }
  read_language(page);
}

void capsa_html_metadata_last(capsa_html_page *page) {
  capsa_metadata *meta = &page->draft->metadata;
  const capsa_html_tree *tree = &page->tree;
  uint32_t title =
      capsa_html_find(tree, CAPSA_TAG_TITLE, 0, (uint32_t)tree->count);
  if (!meta->title.len && title < tree->count)
    meta->title = capsa_html_text(tree, title, 300, page->draft->arena, false);
}
