/* address.h -- addresses in a source that say only where something lies from
 * there: "../people.html".
 *
 *   capsa_address_is_relative()   is it one?
 *   capsa_address_resolve()       the whole address, where the source's is
 * known capsa_addresses               those that lead nowhere, told in one
 * message
 */
#ifndef CAPSA_CORE_DOCUMENT_ADDRESS_H
#define CAPSA_CORE_DOCUMENT_ADDRESS_H

#include "base/buf.h"
#include "document/draft.h"

/** Bytes of such addresses that are told of; of the others only how many. */
#define CAPSA_ADDRESSES_TOLD_MAX 1000

/** Neither whole ("http:", "javascript:") nor a place in the same file ("#a").
 */
bool capsa_address_is_relative(capsa_slice address);

/**
 * `address` as seen from `base`.
 * @param base  an http or https address
 * @return in `arena`; empty where `base` is none, or when memory is out
 */
capsa_slice capsa_address_resolve(capsa_arena *arena, capsa_slice base,
                                  capsa_slice address);

/** Links that are kept as words. Zero-initialise. */
typedef struct capsa_addresses {
  capsa_buf text; /* one a line */
  size_t more;    /* that found no room in it */
} capsa_addresses;

void capsa_addresses_put(capsa_addresses *list, capsa_slice address);

/** Report them in one message and free the list. */
void capsa_addresses_tell(capsa_draft *draft, capsa_addresses *list);

#endif
