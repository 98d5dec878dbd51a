/* What segments find is what reading every passage finds; merged they find the
 * same; and damaged ones say so. */
#include "index_model.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "tap.h"

#define MOST 20

/* ---- what must be found */

static bool is_form(const capsa_want *want, capsa_slice word) {
  if (want->kind == CAPSA_WANT_PREFIX)
    return word.len >= want->forms[0].text.len &&
           !memcmp(word.ptr, want->forms[0].text.ptr, want->forms[0].text.len);
  for (size_t i = 0; i < want->form_count; i++)
    if (capsa_slice_equal(want->forms[i].text, word)) return true;
  return false;
}

static double factor_of(const capsa_want *want, capsa_slice word) {
  if (want->kind == CAPSA_WANT_PREFIX) return 1;
  for (size_t i = 0; i < want->form_count; i++)
    if (capsa_slice_equal(want->forms[i].text, word))
      return want->forms[i].factor;
  return 0;
}

static double count_phrase(const capsa_want *want,
                           const capsa_token_list *words) {
  double count = 0;
  for (size_t at = 0; at + want->child_count <= words->count; at++) {
    size_t i = 0;
    while (i < want->child_count &&
           is_form(&want->children[i], words->items[at + i].folded))
      i++;
    count += i == want->child_count;
  }
  return count;
}

/* Below 0 where it does not match. */
static double plain_score(const capsa_want *want, const capsa_token_list *words,
                          double mean) {
  double tf = 0, sum = 0;
  bool some = false;
  if (want->kind == CAPSA_WANT_AND || want->kind == CAPSA_WANT_OR) {
    for (size_t i = 0; i < want->child_count; i++) {
      const capsa_want *child = &want->children[i];
      double score = plain_score(child, words, mean);
      if (want->kind == CAPSA_WANT_AND && (score < 0) != child->excluded)
        return -1;
      if (score >= 0) some = true, sum += score;
    }
    return some ? sum : -1;
  }
  if (want->kind == CAPSA_WANT_PHRASE) tf = count_phrase(want, words);
  else
    for (size_t i = 0; i < words->count; i++)
      tf += is_form(want, words->items[i].folded)
                ? factor_of(want, words->items[i].folded)
                : 0;
  return tf > 0 ? want->idf * capsa_bm25(tf * 2, (uint32_t)words->count, mean)
                : -1;
}

static double mean_of(const model *m) {
  uint64_t words = 0;
  for (size_t i = 0; i < m->count; i++) words += m->segments[i].head.words;
  return (double)words / (double)m->passages.count;
}

/* The scores of all passages that match, best first, and how many. */
static size_t plain_scores(const model *m, const capsa_want *want, double mean,
                           double best[MOST]) {
  size_t total = 0;
  capsa_arena *arena = capsa_arena_new();
  for (size_t i = 0; i < MOST; i++) best[i] = -1;
  for (size_t p = 0; p < m->passages.count; p++) {
    capsa_token_list words = model_words(m, p, arena);
    double score = plain_score(want, &words, mean);
    capsa_arena_reset(arena);
    if (score < 0) continue;
    total++;
    for (size_t i = 0; i < MOST; i++)
      if (score > best[i]) {
        double moved = best[i];
        best[i] = score;
        score = moved;
      }
  }
  capsa_arena_free(arena);
  return total;
}

/* ---- compared with what is found */

static void compare(const model *m, const capsa_want *want) {
  capsa_find_in in[MODEL_SEGMENTS_MAX] = {0};
  capsa_arena *arena = capsa_arena_new();
  capsa_find_result result = {0};
  double best[MOST], mean = mean_of(m);
  size_t total = plain_scores(m, want, mean, best);
  for (size_t i = 0; i < m->count; i++) in[i].segment = &m->segments[i];
  CHECK_STATUS(
      capsa_find(in, m->count, want, mean, MOST, NULL, NULL, arena, &result),
      CAPSA_OK);
  CHECK_NUMBER(result.count, total < MOST ? total : MOST);
  CHECK(result.more ? result.total < total : result.total == total);
  for (size_t i = 0; i < result.count; i++) {
    double off = result.items[i].score - best[i];
    if (!CHECK(off < 1e-9 && off > -1e-9))
      printf("#   place %zu of %zu: %f, not %f\n", i, total,
             result.items[i].score, best[i]);
  }
  capsa_arena_free(arena);
}

static uint64_t df_of(const model *m, const capsa_want *want) {
  double best[MOST];
  return plain_scores(m, want, mean_of(m), best);
}

