/* bridge.h -- what the files of the bridge share. */
#ifndef CAPSA_CORE_WASM_BRIDGE_H
#define CAPSA_CORE_WASM_BRIDGE_H

#include "capsa/capsa.h"

/** What a call works with. */
typedef struct capsa_bridge_call {
  capsa_library *library; /* open */
  capsa_arena *arena;     /* until the next call */
  capsa_slice *answer;    /* what JavaScript is to get */
} capsa_bridge_call;

/** End long work and what it holds of a library: before it is closed. */
void capsa_bridge_end_work(void);

/** Forget the last answer.
 * @return CAPSA_OK, CAPSA_ENOMEM
 *         CAPSA_ENOTFOUND  no library is open */
capsa_status capsa_bridge_begin(capsa_bridge_call *call);

/** Let go of the document whose parts are being fetched (bridge_reading.c): the
 * library is another one, or a document in it may be. */
void capsa_bridge_forget(void);

/** Text as JavaScript hands it over, borrowed for the call. */
static inline capsa_slice text_of(const char *ptr, uint32_t len) {
  return (capsa_slice){ptr, len};
}

#endif
