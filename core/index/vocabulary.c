/* vocabulary.c -- find words among the sorted ones. */
#include <string.h>

#include "base/slice.h"
#include "index/segment.h"

/* Read the next term of the block. */
static capsa_status read_term(capsa_segment_words *words) {
  capsa_entry_term *term = &words->term;
  uint32_t shared = capsa_bytes_varint(&words->rest);
  uint32_t more = capsa_bytes_varint(&words->rest);
  if (shared > term->text_len || shared + more > CAPSA_TERM_BYTES_MAX ||
      more > CAPSA_TERM_BYTES_MAX || (!shared && !more))
    return CAPSA_ECORRUPT;
  capsa_slice bytes = capsa_bytes_cut(&words->rest, more);
  if (bytes.len != more) return CAPSA_ECORRUPT;
  if (more) memcpy(term->text + shared, bytes.ptr, more);
  term->text_len = shared + more;
  term->df = capsa_bytes_varint(&words->rest);
  term->rank = capsa_bytes_varint(&words->rest);
  term->languages = capsa_bytes_varint(&words->rest);
  term->start += term->len;
  term->len = capsa_bytes_varint(&words->rest);
  const capsa_segment_head *head = &words->segment->head;
  if (words->rest.bad || !term->df || term->rank >= head->terms ||
      term->start > head->postings || term->len > head->postings - term->start)
    return CAPSA_ECORRUPT;
  return CAPSA_OK;
}

/* Go to the start of a block, before its first term. */
static capsa_status open_block(capsa_segment_words *words, uint32_t block) {
  const capsa_segment *segment = words->segment;
  uint32_t start = capsa_u32_at(segment->blocks, block);
  uint32_t end = block + 1 < segment->block_count
                     ? capsa_u32_at(segment->blocks, block + 1)
                     : segment->head.vocabulary;
  capsa_slice bytes;
  capsa_status st = capsa_segment_bytes(segment, segment->vocabulary_at + start,
                                        end - start, words->arena, &bytes);
  if (st) return st;
  if (bytes.len < 4) return CAPSA_ECORRUPT;
  words->block = block;
  words->term = (capsa_entry_term){.number = block * CAPSA_VOCABULARY_BLOCK,
                                   .start = capsa_u32_at(bytes.ptr, 0)};
  words->rest = capsa_bytes_of(capsa_slice_from(bytes, 4));
  words->some = false;
  return CAPSA_OK;
}

static capsa_slice text_of(const capsa_entry_term *term) {
  return (capsa_slice){term->text, term->text_len};
}

/* The last block whose first term is not behind `from`. */
static capsa_status find_block(capsa_segment_words *words, capsa_slice from) {
  uint32_t low = 0, high = words->segment->block_count;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    capsa_status st = open_block(words, middle);
    if (!st) st = read_term(words);
    if (st) return st;
    if (capsa_slice_compare(text_of(&words->term), from) <= 0) low = middle;
    else high = middle;
  }
  return open_block(words, low);
}

/* Words come in the order of their bytes: a walk ends. */
static capsa_status advance(capsa_segment_words *words) {
  if (words->rest.at == words->rest.end) {
    if (words->block + 1 >= words->segment->block_count) {
      words->term.df = 0;
      return CAPSA_OK;
    }
    capsa_status st = open_block(words, words->block + 1);
    if (st) return st;
  } else if (words->some) {
    words->term.number++;
  }
  words->some = true;
  return read_term(words);
}

capsa_status capsa_segment_words_seek(const capsa_segment *segment,
                                      capsa_slice from, capsa_arena *arena,
                                      capsa_segment_words *out) {
  *out = (capsa_segment_words){.segment = segment, .arena = arena};
  if (!segment->block_count) return CAPSA_OK;
  capsa_status st = find_block(out, from);
  while (!st) {
    capsa_segment_words before = *out;
    st = advance(out);
    if (st || !out->term.df) break;
    if (capsa_slice_compare(text_of(&out->term), from) >= 0) {
      *out = before;
      break;
    }
  }
  return st;
}

capsa_status capsa_segment_words_next(capsa_segment_words *words,
                                      const capsa_entry_term **out) {
  *out = NULL;
  if (!words->segment->block_count || (words->some && !words->term.df))
    return CAPSA_OK;
  capsa_status st = advance(words);
  if (!st && words->term.df) *out = &words->term;
  return st;
}

capsa_status capsa_segment_find(const capsa_segment *segment, capsa_slice term,
                                capsa_arena *arena, capsa_entry_term *out) {
  capsa_segment_words words;
  const capsa_entry_term *found;
  out->df = 0;
  if (term.len > CAPSA_TERM_BYTES_MAX) return CAPSA_OK;
  capsa_status st = capsa_segment_words_seek(segment, term, arena, &words);
  if (!st) st = capsa_segment_words_next(&words, &found);
  if (!st && found && capsa_slice_equal(text_of(found), term)) *out = *found;
  return st;
}
