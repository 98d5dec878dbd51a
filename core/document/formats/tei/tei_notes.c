/* tei_notes.c -- notes of a TEI file.
 *
 * A note that hangs on a word is a footnote, and leaves a mark there; its
 * text waits until its chapter ends. A chapter ends where the numbering starts
 * anew: at the first division that began behind the last note.
 */
#include <string.h>

#include "base/slice.h"
#include "document/formats/tei/tei.h"

/* ---- looking ahead */

/* `name="…"` in a tag. */
static capsa_slice peek(capsa_slice tag, const char *name) {
  size_t len = strlen(name);
  for (size_t at = 0;
       (at = capsa_slice_finds(tag, name, at)) != CAPSA_NOT_FOUND; at += len) {
    size_t open = at + len;
    if (!at || !strchr(" \t\r\n", tag.ptr[at - 1]) || open + 1 >= tag.len ||
        tag.ptr[open] != '=')
      continue;
    char quote[2] = {tag.ptr[open + 1], 0};
    if (quote[0] != '"' && quote[0] != '\'') continue;
    size_t close = capsa_slice_finds(tag, quote, open + 2);
    if (close != CAPSA_NOT_FOUND) return capsa_slice_cut(tag, open + 2, close);
  }
  return (capsa_slice){0};
}

void capsa_tei_notes_find(capsa_tei *r, capsa_slice text) {
  for (size_t at = 0;
       (at = capsa_slice_finds(text, "<note", at)) != CAPSA_NOT_FOUND;) {
    size_t end = capsa_slice_finds(text, ">", at);
    if (end == CAPSA_NOT_FOUND) end = text.len;
    capsa_slice tag = capsa_slice_cut(text, at, end);
    capsa_slice id = peek(tag, "xml:id"), number = peek(tag, "n");
    at = end;
    r->has_numbers |= number.len > 0;
    capsa_tei_identity *note = id.len ? capsa_tei_identify(r, id) : NULL;
    if (!note) continue;
    note->is_note = true;
    note->marker = number;
  }
}

bool capsa_tei_is_note(capsa_tei *r, capsa_slice target) {
  capsa_tei_identity *note = capsa_tei_identity_find(r, target);
  return note && note->is_note;
}

/* ---- their places */

void capsa_tei_notes_chapter(capsa_tei *r) {
  if (r->has_chapter) return;
  r->has_chapter = true;
  r->chapter = r->draft->blocks.count;
}

void capsa_tei_notes_put(capsa_tei *r) {
  for (size_t i = 0; i < r->notes.count; i++) {
    capsa_draft_block *block =
        CAPSA_LIST_ADD(r->draft->arena, &r->draft->blocks);
    if (block) *block = r->notes.items[i];
  }
  r->notes = (capsa_draft_blocks){0};
  r->note_markers = (capsa_words){0};
}

/* The same number again: the notes so far belong before this chapter. */
static void end_chapter(capsa_tei *r) {
  capsa_draft_blocks *blocks = &r->draft->blocks;
  size_t tail = blocks->count - r->chapter;
  capsa_draft_block *moved =
      capsa_arena_alloc(r->draft->arena, tail * sizeof *moved);
  if (!moved) return;
  if (tail) memcpy(moved, blocks->items + r->chapter, tail * sizeof *moved);
  blocks->count = r->chapter;
  size_t shift = r->notes.count;
  capsa_tei_notes_put(r);
  for (size_t i = 0; i < tail; i++) {
    capsa_draft_block *block = CAPSA_LIST_ADD(r->draft->arena, blocks);
    if (block) *block = moved[i];
  }
  for (size_t i = r->unnamed.count;
       i && r->unnamed.items[i - 1].block >= r->chapter; i--)
    r->unnamed.items[i - 1].block += shift;
}

static void keep_note(capsa_tei *r, const capsa_draft_block *note) {
  if (!r->settled && r->has_chapter && note->marker.len &&
      capsa_words_has(&r->note_markers, note->marker))
    end_chapter(r);
  r->has_chapter = false;
  capsa_draft_block *block = CAPSA_LIST_ADD(r->draft->arena, &r->notes);
  if (block) *block = *note;
  /* "*" is no number: every note may have it. */
  if (note->marker.len && note->marker.ptr[0] != '*')
    capsa_words_add(&r->note_markers, r->draft->arena, note->marker);
}

/* ---- notes */

static bool is_editorial(capsa_slice type, capsa_slice place) {
  return capsa_tei_has_word(type, "editorial") && !place.len;
}

