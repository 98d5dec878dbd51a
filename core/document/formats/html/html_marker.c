#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "document/formats/html/html.h"
#include "text/chars.h"

static uint32_t plain_figure(uint32_t c) {
  static const uint32_t raised[] = {0x2070, 0xB9,   0xB2,   0xB3,   0x2074,
                                    0x2075, 0x2076, 0x2077, 0x2078, 0x2079};
  for (uint32_t i = 0; i < 10; i++)
    if (raised[i] == c) return '0' + i;
  return c;
}

static bool is_sign(uint32_t c) {
  return c == '*' || c == '#' || c == '+' || c == 0x2020 || c == 0x2021 ||
         c == 0xA7 || c == 0xB6 || c == 0x2016;
}

capsa_slice capsa_html_marker(capsa_arena *arena, capsa_slice text,
                              bool letters) {
  capsa_buf out = {0};
  size_t figures = 0, signs = 0, others = 0;
  if (text.len > CAPSA_HTML_MARK_BYTES_MAX) return (capsa_slice){0};
  for (size_t i = 0; i < text.len;) {
    capsa_codepoint cp = capsa_utf8_next(text, i);
    uint32_t c = plain_figure(cp.value);
    i += cp.len;
    if (capsa_is_space(c) || strchr("[]().", c < 0x80 ? (int)c : 'x')) continue;
    figures += capsa_is_digit(c);
    signs += is_sign(c);
    others +=
        !capsa_is_digit(c) && !is_sign(c) && !(c < 0x80 && capsa_is_letter(c));
    capsa_utf8_put(&out, c);
  }
  bool numbers = figures && figures == out.len && figures <= 4;
  bool all_signs = signs && !figures && !others && signs <= 4;
  bool lettered = letters && !others && out.len && out.len <= 5;
  capsa_slice marker = {0};
  if (!numbers && !all_signs && !lettered) capsa_buf_free(&out);
  else if (capsa_buf_take(&out, arena, &marker)) marker = (capsa_slice){0};
  return marker;
}
