/* layout.c -- lines to blocks: paragraphs by blank lines and by where lines
 * were wrapped, and what plain text shows by its look: lists, tables,
 * headings in capitals, quotations and verse that are set in, rules.
 *
 * A look decides nothing about the words: all of them stay, in order.
 */
#include <string.h>

#include "base/slice.h"
#include "document/formats/archive/lines.h"
#include "document/formats/formats.h"
#include "document/passes/passes.h"
#include "text/chars.h"

#define HEADING_MAX 90
#define HEADING_LETTERS 4

/* What is set in stands so many columns behind the text. */
#define SET_IN_MIN 3

/* Set in alone, a short line is a centred heading or an address. */
#define QUOTED_MIN 50

#define VERSE_LINES_MIN 3
#define VERSE_WIDTH_MAX 64

/* Title and date line stand among the first lines, and are short. */
#define DATELINE_LINES 12
#define DATELINE_WIDTH 64

/* Behind the year: " г.", " r." */
#define DATELINE_REST_MAX 4

/* Signs of a rule: fewer are a dash or a bullet. */
#define RULE_SIGNS_MIN 3

typedef struct layout {
  capsa_draft *draft;
  const capsa_lines *lines;
  capsa_wrapping how;
  uint32_t indents[CAPSA_NESTING_MAX]; /* of the bullets of open lists */
  uint32_t depth;
  bool set_in; /* are so few paragraphs set in that it means something? */
} layout;

/* ---- what a line looks like */

static bool is_rule(capsa_slice line) {
  capsa_codepoint first = capsa_utf8_next(line, 0);
  size_t signs = 0;
  if (first.value == 0x2042 || first.value == 0x2E3B)
    return first.len == line.len;
  for (size_t i = 0; i < line.len;) {
    capsa_codepoint cp = capsa_utf8_next(line, i);
    i += cp.len;
    if (cp.value == ' ') continue;
    if (cp.value != first.value) return false;
    signs++;
  }
  return signs >= RULE_SIGNS_MIN &&
         (first.value == 0x2022 || first.value == 0x2014 ||
          first.value == 0x2013 ||
          (first.value < 0x80 && strchr("*-_=~#", (int)first.value)));
}

/* "•", "-", "*" with a space behind: the length of both, or 0. */
static size_t bullet_len(capsa_slice line) {
  static const uint32_t bullets[] = {'-',    '*',    0xB7,   0x2022,
                                     0x2023, 0x2043, 0x25AA, 0x25AB,
                                     0x25CF, 0x25CB, 0x25E6, 0x25A0};
  capsa_codepoint cp = capsa_utf8_next(line, 0);
  bool bullet = false;
  for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
    bullet |= cp.value == bullets[i];
  if (!bullet || is_rule(line)) return 0;
  size_t len = cp.len;
  for (capsa_codepoint space;
       (space = capsa_utf8_next(line, len)).len && capsa_is_space(space.value);)
    len += space.len;
  return len > cp.len && len < line.len ? len : 0;
}

/* "[1]", "1." at the start of a line that a sentence's end comes before. */
static bool is_numbered(capsa_slice line) {
  uint32_t value;
  if (capsa_number_len(line, &value)) return true;
  size_t i = 1;
  while (i < line.len && capsa_is_digit((unsigned char)line.ptr[i])) i++;
  return line.ptr[0] == '[' && i > 1 && i + 1 < line.len && line.ptr[i] == ']';
}

static bool stands_alone(capsa_slice line) {
  return is_rule(line) || capsa_is_page_mark(line) || bullet_len(line);
}

/* The first line of a paragraph may be set in, or all but the first. */
static bool is_first_by_indent(const layout *l, size_t i, size_t end) {
  const capsa_line *line = &l->lines->items[i];
  if (line->indent < line[-1].indent + 2) return false;
  return i + 1 < end ? line[1].indent < line->indent
                     : capsa_ends_sentence(line[-1].text);
}

/* What stands below a title without a blank line. */
static bool is_dateline(const capsa_line *line) {
  capsa_date date;
  if (line->number > DATELINE_LINES || line->width > DATELINE_WIDTH ||
      !capsa_date_find(line->text, &date))
    return false;
  /* "12 March 1971", "12 марта 1971 г." and nothing else */
  bool all = !date.at.start_byte &&
             line->text.len - date.at.end_byte <= DATELINE_REST_MAX;
  return all || capsa_starts_upper(line->text);
}

static bool ends_note(capsa_slice line) {
  return capsa_slice_ends(line, "\xE2\x86\xA9") ||
         capsa_slice_ends(line, "\xE2\x86\xA9\xEF\xB8\x8E");
}

