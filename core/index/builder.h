/* builder.h -- texts to a segment.
 *
 *   capsa_builder_document, _passage     what follows is of it
 *   capsa_builder_text, _field, _extra   words of the passage
 *   capsa_builder_finish                 the segment, part by part
 *
 * A failure is sticky and comes out of capsa_builder_finish. Memory grows with
 * the text (some three times its bytes): a library is built of many segments,
 * which capsa_segment_merge joins.
 */
#ifndef CAPSA_CORE_INDEX_BUILDER_H
#define CAPSA_CORE_INDEX_BUILDER_H

#include "index/writer.h"
#include "text/stems.h"

typedef struct capsa_builder capsa_builder;

/** @return NULL when memory is out; pair: capsa_builder_free */
capsa_builder *capsa_builder_new(void);
void capsa_builder_free(capsa_builder *builder);

/** The passages that follow are of the document with this id. */
void capsa_builder_document(capsa_builder *builder, int64_t id);

/**
 * The words that follow are of a new passage.
 * @param kind      a capsa_field (search/ask.h), 0 for none of them
 * @param language  its tag; empty: not known
 */
void capsa_builder_passage(capsa_builder *builder, uint8_t kind,
                           capsa_slice language);

/** A stretch of a passage's text that stands in a field of its own. */
typedef struct capsa_field_span {
  capsa_range at;
  uint8_t field;
} capsa_field_span;

/** The passage's text, once. Its words are also terms of their fields, and
 * where `all` is not 0, of that one.
 * @param spans  by start */
void capsa_builder_text(capsa_builder *builder, capsa_slice text, uint8_t all,
                        const capsa_field_span *spans, size_t count);

/** A name that the passage is found by: each word a term of `field`, and
 * where `plain`, half an occurrence of the word too. */
void capsa_builder_field(capsa_builder *builder, uint8_t field,
                         capsa_slice name, bool plain);

/** Words that find the passage and have no place in it: a printed form. */
void capsa_builder_extra(capsa_builder *builder, capsa_slice text);

/** Bytes of text so far. */
size_t capsa_builder_size(const capsa_builder *builder);

/**
 * Write the segment; the builder is empty then and can go on.
 * @param head  written on CAPSA_OK
 * @return CAPSA_OK, CAPSA_ENOMEM, storage
 *         CAPSA_EEMPTY   there is no passage
 *         CAPSA_ETOOBIG  beyond the limits of segment.h
 */
capsa_status capsa_builder_finish(capsa_builder *builder, capsa_parts_sink sink,
                                  capsa_segment_head *head);

#endif
