/* document.h -- an archival document, read from whatever form it came in.
 *
 *   capsa_source      the bytes that came in, their name and format
 *   capsa_document    metadata, speakers, blocks, diagnostics, canonical text
 *   capsa_block       the unit of reading, search, linking and annotation
 *   capsa_source_parts()       the records in what came in
 *   capsa_document_parse()     bytes to document
 *   capsa_document_to_*()      document to JSON, HTML, Markdown, text
 *   capsa_html_part            a stretch of its HTML
 *   capsa_document_remarks()   what reading it noticed and did
 *
 * Canonical text: the texts of the blocks in order, one line feed between
 * them. A position in a document is a byte of the canonical text, a position
 * in a block (spans, emendations, hits) a byte of the block's text. JSON
 * counts code points instead, and says `startUtf16` where it does not.
 *
 * What the source does not say is absent: an empty slice, a count of 0.
 */
#ifndef CAPSA_DOCUMENT_H
#define CAPSA_DOCUMENT_H

#include "capsa/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Largest source in bytes; beyond it CAPSA_ETOOBIG. */
#define CAPSA_SOURCE_BYTES_MAX ((size_t)64 << 20)

/** Block quotes and lists nest this deep; deeper markers stay as text. */
#define CAPSA_NESTING_MAX 100

/** Hex digits of an edition (SHA-256 of the canonical text). */
#define CAPSA_EDITION_LEN 64

typedef enum capsa_format {
  CAPSA_FORMAT_AUTO = 0, /* decide by content, never by name */
  CAPSA_FORMAT_ARCHIVE,  /* an archive's page copied as text; plain text */
  CAPSA_FORMAT_MARKDOWN, /* CommonMark with optional front matter */
  CAPSA_FORMAT_TEXT,     /* plain text, of which nothing is a site's chrome */
  CAPSA_FORMAT_HTML,     /* a page as a browser saves it */
  CAPSA_FORMAT_TEI,      /* TEI P5 */
  CAPSA_FORMAT_EPUB,
  CAPSA_FORMAT_COUNT
} capsa_format;

/** "auto", "archive", "markdown", "text", "html", "tei", "epub". Static; NULL
 * for other values. */
const char *capsa_format_name(capsa_format format);

/** The format called `name`, or CAPSA_FORMAT_COUNT where there is none. */
capsa_format capsa_format_find(capsa_slice name);

/** A repair that a reader has undone, as the store remembers it. With a rule
 * alone, all that the rule repairs. */
typedef struct capsa_undone {
  capsa_slice rule;
  capsa_slice original;      /* as printed; empty: the whole rule */
  capsa_slice corrected;     /* what had stood there; for the reader's eyes */
  capsa_slice before, after; /* letters around it, no other characters */
  uint32_t nth;              /* of the repairs that look like this, from 1 */
} capsa_undone;

typedef struct capsa_source {
  capsa_slice bytes;   /* borrowed for the call */
  capsa_slice name;    /* file name for a title of last resort; may be empty */
  capsa_format format; /* CAPSA_FORMAT_AUTO unless the user said otherwise */
  bool keep_printed;   /* leave scanning errors in words and names as printed */
  uint32_t part;       /* which document of a teiCorpus, from 0; else 0 */
  const capsa_undone *undone; /* repairs that are not to be made again */
  size_t undone_count;
} capsa_source;

/** A corpus of n documents is split where n times its bytes are no more. */
#define CAPSA_CORPUS_BYTES_MAX ((size_t)256 << 20)

/** A record in what came in, or something there that is none. */
typedef struct capsa_part {
  capsa_source source; /* for capsa_document_parse; bytes live in the arena or
                          in what came in */
  capsa_slice path;    /* in a zip; empty where it is the file itself */
  uint32_t number;     /* of several records in one file, from 1; else 0 */
  capsa_status status; /* CAPSA_OK: a record, as far as is known
                          CAPSA_EBINARY: passed over, it is no record
                          else: it could not be read */
  const char *words;   /* why, where status is not CAPSA_OK; static */
} capsa_part;

