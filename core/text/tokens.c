/* tokens.c -- most words are Latin, Greek or Cyrillic between spaces: for those
 * nothing runs but the loop of a table. What else may be in a word, or join it
 * to the next, is looked at only where the loop stops. */
#include "text/tokens.h"

#include "base/slice.h"
#include "base/utf8.h"
#include "text/folding.h"

/* ---- characters */

typedef struct character {
  uint32_t value; /* 0 at the end of the text and where it is no UTF-8 */
  size_t end;
  capsa_folding folding;
} character;

static character character_at(capsa_slice text, size_t at) {
  capsa_codepoint cp = capsa_utf8_next(text, at);
  if (!cp.valid) return (character){.end = at + cp.len};
  return (character){cp.value, at + cp.len, capsa_folding_of(cp.value)};
}

static bool is_in_words(const character *c) {
  return c->folding.kind == CAPSA_FOLDING_LETTER ||
         c->folding.kind == CAPSA_FOLDING_DIGIT;
}

static bool is_letter(const character *c) {
  return c->folding.kind == CAPSA_FOLDING_LETTER;
}

static bool is_digit(const character *c) {
  return c->folding.kind == CAPSA_FOLDING_DIGIT;
}

static bool is_mark(const character *c) {
  return c->folding.kind == CAPSA_FOLDING_MARK;
}

/* ---- a folded word as it grows */

typedef struct folded {
  char *bytes;
  size_t len;
  bool cut; /* more would have been too long, and so is all that follows */
} folded;

static size_t encode(uint32_t c, char *out) {
  if (c < 0x80) {
    out[0] = (char)c;
    return 1;
  }
  size_t len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
  for (size_t i = len - 1; i > 0; i--, c >>= 6)
    out[i] = (char)(0x80 | (c & 0x3F));
  out[0] = (char)(lead[len] | c);
  return len;
}

static void put_bytes(folded *word, const char *bytes, size_t len) {
  if (word->cut || len > CAPSA_TOKEN_BYTES_MAX - word->len) {
    word->cut = true;
    return;
  }
  memcpy(word->bytes + word->len, bytes, len);
  word->len += len;
}

/* Put what joins the letter before it; false where it does not. */
static bool put_joined(folded *word, uint32_t c) {
  capsa_codepoint before =
      capsa_utf8_before((capsa_slice){word->bytes, word->len}, word->len);
  uint32_t both = before.len ? capsa_folding_join(before.value, c) : 0;
  if (!both || word->cut) return false;
  word->len -= before.len;
  word->len += encode(both, word->bytes + word->len);
  return true;
}

static void put_one(folded *word, uint32_t c, bool is_accent) {
  char bytes[4];
  if (capsa_folding_joins(c) && (put_joined(word, c) || is_accent)) return;
  put_bytes(word, bytes, encode(c, bytes));
}

static void put(folded *word, const character *c) {
  if (c->folding.many.len)
    put_bytes(word, c->folding.many.ptr, c->folding.many.len);
  else if (c->folding.one) put_one(word, c->folding.one, is_mark(c));
}

/* ---- one word */

typedef struct run {
  capsa_slice text;
  folded word;
  size_t start, end; /* of the word */
  size_t at;         /* where to read on: behind `'s`, or an elision's sign */
  size_t grouped;    /* digits, once the next thousands are in */
  bool elided;
} run;

/* What the letter or digit at `at` is folded to, where that is simple; its
 * length in the text. */
static uint32_t plain_at(capsa_slice text, size_t at, size_t *len) {
  const unsigned char *p = (const unsigned char *)text.ptr + at;
  *len = 1;
  if (p[0] < 0x80) return capsa_folding_ascii[p[0]];
  if (p[0] > 0xDF || text.len - at < 2 || (p[1] & 0xC0) != 0x80) return 0;
  *len = 2;
  uint32_t c = (p[0] & 0x1Fu) << 6 | (p[1] & 0x3F);
  if (c < CAPSA_FOLDING_COMMON || c >= CAPSA_FOLDING_COMMON_END) return 0;
  return capsa_folding_common[c - CAPSA_FOLDING_COMMON];
}

