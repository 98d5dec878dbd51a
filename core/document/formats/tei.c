/* tei.c -- TEI P5 into blocks.
 *
 * No element opens a block: the first word does, and what it becomes stands in
 * the context that the elements around it have made. So a paragraph with a
 * list in it gives the paragraph's beginning, the items, and its end, and a
 * wrapper that we do not know changes nothing.
 */
#include "document/formats/tei.h"

#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "document/formats/formats.h"
#include "document/formats/tei_tree.h"

/* ---- what the files share */

capsa_slice capsa_tei_attribute(capsa_tei *r, capsa_xml_attributes attributes,
                                const char *name) {
  capsa_slice value = capsa_xml_attribute(attributes, name);
  return value.len ? capsa_arena_copy(r->draft->arena, value) : value;
}

static bool parts_words(char c) { return strchr(" \t\n#:;", c) != NULL; }

bool capsa_tei_has_word(capsa_slice list, const char *word) {
  size_t len = strlen(word);
  for (size_t at = 0;
       (at = capsa_slice_finds(list, word, at)) != CAPSA_NOT_FOUND; at++) {
    bool starts = !at || parts_words(list.ptr[at - 1]);
    if (starts && (at + len == list.len || parts_words(list.ptr[at + len])))
      return true;
  }
  return false;
}

capsa_slice capsa_tei_key(capsa_tei *r, capsa_slice pointers) {
  capsa_buf keys = {0};
  capsa_slice out = {0};
  for (size_t at = 0; at < pointers.len;) {
    size_t start = at;
    for (; at < pointers.len && pointers.ptr[at] != ' '; at++)
      if (pointers.ptr[at] == '#') start = at + 1;
    if (keys.len && at > start) capsa_buf_putc(&keys, ' ');
    capsa_buf_put(&keys, capsa_slice_cut(pointers, start, at));
    at++;
  }
  if (!keys.len && !keys.failed) return out;
  return capsa_buf_take(&keys, r->draft->arena, &out) ? (capsa_slice){0} : out;
}

/* ---- blocks */

static void open_marks(capsa_tei *r) {
  for (size_t i = 1; i <= r->depth; i++) {
    capsa_tei_frame *frame = &r->frames[i];
    if (frame->text != r->text) continue;
    for (int k = 0; k < 2; k++)
      if (frame->kinds[k] != CAPSA_SPAN_KIND_COUNT && !frame->marks[k])
        frame->marks[k] =
            capsa_tei_text_open(r->draft, capsa_tei_writing(r),
                                frame->kinds[k], frame->targets[k]);
  }
}

static void close_marks(capsa_tei *r) {
  for (size_t i = 1; i <= r->depth; i++) {
    capsa_tei_frame *frame = &r->frames[i];
    if (frame->text != r->text) continue;
    for (int k = 0; k < 2; k++) {
      capsa_tei_text_close(capsa_tei_writing(r), frame->marks[k],
                           frame->c.preserve);
      frame->marks[k] = 0;
    }
  }
}

/* The label of a speech goes to its first words, not to a stage direction. */
static void take_label(capsa_tei *r, capsa_draft_block *block) {
  block->turn = r->turn;
  block->speaker = r->speaker;
  if (!r->begins_turn || block->kind == CAPSA_BLOCK_EDITORIAL ||
      block->kind == CAPSA_BLOCK_GAP)
    return;
  r->begins_turn = false;
  block->who = r->who;
  block->label = r->label;
  for (size_t i = 0; i < r->label_repairs.count; i++)
    capsa_draft_emend(r->draft, block, &r->label_repairs.items[i]);
  r->label_repairs.count = 0;
  if (block->label.len || !block->who.len) return;
  capsa_tei_unnamed *unnamed = CAPSA_LIST_ADD(r->draft->arena, &r->unnamed);
  if (unnamed) unnamed->block = r->draft->blocks.count;
}

static void take_waiting(capsa_tei *r) {
  for (size_t i = 0; i < r->waiting.count; i++)
    capsa_tei_text_mark(r->draft, capsa_tei_writing(r), &r->waiting.items[i]);
  r->waiting.count = 0;
}

