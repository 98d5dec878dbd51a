/* marks.c -- page and leaf marks leave the text and become spans.
 *
 * Three kinds of evidence: the page is spelled out in square brackets
 * ("[Page 12]"); the mark stands on a line of its own ("- 7 -"); or marks of
 * one form count upwards through the record ("(p. 1)" … "(p. 2)", "/44/" …
 * "/45/"). A single "(p. 12)" is a reference and stays. A paragraph that a
 * mark on its own line broke in mid-sentence was never two: it is closed up,
 * which is no repair.
 */
#include <string.h>

#include "base/slice.h"
#include "document/passes/labels/labels.h"
#include "document/passes/passes.h"
#include "document/passes/take_marks.h"
#include "text/chars.h"

#define PAGE_DIGITS_MAX 5
#define ROMAN_MAX 8

/* Round marks count from 1, or there are so many in a row. */
#define ROUND_CHAIN_MIN 3

/* What ends so short without a full stop is a heading, no broken sentence. */
#define BROKEN_TEXT_MIN 40

typedef enum mark_form {
  FORM_PAGE,   /* [Page 12] */
  FORM_SQUARE, /* [p. 12], [l. 44] */
  FORM_ROUND,  /* (p. 12) */
  FORM_SLASH,  /* /44/ */
  FORM_LINE,   /* Page 12 of 40, - 12 - */
  FORM_NUMBER, /* [12] on a line of its own */
  FORM_COUNT
} mark_form;

typedef struct page_mark {
  mark_form form;
  capsa_mark mark;
  uint32_t value;
  bool alone;    /* the block holds nothing else */
  bool accepted; /* it is a mark */
} page_mark;

typedef struct page_marks {
  page_mark *items;
  size_t count, cap;
} page_marks;

/* ---- what a mark looks like */

static size_t skip_spaces(capsa_slice text, size_t at) {
  capsa_codepoint cp;
  while ((cp = capsa_utf8_next(text, at)).len && capsa_is_space(cp.value) &&
         cp.value != '\n' && cp.value != '\t')
    at += cp.len;
  return at;
}

/* Length of "page", "p.", "л." … at `at`, with the form it speaks for. */
static size_t page_word(capsa_slice text, size_t at, bool *full) {
  static const char *const words[] = {
      "page",  "seite", "página", "pagina", "страница", "leaf",
      "folio", "blatt", "sheet",  "лист",   "p.",       "pg.",
      "s.",    "pág.",  "с.",     "стр.",   "l.",       "f.",
      "fol.",  "bl.",   "л.",     "p",      NULL};
  enum { FULL_WORDS = 10 };
  capsa_slice rest = capsa_slice_from(text, at);
  /* Nearly every text begins with another letter than these words. */
  if (!rest.len ||
      ((unsigned char)rest.ptr[0] < 0x80 && !strchr("PpSsLlFfBb", rest.ptr[0])))
    return 0;
  for (size_t i = 0; words[i]; i++) {
    size_t len = strlen(words[i]);
    capsa_slice found = capsa_slice_cut(rest, 0, len);
    if (!capsa_slice_is_nocase(found, words[i])) continue;
    *full = i < FULL_WORDS;
    return len;
  }
  return 0;
}

static uint32_t roman_digit(char c) {
  switch (c | 0x20) {
  case 'i': return 1;
  case 'v': return 5;
  case 'x': return 10;
  case 'l': return 50;
  case 'c': return 100;
  default: return 0;
  }
}

static size_t read_roman(capsa_slice text, size_t at, uint32_t *value) {
  size_t end = at;
  uint32_t sum = 0, before = 0;
  for (uint32_t digit; end < text.len && end - at < ROMAN_MAX &&
                       (digit = roman_digit(text.ptr[end]));
       end++) {
    sum += digit;
    if (before && before < digit) sum -= 2 * before;
    before = digit;
  }
  *value = sum;
  return end;
}

/* "12", "12a", "44v", "44 об.", "xii". @return where it ends, or `at` */
static size_t read_number(capsa_slice text, size_t at, bool roman,
                          uint32_t *value) {
  size_t end = at;
  *value = 0;
  while (end < text.len && end - at < PAGE_DIGITS_MAX &&
         capsa_is_digit((unsigned char)text.ptr[end]))
    *value = *value * 10 + (uint32_t)(text.ptr[end++] - '0');
  if (end == at) return roman ? read_roman(text, at, value) : at;
  static const char *const backs[] = {"a", "b", "r", "v", "об.", "ob.", NULL};
  size_t back = skip_spaces(text, end);
  for (size_t i = 0; backs[i]; i++)
    if (capsa_slice_starts(capsa_slice_from(text, back), backs[i]) &&
        (back == end || i > 3))
      return back + strlen(backs[i]);
  return end;
}

