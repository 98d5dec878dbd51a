/* stages.h -- watch a document being read, stage by stage: what tests/bench
 * measures. The stages are "decode", "front end", each pass by its name,
 * "settle".
 */
#ifndef CAPSA_CORE_DOCUMENT_STAGES_H
#define CAPSA_CORE_DOCUMENT_STAGES_H

#include "capsa/document.h"

typedef struct capsa_stage_watcher {
  void (*done)(void *context, const char *stage); /* stage: static */
  void *context;
} capsa_stage_watcher;

/** capsa_document_parse, telling `watcher`, which may be NULL, as each stage
 * ends. @return what capsa_document_parse does */
capsa_status capsa_document_parse_watched(const capsa_source *source,
                                          const capsa_stage_watcher *watcher,
                                          capsa_arena *arena,
                                          capsa_document *out);

#endif
