#include "history.h"
bool torture_flips(const torture_options *options) {
  (void)options;
  return true;
}
bool torture_journals(const torture_options *options) {
  (void)options;
  return true;
}
