/* archive.c -- an archive's page copied as text, and plain text of any kind.
 *
 * Lines become paragraphs by one rule that serves hard-wrapped text and text
 * with a paragraph a line alike: inside a run of lines without a blank one, a
 * line ends its paragraph when the first word of the next line would have had
 * room on it. Runs with a line of more than WRAP_MAX characters are not
 * wrapped: there every line is a paragraph.
 */
#include <string.h>

#include "base/slice.h"
#include "document/formats/formats.h"
#include "document/formats/lines.h"
#include "document/passes/passes.h"
#include "text/chars.h"

#define WRAP_MAX 120
#define TITLE_MAX 300

static void split_lines(capsa_slice text, capsa_draft *draft,
                        capsa_lines *lines) {
  capsa_slice rest = text, raw;
  for (uint32_t number = 1; capsa_slice_next_line(&rest, &raw); number++) {
    capsa_line *line = CAPSA_LIST_ADD(draft->arena, lines);
    if (!line) return;
    line->text = capsa_slice_trim(raw);
    line->number = number;
  }
}

static size_t width_of(capsa_slice text) {
  return capsa_offset_convert(text, text.len, CAPSA_UNIT_BYTE,
                              CAPSA_UNIT_CODE_POINT);
}

static size_t first_word_width(capsa_slice text) {
  size_t end = 0;
  while (end < text.len && text.ptr[end] != ' ') end++;
  return width_of(capsa_slice_cut(text, 0, end));
}

/* "•", "-", "*" with a space behind: the length of both, or 0. */
static size_t bullet_len(capsa_slice line) {
  capsa_codepoint cp = capsa_utf8_next(line, 0);
  if (cp.value != 0x2022 && cp.value != '-' && cp.value != '*' &&
      cp.value != 0x25CF && cp.value != 0x25AA)
    return 0;
  size_t len = cp.len;
  while (len < line.len && capsa_is_space((unsigned char)line.ptr[len])) len++;
  return len > cp.len && len < line.len ? len : 0;
}

/* What joining the lines of a run needs to know. */
typedef struct wrapping {
  size_t width; /* of the longest line of the text that is not too long */
  bool wrapped; /* does this run have wrapped lines at all? */
} wrapping;

static bool ends_paragraph(capsa_slice line, capsa_slice next, wrapping how) {
  if (!how.wrapped || bullet_len(next) || capsa_is_page_mark(line) ||
      capsa_is_page_mark(next))
    return true;
  return width_of(line) + 1 + first_word_width(next) <= how.width;
}

capsa_slice capsa_lines_join(capsa_draft *draft, const capsa_lines *lines,
                             size_t first, size_t end) {
  CAPSA_LIST(capsa_slice) parts = {0};
  for (size_t i = first; i < end; i++) {
    capsa_slice *part = CAPSA_LIST_ADD(draft->arena, &parts);
    if (part) *part = lines->items[i].text;
    if (i + 1 < end && (part = CAPSA_LIST_ADD(draft->arena, &parts)))
      *part = CAPSA_LITERAL(" ");
  }
  capsa_slice whole = parts.count == 1
                          ? parts.items[0]
                          : capsa_draft_concat(draft, parts.items, parts.count);
  return capsa_draft_squeeze(draft->arena, whole);
}

static void add_paragraph(capsa_draft *draft, const capsa_lines *lines,
                          size_t first, size_t end) {
  bool mark = capsa_is_page_mark(lines->items[first].text);
  size_t bullet = mark ? 0 : bullet_len(lines->items[first].text);
  capsa_slice text = capsa_lines_join(draft, lines, first, end);
  capsa_draft_block *block =
      capsa_draft_add(draft, &draft->blocks, CAPSA_BLOCK_PARAGRAPH, text,
                      lines->items[first].number);
  if (!block || !bullet) return;
  block->kind = CAPSA_BLOCK_LIST;
  block->level = 1;
  capsa_codepoint cp = capsa_utf8_next(text, 0);
  block->marker = capsa_slice_cut(text, 0, cp.len);
  block->text = capsa_slice_from(text, bullet_len(text));
}

static void add_run(capsa_draft *draft, const capsa_lines *lines, size_t first,
                    size_t end, wrapping how) {
  how.wrapped = true;
  for (size_t i = first; i < end && how.wrapped; i++)
    how.wrapped = width_of(lines->items[i].text) <= WRAP_MAX;
  for (size_t i = first; i < end;) {
    size_t stop = i + 1;
    while (stop < end && !ends_paragraph(lines->items[stop - 1].text,
                                         lines->items[stop].text, how))
      stop++;
    add_paragraph(draft, lines, i, stop);
    i = stop;
  }
}

static void add_paragraphs(capsa_draft *draft, const capsa_lines *lines) {
  wrapping how = {0};
  for (size_t i = 0; i < lines->count; i++) {
    size_t width = lines->items[i].taken ? 0 : width_of(lines->items[i].text);
    if (width <= WRAP_MAX && width > how.width) how.width = width;
  }
  for (size_t i = 0; i < lines->count;) {
    size_t end = i;
    while (end < lines->count && lines->items[end].text.len &&
           !lines->items[end].taken)
      end++;
    if (end > i) add_run(draft, lines, i, end, how);
    i = end > i ? end : i + 1;
  }
}

/* Without the number or sign of a note at its end. */
static capsa_slice without_note_mark(capsa_slice text) {
  size_t end = text.len;
  while (end && (strchr("0123456789*[]", text.ptr[end - 1]) ||
                 (unsigned char)text.ptr[end - 1] >= 0x80)) {
    capsa_codepoint cp = capsa_utf8_before(text, end);
    bool raised = cp.value == 0xB9 || cp.value == 0xB2 || cp.value == 0xB3 ||
                  (cp.value >= 0x2070 && cp.value <= 0x2079) ||
                  cp.value == 0x2020 || cp.value == 0x2021;
    if (cp.value >= 0x80 && !raised) break;
    end -= cp.len;
  }
  return capsa_slice_cut(text, 0, end);
}

/* The first paragraph is the title where it looks like one: short, without a
 * sentence's end or a label's colon, and no date line. */
static void find_title(capsa_draft *draft) {
  if (draft->metadata.title.len || !draft->blocks.count) return;
  size_t i = 0;
  while (i + 1 < draft->blocks.count &&
         capsa_is_page_mark(draft->blocks.items[i].text))
    i++;
  capsa_draft_block *first = &draft->blocks.items[i];
  capsa_date date;
  bool dated = capsa_date_find(first->text, &date) && date.at.start_byte < 2;
  bool bracket = capsa_is_bracketed(first->text);
  if (first->kind != CAPSA_BLOCK_PARAGRAPH || first->text.len > TITLE_MAX ||
      draft->blocks.count < 2 || dated || bracket ||
      capsa_slice_finds(first->text, ": ", 0) != CAPSA_NOT_FOUND ||
      capsa_ends_sentence(without_note_mark(first->text)))
    return;
  first->kind = CAPSA_BLOCK_HEADING;
  first->level = 1;
  draft->metadata.title = first->text;
}

capsa_status capsa_read_archive(capsa_slice text, capsa_draft *draft) {
  capsa_lines lines = {0};
  split_lines(text, draft, &lines);
  if (!capsa_chrome_take(draft, &lines)) return CAPSA_ENORECORD;
  add_paragraphs(draft, &lines);
  if (capsa_arena_failed(draft->arena)) return CAPSA_ENOMEM;
  if (!draft->blocks.count) return CAPSA_ENORECORD;
  find_title(draft);
  return CAPSA_OK;
}
