/* What a zip made to harm says, and what happens at each limit and one above;
 * good zips are in tests/spec/library.md and epub.md. */
#include "document/formats/zip/zip.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/slice.h"
#include "tap.h"

typedef struct made {
  const char *name;
  const char *content;
  size_t packed_len; /* of the content */
  size_t len;        /* announced */
  uint32_t crc, flags, method, header_byte;
  bool elsewhere; /* header_byte says where; else it is written */
} made;

static void put(capsa_buf *buf, uint64_t value, int len) {
  for (int i = 0; i < len; i++)
    capsa_buf_putc(buf, i < 8 ? (char)(value >> 8 * i & 0xFF) : 0);
}

static void put_fields(capsa_buf *buf, const made *m) {
  put(buf, 20, 2);
  put(buf, m->flags, 2);
  put(buf, m->method, 2);
  put(buf, 0, 4);
  put(buf, m->crc, 4);
  put(buf, m->packed_len, 4);
  put(buf, m->len, 4);
  put(buf, strlen(m->name), 2);
  put(buf, 0, 2);
}

static void put_entry(capsa_buf *buf, const made *m, size_t header) {
  capsa_buf_put(buf, (capsa_slice){"PK\1\2\24\0", 6});
  put_fields(buf, m);
  put(buf, 0, 2 + 2 + 2 + 4);
  put(buf, header, 4);
  capsa_buf_puts(buf, m->name);
}

static void put_end(capsa_buf *buf, size_t count, size_t start, size_t end) {
  capsa_buf_put(buf, (capsa_slice){"PK\5\6\0\0\0\0", 8});
  put(buf, count & 0xFFFF, 2);
  put(buf, count & 0xFFFF, 2);
  put(buf, end - start, 4);
  put(buf, start, 4);
  put(buf, 0, 2);
}

static capsa_slice make(capsa_buf *buf, made *members, size_t count) {
  for (size_t i = 0; i < count; i++) {
    made *m = &members[i];
    if (m->elsewhere) continue;
    m->header_byte = (uint32_t)buf->len;
    capsa_buf_put(buf, (capsa_slice){"PK\3\4", 4});
    put_fields(buf, m);
    capsa_buf_puts(buf, m->name);
    capsa_buf_put(buf, (capsa_slice){m->content, m->packed_len});
  }
  size_t start = buf->len;
  for (size_t i = 0; i < count; i++)
    put_entry(buf, &members[i], members[i].header_byte);
  put_end(buf, count, start, buf->len);
  return capsa_buf_view(buf);
}

/* The status of a zip's only member, opened and read. */
static capsa_status status_of(made m) {
  capsa_buf buf = {0};
  capsa_zip zip;
  capsa_slice content;
  capsa_arena *arena = capsa_arena_new();
  capsa_status st = capsa_zip_open(make(&buf, &m, 1), arena, &zip);
  if (!st) st = zip.members[0].status;
  if (!st) st = capsa_zip_read(&zip, &zip.members[0], arena, &content);
  capsa_buf_free(&buf);
  capsa_arena_free(arena);
  return st;
}

/* The words for it as the directory is read, without unpacking. */
static capsa_status announced(made m) {
  capsa_buf buf = {0};
  capsa_zip zip;
  capsa_arena *arena = capsa_arena_new();
  capsa_status st = capsa_zip_open(make(&buf, &m, 1), arena, &zip);
  if (!st) st = zip.members[0].status;
  capsa_buf_free(&buf);
  capsa_arena_free(arena);
  return st;
}

static const made STORED = {.name = "a.txt",
                            .content = "ink\n",
                            .packed_len = 4,
                            .len = 4,
                            .crc = 0x43FFDACD};

static void test_zip__reads_what_is_stored_and_what_is_packed(void) {
  CHECK_STATUS(status_of(STORED), CAPSA_OK);
  made m = STORED;
  m.crc++;
  CHECK_STATUS(status_of(m), CAPSA_EDAMAGED);
  m = STORED;
  m.len = 5; /* stored, and not as long as it says */
  CHECK_STATUS(status_of(m), CAPSA_EDAMAGED);
  m = STORED;
  m.method = 12;
  CHECK_STATUS(status_of(m), CAPSA_EINVAL);
  m = STORED;
  m.flags = 1;
  CHECK_STATUS(status_of(m), CAPSA_ELOCKED);
}

