/* tei_writing.c -- the block that is being written.
 *
 * No element opens one: the first word does, with all marks that are open
 * around it.
 */
#include "base/slice.h"
#include "document/formats/tei/tei.h"

static void open_marks(capsa_tei *r) {
  for (size_t i = 1; i <= r->depth; i++) {
    capsa_tei_frame *frame = &r->frames[i];
    if (frame->text != r->text) continue;
    for (int k = 0; k < 2; k++)
      if (frame->kinds[k] != CAPSA_SPAN_KIND_COUNT && !frame->marks[k])
        frame->marks[k] = capsa_tei_text_open(
            r->draft, capsa_tei_writing(r), frame->kinds[k], frame->targets[k]);
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
  bool apart =
      block->kind == CAPSA_BLOCK_EDITORIAL || block->kind == CAPSA_BLOCK_GAP;
  if (!apart || capsa_tei_top(r)->spoken) {
    block->turn = r->turn;
    block->speaker = r->speaker;
  }
  if (!r->begins_turn || (apart && !r->settled)) return;
  r->begins_turn = false;
  block->who = r->who;
  block->label = r->label;
  for (size_t i = 0; i < r->label_repairs.count; i++)
    capsa_draft_emend(r->draft, block, &r->label_repairs.items[i]);
  r->label_repairs.count = 0;
  if (block->label.len || !block->who.len || r->settled) return;
  capsa_tei_unnamed *unnamed = CAPSA_LIST_ADD(r->draft->arena, &r->unnamed);
  if (unnamed) unnamed->block = r->draft->blocks.count;
}

static void take_waiting(capsa_tei *r) {
  for (size_t i = 0; i < r->waiting.count; i++)
    capsa_tei_text_mark(r->draft, capsa_tei_writing(r), &r->waiting.items[i]);
  r->waiting.count = 0;
}

/* The block's own element is the innermost that can have one. */
static capsa_slice marker_of_frames(const capsa_tei *r) {
  for (size_t i = r->depth; i; i--) {
    const capsa_tei_frame *frame = &r->frames[i];
    if (frame->marker.len) return frame->marker;
    if (!frame->c.in_text) break;
  }
  return (capsa_slice){0};
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
  if (r->settled) block->marker = marker_of_frames(r);
  else if (c->kind == CAPSA_BLOCK_LIST) {
    block->marker = r->marker;
    r->marker = (capsa_slice){0};
  }
  block->silent = !c->speech;
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

void capsa_tei_end_block(capsa_tei *r) {
  if (!r->texts[0].open || r->text) return;
  close_marks(r);
  capsa_draft_block block = capsa_tei_text_take(r->draft, &r->texts[0]);
  if (!r->settled && is_nothing(&block)) return;
  capsa_draft_block *added = CAPSA_LIST_ADD(r->draft->arena, &r->draft->blocks);
  if (added) *added = block;
}

void capsa_tei_begin_block(capsa_tei *r, const capsa_tei_context *around) {
  if (!r->text && !around->hold) capsa_tei_end_block(r);
  else
    capsa_tei_text_part(capsa_tei_writing(r),
                        around->hold ? around->hold : '\n');
}

/* A block without words. */
void capsa_tei_add_empty(capsa_tei *r, capsa_block_kind kind) {
  capsa_tei_frame *frame = capsa_tei_top(r);
  capsa_tei_end_block(r);
  frame->c.kind = kind;
  frame->c.level = 0;
  capsa_tei_open(r);
  capsa_tei_end_block(r);
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
  capsa_draft_block block = capsa_tei_text_take(r->draft, capsa_tei_writing(r));
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
