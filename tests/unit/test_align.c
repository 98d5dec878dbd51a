#include "document/align.h"

#include "base/buf.h"
#include <string.h>

#include "base/mem.h"
#include "base/slice.h"
#include "sample.h"
#include "tap.h"

/* A block for each line: `# words` is a heading, `Name> words` a turn, anything
 * else a paragraph. */
static capsa_document script(capsa_arena *arena, const char *lines) {
  capsa_document document = sample_document(arena, "script", lines);
  capsa_block *blocks = (capsa_block *)document.blocks;
  for (size_t i = 0; i < document.block_count; i++) {
    capsa_block *block = &blocks[i];
    if (!capsa_slice_starts(block->text, "# ")) continue;
    block->kind = CAPSA_BLOCK_HEADING;
    block->level = 2;
    block->text = capsa_slice_from(block->text, 2);
  }
  return document;
}

static capsa_alignment align(capsa_arena *arena, const capsa_document *one,
                             const capsa_document *other) {
  capsa_alignment alignment = {0};
  CHECK_STATUS(capsa_documents_align(one, other, arena, &alignment), CAPSA_OK);
  return alignment;
}

/* Every block of both is in one pair, and the pairs are in order. */
static bool is_whole(const capsa_alignment *alignment,
                     const capsa_document *one, const capsa_document *other) {
  uint32_t next = 1, next_other = 1;
  for (size_t i = 0; i < alignment->count; i++) {
    const capsa_aligned *pair = &alignment->items[i];
    bool both = pair->one_count && pair->other_count;
    if (pair->one_first != next || pair->other_first != next_other ||
        !(pair->one_count + pair->other_count) || pair->confidence < 0 ||
        pair->confidence > 100 || both != (pair->confidence > 0))
      return false;
    next += pair->one_count;
    next_other += pair->other_count;
  }
  return next == one->block_count + 1 && next_other == other->block_count + 1;
}

/* "1=1 2-3=2 …", with 0 for nothing. */
static capsa_slice show(capsa_arena *arena, const capsa_alignment *alignment) {
  capsa_buf buf = {0};
  capsa_slice out = {0};
  for (size_t i = 0; i < alignment->count; i++) {
    const capsa_aligned *p = &alignment->items[i];
    if (i) capsa_buf_putc(&buf, ' ');
    capsa_buf_putf(&buf, "%u", p->one_count ? p->one_first : 0);
    if (p->one_count > 1)
      capsa_buf_putf(&buf, "-%u", p->one_first + p->one_count - 1);
    capsa_buf_putf(&buf, "=%u", p->other_count ? p->other_first : 0);
    if (p->other_count > 1)
      capsa_buf_putf(&buf, "-%u", p->other_first + p->other_count - 1);
  }
  CHECK_STATUS(capsa_buf_take(&buf, arena, &out), CAPSA_OK);
  return out;
}

#define LONG                                                                   \
  "Everyone has the right to ink of his own choice, and to the pens that he "  \
  "needs for it."
#define LONGER                                                                 \
  LONG " No one shall be deprived of blotting paper, in peace or in war, by "  \
       "day or by night."