typedef struct capsa_parts {
  const capsa_part *items;
  size_t count;
  bool is_container; /* a zip, however many records are in it, or a corpus */
} capsa_parts;

/**
 * Find the records in what came in. A zip is opened and each file in it is a
 * part, in the zip's order, chosen by content; a book (EPUB) is one record
 * and not opened, nor is a zip in a zip. Each document of a TEI corpus is a
 * part. Everything else is one part, the source itself. Where the format is
 * given, nothing is opened.
 * @param arena  owns what was unpacked: at most 256 MB of at most 10,000 files
 * @return CAPSA_OK      also where a part or the zip cannot be read: that part
 *                       says so
 *         CAPSA_ENOMEM
 */
capsa_status capsa_source_parts(const capsa_source *source, capsa_arena *arena,
                                capsa_parts *out);

/**
 * Why a file of a folder or a zip is no record, by its path alone, e.g. "it is
 * hidden", "it belongs to a saved page". Static; NULL where it may be one.
 */
const char *capsa_source_path_problem(capsa_slice path);

/**
 * What bytes are that Capsa does not read, and what to do, e.g. "it is a PDF
 * file; open it, select its text, …". Static; NULL for all else.
 */
const char *capsa_source_kind(capsa_slice bytes);

/** The words for what capsa_document_parse answered to `bytes`: as
 * capsa_status_text, or capsa_source_kind where that knows more. Static. */
const char *capsa_source_problem(capsa_slice bytes, capsa_status st);

typedef enum capsa_block_kind {
  CAPSA_BLOCK_PARAGRAPH = 0,
  CAPSA_BLOCK_HEADING,
  CAPSA_BLOCK_SPEECH,    /* a turn, or its continuation */
  CAPSA_BLOCK_NARRATION, /* a turn that is told: "X thanks him and says …" */
  CAPSA_BLOCK_EDITORIAL, /* a bracket of the editor that stands alone */
  CAPSA_BLOCK_DATELINE,  /* when and where */
  CAPSA_BLOCK_PARTICIPANTS, /* "Present: …" */
  CAPSA_BLOCK_QUOTATION,
  CAPSA_BLOCK_LIST,  /* one item of a list */
  CAPSA_BLOCK_TABLE, /* rows end with a line feed, cells with a tab */
  CAPSA_BLOCK_VERSE,
  CAPSA_BLOCK_CODE,
  CAPSA_BLOCK_FIGURE, /* text: the description of the picture */
  CAPSA_BLOCK_FOOTNOTE,
  CAPSA_BLOCK_GAP,
  CAPSA_BLOCK_RULE, /* a thematic break; text is empty */
  CAPSA_BLOCK_KIND_COUNT
} capsa_block_kind;

/** "speech", "editorial", … as in JSON, SQL and HTML classes. Static. */
const char *capsa_block_kind_name(capsa_block_kind kind);

typedef enum capsa_span_kind {
  CAPSA_SPAN_GLOSS = 0,    /* a word of the original language */
  CAPSA_SPAN_SUPPLIED,     /* words the editor put in */
  CAPSA_SPAN_NOTE,         /* an editor's remark inside a speech */
  CAPSA_SPAN_GAP,          /* text that is lost or withheld */
  CAPSA_SPAN_FOOTNOTE_REF, /* target: its number or sign; empty range */
  CAPSA_SPAN_PAGE_BREAK,   /* target: the page or leaf; empty range */
  CAPSA_SPAN_EMPHASIS,
  CAPSA_SPAN_STRONG,
  CAPSA_SPAN_CODE,
  CAPSA_SPAN_LINK, /* target: a http, https or mailto address */
  CAPSA_SPAN_SMALL_CAPS,
  CAPSA_SPAN_NAME,    /* of a person; target: the source's key, if any */
  CAPSA_SPAN_PLACE,   /* target: likewise */
  CAPSA_SPAN_DATE,    /* target: EDTF */
  CAPSA_SPAN_FOREIGN, /* target: BCP 47 */
  CAPSA_SPAN_UNCLEAR, /* read with doubt */
  CAPSA_SPAN_DELETED, /* struck out in the original */
  CAPSA_SPAN_ADDED,   /* written in later in the original */
  CAPSA_SPAN_KIND_COUNT
} capsa_span_kind;

