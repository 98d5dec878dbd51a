#include "document/passes/head/citation.h"

#include "base/buf.h"
#include "base/slice.h"
#include "tap.h"

/* "fond=52 opis=1": the parts that are there. */
static capsa_slice shown(const capsa_locator *l, capsa_arena *arena) {
  const struct {
    const char *name;
    capsa_slice value;
  } parts[] = {{"fond", l->fond},   {"opis", l->opis},
               {"delo", l->delo},   {"leaves", l->leaves},
               {"group", l->group}, {"series", l->series},
               {"box", l->box},     {"folder", l->folder},
               {"file", l->file},   {"text", l->text}};
  capsa_buf buf = {0};
  capsa_slice out = {0};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    if (!parts[i].value.len) continue;
    if (buf.len) capsa_buf_puts(&buf, " | ");
    capsa_buf_puts(&buf, parts[i].name);
    capsa_buf_puts(&buf, "=");
    capsa_buf_put(&buf, parts[i].value);
  }
  capsa_buf_take(&buf, arena, &out);
  return out;
}

static void test_locator__has_the_parts_that_each_country_writes(void) {
  static const char *const cases[][2] = {
      /* Russian */
      {"f. 52, op. 1, d. 498, ll. 44-77",
       "fond=52 | opis=1 | delo=498 | leaves=44-77"},
      {"F. 3 Op. 65 D. 361 L. 20", "fond=3 | opis=65 | delo=361 | leaves=20"},
      {"Collection 52. Inventory 1. File 498. Sheets 43.",
       "fond=52 | opis=1 | delo=498 | leaves=43"},
      {"ф. 0100, оп. 46, д. 12, л. 90-101",
       "fond=0100 | opis=46 | delo=12 | leaves=90-101"},
      {"фонд 17, опись 162, дело 9, листы 3, 5-7",
       "fond=17 | opis=162 | delo=9 | leaves=3, 5-7"},
      {"f. 0100, op. 46, por. 12, papka 362, ll. 90-101",
       "fond=0100 | opis=46 | delo=12 | leaves=90-101 | folder=362"},
      /* British */
      {"FO 371/12345", "group=FO 371 | file=FO 371/12345"},
      {"CAB 128/32, pp. 3-4", "leaves=3-4 | group=CAB 128 | file=CAB 128/32"},
      {"PREM 11/1582", "group=PREM 11 | file=PREM 11/1582"},
      /* German */
      {"BArch DY 30/3617, Bl. 12-15",
       "leaves=12-15 | group=DY 30 | file=DY 30/3617"},
      {"SAPMO-BArch, DY 30/IV 2/1/326", "group=DY 30 | file=DY 30/IV 2/1/326"},
      {"PA AA, B 42, Bd. 12", "group=B 42 | file=Bd. 12"},
      {"Bestand 63, Bd. 7", "group=Bestand 63 | file=Bd. 7"},
      /* Chinese */
      {"109-00831-01, pp. 1-5", "leaves=1-5 | file=109-00831-01"},
      {"204-00315-01(1)", "file=204-00315-01(1)"},
      {"109-00831-01, 1-5", "leaves=1-5 | file=109-00831-01"},
      /* American */
      {"Box 3, Folder 7", "box=3 | folder=7"},
      {"RG 59, Central Files 1955-60, 611.93/8-458",
       "group=RG 59 | series=Central Files 1955-60 | file=611.93/8-458"},
      {"RG 59, Records of the Office, Central Files, 1964–66, POL 27–3 VIET S",
       "group=RG 59 | series=Records of the Office, Central Files, 1964–66 | "
       "file=POL 27–3 VIET S"},
      {"NSF, Country File, Box H–114, Ink, Vol. 2",
       "series=NSF, Country File | box=H–114 | folder=Ink, Vol. 2"},
      {"Whitman File, NSC Records", "series=Whitman File, NSC Records"},
      /* Unknown */
      {"cupboard by the window", "text=cupboard by the window"},
      {"B 42", "text=B 42"},
      {"2024-00315-01", "text=2024-00315-01"},
  };
  capsa_arena *arena = capsa_arena_new();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    capsa_locator locator;
    CHECK(capsa_locator_read(capsa_slice_of(cases[i][0]), &locator));
    CHECK_TEXT(shown(&locator, arena), cases[i][1]);
  }
  capsa_arena_free(arena);
}

static void test_locator__is_not_found_where_there_is_none(void) {
  static const char *const texts[] = {
      "",
      "Library of Congress, Washington, DC",
      "Collection 5",
      "the file of 1958, and what lies in it",
      "a box on the floor",
      "July 31, 1958",
      "FO 371",
      "It was in f. 5 that he sang",
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    capsa_locator locator;
    capsa_range at;
    CHECK(!capsa_locator_find(capsa_slice_of(texts[i]), 0, &locator, &at));
  }
}

static void test_locator__says_where_it_stands(void) {
  capsa_slice text = CAPSA_LITERAL("State Archive (SA), f. 5, op. 1; copy");
  capsa_locator locator;
  capsa_range at;
  CHECK(capsa_locator_find(text, 0, &locator, &at));
  CHECK_TEXT(capsa_slice_cut(text, at.start_byte, at.end_byte), "f. 5, op. 1");
}

void test_locator(void) {
  RUN(test_locator__has_the_parts_that_each_country_writes);
  RUN(test_locator__is_not_found_where_there_is_none);
  RUN(test_locator__says_where_it_stands);
}
