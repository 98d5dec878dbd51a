/* html.c -- a saved page, and a chapter of a book: the steps in their order.
 *
 * A page's text is read whole, what stands beside the article too, so that
 * the mechanism that knows an archive's page from its lines (chrome.c) sees
 * the same lines as in a copy of that page as text.
 */
#include <string.h>

#include "base/slice.h"
#include "document/formats/archive/lines.h"
#include "document/formats/formats.h"
#include "document/formats/html/html.h"
#include "text/chars.h"

uint32_t capsa_html_line(capsa_html_page *page, capsa_slice text) {
  if (!text.ptr || text.ptr < page->text.ptr ||
      text.ptr > page->text.ptr + page->text.len)
    return page->line + 1;
  size_t at = (size_t)(text.ptr - page->text.ptr);
  for (; page->line_byte < at; page->line_byte++)
    page->line += page->text.ptr[page->line_byte] == '\n';
  return page->line + 1;
}

bool capsa_html_is_safe(capsa_slice address, bool path) {
  static const char *const schemes[] = {"http://", "https://", "mailto:"};
  for (size_t i = 0; i < address.len; i++)
    if ((unsigned char)address.ptr[i] <= ' ') return false;
  for (int i = 0; i < 3; i++)
    if (capsa_slice_equal_nocase(
            capsa_slice_cut(address, 0, strlen(schemes[i])),
            capsa_slice_of(schemes[i])))
      return true;
  for (size_t i = 0; path && i < address.len; i++) {
    if (address.ptr[i] == ':') return false;
    if (strchr("/?#", address.ptr[i])) break;
  }
  return path && address.len;
}

static bool has_word(capsa_slice text) {
  for (size_t i = 0; i < text.len;) {
    capsa_codepoint cp = capsa_utf8_next(text, i);
    if (capsa_is_letter(cp.value) || capsa_is_digit(cp.value)) return true;
    i += cp.len;
  }
  return false;
}

void capsa_html_report(capsa_html_page *page, uint32_t node) {
  const capsa_html_node *n = &page->tree.items[node];
  if (n->tag == CAPSA_TAG_HEAD) return;
  capsa_slice text =
      capsa_html_text(&page->tree, node, SIZE_MAX, page->draft->arena, true);
  if (!has_word(text)) return;
  bool hidden =
      n->role == CAPSA_HTML_HIDDEN &&
      !(capsa_html_tag_flags((capsa_html_tag)n->tag) & CAPSA_HTML_DROPPED);
  bool notes = capsa_html_is_heading((capsa_html_tag)n->tag);
  capsa_draft_report(page->draft, CAPSA_SEVERITY_INFO,
                     capsa_html_line(page, n->text),
                     hidden  ? "hidden"
                     : notes ? "notes"
                             : "chrome",
                     hidden  ? "left out: the page does not show it"
                     : notes ? "left out: the heading of the footnotes"
                             : "left out: it belongs to the site's page",
                     text);
}

static void append(capsa_draft *draft, const capsa_draft_blocks *notes) {
  for (size_t i = 0; i < notes->count; i++) {
    capsa_draft_block *block = CAPSA_LIST_ADD(draft->arena, &draft->blocks);
    if (block) *block = notes->items[i];
  }
}

static void report_depth(capsa_html_page *page) {
  if (page->tree.too_deep)
    capsa_draft_report(page->draft, CAPSA_SEVERITY_WARNING, 0, "nesting",
                       "elements nested beyond the limit were read side by "
                       "side",
                       (capsa_slice){0});
}

/* Does the page end in one of its tags? What there is of it stays as text. */
static void report_cut_off(capsa_html_page *page) {
  capsa_slice text = capsa_slice_trim(page->text);
  size_t at = text.len;
  while (at && text.ptr[at - 1] != '<' && text.ptr[at - 1] != '>') at--;
  if (!at || text.ptr[at - 1] == '>') return;
  size_t name = at + (at < text.len && text.ptr[at] == '/'), end = name;
  while (end < text.len && capsa_is_letter((unsigned char)text.ptr[end])) end++;
  if (capsa_html_tag_find(capsa_slice_cut(text, name, end)) ==
      CAPSA_TAG_UNKNOWN)
    return;
  capsa_draft_report(page->draft, CAPSA_SEVERITY_WARNING, 0, "markup",
                     "the file ends in the middle; what is there was read; get "
                     "a whole copy of it",
                     capsa_slice_from(text, at - 1));
}

/* ---- chapters */

