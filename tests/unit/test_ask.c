/* What is typed and how it is understood, in words and as a tree. */
#include "search/ask.h"

#include <stdio.h>
#include <string.h>

#include "ask_tree.h"
#include "base/mem.h"
#include "capsa/search.h"
#include "tap.h"

typedef struct example {
  const char *typed, *understood;
} example;

/* In words; what is wrong with the tree is checked on the way. */
static capsa_slice understand(capsa_slice typed, bool typing,
                              capsa_arena *arena) {
  const capsa_ask *ask = NULL;
  capsa_buf buf = {0};
  capsa_slice text = {0};
  CHECK_STATUS(capsa_ask_read(typed, typing, arena, &ask), CAPSA_OK);
  capsa_ask_to_text(ask, &buf);
  CHECK_STATUS(capsa_buf_take(&buf, arena, &text), CAPSA_OK);
  size_t nodes = 0;
  const char *fault = ask ? ask_fault(ask, &nodes, 0) : NULL;
  if (ask && !fault) fault = ask_text_fault(text);
  if (!CHECK(!fault))
    printf("#   %s: `%.*s`\n", fault, (int)typed.len, typed.ptr);
  return text;
}

static void check_examples(const example *examples, size_t count, bool typing) {
  capsa_arena *arena = capsa_arena_new();
  for (size_t i = 0; i < count; i++)
    if (!CHECK_TEXT(
            understand(capsa_slice_of(examples[i].typed), typing, arena),
            examples[i].understood))
      printf("#   of `%s`\n", examples[i].typed);
  capsa_arena_free(arena);
}

#define CHECK_EXAMPLES(examples, typing)                                       \
  check_examples(examples, sizeof(examples) / sizeof *(examples), typing)

static void test_ask__joins_words(void) {
  static const example examples[] = {
      {"letter", "letter"},
      {"  two\twords ", "two and words"},
      {"well-known C++ couldn't", "well-known and C and couldn't"},
      {"bread AND wine", "bread and wine"},
      {"bread and wine", "bread and and and wine"},
      {"bread & wine + --", "bread and wine"},
      {"+bread ^wine", "bread and wine"},
      {"N.S. Khrushchev", "N.S and Khrushchev"},
      {"12:30 http://a.b/c?d=e", "12:30 and http://a.b/c?d=e"},
      {"fleet\xC2\xA0ship\xE3\x80\x80舰队", "fleet and ship and 舰队"},
      {"... ?! — ", ""},
      {"", ""},
  };
  CHECK_EXAMPLES(examples, false);
}

static void test_ask__makes_phrases_of_quotes_of_any_shape(void) {
  static const example examples[] = {
      {"\"to the king\" 1632", "\"to the king\" and 1632"},
      {"“a b” „c d“ ”e f” «g h» »i j«",
       "\"a b\" and \"c d\" and \"e f\" and \"g h\" and \"i j\""},
      {"‘a b’ ‚c d‘ ‹e f›", "\"a b\" and \"c d\" and \"e f\""},
      {"「甲 乙」『丙』《丁》〈戊〉〝己〞",
       "\"甲 乙\" and \"丙\" and \"丁\" and \"戊\" and \"己\""},
      {"＂a b＂", "\"a b\""},
      {"\"a b”", "\"a b\""},
      {"毛泽东“联合舰队”", "毛泽东 and \"联合舰队\""},
      {"“he said «no» again”", "\"he said «no» again\""},
      {"\"a b\"c", "\"a b\" and c"},
      {"\"still open", "\"still open\""},
      {"a \"\" \" \" b", "a and b"},
      {"5\" shell", "5 and shell"},
      {"5\"x (shell)", "5\"x and shell"},
      {"‘Abd al-Nasir’s speech", "Abd and al-Nasir and speech"},
      {"T‘ao Ch’i 'tis", "T‘ao and Ch’i and tis"},
  };
  CHECK_EXAMPLES(examples, false);
}

static void test_ask__takes_alternatives_before_blanks(void) {
  static const example examples[] = {
      {"a OR b", "a or b"},
      {"a | b|c", "a or b or c"},
      {"a || b", "a or b"},
      {"a b OR c d", "a and (b or c) and d"},
      {"a OR (b c)", "a or (b and c)"},
      {"(a OR b) OR c", "a or b or c"},
      {"a or b", "a and or and b"},
      {"ａ ＯＲ （ｂ）", "ａ or ｂ"},
      {"OR fleet", "OR and fleet"},
      {"fleet OR", "fleet and OR"},
      {"OR", "OR"},
      {"a OR OR b", "a and (OR or b)"},
      {"a OR -b", "a and OR, not b"},
      {"a OR () b", "a or b"},
      {"a AND OR b", "a and (AND or b)"},
      {"AND a AND", "AND and a and AND"},
  };
  CHECK_EXAMPLES(examples, false);
}

