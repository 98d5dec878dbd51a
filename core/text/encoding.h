/* encoding.h -- the bytes of a file as UTF-8, whatever they were written in.
 *
 *   capsa_encoding          UTF-8, UTF-16, code pages of 256 characters
 *   capsa_encoding_read()   find out which one it is, and convert
 *   capsa_encoding_declared()  what a file says of itself
 *
 * In this order: a mark (UTF-8, UTF-16); valid UTF-8, whatever else the file
 * says; what it declares (XML, HTML) where its bytes agree; Cyrillic by the
 * letters, which are common in one page and rare in the other; Windows-1250 or
 * ISO 8859-2 where only their letters are those of one language;
 * Windows-1252.
 * Whoever parses the text must not read the declaration again: it is UTF-8 now.
 */
#ifndef CAPSA_CORE_TEXT_ENCODING_H
#define CAPSA_CORE_TEXT_ENCODING_H

#include "base/arena.h"

/** Bytes at the start of a file in which a declaration is looked for. */
#define CAPSA_ENCODING_HEAD_MAX 1024

typedef enum capsa_encoding {
  CAPSA_ENCODING_UTF_8 = 0,
  CAPSA_ENCODING_UTF_16LE,
  CAPSA_ENCODING_UTF_16BE,
  CAPSA_ENCODING_IBM866, /* from here on: pages of encoding_pages.inc */
  CAPSA_ENCODING_ISO_8859_2,
  CAPSA_ENCODING_ISO_8859_5,
  CAPSA_ENCODING_ISO_8859_7,
  CAPSA_ENCODING_ISO_8859_15,
  CAPSA_ENCODING_KOI8_R,
  CAPSA_ENCODING_KOI8_U,
  CAPSA_ENCODING_WINDOWS_1250,
  CAPSA_ENCODING_WINDOWS_1251,
  CAPSA_ENCODING_WINDOWS_1252,
  CAPSA_ENCODING_WINDOWS_1253,
  CAPSA_ENCODING_WINDOWS_1254,
  CAPSA_ENCODING_WINDOWS_1255,
  CAPSA_ENCODING_WINDOWS_1256,
  CAPSA_ENCODING_WINDOWS_1257,
  CAPSA_ENCODING_COUNT
} capsa_encoding;

typedef struct capsa_decoded {
  capsa_slice text; /* without mark; of UTF-8 the bytes themselves, which may
                       hold some that are damaged */
  capsa_encoding encoding;
  const char *told; /* what a reader must know of how it was read: static;
                       NULL where it is certain */
  bool guessed;     /* `told` may be wrong */
  size_t replaced;  /* characters that could not be read: now U+FFFD */
  uint32_t line;    /* of the first of them, from 1; 0 for none */
} capsa_decoded;

/** "windows-1251". Static; NULL for other values. */
const char *capsa_encoding_name(capsa_encoding encoding);

/** The encoding that `label` means on the web: "cp1251", "latin1", "UTF8".
 * CAPSA_ENCODING_COUNT where it is none of ours. */
capsa_encoding capsa_encoding_find(capsa_slice label);

/** What `<?xml encoding=…?>` or `<meta charset=…>` (or its http-equiv) at the
 * start of `bytes` says; empty where nothing does. */
capsa_slice capsa_encoding_declared(capsa_slice bytes);

/**
 * Convert to UTF-8. Linear in `bytes`.
 * @param arena  owns `out->text`, unless it is a part of `bytes`
 * @param out    written only on CAPSA_OK
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_encoding_read(capsa_slice bytes, capsa_arena *arena,
                                 capsa_decoded *out);

/** The character of `byte` in a page of 256; 0 where it has none. */
uint32_t capsa_encoding_char(capsa_encoding encoding, unsigned char byte);

/** Convert from a known encoding, UTF-8 aside. As above. */
capsa_status capsa_encoding_convert(capsa_slice bytes, capsa_encoding encoding,
                                    capsa_arena *arena, capsa_decoded *out);

#endif