/** "gloss", "supplied", … Static. */
const char *capsa_span_kind_name(capsa_span_kind kind);

typedef struct capsa_span {
  capsa_span_kind kind;
  capsa_range at;     /* of the block's text; covers the brackets */
  capsa_slice target; /* what the kind says; else empty */
  capsa_slice mark; /* of an empty range: what the source prints there, which is
                       no text: "[Page 12]", "1" */
  uint32_t block;   /* of a footnote reference: the footnote; 0 unknown */
} capsa_span;

/** A repair that import made. The text carries the corrected form. */
typedef struct capsa_emendation {
  capsa_range at;        /* of the block's text; empty where in_label */
  capsa_slice original;  /* the bytes as printed */
  capsa_slice corrected; /* the bytes that stand there now */
  const char *rule;      /* e.g. "split-word"; static */
  int confidence;        /* percent */
  bool in_label;         /* of the speaker's label, not of the text */
} capsa_emendation;

typedef struct capsa_block {
  uint32_t number; /* from 1, in reading order */
  uint32_t line;   /* of the source, from 1; 0 where unknown, as in a library */
  uint32_t turn;   /* from 1; 0 where the block belongs to none */
  capsa_block_kind kind;
  uint32_t level;     /* heading 1-6; depth of a list or quotation from 1 */
  uint32_t speaker;   /* index into speakers plus 1; 0 for none */
  uint32_t reference; /* of a footnote: the first block that refers to it */
  capsa_slice label;  /* as printed, on the first block of a turn */
  capsa_slice marker; /* of a list item: "•" or "3."; of code: its language; of
                         a footnote: its number or sign */
  capsa_slice language; /* BCP 47, where it is not the document's */
  capsa_slice target;   /* of a figure: the image's address in the source */
  capsa_slice text;
  size_t start_byte;       /* of the canonical text */
  const capsa_span *spans; /* by start, longer first; may nest and overlap */
  size_t span_count;
  const capsa_emendation *emendations; /* by start */
  size_t emendation_count;
} capsa_block;

typedef struct capsa_speaker {
  capsa_slice name;   /* given names first: "N.S. Khrushchev" */
  capsa_slice office; /* honorific or office beside the name: "Secretary" */
  capsa_slice key;    /* the source's own, of a name authority */
  const capsa_slice *labels; /* every form as printed, first seen first */
  size_t label_count;
  uint32_t turns;
} capsa_speaker;

typedef struct capsa_participant {
  capsa_slice name;
  capsa_slice office; /* "Secretary of State" */
  capsa_slice side;   /* "United States" */
} capsa_participant;

/** Where a record lies. A part that the source does not name is empty; a
 * reference of an unknown kind is whole in `text`. */
typedef struct capsa_locator {
  capsa_slice fond, opis, delo, leaves;   /* Russian; leaves also elsewhere */
  capsa_slice group, series, box, folder; /* American: "RG 59", "Central Files
                                             1955-60", "3", "7" */
  capsa_slice file; /* American, British, Chinese file number:
                       "611.93/8-458", "FO 371/12345", "109-00831-01" */
  capsa_slice text; /* as printed */
} capsa_locator;

