/* tei_choices.c -- two readings of a place: what the source has, and what it
 * should read. The corrected one is the text, the other its repair's original.
 */
#include <string.h>

#include "base/slice.h"
#include "document/formats/tei/tei.h"

/* What an editor says about his own reading is certain. */
#define CONFIDENCE_ENCODED 100

static bool is_in_choice(const capsa_tei *r) {
  return r->frames[r->depth - 1].element->role == CAPSA_TEI_CHOICE;
}

static const char *rule_of(const char *name) {
  if (!strcmp(name, "corr") || !strcmp(name, "sic")) return "sic-corr";
  if (!strcmp(name, "reg") || !strcmp(name, "orig")) return "orig-reg";
  return "abbr-expan";
}

static bool is_rule(capsa_slice rule) {
  for (size_t i = 0; i < rule.len; i++)
    if (rule.ptr[i] != '-' && (rule.ptr[i] < 'a' || rule.ptr[i] > 'z'))
      return false;
  return rule.len > 0 && rule.len < 32;
}

/* "0.85" is 85 percent; what is no such number is certain. */
static int percent(capsa_slice cert) {
  if (!capsa_slice_starts(cert, "0.") || cert.len > 4)
    return CONFIDENCE_ENCODED;
  int value = 0;
  for (size_t i = 2; i < 4; i++) {
    char c = i < cert.len ? cert.ptr[i] : '0';
    if (c < '0' || c > '9') return CONFIDENCE_ENCODED;
    value = value * 10 + (c - '0');
  }
  return value;
}

void capsa_tei_corrected_start(capsa_tei *r, capsa_tei_frame *frame,
                               capsa_xml_attributes attributes) {
  frame->c.spaces = CAPSA_TEI_SPACES_KEPT;
  if (!is_in_choice(r)) return;
  capsa_tei_frame *choice = &r->frames[r->depth - 1];
  if (choice->count++) { /* one more reading */
    capsa_tei_capture(r, frame, ' ');
    return;
  }
  capsa_tei_text *text = capsa_tei_open(r);
  choice->start = capsa_tei_text_next(text);
  choice->has_words = true;
  choice->repairs = text->block.emendations.count;
  capsa_slice type = capsa_xml_attribute(attributes, "type");
  choice->rule = rule_of(frame->element->name);
  choice->confidence = CONFIDENCE_ENCODED;
  if (!r->settled) return;
  if (is_rule(type)) {
    const char *own = capsa_arena_string(r->draft->arena, type);
    if (own) choice->rule = own;
  }
  choice->confidence = percent(capsa_xml_attribute(attributes, "cert"));
}

void capsa_tei_corrected_end(capsa_tei *r, capsa_tei_frame *frame) {
  if (!is_in_choice(r)) return;
  capsa_tei_frame *choice = &r->frames[r->depth - 1];
  if (!frame->captured) {
    choice->end = r->texts[frame->text].buf.len;
    return;
  }
  capsa_slice other = capsa_tei_captured(r, frame).text;
  capsa_draft_report(
      r->draft, CAPSA_SEVERITY_LOSS, r->xml.line, "other-reading",
      "left out: the source gives more than one reading here", other);
}

void capsa_tei_original_start(capsa_tei *r, capsa_tei_frame *frame) {
  frame->c.spaces = CAPSA_TEI_SPACES_KEPT;
  if (is_in_choice(r)) capsa_tei_capture(r, frame, ' ');
}

void capsa_tei_original_end(capsa_tei *r, capsa_tei_frame *frame) {
  if (!frame->captured) return;
  capsa_tei_frame *choice = &r->frames[r->depth - 1];
  choice->value = capsa_tei_captured(r, frame).text;
  choice->has_original = true;
}

/* Nothing stands for the original: it is the text. */
void capsa_tei_choice_end(capsa_tei *r, capsa_tei_frame *frame) {
  bool preserve = frame->c.preserve;
  if (!frame->has_words) {
    if (frame->value.len)
      capsa_tei_text_put(capsa_tei_open(r), frame->value, preserve);
    return;
  }
  capsa_tei_text *text = &r->texts[frame->text];
  if (!frame->has_original || !text->open) return;
  capsa_emendation e = {.original = frame->value,
                        .rule = frame->rule,
                        .confidence = frame->confidence};
  capsa_tei_text_emend(r->draft, text, frame->start, &e, frame->repairs,
                       preserve);
}
