/* labels.c -- families of labels, and which of them are speakers.
 *
 * Any line may open with words and a colon: forms ("Target Date:"), heads of
 * sections ("Discussion:"), lists of who was there ("UK:"). What tells
 * speakers is weighed for each family: its words (a title, a name that is no
 * word of the language, initials), how often it comes and whether beside other
 * labels, whether what follows reads like speech, and whether it is set off by
 * type as the others are.
 */
#include "document/passes/labels/labels.h"

#include <string.h>

#include "base/slice.h"
#include "document/passes/passes.h"
#include "document/passes/people/people.h"
#include "document/passes/people/titles.h"
#include "text/chars.h"
#include "text/lexicon.h"
#include "text/words.h"

/* Records have tens of speakers; a file that is all labels is none. Slots are a
 * power of two above twice as many. */
#define FAMILIES_MAX 512
#define SLOTS 2048

/* Text with so many words in lower case reads like speech, whatever it ends
 * with: the contents of forms have fewer. */
#define SPEECH_WORDS 5

/* ---- counting */

static uint32_t hash(capsa_slice key) {
  uint32_t h = 2166136261u;
  for (size_t i = 0; i < key.len; i++)
    h = (h ^ (unsigned char)key.ptr[i]) * 16777619u;
  return h;
}

static uint16_t *slot_of(const capsa_labels *labels, capsa_slice key) {
  for (uint32_t i = hash(key);; i++) {
    uint16_t *slot = &labels->slots[i % SLOTS];
    if (!*slot || capsa_slice_equal(labels->items[*slot - 1].key, key))
      return slot;
  }
}

const capsa_label_family *capsa_label_find(const capsa_labels *labels,
                                           capsa_slice bare) {
  char letters[CAPSA_LABEL_MAX];
  if (!labels->count) return NULL;
  capsa_slice key = {letters, capsa_label_key(bare, letters)};
  uint16_t slot = *slot_of(labels, key);
  return slot ? &labels->items[slot - 1] : NULL;
}

/* The form that most paragraphs have, by Boyer and Moore's vote. */
static void vote(capsa_label_family *family, capsa_slice bare) {
  if (capsa_slice_equal(family->bare, bare)) family->votes++;
  else if (family->votes) family->votes--;
  else {
    family->bare = bare;
    family->votes = 1;
  }
}

static capsa_label_family *find_or_add(capsa_draft *draft, capsa_labels *labels,
                                       const capsa_label_shape *shape) {
  char letters[CAPSA_LABEL_MAX];
  capsa_slice key = {letters, capsa_label_key(shape->bare, letters)};
  if (!key.len) return NULL;
  uint16_t *slot = slot_of(labels, key);
  if (*slot) return &labels->items[*slot - 1];
  if (labels->count == FAMILIES_MAX) return NULL;
  capsa_label_family *family = CAPSA_LIST_ADD(draft->arena, labels);
  if (!family) return NULL;
  *slot = (uint16_t)labels->count;
  *family = (capsa_label_family){.bare = shape->bare,
                                 .key = capsa_arena_copy(draft->arena, key),
                                 .sign = shape->sign,
                                 .capitals = capsa_is_capitals(shape->bare, 1),
                                 .class = capsa_label_class_of(shape->bare)};
  return family;
}

/* Words in lower case, up to `most`. */
static size_t count_lower(capsa_slice text, size_t most) {
  size_t lower = 0;
  bool start = true;
  for (size_t i = 0; i < text.len && lower < most; i++) {
    unsigned char c = (unsigned char)text.ptr[i];
    bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    if (start && letter && c >= 'a') lower++;
    start = c == ' ';
  }
  return lower;
}

/* Speech is sentences, or at least words that are no names. */
static bool reads_like_speech(capsa_slice text) {
  capsa_slice trimmed = capsa_slice_trim(text);
  bool one_word = capsa_slice_finds(trimmed, " ", 0) == CAPSA_NOT_FOUND;
  return (capsa_ends_sentence(trimmed) &&
          (one_word || count_lower(trimmed, 1))) ||
         capsa_slice_ends(trimmed, "\xE2\x80\x94") ||
         count_lower(trimmed, SPEECH_WORDS) == SPEECH_WORDS ||
         (trimmed.len && (unsigned char)trimmed.ptr[0] >= 0xC3);
}

static bool is_paragraph(const capsa_draft_block *block) {
  return block->kind == CAPSA_BLOCK_PARAGRAPH && !block->encoded;
}