typedef struct capsa_metadata {
  capsa_slice title;
  capsa_slice date;      /* ISO 8601, 4 to 10 characters; or start/end */
  capsa_slice date_text; /* as printed */
  capsa_slice summary;
  capsa_slice citation; /* the archive's own, verbatim */
  capsa_slice repository, collection;
  capsa_locator locator;
  capsa_slice copy, translator, translated_from, publication, support, site;
  capsa_slice source_url, rights;
  capsa_slice language; /* BCP 47 */
  capsa_slice place;
  capsa_slice author;
  capsa_slice genre;  /* "memorandum of conversation", "telegram", … */
  capsa_slice record; /* name shared by the versions of one record */
  const capsa_participant *participants;
  size_t participant_count;
} capsa_metadata;

typedef enum capsa_severity {
  CAPSA_SEVERITY_INFO = 0, /* nothing of the record is concerned: chrome */
  CAPSA_SEVERITY_WARNING,  /* a guess that may be wrong: look there */
  CAPSA_SEVERITY_LOSS,     /* words or markup of the record were left out */
  CAPSA_SEVERITY_COUNT
} capsa_severity;

/** "info", "warning", "loss". Static. */
const char *capsa_severity_name(capsa_severity severity);

/** Something the reader of the source should know: a bracket left open, a
 * line of site chrome that was taken off. */
typedef struct capsa_diagnostic {
  capsa_severity severity;
  uint32_t line;      /* of the source, from 1; 0 where it concerns all */
  const char *code;   /* e.g. "open-bracket", "chrome"; static */
  const char *action; /* what was done, in plain words; static */
  capsa_slice text;   /* the bytes concerned; of chrome and losses whole */
} capsa_diagnostic;

typedef struct capsa_document {
  capsa_slice key; /* lower-case slug of date and title, unique per record */
  capsa_slice edition; /* CAPSA_EDITION_LEN hex digits */
  capsa_format format;
  capsa_metadata metadata;
  const capsa_speaker *speakers;
  size_t speaker_count;
  const capsa_block *blocks;
  size_t block_count;
  uint32_t turns;
  const capsa_diagnostic *diagnostics;
  size_t diagnostic_count;
  capsa_slice text; /* canonical */
} capsa_document;

/**
 * Read a document. Bytes that are no UTF-8 are read as UTF-16 where a mark says
 * so, as the encoding that the file names where they agree with it, else as
 * KOI8-R, Windows-1251, Windows-1250, ISO 8859-2 or Windows-1252, whichever
 * they look like; a diagnostic tells which. What cannot be read becomes U+FFFD
 * and a diagnostic.
 *
 * @param arena  owns all of `*out` until it is reset
 * @param out    written only on CAPSA_OK
 *
 * @return CAPSA_OK
 *         CAPSA_EEMPTY     nothing but white space
 *         CAPSA_EBINARY    no text (NUL bytes, or too few readable characters)
 *         CAPSA_ENORECORD  an archive's page without a record on it
 *         CAPSA_EMARKUP    no XML, or XML that nests or grows without an end
 *         CAPSA_EDAMAGED   a book, or TEI, that is cut off before its text
 *         CAPSA_ELOCKED    a book whose chapters are encrypted
 *         CAPSA_EINVAL     there is no such part
 *         CAPSA_ETOOBIG    more than CAPSA_SOURCE_BYTES_MAX
 *         CAPSA_ENOMEM
 */
capsa_status capsa_document_parse(const capsa_source *source,
                                  capsa_arena *arena, capsa_document *out);

/**
 * The document as one JSON object; shape: README, "Command line".
 * @param head  leave out blocks and diagnostics; add `outline`, a list of
 *              {block, turn, level, kind, text} of what structures it
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_document_to_json(const capsa_document *document, bool head,
                                    capsa_arena *arena, capsa_slice *out);

/**
 * The document's body as HTML. Elements with `data-block` hold a block each
 * and have its text as their text content; everything else in the markup is
 * drawn from the model (labels, turn numbers). No element, attribute or
 * address of the source goes through unchecked.
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_document_to_html(const capsa_document *document,
                                    capsa_arena *arena, capsa_slice *out);

/** A stretch of a document's body as HTML. */
typedef struct capsa_html_part {
  capsa_slice html;
  uint32_t next; /* number of the block that the next part begins with; 0 where
                    this is the last */
} capsa_html_part;

