/* label_find.c -- the labels that stand in a text, once the families are known.
 */
#include <string.h>

#include "base/slice.h"
#include "document/passes/labels/labels.h"
#include "document/passes/passes.h"
#include "document/passes/people/titles.h"
#include "text/chars.h"

/* The words of a label, folded, one space between them: two labels that differ
 * in stops, commas, case or a bracket read the same. */
static size_t put_words(capsa_slice bare, char *out) {
  size_t len = 0, depth = 0;
  bool gap = false;
  for (size_t i = 0; i < bare.len && len + 5 < CAPSA_LABEL_MAX;) {
    capsa_codepoint cp = capsa_utf8_next(bare, i);
    if (cp.value == '[' || cp.value == '(') depth++;
    bool letter = !depth && capsa_is_letter(cp.value);
    if (!letter && !capsa_is_apostrophe(cp.value)) gap = true;
    if ((cp.value == ']' || cp.value == ')') && depth) depth--;
    if (letter) {
      if (gap && len) out[len++] = ' ';
      gap = false;
      uint32_t lower = capsa_to_lower(cp.value);
      if (lower < 0x80) out[len++] = (char)lower;
      else {
        memcpy(out + len, bare.ptr + i, cp.len);
        len += cp.len;
      }
    }
    i += cp.len;
  }
  return len;
}

static bool reads_the_same(capsa_slice a, capsa_slice b) {
  char x[CAPSA_LABEL_MAX], y[CAPSA_LABEL_MAX];
  size_t len = put_words(a, x);
  return capsa_slice_equal((capsa_slice){x, len},
                           (capsa_slice){y, put_words(b, y)});
}

static void settle(const capsa_labels *labels, const capsa_label_family *family,
                   capsa_label *out) {
  if (family->misread_for) family = &labels->items[family->misread_for - 1];
  out->family = family;
  out->misread = !reads_the_same(out->printed, family->bare);
}

/* ---- at the start */

/* The colon may have lost its space: "Minister Casey:I think". */
static bool tight_label(const capsa_labels *labels, capsa_slice text,
                        capsa_label *out) {
  size_t i = 1;
  while (i < text.len && i < CAPSA_LABEL_MAX && text.ptr[i] != ':') i++;
  if (i >= text.len || text.ptr[i] != ':' ||
      !capsa_is_upper(capsa_utf8_next(text, i + 1).value))
    return false;
  out->end = i + 1;
  out->printed = capsa_slice_trim(capsa_slice_cut(text, 0, i));
  const capsa_label_family *family = capsa_label_find(labels, out->printed);
  if (!family || capsa_label_is_capitals(out->printed) != family->capitals)
    return false;
  settle(labels, family, out);
  return true;
}

bool capsa_label_at_start(const capsa_labels *labels,
                          const capsa_draft_block *block, capsa_label *out) {
  capsa_label_shape shape;
  *out = (capsa_label){0};
  if (!labels->count) return false;
  const capsa_label_family *family = NULL;
  if (labels->style
          ? capsa_label_shape_styled(block->text, labels->style, &shape)
          : capsa_label_shape_read(block->text, &shape) ||
                capsa_label_shape_own(block, &shape))
    family = capsa_label_find(labels, shape.bare);
  if (!family && labels->style) return false;
  if (!family || (family->sign != shape.sign && shape.sign == '.'))
    return tight_label(labels, block->text, out);
  out->end = shape.end;
  out->sign = shape.sign == ';';
  out->printed = shape.bare;
  settle(labels, family, out);
  return true;
}

/* ---- inside */

/* Does `text`, spaces aside, end with the letters of `bare`? Returns how many
 * bytes of `text` that takes, or 0. */
static size_t match_back(capsa_slice text, capsa_slice bare) {
  size_t i = text.len, k = bare.len;
  while (k) {
    if (bare.ptr[k - 1] == ' ') {
      k--;
      continue;
    }
    if (i && text.ptr[i - 1] == ' ') {
      i--;
      continue;
    }
    if (!i || text.ptr[i - 1] != bare.ptr[k - 1]) return 0;
    i--;
    k--;
  }
  return text.len - i;
}

/* The longest family whose label ends before byte `end` of `text`. Only labels
 * in capitals may have spaces lost or gained: "KHRUS HCHEV N.S." */
static bool label_before(const capsa_labels *labels, capsa_slice text,
                         size_t end, capsa_label *out) {
  capsa_slice before = capsa_slice_trim(capsa_slice_cut(text, 0, end));
  const capsa_label_family *found = NULL;
  size_t longest = 0;
  if (!before.len) return false;
  unsigned char ending = (unsigned char)before.ptr[before.len - 1];
  for (size_t i = labels->endings[ending].first; i;
       i = labels->items[i - 1].next_ending) {
    const capsa_label_family *family = &labels->items[i - 1];
    size_t len = match_back(before, family->bare);
    if (!len || len <= longest) continue;
    size_t start = before.len - len;
    capsa_codepoint cp = capsa_utf8_before(before, start);
    if (cp.len && (capsa_is_letter(cp.value) || cp.value == '.')) continue;
    capsa_slice printed = capsa_slice_from(before, start);
    if (!capsa_slice_equal(printed, family->bare) && !family->capitals)
      continue;
    longest = len;
    found = family;
    out->printed = printed;
    out->start = (size_t)(printed.ptr - text.ptr);
  }
  if (found) settle(labels, found, out);
  return found != NULL;
}

