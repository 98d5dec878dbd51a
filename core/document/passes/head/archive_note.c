/* archive_note.c -- the line at a record's end, or in its head, that says where
 * the original lies: "[Source: RGANI, fond 89, …]", "SAPMO-BArch, DY 30/3682".
 */
#include <string.h>

#include "base/slice.h"
#include "document/passes/head/citation.h"
#include "document/passes/head/dateline.h"
#include "document/passes/passes.h"
#include "text/chars.h"

/* Such a line, the archive's name before its numbers, and what may stand
 * behind them: "Copy." */
#define NOTE_MAX 400
#define NAME_MAX 80
#define REST_MAX 60

/* It stands among the first or the last blocks. */
#define FIRST_BLOCKS 6
#define LAST_BLOCKS 4

/* Bytes of "Source: "; 0 where the text does not begin so. */
static size_t source_len(capsa_slice text) {
  static const char *const words[] = {
      "Source:", "SOURCE:",  "Quelle:", "Источник:",
      "Fuente:", "Source :", "Sursa:",  NULL};
  for (int i = 0; words[i]; i++)
    if (capsa_slice_starts(text, words[i])) return strlen(words[i]);
  return 0;
}

static bool is_reference(capsa_slice text) {
  capsa_locator locator;
  capsa_range at;
  return capsa_locator_find(text, 0, &locator, &at) && at.start_byte &&
         at.start_byte <= NAME_MAX && text.len - at.end_byte <= REST_MAX &&
         capsa_names_archive(capsa_slice_cut(text, 0, at.start_byte));
}

static bool read_note(capsa_draft *draft, capsa_draft_block *block) {
  capsa_slice text = capsa_slice_trim(block->text);
  if ((block->kind != CAPSA_BLOCK_PARAGRAPH &&
       block->kind != CAPSA_BLOCK_EDITORIAL) ||
      block->encoded || block->label.len || !text.len || text.len > NOTE_MAX)
    return false;
  bool bracket = capsa_is_bracketed(text) && capsa_slice_ends(text, "]");
  if (bracket) text = capsa_slice_trim(capsa_slice_cut(text, 1, text.len - 1));
  size_t word = source_len(text);
  capsa_slice rest = capsa_slice_trim(capsa_slice_from(text, word));
  if (!is_reference(rest)) return false;
  capsa_source_note_read(draft, rest);
  if (!bracket && !word) block->kind = CAPSA_BLOCK_EDITORIAL;
  return true;
}

void capsa_archive_note_find(capsa_draft *draft) {
  capsa_draft_block *blocks = draft->blocks.items;
  size_t count = draft->blocks.count, last = count, seen = 0;
  while (last && seen < LAST_BLOCKS) {
    if (blocks[--last].kind == CAPSA_BLOCK_FOOTNOTE) continue;
    seen++;
    if (read_note(draft, &blocks[last])) return;
  }
  for (size_t i = 0; i < last && i < FIRST_BLOCKS; i++)
    if (read_note(draft, &blocks[i])) return;
}
