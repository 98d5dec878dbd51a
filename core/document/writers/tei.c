/* tei.c -- a document as TEI P5.
 *
 * Every block becomes the element that TEI has for it where one may stand
 * there; where none may, `ab` with the kind's name as its type. Its header
 * says that Capsa wrote it, and formats/tei/tei.c then takes all structure from
 * the markup: what is written here is read back as it was.
 */
#include "document/writers/tei.h"

#include <string.h>

#include "base/slice.h"

static void put(capsa_tei_writer *w, const char *text) {
  capsa_buf_puts(&w->out, text);
}

/* ---- what is open */

static void set_lists(capsa_tei_writer *w, uint32_t level) {
  for (; w->lists > level; w->lists--)
    put(w, w->lists > 1 ? "</item></list>" : "</item></list>\n");
}

static void close_speech(capsa_tei_writer *w) {
  set_lists(w, 0);
  if (w->in_speech) put(w, "</sp>\n");
  w->in_speech = false;
}

static void put_label(capsa_tei_writer *w, const capsa_block *block) {
  size_t repairs = 0;
  for (size_t i = 0; i < block->emendation_count; i++)
    repairs += block->emendations[i].in_label;
  if (!block->label.len && !repairs) return;
  put(w, "<speaker");
  if (repairs) capsa_tei_put_attribute(&w->out, "n", block->label);
  put(w, ">");
  for (size_t i = 0; i < block->emendation_count; i++)
    if (block->emendations[i].in_label)
      capsa_tei_put_repair(&w->out, &block->emendations[i]);
  if (!repairs) capsa_tei_put_text(&w->out, block->label);
  put(w, "</speaker>\n");
}

bool capsa_tei_has_label(const capsa_block *block) {
  bool has = block->label.len > 0;
  for (size_t i = 0; i < block->emendation_count; i++)
    has |= block->emendations[i].in_label;
  return has;
}

static void open_speech(capsa_tei_writer *w, const capsa_block *block) {
  close_speech(w);
  w->in_speech = true;
  w->at_top = false;
  w->turn = block->turn;
  bool goes_on = block->turn <= w->last_turn;
  put(w, "<sp");
  if (block->turn)
    capsa_buf_putf(&w->out, " n=\"%u\" %s%u\"", (unsigned)block->turn,
                   goes_on ? "prev=\"#turn" : "xml:id=\"turn",
                   (unsigned)block->turn);
  if (block->speaker)
    capsa_buf_putf(&w->out, " who=\"#speaker%u\"", (unsigned)block->speaker);
  put(w, ">\n");
  put_label(w, block);
  if (!goes_on) w->last_turn = block->turn;
}

/* Remarks and gaps stand inside a speech that goes on, and are not of it. */
static bool stands_apart(const capsa_block *block) {
  return !block->turn && (block->kind == CAPSA_BLOCK_EDITORIAL ||
                          block->kind == CAPSA_BLOCK_GAP);
}

static bool goes_on(const capsa_tei_writer *w, const capsa_block *block) {
  const capsa_block *end = w->document->blocks + w->document->block_count;
  while (block < end && stands_apart(block)) block++;
  return block < end && block->turn == w->turn && !capsa_tei_has_label(block) &&
         block->kind != CAPSA_BLOCK_HEADING;
}

static void set_speech(capsa_tei_writer *w, const capsa_block *block) {
  bool speaks = block->turn || capsa_tei_has_label(block);
  bool same = w->in_speech && block->turn == w->turn && speaks &&
              !capsa_tei_has_label(block);
  if (same ||
      (w->in_speech && w->turn && stands_apart(block) && goes_on(w, block)))
    return;
  if (w->in_speech) close_speech(w);
  if (speaks) open_speech(w, block);
}

static void set_division(capsa_tei_writer *w, uint32_t level) {
  while (w->division_count && (level <= w->divisions[w->division_count - 1] ||
                               w->division_count == CAPSA_TEI_DIVISIONS_MAX)) {
    put(w, "</div>\n");
    w->division_count--;
  }
  w->divisions[w->division_count++] = level;
  capsa_buf_putf(&w->out, "<div type=\"level-%u\">\n", (unsigned)level);
  w->at_top = true;
}

/* ---- blocks */

void capsa_tei_put_attributes(capsa_tei_writer *w, const capsa_block *block) {
  capsa_tei_put_attribute(&w->out, "n", block->marker);
  capsa_tei_put_language(&w->out, block->language);
}

/* An element whose content is the block's text. */
static void put_element(capsa_tei_writer *w, const capsa_block *block,
                        const char *name, const char *attributes) {
  capsa_buf_putf(&w->out, "<%s%s", name, attributes);
  capsa_tei_put_attributes(w, block);
  put(w, ">");
  capsa_tei_put_marked(w, block, 0);
  capsa_buf_putf(&w->out, "</%s>\n", name);
}

