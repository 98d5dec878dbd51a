/* tei_head.c -- a document's metadata as a teiHeader. */
#include "base/slice.h"
#include "document/writers/tei.h"

/* An element with text, where there is any. */
static void put_if(capsa_buf *out, const char *element, const char *attributes,
                   capsa_slice text) {
  if (!text.len) return;
  capsa_buf_putf(out, "<%s%s>", element, attributes);
  capsa_tei_put_text(out, text);
  capsa_buf_putf(out, "</%s>", element);
}

static void put_title(capsa_buf *out, const capsa_metadata *meta) {
  capsa_buf_puts(out, "<titleStmt><title>");
  capsa_tei_put_text(out, meta->title);
  capsa_buf_puts(out, "</title>");
  put_if(out, "author", "", meta->author);
  put_if(out, "funder", "", meta->support);
  if (meta->translator.len) {
    capsa_buf_puts(out, "<respStmt><resp>translation</resp>");
    put_if(out, "name", "", meta->translator);
    capsa_buf_puts(out, "</respStmt>");
  }
  capsa_buf_puts(out, "</titleStmt>\n");
}

static void put_publication(capsa_buf *out, const capsa_metadata *meta) {
  capsa_buf_puts(out, "<publicationStmt><publisher>");
  capsa_tei_put_text(out, meta->site);
  capsa_buf_puts(out, "</publisher>");
  put_if(out, "idno", " type=\"URL\"", meta->source_url);
  put_if(out, "idno", " type=\"record\"", meta->record);
  if (meta->rights.len) {
    capsa_buf_puts(out, "<availability>");
    put_if(out, "p", "", meta->rights);
    capsa_buf_puts(out, "</availability>");
  }
  capsa_buf_puts(out, "</publicationStmt>\n");
}

/* What has no other place, or would not come back from it as it is. */
static void put_notes(capsa_buf *out, const capsa_metadata *meta) {
  bool dated = capsa_tei_is_date(meta->date);
  bool date = meta->date.len && !dated, text = meta->date_text.len && !dated;
  if (!meta->translated_from.len && !date && !text) return;
  capsa_buf_puts(out, "<notesStmt>");
  put_if(out, "note", " type=\"translated-from\"", meta->translated_from);
  if (date) put_if(out, "note", " type=\"date\"", meta->date);
  if (text) put_if(out, "note", " type=\"date-text\"", meta->date_text);
  capsa_buf_puts(out, "</notesStmt>\n");
}

static void put_locator(capsa_buf *out, const capsa_locator *l) {
  const struct {
    const char *attributes;
    capsa_slice value;
  } parts[] = {{" type=\"fond\"", l->fond},   {" type=\"opis\"", l->opis},
               {" type=\"delo\"", l->delo},   {" type=\"leaves\"", l->leaves},
               {" type=\"group\"", l->group}, {" type=\"series\"", l->series},
               {" type=\"box\"", l->box},     {" type=\"folder\"", l->folder},
               {" type=\"file\"", l->file},   {" type=\"text\"", l->text}};
  bool open = false;
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    if (parts[i].value.len && !open) capsa_buf_puts(out, "<idno>");
    open |= parts[i].value.len > 0;
    put_if(out, "idno", parts[i].attributes, parts[i].value);
  }
  if (open) capsa_buf_puts(out, "</idno>");
}

static bool has_locator(const capsa_locator *l) {
  return l->fond.len || l->opis.len || l->delo.len || l->leaves.len ||
         l->group.len || l->series.len || l->box.len || l->folder.len ||
         l->file.len || l->text.len;
}

static void put_source(capsa_buf *out, const capsa_metadata *meta) {
  bool held = meta->repository.len || meta->collection.len ||
              has_locator(&meta->locator);
  capsa_buf_puts(out, "<sourceDesc>");
  if (held) {
    capsa_buf_puts(out, "<msDesc><msIdentifier>");
    put_if(out, "repository", "", meta->repository);
    put_if(out, "collection", "", meta->collection);
    put_locator(out, &meta->locator);
    capsa_buf_puts(out, "</msIdentifier></msDesc>");
  }
  put_if(out, "bibl", " type=\"citation\"", meta->citation);
  put_if(out, "bibl", " type=\"copy\"", meta->copy);
  put_if(out, "bibl", " type=\"publication\"", meta->publication);
  if (!held && !meta->citation.len && !meta->copy.len && !meta->publication.len)
    capsa_buf_puts(out, "<p/>");
  capsa_buf_puts(out, "</sourceDesc>\n");
}