/* " of 40", " / 40" */
static size_t skip_total(capsa_slice text, size_t at) {
  size_t next = skip_spaces(text, at);
  capsa_slice rest = capsa_slice_from(text, next);
  size_t word = capsa_slice_starts(rest, "of ")    ? 3
                : capsa_slice_starts(rest, "/")    ? 1
                : capsa_slice_starts(rest, "von ") ? 4
                : capsa_slice_starts(rest, "из ")  ? strlen("из ")
                                                   : 0;
  if (!word) return at;
  uint32_t total;
  next = skip_spaces(text, next + word);
  size_t end = read_number(text, next, false, &total);
  return end > next ? end : at;
}

/* "Page 12", "p. 12 of 40" from `at` on. */
static bool read_page(capsa_slice text, size_t at, page_mark *mark,
                      bool *full) {
  size_t word = page_word(text, at, full);
  if (!word) return false;
  size_t start = skip_spaces(text, at + word);
  size_t end = read_number(text, start, start > at + word, &mark->value);
  mark->mark.target = capsa_slice_cut(text, start, end);
  mark->mark.at.end_byte = skip_total(text, end);
  return end > start;
}

/* A mark in brackets or strokes that opens at `at`. */
static bool read_enclosed(capsa_slice text, size_t at, page_mark *mark) {
  char open = text.ptr[at];
  char close = open == '[' ? ']' : open == '(' ? ')' : '/';
  size_t inner = skip_spaces(text, at + 1);
  bool full = false, named = read_page(text, inner, mark, &full);
  if (!named && open != '/') return false;
  if (!named) {
    if (at && !capsa_is_space((unsigned char)text.ptr[at - 1])) return false;
    size_t end = read_number(text, inner, false, &mark->value);
    if (end == inner) return false;
    mark->mark.target = capsa_slice_cut(text, inner, end);
    mark->mark.at.end_byte = end;
  }
  size_t end = skip_spaces(text, mark->mark.at.end_byte);
  if (end >= text.len || text.ptr[end] != close) return false;
  mark->mark.at = (capsa_range){at, end + 1};
  mark->form = open == '('   ? FORM_ROUND
               : open == '/' ? FORM_SLASH
               : full        ? FORM_PAGE
                             : FORM_SQUARE;
  return true;
}

static size_t dash_len(capsa_slice text, size_t at) {
  capsa_codepoint cp = capsa_utf8_next(text, at);
  bool dash = cp.value == '-' || cp.value == 0x2013 || cp.value == 0x2014 ||
              cp.value == 0x2012 || cp.value == 0x2212;
  return dash ? cp.len : 0;
}

/* "- 12 -", "--- 12 ---"; an item of a list may have lost the first dash to its
 * marker. */
static bool read_dashed(capsa_slice line, bool item, page_mark *mark) {
  size_t dash = dash_len(line, 0);
  if (!dash && !item) return false;
  while (dash && dash_len(line, dash)) dash += dash_len(line, dash);
  size_t start = skip_spaces(line, dash);
  size_t end = read_number(line, start, false, &mark->value);
  if (end == start) return false;
  mark->mark.target = capsa_slice_cut(line, start, end);
  end = skip_spaces(line, end);
  dash = dash_len(line, end);
  while (dash && dash_len(line, end + dash)) end += dash_len(line, end);
  return dash && end + dash == line.len;
}

static bool read_line(capsa_slice line, bool item, page_mark *mark) {
  bool full = false;
  bool enclosed = line.len && strchr("[(/", line.ptr[0]) &&
                  read_enclosed(line, 0, mark) &&
                  mark->mark.at.end_byte == line.len;
  if (!enclosed) {
    if (!read_dashed(line, item, mark) && !(read_page(line, 0, mark, &full) &&
                                            mark->mark.at.end_byte == line.len))
      return false;
    mark->form = FORM_LINE;
    mark->mark.at = (capsa_range){0, line.len};
  }
  mark->alone = true;
  return true;
}

bool capsa_is_page_mark(capsa_slice line) {
  page_mark mark;
  return read_line(line, false, &mark);
}

/* ---- which of them are marks */

