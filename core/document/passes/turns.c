/* turns.c -- cut paragraphs into turns and say who speaks.
 *
 * Labels are known before anything is cut (labels.h). A paragraph without one
 * belongs to the turn before it, unless it is an editor's bracket or a
 * heading. Where a scan broke a paragraph in mid-sentence it is closed up; in
 * a record that shows several such breaks, a paragraph that goes on after a
 * sentence is taken for one too, with less confidence.
 */
#include "base/slice.h"
#include "document/passes/labels/labels.h"
#include "document/passes/passes.h"
#include "document/passes/people/people.h"
#include "document/undone.h"
#include "text/chars.h"

#define CONFIDENCE_IN_SENTENCE 90
#define CONFIDENCE_AFTER_SENTENCE 60

typedef struct turner {
  capsa_draft *draft;
  capsa_labels labels;
  uint32_t *speakers; /* of each family: index into the draft's plus 1 */
  capsa_draft_blocks out;
  uint32_t turn, speaker; /* of the turn that is open; 0: none */
  bool waiting;           /* the last block out is a label without its speech */
  bool set_in;            /* what is said is set in, below its label */
  bool broken;            /* the scan broke paragraphs throughout */
  bool *bare;             /* of each block: looked at, no label at its start */
} turner;

/* ---- speakers */

static uint32_t add_speaker(capsa_draft *draft, const capsa_person *person,
                            capsa_slice key) {
  capsa_draft_speaker *speaker = CAPSA_LIST_ADD(draft->arena, &draft->speakers);
  if (!speaker) return 0;
  speaker->name = person->name;
  speaker->office = person->office;
  speaker->key = key;
  return (uint32_t)draft->speakers.count;
}

static capsa_slice with_office(capsa_draft *draft, capsa_slice office,
                               capsa_slice name) {
  capsa_slice parts[] = {office, CAPSA_LITERAL(" "), name};
  return office.len ? capsa_draft_concat(draft, parts, 3) : name;
}

/* Two people of one name are told apart by their offices. */
static void tell_apart(capsa_draft *draft, uint32_t speaker) {
  capsa_draft_speaker *last = &draft->speakers.items[speaker - 1];
  for (uint32_t i = 0; i + 1 < speaker; i++) {
    capsa_draft_speaker *other = &draft->speakers.items[i];
    if (!capsa_slice_equal_nocase(other->name, last->name)) continue;
    other->name = with_office(draft, other->office, other->name);
    last->name = with_office(draft, last->office, last->name);
  }
}

/* What a later label says of a person that the first did not. */
static void learn(capsa_draft *draft, uint32_t speaker, capsa_slice label) {
  capsa_person more;
  capsa_draft_speaker *known = &draft->speakers.items[speaker - 1];
  capsa_person_read(draft->arena, label, &more);
  if (!known->office.len) known->office = more.office;
  if (known->name.len == 1) known->name = more.name; /* "O", then "Operator" */
}

/* A speaker of the source's markup, by the name. */
static uint32_t find_encoded(const capsa_draft *draft, capsa_slice name) {
  for (uint32_t i = 0; i < draft->speakers.count; i++)
    if (draft->speakers.items[i].encoded &&
        capsa_slice_equal_nocase(draft->speakers.items[i].name, name))
      return i + 1;
  return 0;
}

static uint32_t speaker_of_family(turner *t, const capsa_label_family *family) {
  capsa_draft *draft = t->draft;
  const capsa_label_family *first = &t->labels.items[family->person - 1];
  uint32_t *speaker = &t->speakers[family->person - 1];
  if (*speaker) {
    if (first != family) learn(draft, *speaker, capsa_label_full(family));
    return *speaker;
  }
  capsa_person person;
  capsa_person_read(draft->arena, capsa_label_full(first), &person);
  *speaker = find_encoded(draft, person.name);
  if (*speaker) return *speaker;
  *speaker = add_speaker(draft, &person, (capsa_slice){0});
  if (*speaker) tell_apart(draft, *speaker);
  if (*speaker && first != family)
    learn(draft, *speaker, capsa_label_full(family));
  return *speaker;
}

/* Of a turn that the source's own markup gives: one key, one person; without a
 * key, one name. */
