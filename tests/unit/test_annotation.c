#include "capsa/annotation.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/slice.h"
#include "sample.h"
#include "tap.h"

static const char talk[] =
    "MAO ZEDONG> I agree completely.\n"
    "KHRUSHCHEV> The question does not exist. It was a misunderstanding.\n"
    "MAO ZEDONG> I agree. Let’s write – question removed.\n"
    "KHRUSHCHEV> I agree. Let’s write: there neither was, is, nor will be.\n"
    "---\n"
    "[They talk about the weather.]\n"
    "KHRUSHCHEV> I agree that it is a temporary difference.";

typedef struct fixture {
  capsa_arena *arena;
  capsa_library *library;
} fixture;

static fixture open_fixture(const char *script) {
  fixture f = {capsa_arena_new(), sample_library()};
  sample_add(f.library, f.arena, "talk", script);
  return f;
}

static void close_fixture(fixture *f) {
  capsa_library_close(f->library);
  capsa_arena_free(f->arena);
}

static capsa_mark mark_in(uint32_t block, size_t start, size_t end) {
  return (capsa_mark){.document = CAPSA_LITERAL("talk"),
                      .start_block = block,
                      .end_block = block,
                      .start = start,
                      .end = end};
}

static capsa_annotation create(fixture *f, capsa_mark mark) {
  capsa_annotation made = {0};
  CHECK_STATUS(capsa_annotation_create(f->library, &mark, f->arena, &made),
               CAPSA_OK);
  return made;
}

static capsa_annotations list(fixture *f, const char *document) {
  capsa_annotations all = {0};
  CHECK_STATUS(capsa_annotations_list(f->library, capsa_slice_of(document),
                                      f->arena, &all),
               CAPSA_OK);
  return all;
}

static void test_annotation__keeps_words_place_and_note(void) {
  fixture f = open_fixture(talk);
  capsa_mark mark = mark_in(3, 9, 26);
  mark.colour = 4;
  mark.note = CAPSA_LITERAL("a\nnote");
  create(&f, mark);
  capsa_annotations all = list(&f, "");
  CHECK_NUMBER(all.count, 1);
  const capsa_annotation *a = &all.items[0];
  CHECK_NUMBER(a->id.len, 36);
  CHECK(a->id.ptr[14] == '4');
  CHECK_TEXT(a->document, "talk");
  CHECK_TEXT(a->title, "talk");
  CHECK_NUMBER(a->colour, 4);
  CHECK_TEXT(a->note, "a\nnote");
  CHECK_NUMBER(a->created.len, 20);
  CHECK(capsa_slice_equal(a->created, a->modified));
  CHECK_TEXT(a->quote, "Let’s write –");
  CHECK_TEXT(a->prefix, "as a misunderstanding.\nI agree. ");
  CHECK_TEXT(a->suffix, " question removed.\nI agree. Let’");
  CHECK_NUMBER(a->start_code_point, 85);
  CHECK_NUMBER(a->end_code_point, 98);
  CHECK_NUMBER(a->anchor, CAPSA_ANCHOR_EXACT);
  CHECK(a->start.block == 3 && a->start.byte == 9);
  CHECK(a->end.block == 3 && a->end.byte == 26);
  CHECK(a->start_utf16 == 9 && a->end_utf16 == 22);
  CHECK_NUMBER(a->turn, 3);
  CHECK_TEXT(a->speaker, "MAO ZEDONG");
  close_fixture(&f);
}

static void test_annotation__counts_in_the_unit_of_the_mark(void) {
  fixture f = open_fixture("a 𝄞 é word");
  capsa_mark mark = mark_in(1, 2, 4);
  mark.unit = CAPSA_UNIT_UTF16;
  CHECK_TEXT(create(&f, mark).quote, "𝄞");
  mark = mark_in(1, 2, 8); /* ends inside é, which is then left out */
  CHECK_TEXT(create(&f, mark).quote, "𝄞");
  mark.end = 9;
  CHECK_TEXT(create(&f, mark).quote, "𝄞 é");
  mark.end = 999;
  capsa_annotation made = create(&f, mark);
  CHECK_TEXT(made.quote, "𝄞 é word");
  CHECK(made.start_utf16 == 2 && made.end_utf16 == 11);
  close_fixture(&f);
}

