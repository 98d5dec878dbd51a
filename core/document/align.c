/* align.c -- which blocks of two versions say the same, by structure.
 *
 * Headings with a number that both versions have just once ("Article 7",
 * "المادة 7") are anchors, as far as they come in the same order. What lies
 * between two anchors is aligned by the cheapest path (align_path.c), with the
 * lengths measured in the two texts' own characters.
 */
#include "document/align.h"

#include "base/slice.h"
#include "document/align_path.h"
#include "text/numerals.h"

#define CONFIDENCE_WHOLE 20

typedef capsa_align_unit unit;

typedef struct side {
  unit *units;
  size_t count;
} side;

/* ---- from blocks to units */

static uint32_t printed_number(const capsa_block *block) {
  switch (block->kind) {
  case CAPSA_BLOCK_HEADING: return capsa_numeral_find(block->text);
  case CAPSA_BLOCK_LIST:
  case CAPSA_BLOCK_FOOTNOTE: return capsa_numeral_find(block->marker);
  default: return 0;
  }
}

static int64_t characters(capsa_slice text) {
  return (int64_t)capsa_offset_convert(text, text.len, CAPSA_UNIT_BYTE,
                                       CAPSA_UNIT_CODE_POINT);
}

/* The speaker's place in the order in which the speakers appear. */
static uint32_t rank_of(uint32_t *ranks, uint32_t *next, uint32_t speaker) {
  if (!ranks[speaker]) ranks[speaker] = ++*next;
  return ranks[speaker];
}

static capsa_status read_units(const capsa_document *document,
                               capsa_arena *arena, side *out) {
  size_t count = document->block_count;
  unit *units = capsa_arena_alloc(arena, count * sizeof *units);
  uint32_t *ranks =
      capsa_arena_alloc(arena, (document->speaker_count + 1) * sizeof *ranks);
  if (!units || !ranks) return CAPSA_ENOMEM;
  uint32_t next = 0, turn = 0, section = 0;
  for (size_t i = 0; i < count; i++) {
    const capsa_block *block = &document->blocks[i];
    units[i] = (unit){.kind = block->kind,
                      .level = block->level,
                      .number = printed_number(block),
                      .length = characters(block->text)};
    if (block->kind == CAPSA_BLOCK_HEADING && units[i].number)
      section = units[i].number;
    units[i].section = section;
    if (block->turn && block->turn != turn)
      units[i].rank = rank_of(ranks, &next, block->speaker);
    turn = block->turn;
  }
  *out = (side){units, count};
  return CAPSA_OK;
}

typedef struct aligner {
  side one, other;
  capsa_arena *arena;   /* of the result */
  capsa_arena *scratch; /* of a stretch */
  CAPSA_LIST(capsa_aligned) out;
} aligner;

/* Add a pair; what only one side has joins what only it had before. */
static void put_pair(aligner *a, size_t one, size_t ones, size_t other,
                     size_t others) {
  capsa_aligned *last = a->out.count ? &a->out.items[a->out.count - 1] : NULL;
  if (last && !others && !last->other_count) {
    last->one_count += (uint32_t)ones;
    return;
  }
  if (last && !ones && !last->one_count) {
    last->other_count += (uint32_t)others;
    return;
  }
  capsa_aligned *pair = CAPSA_LIST_ADD(a->arena, &a->out);
  if (pair)
    *pair = (capsa_aligned){
        .one_first = (uint32_t)one + 1,
        .one_count = (uint32_t)ones,
        .other_first = (uint32_t)other + 1,
        .other_count = (uint32_t)others,
        .confidence = capsa_align_confidence(a->one.units + one, ones,
                                             a->other.units + other, others)};
}

static capsa_status align_stretch(aligner *a, size_t one, size_t one_end,
                                  size_t other, size_t other_end) {
  const capsa_align_step *steps;
  size_t count;
  if (one == one_end && other == other_end) return CAPSA_OK;
  capsa_arena_reset(a->scratch);
  capsa_status st = capsa_align_path(a->one.units + one, one_end - one,
                                     a->other.units + other, other_end - other,
                                     a->scratch, &steps, &count);
  for (size_t i = 0; !st && i < count; i++) {
    put_pair(a, one, steps[i].ones, other, steps[i].others);
    one += steps[i].ones;
    other += steps[i].others;
  }
  return st;
}

/* ---- anchors */

typedef struct anchor {
  uint32_t one, other; /* indices of two headings with the same number */
  uint32_t before;     /* the anchor before it in that chain, plus 1 */
} anchor;

/* Where each number stands in headings: index plus 1, 0 nowhere, MANY. */
#define MANY UINT32_MAX

static uint32_t *places_of(const side *of, capsa_arena *arena) {
  uint32_t *places = capsa_arena_alloc(arena, ((size_t)CAPSA_NUMERAL_MAX + 1) *
                                                  sizeof *places);
  for (size_t i = 0; places && i < of->count; i++) {
    const unit *u = &of->units[i];
    if (u->kind != CAPSA_BLOCK_HEADING || !u->number) continue;
    uint32_t *place = &places[u->number];
    *place = *place ? MANY : (uint32_t)i + 1;
  }
  return places;
}

static bool is_place(uint32_t place) { return place && place != MANY; }

/* The longest chain of anchors in which both rise: patience sorting, with the
 * smallest end of a chain of each length. */