/* What a label says: a label alone on its line says the next paragraph. */
static capsa_slice said(const capsa_draft *draft, size_t block, size_t end) {
  const capsa_draft_block *here = &draft->blocks.items[block];
  capsa_slice rest = capsa_slice_trim(capsa_slice_from(here->text, end));
  if (rest.len || block + 1 >= draft->blocks.count || !is_paragraph(here + 1))
    return rest;
  return here[1].text;
}

/* Does it say I, you or we, or ask? Memoranda do that less than people. */
static bool has_voice(capsa_slice text) {
  static const char *const words[] = {"i",  "you",  "we",  "me", "my",
                                      "us", "your", "our", NULL};
  capsa_range at;
  char folded[CAPSA_WORD_BYTES_MAX * 2];
  if (capsa_slice_finds(text, "?", 0) != CAPSA_NOT_FOUND) return true;
  for (size_t i = 0; capsa_word_next(text, &i, &at);) {
    if (at.end_byte - at.start_byte > 4) continue;
    size_t len = capsa_word_fold(
        capsa_slice_cut(text, at.start_byte, at.end_byte), folded);
    for (int k = 0; words[k]; k++)
      if (capsa_slice_is((capsa_slice){folded, len}, words[k])) return true;
  }
  return false;
}

/* Labels of a conversation stand close together. */
#define NEAR_BLOCKS 40

static bool read_shape(const capsa_draft_block *block, capsa_label_style style,
                       capsa_label_shape *out) {
  if (style) return capsa_label_shape_styled(block->text, style, out);
  return capsa_label_shape_read(block->text, out) ||
         capsa_label_shape_own(block, out);
}

static void count_labels(capsa_draft *draft, capsa_labels *labels,
                         capsa_label_style style) {
  uint32_t before = 0; /* index plus 1 of the label that came before */
  size_t before_block = 0;
  for (size_t i = 0; i < draft->blocks.count; i++) {
    const capsa_draft_block *block = &draft->blocks.items[i];
    capsa_label_shape shape;
    if (!is_paragraph(block) || !read_shape(block, style, &shape) ||
        capsa_label_is_field(shape.bare))
      continue;
    capsa_label_family *family = find_or_add(draft, labels, &shape);
    if (!family) continue;
    uint32_t index = (uint32_t)(family - labels->items) + 1;
    family->count++;
    vote(family, shape.bare);
    if (capsa_slice_ends(shape.bare, "]") && !family->full.len)
      family->full = shape.bare;
    capsa_slice text = said(draft, i, shape.end);
    family->speech += reads_like_speech(text);
    family->voice += has_voice(text);
    family->own |= !shape.sign;
    family->typed += capsa_label_typed(block, shape.bare.len);
    if (before && before != index && i - before_block <= NEAR_BLOCKS) {
      family->near++;
      labels->items[before - 1].near++;
    }
    before = index;
    before_block = i;
  }
}

/* ---- weighing */

/* A surname may be a word of the language too: Beam, Fish, Lord. It is
 * attested where the record has it behind a title, an initial or a name. */
static bool is_attested_at(capsa_slice text, size_t at) {
  size_t start = at;
  if (!start || text.ptr[start - 1] != ' ') return false;
  start--;
  size_t end = start;
  while (start && text.ptr[start - 1] != ' ') start--;
  capsa_slice before = capsa_slice_cut(text, start, end);
  if (before.len < 2 || !capsa_starts_upper(before)) return false;
  const capsa_title *title = capsa_title_find(before);
  if (title && title->kind != CAPSA_TITLE_ROLE) return true;
  if (before.len == 2 && before.ptr[1] == '.') return true;
  return capsa_is_letter((unsigned char)before.ptr[before.len - 1]) &&
         (capsa_label_is_given_name(before) || !capsa_label_is_common(before));
}

#define ATTESTING_BLOCKS_MAX 200

/* Is it the last of the names of someone who is listed as present? */
static bool is_listed(const capsa_draft *draft, capsa_slice name) {
  for (size_t i = 0; i < draft->participants.count; i++) {
    capsa_slice whole = draft->participants.items[i].name;
    size_t start = whole.len;
    while (start && whole.ptr[start - 1] != ' ') start--;
    if (capsa_slice_equal(capsa_slice_from(whole, start), name)) return true;
  }
  return false;
}

static bool is_attested(const capsa_draft *draft, capsa_slice name) {
  if (is_listed(draft, name)) return true;
  for (size_t i = 0; i < draft->blocks.count && i < ATTESTING_BLOCKS_MAX; i++) {
    capsa_slice text = draft->blocks.items[i].text;
    for (size_t at = 0;
         (at = capsa_slice_find(text, name, at)) != CAPSA_NOT_FOUND;
         at += name.len) {
      bool whole = at + name.len >= text.len ||
                   !capsa_is_letter(capsa_utf8_next(text, at + name.len).value);
      if (whole && is_attested_at(text, at)) return true;
    }
  }
  return false;
}

