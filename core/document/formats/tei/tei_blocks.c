/* tei_blocks.c -- elements of TEI that make blocks: divisions, paragraphs,
 * lists, verse, tables, figures. */
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "document/formats/tei/tei.h"

/* ---- elements that hold blocks */

void capsa_tei_start_group(capsa_tei *r, capsa_tei_frame *frame) {
  capsa_tei_begin_block(r, &r->frames[r->depth - 1].c);
  frame->c.spaces = CAPSA_TEI_SPACES_OUTSIDE;
  if (!frame->c.hold) frame->c.in_text = false;
  frame->start = r->draft->blocks.count;
  const char *name = frame->element->name;
  frame->c.dateline |= !strcmp(name, "opener") || !strcmp(name, "closer");
}

static bool is_looked_up(const capsa_draft_block *block) {
  return block->kind == CAPSA_BLOCK_LIST || block->kind == CAPSA_BLOCK_HEADING;
}

/* Front matter of nothing but lists, of people and of terms, of contents: it
 * goes behind the text. */
void capsa_tei_front_end(capsa_tei *r, const capsa_tei_frame *frame) {
  capsa_draft_blocks *blocks = &r->draft->blocks;
  size_t start = frame->start;
  for (size_t i = start; i < blocks->count; i++)
    if (!is_looked_up(&blocks->items[i])) return;
  for (size_t i = start; i < blocks->count; i++) {
    capsa_draft_block *moved = CAPSA_LIST_ADD(r->draft->arena, &r->behind);
    if (moved) *moved = blocks->items[i];
  }
  blocks->count = start;
  r->has_chapter = false;
}

void capsa_tei_put_behind(capsa_tei *r) {
  capsa_draft_blocks *blocks = &r->draft->blocks;
  if (r->behind.count && blocks->count)
    capsa_draft_add(r->draft, blocks, CAPSA_BLOCK_RULE, (capsa_slice){0}, 0);
  for (size_t i = 0; i < r->behind.count; i++) {
    capsa_draft_block *block = CAPSA_LIST_ADD(r->draft->arena, blocks);
    if (block) *block = r->behind.items[i];
  }
}

/* "level-2", or how deep the divisions are. */
static uint32_t level_of(const capsa_tei *r, const capsa_tei_frame *frame) {
  capsa_slice type = r->frames[r->depth - 1].value;
  if (r->settled && capsa_slice_starts(type, "level-") && type.len == 7)
    return (uint32_t)(type.ptr[6] - '0') % 10;
  uint32_t level = frame->c.divisions;
  return level < 1 ? 1 : level > 6 ? 6 : level;
}

static void start_division(capsa_tei *r, capsa_tei_frame *frame,
                           capsa_xml_attributes attributes) {
  capsa_tei_start_group(r, frame);
  if (frame->c.hold) return;
  capsa_tei_notes_chapter(r);
  frame->c.divisions++;
  frame->c.kind = CAPSA_BLOCK_PARAGRAPH;
  frame->c.level = 0;
  frame->c.speech = false;
  frame->value = capsa_tei_attribute(r, attributes, "type");
}

/* Text of its own kind: a paragraph, a heading. */
void capsa_tei_start_text(capsa_tei *r, capsa_tei_frame *frame,
                          capsa_block_kind kind, uint32_t level) {
  capsa_tei_begin_block(r, &r->frames[r->depth - 1].c);
  frame->c.in_text = true;
  frame->c.spaces = CAPSA_TEI_SPACES_KEPT;
  if (frame->c.hold) return;
  frame->c.kind = kind;
  frame->c.level = level;
}

/* `ab` of a document that Capsa wrote names the kind of its block. */
static void start_paragraph(capsa_tei *r, capsa_tei_frame *frame,
                            capsa_xml_attributes attributes) {
  bool quoted = frame->c.quoted;
  capsa_tei_start_text(r, frame, quoted ? CAPSA_BLOCK_QUOTATION : frame->c.kind,
                       quoted ? frame->c.quotations : frame->c.level);
  if (!r->settled) return;
  capsa_slice type = capsa_xml_attribute(attributes, "type");
  for (int kind = 0; type.len && kind < CAPSA_BLOCK_KIND_COUNT; kind++)
    if (capsa_slice_equal(type, capsa_slice_of(capsa_block_kind_name(
                                    (capsa_block_kind)kind))))
      frame->c.kind = (capsa_block_kind)kind;
  capsa_slice level = capsa_xml_attribute(attributes, "subtype");
  frame->c.level =
      capsa_slice_starts(level, "level-")
          ? (uint32_t)strtoul(level.ptr + strlen("level-"), NULL, 10)
          : 0;
  frame->spoken = !capsa_slice_equal(level, CAPSA_LITERAL("apart"));
  if (!frame->c.hold) capsa_tei_open(r);
}