/* Simple letters and digits from here on; most words are no more. */
static void take_plain(run *r) {
  size_t at = r->at, len = r->word.len, step;
  for (uint32_t c; at < r->text.len && (c = plain_at(r->text, at, &step));
       at += step) {
    size_t size = c < 0x80 ? 1 : 2;
    if (r->word.cut || size > CAPSA_TOKEN_BYTES_MAX - len) {
      r->word.cut = true;
      continue;
    }
    if (size == 2) r->word.bytes[len++] = (char)(0xC0 | c >> 6);
    r->word.bytes[len++] = (char)(size == 1 ? c : 0x80 | (c & 0x3F));
  }
  r->at = at;
  r->word.len = len;
}

static bool is_one_of(const folded *word, const char *const *list) {
  return capsa_slice_is_one_of((capsa_slice){word->bytes, word->len}, list);
}

/* What French, Italian and Catalan write before an apostrophe. */
static bool is_elision(const folded *word) {
  static const char *const list[] = {
      "c",      "d",      "j",     "l",     "m",      "n",      "s",
      "t",      "v",      "qu",    "jusqu", "lorsqu", "puisqu", "quoiqu",
      "presqu", "quelqu", "un",    "dell",  "nell",   "sull",   "all",
      "dall",   "coll",   "quell", "bell",  "sant",   "gl",     NULL};
  return word->len <= 6 && is_one_of(word, list);
}

/* Is the letter an `s` at the end of its word? */
static bool is_possessive(capsa_slice text, const character *s) {
  if (s->folding.one != 's' || s->value >= 0x80) return false;
  character after = character_at(text, s->end);
  if (after.folding.kind == CAPSA_FOLDING_APOSTROPHE)
    after = character_at(text, after.end);
  return !is_in_words(&after) && !is_mark(&after);
}

/* Three digits and no more from `at` on. */
static bool is_group(capsa_slice text, size_t at) {
  character c;
  for (int i = 0; i < 3; i++, at = c.end)
    if (c = character_at(text, at), !is_digit(&c)) return false;
  c = character_at(text, at);
  return !is_digit(&c);
}

static bool parts_thousands(const character *c) {
  switch (c->value) {
  case ',':
  case 0xA0:
  case 0x66C:
  case 0x2009:
  case 0x202F:
  case 0xFF0C: return true;
  default: return c->folding.kind == CAPSA_FOLDING_APOSTROPHE;
  }
}

/* Does the number go on behind `c`? 9,999 does, 0,123 does not. */
static bool goes_on_in_thousands(run *r, const character *c) {
  const folded *word = &r->word;
  if (!parts_thousands(c)) return false;
  if (!r->grouped) {
    if (word->len > 3 || word->bytes[0] == '0') return false;
    for (size_t i = 0; i < word->len; i++)
      if ((unsigned)(word->bytes[i] - '0') > 9) return false;
  } else if (word->len != r->grouped) return false;
  if (!is_group(r->text, c->end)) return false;
  r->grouped = word->len + 3;
  return true;
}

static bool is_hebrew(uint32_t c) { return c >= 0x5D0 && c <= 0x5EA; }

/* The sign of a Hebrew abbreviation, which is often typed as a quote. */
static bool goes_on_in_hebrew(const run *r, const character *c) {
  if (c->value != '"' && c->value != 0x5F4 && c->value != 0x201D) return false;
  capsa_slice word = {r->word.bytes, r->word.len};
  character after = character_at(r->text, c->end);
  return is_hebrew(after.folding.one) &&
         is_hebrew(capsa_utf8_before(word, word.len).value);
}

/* Does the word go on behind the apostrophe? Where it ends, `at` may be moved:
 * nothing is to be made of the rest. */