static uint32_t speaker_of_block(capsa_draft *draft,
                                 const capsa_draft_block *block) {
  capsa_person person;
  capsa_person_read(draft->arena, block->label, &person);
  for (uint32_t i = 0; i < draft->speakers.count; i++) {
    const capsa_draft_speaker *s = &draft->speakers.items[i];
    if (block->who.len
            ? capsa_slice_equal(s->key, block->who)
            : !s->key.len && capsa_slice_equal_nocase(s->name, person.name))
      return i + 1;
  }
  uint32_t speaker = add_speaker(draft, &person, block->who);
  if (speaker) draft->speakers.items[speaker - 1].encoded = true;
  if (speaker) tell_apart(draft, speaker);
  return speaker;
}

static void add_label_form(capsa_draft *draft, uint32_t speaker,
                           capsa_slice label) {
  if (!speaker || !label.len) return;
  capsa_draft_speaker *s = &draft->speakers.items[speaker - 1];
  for (size_t i = 0; i < s->labels.count; i++)
    if (capsa_slice_equal(s->labels.items[i], label)) return;
  capsa_slice *form = CAPSA_LIST_ADD(draft->arena, &s->labels);
  if (form) *form = label;
}

static void open_turn(turner *t, uint32_t speaker, capsa_slice printed) {
  capsa_draft *draft = t->draft;
  t->speaker = speaker;
  add_label_form(draft, speaker, printed);
  if (speaker) draft->speakers.items[speaker - 1].turns++;
  t->turn = ++draft->turns;
}

/* ---- paragraphs that the scan broke */

static bool starts_lower(capsa_slice text) {
  return capsa_is_lower(capsa_utf8_next(text, 0).value);
}

static bool is_break_in_sentence(capsa_slice before, capsa_slice after) {
  return before.len > 20 && !capsa_ends_sentence(before) && starts_lower(after);
}

static bool opens_turn(turner *t, size_t number) {
  capsa_label label;
  const capsa_draft_block *block = &t->draft->blocks.items[number];
  t->bare[number] = !capsa_label_at_start(&t->labels, block, &label);
  return !t->bare[number] || capsa_label_told(&t->labels, block->text);
}

/* Is a paragraph that goes on after a sentence rather a broken one? It is
 * when breaks in mid-sentence are more common in this record. */
static bool is_broken_throughout(turner *t) {
  size_t in_sentence = 0, after = 0;
  const capsa_draft_blocks *blocks = &t->draft->blocks;
  for (size_t i = 1; i < blocks->count; i++) {
    capsa_slice before = blocks->items[i - 1].text;
    capsa_slice text = blocks->items[i].text;
    if (blocks->items[i].kind != CAPSA_BLOCK_PARAGRAPH ||
        blocks->items[i - 1].kind != CAPSA_BLOCK_PARAGRAPH || !text.len ||
        text.ptr[0] == '[' || opens_turn(t, i))
      continue;
    if (is_break_in_sentence(before, text)) in_sentence++;
    else after++;
  }
  return in_sentence >= 2 && in_sentence > after;
}

/* ---- cutting */

static capsa_emendation label_repair(turner *t, const capsa_label *label,
                                     capsa_slice text) {
  char sign[2] = {label->family->sign, 0};
  capsa_slice parts[] = {label->family->bare, capsa_slice_of(sign)};
  return (capsa_emendation){
      .original = label->misread
                      ? label->printed
                      : capsa_slice_cut(text, label->start, label->end),
      .corrected = label->misread ? label->family->bare
                                  : capsa_draft_concat(t->draft, parts, 2),
      .rule = label->misread ? "misread-label" : "misread-label-sign",
      .confidence = 95,
      .in_label = true};
}

/* A label that was misread is none where the reader has undone that. */
static bool is_undone(turner *t, const capsa_label *label, capsa_slice text) {
  if (!label->misread && !label->sign) return false;
  capsa_emendation e = label_repair(t, label, text);
  return capsa_undone_has(t->draft, e.rule, e.original,
                          capsa_slice_cut(text, 0, label->start),
                          capsa_slice_from(text, label->end));
}

static bool label_at_start(turner *t, capsa_draft_block *block,
                           capsa_label *out) {
  if (!capsa_label_at_start(&t->labels, block, out)) return false;
  if (!is_undone(t, out, block->text)) return true;
  block->apart = true;
  return false;
}

static bool label_inside(turner *t, capsa_slice text, size_t from,
                         capsa_label *out) {
  while (capsa_label_inside(&t->labels, text, from, out)) {
    if (!is_undone(t, out, text)) return true;
    from = out->end;
  }
  return false;
}

