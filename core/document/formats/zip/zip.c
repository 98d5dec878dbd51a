/* zip.c -- read a zip by its central directory, which stands at the end.
 *
 *   local header, data, local header, data … directory, end record
 *
 * The directory says where each member lies and how large it is, packed and
 * unpacked; the local header repeats that and may lie, so only its length is
 * used. Nothing of the directory is believed before it was compared with the
 * bytes that are there: a member lies before the directory, overlaps no
 * other, and is not more than CAPSA_ZIP_RATIO_MAX times as large unpacked.
 * zlib writes into exactly the bytes announced, so a lie ends there.
 */
#include "document/formats/zip/zip.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/slice.h"
#define ZLIB_CONST /* its pointers to input are const */
#include "zlib.h"

#define LOCAL_MARK 0x04034B50u
#define ENTRY_MARK 0x02014B50u
#define END_MARK 0x06054B50u
#define END64_MARK 0x06064B50u
#define LOCATOR64_MARK 0x07064B50u
#define LOCAL_LEN 30
#define ENTRY_LEN 46
#define END_LEN 22
#define END64_LEN 56
#define LOCATOR64_LEN 20
#define COMMENT_MAX 65535
#define EXTRA_ZIP64 1

#define FLAG_ENCRYPTED 1u
#define FLAG_UTF8 0x800u
#define METHOD_STORED 0
#define METHOD_DEFLATED 8
#define MADE_BY_UNIX 3
#define UNIX_KIND 0xF000u
#define UNIX_LINK 0xA000u

static uint64_t number(capsa_slice bytes, size_t at, size_t len) {
  uint64_t value = 0;
  for (size_t i = len; i-- > 0;)
    value = value << 8 | (unsigned char)bytes.ptr[at + i];
  return value;
}

static uint32_t u16(capsa_slice bytes, size_t at) {
  return (uint32_t)number(bytes, at, 2);
}

static uint32_t u32(capsa_slice bytes, size_t at) {
  return (uint32_t)number(bytes, at, 4);
}

/* Are there `len` bytes at `at`, and do they begin with `mark`? */
static bool has(capsa_slice bytes, uint64_t at, size_t len, uint32_t mark) {
  return at <= bytes.len && bytes.len - at >= len &&
         u32(bytes, (size_t)at) == mark;
}

bool capsa_zip_is(capsa_slice bytes) {
  return has(bytes, 0, 4, LOCAL_MARK) || has(bytes, 0, END_LEN, END_MARK);
}

/* ---- the directory */

typedef struct directory {
  uint64_t start, len; /* in the zip */
} directory;

/* The end record may have a comment behind it, which may hold anything, also
 * what looks like an end record: the last that fits is taken. */
static size_t find_end(capsa_slice bytes) {
  if (bytes.len < END_LEN) return CAPSA_NOT_FOUND;
  size_t last = bytes.len - END_LEN;
  size_t first = last > COMMENT_MAX ? last - COMMENT_MAX : 0;
  for (size_t at = last + 1; at-- > first;)
    if (has(bytes, at, END_LEN, END_MARK) &&
        at + END_LEN + u16(bytes, at + 20) <= bytes.len)
      return at;
  return CAPSA_NOT_FOUND;
}

static bool find_directory(capsa_slice bytes, directory *out) {
  size_t end = find_end(bytes);
  if (end == CAPSA_NOT_FOUND) return false;
  *out =
      (directory){.start = u32(bytes, end + 16), .len = u32(bytes, end + 12)};
  if (end >= LOCATOR64_LEN &&
      has(bytes, end - LOCATOR64_LEN, LOCATOR64_LEN, LOCATOR64_MARK)) {
    uint64_t end64 = number(bytes, end - LOCATOR64_LEN + 8, 8);
    if (!has(bytes, end64, END64_LEN, END64_MARK)) return false;
    *out = (directory){.start = number(bytes, (size_t)end64 + 48, 8),
                       .len = number(bytes, (size_t)end64 + 40, 8)};
  }
  return out->start <= end && out->len <= end - out->start;
}

