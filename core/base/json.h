/* json.h -- write JSON into a capsa_buf. Reading is SQLite's business.
 *
 *   capsa_json          a writer: puts commas where they belong
 *   capsa_json_open/close, _key, _text, _number, _bool, _member…
 *
 * Strings come out as UTF-8; bytes that are none become U+FFFD, so that the
 * result is always valid JSON. Members without a value are left out by the
 * `_member` calls, not written as null.
 */
#ifndef CAPSA_CORE_BASE_JSON_H
#define CAPSA_CORE_BASE_JSON_H

#include "base/buf.h"

typedef struct capsa_json {
  capsa_buf *buf;
  bool comma; /* the next value or key needs one before it */
} capsa_json;

/** @param bracket  '{' or '[' */
void capsa_json_open(capsa_json *json, char bracket);
/** @param bracket  '}' or ']' */
void capsa_json_close(capsa_json *json, char bracket);
/** Key of the next value. @param key  ASCII, nothing to escape */
void capsa_json_key(capsa_json *json, const char *key);
void capsa_json_text(capsa_json *json, capsa_slice text);
void capsa_json_number(capsa_json *json, uint64_t number);
void capsa_json_bool(capsa_json *json, bool value);
/** A value that is JSON already. */
void capsa_json_raw(capsa_json *json, capsa_slice value);

/** "key": "text", unless the text is empty. */
void capsa_json_member(capsa_json *json, const char *key, capsa_slice text);
/** "key": number, unless it is 0. */
void capsa_json_member_number(capsa_json *json, const char *key,
                              uint64_t number);

#endif
