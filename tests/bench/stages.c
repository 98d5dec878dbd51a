/* stages.c -- where the time of one document goes, and how much memory.
 *
 * Stock cmark (malloc, parse and render) of the same bytes is the measure that
 * the ratios are taken to. Each number is the least of the runs: what the
 * program needs when nobody else wants the machine.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "document/formats/markdown/markdown_reader.h"
#include "document/stages.h"
#ifdef __wasm__
#define PAGE 65536
#else
#include <sys/resource.h>
#endif

#define STAGES_MAX 32
#define STAGE_RUNS 15

/* A small file is read often enough to be measured at all. */
#define LEAST_BYTES ((size_t)4 << 20)

typedef struct stage {
  const char *name;
  double run, least; /* milliseconds: of this run, of the best */
} stage;

typedef struct watch {
  stage stages[STAGES_MAX];
  size_t count;
  double last;
} watch;

static void done(void *context, const char *name) {
  watch *w = context;
  size_t i = 0;
  while (i < w->count && strcmp(w->stages[i].name, name)) i++;
  if (i == STAGES_MAX) die("stages");
  if (i == w->count) w->stages[w->count++] = (stage){name, 0, 1e9};
  double time = now();
  w->stages[i].run += time - w->last;
  w->last = now();
}

static capsa_source source_of(const char *format, file f) {
  capsa_source source = {.bytes = {f.text, f.len},
                         .format = capsa_format_find(capsa_slice_of(format))};
  if (source.format == CAPSA_FORMAT_COUNT) die(format);
  return source;
}

static void convert(const capsa_source *source, capsa_arena *arena, watch *w) {
  capsa_stage_watcher watcher = {done, w};
  capsa_document document;
  capsa_slice html, json;
  w->last = now();
  if (capsa_document_parse_watched(source, &watcher, arena, &document))
    die("parse");
  if (capsa_document_to_html(&document, arena, &html)) die("html");
  done(w, "write html");
  if (capsa_document_to_json(&document, false, arena, &json)) die("json");
  done(w, "write json");
}

static void parse_with_cmark(void *context) {
  const file *f = context;
  cmark_parser *parser =
      cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &capsa_markdown_memory);
  cmark_parser_feed(parser, f->text, f->len);
  cmark_parser_finish(parser);
}

/* What cmark needs, by itself and in our memory. */
static void run_cmark(file *f, size_t times, watch *w) {
  w->last = now();
  for (size_t i = 0; i < times; i++)
    free(cmark_markdown_to_html(f->text, f->len, CMARK_OPT_DEFAULT));
  done(w, "cmark");
  for (size_t i = 0; i < times; i++)
    if (!capsa_markdown_memory_run(parse_with_cmark, f)) die("cmark");
  done(w, "cmark's parse in our memory");
}

static void end_run(watch *w, size_t times) {
  for (size_t i = 0; i < w->count; i++) {
    double run = w->stages[i].run / (double)times;
    if (run < w->stages[i].least) w->stages[i].least = run;
    w->stages[i].run = 0;
  }
}

void bench_stages(const char *format, const char *path) {
  file f = read_file(path);
  capsa_source source = source_of(format, f);
  size_t times = LEAST_BYTES / (f.len + 1) + 1;
  capsa_arena *arena = capsa_arena_new();
  watch w = {0};
  for (int run = 0; run < STAGE_RUNS; run++) {
    run_cmark(&f, times, &w);
    for (size_t i = 0; i < times; i++) {
      convert(&source, arena, &w);
      capsa_arena_reset(arena);
    }
    end_run(&w, times);
  }
  for (size_t i = 0; i < w.count; i++)
    printf("%s\t%.4f\n", w.stages[i].name, w.stages[i].least);
  capsa_arena_free(arena);
  free(f.text);
}

static double held(void) {
#ifdef __wasm__
  return (double)__builtin_wasm_memory_size(0) * PAGE;
#else
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (double)usage.ru_maxrss * 1024;
#endif
}

void bench_peak(const char *format, const char *path) {
  file f = read_file(path);
  capsa_source source = source_of(format, f);
  capsa_arena *arena = capsa_arena_new();
  capsa_document document;
  capsa_slice html;
  double before = held();
  if (capsa_document_parse(&source, arena, &document)) die("parse");
  printf("parse\t%.0f\n", held() - before);
  if (capsa_document_to_html(&document, arena, &html)) die("html");
  printf("and html\t%.0f\n", held() - before);
  capsa_arena_free(arena);
  free(f.text);
}