static void add_mark(capsa_draft *draft, page_marks *marks, size_t block,
                     page_mark mark) {
  page_mark *item = CAPSA_LIST_ADD(draft->arena, marks);
  if (!item) return;
  *item = mark;
  item->mark.block = block;
}

/* All of a paragraph: "[12]". */
static bool read_bare(capsa_slice text, page_mark *mark) {
  if (text.len < 3 || text.ptr[0] != '[') return false;
  size_t end = read_number(text, 1, false, &mark->value);
  if (end == 1 || end + 1 != text.len || text.ptr[end] != ']') return false;
  mark->mark.target = capsa_slice_cut(text, 1, end);
  mark->mark.at = (capsa_range){0, text.len};
  mark->form = FORM_NUMBER;
  mark->alone = true;
  return true;
}

static void find_in_block(capsa_draft *draft, page_marks *marks, size_t index) {
  const capsa_draft_block *block = &draft->blocks.items[index];
  capsa_slice text = block->text;
  page_mark mark = {0};
  if (read_line(text, block->kind == CAPSA_BLOCK_LIST, &mark) ||
      read_bare(text, &mark)) {
    add_mark(draft, marks, index, mark);
    return;
  }
  for (size_t i = 0; i < text.len; i++) {
    char c = text.ptr[i];
    if (c != '[' && c != '(' && c != '/') continue;
    mark = (page_mark){0};
    if (!read_enclosed(text, i, &mark)) continue;
    add_mark(draft, marks, index, mark);
    i = mark.mark.at.end_byte - 1;
  }
}

static bool follows(const page_mark *before, const page_mark *after) {
  return after->value == before->value + 1 ||
         (after->value == before->value &&
          after->mark.target.len > before->mark.target.len);
}

/* Marks of one form, in the order of the text. */
typedef struct form_marks {
  page_mark **items;
  size_t count, cap;
} form_marks;

/* Accept the runs that count upwards, where they are most of the form. */
static void accept_chains(const form_marks *of, size_t least) {
  size_t chained = 0, from = 0;
  for (size_t i = 1; i <= of->count; i++) {
    if (i < of->count && follows(of->items[i - 1], of->items[i])) continue;
    bool enough = i - from >= least || of->items[from]->value == 1;
    for (; from < i; from++) {
      of->items[from]->accepted = enough;
      chained += enough;
    }
  }
  if (chained * 2 > of->count) return;
  for (size_t i = 0; i < of->count; i++) of->items[i]->accepted = false;
}

/* Numbers alone count upwards without a gap, and stand nowhere in a text: else
 * they are of notes. */
static bool are_pages(const capsa_draft *draft, const form_marks *of) {
  if (of->count < 2) return false;
  for (size_t i = 1; i < of->count; i++)
    if (of->items[i]->value != of->items[i - 1]->value + 1) return false;
  const page_mark *first = of->items[0];
  capsa_slice printed = draft->blocks.items[first->mark.block].text;
  for (size_t i = 0; i < draft->blocks.count; i++)
    if (i != first->mark.block &&
        capsa_slice_find(draft->blocks.items[i].text, printed, 0) !=
            CAPSA_NOT_FOUND)
      return false;
  return true;
}

/* Strokes part alternatives and dates, so that one alone says nothing. */
static void accept_form(const form_marks *of, mark_form form) {
  if (form == FORM_ROUND) accept_chains(of, ROUND_CHAIN_MIN);
  if (form == FORM_SLASH) accept_chains(of, 2);
  for (size_t i = 0; i < of->count; i++) {
    page_mark *mark = of->items[i];
    bool rises = (!i || of->items[i - 1]->value <= mark->value) &&
                 (i + 1 == of->count || mark->value <= of->items[i + 1]->value);
    if (mark->alone || form == FORM_PAGE || (form == FORM_SQUARE && rises))
      mark->accepted = true;
  }
}

static void accept_marks(capsa_draft *draft, page_marks *marks) {
  for (mark_form form = 0; form < FORM_COUNT; form++) {
    form_marks of = {0};
    for (size_t i = 0; i < marks->count; i++) {
      if (marks->items[i].form != form) continue;
      page_mark **item = CAPSA_LIST_ADD(draft->arena, &of);
      if (item) *item = &marks->items[i];
    }
    if (of.count && (form != FORM_NUMBER || are_pages(draft, &of)))
      accept_form(&of, form);
  }
}