static void test_ask__leaves_out_what_is_not_wanted(void) {
  static const example examples[] = {
      {"a -b", "a, not b"},
      {"-b a", "a, not b"},
      {"a NOT b", "a, not b"},
      {"a AND NOT b", "a, not b"},
      {"a −b －c ‑d", "a, not b, not c, not d"},
      {"a -\"b c\" -(d OR e)", "a, not \"b c\", not (d or e)"},
      {"a (-b -c)", "a, not b, not c"},
      {"a (b -c)", "a and b, not c"},
      {"a -(b -c)", "a, not (b, not c)"},
      {"a - b", "a and b"},
      {"a --b ->c -", "a and b and c"},
      {"a-b", "a-b"},
      {"—a –b", "a and b"},
      {"-a", "a"},
      {"-a -b", "a and b"},
      {"NOT a", "NOT and a"},
      {"NOT", "NOT"},
      {"a NOT", "a and NOT"},
      {"NOT NOT a", "NOT, not a"},
      {"-(-a)", "a"},
      {"a OR (-b)", "a or b"},
      {"a OR (NOT b)", "a or (NOT and b)"},
      {"-speaker:mao", "said by mao"},
      {"date:1956 -fleet", "dated 1956, not fleet"},
      {"-\xF0\x9F\x98\x80 a", "a"},
      {"‏-אב גד", "גד, not אב"},
  };
  CHECK_EXAMPLES(examples, false);
}

static void test_ask__nests_and_forgives_brackets(void) {
  static const example examples[] = {
      {"(a)", "a"},
      {"(a b) c", "a and b and c"},
      {"（a OR b） c", "(a or b) and c"},
      {"(a OR (b (c OR d)))", "a or (b and (c or d))"},
      {"(a OR", "a and OR"},
      {"(a OR b", "a or b"},
      {"a)", "a"},
      {")(a", "a"},
      {"() (()) a", "a"},
      {"f(ond) you[r", "f(ond and you[r"},
      {"a OR(b c)", "a or (b and c)"},
      {"((((((((a OR b)))))))) c", "(a or b) and c"},
  };
  CHECK_EXAMPLES(examples, false);
}

static void test_ask__knows_what_begins_so(void) {
  static const example examples[] = {
      {"word*", "word…"},
      {"word**", "word…"},
      {"word＊", "word…"},
      {"\"a ph*\"", "\"a ph…\""},
      {"\"a ph\"*", "\"a ph…\""},
      {"*word wo*rd *", "word and wo*rd"},
      {"speaker:khru*", "said by khru…"},
  };
  CHECK_EXAMPLES(examples, false);
}

static void test_ask__knows_what_is_near(void) {
  static const example examples[] = {
      {"a NEAR b", "a within 10 words of b"},
      {"a NEAR/5 b", "a within 5 words of b"},
      {"a ~5 b", "a within 5 words of b"},
      {"a NEAR/1 b", "a within 1 word of b"},
      {"a NEAR/0 b", "a beside b"},
      {"a NEAR/1000 b", "a within 1000 words of b"},
      {"a NEAR/1001 b", "a within 1000 words of b"},
      {"a NEAR/99999999999999999999 b", "a within 1000 words of b"},
      {"\"a b\"~5", "\"a\" within 5 words of \"b\""},
      {"\"a b\"~ c", "(\"a\" within 10 words of \"b\") and c"},
      {"\"a\"~5", "\"a\""},
      {"\"a b\"~5x", "\"a b\" and 5x"},
      {"\"high-handed telegram\"~3",
       "\"high-handed\" within 3 words of \"telegram\""},
      {"a NEAR/3 b NEAR/5 c", "a within 5 words of b and c"},
      {"a NEAR \"b c\"", "a within 10 words of \"b c\""},
      {"a OR b NEAR c", "a or (b within 10 words of c)"},
      {"(a OR b) NEAR/5 c",
       "(a within 5 words of c) or (b within 5 words of c)"},
      {"(a b) NEAR c", "a and b and c"},
      {"date:1956 NEAR c", "c, dated 1956"},
      {"speaker:a NEAR b", "b, said by a"},
      {"speaker:(a NEAR b)", "said by (a within 10 words of b)"},
      {"NEAR a", "NEAR and a"},
      {"a NEAR", "a and NEAR"},
      {"a NEAR -b", "a and NEAR, not b"},
      {"a~5", "a~5"},
  };
  CHECK_EXAMPLES(examples, false);
}