static capsa_want one(const model *m, const capsa_word_form *forms,
                      size_t count, bool prefix) {
  capsa_want want = {.kind = prefix ? CAPSA_WANT_PREFIX : CAPSA_WANT_WORD,
                     .forms = forms,
                     .form_count = count,
                     .idf = 1};
  want.idf = capsa_idf(m->passages.count, df_of(m, &want));
  return want;
}

static void compare_all(const model *m) {
  static const capsa_word_form fl0 = {{"fl0", 3}, 1}, sh1 = {{"sh1", 3}, 1},
                               tr2 = {{"tr2", 3}, 1}, rare = {{"y389", 4}, 1},
                               none = {{"zebra", 5}, 1}, f = {{"f", 1}, 1},
                               con1 = {{"con1", 4}, 1}, u = {{"u", 1}, 1},
                               pre = {{"pre", 3}, 1};
  static const capsa_word_form both[] = {{{"fl10", 4}, 1}, {{"fl20", 4}, 0.5}};
  const capsa_want ones[] = {
      one(m, &fl0, 1, false),  one(m, &sh1, 1, false),  one(m, &tr2, 1, false),
      one(m, &rare, 1, false), one(m, &none, 1, false), one(m, both, 2, false),
      one(m, &f, 1, true),     one(m, &con1, 1, true),  one(m, &u, 1, true),
      one(m, &pre, 1, true),   one(m, &none, 1, true)};
  enum { ONES = sizeof ones / sizeof *ones };
  for (size_t i = 0; i < ONES; i++) compare(m, &ones[i]);
  for (size_t i = 0; i < ONES; i++)
    for (size_t j = 0; j < ONES; j++) {
      capsa_want pair[] = {ones[i], ones[j], ones[(i + j) % ONES]};
      capsa_want joined = {
          .kind = CAPSA_WANT_AND, .children = pair, .child_count = 2, .idf = 1};
      compare(m, &joined);
      joined.child_count = 3;
      pair[2].excluded = true;
      compare(m, &joined);
      pair[2].excluded = false;
      joined.kind = CAPSA_WANT_OR;
      compare(m, &joined);
      joined = (capsa_want){.kind = CAPSA_WANT_PHRASE,
                            .children = pair,
                            .child_count = 2,
                            .idf = 2};
      if (ones[i].kind == CAPSA_WANT_WORD) compare(m, &joined);
    }
}

static void test_index__finds_what_reading_everything_finds(void) {
  capsa_arena *arena = capsa_arena_new();
  model m;
  model_make(&m, arena, 7, 60, 1);
  compare_all(&m);
  capsa_arena_reset(arena);
  model_make(&m, arena, 11, 60, 9);
  compare_all(&m);
  capsa_arena_free(arena);
}

/* Lists with skips and champions, beginnings with champions, and matches so
 * many that not all are looked at. */
static void test_index__finds_the_same_where_it_skips(void) {
  capsa_arena *arena = capsa_arena_new();
  model m;
  model_make(&m, arena, 5, 700, 2);
  CHECK(m.segments[0].head.passages > CAPSA_CHAMPIONS_FROM);
  compare_all(&m);
  capsa_arena_free(arena);
}

/* ---- merged */

static void merge_all(const model *m, const bool *const *lives, size_t step,
                      capsa_arena *arena, model *out) {
  capsa_segment_merge_from from[CAPSA_SEGMENT_MERGE_MAX] = {0};
  for (size_t i = 0; i < m->count; i++)
    from[i] =
        (capsa_segment_merge_from){&m->segments[i], lives ? lives[i] : NULL};
  *out = (model){.arena = arena, .count = 1};
  capsa_segment_merge *merge = capsa_segment_merge_new(
      from, m->count, model_sink(&out->parts[0], arena), arena);
  bool done = false;
  while (!done)
    if (!CHECK_STATUS(capsa_segment_merge_step(merge, step, &done), CAPSA_OK))
      break;
  CHECK_STATUS(capsa_segment_open(capsa_segment_merge_head(merge),
                                  model_source(&out->parts[0]), arena,
                                  &out->segments[0]),
               CAPSA_OK);
  capsa_segment_merge_free(merge);
}

static bool same_bytes(const model_parts *a, const model_parts *b) {
  if (a->items.count != b->items.count) return false;
  for (size_t i = 0; i < a->items.count; i++)
    if (!capsa_slice_equal(a->items.items[i], b->items.items[i])) return false;
  return true;
}

