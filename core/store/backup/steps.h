/* steps.h -- when does a step of long work end? */
#ifndef CAPSA_CORE_STORE_BACKUP_STEPS_H
#define CAPSA_CORE_STORE_BACKUP_STEPS_H

#include "capsa/backup.h"

/** Pieces of work in one step, however fast: a clock may stand still. */
#define CAPSA_STEP_PIECES_MAX 4096

typedef struct capsa_steps {
  int64_t begun_ms;
  unsigned pieces;
} capsa_steps;

capsa_steps capsa_steps_begin(void);

/** A piece is done: is there time for another? A clock that jumps ends the
 * step. */
bool capsa_steps_goes_on(capsa_steps *steps);

#endif
