#include "capsa/search.h"

#include <string.h>

#include "base/mem.h"
#include "base/slice.h"
#include "sample.h"
#include "tap.h"

typedef struct fixture {
  capsa_arena *arena;
  capsa_library *library;
} fixture;

static fixture open_fixture(void) {
  return (fixture){capsa_arena_new(), sample_library()};
}

static void close_fixture(fixture *f) {
  capsa_library_close(f->library);
  capsa_arena_free(f->arena);
}

static capsa_hits ask(fixture *f, const capsa_query *query) {
  capsa_hits hits = {0};
  CHECK_STATUS(capsa_search(f->library, query, f->arena, &hits), CAPSA_OK);
  return hits;
}

static capsa_hits find(fixture *f, const char *text) {
  return ask(f, &(capsa_query){.text = capsa_slice_of(text)});
}

static void test_search__finds_blocks_with_all_words(void) {
  fixture f = open_fixture();
  sample_add(f.library, f.arena, "talk",
             "MAO> I could not sleep for the joint fleet.\n"
             "KHRUSHCHEV> There was no thought of a fleet.\n"
             "[They walk to the joint session.]");
  sample_add(f.library, f.arena, "other", "a\nb\nc\nd\ne\nf\ng\nh\ni");
  capsa_hits hits = find(&f, "fleet JOINT");
  CHECK_NUMBER(hits.total, 1);
  CHECK_NUMBER(hits.count, 1);
  CHECK_TEXT(hits.understood, "fleet and JOINT");
  const capsa_hit *hit = &hits.items[0];
  CHECK_TEXT(hit->document, "talk");
  CHECK_TEXT(hit->title, "talk");
  CHECK_NUMBER(hit->block, 1);
  CHECK_NUMBER(hit->turn, 1);
  CHECK_TEXT(hit->speaker, "MAO");
  CHECK_NUMBER(hit->kind, CAPSA_BLOCK_SPEECH);
  CHECK_TEXT(hit->excerpt, "I could not sleep for the joint fleet.");
  CHECK(hit->excerpt_start == 0 && hit->excerpt_ends);
  CHECK_NUMBER(hit->match_count, 2);
  CHECK_NUMBER(hit->matches[1].start_byte, 32);
  CHECK_NUMBER(hit->matches[1].end_byte, 37);
  CHECK(hit->score > 0);
  CHECK_NUMBER(find(&f, "fleet session").total, 0);
  close_fixture(&f);
}

static void test_search__reads_a_phrase_as_one(void) {
  fixture f = open_fixture();
  sample_add(f.library, f.arena, "a",
             "the joint fleet\na fleet, joint\n"
             "high-handed ways\nhigh and handed");
  CHECK_NUMBER(find(&f, "joint fleet").total, 2);
  CHECK_NUMBER(find(&f, "\"joint fleet\"").total, 1);
  CHECK_NUMBER(find(&f, "high-handed").total, 1);
  CHECK_NUMBER(find(&f, "high handed").total, 2);
  close_fixture(&f);
}

static void test_search__folds_case_accents_and_apostrophes(void) {
  static const char *const found[] = {"couldn't", "couldn’t",   "COULDN'T",
                                      "sérieux",  "serieux",    "bolshoi flot",
                                      "мао",      "\"sleep x\""};
  fixture f = open_fixture();
  sample_add(f.library, f.arena, "a",
             "I couldn’t sleep\xC2\xA0x Sérieux Bol’shoi bolshoi flot МАО");
  for (size_t i = 0; i < sizeof found / sizeof *found; i++)
    if (!CHECK_NUMBER(find(&f, found[i]).total, 1))
      CHECK_TEXT(capsa_slice_of(found[i]), "found");
  close_fixture(&f);
}

static void test_search__takes_the_last_word_as_unfinished_while_typing(void) {
  fixture f = open_fixture();
  sample_add(f.library, f.arena, "a", "the joint fleet\nthe fleeting joint");
  capsa_query query = {.text = CAPSA_LITERAL("joint fle"), .typing = true};
  capsa_hits hits = ask(&f, &query);
  CHECK_NUMBER(hits.total, 2);
  CHECK_TEXT(hits.understood, "joint and fle…");
  CHECK_NUMBER(hits.items[0].match_count, 2);
  query.text = CAPSA_LITERAL("joint fleet ");
  CHECK_NUMBER(ask(&f, &query).total, 1);
  query.text = CAPSA_LITERAL("jo fleet");
  CHECK_NUMBER(ask(&f, &query).total, 0);
  close_fixture(&f);
}

static void test_search__finds_titles_and_summaries(void) {
  fixture f = open_fixture();
  capsa_document document =
      sample_document(f.arena, "First Conversation", "nothing of it here");
  document.metadata.summary = CAPSA_LITERAL("They speak of a fleet.");
  sample_keep(f.library, &document, f.arena);
  capsa_hits hits = find(&f, "conversation fleet");
  CHECK_NUMBER(hits.count, 1);
  CHECK_NUMBER(hits.items[0].block, 0);
  CHECK_TEXT(hits.items[0].text, "First Conversation\nThey speak of a fleet.");
  CHECK_NUMBER(hits.items[0].match_count, 2);
  close_fixture(&f);
}

