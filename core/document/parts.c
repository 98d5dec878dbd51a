/* parts.c -- the records in what came in: a zip holds several, a file is one.
 */
#include "base/arena.h"
#include "base/slice.h"
#include "document/formats/epub/epub.h"
#include "document/formats/formats.h"
#include "document/formats/zip/zip.h"
#include "text/encoding.h"

/* Bytes at the start of a file in which its first element is looked for. */
#define HEAD_BYTES ((size_t)64 << 10)

typedef CAPSA_LIST(capsa_part) part_list;

/* ---- files that are passed over by their path */

static bool is_any(capsa_slice word, const char *const *words) {
  for (; *words; words++)
    if (capsa_slice_equal_nocase(word, capsa_slice_of(*words))) return true;
  return false;
}

/* The page's own folder, as browsers name it when they save one. */
static bool is_page_folder(capsa_slice name) {
  static const char *const endings[] = {"_files",   "-files",    "_Dateien",
                                        "-Dateien", "_fichiers", "_archivos"};
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (capsa_slice_ends(name, endings[i])) return true;
  return false;
}

static const char *folder_problem(capsa_slice name) {
  if (name.ptr[0] == '.') return "it is hidden";
  if (capsa_slice_equal(name, CAPSA_LITERAL("__MACOSX")))
    return "it is a note that a Mac made for itself";
  return NULL;
}

static const char *file_problem(capsa_slice name) {
  static const char *const system[] = {"Thumbs.db", "desktop.ini", NULL};
  static const char *const furniture[] = {"css", "js",  "mjs",  "map", "json",
                                          "svg", "xsl", "xslt", "rng", "rnc",
                                          "dtd", "xsd", "woff", NULL};
  if (is_any(name, system))
    return "it is a note that a computer made for itself";
  size_t dot = name.len;
  while (dot && name.ptr[dot - 1] != '.') dot--;
  if (dot && is_any(capsa_slice_from(name, dot), furniture))
    return "it is there for the looks or the working of pages";
  return NULL;
}

const char *capsa_source_path_problem(capsa_slice path) {
  for (size_t start = 0; start < path.len;) {
    size_t slash = capsa_slice_finds(path, "/", start);
    size_t end = slash < path.len ? slash : path.len;
    capsa_slice name = capsa_slice_cut(path, start, end);
    bool here = capsa_slice_equal(name, CAPSA_LITERAL(".")) ||
                capsa_slice_equal(name, CAPSA_LITERAL(".."));
    const char *problem = name.len && !here ? folder_problem(name) : NULL;
    if (!problem && end == path.len) problem = file_problem(name);
    if (problem) return problem;
    if (end < path.len && is_page_folder(name))
      return "it belongs to a saved page";
    start = end + 1;
  }
  return NULL;
}

static void pass_over(capsa_part *part, capsa_status st, const char *words) {
  part->status = st;
  part->words = words;
  part->source.bytes = (capsa_slice){0};
}

/* ---- corpora */

/* Documents in a TEI corpus; 1 for all else. */
static size_t count_documents(const capsa_source *source, capsa_arena *arena) {
  capsa_decoded decoded;
  bool may_be =
      source->format == CAPSA_FORMAT_AUTO || source->format == CAPSA_FORMAT_TEI;
  if (!may_be || capsa_zip_is(source->bytes) ||
      source->bytes.len > CAPSA_SOURCE_BYTES_MAX ||
      capsa_slice_finds(capsa_slice_cut(source->bytes, 0, HEAD_BYTES),
                        "teiCorpus", 0) == CAPSA_NOT_FOUND ||
      capsa_encoding_read(source->bytes, arena, &decoded))
    return 1;
  return capsa_tei_count(decoded.text, arena);
}

/* Each document of a corpus is a part with all of its bytes, since they share
 * a header and what it declares; a library keeps them with each. */
