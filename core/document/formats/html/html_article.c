/* html_article.c -- the article on a saved page.
 *
 * Where the page says what its article is (<main>, <article>, their roles),
 * all beside it is the site's; where it says nothing, only what is mostly
 * links is, beside the element that holds most of the text. Rather a line too
 * many than a line of the record lost: notes and a lone title stay wherever
 * they stand, and what calls itself a menu but holds the text is none.
 */
#include "base/slice.h"
#include "document/formats/html/html.h"

/* Shares in percent of the text around. */
#define CHROME_MOST 40   /* an element called chrome holds no more */
#define MAIN_LEAST 25    /* of the body's text: <main> */
#define ARTICLE_LEAST 60 /* of main's or the body's: <article> */
#define CORE_LEAST 80    /* of its parent's: the way down to the text */
#define LINKS_MOST 30    /* of an element's own text, beside the core */
#define EDGE_LINKS 75    /* likewise, at the core's edges */

/* A header or footer with so many bytes of text may be the record's own. */
#define PREFACE_LEAST 200

typedef struct measure {
  uint32_t text, links; /* bytes that are no white space */
} measure;

typedef struct article {
  capsa_html_page *page;
  measure *of; /* each node */
} article;

static capsa_html_node *node_at(const article *a, uint32_t i) {
  return &a->page->tree.items[i];
}

static uint32_t inked(capsa_slice text) {
  uint32_t count = 0;
  for (size_t i = 0; i < text.len; i++)
    count += (unsigned char)text.ptr[i] > ' ';
  return count;
}

static bool is_left_out(const capsa_html_node *n) {
  return n->role == CAPSA_HTML_HIDDEN || n->role == CAPSA_HTML_CHROME;
}

/* Children come behind their parent, so one walk from the end adds up. */
static void take_measure(article *a) {
  for (uint32_t i = 0; i < a->page->tree.count; i++) a->of[i] = (measure){0};
  for (uint32_t i = (uint32_t)a->page->tree.count; i-- > 1;) {
    const capsa_html_node *n = node_at(a, i);
    if (n->tag == CAPSA_TAG_TEXT) a->of[i].text = inked(n->text);
    if (n->tag == CAPSA_TAG_A) a->of[i].links = a->of[i].text;
    if (is_left_out(n)) continue;
    a->of[n->parent].text += a->of[i].text;
    a->of[n->parent].links += a->of[i].links;
  }
}

static bool is_share(uint32_t part, uint32_t whole, uint32_t percent) {
  return (uint64_t)part * 100 >= (uint64_t)whole * percent;
}

/* ---- chrome that the page names */

static bool is_in_article(const article *a, uint32_t i) {
  for (; i; i = node_at(a, i)->parent)
    if (node_at(a, i)->flags & (CAPSA_HTML_MAIN | CAPSA_HTML_ARTICLE))
      return true;
  return false;
}

static bool has_tag(const article *a, uint32_t i, capsa_html_tag tag) {
  uint32_t end = node_at(a, i)->end;
  return capsa_html_find(&a->page->tree, tag, i, end) < end;
}

static bool holds_chrome(const article *a, uint32_t i) {
  for (uint32_t k = i + 1; k < node_at(a, i)->end; k++)
    if (node_at(a, k)->role == CAPSA_HTML_CHROME ||
        node_at(a, k)->tag == CAPSA_TAG_INPUT)
      return true;
  return false;
}

/* A header or footer belongs to the site unless it stands in the article, or
 * is a text of some length without links and menus; a header may hold the only
 * title. */
static void name_ends_of_page(article *a) {
  for (uint32_t i = 1; i < a->page->tree.count; i++) {
    capsa_html_node *n = node_at(a, i);
    bool header = n->tag == CAPSA_TAG_HEADER;
    if (n->role != CAPSA_HTML_PLAIN || (!header && n->tag != CAPSA_TAG_FOOTER))
      continue;
    bool links =
        a->of[i].links && is_share(a->of[i].links, a->of[i].text, LINKS_MOST);
    bool text = a->of[i].text >= PREFACE_LEAST && !links && !holds_chrome(a, i);
    if (is_in_article(a, i) ? links && !header : !text)
      n->role = CAPSA_HTML_CHROME;
    if (header && has_tag(a, i, CAPSA_TAG_H1)) n->role = CAPSA_HTML_PLAIN;
    i = n->end - 1;
  }
}

/* Share of all text that the element called chrome would take away. */
static void keep_the_most(article *a) {
  uint32_t left = a->of[0].text, all = left;
  for (uint32_t i = 1; i < a->page->tree.count; i++) {
    if (node_at(a, i)->role != CAPSA_HTML_CHROME) continue;
    all += a->of[i].text;
    i = node_at(a, i)->end - 1;
  }
  for (uint32_t i = 1; i < a->page->tree.count; i++) {
    capsa_html_node *n = node_at(a, i);
    if (n->role != CAPSA_HTML_CHROME) continue;
    bool most = all && a->of[i].text * 100ull > all * (uint64_t)CHROME_MOST;
    if (most || (n->flags & CAPSA_HTML_KEPT)) n->role = CAPSA_HTML_PLAIN;
    else i = n->end - 1;
  }
}

/* ---- the article */

