/* tei.h -- what the files of the TEI front end share.
 *
 *   capsa_tei           a TEI file while it is read
 *   capsa_tei_frame     an open element, and what its text would become
 *   capsa_tei_node      the tree of a teiHeader, which is read when it is whole
 *
 * tei.c has the events, tei_writing.c the block that is being written,
 * tei_blocks.c and tei_speech.c what makes blocks, tei_inline.c what stands in
 * a line, tei_choices.c what it should read, tei_notes.c the notes,
 * tei_header.c and tei_persons.c the metadata, tei_people.c who is who.
 */
#ifndef CAPSA_CORE_DOCUMENT_TEI_H
#define CAPSA_CORE_DOCUMENT_TEI_H

#include "document/formats/tei/tei_names.h"
#include "document/formats/tei/tei_text.h"
#include "document/formats/tei/xml.h"
#include "text/words.h"

/** Notes in notes and the like; deeper ones are text of the innermost. */
#define CAPSA_TEI_TEXTS_MAX 16

/** White space between elements is none of the text. */
typedef enum capsa_tei_spaces {
  CAPSA_TEI_SPACES_KEPT = 0,
  CAPSA_TEI_SPACES_OUTSIDE, /* of no block; in one they part words */
  CAPSA_TEI_SPACES_NONE     /* between the parts of a choice */
} capsa_tei_spaces;

/** What text in an element becomes; handed on to the elements in it. */
typedef struct capsa_tei_context {
  capsa_block_kind kind;
  uint32_t level, divisions, lists, quotations;
  capsa_tei_spaces spaces;
  char hold;     /* not 0: blocks in here are one, parted by this */
  bool in_text;  /* a paragraph, an item, a line */
  bool quoted;   /* paragraphs in here are quoted */
  bool speech;   /* in a speech */
  bool dateline; /* date and place in here are the record's */
  bool heading;  /* likewise, if no date line has them */
  bool preserve; /* xml:space */
  capsa_slice language;
} capsa_tei_context;

typedef struct capsa_tei_frame {
  const capsa_tei_element *element;
  capsa_tei_context c;
  size_t marks[2]; /* in its text */
  capsa_span_kind kinds[2];
  capsa_slice targets[2];
  size_t text;                  /* index of the text that it writes to */
  size_t start, end;            /* of its words there */
  bool has_words, has_original; /* of a choice: what was given */
  bool spoken;                  /* a block of the turn, whatever its kind */
  bool block;                   /* it is a block of its own: a gap */
  uint32_t count;               /* of its items, cells, … so far */
  bool foreign;                 /* in another language than what is around it */
  bool ordered;                 /* a list's items have numbers */
  bool captured;                /* its text is its own: a note, a label */
  bool at_end;                  /* a note that stands where it is read */
  bool is_source;               /* a note that tells where the record lies */
  capsa_slice id, previous;     /* xml:id; the piece that prev points to */
  capsa_slice who;              /* of a name: the person's key */
  capsa_slice marker;           /* of a block, where Capsa wrote it */
  capsa_slice value; /* of a choice: the original; of a note: its number;
                        of a date: EDTF */
  const char *rule;  /* of a choice; of a note: its type */
  size_t repairs;    /* of the text where a choice begins */
  int confidence;
} capsa_tei_frame;

typedef struct capsa_tei_node {
  const char *name;        /* without prefix; "" for a piece of text */
  capsa_slice text;        /* of such a piece */
  capsa_slice *attributes; /* name, value, …; an empty name last */
  struct capsa_tei_node *parent, *first, *last, *next;
} capsa_tei_node;

/** Somebody, or a note, that the file gives an identifier. */
typedef struct capsa_tei_identity {
  capsa_slice id, name, office, key;
  capsa_slice marker; /* of a note */
  bool is_note, has_mark, is_speaker;
  uint32_t speaker; /* of a settled document: index plus 1 */
} capsa_tei_identity;

typedef struct capsa_tei_identities {
  capsa_tei_identity *items;
  size_t count, cap;
  uint32_t *slots; /* index plus 1; a power of two of them */
  size_t slot_count;
} capsa_tei_identities;

