/* passes.h -- what finds the structure of a draft, whatever format it had.
 *
 * document.c runs them in this order. Each is a pure function of the draft.
 */
#ifndef CAPSA_CORE_DOCUMENT_PASSES_H
#define CAPSA_CORE_DOCUMENT_PASSES_H

#include "document/draft.h"

/** Notes at the foot of pages, before a page's mark, become blocks FOOTNOTE
 * and their marks spans FOOTNOTE_REF. Does nothing where a front end has read
 * footnotes. */
void capsa_pass_page_notes(capsa_draft *draft);

/** Page and leaf marks leave the text and become spans of an empty range:
 * `target` the number, `mark` as printed. A mark stands at the place where its
 * page begins; one that stood between two blocks is at the start of the
 * second. What a mark on its own line broke in mid-sentence is one block
 * again. Metadata's title loses its mark with the block it is the text of. */
void capsa_pass_marks(capsa_draft *draft);

/** Notes that the text prints become blocks FOOTNOTE, and their marks, in
 * headings and titles too, spans FOOTNOTE_REF. Paragraphs of one note are
 * parted by a line feed. Footnotes that a front end read stay; their marks are
 * looked for where it read none. */
void capsa_pass_notes(capsa_draft *draft);

/** Marks and footnotes know each other: `block` of the spans, `reference` of
 * the blocks. Runs when the list of blocks is final. */
void capsa_pass_note_links(capsa_draft *draft);

/** Language of the text by its function words and letters, where the source
 * names none: metadata.language. */
void capsa_pass_language(capsa_draft *draft);

/** An editor's bracket that runs over several paragraphs becomes one. */
void capsa_pass_broken_brackets(capsa_draft *draft);

/** The record's head: title, date line, fields of a form, participants, and the
 * note that says where it lies. Blocks taken for metadata keep their text as
 * DATELINE and PARTICIPANTS and are no turns. */
void capsa_pass_head(capsa_draft *draft);

/** Speakers, turns, narrated turns, continuations, editorial blocks. */
void capsa_pass_turns(capsa_draft *draft);

/** Scanning errors in words. */
void capsa_pass_repairs(capsa_draft *draft);

/** Brackets inside blocks: gloss, supplied, note, gap. */
void capsa_pass_brackets(capsa_draft *draft);

/** Dates, and the names of those who speak or are listed as present, where the
 * text has them: spans DATE and NAME. */
void capsa_pass_names(capsa_draft *draft);

/* What the passes and front ends share. */

/** Is all of `line`, trimmed, a page or leaf mark? "[Page 12]", "- 7 -". */
bool capsa_is_page_mark(capsa_slice line);

/** A date in the text of a record, or two that bound a time. In the new
 * calendar where the text says that it is in the old one. */
typedef struct capsa_date {
  int year, month, day;             /* 0 where not given */
  int end_year, end_month, end_day; /* 0 where it is one date */
  char doubt;                       /* '~' about, '?' uncertain, else 0 */
  capsa_range at;                   /* in the text it was read from */
} capsa_date;

/** Bytes of a date in EDTF with room for a zero. */
#define CAPSA_DATE_ISO_MAX 25

/** The first date in `text` with at least a month: "July 31, 1958", "31 July
 * 1958", "1958-07-31", "July 1958", in English, Russian, German, French,
 * Spanish and Chinese. */
bool capsa_date_find(capsa_slice text, capsa_date *out);

/** The first one that begins at or after `from`. */
bool capsa_date_next(capsa_slice text, size_t from, capsa_date *out);

/** EDTF: "1958-07-31", "1958-07", "1958-07~", "1958-07-31/1958-08-03".
 * @return its length */
size_t capsa_date_to_iso(const capsa_date *date, char out[CAPSA_DATE_ISO_MAX]);

/** EDTF of the first date in `text`, in the arena; else empty. */
capsa_slice capsa_date_iso(capsa_arena *arena, capsa_slice text);

/** Take an archive's citation apart into the metadata; fields that are set
 * already stay. */
void capsa_citation_read(capsa_draft *draft, capsa_slice citation);

/** What kind of record a title names: "telegram", "minutes"; static, empty
 * where it names none. */
capsa_slice capsa_genre_of(capsa_slice title);

/** "Dear Mr. President:", which opens a letter and titles nothing. */
bool capsa_is_salutation(capsa_slice text);

/** The genre by title, else by the blocks before `head_end`. */
void capsa_genre_find(capsa_draft *draft, size_t head_end);

/** Is all of `text` one bracket, closed at its end or never? */
bool capsa_is_bracketed(capsa_slice text);

/** Do the words in a bracket tell of text that is lost or withheld? */
bool capsa_is_gap(capsa_slice inner);

/** Does `text` end like a sentence, closing quotes and brackets apart? */
bool capsa_ends_sentence(capsa_slice text);

/** Offset of the `]` that closes the `[` at `open`; CAPSA_NOT_FOUND (slice.h)
 * where none does. Linear: nesting is counted. */
size_t capsa_bracket_close(capsa_slice text, size_t open);

#endif
