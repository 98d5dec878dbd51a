/* align.h -- which blocks of two versions of a record say the same. */
#ifndef CAPSA_CORE_DOCUMENT_ALIGN_H
#define CAPSA_CORE_DOCUMENT_ALIGN_H

#include "base/arena.h"
#include "capsa/versions.h"

/**
 * Align two documents by structure alone: no word is compared.
 * @param out  written on CAPSA_OK, lives in `arena`
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_documents_align(const capsa_document *one,
                                   const capsa_document *other,
                                   capsa_arena *arena, capsa_alignment *out);

#endif
