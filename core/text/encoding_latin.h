/* encoding_latin.h -- which page of Latin letters bytes are in.
 *
 *   capsa_encoding_latin()   Windows-1252, or a page of Central Europe
 */
#ifndef CAPSA_CORE_TEXT_ENCODING_LATIN_H
#define CAPSA_CORE_TEXT_ENCODING_LATIN_H

#include "text/encoding.h"

/** Bytes that are no UTF-8 and no Cyrillic. Linear.
 * @return WINDOWS_1250 or ISO_8859_2 where their letters make words of one
 * language better than those of WINDOWS_1252 do; else that */
capsa_encoding capsa_encoding_latin(capsa_slice bytes);

#endif
