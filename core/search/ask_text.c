/* ask_text.c -- a tree in words: what must be in the text, then where and
 * when, then what must not. */
#include "search/ask.h"

#include "base/slice.h"
#include "capsa/search.h"
#include "search/ask/dates.h"
#include "search/ask/names.h"
#include "search/ask/signs.h"

static void put_node(const capsa_ask *ask, bool tight, capsa_buf *out);

const char *capsa_field_name(capsa_field field) {
  static const char *const names[CAPSA_FIELD_COUNT] = {
      "any",     "speech", "editorial", "gloss", "note",
      "heading", "title",  "speaker",   "to"};
  return field < CAPSA_FIELD_COUNT ? names[field] : "";
}

/* In words, before what stands in the field, and behind it. */
static const struct {
  const char *before, *behind;
} places[CAPSA_FIELD_COUNT] = {
    [CAPSA_FIELD_ANY] = {"", ""},
    [CAPSA_FIELD_SPEECH] = {"", " in a speech"},
    [CAPSA_FIELD_EDITORIAL] = {"", " in editorial text"},
    [CAPSA_FIELD_GLOSS] = {"", " in a gloss"},
    [CAPSA_FIELD_NOTE] = {"", " in a note"},
    [CAPSA_FIELD_HEADING] = {"", " in a heading"},
    [CAPSA_FIELD_TITLE] = {"", " in a title"},
    [CAPSA_FIELD_SPEAKER] = {"said by ", ""},
    [CAPSA_FIELD_TO] = {"in answer to ", ""},
};

/* As typed, in one line: bytes that are no text, and marks that would turn
 * what stands around them, are left out. */
static void put_shown(capsa_slice text, capsa_buf *out) {
  bool blank = false;
  for (size_t i = 0; i < text.len;) {
    capsa_codepoint cp = capsa_utf8_next(text, i);
    if (capsa_ask_is_blank(cp.value)) {
      if (!blank) capsa_buf_putc(out, ' ');
    } else if (!cp.valid) {
      capsa_utf8_put(out, 0xFFFD);
    } else if (!capsa_ask_is_invisible(cp.value)) {
      capsa_buf_put(out, capsa_slice_cut(text, i, i + cp.len));
    }
    blank = capsa_ask_is_blank(cp.value);
    i += cp.len;
  }
}

/* The field that all words in it stand in; ANY where they differ, or where
 * there is something else. */
static capsa_field common_field(const capsa_ask *ask) {
  if (ask->kind == CAPSA_ASK_WORDS) return ask->field;
  if (ask->kind != CAPSA_ASK_AND && ask->kind != CAPSA_ASK_OR &&
      ask->kind != CAPSA_ASK_NEAR)
    return CAPSA_FIELD_ANY;
  capsa_field first = common_field(&ask->children[0]);
  for (size_t i = 1; i < ask->child_count; i++)
    if (common_field(&ask->children[i]) != first) return CAPSA_FIELD_ANY;
  return first;
}

/* Is it told behind a comma? */
static bool is_circumstance(const capsa_ask *ask) {
  capsa_field field = common_field(ask);
  if (ask->kind == CAPSA_ASK_AND || ask->kind == CAPSA_ASK_OR) {
    for (size_t i = 0; i < ask->child_count; i++)
      if (!is_circumstance(&ask->children[i])) return false;
    return true;
  }
  return ask->kind >= CAPSA_ASK_DATE || field == CAPSA_FIELD_SPEAKER ||
         field == CAPSA_FIELD_TO;
}

/* ---- leaves */

static void put_words(const capsa_ask *ask, capsa_buf *out) {
  if (ask->quoted) capsa_buf_putc(out, '"');
  put_shown(ask->typed, out);
  if (ask->prefix) capsa_buf_puts(out, "…");
  if (ask->quoted) capsa_buf_putc(out, '"');
}

static void put_dates(const capsa_ask *ask, capsa_buf *out) {
  capsa_buf_puts(out, "dated ");
  if (capsa_slice_equal(ask->from, ask->to)) {
    capsa_ask_date_put(ask->from, out);
  } else if (!ask->from.len) {
    capsa_buf_puts(out, "until ");
    capsa_ask_date_put(ask->to, out);
  } else if (!ask->to.len) {
    capsa_buf_puts(out, "from ");
    capsa_ask_date_put(ask->from, out);
    capsa_buf_puts(out, " on");
  } else {
    capsa_ask_date_put(ask->from, out);
    capsa_buf_puts(out, " to ");
    capsa_ask_date_put(ask->to, out);
  }
}

static void put_language(const capsa_ask *ask, capsa_buf *out) {
  const char *name = capsa_ask_language_name(ask->value);
  size_t dash = capsa_slice_finds(ask->value, "-", 0);
  if (name) capsa_buf_puts(out, "in ");
  else capsa_buf_puts(out, "in the language ");
  if (name) capsa_buf_puts(out, name);
  if (!name || dash != CAPSA_NOT_FOUND) {
    if (name) capsa_buf_puts(out, " (");
    put_shown(ask->value, out);
    if (name) capsa_buf_putc(out, ')');
  }
}

