/* markdown_prepare.h -- what is done to Markdown before cmark sees it.
 *
 *   capsa_markdown_prepare()   keeps cmark from input that costs it time by the
 *                              square of its length, and makes footnotes known
 *   capsa_markdown_unmask()    takes both back
 *
 * A byte below 0x20 that is no white space never comes in (document.c sees to
 * that), so these bytes are free to stand for things: a mark that cmark must
 * not see as one, or the reference to a footnote. Whatever cmark makes of the
 * text around them, code too, they can be taken back; a backslash could not.
 * Lines stay where they are.
 */
#ifndef CAPSA_CORE_DOCUMENT_MARKDOWN_PREPARE_H
#define CAPSA_CORE_DOCUMENT_MARKDOWN_PREPARE_H

#include "base/buf.h"
#include "document/draft.h"

/** Inline marks (`[`, `<`) in one paragraph that cmark sees as marks. */
#define CAPSA_INLINE_MARKS_MAX 500

/** Longer paragraphs, in bytes, are allowed fewer in proportion: cmark may
 * read from each of them to the paragraph's end. */
#define CAPSA_INLINE_PARAGRAPH_MAX ((size_t)1 << 20)

/** Bytes of a link's definition. cmark copies it for every use; where the
 * source has many brackets, less, so that all copies together stay below 16
 * times the source. */
#define CAPSA_LINK_DEFINITION_MAX 2048

/** Stands before the text of a paragraph that is not to be anything else. */
#define CAPSA_MASK_PARAGRAPH 0x11

/** `[^label]` is this byte, an index into `notes` in digits, and the other. */
#define CAPSA_MASK_NOTE 0x0E
#define CAPSA_MASK_NOTE_END 0x0F

typedef struct capsa_markdown_note {
  capsa_slice label;
  uint32_t line; /* of its definition in the text, from 1 */
} capsa_markdown_note;

typedef struct capsa_markdown_text {
  capsa_slice text; /* for cmark. A footnote's definition is the item of a
                       list in it, whose line is in `notes` */
  bool masked;      /* has it any of the bytes above? */
  CAPSA_LIST(capsa_markdown_note) notes; /* by line */
  size_t *table; /* of the notes by label: index plus 1, hashed */
  size_t table_size;
} capsa_markdown_text;

/** @param out  its slices live in the draft's arena or in `text` */
void capsa_markdown_prepare(capsa_slice text, capsa_draft *draft,
                            capsa_markdown_text *out);

/** Append `text` as the source has it. */
void capsa_markdown_unmask(const capsa_markdown_text *from, capsa_buf *out,
                           capsa_slice text);

/**
 * The note that the reference at `*at` means, and `*at` moved behind it.
 * @return NULL where none stands there
 */
const capsa_markdown_note *
capsa_markdown_note_at(const capsa_markdown_text *from, capsa_slice text,
                       size_t *at);

/** The note whose definition starts on `line`, or NULL. */
const capsa_markdown_note *
capsa_markdown_note_on(const capsa_markdown_text *from, uint32_t line);

/** Find the definitions of footnotes; the first step of preparing. */
void capsa_markdown_notes_find(capsa_markdown_text *out, capsa_slice text,
                               capsa_draft *draft);

/** Index plus 1 of the note called `label`; 0 where there is none. */
size_t capsa_markdown_note_named(const capsa_markdown_text *from,
                                 capsa_slice label);

/** The label of `[^label]` at `at`, or an empty slice. */
capsa_slice capsa_markdown_note_label(capsa_slice text, size_t at);

#endif
