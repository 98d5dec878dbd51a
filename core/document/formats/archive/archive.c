/* archive.c -- an archive's page copied as text, and plain text of any kind.
 *
 * Chrome is taken off by lines (chrome.c), what is left becomes blocks by its
 * look (layout.c), and the first of them may be the title.
 */
#include <string.h>

#include "base/slice.h"
#include "document/formats/archive/lines.h"
#include "document/formats/formats.h"
#include "document/passes/passes.h"
#include "text/chars.h"

#define TITLE_MAX 300

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
  bool heading = first->kind == CAPSA_BLOCK_HEADING;
  if ((!heading && first->kind != CAPSA_BLOCK_PARAGRAPH) ||
      first->text.len > TITLE_MAX || draft->blocks.count < 2 || dated ||
      bracket || capsa_slice_finds(first->text, ": ", 0) != CAPSA_NOT_FOUND ||
      capsa_ends_sentence(without_note_mark(first->text)))
    return;
  first->kind = CAPSA_BLOCK_HEADING;
  first->level = 1;
  draft->metadata.title = first->text;
}

capsa_status capsa_read_archive(capsa_slice text, capsa_draft *draft) {
  capsa_lines lines = {0};
  capsa_lines_split(draft, text, &lines);
  capsa_lines_unroll(draft, &lines);
  bool page = draft->format != CAPSA_FORMAT_TEXT;
  if (page && !capsa_chrome_take(draft, &lines)) return CAPSA_ENORECORD;
  capsa_line_numbers_take(draft, &lines);
  capsa_running_heads_take(draft, &lines);
  capsa_layout_read(draft, &lines);
  capsa_arena_release(draft->arena, lines.items);
  if (capsa_arena_failed(draft->arena)) return CAPSA_ENOMEM;
  if (!draft->blocks.count) return CAPSA_ENORECORD;
  find_title(draft);
  return CAPSA_OK;
}