static void test_ask__asks_for_fields(void) {
  static const example examples[] = {
      {"speaker:mao fleet", "fleet, said by mao"},
      {"Speaker:Mao", "said by Mao"},
      {"ｓｐｅａｋｅｒ：毛", "said by 毛"},
      {"speaker:\"mao zedong\" fleet", "fleet, said by \"mao zedong\""},
      {"speaker:“mao zedong”", "said by \"mao zedong\""},
      {"speaker:(mao zedong)", "said by (mao and zedong)"},
      {"speaker:(mao OR zhou) fleet", "fleet, said by (mao or zhou)"},
      {"speaker:mao|zhou fleet", "fleet, said by (mao or zhou)"},
      {"speaker:mao zedong", "zedong, said by mao"},
      {"fleet -speaker:mao", "fleet, not said by mao"},
      {"fleet NOT speaker:(mao OR zhou)", "fleet, not said by (mao or zhou)"},
      {"speaker:mao OR to:mao", "said by mao or in answer to mao"},
      {"to:khrushchev", "in answer to khrushchev"},
      {"speaker:OR", "said by OR"},
      {"speaker:-mao", "said by mao"},
      {"speaker: mao", "speaker and mao"},
      {"speaker:", "speaker"},
      {"speaker:\"\" fleet", "speaker and fleet"},
      {"speaker:!!! fleet", "speaker and fleet"},
      {"speakers:mao", "speakers:mao"},
      {"a OR speaker:", "a or speaker"},
      {"-speaker: a", "a, not speaker"},
  };
  CHECK_EXAMPLES(examples, false);
}

static void test_ask__keeps_words_to_a_part_of_the_text(void) {
  static const example examples[] = {
      {"ogoroshil in:gloss", "ogoroshil in a gloss"},
      {"in:gloss ogoroshil", "ogoroshil in a gloss"},
      {"IN:Glosses a b", "(a and b) in a gloss"},
      {"in:gloss (a OR b)", "(a or b) in a gloss"},
      {"in:gloss:a b", "a in a gloss and b"},
      {"in:gloss:\"a b\" c", "\"a b\" in a gloss and c"},
      {"in:gloss(a OR b) c", "(a or b) in a gloss and c"},
      {"in:gloss:(a OR b) c", "(a or b) in a gloss and c"},
      {"(a in:gloss) b", "a in a gloss and b"},
      {"a (b in:note) in:gloss", "a in a gloss and b in a note"},
      {"(a in:any) b in:gloss", "a and b in a gloss"},
      {"a NEAR b in:speech", "(a within 10 words of b) in a speech"},
      {"a OR b in:title", "(a or b) in a title"},
      {"a in:heading", "a in a heading"},
      {"a in:editorial", "a in editorial text"},
      {"a in:gloss|note", "a in a gloss or a in a note"},
      {"a in:gloss,note", "a in a gloss or a in a note"},
      {"a in:(gloss OR note)", "a in a gloss or a in a note"},
      {"a in:gloss in:note", "a in a gloss or a in a note"},
      {"in:gloss|note:a b", "(a in a gloss or a in a note) and b"},
      {"a -in:gloss", "a, not a in a gloss"},
      {"(a OR b) -in:gloss", "a or b, not (a or b) in a gloss"},
      {"-in:gloss:a b", "b, not a in a gloss"},
      {"speaker:mao fleet in:note", "fleet in a note, said by mao"},
      {"in:gloss", "in:gloss"},
      {"-in:gloss", "in:gloss"},
      {"speaker:mao in:gloss", "in:gloss, said by mao"},
      {"a in:foo in:glossy in:(gloss",
       "a and in:foo and in:glossy and in:(gloss"},
  };
  CHECK_EXAMPLES(examples, false);
}

