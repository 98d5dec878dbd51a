#include "document/formats/markdown_guard.h"

#include <string.h>

#include "base/buf.h"
#include "base/slice.h"

typedef struct guard {
  capsa_buf out;
  capsa_draft *draft;
  uint32_t line;
  int inline_marks; /* in the paragraph so far */
  bool escaped;     /* anything yet */
} guard;

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static void escape(guard *g, capsa_slice line) {
  capsa_buf_putc(&g->out, '\\');
  if (!g->escaped)
    capsa_draft_report(g->draft, CAPSA_SEVERITY_WARNING, g->line, "nesting",
                       "marks beyond the limit were read as text", line);
  g->escaped = true;
}

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

/* Copy the containers' marks at the start of a line; returns what is left. */
static size_t copy_containers(guard *g, capsa_slice line) {
  size_t i = 0;
  for (int depth = 0;; depth++) {
    size_t start = i;
    while (i < line.len && is_blank(line.ptr[i])) i++;
    capsa_buf_put(&g->out, capsa_slice_cut(line, start, i));
    size_t mark = container_mark(line, i);
    if (mark == CAPSA_NOT_FOUND) return i;
    capsa_buf_put(&g->out, capsa_slice_cut(line, i, mark));
    if (depth == CAPSA_NESTING_MAX) {
      escape(g, line);
      return mark;
    }
    capsa_buf_putc(&g->out, line.ptr[mark]);
    i = mark + 1;
  }
}

static void copy_line(guard *g, capsa_slice line) {
  size_t i = copy_containers(g, line);
  if (!capsa_slice_trim(line).len) g->inline_marks = 0;
  for (; i < line.len; i++) {
    char c = line.ptr[i];
    if (c == '\\' && i + 1 < line.len) {
      capsa_buf_putc(&g->out, c);
      c = line.ptr[++i];
    } else if ((c == '[' || c == '<') &&
               ++g->inline_marks > CAPSA_INLINE_MARKS_MAX)
      escape(g, line);
    capsa_buf_putc(&g->out, c);
  }
  capsa_buf_putc(&g->out, '\n');
}

capsa_slice capsa_markdown_guard(capsa_slice text, capsa_draft *draft) {
  guard g = {.draft = draft};
  capsa_slice rest = text, line, out;
  while (capsa_slice_next_line(&rest, &line)) {
    g.line++;
    copy_line(&g, line);
  }
  if (!g.escaped) {
    capsa_buf_free(&g.out);
    return text;
  }
  return capsa_buf_take(&g.out, draft->arena, &out) ? (capsa_slice){0} : out;
}
