/* lines.c -- lines, how wide they are, and where they were wrapped.
 *
 * A text is hard-wrapped when many of its lines end at about one column, so
 * that the next word would not have had room there. The column is where most
 * lines end, not the longest line: notes and tables are often not wrapped
 * with the text.
 */
#include "document/formats/archive/lines.h"

#include <string.h>

#include "base/slice.h"
#include "document/passes/passes.h"
#include "text/chars.h"

/* Lines are wrapped between these columns. */
#define WRAP_MIN 40
#define WRAP_MAX 120

/* Full lines of a wrapped text end this close to the column. */
#define WRAP_SLACK 10

/* One line in so many that another follows is full, in mid-sentence. */
#define FULL_ONE_IN 3

#define TAB_COLUMNS 8
#define INDENT_MAX 80

/* The scripts of East Asia, which have no spaces, begin here. */
#define EAST_ASIA 0x2E80

static bool is_east_asian(uint32_t c) {
  return c >= EAST_ASIA && c < 0xE000 && !(c >= 0xAC00 && c <= 0xD7A3);
}

static uint32_t indent_of(capsa_slice raw, size_t text) {
  uint32_t column = 0;
  for (size_t i = 0; i < text;) {
    capsa_codepoint cp = capsa_utf8_next(raw, i);
    if (cp.value == '\t') column += TAB_COLUMNS - column % TAB_COLUMNS;
    else if (cp.value != '\f') column++;
    i += cp.len;
  }
  return column < INDENT_MAX ? column : INDENT_MAX;
}

static uint32_t width_of(capsa_slice text) {
  uint32_t width = 0;
  for (size_t i = 0; i < text.len; i++)
    width += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
  return width;
}

static bool is_number(capsa_slice text) {
  for (size_t i = 0; i < text.len; i++)
    if (!capsa_is_digit((unsigned char)text.ptr[i])) return false;
  return text.len > 0 && text.len < 6;
}

/* A page that a form feed begins may open with its number, and the page
 * before it may end with its own. */
static void mark_pages(capsa_draft *draft, capsa_lines *lines, size_t opens) {
  size_t last = opens;
  while (last && !lines->items[last - 1].text.len) last--;
  capsa_line *found = NULL;
  if (is_number(lines->items[opens].text)) found = &lines->items[opens];
  else if (last && is_number(lines->items[last - 1].text))
    found = &lines->items[last - 1];
  if (!found) return;
  const capsa_slice parts[] = {CAPSA_LITERAL("- "), found->text,
                               CAPSA_LITERAL(" -")};
  found->text = capsa_draft_concat(draft, parts, 3);
}

void capsa_lines_split(capsa_draft *draft, capsa_slice text,
                       capsa_lines *lines) {
  capsa_slice rest = text, raw;
  for (uint32_t number = 1; capsa_slice_next_line(&rest, &raw); number++) {
    capsa_line *line = CAPSA_LIST_ADD(draft->arena, lines);
    if (!line) return;
    size_t end = raw.len;
    while (end && raw.ptr[end - 1] == ' ') end--;
    line->text = capsa_slice_trim(raw);
    line->printed = capsa_slice_cut(raw, 0, end);
    line->number = number;
    line->width = width_of(line->text);
    if (line->text.len)
      line->indent = indent_of(raw, (size_t)(line->text.ptr - raw.ptr));
    if (capsa_slice_starts(raw, "\f"))
      mark_pages(draft, lines, lines->count - 1);
  }
}

/* What stands between two lines that are one. */
static capsa_slice joint(capsa_slice line, capsa_slice next) {
  bool none = is_east_asian(capsa_utf8_before(line, line.len).value) &&
              is_east_asian(capsa_utf8_next(next, 0).value);
  return none ? (capsa_slice){0} : CAPSA_LITERAL(" ");
}

