/* search.c -- ask FTS5 which passages match, then show where.
 *
 * FTS5 says which blocks hold the terms and how well; a page of them is read,
 * and the matches are found again in each block's text, by the same tokenizer
 * (query.c). So an index of another kind can take FTS5's place in find_page
 * alone.
 *
 * Scores are rounded to four decimals before they are compared: the logarithm
 * of two C libraries may differ in its last bit, and the order must not.
 */
#include "capsa/search.h"

#include "base/json.h"
#include "base/slice.h"
#include "search/excerpt.h"
#include "search/query.h"
#include "store/library.h"

/** Digits of an edition that a hit's document name carries. */
#define EDITION_DIGITS "12"

/* A speaker's name counts half of what is said. */
#define SCORE "round(-bm25(block_fts, 1.0, 0.5), 4)"

/* All matching passages; ?2 is a document's id, or 0 for the newest of all. A
 * document's title has no block and stands under its id made negative. */
#define MATCHES                                                                \
  " FROM block_fts(?1)"                                                        \
  " LEFT JOIN block ON block.id = block_fts.rowid"                             \
  " JOIN document ON document.id = ifnull(block.document_id, "                 \
  "-block_fts.rowid)"                                                          \
  " WHERE CASE ?2 WHEN 0 THEN NOT EXISTS (SELECT 1 FROM document AS later"     \
  "   WHERE later.key = document.key AND later.id > document.id)"              \
  "  ELSE document.id = ?2 END"

typedef struct search {
  sqlite3 *db;
  capsa_arena *arena;
  capsa_tokenizer *tokenizer;
  capsa_term_list terms;
  capsa_slice fts5;
  int64_t document_id; /* 0: the newest editions */
} search;

static capsa_stmt open_for(const search *s, const char *sql) {
  capsa_stmt stmt = capsa_stmt_open(s->db, sql);
  capsa_stmt_bind_text(&stmt, s->fts5);
  capsa_stmt_bind_number(&stmt, s->document_id);
  return stmt;
}

static capsa_status count_matches(const search *s, size_t *total) {
  capsa_stmt stmt = open_for(s, "SELECT count(*)" MATCHES);
  if (capsa_stmt_next(&stmt)) *total = (size_t)capsa_stmt_number(&stmt);
  return capsa_stmt_close(&stmt);
}

static capsa_block_kind kind_named(capsa_slice name) {
  int kind = 0;
  while (kind < CAPSA_BLOCK_KIND_COUNT &&
         !capsa_slice_equal(name, capsa_slice_of(capsa_block_kind_name(
                                      (capsa_block_kind)kind))))
    kind++;
  return (capsa_block_kind)kind;
}

static void read_hit(capsa_stmt *stmt, capsa_arena *arena, capsa_hit *hit) {
  hit->score = capsa_stmt_real(stmt);
  hit->document = capsa_stmt_text(stmt, arena);
  hit->title = capsa_stmt_text(stmt, arena);
  hit->block = (uint32_t)capsa_stmt_number(stmt);
  hit->turn = (uint32_t)capsa_stmt_number(stmt);
  hit->kind = kind_named(capsa_stmt_text(stmt, arena));
  hit->text = capsa_stmt_text(stmt, arena);
  hit->speaker = capsa_stmt_text(stmt, arena);
  if (hit->kind == CAPSA_BLOCK_KIND_COUNT && !stmt->st)
    stmt->st = CAPSA_ECORRUPT;
}