static void test_ask__reads_dates_as_people_type_them(void) {
  static const example examples[] = {
      {"date:1956", "dated 1956"},
      {"date:1956..1958", "dated 1956 to 1958"},
      {"date:1956...1958", "dated 1956 to 1958"},
      {"date:1956…1958", "dated 1956 to 1958"},
      {"date:1956-1958", "dated 1956 to 1958"},
      {"date:1956–1958", "dated 1956 to 1958"},
      {"date:1956/1958", "dated 1956 to 1958"},
      {"date:1956～1958", "dated 1956 to 1958"},
      {"date:1956 - 1958 a", "a, dated 1956 to 1958"},
      {"date:1956 to 1958 a", "a, dated 1956 to 1958"},
      {"date:1956-58", "dated 1956 to 1958"},
      {"date:1958..1956", "dated 1956 to 1958"},
      {"date:1956-02", "dated February 1956"},
      {"date:1956-2", "dated February 1956"},
      {"date:1956-02-14", "dated 14 February 1956"},
      {"date:1956-02..", "dated from February 1956 on"},
      {"date:1956-", "dated from 1956 on"},
      {"date:..1958", "dated until 1958"},
      {"date:-1958", "dated until 1958"},
      {"date:14.2.1956", "dated 14 February 1956"},
      {"date:2/14/1956", "dated 14 February 1956"},
      {"date:14/2/1956", "dated 14 February 1956"},
      {"date:02/1956", "dated February 1956"},
      {"date:Feb 1956 a", "a, dated February 1956"},
      {"date:\"Feb 1956\" a", "a, dated February 1956"},
      {"date:14 February 1956, a", "a, dated 14 February 1956"},
      {"date:February 14, 1956", "dated 14 February 1956"},
      {"date:Feb-Mar 1956", "dated February 1956 to March 1956"},
      {"date:14-18 Feb 1956", "dated 14 February 1956 to 18 February 1956"},
      {"date:Feb 1956..Mar 1957", "dated February 1956 to March 1957"},
      {"date:31.VII.1958", "dated 31 July 1958"},
      {"date:31 июля 1958", "dated 31 July 1958"},
      {"date:1956年2月14日", "dated 14 February 1956"},
      {"date:1956年", "dated 1956"},
      {"date：１９５６", "dated 1956"},
      {"date:1950s", "dated 1950 to 1959"},
      {"year:1956", "dated 1956"},
      {"date:(1956 OR 1958) a", "a, (dated 1956 or dated 1958)"},
      {"(date:1956) a", "a, dated 1956"},
      {"-date:1956 a", "a, not dated 1956"},
      {"date:1956 1958", "1958, dated 1956"},
      {"date:2024-02-29", "dated 29 February 2024"},
      {"date:1956-02-30", "date:1956-02-30"},
      {"date:1956-13-01", "date:1956-13-01"},
      {"date:xyz", "date:xyz"},
      {"date:", "date"},
      {"date:.. a", "date and a"},
      {"date:99999", "date:99999"},
  };
  CHECK_EXAMPLES(examples, false);
}

static void test_ask__reads_filters(void) {
  static const example examples[] = {
      {"lang:ru", "in Russian"},
      {"lang:RUSSIAN", "in Russian"},
      {"language:русский", "in Russian"},
      {"lang:zh-Hant", "in Chinese (zh-hant)"},
      {"lang:xx", "in the language xx"},
      {"lang:klingon", "lang:klingon"},
      {"fond:52, a", "a, from fond 52"},
      {"fond:(52 OR 56)", "from fond 52 or from fond 56"},
      {"archive:APRF", "from the archive APRF"},
      {"collection:\"China Collection\"",
       "from the collection China Collection"},
      {"doc:1958-07-31 document:x",
       "in the document 1958-07-31, in the document x"},
      {"has:note a", "a, with a note of your own"},
      {"has:wings", "has:wings"},
      {"tag:cold-war -tag:\xF0\x9F\x98\x80",
       "tagged cold-war, not tagged \xF0\x9F\x98\x80"},
      {"fond:\"\"", "fond"},
      {"fond:5*", "from fond 5…"},
      {"fond:52 OR a", "from fond 52 or a"},
  };
  CHECK_EXAMPLES(examples, false);
}

static void test_ask__waits_for_what_is_being_typed(void) {
  static const example examples[] = {
      {"joint fle", "joint and fle…"},
      {"joint fleet ", "joint and fleet"},
      {"\"joint fle", "\"joint fle…\""},
      {"\"joint fleet\"", "\"joint fleet\""},
      {"\"joint ", "\"joint\""},
      {"(joint OR fle", "joint or fle…"},
      {"couldn'", "couldn…"},
      {"high-", "high…"},
      {"fleet OR", "fleet"},
      {"fleet OR ", "fleet"},
      {"fleet NOT ", "fleet"},
      {"fleet -", "fleet"},
      {"fleet -s", "fleet, not s…"},
      {"fleet NEAR/", "fleet"},
      {"fleet (", "fleet"},
      {"OR", "OR…"},
      {"speaker:", ""},
      {"fleet speaker:m", "fleet, said by m…"},
      {"fleet speaker:(", "fleet"},
      {"in:gl", ""},
      {"fleet in:gl", "fleet"},
      {"in:gloss", ""},
      {"fleet in:gloss", "fleet in a gloss"},
      {"date:195", ""},
      {"a date:Feb 19", "a"},
      {"a date:1956..19", "a, dated from 1956 on"},
      {"a date:1956-0", "a, dated from 1956 on"},
      {"lang:r", ""},
      {"a has:n", "a"},
      {"fond:5", "from fond 5…"},
  };
  CHECK_EXAMPLES(examples, true);
}

/* ---- trees */

