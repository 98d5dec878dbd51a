/* epub.h -- a book: a zip whose package file (OPF) lists chapters in XHTML.
 *
 *   capsa_epub          a book that is being read
 *   capsa_epub_item     a file that the package lists
 *   capsa_epub_entry    a line of its contents, or a page of the printed book
 *   capsa_epub_is()     is it one?
 *
 *   container -> package -> contents (EPUB 3: nav; EPUB 2: NCX) -> chapters
 *
 * Slices live in the draft's arena. Paths are whole, from the zip's root.
 */
#ifndef CAPSA_CORE_DOCUMENT_FORMATS_EPUB_H
#define CAPSA_CORE_DOCUMENT_FORMATS_EPUB_H

#include "document/draft.h"
#include "document/formats/zip/zip.h"

/** Files that a package lists, chapters in its reading order, lines of its
 * contents; what is beyond is left out and told. */
#define CAPSA_EPUB_ITEMS_MAX 10000

/** Bytes of all chapters together; beyond it CAPSA_ETOOBIG. */
#define CAPSA_EPUB_TEXT_BYTES_MAX CAPSA_SOURCE_BYTES_MAX

typedef enum capsa_epub_kind {
  CAPSA_EPUB_OTHER = 0,
  CAPSA_EPUB_CHAPTER,
  CAPSA_EPUB_IMAGE,
  CAPSA_EPUB_NCX,
} capsa_epub_kind;

typedef struct capsa_epub_item {
  capsa_slice id, path;
  capsa_epub_kind kind;
  bool is_nav;  /* the contents of EPUB 3 */
  bool is_read; /* a book may list a chapter twice */
} capsa_epub_item;

typedef struct capsa_epub_entry {
  capsa_slice title;
  capsa_slice path, fragment; /* path: empty for a part that has no page */
  uint32_t level;             /* from 1 */
} capsa_epub_entry;

typedef CAPSA_LIST(capsa_epub_entry) capsa_epub_entries;

typedef struct capsa_epub {
  capsa_draft *draft;
  capsa_zip zip;
  CAPSA_LIST(capsa_epub_item) items;
  CAPSA_LIST(uint32_t) order; /* of reading: items */
  capsa_epub_entries contents, pages;
  uint32_t contents_item; /* index plus 1; 0: none */
} capsa_epub;

/** Is it a book: a zip that says so, or has a book's container? */
bool capsa_epub_is(capsa_slice bytes);

/**
 * The text of a file in the zip, cleaned; a diagnostic where it is missing or
 * cannot be read.
 * @return whether `out` was written
 */
bool capsa_epub_text(capsa_epub *book, capsa_slice path, capsa_slice *out);

/** Read container and package: items, order, metadata. Where they are missing
 * or broken, all chapters are in the order of their names.
 * @return CAPSA_OK, CAPSA_ENOMEM */
capsa_status capsa_epub_read_package(capsa_epub *book);

/** Read the contents, if there are any. */
void capsa_epub_read_contents(capsa_epub *book);

/**
 * Where `address` in the file `base` leads.
 * @param fragment  gets what stands behind `#`; may be NULL
 * @return a path in the zip, in `arena`; empty where it leads elsewhere
 */
capsa_slice capsa_epub_path(capsa_arena *arena, capsa_slice base,
                            capsa_slice address, capsa_slice *fragment);

#endif
