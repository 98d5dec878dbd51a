/* sample.h -- documents and libraries for tests, without the parser. */
#ifndef CAPSA_TESTS_SAMPLE_H
#define CAPSA_TESTS_SAMPLE_H

#include "base/arena.h"
#include "store/library.h"

/**
 * A document with a block for each line of `script`: `Name> words` is a turn
 * of that speaker, `[words]` editorial, `---` a rule, anything else a
 * paragraph. Title and key are `title`, its summary is empty.
 */
capsa_document sample_document(capsa_arena *arena, const char *title,
                               const char *script);

/** A document in which every field of document.h has a value of its own. */
capsa_document sample_full_document(capsa_arena *arena);

/** All fields of a document as text, to compare two. */
capsa_slice sample_dump(const capsa_document *document, capsa_arena *arena);

/** A new library in memory. */
capsa_library *sample_library(void);

/** Keep a document; CHECKs that this works. */
capsa_entry sample_keep(capsa_library *library, const capsa_document *document,
                        capsa_arena *arena);

/** sample_document and sample_keep in one. */
capsa_entry sample_add(capsa_library *library, capsa_arena *arena,
                       const char *title, const char *script);

/** Where the last call of sample_fresh_path pointed. */
extern char sample_path[512];

/** A path of this test's own, with no file there. */
const char *sample_fresh_path(const char *name);

void sample_write_file(const char *name, const void *bytes, size_t len);

/** Remove the file at sample_path, its journal and its copies. */
void sample_remove_library(void);

#endif