static void put_tree(const capsa_ask *ask, capsa_buf *out) {
  static const char *const kinds[CAPSA_ASK_KIND_COUNT] = {
      "",        "NEAR", "AND",        "OR",  "NOT", "DATE", "LANGUAGE",
      "ARCHIVE", "FOND", "COLLECTION", "DOC", "HAS", "TAG"};
  if (ask->more) capsa_buf_puts(out, "more ");
  capsa_buf_puts(out, kinds[ask->kind]);
  if (ask->kind == CAPSA_ASK_NEAR) capsa_buf_put_number(out, ask->distance);
  if (ask->kind == CAPSA_ASK_WORDS && ask->field) {
    capsa_buf_puts(out, capsa_field_name(ask->field));
    capsa_buf_putc(out, ':');
  }
  for (size_t i = 0; i < ask->word_count; i++) {
    if (i) capsa_buf_putc(out, '_');
    capsa_buf_put(out, ask->words[i].folded);
  }
  if (ask->joined.len) capsa_buf_putc(out, '=');
  capsa_buf_put(out, ask->joined);
  if (ask->kind > CAPSA_ASK_NOT) capsa_buf_putc(out, '=');
  capsa_buf_put(out, ask->value);
  capsa_buf_put(out, ask->from);
  if (ask->kind == CAPSA_ASK_DATE) capsa_buf_putc(out, '/');
  capsa_buf_put(out, ask->to);
  if (ask->quoted) capsa_buf_putc(out, '"');
  if (ask->prefix) capsa_buf_putc(out, ask->typing ? '?' : '*');
  if (ask->child_count) capsa_buf_putc(out, '(');
  for (size_t i = 0; i < ask->child_count; i++) {
    if (i) capsa_buf_putc(out, ' ');
    put_tree(&ask->children[i], out);
  }
  if (ask->child_count) capsa_buf_putc(out, ')');
}

static void test_ask__builds_the_tree_that_it_tells(void) {
  static const struct {
    const char *typed;
    bool typing;
    const char *tree;
  } examples[] = {
      {"Fleet", false, "fleet"},
      {"Fleet", true, "fleet?"},
      {"fle*", true, "fle*"},
      {"\"The Fleet\"", false, "the_fleet\""},
      {"high-handed", false, "high_handed=highhanded"},
      {"\"high-handed\" man", false, "AND(high_handed=highhanded\" man)"},
      {"\"a high-handed man\"", false, "a_high_handed_man\""},
      {"N.S.", false, "n_s=ns"},
      {"couldn’t", false, "couldnt"},
      {"毛泽东", false, "毛_泽_东"},
      {"Хрущёв", false, "хрущев"},
      {"a b -c OR", false, "AND(a b NOT(c) or)"},
      {"a (b (c -d))", false, "AND(a b c NOT(d))"},
      {"\"a b\"~5", false, "NEAR5(a\" b\")"},
      {"\"a b*\"~5 c", false, "AND(NEAR5(a\" b\"*) c)"},
      {"speaker:mao fleet in:gloss", false, "AND(speaker:mao gloss:fleet)"},
      {"a NEAR b in:note", false, "NEAR10(note:a note:b)"},
      {"a in:any", false, "a"},
      {"date:1956-02..1958", false, "DATE=1956-02/1958"},
      {"date:..1958", false, "DATE=/1958"},
      {"date:1956", false, "DATE=1956/1956"},
      {"lang:ZH-Hant fond:\" 52 \"", false, "AND(LANGUAGE=zh-hant FOND= 52)"},
      {"has:notes", false, "HAS=note"},
      {"fond:5", true, "FOND=5?"},
  };
  capsa_arena *arena = capsa_arena_new();
  for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
    const capsa_ask *ask = NULL;
    capsa_buf out = {0};
    CHECK_STATUS(capsa_ask_read(capsa_slice_of(examples[i].typed),
                                examples[i].typing, arena, &ask),
                 CAPSA_OK);
    if (CHECK(ask)) put_tree(ask, &out);
    CHECK_TEXT(capsa_buf_view(&out), examples[i].tree);
    capsa_buf_free(&out);
  }
  capsa_arena_free(arena);
}

/* ---- limits and bad input */

static const char REST[] = "; the rest of what was typed is not looked for";

/* `count` times `piece`, as it is understood. */
static capsa_slice repeated(const char *piece, size_t count,
                            capsa_arena *arena) {
  size_t len = strlen(piece);
  char *typed = capsa_arena_bytes(arena, len * count);
  if (!CHECK(typed)) return (capsa_slice){0};
  for (size_t i = 0; i < count; i++) memcpy(typed + i * len, piece, len);
  return understand((capsa_slice){typed, len * count}, false, arena);
}

static size_t count_of(capsa_slice text, const char *what) {
  size_t count = 0, at = 0;
  while ((at = capsa_slice_finds(text, what, at)) != CAPSA_NOT_FOUND) {
    at += strlen(what);
    count++;
  }
  return count;
}

