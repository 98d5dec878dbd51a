/* brackets.c -- what stands in square brackets: words of the original
 * language, words the editor put in, remarks, gaps.
 *
 * A bracket may be left open; looking for the next `]` would then swallow
 * speakers. So a bracket lives within its block, and one that is not closed
 * there ends with the block: what is lost behind it is a gap.
 */
#include <string.h>

#include "base/slice.h"
#include "document/passes/passes.h"
#include "document/undone.h"
#include "text/chars.h"
#include "text/lexicon.h"
#include "text/words.h"

/* More words than this are a remark, not something put in. */
#define SUPPLIED_WORDS_MAX 6

/* Paragraphs that one broken bracket may run over. */
#define BROKEN_BRACKET_MAX 8

size_t capsa_bracket_close(capsa_slice text, size_t open) {
  size_t depth = 0;
  for (size_t i = open; i < text.len; i++) {
    if (text.ptr[i] == '[') depth++;
    else if (text.ptr[i] == ']' && --depth == 0) return i;
  }
  return CAPSA_NOT_FOUND;
}

bool capsa_is_bracketed(capsa_slice text) {
  if (!text.len || text.ptr[0] != '[') return false;
  size_t close = capsa_bracket_close(text, 0);
  if (close == CAPSA_NOT_FOUND) return false;
  size_t rest = close + 1;
  while (rest < text.len && strchr(".,;", text.ptr[rest])) rest++;
  return rest == text.len;
}

bool capsa_ends_sentence(capsa_slice text) {
  size_t at = text.len;
  for (capsa_codepoint cp; (cp = capsa_utf8_before(text, at)).len;
       at -= cp.len) {
    switch (cp.value) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case 0x201D:
    case 0x2019:
    case 0xBB: continue;
    case '.':
    case '!':
    case '?':
    case ':':
    case ';':
    case 0x2026:
    case 0x3002:
    case 0xFF01:
    case 0xFF1F: return true;
    default: return false;
    }
  }
  return false;
}

/* ---- kinds */

static bool has_any(capsa_slice text, const char *const *list) {
  char folded[256];
  size_t len = 0;
  for (; len < text.len && len < sizeof folded; len++)
    folded[len] = (char)capsa_to_lower((unsigned char)text.ptr[len]);
  for (; *list; list++)
    if (capsa_slice_finds((capsa_slice){folded, len}, *list, 0) !=
        CAPSA_NOT_FOUND)
      return true;
  return false;
}

static bool is_dots(capsa_slice inner) {
  for (size_t i = 0; i < inner.len;) {
    capsa_codepoint cp = capsa_utf8_next(inner, i);
    if (cp.value != '.' && cp.value != 0x2026 && cp.value != ' ' &&
        cp.value != '-')
      return false;
    i += cp.len;
  }
  return inner.len > 0;
}

/* Longer brackets tell something, whatever words they use. */
#define GAP_LEN_MAX 120

/* "declass" and the like are short so that they survive a misprint. */
bool capsa_is_gap(capsa_slice inner) {
  static const char *const signs[] = {
      "not declass",
      "illegible",
      "omitted",
      "omission",
      "missing",
      "unintelligible",
      "inaudible",
      "indecipherable",
      "deleted",
      "garble",
      "text not found",
      "page torn",
      "unleserlich",
      "illisible",
      "ilegible",
      "\xD0\xBD\xD0\xB5\xD1\x80\xD0\xB0\xD0\xB7\xD0"
      "\xB1\xD0\xBE\xD1\x80", /* неразбор */
      NULL};
  return is_dots(inner) || (inner.len < GAP_LEN_MAX && has_any(inner, signs));
}

/* What is heard or seen, or said about the text: "[Laughter]", "[sic]". */
static bool is_remark(capsa_slice inner) {
  static const char *const words[] = {
      "laughter", "laughs",   "laughing",  "applause",     "pause",
      "silence",  "noise",    "crosstalk", "interruption", "interrupting",
      "aside",    "smiling",  "sic",       "sic!",         "footnote",
      "cheers",   "whispers", "nods",      "interjecting", NULL};
  size_t end = 0;
  while (end < inner.len && inner.ptr[end] != ' ' && inner.ptr[end] != '.')
    end++;
  for (int i = 0; words[i]; i++)
    if (capsa_slice_is_nocase(capsa_slice_cut(inner, 0, end), words[i]))
      return true;
  return false;
}