static void start_heading(capsa_tei *r, capsa_tei_frame *frame) {
  capsa_tei_role around = r->frames[r->depth - 1].element->role;
  bool own = around == CAPSA_TEI_LIST || around == CAPSA_TEI_TABLE ||
             around == CAPSA_TEI_STANZA || around == CAPSA_TEI_FIGURE;
  const capsa_tei_context *c = &r->frames[r->depth - (own ? 2 : 1)].c;
  capsa_tei_start_text(r, frame, own ? c->kind : CAPSA_BLOCK_HEADING,
                       own ? c->level : level_of(r, frame));
  frame->c.heading = !own;
  if (r->settled && !own) capsa_tei_open(r);
}

/* ---- lists, quotations, verse */

static void start_list(capsa_tei *r, capsa_tei_frame *frame,
                       capsa_xml_attributes attributes) {
  static const char *const words[] = {"type", "rend", NULL};
  capsa_tei_start_group(r, frame);
  frame->c.lists++;
  for (int i = 0; words[i]; i++) {
    capsa_slice type = capsa_xml_attribute(attributes, words[i]);
    frame->ordered |= capsa_tei_has_word(type, "ordered") ||
                      capsa_tei_has_word(type, "numbered");
    if (capsa_tei_has_word(type, "bulleted"))
      frame->value = CAPSA_LITERAL("\xE2\x80\xA2");
  }
}

static capsa_slice item_number(capsa_tei *r, uint32_t number) {
  capsa_buf buf = {0};
  capsa_slice out = {0};
  capsa_buf_putf(&buf, "%u.", number);
  return capsa_buf_take(&buf, r->draft->arena, &out) ? (capsa_slice){0} : out;
}

static void start_item(capsa_tei *r, capsa_tei_frame *frame,
                       capsa_xml_attributes attributes) {
  capsa_tei_frame *list = &r->frames[r->depth - 1];
  uint32_t lists = frame->c.lists ? frame->c.lists : 1;
  capsa_tei_start_text(r, frame, CAPSA_BLOCK_LIST, lists);
  if (frame->c.hold || r->settled) return;
  list->count++;
  capsa_slice number = capsa_tei_attribute(r, attributes, "n");
  if (number.len) r->marker = number;
  else if (!r->marker.len && list->ordered)
    r->marker = item_number(r, list->count);
  else if (!r->marker.len) r->marker = list->value;
}

/* A label of a list's item; elsewhere a paragraph, or words of one. */
static void start_label(capsa_tei *r, capsa_tei_frame *frame) {
  const capsa_tei_frame *around = &r->frames[r->depth - 1];
  if (around->element->role == CAPSA_TEI_LIST && !around->c.hold)
    capsa_tei_capture(r, frame, ' ');
  else if (!around->c.in_text)
    capsa_tei_start_text(r, frame, frame->c.kind, frame->c.level);
}

/* In a paragraph a quotation is words of it, unless it has paragraphs. */
static void start_quotation(capsa_tei *r, capsa_tei_frame *frame) {
  const capsa_tei_context *around = &r->frames[r->depth - 1].c;
  frame->c.quotations++;
  frame->c.quoted = true;
  if (around->in_text && !(r->settled && around->quoted)) {
    frame->c.spaces = CAPSA_TEI_SPACES_KEPT;
    return;
  }
  capsa_tei_start_text(r, frame, CAPSA_BLOCK_QUOTATION, frame->c.quotations);
}

static void start_stanza(capsa_tei *r, capsa_tei_frame *frame) {
  capsa_tei_start_group(r, frame);
  if (frame->c.hold) return;
  frame->c.kind = CAPSA_BLOCK_VERSE;
  frame->c.level = 0;
}

/* Lines that follow each other are one block. */
static void start_line(capsa_tei *r, capsa_tei_frame *frame) {
  capsa_tei_text *text = &r->texts[0];
  frame->c.in_text = true;
  frame->c.spaces = CAPSA_TEI_SPACES_KEPT;
  bool more = text->open && text->block.kind == CAPSA_BLOCK_VERSE;
  if (r->text || frame->c.hold || more) {
    char sign = frame->c.hold ? frame->c.hold : '\n';
    if (frame->c.preserve && more && !r->text)
      capsa_tei_text_put(text, CAPSA_LITERAL("\n"), true);
    else capsa_tei_text_part(capsa_tei_writing(r), sign);
  } else capsa_tei_end_block(r);
  if (frame->c.hold) return;
  frame->c.kind = CAPSA_BLOCK_VERSE;
  frame->c.level = 0;
  if (r->settled && !r->text) capsa_tei_open(r);
}

/* ---- tables, figures */

static void start_table(capsa_tei *r, capsa_tei_frame *frame) {
  capsa_tei_start_group(r, frame);
  if (frame->c.hold) return;
  frame->c.kind = CAPSA_BLOCK_TABLE;
  frame->c.level = 0;
}

