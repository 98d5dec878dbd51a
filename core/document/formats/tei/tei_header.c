/* tei_header.c -- metadata of a TEI file: its header, and what the text says of
 * itself where the header says nothing. */
#include <string.h>

#include "base/slice.h"
#include "document/formats/tei/tei_tree.h"
#include "document/passes/head/citation.h"
#include "document/passes/passes.h"

static void set_text(capsa_tei *r, capsa_slice *member,
                     const capsa_tei_node *node) {
  if (!member->len) *member = capsa_tei_node_text(r, node);
}

/* "a; b" of all children with that name. */
static capsa_slice all_of(capsa_tei *r, const capsa_tei_node *node,
                          const char *name) {
  capsa_slice out = {0};
  for (const capsa_tei_node *at = NULL;
       (at = capsa_tei_node_child(node, name, at));) {
    capsa_slice text = capsa_tei_node_text(r, at);
    capsa_slice parts[] = {out, CAPSA_LITERAL("; "), text};
    if (!out.len) out = text;
    else if (text.len) out = capsa_draft_concat(r->draft, parts, 3);
  }
  return out;
}

/* ---- dates and places */

static capsa_slice date_of(capsa_tei *r, const capsa_tei_node *node) {
  capsa_tei_date d = {.when = capsa_tei_node_attribute(node, "when"),
                      .from = capsa_tei_node_attribute(node, "from"),
                      .to = capsa_tei_node_attribute(node, "to"),
                      .not_before = capsa_tei_node_attribute(node, "notBefore"),
                      .not_after = capsa_tei_node_attribute(node, "notAfter")};
  return capsa_tei_edtf(r, &d);
}

/* Metadata has a day, month or year, or two of them, and nothing vaguer. */
static void set_date(capsa_tei *r, capsa_slice date, capsa_slice text) {
  capsa_metadata *meta = &r->draft->metadata;
  if (meta->date.len || !date.len) return;
  for (size_t i = 0; i < date.len; i++)
    if (!strchr("0123456789-/", date.ptr[i])) return;
  meta->date = date;
  capsa_tei_set(&meta->date_text, text);
}

static void read_date_node(capsa_tei *r, const capsa_tei_node *node) {
  if (!node) return;
  set_date(r, date_of(r, node), capsa_tei_node_text(r, node));
}

/* ---- fileDesc */

static void read_titles(capsa_tei *r, const capsa_tei_node *statement) {
  capsa_slice main = {0}, sub = {0}, volume = {0};
  for (const capsa_tei_node *at = NULL;
       (at = capsa_tei_node_child(statement, "title", at));) {
    capsa_slice type = capsa_tei_node_attribute(at, "type");
    if (!type.len || capsa_tei_has_word(type, "main")) set_text(r, &main, at);
    else if (capsa_tei_has_word(type, "sub")) set_text(r, &sub, at);
    else if (capsa_tei_has_word(type, "complete") || !volume.len)
      volume = capsa_tei_node_text(r, at);
  }
  capsa_slice parts[] = {main, CAPSA_LITERAL(": "), sub};
  capsa_tei_set(&r->draft->metadata.title,
                main.len && sub.len ? capsa_draft_concat(r->draft, parts, 3)
                                    : main);
  /* Titles of a volume, a series: this is one record of it. */
  if (!main.len) capsa_tei_set(&r->found.volume, volume);
}

static bool is_translating(capsa_slice text) {
  static const char *const words[] = {"ranslat",
                                      "bersetz",
                                      "radu",
                                      "\xD0\xB5\xD1\x80\xD0\xB5\xD0\xB2",
                                      "\xE8\xAF\x91",
                                      "\xE8\xAD\xAF",
                                      NULL};
  for (int i = 0; words[i]; i++)
    if (capsa_slice_finds(text, words[i], 0) != CAPSA_NOT_FOUND) return true;
  return false;
}

