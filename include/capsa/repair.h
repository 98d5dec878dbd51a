/* repair.h -- the repairs of a document in a library, undone and made again.
 *
 *   capsa_repair                a repair as a reader sees it, made or undone
 *   capsa_repairs_list          all of a document
 *   capsa_repairs_undo, _redo   one, or all of a rule
 *   capsa_library_reread        the same document, by the parser of today
 *
 * Undoing reads the kept source again without the repair and puts the new text
 * in the place of the old: same key, same age, another edition. Notes made on
 * the old text follow their words (annotation.h); one whose words changed is
 * kept as it was and finds its place again when the repair is made again.
 */
#ifndef CAPSA_REPAIR_H
#define CAPSA_REPAIR_H

#include "capsa/library.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct capsa_repair {
  uint32_t number;           /* from 1: those made in reading order, then those
                                undone; changes with every undo and redo */
  capsa_slice rule;          /* "split-word" */
  capsa_slice original;      /* as printed; empty: the whole rule is undone */
  capsa_slice corrected;     /* empty likewise */
  capsa_slice before, after; /* the words around it, as in capsa_remark */
  uint32_t block, turn;      /* where it is made; 0 where it is undone */
  int confidence;            /* percent; 0 where it is undone */
  bool undone;
} capsa_repair;

typedef struct capsa_repairs {
  const capsa_repair *items;
  size_t count;
} capsa_repairs;

/** What became of a document. */
typedef struct capsa_revision {
  capsa_entry entry;    /* as it is now */
  uint32_t notes_moved; /* that stand on the new text */
  uint32_t notes_lost;  /* whose words are not in it: kept, without a place */
} capsa_revision;

/**
 * The repairs of the document called `name`.
 * @return as capsa_library_find
 */
capsa_status capsa_repairs_list(capsa_library *library, capsa_slice name,
                                capsa_arena *arena, capsa_repairs *out);

/**
 * Undo repair `number`, or all that `rule` repairs where `number` is 0.
 * @param out  written on CAPSA_OK, lives in `arena`
 * @return as capsa_library_find, and what capsa_document_parse returns
 *         CAPSA_EINVAL  no such repair is made here; or the text without it is
 *                       in the library already, as another edition
 */
capsa_status capsa_repairs_undo(capsa_library *library, capsa_slice name,
                                uint32_t number, capsa_slice rule,
                                capsa_arena *arena, capsa_revision *out);

/** Make it again: an undone repair, or all of a rule that are undone.
 * @return as capsa_repairs_undo; CAPSA_EINVAL where it is not undone */
capsa_status capsa_repairs_redo(capsa_library *library, capsa_slice name,
                                uint32_t number, capsa_slice rule,
                                capsa_arena *arena, capsa_revision *out);

/**
 * Read a document again from its source, as a later Capsa may read it better.
 * What is undone stays undone.
 * @return as capsa_repairs_undo
 */
capsa_status capsa_library_reread(capsa_library *library, capsa_slice name,
                                  capsa_arena *arena, capsa_revision *out);

/**
 * JSON array of {number, rule, original, corrected, before, after, block, turn,
 * confidence, undone}; what is 0, empty or false is left out.
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_repairs_to_json(const capsa_repairs *repairs,
                                   capsa_arena *arena, capsa_slice *out);

#ifdef __cplusplus
}
#endif

#endif
