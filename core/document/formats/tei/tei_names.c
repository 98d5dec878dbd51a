#include "document/formats/tei/tei_names.h"

#include <stdlib.h>
#include <string.h>

/* By name, as strcmp orders. */
static const capsa_tei_element elements[] = {
#define ELEMENT(name, role)                                                    \
  { name, CAPSA_TEI_##role, CAPSA_SPAN_KIND_COUNT }
#define MARK(name, kind)                                                       \
  { name, CAPSA_TEI_SPAN, CAPSA_SPAN_##kind }
#define NAMED(name, kind)                                                      \
  { name, CAPSA_TEI_NAME, CAPSA_SPAN_##kind }
    ELEMENT("TEI", DOCUMENT),
    ELEMENT("TEI.2", DOCUMENT),
    ELEMENT("ab", PARAGRAPH),
    ELEMENT("abbr", ORIGINAL),
    MARK("add", ADDED),
    ELEMENT("addrLine", ADDRESS_LINE),
    ELEMENT("address", GROUP),
    ELEMENT("app", PAIRED),
    ELEMENT("argument", GROUP),
    ELEMENT("back", GROUP),
    ELEMENT("bibl", PLAIN),
    ELEMENT("body", GROUP),
    ELEMENT("byline", PARAGRAPH),
    ELEMENT("castGroup", LIST),
    ELEMENT("castItem", ITEM),
    ELEMENT("castList", LIST),
    ELEMENT("cell", CELL),
    ELEMENT("choice", CHOICE),
    ELEMENT("cit", GROUP),
    ELEMENT("closer", GROUP),
    MARK("code", CODE),
    ELEMENT("corr", CORRECTED),
    ELEMENT("date", DATE),
    ELEMENT("dateline", DATELINE),
    MARK("del", DELETED),
    ELEMENT("div", DIVISION),
    ELEMENT("div1", DIVISION),
    ELEMENT("div2", DIVISION),
    ELEMENT("div3", DIVISION),
    ELEMENT("div4", DIVISION),
    ELEMENT("div5", DIVISION),
    ELEMENT("div6", DIVISION),
    ELEMENT("div7", DIVISION),
    ELEMENT("docAuthor", PARAGRAPH),
    ELEMENT("docDate", DATELINE),
    ELEMENT("docImprint", PARAGRAPH),
    ELEMENT("docTitle", GROUP),
    MARK("emph", EMPHASIS),
    ELEMENT("epigraph", QUOTATION),
    ELEMENT("event", PARAGRAPH),
    ELEMENT("expan", CORRECTED),
    ELEMENT("facsimile", SKIPPED),
    ELEMENT("figure", FIGURE),
    MARK("foreign", FOREIGN),
    ELEMENT("front", GROUP),
    ELEMENT("fw", FURNITURE),
    ELEMENT("gap", GAP),
    NAMED("geogName", PLACE),
    MARK("gloss", GLOSS),
    ELEMENT("graphic", IMAGE),
    ELEMENT("group", GROUP),
    ELEMENT("head", HEADING),
    ELEMENT("hi", HIGHLIGHTED),
    ELEMENT("incident", STAGE),
    ELEMENT("item", ITEM),
    ELEMENT("kinesic", STAGE),
    ELEMENT("l", LINE),
    ELEMENT("label", LABEL),
    ELEMENT("lb", LINE_BREAK),
    ELEMENT("lg", STANZA),
    ELEMENT("list", LIST),
    ELEMENT("listBibl", GROUP),
    ELEMENT("listPerson", GROUP),
    ELEMENT("listPlace", GROUP),
    ELEMENT("media", IMAGE),
    ELEMENT("milestone", RULE),
    NAMED("name", NAME),
    ELEMENT("note", NOTE),
    ELEMENT("opener", GROUP),
    ELEMENT("org", PARAGRAPH),
    ELEMENT("orig", ORIGINAL),
    ELEMENT("p", PARAGRAPH),
    ELEMENT("pb", PAGE_BREAK),
    NAMED("persName", NAME),
    ELEMENT("persona", PERSON),
    ELEMENT("person", PERSON),
    ELEMENT("place", PARAGRAPH),
    NAMED("placeName", PLACE),
    ELEMENT("postscript", GROUP),
    ELEMENT("ptr", REFERENCE),
    ELEMENT("q", QUOTATION),
    ELEMENT("quote", QUOTATION),
    ELEMENT("rdg", VARIANT),
    ELEMENT("ref", REFERENCE),
    ELEMENT("reg", CORRECTED),
    ELEMENT("row", ROW),
    NAMED("rs", NAME),
    ELEMENT("salute", PARAGRAPH),
    ELEMENT("seg", SEGMENT),
    ELEMENT("sic", ORIGINAL),
    ELEMENT("signed", PARAGRAPH),
    ELEMENT("sourceDoc", GROUP),
    ELEMENT("sp", SPEECH),
    ELEMENT("speaker", SPEAKER),
    ELEMENT("stage", STAGE),
    ELEMENT("standOff", HEADER),
    ELEMENT("subst", PAIRED),
    MARK("supplied", SUPPLIED),
    ELEMENT("surface", GROUP),
    ELEMENT("table", TABLE),
    ELEMENT("teiCorpus", CORPUS),
    ELEMENT("teiHeader", HEADER),
    ELEMENT("text", GROUP),
    ELEMENT("titlePage", GROUP),
    ELEMENT("titlePart", HEADING),
    ELEMENT("trailer", PARAGRAPH),
    ELEMENT("u", UTTERANCE),
    MARK("unclear", UNCLEAR),
    MARK("vocal", NOTE),
    ELEMENT("writing", QUOTATION),
    ELEMENT("xenoData", SKIPPED),
    ELEMENT("zone", PARAGRAPH),
#undef ELEMENT
#undef MARK
#undef NAMED
};

static int compare(const void *name, const void *element) {
  return strcmp(name, ((const capsa_tei_element *)element)->name);
}

const capsa_tei_element *capsa_tei_find(const char *name) {
  static const capsa_tei_element plain = {"", CAPSA_TEI_PLAIN,
                                          CAPSA_SPAN_KIND_COUNT};
  const capsa_tei_element *found =
      bsearch(name, elements, sizeof elements / sizeof *elements,
              sizeof *elements, compare);
  return found ? found : &plain;
}