static void record_label(turner *t, capsa_draft_block *block,
                         const capsa_label *label, capsa_slice text) {
  block->label = label->printed;
  if (!label->misread && !label->sign) return;
  capsa_emendation e = label_repair(t, label, text);
  capsa_draft_emend(t->draft, block, &e);
}

/* A label on a line of its own belongs to what comes next: the last block takes
 * the place of the one before it, which is the label's. */
static void take_label(turner *t) {
  if (!t->waiting || t->out.count < 2) return;
  capsa_draft_block *own = &t->out.items[t->out.count - 2], *next = own + 1;
  capsa_draft_carry(t->draft, next, own, (capsa_range){0, 1}, 0);
  next->label = own->label;
  for (size_t i = 0; i < own->emendations.count; i++)
    if (own->emendations.items[i].in_label)
      capsa_draft_emend(t->draft, next, &own->emendations.items[i]);
  *own = *next;
  t->out.count--;
}

static void add_speech(turner *t, const capsa_draft_block *block,
                       const capsa_label *label, size_t end) {
  open_turn(t, speaker_of_family(t, label->family), label->printed);
  capsa_draft_block *part =
      capsa_draft_part(t->draft, &t->out, block, label->end, end);
  if (!part) return;
  capsa_draft_carry(t->draft, part, block,
                    (capsa_range){label->start, label->end}, 0);
  part->kind = CAPSA_BLOCK_SPEECH;
  part->turn = t->turn;
  part->speaker = t->speaker;
  record_label(t, part, label, block->text);
  t->waiting = !part->text.len;
}

static void add_told(turner *t, const capsa_draft_block *block,
                     const capsa_label_family *family, size_t end) {
  open_turn(t, speaker_of_family(t, family), family->bare);
  capsa_draft_block *part =
      capsa_draft_part(t->draft, &t->out, block, family->bare.len, end);
  if (!part) return;
  capsa_draft_carry(t->draft, part, block, (capsa_range){0, family->bare.len},
                    0);
  part->kind = CAPSA_BLOCK_NARRATION;
  part->label = family->bare;
  part->turn = t->turn;
  part->speaker = t->speaker;
  t->turn = 0; /* what is told ends with its paragraph */
}

/* May `part`, without a label, be closed up with the block before it? */
static bool is_torn_off(const turner *t, const capsa_draft_block *before,
                        capsa_slice part) {
  return before->kind == CAPSA_BLOCK_SPEECH && before->turn == t->turn &&
         (is_break_in_sentence(before->text, part) || t->broken);
}

/* "[1 paragraph not declassified]" and no sentence about it. */
static bool is_lone_gap(capsa_slice text) {
  capsa_slice inner = capsa_slice_cut(text, 1, text.len - 1);
  return !capsa_ends_sentence(inner) && capsa_is_gap(inner);
}

/* Bytes of the shortest remark: "(S)" and "(a)" mark or count. */
#define REMARK_MIN 6

/* "(Laughter.)", "(After the break.)": all of a paragraph in round brackets,
 * in a conversation. Who speaks of himself in them speaks. */
static bool is_stage_direction(capsa_slice text) {
  if (capsa_slice_ends(text, ").")) text.len--;
  if (text.len < REMARK_MIN || text.ptr[0] != '(') return false;
  if (capsa_slice_finds(text, ")", 0) + 1 != text.len) return false;
  return !capsa_slice_starts(text, "(I ") &&
         capsa_slice_finds(text, " I ", 0) == CAPSA_NOT_FOUND;
}

static void add_unlabelled(turner *t, const capsa_draft_block *block,
                           size_t start, size_t end) {
  capsa_slice text = capsa_slice_trim(capsa_slice_cut(block->text, start, end));
  if (!text.len) return;
  const capsa_label_family *told = capsa_label_told(&t->labels, text);
  if (told && start == 0) {
    add_told(t, block, told, end);
    return;
  }
  size_t before = t->out.count;
  capsa_draft_block *part =
      capsa_draft_part(t->draft, &t->out, block, start, end);
  if (!part) return;
  if (capsa_is_bracketed(text)) {
    part->kind = is_lone_gap(text) ? CAPSA_BLOCK_GAP : CAPSA_BLOCK_EDITORIAL;
    return;
  }
  if (t->labels.count && is_stage_direction(text)) {
    part->kind = CAPSA_BLOCK_EDITORIAL;
    return;
  }
  if (!t->turn) return;
  part->kind = CAPSA_BLOCK_SPEECH;
  part->turn = t->turn;
  part->speaker = t->speaker;
  if (t->waiting) {
    take_label(t);
    t->waiting = false;
    return;
  }
  if (!before || block->apart || !is_torn_off(t, part - 1, text) ||
      capsa_undone_has(t->draft, "broken-paragraph", CAPSA_PARAGRAPH_BREAK,
                       part[-1].text, text))
    return;
  bool inside = is_break_in_sentence(part[-1].text, text);
  capsa_draft_join(t->draft, part - 1, part, "broken-paragraph",
                   inside ? CONFIDENCE_IN_SENTENCE : CONFIDENCE_AFTER_SENTENCE);
  t->out.count = before;
}

