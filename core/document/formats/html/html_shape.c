/* html_shape.c -- two guesses that need a look ahead: whether line breaks part
 * paragraphs, and whether a table holds data. Both look at what is right
 * under an element and not into the next of its kind, so that all looks
 * together are linear.
 */
#include <string.h>

#include "base/slice.h"
#include "document/formats/html/html.h"
#include "text/chars.h"

/* A line longer than this is no line of verse, address or list. */
#define LINE_BYTES_MAX 120
/* "Mr. Macmillan:" and the like stand within so many bytes. */
#define LABEL_BYTES_MAX 40
/* A cell with more text than this holds no datum. */
#define CELL_BYTES_MAX 1500

typedef struct line {
  char start[LABEL_BYTES_MAX];
  size_t kept, len;
} line;

typedef struct lines {
  size_t breaks, longest, labels;
} lines;

static void add_text(line *now, capsa_slice text) {
  if (!now->len) text = capsa_slice_trim(text);
  now->len += text.len;
  size_t room = LABEL_BYTES_MAX - now->kept;
  if (text.len < room) room = text.len;
  if (room) memcpy(now->start + now->kept, text.ptr, room);
  now->kept += room;
}

/* "Query: …", "US:"; no time of day. */
static bool has_label(const line *now) {
  capsa_slice text = {now->start, now->kept};
  size_t colon = capsa_slice_finds(text, ":", 0);
  if (colon == CAPSA_NOT_FOUND || !colon || !capsa_starts_upper(text))
    return false;
  return colon + 1 == text.len ||
         !capsa_is_digit((unsigned char)text.ptr[colon + 1]);
}

static void end_line(lines *all, line *now) {
  if (now->len > all->longest) all->longest = now->len;
  all->labels += has_label(now);
  *now = (line){0};
}

bool capsa_html_breaks_part(const capsa_html_page *page, uint32_t node) {
  lines all = {0};
  line now = {0};
  uint32_t end = page->tree.items[node].end;
  for (uint32_t i = node + 1; i < end;) {
    const capsa_html_node *n = &page->tree.items[i];
    bool block =
        capsa_html_tag_flags((capsa_html_tag)n->tag) & CAPSA_HTML_BLOCK;
    if (n->tag == CAPSA_TAG_TEXT) add_text(&now, n->text);
    if (n->tag == CAPSA_TAG_BR || block) end_line(&all, &now);
    all.breaks += n->tag == CAPSA_TAG_BR;
    i = block || n->role == CAPSA_HTML_HIDDEN ? n->end : i + 1;
  }
  end_line(&all, &now);
  return all.breaks && (all.longest > LINE_BYTES_MAX || all.labels >= 2);
}

/* ---- tables */

typedef struct grid {
  size_t rows, cells, columns, longest, blocks, most_blocks, text;
} grid;

static void end_cell(grid *g) {
  if (g->text > g->longest) g->longest = g->text;
  if (g->blocks > g->most_blocks) g->most_blocks = g->blocks;
  g->text = g->blocks = 0;
}

static void end_row(grid *g) {
  if (g->cells > g->columns) g->columns = g->cells;
  g->cells = 0;
}

bool capsa_html_is_data(const capsa_html_page *page, uint32_t table) {
  const capsa_html_node *t = &page->tree.items[table];
  capsa_html_attributes a;
  capsa_html_attributes_read(t->text, &a);
  if ((t->flags & CAPSA_HTML_LAYOUT) ||
      capsa_html_has_word(a.role, "presentation"))
    return false;
  grid g = {0};
  for (uint32_t i = table + 1; i < t->end; i++) {
    const capsa_html_node *n = &page->tree.items[i];
    switch (n->tag) {
    case CAPSA_TAG_TR:
      end_row(&g);
      g.rows++;
      break;
    case CAPSA_TAG_TD:
    case CAPSA_TAG_TH:
      end_cell(&g);
      g.cells++;
      break;
    case CAPSA_TAG_P:
    case CAPSA_TAG_DIV: g.blocks++; break;
    case CAPSA_TAG_TEXT: g.text += n->text.len; break;
    default: break;
    }
  }
  end_cell(&g);
  end_row(&g);
  return g.rows >= 2 && g.columns >= 2 && g.longest <= CELL_BYTES_MAX &&
         g.most_blocks <= 1;
}
