#include "document/formats/html/html_tags.h"

#include <string.h>

#include "base/slice.h"

#define NAME_MAX_BYTES 16

static const struct {
  const char *name;
  unsigned flags;
} tags[CAPSA_TAG_COUNT] = {
#define CAPSA_TAG_ROW(name, text, flags) [CAPSA_TAG_##name] = {text, flags},
    CAPSA_HTML_TAGS(CAPSA_TAG_ROW)
#undef CAPSA_TAG_ROW
};

capsa_html_tag capsa_html_tag_find(capsa_slice name) {
  char lower[NAME_MAX_BYTES] = {0};
  if (name.len >= NAME_MAX_BYTES) return CAPSA_TAG_UNKNOWN;
  for (size_t i = 0; i < name.len; i++) {
    char c = name.ptr[i];
    lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
  }
  int low = CAPSA_TAG_CLOSED + 1, high = CAPSA_TAG_COUNT;
  while (low < high) {
    int middle = low + (high - low) / 2;
    int order = strcmp(lower, tags[middle].name);
    if (!order) return (capsa_html_tag)middle;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return CAPSA_TAG_UNKNOWN;
}

unsigned capsa_html_tag_flags(capsa_html_tag tag) { return tags[tag].flags; }

bool capsa_html_is_heading(capsa_html_tag tag) {
  return tag >= CAPSA_TAG_H1 && tag <= CAPSA_TAG_H6;
}