static void cut_paragraph(turner *t, size_t number) {
  capsa_draft_block *block = &t->draft->blocks.items[number];
  capsa_label label, next;
  size_t len = block->text.len;
  bool labelled = !t->bare[number] && label_at_start(t, block, &label);
  size_t from = labelled ? label.end : 0;
  bool more = label_inside(t, block->text, from, &next);
  if (!labelled) add_unlabelled(t, block, 0, more ? next.start : len);
  else add_speech(t, block, &label, more ? next.start : len);
  while (more) {
    label = next;
    more = label_inside(t, block->text, label.end, &next);
    add_speech(t, block, &label, more ? next.start : len);
  }
}

static bool ends_turn(const capsa_draft_block *block) {
  return block->silent || block->kind == CAPSA_BLOCK_HEADING ||
         block->kind == CAPSA_BLOCK_RULE ||
         block->kind == CAPSA_BLOCK_DATELINE ||
         (block->encoded && block->kind == CAPSA_BLOCK_PARAGRAPH);
}

static bool stands_apart(const capsa_draft_block *block) {
  return block->kind == CAPSA_BLOCK_FOOTNOTE ||
         block->kind == CAPSA_BLOCK_EDITORIAL || block->kind == CAPSA_BLOCK_GAP;
}

/* Lists, quotations and code inside a turn keep their kind; a bracket of the
 * editor is one where it is set in, too. */
static void copy_block(turner *t, const capsa_draft_block *block) {
  capsa_draft_block *copy = CAPSA_LIST_ADD(t->draft->arena, &t->out);
  if (!copy) return;
  *copy = *block;
  if (t->labels.count && block->kind == CAPSA_BLOCK_QUOTATION &&
      !block->encoded && capsa_is_bracketed(block->text)) {
    copy->kind =
        is_lone_gap(block->text) ? CAPSA_BLOCK_GAP : CAPSA_BLOCK_EDITORIAL;
    copy->level = 0;
    block = copy;
  }
  /* Verse and lists may be what is said first. */
  bool spoken = block->encoded &&
                (block->kind == CAPSA_BLOCK_SPEECH ||
                 block->kind == CAPSA_BLOCK_NARRATION || block->label.len > 0);
  if (ends_turn(block)) t->turn = t->speaker = 0;
  if (spoken && (block->label.len || block->who.len))
    open_turn(t, speaker_of_block(t->draft, block), block->label);
  if (!t->turn || stands_apart(block)) return;
  copy->turn = t->turn;
  copy->speaker = t->speaker;
  /* Below a label of its own line what is set in is what is said. */
  t->set_in = block->kind == CAPSA_BLOCK_QUOTATION && !block->encoded &&
              (t->waiting || t->set_in);
  if (t->set_in) {
    copy->kind = CAPSA_BLOCK_SPEECH;
    copy->level = 0;
  }
  if (!ends_turn(block)) take_label(t);
  if (spoken && block->kind == CAPSA_BLOCK_NARRATION) t->turn = 0;
}

void capsa_pass_turns(capsa_draft *draft) {
  turner t = {.draft = draft};
  capsa_labels_find(draft, &t.labels);
  t.speakers = capsa_arena_alloc(draft->arena,
                                 (t.labels.count + 1) * sizeof *t.speakers);
  t.bare = capsa_arena_alloc(draft->arena, draft->blocks.count + 1);
  if (!t.speakers || !t.bare) return;
  t.broken = is_broken_throughout(&t);
  for (size_t i = 0; i < draft->blocks.count; i++) {
    capsa_draft_block *block = &draft->blocks.items[i];
    bool cut = block->kind == CAPSA_BLOCK_PARAGRAPH && !block->encoded;
    if (cut) t.set_in = false;
    if (cut) cut_paragraph(&t, i);
    else copy_block(&t, block);
    if (!cut) t.waiting = false;
  }
  capsa_draft_replace(draft, t.out);
}
