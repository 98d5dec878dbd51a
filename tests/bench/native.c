/* native.c -- Capsa, stock cmark and plain FTS5 on the same text, for run.mjs.
 *
 *   bench compare ALL.md DOCUMENT.md... -- QUERY...
 *   bench stages FORMAT FILE        (stages.c)
 *   bench peak FORMAT FILE
 *   bench index TEXT QUERIES        (index.c)
 *
 * Prints `name milliseconds` lines, CPU time. Compiled by cc and by emcc, so
 * that the row of each build comes without a program's start.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench.h"
#include "cmark.h"
#include "sqlite3.h"
#ifdef __wasm__
#include <emscripten.h>
#endif

#define FILES_MAX 256
#define TIMES_MAX 4096

static double times[TIMES_MAX];
static size_t time_count;

#ifdef __wasm__
/* clock() would be the time of day, in whole milliseconds. */
EM_JS(double, cpu_time, (void), {
  const {user, system} = process.cpuUsage();
  return (user + system) / 1000;
})

double now(void) { return cpu_time(); }
#else
double now(void) { return (double)clock() * 1000 / CLOCKS_PER_SEC; }
#endif

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

void add_time(double start) {
  if (time_count < TIMES_MAX) times[time_count++] = now() - start;
}

void report(const char *name, double share) {
  qsort(times, time_count, sizeof *times, by_size);
  printf("%s %.4f\n", name, times[(size_t)((double)(time_count - 1) * share)]);
  time_count = 0;
}

void die(const char *what) {
  fprintf(stderr, "bench: %s failed\n", what);
  exit(1);
}

file read_file(const char *path) {
  file f = {0};
  FILE *in = fopen(path, "rb");
  if (!in) die(path);
  fseek(in, 0, SEEK_END);
  f.len = (size_t)ftell(in);
  rewind(in);
  f.text = malloc(f.len + 1);
  if (!f.text || fread(f.text, 1, f.len, in) != f.len) die(path);
  f.text[f.len] = '\0';
  fclose(in);
  return f;
}

static capsa_source markdown(file f) {
  return (capsa_source){.bytes = {f.text, f.len},
                        .format = CAPSA_FORMAT_MARKDOWN};
}

static void bench_parse(file all) {
  for (int i = 0; i < RUNS; i++) {
    double start = now();
    free(cmark_markdown_to_html(all.text, all.len, CMARK_OPT_DEFAULT));
    add_time(start);
  }
  report("cmark", 0.5);
  for (int i = 0; i < RUNS; i++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_source source = markdown(all);
    capsa_document document;
    capsa_slice html;
    double start = now();
    if (capsa_document_parse(&source, arena, &document) ||
        capsa_document_to_html(&document, arena, &html))
      die("parse");
    add_time(start);
    capsa_arena_free(arena);
  }
  report("capsa-parse", 0.5);
}

static capsa_library *bench_add(const file *files, size_t count) {
  capsa_library *library;
  if (capsa_library_open(":memory:", true, &library)) die("open");
  double start = now();
  for (size_t i = 0; i < count; i++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_source source = markdown(files[i]);
    capsa_added added;
    capsa_entry entry;
    if (capsa_library_add(library, &source, arena, &added, &entry)) die("add");
    capsa_arena_free(arena);
  }
  add_time(start);
  report("capsa-add", 0.5);
  return library;
}

static void bench_search(capsa_library *library, char **queries, int count) {
  for (int i = 0; i < RUNS * count; i++) {
    capsa_arena *arena = capsa_arena_new();
    capsa_query query = {.text = capsa_slice_of(queries[i % count]),
                         .typing = true};
    capsa_hits hits;
    double start = now();
    if (capsa_search(library, &query, arena, &hits)) die("search");
    add_time(start);
    capsa_arena_free(arena);
  }
  report("capsa-search", 0.95);
}

/* ---- plain FTS5: paragraphs as rows, nothing else */

static sqlite3 *bench_fts5_add(file all) {
  sqlite3 *db;
  sqlite3_stmt *insert;
  if (sqlite3_open(":memory:", &db) ||
      sqlite3_exec(db, "CREATE VIRTUAL TABLE t USING fts5(x); BEGIN", 0, 0,
                   0) ||
      sqlite3_prepare_v2(db, "INSERT INTO t VALUES (?)", -1, &insert, 0))
    die("fts5");
  double start = now();
  for (char *p = all.text, *end; *p; p = end) {
    end = strstr(p, "\n\n");
    end = end ? end + 2 : p + strlen(p);
    sqlite3_bind_text(insert, 1, p, (int)(end - p), SQLITE_STATIC);
    sqlite3_step(insert);
    sqlite3_reset(insert);
  }
  sqlite3_exec(db, "COMMIT", 0, 0, 0);
  add_time(start);
  report("fts5-add", 0.5);
  sqlite3_finalize(insert);
  return db;
}

static void bench_fts5_search(sqlite3 *db, char **queries, int count) {
  sqlite3_stmt *find;
  if (sqlite3_prepare_v2(db,
                         "SELECT rowid, snippet(t, 0, '', '', '', 16) FROM t(?)"
                         " ORDER BY rank LIMIT 20",
                         -1, &find, 0))
    die("fts5");
  for (int i = 0; i < RUNS * count; i++) {
    char match[256];
    snprintf(match, sizeof match, "%s*", queries[i % count]);
    double start = now();
    sqlite3_bind_text(find, 1, match, -1, SQLITE_STATIC);
    while (sqlite3_step(find) == SQLITE_ROW) sqlite3_column_text(find, 1);
    sqlite3_reset(find);
    add_time(start);
  }
  report("fts5-search", 0.95);
  sqlite3_finalize(find);
}

static void bench_compare(int argc, char **argv) {
  static file files[FILES_MAX];
  size_t count = 0;
  int i = 1;
  file all = read_file(argv[0]);
  for (; i < argc && strcmp(argv[i], "--") && count < FILES_MAX; i++)
    files[count++] = read_file(argv[i]);
  char **queries = argv + i + 1;
  int query_count = argc - i - 1;
  if (query_count < 1) die("queries");
  bench_parse(all);
  capsa_library *library = bench_add(files, count);
  bench_search(library, queries, query_count);
  sqlite3 *db = bench_fts5_add(all);
  bench_fts5_search(db, queries, query_count);
  sqlite3_close(db);
  capsa_library_close(library);
  free(all.text);
  while (count) free(files[--count].text);
}

int main(int argc, char **argv) {
  const char *verb = argc > 3 ? argv[1] : "";
  if (!strcmp(verb, "compare")) bench_compare(argc - 2, argv + 2);
  else if (!strcmp(verb, "stages")) bench_stages(argv[2], argv[3]);
  else if (!strcmp(verb, "peak")) bench_peak(argv[2], argv[3]);
  else if (!strcmp(verb, "index")) bench_index(argv[2], argv[3]);
  else die("usage: see native.c; it");
  return 0;
}