/** A speech that has no label but a speaker's key: the first block's index. */
typedef struct capsa_tei_unnamed {
  size_t block;
} capsa_tei_unnamed;

typedef struct capsa_tei {
  capsa_draft *draft;
  capsa_xml xml;
  capsa_tei_frame frames[CAPSA_XML_DEPTH_MAX + 1];
  size_t depth; /* of the innermost frame */
  capsa_tei_text texts[CAPSA_TEI_TEXTS_MAX];
  size_t text;        /* index of the one that is written to; 0: the record's */
  uint32_t documents; /* TEI elements so far */
  uint32_t skipped;   /* depth inside what is passed over */
  bool settled;       /* written by Capsa: nothing is left to find */
  bool has_speech;    /* sp or u */
  bool has_numbers;   /* notes say their numbers */
  uint32_t unnumbered;
  capsa_draft_blocks behind; /* what is looked up, and not read first */
  capsa_draft_blocks notes;  /* that wait for the end of their chapter */
  capsa_words note_markers;  /* of these */
  size_t chapter;            /* block before which they would stand; */
  bool has_chapter;          /* where a division began since the last note */
  CAPSA_LIST(capsa_span) waiting; /* page marks for the next block */
  capsa_slice label, who, marker; /* for the next block */
  uint32_t turn, speaker;         /* of a settled document */
  CAPSA_LIST(capsa_emendation) label_repairs;
  bool begins_turn;
  CAPSA_LIST(capsa_tei_unnamed) unnamed;
  capsa_tei_identities identities;
  capsa_tei_node *root, *node; /* of a header that is being read */
  capsa_slice corpus;          /* title of the corpus */
  struct {
    capsa_slice date, date_text, place, date_of_heading, text_of_heading;
    capsa_slice source;   /* of the note that tells it */
    capsa_slice volume;   /* title of what the record was taken from */
    capsa_slice language; /* of the whole text */
  } found;
} capsa_tei;

/* ---- tei.c and tei_writing.c */

static inline capsa_tei_frame *capsa_tei_top(capsa_tei *r) {
  return &r->frames[r->depth];
}
static inline capsa_tei_text *capsa_tei_writing(capsa_tei *r) {
  return &r->texts[r->text];
}

/** The text that words in the innermost element go to, ready for them. */
capsa_tei_text *capsa_tei_open(capsa_tei *r);

/** End the block that is being written; in a note, part its words. */
void capsa_tei_begin_block(capsa_tei *r, const capsa_tei_context *around);

/** Send the text of an element to a text of its own. */
bool capsa_tei_capture(capsa_tei *r, capsa_tei_frame *frame, char hold);

/** What it became; reading goes on in the text around it. */
capsa_draft_block capsa_tei_captured(capsa_tei *r, capsa_tei_frame *frame);

/** A copy of an attribute that stays. */
capsa_slice capsa_tei_attribute(capsa_tei *r, capsa_xml_attributes attributes,
                                const char *name);

/** Is `word` one of the words of `list`, which has spaces and `#` around them?
 */
bool capsa_tei_has_word(capsa_slice list, const char *word);

/** "#a people.xml#b" gives "a b". */
capsa_slice capsa_tei_key(capsa_tei *r, capsa_slice pointers);

/** Put a mark of no length here, or keep it for the next block. */
void capsa_tei_put_mark(capsa_tei *r, const capsa_span *span);

/** End the block of the record that is being written. */
void capsa_tei_end_block(capsa_tei *r);
/** Add a block without words. */
void capsa_tei_add_empty(capsa_tei *r, capsa_block_kind kind);

/* ---- tei_blocks.c: elements that make blocks */

/** @return false where the element is none of these */
bool capsa_tei_block_start(capsa_tei *r, capsa_tei_frame *frame,
                           capsa_xml_attributes attributes);
