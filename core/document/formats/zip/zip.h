/* zip.h -- the files in a zip, read safely from its central directory.
 *
 *   capsa_zip            a zip that is open: its members, in the zip's order
 *   capsa_zip_member     one file in it; folders are none
 *   capsa_zip_open, _read, _head, _find
 *   capsa_zip_is, _holds     without opening
 *
 * Nothing is ever written to a disk; a member whose name would lead out of a
 * folder is marked all the same and not read, since its zip was made to harm.
 * The bytes of the zip are borrowed as long as it is in use.
 */
#ifndef CAPSA_CORE_DOCUMENT_FORMATS_ZIP_H
#define CAPSA_CORE_DOCUMENT_FORMATS_ZIP_H

#include "base/arena.h"
#include "capsa/document.h"

/** Members, folders included. */
#define CAPSA_ZIP_MEMBERS_MAX 10000
/** Unpacked bytes of one member, and of all that are read. */
#define CAPSA_ZIP_MEMBER_BYTES_MAX CAPSA_SOURCE_BYTES_MAX
#define CAPSA_ZIP_BYTES_MAX ((size_t)256 << 20)
/** A member of more bytes than these unpacks to less than so many times its
 * size: text is 3 to 20, deflate can do 1,032. */
#define CAPSA_ZIP_RATIO_FREE_BYTES ((size_t)1 << 20)
#define CAPSA_ZIP_RATIO_MAX 200

typedef struct capsa_zip_member {
  capsa_slice path;    /* UTF-8, its folders divided by `/` */
  capsa_status status; /* CAPSA_OK where it can be read, as far as is known */
  const char *problem; /* else why not, e.g. "it is locked with a password";
                          static */
  size_t len;          /* bytes, unpacked, as the directory says */
  size_t header_byte, start_byte, packed_len; /* in the zip */
  uint32_t crc;
  bool is_deflated;
} capsa_zip_member;

typedef struct capsa_zip {
  capsa_slice bytes;
  capsa_zip_member *members;
  size_t count;
  const capsa_zip_member **by_path; /* sorted */
  size_t unpacked; /* bytes so far: never more than CAPSA_ZIP_BYTES_MAX */
} capsa_zip;

/** Does it begin like a zip, one without members included? */
bool capsa_zip_is(capsa_slice bytes);

/** Is a member called `path`, in a zip that need not be open? Costs no memory;
 * a zip that is cut off is searched as far as its first member's name. */
bool capsa_zip_holds(capsa_slice bytes, const char *path);

/**
 * Read the directory.
 * @param arena  owns the members and their paths
 * @param out    written only on CAPSA_OK
 * @return CAPSA_OK
 *         CAPSA_EDAMAGED  cut off, or its directory is damaged
 *         CAPSA_ETOOBIG   more than CAPSA_ZIP_MEMBERS_MAX members
 *         CAPSA_ENOMEM
 */
capsa_status capsa_zip_open(capsa_slice bytes, capsa_arena *arena,
                            capsa_zip *out);

/**
 * Unpack a member.
 * @param arena  owns the content of a member that is packed; the content of
 *               one that is not lies in the zip
 * @return CAPSA_OK
 *         its status      where that is not CAPSA_OK
 *         CAPSA_EDAMAGED  it is cut off, or its checksum is wrong
 *         CAPSA_ETOOBIG   all together are more than CAPSA_ZIP_BYTES_MAX
 *         CAPSA_ENOMEM
 */
capsa_status capsa_zip_read(capsa_zip *zip, const capsa_zip_member *member,
                            capsa_arena *arena, capsa_slice *out);

/** Bytes that capsa_zip_head gives at most. */
#define CAPSA_ZIP_HEAD_BYTES 4096

/** The first bytes of a member, as far as they can be had.
 * @param head  has room for CAPSA_ZIP_HEAD_BYTES; `out` points into it */
void capsa_zip_head(const capsa_zip *zip, const capsa_zip_member *member,
                    char *head, capsa_slice *out);

/** The first member called `path`, byte for byte; NULL where there is none. */
const capsa_zip_member *capsa_zip_find(const capsa_zip *zip, capsa_slice path);

/** A member's name in UTF-8: it is that already where `is_utf8` says so or its
 * bytes do, and code page 437 otherwise. In `arena` where it had to change. */
capsa_slice capsa_zip_name(capsa_arena *arena, capsa_slice name, bool is_utf8);

/** Would unpacking a file of this name keep to the folder on every system? No
 * `..`, no `/` in front, no backslash, drive letter, NUL or control. */
bool capsa_zip_name_is_safe(capsa_slice name);

#endif
