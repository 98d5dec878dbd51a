/* rows.h -- a capsa_document as rows of a library, and back.
 *
 *   capsa_rows_write, capsa_rows_read, capsa_rows_remove
 *   capsa_rows_read_source, capsa_rows_read_age, capsa_rows_write_age
 *
 * What is read is the document that was written, to the last byte of its JSON.
 */
#ifndef CAPSA_CORE_STORE_ROWS_H
#define CAPSA_CORE_STORE_ROWS_H

#include "capsa/document.h"
#include "store/db.h"

/**
 * Every text of capsa_metadata as FIELD(column, member): the one list that
 * writing and reading share. The columns stand in schema.c.
 */
#define CAPSA_METADATA_FIELDS(FIELD)                                           \
  FIELD(title, title)                                                          \
  FIELD(date, date)                                                            \
  FIELD(date_text, date_text)                                                  \
  FIELD(summary, summary)                                                      \
  FIELD(citation, citation)                                                    \
  FIELD(repository, repository)                                                \
  FIELD(collection, collection)                                                \
  FIELD(fond, locator.fond)                                                    \
  FIELD(opis, locator.opis)                                                    \
  FIELD(delo, locator.delo)                                                    \
  FIELD(leaves, locator.leaves)                                                \
  FIELD(record_group, locator.group)                                           \
  FIELD(series, locator.series)                                                \
  FIELD(box, locator.box)                                                      \
  FIELD(folder, locator.folder)                                                \
  FIELD(file, locator.file)                                                    \
  FIELD(locator, locator.text)                                                 \
  FIELD(copy, copy)                                                            \
  FIELD(translator, translator)                                                \
  FIELD(translated_from, translated_from)                                      \
  FIELD(publication, publication)                                              \
  FIELD(support, support)                                                      \
  FIELD(site, site)                                                            \
  FIELD(source_url, source_url)                                                \
  FIELD(rights, rights)                                                        \
  FIELD(language, language)                                                    \
  FIELD(place, place)                                                          \
  FIELD(author, author)                                                        \
  FIELD(genre, genre)                                                          \
  FIELD(record, record)

/**
 * Store a document and the source it was read from, and index it. The caller
 * has begun a transaction.
 * @param id  the id that it is to have, or 0; gets the one that it has
 * @return CAPSA_OK, storage
 */
capsa_status capsa_rows_write(sqlite3 *db, const capsa_document *document,
                              const capsa_source *source, int64_t *id);

/**
 * @param out  written only on CAPSA_OK, lives in `arena`
 * @return CAPSA_OK, CAPSA_ENOTFOUND, CAPSA_ECORRUPT, storage
 */
capsa_status capsa_rows_read(sqlite3 *db, int64_t id, capsa_arena *arena,
                             capsa_document *out);

/**
 * What the document was read from, and how.
 * @param out  written only on CAPSA_OK, lives in `arena`
 * @return CAPSA_OK, CAPSA_ECORRUPT, storage
 */
capsa_status capsa_rows_read_source(sqlite3 *db, int64_t id, capsa_arena *arena,
                                    capsa_source *out);

/** Remove a document and its entries in the index, in the caller's
 * transaction. @return CAPSA_OK, storage */
capsa_status capsa_rows_remove(sqlite3 *db, int64_t id);

/** When the document came into the library. @return CAPSA_OK, storage */
capsa_status capsa_rows_read_age(sqlite3 *db, int64_t id, capsa_arena *arena,
                                 capsa_slice *out);
capsa_status capsa_rows_write_age(sqlite3 *db, int64_t id, capsa_slice added);

#endif
