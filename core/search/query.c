/* query.c -- turn what a reader typed into terms, and those into FTS5.
 *
 * FTS5's query language is a trap for plain text: `well-known`, `C++` and a
 * lone `"` are syntax errors, while AND, OR and NEAR are operators. A reader
 * means none of that. So every term becomes a quoted FTS5 string, inside which
 * nothing is special, and a space between strings means "and". A term that the
 * tokenizer cuts in several words (`couldn't`) is a phrase of them.
 *
 * Whatever is typed, FTS5 accepts the result: tests/unit/test_query.c asks
 * FTS5 itself.
 */
#include "search/query.h"

#include "base/slice.h"
#include "base/utf8.h"
#include "capsa/search.h"

/* Control bytes count as space too: a NUL would end FTS5's expression early. */
static bool is_space(char c) { return (unsigned char)c <= ' '; }

/* Phones and word processors type the curly and the angular ones. */
static bool is_quote(uint32_t c) {
  return c == '"' || c == 0x201C || c == 0x201D || c == 0x201E || c == 0xAB ||
         c == 0xBB;
}

/* Bytes of the quote that starts at byte `at`, or 0. */
static size_t quote_at(capsa_slice text, size_t at) {
  capsa_codepoint c = capsa_utf8_next(text, at);
  return is_quote(c.value) ? c.len : 0;
}

/* Cut the next term off the front of `rest`; returns false when none is left.
 * A term ends at a space, or at the closing quote if it began with one. The
 * closing quote may be missing: people search while they type. */
static bool next_term(capsa_slice *rest, capsa_term *term) {
  size_t start = 0;
  while (start < rest->len && is_space(rest->ptr[start])) start++;
  if (start == rest->len) return false;

  size_t quote = quote_at(*rest, start), end = start + quote;
  while (end < rest->len &&
         (quote ? !quote_at(*rest, end) : !is_space(rest->ptr[end])))
    end++;
  *term = (capsa_term){
      .typed = capsa_slice_cut(*rest, start + quote, end),
      .phrase = quote,
      .prefix =
          end == rest->len && end > start && !is_space(rest->ptr[end - 1]),
  };
  if (quote && end < rest->len) end += quote_at(*rest, end);
  *rest = capsa_slice_from(*rest, end);
  return true;
}

static capsa_slice cut_to_limit(capsa_slice typed) {
  size_t end = typed.len;
  if (end > CAPSA_QUERY_BYTES_MAX) {
    end = CAPSA_QUERY_BYTES_MAX;
    while (end && ((unsigned char)typed.ptr[end] & 0xC0) == 0x80) end--;
  }
  return capsa_slice_cut(typed, 0, end);
}

capsa_status capsa_terms_read(capsa_tokenizer *tokenizer, capsa_arena *arena,
                              capsa_slice typed, bool typing,
                              capsa_term_list *out) {
  capsa_slice rest = cut_to_limit(typed);
  capsa_term term;
  while (out->count < CAPSA_QUERY_TERMS_MAX && next_term(&rest, &term)) {
    capsa_token_list list = {0};
    capsa_status st = capsa_tokenizer_read(tokenizer, term.typed, &list);
    if (st) return st;
    if (!list.count) continue;
    /* What stands around the words is not looked for: `(fleet` is fleet. */
    term.typed = capsa_slice_cut(term.typed, list.items[0].at.start_byte,
                                 list.items[list.count - 1].at.end_byte);
    term.words = list.items;
    term.word_count = list.count;
    term.prefix = term.prefix && typing;
    capsa_term *added = CAPSA_LIST_ADD(arena, out);
    if (!added) return CAPSA_ENOMEM;
    *added = term;
  }
  return CAPSA_OK;
}

static void put_string(capsa_slice text, capsa_buf *out) {
  capsa_buf_putc(out, '"');
  for (size_t i = 0; i < text.len; i++) {
    char c = is_space(text.ptr[i]) ? ' ' : text.ptr[i];
    if (c == '"') capsa_buf_putc(out, '"');
    capsa_buf_putc(out, c);
  }
  capsa_buf_putc(out, '"');
}

void capsa_terms_to_fts5(const capsa_term_list *terms, capsa_buf *out) {
  for (size_t i = 0; i < terms->count; i++) {
    if (i) capsa_buf_putc(out, ' ');
    put_string(terms->items[i].typed, out);
    if (terms->items[i].prefix) capsa_buf_putc(out, '*');
  }
}

void capsa_terms_to_text(const capsa_term_list *terms, capsa_buf *out) {
  for (size_t i = 0; i < terms->count; i++) {
    const capsa_term *term = &terms->items[i];
    if (i) capsa_buf_puts(out, " and ");
    if (term->phrase) capsa_buf_putc(out, '"');
    capsa_buf_put(out, term->typed);
    if (term->prefix) capsa_buf_puts(out, "…");
    if (term->phrase) capsa_buf_putc(out, '"');
  }
}

static bool is_word(const capsa_term *term, size_t i, capsa_slice folded) {
  capsa_slice word = term->words[i].folded;
  if (term->prefix && i + 1 == term->word_count)
    folded = capsa_slice_cut(folded, 0, word.len);
  return capsa_slice_equal(word, folded);
}

static bool stands_at(const capsa_term *term, const capsa_token_list *words,
                      size_t at) {
  if (words->count - at < term->word_count) return false;
  for (size_t i = 0; i < term->word_count; i++)
    if (!is_word(term, i, words->items[at + i].folded)) return false;
  return true;
}

/* Words that the longest term standing at word `at` covers; 0 for none. */
static size_t longest_at(const capsa_term_list *terms,
                         const capsa_token_list *words, size_t at) {
  size_t longest = 0;
  for (size_t i = 0; i < terms->count; i++) {
    const capsa_term *term = &terms->items[i];
    if (term->word_count > longest && stands_at(term, words, at))
      longest = term->word_count;
  }
  return longest;
}

/* The words are in order, so the ranges come out by start; one that begins
 * before the last one ends makes that longer. */
capsa_status capsa_terms_match(const capsa_term_list *terms,
                               const capsa_token_list *words,
                               capsa_arena *arena, capsa_range_list *out) {
  for (size_t i = 0; i < words->count; i++) {
    size_t count = longest_at(terms, words, i);
    if (!count) continue;
    capsa_range at = {words->items[i].at.start_byte,
                      words->items[i + count - 1].at.end_byte};
    capsa_range *last = out->count ? &out->items[out->count - 1] : NULL;
    if (!last || at.start_byte >= last->end_byte) {
      capsa_range *added = CAPSA_LIST_ADD(arena, out);
      if (!added) return CAPSA_ENOMEM;
      *added = at;
    } else if (at.end_byte > last->end_byte) {
      last->end_byte = at.end_byte;
    }
  }
  return CAPSA_OK;
}
