/* yaml_scalars.c -- the values of YAML: plain, quoted, and over several lines.
 */
#include <string.h>

#include "base/slice.h"
#include "base/utf8.h"
#include "document/formats/front_matter/yaml_parser.h"

void capsa_yaml_bad(capsa_yaml_parser *p, const char *action,
                    capsa_slice text) {
  capsa_draft_report(p->draft, CAPSA_SEVERITY_LOSS, capsa_yaml_number(p),
                     "front-matter", action, text);
}

static capsa_slice take(capsa_yaml_parser *p, capsa_buf *buf) {
  capsa_slice out = {0};
  return capsa_buf_take(buf, p->draft->arena, &out) ? (capsa_slice){0} : out;
}

/* ---- keys */

size_t capsa_yaml_quoted_len(capsa_slice text) {
  char quote = text.ptr[0];
  for (size_t i = 1; i < text.len; i++) {
    if (quote == '"' && text.ptr[i] == '\\') i++;
    else if (text.ptr[i] == quote) {
      if (quote == '"' || i + 1 == text.len || text.ptr[i + 1] != quote)
        return i + 1;
      i++;
    }
  }
  return 0;
}

size_t capsa_yaml_key_len(capsa_slice line) {
  if (!line.len || strchr("-[]{}#&*!|>%@`,", line.ptr[0])) return 0;
  size_t i = strchr("\"'", line.ptr[0]) ? capsa_yaml_quoted_len(line) : 0;
  for (; i < line.len; i++)
    if (line.ptr[i] == ':' &&
        (i + 1 == line.len || capsa_yaml_is_blank(line.ptr[i + 1])))
      return i;
  return 0;
}

/* ---- scalars */

static size_t hex(capsa_slice text, size_t at, size_t digits, uint32_t *out) {
  uint32_t value = 0;
  for (size_t i = at; i < at + digits; i++) {
    char c = i < text.len ? text.ptr[i] : 0;
    if (c >= '0' && c <= '9') value = value * 16 + (uint32_t)(c - '0');
    else if ((c | 32) >= 'a' && (c | 32) <= 'f')
      value = value * 16 + (uint32_t)((c | 32) - 'a' + 10);
    else return 0;
  }
  bool control = value < 0x20 && !strchr("\t\n\f\r", (int)value);
  *out = !value || control || value > 0x10FFFF ||
                 (value >= 0xD800 && value < 0xE000)
             ? 0xFFFD
             : value;
  return digits;
}

/* The escape whose letter is at `at`. @return bytes of it behind the letter */
static size_t put_escape(capsa_buf *buf, capsa_slice text, size_t at) {
  static const char letters[] = "nt0rfeabv", values[] = "\n\t\0\r\f\0\0\0\0";
  char c = text.ptr[at];
  uint32_t value;
  size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
  if (digits && hex(text, at + 1, digits, &value)) {
    capsa_utf8_put(buf, value);
    return digits;
  }
  const char *letter = memchr(letters, c, sizeof letters - 1);
  if (letter) {
    char plain = values[letter - letters];
    if (plain) capsa_buf_putc(buf, plain);
    else capsa_utf8_put(buf, 0xFFFD);
  } else if (c == '_') capsa_utf8_put(buf, 0xA0);
  else capsa_buf_putc(buf, c);
  return 0;
}

static capsa_slice unquoted(capsa_yaml_parser *p, capsa_slice text) {
  char quote = text.ptr[0];
  capsa_buf buf = {0};
  for (size_t i = 1; i + 1 < text.len; i++) {
    if (quote == '"' && text.ptr[i] == '\\' && i + 2 < text.len) {
      i++;
      i += put_escape(&buf, text, i);
    } else {
      capsa_buf_putc(&buf, text.ptr[i]);
      if (quote == '\'' && text.ptr[i] == '\'') i++;
    }
  }
  return take(p, &buf);
}

