/* html.c -- a document's body as HTML: the elements around the blocks.
 *
 * Each element with data-block holds a block and has exactly its text as its
 * text content (html_marks.c). Everything else is drawn from the model:
 * labels are headings of their turns, numbers of items and notes are
 * attributes that CSS shows.
 */
#include <string.h>

#include "base/arena.h"
#include "base/slice.h"
#include "document/writers/html_writer.h"
#include "text/scripts.h"

/* Bytes of markup around an ordinary block. */
#define BLOCK_MARKUP 96

typedef struct writer {
  const capsa_document *document;
  capsa_buf out;
  uint32_t turn;  /* whose section is open; 0: none */
  uint32_t lists; /* levels of <ul> open */
  bool notes;     /* is the section of notes open? */
  bool rtl;       /* is the document written from right to left? */
} writer;

/* ---- blocks */

/* A list of those present may have been a table. */
static bool is_table(const capsa_block *block) {
  return block->text.len && (block->kind == CAPSA_BLOCK_TABLE ||
                             (block->kind == CAPSA_BLOCK_PARTICIPANTS &&
                              memchr(block->text.ptr, '\t', block->text.len)));
}

static void put_direction(writer *w, const capsa_block *block) {
  if (block->language.len) capsa_html_put_language(&w->out, block->language);
  else if (w->rtl) capsa_buf_puts(&w->out, " dir=\"rtl\"");
}

/* ` name="number"` */
static void put_number(writer *w, const char *name, uint32_t number) {
  capsa_buf_putc(&w->out, ' ');
  capsa_buf_puts(&w->out, name);
  capsa_buf_puts(&w->out, "=\"");
  capsa_buf_put_number(&w->out, number);
  capsa_buf_putc(&w->out, '"');
}

static void put_identity(writer *w, const capsa_block *block) {
  capsa_buf_puts(&w->out, " id=\"b");
  capsa_buf_put_number(&w->out, block->number);
  capsa_buf_putc(&w->out, '"');
  put_number(w, "data-block", block->number);
}

static void put_block_head(writer *w, const char *element,
                           const capsa_block *block) {
  capsa_buf_putc(&w->out, '<');
  capsa_buf_puts(&w->out, element);
  capsa_buf_puts(&w->out, " class=\"");
  capsa_buf_puts(&w->out, capsa_block_kind_name(block->kind));
  capsa_buf_putc(&w->out, '"');
  put_identity(w, block);
  if (block->marker.len)
    capsa_html_put_attribute(&w->out, "data-marker", block->marker);
  if (block->level && block->kind != CAPSA_BLOCK_HEADING)
    put_number(w, "data-level", block->level);
  put_direction(w, block);
  capsa_buf_putc(&w->out, '>');
}

/* The number of a note leads back to its mark. */
static void put_note_number(writer *w, const capsa_block *block) {
  capsa_buf *out = &w->out;
  if (!block->reference) {
    capsa_buf_puts(out, "<span class=\"footnote_number\"");
    capsa_html_put_attribute(out, "data-mark", block->marker);
    capsa_buf_puts(out, "></span>");
    return;
  }
  capsa_buf_putf(out,
                 "<a class=\"footnote_number\" role=\"doc-backlink\" "
                 "href=\"#r%u\"",
                 block->number);
  capsa_html_put_attribute(out, "data-mark", block->marker);
  capsa_buf_puts(out, " aria-label=\"Note ");
  capsa_html_put_escaped(out, block->marker);
  capsa_buf_puts(out, ", back to the text\"></a>");
}

static const char *element_of(const capsa_block *block) {
  static const char *const headings[] = {"h2", "h3", "h4", "h5", "h6"};
  uint32_t level = block->level ? block->level - 1 : 4;
  switch (block->kind) {
  case CAPSA_BLOCK_HEADING: return headings[level < 4 ? level : 4];
  case CAPSA_BLOCK_LIST: return "li";
  case CAPSA_BLOCK_CODE: return "pre";
  case CAPSA_BLOCK_QUOTATION: return "blockquote";
  case CAPSA_BLOCK_FIGURE: return "figure";
  default: return is_table(block) ? "table" : "p";
  }
}

static void put_block(writer *w, const capsa_block *block) {
  if (block->kind == CAPSA_BLOCK_RULE) {
    capsa_buf_puts(&w->out, "<hr");
    put_identity(w, block);
    capsa_buf_puts(&w->out, ">\n");
    return;
  }
  const char *element = element_of(block);
  bool table = is_table(block), figure = block->kind == CAPSA_BLOCK_FIGURE;
  /* What is wider than the page is scrolled, with keys as well. */
  if (table)
    capsa_buf_puts(&w->out, "<div class=\"table_frame\" role=\"group\" "
                            "aria-label=\"Table\" tabindex=\"0\">");
  put_block_head(w, element, block);
  /* HTML drops one line feed behind <pre>. */
  if (block->kind == CAPSA_BLOCK_CODE && capsa_slice_starts(block->text, "\n"))
    capsa_buf_putc(&w->out, '\n');
  if (block->kind == CAPSA_BLOCK_FOOTNOTE) put_note_number(w, block);
  if (figure) capsa_buf_puts(&w->out, "<figcaption>");
  capsa_html_put_text(&w->out, w->document, block, table);
  if (figure) capsa_buf_puts(&w->out, "</figcaption>");
  capsa_buf_puts(&w->out, "</");
  capsa_buf_puts(&w->out, element);
  capsa_buf_puts(&w->out, table ? "></div>\n" : ">\n");
}

