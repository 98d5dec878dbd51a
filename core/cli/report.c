/* report.c -- what was understood of a record and what was done to it, in a
 * list that an archivist can read beside the original.
 */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static void put(FILE *out, capsa_slice text) {
  capsa_cli_put_inline_to(out, text);
}

static const char *format_words(capsa_format format) {
  static const char *const words[CAPSA_FORMAT_COUNT] = {
      [CAPSA_FORMAT_ARCHIVE] = "text, perhaps an archive's page (archive)",
      [CAPSA_FORMAT_MARKDOWN] = "Markdown (markdown)",
      [CAPSA_FORMAT_TEXT] = "plain text (text)",
      [CAPSA_FORMAT_HTML] = "a web page (html)",
      [CAPSA_FORMAT_TEI] = "TEI (tei)",
      [CAPSA_FORMAT_EPUB] = "a book (epub)",
  };
  return words[format] ? words[format] : "";
}

static void put_encoding(FILE *out, const capsa_document *document) {
  bool told = false;
  for (size_t i = 0; i < document->diagnostic_count; i++) {
    const capsa_diagnostic *d = &document->diagnostics[i];
    if (strcmp(d->code, "encoding")) continue;
    fprintf(out, "  encoding: %s\n", d->action);
    told = true;
  }
  if (!told && document->format != CAPSA_FORMAT_EPUB)
    fputs("  encoding: UTF-8\n", out);
}

static void put_what(FILE *out, const capsa_metadata *meta) {
  const struct {
    const char *name;
    capsa_slice value;
  } fields[] = {
      {"title", meta->title},       {"date", meta->date},
      {"place", meta->place},       {"author", meta->author},
      {"language", meta->language}, {"genre", meta->genre},
      {"citation", meta->citation},
  };
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    if (!fields[i].value.len) continue;
    fprintf(out, "  %s: ", fields[i].name);
    put(out, fields[i].value);
    fputc('\n', out);
  }
}

static void put_speakers(FILE *out, const capsa_document *document) {
  fprintf(out, "  turns: %u", (unsigned)document->turns);
  for (size_t i = 0; i < document->speaker_count; i++) {
    fputs(i ? ", " : " (", out);
    put(out, document->speakers[i].name);
    fprintf(out, " %u", (unsigned)document->speakers[i].turns);
  }
  fputs(document->speaker_count ? ")\n" : "\n", out);
}

static void put_count(FILE *out, size_t *before, size_t count,
                      const char *name) {
  if (!count) return;
  fprintf(out, "%s%zu %s", (*before)++ ? ", " : " (", count, name);
}

static void put_blocks(FILE *out, const capsa_document *document) {
  size_t counts[CAPSA_BLOCK_KIND_COUNT] = {0}, before = 0;
  for (size_t i = 0; i < document->block_count; i++)
    counts[document->blocks[i].kind]++;
  fprintf(out, "  blocks: %zu", document->block_count);
  for (int kind = 0; kind < CAPSA_BLOCK_KIND_COUNT; kind++)
    put_count(out, &before, counts[kind],
              capsa_block_kind_name((capsa_block_kind)kind));
  fputs(before ? ")\n" : "\n", out);
}

static void put_spans(FILE *out, const capsa_document *document) {
  size_t counts[CAPSA_SPAN_KIND_COUNT] = {0}, before = 0, all = 0;
  for (size_t i = 0; i < document->block_count; i++)
    for (size_t k = 0; k < document->blocks[i].span_count; k++, all++)
      counts[document->blocks[i].spans[k].kind]++;
  if (!all) return;
  fprintf(out, "  marked: %zu", all);
  for (int kind = 0; kind < CAPSA_SPAN_KIND_COUNT; kind++)
    put_count(out, &before, counts[kind],
              capsa_span_kind_name((capsa_span_kind)kind));
  fputs(")\n", out);
}

static void put_repair(FILE *out, const capsa_remark *remark) {
  fputs(remark->in_label ? "    the label {" : "    ", out);
  put(out, remark->before);
  if (!remark->in_label) fputc('{', out);
  put(out, remark->original);
  fputs(" \xE2\x86\x92 ", out);
  put(out, remark->text);
  fputc('}', out);
  put(out, remark->after);
  fputc('\n', out);
}

/* Text that was left out can be long, and is shown whole. */
static void put_lines(FILE *out, capsa_slice text) {
  const char *end = text.ptr + text.len;
  for (const char *p = text.ptr; p < end;) {
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    if (!stop) stop = end;
    fputs("    ", out);
    put(out, (capsa_slice){p, (size_t)(stop - p)});
    fputc('\n', out);
    p = stop + 1;
  }
}

void capsa_cli_put_remark(FILE *out, const capsa_remark *remark) {
  fputs("  ", out);
  if (remark->line) fprintf(out, "line %u, ", (unsigned)remark->line);
  if (remark->turn) fprintf(out, "turn %u, ", (unsigned)remark->turn);
  fputs(remark->code, out);
  if (remark->kind == CAPSA_REMARK_REPAIR) {
    fprintf(out, ", %d %% sure\n", remark->confidence);
    put_repair(out, remark);
    return;
  }
  fprintf(out, ": %s\n", remark->action);
  put_lines(out, remark->text);
}

static void put_heading(FILE *out, capsa_remark_kind kind, size_t count) {
  static const struct {
    const char *one, *many, *meaning;
  } words[CAPSA_REMARK_KIND_COUNT] = {
      [CAPSA_REMARK_LOSS] = {"loss", "losses",
                             "what of the record was left out"},
      [CAPSA_REMARK_WARNING] = {"warning", "warnings",
                                "a guess that may be wrong"},
      [CAPSA_REMARK_REPAIR] = {"repair", "repairs",
                               "{as printed \xE2\x86\x92 as it reads now}"},
      [CAPSA_REMARK_INFO] = {"remark", "remarks", "the record itself is whole"},
  };
  fprintf(out, "\n%zu %s: %s\n", count,
          count == 1 ? words[kind].one : words[kind].many, words[kind].meaning);
}

void capsa_cli_put_report(FILE *out, const char *name,
                          const capsa_document *document,
                          const capsa_remarks *remarks) {
  fprintf(out, "%s\n  read as: %s\n", name, format_words(document->format));
  put_encoding(out, document);
  put_what(out, &document->metadata);
  put_speakers(out, document);
  put_blocks(out, document);
  put_spans(out, document);
  capsa_remark_kind kind = CAPSA_REMARK_KIND_COUNT;
  for (size_t i = 0; i < remarks->count; i++) {
    if (remarks->items[i].kind != kind) {
      kind = remarks->items[i].kind;
      put_heading(out, kind, remarks->counts[kind]);
    }
    capsa_cli_put_remark(out, &remarks->items[i]);
  }
  if (!remarks->count) fputs("\nnothing was repaired or left out\n", out);
}
