/* opfs.h -- the VFS of the wasm build: SQLite over the browser's files.
 *
 *   sqlite3_os_init / sqlite3_os_end   called by SQLite itself, which is built
 *                                      with SQLITE_OS_OTHER=1
 *   capsa_js_file_*                    opfs.js: the other half of the pair
 *
 * JavaScript sets `Module.capsaFiles` before a library is opened: an object
 * with one method
 *
 *   open(name, create) -> handle, or null where there is no such file
 *
 * A handle has the interface of the browser's FileSystemSyncAccessHandle:
 * read(view, {at}) and write(view, {at}) return the bytes they moved,
 * truncate(size), flush(), getSize(), close(). In the page's worker the
 * handles are opened beforehand, one per plain file, because only opening is
 * asynchronous there (web/engine/storage.js); `close` then only says that
 * SQLite is done. In Node they are files of the disk (tests/node-files.js).
 *
 * What SQLite is promised, and what not:
 * - Three plain files per library: NAME, NAME-journal, NAME-wal. A copy of
 *   NAME taken while no transaction is open is the library.
 * - A file exists when its size is above 0. To delete is to truncate and
 *   flush, since a handle outlives its file's name.
 * - A size is asked for each time, never remembered: one kept across a
 *   truncate broke a database in trials.
 * - xSync is flush(). Sectors of 4096 bytes, and no claim of atomic writes,
 *   safe append or power-safe overwrite.
 * - One connection per file: locks always succeed, there is no shared memory,
 *   so WAL needs locking_mode=EXCLUSIVE. Who may open the files at all is
 *   settled before, by a lock of the browser (web/engine/session.js).
 * - Files without a name are refused: build with SQLITE_TEMP_STORE=3.
 * - Every exception of JavaScript is caught. Out of quota is SQLITE_FULL, and
 *   so is a write of anything but all bytes (Firefox returns a short count);
 *   NoModificationAllowedError is SQLITE_IOERR_LOCK, SecurityError and
 *   NotAllowedError are SQLITE_IOERR_AUTH, a folder is SQLITE_CANTOPEN_ISDIR;
 * the rest, such as InvalidStateError after a sleep, is the SQLITE_IOERR of
 * what was tried.
 */
#ifndef CAPSA_CORE_STORE_OPFS_H
#define CAPSA_CORE_STORE_OPFS_H

/* Offsets and sizes are double: exact to 2^53, and 64-bit integers do not
 * cross to JavaScript without BigInt. `file` is a number that opfs.js gives.
 * Functions return a SQLite code unless they say otherwise. */

/** What capsa_js_file_open gives for a folder (TypeMismatchError). */
#define CAPSA_JS_FOLDER (-3)

/** @return a file's number, -1 where there is none, -2 where it is refused: a
 * journal that cannot be read must not count as one that is not there */
int capsa_js_file_open(const char *name, int create);
int capsa_js_file_close(int file);

/** @return bytes read, possibly fewer than asked for; -1 when it failed */
int capsa_js_file_read(int file, void *into, int amount, double at);
int capsa_js_file_write(int file, const void *from, int amount, double at);
int capsa_js_file_truncate(int file, double size);
int capsa_js_file_sync(int file);

/** @return bytes, or -1 when it failed */
double capsa_js_file_size(int file);

/** @return bytes of good randomness written to `into` */
int capsa_js_random(void *into, int amount);

/** @return milliseconds since 1970 */
double capsa_js_now(void);

#endif
