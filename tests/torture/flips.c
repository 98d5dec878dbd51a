/* flips.c -- a library whose file was damaged: bits, bytes, sectors, whole
 * pages, or its end.
 *
 * Every page is damaged in every way. What is read then is compared with what
 * was written, answer by answer. An answer may be refused; then it must be for
 * the damage, not for want of a record. One that differs and claims to be good
 * is silently wrong. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "capsa/capsa.h"
#include "history.h"

#define PAGE 8192
#define FLIPS_SHORT 1000
#define FLIPS_LONG 10000

#define ANSWERS_MAX 64

/* What a reader asks of a library, each answer as a hash, or its status. */
typedef struct answers {
  size_t count;
  struct {
    capsa_status st;
    uint64_t hash;
  } items[ANSWERS_MAX];
} answers;

typedef enum way {
  BIT,
  BYTE,
  ZEROS,   /* a sector */
  GARBAGE, /* a sector */
  MOVED,   /* another page's content */
  BLANK,   /* the whole page */
  END,     /* cut off in this page */
  WAYS
} way;
static const char *const way_names[WAYS] = {
    "a bit",        "a byte",       "zeros",          "garbage",
    "another page", "a blank page", "its end cut off"};

static uint64_t hash(capsa_slice text) {
  uint64_t h = 0xCBF29CE484222325u;
  for (size_t i = 0; i < text.len; i++)
    h = (h ^ (unsigned char)text.ptr[i]) * 0x100000001B3u;
  return h;
}

static void put(answers *a, capsa_status st, capsa_slice text) {
  if (a->count == ANSWERS_MAX) abort();
  a->items[a->count].st = st;
  a->items[a->count++].hash = st ? 0 : hash(text);
}

static void ask_document(capsa_library *library, capsa_slice key,
                         capsa_arena *arena, answers *out) {
  capsa_document document;
  capsa_repairs repairs;
  capsa_versions versions;
  capsa_slice text = {0};
  capsa_status st = capsa_library_read(library, key, arena, &document);
  if (!st) st = capsa_document_to_json(&document, true, arena, &text);
  put(out, st, text);
  st = capsa_repairs_list(library, key, arena, &repairs);
  if (!st) st = capsa_repairs_to_json(&repairs, arena, &text);
  put(out, st, text);
  st = capsa_versions_list(library, key, arena, &versions);
  if (!st) st = capsa_versions_to_json(&versions, arena, &text);
  put(out, st, text);
}

static void ask_words(capsa_library *library, const char *words,
                      capsa_arena *arena, answers *out) {
  capsa_query query = {.text = capsa_slice_of(words)};
  capsa_hits hits;
  capsa_slice text = {0};
  capsa_status st = capsa_search(library, &query, arena, &hits);
  if (!st)
    st = capsa_hits_to_json(&hits, query.text, CAPSA_UNIT_CODE_POINT, arena,
                            &text);
  put(out, st, text);
}

/* `keys` are those that the whole library has. */
static void ask(capsa_library *library, const capsa_entries *keys,
                capsa_arena *arena, answers *out) {
  static const char *const settings[] = {"place", "large", "none"};
  static const char *const words[] = {"ink", "\"the cold\"", "ship 7 harbour",
                                      "fleet nobody", "flotte"};
  capsa_entries entries;
  capsa_annotations notes;
  capsa_slice text = {0};
  out->count = 0;
  capsa_status st = capsa_library_list(library, arena, &entries);
  if (!st) st = capsa_entries_to_json(&entries, arena, &text);
  put(out, st, text);
  for (size_t i = 0; i < keys->count; i++)
    ask_document(library, keys->items[i].key, arena, out);
  st = capsa_annotations_list(library, (capsa_slice){0}, arena, &notes);
  if (!st) st = capsa_annotations_to_json(&notes, arena, &text);
  put(out, st, text);
  for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
    st = capsa_library_setting(library, capsa_slice_of(settings[i]), arena,
                               &text);
    put(out, st, text);
  }
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    ask_words(library, words[i], arena, out);
}

/* ---- damage */

static size_t damage(disk_file *file, size_t page, way how, size_t step,
                     disk_random *random) {
  size_t start = page * PAGE, pages = file->size / PAGE;
  size_t at = start + disk_random_below(random, PAGE);
  size_t sector = at / DISK_SECTOR * DISK_SECTOR;
  switch (how) {
  case BIT: file->bytes[at] ^= (unsigned char)(1u << step % 8); break;
  case BYTE:
    file->bytes[at] ^= (unsigned char)(1 + disk_random_below(random, 255));
    break;
  case ZEROS: memset(file->bytes + sector, 0, DISK_SECTOR); break;
  case GARBAGE:
    for (size_t i = 0; i < DISK_SECTOR; i++)
      file->bytes[sector + i] = (unsigned char)disk_random_next(random);
    break;
  case MOVED:
    memmove(file->bytes + start,
            file->bytes + disk_random_below(random, (uint32_t)pages) * PAGE,
            PAGE);
    break;
  case BLANK: memset(file->bytes + start, 0, PAGE); break;
  case END: file->size = at; break;
  case WAYS: break;
  }
  return at;
}

