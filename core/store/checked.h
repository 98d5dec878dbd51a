/* checked.h -- a digest in every page of a library, so that damage is told
 * from data.
 *
 *   capsa_checked_install    a VFS over the one that was the default
 *   capsa_checked_new        a database that is made gets the digests
 *
 * SQLite notices damage to its trees, not to what stands in them: of 10,000
 * flips in a library, one in ten gave other words and no error
 * (tests/torture/flips.c). So each page keeps its last 8 bytes, which SQLite
 * sets aside on request, for a digest of the rest and of its place. It is
 * written with the page and compared whenever the page comes from the file; a
 * page that does not fit is SQLITE_IOERR_DATA, CAPSA_ECORRUPT for us. Half a
 * microsecond a page.
 *
 * What is no plain file (a folder, a pipe, a device) is not opened at all:
 * SQLITE_CANTOPEN_ISDIR.
 *
 * A file without digests (made by an older Capsa, by sqlite3, in memory) is
 * read and written as it is. One with digests is an ordinary database to any
 * SQLite; but pages that another program writes have no digest that fits, and
 * are refused afterwards.
 */
#ifndef CAPSA_CORE_STORE_CHECKED_H
#define CAPSA_CORE_STORE_CHECKED_H

#include "sqlite3.h"

/** Bytes of each page that SQLite leaves to us. */
#define CAPSA_CHECKED_BYTES 8

/** Make the VFS the default, once; every database that is opened from then on
 * goes through it. @return a SQLite code */
int capsa_checked_install(void);

/** Ask for digests in `db`, which was just opened; nothing happens where it
 * is no new file. */
void capsa_checked_new(sqlite3 *db);

/** Write the digest of `page` as it lies at byte `at` of a file into its last
 * bytes. @param len  of the page, a multiple of 16 */
void capsa_checked_seal(void *page, int len, sqlite3_int64 at);

/** Does the digest in the page fit? */
int capsa_checked_fits(const void *page, int len, sqlite3_int64 at);

#endif