/* What TEI has no element for, or none that may stand here. */
static void put_other(capsa_tei_writer *w, const capsa_block *block) {
  capsa_buf_putf(&w->out, "<ab type=\"%s\"",
                 capsa_block_kind_name(block->kind));
  if (w->in_speech && !block->turn) put(w, " subtype=\"apart\"");
  else if (block->level)
    capsa_buf_putf(&w->out, " subtype=\"level-%u\"", (unsigned)block->level);
  capsa_tei_put_attributes(w, block);
  put(w, ">");
  capsa_tei_put_marked(w, block, 0);
  put(w, "</ab>\n");
}

/* Repairs are not cut: none may have a sign in it that parts cells. */
static bool parts_cleanly(const capsa_block *block, const char *signs) {
  for (size_t i = 0; i < block->emendation_count; i++) {
    capsa_range at = block->emendations[i].at;
    for (size_t k = at.start_byte; k < at.end_byte; k++)
      if (strchr(signs, block->text.ptr[k])) return false;
  }
  return true;
}

static void put_table(capsa_tei_writer *w, const capsa_block *block) {
  if (!capsa_slice_ends(block->text, "\n") || !parts_cleanly(block, "\t\n")) {
    put_other(w, block);
    return;
  }
  capsa_block rows = *block; /* the last row ends with the table */
  rows.text.len--;
  put(w, "<table");
  capsa_tei_put_attributes(w, block);
  put(w, ">\n<row><cell>");
  capsa_tei_put_marked(w, &rows, '\t');
  put(w, "</cell></row>\n</table>\n");
}

static void put_verse(capsa_tei_writer *w, const capsa_block *block) {
  if (!parts_cleanly(block, "\n")) {
    put_other(w, block);
    return;
  }
  put(w, "<lg");
  capsa_tei_put_attributes(w, block);
  put(w, ">\n<l>");
  capsa_tei_put_marked(w, block, '\n');
  put(w, "</l>\n</lg>\n");
}

static void put_item(capsa_tei_writer *w, const capsa_block *block) {
  set_lists(w, block->level);
  if (w->lists == block->level) put(w, "</item>\n");
  while (w->lists < block->level) {
    put(w, "<list>\n");
    if (++w->lists < block->level) put(w, "<item>");
  }
  put(w, "<item");
  capsa_tei_put_attributes(w, block);
  put(w, ">");
  capsa_tei_put_marked(w, block, 0);
}

static void put_quotation(capsa_tei_writer *w, const capsa_block *block) {
  for (uint32_t i = 1; i < block->level; i++) put(w, "<quote>");
  put(w, "<quote");
  capsa_tei_put_attributes(w, block);
  put(w, ">");
  capsa_tei_put_marked(w, block, 0);
  for (uint32_t i = 0; i < block->level; i++) put(w, "</quote>");
  put(w, "\n");
}

static void put_figure(capsa_tei_writer *w, const capsa_block *block) {
  put(w, "<figure");
  capsa_tei_put_attributes(w, block);
  put(w, ">");
  if (block->target.len) {
    put(w, "<graphic");
    capsa_tei_put_address(&w->out, "url", block->target);
    put(w, "/>");
  }
  if (block->text.len || block->span_count || block->emendation_count) {
    bool plain = !block->span_count && !block->emendation_count;
    put(w, plain ? "<figDesc>" : "<p>");
    capsa_tei_put_marked(w, block, 0);
    put(w, plain ? "</figDesc>" : "</p>");
  }
  put(w, "</figure>\n");
}

/* A gap without words: what is said of it is its span's mark. */
static bool is_plain_gap(const capsa_block *block) {
  if (block->text.len || block->emendation_count || block->marker.len ||
      block->span_count > 1)
    return false;
  return !block->span_count || (block->spans[0].kind == CAPSA_SPAN_GAP &&
                                block->spans[0].mark.len > 0);
}

static void put_gap(capsa_tei_writer *w, const capsa_block *block) {
  put(w, "<gap");
  if (block->span_count)
    capsa_tei_put_attribute(&w->out, "rend", block->spans[0].mark);
  capsa_tei_put_language(&w->out, block->language);
  put(w, "/>\n");
}

static void put_heading(capsa_tei_writer *w, const capsa_block *block) {
  set_division(w, block->level);
  put_element(w, block, "head", "");
}

