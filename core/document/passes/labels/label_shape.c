/* label_shape.c -- what may be a label, by its looks alone.
 *
 * Up to eight words that all begin in upper case or are small words of names
 * and offices (of, the, de, and), with stops, initials, brackets and a remark
 * in round brackets among them; then a colon or, all in capitals, a full stop.
 */
#include <string.h>

#include "base/slice.h"
#include "document/passes/labels/labels.h"
#include "document/passes/people/titles.h"
#include "text/chars.h"

static bool is_small_word(capsa_slice word) {
  static const char *const words[] = {"of",  "the", "de",  "von", "van", "der",
                                      "for", "and", "al",  "du",  "la",  "le",
                                      "den", "ibn", "di",  "et",  "und", "bin",
                                      "y",   "dos", "des", "do",  NULL};
  for (int i = 0; words[i]; i++)
    if (capsa_slice_is(word, words[i])) return true;
  return false;
}

size_t capsa_colon_len(capsa_slice text, size_t at) {
  if (at >= text.len) return 0;
  if (text.ptr[at] == ':') return 1;
  return capsa_slice_starts(capsa_slice_from(text, at), "\xEF\xBC\x9A") ? 3 : 0;
}

bool capsa_label_break(capsa_slice text, size_t at) {
  if (at >= text.len) return true;
  capsa_codepoint cp = capsa_utf8_next(text, at);
  return capsa_is_space(cp.value) || cp.value == '[' || cp.value == '(' ||
         cp.value == '"' || cp.value == 0x201C || cp.value >= 0x2E80;
}

/* Is `word` one that a name or an office may have, the `index`-th of it? */
static bool is_name_word(capsa_slice word, size_t index) {
  capsa_codepoint first = capsa_utf8_next(word, 0);
  if (capsa_is_digit(first.value)) return index > 0;
  if (index && is_small_word(word)) return true;
  if (!capsa_is_upper(first.value) && first.value != '[' &&
      !(first.value >= 0x2E80 && capsa_is_letter(first.value)) &&
      !(first.value >= 0x80 && capsa_title_find(word)))
    return false;
  for (size_t i = 0; i < word.len; i++)
    if (strchr("!;\"=/<>{}|\\", word.ptr[i])) return false;
  return true;
}

/* Numbers belong to questions and answers only: "Question 2". */
static bool may_have_number(capsa_slice first) {
  const capsa_title *title = capsa_title_find(first);
  return title && title->kind == CAPSA_TITLE_ROLE;
}

/* The end of the word at `at`; a bracket is part of it, spaces and all. */
static size_t word_end(capsa_slice text, size_t at) {
  size_t depth = 0;
  for (; at < text.len; at++) {
    char c = text.ptr[at];
    if (c == ' ' && !depth) break;
    if (c == '[' || c == '(') depth++;
    if ((c == ']' || c == ')') && depth) depth--;
  }
  return at;
}

/* "M. le", "Mme la": an office in lower case follows. */
static bool opens_office(capsa_slice first, capsa_slice word) {
  const capsa_title *title = capsa_title_find(first);
  return title && title->kind == CAPSA_TITLE_HONORIFIC &&
         capsa_title_is_article(word);
}

bool capsa_label_is_name_like(capsa_slice bare) {
  size_t words = 0;
  capsa_slice first = {0};
  bool office = false;
  for (size_t i = 0; i < bare.len;) {
    size_t end = word_end(bare, i);
    capsa_slice word = capsa_slice_cut(bare, i, end);
    i = end + 1;
    if (!word.len) continue;
    if (word.ptr[0] == '(') { /* a remark: "(to Kissinger)", "(?)" */
      if (!words || word.ptr[word.len - 1] != ')') return false;
      continue;
    }
    if (!words) first = word;
    if (words == 1) office = opens_office(first, word);
    if (office ? strchr(",;:!?", word.ptr[word.len - 1]) != NULL
               : !is_name_word(word, words))
      return false;
    if (capsa_is_digit((unsigned char)word.ptr[0]) && !may_have_number(first))
      return false;
    if (++words > CAPSA_LABEL_WORDS_MAX) return false;
  }
  return words > 0;
}

/* A semicolon behind capitals is a colon that was misread. */
static bool colon_label(capsa_slice text, capsa_label_shape *out) {
  size_t depth = 0;
  for (size_t i = 0; i < text.len && i < CAPSA_LABEL_MAX; i++) {
    char c = text.ptr[i];
    if (c == '[' || c == '(') depth++;
    if ((c == ']' || c == ')') && depth) depth--;
    size_t colon = depth ? 0 : capsa_colon_len(text, i);
    if (!colon && (depth || c != ';')) continue;
    out->bare = capsa_slice_trim(capsa_slice_cut(text, 0, i));
    out->end = i + (colon ? colon : 1);
    out->sign = colon ? ':' : ';';
    return out->bare.len && capsa_label_break(text, out->end) &&
           capsa_label_is_name_like(out->bare) &&
           (colon || capsa_is_capitals(out->bare, 2));
  }
  return false;
}

/* "II", "XIV": counts and does not speak. */
static bool is_roman(capsa_slice word) {
  for (size_t i = 0; i < word.len; i++)
    if (!strchr("IVXLC", word.ptr[i])) return false;
  return true;
}

