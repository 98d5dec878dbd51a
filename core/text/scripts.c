#include "text/scripts.h"

#include <string.h>

#include "base/slice.h"

bool capsa_language_is_rtl(capsa_slice tag) {
  static const char *const languages[] = {
      "ar", "he", "iw",  "fa",  "ur",  "yi",  "ps",  "sd",
      "ug", "dv", "ckb", "syr", "arc", "nqo", "prs", NULL};
  static const char *const scripts[] = {"arab", "hebr", "syrc", "thaa",
                                        "nkoo", "adlm", NULL};
  size_t end = capsa_slice_finds(tag, "-", 0);
  if (end == CAPSA_NOT_FOUND) end = tag.len;
  if (end < tag.len && tag.len >= end + 5) {
    capsa_slice script = capsa_slice_cut(tag, end + 1, end + 5);
    bool whole = tag.len == end + 5 || tag.ptr[end + 5] == '-';
    for (size_t i = 0; whole && scripts[i]; i++)
      if (capsa_slice_is_nocase(script, scripts[i])) return true;
    if (whole && !memchr(script.ptr, '-', script.len)) return false;
  }
  for (size_t i = 0; languages[i]; i++)
    if (capsa_slice_is_nocase(capsa_slice_cut(tag, 0, end), languages[i]))
      return true;
  return false;
}

const char *capsa_script_rtl(uint32_t letter) {
  static const struct {
    uint32_t first, last;
    const char *tag;
  } blocks[] = {{0x590, 0x5FF, "Hebr"},    {0x600, 0x6FF, "Arab"},
                {0x700, 0x74F, "Syrc"},    {0x750, 0x77F, "Arab"},
                {0x780, 0x7BF, "Thaa"},    {0x7C0, 0x7FF, "Nkoo"},
                {0x8A0, 0x8FF, "Arab"},    {0xFB1D, 0xFB4F, "Hebr"},
                {0xFB50, 0xFDFF, "Arab"},  {0xFE70, 0xFEFE, "Arab"},
                {0x1E900, 0x1E95F, "Adlm"}};
  for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
    if (letter >= blocks[i].first && letter <= blocks[i].last)
      return blocks[i].tag;
  return NULL;
}