/* Elements that hold text alone, and where they may stand. */
static bool put_plain(capsa_tei_writer *w, const capsa_block *block) {
  bool spoken = w->in_speech && block->turn;
  if (block->level) return false;
  switch (block->kind) {
  case CAPSA_BLOCK_PARAGRAPH:
    if (w->in_speech) return false;
    put_element(w, block, "p", "");
    return true;
  case CAPSA_BLOCK_SPEECH:
    if (!w->in_speech) return false;
    put_element(w, block, "p", "");
    return true;
  case CAPSA_BLOCK_EDITORIAL:
    if (spoken || !block->text.len) return false;
    put_element(w, block, "note", " type=\"editorial\"");
    return true;
  case CAPSA_BLOCK_DATELINE:
    if (!w->at_top || w->in_speech || !block->text.len) return false;
    put_element(w, block, "dateline", "");
    return true;
  case CAPSA_BLOCK_GAP:
    if (spoken || !is_plain_gap(block)) return false;
    put_gap(w, block);
    return true;
  case CAPSA_BLOCK_RULE:
    if (w->in_speech || block->text.len || block->span_count ||
        block->marker.len)
      return false;
    put(w, "<milestone unit=\"section\" rend=\"rule\"/>\n");
    return true;
  case CAPSA_BLOCK_TABLE: put_table(w, block); return true;
  case CAPSA_BLOCK_VERSE: put_verse(w, block); return true;
  case CAPSA_BLOCK_FIGURE: put_figure(w, block); return true;
  case CAPSA_BLOCK_FOOTNOTE:
    if (w->in_speech) return false;
    capsa_tei_put_note(w, block, NULL);
    put(w, "\n");
    return true;
  default: return false;
  }
}

static bool put_deep(capsa_tei_writer *w, const capsa_block *block) {
  bool deep =
      block->level && block->level <= CAPSA_NESTING_MAX && block->text.len;
  switch (block->kind) {
  case CAPSA_BLOCK_HEADING:
    if (w->in_speech || !block->level || block->level > 9) return false;
    put_heading(w, block);
    return true;
  case CAPSA_BLOCK_LIST:
    if (deep) put_item(w, block);
    return deep;
  case CAPSA_BLOCK_QUOTATION:
    if (deep) put_quotation(w, block);
    return deep;
  default: return false;
  }
}

/* A body of nothing but what may stand anywhere in a text is no body by TEI's
 * schema. */
static bool fills_body(capsa_block_kind kind) {
  switch (kind) {
  case CAPSA_BLOCK_EDITORIAL:
  case CAPSA_BLOCK_DATELINE:
  case CAPSA_BLOCK_GAP:
  case CAPSA_BLOCK_RULE:
  case CAPSA_BLOCK_FIGURE:
  case CAPSA_BLOCK_FOOTNOTE: return false;
  default: return true;
  }
}

static void put_block(capsa_tei_writer *w, const capsa_block *block) {
  if (block->kind == CAPSA_BLOCK_HEADING && !block->turn &&
      !capsa_tei_has_label(block))
    close_speech(w);
  set_speech(w, block);
  if (block->kind != CAPSA_BLOCK_LIST) set_lists(w, 0);
  if (put_deep(w, block)) {
    w->at_top &= block->kind == CAPSA_BLOCK_HEADING;
    w->filled = true;
    return;
  }
  set_lists(w, 0);
  bool plain = put_plain(w, block);
  if (!plain) put_other(w, block);
  w->at_top &= plain && block->kind == CAPSA_BLOCK_DATELINE;
  w->filled |= !plain || fills_body(block->kind);
}

/* ---- the whole */

static void put_notes_until(capsa_tei_writer *w, uint32_t number) {
  if (w->next_note >= number) return;
  set_lists(w, 0);
  while (w->next_note < number) {
    capsa_tei_put_note(w, &w->document->blocks[w->next_note - 1], NULL);
    put(w, "\n");
  }
}

/* Nobody refers to these, and one of this block's comes behind them. */
static void put_notes_before(capsa_tei_writer *w, const capsa_block *block) {
  for (size_t k = 0; k < block->span_count; k++) {
    const capsa_span *span = &block->spans[k];
    if (span->kind != CAPSA_SPAN_FOOTNOTE_REF || span->block < w->next_note)
      continue;
    put_notes_until(w, span->block);
    return;
  }
}

static void put_blocks(capsa_tei_writer *w) {
  const capsa_document *document = w->document;
  size_t start = capsa_tei_notes_start(document);
  w->notes_in_place = capsa_tei_notes_in_place(document, start);
  w->next_note = (uint32_t)start + 1;
  size_t count = w->notes_in_place ? start : document->block_count;
  for (size_t i = 0; i < count; i++) {
    if (w->notes_in_place) put_notes_before(w, &document->blocks[i]);
    put_block(w, &document->blocks[i]);
  }
  close_speech(w);
  if (w->notes_in_place)
    put_notes_until(w, (uint32_t)document->block_count + 1);
}

capsa_status capsa_document_to_tei(const capsa_document *document,
                                   capsa_arena *arena, capsa_slice *out) {
  capsa_tei_writer w = {.document = document, .arena = arena, .at_top = true};
  put(&w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n");
  capsa_tei_put_header(&w);
  put(&w, "<text xml:space=\"preserve\"");
  capsa_tei_put_language(&w.out, document->metadata.language);
  put(&w, "><body>\n");
  put_blocks(&w);
  if (!w.filled) put(&w, "<div/>\n");
  while (w.division_count--) put(&w, "</div>\n");
  put(&w, "</body></text>\n</TEI>\n");
  if (capsa_arena_failed(arena)) w.out.failed = true;
  return capsa_buf_take(&w.out, arena, out);
}
