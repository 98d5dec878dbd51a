#include <string.h>

#include "capsa/search.h"
#include "sample.h"
#include "search/query.h"
#include "tap.h"

typedef struct fixture {
  capsa_arena *arena;
  capsa_library *library;
  capsa_tokenizer *tokenizer;
} fixture;

static fixture open_fixture(void) {
  fixture f = {capsa_arena_new(), sample_library(), NULL};
  CHECK_STATUS(capsa_tokenizer_open(f.library->db, f.arena, &f.tokenizer),
               CAPSA_OK);
  return f;
}

static void close_fixture(fixture *f) {
  capsa_tokenizer_close(f->tokenizer);
  capsa_library_close(f->library);
  capsa_arena_free(f->arena);
}

static capsa_term_list read_terms(fixture *f, capsa_slice typed, bool typing) {
  capsa_term_list terms = {0};
  CHECK_STATUS(capsa_terms_read(f->tokenizer, f->arena, typed, typing, &terms),
               CAPSA_OK);
  return terms;
}

static const struct {
  const char *typed;
  bool typing;
  const char *fts5, *understood;
} cases[] = {
    {"letter", false, "\"letter\"", "letter"},
    {"  two\twords ", false, "\"two\" \"words\"", "two and words"},
    {"well-known C++", false, "\"well-known\" \"C\"", "well-known and C"},
    {"\"to the king\" 1632", false, "\"to the king\" \"1632\"",
     "\"to the king\" and 1632"},
    {"bread AND wine", false, "\"bread\" \"AND\" \"wine\"",
     "bread and AND and wine"},
    {"\"still typing", false, "\"still typing\"", "\"still typing\""},
    {"5\" shell", false, "\"5\" \"shell\"", "5 and shell"},
    {"5\"x (shell)", false, "\"5\"\"x\" \"shell\"", "5\"x and shell"},
    {"a \"\" b", false, "\"a\" \"b\"", "a and b"},
    {"bread & wine + --", false, "\"bread\" \"wine\"", "bread and wine"},
    {"“the fleet” «i flot»", false, "\"the fleet\" \"i flot\"",
     "\"the fleet\" and \"i flot\""},
    {"joint fle", true, "\"joint\" \"fle\"*", "joint and fle…"},
    {"joint fleet ", true, "\"joint\" \"fleet\"", "joint and fleet"},
    {"\"joint fle", true, "\"joint fle\"*", "\"joint fle…\""},
    {"\"joint fleet\"", true, "\"joint fleet\"", "\"joint fleet\""},
    {"... ?!", false, "", ""},
    {"", true, "", ""},
};

static void test_query__makes_strings_of_all_terms(void) {
  fixture f = open_fixture();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    capsa_buf fts5 = {0}, text = {0};
    capsa_term_list terms =
        read_terms(&f, capsa_slice_of(cases[i].typed), cases[i].typing);
    capsa_terms_to_fts5(&terms, &fts5);
    capsa_terms_to_text(&terms, &text);
    CHECK_TEXT(capsa_buf_view(&fts5), cases[i].fts5);
    CHECK_TEXT(capsa_buf_view(&text), cases[i].understood);
    capsa_buf_free(&fts5);
    capsa_buf_free(&text);
  }
  close_fixture(&f);
}

/* Does FTS5 take what `typed` becomes? */
static bool is_accepted(fixture *f, sqlite3_stmt *stmt, capsa_slice typed,
                        bool typing) {
  capsa_buf out = {0};
  capsa_term_list terms = read_terms(f, typed, typing);
  capsa_terms_to_fts5(&terms, &out);
  bool ok = true;
  if (terms.count) {
    sqlite3_bind_text(stmt, 1, out.ptr, (int)out.len, SQLITE_STATIC);
    int rc = sqlite3_step(stmt);
    ok = rc == SQLITE_DONE || rc == SQLITE_ROW;
    sqlite3_reset(stmt);
  }
  capsa_buf_free(&out);
  return ok;
}

static sqlite3_stmt *matcher(fixture *f) {
  sqlite3_stmt *stmt = NULL;
  CHECK(!sqlite3_prepare_v2(f->library->db, "SELECT 1 FROM block_fts(?1)", -1,
                            &stmt, NULL));
  return stmt;
}

