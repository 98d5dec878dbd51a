#include "text/chars.h"

#define U CAPSA_ASCII_UPPER
#define L CAPSA_ASCII_LOWER
#define D CAPSA_ASCII_DIGIT
#define S CAPSA_ASCII_SPACE
const uint8_t capsa_ascii[128] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, S, S, S, S, S, 0, 0, /* tab, line ends */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* 0x10 */
    S, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* space */
    D, D, D, D, D, D, D, D, D, D, 0, 0, 0, 0, 0, 0, /* 0 */
    0, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, /* A */
    U, U, U, U, U, U, U, U, U, U, U, 0, 0, 0, 0, 0, /* P */
    0, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* a */
    L, L, L, L, L, L, L, L, L, L, L, 0, 0, 0, 0, 0, /* p */
};
#undef U
#undef L
#undef D
#undef S

/* Blocks in which upper and lower case alternate, upper first at an even
 * code point ({first, last}), and those where it stands at an odd one. */
static bool alternates(uint32_t c, uint32_t *upper_parity) {
  *upper_parity = 0;
  if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177) ||
      (c >= 0x1E00 && c <= 0x1E95) || (c >= 0x1EA0 && c <= 0x1EFF) ||
      (c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF) ||
      (c >= 0x4D0 && c <= 0x52F))
    return c != 0x130 && c != 0x131;
  *upper_parity = 1;
  return (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
}

bool capsa_is_upper_beyond(uint32_t c) {
  uint32_t parity;
  if (alternates(c, &parity)) return c % 2 == parity;
  return (c >= 0xC0 && c <= 0xDE && c != 0xD7) || c == 0x130 || c == 0x178 ||
         (c >= 0x386 && c <= 0x3AB && c != 0x387 && c != 0x390 && c != 0x3A2) ||
         (c >= 0x400 && c <= 0x42F) || (c >= 0x531 && c <= 0x556);
}

bool capsa_is_lower_beyond(uint32_t c) {
  uint32_t parity;
  if (alternates(c, &parity)) return c % 2 != parity;
  return (c >= 0xDF && c <= 0xFF && c != 0xF7) || c == 0x131 ||
         (c >= 0x3AC && c <= 0x3CE) || c == 0x390 ||
         (c >= 0x430 && c <= 0x45F) || (c >= 0x561 && c <= 0x586);
}

bool capsa_is_space_beyond(uint32_t c) {
  return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

/* Above U+00BF everything counts as a letter but the blocks of signs. */
bool capsa_is_letter_beyond(uint32_t c) {
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  if (c < 0x2000) return c != 0xD7 && c != 0xF7;
  return c != 0xFFFD && !(c >= 0x2000 && c <= 0x2BFF) &&
         !(c >= 0x3000 && c <= 0x3004) && !(c >= 0x3008 && c <= 0x3020) &&
         !(c >= 0xFE10 && c <= 0xFE6F) && !(c >= 0xFF00 && c <= 0xFF20) &&
         !(c >= 0xE000 && c <= 0xF8FF) && !(c >= 0x1F000 && c <= 0x1FAFF);
}

uint32_t capsa_to_lower_beyond(uint32_t c) {
  uint32_t parity;
  if (!capsa_is_upper_beyond(c)) return c;
  if ((c >= 0xC0 && c <= 0xDE) || (c >= 0x410 && c <= 0x42F)) return c + 32;
  if (alternates(c, &parity)) return c + 1;
  if (c >= 0x391 && c <= 0x3AB) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  if (c >= 0x531 && c <= 0x556) return c + 48;
  return c == 0x178 ? 0xFF : c;
}

uint32_t capsa_to_upper_beyond(uint32_t c) {
  uint32_t parity;
  if (!capsa_is_lower_beyond(c)) return c;
  if ((c >= 0xE0 && c <= 0xFE) || (c >= 0x430 && c <= 0x44F)) return c - 32;
  if (alternates(c, &parity)) return c - 1;
  if (c >= 0x3B1 && c <= 0x3CB && c != 0x3C2) return c - 32;
  if (c >= 0x450 && c <= 0x45F) return c - 80;
  if (c >= 0x561 && c <= 0x586) return c - 48;
  return c == 0xFF ? 0x178 : c;
}

bool capsa_is_capitals(capsa_slice text, size_t least) {
  size_t upper = 0;
  for (size_t i = 0; i < text.len;) {
    capsa_codepoint cp = capsa_utf8_next(text, i);
    if (capsa_is_lower(cp.value)) return false;
    upper += capsa_is_upper(cp.value);
    i += cp.len;
  }
  return upper >= least;
}

bool capsa_starts_upper(capsa_slice text) {
  for (size_t i = 0; i < text.len;) {
    capsa_codepoint cp = capsa_utf8_next(text, i);
    if (capsa_is_letter(cp.value)) return capsa_is_upper(cp.value);
    i += cp.len;
  }
  return false;
}
