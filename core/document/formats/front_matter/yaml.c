/* yaml.c -- lists and maps of front matter, in one line and in several. */
#include "document/formats/front_matter/yaml.h"

#include <string.h>

#include "base/slice.h"
#include "document/formats/front_matter/yaml_parser.h"

/* Where a value belongs. */
typedef struct place {
  capsa_slice key, sub;
  uint32_t item;
  size_t indent; /* of the line of its key */
} place;

static void put(capsa_yaml_parser *p, const place *at, capsa_slice value) {
  capsa_yaml_entry *entry = CAPSA_LIST_ADD(p->draft->arena, &p->out->entries);
  if (entry)
    *entry = (capsa_yaml_entry){at->key, at->sub, value, at->item,
                                capsa_yaml_number(p)};
}

static capsa_slice bare_key(capsa_slice key) {
  key = capsa_slice_trim(key);
  bool quoted = key.len > 1 && strchr("\"'", key.ptr[0]);
  return quoted ? capsa_slice_cut(key, 1, key.len - 1) : key;
}

/* ---- lists and maps in one line */

static bool is_quote_closed(capsa_slice text) {
  return capsa_yaml_quoted_len(capsa_slice_trim(text)) > 0;
}

/* Brackets in quotation marks do not count. */
static bool is_flow_closed(capsa_slice text) {
  int depth = 0;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.ptr[i];
    bool starts = !i || strchr(" ,[{:", text.ptr[i - 1]);
    if ((c == '"' || c == '\'') && starts) {
      size_t len = capsa_yaml_quoted_len(capsa_slice_from(text, i));
      if (!len) return false;
      i += len - 1;
    } else if (c == '[' || c == '{') depth++;
    else if ((c == ']' || c == '}') && --depth == 0) return true;
  }
  return false;
}