static void test_index__merges_to_what_would_have_been_built_at_once(void) {
  capsa_arena *arena = capsa_arena_new();
  model whole, pieces, merged, slowly;
  model_make(&whole, arena, 3, 300, 1);
  model_make(&pieces, arena, 3, 300, 7);
  CHECK_NUMBER(pieces.count, 7);
  merge_all(&pieces, NULL, 1 << 20, arena, &merged);
  CHECK(same_bytes(&whole.parts[0], &merged.parts[0]));
  merge_all(&pieces, NULL, 1, arena, &slowly);
  CHECK(same_bytes(&whole.parts[0], &slowly.parts[0]));
  capsa_arena_free(arena);
}

static void test_index__merges_without_what_is_gone(void) {
  capsa_arena *arena = capsa_arena_new();
  model pieces, merged;
  const bool *lives[MODEL_SEGMENTS_MAX];
  model_make(&pieces, arena, 13, 120, 4);
  for (size_t i = 0; i < pieces.count; i++) {
    bool *some = capsa_arena_alloc(arena, pieces.segments[i].head.documents);
    for (uint32_t d = 0; d < pieces.segments[i].head.documents; d++)
      some[d] = capsa_segment_document(&pieces.segments[i], d) % 3 != 0;
    lives[i] = some;
  }
  merge_all(&pieces, lives, 1000, arena, &merged);
  for (size_t p = 0; p < pieces.passages.count; p++) {
    if (pieces.passages.items[p].document % 3 == 0) continue;
    model_passage *kept = CAPSA_LIST_ADD(arena, &merged.passages);
    *kept = pieces.passages.items[p];
  }
  CHECK_NUMBER(merged.segments[0].head.passages, merged.passages.count);
  compare_all(&merged);
  capsa_arena_free(arena);
}

/* ---- fields and places */

static size_t find_one(const capsa_segment *segment, const capsa_want *want,
                       capsa_arena *arena) {
  capsa_find_result result = {0};
  CHECK_STATUS(capsa_find(&(capsa_find_in){segment, NULL}, 1, want,
                          segment->mean_length, MOST, NULL, NULL, arena,
                          &result),
               CAPSA_OK);
  return result.total;
}

enum { SPEECH = 1, GLOSS = 3, SPEAKER = 7 };

/* "We were stunned [ogoroshil] by it", said by Mao; a compound; a printed
 * form. */
static void build_speech(capsa_arena *arena, model_parts *parts,
                         capsa_segment *out) {
  capsa_builder *builder = capsa_builder_new();
  capsa_segment_head head;
  capsa_field_span gloss = {{16, 25}, GLOSS};
  capsa_builder_document(builder, 77);
  capsa_builder_passage(builder, SPEECH, CAPSA_LITERAL("en"));
  capsa_builder_text(builder,
                     CAPSA_LITERAL("We were stunned ogoroshil by it, a "
                                   "high-handed way"),
                     0, &gloss, 1);
  capsa_builder_field(builder, SPEAKER, CAPSA_LITERAL("Mao Zedong"), true);
  capsa_builder_extra(builder, CAPSA_LITERAL("stun ned"));
  CHECK_STATUS(capsa_builder_finish(builder, model_sink(parts, arena), &head),
               CAPSA_OK);
  CHECK_STATUS(capsa_segment_open(&head, model_source(parts), arena, out),
               CAPSA_OK);
  capsa_builder_free(builder);
}

static size_t find_word(const capsa_segment *segment, const char *term,
                        capsa_arena *arena) {
  capsa_word_form form = {capsa_slice_of(term), 1};
  capsa_want want = {.forms = &form, .form_count = 1, .idf = 1};
  return find_one(segment, &want, arena);
}

static size_t find_pair(const capsa_segment *segment, const char *first,
                        const char *second, uint8_t field, uint32_t distance,
                        capsa_arena *arena) {
  capsa_word_form forms[] = {{capsa_slice_of(first), 1},
                             {capsa_slice_of(second), 1}};
  capsa_want words[] = {{.forms = &forms[0], .form_count = 1, .idf = 1},
                        {.forms = &forms[1], .form_count = 1, .idf = 1}};
  capsa_want want = {.kind = CAPSA_WANT_PHRASE,
                     .children = words,
                     .child_count = 2,
                     .idf = 1,
                     .field = field,
                     .distance = distance};
  return find_one(segment, &want, arena);
}

