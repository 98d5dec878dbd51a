/* fuzz_library.c -- a library file that a stranger made (torture/stranger.h),
 * on every way that it can take: it is examined; what is whole is taken out,
 * indexed anew, opened, searched and read; it is opened as one's own that was
 * damaged, restored from, recovered from, backed up. Every call gives a status
 * or an answer, none reads where it should not or runs on. What was taken out
 * of it is whole, and so is the library that it was merged into. */
#define _GNU_SOURCE /* memmem */
#include <string.h>
#include <unistd.h>

#include "../torture/stranger.h"
#include "base/slice.h"
#include "capsa/capsa.h"
#include "fuzz.h"
#include "store/library.h"

#define STEPS_MAX 10000

/* The stranger's file, what is taken out of it, one's own library. */
static char path[64], copy_path[72], own_path[72];

static void remove_one(const char *name) {
  static const char *const endings[] = {"",          "-journal",  "-wal",
                                        "-shm",      ".before-1", ".before-2",
                                        ".before-3", NULL};
  char full[96];
  for (size_t i = 0; endings[i]; i++) {
    snprintf(full, sizeof full, "%s%s", name, endings[i]);
    unlink(full);
  }
}

static void remove_files(void) {
  remove_one(path);
  remove_one(copy_path);
  remove_one(own_path);
}

static void write_file(const char *name, const void *bytes, size_t len) {
  FILE *file = fopen(name, "wb");
  MUST(file && fwrite(bytes, 1, len, file) == len && !fclose(file));
}

static void add_base(const char *name) {
  static char bytes[4 << 20];
  FILE *file = fopen(name, "rb");
  if (!file) return;
  stranger_add_base(bytes, fread(bytes, 1, sizeof bytes, file));
  fclose(file);
}

/* Without digests, since its pages never came from a file. */
static void add_base_of_memory(void) {
  capsa_library *library = NULL;
  sqlite3_int64 len = 0;
  MUST(!capsa_library_open(":memory:", true, &library));
  MUST(!stranger_fill(library));
  unsigned char *bytes = sqlite3_serialize(library->db, "main", &len, 0);
  MUST(bytes);
  stranger_add_base(bytes, (size_t)len);
  sqlite3_free(bytes);
  capsa_library_close(library);
}

static void begin(void) {
  /* Each input is some twenty flushes: in memory they cost nothing. */
  const char *folder = access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm";
  capsa_library *library = NULL;
  snprintf(path, sizeof path, "%s/capsa-fuzz-%ld", folder, (long)getpid());
  snprintf(copy_path, sizeof copy_path, "%s-copy", path);
  snprintf(own_path, sizeof own_path, "%s-own", path);
  atexit(remove_files);
  remove_files();
  MUST(!capsa_library_open(path, true, &library) && !stranger_fill(library));
  capsa_library_close(library);
  add_base(path);
  stranger_shrink(path);
  add_base(path);
  add_base_of_memory();
  add_base("tests/fixtures/library-1.capsa");
  add_base("tests/fixtures/library-2.capsa");
}

/* ---- what a reader does */

/* Written by a writer that trusts its document: only of what is sound. */
static void write_all(const capsa_document *document, capsa_arena *arena,
                      bool whole) {
  capsa_slice out;
  MUST(!capsa_document_to_json(document, false, arena, &out));
  MUST(!capsa_document_to_html(document, arena, &out));
  if (!whole) return;
  MUST(!memmem(out.ptr, out.len, "javascript:alert", 16));
  MUST(!memmem(out.ptr, out.len, "<script", 7));
  MUST(!memmem(out.ptr, out.len, "y=\"\"", 4));
  MUST(!capsa_document_to_text(document, arena, &out));
  MUST(!capsa_document_to_markdown(document, arena, &out));
  MUST(!capsa_document_to_tei(document, arena, &out));
}

static void read_one(capsa_library *library, const capsa_entry *entry,
                     capsa_arena *arena, bool whole) {
  capsa_document document;
  capsa_repairs repairs;
  capsa_versions versions;
  capsa_alignment alignment;
  capsa_status st = capsa_library_read(library, entry->key, arena, &document);
  MUST(!whole || !st);
  if (!st) write_all(&document, arena, whole);
  (void)capsa_repairs_list(library, entry->key, arena, &repairs);
  st = capsa_versions_list(library, entry->key, arena, &versions);
  for (size_t i = 0; !st && i < versions.count; i++)
    (void)capsa_versions_align(library, entry->key, versions.items[i].key,
                               arena, &alignment);
}

