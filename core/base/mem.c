#include "base/mem.h"

#include <stdlib.h>

static int allocations_left = -1;
static size_t live;

static int must_fail(void) {
  if (allocations_left < 0) return 0;
  if (allocations_left == 0) return 1;
  allocations_left--;
  return 0;
}

void *capsa_mem_alloc(size_t size) {
  if (must_fail()) return NULL;
  void *ptr = malloc(size ? size : 1);
  if (ptr) live++;
  return ptr;
}

void *capsa_mem_resize(void *ptr, size_t size) {
  if (!ptr) return capsa_mem_alloc(size);
  if (must_fail()) return NULL;
  return realloc(ptr, size ? size : 1);
}

void capsa_mem_free(void *ptr) {
  if (!ptr) return;
  live--;
  free(ptr);
}

void capsa_mem_fail_after(int count) { allocations_left = count; }

size_t capsa_mem_live(void) { return live; }
