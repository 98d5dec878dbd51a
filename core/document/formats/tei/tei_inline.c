/* tei_inline.c -- elements of TEI that stand in a line: names, dates, what the
 * editor supplied, corrected, could not read. */
#include <string.h>

#include "base/slice.h"
#include "document/formats/tei/tei.h"

void capsa_tei_mark(capsa_tei *r, capsa_tei_frame *frame, capsa_span_kind kind,
                    capsa_slice target) {
  int k = frame->kinds[0] == CAPSA_SPAN_KIND_COUNT ? 0 : 1;
  bool here = capsa_tei_writing(r)->open || frame->c.in_text;
  if (here) capsa_tei_open(r); /* before it could open this one, too */
  frame->kinds[k] = kind;
  frame->targets[k] = target;
  frame->c.spaces = CAPSA_TEI_SPACES_KEPT;
  if (!here) return;
  capsa_tei_text *text = capsa_tei_writing(r);
  frame->marks[k] = capsa_tei_text_resume(text, kind, frame->previous);
  if (!frame->marks[k])
    frame->marks[k] = capsa_tei_text_open(r->draft, text, kind, target);
  capsa_slice id = frame->id.len ? frame->id : frame->previous;
  if (id.len) capsa_tei_text_name(r->draft, text, frame->marks[k], id);
}

/* ---- names, dates, addresses */

static bool is_address(capsa_slice target) {
  static const char *const schemes[] = {"http://", "https://", "mailto:", NULL};
  for (int i = 0; schemes[i]; i++)
    if (capsa_slice_equal_nocase(capsa_slice_cut(target, 0, strlen(schemes[i])),
                                 capsa_slice_of(schemes[i])))
      return true;
  return false;
}

static void start_name(capsa_tei *r, capsa_tei_frame *frame,
                       capsa_xml_attributes attributes) {
  static const char *const pointers[] = {"ref", "corresp", NULL};
  capsa_slice type = capsa_xml_attribute(attributes, "type");
  capsa_span_kind kind = frame->element->kind;
  bool general =
      frame->element->name[0] == 'n' || frame->element->name[0] == 'r';
  if (general && capsa_tei_has_word(type, "place")) kind = CAPSA_SPAN_PLACE;
  else if (general && !capsa_tei_has_word(type, "person")) return;
  capsa_slice key = capsa_tei_attribute(r, attributes, "key");
  for (int i = 0; pointers[i] && !key.len; i++)
    key = capsa_tei_key(r, capsa_xml_attribute(attributes, pointers[i]));
  frame->who = key;
  capsa_tei_mark(r, frame, kind, key);
}

static bool is_date(capsa_slice value) {
  for (size_t i = 0; i < value.len; i++)
    if (!strchr("0123456789-XYEu~?%/.[],", value.ptr[i])) return false;
  return value.len > 0;
}

/* A day; the hour is passed over. */
static capsa_slice day(capsa_slice value) {
  size_t hour = capsa_slice_finds(value, "T", 0);
  value = capsa_slice_cut(value, 0, hour == CAPSA_NOT_FOUND ? value.len : hour);
  return is_date(value) ? value : (capsa_slice){0};
}

capsa_slice capsa_tei_edtf(capsa_tei *r, const capsa_tei_date *d) {
  capsa_slice when = day(d->when), custom = d->custom;
  capsa_slice from = day(d->from), to = day(d->to);
  capsa_slice after = day(d->not_before), before = day(d->not_after);
  if (!when.len && is_date(custom)) when = custom;
  if (!when.len && from.len && capsa_slice_equal(from, to)) when = from;
  if (when.len) return capsa_arena_copy(r->draft->arena, when);
  bool span = from.len || to.len;
  if (!span && !after.len && !before.len) return (capsa_slice){0};
  capsa_slice open = CAPSA_LITERAL("..");
  capsa_slice spans[] = {from.len ? from : open, CAPSA_LITERAL("/"),
                         to.len ? to : open};
  capsa_slice set[] = {CAPSA_LITERAL("["), after, open, before,
                       CAPSA_LITERAL("]")};
  return span ? capsa_draft_concat(r->draft, spans, 3)
              : capsa_draft_concat(r->draft, set, 5);
}