capsa_slice capsa_yaml_plain(capsa_slice text) {
  size_t comment = capsa_slice_finds(text, " #", 0);
  if (comment != CAPSA_NOT_FOUND) text = capsa_slice_cut(text, 0, comment);
  return capsa_slice_trim(text);
}

/* Is this something YAML has and we have not? */
static bool is_beyond(capsa_slice text) {
  return text.len && strchr("&*!%@`", text.ptr[0]) &&
         text.ptr[0]; /* strchr finds the NUL too */
}

capsa_slice capsa_yaml_scalar(capsa_yaml_parser *p, capsa_slice text) {
  text = capsa_slice_trim(text);
  if (!text.len) return text;
  if (strchr("\"'", text.ptr[0])) {
    size_t len = capsa_yaml_quoted_len(text);
    if (len && capsa_yaml_is_empty(capsa_slice_from(text, len)))
      return unquoted(p, capsa_slice_cut(text, 0, len));
    if (!len)
      capsa_yaml_bad(
          p, "kept as it is: the closing quotation mark is missing; add it",
          text);
  } else if (is_beyond(text))
    capsa_yaml_bad(
        p,
        "kept as it is: anchors, aliases and tags are not read; put the "
        "value in quotation marks",
        text);
  return capsa_yaml_plain(text);
}

/* ---- values over several lines */

/* Does the next line belong to a value whose key is indented by `indent`? */
static bool goes_on(const capsa_yaml_parser *p, size_t indent) {
  if (p->at + 1 >= p->lines.count) return false;
  const capsa_yaml_line *next = &p->lines.items[p->at + 1];
  return !capsa_slice_trim(next->text).len || next->indent > indent;
}

capsa_slice capsa_yaml_folded(capsa_yaml_parser *p, capsa_slice text,
                              size_t indent, bool (*closed)(capsa_slice)) {
  if (!goes_on(p, indent) || (closed && closed(text))) return text;
  capsa_buf buf = {0};
  capsa_buf_put(&buf, capsa_slice_trim(text));
  size_t empty = 0, lines = 0;
  while (goes_on(p, indent)) {
    if (closed &&
        (++lines > CAPSA_YAML_FOLDED_LINES_MAX || closed(capsa_buf_view(&buf))))
      break;
    capsa_slice line = capsa_slice_trim(p->lines.items[++p->at].text);
    if (!line.len) {
      empty++;
      continue;
    }
    if (!closed && line.ptr[0] == '#') continue;
    if (!empty) capsa_buf_putc(&buf, ' ');
    for (; empty; empty--) capsa_buf_putc(&buf, '\n');
    capsa_buf_put(&buf, line);
  }
  return take(p, &buf);
}

capsa_slice capsa_yaml_block(capsa_yaml_parser *p, capsa_slice mark,
                             size_t indent) {
  bool fold = mark.ptr[0] == '>';
  bool strip = capsa_slice_finds(mark, "-", 0) != CAPSA_NOT_FOUND;
  bool keep = capsa_slice_finds(mark, "+", 0) != CAPSA_NOT_FOUND;
  capsa_buf buf = {0};
  size_t inner = SIZE_MAX, empty = 0;
  while (goes_on(p, indent)) {
    const capsa_yaml_line *line = &p->lines.items[++p->at];
    if (!capsa_slice_trim(line->text).len) {
      empty++;
      continue;
    }
    if (inner == SIZE_MAX) inner = line->indent;
    else if (fold && !empty) capsa_buf_putc(&buf, ' ');
    else if (!fold || empty > 1 || keep) capsa_buf_putc(&buf, '\n');
    for (; empty; empty--) capsa_buf_putc(&buf, '\n');
    capsa_buf_put(&buf, capsa_slice_from(line->text, inner < line->indent
                                                         ? inner
                                                         : line->indent));
  }
  if (!strip && buf.len) capsa_buf_putc(&buf, '\n');
  for (; keep && empty; empty--) capsa_buf_putc(&buf, '\n');
  return take(p, &buf);
}