/* Does a paragraph end between the lines `i` - 1 and `i`? */
static bool parts_at(const layout *l, size_t i, size_t end) {
  const capsa_line *line = &l->lines->items[i];
  return stands_alone(line[-1].text) || stands_alone(line->text) ||
         capsa_wrapping_has_room(&l->how, line - 1, line) ||
         (is_numbered(line->text) &&
          (capsa_ends_sentence(line[-1].text) || ends_note(line[-1].text))) ||
         is_dateline(line) || is_dateline(line - 1) ||
         is_first_by_indent(l, i, end);
}

/* ---- paragraphs and what they are */

/* "MR. BLOT: …": a turn, however it is set. */
static bool looks_labelled(capsa_slice text) {
  size_t colon = capsa_slice_finds(text, ":", 0);
  return colon != CAPSA_NOT_FOUND && colon < 40 && capsa_starts_upper(text);
}

static bool is_set_in(const layout *l, size_t first, size_t end) {
  for (size_t i = first; i < end; i++)
    if (l->lines->items[i].indent < l->how.base + SET_IN_MIN) return false;
  return l->set_in;
}

/* Lines that break where the verse does, most of them at a sign. */
static bool is_verse(const layout *l, size_t first, size_t end) {
  size_t signs = 0;
  if (end - first < VERSE_LINES_MIN || !is_set_in(l, first, end)) return false;
  for (size_t i = first; i < end; i++) {
    const capsa_line *line = &l->lines->items[i];
    if (line->width > VERSE_WIDTH_MAX || stands_alone(line->text) ||
        is_numbered(line->text) || looks_labelled(line->text))
      return false;
    signs += capsa_ends_sentence(line->text) ||
             capsa_slice_ends(line->text, ",") ||
             capsa_slice_ends(line->text, "\xE2\x80\x94");
  }
  return signs * 2 >= end - first;
}

static void add_verse(layout *l, size_t first, size_t end) {
  CAPSA_LIST(capsa_slice) parts = {0};
  for (size_t i = first; i < end; i++) {
    capsa_slice *part = CAPSA_LIST_ADD(l->draft->arena, &parts);
    if (part)
      *part = capsa_draft_squeeze(l->draft->arena, l->lines->items[i].text);
    if (i + 1 < end && (part = CAPSA_LIST_ADD(l->draft->arena, &parts)))
      *part = CAPSA_LITERAL("\n");
  }
  capsa_draft_add(l->draft, &l->draft->blocks, CAPSA_BLOCK_VERSE,
                  capsa_draft_concat(l->draft, parts.items, parts.count),
                  l->lines->items[first].number);
}

/* Markings of secrecy are set like headings and are none. */
static bool is_marking(capsa_slice text) {
  static const char *const words[] = {
      "SECRET", "CONFIDENTIAL", "UNCLASSIFIED", "RESTRICTED", "NODIS", "EXDIS",
      NULL};
  for (size_t i = 0; words[i]; i++)
    if (capsa_slice_finds(text, words[i], 0) != CAPSA_NOT_FOUND) return true;
  return false;
}

static bool is_heading(capsa_slice text) {
  return text.len <= HEADING_MAX && capsa_is_capitals(text, HEADING_LETTERS) &&
         capsa_is_letter(capsa_utf8_next(text, 0).value) &&
         !strchr(".:;,!?", text.ptr[text.len - 1]) && !is_marking(text);
}

/* A line of "=" or "-" below another makes a heading of it. */
static uint32_t underline_level(const layout *l, size_t i, size_t end) {
  if (i >= end || !is_rule(l->lines->items[i].text)) return 0;
  const capsa_line *line = &l->lines->items[i];
  char sign = line->text.ptr[0];
  bool fits =
      line->width * 2 >= line[-1].width && line[-1].width <= HEADING_MAX;
  return !fits ? 0 : sign == '=' ? 1 : sign == '-' ? 2 : 0;
}

static void add_paragraph(layout *l, size_t first, size_t end, bool alone) {
  capsa_slice text = capsa_lines_join(l->draft, l->lines, first, end);
  capsa_draft_block *block =
      capsa_draft_add(l->draft, &l->draft->blocks, CAPSA_BLOCK_PARAGRAPH, text,
                      l->lines->items[first].number);
  l->depth = 0;
  if (!block) return;
  bool mark = capsa_is_page_mark(text);
  if (alone && end == first + 1 && !mark && is_heading(text)) {
    block->kind = CAPSA_BLOCK_HEADING;
    block->level = 2;
  } else if (!mark && is_set_in(l, first, end) && !looks_labelled(text) &&
             (end > first + 1 || l->lines->items[first].width >= QUOTED_MIN)) {
    block->kind = CAPSA_BLOCK_QUOTATION;
    block->level = 1;
  }
}

/* ---- lists */

