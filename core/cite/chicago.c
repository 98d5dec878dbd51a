/* chicago.c -- a note for a manuscript, after the Chicago Manual of Style 18.
 *
 * From the item to where it lies: title in quotation marks, date, locator
 * within the repository, repository, where a copy is, collection, translator,
 * publication, turn, address; commas between, a full stop at the end. Names
 * and titles of collections stand in roman type, so the HTML form has no
 * italics.
 */
#include "base/slice.h"
#include "base/utf8.h"
#include "cite/cite.h"

/* Quotation marks inside a quoted title become single ones. Straight ones
 * open after a space or at the beginning, and close elsewhere. */
static void put_inner(const capsa_cited *cited, capsa_slice title) {
  for (size_t i = 0; i < title.len;) {
    capsa_codepoint c = capsa_utf8_next(title, i);
    bool opens = i == 0 || title.ptr[i - 1] == ' ' || title.ptr[i - 1] == '(';
    if (c.value == 0x201C || (c.value == '"' && opens))
      capsa_cite_puts(cited, "‘");
    else if (c.value == 0x201D || c.value == '"') capsa_cite_puts(cited, "’");
    else capsa_cite_put(cited, capsa_slice_cut(title, i, i + c.len));
    i += c.len;
  }
}

static capsa_slice without_stop(capsa_slice text) {
  text = capsa_slice_trim(text);
  while (text.len &&
         (text.ptr[text.len - 1] == '.' || text.ptr[text.len - 1] == ','))
    text.len--;
  return text;
}

/* The comma goes inside: “Title,” */
static void put_title(const capsa_cited *cited, capsa_slice title) {
  capsa_cite_puts(cited, "“");
  put_inner(cited, without_stop(title));
  capsa_cite_puts(cited, ",”");
}

static bool ends_with_title(const capsa_buf *out) {
  return capsa_slice_ends(capsa_buf_view(out), ",”");
}

/* Between two elements. The title has its comma. */
static void put_comma(const capsa_cited *cited) {
  if (!cited->out->len) return;
  capsa_cite_puts(cited, ends_with_title(cited->out) ? " " : ", ");
}

static void put_date(const capsa_cited *cited) {
  const capsa_metadata *metadata = &cited->document->metadata;
  if (!metadata->date.len && !metadata->date_text.len) return;
  put_comma(cited);
  if (!capsa_cite_put_date(cited->out, metadata->date))
    capsa_cite_put(cited, metadata->date_text.len ? metadata->date_text
                                                  : metadata->date);
}

static void put_element(const capsa_cited *cited, const char *before,
                        capsa_slice value) {
  if (!value.len) return;
  put_comma(cited);
  capsa_cite_puts(cited, before);
  capsa_cite_put(cited, value);
}

static void put_translator(const capsa_cited *cited) {
  const capsa_metadata *metadata = &cited->document->metadata;
  if (metadata->translator.len)
    put_element(cited, "trans. ", metadata->translator);
  else put_element(cited, "translated from ", metadata->translated_from);
}

/* A link only where the scheme is one that a browser fetches. */
static void put_address(const capsa_cited *cited, capsa_slice url) {
  bool link =
      cited->form == CAPSA_FORM_HTML && (capsa_slice_starts(url, "https://") ||
                                         capsa_slice_starts(url, "http://"));
  if (!url.len) return;
  put_comma(cited);
  if (link) {
    capsa_buf_puts(cited->out, "<a href=\"");
    capsa_cite_put(cited, url);
    capsa_buf_puts(cited->out, "\">");
  }
  capsa_cite_put(cited, url);
  if (link) capsa_buf_puts(cited->out, "</a>");
}

static void put_end(capsa_buf *out) {
  capsa_slice text = capsa_buf_view(out);
  if (ends_with_title(out)) {
    out->len -= sizeof ",”" - 1;
    capsa_buf_puts(out, ".”");
  } else if (text.len && !capsa_slice_ends(text, ".")) {
    capsa_buf_putc(out, '.');
  }
}

void capsa_cite_chicago_note(const capsa_cited *cited) {
  const capsa_metadata *metadata = &cited->document->metadata;
  capsa_buf *out = cited->out;
  if (metadata->title.len) put_title(cited, metadata->title);
  put_date(cited);
  if (capsa_cite_has_locator(cited)) {
    put_comma(cited);
    capsa_cite_locator(cited, "–");
  }
  put_element(cited, "", metadata->repository);
  put_element(cited, "copy in ", metadata->copy);
  put_element(cited, "", metadata->collection);
  put_translator(cited);
  put_element(cited, "published in ", without_stop(metadata->publication));
  if (cited->turn) {
    put_comma(cited);
    capsa_cite_turn(cited, "turn");
  }
  put_address(cited, metadata->source_url);
  put_end(out);
}
