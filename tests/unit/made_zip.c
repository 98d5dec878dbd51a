#include "made_zip.h"

#include <stdint.h>
#include <string.h>

#include "zlib.h"

static void put(capsa_buf *buf, size_t value, int len) {
  for (int i = 0; i < len; i++)
    capsa_buf_putc(buf, i < 4 ? (char)(value >> 8 * i & 0xFF) : 0);
}

static void put_fields(capsa_buf *buf, const made_file *file) {
  size_t len = file->content.len;
  put(buf, 20, 2);
  put(buf, 0, 2 + 2 + 4);
  put(buf, crc32(0, (const Bytef *)file->content.ptr, (uInt)len), 4);
  put(buf, len, 4);
  put(buf, len, 4);
  put(buf, strlen(file->name), 2);
  put(buf, 0, 2);
}

static size_t header_len(const made_file *file) {
  return 30 + strlen(file->name) + file->content.len;
}

capsa_slice made_zip(capsa_buf *buf, const made_file *files, size_t count) {
  for (size_t i = 0; i < count; i++) {
    capsa_buf_put(buf, (capsa_slice){"PK\3\4", 4});
    put_fields(buf, &files[i]);
    capsa_buf_puts(buf, files[i].name);
    capsa_buf_put(buf, files[i].content);
  }
  size_t start = buf->len, header = 0;
  for (size_t i = 0; i < count; i++) {
    capsa_buf_put(buf, (capsa_slice){"PK\1\2\24\0", 6});
    put_fields(buf, &files[i]);
    put(buf, 0, 2 + 2 + 2 + 4);
    put(buf, header, 4);
    capsa_buf_puts(buf, files[i].name);
    header += header_len(&files[i]);
  }
  size_t end = buf->len;
  capsa_buf_put(buf, (capsa_slice){"PK\5\6\0\0\0\0", 8});
  put(buf, count, 2);
  put(buf, count, 2);
  put(buf, end - start, 4);
  put(buf, start, 4);
  put(buf, 0, 2);
  return capsa_buf_view(buf);
}