static void put_page_break(capsa_draft *draft, capsa_draft_block *block,
                           size_t at, capsa_slice printed, capsa_slice number) {
  capsa_span *span =
      capsa_draft_span(draft, block, CAPSA_SPAN_PAGE_BREAK, at, at);
  if (!span) return;
  span->target = number;
  span->mark = printed;
}

/* ---- blocks that held nothing but marks */

static bool is_flowing(const capsa_draft_block *block) {
  return block->kind == CAPSA_BLOCK_PARAGRAPH ||
         block->kind == CAPSA_BLOCK_SPEECH ||
         block->kind == CAPSA_BLOCK_QUOTATION;
}

/* "from Paris that the": a word in lower case ends no paragraph. */
static bool ends_in_words(capsa_slice text) {
  size_t start = text.len;
  capsa_codepoint cp;
  while ((cp = capsa_utf8_before(text, start)).len && cp.value != ' ') {
    if (!capsa_is_lower(cp.value) || !capsa_is_letter(cp.value)) return false;
    start -= cp.len;
  }
  return start > 0 && start < text.len;
}

bool capsa_is_broken_off(const capsa_draft_block *before,
                         const capsa_draft_block *after) {
  if (!is_flowing(after) || after->label.len ||
      !(is_flowing(before) || before->kind == CAPSA_BLOCK_LIST) ||
      before->text.len < BROKEN_TEXT_MIN || capsa_ends_sentence(before->text))
    return false;
  capsa_label_shape label;
  return capsa_slice_ends(before->text, ",") ||
         capsa_is_lower(capsa_utf8_next(after->text, 0).value) ||
         (ends_in_words(before->text) &&
          !capsa_label_shape_read(after->text, &label));
}

static void prepend_spans(capsa_draft *draft, capsa_draft_block *block,
                          const capsa_draft_block *from, size_t at) {
  for (size_t i = 0; i < from->spans.count; i++) {
    const capsa_span *span = &from->spans.items[i];
    put_page_break(draft, block, at, span->mark, span->target);
  }
}

static bool is_spent(const capsa_draft_block *block) {
  return !block->text.len && block->spans.count &&
         block->spans.items[0].kind == CAPSA_SPAN_PAGE_BREAK;
}

/* The marks of spent blocks go to the next block, or the last one. */
static void drop_spent(capsa_draft *draft) {
  capsa_draft_blocks out = {0};
  const capsa_draft_blocks *in = &draft->blocks;
  for (size_t i = 0; i < in->count; i++) {
    size_t first = i;
    while (i < in->count && is_spent(&in->items[i])) i++;
    bool ends = i == in->count;
    if (ends && !out.count) return; /* nothing but marks: they stay */
    capsa_draft_block *last = out.count ? &out.items[out.count - 1] : NULL;
    bool joins =
        !ends && i > first && last && capsa_is_broken_off(last, &in->items[i]);
    if (!ends && !joins) {
      last = CAPSA_LIST_ADD(draft->arena, &out);
      if (!last) return;
      *last = in->items[i];
    }
    size_t at = joins ? last->text.len + 1 : ends ? last->text.len : 0;
    if (joins) capsa_draft_join(draft, last, &in->items[i], NULL, 0);
    for (; first < i; first++)
      prepend_spans(draft, last, &in->items[first], at);
  }
  capsa_draft_replace(draft, out);
}

/* A text of nothing but marks keeps them as its text. */
static bool is_all_marks(const capsa_draft *draft, const page_marks *marks) {
  size_t alone = 0;
  for (size_t i = 0; i < marks->count; i++) alone += marks->items[i].alone;
  return alone == draft->blocks.count;
}

void capsa_pass_marks(capsa_draft *draft) {
  page_marks marks = {0};
  if (draft->format == CAPSA_FORMAT_TEI) return; /* it has <pb/> */
  for (size_t i = 0; i < draft->blocks.count; i++)
    if (draft->blocks.items[i].kind != CAPSA_BLOCK_CODE)
      find_in_block(draft, &marks, i);
  if (is_all_marks(draft, &marks)) return;
  accept_marks(draft, &marks);
  capsa_mark *taken =
      capsa_arena_alloc(draft->arena, marks.count * sizeof *taken);
  if (!taken) return;
  size_t count = 0;
  for (size_t i = 0; i < marks.count; i++)
    if (marks.items[i].accepted) taken[count++] = marks.items[i].mark;
  capsa_marks_take(draft, CAPSA_SPAN_PAGE_BREAK, taken, count);
  capsa_arena_release(draft->arena, taken);
  capsa_arena_release(draft->arena, marks.items);
  if (count) drop_spent(draft);
}