/* One entry of the directory, as it stands there. */
typedef struct entry {
  capsa_slice name;
  uint32_t made_by, flags, method, crc, attributes;
  uint64_t packed_len, len, header_byte;
} entry;

/* Sizes that do not fit into 32 bits stand in an extra field, in this order
 * and only those. */
static void read_zip64(capsa_slice extra, entry *e) {
  uint64_t *const fields[] = {&e->len, &e->packed_len, &e->header_byte};
  while (extra.len >= 4) {
    capsa_slice field = capsa_slice_cut(extra, 4, 4 + (size_t)u16(extra, 2));
    if (u16(extra, 0) == EXTRA_ZIP64) {
      for (size_t i = 0; i < 3; i++) {
        if (*fields[i] != UINT32_MAX || field.len < 8) continue;
        *fields[i] = number(field, 0, 8);
        field = capsa_slice_from(field, 8);
      }
      return;
    }
    extra = capsa_slice_from(extra, 4 + (size_t)u16(extra, 2));
  }
}

/* Cut the next entry off the front of `rest`. */
static bool next_entry(capsa_slice *rest, entry *out) {
  capsa_slice b = *rest;
  if (!has(b, 0, ENTRY_LEN, ENTRY_MARK)) return false;
  size_t name_end = ENTRY_LEN + (size_t)u16(b, 28);
  size_t extra_end = name_end + u16(b, 30);
  size_t end = extra_end + u16(b, 32);
  if (end > b.len) return false;
  *out = (entry){.name = capsa_slice_cut(b, ENTRY_LEN, name_end),
                 .made_by = u16(b, 4) >> 8,
                 .flags = u16(b, 8),
                 .method = u16(b, 10),
                 .crc = u32(b, 16),
                 .packed_len = u32(b, 20),
                 .len = u32(b, 24),
                 .attributes = u32(b, 38),
                 .header_byte = u32(b, 42)};
  read_zip64(capsa_slice_cut(b, name_end, extra_end), out);
  *rest = capsa_slice_from(b, end);
  return true;
}

bool capsa_zip_holds(capsa_slice bytes, const char *path) {
  directory where;
  entry e;
  if (!find_directory(bytes, &where))
    return has(bytes, 0, LOCAL_LEN, LOCAL_MARK) &&
           capsa_slice_equal(
               capsa_slice_cut(bytes, LOCAL_LEN, LOCAL_LEN + u16(bytes, 26)),
               capsa_slice_of(path));
  capsa_slice rest = {bytes.ptr + where.start, (size_t)where.len};
  while (next_entry(&rest, &e))
    if (capsa_slice_equal(e.name, capsa_slice_of(path))) return true;
  return false;
}

/* ---- the members */

static bool is_bomb(const entry *e) {
  return e->len > CAPSA_ZIP_RATIO_FREE_BYTES &&
         e->len / CAPSA_ZIP_RATIO_MAX >= e->packed_len;
}

static void refuse(capsa_zip_member *member, capsa_status st,
                   const char *problem) {
  if (member->status) return;
  member->status = st;
  member->problem = problem;
}

static void check(const entry *e, capsa_zip_member *member) {
  if (!capsa_zip_name_is_safe(member->path) ||
      memchr(e->name.ptr, '\\', e->name.len))
    refuse(member, CAPSA_EINVAL, "its name would lead out of the folder");
  if (e->made_by == MADE_BY_UNIX &&
      (e->attributes >> 16 & UNIX_KIND) == UNIX_LINK)
    refuse(member, CAPSA_EINVAL, "it is a link to another file");
  if (e->flags & FLAG_ENCRYPTED)
    refuse(member, CAPSA_ELOCKED,
           "it is locked with a password; unpack the zip with it first");
  if (e->method != METHOD_STORED && e->method != METHOD_DEFLATED)
    refuse(member, CAPSA_EINVAL,
           "it is packed in a way that Capsa does not read; pack it anew");
  if (e->len > CAPSA_ZIP_MEMBER_BYTES_MAX)
    refuse(member, CAPSA_ETOOBIG,
           "it is larger than the 64 MB that Capsa reads");
  if (is_bomb(e))
    refuse(member, CAPSA_ETOOBIG,
           "it unpacks to far more than a file would (a zip bomb)");
}

