/* annotation.h -- highlights and notes on the words of a document.
 *
 *   capsa_annotation   what was marked, by two selectors, and what was said
 *   capsa_annotation_create/_update/_remove/_restore, capsa_annotations_list
 *
 * After the W3C Web Annotation model: a position selector (code points of the
 * canonical text of one edition) and a quote selector (the words, with 32
 * code points before and after). Listing resolves them again: in the edition
 * they were made on the position is checked against the quote; in another
 * edition the quote has to be found in its old surroundings (anchor.c), at one
 * place only, or the annotation is an orphan. It is never moved to words that
 * are not its own.
 */
#ifndef CAPSA_ANNOTATION_H
#define CAPSA_ANNOTATION_H

#include "capsa/library.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Code points of context kept on either side of a quote. */
#define CAPSA_QUOTE_CONTEXT 32

/** Longest note in bytes; beyond it CAPSA_ETOOBIG. */
#define CAPSA_NOTE_BYTES_MAX ((size_t)1 << 20)

/** Colours, each drawn with a pattern of its own: yellow, green, blue, pink,
 * violet. */
#define CAPSA_COLOUR_COUNT 5

/** A place in a document: a byte of a block's text. */
typedef struct capsa_place {
  uint32_t block;
  size_t byte;
} capsa_place;

typedef enum capsa_anchor {
  CAPSA_ANCHOR_EXACT = 0, /* same edition, the words stand where they stood */
  CAPSA_ANCHOR_MOVED,     /* found in another edition, at one place only */
  CAPSA_ANCHOR_ORPHAN /* the words are not there any more, or not uniquely */
} capsa_anchor;

typedef struct capsa_annotation {
  capsa_slice id;                /* UUID */
  capsa_slice document;          /* key */
  capsa_slice title;             /* of the document; empty when it is gone */
  capsa_slice edition;           /* the one it was made on */
  uint32_t colour;               /* 0 … CAPSA_COLOUR_COUNT - 1 */
  capsa_slice note;              /* as typed; empty for a mere highlight */
  capsa_slice created, modified; /* ISO 8601, UTC */
  size_t start_code_point, end_code_point; /* position selector */
  capsa_slice quote, prefix, suffix;       /* quote selector */
  capsa_anchor anchor;
  capsa_place start, end; /* in the edition listed; unset for an orphan */
  uint32_t turn;          /* of `start`; 0 for none */
  capsa_slice speaker;    /* of `start`; empty for none */
  size_t start_utf16, end_utf16; /* the same places, for the DOM */
} capsa_annotation;

typedef struct capsa_annotations {
  const capsa_annotation *items; /* by document, then by place, orphans last */
  size_t count;
} capsa_annotations;

/** What a reader marks. */
typedef struct capsa_mark {
  capsa_slice document;            /* name, as in library.h */
  capsa_unit unit;                 /* of the two offsets: BYTE or UTF16 */
  uint32_t start_block, end_block; /* numbers; end not before start */
  size_t start, end;               /* in the texts of those blocks */
  uint32_t colour;
  capsa_slice note;
} capsa_mark;

/**
 * Keep a highlight, with a note where `mark->note` is not empty. Spaces and
 * line feeds at either end of the range are left off.
 * @param out  written on CAPSA_OK, lives in `arena`
 * @return CAPSA_OK, CAPSA_ENOTFOUND (document), storage (library.h)
 *         CAPSA_EINVAL   no such block, an empty range, an unknown colour
 *         CAPSA_ETOOBIG  note longer than CAPSA_NOTE_BYTES_MAX
 */
capsa_status capsa_annotation_create(capsa_library *library,
                                     const capsa_mark *mark, capsa_arena *arena,
                                     capsa_annotation *out);

/**
 * Change colour and note.
 * @return CAPSA_OK, CAPSA_ENOTFOUND, CAPSA_EINVAL, CAPSA_ETOOBIG, storage
 */
capsa_status capsa_annotation_update(capsa_library *library, capsa_slice id,
                                     uint32_t colour, capsa_slice note);

/** Remove; capsa_annotation_restore undoes it.
 * @return CAPSA_OK, CAPSA_ENOTFOUND, storage */
capsa_status capsa_annotation_remove(capsa_library *library, capsa_slice id);

/** Bring a removed annotation back.
 * @return CAPSA_OK, CAPSA_ENOTFOUND, storage */
capsa_status capsa_annotation_restore(capsa_library *library, capsa_slice id);

/**
 * The annotations of one document, or of all where `document` is empty. They
 * are placed in the newest edition, or in the one that `document` names.
 * @return CAPSA_OK (also when there are none), CAPSA_ENOTFOUND, storage
 */
capsa_status capsa_annotations_list(capsa_library *library,
                                    capsa_slice document, capsa_arena *arena,
                                    capsa_annotations *out);

/**
 * JSON array of {id, document, title, edition, colour, note, created,
 * modified, anchor, quote, prefix, suffix, start, end (code points of the
 * canonical text), turn, speaker, startBlock, startUtf16, endBlock,
 * endUtf16}; places are left out for orphans.
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_annotations_to_json(const capsa_annotations *annotations,
                                       capsa_arena *arena, capsa_slice *out);

#ifdef __cplusplus
}
#endif

#endif