static void start_block(capsa_tei *r) {
  const capsa_tei_context *c = &capsa_tei_top(r)->c;
  capsa_draft_block *block = &capsa_tei_writing(r)->block;
  *block = (capsa_draft_block){.kind = c->kind,
                               .line = r->xml.line,
                               .level = c->level,
                               .language = c->language};
  block->encoded = c->speech || c->kind == CAPSA_BLOCK_DATELINE ||
                   c->kind == CAPSA_BLOCK_EDITORIAL ||
                   c->kind == CAPSA_BLOCK_GAP || r->settled;
  if (c->kind == CAPSA_BLOCK_LIST || r->settled) {
    block->marker = r->marker;
    r->marker = (capsa_slice){0};
  }
  if (c->speech) take_label(r, block);
  take_waiting(r);
}

capsa_tei_text *capsa_tei_open(capsa_tei *r) {
  capsa_tei_text *text = capsa_tei_writing(r);
  if (text->open) return text;
  text->open = true;
  if (!r->text) start_block(r);
  open_marks(r);
  return text;
}

static bool is_nothing(const capsa_draft_block *block) {
  return !block->text.len && !block->spans.count && !block->label.len &&
         !block->emendations.count && !block->marker.len &&
         block->kind != CAPSA_BLOCK_GAP && block->kind != CAPSA_BLOCK_FIGURE &&
         block->kind != CAPSA_BLOCK_RULE;
}

static void end_block(capsa_tei *r) {
  if (!r->texts[0].open || r->text) return;
  bool settled_empty = r->settled && r->texts[0].buf.len == 0 &&
                       r->texts[0].block.kind != CAPSA_BLOCK_PARAGRAPH;
  close_marks(r);
  capsa_draft_block block = capsa_tei_text_take(r->draft, &r->texts[0]);
  if (!settled_empty && is_nothing(&block)) return;
  capsa_draft_block *added =
      CAPSA_LIST_ADD(r->draft->arena, &r->draft->blocks);
  if (added) *added = block;
}

void capsa_tei_begin_block(capsa_tei *r, const capsa_tei_context *around) {
  if (!r->text && !around->hold) end_block(r);
  else
    capsa_tei_text_part(capsa_tei_writing(r),
                        around->hold ? around->hold : '\n');
}

/* A block without words. */
static void add_empty(capsa_tei *r, capsa_block_kind kind) {
  capsa_tei_frame *frame = capsa_tei_top(r);
  end_block(r);
  frame->c.kind = kind;
  frame->c.level = 0;
  capsa_tei_open(r);
  end_block(r);
}

bool capsa_tei_capture(capsa_tei *r, capsa_tei_frame *frame, char hold) {
  if (r->text + 1 == CAPSA_TEI_TEXTS_MAX) return false;
  frame->text = ++r->text;
  frame->captured = true;
  frame->c.hold = hold;
  frame->c.in_text = true;
  frame->c.speech = false;
  frame->c.spaces = CAPSA_TEI_SPACES_KEPT;
  capsa_tei_writing(r)->open = true;
  return true;
}

capsa_draft_block capsa_tei_captured(capsa_tei *r, capsa_tei_frame *frame) {
  close_marks(r);
  frame->captured = false;
  capsa_draft_block block =
      capsa_tei_text_take(r->draft, capsa_tei_writing(r));
  r->text--;
  return block;
}

void capsa_tei_put_mark(capsa_tei *r, const capsa_span *span) {
  const capsa_tei_frame *frame = capsa_tei_top(r);
  bool label = frame->element->role == CAPSA_TEI_SPEAKER ||
               frame->element->role == CAPSA_TEI_LABEL;
  if (!label && (capsa_tei_writing(r)->open || frame->c.in_text)) {
    capsa_tei_text_mark(r->draft, capsa_tei_open(r), span);
    return;
  }
  capsa_span *waiting = CAPSA_LIST_ADD(r->draft->arena, &r->waiting);
  if (waiting) *waiting = *span;
}

/* ---- elements that hold blocks */

static void start_group(capsa_tei *r, capsa_tei_frame *frame) {
  capsa_tei_begin_block(r, &r->frames[r->depth - 1].c);
  frame->c.spaces = CAPSA_TEI_SPACES_OUTSIDE;
  if (!frame->c.hold) frame->c.in_text = false;
  frame->start = r->draft->blocks.count;
  const char *name = frame->element->name;
  frame->c.dateline |= !strcmp(name, "opener") || !strcmp(name, "closer");
}

