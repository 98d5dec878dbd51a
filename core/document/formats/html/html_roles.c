/* html_roles.c -- what an element's own attributes say of it: hidden, a
 * footnote, a page's number, a part of the site. One scan for all that.
 */
#include <string.h>

#include "base/slice.h"
#include "document/formats/html/html.h"

static bool has_any(capsa_slice list, const char *const *words) {
  for (; list.len && *words; words++)
    if (capsa_html_has_word(list, *words)) return true;
  return false;
}

/* "display: none" with or without the space. */
static bool declares(capsa_slice style, const char *property,
                     const char *value) {
  for (size_t at = 0; style.len; at++) {
    at = capsa_slice_finds(style, property, at);
    if (at == CAPSA_NOT_FOUND) return false;
    capsa_slice rest =
        capsa_slice_trim(capsa_slice_from(style, at + strlen(property)));
    if (!capsa_slice_starts(rest, ":")) continue;
    if (capsa_slice_starts(capsa_slice_trim(capsa_slice_from(rest, 1)), value))
      return true;
  }
  return false;
}

static bool is_hidden(const capsa_html_attributes *a) {
  static const char *const classes[] = {
      "sr-only",        "visually-hidden", "visuallyhidden",
      "d-none",         "noprint",         "screen-reader-text",
      "mw-editsection", "mw-jump-link",    NULL};
  return a->hidden || a->aria_hidden || has_any(a->classes, classes) ||
         declares(a->style, "display", "none") ||
         declares(a->style, "visibility", "hidden");
}

/* ---- footnotes and pages, as they call themselves */

static bool holds_notes(const capsa_html_attributes *a) {
  static const char *const types[] = {"footnotes", "endnotes", "rearnotes",
                                      NULL};
  static const char *const names[] = {"footnotes",     "endnotes",
                                      "footnote-list", "footnotes-list",
                                      "doc-endnotes",  NULL};
  return has_any(a->epub_type, types) || has_any(a->role, names) ||
         has_any(a->classes, names) || has_any(a->id, names);
}

static bool is_note(const capsa_html_attributes *a, bool block) {
  static const char *const types[] = {"footnote", "endnote", "rearnote", NULL};
  static const char *const roles[] = {"doc-footnote", "doc-endnote", NULL};
  static const char *const classes[] = {"footnote", "endnote", "footnote-text",
                                        "MsoFootnoteText", NULL};
  return has_any(a->epub_type, types) || has_any(a->role, roles) ||
         (block && has_any(a->classes, classes));
}

static bool is_mark(const capsa_html_attributes *a) {
  static const char *const types[] = {"noteref", NULL};
  static const char *const roles[] = {"doc-noteref", NULL};
  static const char *const classes[] = {"fnref",
                                        "noteref",
                                        "footnote-ref",
                                        "footnoteref",
                                        "footnote",
                                        "footnotelink",
                                        "endnote-ref",
                                        "footnote-reference",
                                        "footnote-link",
                                        "fn-ref",
                                        NULL};
  return has_any(a->epub_type, types) || has_any(a->role, roles) ||
         has_any(a->classes, classes);
}

static bool is_return(const capsa_html_attributes *a) {
  static const char *const words[] = {
      "doc-backlink",    "backlink",         "footnote-back",
      "backref",         "reversefootnote",  "footnote-backref",
      "footnote-return", "mw-cite-backlink", NULL};
  return has_any(a->epub_type, words) || has_any(a->role, words) ||
         has_any(a->classes, words);
}

static bool is_page(const capsa_html_attributes *a) {
  static const char *const types[] = {"pagebreak", "doc-pagebreak", NULL};
  static const char *const classes[] = {"pagenum", "pageno", "page-number",
                                        "pagebreak", NULL};
  return has_any(a->epub_type, types) || has_any(a->role, types) ||
         has_any(a->classes, classes);
}

/* ---- the site, by its names */

static bool begins(capsa_slice word, const char *start) {
  return capsa_slice_equal_nocase(capsa_slice_cut(word, 0, strlen(start)),
                                  capsa_slice_of(start));
}

/* "share" and "share-buttons", but not "shared". */
static bool is_chrome_word(capsa_slice word) {
  static const char *const words[] = {
      "advert",     "ads",      "breadcrumb", "breadcrumbs", "comments",
      "cookie",     "cookies",  "consent",    "footer",      "global-nav",
      "login",      "masthead", "nav",        "navbar",      "navigation",
      "newsletter", "pager",    "pagination", "popup",       "promo",
      "share",      "sharing",  "sidebar",    "site-footer", "site-header",
      "skip",       "skiplink", "skip-link",  "social",      "subscribe",
      "toolbar",    "topbar",   NULL};
  for (int i = 0; words[i]; i++) {
    size_t len = strlen(words[i]);
    if (!begins(word, words[i])) continue;
    if (word.len == len || strchr("-_", word.ptr[len])) return true;
  }
  return false;
}

static bool has_chrome_word(capsa_slice list) {
  for (size_t i = 0; i < list.len;) {
    size_t start = i;
    while (i < list.len && !strchr(" \n\t\r\f", list.ptr[i])) i++;
    if (i > start && is_chrome_word(capsa_slice_cut(list, start, i)))
      return true;
    i++;
  }
  return false;
}