static void test_index__knows_fields_compounds_and_printed_forms(void) {
  capsa_arena *arena = capsa_arena_new();
  model_parts parts;
  capsa_segment segment;
  build_speech(arena, &parts, &segment);
  CHECK_NUMBER(capsa_segment_document(&segment, 0), 77);
  CHECK_NUMBER(find_word(&segment, "ogoroshil", arena), 1);
  CHECK_NUMBER(find_word(&segment, "\3ogoroshil", arena), 1);
  CHECK_NUMBER(find_word(&segment, "\3stunned", arena), 0);
  CHECK_NUMBER(find_word(&segment, "\7mao", arena), 1);
  CHECK_NUMBER(find_word(&segment, "\7stunned", arena), 0);
  CHECK_NUMBER(find_word(&segment, "mao", arena), 1);
  CHECK_NUMBER(find_word(&segment, "highhanded", arena), 1);
  CHECK_NUMBER(find_word(&segment, "ned", arena), 1);
  CHECK_NUMBER(find_word(&segment,
                         "\x1E"
                         "en",
                         arena),
               1);
  CHECK_NUMBER(find_pair(&segment, "high", "handed", 0, 0, arena), 1);
  CHECK_NUMBER(find_pair(&segment, "handed", "high", 0, 0, arena), 0);
  CHECK_NUMBER(find_pair(&segment, "handed", "high", 0, 1, arena), 1);
  CHECK_NUMBER(find_pair(&segment, "stun", "ned", 0, 0, arena), 0);
  CHECK_NUMBER(find_pair(&segment, "by", "it", SPEECH, 0, arena), 1);
  CHECK_NUMBER(find_pair(&segment, "stunned", "ogoroshil", SPEECH, 0, arena),
               0);
  CHECK_NUMBER(find_pair(&segment, "we", "way", 0, 9, arena), 1);
  CHECK_NUMBER(find_pair(&segment, "we", "way", 0, 8, arena), 0);
  capsa_arena_free(arena);
}

static void test_index__passes_over_what_is_not_allowed(void) {
  capsa_arena *arena = capsa_arena_new();
  model m;
  model_make(&m, arena, 21, 4, 1);
  uint64_t *allowed =
      capsa_arena_alloc(arena, (m.passages.count / 64 + 1) * sizeof *allowed);
  for (size_t p = 0; p < m.passages.count; p += 3)
    allowed[p / 64] |= (uint64_t)1 << (p % 64);
  capsa_word_form form = {CAPSA_LITERAL("fl0"), 1};
  capsa_want want = {.forms = &form, .form_count = 1, .idf = 1};
  capsa_find_result result = {0};
  CHECK_STATUS(capsa_find(&(capsa_find_in){&m.segments[0], allowed}, 1, &want,
                          10, MOST, NULL, NULL, arena, &result),
               CAPSA_OK);
  CHECK(result.count > 0);
  for (size_t i = 0; i < result.count; i++)
    CHECK_NUMBER(result.items[i].passage % 3, 0);
  capsa_arena_free(arena);
}

static bool at_once(void *context) {
  (void)context;
  return true;
}

static void test_index__stops_when_told(void) {
  capsa_arena *arena = capsa_arena_new();
  model m;
  model_make(&m, arena, 21, 400, 1);
  capsa_word_form form = {CAPSA_LITERAL("fl0"), 1};
  capsa_want words[] = {{.forms = &form, .form_count = 1, .idf = 1},
                        {.forms = &form, .form_count = 1, .idf = 1}};
  capsa_want want = {
      .kind = CAPSA_WANT_OR, .children = words, .child_count = 2, .idf = 1};
  capsa_find_result result = {0};
  CHECK_STATUS(capsa_find(&(capsa_find_in){&m.segments[0], NULL}, 1, &want, 10,
                          MOST, at_once, NULL, arena, &result),
               CAPSA_EBUSY);
  capsa_arena_free(arena);
}

/* ---- damage and memory */

/* Ask for all kinds of things; whatever the bytes say, it ends.
 * @return how often the damage was noticed */
