#include "store/checked.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "capsa/backup.h"
#include "sample.h"
#include "tap.h"

#define PAGE 8192

static void fill(unsigned char *page) {
  for (size_t i = 0; i < PAGE; i++) page[i] = (unsigned char)(i * 31 + i / 256);
}

static void test_checked__sees_every_bit_of_a_page(void) {
  static unsigned char page[PAGE];
  fill(page);
  capsa_checked_seal(page, PAGE, 3 * PAGE);
  CHECK(capsa_checked_fits(page, PAGE, 3 * PAGE));
  size_t unseen = 0;
  for (size_t bit = 0; bit < PAGE * 8; bit++) {
    page[bit / 8] ^= (unsigned char)(1u << bit % 8);
    unseen += capsa_checked_fits(page, PAGE, 3 * PAGE) != 0;
    page[bit / 8] ^= (unsigned char)(1u << bit % 8);
  }
  CHECK_NUMBER(unseen, 0);
}

static void test_checked__sees_that_a_page_lies_elsewhere_or_is_blank(void) {
  static unsigned char page[PAGE];
  fill(page);
  capsa_checked_seal(page, PAGE, 3 * PAGE);
  CHECK(!capsa_checked_fits(page, PAGE, 4 * PAGE));
  memset(page, 0, PAGE);
  CHECK(!capsa_checked_fits(page, PAGE, 0));
  CHECK(!capsa_checked_fits(page, PAGE, PAGE));
}

/* The number is in every library that was ever written. */
static void test_checked__has_the_same_digest_everywhere(void) {
  static const unsigned char expected[] = {0x17, 0x22, 0xd2, 0x2e,
                                           0xe8, 0x04, 0xe4, 0xb1};
  static unsigned char page[PAGE];
  fill(page);
  capsa_checked_seal(page, PAGE, PAGE);
  CHECK(!memcmp(page + PAGE - CAPSA_CHECKED_BYTES, expected, sizeof expected));
}

static char *make_file(size_t *len) {
  capsa_library *library = NULL;
  capsa_arena *arena = capsa_arena_new();
  sample_fresh_path("checked");
  CHECK_STATUS(capsa_library_open(sample_path, true, &library), CAPSA_OK);
  sample_add(library, arena, "a", "the text of the record");
  capsa_library_close(library);
  capsa_arena_free(arena);
  return tap_read_file(sample_path, len);
}

static capsa_status read_file(void) {
  capsa_library *library = NULL;
  capsa_arena *arena = capsa_arena_new();
  capsa_document document;
  capsa_status st = capsa_library_open(sample_path, false, &library);
  if (!st)
    st = capsa_library_read(library, CAPSA_LITERAL("a"), arena, &document);
  capsa_library_close(library);
  capsa_arena_free(arena);
  return st;
}

static void test_checked__finds_another_letter_in_a_record(void) {
  size_t len = 0;
  char *bytes = make_file(&len), *place = NULL;
  for (size_t i = 0; i + 22 < len; i++)
    if (!memcmp(bytes + i, "the text of the record", 22)) place = bytes + i;
  CHECK_STATUS(read_file(), CAPSA_OK);
  if (!CHECK(place)) return;
  place[4] = 'n';
  sample_write_file(sample_path, bytes, len);
  CHECK_STATUS(read_file(), CAPSA_ECORRUPT);
  place[4] = 't';
  bytes[20] = 0; /* as if there were no digests */
  sample_write_file(sample_path, bytes, len);
  CHECK_STATUS(read_file(), CAPSA_ECORRUPT);
  free(bytes);
  sample_remove_library();
}

/* The bytes of a backup; `saved->ptr` is malloc'd. */
static capsa_slice save(capsa_library *library) {
  char path[sizeof sample_path + 8];
  capsa_backup *backup = NULL;
  capsa_progress progress = {0};
  size_t len = 0;
  snprintf(path, sizeof path, "%s-copy", sample_path);
  remove(path);
  capsa_status st = capsa_backup_begin(library, path, &backup);
  while (!st && !progress.finished) st = capsa_backup_step(backup, &progress);
  capsa_backup_end(backup);
  CHECK_STATUS(st, CAPSA_OK);
  char *bytes = tap_read_file(path, &len);
  remove(path);
  return (capsa_slice){bytes, len};
}

/* Byte 20 of the file says whether its pages have digests. */
static void test_checked__is_not_switched_off_by_a_damaged_header(void) {
  size_t len = 0;
  char *bytes = make_file(&len);
  if (!CHECK(bytes && len > 100 && bytes[20] == CAPSA_CHECKED_BYTES)) return;
  for (int value = 0; value < 256; value++) {
    capsa_library *library = NULL;
    if (value == CAPSA_CHECKED_BYTES) continue;
    bytes[20] = (char)value;
    sample_write_file(sample_path, bytes, len);
    CHECK_STATUS(capsa_library_open(sample_path, false, &library),
                 CAPSA_ECORRUPT);
    capsa_library_close(library);
  }
  free(bytes);
  sample_remove_library();
}

static void test_checked__holds_in_a_copy_that_is_saved(void) {
  size_t len = 0;
  free(make_file(&len));
  capsa_library *library = NULL;
  capsa_arena *arena = capsa_arena_new();
  CHECK_STATUS(capsa_library_open(sample_path, false, &library), CAPSA_OK);
  sample_add(library, arena, "b", "another");
  CHECK_STATUS(capsa_library_remove(library, CAPSA_LITERAL("b")), CAPSA_OK);
  capsa_slice saved = save(library);
  capsa_library_close(library);
  for (size_t at = 0; at < saved.len; at += PAGE)
    CHECK(capsa_checked_fits(saved.ptr + at, PAGE, (sqlite3_int64)at));
  sample_write_file(sample_path, saved.ptr, saved.len);
  free((void *)saved.ptr);
  CHECK_STATUS(read_file(), CAPSA_OK);
  sample_remove_library();
  capsa_arena_free(arena);
}

static void test_checked__leaves_a_library_in_memory_alone(void) {
  capsa_library *library = sample_library();
  capsa_arena *arena = capsa_arena_new();
  sample_fresh_path("checked");
  sample_add(library, arena, "a", "text");
  capsa_slice saved = save(library);
  CHECK(saved.len > 20 && saved.ptr[20] == 0);
  capsa_library_close(library);
  sample_write_file(sample_path, saved.ptr, saved.len);
  free((void *)saved.ptr);
  CHECK_STATUS(read_file(), CAPSA_OK);
  sample_remove_library();
  capsa_arena_free(arena);
}

void test_checked(void) {
  RUN(test_checked__sees_every_bit_of_a_page);
  RUN(test_checked__sees_that_a_page_lies_elsewhere_or_is_blank);
  RUN(test_checked__has_the_same_digest_everywhere);
  RUN(test_checked__finds_another_letter_in_a_record);
  RUN(test_checked__is_not_switched_off_by_a_damaged_header);
  RUN(test_checked__holds_in_a_copy_that_is_saved);
  RUN(test_checked__leaves_a_library_in_memory_alone);
}
