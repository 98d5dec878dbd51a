/* label_weigh.h -- inside of labels.c: what the families say together.
 *
 *   capsa_labels_weigh(), capsa_label_weights_converse(), capsa_label_speaks()
 *   capsa_labels_find_middle()  those that open no paragraph
 */
#ifndef CAPSA_CORE_DOCUMENT_LABEL_WEIGH_H
#define CAPSA_CORE_DOCUMENT_LABEL_WEIGH_H

#include "document/passes/labels/labels.h"

/* What a record's labels look like together. */
typedef struct capsa_label_weights {
  uint32_t families, turns;         /* of what looks like speakers */
  uint32_t repeated, titled, typed; /* of these */
  uint32_t common;                  /* turns of the rest that come again */
  uint32_t capitals, near;
  bool initials; /* "C. QUILL" comes again: "A. BLOT" does not count */
} capsa_label_weights;

capsa_label_weights capsa_labels_weigh(const capsa_labels *labels);

/** Do people talk with each other here? */
bool capsa_label_weights_converse(const capsa_label_weights *all);

/** Is the family a speaker among these? */
bool capsa_label_speaks(const capsa_draft *draft,
                        const capsa_label_family *family,
                        const capsa_label_weights *all);

/** Has the record the name behind a title, an initial or a given name? */
bool capsa_label_is_attested(const capsa_draft *draft, capsa_slice name);

/** Is it the last of the names of someone who is listed as present? */
bool capsa_label_is_listed(const capsa_draft *draft, capsa_slice name);

/**
 * Labels of a conversation that stand in the middle of paragraphs only, as
 * families of one turn: whole names in capitals where the labels are in
 * capitals, and people who are listed as present. `found` is called for each
 * that `labels` does not have.
 */
void capsa_labels_find_middle(capsa_draft *draft, capsa_labels *labels,
                              bool capitals,
                              void (*found)(capsa_draft *draft,
                                            capsa_labels *labels,
                                            const capsa_label_shape *shape));

#endif
