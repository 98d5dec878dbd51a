#include "document/formats/front_matter/yaml.h"

#include <string.h>

#include "base/slice.h"
#include "base/utf8.h"

/* A quoted value or a flow list goes on over so many lines: each is looked
 * through again for its end. */
#define FOLDED_LINES_MAX 500

typedef struct yaml_line {
  capsa_slice text; /* without its end */
  size_t indent;
} yaml_line;

typedef struct parser {
  capsa_draft *draft;
  capsa_yaml *out;
  CAPSA_LIST(yaml_line) lines;
  size_t at;      /* the line that is read */
  uint32_t first; /* its number in the source, of line 0 */
} parser;

/* Where a value belongs. */
typedef struct place {
  capsa_slice key, sub;
  uint32_t item;
  size_t indent; /* of the line of its key */
} place;

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static bool is_empty(capsa_slice text) {
  text = capsa_slice_trim(text);
  return !text.len || text.ptr[0] == '#';
}

static uint32_t number(const parser *p) { return p->first + (uint32_t)p->at; }

static void bad(parser *p, const char *action, capsa_slice text) {
  capsa_draft_report(p->draft, CAPSA_SEVERITY_LOSS, number(p), "front-matter",
                     action, text);
}

static void put(parser *p, const place *at, capsa_slice value) {
  capsa_yaml_entry *entry = CAPSA_LIST_ADD(p->draft->arena, &p->out->entries);
  if (entry)
    *entry = (capsa_yaml_entry){at->key, at->sub, value, at->item, number(p)};
}

static capsa_slice take(parser *p, capsa_buf *buf) {
  capsa_slice out = {0};
  return capsa_buf_take(buf, p->draft->arena, &out) ? (capsa_slice){0} : out;
}

/* ---- keys */

static size_t quoted_len(capsa_slice text) {
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
  size_t i = strchr("\"'", line.ptr[0]) ? quoted_len(line) : 0;
  for (; i < line.len; i++)
    if (line.ptr[i] == ':' && (i + 1 == line.len || is_blank(line.ptr[i + 1])))
      return i;
  return 0;
}