static void test_search__finds_what_a_speaker_said(void) {
  fixture f = open_fixture();
  sample_add(f.library, f.arena, "a",
             "MAO> the fleet\nKHRUSHCHEV> the fleet\nMAO> rockets");
  capsa_hits hits = find(&f, "mao fleet");
  CHECK_NUMBER(hits.total, 1);
  CHECK_NUMBER(hits.items[0].turn, 1);
  CHECK_NUMBER(hits.items[0].match_count, 1);
  hits = find(&f, "khrushchev");
  CHECK_NUMBER(hits.total, 1);
  CHECK_NUMBER(hits.items[0].match_count, 0);
  CHECK_TEXT(hits.items[0].excerpt, "the fleet");
  close_fixture(&f);
}

static void test_search__looks_in_the_newest_edition_or_the_one_named(void) {
  fixture f = open_fixture();
  capsa_entry old = sample_add(f.library, f.arena, "a", "the old fleet");
  sample_add(f.library, f.arena, "a", "the new fleet");
  sample_add(f.library, f.arena, "b", "another fleet");
  CHECK_NUMBER(find(&f, "fleet").total, 2);
  CHECK_NUMBER(find(&f, "old").total, 0);

  char name[80] = "a@";
  memcpy(name + 2, old.edition.ptr, old.edition.len);
  capsa_query query = {.text = CAPSA_LITERAL("fleet"),
                       .document = {name, 2 + 8}};
  capsa_hits hits = ask(&f, &query);
  CHECK_NUMBER(hits.total, 1);
  CHECK_TEXT(hits.items[0].text, "the old fleet");
  name[14] = '\0';
  CHECK_TEXT(hits.items[0].document, name);
  query.document = CAPSA_LITERAL("a");
  hits = ask(&f, &query);
  CHECK_NUMBER(hits.total, 1);
  CHECK_TEXT(hits.items[0].text, "the new fleet");
  query.document = CAPSA_LITERAL("nobody");
  CHECK_STATUS(capsa_search(f.library, &query, f.arena, &hits),
               CAPSA_ENOTFOUND);
  close_fixture(&f);
}

static void test_search__pages_in_one_order(void) {
  fixture f = open_fixture();
  sample_add(f.library, f.arena, "other", "a\nb\nc\nd\ne\nf\ng\nh\ni");
  sample_add(f.library, f.arena, "a", "one fleet\ntwo fleet\nmore fleet fleet");
  sample_add(f.library, f.arena, "b", "four fleet\nfive words and a fleet");
  capsa_hits all = find(&f, "fleet");
  CHECK_NUMBER(all.total, 5);
  CHECK_TEXT(all.items[0].text, "more fleet fleet");
  CHECK_TEXT(all.items[1].text, "one fleet"); /* equal: in reading order */
  CHECK_TEXT(all.items[2].text, "two fleet");
  CHECK_TEXT(all.items[3].text, "four fleet");
  for (uint32_t skip = 0; skip < 6; skip++) {
    capsa_query query = {
        .text = CAPSA_LITERAL("fleet"), .limit = 2, .skip = skip};
    capsa_hits page = ask(&f, &query);
    CHECK_NUMBER(page.total, 5);
    CHECK_NUMBER(page.count, skip > 3 ? 5 - skip : 2);
    for (size_t i = 0; i < page.count; i++)
      CHECK(capsa_slice_equal(page.items[i].text, all.items[skip + i].text));
  }
  close_fixture(&f);
}

static void test_search__answers_a_query_without_a_word_with_nothing(void) {
  fixture f = open_fixture();
  sample_add(f.library, f.arena, "a", "text");
  capsa_hits hits = find(&f, " \"\" -- ");
  CHECK(hits.total == 0 && hits.count == 0 && hits.understood.len == 0);
  capsa_query query = {.text = CAPSA_LITERAL("x"),
                       .limit = CAPSA_SEARCH_LIMIT_MAX + 1};
  CHECK_STATUS(capsa_search(f.library, &query, f.arena, &hits), CAPSA_EINVAL);
  query.limit--;
  CHECK_STATUS(capsa_search(f.library, &query, f.arena, &hits), CAPSA_OK);
  close_fixture(&f);
}

static void test_search__forgets_what_was_removed(void) {
  fixture f = open_fixture();
  sample_add(f.library, f.arena, "a", "A> the fleet");
  sample_add(f.library, f.arena, "b", "B> the fleet");
  CHECK_STATUS(capsa_library_remove(f.library, CAPSA_LITERAL("a")), CAPSA_OK);
  capsa_hits hits = find(&f, "fleet");
  CHECK_NUMBER(hits.total, 1);
  CHECK_TEXT(hits.items[0].document, "b");
  CHECK_NUMBER(find(&f, "a").total, 0);
  close_fixture(&f);
}