static capsa_slice date_of(capsa_tei *r, capsa_xml_attributes attributes) {
  capsa_tei_date d = {.when = capsa_xml_attribute(attributes, "when"),
                      .custom = capsa_xml_attribute(attributes, "when-custom"),
                      .from = capsa_xml_attribute(attributes, "from"),
                      .to = capsa_xml_attribute(attributes, "to"),
                      .not_before =
                          capsa_xml_attribute(attributes, "notBefore"),
                      .not_after = capsa_xml_attribute(attributes, "notAfter")};
  return capsa_tei_edtf(r, &d);
}

static void start_reference(capsa_tei *r, capsa_tei_frame *frame,
                            capsa_xml_attributes attributes) {
  capsa_slice target = capsa_tei_attribute(r, attributes, "target");
  capsa_slice key = capsa_tei_key(r, target);
  bool anchor =
      capsa_tei_has_word(capsa_xml_attribute(attributes, "type"), "noteAnchor");
  bool to_note = target.len && target.ptr[0] == '#' &&
                 capsa_tei_is_note(r, key) &&
                 capsa_tei_writing(r)->block.kind != CAPSA_BLOCK_FOOTNOTE;
  if (anchor || to_note) {
    frame->who = key;
    frame->value = capsa_tei_attribute(r, attributes, "n");
    if (capsa_tei_capture(r, frame, ' ')) return;
  }
  if (!is_address(target)) return;
  capsa_tei_mark(r, frame, CAPSA_SPAN_LINK, target);
  if (!strcmp(frame->element->name, "ptr"))
    capsa_tei_text_put(capsa_tei_open(r), target, false);
}

/* ---- looks */

static bool has_any(capsa_slice list, const char *const *words) {
  for (; *words; words++)
    if (capsa_tei_has_word(list, *words)) return true;
  return false;
}

static void start_highlighted(capsa_tei *r, capsa_tei_frame *frame,
                              capsa_xml_attributes attributes) {
  static const char *const italic[] = {"italic", "italics", "ital",      "i",
                                       "it",     "em",      "underline", "ul",
                                       "u",      NULL};
  static const char *const strong[] = {"bold", "strong", "b", "bo", NULL};
  static const char *const small[] = {"smallcaps", "small-caps", "sc",
                                      "smcap",     "smallCaps",  NULL};
  static const char *const names[] = {"rend", "rendition", "style", NULL};
  for (int i = 0; names[i]; i++) {
    capsa_slice looks = capsa_xml_attribute(attributes, names[i]);
    if (!looks.len) continue;
    if (has_any(looks, small))
      capsa_tei_mark(r, frame, CAPSA_SPAN_SMALL_CAPS, (capsa_slice){0});
    if (has_any(looks, strong))
      capsa_tei_mark(r, frame, CAPSA_SPAN_STRONG, (capsa_slice){0});
    if (has_any(looks, italic))
      capsa_tei_mark(r, frame, CAPSA_SPAN_EMPHASIS, (capsa_slice){0});
    if (capsa_tei_has_word(looks, "monospace"))
      capsa_tei_mark(r, frame, CAPSA_SPAN_CODE, (capsa_slice){0});
  }
}

static void start_segment(capsa_tei *r, capsa_tei_frame *frame,
                          capsa_xml_attributes attributes) {
  capsa_slice type = capsa_xml_attribute(attributes, "type");
  frame->c.spaces = CAPSA_TEI_SPACES_KEPT;
  if (!r->settled) return;
  if (capsa_tei_has_word(type, "gap"))
    capsa_tei_mark(r, frame, CAPSA_SPAN_GAP, (capsa_slice){0});
  if (capsa_tei_has_word(type, "code"))
    capsa_tei_mark(r, frame, CAPSA_SPAN_CODE, (capsa_slice){0});
}

/* ---- what is not there */

