/* markdown_memory.c -- memory for cmark: an arena that goes when the tree goes.
 *
 * A parse is then about twice as fast as with malloc. What cmark gives back is
 * given out again, from a list for each size: paragraphs as it read them are
 * done with before their words are all there, and memory is halved. The size of
 * a piece stands before it. Sizes are multiples of eight bytes, which is as
 * much as anything in cmark is aligned to.
 *
 * cmark cannot be told that memory is out: it would go on and write to nothing.
 * So it is left where it stands, by a jump; it keeps nothing outside its tree.
 */
#include <setjmp.h>
#include <string.h>

#include "base/arena.h"
#include "document/formats/markdown/markdown_reader.h"

/* Up to so many bytes there is a list for each size, then for each power of
 * two: the piece that is asked for is taken from one where all are as large. */
#define EXACT_MAX 1024
#define EXACT_LISTS (EXACT_MAX / 8 + 1)
#define LISTS (EXACT_LISTS + 64)

typedef struct piece {
  uint64_t size;
  struct piece
      *next; /* while it is free; else the first bytes of its content */
} piece;

#define HEAD offsetof(piece, next)

/* cmark's hooks carry no context. */
static capsa_arena *arena;
static jmp_buf memory_is_out;
static piece *lists[LISTS];

static size_t power_of(size_t size) {
  size_t power = 0;
  while (size >>= 1) power++;
  return power;
}

static size_t whole(size_t size) {
  return size < 8 ? 8 : (size + 7) & ~(size_t)7;
}

/* @param size  whole */
static void *take(size_t size) {
  size_t list =
      size <= EXACT_MAX ? size / 8 : EXACT_LISTS + power_of(size - 1) + 1;
  piece *p = lists[list];
  if (p) {
    lists[list] = p->next;
    return &p->next;
  }
  p = (piece *)(void *)capsa_arena_bytes(arena, HEAD + size);
  if (!p) longjmp(memory_is_out, 1);
  p->size = size;
  return &p->next;
}

static piece *piece_of(void *ptr) {
  return (piece *)(void *)((char *)ptr - HEAD);
}

static void give_back(void *ptr) {
  if (!ptr) return;
  piece *p = piece_of(ptr);
  size_t list = p->size <= EXACT_MAX ? (size_t)p->size / 8
                                     : EXACT_LISTS + power_of((size_t)p->size);
  p->next = lists[list];
  lists[list] = p;
}

static void *take_zeroed(size_t count, size_t size) {
  size = whole(size * count);
  return memset(take(size), 0, size);
}

static void *resize(void *old, size_t size) {
  if (!old) return take(whole(size));
  piece *p = piece_of(old);
  if (p->size >= size) return old;
  void *more = take(whole(size));
  memcpy(more, old, (size_t)p->size);
  give_back(old);
  return more;
}

cmark_mem capsa_markdown_memory = {take_zeroed, resize, give_back};

bool capsa_markdown_memory_run(void (*work)(void *context), void *context) {
  memset(lists, 0, sizeof lists);
  arena = capsa_arena_new();
  if (!arena) return false;
  volatile bool done = false; /* it is set behind setjmp */
  if (!setjmp(memory_is_out)) {
    work(context);
    done = true;
  }
  capsa_arena_free(arena);
  arena = NULL;
  return done;
}
