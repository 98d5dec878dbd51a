/* segment.c -- open a segment and read its tables, checking what it says. */
#include "index/segment.h"

#include <math.h>
#include <string.h>

#include "base/slice.h"

#define MAGIC 0x31475343u /* "CSG1" */
#define DOCUMENT_BYTES 12

void capsa_segment_head_put(const capsa_segment_head *head, capsa_buf *buf) {
  size_t start = buf->len;
  capsa_put_u32(buf, MAGIC);
  capsa_put_u32(buf, head->documents);
  capsa_put_u32(buf, head->passages);
  capsa_put_u32(buf, head->terms);
  capsa_put_u32(buf, (uint32_t)head->words);
  capsa_put_u32(buf, (uint32_t)(head->words >> 32));
  capsa_put_u32(buf, head->postings);
  capsa_put_u32(buf, head->forwards);
  capsa_put_u32(buf, head->vocabulary);
  capsa_put_u32(buf, head->blocks);
  while (!buf->failed && buf->len < start + CAPSA_SEGMENT_HEAD_BYTES)
    capsa_buf_putc(buf, 0);
}

/* Bytes of the whole segment; 0 where the head says more than may be. */
static uint64_t whole_bytes(const capsa_segment_head *head) {
  uint64_t bytes = (uint64_t)head->postings + head->forwards +
                   head->vocabulary + head->blocks;
  bytes += (uint64_t)head->terms * 4 + ((uint64_t)head->passages + 1) * 4 +
           (uint64_t)head->passages * 3 +
           ((uint64_t)head->documents + 1) * DOCUMENT_BYTES;
  return bytes <= CAPSA_SEGMENT_BYTES_MAX ? bytes : 0;
}

capsa_status capsa_segment_head_read(capsa_slice bytes,
                                     capsa_segment_head *out) {
  if (bytes.len != CAPSA_SEGMENT_HEAD_BYTES ||
      capsa_u32_at(bytes.ptr, 0) != MAGIC)
    return CAPSA_ECORRUPT;
  capsa_segment_head head = {
      .documents = capsa_u32_at(bytes.ptr, 1),
      .passages = capsa_u32_at(bytes.ptr, 2),
      .terms = capsa_u32_at(bytes.ptr, 3),
      .words = capsa_u32_at(bytes.ptr, 4) | (uint64_t)capsa_u32_at(bytes.ptr, 5)
                                                << 32,
      .postings = capsa_u32_at(bytes.ptr, 6),
      .forwards = capsa_u32_at(bytes.ptr, 7),
      .vocabulary = capsa_u32_at(bytes.ptr, 8),
      .blocks = capsa_u32_at(bytes.ptr, 9),
  };
  if (!head.passages || head.passages > CAPSA_SEGMENT_PASSAGES_MAX ||
      !head.documents || head.documents > head.passages ||
      head.blocks != (head.terms + CAPSA_VOCABULARY_BLOCK - 1) /
                         CAPSA_VOCABULARY_BLOCK * 4 ||
      head.words > (uint64_t)head.passages * UINT16_MAX || !whole_bytes(&head))
    return CAPSA_ECORRUPT;
  *out = head;
  return CAPSA_OK;
}

/* Copy what stands in several parts. */
static capsa_status gather(const capsa_segment *segment, uint32_t start,
                           uint32_t len, char *to) {
  while (len) {
    capsa_slice part;
    capsa_status st = segment->source.read(segment->source.context,
                                           start / CAPSA_PART_BYTES, &part);
    if (st) return st;
    uint32_t skip = start % CAPSA_PART_BYTES;
    if (part.len <= skip) return CAPSA_ECORRUPT;
    uint32_t step = (uint32_t)(part.len - skip);
    if (step > len) step = len;
    memcpy(to, part.ptr + skip, step);
    to += step, start += step, len -= step;
  }
  return CAPSA_OK;
}

capsa_status capsa_segment_bytes(const capsa_segment *segment, uint32_t start,
                                 uint32_t len, capsa_arena *arena,
                                 capsa_slice *out) {
  *out = (capsa_slice){0};
  if (!len) return CAPSA_OK;
  if (start > CAPSA_SEGMENT_BYTES_MAX || len > CAPSA_SEGMENT_BYTES_MAX)
    return CAPSA_ECORRUPT;
  uint32_t skip = start % CAPSA_PART_BYTES;
  if (skip + len <= CAPSA_PART_BYTES) {
    capsa_slice part;
    capsa_status st = segment->source.read(segment->source.context,
                                           start / CAPSA_PART_BYTES, &part);
    if (st) return st;
    if (part.len < skip + len) return CAPSA_ECORRUPT;
    *out = (capsa_slice){part.ptr + skip, len};
    return CAPSA_OK;
  }
  char *copy = capsa_arena_bytes(arena, len);
  if (!copy) return CAPSA_ENOMEM;
  capsa_status st = gather(segment, start, len, copy);
  if (!st) *out = (capsa_slice){copy, len};
  return st;
}

