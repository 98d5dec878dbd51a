/* yaml.h -- the subset of YAML that front matter is written in.
 *
 *   key: value                 plain, 'single' or "double" quoted; may go on
 *                              in deeper lines, which are folded
 *   key: | or >                lines kept or folded; + and - as in YAML
 *   key: [a, "b"]              list; also `- a` in lines below
 *   key: {name: a, office: b}  map; also `name: a` in deeper lines below
 *   - name: a                  a list's item may be such a map
 *
 * Everything is text: no numbers, dates or truth values. Anchors, aliases,
 * tags and deeper nesting are not read; they are reported with their line.
 */
#ifndef CAPSA_CORE_DOCUMENT_YAML_H
#define CAPSA_CORE_DOCUMENT_YAML_H

#include "document/draft.h"

/** A quoted value or a flow list goes on over so many lines: each is looked
 * through again for its end. */
#define CAPSA_YAML_FOLDED_LINES_MAX 500

typedef struct capsa_yaml_entry {
  capsa_slice key;
  capsa_slice sub;   /* of a map: the key in it; else empty */
  capsa_slice value; /* in the draft's arena or the text; may be empty */
  uint32_t item;     /* of a list, from 1; else 0 */
  uint32_t line;
} capsa_yaml_entry;

typedef struct capsa_yaml {
  CAPSA_LIST(capsa_yaml_entry) entries;
} capsa_yaml;

/** Read `text`, whose first line has the number `line` in its source. What is
 * no YAML of the above kind is reported. */
void capsa_yaml_read(capsa_slice text, uint32_t line, capsa_draft *draft,
                     capsa_yaml *out);

/** Bytes of `key` in `key: …` or `key:`; 0 where `line` is no such line. */
size_t capsa_yaml_key_len(capsa_slice line);

#endif
