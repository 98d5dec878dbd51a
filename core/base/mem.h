/* mem.h -- the only door to malloc, so that every allocation can be made to
 * fail in a test.
 *
 *   capsa_mem_alloc, capsa_mem_resize, capsa_mem_free
 *   capsa_mem_fail_after, capsa_mem_live        for tests
 */
#ifndef CAPSA_CORE_BASE_MEM_H
#define CAPSA_CORE_BASE_MEM_H

#include <stddef.h>

/** `size` bytes, not cleared, or NULL. Size 0 gives a unique pointer. */
void *capsa_mem_alloc(size_t size);

/** Like realloc: on failure NULL, and `ptr` stays as it was. */
void *capsa_mem_resize(void *ptr, size_t size);

/** NULL is allowed. */
void capsa_mem_free(void *ptr);

/** Let the next `count` allocations succeed and all later ones fail; a
 * negative count switches this off. */
void capsa_mem_fail_after(int count);

/** Allocations that are not freed yet. */
size_t capsa_mem_live(void);

#endif
