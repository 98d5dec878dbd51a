/* html_notes.c -- footnotes, by the links between a mark and its note.
 *
 * A short link forwards, such as <sup><a href="#f1">1</a></sup>, is a mark,
 * and the block that it points to a note, where either says so (class, role,
 * epub:type) or the pair looks like one: raised, in brackets, or with a link
 * back. A link back from inside a note is the way back and no text.
 */
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "document/formats/html/html.h"
#include "text/chars.h"

#define MARK_NODES_MAX 24
/* Between the start of a block and the anchor that names its note stand no
 * more nodes, and between a link and the place to come back to. */
#define NODES_BETWEEN 12
#define RETURN_NEAR 4
/* Marks that one note's links are looked through for the way back. */
#define LINKS_LOOKED_AT 16
/* The name of a note is its own, or that of an element so near above. */
#define NOTE_ABOVE 3

static capsa_html_node *node_at(const capsa_html_page *page, uint32_t i) {
  return &page->tree.items[i];
}

static bool is_block(const capsa_html_page *page, uint32_t i) {
  return capsa_html_tag_flags((capsa_html_tag)node_at(page, i)->tag) &
         CAPSA_HTML_BLOCK;
}

/* ---- marks as printed */

/* Text of a small element; of a large one, which is no mark, nothing: what is
 * looked at from many sides must not cost its size each time. */
static capsa_slice mark_text(const capsa_html_page *page, uint32_t node) {
  if (node_at(page, node)->end - node > MARK_NODES_MAX) return (capsa_slice){0};
  return capsa_html_text(&page->tree, node, CAPSA_HTML_MARK_BYTES_MAX + 1,
                         page->draft->arena, false);
}

/* ---- places */

static int by_id(const void *a, const void *b) {
  const capsa_html_anchor *x = a, *y = b;
  int order = capsa_slice_compare(x->id, y->id);
  return order ? order : (x->node > y->node) - (x->node < y->node);
}

/* The node called `id`; 0 where there is none. The first of namesakes. */
static uint32_t find_place(const capsa_html_page *page, capsa_slice id) {
  size_t low = 0, high = page->places.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (capsa_slice_compare(page->places.items[middle].id, id) < 0)
      low = middle + 1;
    else high = middle;
  }
  if (low == page->places.count ||
      !capsa_slice_equal(page->places.items[low].id, id))
    return 0;
  return page->places.items[low].node;
}

/* Is nothing but a mark between the start of `block` and `node`? */
static bool is_first_in(const capsa_html_page *page, uint32_t block,
                        uint32_t node) {
  if (node - block > NODES_BETWEEN) return false;
  for (uint32_t i = block + 1; i < node; i++) {
    capsa_slice text = node_at(page, i)->text;
    if (node_at(page, i)->tag == CAPSA_TAG_TEXT &&
        capsa_slice_trim(text).len > 4)
      return false;
  }
  return true;
}

/* The element behind `node`, if only white space is between; else 0. */
static uint32_t next_element(const capsa_html_page *page, uint32_t node) {
  uint32_t i = node_at(page, node)->end;
  uint32_t end = node_at(page, node_at(page, node)->parent)->end;
  uint32_t last = i + NODES_BETWEEN;
  while (i < end && i < last && node_at(page, i)->tag == CAPSA_TAG_TEXT &&
         !capsa_slice_trim(node_at(page, i)->text).len)
    i++;
  return i < end && node_at(page, i)->tag != CAPSA_TAG_TEXT ? i : 0;
}

static bool may_be_note(capsa_html_tag tag) {
  switch (tag) {
  case CAPSA_TAG_P:
  case CAPSA_TAG_LI:
  case CAPSA_TAG_DIV:
  case CAPSA_TAG_DD:
  case CAPSA_TAG_ASIDE:
  case CAPSA_TAG_SECTION:
  case CAPSA_TAG_BLOCKQUOTE:
  case CAPSA_TAG_TD:
  case CAPSA_TAG_TR: return true;
  default: return false;
  }
}