static void put_filter(const capsa_ask *ask, capsa_buf *out) {
  static const char *const words[CAPSA_ASK_KIND_COUNT] = {
      [CAPSA_ASK_ARCHIVE] = "from the archive ",
      [CAPSA_ASK_FOND] = "from fond ",
      [CAPSA_ASK_COLLECTION] = "from the collection ",
      [CAPSA_ASK_DOCUMENT] = "in the document ",
      [CAPSA_ASK_TAG] = "tagged "};
  if (ask->kind == CAPSA_ASK_DATE) put_dates(ask, out);
  else if (ask->kind == CAPSA_ASK_LANGUAGE) put_language(ask, out);
  else if (ask->kind == CAPSA_ASK_HAS)
    capsa_buf_puts(out, "with a note of your own");
  else {
    capsa_buf_puts(out, words[ask->kind]);
    put_shown(ask->value, out);
    if (ask->prefix) capsa_buf_puts(out, "…");
  }
}

/* ---- rows */

/* `a within 5 words of b and c` */
static void put_near(const capsa_ask *ask, capsa_buf *out) {
  for (size_t i = 0; i < ask->child_count; i++) {
    if (i == 1 && !ask->distance) capsa_buf_puts(out, " beside ");
    else if (i == 1)
      capsa_buf_putf(out, " within %u word%s of ", (unsigned)ask->distance,
                     ask->distance == 1 ? "" : "s");
    else if (i) capsa_buf_puts(out, " and ");
    put_words(&ask->children[i], out);
  }
}

static void put_any(const capsa_ask *ask, capsa_buf *out) {
  for (size_t i = 0; i < ask->child_count; i++) {
    if (i) capsa_buf_puts(out, " or ");
    put_node(&ask->children[i], true, out);
  }
}

static size_t count_texts(const capsa_ask *ask) {
  size_t count = 0;
  for (size_t i = 0; i < ask->child_count; i++)
    count += ask->children[i].kind != CAPSA_ASK_NOT &&
             !is_circumstance(&ask->children[i]);
  return count;
}

/* Texts first, joined by `and`, then circumstances, then what is not wanted;
 * these with commas. */
static void put_all(const capsa_ask *ask, capsa_buf *out) {
  size_t start = out->len, texts = count_texts(ask);
  for (int turn = 0; turn < 3; turn++)
    for (size_t i = 0; i < ask->child_count; i++) {
      const capsa_ask *node = &ask->children[i];
      bool not = node->kind == CAPSA_ASK_NOT;
      if (turn != (not ? 2 : is_circumstance(node) ? 1 : 0)) continue;
      if (out->len > start) capsa_buf_puts(out, turn ? ", " : " and ");
      if (not ) {
        capsa_buf_puts(out, "not ");
        put_node(&node->children[0], true, out);
      } else {
        put_node(node, turn || texts > 1, out);
      }
    }
}

static void put_row(const capsa_ask *ask, capsa_buf *out) {
  if (ask->kind == CAPSA_ASK_NEAR) put_near(ask, out);
  else if (ask->kind == CAPSA_ASK_OR) put_any(ask, out);
  else put_all(ask, out);
}

/* The same without its field, which is said once around all of it. */
static void put_bare(const capsa_ask *ask, capsa_buf *out) {
  if (ask->kind == CAPSA_ASK_WORDS) {
    put_words(ask, out);
    return;
  }
  const char *between = ask->kind == CAPSA_ASK_OR ? " or " : " and ";
  if (ask->kind == CAPSA_ASK_NEAR) {
    put_near(ask, out);
    return;
  }
  for (size_t i = 0; i < ask->child_count; i++) {
    const capsa_ask *node = &ask->children[i];
    if (i) capsa_buf_puts(out, between);
    if (node->kind != CAPSA_ASK_WORDS) capsa_buf_putc(out, '(');
    put_bare(node, out);
    if (node->kind != CAPSA_ASK_WORDS) capsa_buf_putc(out, ')');
  }
}

/* @param tight  something stands beside it: a row is put in brackets */
static void put_node(const capsa_ask *ask, bool tight, capsa_buf *out) {
  bool row = ask->kind == CAPSA_ASK_AND || ask->kind == CAPSA_ASK_OR ||
             ask->kind == CAPSA_ASK_NEAR;
  capsa_field field = common_field(ask);
  if (field) {
    capsa_buf_puts(out, places[field].before);
    if (row) capsa_buf_putc(out, '(');
    put_bare(ask, out);
    if (row) capsa_buf_putc(out, ')');
    capsa_buf_puts(out, places[field].behind);
    return;
  }
  if (row && tight) capsa_buf_putc(out, '(');
  if (row) put_row(ask, out);
  else if (ask->kind == CAPSA_ASK_WORDS) put_words(ask, out);
  else put_filter(ask, out);
  if (row && tight) capsa_buf_putc(out, ')');
}

void capsa_ask_to_text(const capsa_ask *ask, capsa_buf *out) {
  if (!ask) return;
  put_node(ask, false, out);
  if (ask->more)
    capsa_buf_puts(out, "; the rest of what was typed is not looked for");
}

capsa_status capsa_query_explain(const capsa_query *query, capsa_arena *arena,
                                 capsa_slice *out) {
  const capsa_ask *ask;
  capsa_buf text = {0};
  capsa_status st = capsa_ask_read(query->text, query->typing, arena, &ask);
  if (st) return st;
  capsa_ask_to_text(ask, &text);
  return capsa_buf_take(&text, arena, out);
}