/* Every text of up to four of these bytes: the ones FTS5 gives a meaning. */
static void test_query__is_always_valid_fts5(void) {
  static const char alphabet[] = {'a', '"', '*',  '-',  ':',
                                  '(', ' ', '\0', '\'', '\xE2'};
  const unsigned base = sizeof alphabet;
  fixture f = open_fixture();
  sqlite3_stmt *stmt = matcher(&f);
  for (unsigned n = 0; n < base * base * base * base; n++) {
    char typed[4];
    for (unsigned i = 0, k = n; i < 4; i++, k /= base)
      typed[i] = alphabet[k % base];
    if (!CHECK(is_accepted(&f, stmt, (capsa_slice){typed, 4}, n & 1)))
      for (int i = 0; i < 4; i++) CHECK_NUMBER(typed[i], 0);
  }
  sqlite3_finalize(stmt);
  close_fixture(&f);
}

static void test_query__reads_no_more_than_its_limits(void) {
  static char typed[100000];
  fixture f = open_fixture();
  sqlite3_stmt *stmt = matcher(&f);
  for (size_t i = 0; i < sizeof typed; i++) typed[i] = i % 2 ? ' ' : 'a';
  capsa_slice many = {typed, sizeof typed};
  CHECK(is_accepted(&f, stmt, many, true));
  CHECK_NUMBER(read_terms(&f, many, true).count, CAPSA_QUERY_TERMS_MAX);

  /* é has two bytes, and the limit falls between them. */
  for (size_t i = 0; i < sizeof typed; i++) typed[i] = i % 2 ? '\xC3' : '\xA9';
  capsa_term_list one = read_terms(&f, (capsa_slice){typed + 1, 8000}, false);
  CHECK_NUMBER(one.count, 1);
  CHECK_NUMBER(one.items[0].typed.len, CAPSA_QUERY_BYTES_MAX);
  typed[0] = 'x';
  one = read_terms(&f, (capsa_slice){typed, 8000}, false);
  CHECK_NUMBER(one.items[0].typed.len, CAPSA_QUERY_BYTES_MAX - 1);
  sqlite3_finalize(stmt);
  close_fixture(&f);
}

static const struct {
  const char *query;
  bool typing;
  const char *text;
  const char *marked; /* the text with its matches in < > */
} matches[] = {
    {"fleet", false, "A fleet, the Fleet, fleets.",
     "A <fleet>, the <Fleet>, fleets."},
    {"flee", true, "A fleet, the fleas.", "A <fleet>, the fleas."},
    {"couldn't", false, "I couldn’t sleep; couldn t",
     "I <couldn’t> sleep; <couldn t>"},
    {"high-handed", false, "a high‑handed way", "a <high‑handed> way"},
    {"\"joint fleet\"", false,
     "joint joint\xC2\xA0"
     "fleet, fleet joint",
     "joint <joint\xC2\xA0"
     "fleet>, fleet joint"},
    {"ogoroshil sérieux", false, "[Ogoroshil] SERIEUX",
     "[<Ogoroshil>] <SERIEUX>"},
    {"\"a b\" \"b c\"", false, "a b c a b", "<a b c> <a b>"},
    {"fleet \"fleet street\"", false, "in Fleet Street", "in <Fleet Street>"},
    {"хрущёв", false, "ХРУЩЁВ", "<ХРУЩЁВ>"},
    {"none", false, "nothing here", "nothing here"},
};

static void mark(capsa_slice text, const capsa_range_list *list,
                 capsa_buf *out) {
  size_t at = 0;
  for (size_t i = 0; i < list->count; i++) {
    capsa_range match = list->items[i];
    capsa_buf_put(out, capsa_slice_cut(text, at, match.start_byte));
    capsa_buf_putc(out, '<');
    capsa_buf_put(out, capsa_slice_cut(text, match.start_byte, match.end_byte));
    capsa_buf_putc(out, '>');
    at = match.end_byte;
  }
  capsa_buf_put(out, capsa_slice_from(text, at));
}

static void test_query__finds_its_terms_in_a_text(void) {
  fixture f = open_fixture();
  for (size_t i = 0; i < sizeof matches / sizeof *matches; i++) {
    capsa_slice text = capsa_slice_of(matches[i].text);
    capsa_term_list terms =
        read_terms(&f, capsa_slice_of(matches[i].query), matches[i].typing);
    capsa_token_list tokens = {0};
    capsa_range_list found = {0};
    capsa_buf out = {0};
    CHECK_STATUS(capsa_tokenizer_read(f.tokenizer, text, &tokens), CAPSA_OK);
    CHECK_STATUS(capsa_terms_match(&terms, &tokens, f.arena, &found), CAPSA_OK);
    mark(text, &found, &out);
    CHECK_TEXT(capsa_buf_view(&out), matches[i].marked);
    capsa_buf_free(&out);
  }
  close_fixture(&f);
}

void test_query(void) {
  RUN(test_query__makes_strings_of_all_terms);
  RUN(test_query__is_always_valid_fts5);
  RUN(test_query__reads_no_more_than_its_limits);
  RUN(test_query__finds_its_terms_in_a_text);
}
