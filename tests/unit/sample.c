#include "sample.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/sha256.h"
#include "base/slice.h"
#include "tap.h"

typedef CAPSA_LIST(capsa_block) block_list;
typedef CAPSA_LIST(capsa_speaker) speaker_list;

static uint32_t speaker_number(capsa_arena *arena, speaker_list *speakers,
                               capsa_slice name) {
  for (size_t i = 0; i < speakers->count; i++)
    if (capsa_slice_equal(speakers->items[i].name, name))
      return (uint32_t)i + 1;
  capsa_speaker *speaker = CAPSA_LIST_ADD(arena, speakers);
  capsa_slice *label = capsa_arena_alloc(arena, sizeof *label);
  *label = name;
  *speaker = (capsa_speaker){.name = name, .labels = label, .label_count = 1};
  return (uint32_t)speakers->count;
}

static void read_line(capsa_arena *arena, capsa_slice line, capsa_block *block,
                      speaker_list *speakers, uint32_t *turns) {
  size_t label = capsa_slice_finds(line, "> ", 0);
  if (label != CAPSA_NOT_FOUND) {
    block->kind = CAPSA_BLOCK_SPEECH;
    block->label = capsa_slice_cut(line, 0, label);
    block->speaker = speaker_number(arena, speakers, block->label);
    speakers->items[block->speaker - 1].turns++;
    block->turn = ++*turns;
    block->text = capsa_slice_from(line, label + 2);
  } else if (capsa_slice_equal(line, CAPSA_LITERAL("---"))) {
    block->kind = CAPSA_BLOCK_RULE;
  } else {
    block->kind = capsa_slice_starts(line, "[") ? CAPSA_BLOCK_EDITORIAL
                                                : CAPSA_BLOCK_PARAGRAPH;
    block->text = line;
  }
}

static capsa_slice edition_of(capsa_arena *arena, capsa_slice text) {
  char *hex = capsa_arena_alloc(arena, CAPSA_SHA256_HEX);
  capsa_sha256_hex(text, hex);
  return (capsa_slice){hex, CAPSA_SHA256_HEX};
}

/* Canonical text, its digest, and where each block begins in it. */
static void join_blocks(capsa_arena *arena, capsa_block *blocks, size_t count,
                        capsa_document *document) {
  capsa_buf text = {0};
  for (size_t i = 0; i < count; i++) {
    if (i) capsa_buf_putc(&text, '\n');
    blocks[i].number = (uint32_t)i + 1;
    blocks[i].start_byte = text.len;
    capsa_buf_put(&text, blocks[i].text);
  }
  CHECK_STATUS(capsa_buf_take(&text, arena, &document->text), CAPSA_OK);
  document->edition = edition_of(arena, document->text);
  document->blocks = blocks;
  document->block_count = count;
}

capsa_document sample_document(capsa_arena *arena, const char *title,
                               const char *script) {
  block_list blocks = {0};
  speaker_list speakers = {0};
  capsa_slice rest = capsa_slice_of(script), line;
  capsa_document document = {.key = capsa_slice_of(title),
                             .format = CAPSA_FORMAT_ARCHIVE,
                             .metadata.title = capsa_slice_of(title)};
  while (capsa_slice_next_line(&rest, &line))
    read_line(arena, line, CAPSA_LIST_ADD(arena, &blocks), &speakers,
              &document.turns);
  join_blocks(arena, blocks.items, blocks.count, &document);
  document.speakers = speakers.items;
  document.speaker_count = speakers.count;
  return document;
}

#define TEXT(literal)                                                          \
  { (literal), sizeof(literal) - 1 }

static const capsa_participant participants[] = {
    {.name = TEXT("Ponomarev"), .office = TEXT("Secretary")},
    {.name = TEXT("Deng Xiaoping"), .side = TEXT("China")}};
static const capsa_slice labels_of_first[] = {TEXT("MAO:"), TEXT("MAO ZEDONG")};
static const capsa_slice labels_of_second[] = {TEXT("Хрущёв")};
static const capsa_speaker full_speakers[] = {{.name = TEXT("Mao Zedong"),
                                               .office = TEXT("Chairman"),
                                               .key = TEXT("#mao"),
                                               .labels = labels_of_first,
                                               .label_count = 2,
                                               .turns = 4},
                                              {.name = TEXT("N.S. Khrushchev"),
                                               .labels = labels_of_second,
                                               .label_count = 1,
                                               .turns = 5},
                                              {.name = TEXT("silent")}};
