/* label_styles.c -- labels without a colon: a dash behind the name ("M.
 * Durand. — …", "Q.—…"), a full stop behind a name that is in no capitals
 * ("Durand. I think …"), or nothing, where small capitals were flattened
 * ("general durand I think …").
 *
 * Any prose may open a paragraph so. They are looked for only in a record that
 * has no other labels, and believed only together: two speakers who come
 * again, close together, in a good part of the paragraphs between the first and
 * the last of them.
 */
#include <string.h>

#include "base/slice.h"
#include "document/passes/labels/labels.h"
#include "document/passes/people/titles.h"
#include "text/chars.h"

#define STOP_LABEL_MAX 40
#define PLAIN_WORDS_MAX 4
#define NAME_LETTERS_MIN 3

/* A place is looked for in so many blocks: every speaker's name is. */
#define PLACE_BLOCKS_MAX 300

/* What speaks for a conversation. */
#define SPEAKERS_MIN 2
#define TURNS_MIN 4
#define TURNS_ONE_IN 3
#define VOICE_ONE_IN 6

/* ---- shapes */

static size_t dash_len(capsa_slice text, size_t at) {
  capsa_codepoint cp = capsa_utf8_next(text, at);
  bool spaced = at && text.ptr[at - 1] == ' ' && at + cp.len < text.len &&
                capsa_is_space(capsa_utf8_next(text, at + cp.len).value);
  if (cp.value == 0x2014 || cp.value == 0x2013) return cp.len;
  if (cp.value != '-') return 0;
  if (capsa_slice_starts(capsa_slice_from(text, at), "--")) return 2;
  return spaced ? 1 : 0;
}

static size_t skip_spaces(capsa_slice text, size_t at) {
  capsa_codepoint cp;
  while ((cp = capsa_utf8_next(text, at)).len && capsa_is_space(cp.value))
    at += cp.len;
  return at;
}

/* The dash stands behind a stop or a space: "Jean-Paul" and "1914–1918" have
 * none. */
static bool dash_label(capsa_slice text, capsa_label_shape *out) {
  for (size_t i = 1; i < text.len && i < CAPSA_LABEL_MAX; i++) {
    size_t dash = strchr(" .:", text.ptr[i - 1]) ? dash_len(text, i) : 0;
    if (!dash) continue;
    size_t end = i;
    while (end && strchr(" .:", text.ptr[end - 1])) end--;
    out->bare = capsa_slice_trim(capsa_slice_cut(text, 0, end));
    out->end = skip_spaces(text, i + dash);
    out->sign = '-';
    return out->bare.len && out->end < text.len &&
           capsa_label_is_name_like(out->bare);
  }
  return false;
}

static size_t count_letters(capsa_slice word) {
  size_t letters = 0;
  for (size_t i = 0; i < word.len;) {
    capsa_codepoint cp = capsa_utf8_next(word, i);
    letters += capsa_is_letter(cp.value);
    i += cp.len;
  }
  return letters;
}

static capsa_slice last_word(capsa_slice text) {
  size_t start = text.len;
  while (start && !strchr(" .", text.ptr[start - 1])) start--;
  return capsa_slice_from(text, start);
}

/* The stop of "N. S. Durand. I": not behind an initial or a title. */
static bool stop_label(capsa_slice text, capsa_label_shape *out) {
  for (size_t i = 1; i + 2 < text.len && i < STOP_LABEL_MAX; i++) {
    if (strchr(":;!?,", text.ptr[i])) return false;
    if (text.ptr[i] != '.' || text.ptr[i + 1] != ' ') continue;
    capsa_slice bare = capsa_slice_cut(text, 0, i), word = last_word(bare);
    const capsa_title *title = capsa_title_find(word);
    if (count_letters(word) < NAME_LETTERS_MIN ||
        (title && word.len < strlen(title->full)))
      continue;
    *out = (capsa_label_shape){.bare = bare, .end = i + 2, .sign = '.'};
    capsa_codepoint next = capsa_utf8_next(text, i + 2);
    return (!capsa_is_lower(next.value) || !capsa_is_letter(next.value)) &&
           !capsa_is_capitals(bare, 1) && capsa_label_is_name_like(bare);
  }
  return false;
}

