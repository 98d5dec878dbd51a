/* kind.c -- what a file is that Capsa does not read, told by its first bytes,
 * and what its owner can do about it.
 */
#include <string.h>

#include "base/slice.h"
#include "document/formats/zip/zip.h"

#define PICTURE "it is a picture; Capsa reads text: add a transcript of it"
#define SOUND "it is a sound or film; Capsa reads text: add a transcript of it"
#define BOOK                                                                   \
  "it is a Kindle book; get it as EPUB, or turn it into one with another "     \
  "program"
#define OFFICE_97                                                              \
  "it is an old Office file (Word, Excel, PowerPoint); open it there and "     \
  "save it as HTML or text"
#define PACKED                                                                 \
  "it is a packed file; unpack it first and give what is inside, or a zip"

/* A literal of its own length: some of these have NUL bytes. What a plain text
 * may begin with as well is IN only with a NUL soon after. */
#define AT(start, bytes, words)                                                \
  { (start), sizeof(bytes) - 1, false, (bytes), (words) }
#define IN(start, bytes, words)                                                \
  { (start), sizeof(bytes) - 1, true, (bytes), (words) }
#define SOON 1024

static const struct {
  size_t start, len;
  bool needs_nul;
  const char *bytes, *words;
} magic[] = {
    AT(0, "%PDF-",
       "it is a PDF file; open it, select its text, and paste that or save it "
       "as text"),
    AT(0, "{\\rtf",
       "it is a Rich Text file; open it in a word processor and save it as "
       "HTML or text"),
    AT(0, "%!PS", "it is a PostScript file; turn it into text first"),
    IN(0, "AT&TFORM",
       "it is a DjVu file; copy its text layer and save it as "
       "text"),
    AT(0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", OFFICE_97),
    AT(0, "SQLite format 3\0",
       "it is a database; a Capsa library is opened as a library, not added"),
    IN(60, "BOOKMOBI", BOOK),
    IN(60, "TEXtREAd", BOOK),
    IN(0, "TPZ", BOOK),
    IN(0, "ITSF", "it is a Windows help file; turn it into HTML first"),
    AT(0, "\x89PNG\r\n\x1A\n", PICTURE),
    AT(0, "\xFF\xD8\xFF", PICTURE),
    IN(0, "GIF87a", PICTURE),
    IN(0, "GIF89a", PICTURE),
    AT(0, "II*\0", PICTURE),
    AT(0, "MM\0*", PICTURE),
    IN(8, "WEBP", PICTURE),
    AT(4, "jP  \r\n", PICTURE),
    IN(4, "ftypavif", PICTURE),
    IN(4, "ftypheic", PICTURE),
    IN(4, "ftypmif1", PICTURE),
    AT(0, "\0\0\1\0", PICTURE),
    IN(4, "ftyp", SOUND),
    IN(8, "WAVE", SOUND),
    IN(8, "AVI ", SOUND),
    IN(0, "ID3", SOUND),
    IN(0, "OggS", SOUND),
    IN(0, "fLaC", SOUND),
    AT(0, "\x1A\x45\xDF\xA3", SOUND),
    AT(0, "\x1F\x8B", PACKED),
    IN(0, "BZh", PACKED),
    AT(0,
       "\xFD"
       "7zXZ\0",
       PACKED),
    AT(0, "7z\xBC\xAF\x27\x1C", PACKED),
    AT(0, "Rar!\x1A\x07", PACKED),
    AT(0, "\x28\xB5\x2F\xFD", PACKED),
    IN(257, "ustar", PACKED),
    AT(0,
       "\x7F"
       "ELF",
       "it is a program, no text"),
    AT(0, "MZ\x90\0", "it is a program, no text"),
    AT(0, "\0asm", "it is a program, no text"),
    IN(0, "wOFF", "it is a typeface, no text"),
    IN(0, "wOF2", "it is a typeface, no text"),
    IN(0, "OTTO", "it is a typeface, no text"),
    AT(0, "\0\1\0\0\0", "it is a typeface, no text"),
};

/* What a zip is by a file that it holds. */
static const struct {
  const char *path, *words;
} packages[] = {
    {"word/document.xml",
     "it is a Word file; open it there and save it as HTML or text"},
    {"xl/workbook.xml",
     "it is an Excel file; open it there and save it as HTML or text"},
    {"ppt/presentation.xml",
     "it is a PowerPoint file; open it there and save its text"},
    {"[Content_Types].xml",
     "it is an Office file; open it there and save it as HTML or text"},
    {"content.xml",
     "it is an OpenDocument file; open it in its program and save it as HTML "
     "or text"},
    {"META-INF/MANIFEST.MF", "it is a Java program, no text"},
};

static bool is_at(capsa_slice bytes, size_t start, const char *want,
                  size_t len) {
  return bytes.len >= start + len && !memcmp(bytes.ptr + start, want, len);
}

static const char *package_kind(capsa_slice bytes) {
  for (size_t i = 0; i < sizeof packages / sizeof *packages; i++)
    if (capsa_zip_holds(bytes, packages[i].path)) return packages[i].words;
  return NULL;
}

const char *capsa_source_kind(capsa_slice bytes) {
  if (capsa_zip_is(bytes)) return package_kind(bytes);
  size_t soon = bytes.len < SOON ? bytes.len : SOON;
  bool has_nul = soon && memchr(bytes.ptr, 0, soon);
  for (size_t i = 0; i < sizeof magic / sizeof *magic; i++)
    if (is_at(bytes, magic[i].start, magic[i].bytes, magic[i].len) &&
        (has_nul || !magic[i].needs_nul))
      return magic[i].words;
  return NULL;
}

const char *capsa_source_problem(capsa_slice bytes, capsa_status st) {
  const char *kind = st == CAPSA_EBINARY ? capsa_source_kind(bytes) : NULL;
  if (kind) return kind;
  return st == CAPSA_EBINARY && capsa_zip_is(bytes)
             ? "it is a zip with nothing in it that Capsa reads"
             : capsa_status_text(st);
}
