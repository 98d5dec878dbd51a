/* metadata_fields.c -- the names by which metadata is known: our own JSON,
 * Dublin Core, schema.org's ArchiveComponent, what archives' pages print. */
#include <string.h>

#include "base/slice.h"
#include "document/formats/formats.h"
#include "document/formats/front_matter/front_matter.h"
#include "document/passes/head/citation.h"
#include "document/passes/passes.h"

#define NAME_MAX_LEN 32

typedef struct field {
  const char *name;
  size_t member; /* offset of a capsa_slice in its structure */
} field;

/* Our own, in the order of the JSON. */
#define OWN(member)                                                            \
  { #member, offsetof(capsa_metadata, member) }
static const field own_fields[] = {
    OWN(title),       OWN(date),
    OWN(date_text),   OWN(summary),
    OWN(citation),    OWN(repository),
    OWN(collection),  OWN(copy),
    OWN(translator),  OWN(translated_from),
    OWN(publication), OWN(support),
    OWN(site),        OWN(source_url),
    OWN(rights),      OWN(language),
    OWN(place),       OWN(author),
    OWN(genre),       OWN(record),
};
#undef OWN
#define OWN_COUNT (sizeof own_fields / sizeof *own_fields)

#define PART(member)                                                           \
  { #member, offsetof(capsa_locator, member) }
static const field locator_fields[] = {
    PART(fond),   PART(opis), PART(delo),   PART(leaves), PART(group),
    PART(series), PART(box),  PART(folder), PART(file),   PART(text),
};
#undef PART
#define LOCATOR_COUNT (sizeof locator_fields / sizeof *locator_fields)

/* Everybody else's, as bare_name() leaves them. */
static const field other_fields[] = {
#define FIELD(name, member)                                                    \
  { name, offsetof(capsa_metadata, member) }
    FIELD("name", title),
    FIELD("headline", title),
    FIELD("description", summary),
    FIELD("abstract", summary),
    FIELD("holdingarchive", repository),
    FIELD("archive", repository),
    FIELD("ispartof", collection),
    FIELD("fond", locator.fond),
    FIELD("fonds", locator.fond),
    FIELD("opis", locator.opis),
    FIELD("delo", locator.delo),
    FIELD("leaves", locator.leaves),
    FIELD("group", locator.group),
    FIELD("recordgroup", locator.group),
    FIELD("series", locator.series),
    FIELD("box", locator.box),
    FIELD("folder", locator.folder),
    FIELD("file", locator.file),
    FIELD("locator", locator.text),
    FIELD("itemlocation", locator.text),
    FIELD("identifier", locator.text),
    FIELD("callnumber", locator.text),
    FIELD("shelfmark", locator.text),
    FIELD("translatedfrom", translated_from),
    FIELD("originallanguage", translated_from),
    FIELD("ispublishedin", publication),
    FIELD("funder", support),
    FIELD("sponsor", support),
    FIELD("publisher", site),
    FIELD("provider", site),
    FIELD("source", source_url),
    FIELD("sourceurl", source_url),
    FIELD("url", source_url),
    FIELD("sameas", source_url),
    FIELD("license", rights),
    FIELD("usageinfo", rights),
    FIELD("copyrightnotice", rights),
    FIELD("conditionsofaccess", rights),
    FIELD("coverage", place),
    FIELD("spatial", place),
    FIELD("spatialcoverage", place),
    FIELD("contentlocation", place),
    FIELD("locationcreated", place),
    FIELD("creator", author),
    FIELD("type", genre),
    FIELD("additionaltype", genre),
    FIELD("isversionof", record),
    FIELD("translationofwork", record),
    FIELD("exampleofwork", record),
#undef FIELD
};

const char *capsa_metadata_name(size_t i) {
  return i < OWN_COUNT ? own_fields[i].name : NULL;
}

const char *capsa_locator_name(size_t i) {
  return i < LOCATOR_COUNT ? locator_fields[i].name : NULL;
}

static capsa_slice *find(const field *fields, size_t count, void *in,
                         capsa_slice name) {
  for (size_t i = 0; i < count; i++)
    if (capsa_slice_is(name, fields[i].name))
      return (capsa_slice *)((char *)in + fields[i].member);
  return NULL;
}

capsa_slice *capsa_metadata_field(capsa_metadata *meta, capsa_slice name) {
  return find(own_fields, OWN_COUNT, meta, name);
}

capsa_slice *capsa_locator_field(capsa_locator *locator, capsa_slice name) {
  return find(locator_fields, LOCATOR_COUNT, locator, name);
}

/* "source_url", "Source URL", "dc:sourceUrl" and "schema.sourceURL" are one
 * name. */
static size_t bare_name(capsa_slice name, char out[NAME_MAX_LEN]) {
  size_t len = 0;
  for (size_t i = 0; i < name.len; i++) {
    char c = name.ptr[i];
    if (c == ':' || c == '.') len = 0;
    else if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
    if (c >= 'a' && c <= 'z') {
      if (len == NAME_MAX_LEN) return 0;
      out[len++] = c;
    }
  }
  return len;
}

static bool is_one_of(capsa_slice name, const char *const *list) {
  for (; *list; list++)
    if (capsa_slice_is(name, *list)) return true;
  return false;
}

/* ---- languages and dates */

static const struct {
  const char *name, *tag;
} languages[] = {
    {"english", "en"},    {"russian", "ru"},   {"german", "de"},
    {"french", "fr"},     {"spanish", "es"},   {"chinese", "zh"},
    {"polish", "pl"},     {"czech", "cs"},     {"arabic", "ar"},
    {"italian", "it"},    {"korean", "ko"},    {"romanian", "ro"},
    {"bulgarian", "bg"},  {"hungarian", "hu"}, {"vietnamese", "vi"},
    {"portuguese", "pt"}, {"japanese", "ja"},  {"ukrainian", "uk"},
    {"serbian", "sr"},    {"slovak", "sk"},    {"turkish", "tr"},
    {"persian", "fa"},    {"hebrew", "he"},    {"latin", "la"},
    {"greek", "el"},      {"dutch", "nl"},     {"mongolian", "mn"},
};

/* BCP 47: a language's English name gives its tag; a tag stays. */
static capsa_slice language_tag(capsa_slice value) {
  for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
    if (capsa_slice_is_nocase(value, languages[i].name))
      return capsa_slice_of(languages[i].tag);
  return value.len <= 12 ? value : (capsa_slice){0};
}

static bool put_slice(capsa_slice *member, capsa_slice value) {
  if (!member->len) *member = value;
  return true;
}

/* "1958", "1958-07", "1958-07-31" and from one to another. */
static bool is_iso(capsa_slice value) {
  size_t slashes = 0;
  for (size_t i = 0; i < value.len; i++) {
    char c = value.ptr[i];
    slashes += c == '/';
    if ((c < '0' || c > '9') && c != '-' && c != '/') return false;
  }
  return value.len >= 4 && strchr("12", value.ptr[0]) &&
         (slashes ? slashes == 1 && value.len <= 21 : value.len <= 10);
}

static bool put_date(capsa_draft *draft, capsa_slice value) {
  capsa_slice iso = is_iso(value) ? value : capsa_date_iso(draft->arena, value);
  put_slice(&draft->metadata.date, iso);
  put_slice(&draft->metadata.date_text, value);
  return true;
}

/* ---- people */

static bool put_participant(capsa_draft *draft, capsa_slice name) {
  capsa_participant *item = CAPSA_LIST_ADD(draft->arena, &draft->participants);
  if (item) item->name = name;
  return true;
}

/* "Source" of a page is an address, or says where the original lies. */
static bool put_archive_source(capsa_draft *draft, capsa_slice value) {
  capsa_metadata *meta = &draft->metadata;
  if (capsa_slice_starts(value, "http") || meta->repository.len) return false;
  capsa_source_note_read(draft, value);
  return meta->repository.len > 0;
}

bool capsa_metadata_put(capsa_draft *draft, capsa_slice field_name,
                        capsa_slice value) {
  static const char *const dates[] = {
      "date",   "datecreated",      "created", "temporal",
      "issued", "temporalcoverage", NULL};
  static const char *const people[] = {"participants", "participant",
                                       "contributor", "attendee", NULL};
  static const char *const citations[] = {"citation", "bibliographiccitation",
                                          NULL};
  capsa_metadata *meta = &draft->metadata;
  char buffer[NAME_MAX_LEN];
  capsa_slice name = {buffer, bare_name(field_name, buffer)};
  if (!value.len) return true;
  if (is_one_of(name, dates)) return put_date(draft, value);
  if (is_one_of(name, people)) return put_participant(draft, value);
  if (capsa_slice_equal(name, CAPSA_LITERAL("language")) ||
      capsa_slice_equal(name, CAPSA_LITERAL("inlanguage")))
    return put_slice(&meta->language, language_tag(value));
  if (capsa_slice_equal(name, CAPSA_LITERAL("datetext"))) {
    meta->date_text = value; /* says more than the date itself */
    return true;
  }
  if (capsa_slice_equal(name, CAPSA_LITERAL("source")) &&
      (value.ptr[0] == '"' || capsa_slice_starts(value, "\xE2\x80\x9C")))
    name = CAPSA_LITERAL("citation");
  if (capsa_slice_equal(name, CAPSA_LITERAL("source")) &&
      put_archive_source(draft, value))
    return true;
  if (is_one_of(name, citations)) {
    put_slice(&meta->citation, value);
    capsa_citation_read(draft, value);
    return true;
  }
  capsa_slice *member = find(
      other_fields, sizeof other_fields / sizeof *other_fields, meta, name);
  if (!member) member = capsa_metadata_field(meta, name);
  return member && put_slice(member, value);
}
