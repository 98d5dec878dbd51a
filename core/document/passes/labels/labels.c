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
#include "document/passes/labels/label_weigh.h"
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
  *family =
      (capsa_label_family){.bare = shape->bare,
                           .key = capsa_arena_copy(draft->arena, key),
                           .sign = shape->sign,
                           .capitals = capsa_label_is_capitals(shape->bare),
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

/* Without the remark that ends it: "Too low. (Laughter)". */
static capsa_slice without_remark(capsa_slice text) {
  size_t open = text.len;
  if (!capsa_slice_ends(text, ")") && !capsa_slice_ends(text, "]")) return text;
  while (open && !strchr("([", text.ptr[open - 1])) open--;
  return open > 1 ? capsa_slice_trim(capsa_slice_cut(text, 0, open - 1)) : text;
}

/* Speech is sentences, or at least words that are no names; what is withheld
 * was speech. */
static bool reads_like_speech(capsa_slice text) {
  capsa_slice trimmed = without_remark(capsa_slice_trim(text));
  if (capsa_is_bracketed(trimmed)) return true;
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
  if (rest.len || block + 1 >= draft->blocks.count ||
      !(is_paragraph(here + 1) || here[1].kind == CAPSA_BLOCK_QUOTATION))
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

/* What the source's markup says of a label counts as read in the text. */
static capsa_label_family *count_encoded(capsa_draft *draft,
                                         capsa_labels *labels,
                                         const capsa_draft_block *block) {
  capsa_label_shape shape = {
      .bare = block->label, .end = block->label.len, .sign = ':'};
  if (!block->encoded || !block->label.len ||
      block->label.len > CAPSA_LABEL_MAX)
    return NULL;
  capsa_label_family *family = find_or_add(draft, labels, &shape);
  if (!family) return NULL;
  family->count++;
  family->speech++;
  vote(family, shape.bare);
  return family;
}

/* The label of block `i` stands near the one that came before. */
typedef struct nearness {
  uint32_t before; /* its index plus 1; 0 for none */
  size_t block;
} nearness;

static void count_near(capsa_labels *labels, nearness *last,
                       const capsa_label_family *family, size_t i) {
  uint32_t index = (uint32_t)(family - labels->items) + 1;
  if (last->before && last->before != index && i - last->block <= NEAR_BLOCKS) {
    labels->items[index - 1].near++;
    labels->items[last->before - 1].near++;
  }
  *last = (nearness){index, i};
}

static void count_labels(capsa_draft *draft, capsa_labels *labels,
                         capsa_label_style style) {
  nearness last = {0};
  for (size_t i = 0; i < draft->blocks.count; i++) {
    const capsa_draft_block *block = &draft->blocks.items[i];
    capsa_label_shape shape;
    const capsa_label_family *told =
        style ? NULL : count_encoded(draft, labels, block);
    if (told) count_near(labels, &last, told, i);
    if (!is_paragraph(block) || !read_shape(block, style, &shape) ||
        capsa_label_is_field(shape.bare))
      continue;
    capsa_label_family *family = find_or_add(draft, labels, &shape);
    if (!family) continue;
    family->count++;
    vote(family, shape.bare);
    if (capsa_slice_ends(shape.bare, "]") && !family->full.len)
      family->full = shape.bare;
    capsa_slice text = said(draft, i, shape.end);
    family->speech += reads_like_speech(text);
    family->voice += has_voice(text);
    family->own |= !shape.sign;
    family->typed += capsa_label_typed(block, shape.bare.len);
    count_near(labels, &last, family, i);
  }
}

/* ---- which speak */

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
    family->capitals = capsa_label_is_capitals(family->bare);
    family->class = capsa_label_class_of(family->bare);
    if (family->class == CAPSA_LABEL_COMMON && family->count > 1) {
      capsa_person person;
      capsa_person_read(draft->arena, family->bare, &person);
      if (capsa_label_is_attested(draft, person.name))
        family->class = CAPSA_LABEL_NAME;
    }
    if (!asked && capsa_slice_equal(family->key, CAPSA_LITERAL("a")))
      family->class = CAPSA_LABEL_COMMON;
    if (!english && family->class == CAPSA_LABEL_NAME && family->count < 2 &&
        !family->capitals)
      family->class = CAPSA_LABEL_COMMON;
  }
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

/* A label that no paragraph opens with. */
static void keep_middle(capsa_draft *draft, capsa_labels *labels,
                        const capsa_label_shape *shape) {
  char letters[CAPSA_LABEL_MAX];
  capsa_slice key = {letters, capsa_label_key(shape->bare, letters)};
  if (!key.len || labels->count >= FAMILIES_MAX) return;
  capsa_label_family family = {.bare = shape->bare,
                               .key = capsa_arena_copy(draft->arena, key),
                               .sign = shape->sign,
                               .capitals = capsa_label_is_capitals(shape->bare),
                               .class = capsa_label_class_of(shape->bare),
                               .count = 1};
  keep(draft, labels, &family);
}

static void find_by_colon(capsa_draft *draft, capsa_labels *all,
                          capsa_labels *labels) {
  count_labels(draft, all, CAPSA_LABEL_COLON);
  settle_forms(draft, all);
  capsa_label_weights together = capsa_labels_weigh(all);
  if (!capsa_label_weights_converse(&together)) return;
  for (size_t i = 0; i < all->count; i++)
    if (capsa_label_speaks(draft, &all->items[i], &together))
      keep(draft, labels, &all->items[i]);
  for (size_t i = 0; i < all->count; i++)
    if (!capsa_label_find(labels, all->items[i].bare) &&
        (is_joint(labels, all->items[i].bare) ||
         is_misread(draft, labels, &all->items[i])))
      keep(draft, labels, &all->items[i]);
  capsa_labels_find_middle(draft, labels,
                           together.capitals * 2 > together.turns, keep_middle);
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
