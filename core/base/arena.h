/* arena.h -- what the core asks of a capsa_arena (capsa/base.h).
 *
 *   capsa_arena_alloc, capsa_arena_copy, capsa_arena_failed
 *   capsa_arena_resize, capsa_arena_adopt
 *   CAPSA_LIST: a typed list that grows in an arena
 *
 * A failed allocation is sticky: later ones return NULL too, until the next
 * reset, so that code that builds many small things checks once, at the end.
 */
#ifndef CAPSA_CORE_BASE_ARENA_H
#define CAPSA_CORE_BASE_ARENA_H

#include "capsa/base.h"

/** `size` zeroed bytes aligned for any type, or NULL. */
void *capsa_arena_alloc(capsa_arena *arena, size_t size);

/** `size` bytes, NOT cleared and NOT aligned: for text. NULL when memory is
 * out. */
char *capsa_arena_bytes(capsa_arena *arena, size_t size);

/**
 * Like realloc, of memory that the arena gave: in place where it is the
 * newest. What is new is not cleared. NULL is allowed for `ptr`.
 * @return NULL when memory is out, and then the old memory is still good
 */
void *capsa_arena_resize(capsa_arena *arena, void *ptr, size_t old_size,
                         size_t size);

/** Give memory of the arena back before the rest, where it is large enough to
 * be a block of its own; else nothing happens. NULL is allowed. */
void capsa_arena_release(capsa_arena *arena, const void *ptr);

/** Take over memory of capsa_mem_alloc: it goes with the arena. @return false
 * when memory is out; then it is still the caller's */
bool capsa_arena_adopt(capsa_arena *arena, void *ptr);

/** A copy of `text` that lives in the arena; empty when memory is out. */
capsa_slice capsa_arena_copy(capsa_arena *arena, capsa_slice text);

/** A zero-terminated copy, or NULL. */
char *capsa_arena_string(capsa_arena *arena, capsa_slice text);

/** Has an allocation failed since the last reset? */
bool capsa_arena_failed(const capsa_arena *arena);

/** Let it count as failed: memory for the same request ran out elsewhere. */
void capsa_arena_fail(capsa_arena *arena);

/**
 * Make room for one more item in a list whose memory is in an arena.
 *
 * @param items  the list's memory, NULL at first
 * @param count  items in use
 * @param cap    items there is room for; updated
 * @return the memory, moved if it had to grow; NULL when memory is out, and
 *         then the old memory is still good
 */
void *capsa_arena_grow(capsa_arena *arena, void *items, size_t count,
                       size_t *cap, size_t item_size);

/** Declares a list of `type`: {type *items; size_t count, cap;}. */
#define CAPSA_LIST(type)                                                       \
  struct {                                                                     \
    type *items;                                                               \
    size_t count, cap;                                                         \
  }

/** Add a zeroed item to a CAPSA_LIST. Expands to a pointer to it, or NULL. */
#define CAPSA_LIST_ADD(arena, list)                                            \
  (capsa_list_add((arena), (void **)&(list)->items, &(list)->count,            \
                  &(list)->cap, sizeof *(list)->items)                         \
       ? &(list)->items[(list)->count - 1]                                     \
       : NULL)

/** The function behind CAPSA_LIST_ADD. */
bool capsa_list_add(capsa_arena *arena, void **items, size_t *count,
                    size_t *cap, size_t item_size);

#endif