static size_t ask_everything(const capsa_segment *segment, capsa_arena *arena) {
  size_t refused = 0;
  capsa_word_form forms[] = {{CAPSA_LITERAL("fl0"), 1},
                             {CAPSA_LITERAL("sh1"), 1}};
  capsa_want words[] = {{.forms = &forms[0], .form_count = 1, .idf = 1},
                        {.forms = &forms[1], .form_count = 1, .idf = 1},
                        {.kind = CAPSA_WANT_PREFIX,
                         .forms = &(capsa_word_form){{"c", 1}, 1},
                         .form_count = 1,
                         .idf = 1}};
  for (int kind = CAPSA_WANT_PHRASE; kind <= CAPSA_WANT_OR; kind++) {
    capsa_want want = {.kind = (capsa_want_kind)kind,
                       .children = words,
                       .child_count = 3,
                       .idf = 1};
    capsa_find_result result;
    capsa_status st = capsa_find(&(capsa_find_in){segment, NULL}, 1, &want, 10,
                                 MOST, NULL, NULL, arena, &result);
    CHECK(st == CAPSA_OK || st == CAPSA_ECORRUPT || st == CAPSA_ENOMEM);
    refused += st == CAPSA_ECORRUPT;
  }
  return refused;
}

static void test_index__bears_any_damage(void) {
  capsa_arena *arena = capsa_arena_new(), *tries = capsa_arena_new();
  model m;
  uint32_t state = 99;
  size_t refused = 0;
  model_make(&m, arena, 17, 40, 1);
  capsa_slice part = m.parts[0].items.items[0];
  for (int i = 0; i < 3000; i++) {
    state = state * 1664525u + 1013904223u;
    size_t at = (state >> 8) % part.len;
    char *bytes = (char *)(uintptr_t)part.ptr, kept = bytes[at];
    bytes[at] = (char)((unsigned char)bytes[at] ^ (1 + (state & 0x7F)));
    capsa_segment segment;
    capsa_arena_reset(tries);
    capsa_status st = capsa_segment_open(
        &m.segments[0].head, model_source(&m.parts[0]), tries, &segment);
    refused += st ? 1 : ask_everything(&segment, tries);
    bytes[at] = kept;
  }
  CHECK(refused > 100);
  capsa_arena_free(tries);
  capsa_arena_free(arena);
}

/* Ten passages with "aa aa", whose ten postings take twenty bytes. */
static void build_pairs(capsa_arena *arena, model_parts *parts,
                        capsa_segment_head *head) {
  capsa_builder *builder = capsa_builder_new();
  capsa_builder_document(builder, 1);
  for (int i = 0; i < 10; i++) {
    capsa_builder_passage(builder, 0, (capsa_slice){0});
    capsa_builder_text(builder, CAPSA_LITERAL("aa aa"), 0, NULL, 0);
  }
  CHECK_STATUS(capsa_builder_finish(builder, model_sink(parts, arena), head),
               CAPSA_OK);
  capsa_builder_free(builder);
}

static capsa_status find_pairs(const capsa_segment *segment, capsa_arena *arena,
                               size_t *total) {
  capsa_word_form form = {CAPSA_LITERAL("aa"), 1};
  capsa_want want = {.forms = &form, .form_count = 1, .idf = 1};
  capsa_find_result result = {0};
  capsa_status st = capsa_find(&(capsa_find_in){segment, NULL}, 1, &want, 10,
                               MOST, NULL, NULL, arena, &result);
  *total = result.total;
  return st;
}

/* Steps so wide that they lead round to the first passage again: what is past
 * the end in between must not be looked up. */
static void test_index__no_posting_leads_past_the_end(void) {
  static const char wide[] = "\xFE\xFF\xFF\xFF\x0F\xFE\xFF\xFF\xFF\x0F"
                             "\0\0\0\0\0\0\1\4\1\4";
  capsa_arena *arena = capsa_arena_new();
  model_parts parts;
  capsa_segment_head head;
  capsa_segment segment;
  size_t total;
  build_pairs(arena, &parts, &head);
  CHECK_STATUS(capsa_segment_open(&head, model_source(&parts), arena, &segment),
               CAPSA_OK);
  CHECK_STATUS(find_pairs(&segment, arena, &total), CAPSA_OK);
  CHECK_NUMBER(total, 10);
  CHECK_NUMBER(head.postings, 20);
  memcpy((char *)(uintptr_t)parts.items.items[0].ptr, wide, 20);
  CHECK_STATUS(find_pairs(&segment, arena, &total), CAPSA_ECORRUPT);
  capsa_arena_free(arena);
}

/* Cut before it is opened, and while it is open: the tables, which are read
 * then, stand at the end. */
