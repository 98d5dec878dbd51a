/* tei_speech.c -- who speaks: sp, speaker, stage, u. */
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "document/formats/tei/tei.h"

static void start_speech(capsa_tei *r, capsa_tei_frame *frame,
                         capsa_xml_attributes attributes) {
  capsa_tei_start_group(r, frame);
  if (frame->c.hold) return;
  frame->c.speech = r->has_speech = true;
  frame->c.level = 0;
  frame->c.kind = CAPSA_BLOCK_SPEECH;
  r->label = (capsa_slice){0};
  r->who = capsa_tei_key(r, capsa_xml_attribute(attributes, "who"));
  r->begins_turn = !r->settled && !frame->previous.len;
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
  if (r->begins_turn && r->label.len)
    capsa_tei_add_empty(r, CAPSA_BLOCK_SPEECH);
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
    capsa_emendation *e = CAPSA_LIST_ADD(r->draft->arena, &r->label_repairs);
    if (!e) return;
    *e = label.emendations.items[i];
    e->in_label = true;
    e->at = (capsa_range){0};
  }
  r->label = frame->value.len          ? frame->value
             : label.emendations.count ? as_printed(r, &label)
                                       : label.text;
  if (r->settled) r->begins_turn = true;
  else r->label = without_sign(r->label);
}

static void start_stage(capsa_tei *r, capsa_tei_frame *frame) {
  if (r->frames[r->depth - 1].c.in_text)
    capsa_tei_mark(r, frame, CAPSA_SPAN_NOTE, (capsa_slice){0});
  else capsa_tei_start_text(r, frame, CAPSA_BLOCK_EDITORIAL, 0);
}

void capsa_tei_speech_start(capsa_tei *r, capsa_tei_frame *frame,
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
    if (drawn && !r->text && !frame->c.hold)
      capsa_tei_add_empty(r, CAPSA_BLOCK_RULE);
    break;
  }
  default: break;
  }
}

void capsa_tei_element_end(capsa_tei *r, capsa_tei_frame *frame) {
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
  case CAPSA_TEI_ROW: capsa_tei_row_end(r, frame); break;
  default: capsa_tei_inline_end(r, frame); break;
  }
}
