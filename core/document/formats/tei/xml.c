/* xml.c -- expat, held on a short lead.
 *
 * expat stops for good at the first broken place. To go on behind it another
 * parser is made and told, by a line of start tags, which elements are open
 * there; then it gets the rest of the text. The text is never copied, every
 * byte is read once, and no more than CAPSA_XML_MENDED_MAX parsers are made.
 */
#include "document/formats/tei/xml.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/sha256.h"
#include "base/slice.h"
#include "document/formats/html/html_tokens.h"
#include "document/formats/tei/xml_memory.h"
#include "text/chars.h"

/* The name of an open element; its memory serves the next one there. */
typedef struct open_name {
  char *ptr;
  size_t len, cap;
} open_name;

typedef struct reader {
  capsa_xml *xml;
  capsa_arena *arena;
  capsa_slice text;
  XML_Parser parser;
  open_name open[CAPSA_XML_DEPTH_MAX];
  size_t depth;
  size_t from, prefix; /* where this parser began; bytes of its start tags */
  size_t done;         /* where the last thing ended that was read */
  size_t counted_to;   /* lines are counted up to this byte */
  uint32_t lines;      /* before it */
  bool quiet;          /* the start tags are being read */
  bool seen;           /* an element */
  bool refused;        /* beyond a limit */
} reader;

/* ---- events */

static void count_lines(reader *r, size_t to) {
  for (; r->counted_to < to; r->counted_to++)
    r->lines += r->text.ptr[r->counted_to] == '\n';
}

/* Every event comes by here: what ends it is where the next thing begins. */
static void note_end(reader *r) {
  XML_Index at = XML_GetCurrentByteIndex(r->parser);
  size_t end =
      (size_t)(at > 0 ? at : 0) + (size_t)XML_GetCurrentByteCount(r->parser);
  if (end > r->prefix) r->done = r->from + end - r->prefix;
}

/* expat counts on from the last place where it was asked: linear. */
static void set_line(reader *r) {
  r->xml->line = r->lines + (uint32_t)XML_GetCurrentLineNumber(r->parser);
}

static const char *bare(const char *name) {
  const char *colon = strrchr(name, ':');
  return colon ? colon + 1 : name;
}

static void stop(reader *r) { XML_StopParser(r->parser, XML_FALSE); }

static bool push(reader *r, const char *name) {
  size_t len = strlen(name);
  if (r->depth == CAPSA_XML_DEPTH_MAX) {
    r->refused = true;
    return false;
  }
  open_name *open = &r->open[r->depth];
  if (len > open->cap) {
    open->ptr = capsa_arena_alloc(r->arena, 2 * len);
    open->cap = open->ptr ? 2 * len : 0;
    if (!open->ptr) return false;
  }
  memcpy(open->ptr, name, len);
  open->len = len;
  r->depth++;
  return true;
}

static void on_start(void *context, const char *name, const char **attributes) {
  reader *r = context;
  if (r->quiet) return;
  r->seen = true;
  note_end(r);
  if (!push(r, name)) {
    r->refused = true;
    stop(r);
    return;
  }
  set_line(r);
  r->xml->start(r->xml->context, bare(name), (capsa_xml_attributes)attributes);
  if (r->xml->stop) stop(r);
}

static void close_element(reader *r) {
  r->depth--;
  r->xml->end(r->xml->context);
}

static void on_end(void *context, const char *name) {
  (void)name;
  reader *r = context;
  note_end(r);
  if (r->refused) return; /* expat ends the empty element that was too much */
  set_line(r);
  close_element(r);
  if (r->xml->stop) stop(r);
}

static void on_text(void *context, const char *text, int len) {
  reader *r = context;
  note_end(r);
  r->xml->text(r->xml->context, (capsa_slice){text, (size_t)len});
}

static void on_other(void *context, const char *text, int len) {
  (void)text;
  (void)len;
  note_end(context);
}

/* An entity that nothing declares. HTML's are not XML's, but everybody knows
 * what they stand for. */
static void on_skipped(void *context, const char *name, int is_parameter) {
  reader *r = context;
  note_end(r);
  if (is_parameter) return;
  capsa_buf whole = {0};
  char known[CAPSA_HTML_REFERENCE_MAX];
  size_t len = 0;
  capsa_buf_putc(&whole, '&');
  capsa_buf_puts(&whole, name);
  capsa_buf_putc(&whole, ';');
  capsa_slice kept = capsa_arena_copy(r->arena, capsa_buf_view(&whole));
  capsa_buf_free(&whole);
  if (kept.len &&
      capsa_html_reference(kept, 0, false, known, &len) == kept.len) {
    r->xml->text(r->xml->context, (capsa_slice){known, len});
    return;
  }
  set_line(r);
  r->xml->text(r->xml->context, kept);
  r->xml->mended(r->xml->context, r->xml->line,
                 "the file does not say which character this stands for; it "
                 "was left as it is",
                 false, kept);
}

