/* fuzz_html.c -- any bytes as a saved page: the reader survives them, and the
 * HTML that the writer makes of it has, read by our own tokenizer, each block's
 * text as its text content, and nothing in it that runs or leads astray. */
#include <string.h>

#include "base/buf.h"
#include "base/slice.h"
#include "capsa/capsa.h"
#include "document/formats/html/html.h"
#include "fuzz.h"

/* Elements that the writer may make, and their end tags. */
static bool is_ours(capsa_html_tag tag) {
  switch (tag) {
  case CAPSA_TAG_SCRIPT:
  case CAPSA_TAG_STYLE:
  case CAPSA_TAG_IFRAME:
  case CAPSA_TAG_OBJECT:
  case CAPSA_TAG_EMBED:
  case CAPSA_TAG_SVG:
  case CAPSA_TAG_MATH:
  case CAPSA_TAG_FORM:
  case CAPSA_TAG_INPUT:
  case CAPSA_TAG_BUTTON:
  case CAPSA_TAG_LINK:
  case CAPSA_TAG_META:
  case CAPSA_TAG_BASE:
  case CAPSA_TAG_TEMPLATE:
  case CAPSA_TAG_UNKNOWN: return false;
  default: return true;
  }
}

static void put_decoded(capsa_buf *out, capsa_slice text) {
  char bytes[CAPSA_HTML_REFERENCE_MAX];
  for (size_t i = 0; i < text.len;) {
    size_t len = 0, taken = 0;
    if (text.ptr[i] == '&')
      taken = capsa_html_reference(text, i, false, bytes, &len);
    if (taken) capsa_buf_put(out, (capsa_slice){bytes, len});
    else capsa_buf_putc(out, text.ptr[i]);
    i += taken ? taken : 1;
  }
}

static bool is_block(const capsa_html_token *token) {
  return capsa_slice_finds(token->text, " data-block=\"", 0) != CAPSA_NOT_FOUND;
}

static void check_tag(const capsa_html_token *token) {
  capsa_html_attributes a;
  MUST(is_ours(token->tag));
  capsa_html_attributes_read(token->text, &a);
  MUST(!a.href.len || capsa_html_is_safe(a.href, true));
  MUST(!a.src.len || capsa_html_is_safe(a.src, true));
  MUST(!a.style.len);
}

/* The text content of the element with `data-block` whose tag was read. */
static void read_block(capsa_html_tokens *tokens, capsa_html_tag tag,
                       capsa_buf *out) {
  capsa_html_token token;
  bool first = true;
  for (size_t depth = 1; depth && capsa_html_next(tokens, &token);) {
    if (token.kind == CAPSA_HTML_TEXT) {
      /* HTML drops a line feed behind <pre>. */
      if (first && tag == CAPSA_TAG_PRE && capsa_slice_starts(token.text, "\n"))
        token.text = capsa_slice_from(token.text, 1);
      put_decoded(out, token.text);
    } else if (token.kind == CAPSA_HTML_OPEN) {
      check_tag(&token);
      depth += !(capsa_html_tag_flags(token.tag) & CAPSA_HTML_VOID);
    } else depth--;
    first = false;
  }
}

static void check_html(const capsa_document *document, capsa_slice html) {
  capsa_html_tokens tokens = {.text = html};
  capsa_html_token token;
  size_t block = 0;
  while (capsa_html_next(&tokens, &token)) {
    if (token.kind != CAPSA_HTML_OPEN) continue;
    check_tag(&token);
    if (!is_block(&token)) continue;
    capsa_buf text = {0};
    MUST(block < document->block_count);
    if (token.tag != CAPSA_TAG_HR && token.tag != CAPSA_TAG_IMG)
      read_block(&tokens, token.tag, &text);
    MUST(text.failed || capsa_slice_equal(capsa_buf_view(&text),
                                          document->blocks[block].text));
    block++;
    capsa_buf_free(&text);
  }
  MUST(block == document->block_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  capsa_arena *arena = capsa_arena_new();
  capsa_source source = {.bytes = {(const char *)data, size},
                         .format = CAPSA_FORMAT_HTML};
  capsa_document document;
  capsa_slice html;
  if (!capsa_document_parse(&source, arena, &document)) {
    MUST(!capsa_document_to_html(&document, arena, &html));
    check_html(&document, html);
  }
  capsa_arena_free(arena);
  return 0;
}
