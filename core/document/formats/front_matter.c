/* front_matter.c -- the head of `key: value` lines of a Markdown file, and the
 * table of names by which metadata is known. */
#include <string.h>

#include "base/slice.h"
#include "document/formats/formats.h"
#include "document/passes/passes.h"

/* Where a field goes. Names: our own JSON; Dublin Core; schema.org's
 * ArchiveComponent; what archives' pages print. */
static const struct {
  const char *name;
  size_t member; /* offset of a capsa_slice in capsa_metadata */
} fields[] = {
#define FIELD(name, member)                                                    \
  { name, offsetof(capsa_metadata, member) }
    FIELD("title", title),
    FIELD("summary", summary),
    FIELD("description", summary),
    FIELD("abstract", summary),
    FIELD("repository", repository),
    FIELD("holdingarchive", repository),
    FIELD("collection", collection),
    FIELD("ispartof", collection),
    FIELD("fond", locator.fond),
    FIELD("opis", locator.opis),
    FIELD("delo", locator.delo),
    FIELD("leaves", locator.leaves),
    FIELD("copy", copy),
    FIELD("translator", translator),
    FIELD("translatedfrom", translated_from),
    FIELD("originallanguage", translated_from),
    FIELD("publication", publication),
    FIELD("support", support),
    FIELD("funder", support),
    FIELD("site", site),
    FIELD("publisher", site),
    FIELD("source", source_url),
    FIELD("sourceurl", source_url),
    FIELD("url", source_url),
    FIELD("rights", rights),
    FIELD("license", rights),
    FIELD("place", place),
    FIELD("coverage", place),
    FIELD("locationcreated", place),
#undef FIELD
};

/* "source_url", "Source URL" and "dc:sourceUrl" are one name. */
static size_t bare_name(capsa_slice field, char out[32]) {
  size_t len = 0;
  for (size_t i = 0; i < field.len; i++) {
    char c = field.ptr[i];
    if (c == ':') len = 0;
    else if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
    if (c >= 'a' && c <= 'z') {
      if (len == 32) return 0;
      out[len++] = c;
    }
  }
  return len;
}

static const struct {
  const char *name, *tag;
} languages[] = {
    {"english", "en"},   {"russian", "ru"},   {"german", "de"},
    {"french", "fr"},    {"spanish", "es"},   {"chinese", "zh"},
    {"polish", "pl"},    {"czech", "cs"},     {"arabic", "ar"},
    {"italian", "it"},   {"korean", "ko"},    {"romanian", "ro"},
    {"bulgarian", "bg"}, {"hungarian", "hu"}, {"vietnamese", "vi"},
};

/* BCP 47: a language's English name gives its tag; a tag stays. */
static capsa_slice language_tag(capsa_slice value) {
  for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
    if (capsa_slice_equal_nocase(value, capsa_slice_of(languages[i].name)))
      return capsa_slice_of(languages[i].tag);
  return value.len <= 12 ? value : (capsa_slice){0};
}

static bool put_slice(capsa_slice *member, capsa_slice value) {
  if (!member->len) *member = value;
  return true;
}

static void put_date(capsa_draft *draft, capsa_slice value) {
  capsa_slice iso = capsa_date_iso(draft->arena, value);
  bool partial = !iso.len && value.len >= 4 && value.len <= 7 &&
                 strchr("12", value.ptr[0]);
  put_slice(&draft->metadata.date, partial ? value : iso);
  put_slice(&draft->metadata.date_text, value);
}