/* The block that is the note to which a link points; 0 where none is. */
static uint32_t note_at(const capsa_html_page *page, uint32_t place) {
  uint32_t node = place;
  while (node && !is_block(page, node)) {
    uint32_t parent = node_at(page, node)->parent;
    if (!is_first_in(page, parent, node)) break;
    node = parent;
  }
  if (!is_block(page, node) || node_at(page, node)->tag == CAPSA_TAG_BODY) {
    /* <a name="f1"></a><p>1. …</p> */
    node =
        node_at(page, place)->end == place + 1 ? next_element(page, place) : 0;
  } else if (node_at(page, node)->tag == CAPSA_TAG_DT)
    node = next_element(page, node);
  if (!node) return 0;
  if (node_at(page, node)->tag == CAPSA_TAG_TD &&
      capsa_html_marker(page->draft->arena, mark_text(page, node), false).len)
    node = node_at(page, node)->parent;
  return may_be_note((capsa_html_tag)node_at(page, node)->tag) ? node : 0;
}

/* ---- links */

static size_t first_link_from(const capsa_html_page *page, uint32_t node) {
  size_t low = 0, high = page->links.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (page->links.items[middle].node < node) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* Does the note lead back to where its mark is? */
static bool leads_back(const capsa_html_page *page, uint32_t note,
                       uint32_t link) {
  size_t i = first_link_from(page, note);
  for (size_t n = 0; n < LINKS_LOOKED_AT && i < page->links.count; n++, i++) {
    if (page->links.items[i].node >= node_at(page, note)->end) break;
    uint32_t place = find_place(page, page->links.items[i].id);
    if (place && place <= link + RETURN_NEAR && place + RETURN_NEAR >= link)
      return true;
  }
  return false;
}

/* The raised or marked element around a link that prints nothing else. */
static uint32_t outermost(const capsa_html_page *page, uint32_t link,
                          bool *raised, bool *typed) {
  uint32_t node = link;
  *typed = node_at(page, link)->role == CAPSA_HTML_MARK;
  size_t len = mark_text(page, link).len;
  for (uint32_t i = node_at(page, link)->parent; i && !is_block(page, i);
       i = node_at(page, i)->parent) {
    size_t more = mark_text(page, i).len;
    if (!more || more > len + 2) break;
    *raised |= node_at(page, i)->tag == CAPSA_TAG_SUP;
    *typed |= node_at(page, i)->role == CAPSA_HTML_MARK;
    node = i;
  }
  for (uint32_t i = link + 1; i < node_at(page, link)->end; i++)
    *raised |= node_at(page, i)->tag == CAPSA_TAG_SUP;
  return node;
}

static bool is_inside(const capsa_html_page *page, uint32_t node,
                      capsa_html_role role) {
  for (uint32_t i = node; i; i = node_at(page, i)->parent)
    if (node_at(page, i)->role == role) return true;
  return false;
}

static uint32_t add_note(capsa_html_page *page, uint32_t node,
                         capsa_slice marker) {
  capsa_html_node *n = node_at(page, node);
  if (!n->note) {
    capsa_html_note *note = CAPSA_LIST_ADD(page->draft->arena, &page->notes);
    if (!note) return 0;
    *note = (capsa_html_note){
        .node = node, .number = ++page->draft->note_numbers, .marker = marker};
    n->note = (uint32_t)page->notes.count;
  }
  n->role = CAPSA_HTML_NOTE;
  return n->note;
}

/* What holds a note cannot be one itself, nor a table of data. */
static void open_around(capsa_html_page *page, uint32_t note) {
  for (uint32_t i = node_at(page, note)->parent; i;
       i = node_at(page, i)->parent) {
    capsa_html_node *n = node_at(page, i);
    if (n->role == CAPSA_HTML_NOTE && !n->note) n->role = CAPSA_HTML_NOTES;
    if (n->tag == CAPSA_TAG_TABLE) n->flags |= CAPSA_HTML_LAYOUT;
  }
}

/* ---- notes in other files */

static const capsa_html_work *work_of(const capsa_html_page *page) {
  return page->options->work;
}

/* A raised figure that leads to another file of the work, or what calls itself
 * a mark. */
static void read_far_mark(capsa_html_page *page,
                          const capsa_html_anchor *link) {
  bool raised = false, typed = false;
  uint32_t around = outermost(page, link->node, &raised, &typed);
  capsa_slice text = mark_text(page, around);
  capsa_slice marker = capsa_html_marker(page->draft->arena, text, typed);
  if (!text.len || text.len > CAPSA_HTML_MARK_BYTES_MAX ||
      (!typed && !raised) || (!typed && !marker.len) ||
      is_inside(page, around, CAPSA_HTML_NOTE))
    return;
  capsa_html_far_note *far = work_of(page)->note(
      work_of(page)->context, link->id, (capsa_slice){0}, true);
  capsa_html_note *note =
      far ? CAPSA_LIST_ADD(page->draft->arena, &page->notes) : NULL;
  if (note) {
    if (!marker.len) marker = text;
    if (!far->number) far->number = ++page->draft->note_numbers;
    if (!far->marker.len) far->marker = marker;
    *note = (capsa_html_note){.number = far->number, .marker = far->marker};
  }
  if (!note && !typed) return;
  node_at(page, around)->role = CAPSA_HTML_MARK;
  node_at(page, around)->note = note ? (uint32_t)page->notes.count : 0;
}

/* What marks of files before this one point to is a note, also where it does
 * not say so; and what is a note is made known to the files behind it. */
static void claim_notes(capsa_html_page *page) {
  const capsa_html_work *work = work_of(page);
  for (size_t i = 0; work && i < page->places.count; i++) {
    const capsa_html_anchor *place = &page->places.items[i];
    capsa_html_far_note *far =
        work->note(work->context, (capsa_slice){0}, place->id, false);
    uint32_t node = far && far->number ? note_at(page, place->node) : 0;
    if (!node || node_at(page, node)->note) continue;
    uint32_t number = far->number;
    uint32_t note = add_note(page, node, far->marker);
    if (!note) return;
    page->notes.items[note - 1].number = number;
    open_around(page, node);
  }
}

static void tell_notes(capsa_html_page *page) {
  const capsa_html_work *work = work_of(page);
  for (size_t i = 0; work && i < page->places.count; i++) {
    uint32_t node = page->places.items[i].node;
    for (int up = 0; node && !node_at(page, node)->note && up < NOTE_ABOVE;
         up++)
      node = node_at(page, node)->parent;
    uint32_t note = node_at(page, node)->note;
    if (!note || node_at(page, node)->role != CAPSA_HTML_NOTE) continue;
    capsa_html_far_note *far = work->note(work->context, (capsa_slice){0},
                                          page->places.items[i].id, true);
    if (!far || far->number) continue;
    far->number = page->notes.items[note - 1].number;
    far->marker = page->notes.items[note - 1].marker;
  }
}

/* ---- notes in the same file */

static void read_mark(capsa_html_page *page, const capsa_html_anchor *link) {
  bool raised = false, typed = false;
  uint32_t around = outermost(page, link->node, &raised, &typed);
  capsa_slice text = mark_text(page, around);
  capsa_slice marker =
      capsa_html_marker(page->draft->arena, text, raised || typed);
  if (!text.len || text.len > CAPSA_HTML_MARK_BYTES_MAX ||
      (!marker.len && !typed))
    return;
  if (!marker.len) marker = text;
  uint32_t place = find_place(page, link->id), note = 0;
  if (place > link->node) note = note_at(page, place);
  if (note && note <= link->node) note = 0; /* it would hold its own mark */
  bool sure = typed || raised || text.ptr[0] == '[' || text.ptr[0] == '(';
  if (note && !sure)
    sure = is_inside(page, note, CAPSA_HTML_NOTES) ||
           node_at(page, note)->role == CAPSA_HTML_NOTE ||
           leads_back(page, note, link->node);
  if (!note && !(typed && (!place || place > link->node))) {
    if (typed) node_at(page, around)->role = CAPSA_HTML_PLAIN;
    return;
  }
  if (!sure) return;
  uint32_t number = note ? add_note(page, note, marker) : 0;
  if (note) open_around(page, note);
  node_at(page, around)->role = CAPSA_HTML_MARK;
  node_at(page, around)->note = number;
}

/* ---- notes that no mark points to */

static void add_listed(capsa_html_page *page, uint32_t list) {
  for (uint32_t i = list + 1; i < node_at(page, list)->end;) {
    capsa_html_node *n = node_at(page, i);
    if (n->tag == CAPSA_TAG_LI && n->role <= CAPSA_HTML_OUTSIDE)
      add_note(page, i, (capsa_slice){0});
    i = n->tag == CAPSA_TAG_LI || n->role == CAPSA_HTML_NOTE ? n->end : i + 1;
  }
}

static void add_unmarked(capsa_html_page *page) {
  for (uint32_t i = 1; i < page->tree.count; i++) {
    capsa_html_node *n = node_at(page, i);
    if (n->role == CAPSA_HTML_NOTES && n->tag != CAPSA_TAG_LI)
      add_listed(page, i);
    if (n->role != CAPSA_HTML_NOTE) continue;
    add_note(page, i, (capsa_slice){0});
    open_around(page, i);
    for (uint32_t k = i + 1; k < n->end; k++) /* notes do not nest */
      if (node_at(page, k)->role == CAPSA_HTML_NOTE ||
          node_at(page, k)->role == CAPSA_HTML_NOTES)
        node_at(page, k)->role = CAPSA_HTML_PLAIN;
    i = n->end - 1;
  }
}

/* ---- ways back */

static bool is_way_back(const capsa_html_page *page, uint32_t link) {
  static const char *const words[] = {"back", "return", "top", "jump up", NULL};
  capsa_slice text = mark_text(page, link);
  if (!text.len || text.len > CAPSA_HTML_MARK_BYTES_MAX) return false;
  for (int i = 0; words[i]; i++)
    if (capsa_slice_equal_nocase(capsa_slice_cut(text, 0, strlen(words[i])),
                                 capsa_slice_of(words[i])))
      return true;
  for (size_t i = 0; i < text.len;) { /* arrows: no letter, no figure */
    capsa_codepoint cp = capsa_utf8_next(text, i);
    i += cp.len;
    if (capsa_is_letter(cp.value) && i + 1 < text.len)
      return capsa_html_marker(page->draft->arena, text, true).len > 0;
  }
  return true;
}

static void read_way_back(capsa_html_page *page,
                          const capsa_html_anchor *link) {
  capsa_html_node *n = node_at(page, link->node);
  if (n->role == CAPSA_HTML_RETURN || n->role == CAPSA_HTML_MARK) return;
  for (uint32_t i = n->parent; i; i = node_at(page, i)->parent) {
    if (node_at(page, i)->role != CAPSA_HTML_NOTE) continue;
    uint32_t place = link->is_far ? 0 : find_place(page, link->id);
    bool above = link->is_far || (place && place < i);
    if (above && is_way_back(page, link->node)) n->role = CAPSA_HTML_RETURN;
    return;
  }
}

/* What holds a note is marked; what only says that it does holds text. */
static void mark_holders(capsa_html_page *page) {
  for (size_t i = 0; i < page->notes.count; i++)
    for (uint32_t n = page->notes.items[i].node;
         n && !(node_at(page, n)->flags & CAPSA_HTML_KEPT);
         n = node_at(page, n)->parent)
      node_at(page, n)->flags |= CAPSA_HTML_KEPT;
  for (uint32_t i = 1; i < page->tree.count; i++)
    if (node_at(page, i)->role == CAPSA_HTML_NOTES &&
        !(node_at(page, i)->flags & CAPSA_HTML_KEPT))
      node_at(page, i)->role = CAPSA_HTML_PLAIN;
}

void capsa_html_notes(capsa_html_page *page) {
  if (page->places.count)
    qsort(page->places.items, page->places.count, sizeof *page->places.items,
          by_id);
  for (size_t i = 0; i < page->links.count; i++)
    if (page->links.items[i].is_far) read_far_mark(page, &page->links.items[i]);
    else if (page->links.items[i].id.len)
      read_mark(page, &page->links.items[i]);
  claim_notes(page);
  add_unmarked(page);
  tell_notes(page);
  mark_holders(page);
  for (size_t i = 0; i < page->links.count; i++)
    if (page->links.items[i].id.len) read_way_back(page, &page->links.items[i]);
}
