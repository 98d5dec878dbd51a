/* markdown_memory.c -- memory for cmark: an arena that goes when the tree goes.
 *
 * A parse is then about twice as fast as with malloc, which frees node by node.
 * Only realloc asks how large a piece is, so its size stands before it. Pieces
 * are multiples of eight bytes, which is as much as anything in cmark is
 * aligned to. cmark ends the program when memory is out; what
 * markdown_prepare.c does and the limit on a source's size keep inputs small
 * enough.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "document/formats/markdown_reader.h"

static capsa_arena *arena; /* cmark's hooks carry no context */

static size_t whole(size_t size) { return ((size + 7) & ~(size_t)7) + 8; }

static void *with_size(char *piece, size_t size) {
  if (!piece) abort();
  uint64_t stored = size;
  memcpy(piece, &stored, sizeof stored);
  return piece + sizeof stored;
}

static void *take_zeroed(size_t count, size_t size) {
  size *= count;
  char *piece = capsa_arena_bytes(arena, whole(size));
  return memset(with_size(piece, size), 0, size);
}

static void *resize(void *old, size_t size) {
  if (!old) return with_size(capsa_arena_bytes(arena, whole(size)), size);
  uint64_t before;
  char *piece = (char *)old - sizeof before;
  memcpy(&before, piece, sizeof before);
  if (before >= size) return old;
  return with_size(
      capsa_arena_resize(arena, piece, whole((size_t)before), whole(size)),
      size);
}

static void free_nothing(void *ptr) { (void)ptr; }

cmark_mem capsa_markdown_memory = {take_zeroed, resize, free_nothing};

bool capsa_markdown_memory_open(void) {
  arena = capsa_arena_new();
  return arena;
}

void capsa_markdown_memory_close(void) {
  capsa_arena_free(arena);
  arena = NULL;
}
