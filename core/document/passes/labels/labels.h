/* labels.h -- who speaks in a record: the families of its labels.
 *
 * A label is known by what the record does with it, not by a list of names:
 * all paragraphs are read first, what has a label's shape makes a family with
 * all that reads the same, the families are weighed together (is this a
 * conversation at all?), and only then are turns cut.
 *
 *   capsa_label_shape_read()   has the start of a text the shape of a label?
 *   capsa_labels_find()        the families of a draft
 *   capsa_label_at_start(), capsa_label_inside(), capsa_label_told()
 */
#ifndef CAPSA_CORE_DOCUMENT_LABELS_H
#define CAPSA_CORE_DOCUMENT_LABELS_H

#include "document/draft.h"

/** Longest label in bytes, and in words. */
#define CAPSA_LABEL_MAX 80
#define CAPSA_LABEL_WORDS_MAX 8

typedef struct capsa_label_shape {
  capsa_slice bare; /* as printed, without the sign at its end */
  size_t end;       /* byte behind the sign */
  char sign;        /* ':', ';', '.', '-', a space, or 0 for none */
} capsa_label_shape;

/** How the labels of a record are printed. */
typedef enum capsa_label_style {
  CAPSA_LABEL_COLON = 0, /* "Durand: …", "DURAND. …" */
  CAPSA_LABEL_DASH,      /* "M. Durand. — …", "Q.—…" */
  CAPSA_LABEL_STOP,      /* "Durand. I think …" */
  CAPSA_LABEL_PLAIN,     /* "general durand I think …" */
  CAPSA_LABEL_STYLE_COUNT
} capsa_label_style;

bool capsa_label_shape_read(capsa_slice text, capsa_label_shape *out);

/** The same for a label of another style than COLON; the sign is '-', '.' or
 * a space. */
bool capsa_label_shape_styled(capsa_slice text, capsa_label_style style,
                              capsa_label_shape *out);

/** Is it in capitals, a remark in round brackets apart: "GOMEZ (Spain)"? */
bool capsa_label_is_capitals(capsa_slice bare);

/** Has every word the looks of one in a name or an office? */
bool capsa_label_is_name_like(capsa_slice bare);

/** Is all of the block a label without a sign, set off by type? Its speech is
 * the next paragraph. `sign` is 0 then. */
bool capsa_label_shape_own(const capsa_draft_block *block,
                           capsa_label_shape *out);

/** Are the first `len` bytes of the block in italics, bold or small capitals,
 * and little more? */
bool capsa_label_typed(const capsa_draft_block *block, size_t len);

/** Bytes of a colon at `at`: 1, 3 for the full-width one, 0 for none. */
size_t capsa_colon_len(capsa_slice text, size_t at);

/**
 * The letters of a label, folded: what two forms of one label share. What
 * stands in brackets counts only where there is nothing else.
 * @param key  at least CAPSA_LABEL_MAX bytes
 * @return bytes of the key
 */
size_t capsa_label_key(capsa_slice bare, char *key);

/** Does the next paragraph go on where a label and its sign end? */
bool capsa_label_break(capsa_slice text, size_t at);

typedef enum capsa_label_class {
  CAPSA_LABEL_COMMON = 0, /* words that any form or memorandum may have */
  CAPSA_LABEL_NAME,       /* a word that is in no dictionary, or attested */
  CAPSA_LABEL_INITIALS,   /* LBJ, K */
  CAPSA_LABEL_PERSON      /* with a title, or a title alone */
} capsa_label_class;

capsa_label_class capsa_label_class_of(capsa_slice bare);

/** What stands before a colon on forms and letterheads and never speaks. */
bool capsa_label_is_field(capsa_slice bare);

/** "A. United States": a letter that counts, or an initial. */
bool capsa_label_is_enumerated(capsa_slice bare);

/** Is every word of `text` one of the language, and no name? */
bool capsa_label_is_common(capsa_slice text);

/** A given name that is a word of the language too. */
bool capsa_label_is_given_name(capsa_slice word);

typedef struct capsa_label_family {
  capsa_slice bare, key;
  capsa_slice full; /* a form that the editor completed: "RN [Richard Nixon]" */
  char sign;
  bool capitals; /* MAO ZEDONG */
  bool own;      /* stands on a line of its own, without a sign */
  capsa_label_class class;
  uint32_t count;       /* paragraphs that open with it */
  uint32_t speech;      /* of these, how many go on like speech */
  uint32_t typed;       /* of these, how many are set off by type */
  uint32_t voice;       /* of these, how many say I or you, or ask */
  uint32_t near;        /* of these, how many stand beside another label */
  uint32_t votes;       /* for `bare` being the form that most have */
  uint32_t person;      /* the family that stands for it, index plus 1 */
  uint32_t misread_for; /* the family it is misread from, index plus 1 */
  uint16_t next_beginning, next_ending; /* in its chains; 0 for none */
} capsa_label_family;

/** Families that share a byte, in the order of their coming: index plus 1. */
typedef struct capsa_label_chain {
  uint16_t first, last;
} capsa_label_chain;

typedef struct capsa_labels {
  capsa_label_family *items;
  size_t count, cap;
  uint16_t *slots; /* by key: index plus 1 */
  capsa_label_chain
      beginnings[256];            /* those in capitals, by their first byte */
  capsa_label_chain endings[256]; /* by the last one, the sign apart */
  bool capitals, stop; /* is there one in capitals, one with a full stop? */
  capsa_label_style style;
} capsa_labels;

/** Could a family of another style than COLON be a speaker? */
bool capsa_label_may_speak(const capsa_draft *draft,
                           const capsa_label_family *family);

/** Do families of one other style make a conversation? */
bool capsa_label_style_speaks(const capsa_draft *draft,
                              const capsa_labels *labels,
                              capsa_label_style style);

/** A label that stands in a text. */
typedef struct capsa_label {
  size_t start, end;   /* of the label with its sign */
  capsa_slice printed; /* without the sign */
  const capsa_label_family *family;
  bool misread; /* `printed` has other letters, or spaces in a word */
  bool sign;    /* the sign is another one */
} capsa_label;

/** The family of a label as printed; NULL where there is none. */
const capsa_label_family *capsa_label_find(const capsa_labels *labels,
                                           capsa_slice bare);

/** Find the families of a draft's paragraphs. */
void capsa_labels_find(capsa_draft *draft, capsa_labels *labels);

/** The label that `block` opens with, or is. */
bool capsa_label_at_start(const capsa_labels *labels,
                          const capsa_draft_block *block, capsa_label *out);

/** The next label in the middle of `text`, at or after `from`: behind a
 * sentence's end or a bracket. */
bool capsa_label_inside(const capsa_labels *labels, capsa_slice text,
                        size_t from, capsa_label *out);

/** Does a sentence end before byte `start`, so that a label may begin there? */
bool capsa_label_may_follow(capsa_slice text, size_t start);

/** The family in capitals that `text` opens with, no sign behind it and a verb
 * in lower case next: "MAO ZEDONG thanks him …". NULL where there is none. */
const capsa_label_family *capsa_label_told(const capsa_labels *labels,
                                           capsa_slice text);

#endif
