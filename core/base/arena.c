/* arena.c -- blocks of memory in a chain, handed out from the front.
 *
 * The newest block serves; a request that does not fit opens a larger one.
 * Sizes double, so n bytes cost O(log n) calls of malloc. A large request has
 * a block of its own behind the newest, which goes on serving; such a block
 * can grow with its only tenant. Reset keeps the largest block, which then
 * serves a request of the same size alone.
 */
#include "base/arena.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"

#define FIRST_BLOCK 4096
#define LARGEST_STEP ((size_t)1 << 20)
#define OWN_BLOCK (LARGEST_STEP / 4) /* a request of its own block */
#define ALIGN sizeof(max_align_t)
#define FIRST_ITEMS 128 /* bytes that a list begins with */

typedef struct block {
  struct block *older;
  void *adopted;     /* goes with this block, which then has no data */
  size_t size, used; /* of data */
  bool own;          /* of one request */
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

/* Frees `b` and what is older, all but `kept`. */
static void free_from(block *b, const block *kept) {
  while (b) {
    block *older = b->older;
    capsa_mem_free(b->adopted);
    if (b == kept) b->adopted = NULL;
    else capsa_mem_free(b);
    b = older;
  }
}

void capsa_arena_reset(capsa_arena *arena) {
  arena->failed = false;
  block *largest = arena->newest;
  for (block *b = arena->newest; b; b = b->older)
    if (b->size > largest->size) largest = b;
  if (!largest) return;
  free_from(arena->newest, largest);
  largest->older = NULL;
  largest->used = 0;
  largest->own = false;
  arena->newest = largest;
}

void capsa_arena_free(capsa_arena *arena) {
  if (!arena) return;
  free_from(arena->newest, NULL);
  capsa_mem_free(arena);
}

static block *open_block(capsa_arena *arena, size_t least) {
  block *newest = arena->newest;
  size_t size = newest ? newest->size * 2 : FIRST_BLOCK;
  if (size > LARGEST_STEP) size = LARGEST_STEP;
  bool own = newest && least >= OWN_BLOCK;
  if (size < least || own) size = least;
  block *b = capsa_mem_alloc(sizeof *b + size);
  if (!b) return NULL;
  *b = (block){.older = own ? newest->older : newest, .size = size, .own = own};
  if (own) newest->older = b;
  else arena->newest = b;
  return b;
}

static void *take(capsa_arena *arena, size_t size, size_t align) {
  if (arena->failed) return NULL;
  block *b = arena->newest;
  size_t start = b ? (b->used + align - 1) & ~(align - 1) : 0;
  if (!b || start > b->size || b->size - start < size) {
    b = size > PTRDIFF_MAX / 2 ? NULL : open_block(arena, size);
    start = 0;
  }
  if (!b) {
    arena->failed = true;
    return NULL;
  }
  b->used = start + size;
  return (char *)b->data + start;
}

void *capsa_arena_alloc(capsa_arena *arena, size_t size) {
  void *ptr = take(arena, size, ALIGN);
  return ptr ? memset(ptr, 0, size) : NULL;
}

char *capsa_arena_bytes(capsa_arena *arena, size_t size) {
  return take(arena, size, 1);
}

/* Where the chain holds the block that `ptr` has to itself; NULL where it has
 * none. Such blocks are large, so that there are few. */
static block **own_block(capsa_arena *arena, const void *ptr) {
  if (!arena->newest || !ptr) return NULL;
  for (block **at = &arena->newest->older; *at; at = &(*at)->older)
    if ((*at)->own && ptr == (*at)->data) return at;
  return NULL;
}

static void *grow_own(capsa_arena *arena, const void *ptr, size_t size) {
  block **at = own_block(arena, ptr);
  if (!at || size > PTRDIFF_MAX / 2) return NULL;
  block *b = capsa_mem_resize(*at, sizeof *b + size);
  if (!b) return NULL;
  *at = b;
  b->size = b->used = size;
  return b->data;
}

void capsa_arena_release(capsa_arena *arena, const void *ptr) {
  block **at = own_block(arena, ptr);
  if (!at) return;
  block *b = *at;
  *at = b->older;
  capsa_mem_free(b);
}

void *capsa_arena_resize(capsa_arena *arena, void *ptr, size_t old_size,
                         size_t size) {
  block *b = arena->newest;
  if (ptr && size <= old_size) return ptr;
  if (ptr && (char *)ptr + old_size == (char *)b->data + b->used &&
      size - old_size <= b->size - b->used && !arena->failed) {
    b->used += size - old_size;
    return ptr;
  }
  void *grown = old_size >= OWN_BLOCK && !arena->failed
                    ? grow_own(arena, ptr, size)
                    : NULL;
  if (grown) return grown;
  grown = take(arena, size, ALIGN);
  if (grown && old_size) memcpy(grown, ptr, old_size);
  return grown;
}

bool capsa_arena_adopt(capsa_arena *arena, void *ptr) {
  if (arena->failed) return false;
  block *b = capsa_mem_alloc(sizeof *b);
  if (!b) return false;
  block *newest = arena->newest;
  *b = (block){.adopted = ptr, .older = newest ? newest->older : NULL};
  if (newest) newest->older = b;
  else arena->newest = b;
  return true;
}

capsa_slice capsa_arena_copy(capsa_arena *arena, capsa_slice text) {
  if (!text.len) return (capsa_slice){0};
  char *ptr = capsa_arena_bytes(arena, text.len);
  if (!ptr) return (capsa_slice){0};
  memcpy(ptr, text.ptr, text.len);
  return (capsa_slice){ptr, text.len};
}

char *capsa_arena_string(capsa_arena *arena, capsa_slice text) {
  char *ptr = capsa_arena_bytes(arena, text.len + 1);
  if (!ptr) return NULL;
  if (text.len) memcpy(ptr, text.ptr, text.len);
  ptr[text.len] = '\0';
  return ptr;
}

bool capsa_arena_failed(const capsa_arena *arena) { return arena->failed; }

void capsa_arena_fail(capsa_arena *arena) { arena->failed = true; }

void *capsa_arena_grow(capsa_arena *arena, void *items, size_t count,
                       size_t *cap, size_t item_size) {
  assert(count <= *cap);
  if (count < *cap) return items;
  size_t first = item_size < FIRST_ITEMS ? FIRST_ITEMS / item_size : 1;
  size_t more = *cap ? *cap * 2 : first;
  void *grown =
      capsa_arena_resize(arena, items, *cap * item_size, more * item_size);
  if (grown) *cap = more;
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
