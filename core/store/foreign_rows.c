#include "store/foreign_rows.h"

#include "base/arena.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "capsa/annotation.h"
#include "capsa/examine.h"
#include "store/rows.h"
#include "store/sound.h"

/** Longest quote of an annotation: that of a whole document's text. */
#define QUOTE_BYTES_MAX CAPSA_FOREIGN_TEXT_MAX

/** Bytes of the context of a quote: characters of at most four bytes. */
#define CONTEXT_BYTES_MAX ((size_t)4 * CAPSA_QUOTE_CONTEXT)

enum { UUID_LEN = 36 };

/* `9` stands for a digit. */
static bool has_shape(capsa_slice text, const char *shape) {
  if (text.len != strlen(shape)) return false;
  for (size_t i = 0; i < text.len; i++) {
    bool digit = text.ptr[i] >= '0' && text.ptr[i] <= '9';
    if (shape[i] == '9' ? !digit : text.ptr[i] != shape[i]) return false;
  }
  return true;
}

bool capsa_time_is_sound(capsa_slice text) {
  return has_shape(text, "9999-99-99T99:99:99Z");
}

capsa_status capsa_foreign_count(sqlite3 *db, capsa_foreign_counts *out) {
  capsa_stmt stmt =
      capsa_stmt_open(db, "SELECT (SELECT count(*) FROM document),"
                          " (SELECT count(*) FROM annotation),"
                          " (SELECT count(*) FROM document WHERE id <= 0) +"
                          " (SELECT count(*) FROM block WHERE id <= 0)");
  if (capsa_stmt_next(&stmt)) {
    out->documents = capsa_stmt_number(&stmt);
    out->notes = capsa_stmt_number(&stmt);
    out->misnumbered = capsa_stmt_number(&stmt);
  }
  return capsa_stmt_close(&stmt);
}

/* ---- documents */

static capsa_status find_next(sqlite3 *db, int64_t after, capsa_arena *arena,
                              capsa_foreign_document *out) {
  capsa_stmt stmt =
      capsa_stmt_open(db, "SELECT id, key, added FROM document WHERE id > ?"
                          " ORDER BY id LIMIT 1");
  capsa_stmt_bind_number(&stmt, after);
  if (capsa_stmt_next(&stmt)) {
    out->id = capsa_stmt_number(&stmt);
    out->key = capsa_stmt_text(&stmt, arena);
    out->added = capsa_stmt_text(&stmt, arena);
    if (!capsa_time_is_sound(out->added)) out->added = (capsa_slice){0};
  }
  return capsa_stmt_close(&stmt);
}

/* Is it of a size that can be read into memory? */
static capsa_status check_size(sqlite3 *db, int64_t id, const char **fault) {
  int64_t bytes = 0, rows = 0;
  capsa_stmt stmt = capsa_stmt_open(
      db, "SELECT ifnull((SELECT sum(octet_length(text)) FROM block"
          "   WHERE document_id = ?1), 0),"
          " (SELECT count(*) FROM block WHERE document_id = ?1) +"
          " (SELECT count(*) FROM span WHERE document_id = ?1) +"
          " (SELECT count(*) FROM emendation WHERE document_id = ?1) +"
          " (SELECT count(*) FROM label WHERE document_id = ?1) +"
          " (SELECT count(*) FROM speaker WHERE document_id = ?1) +"
          " (SELECT count(*) FROM participant WHERE document_id = ?1) +"
          " (SELECT count(*) FROM undone WHERE document_id = ?1) +"
          " (SELECT count(*) FROM diagnostic WHERE document_id = ?1)");
  capsa_stmt_bind_number(&stmt, id);
  if (capsa_stmt_next(&stmt)) {
    bytes = capsa_stmt_number(&stmt);
    rows = capsa_stmt_number(&stmt);
  }
  capsa_status st = capsa_stmt_close(&stmt);
  if (st) return st;
  if (bytes < 0 || (uint64_t)bytes > CAPSA_FOREIGN_TEXT_MAX ||
      rows > CAPSA_FOREIGN_ROWS_MAX)
    *fault = "it is larger than any document that Capsa makes";
  return CAPSA_OK;
}

bool capsa_source_is_sound(const capsa_source *source) {
  bool valid = capsa_utf8_is_valid(source->name) &&
               source->bytes.len <= CAPSA_SOURCE_BYTES_MAX;
  for (size_t i = 0; valid && i < source->undone_count; i++) {
    const capsa_undone *undone = &source->undone[i];
    valid = capsa_utf8_is_valid(undone->rule) &&
            capsa_utf8_is_valid(undone->original) &&
            capsa_utf8_is_valid(undone->corrected) &&
            capsa_utf8_is_valid(undone->before) &&
            capsa_utf8_is_valid(undone->after);
  }
  return valid;
}

