/* epub_terms.h -- what a package says of its book, to the draft's metadata. */
#ifndef CAPSA_CORE_DOCUMENT_FORMATS_EPUB_TERMS_H
#define CAPSA_CORE_DOCUMENT_FORMATS_EPUB_TERMS_H

#include "document/draft.h"

/** Terms that are read; no book has so many to say. */
#define CAPSA_EPUB_TERMS_MAX 1000

typedef struct capsa_epub_term {
  capsa_slice name; /* "creator", or the property of a <meta>: "role" */
  capsa_slice value;
  capsa_slice id, refines; /* of EPUB 3: "#creator1" refines what has that id */
  capsa_slice role, event; /* of EPUB 2 */
} capsa_epub_term;

typedef CAPSA_LIST(capsa_epub_term) capsa_epub_terms;

/** NULL where there are enough, or when memory is out. */
capsa_epub_term *capsa_epub_add_term(capsa_epub_terms *terms,
                                     capsa_arena *arena);

/** Put them into the metadata. What there is no field for is reported. */
void capsa_epub_settle_terms(capsa_draft *draft, const capsa_epub_terms *terms);

#endif
