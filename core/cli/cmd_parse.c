#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

typedef struct parsing {
  const char *path, *to;
  bool report, strict, document; /* what is printed */
  uint32_t part;                 /* the only record that is printed; 0: all */
  bool is_list;                  /* JSON of several records */
  uint32_t printed;
  capsa_arena *parts, *own; /* for what the file holds, and for one record */
} parsing;

static size_t remarks_that_count(const capsa_remarks *remarks) {
  return remarks->count - remarks->counts[CAPSA_REMARK_INFO];
}

/* With --report they stand in the report already. */
static int fail_strict(const parsing *p, const char *name,
                       const capsa_remarks *remarks) {
  if (!remarks_that_count(remarks)) return CAPSA_EXIT_DONE;
  fflush(stdout);
  fprintf(stderr, "capsa: %s: --strict: %zu lost, %zu guessed, %zu repaired\n",
          name, remarks->counts[CAPSA_REMARK_LOSS],
          remarks->counts[CAPSA_REMARK_WARNING],
          remarks->counts[CAPSA_REMARK_REPAIR]);
  for (size_t i = 0; !p->report && i < remarks->count; i++)
    if (remarks->items[i].kind != CAPSA_REMARK_INFO)
      capsa_cli_put_remark(stderr, &remarks->items[i]);
  return CAPSA_EXIT_FAILED;
}

/* The report goes where the document does not. */
static int put_record(parsing *p, const char *name,
                      const capsa_document *document) {
  capsa_remarks remarks;
  capsa_status st = capsa_document_remarks(document, p->own, &remarks);
  if (st) return capsa_cli_fail_status(name, st);
  int code = CAPSA_EXIT_DONE;
  if (p->printed++) fputs(p->is_list ? ",\n" : "\n", stdout);
  if (p->document) code = capsa_cli_put_document(document, p->to, p->own);
  if (p->report) {
    fflush(stdout);
    capsa_cli_put_report(p->document ? stderr : stdout, name, document,
                         &remarks);
  }
  if (p->strict && fail_strict(p, name, &remarks)) code = CAPSA_EXIT_FAILED;
  return code;
}

static int parse_record(parsing *p, const char *name,
                        const capsa_source *source) {
  capsa_document document;
  capsa_status st = capsa_document_parse(source, p->own, &document);
  int code = st ? capsa_cli_fail(name, capsa_source_problem(source->bytes, st))
                : put_record(p, name, &document);
  capsa_arena_reset(p->own);
  return code;
}

/* Standard output is the document's: what was passed over is told beside. */
static int parse_part(parsing *p, const capsa_part *part) {
  char *name = capsa_cli_part_name(p->path, part);
  fflush(stdout);
  if (!name) return capsa_cli_fail_status(p->path, CAPSA_ENOMEM);
  int code = CAPSA_EXIT_DONE;
  if (!part->status) code = parse_record(p, name, &part->source);
  else if (part->status == CAPSA_EBINARY)
    fprintf(stderr, "capsa: %s: passed over, %s\n", name, part->words);
  else code = capsa_cli_fail(name, part->words);
  free(name);
  return code;
}

static uint32_t records_in(const capsa_parts *parts) {
  uint32_t count = 0;
  for (size_t i = 0; i < parts->count; i++) count += !parts->items[i].status;
  return count;
}

static int fail_part(const parsing *p, uint32_t records) {
  char advice[64];
  snprintf(advice, sizeof advice, "--part %u: it holds %u record%s",
           (unsigned)p->part, (unsigned)records, records == 1 ? "" : "s");
  return capsa_cli_fail(capsa_cli_shown_path(p->path), advice);
}

static int parse_parts(parsing *p, const capsa_parts *parts) {
  uint32_t records = records_in(parts), number = 0;
  int code = CAPSA_EXIT_DONE;
  if (p->part > records) return fail_part(p, records);
  p->is_list = parts->is_container && records && !p->part &&
               !strcmp(p->to, "json") && p->document;
  if (p->is_list) puts("[");
  for (size_t i = 0; i < parts->count; i++) {
    const capsa_part *part = &parts->items[i];
    number += !part->status;
    bool wanted = !p->part || (number == p->part && !part->status);
    if (wanted && parse_part(p, part)) code = CAPSA_EXIT_FAILED;
  }
  if (p->is_list) puts("]");
  if (!records && parts->is_container)
    return capsa_cli_fail(capsa_cli_shown_path(p->path), "no record is in it");
  return code;
}

static int parse_file(parsing *p, capsa_source *source) {
  capsa_parts parts;
  p->parts = capsa_arena_new();
  p->own = capsa_arena_new();
  capsa_status st = p->parts && p->own
                        ? capsa_source_parts(source, p->parts, &parts)
                        : CAPSA_ENOMEM;
  int code = st ? capsa_cli_fail_status(capsa_cli_shown_path(p->path), st)
                : parse_parts(p, &parts);
  capsa_arena_free(p->parts);
  capsa_arena_free(p->own);
  return code;
}

static int run(const capsa_cli_arguments *arguments) {
  parsing p = {.path = arguments->operands[0],
               .to = arguments->to ? arguments->to : "json",
               .report = arguments->report,
               .strict = arguments->strict,
               .document = arguments->to || !arguments->report};
  capsa_source source = {.name = capsa_cli_file_name(p.path),
                         .keep_printed = arguments->no_repair};
  if (arguments->from)
    source.format = capsa_format_find(capsa_slice_of(arguments->from));
  if (source.format == CAPSA_FORMAT_COUNT)
    return capsa_cli_fail_usage(&capsa_cmd_parse, arguments->from,
                                "there is no such format");
  if (!capsa_cli_is_view(p.to))
    return capsa_cli_fail_usage(&capsa_cmd_parse, p.to,
                                "there is no such output");
  int code =
      capsa_cli_read_number("--part", arguments->part, 1, UINT32_MAX, &p.part);
  if (code) return code;
  if (!capsa_cli_read_file(p.path, &source.bytes)) return CAPSA_EXIT_FAILED;
  code = parse_file(&p, &source);
  free((void *)source.bytes.ptr);
  return code;
}

const capsa_cli_command capsa_cmd_parse = {
    .name = "parse",
    .operands = "FILE",
    .options = "[--from auto|archive|text|markdown|html|tei|epub] "
               "[--to json|html|text|markdown|tei] [--part N] [--report] "
               "[--strict] [--no-repair]",
    .summary = "read a record and print what was understood",
    .help =
        "Nothing is kept. --from says what FILE is; by default its content\n"
        "decides: the page of an archive copied as text (archive), plain text\n"
        "of which nothing is a page's menu (text), Markdown, a saved web page\n"
        "(html), TEI or a book (epub). --to chooses the output: json (all\n"
        "that is known; offsets count code points of the block's text), html\n"
        "(the reading view), text, markdown or tei, which both read back as\n"
        "the same document.\n"
        "\n"
        "A FILE may be a zip or hold several records: json is then an array\n"
        "of them, html and text stand one behind the other, and --part N\n"
        "prints the Nth alone. What is passed over is told on standard error.\n"
        "\n"
        "--report prints, in place of the document, what was understood and\n"
        "done: repairs with the words around them, guesses, what was left\n"
        "out. With --to both are printed, the report on standard error.\n"
        "--strict ends with exit code 1 where anything was lost, guessed or\n"
        "repaired, and says what. --no-repair leaves scanning errors as\n"
        "printed.\n",
    .operands_min = 1,
    .operands_max = 1,
    .run = run,
};