static bool split_corpus(const capsa_part *whole, capsa_arena *arena,
                         part_list *parts) {
  size_t count = count_documents(&whole->source, arena);
  bool too_big =
      count > 1 && whole->source.bytes.len > CAPSA_CORPUS_BYTES_MAX / count;
  for (size_t i = 0; i < (too_big ? 1 : count); i++) {
    capsa_part *part = CAPSA_LIST_ADD(arena, parts);
    if (!part) return false;
    *part = *whole;
    if (too_big)
      pass_over(part, CAPSA_ETOOBIG,
                "it is a corpus of too many documents for one file; split it");
    else if (count > 1) {
      part->source.part = (uint32_t)i;
      part->number = (uint32_t)i + 1;
    }
  }
  return count > 1;
}

/* ---- zip */

static capsa_slice last_name(capsa_slice path) {
  size_t start = path.len;
  while (start && path.ptr[start - 1] != '/') start--;
  return capsa_slice_from(path, start);
}

/* Only the end of a zip says what it is, so it is unpacked before. */
static void check_content(capsa_part *part) {
  capsa_slice bytes = part->source.bytes;
  if (!capsa_zip_is(bytes) || capsa_epub_is(bytes)) return;
  const char *kind = capsa_source_kind(bytes);
  pass_over(part, CAPSA_EBINARY,
            kind ? kind
                 : "it is a zip in a zip; unpack it and add it by itself");
}

static capsa_status read_member(capsa_zip *zip, const capsa_zip_member *member,
                                capsa_arena *arena, capsa_part *part) {
  capsa_slice head;
  char bytes[CAPSA_ZIP_HEAD_BYTES];
  const char *words = capsa_source_path_problem(member->path);
  if (words) return pass_over(part, CAPSA_EBINARY, words), CAPSA_OK;
  if (member->status)
    return pass_over(part, member->status, member->problem), CAPSA_OK;
  capsa_zip_head(zip, member, bytes, &head);
  words = capsa_zip_is(head) ? NULL : capsa_source_kind(head);
  if (words) return pass_over(part, CAPSA_EBINARY, words), CAPSA_OK;
  capsa_status st = capsa_zip_read(zip, member, arena, &part->source.bytes);
  if (st == CAPSA_ENOMEM) return st;
  if (st == CAPSA_ETOOBIG)
    pass_over(part, st, "the zip unpacks to more than 256 MB; split it");
  else if (st) pass_over(part, st, "it is cut off or damaged");
  else check_content(part);
  return CAPSA_OK;
}

static capsa_status read_zip(const capsa_source *source, capsa_arena *arena,
                             part_list *parts) {
  capsa_zip zip;
  capsa_status st = capsa_zip_open(source->bytes, arena, &zip);
  if (st) return st;
  for (size_t i = 0; !st && i < zip.count; i++) {
    capsa_part part = {.source = *source, .path = zip.members[i].path};
    part.source.name = last_name(part.path);
    st = read_member(&zip, &zip.members[i], arena, &part);
    if (!st) split_corpus(&part, arena, parts);
  }
  return st;
}

static const char *zip_words(capsa_status st) {
  return st == CAPSA_ETOOBIG
             ? "it holds more than 10,000 files; split it"
             : "the zip is cut off or damaged; get it once more";
}

/* ---- all */

static bool is_container(const capsa_source *source) {
  return source->format == CAPSA_FORMAT_AUTO && capsa_zip_is(source->bytes) &&
         !capsa_epub_is(source->bytes) && !capsa_source_kind(source->bytes);
}

capsa_status capsa_source_parts(const capsa_source *source, capsa_arena *arena,
                                capsa_parts *out) {
  part_list parts = {0};
  bool container = is_container(source);
  capsa_status st = container && source->bytes.len <= CAPSA_SOURCE_BYTES_MAX
                        ? read_zip(source, arena, &parts)
                        : CAPSA_OK;
  if (capsa_arena_failed(arena)) st = CAPSA_ENOMEM;
  if (st == CAPSA_ENOMEM) return st;
  if (st || !container) {
    capsa_part whole = {.source = *source};
    if (st) pass_over(&whole, st, zip_words(st));
    parts.count = 0;
    container |= split_corpus(&whole, arena, &parts);
    if (capsa_arena_failed(arena)) return CAPSA_ENOMEM;
  }
  *out = (capsa_parts){parts.items, parts.count, container};
  return CAPSA_OK;
}
