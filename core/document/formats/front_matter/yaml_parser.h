/* yaml_parser.h -- what the two files of the YAML reader share.
 *
 *   capsa_yaml_parser    the lines, and the one that is read
 *   capsa_yaml_scalar()  a value as text; yaml_scalars.c
 *
 * Values are slices of the source or live in the draft's arena.
 */
#ifndef CAPSA_CORE_DOCUMENT_YAML_PARSER_H
#define CAPSA_CORE_DOCUMENT_YAML_PARSER_H

#include "base/slice.h"
#include "document/formats/front_matter/yaml.h"

typedef struct capsa_yaml_line {
  capsa_slice text; /* without its end */
  size_t indent;
} capsa_yaml_line;

typedef struct capsa_yaml_parser {
  capsa_draft *draft;
  capsa_yaml *out;
  CAPSA_LIST(capsa_yaml_line) lines;
  size_t at;      /* the line that is read */
  uint32_t first; /* its number in the source, of line 0 */
} capsa_yaml_parser;

static inline bool capsa_yaml_is_blank(char c) { return c == ' ' || c == '\t'; }

static inline bool capsa_yaml_is_empty(capsa_slice text) {
  text = capsa_slice_trim(text);
  return !text.len || text.ptr[0] == '#';
}

static inline uint32_t capsa_yaml_number(const capsa_yaml_parser *p) {
  return p->first + (uint32_t)p->at;
}

/** Report that the line is read in part, or not at all. */
void capsa_yaml_bad(capsa_yaml_parser *p, const char *action, capsa_slice text);

/** Bytes of the quoted text that `text` opens with; 0 where it has no end. */
size_t capsa_yaml_quoted_len(capsa_slice text);

/** A plain scalar; ` #` begins a comment. */
capsa_slice capsa_yaml_plain(capsa_slice text);

/** A value in one line, quoted or plain. */
capsa_slice capsa_yaml_scalar(capsa_yaml_parser *p, capsa_slice text);

/** `text` and the lines below that are indented by more than `indent`, folded:
 * a line feed is a space, an empty line a line feed.
 * @param closed  only until it holds; NULL: all of them */
capsa_slice capsa_yaml_folded(capsa_yaml_parser *p, capsa_slice text,
                              size_t indent, bool (*closed)(capsa_slice));

/** What stands below `|`, which keeps lines, or `>`, which folds them; `-`
 * drops the last line feed, `+` keeps all, and a digit is not needed: the first
 * line tells the indentation. */
capsa_slice capsa_yaml_block(capsa_yaml_parser *p, capsa_slice mark,
                             size_t indent);

#endif
