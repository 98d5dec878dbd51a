#include <string.h>

#include "base/buf.h"
#include "base/slice.h"
#include "document/formats/epub/epub.h"

static int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/* `%20` is a space; what is no such sign stays. */
static void put_decoded(capsa_buf *out, capsa_slice text) {
  for (size_t i = 0; i < text.len; i++) {
    int high = i + 2 < text.len ? hex(text.ptr[i + 1]) : -1;
    int low = high >= 0 ? hex(text.ptr[i + 2]) : -1;
    bool sign = text.ptr[i] == '%' && low >= 0;
    capsa_buf_putc(out, sign ? (char)(high << 4 | low) : text.ptr[i]);
    if (sign) i += 2;
  }
}

static capsa_slice decoded(capsa_arena *arena, capsa_slice text) {
  capsa_buf buf = {0};
  capsa_slice out = {0};
  put_decoded(&buf, text);
  return capsa_buf_take(&buf, arena, &out) ? (capsa_slice){0} : out;
}

static bool is_elsewhere(capsa_slice address) {
  for (size_t i = 0; i < address.len; i++) {
    if (address.ptr[i] == ':') return true;
    if (strchr("/?#", address.ptr[i])) break;
  }
  return capsa_slice_starts(address, "//");
}

static size_t folder_len(capsa_slice path) {
  size_t len = path.len;
  while (len && path.ptr[len - 1] != '/') len--;
  return len;
}

/* Add a part of a path: `.` stays, `..` goes up, never above the root. */
static void put_part(capsa_buf *path, capsa_slice part) {
  if (!part.len || capsa_slice_equal(part, CAPSA_LITERAL("."))) return;
  if (capsa_slice_equal(part, CAPSA_LITERAL(".."))) {
    if (path->len) path->len--;
    path->len = folder_len(capsa_buf_view(path));
    return;
  }
  capsa_buf_put(path, part);
  capsa_buf_putc(path, '/');
}

static void put_parts(capsa_buf *path, capsa_slice parts) {
  for (size_t start = 0; start < parts.len;) {
    size_t slash = capsa_slice_finds(parts, "/", start);
    size_t end = slash < parts.len ? slash : parts.len;
    put_part(path, capsa_slice_cut(parts, start, end));
    start = end + 1;
  }
}

capsa_slice capsa_epub_path(capsa_arena *arena, capsa_slice base,
                            capsa_slice address, capsa_slice *fragment) {
  capsa_buf buf = {0};
  capsa_slice path = {0};
  address = capsa_slice_trim(address);
  size_t hash = capsa_slice_finds(address, "#", 0);
  if (fragment) *fragment = (capsa_slice){0};
  if (is_elsewhere(address)) return path;
  if (fragment && hash < address.len)
    *fragment = decoded(arena, capsa_slice_from(address, hash + 1));
  address = capsa_slice_cut(address, 0, hash);
  size_t query = capsa_slice_finds(address, "?", 0);
  address = capsa_slice_cut(address, 0, query);
  if (!address.len) return capsa_arena_copy(arena, base);
  if (address.ptr[0] != '/')
    put_parts(&buf, capsa_slice_cut(base, 0, folder_len(base)));
  put_parts(&buf, decoded(arena, address));
  if (buf.len) buf.len--; /* the slash behind the last part */
  return capsa_buf_take(&buf, arena, &path) ? (capsa_slice){0} : path;
}