static void search(capsa_library *library, capsa_arena *arena, bool whole) {
  static const char *const words[] = {"joint fleet", "ink", "tin", "x",
                                      "\"a note\""};
  capsa_hits hits;
  capsa_slice out;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    capsa_query query = {.text = capsa_slice_of(words[i]), .typing = i % 2};
    capsa_status st = capsa_search(library, &query, arena, &hits);
    MUST(!whole || !st);
    if (!st)
      (void)capsa_hits_to_json(&hits, query.text, CAPSA_UNIT_UTF16, arena,
                               &out);
  }
}

static void read_all(capsa_library *library, capsa_arena *arena, bool whole) {
  capsa_entries entries = {0};
  capsa_annotations notes;
  capsa_care care;
  capsa_slice out;
  capsa_status st = capsa_library_list(library, arena, &entries);
  MUST(!whole || !st);
  for (size_t i = 0; !st && i < entries.count; i++)
    read_one(library, &entries.items[i], arena, whole);
  search(library, arena, whole);
  st = capsa_annotations_list(library, (capsa_slice){0}, arena, &notes);
  MUST(!whole || !st);
  if (!st) (void)capsa_annotations_to_json(&notes, arena, &out);
  st = capsa_library_care(library, arena, &care);
  MUST(!whole || !st);
}

static void must_be_whole(const char *name, capsa_arena *arena) {
  capsa_examination found = {0};
  capsa_library *library = NULL;
  MUST(!capsa_library_examine(name, arena, &found));
  if (found.fault_total)
    fprintf(stderr, "%s: %.*s\n", found.faults->words,
            (int)found.faults->detail.len, found.faults->detail.ptr);
  MUST(!found.fault_total);
  MUST(!capsa_library_open(name, false, &library));
  read_all(library, arena, true);
  capsa_library_close(library);
}

/* ---- the ways of a stranger's file */

/* What was taken out is whole, whatever it was taken out of. */
static void take_out(capsa_arena *arena) {
  capsa_copying *copying = NULL;
  capsa_copied copied = {0};
  if (capsa_copying_open(path, copy_path, &copying)) return;
  capsa_status st = CAPSA_OK;
  for (int i = 0; !st && !copied.done; i++) {
    MUST(i < STEPS_MAX);
    st = capsa_copying_step(copying, &copied);
  }
  capsa_copying_close(copying);
  MUST(!st);
  must_be_whole(copy_path, arena);
}

static void change(capsa_library *library, capsa_arena *arena) {
  capsa_source source = {.bytes = capsa_slice_of("# Another\n\nText.\n")};
  capsa_added added;
  capsa_entry entry;
  capsa_entries entries;
  capsa_revision revision;
  capsa_annotation note;
  (void)capsa_library_add(library, &source, arena, &added, &entry);
  if (capsa_library_list(library, arena, &entries) || !entries.count) return;
  capsa_slice key = entries.items[0].key;
  capsa_mark mark = {
      .document = key, .start_block = 1, .end_block = 1, .end = 3};
  (void)capsa_annotation_create(library, &mark, arena, &note);
  (void)capsa_repairs_undo(library, key, 1, (capsa_slice){0}, arena, &revision);
  (void)capsa_library_reread(library, key, arena, &revision);
  (void)capsa_library_remove(library, key);
}

/* One's own that was damaged is opened without being examined. */
static void use_as_own(capsa_arena *arena, bool whole) {
  capsa_library *library = NULL;
  capsa_status st = capsa_library_open(path, false, &library);
  MUST(!whole || !st);
  if (!st) {
    read_all(library, arena, whole);
    change(library, arena);
  }
  capsa_library_close(library);
}

/* Whatever comes out of it, the library that it came into is whole, and has
 * what it had. */
static void restore(capsa_arena *arena) {
  capsa_library *from = NULL, *own = NULL;
  capsa_merge_report report;
  capsa_document document;
  capsa_entries entries;
  if (capsa_library_open_copy(path, &from)) return;
  const stranger_file *good = stranger_base(0);
  write_file(own_path, good->bytes, good->len);
  MUST(!capsa_library_open(own_path, false, &own));
  MUST(!capsa_library_list(own, arena, &entries) && entries.count);
  (void)capsa_library_merge(own, from, true, arena, &report);
  capsa_status st = capsa_library_merge(own, from, false, arena, &report);
  MUST(st != CAPSA_EFULL);
  capsa_library_close(from);
  for (size_t i = 0; i < entries.count; i++)
    MUST(!capsa_library_read(own, entries.items[i].key, arena, &document));
  capsa_library_close(own);
  must_be_whole(own_path, arena);
}