/* "translation from Russian" */
static void read_responsible(capsa_tei *r, const capsa_tei_node *statement) {
  capsa_metadata *meta = &r->draft->metadata;
  capsa_slice what = all_of(r, statement, "resp");
  if (!is_translating(what)) return;
  static const char *const names[] = {"persName", "name", "orgName", NULL};
  for (int i = 0; names[i]; i++)
    capsa_tei_set(&meta->translator, all_of(r, statement, names[i]));
  size_t from = capsa_slice_finds(what, " from ", 0);
  if (from == CAPSA_NOT_FOUND) return;
  capsa_slice language = capsa_slice_from(what, from + 6);
  if (capsa_slice_starts(language, "the "))
    language = capsa_slice_from(language, 4);
  capsa_tei_set(&meta->translated_from, language);
}

static void read_title_statement(capsa_tei *r, const capsa_tei_node *node) {
  capsa_metadata *meta = &r->draft->metadata;
  read_titles(r, node);
  capsa_tei_set(&meta->author, all_of(r, node, "author"));
  capsa_tei_set(&meta->support, all_of(r, node, "funder"));
  capsa_tei_set(&meta->support, all_of(r, node, "sponsor"));
  for (const capsa_tei_node *at = NULL;
       (at = capsa_tei_node_child(node, "editor", at));)
    if (is_translating(capsa_tei_node_attribute(at, "role")))
      set_text(r, &meta->translator, at);
  for (const capsa_tei_node *at = NULL;
       (at = capsa_tei_node_child(node, "respStmt", at));)
    read_responsible(r, at);
}

static bool is_address(capsa_slice text) {
  return capsa_slice_starts(text, "http://") ||
         capsa_slice_starts(text, "https://");
}

static void read_publication(capsa_tei *r, const capsa_tei_node *node) {
  static const char *const publishers[] = {"publisher", "authority",
                                           "distributor", NULL};
  capsa_metadata *meta = &r->draft->metadata;
  for (int i = 0; publishers[i]; i++)
    capsa_tei_set(&meta->site, all_of(r, node, publishers[i]));
  const capsa_tei_node *terms = capsa_tei_node_at(node, "availability");
  const capsa_tei_node *licence = capsa_tei_node_at(terms, "licence");
  set_text(r, &meta->rights, terms);
  capsa_tei_set(&meta->rights, capsa_tei_node_attribute(licence, "target"));
  for (const capsa_tei_node *at = NULL;
       (at = capsa_tei_node_child(node, "idno", at));) {
    capsa_slice text = capsa_tei_node_text(r, at);
    if (capsa_tei_node_has(at, "type", "record"))
      capsa_tei_set(&meta->record, text);
    else if (is_address(text) || r->settled)
      capsa_tei_set(&meta->source_url, text);
  }
  capsa_slice target =
      capsa_tei_node_attribute(capsa_tei_node_at(node, "ptr"), "target");
  if (is_address(target)) capsa_tei_set(&meta->source_url, target);
}

/* ---- where the record lies */

/* "Box 4, Folder 12" without a type: nothing in it is left over. */
static bool read_whole(capsa_slice text, capsa_locator *out) {
  capsa_range at;
  return capsa_locator_find(text, 0, out, &at) && !at.start_byte &&
         at.end_byte == text.len;
}

/* A number of a kind that we know; of the others, all as one text. */
static void read_number(capsa_tei *r, const capsa_tei_node *idno) {
  capsa_locator *to = &r->draft->metadata.locator;
  const struct {
    const char *type;
    capsa_slice *member;
  } parts[] = {{"fond", &to->fond},   {"opis", &to->opis},
               {"delo", &to->delo},   {"leaves", &to->leaves},
               {"group", &to->group}, {"series", &to->series},
               {"box", &to->box},     {"folder", &to->folder},
               {"file", &to->file},   {"text", &to->text}};
  capsa_slice text = capsa_tei_node_text(r, idno);
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    if (capsa_tei_node_has(idno, "type", parts[i].type)) {
      capsa_tei_set(parts[i].member, text);
      return;
    }
  if (capsa_tei_node_child(idno, "idno", NULL)) return; /* they come next */
  capsa_locator found;
  bool empty = true;
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    empty &= !parts[i].member->len;
  if (empty && !r->settled && read_whole(text, &found)) {
    *to = found;
    return;
  }
  capsa_slice both[] = {to->text, CAPSA_LITERAL("; "), text};
  to->text = to->text.len ? capsa_draft_concat(r->draft, both, 3) : text;
}