static bool is_plain_word(capsa_slice word) {
  for (size_t i = 0; i < word.len;) {
    capsa_codepoint cp = capsa_utf8_next(word, i);
    i += cp.len;
    bool last = i == word.len;
    if (!capsa_is_lower(cp.value) && !capsa_is_apostrophe(cp.value) &&
        !(cp.value == '-' && !last) &&
        !(last && (cp.value == '.' || cp.value == ':')))
      return false;
  }
  return word.len > 0;
}

/* "general durand I think", "the president: Why": words without a capital, and
 * then one with it. */
static bool plain_label(capsa_slice text, capsa_label_shape *out) {
  size_t words = 0, end = 0;
  for (size_t at = 0; at < text.len && words <= PLAIN_WORDS_MAX; words++) {
    size_t stop = capsa_slice_finds(text, " ", at);
    capsa_slice word = capsa_slice_cut(text, at, stop);
    if (!is_plain_word(word)) break;
    if (stop == CAPSA_NOT_FOUND) return false;
    end = stop;
    at = stop + 1;
    if (capsa_slice_ends(word, ":")) break;
  }
  capsa_slice bare = capsa_slice_cut(text, 0, end);
  if (capsa_slice_ends(bare, ":")) bare.len--;
  *out = (capsa_label_shape){.bare = bare, .end = end + 1, .sign = ' '};
  capsa_slice said = capsa_slice_from(text, out->end);
  return bare.len && words <= PLAIN_WORDS_MAX && capsa_starts_upper(said) &&
         capsa_label_class_of(bare) == CAPSA_LABEL_PERSON;
}

bool capsa_label_shape_styled(capsa_slice text, capsa_label_style style,
                              capsa_label_shape *out) {
  switch (style) {
  case CAPSA_LABEL_DASH: return dash_label(text, out);
  case CAPSA_LABEL_STOP: return stop_label(text, out);
  case CAPSA_LABEL_PLAIN: return plain_label(text, out);
  default: return false;
  }
}

/* ---- together */

/* "Berlin. The wall …" in a text that says "in Berlin" */
static bool is_place(const capsa_draft *draft, capsa_slice bare) {
  static const char *const before[] = {" in ", " at ", "In ", NULL};
  for (size_t i = 0; i < draft->blocks.count && i < PLACE_BLOCKS_MAX; i++) {
    capsa_slice text = draft->blocks.items[i].text;
    for (size_t at = 0;
         (at = capsa_slice_find(text, bare, at)) != CAPSA_NOT_FOUND;
         at += bare.len)
      for (int k = 0; before[k]; k++)
        if (capsa_slice_ends(capsa_slice_cut(text, 0, at), before[k]))
          return true;
  }
  return false;
}

bool capsa_label_may_speak(const capsa_draft *draft,
                           const capsa_label_family *family) {
  bool name = family->class == CAPSA_LABEL_NAME ||
              family->class == CAPSA_LABEL_PERSON ||
              (family->class == CAPSA_LABEL_INITIALS && family->sign == '-');
  if (family->class == CAPSA_LABEL_PERSON) return family->near;
  return name && family->near && family->speech * 2 >= family->count &&
         !is_place(draft, family->bare);
}

/* Paragraphs from the first to the last that opens with one of them. */
static size_t count_between(const capsa_draft *draft,
                            const capsa_labels *labels,
                            capsa_label_style style) {
  size_t count = 0, until = 0;
  bool begun = false;
  for (size_t i = 0; i < draft->blocks.count; i++) {
    const capsa_draft_block *block = &draft->blocks.items[i];
    if (block->kind != CAPSA_BLOCK_PARAGRAPH) continue;
    capsa_label_shape shape;
    const capsa_label_family *family = NULL;
    if (capsa_label_shape_styled(block->text, style, &shape))
      family = capsa_label_find(labels, shape.bare);
    bool labelled = family && family->count > 1;
    begun |= labelled;
    count += begun;
    if (labelled) until = count;
  }
  return until;
}

bool capsa_label_style_speaks(const capsa_draft *draft,
                              const capsa_labels *labels,
                              capsa_label_style style) {
  size_t speakers = 0, turns = 0, voice = 0;
  for (size_t i = 0; i < labels->count; i++) {
    const capsa_label_family *family = &labels->items[i];
    if (family->count < 2 || !capsa_label_may_speak(draft, family)) continue;
    speakers++;
    turns += family->count;
    voice += family->voice;
  }
  return speakers >= SPEAKERS_MIN && turns >= TURNS_MIN &&
         voice * VOICE_ONE_IN >= turns &&
         turns * TURNS_ONE_IN >= count_between(draft, labels, style);
}
