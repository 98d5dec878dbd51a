#include "base/slice.h"
#include "document/formats/html/html.h"

/* Bytes looked at: a format shows early, and a large file costs no more. */
#define BYTES_LOOKED_AT ((size_t)64 << 10)

/* Past white space, comments, and the declaration of XML. */
static capsa_slice prolog_left_out(capsa_slice text) {
  for (;;) {
    text = capsa_slice_trim(text);
    const char *end = capsa_slice_starts(text, "<!--")    ? "-->"
                      : capsa_slice_starts(text, "<?xml") ? "?>"
                                                          : NULL;
    size_t at = end ? capsa_slice_finds(text, end, 0) : CAPSA_NOT_FOUND;
    if (at == CAPSA_NOT_FOUND) return text;
    text = capsa_slice_from(text, at + 2);
    if (capsa_slice_starts(text, ">")) text = capsa_slice_from(text, 1);
  }
}

static bool begins(capsa_slice text, const char *start) {
  capsa_slice wanted = capsa_slice_of(start);
  return capsa_slice_equal_nocase(capsa_slice_cut(text, 0, wanted.len), wanted);
}

/* A piece of a page: block elements, and no text beside them, as there is in
 * Markdown with some HTML in it. */
static bool is_piece(capsa_slice text) {
  capsa_html_tokens tokens = {.text = text};
  capsa_html_token token;
  size_t blocks = 0, depth = 0;
  while (capsa_html_next(&tokens, &token)) {
    unsigned flags = capsa_html_tag_flags(token.tag);
    bool open = token.kind == CAPSA_HTML_OPEN && !(flags & CAPSA_HTML_VOID);
    if (token.kind == CAPSA_HTML_TEXT) {
      if (!depth && capsa_slice_trim(token.text).len) return false;
      continue;
    }
    if (!blocks && !(flags & CAPSA_HTML_BLOCK)) return false;
    blocks += open && (flags & CAPSA_HTML_BLOCK);
    if (open) depth++;
    else if (token.kind == CAPSA_HTML_CLOSE && depth) depth--;
  }
  return blocks >= 2;
}

static bool has_markdown_heading(capsa_slice text) {
  capsa_slice line;
  while (capsa_slice_next_line(&text, &line))
    if (capsa_slice_starts(line, "# ") || capsa_slice_starts(line, "## "))
      return true;
  return false;
}

bool capsa_html_is_html(capsa_slice text) {
  text = prolog_left_out(capsa_slice_cut(text, 0, BYTES_LOOKED_AT));
  if (begins(text, "<!doctype html") || begins(text, "<html")) return true;
  return capsa_slice_starts(text, "<") && !has_markdown_heading(text) &&
         is_piece(text);
}
