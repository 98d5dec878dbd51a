/* offsets.c -- the only place that converts between bytes, code points and
 * UTF-16 units (capsa/base.h).
 *
 * One byte that is no UTF-8 counts as one character, as decoders show it. */
#include "base/utf8.h"

static size_t units(capsa_codepoint cp, capsa_unit unit) {
  switch (unit) {
  case CAPSA_UNIT_BYTE: return cp.len;
  case CAPSA_UNIT_CODE_POINT: return 1;
  case CAPSA_UNIT_UTF16: return cp.value > 0xFFFF ? 2 : 1;
  }
  return 1;
}

size_t capsa_offset_convert(capsa_slice text, size_t offset, capsa_unit from,
                            capsa_unit to) {
  size_t byte = 0, source = 0, target = 0;
  while (byte < text.len) {
    capsa_codepoint cp = capsa_utf8_next(text, byte);
    size_t step = units(cp, from);
    if (offset < source + step) break;
    source += step;
    target += units(cp, to);
    byte += cp.len;
  }
  return target;
}