static size_t longest_chain(anchor *anchors, size_t count, uint32_t *ends) {
  size_t longest = 0;
  for (size_t i = 0; i < count; i++) {
    size_t low = 0, high = longest;
    while (low < high) {
      size_t middle = low + (high - low) / 2;
      if (anchors[ends[middle]].other < anchors[i].other) low = middle + 1;
      else high = middle;
    }
    anchors[i].before = low ? ends[low - 1] + 1 : 0;
    ends[low] = (uint32_t)i;
    if (low == longest) longest++;
  }
  return longest;
}

/* Put the chain's anchors into `chain`, in order. */
static void read_chain(const anchor *anchors, uint32_t last, size_t count,
                       anchor *chain) {
  for (uint32_t at = last + 1; at && count; at = anchors[at - 1].before)
    chain[--count] = anchors[at - 1];
}

static capsa_status find_anchors(aligner *a, anchor **out, size_t *count) {
  const uint32_t *here = places_of(&a->one, a->arena);
  const uint32_t *there = places_of(&a->other, a->arena);
  anchor *all = capsa_arena_alloc(a->arena, a->one.count * sizeof *all);
  anchor *chain = capsa_arena_alloc(a->arena, a->one.count * sizeof *chain);
  uint32_t *ends = capsa_arena_alloc(a->arena, a->one.count * sizeof *ends);
  if (capsa_arena_failed(a->arena)) return CAPSA_ENOMEM;
  size_t found = 0;
  for (size_t i = 0; i < a->one.count; i++) {
    const unit *u = &a->one.units[i];
    if (u->kind != CAPSA_BLOCK_HEADING || !is_place(here[u->number]) ||
        !is_place(there[u->number]))
      continue;
    all[found++] = (anchor){.one = (uint32_t)i, .other = there[u->number] - 1};
  }
  *count = longest_chain(all, found, ends);
  if (*count) read_chain(all, ends[*count - 1], *count, chain);
  *out = chain;
  return CAPSA_OK;
}

static int64_t length_of(const side *of, size_t from, size_t to) {
  int64_t sum = 0;
  for (size_t i = from; i < to; i++) sum += of->units[i].length;
  return sum;
}

static void stretch_side(side *of, int64_t from, int64_t to) {
  for (size_t i = 0; i < of->count; i++)
    of->units[i].length = of->units[i].length * to / from;
}

/* One character of Chinese says as much as several of English: both texts are
 * stretched to the mean of their lengths, as far as both have something
 * between two anchors. */
static void stretch(aligner *a, const anchor *anchors, size_t count) {
  int64_t here = 1, there = 1;
  size_t one = 0, other = 0;
  for (size_t i = 0; i <= count; i++) {
    size_t one_end = i < count ? anchors[i].one : a->one.count;
    size_t other_end = i < count ? anchors[i].other : a->other.count;
    if (one < one_end && other < other_end) {
      here += length_of(&a->one, one, one_end);
      there += length_of(&a->other, other, other_end);
    }
    one = one_end + 1;
    other = other_end + 1;
  }
  stretch_side(&a->one, here, (here + there) / 2);
  stretch_side(&a->other, there, (here + there) / 2);
}

static capsa_status align(aligner *a) {
  anchor *anchors;
  size_t count, one = 0, other = 0;
  capsa_status st = find_anchors(a, &anchors, &count);
  if (!st) stretch(a, anchors, count);
  for (size_t i = 0; !st && i < count; i++) {
    st = align_stretch(a, one, anchors[i].one, other, anchors[i].other);
    put_pair(a, anchors[i].one, 1, anchors[i].other, 1);
    one = anchors[i].one + 1;
    other = anchors[i].other + 1;
  }
  if (!st) st = align_stretch(a, one, a->one.count, other, a->other.count);
  return st;
}

static capsa_status align_whole(const capsa_document *one,
                                const capsa_document *other, capsa_arena *arena,
                                capsa_alignment *out) {
  capsa_aligned *pair = capsa_arena_alloc(arena, sizeof *pair);
  if (!pair) return CAPSA_ENOMEM;
  *pair = (capsa_aligned){.one_first = 1,
                          .one_count = (uint32_t)one->block_count,
                          .other_first = 1,
                          .other_count = (uint32_t)other->block_count,
                          .confidence = CONFIDENCE_WHOLE};
  *out = (capsa_alignment){pair, 1};
  return CAPSA_OK;
}

capsa_status capsa_documents_align(const capsa_document *one,
                                   const capsa_document *other,
                                   capsa_arena *arena, capsa_alignment *out) {
  if (one->block_count > CAPSA_ALIGN_BLOCKS_MAX ||
      other->block_count > CAPSA_ALIGN_BLOCKS_MAX)
    return align_whole(one, other, arena, out);
  aligner a = {.arena = arena, .scratch = capsa_arena_new()};
  if (!a.scratch) return CAPSA_ENOMEM;
  capsa_status st = read_units(one, arena, &a.one);
  if (!st) st = read_units(other, arena, &a.other);
  if (!st) st = align(&a);
  capsa_arena_free(a.scratch);
  if (!st && capsa_arena_failed(arena)) st = CAPSA_ENOMEM;
  if (!st) *out = (capsa_alignment){a.out.items, a.out.count};
  return st;
}
