/* labels.c -- candidates at the start of paragraphs, then families.
 *
 * The shape of a label: up to eight words that all begin in upper case or are
 * small words of names and offices (of, the, de, and), with stops, initials
 * and brackets among them, then a colon, or, all in capitals, a full stop.
 */
#include "document/passes/labels.h"

#include <string.h>

#include "base/slice.h"
#include "document/passes/passes.h"
#include "text/chars.h"

#define LABEL_WORDS_MAX 8

/* What stands before a colon on forms and letterheads and never speaks. */
static bool is_field(capsa_slice bare) {
  static const char *const fields[] = {"present",
                                       "participants",
                                       "attendees",
                                       "subject",
                                       "subjects",
                                       "date",
                                       "place",
                                       "time",
                                       "to",
                                       "from",
                                       "cc",
                                       "re",
                                       "ref",
                                       "reference",
                                       "references",
                                       "note",
                                       "notes",
                                       "source",
                                       "sources",
                                       "summary",
                                       "title",
                                       "citation",
                                       "comment",
                                       "comments",
                                       "action",
                                       "copies",
                                       "copy",
                                       "drafted by",
                                       "approved by",
                                       "signed",
                                       "classification",
                                       "location",
                                       "dear mr",
                                       "dear sir",
                                       "persons present",
                                       "those present",
                                       "general subjects",
                                       "enclosure",
                                       "enclosures",
                                       "attachment",
                                       "attachments",
                                       "annex",
                                       "appendix",
                                       "conclusion",
                                       "conclusions",
                                       "recommendation",
                                       "recommendations",
                                       "discussion",
                                       "background",
                                       "original language",
                                       "contents",
                                       "rights",
                                       "author",
                                       "interpreter",
                                       "interpreters",
                                       "translated by",
                                       "example",
                                       "warning",
                                       "figure",
                                       NULL};
  for (int i = 0; fields[i]; i++)
    if (capsa_slice_equal_nocase(bare, capsa_slice_of(fields[i]))) return true;
  return capsa_slice_starts(bare, "Dear ") || capsa_slice_ends(bare, " that");
}

static bool is_small_word(capsa_slice word) {
  static const char *const words[] = {"of",  "the", "de", "von", "van", "der",
                                      "for", "and", "al", "du",  "la",  "le",
                                      "den", "ibn", "to", "di",  NULL};
  for (int i = 0; words[i]; i++)
    if (capsa_slice_equal(word, capsa_slice_of(words[i]))) return true;
  return false;
}

/* Bytes of a colon at `i`: 1, 3 for the full-width one, 0 for none. */
static size_t colon_len(capsa_slice text, size_t i) {
  if (text.ptr[i] == ':') return 1;
  return capsa_slice_starts(capsa_slice_from(text, i), "\xEF\xBC\x9A") ? 3 : 0;
}

static bool is_break(capsa_slice text, size_t i) {
  if (i >= text.len) return true;
  capsa_codepoint cp = capsa_utf8_next(text, i);
  return capsa_is_space(cp.value) || cp.value == '[' || cp.value == '(' ||
         cp.value == '"' || cp.value == 0x201C || cp.value >= 0x2E80;
}

/* Do all words of `bare` look like those of a name or an office? */
static bool is_name_like(capsa_slice bare) {
  size_t words = 0;
  for (size_t i = 0; i < bare.len;) {
    size_t end = i;
    while (end < bare.len && bare.ptr[end] != ' ') end++;
    capsa_slice word = capsa_slice_cut(bare, i, end);
    capsa_codepoint first = capsa_utf8_next(word, 0);
    bool small = words && is_small_word(word);
    bool cased = capsa_is_upper(first.value) || first.value == '[' ||
                 (first.value >= 0x2E80 && capsa_is_letter(first.value));
    if (word.len && !small && !cased) return false;
    for (size_t k = 0; k < word.len; k++)
      if (strchr("!?;\"=/", word.ptr[k])) return false;
    words += word.len > 0;
    i = end + 1;
  }
  return words > 0 && words <= LABEL_WORDS_MAX;
}

/* The end of the label with a colon that `text` opens with, or 0. */
static size_t colon_label(capsa_slice text, capsa_slice *bare) {
  size_t depth = 0;
  for (size_t i = 0; i < text.len && i < CAPSA_LABEL_MAX; i++) {
    depth += text.ptr[i] == '[';
    if (text.ptr[i] == ']' && depth) depth--;
    size_t colon = depth ? 0 : colon_len(text, i);
    if (!colon) continue;
    *bare = capsa_slice_trim(capsa_slice_cut(text, 0, i));
    return bare->len && is_break(text, i + colon) && is_name_like(*bare)
               ? i + colon
               : 0;
  }
  return 0;
}