/* Where the data lies: behind the local header, before the directory. */
static bool place(capsa_slice bytes, const entry *e, capsa_zip_member *member) {
  if (!has(bytes, e->header_byte, LOCAL_LEN, LOCAL_MARK)) return false;
  size_t at = (size_t)e->header_byte;
  size_t start = at + LOCAL_LEN + u16(bytes, at + 26) + u16(bytes, at + 28);
  if (start > bytes.len || e->packed_len > bytes.len - start) return false;
  member->header_byte = at;
  member->start_byte = start;
  member->packed_len = (size_t)e->packed_len;
  return e->method != METHOD_STORED || e->packed_len == e->len;
}

static void settle(capsa_slice before_directory, const entry *e,
                   capsa_zip_member *member) {
  check(e, member);
  if (!place(before_directory, e, member)) {
    refuse(member, CAPSA_EDAMAGED, "it is cut off or damaged");
    member->packed_len = 0;
  }
  member->len = (size_t)e->len;
  member->crc = e->crc;
  member->is_deflated = e->method == METHOD_DEFLATED;
}

static int by_place(const void *a, const void *b) {
  const capsa_zip_member *one = *(capsa_zip_member *const *)a;
  const capsa_zip_member *two = *(capsa_zip_member *const *)b;
  if (one->header_byte != two->header_byte)
    return one->header_byte < two->header_byte ? -1 : 1;
  return one < two ? -1 : one > two;
}

static int by_path(const void *a, const void *b) {
  const capsa_zip_member *one = *(capsa_zip_member *const *)a;
  const capsa_zip_member *two = *(capsa_zip_member *const *)b;
  int order = capsa_slice_compare(one->path, two->path);
  return order ? order : (one < two ? -1 : one > two);
}

/* Members that share bytes unpack to more than there is: the better zip bomb.
 * The first keeps its bytes. */
static void find_overlaps(capsa_zip_member **members, size_t count) {
  size_t end = 0;
  qsort(members, count, sizeof *members, by_place);
  for (size_t i = 0; i < count; i++) {
    capsa_zip_member *m = members[i];
    if (!m->start_byte) continue;
    if (m->header_byte < end)
      refuse(m, CAPSA_EDAMAGED,
             "it shares its bytes with another file (a zip bomb)");
    if (m->start_byte + m->packed_len > end)
      end = m->start_byte + m->packed_len;
  }
}

static capsa_status index_members(capsa_zip *zip, capsa_arena *arena) {
  capsa_zip_member **order =
      capsa_arena_alloc(arena, zip->count * sizeof *order);
  if (!order) return CAPSA_ENOMEM;
  for (size_t i = 0; i < zip->count; i++) order[i] = &zip->members[i];
  find_overlaps(order, zip->count);
  qsort(order, zip->count, sizeof *order, by_path);
  zip->by_path = (const capsa_zip_member **)order;
  return CAPSA_OK;
}

static bool is_folder(capsa_slice name) {
  return name.len && name.ptr[name.len - 1] == '/';
}

capsa_status capsa_zip_open(capsa_slice bytes, capsa_arena *arena,
                            capsa_zip *out) {
  directory where;
  if (!find_directory(bytes, &where)) return CAPSA_EDAMAGED;
  CAPSA_LIST(capsa_zip_member) members = {0};
  capsa_slice rest = {bytes.ptr + where.start, (size_t)where.len};
  capsa_slice before = {bytes.ptr, (size_t)where.start};
  size_t count = 0;
  for (entry e; rest.len; count++) {
    if (!next_entry(&rest, &e)) return CAPSA_EDAMAGED;
    if (count == CAPSA_ZIP_MEMBERS_MAX) return CAPSA_ETOOBIG;
    if (is_folder(e.name)) continue;
    capsa_zip_member *member = CAPSA_LIST_ADD(arena, &members);
    if (!member) return CAPSA_ENOMEM;
    member->path = capsa_zip_name(arena, e.name, e.flags & FLAG_UTF8);
    settle(before, &e, member);
  }
  capsa_zip zip = {
      .bytes = bytes, .members = members.items, .count = members.count};
  capsa_status st = index_members(&zip, arena);
  if (!st && capsa_arena_failed(arena)) st = CAPSA_ENOMEM;
  if (!st) *out = zip;
  return st;
}

