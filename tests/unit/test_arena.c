#include "base/arena.h"

#include <string.h>

#include "base/mem.h"
#include "tap.h"

static void test_arena__hands_out_zeroed_aligned_memory(void) {
  capsa_arena *arena = capsa_arena_new();
  for (size_t size = 1; size < 20000; size = size * 3 + 1) {
    unsigned char *ptr = capsa_arena_alloc(arena, size);
    CHECK(ptr && (uintptr_t)ptr % _Alignof(max_align_t) == 0);
    size_t dirty = 0;
    for (size_t i = 0; i < size; i++) dirty += ptr[i] != 0;
    CHECK_NUMBER(dirty, 0);
    memset(ptr, 0xAA, size);
  }
  capsa_arena_free(arena);
  CHECK_NUMBER(capsa_mem_live(), 0);
}

static void test_arena__serves_again_after_reset(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_arena_alloc(arena, 100000);
  capsa_arena_alloc(arena, 10);
  capsa_arena_reset(arena);
  CHECK_NUMBER(capsa_mem_live(), 2); /* itself and its largest block */
  unsigned char *ptr = capsa_arena_alloc(arena, 50000);
  CHECK(ptr && ptr[0] == 0 && ptr[49999] == 0);
  CHECK_NUMBER(capsa_mem_live(), 2);
  capsa_arena_free(arena);
}

static void test_arena__fails_for_good_until_reset(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_mem_fail_after(0);
  CHECK(!capsa_arena_alloc(arena, 10));
  capsa_mem_fail_after(-1);
  CHECK(!capsa_arena_alloc(arena, 10));
  CHECK(capsa_arena_failed(arena));
  capsa_arena_reset(arena);
  CHECK(!capsa_arena_failed(arena));
  CHECK(capsa_arena_alloc(arena, 10) != NULL);
  CHECK(!capsa_arena_alloc(arena, SIZE_MAX - 4));
  capsa_arena_free(arena);
}

static void test_arena__lists_keep_their_items_while_they_grow(void) {
  capsa_arena *arena = capsa_arena_new();
  CAPSA_LIST(int) list = {0};
  for (int i = 0; i < 1000; i++) {
    int *item = CAPSA_LIST_ADD(arena, &list);
    CHECK(item != NULL);
    if (item) *item = i;
  }
  CHECK_NUMBER(list.count, 1000);
  int wrong = 0;
  for (int i = 0; i < 1000; i++) wrong += list.items[i] != i;
  CHECK_NUMBER(wrong, 0);
  capsa_arena_free(arena);
}

/* The newest piece grows where it is, an older one moves; what it held comes
 * along either way, also when it has a block of its own. */
static void test_arena__resizes_and_keeps_what_was_there(void) {
  capsa_arena *arena = capsa_arena_new();
  size_t wrong = 0, moved = 0, size = 16;
  capsa_arena_alloc(arena, 1);
  unsigned char *ptr = capsa_arena_resize(arena, NULL, 0, size);
  memset(ptr, 7, size);
  for (int i = 0; i < 200; i++) {
    if (i % 3 == 2) capsa_arena_alloc(arena, 24);
    size_t more = size + size / 8;
    unsigned char *grown = capsa_arena_resize(arena, ptr, size, more);
    moved += grown != ptr;
    for (size_t k = 0; k < size; k++) wrong += grown[k] != 7;
    ptr = grown;
    if (more > (1u << 22)) break;
    memset(ptr + size, 7, more - size);
    size = more;
  }
  CHECK_NUMBER(wrong, 0);
  CHECK(moved > 10 && moved < 100);
  CHECK(capsa_arena_resize(arena, ptr, size, 5) == ptr);
  CHECK(!capsa_arena_resize(arena, ptr, size, SIZE_MAX - 4));
  capsa_arena_free(arena);
  CHECK_NUMBER(capsa_mem_live(), 0);
}

enum { PIECE = 30000, PIECES = 100 };

/* Piece `i` of many grows: how many bytes of the others change? */
static size_t harm(capsa_arena *arena, int i) {
  unsigned char *pieces[PIECES];
  size_t wrong = 0;
  capsa_arena_reset(arena);
  for (int k = 0; k < PIECES; k++) {
    pieces[k] = capsa_arena_alloc(arena, PIECE);
    memset(pieces[k], k, PIECE);
  }
  pieces[i] = capsa_arena_resize(arena, pieces[i], PIECE, 100 * PIECE);
  memset(pieces[i] + PIECE, 0xFF, 99 * PIECE);
  for (int k = 0; k < PIECES; k++)
    wrong += pieces[k][0] != k || pieces[k][PIECE - 1] != k;
  return wrong;
}

/* The first piece of a large block shares it, and must not grow with it; nor
 * may one of a block that had been another's own before a reset. */
static void test_arena__resizes_without_harm_to_neighbours(void) {
  capsa_arena *arena = capsa_arena_new();
  size_t wrong = 0;
  for (int i = 0; i < PIECES; i++) wrong += harm(arena, i);
  for (int i = 0; i < PIECES; i++) {
    capsa_arena *fresh = capsa_arena_new();
    wrong += harm(fresh, i);
    capsa_arena_free(fresh);
  }
  CHECK_NUMBER(wrong, 0);
  capsa_arena_free(arena);
}

/* A large list goes at once, whatever came after it; a small one waits. */
static void test_arena__releases_large_pieces(void) {
  capsa_arena *arena = capsa_arena_new();
  char *small = capsa_arena_alloc(arena, 100);
  char *large = capsa_arena_alloc(arena, 1 << 20);
  char *larger = capsa_arena_alloc(arena, 2 << 20);
  memset(larger, 7, 2 << 20);
  CHECK_NUMBER(capsa_mem_live(), 4);
  capsa_arena_release(arena, small);
  capsa_arena_release(arena, NULL);
  capsa_arena_release(arena, larger + 1);
  CHECK_NUMBER(capsa_mem_live(), 4);
  capsa_arena_release(arena, large);
  CHECK_NUMBER(capsa_mem_live(), 3);
  larger = capsa_arena_resize(arena, larger, 2 << 20, 4 << 20);
  CHECK(larger[0] == 7 && larger[(2 << 20) - 1] == 7);
  CHECK_NUMBER(capsa_mem_live(), 3); /* it grew where it was alone */
  capsa_arena_free(arena);
  CHECK_NUMBER(capsa_mem_live(), 0);
}

static void test_arena__adopts_memory_and_lets_it_go(void) {
  capsa_arena *arena = capsa_arena_new();
  CHECK(capsa_arena_adopt(arena, capsa_mem_alloc(100)));
  CHECK(capsa_arena_alloc(arena, 10) != NULL);
  CHECK(capsa_arena_adopt(arena, capsa_mem_alloc(100)));
  capsa_arena_reset(arena);
  CHECK_NUMBER(capsa_mem_live(), 2); /* itself and its block */
  CHECK(capsa_arena_adopt(arena, capsa_mem_alloc(100)));
  capsa_arena_free(arena);
  CHECK_NUMBER(capsa_mem_live(), 0);
}

void test_arena(void) {
  RUN(test_arena__hands_out_zeroed_aligned_memory);
  RUN(test_arena__serves_again_after_reset);
  RUN(test_arena__fails_for_good_until_reset);
  RUN(test_arena__lists_keep_their_items_while_they_grow);
  RUN(test_arena__resizes_and_keeps_what_was_there);
  RUN(test_arena__resizes_without_harm_to_neighbours);
  RUN(test_arena__releases_large_pieces);
  RUN(test_arena__adopts_memory_and_lets_it_go);
}