capsa_slice capsa_lines_join(capsa_draft *draft, const capsa_lines *lines,
                             size_t first, size_t end) {
  CAPSA_LIST(capsa_slice) parts = {0};
  for (size_t i = first; i < end; i++) {
    capsa_slice *part = CAPSA_LIST_ADD(draft->arena, &parts);
    if (part) *part = lines->items[i].text;
    if (i + 1 < end && (part = CAPSA_LIST_ADD(draft->arena, &parts)))
      *part = joint(lines->items[i].text, lines->items[i + 1].text);
  }
  capsa_slice whole = parts.count == 1
                          ? parts.items[0]
                          : capsa_draft_concat(draft, parts.items, parts.count);
  return capsa_draft_squeeze(draft->arena, whole);
}

/* ---- wrapping */

static uint32_t first_word_width(capsa_slice text) {
  if (is_east_asian(capsa_utf8_next(text, 0).value)) return 0;
  size_t end = 0;
  while (end < text.len && text.ptr[end] != ' ') end++;
  return width_of(capsa_slice_cut(text, 0, end));
}

/* The column behind the last character. */
static uint32_t end_of(const capsa_line *line) {
  return line->indent + line->width;
}

/* Does the line of index `i` go on in the next one, as far as blank lines
 * say? */
static bool has_next(const capsa_lines *lines, size_t i) {
  const capsa_line *line = &lines->items[i];
  return i + 1 < lines->count && line->text.len && !line->taken &&
         line[1].text.len && !line[1].taken &&
         !memchr(line->text.ptr, '\t', line->text.len);
}

/* The column before which most lines end, within the slack. */
static uint32_t common_width(const capsa_lines *lines) {
  size_t ends[WRAP_MAX + 1] = {0}, most = 0;
  uint32_t width = 0;
  for (size_t i = 0; i < lines->count; i++)
    if (has_next(lines, i) && end_of(&lines->items[i]) <= WRAP_MAX)
      ends[end_of(&lines->items[i])]++;
  for (uint32_t w = WRAP_MIN; w <= WRAP_MAX; w++) {
    size_t count = 0;
    for (uint32_t k = w - WRAP_SLACK; k <= w; k++) count += ends[k];
    /* The last column of equals that has lines: the window's true end. */
    if (count > most || (count == most && ends[w] && count)) {
      most = count;
      width = w;
    }
  }
  return width;
}

static uint32_t common_indent(const capsa_lines *lines) {
  size_t counts[INDENT_MAX + 1] = {0};
  uint32_t base = 0;
  for (size_t i = 0; i < lines->count; i++)
    if (lines->items[i].text.len && !lines->items[i].taken)
      counts[lines->items[i].indent]++;
  for (uint32_t k = 1; k <= INDENT_MAX; k++)
    if (counts[k] > counts[base]) base = k;
  return base;
}

bool capsa_wrapping_has_room(const capsa_wrapping *how, const capsa_line *line,
                             const capsa_line *next) {
  if (!how->width || end_of(line) > how->width + 2) return true;
  return end_of(line) + 1 + first_word_width(next->text) <= how->width;
}

/* A word that begins no sentence and no name, or a sign of a script that has
 * no upper case. */
static bool begins_inside(capsa_slice text) {
  capsa_codepoint cp = capsa_utf8_next(text, 0);
  return !capsa_is_letter(cp.value) || !capsa_is_upper(cp.value);
}

void capsa_wrapping_find(const capsa_lines *lines, capsa_wrapping *out) {
  *out = (capsa_wrapping){.width = common_width(lines),
                          .base = common_indent(lines)};
  size_t full = 0, all = 0, inside = 0;
  for (size_t i = 0; out->width && i < lines->count; i++) {
    const capsa_line *line = &lines->items[i];
    if (!has_next(lines, i)) continue;
    all++;
    bool is_full = !capsa_ends_sentence(line->text) &&
                   !capsa_wrapping_has_room(out, line, line + 1);
    full += is_full;
    inside += is_full && begins_inside(line[1].text);
  }
  /* Names one below the other are full lines too, and no sentence. */
  if (full * FULL_ONE_IN < all || !inside) out->width = 0;
}
