/* formats.h -- the front ends: one file a format, one function each.
 *
 * A front end turns clean UTF-8 (document.c has seen to bytes that are none)
 * into blocks, metadata and diagnostics of a draft. It knows nothing of turns
 * and brackets: the passes do that for all of them alike. How to add one:
 * a value in capsa_format, a file here, a row in formats.c.
 */
#ifndef CAPSA_CORE_DOCUMENT_FORMATS_H
#define CAPSA_CORE_DOCUMENT_FORMATS_H

#include "document/draft.h"

/**
 * @param text  clean UTF-8; slices of it go into the draft
 * @return CAPSA_OK, CAPSA_ENORECORD, CAPSA_ENOMEM
 */
typedef capsa_status capsa_read(capsa_slice text, capsa_draft *draft);

/** An archive's page copied as text, and plain text of any kind. */
capsa_read capsa_read_archive;

/** CommonMark, by cmark, with optional front matter. */
capsa_read capsa_read_markdown;

/** HTML and XHTML as a browser saves a page. */
capsa_read capsa_read_html;

/** TEI P5, by expat; other XML as far as it has words. With draft->part, that
 * document of a teiCorpus. Also returns CAPSA_EMARKUP; CAPSA_EDAMAGED where it
 * is cut off before its text; CAPSA_EINVAL where there is no such part. */
capsa_read capsa_read_tei;

/** Is it TEI, or other XML that is no page? By its first element. */
bool capsa_tei_is_tei(capsa_slice text);

/** Documents in a TEI file: 1, or more in a teiCorpus. @param arena  for the
 * time of the call */
size_t capsa_tei_count(capsa_slice text, capsa_arena *arena);

/**
 * A book. Unlike the others it takes the bytes as they came.
 * @return CAPSA_OK, CAPSA_ENOMEM
 *         CAPSA_EDAMAGED  the zip is cut off or damaged
 *         CAPSA_ELOCKED   its chapters are encrypted
 *         CAPSA_ETOOBIG   more than CAPSA_EPUB_TEXT_BYTES_MAX of text
 */
capsa_status capsa_read_epub(capsa_slice bytes, capsa_draft *draft);

/** The format that `text` is written in: never AUTO. */
capsa_format capsa_format_detect(capsa_slice text);

/** The front end of `format`, which is not AUTO. */
capsa_read *capsa_format_reader(capsa_format format);

/**
 * Take a `field: value` pair into the metadata, by the terms of Dublin Core,
 * schema.org's ArchiveComponent and our own JSON.
 * @return false where the field is none of them
 */
bool capsa_metadata_put(capsa_draft *draft, capsa_slice field,
                        capsa_slice value);

#endif
