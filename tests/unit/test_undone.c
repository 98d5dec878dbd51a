#include "document/undone.h"

#include <string.h>

#include "base/buf.h"
#include "base/slice.h"
#include "tap.h"

/* Splits that look alike to the letter, and repairs of every rule. */
static const char page[] =
    "Talk about Ink\n\nMarch 4, 1920\n\n"
    "BLOT A.: The ink is thin, and tha t is so. It is thin, and tha t is "
    "so.\n\n"
    "QUILL CLARA: It is the cold, not that, and we have talked about it "
    "with\n\n"
    "every clerk of the house and with the high- handed clerk of the court\n\n"
    "who never listens to anyone at all.\n\n"
    "BLO T A.: Then warm it, and tha t is so.\n\n"
    "[They drink tea, and one of them speaks about the weather in the\n\n"
    "mountains.]\n\n"
    "QUILL CLARA; With what?\n\n"
    "BLOT A.: With a candle. QUILL CLARA: Which one?\n\n"
    "BLOT A.: The thin one.\n\n"
    "QUILL CLARA: And tha t is so.\n\n"
    "BLOT A.: And tha t is so.\n";

static capsa_document parse(capsa_arena *arena, const capsa_undone *undone,
                            size_t count) {
  capsa_source source = {
      .bytes = capsa_slice_of(page), .undone = undone, .undone_count = count};
  capsa_document document = {0};
  CHECK_STATUS(capsa_document_parse(&source, arena, &document), CAPSA_OK);
  return document;
}

/* A line for each repair, in order; the one numbered `without` left out. */
static capsa_slice repairs_of(const capsa_document *document, size_t without,
                              capsa_arena *arena) {
  capsa_buf buf = {0};
  capsa_slice out = {0};
  size_t number = 0;
  for (size_t i = 0; i < document->block_count; i++)
    for (size_t k = 0; k < document->blocks[i].emendation_count; k++) {
      const capsa_emendation *e = &document->blocks[i].emendations[k];
      if (++number == without) continue;
      capsa_buf_putf(&buf, "%s|", e->rule);
      capsa_buf_put(&buf, e->original);
      capsa_buf_puts(&buf, "|");
      capsa_buf_put(&buf, e->corrected);
      capsa_buf_putc(&buf, '\n');
    }
  CHECK_STATUS(capsa_buf_take(&buf, arena, &out), CAPSA_OK);
  return out;
}

static bool place_of(const capsa_document *document, size_t number,
                     const capsa_block **block, size_t *index) {
  for (size_t i = 0; i < document->block_count; i++) {
    *block = &document->blocks[i];
    *index = number - 1;
    if (number <= (*block)->emendation_count) return true;
    number -= (*block)->emendation_count;
  }
  return false;
}

static bool undo(const capsa_document *document, size_t number,
                 capsa_undone *list, size_t *count, capsa_arena *arena) {
  const capsa_block *block;
  size_t index;
  if (!place_of(document, number, &block, &index)) return false;
  CHECK_STATUS(capsa_undone_of(document, block, index, list, *count, arena,
                               &list[*count]),
               CAPSA_OK);
  ++*count;
  return true;
}

static void test_undone__takes_one_repair_back_and_no_other(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document all = parse(arena, NULL, 0);
  size_t number = 1;
  for (;; number++) {
    capsa_undone one;
    size_t count = 0;
    if (!undo(&all, number, &one, &count, arena)) break;
    capsa_document fewer = parse(arena, &one, 1);
    capsa_slice want = repairs_of(&all, number, arena);
    CHECK_TEXT(repairs_of(&fewer, 0, arena), capsa_arena_string(arena, want));
  }
  CHECK_NUMBER(number - 1, 11);
  capsa_arena_free(arena);
}

/* From the last to the first and from the first to the last: whatever is
 * undone already, the next one is the one that was meant. */
static void undo_all(capsa_arena *arena, bool from_the_end) {
  capsa_undone list[32];
  size_t count = 0, left = 11;
  capsa_document document = parse(arena, NULL, 0);
  for (; left && count < 32; left--) {
    capsa_slice want = repairs_of(&document, from_the_end ? left : 1, arena);
    if (!CHECK(undo(&document, from_the_end ? left : 1, list, &count, arena)))
      return;
    document = parse(arena, list, count);
    CHECK_TEXT(repairs_of(&document, 0, arena),
               capsa_arena_string(arena, want));
  }
  CHECK_TEXT(repairs_of(&document, 0, arena), "");
}

static void test_undone__takes_all_back_in_any_order(void) {
  capsa_arena *arena = capsa_arena_new();
  undo_all(arena, true);
  undo_all(arena, false);
  capsa_arena_free(arena);
}

static void test_undone__takes_a_whole_rule_back(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_undone rule = {.rule = CAPSA_LITERAL("split-word"), .nth = 1};
  capsa_document document = parse(arena, &rule, 1);
  capsa_slice left = repairs_of(&document, 0, arena);
  CHECK(capsa_slice_finds(left, "split-word", 0) == CAPSA_NOT_FOUND);
  CHECK(capsa_slice_finds(left, "hyphen-space", 0) != CAPSA_NOT_FOUND);
  capsa_arena_free(arena);
}

/* What was undone is forgotten by nobody: a label is words again, a paragraph
 * stands alone, a bracket ends where its paragraph does. */
static void test_undone__leaves_the_text_as_printed(void) {
  static const char *const printed[] = {
      "tha t is so. It is thin, and tha t is so.",
      "high- handed",
      "about it with\nevery clerk",
      "of the court\nwho never",
      "BLO T A.: Then warm it",
      "weather in the\nmountains.]",
      "QUILL CLARA; With what?",
  };
  capsa_arena *arena = capsa_arena_new();
  capsa_undone list[32];
  size_t count = 0;
  capsa_document document = parse(arena, NULL, 0);
  while (count < 32 && undo(&document, 1, list, &count, arena))
    document = parse(arena, list, count);
  for (size_t i = 0; i < sizeof printed / sizeof *printed; i++)
    if (!CHECK(capsa_slice_finds(document.text, printed[i], 0) !=
               CAPSA_NOT_FOUND))
      CHECK_TEXT(document.text, printed[i]);
  capsa_arena_free(arena);
}

void test_undone(void) {
  RUN(test_undone__takes_one_repair_back_and_no_other);
  RUN(test_undone__takes_all_back_in_any_order);
  RUN(test_undone__takes_a_whole_rule_back);
  RUN(test_undone__leaves_the_text_as_printed);
}