/* The depth of an item whose bullet stands at `indent`. */
static uint32_t depth_of(layout *l, uint32_t indent) {
  while (l->depth && l->indents[l->depth - 1] > indent) l->depth--;
  if (l->depth && l->indents[l->depth - 1] == indent) return l->depth;
  if (l->depth < CAPSA_NESTING_MAX) l->indents[l->depth++] = indent;
  return l->depth;
}

/* Where the item ends that begins at `first`: lines that hang below its words
 * are its own, and lines that it is wrapped to. */
static size_t item_end(const layout *l, size_t first, size_t end, size_t len) {
  const capsa_line *item = &l->lines->items[first];
  size_t i = first + 1;
  for (; i < end; i++) {
    const capsa_line *line = &l->lines->items[i];
    bool hangs =
        line->indent > item->indent && line->indent <= item->indent + len + 2;
    if (stands_alone(line->text) ||
        (!hangs && capsa_wrapping_has_room(&l->how, line - 1, line)))
      break;
  }
  return i;
}

static size_t add_item(layout *l, size_t first, size_t end) {
  const capsa_line *line = &l->lines->items[first];
  size_t stop = item_end(l, first, end, bullet_len(line->text));
  capsa_slice text = capsa_lines_join(l->draft, l->lines, first, stop);
  capsa_draft_block *block =
      capsa_draft_add(l->draft, &l->draft->blocks, CAPSA_BLOCK_LIST,
                      capsa_slice_from(text, bullet_len(text)), line->number);
  if (!block) return stop;
  block->level = depth_of(l, line->indent);
  block->marker = capsa_slice_cut(text, 0, capsa_utf8_next(text, 0).len);
  return stop;
}

/* ---- runs of lines without a blank one */

static size_t add_heading_over(layout *l, size_t i, uint32_t level) {
  capsa_draft_block *block = capsa_draft_add(
      l->draft, &l->draft->blocks, CAPSA_BLOCK_HEADING,
      capsa_draft_squeeze(l->draft->arena, l->lines->items[i].text),
      l->lines->items[i].number);
  if (block) block->level = level;
  l->depth = 0;
  return i + 2;
}

static size_t add_text(layout *l, size_t first, size_t i, size_t end) {
  size_t stop = i + 1;
  while (stop < end && !parts_at(l, stop, end) &&
         !underline_level(l, stop + 1, end))
    stop++;
  add_paragraph(l, i, stop, i == first && stop == end);
  return stop;
}

/* Add what begins at line `i`. @return index behind it */
static size_t add_block(layout *l, size_t first, size_t i, size_t end) {
  capsa_slice text = l->lines->items[i].text;
  uint32_t level = underline_level(l, i + 1, end);
  if (is_rule(text) && !capsa_is_page_mark(text)) {
    capsa_draft_add(l->draft, &l->draft->blocks, CAPSA_BLOCK_RULE,
                    (capsa_slice){0}, l->lines->items[i].number);
    l->depth = 0;
    return i + 1;
  }
  if (level && !stands_alone(text)) return add_heading_over(l, i, level);
  size_t table = capsa_table_read(l->draft, l->lines, i, end);
  if (table > i) {
    l->depth = 0;
    return table;
  }
  if (bullet_len(text) && !capsa_is_page_mark(text)) return add_item(l, i, end);
  return add_text(l, first, i, end);
}

static void add_run(layout *l, size_t first, size_t end) {
  if (is_verse(l, first, end)) {
    add_verse(l, first, end);
    return;
  }
  for (size_t i = first; i < end;) i = add_block(l, first, i, end);
}

/* Where a text sets in half of its lines, or the first of its paragraphs, that
 * is how it is typed. */
static bool sets_in(const layout *l) {
  size_t in = 0, all = 0, firsts = 0;
  for (size_t i = 0; i < l->lines->count; i++) {
    const capsa_line *line = &l->lines->items[i];
    if (!line->text.len || line->taken) continue;
    all++;
    if (line->indent < l->how.base + SET_IN_MIN) continue;
    in++;
    firsts += i + 1 < l->lines->count && line[1].text.len &&
              line[1].indent < line->indent;
  }
  return in * 2 < all && firsts * 4 <= in;
}

void capsa_layout_read(capsa_draft *draft, const capsa_lines *lines) {
  layout l = {.draft = draft, .lines = lines};
  capsa_wrapping_find(lines, &l.how);
  l.set_in = sets_in(&l);
  size_t from = draft->blocks.count;
  for (size_t i = 0; i < lines->count;) {
    size_t end = i;
    while (end < lines->count && lines->items[end].text.len &&
           !lines->items[end].taken)
      end++;
    if (end > i) add_run(&l, i, end);
    i = end > i ? end : i + 1;
  }
  capsa_items_number(draft, from);
  capsa_headings_number(draft, from);
}
