/* fuzz_epub.c -- any package, contents and chapters in a book that is a good
 * zip, which random bytes never are.
 *
 * The input is cut at its NUL bytes into the files of the book, in the order
 * of `names`; a file beyond the last cut is missing. */
#include <string.h>

#include "base/buf.h"
#include "capsa/capsa.h"
#include "fuzz.h"
#include "zlib.h"

static const char *const names[] = {
    "META-INF/container.xml",  "b.opf",    "nav.xhtml", "one.xhtml", "toc.ncx",
    "META-INF/encryption.xml", "two.xhtml"};

typedef struct file {
  const char *name;
  capsa_slice content;
  size_t header;
} file;

static void put(capsa_buf *buf, uint64_t value, int len) {
  for (int i = 0; i < len; i++)
    capsa_buf_putc(buf, (char)(value >> 8 * i & 0xFF));
}

static void put_fields(capsa_buf *buf, const file *f) {
  uLong crc = crc32(0, (const Bytef *)f->content.ptr, (uInt)f->content.len);
  put(buf, 20, 2);
  put(buf, 0, 2 + 2 + 4);
  put(buf, crc, 4);
  put(buf, f->content.len, 4);
  put(buf, f->content.len, 4);
  put(buf, strlen(f->name), 2);
  put(buf, 0, 2);
}

static void put_zip(capsa_buf *buf, file *files, size_t count) {
  for (size_t i = 0; i < count; i++) {
    files[i].header = buf->len;
    capsa_buf_put(buf, (capsa_slice){"PK\3\4", 4});
    put_fields(buf, &files[i]);
    capsa_buf_puts(buf, files[i].name);
    capsa_buf_put(buf, files[i].content);
  }
  size_t start = buf->len;
  for (size_t i = 0; i < count; i++) {
    capsa_buf_put(buf, (capsa_slice){"PK\1\2\24\0", 6});
    put_fields(buf, &files[i]);
    put(buf, 0, 2 + 2 + 2);
    put(buf, 0, 4);
    put(buf, files[i].header, 4);
    capsa_buf_puts(buf, files[i].name);
  }
  size_t end = buf->len;
  capsa_buf_put(buf, (capsa_slice){"PK\5\6\0\0\0\0", 8});
  put(buf, count, 2);
  put(buf, count, 2);
  put(buf, end - start, 4);
  put(buf, start, 4);
  put(buf, 0, 2);
}

static size_t cut(capsa_slice input, file *files) {
  size_t count = 0, start = 0;
  for (; count < sizeof names / sizeof *names; count++) {
    const char *end = start < input.len
                          ? memchr(input.ptr + start, 0, input.len - start)
                          : NULL;
    size_t len = end ? (size_t)(end - input.ptr) - start : input.len - start;
    files[count] =
        (file){.name = names[count], .content = {input.ptr + start, len}};
    start += len + 1;
    if (start > input.len) return count + 1;
  }
  return count;
}

static void check(const capsa_document *document, capsa_arena *arena) {
  capsa_slice out;
  capsa_remarks remarks;
  MUST(document->block_count);
  for (size_t i = 0; i < document->block_count; i++) {
    const capsa_block *block = &document->blocks[i];
    MUST(block->kind != CAPSA_BLOCK_HEADING ||
         (block->level >= 1 && block->level <= 6));
  }
  MUST(!capsa_document_to_json(document, false, arena, &out));
  MUST(!capsa_document_to_html(document, arena, &out));
  MUST(!capsa_document_to_text(document, arena, &out));
  MUST(!capsa_document_remarks(document, arena, &remarks));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  file files[sizeof names / sizeof *names];
  capsa_buf buf = {0};
  capsa_arena *arena = capsa_arena_new();
  capsa_document document;
  put_zip(&buf, files, cut((capsa_slice){(const char *)data, size}, files));
  capsa_source source = {.bytes = capsa_buf_view(&buf)};
  if (!capsa_document_parse(&source, arena, &document)) check(&document, arena);
  capsa_buf_free(&buf);
  capsa_arena_free(arena);
  return 0;
}