static void start_cell(capsa_tei *r, capsa_tei_frame *frame) {
  capsa_tei_frame *row = &r->frames[r->depth - 1];
  frame->c.spaces = CAPSA_TEI_SPACES_KEPT;
  if (frame->c.hold) {
    capsa_tei_text_part(capsa_tei_writing(r), frame->c.hold);
    return;
  }
  capsa_tei_text *text = capsa_tei_open(r);
  text->pending = 0;
  if (row->count++) capsa_buf_putc(&text->buf, '\t');
  text->glued = true; /* white space before its first word is none */
  frame->c.in_text = true;
  frame->c.hold = ' ';
}

void capsa_tei_row_end(capsa_tei *r, const capsa_tei_frame *frame) {
  capsa_tei_text *text = capsa_tei_writing(r);
  if (frame->c.hold || !text->open) return;
  text->pending = 0;
  capsa_buf_putc(&text->buf, '\n');
}

static void start_figure(capsa_tei *r, capsa_tei_frame *frame) {
  if (frame->c.hold) {
    capsa_tei_start_group(r, frame);
    return;
  }
  capsa_tei_end_block(r);
  frame->c.kind = CAPSA_BLOCK_FIGURE;
  frame->c.level = 0;
  frame->c.in_text = true;
  frame->c.spaces = CAPSA_TEI_SPACES_OUTSIDE;
  frame->c.hold = '\n';
  capsa_tei_open(r);
}

static void put_image(capsa_tei *r, capsa_tei_frame *frame,
                      capsa_xml_attributes attributes) {
  capsa_slice url = capsa_tei_attribute(r, attributes, "url");
  capsa_tei_text *text = &r->texts[0];
  bool inside = text->open && text->block.kind == CAPSA_BLOCK_FIGURE;
  if (!inside) {
    if (r->text || frame->c.hold) return;
    start_figure(r, frame);
  }
  if (!text->block.target.len) text->block.target = url;
  if (!inside) capsa_tei_end_block(r);
}

/* ---- all of them */

bool capsa_tei_block_start(capsa_tei *r, capsa_tei_frame *frame,
                           capsa_xml_attributes attributes) {
  switch (frame->element->role) {
  case CAPSA_TEI_DIVISION: start_division(r, frame, attributes); break;
  case CAPSA_TEI_GROUP:
  case CAPSA_TEI_PERSON: capsa_tei_start_group(r, frame); break;
  case CAPSA_TEI_PARAGRAPH: start_paragraph(r, frame, attributes); break;
  case CAPSA_TEI_HEADING: start_heading(r, frame); break;
  case CAPSA_TEI_DATELINE:
    capsa_tei_start_text(r, frame, CAPSA_BLOCK_DATELINE, 0);
    frame->c.dateline = true;
    break;
  case CAPSA_TEI_LIST: start_list(r, frame, attributes); break;
  case CAPSA_TEI_ITEM: start_item(r, frame, attributes); break;
  case CAPSA_TEI_LABEL: start_label(r, frame); break;
  case CAPSA_TEI_QUOTATION: start_quotation(r, frame); break;
  case CAPSA_TEI_STANZA: start_stanza(r, frame); break;
  case CAPSA_TEI_LINE: start_line(r, frame); break;
  case CAPSA_TEI_ADDRESS_LINE:
    frame->c.in_text = true;
    frame->c.spaces = CAPSA_TEI_SPACES_KEPT;
    capsa_tei_text_part(capsa_tei_writing(r), '\n');
    break;
  case CAPSA_TEI_TABLE: start_table(r, frame); break;
  case CAPSA_TEI_ROW: frame->c.spaces = CAPSA_TEI_SPACES_OUTSIDE; break;
  case CAPSA_TEI_CELL: start_cell(r, frame); break;
  case CAPSA_TEI_FIGURE: start_figure(r, frame); break;
  case CAPSA_TEI_IMAGE: put_image(r, frame, attributes); break;
  default: return false;
  }
  return true;
}

bool capsa_tei_ends_block(const capsa_tei *r, const capsa_tei_frame *frame) {
  switch (frame->element->role) {
  case CAPSA_TEI_DIVISION:
  case CAPSA_TEI_GROUP:
  case CAPSA_TEI_PERSON:
  case CAPSA_TEI_PARAGRAPH:
  case CAPSA_TEI_HEADING:
  case CAPSA_TEI_DATELINE:
  case CAPSA_TEI_LIST:
  case CAPSA_TEI_ITEM:
  case CAPSA_TEI_STANZA:
  case CAPSA_TEI_TABLE:
  case CAPSA_TEI_FIGURE: return true;
  case CAPSA_TEI_QUOTATION:
    return !r->frames[r->depth - 1].c.in_text ||
           (r->settled && frame->c.quoted);
  case CAPSA_TEI_STAGE:
  case CAPSA_TEI_NOTE: return !r->frames[r->depth - 1].c.in_text;
  case CAPSA_TEI_GAP: return frame->block;
  default: return false;
  }
}