static bool goes_on_behind_apostrophe(run *r, const character *c) {
  character letter = character_at(r->text, c->end);
  if (!is_letter(&letter)) return false;
  if (is_possessive(r->text, &letter)) {
    r->at = letter.end;
    return false;
  }
  if (!is_elision(&r->word)) return true;
  r->elided = true;
  r->at = c->end;
  return false;
}

static bool goes_on_behind(run *r, const character *c) {
  if (goes_on_in_thousands(r, c)) return true;
  if (c->folding.kind == CAPSA_FOLDING_APOSTROPHE)
    return goes_on_behind_apostrophe(r, c);
  return goes_on_in_hebrew(r, c);
}

/* ASCII that no word goes on behind. */
static bool ends_word(unsigned char c) {
  return c < 0x80 && c != '\'' && c != '`' && c != ',' && c != '"';
}

static void read_letters(run *r) {
  for (;;) {
    take_plain(r);
    r->end = r->at;
    if (r->at == r->text.len) return;
    if (ends_word((unsigned char)r->text.ptr[r->at])) return;
    character c = character_at(r->text, r->at);
    if (is_in_words(&c) || is_mark(&c)) put(&r->word, &c);
    else if (!goes_on_behind(r, &c)) return;
    r->at = c.end;
  }
}

/* Signs that put the next letter below the last. */
static bool is_stacking(uint32_t c) {
  return c == 0x17D2 || c == 0x1039 || c == 0x1A60;
}

/* An ideograph or a cluster: one letter and its marks. */
static void read_single(run *r, const character *first) {
  bool stacks = false;
  character c = *first;
  do {
    put(&r->word, &c);
    stacks = is_stacking(c.value);
    r->at = c.end;
    c = character_at(r->text, r->at);
  } while (is_mark(&c) || (stacks && c.folding.kind == CAPSA_FOLDING_CLUSTER));
  r->end = r->at;
}

/* ---- what words are together */

/* Where the next word begins behind a hyphen: also on the next line, where
 * printers part words; CAPSA_NOT_FOUND for nowhere. */
static size_t behind_hyphen(capsa_slice text, size_t at) {
  character c = character_at(text, at);
  bool broken = c.value == '\r' || c.value == '\n';
  if (c.value == '\r') c = character_at(text, at = c.end);
  if (c.value == '\n') c = character_at(text, at = c.end);
  while (is_mark(&c)) c = character_at(text, at = c.end);
  return (broken ? is_letter(&c) : is_in_words(&c)) ? at : CAPSA_NOT_FOUND;
}

/* Is the word at `at` a single letter? */
static bool is_initial(capsa_slice text, size_t at) {
  character c = character_at(text, at);
  if (!is_letter(&c)) return false;
  do c = character_at(text, c.end);
  while (is_mark(&c));
  return !is_in_words(&c);
}

static size_t next_part(const run *r) {
  if (r->elided) return r->at;
  if (r->at == r->text.len || r->text.ptr[r->at] == ' ') return CAPSA_NOT_FOUND;
  character c = character_at(r->text, r->at);
  if (c.folding.kind == CAPSA_FOLDING_HYPHEN)
    return behind_hyphen(r->text, c.end);
  bool is_dot = c.value == '.' || c.value == 0x2024 || c.value == 0xFF0E;
  return is_dot && is_initial(r->text, r->start) && is_initial(r->text, c.end)
             ? c.end
             : CAPSA_NOT_FOUND;
}

static void add_part(capsa_tokens *tokens, const run *r) {
  folded joined = {tokens->joined, tokens->joined_len, tokens->joined_cut};
  capsa_slice word = {r->word.bytes, r->word.len};
  for (size_t i = 0; i < word.len;) {
    capsa_codepoint cp = capsa_utf8_next(word, i);
    put_one(&joined, cp.value, false);
    tokens->has_letters |= cp.value > '9';
    i += cp.len;
  }
  if (!tokens->parts++) tokens->parts_at.start_byte = r->start;
  tokens->parts_at.end_byte = r->end;
  tokens->joined_len = joined.len;
  tokens->joined_cut = joined.cut;
}