/* Packed data that ends early, goes on, or is none. */
static void test_zip__packed_data_must_be_what_was_announced(void) {
  static const char ink[] = "\xCB\xCC\xCB\xE6\x02\x00"; /* "ink\n" */
  made m = {.name = "a",
            .content = ink,
            .packed_len = 6,
            .len = 4,
            .crc = 0x43FFDACD,
            .method = 8};
  CHECK_STATUS(status_of(m), CAPSA_OK);
  m.len = 3;
  CHECK_STATUS(status_of(m), CAPSA_EDAMAGED);
  m.len = 5;
  CHECK_STATUS(status_of(m), CAPSA_EDAMAGED);
  m.len = 4, m.packed_len = 4;
  CHECK_STATUS(status_of(m), CAPSA_EDAMAGED);
  m.content = "\xFF\xFF\xFF\xFF\xFF\xFF", m.packed_len = 6;
  CHECK_STATUS(status_of(m), CAPSA_EDAMAGED);
  m.packed_len = 0;
  CHECK_STATUS(status_of(m), CAPSA_EDAMAGED);
}

static void test_zip__names_that_lead_out_are_refused(void) {
  static const struct {
    const char *name;
    capsa_status want;
  } cases[] = {
      {"a/b/c.txt", CAPSA_OK},         {"./a.txt", CAPSA_OK},
      {"a..b/..c/d...txt", CAPSA_OK},  {"../a.txt", CAPSA_EINVAL},
      {"a/../../b.txt", CAPSA_EINVAL}, {"a/..", CAPSA_EINVAL},
      {"/etc/passwd", CAPSA_EINVAL},   {"C:\\a.txt", CAPSA_EINVAL},
      {"c:a.txt", CAPSA_EINVAL},       {"..\\a.txt", CAPSA_EINVAL},
      {"a\\b.txt", CAPSA_EINVAL},      {"a\x01.txt", CAPSA_EINVAL},
      {"a\x1B[2J.txt", CAPSA_EINVAL},  {"", CAPSA_EINVAL},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    made m = STORED;
    m.name = cases[i].name;
    if (!CHECK_STATUS(status_of(m), cases[i].want)) break;
  }
  CHECK(!capsa_zip_name_is_safe((capsa_slice){"a\0b", 3}));
}

static void test_zip__names_are_utf8_or_code_page_437(void) {
  capsa_arena *arena = capsa_arena_new();
  CHECK_TEXT(capsa_zip_name(arena, CAPSA_LITERAL("tal\x82"), false),
             "tal\xC3\xA9");
  CHECK_TEXT(capsa_zip_name(arena, CAPSA_LITERAL("tal\xC3\xA9"), false),
             "tal\xC3\xA9");
  CHECK_TEXT(capsa_zip_name(arena, CAPSA_LITERAL("tal\x82"), true),
             "tal\xEF\xBF\xBD");
  CHECK_TEXT(capsa_zip_name(arena, CAPSA_LITERAL("\xE1\xFF"), false),
             "\xC3\x9F\xC2\xA0");
  capsa_arena_free(arena);
}

static void test_zip__members_that_share_bytes_are_refused(void) {
  capsa_buf buf = {0};
  capsa_zip zip;
  capsa_arena *arena = capsa_arena_new();
  made members[3] = {STORED, STORED, STORED};
  members[1].elsewhere = true; /* the first one's header */
  members[2].name = "c.txt";
  CHECK_STATUS(capsa_zip_open(make(&buf, members, 3), arena, &zip), CAPSA_OK);
  CHECK_STATUS(zip.members[0].status, CAPSA_OK);
  CHECK_STATUS(zip.members[1].status, CAPSA_EDAMAGED);
  CHECK_STATUS(zip.members[2].status, CAPSA_OK);
  CHECK(capsa_zip_find(&zip, CAPSA_LITERAL("c.txt")) == &zip.members[2]);
  CHECK(!capsa_zip_find(&zip, CAPSA_LITERAL("d.txt")));
  capsa_buf_free(&buf);
  capsa_arena_free(arena);
}

static void test_zip__is_damaged_wherever_it_is_cut_off(void) {
  capsa_buf buf = {0};
  capsa_zip zip;
  capsa_arena *arena = capsa_arena_new();
  made members[2] = {STORED, STORED};
  capsa_slice whole = make(&buf, members, 2);
  for (size_t len = 0; len < whole.len; len++) {
    char *bytes = malloc(len + 1); /* so that a sanitizer sees its end */
    memcpy(bytes, whole.ptr, len);
    capsa_slice cut = {bytes, len};
    CHECK_STATUS(capsa_zip_open(cut, arena, &zip), CAPSA_EDAMAGED);
    (void)capsa_zip_holds(cut, "a.txt");
    free(bytes);
  }
  capsa_buf_free(&buf);
  capsa_arena_free(arena);
}

static capsa_status open_many(size_t count) {
  capsa_buf buf = {0};
  capsa_zip zip;
  capsa_arena *arena = capsa_arena_new();
  made *members = calloc(count, sizeof *members);
  for (size_t i = 0; i < count; i++)
    members[i] = (made){.name = "a", .content = ""};
  capsa_status st = capsa_zip_open(make(&buf, members, count), arena, &zip);
  if (!st) CHECK_NUMBER(zip.count, count);
  free(members);
  capsa_buf_free(&buf);
  capsa_arena_free(arena);
  return st;
}