static bool is_chrome(capsa_html_tag tag, const capsa_html_attributes *a) {
  static const char *const roles[] = {
      "navigation",    "search",      "banner",  "contentinfo",
      "complementary", "menu",        "menubar", "toolbar",
      "dialog",        "alertdialog", NULL};
  if (tag == CAPSA_TAG_BODY || tag == CAPSA_TAG_HTML || tag == CAPSA_TAG_MAIN ||
      tag == CAPSA_TAG_ARTICLE)
    return false;
  return tag == CAPSA_TAG_NAV || tag == CAPSA_TAG_SEARCH ||
         tag == CAPSA_TAG_DIALOG || tag == CAPSA_TAG_ASIDE ||
         has_any(a->role, roles) || has_chrome_word(a->classes) ||
         has_chrome_word(a->id);
}

/* ---- all of it */

static capsa_html_role role_of(capsa_html_tag tag,
                               const capsa_html_attributes *a, bool whole) {
  unsigned flags = capsa_html_tag_flags(tag);
  if ((flags & CAPSA_HTML_DROPPED) || is_hidden(a)) return CAPSA_HTML_HIDDEN;
  if (is_page(a)) return CAPSA_HTML_PAGE;
  if (is_return(a)) return CAPSA_HTML_RETURN;
  bool block = flags & CAPSA_HTML_BLOCK;
  if (block && holds_notes(a)) return CAPSA_HTML_NOTES;
  if (is_note(a, block)) return CAPSA_HTML_NOTE;
  if (!block && is_mark(a)) return CAPSA_HTML_MARK;
  if (!whole && is_chrome(tag, a)) return CAPSA_HTML_CHROME;
  return CAPSA_HTML_PLAIN;
}

static unsigned flags_of(capsa_html_tag tag, const capsa_html_attributes *a) {
  static const char *const small[] = {"small-caps", "smallcaps", "smallcap",
                                      "smcap",      "sc",        NULL};
  static const char *const verse[] = {"poem", "verse", "stanza", "poetry",
                                      NULL};
  bool body = capsa_html_has_word(a->itemprop, "articleBody");
  unsigned flags = 0;
  if (tag == CAPSA_TAG_MAIN || capsa_html_has_word(a->role, "main"))
    flags |= CAPSA_HTML_MAIN;
  if (tag == CAPSA_TAG_ARTICLE || capsa_html_has_word(a->role, "article") ||
      body)
    flags |= CAPSA_HTML_ARTICLE;
  if (a->lang.len || a->dir.len) flags |= CAPSA_HTML_HAS_LANGUAGE;
  if (has_any(a->classes, small) ||
      capsa_slice_finds(a->style, "small-caps", 0) != CAPSA_NOT_FOUND)
    flags |= CAPSA_HTML_SMALL_CAPS;
  if (has_any(a->classes, verse)) flags |= CAPSA_HTML_VERSE;
  return flags;
}

static void add_anchor(capsa_html_page *page, capsa_html_anchors *list,
                       capsa_slice id, uint32_t node, bool is_far) {
  if (!id.len) return;
  capsa_html_anchor *anchor = CAPSA_LIST_ADD(page->draft->arena, list);
  if (anchor)
    *anchor = (capsa_html_anchor){.id = id, .node = node, .is_far = is_far};
}

/* "notes.xhtml#f1", in a work of several files. */
static bool is_far(const capsa_html_page *page, capsa_slice href) {
  return page->options->work && href.len && !capsa_html_is_safe(href, false);
}

/* "#f1" and, in the file of that name, "ch1.xhtml#f1" both point to f1. */
static capsa_slice own_place(const capsa_html_page *page, capsa_slice href) {
  capsa_slice name = page->options->name;
  if (name.len && href.len > name.len &&
      capsa_slice_equal(capsa_slice_cut(href, 0, name.len), name))
    href = capsa_slice_from(href, name.len);
  return capsa_slice_starts(href, "#") ? capsa_slice_from(href, 1)
                                       : (capsa_slice){0};
}

void capsa_html_roles(capsa_html_page *page, bool whole) {
  for (uint32_t i = 1; i < page->tree.count; i++) {
    capsa_html_node *node = &page->tree.items[i];
    capsa_html_tag tag = (capsa_html_tag)node->tag;
    if (tag == CAPSA_TAG_TEXT || tag == CAPSA_TAG_CLOSED) continue;
    capsa_html_attributes a;
    capsa_html_attributes_read(node->text, &a);
    node->role = (uint8_t)role_of(tag, &a, whole);
    node->flags |= (uint8_t)flags_of(tag, &a);
    add_anchor(page, &page->places, a.id, i, false);
    if (tag != CAPSA_TAG_A) continue;
    if (!capsa_slice_equal(a.id, a.name))
      add_anchor(page, &page->places, a.name, i, false);
    capsa_slice place = own_place(page, a.href);
    bool mark = node->role == CAPSA_HTML_MARK;
    bool far = !place.len && is_far(page, a.href);
    add_anchor(page, &page->links,
               place.len || (!mark && !far) ? place : a.href, i, far);
  }
}