static void forget_parts(capsa_tokens *tokens) {
  tokens->parts = 0;
  tokens->joined_len = 0;
  tokens->joined_cut = tokens->has_letters = tokens->elided = false;
}

/* Is the word a part of something? An elision goes with the next word only
 * where that is no part itself: of l'arc-en-ciel, arcenciel is looked for. */
static void join_parts(capsa_tokens *tokens, const run *r) {
  size_t next = next_part(r);
  if (next == CAPSA_NOT_FOUND && !tokens->parts) return;
  if (next != CAPSA_NOT_FOUND) {
    if (tokens->elided) forget_parts(tokens);
    if (!tokens->parts) tokens->elided = r->elided;
    add_part(tokens, r);
    tokens->at = next;
    return;
  }
  add_part(tokens, r);
  tokens->due = tokens->has_letters && tokens->parts <= CAPSA_TOKEN_PARTS_MAX;
  if (!tokens->due) forget_parts(tokens);
}

static void give_compound(capsa_tokens *tokens, capsa_token *out) {
  *out = (capsa_token){.folded = {tokens->joined, tokens->joined_len},
                       .at = tokens->parts_at,
                       .place = tokens->place - tokens->parts,
                       .covers = tokens->parts};
  forget_parts(tokens);
  tokens->due = false;
}

/* ---- all words */

void capsa_tokens_start(capsa_tokens *tokens, capsa_slice text) {
  tokens->text = text;
  tokens->at = 0;
  tokens->place = 0;
  tokens->due = false;
  forget_parts(tokens);
}

static bool begins_word(const character *c) {
  return is_in_words(c) || c->folding.kind == CAPSA_FOLDING_IDEOGRAPH ||
         c->folding.kind == CAPSA_FOLDING_CLUSTER;
}

/* The start of the next word; `first` is set where it is no ASCII. */
static size_t word_start(capsa_slice text, size_t at, character *first) {
  while (at < text.len) {
    unsigned char c = (unsigned char)text.ptr[at];
    if (c < 0x80) {
      if (capsa_folding_ascii[c]) return at;
      at++;
      continue;
    }
    *first = character_at(text, at);
    if (begins_word(first)) return at;
    at = first->end;
  }
  return at;
}

bool capsa_tokens_next(capsa_tokens *tokens, capsa_token *out) {
  if (tokens->due) {
    give_compound(tokens, out);
    return true;
  }
  capsa_slice text = tokens->text;
  character first = {0};
  size_t start = word_start(text, tokens->at, &first);
  tokens->at = start;
  if (start == text.len) return false;
  run r = {.text = text,
           .word = {.bytes = tokens->folded},
           .start = start,
           .at = start};
  bool is_ascii = (unsigned char)text.ptr[start] < 0x80;
  bool is_run = is_ascii || is_in_words(&first);
  if (is_run) read_letters(&r);
  else read_single(&r, &first);
  tokens->at = r.at;
  *out = (capsa_token){.folded = {tokens->folded, r.word.len},
                       .at = {start, r.end},
                       .place = tokens->place++,
                       .covers = 1};
  if (is_run) join_parts(tokens, &r);
  return true;
}

capsa_status capsa_tokens_read(capsa_slice text, capsa_arena *arena,
                               capsa_token_list *out) {
  capsa_tokens tokens;
  capsa_token token;
  capsa_tokens_start(&tokens, text);
  while (capsa_tokens_next(&tokens, &token)) {
    capsa_token *added = CAPSA_LIST_ADD(arena, out);
    if (!added) return CAPSA_ENOMEM;
    *added = token;
    added->folded = capsa_arena_copy(arena, token.folded);
  }
  return capsa_arena_failed(arena) ? CAPSA_ENOMEM : CAPSA_OK;
}