/* ---- profileDesc */

static void put_participants(capsa_buf *out, const capsa_metadata *meta) {
  if (!meta->participant_count) return;
  capsa_buf_puts(out, "<listPerson type=\"participants\">\n");
  for (size_t i = 0; i < meta->participant_count; i++) {
    const capsa_participant *p = &meta->participants[i];
    capsa_buf_puts(out, "<person>");
    put_if(out, "persName", "", p->name);
    put_if(out, "occupation", "", p->office);
    put_if(out, "affiliation", "", p->side);
    if (!p->name.len && !p->office.len && !p->side.len)
      capsa_buf_puts(out, "<p/>");
    capsa_buf_puts(out, "</person>\n");
  }
  capsa_buf_puts(out, "</listPerson>\n");
}

static void put_speakers(capsa_buf *out, const capsa_document *document) {
  if (!document->speaker_count) return;
  capsa_buf_puts(out, "<listPerson type=\"speakers\">\n");
  for (size_t i = 0; i < document->speaker_count; i++) {
    const capsa_speaker *s = &document->speakers[i];
    capsa_buf_putf(out, "<person xml:id=\"speaker%u\"><persName",
                   (unsigned)i + 1);
    capsa_tei_put_attribute(out, "key", s->key);
    capsa_buf_putc(out, '>');
    capsa_tei_put_text(out, s->name);
    capsa_buf_puts(out, "</persName>");
    for (size_t k = 0; k < s->label_count; k++)
      put_if(out, "persName", " type=\"label\"", s->labels[k]);
    put_if(out, "occupation", "", s->office);
    capsa_buf_puts(out, "</person>\n");
  }
  capsa_buf_puts(out, "</listPerson>\n");
}

static void put_profile(capsa_buf *out, const capsa_document *document) {
  const capsa_metadata *meta = &document->metadata;
  capsa_buf_puts(out, "<profileDesc>\n");
  if (meta->summary.len) {
    capsa_buf_puts(out, "<abstract>");
    put_if(out, "p", "", meta->summary);
    capsa_buf_puts(out, "</abstract>\n");
  }
  if (capsa_tei_is_date(meta->date)) {
    capsa_buf_puts(out, "<creation><date");
    capsa_tei_put_date(out, meta->date);
    capsa_buf_putc(out, '>');
    capsa_tei_put_text(out, meta->date_text);
    capsa_buf_puts(out, "</date></creation>\n");
  }
  capsa_buf language = {0}; /* only one that has the form of one */
  capsa_tei_put_language(&language, meta->language);
  if (language.len) {
    capsa_buf_puts(out, "<langUsage><language");
    capsa_tei_put_attribute(out, "ident", meta->language);
    capsa_buf_puts(out, "/></langUsage>\n");
  }
  capsa_buf_free(&language);
  if (meta->participant_count || document->speaker_count) {
    capsa_buf_puts(out, "<particDesc>\n");
    put_participants(out, meta);
    put_speakers(out, document);
    capsa_buf_puts(out, "</particDesc>\n");
  }
  if (meta->place.len) {
    capsa_buf_puts(out, "<settingDesc><setting>");
    put_if(out, "placeName", "", meta->place);
    capsa_buf_puts(out, "</setting></settingDesc>\n");
  }
  if (meta->genre.len) {
    capsa_buf_puts(out, "<textClass><keywords>");
    put_if(out, "term", " type=\"genre\"", meta->genre);
    capsa_buf_puts(out, "</keywords></textClass>\n");
  }
  capsa_buf_puts(out, "</profileDesc>\n");
}

void capsa_tei_put_header(capsa_tei_writer *w) {
  const capsa_metadata *meta = &w->document->metadata;
  capsa_buf *out = &w->out;
  capsa_buf_puts(out, "<teiHeader><fileDesc>\n");
  put_title(out, meta);
  put_publication(out, meta);
  put_notes(out, meta);
  put_source(out, meta);
  capsa_buf_puts(out, "</fileDesc>\n<encodingDesc><appInfo>"
                      "<application ident=\"Capsa\" version=\"" CAPSA_VERSION
                      "\"><label>Capsa</label></application></appInfo>"
                      "</encodingDesc>\n");
  put_profile(out, w->document);
  capsa_buf_puts(out, "</teiHeader>\n");
}
