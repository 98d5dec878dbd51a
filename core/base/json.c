#include "base/json.h"

#include "base/slice.h"
#include "base/utf8.h"

static void before_value(capsa_json *json) {
  if (json->comma) capsa_buf_putc(json->buf, ',');
  json->comma = true;
}

void capsa_json_open(capsa_json *json, char bracket) {
  before_value(json);
  capsa_buf_putc(json->buf, bracket);
  json->comma = false;
}

void capsa_json_close(capsa_json *json, char bracket) {
  capsa_buf_putc(json->buf, bracket);
  json->comma = true;
}

void capsa_json_key(capsa_json *json, const char *key) {
  before_value(json);
  capsa_buf_putc(json->buf, '"');
  capsa_buf_puts(json->buf, key);
  capsa_buf_puts(json->buf, "\":");
  json->comma = false;
}

static void put_escaped(capsa_buf *buf, unsigned char c) {
  switch (c) {
  case '"': capsa_buf_puts(buf, "\\\""); break;
  case '\\': capsa_buf_puts(buf, "\\\\"); break;
  case '\n': capsa_buf_puts(buf, "\\n"); break;
  case '\t': capsa_buf_puts(buf, "\\t"); break;
  case '\r': capsa_buf_puts(buf, "\\r"); break;
  default: capsa_buf_putf(buf, "\\u%04x", c);
  }
}

static bool is_plain(unsigned char c) {
  return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

/* Bytes from `i` on that go out as they are. */
static size_t plain_run(capsa_slice text, size_t i) {
  size_t start = i;
  for (;;) {
    while (i < text.len && is_plain((unsigned char)text.ptr[i])) i++;
    if (i == text.len || (unsigned char)text.ptr[i] < 0x80) break;
    capsa_codepoint cp = capsa_utf8_next(text, i);
    if (!cp.valid) break;
    i += cp.len;
  }
  return i - start;
}

void capsa_json_text(capsa_json *json, capsa_slice text) {
  before_value(json);
  capsa_buf *buf = json->buf;
  capsa_buf_putc(buf, '"');
  for (size_t i = 0; i < text.len; i++) {
    size_t run = plain_run(text, i);
    capsa_buf_put(buf, capsa_slice_cut(text, i, i + run));
    i += run;
    if (i == text.len) break;
    unsigned char c = (unsigned char)text.ptr[i];
    if (c < 0x80) put_escaped(buf, c);
    else capsa_buf_puts(buf, "\xEF\xBF\xBD");
  }
  capsa_buf_putc(buf, '"');
}

void capsa_json_number(capsa_json *json, uint64_t number) {
  before_value(json);
  capsa_buf_put_number(json->buf, number);
}

void capsa_json_bool(capsa_json *json, bool value) {
  before_value(json);
  capsa_buf_puts(json->buf, value ? "true" : "false");
}

void capsa_json_raw(capsa_json *json, capsa_slice value) {
  before_value(json);
  capsa_buf_put(json->buf, value);
}

void capsa_json_member(capsa_json *json, const char *key, capsa_slice text) {
  if (!text.len) return;
  capsa_json_key(json, key);
  capsa_json_text(json, text);
}

void capsa_json_member_number(capsa_json *json, const char *key,
                              uint64_t number) {
  if (!number) return;
  capsa_json_key(json, key);
  capsa_json_number(json, number);
}
