/* sha256.h -- SHA-256 (FIPS 180-4), for editions and keys.
 *
 * Seventy lines of our own: the pinned libraries bring none, and a digest
 * that never changes needs no upkeep. tests/unit/test_sha256.c has NIST's
 * vectors. It is no protection against an attacker with a clock: not for
 * secrets.
 */
#ifndef CAPSA_CORE_BASE_SHA256_H
#define CAPSA_CORE_BASE_SHA256_H

#include "capsa/base.h"

#define CAPSA_SHA256_HEX 64

/** @param out  64 lower-case hex digits, NOT zero-terminated */
void capsa_sha256_hex(capsa_slice bytes, char out[CAPSA_SHA256_HEX]);

#endif