static void test_annotation__spans_blocks(void) {
  fixture f = open_fixture(talk);
  capsa_mark mark = {.document = CAPSA_LITERAL("talk"),
                     .start_block = 4,
                     .start = 51,
                     .end_block = 6,
                     .end = 5};
  capsa_annotation made = create(&f, mark);
  CHECK_TEXT(made.quote, "will be.\n\n[They");
  CHECK(made.start.block == 4 && made.end.block == 6 && made.end.byte == 5);
  /* A triple click ends at the start of the next block. */
  mark.end = 0;
  made = create(&f, mark);
  CHECK_TEXT(made.quote, "will be.");
  CHECK(made.end.block == 4 && made.end_utf16 == 57);
  close_fixture(&f);
}

static void test_annotation__refuses_what_is_no_place(void) {
  fixture f = open_fixture(talk);
  capsa_annotation made;
  capsa_mark good = mark_in(1, 0, 7), bad = good;
  static char note[CAPSA_NOTE_BYTES_MAX + 1];
  memset(note, 'x', sizeof note);
#define REFUSED(field, value, status)                                          \
  bad = good;                                                                  \
  bad.field = value;                                                           \
  CHECK_STATUS(capsa_annotation_create(f.library, &bad, f.arena, &made), status)
  REFUSED(start_block, 0, CAPSA_EINVAL);
  REFUSED(start_block, 2, CAPSA_EINVAL);
  REFUSED(end_block, 8, CAPSA_EINVAL);
  REFUSED(end, 0, CAPSA_EINVAL);
  REFUSED(start, 7, CAPSA_EINVAL);
  REFUSED(start, 9, CAPSA_EINVAL);
  REFUSED(colour, CAPSA_COLOUR_COUNT, CAPSA_EINVAL);
  REFUSED(document, CAPSA_LITERAL("other"), CAPSA_ENOTFOUND);
  REFUSED(note, ((capsa_slice){note, sizeof note}), CAPSA_ETOOBIG);
#undef REFUSED
  bad = mark_in(5, 0, 0); /* a rule has no text */
  CHECK_STATUS(capsa_annotation_create(f.library, &bad, f.arena, &made),
               CAPSA_EINVAL);
  CHECK_NUMBER(list(&f, "").count, 0);
  good.note = (capsa_slice){note, sizeof note - 1};
  create(&f, good);
  close_fixture(&f);
}

static void test_annotation__can_be_changed_removed_and_restored(void) {
  fixture f = open_fixture(talk);
  capsa_slice note = CAPSA_LITERAL("changed"), unknown = CAPSA_LITERAL("x");
  capsa_slice id = create(&f, mark_in(1, 0, 7)).id;
  CHECK_STATUS(capsa_annotation_update(f.library, id, 2, note), CAPSA_OK);
  CHECK_STATUS(capsa_annotation_update(f.library, id, 5, note), CAPSA_EINVAL);
  CHECK_STATUS(capsa_annotation_update(f.library, unknown, 2, note),
               CAPSA_ENOTFOUND);
  CHECK_TEXT(list(&f, "").items[0].note, "changed");
  CHECK_NUMBER(list(&f, "").items[0].colour, 2);

  CHECK_STATUS(capsa_annotation_restore(f.library, id), CAPSA_ENOTFOUND);
  CHECK_STATUS(capsa_annotation_remove(f.library, id), CAPSA_OK);
  CHECK_NUMBER(list(&f, "").count, 0);
  CHECK_STATUS(capsa_annotation_remove(f.library, id), CAPSA_ENOTFOUND);
  CHECK_STATUS(capsa_annotation_update(f.library, id, 2, note),
               CAPSA_ENOTFOUND);
  CHECK_STATUS(capsa_annotation_restore(f.library, id), CAPSA_OK);
  CHECK_TEXT(list(&f, "talk").items[0].note, "changed");
  close_fixture(&f);
}

/* Mark `I agree` in all the blocks that say it. */
static void mark_all(fixture *f) {
  static const uint32_t blocks[] = {7, 1, 4, 3};
  for (int i = 0; i < 4; i++) create(f, mark_in(blocks[i], 0, 7));
}

