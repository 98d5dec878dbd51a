/* index.c -- `index TEXT QUERIES`: our index and plain FTS5 over the same
 * passages, one a line; a line that is a form feed ends a document.
 *
 * Each query is asked once, of ours as of the others, one after another, as a
 * student types them. It is a line: `>` before it when it is still
 * typed, and its last word a beginning; `"` when it is a phrase. Printed are
 * milliseconds (p50 and p95 of all queries), bytes, and how much of the exact
 * top 20 ours finds, where exact is BM25 of every passage, worked out with
 * nothing left out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "bench.h"
#include "index/builder.h"
#include "index/find.h"
#include "index/merge.h"
#include "sqlite3.h"

#define TOP 20
#define QUERIES_MAX 1024
#define SEGMENT_TEXT ((size_t)4 << 20) /* bytes; then a new segment begins */

typedef struct parts {
  capsa_slice *items;
  size_t count, bytes;
} parts;

typedef struct built {
  parts parts[CAPSA_SEGMENT_MERGE_MAX];
  capsa_segment segments[CAPSA_SEGMENT_MERGE_MAX];
  size_t count;
  capsa_arena *arena;
} built;

static capsa_status write_part(void *context, uint32_t number,
                               capsa_slice part) {
  parts *p = context;
  p->items = realloc(p->items, (number + 1) * sizeof *p->items);
  char *copy = malloc(part.len);
  if (!p->items || !copy) die("memory");
  memcpy(copy, part.ptr, part.len);
  p->items[number] = (capsa_slice){copy, part.len};
  p->count = number + 1;
  p->bytes += part.len;
  return CAPSA_OK;
}

static capsa_status read_part(void *context, uint32_t number,
                              capsa_slice *out) {
  const parts *p = context;
  if (number >= p->count) return CAPSA_ECORRUPT;
  *out = p->items[number];
  return CAPSA_OK;
}

static void open_segment(built *b, const capsa_segment_head *head) {
  if (capsa_segment_open(head,
                         (capsa_parts_source){&b->parts[b->count], read_part},
                         b->arena, &b->segments[b->count]))
    die("open");
  b->count++;
}

static void finish(built *b, capsa_builder *builder) {
  capsa_segment_head head;
  if (b->count == CAPSA_SEGMENT_MERGE_MAX - 1)
    die("too many segments; the index");
  if (capsa_builder_finish(
          builder, (capsa_parts_sink){&b->parts[b->count], write_part}, &head))
    die("build");
  open_segment(b, &head);
}

/* Every line with its end. @return false behind the last */
static bool next_line(capsa_slice *rest, capsa_slice *line) {
  if (!rest->len) return false;
  size_t end = capsa_slice_finds(*rest, "\n", 0);
  if (end == CAPSA_NOT_FOUND) end = rest->len;
  *line = capsa_slice_cut(*rest, 0, end);
  *rest = capsa_slice_from(*rest, end + 1);
  return true;
}

static void build(built *b, capsa_slice text) {
  capsa_builder *builder = capsa_builder_new();
  capsa_slice line;
  int64_t id = 1;
  capsa_builder_document(builder, id);
  while (next_line(&text, &line)) {
    if (capsa_slice_is(line, "\f")) {
      if (capsa_builder_size(builder) >= SEGMENT_TEXT) finish(b, builder);
      if (text.len) capsa_builder_document(builder, ++id);
      continue;
    }
    capsa_builder_passage(builder, 0, CAPSA_LITERAL("en"));
    capsa_builder_text(builder, line, 0, NULL, 0);
  }
  if (capsa_builder_size(builder)) finish(b, builder);
  capsa_builder_free(builder);
}

/* All segments to the one that a pack carries. */
static void merge(const built *from, built *to) {
  capsa_segment_merge_from sources[CAPSA_SEGMENT_MERGE_MAX] = {0};
  bool done = false;
  for (size_t i = 0; i < from->count; i++)
    sources[i].segment = &from->segments[i];
  capsa_segment_merge *m = capsa_segment_merge_new(
      sources, from->count, (capsa_parts_sink){&to->parts[0], write_part},
      to->arena);
  while (!done)
    if (!m || capsa_segment_merge_step(m, 1 << 16, &done)) die("merge");
  open_segment(to, capsa_segment_merge_head(m));
  capsa_segment_merge_free(m);
}

/* ---- queries */

typedef struct asked {
  capsa_want root, words[16];
  capsa_word_form forms[16];
} asked;

static uint64_t count_df(const capsa_segment *segment, const capsa_want *want,
                         capsa_arena *arena) {
  capsa_entry_term term;
  uint32_t df;
  if (want->kind == CAPSA_WANT_PREFIX)
    return capsa_find_prefix(segment, want->forms[0].text, arena, &df) ? 0 : df;
  return capsa_segment_find(segment, want->forms[0].text, arena, &term)
             ? 0
             : term.df;
}

static void ask(const capsa_segment *segment, const char *line,
                capsa_arena *arena, asked *out) {
  capsa_token_list words = {0};
  bool typing = *line == '>', phrase = line[typing] == '"';
  if (capsa_tokens_read(capsa_slice_of(line), arena, &words)) die("query");
  size_t count = words.count < 16 ? words.count : 16;
  *out = (asked){
      .root = {.kind = phrase ? CAPSA_WANT_PHRASE : CAPSA_WANT_AND, .idf = 1}};
  out->root.children = out->words;
  out->root.child_count = count;
  for (size_t i = 0; i < count; i++) {
    bool open = typing && i + 1 == count;
    out->forms[i] = (capsa_word_form){words.items[i].folded, 1};
    out->words[i] =
        (capsa_want){.kind = open ? CAPSA_WANT_PREFIX : CAPSA_WANT_WORD,
                     .forms = &out->forms[i],
                     .form_count = 1};
    out->words[i].idf = capsa_idf(segment->head.passages,
                                  count_df(segment, &out->words[i], arena));
  }
  if (count == 1) out->root = out->words[0];
}