/** Does the end of an element end a block? */
bool capsa_tei_ends_block(const capsa_tei *r, const capsa_tei_frame *frame);
/** Text of a kind of its own begins. */
void capsa_tei_start_text(capsa_tei *r, capsa_tei_frame *frame,
                          capsa_block_kind kind, uint32_t level);
/** An element that holds blocks begins. */
void capsa_tei_start_group(capsa_tei *r, capsa_tei_frame *frame);
/** A table's row ends. */
void capsa_tei_row_end(capsa_tei *r, const capsa_tei_frame *frame);
/** Front matter ends: lists for looking up go behind the text. */
void capsa_tei_front_end(capsa_tei *r, const capsa_tei_frame *frame);
/** They become blocks here. */
void capsa_tei_put_behind(capsa_tei *r);

/* ---- tei_speech.c: who speaks; and what is left */

void capsa_tei_speech_start(capsa_tei *r, capsa_tei_frame *frame,
                            capsa_xml_attributes attributes);
void capsa_tei_element_end(capsa_tei *r, capsa_tei_frame *frame);

/* ---- tei_inline.c: elements in a line */

/** @return false where the element is none of these */
bool capsa_tei_inline_start(capsa_tei *r, capsa_tei_frame *frame,
                            capsa_xml_attributes attributes);
void capsa_tei_inline_end(capsa_tei *r, capsa_tei_frame *frame);

/** The attributes that date something. */
typedef struct capsa_tei_date {
  capsa_slice when, custom, from, to, not_before, not_after;
} capsa_tei_date;

/** As EDTF: "1958-07-31", "1958-07/1958-08", "[1958..]" where it is only known
 * to be later. Hours are passed over. */
capsa_slice capsa_tei_edtf(capsa_tei *r, const capsa_tei_date *date);

/** Mark what is in an element. */
void capsa_tei_mark(capsa_tei *r, capsa_tei_frame *frame, capsa_span_kind kind,
                    capsa_slice target);

/* ---- tei_choices.c: what stands in a choice, and the choice itself */

void capsa_tei_corrected_start(capsa_tei *r, capsa_tei_frame *frame,
                               capsa_xml_attributes attributes);
void capsa_tei_corrected_end(capsa_tei *r, capsa_tei_frame *frame);
void capsa_tei_original_start(capsa_tei *r, capsa_tei_frame *frame);
void capsa_tei_original_end(capsa_tei *r, capsa_tei_frame *frame);
void capsa_tei_choice_end(capsa_tei *r, capsa_tei_frame *frame);

/* ---- tei_notes.c */

/** Look ahead which notes there are. */
void capsa_tei_notes_find(capsa_tei *r, capsa_slice text);
void capsa_tei_note_start(capsa_tei *r, capsa_tei_frame *frame,
                          capsa_xml_attributes attributes);
void capsa_tei_note_end(capsa_tei *r, capsa_tei_frame *frame);

/** Is `target` a note, so that what points to it is its mark? */
bool capsa_tei_is_note(capsa_tei *r, capsa_slice target);
/** The mark ends whose printed form was captured. */
void capsa_tei_note_mark(capsa_tei *r, capsa_slice target, capsa_slice printed,
                         capsa_slice number);

/** A division begins: notes before it may have to stand before it. */
void capsa_tei_notes_chapter(capsa_tei *r);
/** Notes that wait become blocks here. */
void capsa_tei_notes_put(capsa_tei *r);

/* ---- tei_people.c */

/** Who or what is called `id`; added where nobody is yet. NULL only when
 * memory is out. */
capsa_tei_identity *capsa_tei_identify(capsa_tei *r, capsa_slice id);
/** NULL where nobody is. */
capsa_tei_identity *capsa_tei_identity_find(const capsa_tei *r, capsa_slice id);
/** Everybody's name is known: labels of speeches that have none. */
void capsa_tei_people_settle(capsa_tei *r);

/* ---- tei_header.c */

/** A teiHeader or standOff is whole. */
void capsa_tei_header_read(capsa_tei *r, const capsa_tei_node *header);
/** The text is read: what it says where the header says nothing. */
void capsa_tei_header_settle(capsa_tei *r);

#endif