static void test_annotation__comes_back_to_its_own_words(void) {
  fixture f = open_fixture(talk);
  mark_all(&f);
  capsa_annotations all = list(&f, "");
  CHECK_NUMBER(all.count, 4);
  for (size_t i = 0; i < 4; i++) CHECK_TEXT(all.items[i].quote, "I agree");
  CHECK(all.items[0].start.block == 1 && all.items[1].start.block == 3 &&
        all.items[2].start.block == 4 && all.items[3].start.block == 7);

  /* The second of them was cut out, the beginning has changed. */
  sample_add(f.library, f.arena, "talk",
             "MAO ZEDONG> Well then, hello to you.\n"
             "MAO ZEDONG> I agree completely.\n"
             "KHRUSHCHEV> It was a misunderstanding.\n"
             "KHRUSHCHEV> I agree. Let’s write: there neither was, is, nor "
             "will be.\n"
             "KHRUSHCHEV> I agree that it is a temporary difference.");
  all = list(&f, "");
  CHECK_NUMBER(all.count, 4);
  CHECK(all.items[0].anchor == CAPSA_ANCHOR_MOVED &&
        all.items[0].start.block == 2);
  CHECK(all.items[1].anchor == CAPSA_ANCHOR_MOVED &&
        all.items[1].start.block == 4 && all.items[1].turn == 4);
  CHECK_TEXT(all.items[1].speaker, "KHRUSHCHEV");
  CHECK(all.items[2].anchor == CAPSA_ANCHOR_MOVED &&
        all.items[2].start.block == 5);
  CHECK_NUMBER(all.items[3].anchor, CAPSA_ANCHOR_ORPHAN);
  CHECK(all.items[3].start.block == 0 && all.items[3].turn == 0);
  CHECK_TEXT(all.items[3].suffix, ". Let’s write – question removed");
  close_fixture(&f);
}

static void test_annotation__is_placed_in_the_edition_that_is_named(void) {
  fixture f = open_fixture(talk);
  capsa_entry old = {0}, new;
  CHECK_STATUS(
      capsa_library_find(f.library, CAPSA_LITERAL("talk"), f.arena, &old),
      CAPSA_OK);
  create(&f, mark_in(3, 0, 7));
  new = sample_add(f.library, f.arena, "talk", "MAO ZEDONG> Nothing else.");
  CHECK_NUMBER(list(&f, "talk").items[0].anchor, CAPSA_ANCHOR_ORPHAN);
  char name[128] = "talk@";
  memcpy(name + 5, old.edition.ptr, 12);
  CHECK_NUMBER(list(&f, name).items[0].anchor, CAPSA_ANCHOR_EXACT);
  memcpy(name + 5, new.edition.ptr, 12);
  CHECK_NUMBER(list(&f, name).items[0].anchor, CAPSA_ANCHOR_ORPHAN);
  close_fixture(&f);
}

static void test_annotation__outlives_its_document(void) {
  fixture f = open_fixture(talk);
  create(&f, mark_in(3, 0, 7));
  CHECK_STATUS(capsa_library_remove(f.library, CAPSA_LITERAL("talk")),
               CAPSA_OK);
  capsa_annotations all = list(&f, "");
  CHECK_NUMBER(all.count, 1);
  CHECK_NUMBER(all.items[0].anchor, CAPSA_ANCHOR_ORPHAN);
  CHECK_TEXT(all.items[0].title, "");
  CHECK_TEXT(all.items[0].document, "talk");
  CHECK_STATUS(
      capsa_annotations_list(f.library, CAPSA_LITERAL("talk"), f.arena, &all),
      CAPSA_ENOTFOUND);
  sample_add(f.library, f.arena, "talk", talk);
  CHECK_NUMBER(list(&f, "").items[0].anchor, CAPSA_ANCHOR_EXACT);
  close_fixture(&f);
}