/* "level-2", or how deep the divisions are. */
static uint32_t level_of(const capsa_tei *r, const capsa_tei_frame *frame) {
  capsa_slice type = r->frames[r->depth - 1].value;
  if (r->settled && capsa_slice_starts(type, "level-") && type.len == 7)
    return (uint32_t)(type.ptr[6] - '0');
  uint32_t level = frame->c.divisions;
  return level < 1 ? 1 : level > 6 ? 6 : level;
}

static void start_division(capsa_tei *r, capsa_tei_frame *frame,
                           capsa_xml_attributes attributes) {
  start_group(r, frame);
  if (frame->c.hold) return;
  capsa_tei_notes_chapter(r);
  frame->c.divisions++;
  frame->c.kind = CAPSA_BLOCK_PARAGRAPH;
  frame->c.level = 0;
  frame->c.speech = false;
  frame->value = capsa_tei_attribute(r, attributes, "type");
}

/* Text of its own kind: a paragraph, a heading. */
static void start_text(capsa_tei *r, capsa_tei_frame *frame,
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
  start_text(r, frame, quoted ? CAPSA_BLOCK_QUOTATION : frame->c.kind,
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
  r->marker = capsa_tei_attribute(r, attributes, "n");
  capsa_tei_open(r);
}

static void start_heading(capsa_tei *r, capsa_tei_frame *frame) {
  capsa_tei_role around = r->frames[r->depth - 1].element->role;
  bool own = around == CAPSA_TEI_LIST || around == CAPSA_TEI_TABLE ||
             around == CAPSA_TEI_STANZA || around == CAPSA_TEI_FIGURE;
  const capsa_tei_context *c = &r->frames[r->depth - (own ? 2 : 1)].c;
  start_text(r, frame, own ? c->kind : CAPSA_BLOCK_HEADING,
             own ? c->level : level_of(r, frame));
  frame->c.heading = !own;
}

/* ---- lists, quotations, verse */

static void start_list(capsa_tei *r, capsa_tei_frame *frame,
                       capsa_xml_attributes attributes) {
  static const char *const words[] = {"type", "rend", NULL};
  start_group(r, frame);
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
  start_text(r, frame, CAPSA_BLOCK_LIST, lists);
  if (frame->c.hold) return;
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
    start_text(r, frame, frame->c.kind, frame->c.level);
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
  start_text(r, frame, CAPSA_BLOCK_QUOTATION, frame->c.quotations);
  if (r->settled) r->marker = (capsa_slice){0};
}

static void start_stanza(capsa_tei *r, capsa_tei_frame *frame) {
  start_group(r, frame);
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
  } else
    end_block(r);
  if (frame->c.hold) return;
  frame->c.kind = CAPSA_BLOCK_VERSE;
  frame->c.level = 0;
  if (r->settled && !r->text) capsa_tei_open(r);
}

/* ---- speeches */

static void start_speech(capsa_tei *r, capsa_tei_frame *frame,
                         capsa_xml_attributes attributes) {
  start_group(r, frame);
  if (frame->c.hold) return;
  frame->c.speech = true;
  frame->c.level = 0;
  frame->c.kind =
      capsa_tei_has_word(capsa_xml_attribute(attributes, "rend"), "narrated") &&
              r->settled
          ? CAPSA_BLOCK_NARRATION
          : CAPSA_BLOCK_SPEECH;
  r->label = (capsa_slice){0};
  r->who = capsa_tei_key(r, capsa_xml_attribute(attributes, "who"));
  r->begins_turn = !capsa_xml_attribute(attributes, "prev").len;
  if (!r->settled) return;
  capsa_slice turn = capsa_xml_attribute(attributes, "n");
  r->turn = turn.len ? (uint32_t)strtoul(turn.ptr, NULL, 10) : 0;
  capsa_tei_identity *who = capsa_tei_identity_find(r, r->who);
  r->speaker = who ? who->speaker : 0;
  r->who = (capsa_slice){0};
}

static void end_speech(capsa_tei *r, capsa_tei_frame *frame) {
  capsa_tei_begin_block(r, &frame->c);
  if (frame->c.hold) return;
  /* Somebody is named and says nothing. */
  if (r->begins_turn && r->label.len) add_empty(r, CAPSA_BLOCK_SPEECH);
  r->label = r->who = (capsa_slice){0};
  r->begins_turn = false;
  r->turn = r->speaker = 0;
}