/* The scripts that a text is in: a gloss may be told by its own. */
enum { LATIN = 1, GREEK = 2, CYRILLIC = 4, OTHER = 8 };

static unsigned script_of(uint32_t c) {
  if (!capsa_is_letter(c)) return 0;
  if (c < 0x370) return LATIN;
  if (c < 0x400) return GREEK;
  return c < 0x530 ? CYRILLIC : OTHER;
}

static unsigned scripts_of(capsa_slice text) {
  unsigned scripts = 0;
  for (size_t i = 0; i < text.len;) {
    capsa_codepoint cp = capsa_utf8_next(text, i);
    scripts |= script_of(cp.value);
    i += cp.len;
  }
  return scripts;
}

/* Bytes of the text before a bracket that tell its script. */
#define SCRIPT_WINDOW 60

static bool is_other_script(capsa_slice text, size_t open, capsa_slice inner) {
  size_t from = open > SCRIPT_WINDOW ? open - SCRIPT_WINDOW : 0;
  while (from < open && ((unsigned char)text.ptr[from] & 0xC0) == 0x80) from++;
  unsigned around = scripts_of(capsa_slice_cut(text, from, open));
  unsigned inside = scripts_of(inner);
  return inside && around && !(inside & around);
}

typedef struct counts {
  size_t words, lower, unknown, digits;
} counts;

/* Words that begin in lower case tell the language; names do not. */
static counts count_words(capsa_slice inner) {
  counts n = {0};
  capsa_range at;
  char folded[CAPSA_WORD_BYTES_MAX * 2];
  for (size_t i = 0; capsa_word_next(inner, &i, &at);) {
    capsa_slice word = capsa_slice_cut(inner, at.start_byte, at.end_byte);
    size_t len = capsa_word_fold(word, folded);
    n.words++;
    if (capsa_starts_upper(word) || len < 2) continue;
    n.lower++;
    n.unknown += !capsa_lexicon_has((capsa_slice){folded, len});
  }
  for (size_t i = 0; i < inner.len; i++)
    n.digits += capsa_is_digit((unsigned char)inner.ptr[i]);
  return n;
}

static bool is_letter_before(capsa_slice text, size_t at) {
  capsa_codepoint cp = capsa_utf8_before(text, at);
  return cp.len && capsa_is_letter(cp.value);
}

static bool follows_sentence(capsa_slice text, size_t at) {
  return capsa_ends_sentence(capsa_slice_trim(capsa_slice_cut(text, 0, at)));
}

static capsa_span_kind kind_of(capsa_slice text, size_t open, size_t end,
                               bool english) {
  bool closed = end > open + 1 && text.ptr[end - 1] == ']';
  capsa_slice inner = capsa_slice_cut(text, open + 1, closed ? end - 1 : end);
  counts n = count_words(inner);
  if (capsa_is_gap(inner)) return CAPSA_SPAN_GAP;
  if (is_letter_before(text, open)) return CAPSA_SPAN_SUPPLIED;
  if (is_remark(inner)) return CAPSA_SPAN_NOTE;
  if (n.words <= SUPPLIED_WORDS_MAX && is_other_script(text, open, inner))
    return CAPSA_SPAN_GLOSS;
  if (english && !n.digits && n.words <= SUPPLIED_WORDS_MAX && n.unknown &&
      n.unknown * 2 >= n.lower)
    return CAPSA_SPAN_GLOSS;
  bool comma = capsa_slice_finds(inner, ", ", 0) != CAPSA_NOT_FOUND;
  bool sentence = capsa_ends_sentence(inner) && n.words > 2;
  if (n.words > SUPPLIED_WORDS_MAX || sentence || (comma && n.words > 3) ||
      (n.words > 3 && follows_sentence(text, open) &&
       capsa_starts_upper(inner)))
    return CAPSA_SPAN_NOTE;
  return CAPSA_SPAN_SUPPLIED;
}

/* ---- the pass */

/* Spans that the source's own markup has for brackets: where there are more in
 * one block, the brackets in it are left to them. */
#define TOLD_MAX 256

/* The first `count` spans of the block are the source's. */
static bool is_told(const capsa_draft_block *block, size_t count, size_t open,
                    size_t end) {
  for (size_t i = 0; i < count; i++) {
    const capsa_span *span = &block->spans.items[i];
    if (span->kind <= CAPSA_SPAN_GAP && span->at.start_byte < end &&
        span->at.end_byte > open)
      return true;
  }
  return false;
}