static void test_zip__limits_hold_and_one_more_does_not(void) {
  CHECK_STATUS(open_many(CAPSA_ZIP_MEMBERS_MAX), CAPSA_OK);
  CHECK_STATUS(open_many(CAPSA_ZIP_MEMBERS_MAX + 1), CAPSA_ETOOBIG);

  size_t packed = CAPSA_ZIP_MEMBER_BYTES_MAX / CAPSA_ZIP_RATIO_MAX + 1;
  char *zeros = calloc(packed, 1);
  made m = {.name = "a",
            .content = zeros,
            .packed_len = packed,
            .method = 8,
            .len = CAPSA_ZIP_MEMBER_BYTES_MAX};
  CHECK_STATUS(announced(m), CAPSA_OK);
  m.len++;
  CHECK_STATUS(announced(m), CAPSA_ETOOBIG);

  m.packed_len = 10000;
  m.len = CAPSA_ZIP_RATIO_MAX * m.packed_len - 1;
  CHECK_STATUS(announced(m), CAPSA_OK);
  m.len++;
  CHECK_STATUS(announced(m), CAPSA_ETOOBIG);
  m.packed_len = 1, m.len = CAPSA_ZIP_RATIO_FREE_BYTES;
  CHECK_STATUS(announced(m), CAPSA_OK);
  m.len++;
  CHECK_STATUS(announced(m), CAPSA_ETOOBIG);
  free(zeros);
}

static void test_zip__all_together_have_a_limit(void) {
  capsa_buf buf = {0};
  capsa_zip zip;
  capsa_slice content;
  capsa_arena *arena = capsa_arena_new();
  made m = STORED;
  CHECK_STATUS(capsa_zip_open(make(&buf, &m, 1), arena, &zip), CAPSA_OK);
  zip.unpacked = CAPSA_ZIP_BYTES_MAX - 4;
  CHECK_STATUS(capsa_zip_read(&zip, &zip.members[0], arena, &content),
               CAPSA_OK);
  CHECK_NUMBER(zip.unpacked, CAPSA_ZIP_BYTES_MAX);
  zip.unpacked = CAPSA_ZIP_BYTES_MAX - 3;
  CHECK_STATUS(capsa_zip_read(&zip, &zip.members[0], arena, &content),
               CAPSA_ETOOBIG);
  capsa_buf_free(&buf);
  capsa_arena_free(arena);
}

static capsa_status read_parts(capsa_slice bytes) {
  capsa_arena *arena = capsa_arena_new();
  capsa_source source = {.bytes = bytes};
  capsa_parts parts;
  capsa_status st =
      arena ? capsa_source_parts(&source, arena, &parts) : CAPSA_ENOMEM;
  if (!st) {
    CHECK_NUMBER(parts.count, 2);
    CHECK_TEXT(parts.items[1].source.bytes, "ink\n");
  }
  capsa_arena_free(arena);
  return st;
}

static void test_zip__parts_survive_any_failed_allocation(void) {
  capsa_buf buf = {0};
  made members[2] = {STORED,
                     {.name = "b",
                      .content = "\xCB\xCC\xCB\xE6\x02\x00",
                      .packed_len = 6,
                      .len = 4,
                      .crc = 0x43FFDACD,
                      .method = 8}};
  capsa_slice bytes = make(&buf, members, 2);
  capsa_status st = CAPSA_ENOMEM;
  size_t live = capsa_mem_live();
  int n = 0;
  for (; st == CAPSA_ENOMEM && n < 100; n++) {
    capsa_mem_fail_after(n);
    st = read_parts(bytes);
    capsa_mem_fail_after(-1);
  }
  CHECK_STATUS(st, CAPSA_OK);
  CHECK(n > 3);
  CHECK_NUMBER(capsa_mem_live(), live);
  capsa_buf_free(&buf);
}

void test_zip(void);
void test_zip(void) {
  RUN(test_zip__reads_what_is_stored_and_what_is_packed);
  RUN(test_zip__packed_data_must_be_what_was_announced);
  RUN(test_zip__names_that_lead_out_are_refused);
  RUN(test_zip__names_are_utf8_or_code_page_437);
  RUN(test_zip__members_that_share_bytes_are_refused);
  RUN(test_zip__is_damaged_wherever_it_is_cut_off);
  RUN(test_zip__limits_hold_and_one_more_does_not);
  RUN(test_zip__all_together_have_a_limit);
  RUN(test_zip__parts_survive_any_failed_allocation);
}
