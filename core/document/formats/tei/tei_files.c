/* tei_files.c -- is a file TEI, and how many documents are in it. */
#include <string.h>

#include "base/slice.h"
#include "document/formats/formats.h"
#include "document/formats/tei/tei_names.h"
#include "document/formats/tei/xml.h"

/* Behind what stands before the first element; where there is none, empty. */
static capsa_slice first_element(capsa_slice text) {
  static const char *const prolog[][2] = {
      {"<?", "?>"}, {"<!--", "-->"}, {"<!DOCTYPE", ">"}, {NULL, NULL}};
  for (text = capsa_slice_trim(text); capsa_slice_starts(text, "<");
       text = capsa_slice_trim(text)) {
    int i = 0;
    while (prolog[i][0] && !capsa_slice_starts(text, prolog[i][0])) i++;
    if (!prolog[i][0]) return text;
    size_t subset = capsa_slice_finds(text, "[", 0);
    size_t end = capsa_slice_finds(text, prolog[i][1], 0);
    if (i == 2 && subset < end) { /* entities of its own */
      end = capsa_slice_finds(text, "]", subset);
      end = capsa_slice_finds(text, ">", end < text.len ? end : text.len);
    }
    if (end == CAPSA_NOT_FOUND) break;
    text = capsa_slice_from(text, end + strlen(prolog[i][1]));
  }
  return (capsa_slice){0};
}

bool capsa_tei_is_tei(capsa_slice text) {
  capsa_slice element = first_element(text);
  size_t end = capsa_slice_finds(element, ">", 0);
  if (end == CAPSA_NOT_FOUND) return false;
  capsa_slice tag = capsa_slice_cut(element, 1, end);
  size_t name = 0;
  while (name < tag.len && !strchr(" \t\r\n/", tag.ptr[name])) name++;
  size_t colon = 0;
  for (size_t i = 0; i < name; i++)
    if (tag.ptr[i] == ':') colon = i + 1;
  capsa_slice bare = capsa_slice_cut(tag, colon, name);
  bool xml = capsa_slice_starts(capsa_slice_trim(text), "<?xml");
  return capsa_slice_equal(bare, CAPSA_LITERAL("TEI")) ||
         capsa_slice_equal(bare, CAPSA_LITERAL("TEI.2")) ||
         capsa_slice_equal(bare, CAPSA_LITERAL("teiCorpus")) ||
         capsa_slice_finds(tag, "http://www.tei-c.org/ns/1.0", 0) !=
             CAPSA_NOT_FOUND ||
         (xml && bare.len &&
          !capsa_slice_equal_nocase(bare, CAPSA_LITERAL("html")));
}

typedef struct counter {
  capsa_xml xml;
  size_t documents;
} counter;

static void count_start(void *context, const char *name,
                        capsa_xml_attributes attributes) {
  (void)attributes;
  counter *c = context;
  c->documents += capsa_tei_find(name)->role == CAPSA_TEI_DOCUMENT;
}

static void count_end(void *context) { (void)context; }

static void count_text(void *context, capsa_slice text) {
  (void)context;
  (void)text;
}

static void count_mended(void *context, uint32_t line, const char *action,
                         bool loss, capsa_slice text) {
  (void)context;
  (void)line;
  (void)action;
  (void)loss;
  (void)text;
}

size_t capsa_tei_count(capsa_slice text, capsa_arena *arena) {
  counter c = {.xml = {.start = count_start,
                       .end = count_end,
                       .text = count_text,
                       .mended = count_mended}};
  c.xml.context = &c;
  capsa_status st = capsa_xml_read(text, &c.xml, arena);
  return st || !c.documents ? 1 : c.documents;
}