/* Is a stop behind `word` the label's end? Not after "MR", "LT", or the "S" of
 * "N.S.", but after "PRESIDENT", and after a "Q" that stands alone. */
static bool ends_with_stop(capsa_slice word, bool alone, capsa_slice next) {
  const capsa_title *title = capsa_title_find(word);
  if (!title) return word.len > 1 && !(alone && is_roman(word));
  if (title->kind == CAPSA_TITLE_ROLE)
    return word.len > 1 || (alone && !capsa_is_capitals(next, 2));
  return title->kind == CAPSA_TITLE_OFFICE && word.len == strlen(title->full);
}

/* "GOMEZ" of "GOMEZ (Spain)". */
static capsa_slice without_remark(capsa_slice bare) {
  size_t remark = capsa_slice_finds(bare, " (", 0);
  return capsa_slice_ends(bare, ")") ? capsa_slice_cut(bare, 0, remark) : bare;
}

/* "SOMOV" of "Tov. SOMOV", "CHAIRMAN" of "The CHAIRMAN". */
static capsa_slice without_titles(capsa_slice bare) {
  for (size_t end;
       (end = capsa_slice_finds(bare, " ", 0)) != CAPSA_NOT_FOUND;) {
    capsa_slice word = capsa_slice_cut(bare, 0, end);
    if (!capsa_title_find(word) && !capsa_title_is_article(word)) break;
    bare = capsa_slice_from(bare, end + 1);
  }
  return bare;
}

bool capsa_label_is_capitals(capsa_slice bare) {
  bare = without_remark(bare);
  return capsa_is_capitals(bare, 1) ||
         capsa_is_capitals(without_titles(bare), 2);
}

/* "BALL. Oh no": capitals of at least two letters, a stop, upper case next. */
static bool stop_label(capsa_slice text, capsa_label_shape *out) {
  for (size_t i = 1; i < text.len && i < CAPSA_LABEL_MAX; i++) {
    if (text.ptr[i] != '.' || i + 1 >= text.len || text.ptr[i + 1] != ' ')
      continue;
    out->bare = capsa_slice_cut(text, 0, i);
    out->end = i + 1;
    out->sign = '.';
    size_t word = without_remark(out->bare).len, name_end = word;
    while (word && text.ptr[word - 1] != ' ' && text.ptr[word - 1] != '.')
      word--;
    size_t next = word_end(text, i + 2);
    bool ends = ends_with_stop(capsa_slice_cut(text, word, name_end), word == 0,
                               capsa_slice_cut(text, i + 2, next));
    bool capitals = capsa_label_is_capitals(out->bare);
    if (ends || !(capitals || capsa_title_find(out->bare)))
      return ends && capitals && capsa_label_is_name_like(out->bare);
  }
  return false;
}

bool capsa_label_shape_read(capsa_slice text, capsa_label_shape *out) {
  return colon_label(text, out) || stop_label(text, out);
}

bool capsa_label_typed(const capsa_draft_block *block, size_t len) {
  for (size_t i = 0; i < block->spans.count; i++) {
    const capsa_span *span = &block->spans.items[i];
    if (span->kind != CAPSA_SPAN_EMPHASIS && span->kind != CAPSA_SPAN_STRONG &&
        span->kind != CAPSA_SPAN_SMALL_CAPS)
      continue;
    if (span->at.start_byte <= 1 && span->at.end_byte + 1 >= len &&
        span->at.end_byte <= len + 3)
      return true;
  }
  return false;
}

static size_t put_letters(capsa_slice bare, bool brackets, char *key) {
  size_t len = 0, depth = 0;
  for (size_t i = 0; i < bare.len;) {
    capsa_codepoint cp = capsa_utf8_next(bare, i);
    if (cp.value == '[' || cp.value == '(') depth++;
    if ((cp.value == ']' || cp.value == ')') && depth) depth--;
    i += cp.len;
    uint32_t lower = capsa_to_lower(cp.value);
    bool wanted = (brackets || !depth) &&
                  (capsa_is_letter(lower) || capsa_is_digit(lower));
    if (!wanted || len + 4 > CAPSA_LABEL_MAX) continue;
    if (lower < 0x80) key[len++] = (char)lower;
    else if (lower < 0x800) {
      key[len++] = (char)(0xC0 | lower >> 6);
      key[len++] = (char)(0x80 | (lower & 0x3F));
    } else {
      memcpy(key + len, bare.ptr + i - cp.len, cp.len);
      len += cp.len;
    }
  }
  return len;
}

bool capsa_label_shape_own(const capsa_draft_block *block,
                           capsa_label_shape *out) {
  char letters[CAPSA_LABEL_MAX];
  capsa_slice text = block->text;
  if (!text.len || text.len > CAPSA_LABEL_MAX ||
      !capsa_label_is_name_like(text) || !put_letters(text, false, letters) ||
      !capsa_label_typed(block, text.len))
    return false;
  *out = (capsa_label_shape){.bare = text, .end = text.len};
  return true;
}

size_t capsa_label_key(capsa_slice bare, char *key) {
  size_t len = put_letters(bare, false, key);
  return len ? len : put_letters(bare, true, key);
}
