/* fuzz_tokens.c -- the words of any bytes lie in them, in order and between
 * characters, are counted without a gap, and folded once stay as they are. */
#include <string.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "text/tokens.h"

static void check_boundary(capsa_slice text, size_t at) {
  MUST(at == text.len || ((unsigned char)text.ptr[at] & 0xC0) != 0x80);
}

/* What is folded is one word: itself. */
static void check_folded(capsa_slice folded) {
  capsa_tokens again;
  capsa_token token;
  MUST(folded.len > 0 && folded.len <= CAPSA_TOKEN_BYTES_MAX);
  MUST(capsa_utf8_is_valid(folded));
  capsa_tokens_start(&again, folded);
  MUST(capsa_tokens_next(&again, &token));
  MUST(token.folded.len == folded.len);
  MUST(!memcmp(token.folded.ptr, folded.ptr, folded.len));
  MUST(token.at.start_byte == 0 && token.at.end_byte == folded.len);
  MUST(!capsa_tokens_next(&again, &token));
}

static void check_text(capsa_slice text) {
  bool valid = capsa_utf8_is_valid(text);
  capsa_tokens tokens;
  capsa_token token;
  uint32_t places = 0;
  size_t end = 0;
  capsa_tokens_start(&tokens, text);
  while (capsa_tokens_next(&tokens, &token)) {
    MUST(token.at.start_byte < token.at.end_byte);
    MUST(token.at.end_byte <= text.len);
    if (token.covers == 1) {
      MUST(token.at.start_byte >= end);
      MUST(token.place == places++);
    } else {
      MUST(token.covers > 1 && token.covers <= CAPSA_TOKEN_PARTS_MAX);
      MUST(token.place + token.covers == places && token.at.end_byte == end);
    }
    end = token.at.end_byte;
    if (valid) check_boundary(text, token.at.start_byte);
    if (valid) check_boundary(text, end);
    check_folded(token.folded);
  }
  MUST(!capsa_tokens_next(&tokens, &token));
}

/* In memory of its own, so that a byte read beyond the end is noticed. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *copy = malloc(size ? size : 1);
  if (size) memcpy(copy, data, size);
  check_text((capsa_slice){copy, size});
  free(copy);
  return 0;
}
