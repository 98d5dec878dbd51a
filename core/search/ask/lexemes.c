/* lexemes.c -- signs mean something at the start of a word only: `"`, `-`,
 * `(` in the middle of one are text (`5"x`, `high-handed`, `f(ond)`), and what
 * has no letter or digit leaves no lexeme. */
#include "search/ask/lexemes.h"

#include "capsa/search.h"
#include "search/ask/reading.h"

/* A word is not cut in two at the limit, where a blank is as near. */
#define CUT_BACK_MAX 256u

/* ---- characters */

size_t capsa_reading_skip_exact(const capsa_reading *r, size_t at,
                                const char *word) {
  for (; *word; word++) {
    if (capsa_reading_is_end(r, at) ||
        capsa_reading_plain(r, at) != (uint8_t)*word)
      return 0;
    at += capsa_reading_len(r, at);
  }
  return at;
}

size_t capsa_reading_skip_name(const capsa_reading *r, size_t at,
                               const char *name) {
  for (; *name; name++) {
    if (capsa_reading_is_end(r, at) ||
        capsa_to_lower(capsa_reading_plain(r, at)) != (uint8_t)*name)
      return 0;
    at += capsa_reading_len(r, at);
  }
  return at;
}

size_t capsa_reading_skip_number(const capsa_reading *r, size_t at,
                                 uint32_t *out) {
  size_t start = at;
  for (*out = 0; capsa_is_digit(capsa_reading_plain(r, at));
       at += capsa_reading_len(r, at)) {
    if (*out <= CAPSA_ASK_NEAR_MAX)
      *out = *out * 10 + capsa_reading_plain(r, at) - '0';
    if (*out > CAPSA_ASK_NEAR_MAX) *out = CAPSA_ASK_NEAR_MAX;
  }
  return at > start ? at : 0;
}

/* ---- words */

capsa_ask capsa_lexemes_words(capsa_lexemes *lexemes, capsa_slice raw) {
  capsa_token_list list = {0};
  capsa_ask node = {.kind = CAPSA_ASK_WORDS};
  if (capsa_tokens_read(raw, lexemes->arena, &list)) return node;
  capsa_token whole = {0};
  size_t count = 0;
  for (size_t i = 0; i < list.count; i++) {
    capsa_token token = list.items[i];
    if (token.covers > 1) {
      if (!token.place) whole = token;
    } else if (count < CAPSA_ASK_WORDS_MAX) {
      list.items[count++] = token;
    } else {
      lexemes->more = true;
    }
  }
  if (!count) return node;
  node.words = list.items;
  node.word_count = count;
  node.typed = capsa_slice_cut(raw, list.items[0].at.start_byte,
                               list.items[count - 1].at.end_byte);
  if (whole.covers == count) node.joined = whole.folded;
  return node;
}

/* ---- the list */

capsa_lexeme *capsa_reading_add(capsa_reading *r, capsa_lexeme_kind kind,
                                size_t end) {
  capsa_lexemes *out = r->out;
  capsa_lexeme *lexeme = NULL;
  if (out->list.count < CAPSA_LEXEMES_MAX)
    lexeme = CAPSA_LIST_ADD(out->arena, &out->list);
  if (!lexeme) {
    out->more = true;
    r->at = r->text.len;
    return NULL;
  }
  lexeme->kind = kind;
  lexeme->glued = !r->apart;
  lexeme->at = (capsa_range){r->at, end};
  r->apart = false;
  r->at = end;
  return lexeme;
}

void capsa_reading_pass_over(capsa_reading *r, size_t end) {
  r->at = end;
  r->apart = true;
}

static void read_open(capsa_reading *r) {
  if (r->open == CAPSA_ASK_DEPTH_MAX) {
    r->deep++;
    r->at += capsa_reading_len(r, r->at);
  } else if (capsa_reading_add(r, CAPSA_LEXEME_OPEN,
                               r->at + capsa_reading_len(r, r->at))) {
    r->open++;
  }
}

