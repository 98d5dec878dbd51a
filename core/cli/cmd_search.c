#include <stdio.h>

#include "cli/cli.h"

static void put_hit(const capsa_hit *hit) {
  putchar('\n');
  capsa_cli_put_place(hit->title, hit->turn, hit->speaker);
  if (hit->excerpt_start) fputs("… ", stdout);
  capsa_cli_put_inline(hit->excerpt);
  puts(hit->excerpt_ends ? "" : " …");
}

static void put_hits(const capsa_hits *hits) {
  if (!hits->understood.len) {
    puts("there is no word in that to look for");
    return;
  }
  if (!hits->total) fputs("no passage has ", stdout);
  else if (hits->count < hits->total)
    printf("the best %zu of %zu passages that have ", hits->count, hits->total);
  else if (hits->total == 1) fputs("1 passage has ", stdout);
  else printf("%zu passages have ", hits->total);
  capsa_cli_put_inline(hits->understood);
  putchar('\n');
  for (size_t i = 0; i < hits->count; i++) put_hit(&hits->items[i]);
}

static capsa_status search(capsa_library *library, const capsa_query *query,
                           bool json, capsa_arena *arena) {
  capsa_hits hits;
  capsa_slice text;
  capsa_status st = capsa_search(library, query, arena, &hits);
  if (!st && json)
    st = capsa_hits_to_json(&hits, query->text, CAPSA_UNIT_CODE_POINT, arena,
                            &text);
  if (st) return st;
  if (json) capsa_cli_put_text(text);
  else put_hits(&hits);
  return CAPSA_OK;
}

static int explain(const char *typed) {
  capsa_query query = {.text = capsa_slice_of(typed)};
  capsa_arena *arena = capsa_arena_new();
  capsa_slice text = {0};
  capsa_status st =
      arena ? capsa_query_explain(&query, arena, &text) : CAPSA_ENOMEM;
  if (!st && text.len) capsa_cli_put_text(text);
  if (!st && !text.len) puts("there is no word in that to look for");
  capsa_arena_free(arena);
  return st ? capsa_cli_fail_status("search", st) : CAPSA_EXIT_DONE;
}

static int run(const capsa_cli_arguments *arguments) {
  if (arguments->explain && arguments->operand_count == 1)
    return explain(arguments->operands[0]);
  if (arguments->explain)
    return capsa_cli_fail_usage(&capsa_cmd_search, arguments->operands[1],
                                "--explain takes the query alone");
  if (arguments->operand_count < 2)
    return capsa_cli_fail_usage(&capsa_cmd_search, "search",
                                "something is missing behind it");
  const char *path = arguments->operands[0];
  capsa_query query = {.text = capsa_slice_of(arguments->operands[1])};
  int code = capsa_cli_read_number("--limit", arguments->limit, 1,
                                   CAPSA_SEARCH_LIMIT_MAX, &query.limit);
  if (code) return code;
  capsa_library *library;
  if (!capsa_cli_open(path, &library)) return CAPSA_EXIT_FAILED;
  capsa_arena *arena = capsa_arena_new();
  capsa_status st =
      arena ? search(library, &query, arguments->json, arena) : CAPSA_ENOMEM;
  capsa_library_close(library);
  capsa_arena_free(arena);
  return st ? capsa_cli_fail_status(path, st) : CAPSA_EXIT_DONE;
}

const capsa_cli_command capsa_cmd_search = {
    .name = "search",
    .operands = "LIBRARY QUERY",
    .options = "[--limit N] [--json] [--explain]",
    .summary = "find the passages that have all words of a query",
    .help =
        "QUERY is one argument: quote it for the shell. Words in \"double\n"
        "quotes\" must stand together; case, accents and the shape of\n"
        "apostrophes and dashes make no difference, and nothing is an\n"
        "operator. The best 20 are printed, or --limit N. --json prints\n"
        "{query, understood, total, hits[{document, title, block, turn,\n"
        "speaker, kind, excerpt, excerpt_start, matches[{start, end}],\n"
        "score}]}; offsets count code points from the start of the block. A\n"
        "query that begins with - goes behind --. `capsa search --explain\n"
        "QUERY` prints how the query language with operators and fields, "
        "which\n"
        "is not searched with yet, understands it; it needs no library.\n",
    .operands_min = 1,
    .operands_max = 2,
    .run = run,
};
