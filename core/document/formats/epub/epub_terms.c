#include "document/formats/epub/epub_terms.h"

#include "base/slice.h"
#include "document/formats/formats.h"
#include "document/formats/html/html.h"

/* Bytes of a description that are read. */
#define SUMMARY_BYTES_MAX 20000

capsa_epub_term *capsa_epub_add_term(capsa_epub_terms *terms,
                                     capsa_arena *arena) {
  if (terms->count == CAPSA_EPUB_TERMS_MAX) return NULL;
  return CAPSA_LIST_ADD(arena, terms);
}

static bool is(capsa_slice name, const char *other) {
  return capsa_slice_equal(name, capsa_slice_of(other));
}

/* What EPUB 3 says of a term elsewhere: its role, its title-type. */
static capsa_slice refined(const capsa_epub_terms *terms,
                           const capsa_epub_term *term, const char *property) {
  for (size_t i = 0; term->id.len && i < terms->count; i++) {
    const capsa_epub_term *other = &terms->items[i];
    if (is(other->name, property) && other->refines.len &&
        capsa_slice_equal(capsa_slice_from(other->refines, 1), term->id))
      return other->value;
  }
  return (capsa_slice){0};
}

static capsa_slice role_of(const capsa_epub_terms *terms,
                           const capsa_epub_term *term) {
  return term->role.len ? term->role : refined(terms, term, "role");
}

static void join(capsa_draft *draft, capsa_slice *field, const char *between,
                 capsa_slice value) {
  if (!value.len) return;
  const capsa_slice parts[] = {*field, capsa_slice_of(between), value};
  *field = field->len ? capsa_draft_concat(draft, parts, 3) : value;
}

/* A title may have several parts; those of a series are none of it. */
static bool put_title(capsa_draft *draft, const capsa_epub_terms *terms,
                      const capsa_epub_term *term) {
  capsa_slice type = refined(terms, term, "title-type");
  if (draft->metadata.title.len && !is(type, "subtitle")) return false;
  join(draft, &draft->metadata.title, ": ", term->value);
  return true;
}

static bool put_person(capsa_draft *draft, const capsa_epub_terms *terms,
                       const capsa_epub_term *term) {
  capsa_slice role = role_of(terms, term);
  bool author = is(role, "aut") || (!role.len && is(term->name, "creator"));
  if (is(role, "trl"))
    join(draft, &draft->metadata.translator, "; ", term->value);
  else if (author) join(draft, &draft->metadata.author, "; ", term->value);
  else return false;
  return true;
}

/* Descriptions often are HTML. */
static capsa_slice plain(capsa_draft *draft, capsa_slice value) {
  capsa_html_tree tree = {0};
  value = capsa_slice_cut(value, 0, SUMMARY_BYTES_MAX);
  if (capsa_slice_finds(value, "<", 0) == CAPSA_NOT_FOUND ||
      capsa_html_parse(value, false, draft->arena, &tree))
    return value;
  return capsa_html_text(&tree, 0, SUMMARY_BYTES_MAX, draft->arena, false);
}

static bool is_address(capsa_slice value) {
  return capsa_slice_starts(value, "http://") ||
         capsa_slice_starts(value, "https://");
}

static bool put_field(capsa_draft *draft, const capsa_epub_term *term) {
  static const struct {
    const char *name;
    size_t member;
  } fields[] = {
      {"language", offsetof(capsa_metadata, language)},
      {"rights", offsetof(capsa_metadata, rights)},
      {"publisher", offsetof(capsa_metadata, publication)},
  };
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    if (!is(term->name, fields[i].name)) continue;
    capsa_slice *field =
        (capsa_slice *)(void *)((char *)&draft->metadata + fields[i].member);
    if (field->len) return false;
    *field = term->value;
    return true;
  }
  return false;
}

/* The day it was published, rather than when its file was made. */
static bool put_date(capsa_draft *draft, const capsa_epub_term *term) {
  bool other = term->event.len && !is(term->event, "publication") &&
               !is(term->event, "original-publication");
  if (other || draft->metadata.date.len) return false;
  return capsa_metadata_put(draft, CAPSA_LITERAL("date"), term->value);
}

static bool put_term(capsa_draft *draft, const capsa_epub_terms *terms,
                     const capsa_epub_term *term) {
  if (is(term->name, "title")) return put_title(draft, terms, term);
  if (is(term->name, "creator") || is(term->name, "contributor"))
    return put_person(draft, terms, term);
  if (is(term->name, "date")) return put_date(draft, term);
  if (is(term->name, "description") && !draft->metadata.summary.len) {
    draft->metadata.summary = plain(draft, term->value);
    return true;
  }
  bool place = is(term->name, "source") || is(term->name, "identifier");
  if (place && is_address(term->value) && !draft->metadata.source_url.len) {
    draft->metadata.source_url = term->value;
    return true;
  }
  return put_field(draft, term);
}

/* What refines a term has done its work; when the file was made says nothing
 * of the record. */
static bool is_of_record(const capsa_epub_term *term) {
  return term->value.len && !term->refines.len &&
         !is(term->name, "dcterms:modified") && !is(term->name, "meta") &&
         !capsa_slice_starts(term->name, "rendition:") &&
         !capsa_slice_starts(term->name, "schema:");
}

void capsa_epub_settle_terms(capsa_draft *draft,
                             const capsa_epub_terms *terms) {
  for (size_t i = 0; i < terms->count; i++) {
    const capsa_epub_term *term = &terms->items[i];
    if (!is_of_record(term) || put_term(draft, terms, term)) continue;
    const capsa_slice parts[] = {term->name, CAPSA_LITERAL(": "), term->value};
    capsa_draft_report(draft, CAPSA_SEVERITY_INFO, 0, "metadata",
                       "kept here: the record has no field for it",
                       capsa_draft_concat(draft, parts, 3));
  }
}
