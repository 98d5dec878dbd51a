#include "search/ask/signs.h"

static const struct quote {
  uint32_t c;
  capsa_quotes family;
  bool opens;
} quotes[] = {
    {'"', CAPSA_QUOTES_DOUBLE, true},
    {0xAB, CAPSA_QUOTES_ANGLES, true}, /* « */
    {0xBB, CAPSA_QUOTES_ANGLES, true}, /* », which opens in German */
    {0x2018, CAPSA_QUOTES_SINGLE, true},
    {0x2019, CAPSA_QUOTES_SINGLE, false},
    {0x201A, CAPSA_QUOTES_SINGLE, true},
    {0x201B, CAPSA_QUOTES_SINGLE, true},
    {0x201C, CAPSA_QUOTES_DOUBLE, true},
    {0x201D, CAPSA_QUOTES_DOUBLE, true}, /* ”, which opens in Swedish */
    {0x201E, CAPSA_QUOTES_DOUBLE, true},
    {0x201F, CAPSA_QUOTES_DOUBLE, true},
    {0x2039, CAPSA_QUOTES_SINGLE_ANGLES, true},
    {0x203A, CAPSA_QUOTES_SINGLE_ANGLES, true},
    {0x2E42, CAPSA_QUOTES_DOUBLE, true},
    {0x3008, CAPSA_QUOTES_TITLE_INNER, true},
    {0x3009, CAPSA_QUOTES_TITLE_INNER, false},
    {0x300A, CAPSA_QUOTES_TITLE, true},
    {0x300B, CAPSA_QUOTES_TITLE, false},
    {0x300C, CAPSA_QUOTES_CORNERS, true},
    {0x300D, CAPSA_QUOTES_CORNERS, false},
    {0x300E, CAPSA_QUOTES_WHITE_CORNERS, true},
    {0x300F, CAPSA_QUOTES_WHITE_CORNERS, false},
    {0x301D, CAPSA_QUOTES_PRIMES, true},
    {0x301E, CAPSA_QUOTES_PRIMES, false},
    {0x301F, CAPSA_QUOTES_PRIMES, false},
    {0xFF62, CAPSA_QUOTES_CORNERS, true},
    {0xFF63, CAPSA_QUOTES_CORNERS, false},
};

static const struct quote *quote_of(uint32_t c) {
  for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
    if (quotes[i].c == c) return &quotes[i];
  return NULL;
}

uint32_t capsa_ask_plain(uint32_t c) {
  if (c < 0x80) return c;
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFF01 + '!';
  switch (c) {
  case 0x2010: /* hyphen, */
  case 0x2011: /* one that does not break the line, */
  case 0x2212: /* minus */
  case 0xFE63: return '-';
  case 0xFE55: return ':';
  case 0xFE59: return '(';
  case 0xFE5A: return ')';
  case 0xFE61: return '*';
  case 0x301C: return '~';
  default: return c;
  }
}

bool capsa_ask_is_blank(uint32_t c) {
  return c < ' ' || (c >= 0x7F && c < 0xA0) || capsa_is_space(c);
}

bool capsa_ask_is_blank_before(capsa_slice text, size_t at) {
  capsa_codepoint cp = capsa_utf8_before(text, at);
  return !cp.len || capsa_ask_is_blank(cp.value);
}

bool capsa_ask_is_invisible(uint32_t c) {
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0x61C ||
         (c >= 0xFFF9 && c <= 0xFFFB);
}

capsa_quotes capsa_ask_quotes(uint32_t c) {
  const struct quote *quote = quote_of(capsa_ask_plain(c));
  return quote ? quote->family : CAPSA_QUOTES_NONE;
}

bool capsa_ask_opens(uint32_t c) {
  const struct quote *quote = quote_of(capsa_ask_plain(c));
  return quote && quote->opens;
}