static void read_close(capsa_reading *r) {
  capsa_lexemes *out = r->out;
  size_t end = r->at + capsa_reading_len(r, r->at);
  if (r->deep || !r->open) {
    if (r->deep) r->deep--;
    r->at = end;
  } else if (out->list.items[out->list.count - 1].kind == CAPSA_LEXEME_OPEN) {
    out->list.count--;
    r->open--;
    capsa_reading_pass_over(r, end);
  } else if (capsa_reading_add(r, CAPSA_LEXEME_CLOSE, end)) {
    r->open--;
  }
}

/* ---- phrases */

bool capsa_reading_find_close(const capsa_reading *r, size_t from,
                              capsa_quotes family, size_t *close) {
  bool single = family >= CAPSA_QUOTES_SINGLE;
  if (single && capsa_reading_is_edge(r, from)) return false;
  for (size_t i = from; !capsa_reading_is_end(r, i);
       i += capsa_reading_len(r, i)) {
    if (capsa_ask_quotes(capsa_reading_plain(r, i)) != family) continue;
    *close = i;
    /* An apostrophe that ends no word is none of them. */
    if (!single ||
        (i > from && capsa_reading_is_edge(r, i + capsa_reading_len(r, i))))
      return true;
  }
  *close = r->text.len;
  return !single;
}

/* "~5" behind a phrase. */
static size_t read_nearness(const capsa_reading *r, size_t at,
                            uint32_t *distance) {
  if (capsa_reading_is_end(r, at) || capsa_reading_plain(r, at) != '~')
    return 0;
  at += capsa_reading_len(r, at);
  size_t end = capsa_reading_skip_number(r, at, distance);
  if (!end) *distance = CAPSA_ASK_NEAR_DEFAULT;
  if (!end) end = at;
  return capsa_reading_is_edge(r, end) ? end : 0;
}

static size_t skip_star(const capsa_reading *r, size_t at) {
  while (!capsa_reading_is_end(r, at) && capsa_reading_plain(r, at) == '*')
    at += capsa_reading_len(r, at);
  return at;
}

/* Without stars and blanks at the end. */
static capsa_slice trim_stars(capsa_slice raw, bool *star) {
  for (;;) {
    capsa_codepoint cp = capsa_utf8_before(raw, raw.len);
    if (cp.len && capsa_ask_plain(cp.value) == '*') *star = true;
    else if (!cp.len || !capsa_ask_is_blank(cp.value)) return raw;
    raw.len -= cp.len;
  }
}

static bool read_phrase(capsa_reading *r) {
  capsa_quotes family = capsa_ask_quotes(capsa_reading_plain(r, r->at));
  size_t inner = r->at + capsa_reading_len(r, r->at), close;
  if (!capsa_reading_find_close(r, inner, family, &close)) return false;
  bool closed = !capsa_reading_is_end(r, close), star = false;
  size_t end = closed ? close + capsa_reading_len(r, close) : close;
  capsa_slice raw = trim_stars(capsa_reading_cut(r, inner, close), &star);
  size_t after = closed ? skip_star(r, end) : end;
  star = star || after > end;
  uint32_t distance = 0;
  size_t near = closed ? read_nearness(r, after, &distance) : 0;
  if (near) after = near;

  capsa_ask leaf = capsa_lexemes_words(r->out, raw);
  if (!leaf.word_count && !(r->filter && raw.len)) {
    capsa_reading_pass_over(r, after);
    return true;
  }
  leaf.quoted = true;
  leaf.typing = !star && r->out->typing && !closed && inner + raw.len == close;
  leaf.prefix = star || leaf.typing;
  capsa_lexeme *lexeme = capsa_reading_add(r, CAPSA_LEXEME_LEAF, after);
  if (!lexeme) return true;
  lexeme->raw = raw;
  lexeme->leaf = leaf;
  lexeme->near = near;
  lexeme->distance = distance;
  return true;
}

/* ---- words and operators */

static const struct {
  const char *word;
  capsa_lexeme_kind kind;
} operators[] = {{"AND", CAPSA_LEXEME_AND},
                 {"OR", CAPSA_LEXEME_OR},
                 {"NOT", CAPSA_LEXEME_NOT},
                 {"NEAR", CAPSA_LEXEME_NEAR}};