static void check_limit(const char *piece, size_t most) {
  capsa_arena *arena = capsa_arena_new();
  capsa_slice at_limit = repeated(piece, most, arena);
  capsa_slice above = repeated(piece, most + 1, arena);
  CHECK(!capsa_slice_ends(at_limit, REST));
  CHECK(capsa_slice_ends(above, REST));
  CHECK_NUMBER(above.len, at_limit.len + strlen(REST));
  capsa_arena_free(arena);
}

static void test_ask__reads_so_many_nodes_and_says_that_there_are_more(void) {
  check_limit("a ", CAPSA_ASK_NODES_MAX - 1);
  check_limit("speaker:a ", CAPSA_ASK_NODES_MAX - 1);
  check_limit("date:1956 ", CAPSA_ASK_NODES_MAX - 1);
}

static void test_ask__reads_so_many_words_of_a_phrase(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_slice at_limit = repeated("毛", CAPSA_ASK_WORDS_MAX, arena);
  capsa_slice above = repeated("毛", CAPSA_ASK_WORDS_MAX + 1, arena);
  CHECK_NUMBER(at_limit.len, CAPSA_ASK_WORDS_MAX * strlen("毛"));
  CHECK_NUMBER(above.len, at_limit.len + strlen(REST));
  capsa_arena_free(arena);
}

static void test_ask__reads_so_many_bytes_and_cuts_no_word(void) {
  static char typed[100000];
  capsa_arena *arena = capsa_arena_new();
  memset(typed, ' ', sizeof typed);
  memcpy(typed, "first", 5);
  memcpy(typed + CAPSA_QUERY_BYTES_MAX - 4, "last", 4);
  CHECK_TEXT(
      understand((capsa_slice){typed, CAPSA_QUERY_BYTES_MAX}, true, arena),
      "first and last…");
  CHECK_TEXT(understand((capsa_slice){typed, sizeof typed}, true, arena),
             "first and last");
  typed[CAPSA_QUERY_BYTES_MAX] = 's';
  CHECK_TEXT(
      understand((capsa_slice){typed, CAPSA_QUERY_BYTES_MAX + 1}, true, arena),
      "first; the rest of what was typed is not looked for");

  /* é has two bytes, and the limit falls between them. */
  for (size_t i = 0; i < sizeof typed; i++) typed[i] = i % 2 ? '\xA9' : '\xC3';
  capsa_slice one =
      understand((capsa_slice){typed, sizeof typed}, false, arena);
  CHECK_NUMBER(one.len, CAPSA_QUERY_BYTES_MAX + strlen(REST));
  capsa_arena_free(arena);
}

/* `-(a b)` in so many brackets, its own among them. */
static capsa_slice nested(int levels, capsa_arena *arena) {
  capsa_buf typed = {0};
  for (int i = 1; i < levels; i++) capsa_buf_puts(&typed, "z (");
  capsa_buf_puts(&typed, "y -(a b)");
  for (int i = 1; i < levels; i++) capsa_buf_puts(&typed, " OR x)");
  capsa_slice text = understand(capsa_buf_view(&typed), false, arena);
  capsa_buf_free(&typed);
  return text;
}

static void test_ask__nests_so_deep_and_no_deeper(void) {
  capsa_arena *arena = capsa_arena_new();
  capsa_slice at_limit = nested(CAPSA_ASK_DEPTH_MAX, arena);
  capsa_slice above = nested(CAPSA_ASK_DEPTH_MAX + 1, arena);
  CHECK_NUMBER(count_of(at_limit, "not (a and b)"), 1);
  CHECK_NUMBER(count_of(above, "not (a and b)"), 0);
  CHECK_NUMBER(count_of(above, "not a"), 1);
  CHECK(capsa_slice_ends(nested(5000, arena), REST));
  capsa_arena_free(arena);
}

/* Nothing but signs, characters that are none, what other programs choke on.
 * That each is understood somehow is checked on the way. */
