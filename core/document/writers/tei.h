/* tei.h -- what the files of the TEI writer share.
 *
 *   capsa_tei_writer          the output, and what is open in it
 *   capsa_tei_put_*           text, attributes, the text of a block
 *
 * tei.c writes the blocks, tei_notes.c the footnotes, tei_marks.c what stands
 * in them, tei_values.c attributes and dates, tei_head.c the teiHeader. White
 * space counts (xml:space): text goes out as it is.
 */
#ifndef CAPSA_CORE_DOCUMENT_WRITERS_TEI_H
#define CAPSA_CORE_DOCUMENT_WRITERS_TEI_H

#include "base/arena.h"
#include "base/buf.h"
#include "capsa/document.h"

/** Headings nest this deep in the model, and no list deeper than that. */
#define CAPSA_TEI_DIVISIONS_MAX 8

typedef struct capsa_tei_writer {
  const capsa_document *document;
  capsa_arena *arena;
  capsa_buf out;
  uint32_t divisions[CAPSA_TEI_DIVISIONS_MAX]; /* levels of those open */
  size_t division_count;
  bool at_top;         /* only heads and date lines so far in the division */
  bool filled;         /* there is what a body must have */
  bool in_speech;      /* a sp is open, of */
  uint32_t turn;       /* this turn, */
  uint32_t last_turn;  /* the highest so far */
  uint32_t lists;      /* levels of lists open, each with an item */
  bool notes_in_place; /* footnotes stand where they are referred to */
  uint32_t next_note;  /* block number of the footnote that comes next */
  bool in_note;        /* the text of one is being written */
} capsa_tei_writer;

/** Text as XML has it; what XML has no room for is U+FFFD. */
void capsa_tei_put_text(capsa_buf *out, capsa_slice text);

/** ` name="value"`; nothing where the value is empty. */
void capsa_tei_put_attribute(capsa_buf *out, const char *name,
                             capsa_slice value);

/** The same for an address, with what none may have in it escaped. */
void capsa_tei_put_address(capsa_buf *out, const char *name, capsa_slice value);

/** xml:lang, where it is one. */
void capsa_tei_put_language(capsa_buf *out, capsa_slice language);

/** The attributes that date something; none where `edtf` is no date. */
void capsa_tei_put_date(capsa_buf *out, capsa_slice edtf);

/** Does a date come back from its attributes as it is? */
bool capsa_tei_is_date(capsa_slice edtf);

/**
 * The text of a block with its marks.
 * @param between  a sign that parts cells or lines: 0 for none, '\n' for lines
 *                 of verse, '\t' for cells of a table, whose rows '\n' ends
 */
void capsa_tei_put_marked(capsa_tei_writer *w, const capsa_block *block,
                          char between);

/** `<note …>` of a footnote with its text. @param mark  what it is called where
 * it is referred to; NULL where it stands by itself */
void capsa_tei_put_note(capsa_tei_writer *w, const capsa_block *note,
                        const capsa_span *mark);

/** Index from which on all blocks are footnotes. */
size_t capsa_tei_notes_start(const capsa_document *document);

/** Can notes stand in place? Where all of them are at the end, from `start`
 * on, in the order in which they are referred to. */
bool capsa_tei_notes_in_place(const capsa_document *document, size_t start);

/** Attributes that every block has. */
void capsa_tei_put_attributes(capsa_tei_writer *w, const capsa_block *block);

/** Has it a label, or had one before it was repaired? */
bool capsa_tei_has_label(const capsa_block *block);

/** `<choice>` of a repair of a label. */
void capsa_tei_put_repair(capsa_buf *out, const capsa_emendation *e);

void capsa_tei_put_header(capsa_tei_writer *w);

#endif