/* Another file: never opened. */
static int on_external(XML_Parser parser, const char *names, const char *base,
                       const char *system, const char *public) {
  (void)names;
  (void)base;
  (void)public;
  reader *r = XML_GetUserData(parser);
  note_end(r);
  set_line(r);
  r->xml->mended(r->xml->context, r->xml->line,
                 "left out: it stands in another file, and no file is opened "
                 "by another",
                 true, capsa_arena_copy(r->arena, capsa_slice_of(system)));
  return XML_STATUS_OK;
}

/* ---- a parser */

/* Its hash tables are safe from names made to collide: who changes a name
 * changes the salt. The same text has the same salt, natively and as wasm. */
static unsigned long salt_of(capsa_slice text) {
  char digits[CAPSA_SHA256_HEX + 1] = {0};
  capsa_sha256_hex(text, digits);
  digits[2 * sizeof(unsigned long)] = 0;
  return strtoul(digits, NULL, 16) | 1;
}

static bool new_parser(reader *r, unsigned long salt) {
  r->parser = XML_ParserCreate_MM("UTF-8", capsa_xml_memory(), NULL);
  if (!r->parser) return false;
  XML_SetHashSalt(r->parser, salt);
  XML_SetParamEntityParsing(r->parser, XML_PARAM_ENTITY_PARSING_NEVER);
  /* Undeclared entities are skipped, and not an end of everything. */
  XML_UseForeignDTD(r->parser, XML_TRUE);
  XML_SetBillionLaughsAttackProtectionMaximumAmplification(
      r->parser, CAPSA_XML_AMPLIFICATION_MAX);
  XML_SetBillionLaughsAttackProtectionActivationThreshold(
      r->parser, CAPSA_XML_AMPLIFICATION_FREE);
  XML_SetUserData(r->parser, r);
  XML_SetElementHandler(r->parser, on_start, on_end);
  XML_SetCharacterDataHandler(r->parser, on_text);
  XML_SetSkippedEntityHandler(r->parser, on_skipped);
  XML_SetExternalEntityRefHandler(r->parser, on_external);
  XML_SetDefaultHandlerExpand(r->parser, on_other);
  return true;
}

/* Tell a parser which elements are open. */
static bool feed_open(reader *r) {
  capsa_buf tags = {0};
  for (size_t i = 0; i < r->depth; i++) {
    capsa_buf_putc(&tags, '<');
    capsa_buf_put(&tags, (capsa_slice){r->open[i].ptr, r->open[i].len});
    capsa_buf_putc(&tags, '>');
  }
  r->prefix = tags.len;
  r->quiet = true;
  bool fed = !tags.failed &&
             (!tags.len || XML_Parse(r->parser, tags.ptr, (int)tags.len, 0));
  r->quiet = false;
  capsa_buf_free(&tags);
  return fed;
}

/* ---- broken places */

/* The end of the tag that begins at `at`; `at` where it is none: a `<` in
 * text has no `>` before the next one. */
static size_t tag_end(capsa_slice text, size_t at) {
  size_t name = at + 1;
  if (name < text.len && text.ptr[name] == '/') name++;
  if (text.ptr[at] != '<' || name >= text.len ||
      !capsa_is_letter(capsa_utf8_next(text, name).value))
    return at;
  for (size_t i = name; i < text.len; i++) {
    if (text.ptr[i] == '>') return i + 1;
    if (text.ptr[i] == '<') return at;
  }
  return at;
}

/* `</name>` whose element is not the innermost: close down to it, if it is
 * open at all. */
static const char *mend_end_tag(reader *r, capsa_slice tag) {
  size_t len = 2;
  while (len < tag.len && !strchr(" \t\r\n>", tag.ptr[len])) len++;
  capsa_slice name = capsa_slice_cut(tag, 2, len);
  size_t i = r->depth;
  while (i && !capsa_slice_equal(
                  (capsa_slice){r->open[i - 1].ptr, r->open[i - 1].len}, name))
    i--;
  if (!i) return "this closes nothing that is open; it was passed over";
  while (r->depth >= i) close_element(r);
  return "this closes more than was opened last; what was open in it was "
         "closed too";
}

static void tell(reader *r, const char *action, bool loss, capsa_slice text) {
  r->xml->mended(r->xml->context, r->xml->line, action, loss, text);
}

/* Deal with the thing at `r->done`, which stopped the parser.
 * @return where reading goes on; the text's length where it does not */