static const capsa_slice naughty[] = {
#define TEXT(text)                                                             \
  { text, sizeof(text) - 1 }
    TEXT("\0"),
    TEXT("a\0b"),
    TEXT("\0\"\0"),
    TEXT("\x01\x02\x1B[31m\x7F"),
    TEXT("\xED\xA0\x80"),
    TEXT("a \xED\xBF\xBF b"),
    TEXT("\xC0\x80\xFF\xFE"),
    TEXT("\xE2\x80"),
    TEXT("fleet\xE2"),
    TEXT("\xF4\x90\x80\x80"),
    TEXT("\xEF\xBB\xBF"
         "fleet"),
    TEXT("\xEF\xBF\xBF \xEF\xBF\xBE"),
    TEXT("\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D"
         "\xF0\x9F\x91\xA6"),
    TEXT("\xF0\x9F\x87\xBA\xF0\x9F\x87\xB8 -\xF0\x9F\x87\xB7\xF0\x9F\x87\xBA"),
    TEXT("\xE2\x80\xAE"
         "fleet\xE2\x80\xAC"),
    TEXT("\xE2\x80\x8F\xD7\x90\xD7\x91\xE2\x80\x8E (\xD7\x92)"),
    TEXT("Z\xCC\xB5\xCC\xA1\xCD\x81\xCC\x95\xCC\x80\xCC\xBB\xCD\x9D"
         "algo"),
    TEXT("\xCC\x81\xCC\x81\xCC\x81"),
    TEXT("\"\"\"\"\"\"\""),
    TEXT("((((((((((((((((((((("),
    TEXT(")))))))))))))))))))))"),
    TEXT("()()()(()())(((())))"),
    TEXT("-------------------"),
    TEXT("- - - -- -- ---"),
    TEXT("-\"-(-\"-)-"),
    TEXT("~~~~~5~5~"),
    TEXT("*****"),
    TEXT("* * \"*\" (*)"),
    TEXT(":::::"),
    TEXT("speaker::::"),
    TEXT("speaker:speaker:speaker:"),
    TEXT("in:in:in:gloss"),
    TEXT("in:gloss:in:gloss:a"),
    TEXT("in:(((gloss)))"),
    TEXT("in:|,|gloss"),
    TEXT("in:gloss|"),
    TEXT("in:gloss|speaker a"),
    TEXT("-in:gloss -in:note"),
    TEXT("(in:gloss) (in:note) a"),
    TEXT("in:(gloss OR"),
    TEXT("AND OR NOT NEAR NEAR/5"),
    TEXT("NOT NOT NOT NOT"),
    TEXT("OR OR OR OR OR"),
    TEXT("NEAR NEAR NEAR"),
    TEXT("NEAR(a b, 5)"),
    TEXT("a NEAR/ NEAR/-1 NEAR/5.5 b"),
    TEXT("a OR NEAR OR b NEAR OR c"),
    TEXT("( OR ) NOT ( AND )"),
    TEXT("NOT(a) OR(b) AND(c) NEAR(d)"),
    TEXT("||||||"),
    TEXT("a|||b||"),
    TEXT("date:date:1956"),
    TEXT("date:(((("),
    TEXT("date:\"1956"),
    TEXT("date:1956..1957..1958"),
    TEXT("date:....."),
    TEXT("date:-----"),
    TEXT("date:0000-00-00"),
    TEXT("date:9999999999999999999999999999999999"),
    TEXT("date:1956-02-1\xEF\xBC\x94"),
    TEXT("date:1956\xE2\x80\xA6"),
    TEXT("lang:\xFF"),
    TEXT("lang:fond\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE"
         "\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE"
         "\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE"),
    TEXT("has:(note OR wings)"),
    TEXT("fond:(-52)"),
    TEXT("fond:(a NEAR b)"),
    TEXT("doc:\"\"\"\""),
    TEXT("tag:,,,,"),
    TEXT("'; DROP TABLE block; --"),
    TEXT("1' OR '1'='1"),
    TEXT("\" OR 1=1 --"),
    TEXT("%s%n%d %x"),
    TEXT("${jndi:ldap://a.b/c}"),
    TEXT("<script>alert(1)</script>"),
    TEXT("&lt;b&gt;"),
    TEXT("../../etc/passwd"),
    TEXT("C:\\fleet\\*.txt"),
    TEXT("{\"query\": [\"a\", null]}"),
    TEXT("^$.*+?()[]{}|\\"),
    TEXT("NaN null undefined true"),
    TEXT("1e309 -1 0x0 -0"),
    TEXT("\r\n\r\n"),
    TEXT("fleet\r\nOR\r\nship"),
    TEXT("\xC2\xAD\xC2\xAD"),
    TEXT("fl\xC2\xAD"
         "eet"),
    TEXT("\xE2\x80\x9C\xE2\x80\x9D\xC2\xAB\xC2\xBB\xE3\x80\x8C\xE3\x80\x8D"),
    TEXT("\xE3\x80\x8D\xE3\x80\x8C"),
    TEXT("\xE2\x80\x98\xE2\x80\x99\xE2\x80\x98"),
    TEXT("\xEF\xBC\x88\xEF\xBC\x89\xEF\xBC\x9A\xEF\xBC\x8A\xEF\xBC\x82"),
    TEXT("\xEF\xBB\xBF-\xE2\x80\x8B"
         "a"),
    TEXT("\xE0\xB8\x81\xE0\xB8\xB3"),
    TEXT("\xE2\x85\xA7 \xE2\x91\xA0 \xC2\xBD"),
#undef TEXT
};