static void read_numbers(capsa_tei *r, const capsa_tei_node *identifier) {
  for (const capsa_tei_node *at = identifier;
       (at = capsa_tei_node_next(identifier, at));)
    if (!strcmp(at->name, "idno")) read_number(r, at);
}

static void read_manuscript(capsa_tei *r, const capsa_tei_node *description) {
  capsa_metadata *meta = &r->draft->metadata;
  const capsa_tei_node *where =
      capsa_tei_node_child(description, "msIdentifier", NULL);
  set_text(r, &meta->repository, capsa_tei_node_at(where, "repository"));
  set_text(r, &meta->repository, capsa_tei_node_at(where, "institution"));
  capsa_tei_set(&meta->collection, all_of(r, where, "collection"));
  if (where) read_numbers(r, where);
  set_text(r, &meta->summary,
           capsa_tei_node_at(description, "msContents/summary"));
  const capsa_tei_node *origin =
      capsa_tei_node_at(description, "history/origin");
  read_date_node(r, capsa_tei_node_find(origin, "origDate"));
  set_text(r, &meta->place, capsa_tei_node_find(origin, "origPlace"));
}

static void read_source(capsa_tei *r, const capsa_tei_node *source) {
  static const char *const works[] = {"bibl", "biblStruct", "biblFull", NULL};
  capsa_metadata *meta = &r->draft->metadata;
  const capsa_tei_node *description = capsa_tei_node_find(source, "msDesc");
  if (description) read_manuscript(r, description);
  else if (capsa_tei_node_find(source, "msIdentifier"))
    read_manuscript(r, capsa_tei_node_find(source, "msIdentifier")->parent);
  for (int i = 0; works[i]; i++)
    for (const capsa_tei_node *at = NULL;
         (at = capsa_tei_node_child(source, works[i], at));) {
      capsa_slice *member =
          capsa_tei_node_has(at, "type", "citation") ? &meta->citation
          : capsa_tei_node_has(at, "type", "copy")   ? &meta->copy
                                                     : &meta->publication;
      set_text(r, member, at);
    }
  read_date_node(r, capsa_tei_node_at(source, "recordingStmt/recording/date"));
}

/* ---- profileDesc */

/* Who sent a letter, when and from where. */
static void read_correspondence(capsa_tei *r, const capsa_tei_node *node) {
  capsa_metadata *meta = &r->draft->metadata;
  for (const capsa_tei_node *at = NULL;
       (at = capsa_tei_node_child(node, "correspAction", at));) {
    if (!capsa_tei_node_has(at, "type", "sent")) continue;
    set_text(r, &meta->author, capsa_tei_node_at(at, "persName"));
    set_text(r, &meta->place, capsa_tei_node_find(at, "placeName"));
    read_date_node(r, capsa_tei_node_at(at, "date"));
  }
}

static void read_profile(capsa_tei *r, const capsa_tei_node *profile) {
  static const char *const places[] = {"placeName", "settlement", "name", NULL};
  capsa_metadata *meta = &r->draft->metadata;
  const capsa_tei_node *creation = capsa_tei_node_at(profile, "creation");
  set_text(r, &meta->summary, capsa_tei_node_at(profile, "abstract"));
  read_date_node(r, capsa_tei_node_find(creation, "date"));
  set_text(r, &meta->place, capsa_tei_node_find(creation, "placeName"));
  read_correspondence(r, capsa_tei_node_at(profile, "correspDesc"));
  const capsa_tei_node *setting = capsa_tei_node_at(profile, "settingDesc");
  capsa_tei_set(&meta->place, capsa_tei_node_first(r, setting, places));
  read_date_node(r, capsa_tei_node_find(setting, "date"));
  capsa_tei_set(&meta->language,
                capsa_tei_node_attribute(
                    capsa_tei_node_at(profile, "langUsage/language"), "ident"));
  for (const capsa_tei_node *at = profile;
       at && (at = capsa_tei_node_next(profile, at));)
    if (!strcmp(at->name, "term") && capsa_tei_node_has(at, "type", "genre"))
      set_text(r, &meta->genre, at);
  capsa_tei_persons_read(r, capsa_tei_node_at(profile, "particDesc"), true);
}