/* "KHRUSHCHEV N.S.:" and "HAMLET." without the sign behind them. */
static capsa_slice without_sign(capsa_slice label) {
  if (capsa_slice_ends(label, ":")) label.len--;
  else if (label.len > 2 && capsa_slice_ends(label, ".") &&
           !memchr(" .", label.ptr[label.len - 3], 2))
    label.len--;
  return capsa_slice_trim(label);
}

/* The label as printed, where an editor has corrected something in it. */
static capsa_slice as_printed(capsa_tei *r, const capsa_draft_block *label) {
  capsa_buf buf = {0};
  capsa_slice out = label->text;
  size_t from = 0;
  for (size_t i = 0; i < label->emendations.count; i++) {
    const capsa_emendation *e = &label->emendations.items[i];
    if (e->at.start_byte < from) continue;
    capsa_buf_put(&buf, capsa_slice_cut(label->text, from, e->at.start_byte));
    capsa_buf_put(&buf, e->original);
    from = e->at.end_byte;
  }
  capsa_buf_put(&buf, capsa_slice_from(label->text, from));
  return capsa_buf_take(&buf, r->draft->arena, &out) ? label->text : out;
}

static void end_speaker(capsa_tei *r, capsa_tei_frame *frame) {
  if (!frame->captured) return;
  capsa_draft_block label = capsa_tei_captured(r, frame);
  r->label_repairs.count = 0;
  for (size_t i = 0; i < label.emendations.count; i++) {
    capsa_emendation *e =
        CAPSA_LIST_ADD(r->draft->arena, &r->label_repairs);
    if (!e) return;
    *e = label.emendations.items[i];
    e->in_label = true;
    e->at = (capsa_range){0};
  }
  r->label = frame->value.len ? frame->value
             : label.emendations.count ? as_printed(r, &label)
                                       : label.text;
  if (!r->settled) r->label = without_sign(r->label);
}

static void start_stage(capsa_tei *r, capsa_tei_frame *frame) {
  if (r->frames[r->depth - 1].c.in_text)
    capsa_tei_mark(r, frame, CAPSA_SPAN_NOTE, (capsa_slice){0});
  else start_text(r, frame, CAPSA_BLOCK_EDITORIAL, 0);
}

/* ---- tables, figures */