static void test_ask__understands_naughty_strings_somehow(void) {
  capsa_arena *arena = capsa_arena_new();
  for (size_t i = 0; i < sizeof naughty / sizeof *naughty; i++) {
    understand(naughty[i], false, arena);
    understand(naughty[i], true, arena);
    /* Beside a word that means something it means no less. */
    capsa_buf with = {0};
    capsa_buf_put(&with, naughty[i]);
    capsa_buf_puts(&with, " fleet");
    CHECK(understand(capsa_buf_view(&with), false, arena).len);
    capsa_buf_free(&with);
  }
  capsa_arena_free(arena);
}

/* Every text of up to four of these pieces. */
static void test_ask__understands_all_short_texts(void) {
  static const capsa_slice pieces[] = {
      {"a", 1},        {" b", 2},       {" ", 1},         {"\"", 1},
      {"(", 1},        {")", 1},        {"-", 1},         {"*", 1},
      {":", 1},        {" OR ", 4},     {" NOT ", 5},     {" NEAR ", 6},
      {"in:gloss", 8}, {"speaker:", 8}, {"date:1956", 9}, {"~5", 2},
      {"\0", 1},       {"\xE2", 1},     {"|", 1},         {"..", 2}};
  const size_t base = sizeof pieces / sizeof *pieces;
  capsa_arena *arena = capsa_arena_new();
  for (size_t n = 0; n < base * base * base * base; n++) {
    char typed[40];
    size_t len = 0;
    for (size_t i = 0, k = n; i < 4; i++, k /= base) {
      memcpy(typed + len, pieces[k % base].ptr, pieces[k % base].len);
      len += pieces[k % base].len;
    }
    understand((capsa_slice){typed, len}, n & 1, arena);
    if (n % 256 == 0) capsa_arena_reset(arena);
  }
  capsa_arena_free(arena);
}

static void test_ask__reports_that_memory_is_out(void) {
  static const char typed[] =
      "a \"b c\" OR d -(e f) in:gloss|note (g NEAR h) date:1956 lang:ru "
      "speaker:(i OR j) \"k l\"~5";
  bool done = false;
  for (int n = 0; n < 100 && !done; n++) {
    size_t live = capsa_mem_live();
    capsa_mem_fail_after(n);
    capsa_arena *arena = capsa_arena_new();
    const capsa_ask *ask = NULL;
    capsa_status st = CAPSA_ENOMEM;
    if (arena) st = capsa_ask_read(capsa_slice_of(typed), false, arena, &ask);
    capsa_mem_fail_after(-1);
    done = CHECK(st == CAPSA_OK || st == CAPSA_ENOMEM) && !st;
    CHECK(!st == (ask != NULL));
    capsa_arena_free(arena);
    CHECK_NUMBER(capsa_mem_live(), live);
  }
  CHECK(done);
}

static void test_ask__names_its_fields(void) {
  CHECK_TEXT(capsa_slice_of(capsa_field_name(CAPSA_FIELD_ANY)), "any");
  CHECK_TEXT(capsa_slice_of(capsa_field_name(CAPSA_FIELD_GLOSS)), "gloss");
  CHECK_TEXT(capsa_slice_of(capsa_field_name(CAPSA_FIELD_TO)), "to");
}

void test_ask(void) {
  RUN(test_ask__joins_words);
  RUN(test_ask__makes_phrases_of_quotes_of_any_shape);
  RUN(test_ask__takes_alternatives_before_blanks);
  RUN(test_ask__leaves_out_what_is_not_wanted);
  RUN(test_ask__nests_and_forgives_brackets);
  RUN(test_ask__knows_what_begins_so);
  RUN(test_ask__knows_what_is_near);
  RUN(test_ask__asks_for_fields);
  RUN(test_ask__keeps_words_to_a_part_of_the_text);
  RUN(test_ask__reads_dates_as_people_type_them);
  RUN(test_ask__reads_filters);
  RUN(test_ask__waits_for_what_is_being_typed);
  RUN(test_ask__builds_the_tree_that_it_tells);
  RUN(test_ask__reads_so_many_nodes_and_says_that_there_are_more);
  RUN(test_ask__reads_so_many_words_of_a_phrase);
  RUN(test_ask__reads_so_many_bytes_and_cuts_no_word);
  RUN(test_ask__nests_so_deep_and_no_deeper);
  RUN(test_ask__understands_naughty_strings_somehow);
  RUN(test_ask__understands_all_short_texts);
  RUN(test_ask__reports_that_memory_is_out);
  RUN(test_ask__names_its_fields);
}