/* Is all of the text from `start` to `end` an operator? */
static bool find_operator(const capsa_reading *r, size_t start, size_t end,
                          capsa_lexeme_kind *kind, uint32_t *distance) {
  *distance = CAPSA_ASK_NEAR_DEFAULT;
  for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
    size_t at = capsa_reading_skip_exact(r, start, operators[i].word);
    if (!at) continue;
    *kind = operators[i].kind;
    if (at == end) return true;
    if (*kind != CAPSA_LEXEME_NEAR || capsa_reading_plain(r, at) != '/')
      return false;
    at += capsa_reading_len(r, at);
    return at == end || capsa_reading_skip_number(r, at, distance) == end;
  }
  return false;
}

static bool is_east_asian(uint32_t c) { return c >= 0x2E80 && c < 0xFB00; }

/* Does a quote inside a run of letters begin a phrase? Where no blanks stand
 * between words it does. */
static bool opens_inside(const capsa_reading *r, size_t at) {
  uint32_t c = capsa_reading_plain(r, at);
  capsa_quotes family = capsa_ask_quotes(c);
  if (!capsa_ask_opens(c)) return false;
  if (family >= CAPSA_QUOTES_CORNERS && family < CAPSA_QUOTES_SINGLE)
    return true;
  return family == CAPSA_QUOTES_DOUBLE && c != '"' &&
         is_east_asian(capsa_utf8_before(r->text, at).value);
}

size_t capsa_reading_word_end(const capsa_reading *r, size_t start) {
  unsigned open = 0;
  size_t at = start;
  for (; !capsa_reading_is_end(r, at); at += capsa_reading_len(r, at)) {
    uint32_t c = capsa_reading_plain(r, at);
    if (capsa_ask_is_blank(c) || c == '|') break;
    if (c == ')' && !open--) break;
    if (at > start && opens_inside(r, at)) break;
    capsa_lexeme_kind kind;
    uint32_t distance;
    if (c == '(' && !open && find_operator(r, start, at, &kind, &distance))
      break;
    open += c == '(';
  }
  return at > start ? at : start + capsa_reading_len(r, start);
}

static void read_leaf(capsa_reading *r, size_t end) {
  bool star = false;
  capsa_slice raw = trim_stars(capsa_reading_cut(r, r->at, end), &star);
  if (r->filter)
    while (raw.len && strchr(",;.!?", raw.ptr[raw.len - 1])) raw.len--;
  capsa_ask leaf = capsa_lexemes_words(r->out, raw);
  if (!leaf.word_count && !(r->filter && raw.len)) {
    capsa_reading_pass_over(r, end);
    return;
  }
  leaf.typing = !star && r->out->typing && capsa_reading_is_end(r, end);
  leaf.prefix = star || leaf.typing;
  capsa_lexeme *lexeme = capsa_reading_add(r, CAPSA_LEXEME_LEAF, end);
  if (!lexeme) return;
  lexeme->raw = raw;
  lexeme->leaf = leaf;
}

static void read_word(capsa_reading *r) {
  size_t end = capsa_reading_word_end(r, r->at);
  capsa_lexeme_kind kind;
  uint32_t distance;
  if (!find_operator(r, r->at, end, &kind, &distance)) {
    read_leaf(r, end);
    return;
  }
  capsa_lexeme *lexeme = capsa_reading_add(r, kind, end);
  if (lexeme) lexeme->distance = distance;
}

/* ---- signs */

/* Its value begins right here, and signs other than these are part of it. */
static void read_value(capsa_reading *r) {
  uint32_t c = capsa_reading_plain(r, r->at);
  r->value = false;
  if (c == '(') read_open(r);
  else if (!capsa_ask_opens(c) || !read_phrase(r))
    read_leaf(r, capsa_reading_word_end(r, r->at));
  r->filter = false;
}

/* `-word`, behind a blank or a bracket; not `- word`, `--`, `->`. */
static bool read_minus(capsa_reading *r) {
  capsa_codepoint before = capsa_utf8_before(r->text, r->at);
  uint32_t c = capsa_ask_plain(before.value);
  if (before.len && !capsa_ask_is_blank(c) && !capsa_ask_is_invisible(c) &&
      c != '(' && c != '|')
    return false;
  size_t next = r->at + capsa_reading_len(r, r->at);
  uint32_t n = capsa_reading_plain(r, next);
  if (capsa_reading_is_edge(r, next) || n == '-' || capsa_ask_is_invisible(n))
    return false;
  if (n < 0x80 && n != '(' && n != '"' && !capsa_is_letter(n) &&
      !capsa_is_digit(n))
    return false;
  capsa_reading_add(r, CAPSA_LEXEME_MINUS, next);
  return true;
}