/* "BALL. Oh no": capitals of at least two letters, a stop, upper case next. */
static size_t stop_label(capsa_slice text, capsa_slice *bare) {
  for (size_t i = 1; i < text.len && i < CAPSA_LABEL_MAX; i++) {
    if (text.ptr[i] != '.' || i + 1 >= text.len || text.ptr[i + 1] != ' ')
      continue;
    *bare = capsa_slice_cut(text, 0, i);
    if (!capsa_is_capitals(*bare, 1)) return 0;
    size_t word = i;
    while (word && bare->ptr[word - 1] != ' ' && bare->ptr[word - 1] != '.')
      word--;
    if (i - word < 3) continue; /* "MR. ", "N.S. " */
    return is_name_like(*bare) ? i + 1 : 0;
  }
  return 0;
}

static size_t label_shape(capsa_slice text, capsa_slice *bare, char *sign) {
  *sign = ':';
  size_t end = colon_label(text, bare);
  if (end) return end;
  *sign = '.';
  return stop_label(text, bare);
}

static capsa_label_family *find_family(const capsa_labels *labels,
                                       capsa_slice bare) {
  for (size_t i = 0; i < labels->count; i++)
    if (capsa_slice_equal(labels->items[i].bare, bare))
      return &labels->items[i];
  return NULL;
}

/* Records have tens of speakers; a file that is all labels is none. */
#define FAMILIES_MAX 512

static void count_label(capsa_draft *draft, capsa_labels *labels,
                        capsa_slice text) {
  capsa_slice bare;
  char sign;
  if (!label_shape(text, &bare, &sign) || is_field(bare)) return;
  capsa_label_family *family = find_family(labels, bare);
  if (!family && labels->count < FAMILIES_MAX) {
    family = CAPSA_LIST_ADD(draft->arena, labels);
    if (family)
      *family = (capsa_label_family){
          .bare = bare, .sign = sign, .capitals = capsa_is_capitals(bare, 1)};
  }
  if (family) family->count++;
}

/* Titles before a name: a label that has one is a person's. */
static bool has_title(capsa_slice bare) {
  static const char *const titles[] = {
      "Mr",        "Mrs",      "Ms",      "Miss",    "Dr",         "Gen",
      "General",   "Adm",      "Admiral", "Amb",     "Ambassador", "Secretary",
      "President", "Minister", "Premier", "Comrade", "Chairman",   "Senator",
      "Marshal",   "Colonel",  "Col",     "Lt",      "Sir",        "Lord",
      "The",       "Com",      "Cde",     "Prime",   "Professor",  "Prof",
      NULL};
  size_t end = 0;
  while (end < bare.len && bare.ptr[end] != ' ' && bare.ptr[end] != '.') end++;
  capsa_slice first = capsa_slice_cut(bare, 0, end);
  for (int i = 0; titles[i]; i++)
    if (capsa_slice_equal_nocase(first, capsa_slice_of(titles[i])))
      return end < bare.len;
  return false;
}

static size_t word_count(capsa_slice bare) {
  size_t words = 1;
  for (size_t i = 0; i < bare.len; i++) words += bare.ptr[i] == ' ';
  return words;
}

/* In a record with at least two labels that come again, a label seen once is
 * a speaker too when it is printed like the others. */
static bool is_speaker(const capsa_label_family *family, size_t repeated,
                       size_t capitals) {
  if (family->count > 1) return true;
  if (family->sign == '.') return repeated > 1 && capitals * 2 > repeated;
  if (!repeated) return false;
  bool alike = family->capitals == (capitals * 2 > repeated);
  return repeated > 1 && alike &&
         (has_title(family->bare) || word_count(family->bare) <= 3);
}

/* Two labels that alternate, or one that comes three times, make a
 * conversation; less does not. */
static bool is_conversation(const capsa_labels *labels, size_t *repeated,
                            size_t *capitals) {
  size_t turns = 0, persons = 0;
  *repeated = *capitals = 0;
  for (size_t i = 0; i < labels->count; i++) {
    const capsa_label_family *family = &labels->items[i];
    turns += family->count;
    persons += family->capitals || has_title(family->bare);
    if (family->count < 2) continue;
    ++*repeated;
    *capitals += family->capitals;
  }
  return *repeated > 1 || (*repeated && labels->count > 1 && turns > 2) ||
         (persons > 1 && labels->count > 1);
}

