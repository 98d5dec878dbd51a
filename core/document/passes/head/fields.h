/* fields.h -- the fields of a form at the head of a record: "Date: …",
 * "TIME AND PLACE: …", or a heading "SUBJECT" with its value behind it.
 *
 *   capsa_field            a kind, and the value on the same line
 *   capsa_field_read()     a line that opens with a field and a colon
 *   capsa_field_heading()  a line that is a field's name and nothing else
 */
#ifndef CAPSA_CORE_DOCUMENT_FIELDS_H
#define CAPSA_CORE_DOCUMENT_FIELDS_H

#include "document/draft.h"

typedef enum capsa_field_kind {
  CAPSA_FIELD_OTHER = 0, /* known, and of no use here: "Copies to" */
  CAPSA_FIELD_DATE,
  CAPSA_FIELD_PLACE,
  CAPSA_FIELD_TIME_AND_PLACE,
  CAPSA_FIELD_SUBJECT,
  CAPSA_FIELD_FROM,
  CAPSA_FIELD_SOURCE, /* an address, a citation or a place in an archive */
  CAPSA_FIELD_TITLE,
  CAPSA_FIELD_LANGUAGE,
  CAPSA_FIELD_ORIGINAL, /* the language it was translated from */
  CAPSA_FIELD_TRANSLATOR,
} capsa_field_kind;

typedef struct capsa_field {
  capsa_field_kind kind;
  capsa_slice name;  /* as printed, without the colon */
  capsa_slice value; /* trimmed; may be empty */
} capsa_field;

/** @return whether `line` opens with a field's name and a colon */
bool capsa_field_read(capsa_slice line, capsa_field *out);

/** @return whether `line` is a field's name, with or without a colon */
bool capsa_field_heading(capsa_slice line, capsa_field *out);

/**
 * Take the fields of block `at` into the metadata, with the block behind it
 * where it is a heading. What is set already stays. A block of date or place
 * becomes a DATELINE; others keep their kind.
 * @param subject  set where the form has one and it is empty
 * @return index behind the last block that was read; `at` where none was
 */
size_t capsa_fields_take(capsa_draft *draft, size_t at, capsa_slice *subject);

#endif