static void test_index__a_part_that_is_cut_off_is_told(void) {
  capsa_arena *arena = capsa_arena_new();
  model_parts parts;
  capsa_segment_head head;
  capsa_segment open, segment;
  size_t total;
  build_pairs(arena, &parts, &head);
  capsa_slice whole = parts.items.items[0];
  CHECK_STATUS(capsa_segment_open(&head, model_source(&parts), arena, &open),
               CAPSA_OK);
  for (size_t len = 0; len < whole.len; len++) {
    /* a copy of its own, so that a sanitizer sees a read past its end */
    char *copy = capsa_mem_alloc(len);
    memcpy(copy, whole.ptr, len);
    parts.items.items[0] = (capsa_slice){copy, len};
    CHECK_STATUS(
        capsa_segment_open(&head, model_source(&parts), arena, &segment),
        CAPSA_ECORRUPT);
    capsa_status st = find_pairs(&open, arena, &total);
    CHECK(st == CAPSA_ECORRUPT || (st == CAPSA_OK && len > head.postings));
    capsa_mem_free(copy);
  }
  capsa_arena_free(arena);
}

static void test_index__heads_are_checked(void) {
  capsa_arena *arena = capsa_arena_new();
  model m;
  capsa_buf buf = {0};
  capsa_segment_head head;
  model_make(&m, arena, 17, 4, 1);
  capsa_segment_head_put(&m.segments[0].head, &buf);
  CHECK_STATUS(capsa_segment_head_read(capsa_buf_view(&buf), &head), CAPSA_OK);
  CHECK_NUMBER(head.passages, m.segments[0].head.passages);
  CHECK_STATUS(
      capsa_segment_head_read(
          capsa_slice_cut(capsa_buf_view(&buf), 0, buf.len - 1), &head),
      CAPSA_ECORRUPT);
  buf.ptr[0] ^= 1;
  CHECK_STATUS(capsa_segment_head_read(capsa_buf_view(&buf), &head),
               CAPSA_ECORRUPT);
  capsa_buf_free(&buf);
  capsa_arena_free(arena);
}

/* Build, merge and ask with the n-th allocation failing, for every n. */
static capsa_status whole_way(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_builder *builder = arena ? capsa_builder_new() : NULL;
  capsa_status st = builder ? CAPSA_OK : CAPSA_ENOMEM;
  model_parts parts, again;
  capsa_segment_head head;
  capsa_segment segment;
  if (!st) {
    capsa_builder_document(builder, 1);
    capsa_builder_passage(builder, 0, CAPSA_LITERAL("en"));
    capsa_builder_text(builder, CAPSA_LITERAL("fl0 sh1 con2"), 0, NULL, 0);
    st = capsa_builder_finish(builder, model_sink(&parts, arena), &head);
  }
  if (!st)
    st = capsa_segment_open(&head, model_source(&parts), arena, &segment);
  capsa_segment_merge_from from = {0};
  from.segment = &segment;
  bool done = false;
  capsa_segment_merge *merge =
      st ? NULL
         : capsa_segment_merge_new(&from, 1, model_sink(&again, arena), arena);
  if (!st && !merge) st = CAPSA_ENOMEM;
  while (!st && !done) st = capsa_segment_merge_step(merge, 10, &done);
  capsa_segment_merge_free(merge);
  if (!st) ask_everything(&segment, arena);
  capsa_builder_free(builder);
  capsa_arena_free(arena);
  return st;
}

static void test_index__memory_may_run_out_anywhere(void) {
  size_t live = capsa_mem_live();
  int n = 0;
  for (capsa_status st = CAPSA_ENOMEM; st == CAPSA_ENOMEM && n < 500; n++) {
    capsa_mem_fail_after(n);
    st = whole_way();
    capsa_mem_fail_after(-1);
    CHECK(st == CAPSA_OK || st == CAPSA_ENOMEM);
    CHECK_NUMBER(capsa_mem_live(), live);
  }
  CHECK(n > 10 && n < 500);
}

void test_index(void) {
  RUN(test_index__finds_what_reading_everything_finds);
  RUN(test_index__finds_the_same_where_it_skips);
  RUN(test_index__merges_to_what_would_have_been_built_at_once);
  RUN(test_index__merges_without_what_is_gone);
  RUN(test_index__knows_fields_compounds_and_printed_forms);
  RUN(test_index__passes_over_what_is_not_allowed);
  RUN(test_index__stops_when_told);
  RUN(test_index__bears_any_damage);
  RUN(test_index__no_posting_leads_past_the_end);
  RUN(test_index__a_part_that_is_cut_off_is_told);
  RUN(test_index__heads_are_checked);
  RUN(test_index__memory_may_run_out_anywhere);
}