/* `~5` between words. */
static bool read_tilde(capsa_reading *r) {
  uint32_t distance;
  size_t at = r->at + capsa_reading_len(r, r->at);
  size_t end = r->apart ? capsa_reading_skip_number(r, at, &distance) : 0;
  if (!end || !capsa_reading_is_edge(r, end)) return false;
  capsa_lexeme *lexeme = capsa_reading_add(r, CAPSA_LEXEME_NEAR, end);
  if (lexeme) lexeme->distance = distance;
  return true;
}

static void read_bar(capsa_reading *r) {
  size_t end = r->at;
  while (!capsa_reading_is_end(r, end) && capsa_reading_plain(r, end) == '|')
    end += capsa_reading_len(r, end);
  capsa_reading_add(r, CAPSA_LEXEME_OR, end);
}

static void read_next(capsa_reading *r) {
  uint32_t c = capsa_reading_plain(r, r->at);
  if (r->value) read_value(r);
  else if (capsa_ask_is_blank(c))
    capsa_reading_pass_over(r, r->at + capsa_reading_len(r, r->at));
  else if (capsa_ask_is_invisible(c)) r->at += capsa_reading_len(r, r->at);
  else if (c == '(') read_open(r);
  else if (c == ')') read_close(r);
  else if (c == '|') read_bar(r);
  else if (capsa_ask_opens(c) && read_phrase(r)) return;
  else if (c == '-' && read_minus(r)) return;
  else if (c == '~' && read_tilde(r)) return;
  else if (!capsa_reading_field(r)) read_word(r);
}

/* ---- all of it */

static capsa_slice cut_to_limit(capsa_slice typed) {
  size_t end = CAPSA_QUERY_BYTES_MAX;
  if (typed.len <= end) return typed;
  while (end && ((unsigned char)typed.ptr[end] & 0xC0) == 0x80) end--;
  if (capsa_ask_is_blank(capsa_utf8_next(typed, end).value))
    return capsa_slice_cut(typed, 0, end);
  for (size_t at = end; at && end - at < CUT_BACK_MAX;) {
    capsa_codepoint cp = capsa_utf8_before(typed, at);
    if (capsa_ask_is_blank(cp.value)) return capsa_slice_cut(typed, 0, at);
    at -= cp.len;
  }
  return capsa_slice_cut(typed, 0, end);
}

static bool is_operator(capsa_lexeme_kind kind) {
  return kind == CAPSA_LEXEME_AND || kind == CAPSA_LEXEME_OR ||
         kind == CAPSA_LEXEME_NOT || kind == CAPSA_LEXEME_NEAR;
}

/* What waits for something behind it is not there yet. */
static void drop_unfinished(capsa_lexemes *out) {
  while (out->list.count) {
    capsa_lexeme_kind kind = out->list.items[out->list.count - 1].kind;
    if (kind != CAPSA_LEXEME_OPEN &&
        !(out->typing && (kind == CAPSA_LEXEME_FIELD ||
                          (is_operator(kind) && out->list.count > 1))))
      return;
    out->list.count--;
  }
}

capsa_status capsa_lexemes_read(capsa_slice typed, bool typing,
                                capsa_arena *arena, capsa_lexemes *out) {
  capsa_slice kept = cut_to_limit(typed);
  capsa_slice rest = capsa_slice_from(typed, kept.len);
  *out = (capsa_lexemes){.text = capsa_arena_copy(arena, kept),
                         .arena = arena,
                         .typing = typing && !rest.len,
                         .more = capsa_slice_trim(rest).len > 0};
  capsa_reading r = {.out = out, .text = out->text, .apart = true};
  while (!capsa_reading_is_end(&r, r.at)) read_next(&r);
  drop_unfinished(out);
  return capsa_arena_failed(arena) ? CAPSA_ENOMEM : CAPSA_OK;
}