void capsa_labels_find(capsa_draft *draft, capsa_labels *labels) {
  capsa_labels all = {0};
  for (size_t i = 0; i < draft->blocks.count; i++)
    if (draft->blocks.items[i].kind == CAPSA_BLOCK_PARAGRAPH)
      count_label(draft, &all, draft->blocks.items[i].text);
  size_t repeated, capitals;
  if (!is_conversation(&all, &repeated, &capitals)) return;
  for (size_t i = 0; i < all.count; i++) {
    if (!is_speaker(&all.items[i], repeated, capitals) &&
        !(repeated < 2 &&
          (all.items[i].capitals || has_title(all.items[i].bare))))
      continue;
    capsa_label_family *family = CAPSA_LIST_ADD(draft->arena, labels);
    if (family) *family = all.items[i];
  }
}

/* ---- labels in texts */

/* Does `text`, spaces aside, end (or begin) with the letters of `bare`?
 * Returns how many bytes of `text` that takes, or 0. */
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

/* The family whose label ends before byte `end` of `text`. Only labels in
 * capitals may have spaces lost or gained: "KHRUS HCHEV N.S." */
static bool label_before(const capsa_labels *labels, capsa_slice text,
                         size_t end, capsa_label *out) {
  capsa_slice before = capsa_slice_cut(text, 0, end);
  for (size_t i = 0; i < labels->count; i++) {
    const capsa_label_family *family = &labels->items[i];
    size_t len = match_back(before, family->bare);
    if (!len) continue;
    capsa_slice printed = capsa_slice_cut(text, end - len, end);
    bool same = capsa_slice_equal(printed, family->bare);
    capsa_codepoint cp = capsa_utf8_before(text, end - len);
    if (cp.len && (capsa_is_letter(cp.value) || cp.value == '.')) continue;
    if (!same && !family->capitals) continue;
    if (out->family && out->printed.len >= len) continue;
    *out = (capsa_label){.start = end - len,
                         .printed = printed,
                         .family = family,
                         .misread = !same};
  }
  return out->family != NULL;
}

/* A label that ends with the sign at byte `at`. A semicolon is a colon that
 * was misread. */
static bool label_at_sign(const capsa_labels *labels, capsa_slice text,
                          size_t at, capsa_label *out) {
  size_t sign = colon_len(text, at);
  bool semicolon = text.ptr[at] == ';', stop = text.ptr[at] == '.';
  *out = (capsa_label){0};
  if (!sign && !semicolon && !stop) return false;
  if (!sign) sign = 1;
  if (!is_break(text, at + sign) || !label_before(labels, text, at, out))
    return false;
  if (stop != (out->family->sign == '.')) return false;
  if (semicolon && !out->family->capitals) return false;
  out->misread |= semicolon;
  out->end = at + sign;
  return true;
}

bool capsa_label_at_start(const capsa_labels *labels, capsa_slice text,
                          capsa_label *out) {
  for (size_t i = 0; i < text.len && i < CAPSA_LABEL_MAX; i++)
    if (label_at_sign(labels, text, i, out) && out->start == 0) return true;
  return false;
}

static bool may_follow(capsa_slice text, size_t start) {
  capsa_slice before = capsa_slice_trim(capsa_slice_cut(text, 0, start));
  return start && text.ptr[start - 1] == ' ' && capsa_ends_sentence(before);
}

bool capsa_label_inside(const capsa_labels *labels, capsa_slice text,
                        size_t from, capsa_label *out) {
  if (!labels->count) return false;
  for (size_t i = from; i < text.len; i++) {
    if (text.ptr[i] != ':' && text.ptr[i] != ';' && text.ptr[i] != '.' &&
        (unsigned char)text.ptr[i] != 0xEF)
      continue;
    /* Only the end of the text before the sign matters. */
    size_t window = i > CAPSA_LABEL_MAX * 2 ? i - CAPSA_LABEL_MAX * 2 : 0;
    if (window < from) window = from;
    capsa_slice part = capsa_slice_from(text, window);
    if (!label_at_sign(labels, part, i - window, out)) continue;
    out->start += window;
    out->end += window;
    if (out->start > from &&
        may_follow(capsa_slice_cut(text, from, text.len), out->start - from))
      return true;
  }
  return false;
}

const capsa_label_family *capsa_label_told(const capsa_labels *labels,
                                           capsa_slice text) {
  for (size_t i = 0; i < labels->count; i++) {
    const capsa_label_family *family = &labels->items[i];
    size_t len = family->bare.len;
    if (!family->capitals || text.len < len + 3 || text.ptr[len] != ' ' ||
        !capsa_slice_equal(capsa_slice_cut(text, 0, len), family->bare))
      continue;
    if (capsa_is_lower(capsa_utf8_next(text, len + 1).value)) return family;
  }
  return NULL;
}
