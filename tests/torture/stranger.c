#include "stranger.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "sqlite3.h"
#include "store/checked.h"
#include "stranger_sql.h"

static stranger_file bases[STRANGER_BASES_MAX];
static size_t base_count;

static void *allocate(size_t size) {
  void *memory = malloc(size + !size);
  if (!memory) abort();
  return memory;
}

/* ---- a good library */

static const char ink[] =
    "Talk about Ink\n\nMarch 4, 1920\n\n"
    "BLOT A.: The ink is thin, and tha t is so. We have no other ink.\n\n"
    "QUILL CLARA: It is the cold, not that. And the hand is high- handed.\n\n"
    "BLOT A.: Then warm it [pause], and tha t is so.\n";
static const char galls[] =
    "# Ink\n\nInk is [made](https://example.org) of *galls*[^1].\n\n"
    "- one\n  - two\n\n| a | b |\n|---|---|\n| c | d |\n\n> said\n\n"
    "[^1]: A note.\n";
static const char tinte[] =
    "# Tinte\n\nTinte ist aus *Galläpfeln*.\n\n- eins\n\n> gesagt\n";

static capsa_status add(capsa_library *library, const char *text,
                        capsa_arena *arena, capsa_slice *key) {
  capsa_source source = {.bytes = capsa_slice_of(text),
                         .name = CAPSA_LITERAL("a file")};
  capsa_added added;
  capsa_entry entry = {0};
  capsa_status st = capsa_library_add(library, &source, arena, &added, &entry);
  *key = entry.key;
  return st;
}

static capsa_status mark(capsa_library *library, capsa_slice key,
                         uint32_t block, const char *note, capsa_arena *arena,
                         capsa_slice *id) {
  capsa_mark place = {.document = key,
                      .start_block = block,
                      .end_block = block,
                      .end = 5,
                      .note = capsa_slice_of(note)};
  capsa_annotation made = {0};
  capsa_status st = capsa_annotation_create(library, &place, arena, &made);
  *id = made.id;
  return st;
}

static capsa_status put_notes(capsa_library *library, const capsa_slice *keys,
                              capsa_arena *arena) {
  capsa_slice id;
  capsa_status st = mark(library, keys[0], 1, "Why thin?", arena, &id);
  if (!st) st = mark(library, keys[1], 1, "", arena, &id);
  if (!st) st = mark(library, keys[2], 1, "Woraus?", arena, &id);
  if (!st) st = mark(library, keys[2], 2, "gone", arena, &id);
  return st ? st : capsa_annotation_remove(library, id);
}

static capsa_status put_request(capsa_library *library, capsa_arena *arena) {
  capsa_slice id = CAPSA_LITERAL("tab-1/7"), answer = {0};
  bool answered = false;
  capsa_status st =
      capsa_library_request_begin(library, id, arena, &answered, &answer);
  if (st || answered) return st;
  st = capsa_library_set_setting(library, CAPSA_LITERAL("look"),
                                 CAPSA_LITERAL("dark"));
  return capsa_library_request_end(library, id, CAPSA_LITERAL("{}"), st);
}

static capsa_status fill(capsa_library *library, capsa_arena *arena) {
  capsa_slice keys[3];
  capsa_revision revision;
  capsa_status st = add(library, ink, arena, &keys[0]);
  if (!st) st = add(library, galls, arena, &keys[1]);
  if (!st) st = add(library, tinte, arena, &keys[2]);
  if (!st) st = put_notes(library, keys, arena);
  if (!st) st = capsa_versions_declare(library, keys + 1, 2);
  if (!st)
    st = capsa_repairs_undo(library, keys[0], 1, (capsa_slice){0}, arena,
                            &revision);
  return st ? st : put_request(library, arena);
}

capsa_status stranger_fill(capsa_library *library) {
  capsa_arena *arena = capsa_arena_new();
  capsa_status st = arena ? fill(library, arena) : CAPSA_ENOMEM;
  capsa_arena_free(arena);
  return st;
}

void stranger_shrink(const char *path) {
  sqlite3 *db = NULL;
  if (!sqlite3_open(path, &db))
    sqlite3_exec(db, "PRAGMA page_size = 512; VACUUM", NULL, NULL, NULL);
  sqlite3_close(db);
}

void stranger_add_base(const void *bytes, size_t len) {
  if (base_count == STRANGER_BASES_MAX || !len) return;
  stranger_file *base = &bases[base_count++];
  *base = (stranger_file){allocate(len), len};
  memcpy(base->bytes, bytes, len);
}

size_t stranger_base_count(void) { return base_count; }
const stranger_file *stranger_base(size_t number) { return &bases[number]; }

/* ---- bytes */

enum { HEADER_LEN = 100, AT_PAGE_SIZE = 16, AT_RESERVED = 20 };