const char *capsa_foreign_fault(const capsa_document *document,
                                const capsa_source *source) {
  const char *fault = capsa_document_fault(document);
  if (!fault && !capsa_source_is_sound(source))
    return "the file that it was read from is not kept as it was";
  return fault;
}

bool capsa_version_is_sound(capsa_slice document, capsa_slice record) {
  return capsa_key_is_sound(document) && record.len <= CAPSA_KEY_BYTES_MAX &&
         capsa_utf8_is_valid(record);
}

static capsa_status read_checked(sqlite3 *db, capsa_arena *arena,
                                 capsa_foreign_document *out) {
  capsa_status st = check_size(db, out->id, &out->fault);
  if (st || out->fault) return st;
  st = capsa_rows_read(db, out->id, arena, &out->document);
  if (!st) st = capsa_rows_read_source(db, out->id, arena, &out->source);
  if (st) return st;
  out->fault = capsa_foreign_fault(&out->document, &out->source);
  return CAPSA_OK;
}

capsa_status capsa_foreign_read(sqlite3 *db, int64_t after, capsa_arena *arena,
                                capsa_foreign_document *out) {
  *out = (capsa_foreign_document){0};
  capsa_status st = find_next(db, after, arena, out);
  if (st || !out->id) return st;
  st = read_checked(db, arena, out);
  switch (st) {
  case CAPSA_OK: break;
  case CAPSA_ENOMEM: return st;
  case CAPSA_ETIMEOUT: out->fault = "to read it takes too long"; break;
  case CAPSA_ETOOBIG:
    out->fault = "it is larger than any document that Capsa makes";
    break;
  default: out->fault = "a part of it is damaged or missing"; break;
  }
  if (out->fault && !capsa_utf8_is_valid(out->key)) out->key = (capsa_slice){0};
  return CAPSA_OK;
}

/* ---- annotations */

capsa_stmt capsa_foreign_notes_open(sqlite3 *db) {
  return capsa_stmt_open(db, "SELECT " CAPSA_FOREIGN_NOTE
                             " FROM annotation ORDER BY id");
}

static bool is_id(capsa_slice id) {
  if (id.len != UUID_LEN) return false;
  for (size_t i = 0; i < id.len; i++) {
    char c = id.ptr[i];
    bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (dash ? c != '-' : !digit) return false;
  }
  return true;
}

static bool is_edition(capsa_slice edition) {
  if (edition.len != CAPSA_EDITION_LEN) return false;
  for (size_t i = 0; i < edition.len; i++) {
    char c = edition.ptr[i];
    if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) return false;
  }
  return true;
}

static const char *fault_of(const capsa_foreign_note *note) {
  if (!is_id(note->id) || !capsa_key_is_sound(note->document) ||
      !is_edition(note->edition))
    return "it does not say what it is of";
  if (note->colour < 0 || note->colour >= CAPSA_COLOUR_COUNT)
    return "its colour is none";
  if (note->start_code_point < 0 ||
      note->end_code_point <= note->start_code_point ||
      (uint64_t)note->end_code_point > CAPSA_FOREIGN_TEXT_MAX)
    return "its place is none";
  if (note->note.len > CAPSA_NOTE_BYTES_MAX || !note->quote.len ||
      note->quote.len > QUOTE_BYTES_MAX ||
      note->prefix.len > CONTEXT_BYTES_MAX ||
      note->suffix.len > CONTEXT_BYTES_MAX)
    return "its text is longer than Capsa makes it, or missing";
  if (!capsa_utf8_is_valid(note->note) || !capsa_utf8_is_valid(note->quote) ||
      !capsa_utf8_is_valid(note->prefix) || !capsa_utf8_is_valid(note->suffix))
    return "its text is no UTF-8";
  if (!capsa_time_is_sound(note->created) ||
      !capsa_time_is_sound(note->modified) ||
      (note->removed.len && !capsa_time_is_sound(note->removed)))
    return "its time is none";
  return NULL;
}

void capsa_foreign_note_read(capsa_stmt *stmt, capsa_arena *arena,
                             capsa_foreign_note *out) {
  capsa_slice *texts[] = {&out->id,     &out->document, &out->edition,
                          &out->note,   &out->quote,    &out->prefix,
                          &out->suffix, &out->created,  &out->modified,
                          &out->removed};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    *texts[i] = capsa_stmt_text(stmt, arena);
  out->colour = capsa_stmt_number(stmt);
  out->start_code_point = capsa_stmt_number(stmt);
  out->end_code_point = capsa_stmt_number(stmt);
  out->fault = fault_of(out);
}
