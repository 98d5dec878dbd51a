/* labels.h -- who speaks in a record: the families of its labels.
 *
 * A label is known by what the record does with it, not by a list of names:
 * all paragraphs are read first, what looks like a label and comes again (or
 * is printed as only a label is) makes a family, and only then are turns cut.
 */
#ifndef CAPSA_CORE_DOCUMENT_LABELS_H
#define CAPSA_CORE_DOCUMENT_LABELS_H

#include "document/draft.h"

/** Longest label in bytes. */
#define CAPSA_LABEL_MAX 80

typedef struct capsa_label_family {
  capsa_slice bare; /* as printed, without the sign at its end */
  char sign;        /* ':' or '.' */
  bool capitals;    /* MAO ZEDONG */
  uint32_t count;   /* paragraphs that open with it */
  uint32_t speaker; /* index into the draft's speakers plus 1 */
} capsa_label_family;

typedef struct capsa_labels {
  capsa_label_family *items;
  size_t count, cap;
} capsa_labels;

/** A label that stands in a text. */
typedef struct capsa_label {
  size_t start, end;   /* of the label with its sign */
  capsa_slice printed; /* without the sign */
  const capsa_label_family *family;
  bool misread; /* `printed` is not what the family has, or the sign is not */
} capsa_label;

/** Find the families of a draft's paragraphs. */
void capsa_labels_find(capsa_draft *draft, capsa_labels *labels);

/** The label that `text` opens with. */
bool capsa_label_at_start(const capsa_labels *labels, capsa_slice text,
                          capsa_label *out);

/** The next label in the middle of `text`, at or after `from`: behind a
 * sentence's end or a bracket. */
bool capsa_label_inside(const capsa_labels *labels, capsa_slice text,
                        size_t from, capsa_label *out);

/** The family in capitals that `text` opens with, no sign behind it and a verb
 * in lower case next: "MAO ZEDONG thanks him …". NULL where there is none. */
const capsa_label_family *capsa_label_told(const capsa_labels *labels,
                                           capsa_slice text);

#endif
