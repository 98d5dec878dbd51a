#include "document/address.h"

#include <string.h>

#include "base/slice.h"

bool capsa_address_is_relative(capsa_slice address) {
  if (!address.len || address.ptr[0] == '#') return false;
  for (size_t i = 0; i < address.len; i++) {
    if ((unsigned char)address.ptr[i] <= ' ' || address.ptr[i] == ':')
      return false;
    if (strchr("/?#", address.ptr[i])) break;
  }
  for (size_t i = 0; i < address.len; i++)
    if ((unsigned char)address.ptr[i] <= ' ') return false;
  return true;
}

/* "https://host/folder/page?a#b" in parts: bytes up to each one's end. */
typedef struct parts {
  size_t scheme, host, folder, path;
} parts;

static bool read_parts(capsa_slice base, parts *out) {
  static const char *const schemes[] = {"http://", "https://"};
  size_t start = 0;
  for (int i = 0; i < 2 && !start; i++)
    if (capsa_slice_equal_nocase(capsa_slice_cut(base, 0, strlen(schemes[i])),
                                 capsa_slice_of(schemes[i])))
      start = strlen(schemes[i]);
  size_t at = start;
  while (at < base.len && !strchr("/?#", base.ptr[at])) at++;
  if (!start || at == start) return false;
  *out = (parts){.scheme = start - strlen("//"), .host = at, .folder = at};
  for (; at < base.len && !strchr("?#", base.ptr[at]); at++)
    if (base.ptr[at] == '/') out->folder = at + 1;
  out->path = at;
  return true;
}

/* Add "a/../b" behind a folder: never above the host. */
static void put_path(capsa_buf *out, size_t host, capsa_slice path) {
  for (size_t start = 0; start <= path.len;) {
    size_t slash = capsa_slice_finds(path, "/", start);
    size_t end = slash < path.len ? slash : path.len;
    capsa_slice part = capsa_slice_cut(path, start, end);
    bool up = capsa_slice_equal(part, CAPSA_LITERAL(".."));
    if (up && out->len > host + 1) {
      out->len--;
      while (out->ptr[out->len - 1] != '/') out->len--;
    } else if (!up && !capsa_slice_equal(part, CAPSA_LITERAL("."))) {
      capsa_buf_put(out, part);
      if (end < path.len) capsa_buf_putc(out, '/');
    }
    start = end + 1;
  }
}

capsa_slice capsa_address_resolve(capsa_arena *arena, capsa_slice base,
                                  capsa_slice address) {
  parts of;
  capsa_buf buf = {0};
  capsa_slice out = {0};
  if (!address.len || !read_parts(base, &of)) return out;
  size_t path = 0;
  while (path < address.len && !strchr("?#", address.ptr[path])) path++;
  capsa_slice rest = capsa_slice_from(address, path);
  address.len = path;
  if (capsa_slice_starts(address, "//")) {
    capsa_buf_put(&buf, capsa_slice_cut(base, 0, of.scheme));
    capsa_buf_put(&buf, address);
  } else if (!address.len) {
    bool query = capsa_slice_starts(rest, "?");
    capsa_buf_put(&buf, capsa_slice_cut(base, 0, query ? of.path : base.len));
  } else {
    bool root = address.ptr[0] == '/';
    capsa_buf_put(&buf, capsa_slice_cut(base, 0, root ? of.host : of.folder));
    if (root || of.folder == of.host) capsa_buf_putc(&buf, '/');
    put_path(&buf, of.host, capsa_slice_from(address, root));
  }
  capsa_buf_put(&buf, rest);
  return capsa_buf_take(&buf, arena, &out) ? (capsa_slice){0} : out;
}

void capsa_addresses_put(capsa_addresses *list, capsa_slice address) {
  if (list->text.len + address.len > CAPSA_ADDRESSES_TOLD_MAX) {
    list->more++;
    return;
  }
  if (list->text.len) capsa_buf_putc(&list->text, '\n');
  capsa_buf_put(&list->text, address);
}

void capsa_addresses_tell(capsa_draft *draft, capsa_addresses *list) {
  capsa_slice text;
  if (!list->text.len && !list->text.failed && !list->more) return;
  if (list->more)
    capsa_buf_putf(&list->text, "%sand %llu more", list->text.len ? "\n" : "",
                   (unsigned long long)list->more);
  if (capsa_buf_take(&list->text, draft->arena, &text)) return;
  capsa_draft_report(draft, CAPSA_SEVERITY_INFO, 0, "link",
                     "kept as words: these links lead to other pages of a site "
                     "whose address the source does not say",
                     text);
}