static bool is_mostly_speech(const capsa_label_family *family) {
  return family->speech * 2 >= family->count;
}

/* What a record's labels look like together. */
typedef struct weights {
  uint32_t families, turns;         /* of what looks like speakers */
  uint32_t repeated, titled, typed; /* of these */
  uint32_t common;                  /* turns of the rest that come again */
  uint32_t capitals, near;
  bool initials; /* "C. QUILL" comes again: "A. BLOT" does not count */
} weights;

/* Words of the language take turns too, when what they say is talk or when
 * they are printed in capitals, as speakers are. */
static bool has_dialogue(const capsa_label_family *family) {
  return family->count > 1 && family->near >= family->count &&
         ((family->capitals && family->key.len > 1) ||
          family->voice * 2 >= family->count);
}

/* By itself, could this be a speaker? */
static bool is_likely(const capsa_label_family *family) {
  if (family->class == CAPSA_LABEL_COMMON && !has_dialogue(family))
    return false;
  bool taking_turns = family->count > 2 && family->near >= family->count;
  if (!is_mostly_speech(family) && !taking_turns) return false;
  return family->count > 1 || !capsa_label_is_enumerated(family->bare);
}

static bool has_key(const capsa_labels *labels, const char *key) {
  return *slot_of(labels, capsa_slice_of(key)) != 0;
}

/* Once all forms have been seen. "A" answers a "Q"; without one it counts. */
static void settle_forms(const capsa_draft *draft, capsa_labels *labels) {
  bool asked = has_key(labels, "q");
  /* The lexicon knows no other language: there every word is in none. */
  bool english = !draft->metadata.language.len ||
                 capsa_slice_starts(draft->metadata.language, "en");
  for (size_t i = 0; i < labels->count; i++) {
    capsa_label_family *family = &labels->items[i];
    family->capitals = capsa_is_capitals(family->bare, 1);
    family->class = capsa_label_class_of(family->bare);
    if (family->class == CAPSA_LABEL_COMMON && family->count > 1) {
      capsa_person person;
      capsa_person_read(draft->arena, family->bare, &person);
      if (is_attested(draft, person.name)) family->class = CAPSA_LABEL_NAME;
    }
    if (!asked && capsa_slice_equal(family->key, CAPSA_LITERAL("a")))
      family->class = CAPSA_LABEL_COMMON;
    if (!english && family->class == CAPSA_LABEL_NAME && family->count < 2 &&
        !family->capitals)
      family->class = CAPSA_LABEL_COMMON;
  }
}

static weights weigh(const capsa_labels *labels) {
  weights all = {0};
  for (size_t i = 0; i < labels->count; i++) {
    const capsa_label_family *family = &labels->items[i];
    if (!is_likely(family)) {
      if (family->count > 1) all.common += family->count;
      continue;
    }
    all.families++;
    all.turns += family->count;
    all.repeated += family->count > 1;
    all.titled += family->class == CAPSA_LABEL_PERSON || family->capitals;
    all.typed += family->typed;
    all.capitals += family->capitals ? family->count : 0;
    all.near += family->near;
    all.initials |= capsa_label_is_enumerated(family->bare);
  }
  return all;
}

/* Two labels that take turns make a conversation, or three that come once, or
 * one that comes again and again. */
static bool is_conversation(const weights *all) {
  if (all->common > all->turns) return false; /* a form */
  if (all->families >= 2 && all->near && all->repeated && all->turns >= 3)
    return true;
  if (all->families >= 2 && all->near && all->titled >= 2) return true;
  if (all->families >= 3 && all->near >= 3) return true;
  return all->repeated && all->turns >= 4;
}

static bool is_like_the_others(const capsa_label_family *family,
                               const weights *all) {
  bool capitals = all->capitals * 2 > all->turns;
  bool typed = all->typed * 2 > all->turns;
  return family->capitals == capitals && (!typed || family->typed);
}

