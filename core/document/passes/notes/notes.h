/* notes.h -- what the files of the footnotes pass share.
 *
 *   capsa_note_start     how a block begins that may be a note
 *   capsa_note_numbers   the numbers and signs that a section of notes has
 *   capsa_note_marks     their marks, found in the text before the section
 *   capsa_note_section   the blocks of such a section
 *
 * note_starts.c reads beginnings, note_sections.c finds the sections,
 * note_marks.c the marks, and notes.c makes notes of what they found.
 */
#ifndef CAPSA_CORE_DOCUMENT_NOTES_H
#define CAPSA_CORE_DOCUMENT_NOTES_H

#include "document/passes/take_marks.h"

/** Notes are numbered to here; longer numbers are no marks. */
#define CAPSA_NOTE_NUMBER_MAX 9999

/** Marks with a sign for a number have this value. */
#define CAPSA_NOTE_SIGN ((uint32_t)CAPSA_NOTE_NUMBER_MAX + 1)

typedef struct capsa_note_numbers {
  bool *present; /* of highest + 1 */
  size_t count;  /* different ones, 0 apart: no mark says 0 */
  uint32_t highest;
  bool signs; /* "*" and the like are among them */
  bool round; /* they are printed "(1)" */
} capsa_note_numbers;

typedef struct capsa_note_marks {
  capsa_mark *items;
  size_t count, cap;
  size_t numbers; /* how many different ones of the section they mark */
  bool signs;     /* is any a sign? */
} capsa_note_marks;

/**
 * The marks of the notes `numbers` in blocks `first` to `end` (exclusive), in
 * the order of the text. Of the ways to print marks (`[1]`, raised, glued to
 * a word) the one that fits most notes counts, and of numbers glued to words
 * only a series that rises.
 */
void capsa_note_marks_find(capsa_draft *draft, size_t first, size_t end,
                           const capsa_note_numbers *numbers,
                           capsa_note_marks *out);

/** Length of a sign that marks notes ("*", "†", "‡") at byte `at`; else 0. */
size_t capsa_note_sign(capsa_slice text, size_t at);

/** Length of a number in raised digits at byte `at`; 0 where there is none. */
size_t capsa_note_raised(capsa_slice text, size_t at, uint32_t *value);

typedef enum capsa_note_form {
  CAPSA_NOTE_FORM_NONE,
  CAPSA_NOTE_FORM_BRACKET, /* [1] text */
  CAPSA_NOTE_FORM_DOTTED,  /* 1. text, 1) text, an item of a numbered list */
  CAPSA_NOTE_FORM_ROUND,   /* (1) text */
  CAPSA_NOTE_FORM_RAISED,  /* ¹ text */
  CAPSA_NOTE_FORM_SPACED,  /* 1 text */
  CAPSA_NOTE_FORM_SIGN,    /* * text */
  CAPSA_NOTE_FORM_ARROW    /* ^ text, of a list without numbers */
} capsa_note_form;

/* How a block begins that is a note. */
typedef struct capsa_note_start {
  capsa_note_form form;
  uint32_t value; /* CAPSA_NOTE_SIGN for a sign */
  capsa_slice marker;
  size_t text; /* where the note's words begin */
} capsa_note_start;

/** How block `index` of the draft begins, if it is to be a note: a paragraph,
 * an item of a list, or a footnote that was read already. */
capsa_note_start capsa_note_read(capsa_draft *draft, size_t index);

/** The same of a block in a section: notes without numbers are counted.
 * @param ordinal  how many there were; 0 at the section's start */
capsa_note_start capsa_note_at(capsa_draft *draft, size_t index,
                               uint32_t *ordinal);

/** May `next` be the note after `start`? Numbers rise by one; printed twice
 * are those whose first has no mark. A count in brackets may begin anew. */
bool capsa_note_may_follow(const capsa_note_start *start,
                           const capsa_note_start *next);

/** Does a note end with the arrow that leads back to its mark? */
bool capsa_note_has_arrow(capsa_slice text);

typedef struct capsa_note_section {
  size_t first, end; /* blocks; a note may hold several */
  bool headed;
} capsa_note_section;

typedef CAPSA_LIST(capsa_note_section) capsa_note_sections;

/** In the order of the text. @return whether all are footnotes already and no
 * text: a front end or the pass of page notes has read them */
bool capsa_note_sections_find(capsa_draft *draft, capsa_note_sections *out);

/** The numbers of a section and their marks from block `from` on to it; only
 * counted, in `marks->numbers`, where a front end has read them. */
void capsa_note_section_marks(capsa_draft *draft, size_t from,
                              capsa_note_section at,
                              capsa_note_numbers *numbers,
                              capsa_note_marks *marks);

/** Tell that a section is read as footnotes, with what leaves the text. */
void capsa_note_section_report(capsa_draft *draft, capsa_note_section at,
                               const capsa_note_marks *marks);

/** "12", in the arena. */
capsa_slice capsa_note_number_text(capsa_arena *arena, uint32_t value);

/** A marker without what encloses it: "[12]" and "12." are 12. */
capsa_slice capsa_note_bare(capsa_slice marker);

#endif
