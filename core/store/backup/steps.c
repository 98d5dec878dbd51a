#include "store/backup/steps.h"

#include "sqlite3.h"

static int64_t now_ms(void) {
  sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
  sqlite3_int64 now = 0;
  (void)vfs->xCurrentTimeInt64(vfs, &now);
  return now;
}

capsa_steps capsa_steps_begin(void) { return (capsa_steps){now_ms(), 0}; }

bool capsa_steps_goes_on(capsa_steps *steps) {
  int64_t passed = now_ms() - steps->begun_ms;
  return ++steps->pieces < CAPSA_STEP_PIECES_MAX && passed >= 0 &&
         passed < CAPSA_STEP_MS;
}
