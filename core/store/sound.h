/* sound.h -- may a document that comes out of rows be shown and kept?
 *
 * The writers rely on what the front ends promise: addresses that were checked,
 * names of rules that are words, offsets between characters. Rows that another
 * hand wrote promise nothing.
 */
#ifndef CAPSA_CORE_STORE_SOUND_H
#define CAPSA_CORE_STORE_SOUND_H

#include "capsa/document.h"

/** Deepest list, quotation or heading in a library; no front end makes one
 * beyond 512. */
#define CAPSA_LEVEL_MAX 1024

/** Longest key of a document in bytes. */
#define CAPSA_KEY_BYTES_MAX 1024

/** An address that a link may have: http, https, mailto. */
bool capsa_address_is_sound(capsa_slice address);

/** Small letters, digits and hyphens only: what rules and codes are called. */
bool capsa_word_is_sound(const char *word);

/** UTF-8, not empty, at most CAPSA_KEY_BYTES_MAX, without what parts a name
 * from its edition, a space or a control character. */
bool capsa_key_is_sound(capsa_slice key);

/**
 * What is wrong with a document that was read from rows, in plain words:
 * an edition that is not its text's, bytes that are no UTF-8, a place inside a
 * character. Static; NULL where nothing is.
 */
const char *capsa_document_fault(const capsa_document *document);

#endif