const capsa_zip_member *capsa_zip_find(const capsa_zip *zip, capsa_slice path) {
  size_t low = 0, high = zip->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (capsa_slice_compare(zip->by_path[middle]->path, path) < 0)
      low = middle + 1;
    else high = middle;
  }
  return low < zip->count && capsa_slice_equal(zip->by_path[low]->path, path)
             ? zip->by_path[low]
             : NULL;
}

/* ---- unpacking */

static void *zlib_alloc(void *unused, unsigned count, unsigned size) {
  (void)unused;
  return capsa_mem_alloc((size_t)count * size);
}

static void zlib_free(void *unused, void *ptr) {
  (void)unused;
  capsa_mem_free(ptr);
}

/* Inflate into `len` bytes at `to`. @return zlib's word; `len` what came */
static int inflate_into(capsa_slice packed, char *to, size_t *len) {
  z_stream stream = {.zalloc = zlib_alloc,
                     .zfree = zlib_free,
                     .next_in = (const Bytef *)packed.ptr,
                     .avail_in = (uInt)packed.len,
                     .next_out = (Bytef *)to,
                     .avail_out = (uInt)*len};
  int word = inflateInit2(&stream, -MAX_WBITS);
  if (word != Z_OK) return word;
  word = inflate(&stream, Z_FINISH);
  *len -= stream.avail_out;
  inflateEnd(&stream);
  return word;
}

static capsa_slice packed(const capsa_zip *zip, const capsa_zip_member *m) {
  return (capsa_slice){zip->bytes.ptr + m->start_byte, m->packed_len};
}

static capsa_status unpack(const capsa_zip *zip, const capsa_zip_member *member,
                           capsa_arena *arena, capsa_slice *out) {
  *out = packed(zip, member);
  if (!member->is_deflated) return CAPSA_OK;
  /* zlib wants a place to write to even where nothing comes. */
  char *to = capsa_arena_alloc(arena, member->len + 1);
  if (!to) return CAPSA_ENOMEM;
  size_t len = member->len;
  int word = inflate_into(*out, to, &len);
  if (word == Z_MEM_ERROR) return CAPSA_ENOMEM;
  if (word != Z_STREAM_END || len != member->len) return CAPSA_EDAMAGED;
  *out = (capsa_slice){to, len};
  return CAPSA_OK;
}

capsa_status capsa_zip_read(capsa_zip *zip, const capsa_zip_member *member,
                            capsa_arena *arena, capsa_slice *out) {
  if (member->status) return member->status;
  if (member->len > CAPSA_ZIP_BYTES_MAX - zip->unpacked) return CAPSA_ETOOBIG;
  capsa_slice content;
  capsa_status st = unpack(zip, member, arena, &content);
  if (st) return st;
  if (crc32(0, (const Bytef *)content.ptr, (uInt)content.len) != member->crc)
    return CAPSA_EDAMAGED;
  zip->unpacked += content.len;
  *out = content;
  return CAPSA_OK;
}

void capsa_zip_head(const capsa_zip *zip, const capsa_zip_member *member,
                    char *head, capsa_slice *out) {
  *out = (capsa_slice){0};
  if (member->status) return;
  *out = capsa_slice_cut(packed(zip, member), 0, CAPSA_ZIP_HEAD_BYTES);
  if (!member->is_deflated) return;
  size_t len = CAPSA_ZIP_HEAD_BYTES;
  (void)inflate_into(packed(zip, member), head, &len);
  *out = (capsa_slice){head, len};
}
