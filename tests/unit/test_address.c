#include "document/address.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/slice.h"
#include "tap.h"

/* The whole address is empty where there is none. */
static void test_address__is_resolved_against_the_source_s_own(void) {
  static const struct {
    const char *base, *address, *whole;
  } cases[] = {
      {"http://a.org/b/c.html", "d.html", "http://a.org/b/d.html"},
      {"http://a.org/b/c.html?q#f", "d?e#g", "http://a.org/b/d?e#g"},
      {"https://a.org/b/c", "../d", "https://a.org/d"},
      {"https://a.org/b/c", "../../../d", "https://a.org/d"},
      {"https://a.org/b/c", "./d/./e/../f", "https://a.org/b/d/f"},
      {"https://a.org/b/", "..", "https://a.org/"},
      {"https://a.org/b/c", "/d", "https://a.org/d"},
      {"https://a.org/b/c", "//e.org/d", "https://e.org/d"},
      {"https://a.org/b/c?x#y", "?z", "https://a.org/b/c?z"},
      {"https://a.org", "d", "https://a.org/d"},
      {"https://a.org", "../d", "https://a.org/d"},
      {"HTTP://a.org/", "d/../../e", "HTTP://a.org/e"},
      {"file:///a/b", "c", ""},
      {"http://", "c", ""},
      {"", "c", ""},
      {"https://a.org/", "", ""},
  };
  capsa_arena *arena = capsa_arena_new();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    CHECK_TEXT(capsa_address_resolve(arena, capsa_slice_of(cases[i].base),
                                     capsa_slice_of(cases[i].address)),
               cases[i].whole);
  capsa_arena_free(arena);
}

static void test_address__is_relative_without_a_scheme(void) {
  static const char *const relative[] = {"a",  "a.html#b", "/a",  "//a.org",
                                         "?b", "a/b:c",    "../a"};
  static const char *const others[] = {"",           "#a",     "http://a.org",
                                       "mailto:a@b", "x:y",    "javascript:a",
                                       "a b",        "a/b\tc", "\na"};
  for (size_t i = 0; i < sizeof relative / sizeof *relative; i++)
    CHECK(capsa_address_is_relative(capsa_slice_of(relative[i])));
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    CHECK(!capsa_address_is_relative(capsa_slice_of(others[i])));
}

/* As many bytes as are told of, and one more. */
static void test_address__loose_ones_are_told_to_a_limit(void) {
  for (size_t more = 0; more < 2; more++) {
    capsa_draft draft = {.arena = capsa_arena_new()};
    capsa_addresses list = {0};
    size_t len = CAPSA_ADDRESSES_TOLD_MAX + more;
    char *address = capsa_arena_bytes(draft.arena, len);
    for (size_t i = 0; i < len; i++) address[i] = 'a';
    capsa_addresses_put(&list, (capsa_slice){address, len});
    CHECK_NUMBER(list.more, more);
    capsa_addresses_tell(&draft, &list);
    CHECK_NUMBER(draft.diagnostics.count, 1);
    if (more) CHECK_TEXT(draft.diagnostics.items[0].text, "and 1 more");
    capsa_arena_free(draft.arena);
  }
}

void test_address(void);
void test_address(void) {
  RUN(test_address__is_resolved_against_the_source_s_own);
  RUN(test_address__is_relative_without_a_scheme);
  RUN(test_address__loose_ones_are_told_to_a_limit);
}