static capsa_slice bare_key(capsa_slice key) {
  key = capsa_slice_trim(key);
  bool quoted = key.len > 1 && strchr("\"'", key.ptr[0]);
  return quoted ? capsa_slice_cut(key, 1, key.len - 1) : key;
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

static capsa_slice unquoted(parser *p, capsa_slice text) {
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

/* A plain scalar; ` #` begins a comment. */
static capsa_slice plain(capsa_slice text) {
  size_t comment = capsa_slice_finds(text, " #", 0);
  if (comment != CAPSA_NOT_FOUND) text = capsa_slice_cut(text, 0, comment);
  return capsa_slice_trim(text);
}

/* Is this something YAML has and we have not? */
static bool is_beyond(capsa_slice text) {
  return text.len && strchr("&*!%@`", text.ptr[0]) &&
         text.ptr[0]; /* strchr finds the NUL too */
}

static capsa_slice scalar(parser *p, capsa_slice text) {
  text = capsa_slice_trim(text);
  if (!text.len) return text;
  if (strchr("\"'", text.ptr[0])) {
    size_t len = quoted_len(text);
    if (len && is_empty(capsa_slice_from(text, len)))
      return unquoted(p, capsa_slice_cut(text, 0, len));
    if (!len)
      bad(p, "kept as it is: the closing quotation mark is missing; add it",
          text);
  } else if (is_beyond(text))
    bad(p,
        "kept as it is: anchors, aliases and tags are not read; put the "
        "value in quotation marks",
        text);
  return plain(text);
}

/* ---- values over several lines */

/* Does the next line belong to a value whose key is indented by `indent`? */
static bool goes_on(const parser *p, size_t indent) {
  if (p->at + 1 >= p->lines.count) return false;
  const yaml_line *next = &p->lines.items[p->at + 1];
  return !capsa_slice_trim(next->text).len || next->indent > indent;
}

/* `text` and the deeper lines, folded: a line feed is a space, an empty line
 * a line feed. With `closed`, only until it holds. */
static capsa_slice folded(parser *p, capsa_slice text, size_t indent,
                          bool (*closed)(capsa_slice)) {
  if (!goes_on(p, indent) || (closed && closed(text))) return text;
  capsa_buf buf = {0};
  capsa_buf_put(&buf, capsa_slice_trim(text));
  size_t empty = 0, lines = 0;
  while (goes_on(p, indent)) {
    if (closed && (++lines > FOLDED_LINES_MAX || closed(capsa_buf_view(&buf))))
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

static bool is_quote_closed(capsa_slice text) {
  return quoted_len(capsa_slice_trim(text)) > 0;
}

/* Brackets in quotation marks do not count. */
static bool is_flow_closed(capsa_slice text) {
  int depth = 0;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.ptr[i];
    bool starts = !i || strchr(" ,[{:", text.ptr[i - 1]);
    if ((c == '"' || c == '\'') && starts) {
      size_t len = quoted_len(capsa_slice_from(text, i));
      if (!len) return false;
      i += len - 1;
    } else if (c == '[' || c == '{') depth++;
    else if ((c == ']' || c == '}') && --depth == 0) return true;
  }
  return false;
}

/* `|` keeps lines, `>` folds them; `-` drops the last line feed, `+` keeps
 * all, and a digit is not needed: the first line tells the indentation. */
static capsa_slice block_scalar(parser *p, capsa_slice mark, size_t indent) {
  bool fold = mark.ptr[0] == '>';
  bool strip = capsa_slice_finds(mark, "-", 0) != CAPSA_NOT_FOUND;
  bool keep = capsa_slice_finds(mark, "+", 0) != CAPSA_NOT_FOUND;
  capsa_buf buf = {0};
  size_t inner = SIZE_MAX, empty = 0;
  while (goes_on(p, indent)) {
    const yaml_line *line = &p->lines.items[++p->at];
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

/* ---- lists and maps in one line */

/* Cut the next `a` off `a, b`. */
static bool next_flow(capsa_slice *rest, capsa_slice *part) {
  if (!rest->ptr) return false;
  size_t i = 0;
  int depth = 0;
  for (; i < rest->len; i++) {
    char c = rest->ptr[i];
    bool starts = !i || strchr(" ,[{:", rest->ptr[i - 1]);
    size_t quoted = (c == '"' || c == '\'') && starts
                        ? quoted_len(capsa_slice_from(*rest, i))
                        : 0;
    if (quoted) i += quoted - 1;
    else if (c == '[' || c == '{') depth++;
    else if (c == ']' || c == '}') depth--;
    else if (c == ',' && depth == 0) break;
  }
  *part = capsa_slice_trim(capsa_slice_cut(*rest, 0, i));
  *rest = i < rest->len ? capsa_slice_from(*rest, i + 1) : (capsa_slice){0};
  return true;
}

static capsa_slice inside(capsa_slice flow) {
  size_t end = flow.len;
  while (end && !strchr("]}", flow.ptr[end - 1])) end--;
  return capsa_slice_cut(flow, 1, end ? end - 1 : flow.len);
}

static void put_flow_map(parser *p, place at, capsa_slice flow) {
  capsa_slice rest = inside(flow), part;
  while (next_flow(&rest, &part)) {
    size_t key = capsa_yaml_key_len(part);
    if (!key && part.len) bad(p, "left out: no `key: value` in this map", part);
    if (!key) continue;
    at.sub = bare_key(capsa_slice_cut(part, 0, key));
    put(p, &at, scalar(p, capsa_slice_from(part, key + 1)));
  }
}

static void put_flow_list(parser *p, place at, capsa_slice flow) {
  capsa_slice rest = inside(flow), part;
  while (next_flow(&rest, &part)) {
    if (!part.len) continue;
    at.item++;
    if (part.ptr[0] == '{') put_flow_map(p, at, part);
    else put(p, &at, scalar(p, part));
  }
}

/* ---- values */

static void read_value(parser *p, place at, capsa_slice value) {
  value = capsa_slice_trim(value);
  char c = value.len ? value.ptr[0] : 0;
  if (c == '|' || c == '>') put(p, &at, block_scalar(p, value, at.indent));
  else if (c == '[' || c == '{') {
    value = folded(p, value, at.indent, is_flow_closed);
    if (!is_flow_closed(value))
      bad(p, "read as far as it goes: the closing bracket is missing; add it",
          value);
    if (c == '[') put_flow_list(p, at, value);
    else put_flow_map(p, at, value);
  } else if (c == '"' || c == '\'')
    put(p, &at, scalar(p, folded(p, value, at.indent, is_quote_closed)));
  else put(p, &at, scalar(p, folded(p, plain(value), at.indent, NULL)));
}

static bool is_item(capsa_slice line) {
  return capsa_slice_equal(line, CAPSA_LITERAL("-")) ||
         capsa_slice_starts(line, "- ");
}

/* The lines of a map, each indented by `indent`. The next line is its first. */
static void read_map(parser *p, place at, size_t indent) {
  while (p->at + 1 < p->lines.count) {
    const yaml_line *line = &p->lines.items[p->at + 1];
    capsa_slice text = capsa_slice_from(line->text, line->indent);
    if (!is_empty(text) && line->indent < indent) return;
    p->at++;
    if (is_empty(text)) continue;
    size_t key = capsa_yaml_key_len(text);
    if (!key || line->indent > indent) {
      bad(p,
          "left out: front matter has maps of one level, a `key: value` a "
          "line",
          text);
      continue;
    }
    at.sub = bare_key(capsa_slice_cut(text, 0, key));
    at.indent = line->indent;
    read_value(p, at, capsa_slice_from(text, key + 1));
  }
}

static void read_item(parser *p, place at, const yaml_line *line) {
  capsa_slice text = capsa_slice_from(line->text, line->indent + 1);
  size_t blanks = 0;
  while (blanks < text.len && is_blank(text.ptr[blanks])) blanks++;
  text = capsa_slice_from(text, blanks);
  size_t key = capsa_yaml_key_len(text);
  at.indent = line->indent;
  if (!key) {
    read_value(p, at, text);
    return;
  }
  place first = at;
  size_t inner = line->indent + 1 + blanks;
  first.sub = bare_key(capsa_slice_cut(text, 0, key));
  first.indent = inner;
  read_value(p, first, capsa_slice_from(text, key + 1));
  read_map(p, at, inner);
}

static void read_list(parser *p, place at, size_t indent) {
  while (p->at + 1 < p->lines.count) {
    const yaml_line *line = &p->lines.items[p->at + 1];
    capsa_slice text = capsa_slice_from(line->text, line->indent);
    if (!is_empty(text) &&
        (line->indent < indent || (line->indent == indent && !is_item(text))))
      return;
    p->at++;
    if (is_empty(text)) continue;
    if (!is_item(text)) {
      bad(p, "left out: no item of the list above; begin it with `- `", text);
      continue;
    }
    at.item++;
    read_item(p, at, line);
  }
}

/* What stands in the lines below a key without a value. */
static void read_below(parser *p, place at) {
  size_t next = p->at + 1;
  while (next < p->lines.count && is_empty(p->lines.items[next].text)) next++;
  if (next == p->lines.count) return;
  const yaml_line *line = &p->lines.items[next];
  capsa_slice text = capsa_slice_from(line->text, line->indent);
  if (is_item(text)) read_list(p, at, line->indent);
  else if (line->indent > at.indent && capsa_yaml_key_len(text))
    read_map(p, at, line->indent);
  else if (line->indent > at.indent) {
    p->at = next;
    put(p, &at, scalar(p, folded(p, text, at.indent, NULL)));
  }
}

static void read_line(parser *p) {
  const yaml_line *line = &p->lines.items[p->at];
  if (is_empty(line->text)) return;
  capsa_slice text = capsa_slice_from(line->text, line->indent);
  size_t key = capsa_yaml_key_len(text);
  if (!key || line->indent) {
    bad(p, "left out: write `key: value` here, not indented", text);
    return;
  }
  place at = {.key = bare_key(capsa_slice_cut(text, 0, key))};
  capsa_slice value = capsa_slice_from(text, key + 1);
  if (is_empty(value)) read_below(p, at);
  else read_value(p, at, value);
}

void capsa_yaml_read(capsa_slice text, uint32_t line, capsa_draft *draft,
                     capsa_yaml *out) {
  parser p = {.draft = draft, .out = out, .first = line};
  capsa_slice rest = text, raw;
  while (capsa_slice_next_line(&rest, &raw)) {
    yaml_line *item = CAPSA_LIST_ADD(draft->arena, &p.lines);
    if (!item) return;
    item->text = raw;
    while (item->indent < raw.len && raw.ptr[item->indent] == ' ')
      item->indent++;
  }
  for (; p.at < p.lines.count; p.at++) read_line(&p);
}
