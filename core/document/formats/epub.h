/* epub.h -- what the EPUB front end is to the rest of the core. */
#ifndef CAPSA_CORE_DOCUMENT_FORMATS_EPUB_H
#define CAPSA_CORE_DOCUMENT_FORMATS_EPUB_H

#include "document/draft.h"

/** Is it a book: a zip that says so, or has a book's container? */
bool capsa_epub_is(capsa_slice bytes);

#endif
