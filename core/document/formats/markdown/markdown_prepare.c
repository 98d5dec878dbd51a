#include "document/formats/markdown/markdown_prepare.h"

#include <string.h>

#include "base/slice.h"

/* All copies of link definitions together, in lengths of the source. */
#define LINK_COPIES_MAX 16
#define LINK_DEFINITION_MIN 64

/* What a mask stands for; white space, notes and paragraphs stay free. */
static const char masked_chars[32] = {
    [1] = '[', [2] = '<', [3] = '>', [4] = '-',  [5] = '+',
    [6] = '*', [7] = '.', [8] = ')', [16] = '&', [18] = ':',
};

typedef struct preparer {
  capsa_draft *draft;
  capsa_markdown_text *out;
  capsa_slice text;
  capsa_buf buf;
  size_t copied;         /* bytes of the text */
  uint32_t line;         /* from 1 */
  size_t paragraph_end;  /* of the paragraph that this line is in */
  size_t marks, allowed; /* in that paragraph */
  size_t definition_max;
  bool reported;
} preparer;

/* ---- changes */

static void replace(preparer *p, size_t at, size_t len, capsa_slice with) {
  capsa_buf_put(&p->buf, capsa_slice_cut(p->text, p->copied, at));
  capsa_buf_put(&p->buf, with);
  p->copied = at + len;
}

static void mask(preparer *p, size_t at) {
  char c = 1;
  while (masked_chars[(int)c] != p->text.ptr[at]) c++;
  replace(p, at, 1, (capsa_slice){&c, 1});
  p->out->masked = true;
}

static void report(preparer *p, size_t line_start) {
  if (p->reported) return;
  p->reported = true;
  capsa_slice rest = capsa_slice_from(p->text, line_start), line = {0};
  capsa_slice_next_line(&rest, &line);
  capsa_draft_report(p->draft, CAPSA_SEVERITY_WARNING, p->line, "nesting",
                     "marks beyond the limit were read as text", line);
}

void capsa_markdown_unmask(const capsa_markdown_text *from, capsa_buf *out,
                           capsa_slice text) {
  if (!from->masked) {
    capsa_buf_put(out, text);
    return;
  }
  size_t copied = 0;
  for (size_t i = 0; i < text.len;) {
    unsigned char c = (unsigned char)text.ptr[i];
    if (c >= 0x20) {
      i++;
      continue;
    }
    bool free = c == '\n' || c == '\t';
    size_t end = i + 1;
    const capsa_markdown_note *note = NULL;
    if (c == CAPSA_MASK_NOTE) {
      end = i;
      note = capsa_markdown_note_at(from, text, &end);
    }
    if (!free && (note || masked_chars[c & 31] || c == CAPSA_MASK_PARAGRAPH)) {
      capsa_buf_put(out, capsa_slice_cut(text, copied, i));
      if (note) capsa_buf_puts(out, "[^");
      if (note) capsa_buf_put(out, note->label);
      if (note) capsa_buf_putc(out, ']');
      else if (c != CAPSA_MASK_PARAGRAPH) capsa_buf_putc(out, masked_chars[c]);
      copied = end;
    }
    i = end > i ? end : i + 1;
  }
  capsa_buf_put(out, capsa_slice_from(text, copied));
}

/* ---- containers */

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

/* The byte that makes a container's mark at `i`: '>', a bullet, or what ends
 * an item's number; CAPSA_NOT_FOUND where none stands. */
static size_t container_mark(capsa_slice line, size_t i) {
  size_t digits = i;
  if (i < line.len && line.ptr[i] == '>') return i;
  if (i < line.len && strchr("-+*", line.ptr[i])) digits = i;
  else {
    while (digits < line.len && digits - i < 9 && line.ptr[digits] >= '0' &&
           line.ptr[digits] <= '9')
      digits++;
    if (digits == i || digits == line.len || !strchr(".)", line.ptr[digits]))
      return CAPSA_NOT_FOUND;
  }
  bool ends = digits + 1 == line.len || is_blank(line.ptr[digits + 1]);
  return ends ? digits : CAPSA_NOT_FOUND;
}

/* Containers beyond the limit are no containers. */
static void limit_containers(preparer *p, size_t start, capsa_slice line) {
  size_t i = 0;
  for (int depth = 0;; depth++) {
    while (i < line.len && is_blank(line.ptr[i])) i++;
    size_t mark = container_mark(line, i);
    if (mark == CAPSA_NOT_FOUND) return;
    if (depth == CAPSA_NESTING_MAX) {
      report(p, start);
      mask(p, start + mark);
      return;
    }
    i = mark + 1;
  }
}

/* ---- inline marks */

static void open_paragraph(preparer *p, size_t start) {
  capsa_slice rest = capsa_slice_from(p->text, start), line;
  size_t end = start;
  while (capsa_slice_next_line(&rest, &line) && capsa_slice_trim(line).len)
    end = (size_t)(line.ptr - p->text.ptr) + line.len;
  p->paragraph_end = end;
  p->marks = 0;
  size_t len = end - start;
  p->allowed = CAPSA_INLINE_MARKS_MAX;
  if (len > CAPSA_INLINE_PARAGRAPH_MAX)
    p->allowed = CAPSA_INLINE_MARKS_MAX * CAPSA_INLINE_PARAGRAPH_MAX / len;
}