/* The inner query sorts ids and scores only; texts are read for one page. */
static capsa_status find_page(const search *s, uint32_t limit, uint32_t skip,
                              capsa_hit *hits, size_t *count) {
  capsa_stmt stmt = open_for(
      s, "SELECT page.score, key || CASE WHEN EXISTS (SELECT 1 FROM document"
         "    AS later WHERE later.key = document.key"
         "    AND later.id > document.id)"
         "   THEN '@' || substr(edition, 1, " EDITION_DIGITS ") ELSE '' END,"
         "  title, page.number, ifnull(turn, 0), ifnull(kind, 'paragraph'),"
         "  ifnull(block.text, heading), ifnull(speaker.name, '')"
         " FROM (SELECT block_fts.rowid AS id, " SCORE " AS score,"
         "     document.id AS document_id, ifnull(block.number, 0) AS "
         "number" MATCHES
         "   ORDER BY score DESC, document_id, 4 LIMIT ?3 OFFSET ?4) AS page"
         " JOIN document ON document.id = page.document_id"
         " LEFT JOIN block ON block.id = page.id"
         " LEFT JOIN speaker ON speaker.document_id = block.document_id"
         "  AND speaker.number = block.speaker"
         " ORDER BY page.score DESC, page.document_id, page.number");
  capsa_stmt_bind_number(&stmt, limit);
  capsa_stmt_bind_number(&stmt, skip);
  *count = 0;
  while (*count < limit && capsa_stmt_next(&stmt))
    read_hit(&stmt, s->arena, &hits[(*count)++]);
  return capsa_stmt_close(&stmt);
}

static capsa_status show_matches(const search *s, capsa_hit *hit) {
  capsa_token_list words = {0};
  capsa_range_list matches = {0};
  capsa_status st = capsa_tokenizer_read(s->tokenizer, hit->text, &words);
  if (!st) st = capsa_terms_match(&s->terms, &words, s->arena, &matches);
  if (st) return st;
  capsa_range at = capsa_excerpt(hit->text, matches.items, matches.count,
                                 CAPSA_EXCERPT_BYTES);
  hit->matches = matches.items;
  hit->match_count = matches.count;
  hit->excerpt = capsa_slice_cut(hit->text, at.start_byte, at.end_byte);
  hit->excerpt_start = at.start_byte;
  hit->excerpt_ends = at.end_byte == hit->text.len;
  return CAPSA_OK;
}

static capsa_status find_hits(const search *s, uint32_t limit, uint32_t skip,
                              capsa_hits *found) {
  capsa_hit *hits = capsa_arena_alloc(s->arena, limit * sizeof *hits);
  if (!hits) return CAPSA_ENOMEM;
  capsa_status st = count_matches(s, &found->total);
  if (!st) st = find_page(s, limit, skip, hits, &found->count);
  for (size_t i = 0; !st && i < found->count; i++)
    st = show_matches(s, &hits[i]);
  found->items = hits;
  return st;
}

/* The terms as FTS5's expression and in words for the reader. */
static capsa_status write_terms(search *s, capsa_hits *found) {
  capsa_buf fts5 = {0}, text = {0};
  capsa_terms_to_fts5(&s->terms, &fts5);
  capsa_terms_to_text(&s->terms, &text);
  capsa_status st = capsa_buf_take(&fts5, s->arena, &s->fts5);
  capsa_status other = capsa_buf_take(&text, s->arena, &found->understood);
  return st ? st : other;
}

static capsa_status name_document(search *s, capsa_library *library,
                                  capsa_slice name) {
  if (!name.len) return CAPSA_OK;
  capsa_entry entry;
  capsa_status st = capsa_library_find(library, name, s->arena, &entry);
  if (!st) s->document_id = entry.id;
  return st;
}

capsa_status capsa_search(capsa_library *library, const capsa_query *query,
                          capsa_arena *arena, capsa_hits *out) {
  uint32_t limit = query->limit ? query->limit : CAPSA_SEARCH_LIMIT_DEFAULT;
  if (limit > CAPSA_SEARCH_LIMIT_MAX) return CAPSA_EINVAL;

  search s = {.db = library->db, .arena = arena};
  capsa_hits found = {0};
  capsa_status st = name_document(&s, library, query->document);
  if (!st) st = capsa_tokenizer_open(s.db, arena, &s.tokenizer);
  if (!st)
    st = capsa_terms_read(s.tokenizer, arena, query->text, query->typing,
                          &s.terms);
  if (!st) st = write_terms(&s, &found);
  if (!st && s.terms.count) st = find_hits(&s, limit, query->skip, &found);
  capsa_tokenizer_close(s.tokenizer);
  if (!st) *out = found;
  return st;
}