static const capsa_span spans[] = {{.kind = CAPSA_SPAN_FOOTNOTE_REF,
                                    .target = TEXT("1"),
                                    .mark = TEXT("[1]"),
                                    .block = 5},
                                   {.kind = CAPSA_SPAN_NOTE, .at = {0, 9}},
                                   {.kind = CAPSA_SPAN_GLOSS, .at = {2, 5}},
                                   {.kind = CAPSA_SPAN_LINK,
                                    .at = {2, 4},
                                    .target = TEXT("https://example.org/")}};
static const capsa_emendation emendations[] = {
    {{0, 4}, TEXT("wo rd"), TEXT("word"), "split-word", 80, false},
    {{0, 0}, TEXT("KHRUS HCHEV"), TEXT("KHRUSHCHEV"), "split-label", 95, true}};
static const capsa_diagnostic diagnostics[] = {
    {.severity = CAPSA_SEVERITY_WARNING,
     .line = 12,
     .code = "open-bracket",
     .action = "closed at the end of its paragraph",
     .text = TEXT("[v ego")},
    {.code = "chrome", .action = "left out"}};

capsa_document sample_full_document(capsa_arena *arena) {
  static const capsa_block blocks[] = {
      {.kind = CAPSA_BLOCK_HEADING, .level = 2, .text = TEXT("Ärger “I”")},
      {.kind = CAPSA_BLOCK_RULE},
      {.kind = CAPSA_BLOCK_SPEECH,
       .turn = 1,
       .speaker = 2,
       .label = TEXT("KHRUSHCHEV N.S."),
       .text = TEXT("word[s] and 赫鲁晓夫"),
       .spans = spans,
       .span_count = 4,
       .emendations = emendations,
       .emendation_count = 2},
      {.kind = CAPSA_BLOCK_LIST,
       .level = 1,
       .marker = TEXT("3."),
       .text = TEXT("an item\twith\na tab and a line"),
       .spans = &spans[2],
       .span_count = 1},
      {.kind = CAPSA_BLOCK_FOOTNOTE,
       .reference = 3,
       .marker = TEXT("1"),
       .language = TEXT("ru"),
       .text = TEXT("в оригинале")},
      {.kind = CAPSA_BLOCK_FIGURE,
       .target = TEXT("images/map.png"),
       .text = TEXT("a map")}};
  capsa_document document = {
      .key = TEXT("full"),
      .format = CAPSA_FORMAT_MARKDOWN,
      .metadata = {.title = TEXT("title"),
                   .date = TEXT("1958-07-31"),
                   .date_text = TEXT("31 July"),
                   .summary = TEXT("summary"),
                   .citation = TEXT("citation"),
                   .repository = TEXT("repository"),
                   .collection = TEXT("collection"),
                   .locator = {.fond = TEXT("fond"),
                               .opis = TEXT("opis"),
                               .delo = TEXT("delo"),
                               .leaves = TEXT("leaves"),
                               .group = TEXT("group"),
                               .series = TEXT("series"),
                               .box = TEXT("box"),
                               .folder = TEXT("folder"),
                               .file = TEXT("file"),
                               .text = TEXT("locator")},
                   .copy = TEXT("copy"),
                   .translator = TEXT("translator"),
                   .translated_from = TEXT("translated_from"),
                   .publication = TEXT("publication"),
                   .support = TEXT("support"),
                   .site = TEXT("site"),
                   .source_url = TEXT("source_url"),
                   .rights = TEXT("rights"),
                   .language = TEXT("en"),
                   .place = TEXT("place"),
                   .author = TEXT("author"),
                   .genre = TEXT("genre"),
                   .record = TEXT("record"),
                   .participants = participants,
                   .participant_count = 2},
      .speakers = full_speakers,
      .speaker_count = 3,
      .turns = 9,
      .diagnostics = diagnostics,
      .diagnostic_count = 2};
  capsa_block *copy = capsa_arena_alloc(arena, sizeof blocks);
  memcpy(copy, blocks, sizeof blocks);
  join_blocks(arena, copy, sizeof blocks / sizeof *blocks, &document);
  return document;
}

static void put(capsa_buf *buf, const char *name, capsa_slice text) {
  capsa_buf_putf(buf, "%s(%zu)=", name, text.len);
  capsa_buf_put(buf, text);
  capsa_buf_putc(buf, '\n');
}

static void dump_metadata(const capsa_metadata *m, capsa_buf *buf) {
  const capsa_slice all[] = {m->title,          m->date,
                             m->date_text,      m->summary,
                             m->citation,       m->repository,
                             m->collection,     m->locator.fond,
                             m->locator.opis,   m->locator.delo,
                             m->locator.leaves, m->copy,
                             m->translator,     m->translated_from,
                             m->publication,    m->support,
                             m->site,           m->source_url,
                             m->rights,         m->language,
                             m->place,          m->author,
                             m->genre,          m->record,
                             m->locator.group,  m->locator.series,
                             m->locator.box,    m->locator.folder,
                             m->locator.file,   m->locator.text};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    put(buf, "metadata", all[i]);
  for (size_t i = 0; i < m->participant_count; i++) {
    put(buf, "participant", m->participants[i].name);
    put(buf, "office", m->participants[i].office);
    put(buf, "side", m->participants[i].side);
  }
}