static uint32_t largest(const article *a, uint32_t in, unsigned flag) {
  uint32_t best = 0, end = node_at(a, in)->end;
  for (uint32_t i = in + 1; i < end; i++) {
    const capsa_html_node *n = node_at(a, i);
    if (is_left_out(n)) i = n->end - 1;
    else if ((n->flags & flag) && (!best || a->of[i].text > a->of[best].text))
      best = i;
  }
  return best;
}

/* The element that the page declares to be the article; 0 for none. */
static uint32_t declared(const article *a, uint32_t body) {
  uint32_t root = largest(a, body, CAPSA_HTML_MAIN), around = body;
  if (root && is_share(a->of[root].text, a->of[body].text, MAIN_LEAST))
    around = root;
  else root = 0;
  uint32_t inner = largest(a, around, CAPSA_HTML_ARTICLE);
  if (inner && is_share(a->of[inner].text, a->of[around].text, ARTICLE_LEAST))
    root = inner;
  return root;
}

static uint32_t child_with_most(const article *a, uint32_t in) {
  uint32_t best = 0, end = node_at(a, in)->end;
  for (uint32_t i = in + 1; i < end; i = node_at(a, i)->end)
    if (!is_left_out(node_at(a, i)) &&
        (!best || a->of[i].text > a->of[best].text))
      best = i;
  return best;
}

static bool arranges(capsa_html_tag tag) {
  switch (tag) {
  case CAPSA_TAG_DIV:
  case CAPSA_TAG_SECTION:
  case CAPSA_TAG_CENTER:
  case CAPSA_TAG_FORM:
  case CAPSA_TAG_TABLE:
  case CAPSA_TAG_TBODY:
  case CAPSA_TAG_TR:
  case CAPSA_TAG_TD:
  case CAPSA_TAG_FONT:
  case CAPSA_TAG_MAIN:
  case CAPSA_TAG_ARTICLE: return true;
  default: return false;
  }
}

/* Down from the body as long as one child holds nearly all. */
static uint32_t core_of(const article *a, uint32_t body) {
  for (uint32_t core = body;;) {
    uint32_t child = child_with_most(a, core);
    if (!child || !arranges((capsa_html_tag)node_at(a, child)->tag) ||
        !is_share(a->of[child].text, a->of[core].text, CORE_LEAST))
      return core;
    core = child;
  }
}

static void leave_out(article *a, uint32_t i) {
  capsa_html_node *n = node_at(a, i);
  if (n->role == CAPSA_HTML_PLAIN && !(n->flags & CAPSA_HTML_KEPT))
    n->role = CAPSA_HTML_OUTSIDE;
}

static bool is_links(const article *a, uint32_t i, uint32_t percent) {
  return a->of[i].links && is_share(a->of[i].links, a->of[i].text, percent);
}

/* What stands beside the way from the body down to the article. */
static void leave_out_beside(article *a, uint32_t body, uint32_t root,
                             bool all) {
  for (uint32_t on = root; on != body; on = node_at(a, on)->parent) {
    uint32_t parent = node_at(a, on)->parent, end = node_at(a, parent)->end;
    for (uint32_t i = parent + 1; i < end; i = node_at(a, i)->end)
      if (i != on && (all || is_links(a, i, LINKS_MOST))) leave_out(a, i);
  }
}

/* Links at the core's start and end: "Back to the list". */
static void leave_out_edges(article *a, uint32_t core) {
  uint32_t end = node_at(a, core)->end, last_text = 0;
  bool first = true;
  for (uint32_t i = core + 1; i < end; i = node_at(a, i)->end) {
    if (!a->of[i].text) continue;
    if (is_links(a, i, EDGE_LINKS)) {
      if (first) leave_out(a, i);
      continue;
    }
    first = false;
    last_text = i;
  }
  if (!last_text) return; /* nothing but links: they are the text */
  for (uint32_t i = node_at(a, last_text)->end; i < end; i = node_at(a, i)->end)
    if (a->of[i].text) leave_out(a, i);
}

/* A heading stays where the article has none, as what holds notes does. */
static void keep(article *a, uint32_t node) {
  for (uint32_t i = node; i && !(node_at(a, i)->flags & CAPSA_HTML_KEPT);
       i = node_at(a, i)->parent)
    node_at(a, i)->flags |= CAPSA_HTML_KEPT;
}

static void keep_title(article *a, uint32_t root) {
  uint32_t first = (uint32_t)a->page->tree.count;
  for (uint32_t i = 1; i < a->page->tree.count; i++) {
    const capsa_html_node *n = node_at(a, i);
    if (is_left_out(n)) i = n->end - 1;
    else if (n->tag == CAPSA_TAG_H1 && first > i) first = i;
  }
  if (first < root && !has_tag(a, root, CAPSA_TAG_H1)) keep(a, first);
}

void capsa_html_article(capsa_html_page *page) {
  article a = {.page = page};
  a.of = capsa_arena_alloc(page->draft->arena, page->tree.count * sizeof *a.of);
  if (!a.of) return;
  take_measure(&a);
  name_ends_of_page(&a);
  take_measure(&a);
  keep_the_most(&a);
  take_measure(&a);
  uint32_t root = declared(&a, page->body);
  bool is_declared = root != 0;
  if (!root) root = core_of(&a, page->body);
  keep_title(&a, root);
  leave_out_beside(&a, page->body, root, is_declared);
  if (!is_declared) leave_out_edges(&a, root);
}
