/* postings.c -- walk over the passages of a term; what is skipped is not
 * decoded. */
#include <string.h>

#include "base/slice.h"
#include "index/segment.h"

#define CHAMPION_BYTES 5

static uint32_t block_last(const capsa_postings *p, uint32_t block) {
  return p->block_count == 1 && !p->skips.len
             ? p->segment->head.passages - 1
             : capsa_u32_at(p->skips.ptr, (size_t)block * 2);
}

static uint32_t block_start(const capsa_postings *p, uint32_t block) {
  return p->skips.len ? capsa_u32_at(p->skips.ptr, (size_t)block * 2 + 1) >> 8
                      : 0;
}

static uint32_t fail(capsa_postings *p, capsa_status st) {
  p->st = st;
  p->count = p->at = 0;
  p->block = p->block_count;
  return p->passage = CAPSA_POSTINGS_END;
}

/* Cut `len` bytes from where the term's bytes stand now. */
static capsa_status cut(capsa_postings *p, uint32_t len, capsa_slice *out) {
  if (len > p->end - p->start) return CAPSA_ECORRUPT;
  capsa_status st =
      capsa_segment_bytes(p->segment, p->start, len, p->arena, out);
  p->start += len;
  return st;
}

/* Blocks in order, none past its end: what a seek relies on. */
static bool skips_are_sound(const capsa_postings *p) {
  for (uint32_t i = 0; i < p->block_count; i++) {
    uint32_t last = block_last(p, i), start = block_start(p, i);
    if (last >= p->segment->head.passages || start > p->end - p->start)
      return false;
    if (i && (last <= block_last(p, i - 1) || start <= block_start(p, i - 1)))
      return false;
  }
  return true;
}

capsa_status capsa_postings_open(const capsa_segment *segment,
                                 const capsa_entry_term *term,
                                 capsa_arena *arena, capsa_postings *out) {
  capsa_postings *p = out;
  memset(p, 0, offsetof(capsa_postings, passages));
  p->segment = segment;
  p->arena = arena;
  p->df = term->df;
  p->start = term->start;
  p->end = term->start + term->len;
  if (!term->df) {
    fail(p, CAPSA_OK);
    return CAPSA_OK;
  }
  bool prefix = term->text_len && term->text[0] == CAPSA_TERM_PREFIX;
  capsa_status st = CAPSA_OK;
  if (prefix || term->df > CAPSA_CHAMPIONS_FROM)
    st = cut(p, CAPSA_CHAMPIONS * CHAMPION_BYTES, &p->champions);
  if (!prefix)
    p->block_count =
        (term->df + CAPSA_POSTINGS_BLOCK - 1) / CAPSA_POSTINGS_BLOCK;
  if (!st && p->block_count > 1) {
    st = cut(p, p->block_count * 8, &p->skips);
    if (!st && !skips_are_sound(p)) st = CAPSA_ECORRUPT;
  }
  p->block = UINT32_MAX; /* none yet */
  if (st) fail(p, st);
  return st;
}

/* Decode a block; passages in it rise and end where the table says. */
static bool decode(capsa_postings *p, uint32_t block) {
  uint32_t start = p->start + block_start(p, block);
  uint32_t end = block + 1 < p->block_count
                     ? p->start + block_start(p, block + 1)
                     : p->end;
  capsa_slice bytes;
  p->st = capsa_segment_bytes(p->segment, start, end - start, p->arena, &bytes);
  if (p->st) return false;
  capsa_bytes rest = capsa_bytes_of(bytes);
  uint32_t passage = block ? block_last(p, block - 1) : UINT32_MAX;
  uint32_t count = block + 1 < p->block_count
                       ? CAPSA_POSTINGS_BLOCK
                       : p->df - block * CAPSA_POSTINGS_BLOCK;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t code = capsa_bytes_varint(&rest);
    uint32_t step = (code >> 1) + 1;
    if (step > p->segment->head.passages - 1 - passage) rest.bad = true;
    if (rest.bad) return false;
    passage += step;
    p->passages[i] = passage;
    p->weights[i] = code & 1 ? (uint8_t)capsa_bytes_u8(&rest) : 2;
  }
  p->block = block;
  p->at = 0;
  p->count = count;
  return !rest.bad && passage <= block_last(p, block);
}

/* The first block whose last passage is not before `passage`. */
static uint32_t find_block(const capsa_postings *p, uint32_t passage) {
  uint32_t low = p->block == UINT32_MAX ? 0 : p->block, step = 1;
  if (low >= p->block_count || block_last(p, low) >= passage) return low;
  uint32_t high = low;
  do { /* it is near, more often than not */
    low = high + 1;
    high = p->block_count - 1 - low < step ? p->block_count - 1 : low + step;
    if (low >= p->block_count) return p->block_count;
    step *= 2;
  } while (high < p->block_count - 1 && block_last(p, high) < passage);
  if (block_last(p, high) < passage) return p->block_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (block_last(p, middle) < passage) low = middle + 1;
    else high = middle;
  }
  return low;
}

uint32_t capsa_postings_seek(capsa_postings *p, uint32_t passage) {
  if (p->passage == CAPSA_POSTINGS_END || p->st) return CAPSA_POSTINGS_END;
  for (;;) {
    if (p->block != UINT32_MAX && p->block < p->block_count)
      for (; p->at < p->count; p->at++)
        if (p->passages[p->at] >= passage) {
          p->weight = p->weights[p->at];
          return p->passage = p->passages[p->at];
        }
    uint32_t block = find_block(p, passage);
    if (block == p->block) block++;
    if (block >= p->block_count) return fail(p, CAPSA_OK);
    if (!decode(p, block)) return fail(p, p->st ? p->st : CAPSA_ECORRUPT);
  }
}

uint32_t capsa_postings_bound(const capsa_postings *p, uint32_t passage,
                              uint32_t *last) {
  *last = p->segment->head.passages - 1;
  if (p->passage == CAPSA_POSTINGS_END) return 0;
  if (!p->skips.len) return 255;
  uint32_t block = find_block(p, passage);
  if (block >= p->block_count) return 0;
  *last = block_last(p, block);
  return capsa_u32_at(p->skips.ptr, (size_t)block * 2 + 1) & 0xFF;
}

bool capsa_postings_champion(const capsa_postings *p, uint32_t number,
                             uint32_t *passage, uint32_t *weight) {
  if ((number + 1) * CHAMPION_BYTES > p->champions.len) return false;
  const char *at = p->champions.ptr + (size_t)number * CHAMPION_BYTES;
  *passage = capsa_u32_at(at, 0);
  *weight = (unsigned char)at[4];
  return *passage < p->segment->head.passages && *weight;
}

uint32_t capsa_postings_block(capsa_postings *p, const uint32_t **passages,
                              const uint8_t **weights) {
  if (p->at == p->count &&
      (p->passage == CAPSA_POSTINGS_END ||
       capsa_postings_seek(p, p->count ? p->passages[p->count - 1] + 1 : 0) ==
           CAPSA_POSTINGS_END))
    return 0;
  *passages = p->passages + p->at;
  *weights = p->weights + p->at;
  uint32_t count = p->count - p->at;
  p->at = p->count;
  return count;
}

void capsa_postings_return(capsa_postings *p, uint32_t at) {
  p->at = at < p->count ? at : p->count;
  if (at < p->count) {
    p->passage = p->passages[at];
    p->weight = p->weights[at];
  }
}