/* A table that stays in memory for as long as the segment is open. */
static capsa_status read_table(const capsa_segment *segment, uint32_t *start,
                               uint32_t len, capsa_arena *arena,
                               const char **out) {
  char *copy = capsa_arena_bytes(arena, len);
  if (!copy) return CAPSA_ENOMEM;
  capsa_status st = gather(segment, *start, len, copy);
  *start += len;
  *out = copy;
  return st;
}

static bool documents_are_sound(const capsa_segment *segment) {
  uint32_t count = segment->head.documents;
  for (uint32_t i = 0; i < count; i++)
    if (capsa_segment_first(segment, i) >= capsa_segment_first(segment, i + 1))
      return false;
  return capsa_segment_first(segment, 0) == 0 &&
         capsa_segment_first(segment, count) == segment->head.passages;
}

static bool blocks_are_sound(const capsa_segment *segment) {
  uint32_t last = 0;
  for (uint32_t i = 0; i < segment->block_count; i++) {
    uint32_t at = capsa_u32_at(segment->blocks, i);
    if (i ? at <= last : at != 0) return false;
    last = at;
  }
  return last < segment->head.vocabulary || !segment->block_count;
}

capsa_status capsa_segment_open(const capsa_segment_head *head,
                                capsa_parts_source source, capsa_arena *arena,
                                capsa_segment *out) {
  capsa_segment s = {.head = *head, .source = source};
  s.forwards_at = head->postings;
  s.vocabulary_at = s.forwards_at + head->forwards;
  uint32_t at = s.vocabulary_at + head->vocabulary;
  s.block_count = head->blocks / 4;
  capsa_status st = read_table(&s, &at, head->blocks, arena, &s.blocks);
  s.terms_at = at;
  s.offsets_at = s.terms_at + head->terms * 4;
  at = s.offsets_at + (head->passages + 1) * 4;
  if (!st) st = read_table(&s, &at, head->passages * 2, arena, &s.lengths);
  if (!st) st = read_table(&s, &at, head->passages, arena, &s.kinds);
  if (!st)
    st = read_table(&s, &at, (head->documents + 1) * DOCUMENT_BYTES, arena,
                    &s.documents);
  if (st) return st;
  s.mean_length = (double)head->words / head->passages;
  if (s.mean_length < 1) s.mean_length = 1;
  if (!documents_are_sound(&s) || !blocks_are_sound(&s)) return CAPSA_ECORRUPT;
  *out = s;
  return CAPSA_OK;
}

int64_t capsa_segment_document(const capsa_segment *segment, uint32_t number) {
  const char *at = segment->documents + (size_t)number * DOCUMENT_BYTES;
  return (int64_t)(capsa_u32_at(at, 0) | (uint64_t)capsa_u32_at(at, 1) << 32);
}

uint32_t capsa_segment_first(const capsa_segment *segment, uint32_t number) {
  return capsa_u32_at(segment->documents + (size_t)number * DOCUMENT_BYTES, 2);
}

uint32_t capsa_segment_document_of(const capsa_segment *segment,
                                   uint32_t passage) {
  uint32_t low = 0, high = segment->head.documents;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (capsa_segment_first(segment, middle) <= passage) low = middle;
    else high = middle;
  }
  return low;
}

capsa_status capsa_segment_terms(const capsa_segment *segment,
                                 capsa_arena *arena, const char **out) {
  uint32_t at = segment->terms_at;
  return read_table(segment, &at, segment->head.terms * 4, arena, out);
}

capsa_status capsa_forward_open(const capsa_segment *segment, uint32_t passage,
                                capsa_arena *arena, capsa_forward *out) {
  capsa_slice at;
  *out = (capsa_forward){.passage = passage};
  if (passage >= segment->head.passages) return CAPSA_ECORRUPT;
  capsa_status st = capsa_segment_bytes(
      segment, segment->offsets_at + passage * 4, 8, arena, &at);
  if (st) return st;
  uint32_t start = capsa_u32_at(at.ptr, 0), end = capsa_u32_at(at.ptr, 1);
  if (start > end || end > segment->head.forwards) return CAPSA_ECORRUPT;
  st = capsa_segment_bytes(segment, segment->forwards_at + start, end - start,
                           arena, &at);
  out->rest = capsa_bytes_of(at);
  return st;
}

uint8_t capsa_impact(uint32_t weight, uint32_t length, double mean_length) {
  double share = capsa_bm25(weight, length, mean_length) / (CAPSA_BM25_K1 + 1);
  return (uint8_t)ceil(share * 255 - 1e-9);
}
