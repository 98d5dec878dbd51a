/* fuzz.h -- what the fuzz targets (`make fuzz`) share. */
#ifndef CAPSA_TESTS_FUZZ_H
#define CAPSA_TESTS_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "capsa/base.h"

/** Called by libFuzzer with each input. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** A promise; unlike assert() it also holds where NDEBUG is set. */
#define MUST(condition)                                                        \
  ((condition)                                                                 \
       ? (void)0                                                               \
       : (fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition),      \
          abort()))

/** A record with speakers, a gloss and a citation, for targets that need one.
 */
static const char FUZZ_RECORD[] =
    "July 31, 1958\n\nConversation between two ministers\n\n31 July 1958\n\n"
    "ANDERS: The joint fleet [sovmestnyi flot] is a misunderstanding.\n\n"
    "BELLO: Then who spoke of it? [pause] I heard of a fleet.\n\n"
    "ANDERS: An ambassador who did not listen.\n";

#endif