bool capsa_metadata_put(capsa_draft *draft, capsa_slice field,
                        capsa_slice value) {
  capsa_metadata *meta = &draft->metadata;
  char buffer[32];
  capsa_slice name = {buffer, bare_name(field, buffer)};
  if (!value.len) return true;
  if (capsa_slice_equal(name, CAPSA_LITERAL("date")) ||
      capsa_slice_equal(name, CAPSA_LITERAL("datecreated"))) {
    put_date(draft, value);
    return true;
  }
  if (capsa_slice_equal(name, CAPSA_LITERAL("language")) ||
      capsa_slice_equal(name, CAPSA_LITERAL("inlanguage")))
    return put_slice(&meta->language, language_tag(value));
  if (capsa_slice_equal(name, CAPSA_LITERAL("source")) &&
      (value.ptr[0] == '"' || capsa_slice_starts(value, "\xE2\x80\x9C")))
    name = CAPSA_LITERAL("citation");
  if (capsa_slice_equal(name, CAPSA_LITERAL("citation"))) {
    put_slice(&meta->citation, value);
    capsa_citation_read(draft, value);
    return true;
  }
  if (capsa_slice_equal(name, CAPSA_LITERAL("participants")) ||
      capsa_slice_equal(name, CAPSA_LITERAL("contributor"))) {
    capsa_participant *item =
        CAPSA_LIST_ADD(draft->arena, &draft->participants);
    if (item) item->name = value;
    return true;
  }
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
    if (capsa_slice_equal(name, capsa_slice_of(fields[i].name)))
      return put_slice((capsa_slice *)((char *)meta + fields[i].member), value);
  return false;
}

/* ---- the head itself */

/* A scalar without its quotes; what follows ` #` is a comment. */
static capsa_slice scalar(capsa_slice value) {
  value = capsa_slice_trim(value);
  if (value.len >= 2 && strchr("\"'", value.ptr[0]) &&
      value.ptr[value.len - 1] == value.ptr[0])
    return capsa_slice_cut(value, 1, value.len - 1);
  size_t comment = capsa_slice_finds(value, " #", 0);
  if (comment != CAPSA_NOT_FOUND)
    value = capsa_slice_trim(capsa_slice_cut(value, 0, comment));
  return value;
}

static void put(capsa_draft *draft, uint32_t line, capsa_slice field,
                capsa_slice value) {
  value = scalar(value);
  if (!capsa_metadata_put(draft, field, value))
    capsa_draft_report(draft, CAPSA_SEVERITY_WARNING, line, "front-matter",
                       "kept here: the record has no field for it", value);
}

static void put_value(capsa_draft *draft, uint32_t line, capsa_slice field,
                      capsa_slice value) {
  value = capsa_slice_trim(value);
  if (!capsa_slice_starts(value, "[") || !capsa_slice_ends(value, "]")) {
    put(draft, line, field, value);
    return;
  }
  for (size_t at = 1; at < value.len;) {
    size_t comma = capsa_slice_finds(value, ",", at);
    size_t end = comma == CAPSA_NOT_FOUND ? value.len - 1 : comma;
    put(draft, line, field, capsa_slice_cut(value, at, end));
    at = end + 1;
  }
}

static bool is_end(capsa_slice line) {
  return capsa_slice_equal(line, CAPSA_LITERAL("---")) ||
         capsa_slice_equal(line, CAPSA_LITERAL("..."));
}

static bool has_end(capsa_slice rest) {
  capsa_slice line;
  while (capsa_slice_next_line(&rest, &line))
    if (is_end(capsa_slice_trim(line))) return true;
  return false;
}

void capsa_read_front_matter(capsa_slice text, capsa_draft *draft,
                             capsa_slice *rest) {
  capsa_slice left = text, raw, field = {0};
  *rest = text;
  if (!capsa_slice_next_line(&left, &raw) ||
      !capsa_slice_equal(capsa_slice_trim(raw), CAPSA_LITERAL("---")) ||
      !has_end(left))
    return;
  for (uint32_t number = 2; capsa_slice_next_line(&left, &raw); number++) {
    capsa_slice line = capsa_slice_trim(raw);
    if (is_end(line)) break;
    size_t colon = capsa_slice_finds(line, ":", 0);
    if (capsa_slice_starts(line, "- ") && field.len)
      put(draft, number, field, capsa_slice_from(line, 2));
    else if (colon != CAPSA_NOT_FOUND && line.ptr[0] != '#') {
      field = capsa_slice_cut(line, 0, colon);
      put_value(draft, number, field, capsa_slice_from(line, colon + 1));
    } else if (line.len)
      capsa_draft_report(draft, CAPSA_SEVERITY_WARNING, number, "front-matter",
                         "kept here: it is no field", line);
  }
  *rest = left;
}
