/* epub_places.h -- places in a book that other files of it point to.
 *
 *   capsa_epub_place     an element by its file and id: a page of the printed
 *                        book begins there, or a note stands there
 *   capsa_epub_places    all of them
 */
#ifndef CAPSA_CORE_DOCUMENT_FORMATS_EPUB_PLACES_H
#define CAPSA_CORE_DOCUMENT_FORMATS_EPUB_PLACES_H

#include "document/formats/epub/epub.h"
#include "document/formats/html/html.h"

typedef struct capsa_epub_place {
  capsa_slice path, id; /* id: empty for a file's start */
  capsa_slice page;     /* as the list of pages has it; empty: none */
  bool is_seen;         /* a page, in the text */
  capsa_html_far_note note;
} capsa_epub_place;

typedef struct capsa_epub_places {
  capsa_epub_place *items;
  size_t count, cap;
  uint32_t *slots; /* index plus 1; a power of two of them */
  size_t slot_count;
} capsa_epub_places;

/** NULL where it is not there. Valid until the next is added. */
capsa_epub_place *capsa_epub_place_find(const capsa_epub_places *places,
                                        capsa_slice path, capsa_slice id);

/** The same, and added where it is not there. @param path, id  they stay
 * @return NULL when memory is out, or by chance where there are many */
capsa_epub_place *capsa_epub_place_add(capsa_epub_places *places,
                                       capsa_arena *arena, capsa_slice path,
                                       capsa_slice id);

/** Add the pages that the contents list. @return false when memory is out */
bool capsa_epub_places_of_pages(capsa_epub *book, capsa_epub_places *places);

/** Tell which of them were not in the text. */
void capsa_epub_places_report(capsa_epub *book,
                              const capsa_epub_places *places);

#endif