static void recover(capsa_arena *arena) {
  capsa_library *damaged = NULL, *fresh = NULL;
  capsa_recovery told;
  if (capsa_library_open(path, false, &damaged)) return;
  MUST(!capsa_library_open(copy_path, true, &fresh));
  capsa_status st = capsa_library_recover(damaged, fresh, &told);
  capsa_library_close(fresh);
  capsa_library_close(damaged);
  if (!st) must_be_whole(copy_path, arena);
}

static void back_up(void) {
  capsa_library *library = NULL;
  capsa_backup *backup = NULL;
  capsa_progress progress = {0};
  if (capsa_library_open(path, false, &library)) return;
  capsa_status st = capsa_backup_begin(library, copy_path, &backup);
  for (int i = 0; !st && !progress.finished; i++) {
    MUST(i < STEPS_MAX);
    st = capsa_backup_step(backup, &progress);
  }
  capsa_backup_end(backup);
  capsa_library_close(library);
}

/* ---- */

static bool has_strange_schema(const capsa_examination *found) {
  for (size_t i = 0; i < found->fault_count; i++)
    if (found->faults[i].kind == CAPSA_FAULT_SCHEMA) return true;
  return false;
}

/* A statement over a schema of its own may take two minutes: such a file is
 * refused by whoever examines it. */
static void take_a_way(unsigned way, capsa_status st,
                       const capsa_examination *found, capsa_arena *arena) {
  bool strange = !st && has_strange_schema(found);
  if (way == 0) restore(arena);
  else if (strange) take_out(arena);
  else if (way == 1) use_as_own(arena, !st && !found->fault_total);
  else if (way == 2) recover(arena);
  else if (way == 3) back_up();
  else take_out(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!stranger_base_count()) begin();
  if (!size) return 0;
  remove_files();
  stranger_file file = stranger_make(data + 1, size - 1);
  write_file(path, file.bytes, file.len);
  free(file.bytes);
  capsa_arena *arena = capsa_arena_new();
  capsa_examination found = {.fault_total = 1};
  capsa_status st = capsa_library_examine(path, arena, &found);
  take_a_way(data[0] % 6, st, &found, arena);
  capsa_arena_free(arena);
  return 0;
}

/* ---- programs are changed by orders, not by bytes */

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
                               unsigned seed);

static unsigned next(unsigned *state) {
  *state = *state * 1664525u + 1013904223u;
  return *state >> 8;
}

static void put_order(uint8_t *order, unsigned *state) {
  for (int i = 0; i < STRANGER_ORDER; i++) order[i] = (uint8_t)next(state);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
                               unsigned seed) {
  unsigned state = seed;
  size_t orders = size > 2 ? (size - 2) / STRANGER_ORDER : 0;
  if (orders > STRANGER_ORDERS_MAX) orders = STRANGER_ORDERS_MAX;
  if (max < 2 + STRANGER_ORDER * (orders + 1)) return size;
  if (size < 2) data[1] = 0;
  if (next(&state) % 4 == 0) data[0] = (uint8_t)next(&state);
  if (next(&state) % 4 == 0)
    data[1] = (uint8_t)(next(&state) % STRANGER_BASES_MAX |
                        (next(&state) % 8 ? 0 : STRANGER_UNSEALED));
  size_t at = orders ? next(&state) % orders : 0;
  uint8_t *order = data + 2 + at * STRANGER_ORDER;
  switch (next(&state) % 4) {
  case 0: /* one less, but never none */
    if (orders > 1)
      memmove(order, order + STRANGER_ORDER, (--orders - at) * STRANGER_ORDER);
    break;
  case 1:
    if (orders) order[next(&state) % STRANGER_ORDER] = (uint8_t)next(&state);
    break;
  case 2:
    if (orders) put_order(order, &state);
    break;
  default:
    if (orders < STRANGER_ORDERS_MAX)
      put_order(data + 2 + STRANGER_ORDER * orders++, &state);
  }
  if (!orders) put_order(data + 2 + STRANGER_ORDER * orders++, &state);
  return 2 + STRANGER_ORDER * orders;
}