/* Cut the next `a` off `a, b`. */
static bool next_flow(capsa_slice *rest, capsa_slice *part) {
  if (!rest->ptr) return false;
  size_t i = 0;
  int depth = 0;
  for (; i < rest->len; i++) {
    char c = rest->ptr[i];
    bool starts = !i || strchr(" ,[{:", rest->ptr[i - 1]);
    size_t quoted = (c == '"' || c == '\'') && starts
                        ? capsa_yaml_quoted_len(capsa_slice_from(*rest, i))
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

static void put_flow_map(capsa_yaml_parser *p, place at, capsa_slice flow) {
  capsa_slice rest = inside(flow), part;
  while (next_flow(&rest, &part)) {
    size_t key = capsa_yaml_key_len(part);
    if (!key && part.len)
      capsa_yaml_bad(p, "left out: no `key: value` in this map", part);
    if (!key) continue;
    at.sub = bare_key(capsa_slice_cut(part, 0, key));
    put(p, &at, capsa_yaml_scalar(p, capsa_slice_from(part, key + 1)));
  }
}

static void put_flow_list(capsa_yaml_parser *p, place at, capsa_slice flow) {
  capsa_slice rest = inside(flow), part;
  while (next_flow(&rest, &part)) {
    if (!part.len) continue;
    at.item++;
    if (part.ptr[0] == '{') put_flow_map(p, at, part);
    else put(p, &at, capsa_yaml_scalar(p, part));
  }
}

/* ---- values */

static void read_value(capsa_yaml_parser *p, place at, capsa_slice value) {
  value = capsa_slice_trim(value);
  char c = value.len ? value.ptr[0] : 0;
  if (c == '|' || c == '>') put(p, &at, capsa_yaml_block(p, value, at.indent));
  else if (c == '[' || c == '{') {
    value = capsa_yaml_folded(p, value, at.indent, is_flow_closed);
    if (!is_flow_closed(value))
      capsa_yaml_bad(
          p, "read as far as it goes: the closing bracket is missing; add it",
          value);
    if (c == '[') put_flow_list(p, at, value);
    else put_flow_map(p, at, value);
  } else if (c == '"' || c == '\'')
    put(p, &at,
        capsa_yaml_scalar(
            p, capsa_yaml_folded(p, value, at.indent, is_quote_closed)));
  else
    put(p, &at,
        capsa_yaml_scalar(
            p, capsa_yaml_folded(p, capsa_yaml_plain(value), at.indent, NULL)));
}

static bool is_item(capsa_slice line) {
  return capsa_slice_equal(line, CAPSA_LITERAL("-")) ||
         capsa_slice_starts(line, "- ");
}

/* The lines of a map, each indented by `indent`. The next line is its first. */
static void read_map(capsa_yaml_parser *p, place at, size_t indent) {
  while (p->at + 1 < p->lines.count) {
    const capsa_yaml_line *line = &p->lines.items[p->at + 1];
    capsa_slice text = capsa_slice_from(line->text, line->indent);
    if (!capsa_yaml_is_empty(text) && line->indent < indent) return;
    p->at++;
    if (capsa_yaml_is_empty(text)) continue;
    size_t key = capsa_yaml_key_len(text);
    if (!key || line->indent > indent) {
      capsa_yaml_bad(
          p,
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

static void read_item(capsa_yaml_parser *p, place at,
                      const capsa_yaml_line *line) {
  capsa_slice text = capsa_slice_from(line->text, line->indent + 1);
  size_t blanks = 0;
  while (blanks < text.len && capsa_yaml_is_blank(text.ptr[blanks])) blanks++;
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

static void read_list(capsa_yaml_parser *p, place at, size_t indent) {
  while (p->at + 1 < p->lines.count) {
    const capsa_yaml_line *line = &p->lines.items[p->at + 1];
    capsa_slice text = capsa_slice_from(line->text, line->indent);
    if (!capsa_yaml_is_empty(text) &&
        (line->indent < indent || (line->indent == indent && !is_item(text))))
      return;
    p->at++;
    if (capsa_yaml_is_empty(text)) continue;
    if (!is_item(text)) {
      capsa_yaml_bad(
          p, "left out: no item of the list above; begin it with `- `", text);
      continue;
    }
    at.item++;
    read_item(p, at, line);
  }
}

/* What stands in the lines below a key without a value. */
static void read_below(capsa_yaml_parser *p, place at) {
  size_t next = p->at + 1;
  while (next < p->lines.count &&
         capsa_yaml_is_empty(p->lines.items[next].text))
    next++;
  if (next == p->lines.count) return;
  const capsa_yaml_line *line = &p->lines.items[next];
  capsa_slice text = capsa_slice_from(line->text, line->indent);
  if (is_item(text)) read_list(p, at, line->indent);
  else if (line->indent > at.indent && capsa_yaml_key_len(text))
    read_map(p, at, line->indent);
  else if (line->indent > at.indent) {
    p->at = next;
    put(p, &at,
        capsa_yaml_scalar(p, capsa_yaml_folded(p, text, at.indent, NULL)));
  }
}

static void read_line(capsa_yaml_parser *p) {
  const capsa_yaml_line *line = &p->lines.items[p->at];
  if (capsa_yaml_is_empty(line->text)) return;
  capsa_slice text = capsa_slice_from(line->text, line->indent);
  size_t key = capsa_yaml_key_len(text);
  if (!key || line->indent) {
    capsa_yaml_bad(p, "left out: write `key: value` here, not indented", text);
    return;
  }
  place at = {.key = bare_key(capsa_slice_cut(text, 0, key))};
  capsa_slice value = capsa_slice_from(text, key + 1);
  if (capsa_yaml_is_empty(value)) read_below(p, at);
  else read_value(p, at, value);
}

void capsa_yaml_read(capsa_slice text, uint32_t line, capsa_draft *draft,
                     capsa_yaml *out) {
  capsa_yaml_parser p = {.draft = draft, .out = out, .first = line};
  capsa_slice rest = text, raw;
  while (capsa_slice_next_line(&rest, &raw)) {
    capsa_yaml_line *item = CAPSA_LIST_ADD(draft->arena, &p.lines);
    if (!item) return;
    item->text = raw;
    while (item->indent < raw.len && raw.ptr[item->indent] == ' ')
      item->indent++;
  }
  for (; p.at < p.lines.count; p.at++) read_line(&p);
}