/* A label that ends with the sign at byte `at`. */
static bool label_at_sign(const capsa_labels *labels, capsa_slice text,
                          size_t at, capsa_label *out) {
  size_t sign = capsa_colon_len(text, at);
  bool semicolon = text.ptr[at] == ';', stop = text.ptr[at] == '.';
  *out = (capsa_label){0};
  if ((semicolon && !labels->capitals) || (stop && !labels->stop)) return false;
  if (!sign && !semicolon && !stop) return false;
  if (!sign) sign = 1;
  if (!capsa_label_break(text, at + sign) ||
      !label_before(labels, text, at, out))
    return false;
  if (stop != (out->family->sign == '.')) return false;
  if (semicolon && !out->family->capitals) return false;
  out->sign = semicolon;
  out->end = at + sign;
  return true;
}

/* "the question of Gen. Lenk:" has not ended before the name. */
static bool ends_in_title(capsa_slice before) {
  size_t start = before.len;
  if (!start || before.ptr[start - 1] != '.') return false;
  while (start && before.ptr[start - 1] != ' ') start--;
  capsa_slice word = capsa_slice_from(before, start);
  const capsa_title *title = capsa_title_find(word);
  return title && title->kind != CAPSA_TITLE_ROLE &&
         word.len - 1 < strlen(title->full);
}

/* "You will. - BLOT: When?": a dash between turns on one line. */
static capsa_slice without_dash(capsa_slice before) {
  static const char *const dashes[] = {" -", " \xE2\x80\x93", " \xE2\x80\x94",
                                       NULL};
  for (int i = 0; dashes[i]; i++)
    if (capsa_slice_ends(before, dashes[i]))
      return capsa_slice_cut(before, 0, before.len - strlen(dashes[i]));
  return before;
}

bool capsa_label_may_follow(capsa_slice text, size_t start) {
  if (!start || text.ptr[start - 1] != ' ') return false;
  capsa_slice before = capsa_slice_cut(text, 0, start - 1);
  while (capsa_slice_ends(before, " ")) before.len--;
  before = without_dash(before);
  return capsa_ends_sentence(before) && !ends_in_title(before);
}

/* Bytes before a sign that matter to it. */
#define WINDOW (CAPSA_LABEL_MAX * 2)

/* A label without a colon is believed where a sentence ends before it, and
 * only as it is printed elsewhere. */
static bool styled_inside(const capsa_labels *labels, capsa_slice text,
                          size_t from, capsa_label *out) {
  for (size_t i = from + 1; i + 1 < text.len; i++) {
    if (text.ptr[i - 1] != ' ' || text.ptr[i] == ' ' ||
        !capsa_label_may_follow(capsa_slice_from(text, from), i - from))
      continue;
    capsa_label_shape shape;
    capsa_slice rest = capsa_slice_cut(text, i, i + CAPSA_LABEL_MAX * 2);
    if (!capsa_label_shape_styled(rest, labels->style, &shape)) continue;
    const capsa_label_family *family = capsa_label_find(labels, shape.bare);
    if (!family || !capsa_slice_equal(shape.bare, family->bare)) continue;
    *out =
        (capsa_label){.start = i, .end = i + shape.end, .printed = shape.bare};
    settle(labels, family, out);
    return true;
  }
  return false;
}

/* Bytes that a sign may begin with; the last two count where this record's
 * labels allow them. Nearly all of a text is none of them. */
enum { COLON = 1, SEMICOLON = 2, STOP = 4 };
static const unsigned char signs[256] = {
    [':'] = COLON, [0xEF] = COLON, [';'] = SEMICOLON, ['.'] = STOP};

bool capsa_label_inside(const capsa_labels *labels, capsa_slice text,
                        size_t from, capsa_label *out) {
  if (!labels->count) return false;
  if (labels->style) return styled_inside(labels, text, from, out);
  int wanted =
      COLON | (labels->capitals ? SEMICOLON : 0) | (labels->stop ? STOP : 0);
  for (size_t i = from; i < text.len; i++) {
    if (!(signs[(unsigned char)text.ptr[i]] & wanted)) continue;
    size_t window = i > WINDOW ? i - WINDOW : 0;
    if (window < from) window = from;
    capsa_slice part = capsa_slice_from(text, window);
    if (!label_at_sign(labels, part, i - window, out)) continue;
    out->start += window;
    out->end += window;
    if (out->start > from &&
        capsa_label_may_follow(capsa_slice_from(text, from), out->start - from))
      return true;
  }
  return false;
}

/* "DR on danger of war" tells nothing that he did; "DR thanks him" does. */
static bool is_told_verb(capsa_slice text, size_t at) {
  static const char *const others[] = {
      "a",  "an",   "and", "as",   "at",  "but", "by",   "for",  "from", "in",
      "is", "it",   "its", "not",  "of",  "on",  "or",   "than", "that", "the",
      "to", "with", "was", "were", "has", "had", "have", "are",  NULL};
  size_t end = at;
  while (end < text.len && text.ptr[end] != ' ') end++;
  for (int i = 0; others[i]; i++)
    if (capsa_slice_is(capsa_slice_cut(text, at, end), others[i])) return false;
  return capsa_is_lower(capsa_utf8_next(text, at).value);
}

const capsa_label_family *capsa_label_told(const capsa_labels *labels,
                                           capsa_slice text) {
  if (!text.len) return NULL;
  unsigned char beginning = (unsigned char)text.ptr[0];
  for (size_t i = labels->beginnings[beginning].first; i;
       i = labels->items[i - 1].next_beginning) {
    const capsa_label_family *family = &labels->items[i - 1];
    size_t len = family->bare.len;
    if (text.len > len + 2 && text.ptr[len] == ' ' &&
        capsa_slice_equal(capsa_slice_cut(text, 0, len), family->bare) &&
        is_told_verb(text, len + 1))
      return family;
  }
  return NULL;
}
