#include "base/sha256.h"

#include <stdlib.h>
#include <string.h>

#include "tap.h"

/* Vectors of FIPS 180-4's example values and of NIST's SHA256LongMsg. */
static void test_sha256__gives_nists_digests(void) {
  static const struct {
    const char *text;
    size_t times;
    const char *hex;
  } cases[] = {
      {"", 0,
       "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", 1,
       "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {"a", 1000000,
       "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    size_t len = strlen(cases[i].text), n = len * cases[i].times;
    char *text = malloc(n + 1), hex[CAPSA_SHA256_HEX];
    for (size_t k = 0; k < n; k++) text[k] = cases[i].text[k % len];
    capsa_sha256_hex((capsa_slice){text, n}, hex);
    CHECK_TEXT(((capsa_slice){hex, sizeof hex}), cases[i].hex);
    free(text);
  }
}

/* 55, 56 and 64 bytes are where the padding takes another block. */
static void test_sha256__pads_at_block_borders(void) {
  static const struct {
    size_t len;
    const char *begins;
  } cases[] = {{55, "9f4390f8"},
               {56, "b35439a4"},
               {63, "7d3e74a0"},
               {64, "ffe054fe"},
               {65, "635361c4"}};
  char text[65], hex[CAPSA_SHA256_HEX];
  memset(text, 'a', sizeof text);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    capsa_sha256_hex((capsa_slice){text, cases[i].len}, hex);
    CHECK_TEXT(((capsa_slice){hex, 8}), cases[i].begins);
  }
}

void test_sha256(void) {
  RUN(test_sha256__gives_nists_digests);
  RUN(test_sha256__pads_at_block_borders);
}