typedef struct flipper {
  const history *h;
  disk_image whole, image;
  capsa_arena *arena, *keeper;
  capsa_entries keys;
  answers right;
  torture_result result;
  size_t refused, noticed, harmless, wrong[WAYS];
} flipper;

/* A damaged library may refuse; that it has no such thing would be a lie. */
static bool is_refusal(capsa_status st) {
  return st == CAPSA_ECORRUPT || st == CAPSA_EIO || st == CAPSA_ENOLIBRARY ||
         st == CAPSA_EFULL || st == CAPSA_ENOMEM;
}

/* The first answer that is wrong, or ANSWERS_MAX. */
static size_t find_wrong(const answers *right, const answers *got,
                         bool *noticed) {
  for (size_t i = 0; i < right->count; i++) {
    if (is_refusal(got->items[i].st)) *noticed = true;
    else if (got->items[i].st != right->items[i].st ||
             got->items[i].hash != right->items[i].hash)
      return i;
  }
  return ANSWERS_MAX;
}

static void flip(flipper *f, size_t page, way how, size_t step,
                 disk_random *random) {
  static answers got;
  capsa_library *library = NULL;
  bool noticed = false;
  disk_image_copy(&f->image, &f->whole);
  disk_file *file = disk_image_find(&f->image, WORKLOAD_PATH);
  size_t at = damage(file, page, how, step, random);
  f->result.tried++;
  if (!memcmp(file->bytes, f->whole.files[0].bytes, file->size) &&
      file->size == f->whole.files[0].size) {
    f->harmless++;
    return;
  }
  disk_load(&f->image);
  capsa_arena_reset(f->arena);
  capsa_status st = capsa_library_open(WORKLOAD_PATH, false, &library);
  if (st) {
    f->refused++;
    if (!is_refusal(st) && st != CAPSA_ENEWER && st != CAPSA_ENOTFOUND)
      torture_blame(&f->result, &f->result.corrupt, "opening says %s",
                    capsa_status_name(st));
    return;
  }
  ask(library, &f->keys, f->arena, &got);
  capsa_library_close(library);
  size_t wrong = find_wrong(&f->right, &got, &noticed);
  if (wrong == ANSWERS_MAX) {
    f->noticed += noticed;
    f->harmless += !noticed;
    return;
  }
  f->wrong[how]++;
  torture_blame(&f->result, &f->result.corrupt,
                "silently wrong: %s at byte %zu, answer %zu says %s",
                way_names[how], at, wrong,
                capsa_status_name(got.items[wrong].st));
}

static bool begin(flipper *f, const history *h, const disk_image *image) {
  capsa_library *library = NULL;
  memset(f, 0, sizeof *f);
  f->h = h;
  f->arena = capsa_arena_new(), f->keeper = capsa_arena_new();
  disk_image_copy(&f->whole, image);
  disk_load(image);
  if (capsa_library_open(WORKLOAD_PATH, false, &library)) return false;
  bool good = !capsa_library_list(library, f->keeper, &f->keys);
  if (good) ask(library, &f->keys, f->keeper, &f->right);
  capsa_library_close(library);
  return good;
}

static bool end(flipper *f) {
  printf("# damage: %zu refused to open, %zu noticed where it was read, %zu "
         "harmless, %zu silently wrong\n",
         f->refused, f->noticed, f->harmless, f->result.corrupt);
  for (int i = 0; i < WAYS; i++)
    if (f->wrong[i])
      printf("#   silently wrong by %s: %zu\n", way_names[i], f->wrong[i]);
  capsa_arena_free(f->arena);
  capsa_arena_free(f->keeper);
  disk_image_clear(&f->whole);
  disk_image_clear(&f->image);
  return torture_report(&f->result);
}

bool torture_flips(const torture_options *options) {
  static history h;
  static flipper f;
  disk_random random = {options->seed};
  if (!history_run(&h, WORKLOAD_NEW)) return false;
  /* before the long record goes: all kinds of rows are there */
  if (!begin(&f, &h, &h.images[WORKLOAD_STEPS - 4])) return false;
  strcpy(f.result.name, "damage");
  size_t flips = options->effort > 1 ? FLIPS_LONG : FLIPS_SHORT;
  size_t pages = f.whole.files[0].size / PAGE;
  for (size_t i = 0; i < flips && !(options->stop && f.result.corrupt); i++)
    flip(&f, i % pages, (way)(i / pages % WAYS), i, &random);
  bool good = end(&f);
  history_clear(&h);
  return good;
}