static void start_table(capsa_tei *r, capsa_tei_frame *frame) {
  start_group(r, frame);
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

static void end_row(capsa_tei *r, const capsa_tei_frame *frame) {
  capsa_tei_text *text = capsa_tei_writing(r);
  if (frame->c.hold || !text->open) return;
  text->pending = 0;
  capsa_buf_putc(&text->buf, '\n');
}

static void start_figure(capsa_tei *r, capsa_tei_frame *frame) {
  if (frame->c.hold) {
    start_group(r, frame);
    return;
  }
  end_block(r);
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
  if (!inside) end_block(r);
}

/* ---- events */

static bool starts_block(capsa_tei *r, capsa_tei_frame *frame,
                         capsa_xml_attributes attributes) {
  switch (frame->element->role) {
  case CAPSA_TEI_DIVISION: start_division(r, frame, attributes); break;
  case CAPSA_TEI_GROUP:
  case CAPSA_TEI_PERSON: start_group(r, frame); break;
  case CAPSA_TEI_PARAGRAPH: start_paragraph(r, frame, attributes); break;
  case CAPSA_TEI_HEADING: start_heading(r, frame); break;
  case CAPSA_TEI_DATELINE:
    start_text(r, frame, CAPSA_BLOCK_DATELINE, 0);
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

static void starts_speech(capsa_tei *r, capsa_tei_frame *frame,
                          capsa_xml_attributes attributes) {
  switch (frame->element->role) {
  case CAPSA_TEI_SPEECH: start_speech(r, frame, attributes); break;
  case CAPSA_TEI_UTTERANCE:
    start_speech(r, frame, attributes);
    frame->c.in_text = true;
    frame->c.spaces = CAPSA_TEI_SPACES_KEPT;
    break;
  case CAPSA_TEI_SPEAKER:
    frame->value = capsa_tei_attribute(r, attributes, "n");
    capsa_tei_capture(r, frame, ' ');
    break;
  case CAPSA_TEI_STAGE: start_stage(r, frame); break;
  case CAPSA_TEI_NOTE: capsa_tei_note_start(r, frame, attributes); break;
  case CAPSA_TEI_RULE: {
    capsa_slice rend = capsa_xml_attribute(attributes, "rend");
    bool drawn = capsa_tei_has_word(rend, "rule") ||
                 capsa_tei_has_word(rend, "line") ||
                 capsa_tei_has_word(rend, "hr");
    if (drawn && !r->text && !frame->c.hold) add_empty(r, CAPSA_BLOCK_RULE);
    break;
  }
  default: break;
  }
}

/* An element in another language than the text around it. */
static void set_language(capsa_tei *r, capsa_tei_frame *frame,
                         capsa_xml_attributes attributes) {
  capsa_slice language = capsa_xml_attribute(attributes, "xml:lang");
  if (!language.len || capsa_slice_equal(language, frame->c.language)) return;
  /* Of TEI it is the header's language, too, and of text the document's. */
  capsa_tei_role role = frame->element->role;
  if (role == CAPSA_TEI_DOCUMENT || role == CAPSA_TEI_CORPUS) return;
  if (!strcmp(frame->element->name, "text") && !r->found.language.len) {
    r->found.language = capsa_arena_copy(r->draft->arena, language);
    return;
  }
  frame->c.language = capsa_arena_copy(r->draft->arena, language);
  frame->foreign = true;
}

/* Some other XML: its words are read, and nobody knows what they are. */
static void check_root(capsa_tei *r, const char *name,
                       const capsa_tei_element *element) {
  if (r->depth || r->documents || element->role != CAPSA_TEI_PLAIN) return;
  capsa_draft_report(r->draft, CAPSA_SEVERITY_WARNING, r->xml.line, "no-tei",
                     "this is XML, but no TEI: its words are read as "
                     "paragraphs",
                     capsa_arena_copy(r->draft->arena, capsa_slice_of(name)));
}

static bool passes_over(capsa_tei *r, capsa_tei_role role) {
  if (role == CAPSA_TEI_DOCUMENT && r->documents++ != r->draft->part)
    return true;
  return role == CAPSA_TEI_SKIPPED;
}

static capsa_tei_frame *push(capsa_tei *r, const capsa_tei_element *element) {
  capsa_tei_frame *frame = &r->frames[++r->depth];
  *frame = (capsa_tei_frame){.element = element,
                             .c = frame[-1].c,
                             .text = r->text,
                             .kinds = {CAPSA_SPAN_KIND_COUNT,
                                       CAPSA_SPAN_KIND_COUNT}};
  frame->start = capsa_tei_text_next(capsa_tei_writing(r));
  return frame;
}

static void on_start(void *context, const char *name,
                     capsa_xml_attributes attributes) {
  capsa_tei *r = context;
  const capsa_tei_element *element = capsa_tei_find(name);
  if (r->skipped || passes_over(r, element->role)) {
    r->skipped++;
    return;
  }
  if (r->node || element->role == CAPSA_TEI_HEADER) {
    capsa_tei_tree_open(r, name, attributes);
    return;
  }
  check_root(r, name, element);
  capsa_tei_frame *frame = push(r, element);
  frame->id = capsa_tei_attribute(r, attributes, "xml:id");
  set_language(r, frame, attributes);
  capsa_slice space = capsa_xml_attribute(attributes, "xml:space");
  if (space.len)
    frame->c.preserve = capsa_slice_equal(space, CAPSA_LITERAL("preserve"));
  if (starts_block(r, frame, attributes)) return;
  if (!capsa_tei_inline_start(r, frame, attributes))
    starts_speech(r, frame, attributes);
  bool inside = r->frames[r->depth - 1].c.in_text && !frame->captured;
  if (frame->foreign && inside && element->role != CAPSA_TEI_SPAN)
    capsa_tei_mark(r, frame, CAPSA_SPAN_FOREIGN, frame->c.language);
}

static void end_role(capsa_tei *r, capsa_tei_frame *frame) {
  switch (frame->element->role) {
  case CAPSA_TEI_DOCUMENT: r->xml.stop = true; break;
  case CAPSA_TEI_SPEECH:
  case CAPSA_TEI_UTTERANCE: end_speech(r, frame); break;
  case CAPSA_TEI_SPEAKER: end_speaker(r, frame); break;
  case CAPSA_TEI_LABEL:
    if (frame->captured) r->marker = capsa_tei_captured(r, frame).text;
    else capsa_tei_begin_block(r, &r->frames[r->depth - 1].c);
    break;
  case CAPSA_TEI_NOTE: capsa_tei_note_end(r, frame); break;
  case CAPSA_TEI_ROW: end_row(r, frame); break;
  default: capsa_tei_inline_end(r, frame); break;
  }
}

static bool ends_block(const capsa_tei *r, const capsa_tei_frame *frame) {
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
  case CAPSA_TEI_STAGE:
  case CAPSA_TEI_NOTE:
    return !r->frames[r->depth - 1].c.in_text || (r->settled && frame->c.quoted);
  case CAPSA_TEI_GAP: return frame->block;
  default: return false;
  }
}

static void on_end(void *context) {
  capsa_tei *r = context;
  if (r->skipped) {
    r->skipped--;
    return;
  }
  if (r->node) {
    capsa_tei_tree_close(r);
    return;
  }
  capsa_tei_frame *frame = capsa_tei_top(r);
  end_role(r, frame);
  if (ends_block(r, frame))
    capsa_tei_begin_block(r, &r->frames[r->depth - 1].c);
  for (int k = 0; k < 2; k++)
    capsa_tei_text_close(&r->texts[frame->text], frame->marks[k],
                         frame->c.preserve);
  r->depth--;
}

static bool is_blank(capsa_slice text) {
  for (size_t i = 0; i < text.len; i++)
    if (!strchr(" \t\r\n", text.ptr[i])) return false;
  return true;
}

static void on_text(void *context, capsa_slice text) {
  capsa_tei *r = context;
  if (r->skipped || !text.len) return;
  if (r->node) {
    capsa_tei_tree_put(r, text);
    return;
  }
  const capsa_tei_context *c = &capsa_tei_top(r)->c;
  bool open = capsa_tei_writing(r)->open;
  if (is_blank(text)) {
    bool between = c->spaces == CAPSA_TEI_SPACES_NONE ||
                   (c->spaces == CAPSA_TEI_SPACES_OUTSIDE &&
                    (c->preserve || !open));
    if (between || (!open && !c->preserve)) return;
  }
  capsa_tei_text_put(capsa_tei_open(r), text, c->preserve);
}

static void on_mended(void *context, uint32_t line, const char *action,
                      bool loss, capsa_slice text) {
  capsa_tei *r = context;
  capsa_draft_report(r->draft,
                     loss ? CAPSA_SEVERITY_LOSS : CAPSA_SEVERITY_WARNING, line,
                     "markup", action, text);
}

/* ---- the whole file */

static void finish(capsa_tei *r) {
  end_block(r);
  if (r->waiting.count && r->draft->blocks.count) { /* the last page mark */
    capsa_draft_block *last = &r->draft->blocks.items[r->draft->blocks.count - 1];
    for (size_t i = 0; i < r->waiting.count; i++) {
      capsa_span *span = CAPSA_LIST_ADD(r->draft->arena, &last->spans);
      if (!span) break;
      *span = r->waiting.items[i];
      span->at = (capsa_range){last->text.len, last->text.len};
    }
  }
  capsa_tei_notes_put(r);
  capsa_tei_people_settle(r);
  capsa_tei_header_settle(r);
  r->draft->settled = r->settled;
}

/* What XML has no room for is a space: form feeds, non-characters. */
static capsa_slice without_forbidden(capsa_arena *arena, capsa_slice text) {
  char *copy = NULL;
  for (size_t i = 0; i < text.len; i++) {
    bool feed = text.ptr[i] == '\f';
    if (!feed && text.ptr[i] != '\xEF') continue;
    bool none = capsa_slice_starts(capsa_slice_from(text, i), "\xEF\xBF\xBE") ||
                capsa_slice_starts(capsa_slice_from(text, i), "\xEF\xBF\xBF");
    if (!feed && !none) continue;
    if (!copy) copy = capsa_arena_alloc(arena, text.len);
    if (!copy) return text;
    if (text.ptr != copy) memcpy(copy, text.ptr, text.len);
    text.ptr = copy;
    memset(copy + i, ' ', feed ? 1 : 3);
  }
  return text;
}

capsa_status capsa_read_tei(capsa_slice text, capsa_draft *draft) {
  capsa_tei *r = capsa_arena_alloc(draft->arena, sizeof *r);
  if (!r) return CAPSA_ENOMEM;
  r->draft = draft;
  r->frames[0] = (capsa_tei_frame){.element = capsa_tei_find("body"),
                                   .kinds = {CAPSA_SPAN_KIND_COUNT,
                                             CAPSA_SPAN_KIND_COUNT}};
  r->frames[0].c.spaces = CAPSA_TEI_SPACES_OUTSIDE;
  r->xml = (capsa_xml){.context = r,
                       .start = on_start,
                       .end = on_end,
                       .text = on_text,
                       .mended = on_mended};
  text = without_forbidden(draft->arena, text);
  capsa_tei_notes_find(r, text);
  capsa_status st = capsa_xml_read(text, &r->xml, draft->arena);
  if (!st) finish(r);
  for (size_t i = 0; i < CAPSA_TEI_TEXTS_MAX; i++) {
    if (r->texts[i].buf.failed) st = CAPSA_ENOMEM;
    capsa_buf_free(&r->texts[i].buf);
  }
  if (st) return st;
  if (r->documents && draft->part >= r->documents) return CAPSA_EINVAL;
  return capsa_arena_failed(draft->arena) ? CAPSA_ENOMEM : CAPSA_OK;
}

/* ---- is it TEI, and how many */

/* Behind what stands before the first element; where there is none, empty. */
static capsa_slice first_element(capsa_slice text) {
  static const char *const prolog[][2] = {
      {"<?", "?>"}, {"<!--", "-->"}, {"<!DOCTYPE", ">"}, {NULL, NULL}};
  for (text = capsa_slice_trim(text); capsa_slice_starts(text, "<");
       text = capsa_slice_trim(text)) {
    int i = 0;
    while (prolog[i][0] && !capsa_slice_starts(text, prolog[i][0])) i++;
    if (!prolog[i][0]) return text;
    size_t subset = capsa_slice_finds(text, "[", 0);
    size_t end = capsa_slice_finds(text, prolog[i][1], 0);
    if (i == 2 && subset < end) { /* entities of its own */
      end = capsa_slice_finds(text, "]", subset);
      end = capsa_slice_finds(text, ">", end < text.len ? end : text.len);
    }
    if (end == CAPSA_NOT_FOUND) break;
    text = capsa_slice_from(text, end + strlen(prolog[i][1]));
  }
  return (capsa_slice){0};
}

bool capsa_tei_is_tei(capsa_slice text) {
  capsa_slice element = first_element(text);
  size_t end = capsa_slice_finds(element, ">", 0);
  if (end == CAPSA_NOT_FOUND) return false;
  capsa_slice tag = capsa_slice_cut(element, 1, end);
  size_t name = 0;
  while (name < tag.len && !strchr(" \t\r\n/", tag.ptr[name])) name++;
  size_t colon = 0;
  for (size_t i = 0; i < name; i++)
    if (tag.ptr[i] == ':') colon = i + 1;
  capsa_slice bare = capsa_slice_cut(tag, colon, name);
  bool xml = capsa_slice_starts(capsa_slice_trim(text), "<?xml");
  return capsa_slice_equal(bare, CAPSA_LITERAL("TEI")) ||
         capsa_slice_equal(bare, CAPSA_LITERAL("TEI.2")) ||
         capsa_slice_equal(bare, CAPSA_LITERAL("teiCorpus")) ||
         capsa_slice_finds(tag, "http://www.tei-c.org/ns/1.0", 0) !=
             CAPSA_NOT_FOUND ||
         (xml && bare.len &&
          !capsa_slice_equal_nocase(bare, CAPSA_LITERAL("html")));
}

typedef struct counter {
  capsa_xml xml;
  size_t documents;
} counter;

static void count_start(void *context, const char *name,
                        capsa_xml_attributes attributes) {
  (void)attributes;
  counter *c = context;
  c->documents += capsa_tei_find(name)->role == CAPSA_TEI_DOCUMENT;
}

static void count_end(void *context) { (void)context; }

static void count_text(void *context, capsa_slice text) {
  (void)context;
  (void)text;
}

static void count_mended(void *context, uint32_t line, const char *action,
                         bool loss, capsa_slice text) {
  (void)context;
  (void)line;
  (void)action;
  (void)loss;
  (void)text;
}

size_t capsa_tei_count(capsa_slice text, capsa_arena *arena) {
  counter c = {.xml = {.start = count_start,
                       .end = count_end,
                       .text = count_text,
                       .mended = count_mended}};
  c.xml.context = &c;
  capsa_status st =
      capsa_xml_read(without_forbidden(arena, text), &c.xml, arena);
  return st || !c.documents ? 1 : c.documents;
}
