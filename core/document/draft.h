/* draft.h -- a document while it is being read: what front ends write and
 * passes rewrite.
 *
 *   capsa_draft        blocks, metadata, speakers, diagnostics; one arena
 *   capsa_draft_block  a block whose text may still be cut, joined, repaired
 *
 * A front end adds blocks with their text, kind and inline spans. The passes
 * run in the order of document.c; each reads the blocks and may replace the
 * list. Texts are slices of the source or of the arena, never written to.
 */
#ifndef CAPSA_CORE_DOCUMENT_DRAFT_H
#define CAPSA_CORE_DOCUMENT_DRAFT_H

#include "base/arena.h"
#include "capsa/document.h"

typedef struct capsa_draft_block {
  capsa_block_kind kind;
  bool encoded;  /* kind, label and turn come from the source's own markup, and
                    passes keep them; a label begins a turn, a speech without
                    one goes on with it, a paragraph ends it */
  bool silent;   /* the source's markup has it outside all turns: it ends one */
  bool apart;    /* not to be closed up with the block before: a reader has
                    undone a repair there */
  uint32_t line; /* of the source, from 1; 0 where unknown */
  uint32_t turn; /* set by the turns pass */
  uint32_t level;
  uint32_t speaker;   /* index into speakers plus 1 */
  uint32_t reference; /* set by the note links pass */
  uint32_t note;      /* of a footnote: the number by which front ends name it
                         in `block` of its marks until that pass; 0: none */
  capsa_slice marker, label, language, target, text;
  capsa_slice who; /* the source's key of the speaker: one key, one person */
  size_t text_cap; /* bytes at text.ptr that joining may write to; else 0 */
  CAPSA_LIST(capsa_span) spans;
  CAPSA_LIST(capsa_emendation) emendations;
} capsa_draft_block;

typedef struct capsa_draft_blocks {
  capsa_draft_block *items;
  size_t count, cap;
} capsa_draft_blocks;

typedef struct capsa_draft_speaker {
  capsa_slice name, office, key;
  CAPSA_LIST(capsa_slice) labels;
  uint32_t turns;
  bool encoded; /* first seen in the source's own markup */
} capsa_draft_speaker;

typedef struct capsa_draft {
  capsa_arena *arena;
  capsa_format format;
  uint32_t part; /* which document of the source, from 0 */
  bool settled;  /* Capsa wrote the source: the passes have nothing to find */
  bool tied;     /* and it says which note each reference means */
  capsa_draft_blocks blocks;
  capsa_metadata metadata;
  CAPSA_LIST(capsa_participant) participants;
  CAPSA_LIST(capsa_draft_speaker) speakers;
  CAPSA_LIST(capsa_diagnostic) diagnostics;
  uint32_t turns;
  uint32_t note_numbers;      /* given out so far: the last one */
  const capsa_undone *undone; /* repairs that the reader has undone */
  uint32_t *undone_seen;      /* of each, how many that look like it came by */
  size_t undone_count;
} capsa_draft;

/** Add a block at the end; NULL only when memory is out. */
capsa_draft_block *capsa_draft_add(capsa_draft *draft,
                                   capsa_draft_blocks *blocks,
                                   capsa_block_kind kind, capsa_slice text,
                                   uint32_t line);

/** Put another list in the place of the draft's, whose memory is given back. */
void capsa_draft_replace(capsa_draft *draft, capsa_draft_blocks blocks);

/** Report something about the source. @param text  the bytes concerned; cut to
 * a line where the severity is a warning */
void capsa_draft_report(capsa_draft *draft, capsa_severity severity,
                        uint32_t line, const char *code, const char *action,
                        capsa_slice text);

/** Mark a stretch of a block. @return the span, to set its target and mark;
 * NULL only when memory is out */
capsa_span *capsa_draft_span(capsa_draft *draft, capsa_draft_block *block,
                             capsa_span_kind kind, size_t start, size_t end);

/** By start, longer first; linear where they are in order already. */
void capsa_draft_sort_spans(capsa_draft *draft, capsa_draft_block *block);

void capsa_draft_emend(capsa_draft *draft, capsa_draft_block *block,
                       const capsa_emendation *emendation);

/**
 * Add to `blocks` the part of `block` from `start` to `end`, with the spans
 * and emendations that lie in it, cut to it; all else but its turn and label
 * is kept.
 * White space at either end of the part is left out. A span of an empty range
 * goes to the part that begins there.
 */
capsa_draft_block *capsa_draft_part(capsa_draft *draft,
                                    capsa_draft_blocks *blocks,
                                    const capsa_draft_block *block,
                                    size_t start, size_t end);

/** What capsa_draft_join repairs, as printed. */
#define CAPSA_PARAGRAPH_BREAK ((capsa_slice){"\n\n", 2})

/**
 * Copy the spans of an empty range that stand in `window` of `from` to byte
 * `at` of `to`: page and footnote marks before or on a label that is cut off
 * go with the speech.
 */
void capsa_draft_carry(capsa_draft *draft, capsa_draft_block *to,
                       const capsa_draft_block *from, capsa_range window,
                       size_t at);

/**
 * Append `more` to `block` behind one space, as a repair called `rule` of a
 * paragraph that was broken; NULL where it never was one of its own.
 */
void capsa_draft_join(capsa_draft *draft, capsa_draft_block *block,
                      const capsa_draft_block *more, const char *rule,
                      int confidence);

/** A stretch of a block's text that is to read differently. */
typedef struct capsa_draft_change {
  capsa_range at;
  capsa_slice corrected;
  const char *rule; /* NULL: no repair, nothing is recorded */
  int confidence;
  size_t new_start_byte; /* set by capsa_draft_change_text */
} capsa_draft_change;

/** Carry out changes, in order and apart, each with a rule recorded as an
 * emendation. */
void capsa_draft_change_text(capsa_draft *draft, capsa_draft_block *block,
                             capsa_draft_change *changes, size_t count);

/** Several slices in a row, in the arena. */
capsa_slice capsa_draft_concat(capsa_draft *draft, const capsa_slice *parts,
                               size_t count);

/** `text` with every run of white space as one space, none at the ends. The
 * same slice where nothing has to change. */
capsa_slice capsa_draft_squeeze(capsa_arena *arena, capsa_slice text);

#endif