static void test_align__pairs_what_says_the_same(void) {
  static const struct {
    const char *one, *other, *pairs;
  } cases[] = {
      {"# Article 1\na\n# Article 2\nb", "# Статья 1\nа\n# Статья 2\nб",
       "1=1 2=2 3=3 4=4"},
      /* a heading without its number, a paragraph more, an article less */
      {"# Preamble\n" LONG "\n# Article premier\n" LONG "\n# Article 2\n" LONG,
       "# 序言\n人人有权使用墨水。\n# 第一条\n人人有权使用墨水。\n# 第二条\n"
       "人人有权使用墨水。",
       "1=1 2=2 3=3 4=4 5=5 6=6"},
      {"# Article 1\n" LONG "\n# Article 2\n" LONG "\n# Article 3\n" LONG,
       "# Article 1\n" LONG "\n# Article 3\n" LONG, "1=1 2=2 3-4=0 5=3 6=4"},
      /* one paragraph is two */
      {"# 1\n" LONGER "\n" LONG,
       "# 1\n" LONG "\nNo one shall be deprived of "
       "blotting paper, in peace or in war, by day "
       "or by night.\n" LONG,
       "1=1 2=2-3 3=4"},
      /* turns keep their order; the editor's remark is in one text only */
      {"A> Yes.\nB> " LONG "\nA> No.",
       "A> Ja.\n[Sie lachen.]\nB> " LONG "\nA> Nein.", "1=1 0=2 2=3 3=4"},
      {"x", "y", "1=1"},
      {"# 1\n" LONGER "\n# 2\n" LONGER "\n# 3\n" LONGER,
       "# 1\n" LONGER "\n# A note\n" LONG "\n# 2\n" LONGER "\n# 3\n" LONGER,
       "1=1 2=2 0=3-4 3=5 4=6 5=7 6=8"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_document one = script(arena, cases[i].one);
    capsa_document other = script(arena, cases[i].other);
    capsa_alignment alignment = align(arena, &one, &other);
    CHECK(is_whole(&alignment, &one, &other));
    CHECK_TEXT(show(arena, &alignment), cases[i].pairs);
    capsa_arena_free(arena);
  }
}

/* ---- properties, over documents made by chance with a fixed seed */

static uint32_t state = 20240607;

static uint32_t chance(uint32_t below) {
  state = state * 1664525 + 1013904223;
  return (state >> 8) % below;
}

static capsa_document random_document(capsa_arena *arena, size_t blocks) {
  capsa_buf buf = {0};
  capsa_slice text = {0};
  for (size_t i = 0; i < blocks; i++) {
    uint32_t kind = chance(8);
    if (i) capsa_buf_putc(&buf, '\n');
    if (kind == 0) capsa_buf_putf(&buf, "# Article %u", chance(20));
    if (kind == 1) capsa_buf_puts(&buf, "# Of ");
    if (kind > 4) capsa_buf_putf(&buf, "%c> ", 'A' + (char)chance(4));
    for (uint32_t n = chance(60); n > 0; n--) capsa_buf_puts(&buf, "word ");
    capsa_buf_putc(&buf, '.');
  }
  CHECK_STATUS(capsa_buf_take(&buf, arena, &text), CAPSA_OK);
  return script(arena, capsa_arena_string(arena, text));
}

static void test_align__covers_every_block_once_in_order(void) {
  for (int i = 0; i < 200; i++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_document one = random_document(arena, 1 + chance(60));
    capsa_document other = random_document(arena, 1 + chance(60));
    capsa_alignment alignment = align(arena, &one, &other);
    CHECK(is_whole(&alignment, &one, &other));
    capsa_arena_free(arena);
  }
}

static void test_align__pairs_a_document_with_itself(void) {
  for (int i = 0; i < 100; i++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_document one = random_document(arena, 1 + chance(600));
    capsa_alignment alignment = align(arena, &one, &one);
    CHECK(is_whole(&alignment, &one, &one));
    CHECK_NUMBER(alignment.count, one.block_count);
    capsa_arena_free(arena);
  }
}

/* ---- limits */

/* So many paragraphs of one letter. */
static capsa_document letters(capsa_arena *arena, size_t count) {
  capsa_block *blocks = capsa_arena_alloc(arena, count * sizeof *blocks);
  for (size_t i = 0; i < count; i++)
    blocks[i] =
        (capsa_block){.number = (uint32_t)i + 1, .text = CAPSA_LITERAL("a")};
  return (capsa_document){.blocks = blocks, .block_count = count};
}

static void test_align__takes_too_long_a_text_as_a_whole(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document most = letters(arena, CAPSA_ALIGN_BLOCKS_MAX);
  capsa_document more = letters(arena, CAPSA_ALIGN_BLOCKS_MAX + 1);
  capsa_document few = letters(arena, 3);
  capsa_alignment alignment = align(arena, &most, &few);
  CHECK(is_whole(&alignment, &most, &few));
  CHECK(alignment.count > 1);
  alignment = align(arena, &most, &most);
  CHECK_NUMBER(alignment.count, CAPSA_ALIGN_BLOCKS_MAX);
  alignment = align(arena, &few, &more);
  CHECK(is_whole(&alignment, &few, &more));
  CHECK_NUMBER(alignment.count, 1);
  capsa_arena_free(arena);
}

static void test_align__survives_any_failed_allocation(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_document one = random_document(arena, 300);
  capsa_document other = random_document(arena, 200);
  capsa_status st = CAPSA_ENOMEM;
  int n = 0;
  for (; st == CAPSA_ENOMEM && n < 1000; n++) {
    capsa_alignment alignment;
    size_t live = capsa_mem_live();
    capsa_mem_fail_after(n);
    capsa_arena *request = capsa_arena_new();
    st = request ? capsa_documents_align(&one, &other, request, &alignment)
                 : CAPSA_ENOMEM;
    capsa_arena_free(request);
    capsa_mem_fail_after(-1);
    CHECK_NUMBER(capsa_mem_live(), live);
  }
  CHECK_STATUS(st, CAPSA_OK);
  CHECK(n > 3);
  capsa_arena_free(arena);
}

void test_align(void) {
  RUN(test_align__pairs_what_says_the_same);
  RUN(test_align__covers_every_block_once_in_order);
  RUN(test_align__pairs_a_document_with_itself);
  RUN(test_align__takes_too_long_a_text_as_a_whole);
  RUN(test_align__survives_any_failed_allocation);
}