/**
 * As capsa_document_to_html, from one block on, so that a reader sees the
 * beginning before the rest is made. A part is well-formed by itself: what
 * holds blocks (a turn, lists, notes) is closed where it ends, and opened
 * again where the next begins, with the attribute `data-continued`. Putting
 * what is in such an element at the end of the last element of what is there
 * already, for the elements in it likewise, makes the whole.
 *
 * @param first  number of the block that it begins with, from 1
 * @param bytes  it ends with the first block that makes it as long as this
 * @return CAPSA_OK, CAPSA_ENOMEM
 *         CAPSA_EINVAL  there is no such block
 */
capsa_status capsa_document_to_html_part(const capsa_document *document,
                                         uint32_t first, size_t bytes,
                                         capsa_arena *arena,
                                         capsa_html_part *out);

/**
 * Title, then the blocks as plain text with labels, an empty line between.
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_document_to_text(const capsa_document *document,
                                    capsa_arena *arena, capsa_slice *out);

/**
 * TEI P5, valid against tei_all. Parsing it gives the same blocks, turns,
 * speakers, spans and repairs, but for what XML cannot hold: control
 * characters, dates and languages that are none, signs that no address has.
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_document_to_tei(const capsa_document *document,
                                   capsa_arena *arena, capsa_slice *out);

/**
 * Markdown that capsa_document_parse reads as the same document: blocks,
 * turns, speakers, spans, repairs, metadata; not its diagnostics. The body
 * serves other programs too. A comment behind it holds what Markdown cannot
 * say; where the text above was changed since, the comment no longer counts.
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_document_to_markdown(const capsa_document *document,
                                        capsa_arena *arena, capsa_slice *out);

typedef enum capsa_remark_kind {
  CAPSA_REMARK_LOSS = 0, /* as CAPSA_SEVERITY_LOSS */
  CAPSA_REMARK_WARNING,
  CAPSA_REMARK_REPAIR, /* an emendation */
  CAPSA_REMARK_INFO,
  CAPSA_REMARK_KIND_COUNT
} capsa_remark_kind;

/** "loss", "warning", "repair", "info". Static. */
const char *capsa_remark_kind_name(capsa_remark_kind kind);

/** Something that was noticed or done when the document was read. */
typedef struct capsa_remark {
  capsa_remark_kind kind;
  uint32_t line;        /* of the source; 0 unknown */
  uint32_t block, turn; /* of a repair; else 0 */
  const char *code;     /* of the diagnostic, or the repair's rule; static */
  const char *action;   /* what was done, in plain words; static */
  capsa_slice text;     /* the bytes concerned; of a repair as they read now */
  capsa_slice original; /* of a repair: as printed */
  capsa_slice before, after; /* of a repair: the words around it */
  int confidence;            /* of a repair, percent */
  bool in_label;             /* as capsa_emendation */
} capsa_remark;

typedef struct capsa_remarks {
  const capsa_remark *items; /* by kind, then by place */
  size_t count;
  size_t counts[CAPSA_REMARK_KIND_COUNT];
} capsa_remarks;

/**
 * Diagnostics and repairs of a document in one list, for who proof-reads it.
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_document_remarks(const capsa_document *document,
                                    capsa_arena *arena, capsa_remarks *out);

/**
 * JSON array of {kind, line, block, turn, code, action, text, original,
 * before, after, confidence}; what is absent is left out.
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_remarks_to_json(const capsa_remarks *remarks,
                                   capsa_arena *arena, capsa_slice *out);

#ifdef __cplusplus
}
#endif

#endif
