/* markdown_notes.c -- footnotes: `[^1]: text` defines what `[^1]` refers to.
 *
 * cmark would take a definition of one word for a link's. A definition counts
 * where it starts its line, outside of fenced code and of raw HTML.
 */
#include <string.h>

#include "base/slice.h"
#include "document/formats/markdown/markdown_prepare.h"

#define LABEL_MAX 64

capsa_slice capsa_markdown_note_label(capsa_slice text, size_t at) {
  if (!capsa_slice_starts(capsa_slice_cut(text, at, at + 2), "[^"))
    return (capsa_slice){0};
  size_t end = at + 2;
  while (end < text.len && end - at < LABEL_MAX &&
         !strchr("[]^ \t\r\n", text.ptr[end]))
    end++;
  bool closed = end < text.len && text.ptr[end] == ']';
  return closed ? capsa_slice_cut(text, at + 2, end) : (capsa_slice){0};
}

/* ---- where lines are no text */

/* Inside a fence or an element whose content is raw. */
typedef struct raw {
  char fence;
  size_t fence_len;
  const char *end; /* what ends raw HTML */
} raw;

static size_t run_of(capsa_slice line, size_t at, char c) {
  size_t end = at;
  while (end < line.len && line.ptr[end] == c) end++;
  return end - at;
}

static bool open_html(raw *state, capsa_slice line) {
  static const struct {
    const char *start, *end;
  } elements[] = {{"<!--", "-->"},
                  {"<pre", "</pre>"},
                  {"<script", "</script>"},
                  {"<style", "</style>"},
                  {"<textarea", "</textarea>"}};
  for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
    if (capsa_slice_equal_nocase(
            capsa_slice_cut(line, 0, strlen(elements[i].start)),
            capsa_slice_of(elements[i].start))) {
      state->end = elements[i].end;
      return true;
    }
  return false;
}

static bool open_raw(raw *state, capsa_slice line) {
  if (!line.len || !strchr("`~<", line.ptr[0])) return false;
  if (line.ptr[0] == '<') return open_html(state, line);
  state->fence_len = run_of(line, 0, line.ptr[0]);
  bool is_inline =
      line.ptr[0] == '`' &&
      memchr(line.ptr + state->fence_len, '`', line.len - state->fence_len);
  if (state->fence_len < 3 || is_inline) return false;
  state->fence = line.ptr[0];
  return true;
}

/* Is `line`, without its indentation, raw? */
static bool is_raw(raw *state, capsa_slice line) {
  if (state->fence) {
    size_t run = run_of(line, 0, state->fence);
    if (run >= state->fence_len &&
        !capsa_slice_trim(capsa_slice_from(line, run)).len)
      state->fence = 0;
    return true;
  }
  if (!state->end && !open_raw(state, line)) return false;
  if (state->end && capsa_slice_finds(line, state->end, 0) != CAPSA_NOT_FOUND)
    state->end = NULL;
  return true;
}

/* ---- definitions */

static size_t hash_of(capsa_slice label) {
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < label.len; i++)
    hash = (hash ^ (unsigned char)label.ptr[i]) * 16777619u;
  return hash;
}

/* The slot where `label` is or would go. */
static size_t slot_of(const capsa_markdown_text *from, capsa_slice label) {
  size_t slot = hash_of(label) & (from->table_size - 1);
  while (
      from->table[slot] &&
      !capsa_slice_equal(from->notes.items[from->table[slot] - 1].label, label))
    slot = (slot + 1) & (from->table_size - 1);
  return slot;
}

size_t capsa_markdown_note_named(const capsa_markdown_text *from,
                                 capsa_slice label) {
  return from->table ? from->table[slot_of(from, label)] : 0;
}

static void fill_table(capsa_markdown_text *out, capsa_draft *draft) {
  out->table_size = 4;
  while (out->table_size < 2 * out->notes.count) out->table_size *= 2;
  out->table =
      capsa_arena_alloc(draft->arena, out->table_size * sizeof *out->table);
  for (size_t i = 0; out->table && i < out->notes.count; i++) {
    size_t slot = slot_of(out, out->notes.items[i].label);
    if (!out->table[slot]) out->table[slot] = i + 1;
  }
}

void capsa_markdown_notes_find(capsa_markdown_text *out, capsa_slice text,
                               capsa_draft *draft) {
  if (capsa_slice_finds(text, "[^", 0) == CAPSA_NOT_FOUND) return;
  capsa_slice rest = text, line;
  raw state = {0};
  for (uint32_t number = 1; capsa_slice_next_line(&rest, &line); number++) {
    size_t indent = run_of(line, 0, ' ');
    if (indent > 3) continue;
    if (is_raw(&state, capsa_slice_from(line, indent))) continue;
    capsa_slice label = capsa_markdown_note_label(line, indent);
    size_t colon = indent + label.len + 3;
    if (!label.len || colon >= line.len || line.ptr[colon] != ':') continue;
    capsa_markdown_note *note = CAPSA_LIST_ADD(draft->arena, &out->notes);
    if (note) *note = (capsa_markdown_note){label, number};
  }
  if (out->notes.count) fill_table(out, draft);
}

const capsa_markdown_note *
capsa_markdown_note_on(const capsa_markdown_text *from, uint32_t line) {
  size_t low = 0, high = from->notes.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (from->notes.items[middle].line < line) low = middle + 1;
    else high = middle;
  }
  if (low == from->notes.count || from->notes.items[low].line != line)
    return NULL;
  return &from->notes.items[low];
}

const capsa_markdown_note *
capsa_markdown_note_at(const capsa_markdown_text *from, capsa_slice text,
                       size_t *at) {
  if (*at >= text.len || text.ptr[*at] != CAPSA_MASK_NOTE) return NULL;
  size_t index = 0, i = *at + 1;
  for (; i < text.len && text.ptr[i] != CAPSA_MASK_NOTE_END; i++)
    index = index * 10 + (size_t)(text.ptr[i] - '0');
  if (index >= from->notes.count) return NULL;
  *at = i + 1;
  return &from->notes.items[index];
}
