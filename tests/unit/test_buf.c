#include "base/buf.h"

#include "base/arena.h"
#include "base/mem.h"
#include "tap.h"

static void test_buf__grows_by_every_kind_of_write(void) {
  capsa_buf buf = {0};
  for (int i = 0; i < 100; i++) capsa_buf_putc(&buf, 'x');
  capsa_buf_puts(&buf, "yz");
  capsa_buf_putf(&buf, "%d-%s", 7, "w");
  capsa_buf_put(&buf, (capsa_slice){0});
  CHECK_NUMBER(buf.len, 105);
  CHECK_TEXT(capsa_slice_from(capsa_buf_view(&buf), 98), "xxyz7-w");
  capsa_buf_free(&buf);
  CHECK_NUMBER(capsa_mem_live(), 0);
}

static void test_buf__says_out_of_memory_once_at_the_end(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_slice out = CAPSA_LITERAL("untouched");
  capsa_buf buf = {0};
  capsa_mem_fail_after(0);
  capsa_buf_puts(&buf, "lost");
  capsa_mem_fail_after(-1);
  capsa_buf_puts(&buf, "dropped too");
  CHECK(buf.failed && buf.len == 0);
  CHECK_STATUS(capsa_buf_take(&buf, arena, &out), CAPSA_ENOMEM);
  CHECK_TEXT(out, "untouched");
  capsa_buf_puts(&buf, "again");
  CHECK_STATUS(capsa_buf_take(&buf, arena, &out), CAPSA_OK);
  CHECK_TEXT(out, "again");
  capsa_arena_free(arena);
  CHECK_NUMBER(capsa_mem_live(), 0);
}

/* Small content is copied, large content handed over; the text is the same. */
static void test_buf__gives_any_size_to_an_arena(void) {
  for (size_t size = 0; size < 200000; size = size * 5 + 1) {
    capsa_arena *arena = capsa_arena_new();
    capsa_slice out;
    capsa_buf buf = {0};
    for (size_t i = 0; i < size; i++) capsa_buf_putc(&buf, (char)('a' + i % 7));
    CHECK_STATUS(capsa_buf_take(&buf, arena, &out), CAPSA_OK);
    size_t wrong = out.len != size;
    for (size_t i = 0; i < out.len; i++)
      wrong += out.ptr[i] != (char)('a' + i % 7);
    CHECK_NUMBER(wrong, 0);
    capsa_arena_free(arena);
    CHECK_NUMBER(capsa_mem_live(), 0);
  }
}

static void test_buf__writes_numbers(void) {
  capsa_buf buf = {0};
  capsa_buf_put_number(&buf, 0);
  capsa_buf_putc(&buf, ' ');
  capsa_buf_put_number(&buf, 10203);
  capsa_buf_putc(&buf, ' ');
  capsa_buf_put_number(&buf, UINT64_MAX);
  CHECK_TEXT(capsa_buf_view(&buf), "0 10203 18446744073709551615");
  capsa_buf_free(&buf);
}

void test_buf(void) {
  RUN(test_buf__grows_by_every_kind_of_write);
  RUN(test_buf__says_out_of_memory_once_at_the_end);
  RUN(test_buf__gives_any_size_to_an_arena);
  RUN(test_buf__writes_numbers);
}