/* "[illegible, 3 words]": what a reader sees where nothing is. */
static capsa_slice gap_words(capsa_tei *r, capsa_xml_attributes attributes) {
  if (r->settled) return capsa_tei_attribute(r, attributes, "rend");
  capsa_slice reason = capsa_xml_attribute(attributes, "reason");
  capsa_slice extent = capsa_xml_attribute(attributes, "extent");
  capsa_slice quantity = capsa_xml_attribute(attributes, "quantity");
  capsa_slice unit = capsa_xml_attribute(attributes, "unit");
  capsa_slice comma = {0}, space = {0};
  if (!extent.len) extent = quantity;
  else unit = (capsa_slice){0};
  if (reason.len && extent.len) comma = CAPSA_LITERAL(", ");
  if (!extent.len) unit = (capsa_slice){0};
  if (unit.len) space = CAPSA_LITERAL(" ");
  if (!reason.len && !extent.len) reason = CAPSA_LITERAL("\xE2\x80\xA6");
  capsa_slice parts[] = {CAPSA_LITERAL("["), reason, comma, extent, space, unit,
                         CAPSA_LITERAL("]")};
  return capsa_draft_concat(r->draft, parts, sizeof parts / sizeof *parts);
}

static void start_gap(capsa_tei *r, capsa_tei_frame *frame,
                      capsa_xml_attributes attributes) {
  const capsa_tei_context *around = &r->frames[r->depth - 1].c;
  frame->value = gap_words(r, attributes);
  if (!around->in_text && !capsa_tei_writing(r)->open) {
    frame->c.kind = CAPSA_BLOCK_GAP;
    frame->c.level = 0;
    frame->c.in_text = true;
    frame->block = true;
  }
  bool told = !frame->block || !r->settled || frame->value.len;
  if (told) capsa_tei_mark(r, frame, CAPSA_SPAN_GAP, (capsa_slice){0});
  else capsa_tei_open(r);
}

static void end_gap(capsa_tei *r, capsa_tei_frame *frame) {
  if (!frame->marks[0]) return;
  capsa_tei_text_close(&r->texts[frame->text], frame->marks[0],
                       frame->c.preserve);
  capsa_span *gap =
      &r->texts[frame->text].block.spans.items[frame->marks[0] - 1];
  if (gap->at.start_byte == gap->at.end_byte) gap->mark = frame->value;
}

/* ---- marks of no length */

static void put_page(capsa_tei *r, capsa_xml_attributes attributes) {
  capsa_slice number = capsa_tei_attribute(r, attributes, "n");
  capsa_slice printed = capsa_tei_attribute(r, attributes, "rend");
  capsa_span page = {.kind = CAPSA_SPAN_PAGE_BREAK,
                     .target = number,
                     .mark = r->settled ? printed : number};
  capsa_tei_put_mark(r, &page);
}

static void put_line(capsa_tei *r, const capsa_tei_frame *frame,
                     capsa_xml_attributes attributes) {
  capsa_tei_text *text = capsa_tei_writing(r);
  if (!text->open && !frame->c.in_text) return;
  text = capsa_tei_open(r);
  if (frame->c.preserve) {
    capsa_tei_text_put(text, CAPSA_LITERAL("\n"), true);
    return;
  }
  if (capsa_tei_has_word(capsa_xml_attribute(attributes, "break"), "no")) {
    text->pending = 0;
    text->glued = true;
  } else capsa_tei_text_part(text, frame->c.hold == ' ' ? ' ' : '\n');
}

/* ---- all of them */

static void start_span(capsa_tei *r, capsa_tei_frame *frame,
                       capsa_xml_attributes attributes) {
  capsa_span_kind kind = frame->element->kind;
  /* With a target it explains a term elsewhere. */
  if (kind == CAPSA_SPAN_GLOSS && capsa_xml_attribute(attributes, "target").len)
    return;
  capsa_slice target = {0};
  if (kind == CAPSA_SPAN_FOREIGN)
    target = capsa_tei_attribute(r, attributes, "xml:lang");
  capsa_tei_mark(r, frame, kind, target);
}