static capsa_find_result find(const capsa_segment *segment, const asked *query,
                              capsa_arena *arena) {
  capsa_find_result result = {0};
  if (capsa_find(&(capsa_find_in){segment, NULL}, 1, &query->root,
                 segment->mean_length, TOP, NULL, NULL, arena, &result))
    die("find");
  return result;
}

/* The passages of an AND or a single word, each scored: what ours must find.
 * @return how much of the top it found, by score */
static double overlap(const capsa_segment *segment, const asked *query,
                      const capsa_find_result *found, capsa_arena *arena) {
  capsa_find_result all = {0};
  if (capsa_find(&(capsa_find_in){segment, NULL}, 1, &query->root,
                 segment->mean_length, segment->head.passages, NULL, NULL,
                 arena, &all))
    die("find");
  size_t top = all.count < TOP ? all.count : TOP, same = 0;
  if (!top) return 1;
  double least = all.items[top - 1].score;
  for (size_t i = 0; i < found->count; i++)
    same += found->items[i].score >= least - 1e-9;
  return (double)(same < top ? same : top) / (double)top;
}

static int by_number(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void report_times(const char *name, double *times, size_t count) {
  qsort(times, count, sizeof *times, by_number);
  printf("%s-p50 %.4f\n%s-p95 %.4f\n", name, times[count / 2], name,
         times[count * 95 / 100]);
}

static void bench_find(const char *name, const capsa_segment *segment,
                       char **queries, size_t count) {
  static double times[QUERIES_MAX];
  double same = 0;
  capsa_arena *arena = capsa_arena_new();
  for (size_t i = 0; i < count; i++) {
    asked query;
    capsa_arena_reset(arena);
    double start = now();
    ask(segment, queries[i], arena, &query);
    capsa_find_result found = find(segment, &query, arena);
    times[i] = now() - start;
    same += overlap(segment, &query, &found, arena);
  }
  report_times(name, times, count);
  printf("%s-overlap %.4f\n", name, same / (double)count);
  capsa_arena_free(arena);
}

/* ---- FTS5 */

static sqlite3 *fts5_build(capsa_slice text) {
  sqlite3 *db;
  sqlite3_stmt *insert;
  capsa_slice line;
  if (sqlite3_open(":memory:", &db) ||
      sqlite3_exec(db, "CREATE VIRTUAL TABLE t USING fts5(x); BEGIN", 0, 0,
                   0) ||
      sqlite3_prepare_v2(db, "INSERT INTO t VALUES (?)", -1, &insert, 0))
    die("fts5");
  double start = now();
  while (next_line(&text, &line)) {
    if (capsa_slice_is(line, "\f")) continue;
    sqlite3_bind_text(insert, 1, line.ptr, (int)line.len, SQLITE_STATIC);
    sqlite3_step(insert);
    sqlite3_reset(insert);
  }
  sqlite3_exec(db, "COMMIT", 0, 0, 0);
  printf("fts5-build %.1f\n", now() - start);
  sqlite3_finalize(insert);
  return db;
}

static void fts5_write(const char *line, char *out, size_t room) {
  bool typing = *line == '>', phrase = line[typing] == '"';
  snprintf(out, room, "%s%s%s%s", phrase ? "\"" : "", line + typing + phrase,
           phrase ? "\"" : "", typing ? "*" : "");
}

static void bench_fts5(sqlite3 *db, char **queries, size_t count) {
  static double times[QUERIES_MAX];
  sqlite3_stmt *stmt;
  if (sqlite3_prepare_v2(db, "SELECT rowid FROM t(?) ORDER BY rank LIMIT 20",
                         -1, &stmt, 0))
    die("fts5");
  for (size_t i = 0; i < count; i++) {
    char match[256];
    fts5_write(queries[i], match, sizeof match);
    double start = now();
    sqlite3_bind_text(stmt, 1, match, -1, SQLITE_STATIC);
    while (sqlite3_step(stmt) == SQLITE_ROW) continue;
    sqlite3_reset(stmt);
    times[i] = now() - start;
  }
  sqlite3_finalize(stmt);
  report_times("fts5", times, count);
}

/* ---- all */

static size_t read_queries(file f, char **out) {
  size_t count = 0;
  for (char *line = strtok(f.text, "\n"); line && count < QUERIES_MAX;
       line = strtok(NULL, "\n"))
    out[count++] = line;
  return count;
}

void bench_index(const char *text_path, const char *queries_path) {
  static char *queries[QUERIES_MAX];
  static built pieces, whole;
  file text = read_file(text_path), lines = read_file(queries_path);
  capsa_slice all = {text.text, text.len};
  size_t count = read_queries(lines, queries);
  capsa_arena *arena = capsa_arena_new();
  pieces.arena = whole.arena = arena;
  double start = now();
  build(&pieces, all);
  printf("index-build %.1f\n", now() - start);
  start = now();
  merge(&pieces, &whole);
  printf("index-merge %.1f\n", now() - start);
  printf("text-bytes %zu\nindex-bytes %zu\npassages %u\n", text.len,
         whole.parts[0].bytes, whole.segments[0].head.passages);
  bench_find("index", &whole.segments[0], queries, count);
  sqlite3 *db = fts5_build(all);
  bench_fts5(db, queries, count);
  sqlite3_close(db);
  capsa_arena_free(arena);
  free(text.text);
  free(lines.text);
}