static uint32_t body_of(const capsa_html_tree *tree) {
  uint32_t body =
      capsa_html_find(tree, CAPSA_TAG_BODY, 0, (uint32_t)tree->count);
  return body < tree->count ? body : 0;
}

static capsa_status open_page(capsa_html_page *page) {
  capsa_status st = capsa_html_parse(page->text, page->options->xml,
                                     page->draft->arena, &page->tree);
  if (!st) page->body = body_of(&page->tree);
  return st;
}

static capsa_status status_of(const capsa_html_page *page) {
  bool failed = page->failed || capsa_arena_failed(page->draft->arena);
  return failed ? CAPSA_ENOMEM : CAPSA_OK;
}

capsa_status capsa_html_body(capsa_draft *draft, capsa_slice text,
                             const capsa_html_options *options) {
  capsa_html_page page = {.draft = draft, .options = options, .text = text};
  capsa_draft_blocks notes = {0};
  capsa_status st = open_page(&page);
  if (st) return st;
  capsa_html_roles(&page, true);
  capsa_html_notes(&page);
  capsa_html_blocks(&page, &notes);
  append(draft, &notes);
  report_depth(&page);
  report_cut_off(&page);
  return status_of(&page);
}

/* ---- pages */

static bool is_xml(capsa_slice text) {
  capsa_slice start = capsa_slice_trim(capsa_slice_cut(text, 0, 1000));
  return capsa_slice_starts(start, "<?xml");
}

/* Every block as a line, an empty one between each two: what a copy of the
 * page as text has. */
static void lines_of(capsa_draft *draft, capsa_lines *lines) {
  for (size_t i = 0; i < draft->blocks.count; i++) {
    capsa_line *line = CAPSA_LIST_ADD(draft->arena, lines);
    if (line)
      *line = (capsa_line){.text = draft->blocks.items[i].text,
                           .number = draft->blocks.items[i].line};
    CAPSA_LIST_ADD(draft->arena, lines);
  }
}

static void leave_out(capsa_draft *draft, const capsa_draft_block *block) {
  if (block->text.len)
    capsa_draft_report(draft, CAPSA_SEVERITY_INFO, block->line, "chrome",
                       "left out: it belongs to the site's page", block->text);
}

/* Take out the lines that were taken, and what stands beside the article. If
 * nothing but that is left, it was the article. */
static void drop_chrome(capsa_html_page *page, const capsa_lines *lines) {
  capsa_draft_blocks *blocks = &page->draft->blocks;
  size_t kept = 0, inside = 0;
  for (size_t i = 0; i < blocks->count; i++)
    inside += !lines->items[2 * i].taken && !page->outside.items[i];
  for (size_t i = 0; i < blocks->count; i++) {
    if (lines->items[2 * i].taken) continue;
    if (inside && page->outside.items[i])
      leave_out(page->draft, &blocks->items[i]);
    else blocks->items[kept++] = blocks->items[i];
  }
  blocks->count = kept;
}

static void find_title(capsa_draft *draft) {
  for (size_t i = 0; !draft->metadata.title.len && i < draft->blocks.count; i++)
    if (draft->blocks.items[i].kind == CAPSA_BLOCK_HEADING)
      draft->metadata.title = draft->blocks.items[i].text;
}

static capsa_status take_chrome(capsa_html_page *page) {
  capsa_lines lines = {0};
  lines_of(page->draft, &lines);
  if (capsa_arena_failed(page->draft->arena)) return CAPSA_ENOMEM;
  if (!capsa_chrome_take(page->draft, &lines)) return CAPSA_ENORECORD;
  drop_chrome(page, &lines);
  return CAPSA_OK;
}

capsa_status capsa_read_html(capsa_slice text, capsa_draft *draft) {
  capsa_html_options options = {.xml = is_xml(text)};
  capsa_html_page page = {.draft = draft, .options = &options, .text = text};
  capsa_draft_blocks notes = {0};
  capsa_status st = open_page(&page);
  if (st) return st;
  capsa_html_metadata(&page);
  capsa_html_base(&page);
  options.language = draft->metadata.language;
  capsa_html_roles(&page, false);
  capsa_html_notes(&page);
  capsa_html_article(&page);
  capsa_html_blocks(&page, &notes);
  st = take_chrome(&page);
  if (st) {
    capsa_buf_free(&page.loose.text);
    return st;
  }
  find_title(draft);
  append(draft, &notes);
  report_depth(&page);
  report_cut_off(&page);
  capsa_addresses_tell(draft, &page.loose);
  capsa_html_metadata_last(&page);
  st = status_of(&page);
  return !st && !draft->blocks.count ? CAPSA_ENORECORD : st;
}