bool capsa_tei_inline_start(capsa_tei *r, capsa_tei_frame *frame,
                            capsa_xml_attributes attributes) {
  switch (frame->element->role) {
  case CAPSA_TEI_SPAN: start_span(r, frame, attributes); break;
  case CAPSA_TEI_HIGHLIGHTED: start_highlighted(r, frame, attributes); break;
  case CAPSA_TEI_SEGMENT: start_segment(r, frame, attributes); break;
  case CAPSA_TEI_NAME: start_name(r, frame, attributes); break;
  case CAPSA_TEI_DATE:
    frame->value = date_of(r, attributes);
    capsa_tei_mark(r, frame, CAPSA_SPAN_DATE, frame->value);
    break;
  case CAPSA_TEI_REFERENCE: start_reference(r, frame, attributes); break;
  case CAPSA_TEI_GAP: start_gap(r, frame, attributes); break;
  case CAPSA_TEI_CHOICE: frame->c.spaces = CAPSA_TEI_SPACES_NONE; break;
  case CAPSA_TEI_CORRECTED:
    capsa_tei_corrected_start(r, frame, attributes);
    break;
  case CAPSA_TEI_ORIGINAL: capsa_tei_original_start(r, frame); break;
  case CAPSA_TEI_PAIRED: frame->c.spaces = CAPSA_TEI_SPACES_NONE; break;
  case CAPSA_TEI_VARIANT:
  case CAPSA_TEI_FURNITURE: capsa_tei_capture(r, frame, ' '); break;
  case CAPSA_TEI_PAGE_BREAK: put_page(r, attributes); break;
  case CAPSA_TEI_LINE_BREAK: put_line(r, frame, attributes); break;
  case CAPSA_TEI_PLAIN: frame->c.spaces = CAPSA_TEI_SPACES_KEPT; break;
  default: return false;
  }
  return true;
}

/* Dates and places of the record, where it says when and where it is. */
static void note_date(capsa_tei *r, const capsa_tei_frame *frame,
                      capsa_slice words) {
  capsa_slice *date = NULL, *text = NULL;
  if (frame->c.dateline) {
    date = &r->found.date;
    text = &r->found.date_text;
  } else if (frame->c.heading) {
    date = &r->found.date_of_heading;
    text = &r->found.text_of_heading;
  }
  if (!date || date->len || !frame->value.len) return;
  *date = frame->value;
  *text = capsa_arena_copy(r->draft->arena, words);
}

static void note_name(capsa_tei *r, const capsa_tei_frame *frame,
                      capsa_slice words) {
  const capsa_tei_frame *around = &r->frames[r->depth - 1];
  if (frame->kinds[0] == CAPSA_SPAN_PLACE && frame->c.dateline &&
      !r->found.place.len)
    r->found.place = capsa_arena_copy(r->draft->arena, words);
  bool person = around->element->role == CAPSA_TEI_PERSON && around->id.len;
  capsa_slice id = person ? around->id : frame->id;
  if (!id.len || !words.len) return;
  capsa_tei_identity *who = capsa_tei_identify(r, id);
  if (who && !who->name.len)
    who->name = capsa_arena_copy(r->draft->arena, words);
}

static void end_dropped(capsa_tei *r, capsa_tei_frame *frame) {
  if (!frame->captured) return;
  capsa_slice text = capsa_tei_captured(r, frame).text;
  bool furniture = frame->element->role == CAPSA_TEI_FURNITURE;
  if (!text.len) return;
  capsa_draft_report(
      r->draft, furniture ? CAPSA_SEVERITY_INFO : CAPSA_SEVERITY_LOSS,
      r->xml.line, furniture ? "running-head" : "variant-reading",
      furniture ? "taken off: it belongs to the page, not to the text"
                : "left out: another witness reads this",
      text);
}

void capsa_tei_inline_end(capsa_tei *r, capsa_tei_frame *frame) {
  capsa_tei_text *text = &r->texts[frame->text];
  size_t start = frame->start < text->buf.len ? frame->start : text->buf.len;
  capsa_slice words =
      capsa_slice_trim(capsa_slice_from(capsa_buf_view(&text->buf), start));
  switch (frame->element->role) {
  case CAPSA_TEI_DATE: note_date(r, frame, words); break;
  case CAPSA_TEI_NAME: note_name(r, frame, words); break;
  case CAPSA_TEI_GAP: end_gap(r, frame); break;
  case CAPSA_TEI_CHOICE: capsa_tei_choice_end(r, frame); break;
  case CAPSA_TEI_CORRECTED: capsa_tei_corrected_end(r, frame); break;
  case CAPSA_TEI_ORIGINAL: capsa_tei_original_end(r, frame); break;
  case CAPSA_TEI_VARIANT:
  case CAPSA_TEI_FURNITURE: end_dropped(r, frame); break;
  case CAPSA_TEI_REFERENCE:
    if (frame->captured) {
      capsa_slice printed = capsa_tei_captured(r, frame).text;
      capsa_tei_note_mark(r, frame->who, printed, frame->value);
    }
    break;
  default: break;
  }
}
