/* made_zip.h -- a good zip of files in memory; bad ones are test_zip.c's. */
#ifndef CAPSA_TESTS_MADE_ZIP_H
#define CAPSA_TESTS_MADE_ZIP_H

#include "base/buf.h"

typedef struct made_file {
  const char *name;
  capsa_slice content;
} made_file;

/** Nothing in it is packed. @return a view of `buf`, which is empty before */
capsa_slice made_zip(capsa_buf *buf, const made_file *files, size_t count);

#endif
