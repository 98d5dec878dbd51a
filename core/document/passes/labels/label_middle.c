/* label_middle.c -- who speaks only where a paragraph has not been parted.
 */
#include <string.h>

#include "base/slice.h"
#include "document/passes/labels/label_weigh.h"
#include "document/passes/passes.h"
#include "document/passes/people/people.h"
#include "text/chars.h"

/* A name in capitals has two words, of which one is no word of the language:
 * "BELOV V.S.", but not "UNESCO", "VERY IMPORTANT". */
static bool is_whole_name(capsa_slice bare) {
  return capsa_is_capitals(bare, 2) &&
         capsa_slice_finds(bare, " ", 0) != CAPSA_NOT_FOUND;
}

static bool may_speak(const capsa_draft *draft, capsa_slice bare,
                      bool capitals) {
  capsa_label_class class = capsa_label_class_of(bare);
  if ((class != CAPSA_LABEL_NAME && class != CAPSA_LABEL_PERSON) ||
      capsa_label_is_field(bare) || capsa_label_is_enumerated(bare))
    return false;
  if (capitals) return is_whole_name(bare);
  capsa_person person;
  capsa_person_read(draft->arena, bare, &person);
  return person.surname.len && capsa_label_is_listed(draft, person.surname);
}

/* Where the next sentence begins with upper case, at or after `at`. */
static size_t next_sentence(capsa_slice text, size_t at) {
  for (; at + 1 < text.len; at++)
    if (text.ptr[at] == ' ' && at && strchr(".?!])\"\x9D", text.ptr[at - 1]) &&
        capsa_is_upper(capsa_utf8_next(text, at + 1).value))
      return at + 1;
  return CAPSA_NOT_FOUND;
}

/* Most paragraphs and sentences have none, and need no reading. */
static bool has_colon(capsa_slice text) {
  return text.len &&
         (memchr(text.ptr, ':', text.len) || memchr(text.ptr, 0xEF, text.len));
}

static void read_paragraph(capsa_draft *draft, capsa_labels *labels,
                           capsa_slice text, bool capitals,
                           void (*found)(capsa_draft *, capsa_labels *,
                                         const capsa_label_shape *)) {
  capsa_label_shape shape;
  if (!has_colon(text)) return;
  for (size_t at = 0; (at = next_sentence(text, at)) != CAPSA_NOT_FOUND;) {
    capsa_slice rest = capsa_slice_cut(text, at, at + CAPSA_LABEL_MAX + 2);
    if (!has_colon(rest) || !capsa_label_shape_read(rest, &shape) ||
        shape.sign != ':' || capsa_label_find(labels, shape.bare) ||
        !capsa_label_may_follow(text, at) ||
        !capsa_starts_upper(capsa_slice_trim(
            capsa_slice_cut(text, at + shape.end, at + shape.end + 8))) ||
        !may_speak(draft, shape.bare, capitals))
      continue;
    found(draft, labels, &shape);
  }
}

void capsa_labels_find_middle(capsa_draft *draft, capsa_labels *labels,
                              bool capitals,
                              void (*found)(capsa_draft *draft,
                                            capsa_labels *labels,
                                            const capsa_label_shape *shape)) {
  for (size_t i = 0; labels->count && i < draft->blocks.count; i++) {
    const capsa_draft_block *block = &draft->blocks.items[i];
    if (block->kind == CAPSA_BLOCK_PARAGRAPH && !block->encoded)
      read_paragraph(draft, labels, block->text, capitals, found);
  }
}
