/* arena.c -- blocks of memory in a chain, handed out from the front.
 *
 * The newest block serves; a request that does not fit opens a larger one.
 * Sizes double, so n bytes cost O(log n) calls of malloc. Reset keeps the
 * largest block, which then serves a request of the same size alone.
 */
#include "base/arena.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"

#define FIRST_BLOCK 4096
#define LARGEST_STEP ((size_t)4 << 20)
#define ALIGN sizeof(max_align_t)

typedef struct block {
  struct block *older;
  size_t size, used; /* of data */
  max_align_t data[];
} block;

struct capsa_arena {
  block *newest;
  bool failed;
};

capsa_arena *capsa_arena_new(void) {
  capsa_arena *arena = capsa_mem_alloc(sizeof *arena);
  if (arena) *arena = (capsa_arena){0};
  return arena;
}

static void free_from(block *b) {
  while (b) {
    block *older = b->older;
    capsa_mem_free(b);
    b = older;
  }
}

void capsa_arena_reset(capsa_arena *arena) {
  arena->failed = false;
  block *largest = arena->newest;
  for (block *b = arena->newest; b; b = b->older)
    if (b->size > largest->size) largest = b;
  if (!largest) return;
  for (block *b = arena->newest; b;) {
    block *older = b->older;
    if (b != largest) capsa_mem_free(b);
    b = older;
  }
  largest->older = NULL;
  largest->used = 0;
  arena->newest = largest;
}

void capsa_arena_free(capsa_arena *arena) {
  if (!arena) return;
  free_from(arena->newest);
  capsa_mem_free(arena);
}

static block *open_block(capsa_arena *arena, size_t least) {
  size_t size = arena->newest ? arena->newest->size * 2 : FIRST_BLOCK;
  if (size > LARGEST_STEP) size = LARGEST_STEP;
  if (size < least) size = least;
  block *b = capsa_mem_alloc(sizeof *b + size);
  if (!b) return NULL;
  *b = (block){.older = arena->newest, .size = size};
  return arena->newest = b;
}

void *capsa_arena_alloc(capsa_arena *arena, size_t size) {
  if (arena->failed) return NULL;
  if (size > PTRDIFF_MAX / 2) {
    arena->failed = true;
    return NULL;
  }
  size = (size + ALIGN - 1) / ALIGN * ALIGN;
  block *b = arena->newest;
  if (!b || b->size - b->used < size) b = open_block(arena, size);
  if (!b) {
    arena->failed = true;
    return NULL;
  }
  void *ptr = (char *)b->data + b->used;
  b->used += size;
  return memset(ptr, 0, size);
}

capsa_slice capsa_arena_copy(capsa_arena *arena, capsa_slice text) {
  if (!text.len) return (capsa_slice){0};
  char *ptr = capsa_arena_alloc(arena, text.len);
  if (!ptr) return (capsa_slice){0};
  memcpy(ptr, text.ptr, text.len);
  return (capsa_slice){ptr, text.len};
}

char *capsa_arena_string(capsa_arena *arena, capsa_slice text) {
  char *ptr = capsa_arena_alloc(arena, text.len + 1);
  if (ptr && text.len) memcpy(ptr, text.ptr, text.len);
  return ptr;
}

bool capsa_arena_failed(const capsa_arena *arena) { return arena->failed; }

void *capsa_arena_grow(capsa_arena *arena, void *items, size_t count,
                       size_t *cap, size_t item_size) {
  assert(count <= *cap);
  if (count < *cap) return items;
  size_t more = *cap ? *cap * 2 : 8;
  void *grown = capsa_arena_alloc(arena, more * item_size);
  if (!grown) return NULL;
  if (count) memcpy(grown, items, count * item_size);
  *cap = more;
  return grown;
}

bool capsa_list_add(capsa_arena *arena, void **items, size_t *count,
                    size_t *cap, size_t item_size) {
  void *grown = capsa_arena_grow(arena, *items, *count, cap, item_size);
  if (!grown) return false;
  *items = grown;
  memset((char *)grown + *count * item_size, 0, item_size);
  ++*count;
  return true;
}