/* ---- what holds blocks */

static void open_list(writer *w, const char *attributes) {
  capsa_buf_puts(&w->out, "<ul");
  capsa_buf_puts(&w->out, attributes);
  capsa_buf_puts(&w->out, ">\n");
  w->lists++;
}

static void set_lists(writer *w, uint32_t level) {
  while (w->lists < level) open_list(w, "");
  for (; w->lists > level; w->lists--) capsa_buf_puts(&w->out, "</ul>\n");
}

static void put_label(writer *w, const capsa_block *block) {
  capsa_slice label = block->label;
  if (!label.len && block->speaker)
    label = w->document->speakers[block->speaker - 1].name;
  if (!label.len) return;
  capsa_buf_puts(&w->out, "<h3 class=\"speaker\"><span class=\"name\">");
  capsa_html_put_escaped(&w->out, label);
  capsa_buf_puts(&w->out, "</span></h3>");
}

static void open_turn(writer *w, const capsa_block *block,
                      const char *attributes) {
  w->turn = block->turn;
  if (!w->turn) return;
  capsa_buf_puts(&w->out, "<section class=\"turn\"");
  put_number(w, "data-turn", block->turn);
  put_number(w, "data-speaker", block->speaker);
  if (w->rtl) capsa_buf_puts(&w->out, " dir=\"rtl\"");
  capsa_buf_puts(&w->out, attributes);
  capsa_buf_putc(&w->out, '>');
}

static void set_turn(writer *w, const capsa_block *block) {
  if (block->turn == w->turn) return;
  set_lists(w, 0);
  if (w->turn) capsa_buf_puts(&w->out, "</section>\n");
  open_turn(w, block, "");
  if (!w->turn) return;
  put_label(w, block);
  capsa_buf_putc(&w->out, '\n');
}

static void open_notes(writer *w, const char *attributes) {
  capsa_buf_puts(&w->out, "<section class=\"footnotes\" "
                          "role=\"doc-endnotes\" aria-label=\"Notes\"");
  capsa_buf_puts(&w->out, attributes);
  capsa_buf_puts(&w->out, ">\n");
  w->notes = true;
}

static void set_notes(writer *w, bool notes) {
  if (notes == w->notes) return;
  set_lists(w, 0);
  if (notes) open_notes(w, "");
  else capsa_buf_puts(&w->out, "</section>\n");
  w->notes = notes;
}

static uint32_t list_level(const capsa_block *block) {
  if (block->kind != CAPSA_BLOCK_LIST) return 0;
  return block->level ? block->level : 1;
}

/* What `before` left open, for a part that begins behind it. */
static void open_again(writer *w, const capsa_block *before) {
  static const char mark[] = " data-continued";
  open_turn(w, before, mark);
  if (before->kind == CAPSA_BLOCK_FOOTNOTE) open_notes(w, mark);
  while (w->lists < list_level(before)) open_list(w, mark);
}

static void close_all(writer *w) {
  set_lists(w, 0);
  set_notes(w, false);
  if (w->turn) capsa_buf_puts(&w->out, "</section>\n");
}

/* As much as prose takes: doubling on the way would take twice that. */
static void reserve(writer *w, size_t bytes) {
  const capsa_document *document = w->document;
  size_t whole = document->text.len + document->text.len / 16 +
                 document->block_count * BLOCK_MARKUP;
  capsa_buf_reserve(&w->out, whole < bytes ? whole : bytes);
}

capsa_status capsa_document_to_html_part(const capsa_document *document,
                                         uint32_t first, size_t bytes,
                                         capsa_arena *arena,
                                         capsa_html_part *out) {
  writer w = {.document = document,
              .rtl = capsa_language_is_rtl(document->metadata.language)};
  size_t i = (size_t)first - 1;
  if (!first || (i && i >= document->block_count)) return CAPSA_EINVAL;
  reserve(&w, bytes);
  if (i) open_again(&w, &document->blocks[i - 1]);
  for (; i < document->block_count && (w.out.len < bytes || i + 1 == first);
       i++) {
    const capsa_block *block = &document->blocks[i];
    bool note = block->kind == CAPSA_BLOCK_FOOTNOTE;
    if (!note) set_notes(&w, false);
    set_turn(&w, block);
    set_notes(&w, note);
    set_lists(&w, list_level(block));
    put_block(&w, block);
  }
  close_all(&w);
  capsa_html_part part = {
      .next = i < document->block_count ? document->blocks[i].number : 0};
  capsa_status st = capsa_buf_take(&w.out, arena, &part.html);
  if (!st) *out = part;
  return st;
}

capsa_status capsa_document_to_html(const capsa_document *document,
                                    capsa_arena *arena, capsa_slice *out) {
  capsa_html_part whole;
  capsa_status st =
      capsa_document_to_html_part(document, 1, SIZE_MAX, arena, &whole);
  if (!st) *out = whole.html;
  return st;
}
