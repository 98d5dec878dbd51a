#include <string.h>

#include "base/slice.h"
#include "document/formats/html/html.h"
#include "text/chars.h"
#include "text/scripts.h"

/* Bytes of an element in which its first letter is looked for. */
#define LOOKED_AT 400

/* The script of the first letter; NULL for those that say nothing. */
static const char *script_of(capsa_slice text) {
  for (size_t i = 0; i < text.len;) {
    capsa_codepoint cp = capsa_utf8_next(text, i);
    i += cp.len;
    if (!capsa_is_letter(cp.value)) continue;
    return capsa_script_rtl(cp.value) ? capsa_script_rtl(cp.value)
           : cp.value < 0x250         ? "Latn"
                                      : NULL;
  }
  return NULL;
}

capsa_slice capsa_html_written(capsa_html_page *page, uint32_t node,
                               capsa_slice direction, capsa_slice lang,
                               capsa_slice around) {
  bool rtl = capsa_slice_is_nocase(direction, "rtl");
  capsa_slice known = lang.len ? lang : around;
  if ((!rtl && !capsa_slice_is_nocase(direction, "ltr")) ||
      (known.len ? rtl == capsa_language_is_rtl(known) : !rtl))
    return lang;
  const char *script = script_of(
      capsa_html_text(&page->tree, node, LOOKED_AT, page->draft->arena, false));
  if (!script || rtl == !strcmp(script, "Latn")) return lang;
  size_t end = capsa_slice_finds(lang, "-", 0);
  if (end == CAPSA_NOT_FOUND) end = lang.len;
  const capsa_slice parts[] = {lang.len ? capsa_slice_cut(lang, 0, end)
                                        : CAPSA_LITERAL("und"),
                               CAPSA_LITERAL("-"), capsa_slice_of(script)};
  return capsa_draft_concat(page->draft, parts, 3);
}
