#include "document/formats/epub.h"

#include "base/slice.h"
#include "document/formats/zip.h"

/* Where the content of a zip's first member lies, if its name is `mimetype` and
 * it is not packed, as the standard wants. */
#define MIMETYPE_AT 30

bool capsa_epub_is(capsa_slice bytes) {
  if (!capsa_zip_is(bytes)) return false;
  return capsa_slice_starts(capsa_slice_from(bytes, MIMETYPE_AT),
                            "mimetypeapplication/epub+zip") ||
         capsa_zip_holds(bytes, "META-INF/container.xml");
}
