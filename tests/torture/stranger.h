/* stranger.h -- library files that a hostile hand made out of good ones.
 *
 *   stranger_fill       a library that has some of everything
 *   stranger_add_base   bytes of a good library that may be changed
 *   stranger_make       a changed one, by a program
 *
 * A program is a list of bytes. The first says which base is changed, and
 * whether the pages get digests that fit when all is done: nobody keeps a
 * stranger from writing them. Then come orders of four bytes: change a byte, a
 * page's header, a cell's pointer; put one page in the place of another; cut
 * the file; or run SQL on rows, on the schema, on what indexes keep. Which
 * tables there are is asked of the file, so that a new schema is attacked too.
 * Every program makes something, and nearly a library.
 */
#ifndef CAPSA_TESTS_TORTURE_STRANGER_H
#define CAPSA_TESTS_TORTURE_STRANGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "capsa/capsa.h"

#define STRANGER_BASES_MAX 5
#define STRANGER_ORDER 4
#define STRANGER_ORDERS_MAX 16

/** In an order: its first byte from here on means SQL, from there on rows. */
#define STRANGER_SQL 128
#define STRANGER_ROWS 192

/** In a program's first byte. */
#define STRANGER_UNSEALED 0x80

typedef struct stranger_file {
  unsigned char *bytes; /* malloc'd */
  size_t len;
} stranger_file;

/** Add records, notes, settings, versions, undone repairs. @return the first
 * status that is not CAPSA_OK */
capsa_status stranger_fill(capsa_library *library);

/** Small pages for the library at `path`, so that its trees are deep. */
void stranger_shrink(const char *path);

/** Keep a copy of these bytes as one more base. */
void stranger_add_base(const void *bytes, size_t len);
size_t stranger_base_count(void);
const stranger_file *stranger_base(size_t number);

/** @param size  of the program; an empty one makes nothing of the first base
 * @return bytes to be freed */
stranger_file stranger_make(const uint8_t *program, size_t size);

/** What an order does, for words; static. */
const char *stranger_order_name(const uint8_t order[STRANGER_ORDER]);

#endif