static size_t mend(reader *r) {
  capsa_slice text = r->text;
  size_t at = r->done, end = tag_end(text, at);
  if (!r->depth) {
    capsa_slice rest = capsa_slice_from(text, at);
    tell(r, "this stands behind the end of the document; it was left out", true,
         rest);
    return text.len;
  }
  if (end > at) {
    capsa_slice tag = capsa_slice_cut(text, at, end);
    tell(r,
         text.ptr[at + 1] == '/' ? mend_end_tag(r, tag)
                                 : "the tag is broken; it was passed over",
         false, tag);
    return end;
  }
  size_t line_end = at;
  while (line_end < text.len && text.ptr[line_end] != '\n') line_end++;
  tell(r, "a sign of the markup that stands alone was taken for text", false,
       capsa_slice_cut(text, at, line_end));
  end = at + capsa_utf8_next(text, at).len;
  r->xml->text(r->xml->context, capsa_slice_cut(text, at, end));
  return end;
}

static bool is_hopeless(const reader *r, enum XML_Error error) {
  return !r->seen || r->refused ||
         error == XML_ERROR_AMPLIFICATION_LIMIT_BREACH ||
         error == XML_ERROR_RECURSIVE_ENTITY_REF ||
         error == XML_ERROR_NO_MEMORY;
}

static bool is_cut_off(enum XML_Error error) {
  return error == XML_ERROR_NO_ELEMENTS || error == XML_ERROR_UNCLOSED_TOKEN ||
         error == XML_ERROR_PARTIAL_CHAR ||
         error == XML_ERROR_UNCLOSED_CDATA_SECTION;
}

/* One parser, from `r->from` to the next broken place or the end. */
static capsa_status read_on(reader *r, unsigned long salt) {
  if (!new_parser(r, salt)) return CAPSA_ENOMEM;
  capsa_slice rest = capsa_slice_from(r->text, r->from);
  count_lines(r, r->from);
  r->done = r->from;
  bool fed = feed_open(r);
  bool whole = fed && XML_Parse(r->parser, rest.ptr, (int)rest.len, 1);
  enum XML_Error error = XML_GetErrorCode(r->parser);
  if (fed) set_line(r); /* else it would count in what feed_open has freed */
  XML_ParserFree(r->parser);
  if (whole || r->xml->stop) {
    r->done = r->from = r->text.len;
    return CAPSA_OK;
  }
  if (capsa_arena_failed(r->arena)) return CAPSA_ENOMEM;
  if (is_hopeless(r, error))
    return error == XML_ERROR_NO_MEMORY && !capsa_xml_memory_refused()
               ? CAPSA_ENOMEM
               : CAPSA_EMARKUP;
  r->from = is_cut_off(error) || r->done >= r->text.len ? r->text.len : mend(r);
  return CAPSA_OK;
}

/* The text ends where elements are open. */
static void close_open(reader *r, bool told) {
  r->xml->cut_off = r->depth && !told;
  if (r->xml->cut_off)
    tell(r,
         "the file ends in the middle; what is there was read; get a whole "
         "copy of it",
         true, capsa_slice_from(r->text, r->done));
  while (r->depth) close_element(r);
}

/* What XML has no room for is a space: form feeds, non-characters. */
static capsa_slice without_forbidden(capsa_arena *arena, capsa_slice text) {
  char *copy = NULL;
  for (size_t i = 0; i < text.len; i++) {
    bool feed = text.ptr[i] == '\f';
    if (!feed && text.ptr[i] != '\xEF') continue;
    bool none = capsa_slice_starts(capsa_slice_from(text, i), "\xEF\xBF\xBE") ||
                capsa_slice_starts(capsa_slice_from(text, i), "\xEF\xBF\xBF");
    if (!feed && !none) continue;
    if (!copy) copy = capsa_arena_alloc(arena, text.len);
    if (!copy) return text;
    if (text.ptr != copy) memcpy(copy, text.ptr, text.len);
    text.ptr = copy;
    memset(copy + i, ' ', feed ? 1 : 3);
  }
  return text;
}

capsa_status capsa_xml_read(capsa_slice text, capsa_xml *xml,
                            capsa_arena *arena) {
  text = without_forbidden(arena, text);
  reader r = {.xml = xml, .arena = arena, .text = text};
  unsigned long salt = salt_of(text);
  capsa_xml_memory_begin(CAPSA_XML_PARSER_BYTES + 2 * text.len);
  bool given_up = false;
  capsa_status st = read_on(&r, salt);
  for (int n = 1; !st && r.from < text.len; n++) {
    if (n > CAPSA_XML_MENDED_MAX) {
      tell(&r,
           "the markup is broken in too many places; what follows was left out",
           true, capsa_slice_from(text, r.from));
      given_up = true;
      break;
    }
    st = read_on(&r, salt);
  }
  if (!st && !xml->stop) close_open(&r, given_up);
  return !st && capsa_arena_failed(arena) ? CAPSA_ENOMEM : st;
}

capsa_slice capsa_xml_attribute(capsa_xml_attributes attributes,
                                const char *name) {
  for (; *attributes; attributes += 2) {
    bool xml = !strncmp(attributes[0], "xml:", 4);
    if (!strcmp(xml ? attributes[0] : bare(attributes[0]), name))
      return capsa_slice_of(attributes[1]);
  }
  return (capsa_slice){0};
}