static bool is_inline(capsa_slice place, capsa_slice rend) {
  return capsa_tei_has_word(place, "inline") ||
         (!place.len && capsa_tei_has_word(rend, "inline"));
}

/* The number that a note without one gets: counted where none has one. */
static capsa_slice next_number(capsa_tei *r) {
  if (r->has_numbers) return CAPSA_LITERAL("*");
  capsa_buf number = {0};
  capsa_slice out = {0};
  capsa_buf_putf(&number, "%u", ++r->unnumbered);
  return capsa_buf_take(&number, r->draft->arena, &out) ? (capsa_slice){0}
                                                        : out;
}

static void put_mark(capsa_tei *r, capsa_slice number, capsa_slice printed) {
  capsa_span mark = {
      .kind = CAPSA_SPAN_FOOTNOTE_REF, .target = number, .mark = printed};
  capsa_tei_put_mark(r, &mark);
}

/* Is there a pointer to the note, at the word on which it hangs? */
static bool known_mark(const capsa_tei_identity *note) {
  return note && note->has_mark;
}

void capsa_tei_note_start(capsa_tei *r, capsa_tei_frame *frame,
                          capsa_xml_attributes attributes) {
  const capsa_tei_context *around = &r->frames[r->depth - 1].c;
  capsa_slice type = capsa_xml_attribute(attributes, "type");
  capsa_slice place = capsa_xml_attribute(attributes, "place");
  capsa_slice rend = capsa_xml_attribute(attributes, "rend");
  if (around->in_text && is_inline(place, rend)) {
    capsa_tei_mark(r, frame, CAPSA_SPAN_NOTE, (capsa_slice){0});
    return;
  }
  if (!around->in_text && is_editorial(type, place)) {
    capsa_tei_begin_block(r, around);
    frame->c.kind = CAPSA_BLOCK_EDITORIAL;
    frame->c.level = 0;
    frame->c.in_text = true;
    frame->c.spaces = CAPSA_TEI_SPACES_KEPT;
    return;
  }
  capsa_slice number = capsa_tei_attribute(r, attributes, "n");
  capsa_tei_identity *known = capsa_tei_identity_find(r, frame->id);
  if (!number.len && known && !r->settled) number = known->marker;
  bool marked = capsa_tei_writing(r)->open || around->in_text || r->text;
  if (marked && !r->settled && !number.len) number = next_number(r);
  if (marked && !known_mark(known)) {
    capsa_slice printed = {0};
    if (r->settled) printed = capsa_tei_attribute(r, attributes, "rend");
    put_mark(r, number, printed.len ? printed : number);
  }
  frame->at_end = r->settled && capsa_slice_equal(place, CAPSA_LITERAL("end"));
  frame->value = number;
  frame->is_source = capsa_tei_has_word(type, "source");
  frame->c.kind = CAPSA_BLOCK_FOOTNOTE;
  capsa_tei_capture(r, frame, '\n');
  if (frame->captured) {
    capsa_tei_writing(r)->block.line = r->xml.line;
    capsa_tei_writing(r)->block.kind = CAPSA_BLOCK_FOOTNOTE;
  }
}

void capsa_tei_note_end(capsa_tei *r, capsa_tei_frame *frame) {
  if (!frame->captured) return;
  capsa_draft_block note = capsa_tei_captured(r, frame);
  note.kind = CAPSA_BLOCK_FOOTNOTE;
  note.marker = frame->value;
  note.encoded = true;
  if (frame->is_source && !r->found.source.len) r->found.source = note.text;
  if (frame->foreign) note.language = frame->c.language;
  if (frame->at_end) { /* where it stands */
    capsa_draft_block *block =
        CAPSA_LIST_ADD(r->draft->arena, &r->draft->blocks);
    if (block) *block = note;
  } else if (note.text.len || note.spans.count || r->settled)
    keep_note(r, &note);
}

void capsa_tei_note_mark(capsa_tei *r, capsa_slice target, capsa_slice printed,
                         capsa_slice number) {
  if (r->settled) {
    put_mark(r, number, printed);
    return;
  }
  capsa_tei_identity *note = capsa_tei_identity_find(r, target);
  if (note && !number.len) number = note->marker;
  if (!number.len) number = printed.len ? printed : next_number(r);
  if (note) {
    note->has_mark = true;
    if (!note->marker.len) note->marker = number;
  }
  put_mark(r, number, printed.len ? printed : number);
}
