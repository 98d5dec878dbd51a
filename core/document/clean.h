/* clean.h -- the bytes of a file as text that front ends can rely on. */
#ifndef CAPSA_CORE_DOCUMENT_CLEAN_H
#define CAPSA_CORE_DOCUMENT_CLEAN_H

#include "document/draft.h"

/**
 * Valid UTF-8 without NUL and control characters, in the draft's arena, so
 * that slices of it may go into the draft. What was guessed or replaced is
 * reported.
 * @param out  written only on CAPSA_OK
 * @return CAPSA_OK, CAPSA_ENOMEM
 *         CAPSA_EEMPTY   nothing but white space
 *         CAPSA_EBINARY  no text
 */
capsa_status capsa_clean_text(capsa_slice bytes, capsa_draft *draft,
                              capsa_slice *out);

#endif