/* ---- what Capsa wrote itself */

static bool is_ours(const capsa_tei_node *header) {
  const capsa_tei_node *application =
      capsa_tei_node_at(header, "encodingDesc/appInfo/application");
  return capsa_tei_node_has(application, "ident", "Capsa");
}

static void read_notes(capsa_tei *r, const capsa_tei_node *notes) {
  capsa_metadata *meta = &r->draft->metadata;
  const struct {
    const char *type;
    capsa_slice *member;
  } kinds[] = {{"translated-from", &meta->translated_from},
               {"date-text", &meta->date_text},
               {"date", &meta->date}};
  for (const capsa_tei_node *at = NULL;
       (at = capsa_tei_node_child(notes, "note", at));)
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
      if (capsa_tei_node_has(at, "type", kinds[i].type))
        set_text(r, kinds[i].member, at);
}

/* ---- the header, and the text */

void capsa_tei_header_read(capsa_tei *r, const capsa_tei_node *header) {
  const capsa_tei_node *file = capsa_tei_node_at(header, "fileDesc");
  bool corpus = capsa_tei_top(r)->element->role == CAPSA_TEI_CORPUS;
  if (strcmp(header->name, "teiHeader") || corpus) {
    capsa_tei_persons_read(r, header, false);
    set_text(r, &r->corpus, capsa_tei_node_at(file, "titleStmt/title"));
    return;
  }
  r->settled = is_ours(header);
  if (r->settled) read_notes(r, capsa_tei_node_at(file, "notesStmt"));
  read_title_statement(r, capsa_tei_node_at(file, "titleStmt"));
  read_publication(r, capsa_tei_node_at(file, "publicationStmt"));
  read_source(r, capsa_tei_node_at(file, "sourceDesc"));
  read_profile(r, capsa_tei_node_at(header, "profileDesc"));
}

static capsa_slice first_heading(const capsa_draft *draft) {
  for (size_t i = 0; i < draft->blocks.count; i++)
    if (draft->blocks.items[i].kind == CAPSA_BLOCK_HEADING)
      return draft->blocks.items[i].text;
  return (capsa_slice){0};
}

/* "Source: National Archives, RG 59, …. Secret." */
static void read_source_note(capsa_tei *r) {
  capsa_slice source = r->found.source;
  if (!capsa_slice_starts(source, "Source: ")) return;
  capsa_tei_set(&r->draft->metadata.citation,
                capsa_slice_trim(capsa_slice_from(source, 8)));
}

/* A block has a language of its own where it is not the document's. */
static void settle_languages(capsa_tei *r) {
  capsa_metadata *meta = &r->draft->metadata;
  if (r->found.language.len) meta->language = r->found.language;
  for (size_t i = 0; i < r->draft->blocks.count; i++) {
    capsa_draft_block *block = &r->draft->blocks.items[i];
    if (capsa_slice_equal(block->language, meta->language))
      block->language = (capsa_slice){0};
  }
}

void capsa_tei_header_settle(capsa_tei *r) {
  capsa_metadata *meta = &r->draft->metadata;
  settle_languages(r);
  if (r->settled) return;
  if (r->found.volume.len) capsa_tei_set(&meta->publication, r->found.volume);
  capsa_tei_set(&meta->title, first_heading(r->draft));
  capsa_tei_set(&meta->title, r->found.volume);
  set_date(r, r->found.date, r->found.date_text);
  set_date(r, r->found.date_of_heading, r->found.text_of_heading);
  capsa_tei_set(&meta->place, r->found.place);
  capsa_tei_set(&meta->collection, r->corpus);
  read_source_note(r);
}