static void put_reference(preparer *p, size_t at, capsa_slice label) {
  size_t index = capsa_markdown_note_named(p->out, label);
  if (!index) return;
  replace(p, at, label.len + 3, (capsa_slice){0});
  capsa_buf_putf(&p->buf, "%c%zu%c", CAPSA_MASK_NOTE, index - 1,
                 CAPSA_MASK_NOTE_END);
  p->out->masked = true;
}

/* `&#1;` is no way in for the bytes that stand for something here. */
static bool is_control_reference(capsa_slice text) {
  bool hex = text.len > 2 && (text.ptr[2] | 32) == 'x';
  uint32_t value = 0;
  size_t i = hex ? 3 : 2, first = i;
  for (; i < text.len && i - first < 8; i++) {
    char c = text.ptr[i];
    int digit = c >= '0' && c <= '9' ? c - '0'
                : hex && (c | 32) >= 'a' && (c | 32) <= 'f'
                    ? (c | 32) - 'a' + 10
                    : -1;
    if (digit < 0) break;
    value = value * (hex ? 16 : 10) + (uint32_t)digit;
  }
  return value && value < 0x20 && !strchr("\t\n\f\r", (int)value) &&
         i < text.len && text.ptr[i] == ';';
}

/* Is what `]:` at `at` may define too long? Looks no further than the next. */
static bool is_long_definition(const preparer *p, size_t at) {
  size_t end = at + p->definition_max;
  if (end >= p->paragraph_end) return false;
  return capsa_slice_finds(capsa_slice_cut(p->text, at + 2, end), "]:", 0) ==
         CAPSA_NOT_FOUND;
}

/* What stands at `i`, which is one of `[ ] < & \`. @return where to go on */
static size_t limit_inline(preparer *p, size_t start, size_t i) {
  const char *c = p->text.ptr + i;
  bool more = i + 1 < p->text.len;
  capsa_slice label;
  switch (*c) {
  case '\\': return more && strchr("[]<&\\", c[1]) ? i + 2 : i + 1;
  case ']':
    if (more && c[1] == ':' && is_long_definition(p, i)) mask(p, i + 1);
    return i + 1;
  case '&':
    if (more && c[1] == '#' &&
        is_control_reference(capsa_slice_cut(p->text, i, i + 12)))
      mask(p, i);
    return i + 1;
  case '[':
    label = capsa_markdown_note_label(p->text, i);
    if (label.len && capsa_markdown_note_named(p->out, label)) {
      put_reference(p, i, label);
      return i + label.len + 3;
    }
    break;
  default: break;
  }
  if (++p->marks > p->allowed) {
    report(p, start);
    mask(p, i);
  }
  return i + 1;
}

static void prepare_line(preparer *p, capsa_slice line) {
  static const bool marks[256] = {
      ['['] = true, [']'] = true, ['<'] = true, ['&'] = true, ['\\'] = true};
  size_t start = (size_t)(line.ptr - p->text.ptr), end = start + line.len;
  size_t i = start;
  const capsa_markdown_note *note = capsa_markdown_note_on(p->out, p->line);
  if (note) {
    while (p->text.ptr[i] == ' ') i++;
    size_t stop = i + note->label.len + 4;
    while (stop < end && is_blank(p->text.ptr[stop])) stop++;
    replace(p, start, stop - start, CAPSA_LITERAL("*   "));
    i = stop;
  } else limit_containers(p, start, line);
  while (i < end) {
    if (!marks[(unsigned char)p->text.ptr[i]]) i++;
    else i = limit_inline(p, start, i);
  }
}

static size_t definition_max(capsa_slice text) {
  size_t brackets = 1;
  for (size_t i = 0; i < text.len; i++) brackets += text.ptr[i] == '[';
  size_t max = LINK_COPIES_MAX * text.len / brackets;
  if (max < LINK_DEFINITION_MIN) max = LINK_DEFINITION_MIN;
  return max < CAPSA_LINK_DEFINITION_MAX ? max : CAPSA_LINK_DEFINITION_MAX;
}

void capsa_markdown_prepare(capsa_slice text, capsa_draft *draft,
                            capsa_markdown_text *out) {
  *out = (capsa_markdown_text){.text = text};
  preparer p = {.draft = draft, .out = out, .text = text};
  p.definition_max = definition_max(text);
  capsa_markdown_notes_find(out, text, draft);
  capsa_slice rest = text, line;
  while (capsa_slice_next_line(&rest, &line)) {
    p.line++;
    size_t start = (size_t)(line.ptr - text.ptr);
    if (start >= p.paragraph_end) open_paragraph(&p, start);
    prepare_line(&p, line);
  }
  if (!p.copied) return;
  capsa_buf_put(&p.buf, capsa_slice_from(text, p.copied));
  if (capsa_buf_take(&p.buf, draft->arena, &out->text))
    out->text = (capsa_slice){0};
}
