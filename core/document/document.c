/* document.c -- bytes to document: clean the text, let a front end read it,
 * run the passes, then settle numbers, canonical text, edition and key.
 */
#include <string.h>

#include "base/buf.h"
#include "base/sha256.h"
#include "base/slice.h"
#include "document/clean.h"
#include "document/formats/epub/epub.h"
#include "document/formats/formats.h"
#include "document/passes/passes.h"
#include "document/stages.h"
#include "text/chars.h"

#define SLUG_MAX 48
#define KEY_DIGITS 6
#define NAME_TITLE_MAX 120

/* ---- canonical text */

/* One that is within another comes behind it, and of two of the same place the
 * one that was made later: what it changed is the other's correction. One that
 * left nothing stands before what begins there. */
static bool emends_before(const capsa_emendation *a,
                          const capsa_emendation *b) {
  if (a->at.start_byte != b->at.start_byte)
    return a->at.start_byte < b->at.start_byte;
  bool a_empty = a->at.end_byte == a->at.start_byte;
  bool b_empty = b->at.end_byte == b->at.start_byte;
  if (a_empty || b_empty) return a_empty && !b_empty;
  return a->at.end_byte > b->at.end_byte;
}

static void sort_emendations(capsa_draft_block *block) {
  /* Joins come before word repairs and both are in order: nearly sorted. */
  capsa_emendation *e = block->emendations.items;
  for (size_t i = 1; i < block->emendations.count; i++) {
    capsa_emendation moving = e[i];
    size_t k = i;
    for (; k && emends_before(&moving, &e[k - 1]); k--) e[k] = e[k - 1];
    e[k] = moving;
  }
}

static bool parts_cells(char c) { return c == '\t' || c == '\n'; }

/* In tables and verse a mark begins and ends with words: the signs between
 * cells and lines at its ends are none of it, a mark of nothing else goes, and
 * what stands behind the last cell belongs to it.
 */
static void trim_spans(capsa_draft_block *block) {
  if (block->kind != CAPSA_BLOCK_TABLE && block->kind != CAPSA_BLOCK_VERSE)
    return;
  size_t kept = 0;
  for (size_t i = 0; i < block->spans.count; i++) {
    capsa_span span = block->spans.items[i];
    bool point = span.at.start_byte == span.at.end_byte;
    const char *text = block->text.ptr;
    if (point && span.at.end_byte == block->text.len)
      while (span.at.end_byte && parts_cells(text[span.at.end_byte - 1]))
        span.at.start_byte = --span.at.end_byte;
    while (!point && span.at.end_byte > span.at.start_byte &&
           parts_cells(text[span.at.end_byte - 1]))
      span.at.end_byte--;
    while (!point && span.at.start_byte < span.at.end_byte &&
           parts_cells(text[span.at.start_byte]))
      span.at.start_byte++;
    if (point || span.at.start_byte < span.at.end_byte)
      block->spans.items[kept++] = span;
  }
  block->spans.count = kept;
}

static capsa_block settled_block(capsa_draft *draft, capsa_draft_block *from) {
  trim_spans(from);
  /* The document's may have been found out last. */
  if (capsa_slice_equal(from->language, draft->metadata.language))
    from->language = (capsa_slice){0};
  capsa_draft_sort_spans(draft, from);
  sort_emendations(from);
  return (capsa_block){.line = from->line,
                       .turn = from->turn,
                       .kind = from->kind,
                       .level = from->level,
                       .speaker = from->speaker,
                       .reference = from->reference,
                       .label = from->label,
                       .language = from->language,
                       .target = from->target,
                       .marker = from->marker,
                       .text = from->text,
                       .spans = from->spans.items,
                       .span_count = from->spans.count,
                       .emendations = from->emendations.items,
                       .emendation_count = from->emendations.count};
}

/* One piece of memory for all texts, with a line feed between them. */
static char *text_room(capsa_draft *draft, size_t *len) {
  size_t count = draft->blocks.count;
  *len = count ? count - 1 : 0;
  for (size_t i = 0; i < count; i++) *len += draft->blocks.items[i].text.len;
  return capsa_arena_bytes(draft->arena, *len);
}

