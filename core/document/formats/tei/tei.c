/* tei.c -- TEI P5 into blocks.
 *
 * No element opens a block: the first word does, and what it becomes stands in
 * the context that the elements around it have made. So a paragraph with a
 * list in it gives the paragraph's beginning, the items, and its end, and a
 * wrapper that we do not know changes nothing.
 */
#include "document/formats/tei/tei.h"

#include <string.h>

#include "base/slice.h"
#include "document/formats/formats.h"
#include "document/formats/tei/tei_tree.h"

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

/* ---- events */

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

/* Blocks whose marker stands in n, where Capsa wrote them. */
static bool has_marker(capsa_tei_role role) {
  switch (role) {
  case CAPSA_TEI_PARAGRAPH:
  case CAPSA_TEI_HEADING:
  case CAPSA_TEI_DATELINE:
  case CAPSA_TEI_ITEM:
  case CAPSA_TEI_QUOTATION:
  case CAPSA_TEI_STANZA:
  case CAPSA_TEI_TABLE:
  case CAPSA_TEI_FIGURE:
  case CAPSA_TEI_NOTE: return true;
  default: return false;
  }
}

static capsa_tei_frame *push(capsa_tei *r, const capsa_tei_element *element) {
  capsa_tei_frame *frame = &r->frames[++r->depth];
  *frame = (capsa_tei_frame){
      .element = element,
      .c = frame[-1].c,
      .text = r->text,
      .kinds = {CAPSA_SPAN_KIND_COUNT, CAPSA_SPAN_KIND_COUNT}};
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
  frame->previous = capsa_tei_key(r, capsa_xml_attribute(attributes, "prev"));
  if (r->settled && has_marker(element->role))
    frame->marker = capsa_tei_attribute(r, attributes, "n");
  set_language(r, frame, attributes);
  capsa_slice space = capsa_xml_attribute(attributes, "xml:space");
  if (space.len)
    frame->c.preserve = capsa_slice_equal(space, CAPSA_LITERAL("preserve"));
  if (capsa_tei_block_start(r, frame, attributes)) return;
  if (!capsa_tei_inline_start(r, frame, attributes))
    capsa_tei_speech_start(r, frame, attributes);
  bool inside = r->frames[r->depth - 1].c.in_text && !frame->captured;
  if (frame->foreign && inside && element->role != CAPSA_TEI_SPAN)
    capsa_tei_mark(r, frame, CAPSA_SPAN_FOREIGN, frame->c.language);
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
  capsa_tei_element_end(r, frame);
  if (capsa_tei_ends_block(r, frame))
    capsa_tei_begin_block(r, &r->frames[r->depth - 1].c);
  if (!r->settled && !strcmp(frame->element->name, "front") && !r->text)
    capsa_tei_front_end(r, frame);
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
    bool between =
        c->spaces == CAPSA_TEI_SPACES_NONE ||
        (c->spaces == CAPSA_TEI_SPACES_OUTSIDE && (c->preserve || !open));
    if (between || (!open && !c->preserve)) return;
  }
  capsa_tei_text_put(capsa_tei_open(r), text, c->preserve);
}

static void on_mended(void *context, uint32_t line, const char *action,
                      bool loss, capsa_slice text) {
  capsa_tei *r = context;
  if (r->skipped) return; /* in another document of the corpus */
  capsa_draft_report(r->draft,
                     loss ? CAPSA_SEVERITY_LOSS : CAPSA_SEVERITY_WARNING, line,
                     "markup", action, text);
}

/* ---- the whole file */

/* Where speeches are marked up, all else is none. */
static void settle_silence(capsa_tei *r) {
  for (size_t i = 0; i < r->draft->blocks.count; i++) {
    capsa_draft_block *block = &r->draft->blocks.items[i];
    block->silent &= r->has_speech;
    block->encoded |= block->silent && block->kind == CAPSA_BLOCK_PARAGRAPH;
  }
}

/* What the passes count where they find it. */
static void count_turns(capsa_tei *r) {
  capsa_draft *draft = r->draft;
  for (size_t i = 0; i < draft->blocks.count; i++) {
    const capsa_draft_block *block = &draft->blocks.items[i];
    if (block->turn <= draft->turns) continue;
    draft->turns = block->turn;
    if (block->speaker) draft->speakers.items[block->speaker - 1].turns++;
  }
}

static void finish(capsa_tei *r) {
  capsa_tei_end_block(r);
  if (r->waiting.count && r->draft->blocks.count) { /* the last page mark */
    capsa_draft_block *last =
        &r->draft->blocks.items[r->draft->blocks.count - 1];
    for (size_t i = 0; i < r->waiting.count; i++) {
      capsa_span *span = CAPSA_LIST_ADD(r->draft->arena, &last->spans);
      if (!span) break;
      *span = r->waiting.items[i];
      span->at = (capsa_range){last->text.len, last->text.len};
    }
  }
  settle_silence(r);
  capsa_tei_put_behind(r);
  capsa_tei_notes_put(r);
  capsa_tei_people_settle(r);
  capsa_tei_header_settle(r);
  r->draft->settled = r->settled;
  if (r->settled) count_turns(r);
}

capsa_status capsa_read_tei(capsa_slice text, capsa_draft *draft) {
  capsa_tei *r = capsa_arena_alloc(draft->arena, sizeof *r);
  if (!r) return CAPSA_ENOMEM;
  r->draft = draft;
  r->frames[0] = (capsa_tei_frame){
      .element = capsa_tei_find("body"),
      .kinds = {CAPSA_SPAN_KIND_COUNT, CAPSA_SPAN_KIND_COUNT}};
  r->frames[0].c.spaces = CAPSA_TEI_SPACES_OUTSIDE;
  r->xml = (capsa_xml){.context = r,
                       .start = on_start,
                       .end = on_end,
                       .text = on_text,
                       .mended = on_mended};
  capsa_tei_notes_find(r, text);
  capsa_status st = capsa_xml_read(text, &r->xml, draft->arena);
  if (!st) finish(r);
  for (size_t i = 0; i < CAPSA_TEI_TEXTS_MAX; i++) {
    if (r->texts[i].buf.failed) st = CAPSA_ENOMEM;
    capsa_buf_free(&r->texts[i].buf);
  }
  if (st) return st;
  if (r->xml.cut_off && !draft->blocks.count) return CAPSA_EDAMAGED;
  if (r->documents && draft->part >= r->documents) return CAPSA_EINVAL;
  return capsa_arena_failed(draft->arena) ? CAPSA_ENOMEM : CAPSA_OK;
}