static size_t count_told(const capsa_draft_block *block) {
  size_t told = 0;
  for (size_t i = 0; i < block->spans.count; i++)
    told += block->spans.items[i].kind <= CAPSA_SPAN_GAP;
  return told;
}

static void report_open(capsa_draft *draft, capsa_draft_block *block,
                        size_t open, size_t end) {
  capsa_draft_span(draft, block, CAPSA_SPAN_GAP, end, end);
  capsa_draft_report(draft, CAPSA_SEVERITY_WARNING, block->line, "open-bracket",
                     "the bracket ends with its paragraph; what would "
                     "have closed it is marked as a gap",
                     capsa_slice_cut(block->text, open, end));
}

/* As far as a bracket may go: to the end of its paragraph or cell. */
static size_t end_of_scope(const capsa_draft_block *block, size_t open) {
  size_t end = block->text.len;
  if (block->kind != CAPSA_BLOCK_TABLE) return end;
  for (end = open; end < block->text.len; end++)
    if (block->text.ptr[end] == '\t' || block->text.ptr[end] == '\n') break;
  return end;
}

static void mark(capsa_draft *draft, capsa_draft_block *block, bool english) {
  capsa_slice text = block->text;
  size_t told = count_told(block), spans = told ? block->spans.count : 0;
  if (told > TOLD_MAX) return;
  for (size_t open = 0;
       (open = capsa_slice_finds(text, "[", open)) != CAPSA_NOT_FOUND;) {
    size_t end = end_of_scope(block, open);
    size_t close = capsa_bracket_close(capsa_slice_cut(text, 0, end), open);
    if (close != CAPSA_NOT_FOUND) end = close + 1;
    if (!is_told(block, spans, open, end)) {
      capsa_draft_span(draft, block, kind_of(text, open, end, english), open,
                       end);
      if (close == CAPSA_NOT_FOUND) report_open(draft, block, open, end);
    }
    open = end;
  }
}

void capsa_pass_brackets(capsa_draft *draft) {
  bool english = capsa_slice_starts(draft->metadata.language, "en");
  for (size_t i = 0; i < draft->blocks.count; i++) {
    capsa_draft_block *block = &draft->blocks.items[i];
    if (block->kind == CAPSA_BLOCK_CODE || block->kind == CAPSA_BLOCK_GAP ||
        block->kind == CAPSA_BLOCK_EDITORIAL)
      continue;
    mark(draft, block, english);
  }
}

/* The paragraph that closes what paragraph `first` opens, or `first`. */
static size_t closing_paragraph(const capsa_draft *draft, size_t first) {
  long depth = 0;
  size_t limit = first + BROKEN_BRACKET_MAX;
  for (size_t i = first; i < draft->blocks.count && i <= limit; i++) {
    const capsa_draft_block *block = &draft->blocks.items[i];
    if (block->kind != CAPSA_BLOCK_PARAGRAPH) break;
    for (size_t k = 0; k < block->text.len; k++) {
      depth += block->text.ptr[k] == '[';
      depth -= block->text.ptr[k] == ']';
    }
    if (depth == 0) return capsa_slice_ends(block->text, "]") ? i : first;
    /* Another bracket opens a paragraph, or a speaker does: it was lost. */
    if (i > first && capsa_slice_starts(block->text, "[")) break;
  }
  return first;
}

/* In place: the list only becomes shorter. */
void capsa_pass_broken_brackets(capsa_draft *draft) {
  capsa_draft_block *blocks = draft->blocks.items;
  size_t count = 0;
  for (size_t i = 0; i < draft->blocks.count; i++) {
    const capsa_draft_block *block = &blocks[i];
    size_t last = i;
    if (block->kind == CAPSA_BLOCK_PARAGRAPH && block->text.len &&
        block->text.ptr[0] == '[' &&
        capsa_bracket_close(block->text, 0) == CAPSA_NOT_FOUND)
      last = closing_paragraph(draft, i);
    capsa_draft_block *kept = &blocks[count++];
    if (kept != block) *kept = *block;
    for (; i < last; i++) {
      capsa_draft_block *more = &blocks[i + 1];
      more->apart =
          capsa_undone_has(draft, "broken-bracket", CAPSA_PARAGRAPH_BREAK,
                           kept->text, more->text);
      if (more->apart) kept->apart = true;
      if (more->apart) break;
      capsa_draft_join(draft, kept, more, "broken-bracket", 90);
    }
  }
  draft->blocks.count = count;
}