/* The texts of the blocks are stretches of the canonical text. */
static capsa_status settle_blocks(capsa_draft *draft, capsa_document *out) {
  size_t count = draft->blocks.count, len, at = 0;
  capsa_block *blocks = capsa_arena_alloc(draft->arena, count * sizeof *blocks);
  char *text = text_room(draft, &len);
  if (!blocks || !text) return CAPSA_ENOMEM;
  for (size_t i = 0; i < count; i++) {
    capsa_block *block = &blocks[i];
    *block = settled_block(draft, &draft->blocks.items[i]);
    block->number = (uint32_t)i + 1;
    block->start_byte = at;
    if (block->text.len) memcpy(text + at, block->text.ptr, block->text.len);
    block->text.ptr = text + at;
    at += block->text.len;
    if (at < len) text[at++] = '\n';
  }
  out->text = (capsa_slice){text, len};
  out->blocks = blocks;
  out->block_count = count;
  return CAPSA_OK;
}

static capsa_status settle_speakers(capsa_draft *draft, capsa_document *out) {
  size_t count = draft->speakers.count;
  capsa_speaker *speakers =
      capsa_arena_alloc(draft->arena, count * sizeof *speakers);
  if (!speakers) return CAPSA_ENOMEM;
  for (size_t i = 0; i < count; i++) {
    const capsa_draft_speaker *s = &draft->speakers.items[i];
    speakers[i] = (capsa_speaker){.name = s->name,
                                  .office = s->office,
                                  .key = s->key,
                                  .labels = s->labels.items,
                                  .label_count = s->labels.count,
                                  .turns = s->turns};
  }
  out->speakers = speakers;
  out->speaker_count = count;
  return CAPSA_OK;
}

/* ---- title, edition, key */

/* A title of last resort: the file's name without its ending, or the first
 * words of the text. */
static void settle_title(capsa_draft *draft, capsa_slice name) {
  capsa_slice *title = &draft->metadata.title;
  if (title->len) return;
  size_t start = 0, end = name.len;
  for (size_t i = 0; i < name.len; i++)
    if (name.ptr[i] == '/' || name.ptr[i] == '\\') start = i + 1;
  for (size_t i = name.len; i > start + 1; i--)
    if (name.ptr[i - 1] == '.') {
      end = i - 1;
      break;
    }
  *title = capsa_arena_copy(draft->arena, capsa_slice_cut(name, start, end));
  if (title->len || !draft->blocks.count) return;
  capsa_slice text = draft->blocks.items[0].text;
  end = text.len < NAME_TITLE_MAX ? text.len : NAME_TITLE_MAX;
  while (end && end < text.len && text.ptr[end] != ' ') end--;
  *title = capsa_slice_trim(capsa_slice_cut(text, 0, end ? end : text.len));
}

static void put_slug(capsa_buf *key, capsa_slice text) {
  size_t limit = key->len + SLUG_MAX;
  bool gap = key->len > 0;
  for (size_t i = 0; i < text.len && key->len < limit;) {
    capsa_codepoint cp = capsa_utf8_next(text, i);
    i += cp.len;
    if (!capsa_is_letter(cp.value) && !capsa_is_digit(cp.value)) {
      gap = !capsa_is_apostrophe(cp.value) || gap;
      continue;
    }
    if (gap && key->len) capsa_buf_putc(key, '-');
    gap = false;
    capsa_utf8_put(key, capsa_to_lower(cp.value));
  }
}

/* Date and title for people; digits of title, date and where the record lies
 * for the machine: two records may share the first two. */
static capsa_status settle_key(const capsa_metadata *meta, capsa_arena *arena,
                               capsa_document *out) {
  capsa_buf key = {0}, whole = {0};
  const capsa_slice parts[] = {meta->title, meta->date, meta->citation,
                               meta->locator.delo, meta->source_url};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    capsa_buf_put(&whole, parts[i]);
    capsa_buf_putc(&whole, '\n');
  }
  char digits[CAPSA_SHA256_HEX];
  capsa_sha256_hex(capsa_buf_view(&whole), digits);
  capsa_buf_put(&key, meta->date);
  put_slug(&key, meta->title);
  if (key.len) capsa_buf_putc(&key, '-');
  capsa_buf_put(&key, (capsa_slice){digits, KEY_DIGITS});
  key.failed |= whole.failed;
  capsa_buf_free(&whole);
  return capsa_buf_take(&key, arena, &out->key);
}