static size_t page_size(const stranger_file *file) {
  if (file->len < HEADER_LEN) return 512;
  size_t size =
      (size_t)file->bytes[AT_PAGE_SIZE] << 8 | file->bytes[AT_PAGE_SIZE + 1];
  if (size == 1) return 65536;
  return size < 512 || size & (size - 1) ? 512 : size;
}

static void put(stranger_file *file, size_t at, uint8_t value) {
  if (file->len) file->bytes[at % file->len] = value;
}

static void copy_page(stranger_file *file, size_t from, size_t to) {
  size_t size = page_size(file);
  if ((from + 1) * size <= file->len && (to + 1) * size <= file->len)
    memmove(file->bytes + to * size, file->bytes + from * size, size);
}

/* Numbers that a program may be led astray by. */
static uint8_t odd_value(uint8_t value) {
  static const uint8_t values[] = {0, 1, 0x7F, 0x80, 0xFF, 2, 5, 10, 13};
  return value < 64 ? values[value % sizeof values] : value;
}

static void change_bytes(stranger_file *file, const uint8_t order[4]) {
  size_t size = page_size(file), pages = file->len / size + !file->len;
  size_t page = order[1] % (pages ? pages : 1), start = page * size;
  size_t tree = start + (page ? 0 : HEADER_LEN);
  uint8_t value = odd_value(order[3]);
  switch (order[0] % 8) {
  case 0: put(file, start + order[2] * size / 256 + order[0] / 8, value); break;
  case 1: put(file, tree + order[2] % 12, value); break;
  case 2: put(file, tree + 8 + order[2], value); break;
  case 3: copy_page(file, page, order[2] % (pages ? pages : 1)); break;
  case 4: put(file, order[2] % HEADER_LEN, value); break;
  case 5: /* where the cells of a page lie */
    put(file, start + size - 1 - (size_t)order[2] * (1 + order[0] / 32), value);
    break;
  case 6: put(file, start + order[2] % 16, value); break; /* overflow pages */
  default:
    if (order[2] > 240) file->len = file->len * order[3] / 256;
    else put(file, start + size / 2 + order[2], value);
  }
}

/* Digests that fit, where the header says that there are some. */
static void seal(stranger_file *file) {
  size_t size = page_size(file);
  if (file->len < HEADER_LEN || file->bytes[AT_RESERVED] != CAPSA_CHECKED_BYTES)
    return;
  for (size_t at = 0; at + size <= file->len; at += size)
    capsa_checked_seal(file->bytes + at, (int)size, (sqlite3_int64)at);
}

/* ---- SQL, on a copy in memory: no file and no digest is in the way */

static sqlite3 *open_bytes(const stranger_file *file) {
  sqlite3 *db = NULL;
  unsigned char *bytes = sqlite3_malloc64(file->len + !file->len);
  if (!bytes) return NULL;
  if (file->len) memcpy(bytes, file->bytes, file->len);
  if (sqlite3_open_v2("file:/stranger?vfs=memdb", &db,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
                          SQLITE_OPEN_URI | SQLITE_OPEN_MEMORY,
                      NULL) ||
      sqlite3_deserialize(
          db, "main", bytes, (sqlite3_int64)file->len, (sqlite3_int64)file->len,
          SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE)) {
    sqlite3_close(db);
    return NULL;
  }
  return db;
}

static void take_bytes(sqlite3 *db, stranger_file *file) {
  sqlite3_int64 len = 0;
  unsigned char *bytes = sqlite3_serialize(db, "main", &len, 0);
  if (bytes && len > 0 && len <= STRANGER_BYTES_MAX) {
    free(file->bytes);
    *file = (stranger_file){allocate((size_t)len), (size_t)len};
    memcpy(file->bytes, bytes, (size_t)len);
  }
  sqlite3_free(bytes);
}

static void change_by_sql(stranger_file *file, const uint8_t order[4]) {
  sqlite3 *db = open_bytes(file);
  if (!db) return;
  if (order[0] < STRANGER_ROWS) stranger_harm(db, order);
  else stranger_change_rows(db, order);
  take_bytes(db, file);
  sqlite3_close(db);
}

stranger_file stranger_make(const uint8_t *program, size_t size) {
  uint8_t head = size ? *program : 0;
  const stranger_file *base = &bases[(head & 0x7F) % base_count];
  stranger_file file = {allocate(base->len), base->len};
  memcpy(file.bytes, base->bytes, base->len);
  size_t end = 1 + STRANGER_ORDERS_MAX * STRANGER_ORDER;
  if (end > size) end = size;
  for (size_t i = 1; i + STRANGER_ORDER <= end; i += STRANGER_ORDER) {
    if (program[i] < STRANGER_SQL) change_bytes(&file, program + i);
    else change_by_sql(&file, program + i);
  }
  if (!(head & STRANGER_UNSEALED)) seal(&file);
  return file;
}

const char *stranger_order_name(const uint8_t order[STRANGER_ORDER]) {
  if (order[0] < STRANGER_SQL) return "bytes";
  return order[0] < STRANGER_ROWS ? stranger_harm_sql(order) : "rows";
}