static bool is_speaker(const capsa_draft *draft,
                       const capsa_label_family *family, const weights *all) {
  if (capsa_label_is_enumerated(family->bare) && family->count < 2 &&
      !all->initials)
    return false;
  /* Answers are short: "A. At night." */
  bool answer = capsa_slice_equal(family->key, CAPSA_LITERAL("a")) &&
                family->class == CAPSA_LABEL_PERSON && family->near;
  if (answer || is_likely(family) ||
      (all->initials && capsa_label_is_enumerated(family->bare) &&
       family->near))
    return true;
  bool alike = is_like_the_others(family, all);
  if (family->class != CAPSA_LABEL_COMMON) return false;
  if (!family->near || !alike || !is_mostly_speech(family)) return false;
  return family->count > 1 || (!family->own && all->typed * 2 > all->turns) ||
         is_attested(draft, family->bare);
}

/* "Campbell-Cox", "Bundy and McNamara": each of them speaks here. */
static bool is_joint(const capsa_labels *labels, capsa_slice bare) {
  static const char *const signs[] = {" and ", ", ", "\xE2\x80\x93", "-",
                                      " & "};
  for (int i = 0; i < 5; i++) {
    size_t at = capsa_slice_finds(bare, signs[i], 0);
    if (at == CAPSA_NOT_FOUND) continue;
    capsa_slice second = capsa_slice_from(bare, at + strlen(signs[i]));
    return capsa_label_find(labels, capsa_slice_cut(bare, 0, at)) &&
           capsa_label_find(labels, second);
  }
  return false;
}

static bool is_misread(capsa_draft *draft, const capsa_labels *labels,
                       const capsa_label_family *family) {
  for (size_t i = 0; i < labels->count; i++)
    if (capsa_label_is_misread(draft->arena, family, &labels->items[i]))
      return true;
  return false;
}

/* Where the number of the chain's next family is to be written. */
static uint16_t *chain_end(capsa_labels *labels, bool endings,
                           unsigned char byte) {
  capsa_label_chain *chain =
      endings ? &labels->endings[byte] : &labels->beginnings[byte];
  capsa_label_family *last =
      chain->last ? &labels->items[chain->last - 1] : NULL;
  chain->last = (uint16_t)labels->count;
  if (!last) return &chain->first;
  return endings ? &last->next_ending : &last->next_beginning;
}

static void keep(capsa_draft *draft, capsa_labels *labels,
                 const capsa_label_family *family) {
  capsa_label_family *kept = CAPSA_LIST_ADD(draft->arena, labels);
  if (!kept) return;
  *kept = *family;
  *slot_of(labels, family->key) = (uint16_t)labels->count;
  const char *last = family->bare.ptr + family->bare.len - 1;
  uint16_t number = (uint16_t)labels->count;
  *chain_end(labels, true, (unsigned char)*last) = number;
  if (family->capitals)
    *chain_end(labels, false, (unsigned char)*family->bare.ptr) = number;
  labels->capitals |= family->capitals;
  labels->stop |= family->sign == '.';
}

static void find_by_colon(capsa_draft *draft, capsa_labels *all,
                          capsa_labels *labels) {
  count_labels(draft, all, CAPSA_LABEL_COLON);
  settle_forms(draft, all);
  weights together = weigh(all);
  if (!is_conversation(&together)) return;
  for (size_t i = 0; i < all->count; i++)
    if (is_speaker(draft, &all->items[i], &together))
      keep(draft, labels, &all->items[i]);
  for (size_t i = 0; i < all->count; i++)
    if (!capsa_label_find(labels, all->items[i].bare) &&
        (is_joint(labels, all->items[i].bare) ||
         is_misread(draft, labels, &all->items[i])))
      keep(draft, labels, &all->items[i]);
}

static void find_by_style(capsa_draft *draft, capsa_labels *all,
                          capsa_labels *labels, capsa_label_style style) {
  count_labels(draft, all, style);
  settle_forms(draft, all);
  if (!capsa_label_style_speaks(draft, all, style)) return;
  labels->style = style;
  for (size_t i = 0; i < all->count; i++)
    if (capsa_label_may_speak(draft, &all->items[i]))
      keep(draft, labels, &all->items[i]);
}

void capsa_labels_find(capsa_draft *draft, capsa_labels *labels) {
  labels->slots = capsa_arena_alloc(draft->arena, SLOTS * sizeof(uint16_t));
  if (!labels->slots) return;
  for (capsa_label_style style = CAPSA_LABEL_COLON;
       style < CAPSA_LABEL_STYLE_COUNT && !labels->count; style++) {
    capsa_labels all = {
        .slots = capsa_arena_alloc(draft->arena, SLOTS * sizeof(uint16_t))};
    if (!all.slots) return;
    if (!style) find_by_colon(draft, &all, labels);
    else find_by_style(draft, &all, labels, style);
    capsa_arena_release(draft->arena, all.slots);
  }
  capsa_people_find(draft, labels);
}