static void test_annotation__is_listed_by_document_then_place(void) {
  static const char *const order[] = {"b", "a", "talk"};
  fixture f = open_fixture(talk);
  for (int i = 0; i < 2; i++) {
    capsa_document document = sample_document(f.arena, i ? "b" : "a", talk);
    document.metadata.date = capsa_slice_of(i ? "1956" : "1958");
    sample_keep(f.library, &document, f.arena);
  }
  capsa_mark mark = mark_in(2, 4, 12);
  create(&f, mark);
  mark.document = CAPSA_LITERAL("a");
  create(&f, mark);
  mark.document = CAPSA_LITERAL("b");
  create(&f, mark);
  mark = mark_in(1, 0, 7);
  create(&f, mark);
  capsa_annotations all = list(&f, "");
  CHECK_NUMBER(all.count, 4);
  for (size_t i = 0; i < 3; i++) CHECK_TEXT(all.items[i].document, order[i]);
  CHECK_NUMBER(all.items[2].start.block, 1);
  CHECK_NUMBER(all.items[3].start.block, 2);
  close_fixture(&f);
}

static void test_annotation__writes_itself_as_json(void) {
  fixture f = open_fixture("x\nMAO> a 𝄞 “word” here");
  capsa_slice json;
  create(&f, mark_in(2, 7, 17));
  capsa_annotations all = list(&f, "");
  CHECK_STATUS(capsa_annotations_to_json(&all, f.arena, &json), CAPSA_OK);
  CHECK(capsa_slice_finds(
            json,
            "\"anchor\":\"exact\",\"quote\":\"“word”\",\"prefix\":\"x\\na 𝄞 "
            "\",\"suffix\":\" here\",\"start\":6,\"end\":12,\"turn\":1,"
            "\"speaker\":\"MAO\",\"startBlock\":2,\"startUtf16\":5,"
            "\"endBlock\":2,\"endUtf16\":11}]",
            0) != CAPSA_NOT_FOUND);
  CHECK_STATUS(capsa_library_remove(f.library, CAPSA_LITERAL("talk")),
               CAPSA_OK);
  all = list(&f, "");
  CHECK_STATUS(capsa_annotations_to_json(&all, f.arena, &json), CAPSA_OK);
  CHECK(capsa_slice_ends(json, "\"start\":6,\"end\":12}]"));
  close_fixture(&f);
}

/* Mark, list and write with the n-th allocation failing, for all n. A mark is
 * there after success, and not there after anything else. */
static void test_annotation__survives_any_failed_allocation(void) {
  fixture f = open_fixture(talk);
  mark_all(&f);
  sample_add(f.library, f.arena, "talk",
             "MAO ZEDONG> I agree completely.\nx\nI agree with that as well");
  capsa_status st = CAPSA_ENOMEM;
  int n = 0;
  for (; st == CAPSA_ENOMEM && n < 1000; n++) {
    size_t kept = list(&f, "").count, live = capsa_mem_live();
    capsa_mark mark = mark_in(3, 0, 7);
    capsa_annotation made;
    capsa_annotations all;
    capsa_slice json;
    capsa_mem_fail_after(n);
    capsa_arena *arena = capsa_arena_new();
    st = arena ? capsa_annotation_create(f.library, &mark, arena, &made)
               : CAPSA_ENOMEM;
    kept += st == CAPSA_OK;
    if (!st)
      st = capsa_annotations_list(f.library, (capsa_slice){0}, arena, &all);
    if (!st) st = capsa_annotations_to_json(&all, arena, &json);
    capsa_arena_free(arena);
    capsa_mem_fail_after(-1);
    CHECK_NUMBER(capsa_mem_live(), live);
    CHECK_NUMBER(list(&f, "").count, kept);
  }
  CHECK_STATUS(st, CAPSA_OK);
  CHECK(n > 10);
  close_fixture(&f);
}

void test_annotation(void) {
  RUN(test_annotation__keeps_words_place_and_note);
  RUN(test_annotation__counts_in_the_unit_of_the_mark);
  RUN(test_annotation__spans_blocks);
  RUN(test_annotation__refuses_what_is_no_place);
  RUN(test_annotation__can_be_changed_removed_and_restored);
  RUN(test_annotation__comes_back_to_its_own_words);
  RUN(test_annotation__is_placed_in_the_edition_that_is_named);
  RUN(test_annotation__outlives_its_document);
  RUN(test_annotation__is_listed_by_document_then_place);
  RUN(test_annotation__writes_itself_as_json);
  RUN(test_annotation__survives_any_failed_allocation);
}