static void dump_block(const capsa_block *b, capsa_buf *buf) {
  capsa_buf_putf(buf, "block %u turn %u kind %d level %u speaker %u at %zu\n",
                 b->number, b->turn, (int)b->kind, b->level, b->speaker,
                 b->start_byte);
  put(buf, "label", b->label);
  put(buf, "marker", b->marker);
  capsa_buf_putf(buf, "reference %u ", b->reference);
  put(buf, "language", b->language);
  put(buf, "target", b->target);
  put(buf, "text", b->text);
  for (size_t i = 0; i < b->span_count; i++) {
    const capsa_span *s = &b->spans[i];
    capsa_buf_putf(buf, "span %d %zu-%zu ", (int)s->kind, s->at.start_byte,
                   s->at.end_byte);
    put(buf, "target", s->target);
    capsa_buf_putf(buf, "footnote %u ", s->block);
    put(buf, "mark", s->mark);
  }
  for (size_t i = 0; i < b->emendation_count; i++) {
    const capsa_emendation *e = &b->emendations[i];
    capsa_buf_putf(buf, "emendation %zu-%zu %s %d %d ", e->at.start_byte,
                   e->at.end_byte, e->rule, e->confidence, e->in_label);
    put(buf, "original", e->original);
    put(buf, "corrected", e->corrected);
  }
}

static void dump_lists(const capsa_document *d, capsa_buf *buf) {
  for (size_t i = 0; i < d->speaker_count; i++) {
    put(buf, "speaker", d->speakers[i].name);
    put(buf, "office", d->speakers[i].office);
    put(buf, "key", d->speakers[i].key);
    capsa_buf_putf(buf, "turns %u\n", d->speakers[i].turns);
    for (size_t j = 0; j < d->speakers[i].label_count; j++)
      put(buf, "label", d->speakers[i].labels[j]);
  }
  for (size_t i = 0; i < d->block_count; i++) dump_block(&d->blocks[i], buf);
  for (size_t i = 0; i < d->diagnostic_count; i++) {
    const capsa_diagnostic *x = &d->diagnostics[i];
    capsa_buf_putf(buf, "diagnostic %d %u %s %s ", (int)x->severity, x->line,
                   x->code, x->action);
    put(buf, "text", x->text);
  }
}

capsa_slice sample_dump(const capsa_document *document, capsa_arena *arena) {
  capsa_buf buf = {0};
  capsa_slice out = {0};
  put(&buf, "key", document->key);
  put(&buf, "edition", document->edition);
  capsa_buf_putf(&buf, "format %d turns %u\n", (int)document->format,
                 document->turns);
  dump_metadata(&document->metadata, &buf);
  dump_lists(document, &buf);
  put(&buf, "canonical", document->text);
  CHECK_STATUS(capsa_buf_take(&buf, arena, &out), CAPSA_OK);
  return out;
}

capsa_library *sample_library(void) {
  capsa_library *library = NULL;
  CHECK_STATUS(capsa_library_open(":memory:", true, &library), CAPSA_OK);
  return library;
}

capsa_entry sample_keep(capsa_library *library, const capsa_document *document,
                        capsa_arena *arena) {
  capsa_source source = {.bytes = CAPSA_LITERAL("bytes"),
                         .name = CAPSA_LITERAL("file.txt")};
  capsa_added added;
  capsa_entry entry = {0};
  CHECK_STATUS(
      capsa_library_keep(library, document, &source, arena, &added, &entry),
      CAPSA_OK);
  return entry;
}

capsa_entry sample_add(capsa_library *library, capsa_arena *arena,
                       const char *title, const char *script) {
  capsa_document document = sample_document(arena, title, script);
  return sample_keep(library, &document, arena);
}

char sample_path[512];

const char *sample_fresh_path(const char *name) {
  snprintf(sample_path, sizeof sample_path, "%s", tap_temporary(name));
  sample_remove_library();
  return sample_path;
}

void sample_remove_library(void) {
  static const char *const endings[] = {"", "-journal", ".before-1",
                                        ".before-1-journal", ".before-2"};
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    char name[sizeof sample_path + 32];
    snprintf(name, sizeof name, "%s%s", sample_path, endings[i]);
    remove(name);
  }
}

void sample_write_file(const char *name, const void *bytes, size_t len) {
  FILE *file = fopen(name, "wb");
  if (!CHECK(file)) return;
  CHECK(fwrite(bytes, 1, len, file) == len);
  fclose(file);
}
