#include "base/json.h"

#include "tap.h"

static const struct {
  capsa_slice text;
  const char *json;
} strings[] = {
    {{"plain", 5}, "\"plain\""},
    {{"", 0}, "\"\""},
    {{"\"\\\n\t\r", 5}, "\"\\\"\\\\\\n\\t\\r\""},
    {{"\0\x1f\x7f", 3}, "\"\\u0000\\u001f\\u007f\""},
    {{"\xC3\xA9\xE8\xB5\xAB\xF0\x9F\x93\x9C", 9},
     "\"\xC3\xA9\xE8\xB5\xAB\xF0\x9F\x93\x9C\""},
    {{"a\xFF"
      "b\xC3",
      4},
     "\"a\xEF\xBF\xBD"
     "b\xEF\xBF\xBD\""},
};

static void test_json__escapes_what_must_be_and_nothing_else(void) {
  for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
    capsa_buf buf = {0};
    capsa_json json = {.buf = &buf};
    capsa_json_text(&json, strings[i].text);
    CHECK_TEXT(capsa_buf_view(&buf), strings[i].json);
    capsa_buf_free(&buf);
  }
}

static void test_json__puts_commas_between_and_leaves_out_what_is_empty(void) {
  capsa_buf buf = {0};
  capsa_json json = {.buf = &buf};
  capsa_json_open(&json, '{');
  capsa_json_member(&json, "none", (capsa_slice){0});
  capsa_json_member(&json, "a", CAPSA_LITERAL("b"));
  capsa_json_member_number(&json, "zero", 0);
  capsa_json_member_number(&json, "n", 18446744073709551615u);
  capsa_json_key(&json, "list");
  capsa_json_open(&json, '[');
  capsa_json_number(&json, 0);
  capsa_json_bool(&json, true);
  capsa_json_open(&json, '[');
  capsa_json_close(&json, ']');
  capsa_json_raw(&json, CAPSA_LITERAL("{}"));
  capsa_json_close(&json, ']');
  capsa_json_close(&json, '}');
  CHECK_TEXT(
      capsa_buf_view(&buf),
      "{\"a\":\"b\",\"n\":18446744073709551615,\"list\":[0,true,[],{}]}");
  capsa_buf_free(&buf);
}

void test_json(void) {
  RUN(test_json__escapes_what_must_be_and_nothing_else);
  RUN(test_json__puts_commas_between_and_leaves_out_what_is_empty);
}
