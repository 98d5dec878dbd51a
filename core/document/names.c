/* names.c -- the words for kinds and formats, in one place each. */
#include "base/slice.h"
#include "capsa/document.h"

const char *capsa_format_name(capsa_format format) {
  static const char *const names[CAPSA_FORMAT_COUNT] = {
      [CAPSA_FORMAT_AUTO] = "auto",         [CAPSA_FORMAT_ARCHIVE] = "archive",
      [CAPSA_FORMAT_MARKDOWN] = "markdown", [CAPSA_FORMAT_TEXT] = "text",
      [CAPSA_FORMAT_HTML] = "html",         [CAPSA_FORMAT_TEI] = "tei",
      [CAPSA_FORMAT_EPUB] = "epub",
  };
  return (unsigned)format < CAPSA_FORMAT_COUNT ? names[format] : NULL;
}

capsa_format capsa_format_find(capsa_slice name) {
  int format = 0;
  while (format < CAPSA_FORMAT_COUNT &&
         !capsa_slice_equal(
             name, capsa_slice_of(capsa_format_name((capsa_format)format))))
    format++;
  return (capsa_format)format;
}

const char *capsa_block_kind_name(capsa_block_kind kind) {
  static const char *const names[CAPSA_BLOCK_KIND_COUNT] = {
      [CAPSA_BLOCK_PARAGRAPH] = "paragraph",
      [CAPSA_BLOCK_HEADING] = "heading",
      [CAPSA_BLOCK_SPEECH] = "speech",
      [CAPSA_BLOCK_NARRATION] = "narration",
      [CAPSA_BLOCK_EDITORIAL] = "editorial",
      [CAPSA_BLOCK_DATELINE] = "dateline",
      [CAPSA_BLOCK_PARTICIPANTS] = "participants",
      [CAPSA_BLOCK_QUOTATION] = "quotation",
      [CAPSA_BLOCK_LIST] = "list",
      [CAPSA_BLOCK_TABLE] = "table",
      [CAPSA_BLOCK_VERSE] = "verse",
      [CAPSA_BLOCK_CODE] = "code",
      [CAPSA_BLOCK_FIGURE] = "figure",
      [CAPSA_BLOCK_FOOTNOTE] = "footnote",
      [CAPSA_BLOCK_GAP] = "gap",
      [CAPSA_BLOCK_RULE] = "rule",
  };
  return (unsigned)kind < CAPSA_BLOCK_KIND_COUNT ? names[kind] : NULL;
}

const char *capsa_span_kind_name(capsa_span_kind kind) {
  static const char *const names[CAPSA_SPAN_KIND_COUNT] = {
      [CAPSA_SPAN_GLOSS] = "gloss",
      [CAPSA_SPAN_SUPPLIED] = "supplied",
      [CAPSA_SPAN_NOTE] = "note",
      [CAPSA_SPAN_GAP] = "gap",
      [CAPSA_SPAN_FOOTNOTE_REF] = "footnote_ref",
      [CAPSA_SPAN_PAGE_BREAK] = "page_break",
      [CAPSA_SPAN_EMPHASIS] = "emphasis",
      [CAPSA_SPAN_STRONG] = "strong",
      [CAPSA_SPAN_CODE] = "code",
      [CAPSA_SPAN_LINK] = "link",
      [CAPSA_SPAN_SMALL_CAPS] = "small_caps",
      [CAPSA_SPAN_NAME] = "name",
      [CAPSA_SPAN_PLACE] = "place",
      [CAPSA_SPAN_DATE] = "date",
      [CAPSA_SPAN_FOREIGN] = "foreign",
      [CAPSA_SPAN_UNCLEAR] = "unclear",
      [CAPSA_SPAN_DELETED] = "deleted",
      [CAPSA_SPAN_ADDED] = "added",
  };
  return (unsigned)kind < CAPSA_SPAN_KIND_COUNT ? names[kind] : NULL;
}

const char *capsa_severity_name(capsa_severity severity) {
  static const char *const names[CAPSA_SEVERITY_COUNT] = {
      [CAPSA_SEVERITY_INFO] = "info",
      [CAPSA_SEVERITY_WARNING] = "warning",
      [CAPSA_SEVERITY_LOSS] = "loss",
  };
  return (unsigned)severity < CAPSA_SEVERITY_COUNT ? names[severity] : NULL;
}
