/* label_weigh.c -- is this a conversation, and who speaks in it?
 *
 * The families of a record are weighed together: what one looks like counts
 * for less than what the others do beside it.
 */
#include "document/passes/labels/label_weigh.h"

#include "base/slice.h"
#include "document/passes/labels/labels.h"
#include "document/passes/people/titles.h"
#include "text/chars.h"

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
bool capsa_label_is_listed(const capsa_draft *draft, capsa_slice name) {
  for (size_t i = 0; i < draft->participants.count; i++) {
    capsa_slice whole = draft->participants.items[i].name;
    size_t start = whole.len;
    while (start && whole.ptr[start - 1] != ' ') start--;
    if (capsa_slice_equal(capsa_slice_from(whole, start), name)) return true;
  }
  return false;
}

bool capsa_label_is_attested(const capsa_draft *draft, capsa_slice name) {
  if (capsa_label_is_listed(draft, name)) return true;
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

capsa_label_weights capsa_labels_weigh(const capsa_labels *labels) {
  capsa_label_weights all = {0};
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
bool capsa_label_weights_converse(const capsa_label_weights *all) {
  if (all->common > all->turns) return false; /* a form */
  if (all->families >= 2 && all->near && all->repeated && all->turns >= 3)
    return true;
  if (all->families >= 2 && all->near && all->titled >= 2) return true;
  if (all->families >= 3 && all->near >= 3) return true;
  return all->repeated && all->turns >= 4;
}

static bool is_like_the_others(const capsa_label_family *family,
                               const capsa_label_weights *all) {
  bool capitals = all->capitals * 2 > all->turns;
  bool typed = all->typed * 2 > all->turns;
  return family->capitals == capitals && (!typed || family->typed);
}

bool capsa_label_speaks(const capsa_draft *draft,
                        const capsa_label_family *family,
                        const capsa_label_weights *all) {
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
         capsa_label_is_attested(draft, family->bare);
}