static void test_search__gives_hits_that_outlive_the_library(void) {
  fixture f = open_fixture();
  capsa_slice json;
  sample_add(f.library, f.arena, "a", "É> “the 𝄞 fleet”");
  capsa_hits hits = find(&f, "fleet");
  capsa_library_close(f.library);
  f.library = NULL;
  CHECK_STATUS(capsa_hits_to_json(&hits, CAPSA_LITERAL("fleet"),
                                  CAPSA_UNIT_CODE_POINT, f.arena, &json),
               CAPSA_OK);
  const char *end = strstr(capsa_arena_string(f.arena, json), "\"hits\"");
  CHECK(end && strstr(end, "\"matches\":[{\"start\":7,\"end\":12}]"));
  CHECK_TEXT(
      capsa_slice_cut(json, 0, 53),
      "{\"query\":\"fleet\",\"understood\":\"fleet\",\"total\":1,\"hits");
  CHECK_STATUS(capsa_hits_to_json(&hits, CAPSA_LITERAL("fleet"),
                                  CAPSA_UNIT_UTF16, f.arena, &json),
               CAPSA_OK);
  CHECK(capsa_slice_finds(json,
                          "\"excerptStartUtf16\":0,\"matches\":["
                          "{\"startUtf16\":8,\"endUtf16\":13}]",
                          0) != CAPSA_NOT_FOUND);
  close_fixture(&f);
}

/* Whatever is typed, there is an answer; two words of it may occur. */
static void test_search__answers_whatever_is_typed(void) {
  static const char *const pieces[] = {
      "fleet", "\"", "“",    "”",  "*", "-",    " ", "(",    ")",
      ":",     "^",  "NEAR", "OR", "{", "\xFF", "é", "\x01", "mao"};
  fixture f = open_fixture();
  sample_add(f.library, f.arena, "a", "MAO> the fleet near or");
  unsigned state = 1958;
  for (int round = 0; round < 3000; round++) {
    char typed[128];
    size_t len = 0;
    for (int i = 0; i < 8; i++) {
      state = state * 1103515245u + 12345u;
      const char *piece = pieces[(state >> 16) % 18];
      memcpy(typed + len, piece, strlen(piece));
      len += strlen(piece);
    }
    capsa_query query = {.text = {typed, len}, .typing = round & 1};
    capsa_arena *arena = capsa_arena_new();
    capsa_hits hits;
    CHECK_STATUS(capsa_search(f.library, &query, arena, &hits), CAPSA_OK);
    CHECK_NUMBER(hits.count, hits.total);
    capsa_arena_free(arena);
  }
  close_fixture(&f);
}

static void test_search__survives_any_failed_allocation(void) {
  fixture f = open_fixture();
  for (int i = 0; i < 40; i++)
    sample_add(f.library, f.arena, i % 2 ? "one" : "two",
               "MAO> the joint fleet, the fleet, the fleet");
  capsa_status st = CAPSA_ENOMEM;
  int n = 0;
  for (; st == CAPSA_ENOMEM && n < 1000; n++) {
    size_t live = capsa_mem_live();
    capsa_query query = {.text = CAPSA_LITERAL("\"joint fleet\" mao the")};
    capsa_hits hits;
    capsa_slice json;
    capsa_mem_fail_after(n);
    capsa_arena *arena = capsa_arena_new();
    st = arena ? capsa_search(f.library, &query, arena, &hits) : CAPSA_ENOMEM;
    if (!st)
      st =
          capsa_hits_to_json(&hits, query.text, CAPSA_UNIT_UTF16, arena, &json);
    capsa_arena_free(arena);
    capsa_mem_fail_after(-1);
    CHECK_NUMBER(capsa_mem_live(), live);
  }
  CHECK_STATUS(st, CAPSA_OK);
  CHECK(n > 5);
  close_fixture(&f);
}

void test_search(void) {
  RUN(test_search__finds_blocks_with_all_words);
  RUN(test_search__reads_a_phrase_as_one);
  RUN(test_search__folds_case_accents_and_apostrophes);
  RUN(test_search__takes_the_last_word_as_unfinished_while_typing);
  RUN(test_search__finds_titles_and_summaries);
  RUN(test_search__finds_what_a_speaker_said);
  RUN(test_search__looks_in_the_newest_edition_or_the_one_named);
  RUN(test_search__pages_in_one_order);
  RUN(test_search__answers_a_query_without_a_word_with_nothing);
  RUN(test_search__forgets_what_was_removed);
  RUN(test_search__gives_hits_that_outlive_the_library);
  RUN(test_search__answers_whatever_is_typed);
  RUN(test_search__survives_any_failed_allocation);
}