static capsa_status settle(capsa_draft *draft, capsa_document *out) {
  draft->metadata.participants = draft->participants.items;
  draft->metadata.participant_count = draft->participants.count;
  *out = (capsa_document){.format = draft->format,
                          .metadata = draft->metadata,
                          .turns = draft->turns,
                          .diagnostics = draft->diagnostics.items,
                          .diagnostic_count = draft->diagnostics.count};
  capsa_status st = settle_blocks(draft, out);
  capsa_draft_replace(draft, (capsa_draft_blocks){0});
  if (!st) st = settle_speakers(draft, out);
  if (!st) st = settle_key(&draft->metadata, draft->arena, out);
  char digits[CAPSA_SHA256_HEX];
  capsa_sha256_hex(out->text, digits);
  out->edition =
      capsa_arena_copy(draft->arena, (capsa_slice){digits, sizeof digits});
  return st;
}

/* ---- the stages */

static const struct {
  const char *name;
  void (*run)(capsa_draft *draft);
  bool repairs; /* left out where the reader wants it as printed */
  bool ties;    /* needed even where nothing is left to find */
} passes[] = {
    {"page notes", capsa_pass_page_notes, false, false},
    {"marks", capsa_pass_marks, false, false},
    {"notes", capsa_pass_notes, false, false},
    {"language", capsa_pass_language, false, false},
    {"broken brackets", capsa_pass_broken_brackets, false, false},
    {"head", capsa_pass_head, false, false},
    {"turns", capsa_pass_turns, false, false},
    {"repairs", capsa_pass_repairs, true, false},
    {"brackets", capsa_pass_brackets, false, false},
    {"names", capsa_pass_names, false, false},
    {"note links", capsa_pass_note_links, false, true},
};

static void done(const capsa_stage_watcher *watcher, const char *stage) {
  if (watcher) watcher->done(watcher->context, stage);
}

static void run_passes(capsa_draft *draft, bool keep_printed,
                       const capsa_stage_watcher *watcher) {
  for (size_t i = 0; i < sizeof passes / sizeof *passes; i++) {
    if (passes[i].repairs && keep_printed) continue;
    if (draft->settled && (!passes[i].ties || draft->tied)) continue;
    passes[i].run(draft);
    done(watcher, passes[i].name);
  }
}

/* A book is read as it came: its texts lie packed in it. */
static capsa_status read_source(const capsa_source *source, capsa_draft *draft,
                                const capsa_stage_watcher *watcher) {
  capsa_slice text;
  bool any = source->format == CAPSA_FORMAT_AUTO;
  draft->format = source->format;
  if (any && capsa_epub_is(source->bytes)) draft->format = CAPSA_FORMAT_EPUB;
  if (draft->format == CAPSA_FORMAT_EPUB)
    return capsa_read_epub(source->bytes, draft);
  if (any && capsa_source_kind(source->bytes)) return CAPSA_EBINARY;
  capsa_status st = capsa_clean_text(source->bytes, draft, &text);
  if (st) return st;
  if (any) draft->format = capsa_format_detect(text);
  capsa_read *read = capsa_format_reader(draft->format);
  done(watcher, "decode");
  return read ? read(text, draft) : CAPSA_EINVAL;
}

capsa_status capsa_document_parse_watched(const capsa_source *source,
                                          const capsa_stage_watcher *watcher,
                                          capsa_arena *arena,
                                          capsa_document *out) {
  capsa_draft draft = {.arena = arena,
                       .part = source->part,
                       .undone = source->undone,
                       .undone_count = source->undone_count};
  capsa_document document;
  if (source->bytes.len > CAPSA_SOURCE_BYTES_MAX) return CAPSA_ETOOBIG;
  draft.undone_seen =
      capsa_arena_alloc(arena, draft.undone_count * sizeof(uint32_t));
  if (draft.undone_count && !draft.undone_seen) return CAPSA_ENOMEM;
  capsa_status st = read_source(source, &draft, watcher);
  if (st) return st;
  if (!draft.blocks.count && !draft.settled) return CAPSA_EEMPTY;
  done(watcher, "front end");
  run_passes(&draft, source->keep_printed, watcher);
  settle_title(&draft, source->name);
  st = settle(&draft, &document);
  if (!st && capsa_arena_failed(arena)) st = CAPSA_ENOMEM;
  if (!st) *out = document;
  done(watcher, "settle");
  return st;
}

capsa_status capsa_document_parse(const capsa_source *source,
                                  capsa_arena *arena, capsa_document *out) {
  return capsa_document_parse_watched(source, NULL, arena, out);
}
