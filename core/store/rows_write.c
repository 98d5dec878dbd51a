#include "store/rows.h"

#include "base/slice.h"

#define COLUMN(column, member) ", " #column
#define PARAMETER(column, member) ", ?"
#define VALUE(column, member) &document->metadata.member,

static capsa_slice format_name(capsa_format format) {
  return capsa_slice_of(capsa_format_name(format));
}

static capsa_status write_document(sqlite3 *db, const capsa_document *document,
                                   int64_t *id) {
  const capsa_slice *values[] = {CAPSA_METADATA_FIELDS(VALUE)};
  capsa_stmt stmt =
      capsa_stmt_open(db, "INSERT INTO document (id, key, edition, format,"
                          "  turns" CAPSA_METADATA_FIELDS(
                              COLUMN) ") VALUES (nullif(?, 0), ?, ?, ?, "
                                      "?" CAPSA_METADATA_FIELDS(PARAMETER) ")");
  capsa_stmt_bind_number(&stmt, *id);
  capsa_stmt_bind_text(&stmt, document->key);
  capsa_stmt_bind_text(&stmt, document->edition);
  capsa_stmt_bind_text(&stmt, format_name(document->format));
  capsa_stmt_bind_number(&stmt, document->turns);
  for (size_t i = 0; i < sizeof values / sizeof *values; i++)
    capsa_stmt_bind_text(&stmt, *values[i]);
  capsa_stmt_run(&stmt);
  *id = sqlite3_last_insert_rowid(db);
  return capsa_stmt_close(&stmt);
}

static capsa_status write_source(sqlite3 *db, const capsa_source *source,
                                 int64_t id) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "INSERT INTO source (document_id, name, asked, keep_printed, part,"
          "  bytes) VALUES (?, ?, ?, ?, ?, ?)");
  capsa_stmt_bind_number(&stmt, id);
  capsa_stmt_bind_text(&stmt, source->name);
  capsa_stmt_bind_text(&stmt, format_name(source->format));
  capsa_stmt_bind_number(&stmt, source->keep_printed);
  capsa_stmt_bind_number(&stmt, source->part);
  capsa_stmt_bind_bytes(&stmt, source->bytes);
  capsa_stmt_run(&stmt);
  return capsa_stmt_close(&stmt);
}

static capsa_status write_undone(sqlite3 *db, const capsa_source *source,
                                 int64_t id) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "INSERT INTO undone (document_id, number, rule, original, corrected,"
          "  before, after, nth) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  for (size_t i = 0; i < source->undone_count; i++) {
    const capsa_undone *undone = &source->undone[i];
    capsa_stmt_bind_number(&stmt, id);
    capsa_stmt_bind_number(&stmt, (int64_t)i + 1);
    capsa_stmt_bind_text(&stmt, undone->rule);
    capsa_stmt_bind_text(&stmt, undone->original);
    capsa_stmt_bind_text(&stmt, undone->corrected);
    capsa_stmt_bind_text(&stmt, undone->before);
    capsa_stmt_bind_text(&stmt, undone->after);
    capsa_stmt_bind_number(&stmt, undone->nth);
    capsa_stmt_run(&stmt);
  }
  return capsa_stmt_close(&stmt);
}

static capsa_status
write_participants(sqlite3 *db, const capsa_metadata *metadata, int64_t id) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "INSERT INTO participant (document_id, number, name, office, side)"
          " VALUES (?, ?, ?, ?, ?)");
  for (size_t i = 0; i < metadata->participant_count; i++) {
    capsa_stmt_bind_number(&stmt, id);
    capsa_stmt_bind_number(&stmt, (int64_t)i + 1);
    capsa_stmt_bind_text(&stmt, metadata->participants[i].name);
    capsa_stmt_bind_text(&stmt, metadata->participants[i].office);
    capsa_stmt_bind_text(&stmt, metadata->participants[i].side);
    capsa_stmt_run(&stmt);
  }
  return capsa_stmt_close(&stmt);
}

static capsa_status write_speakers(sqlite3 *db, const capsa_document *document,
                                   int64_t id) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "INSERT INTO speaker (document_id, number, name, turns, office,"
          "  name_key)"
          " VALUES (?, ?, ?, ?, ?, ?)");
  for (size_t i = 0; i < document->speaker_count; i++) {
    capsa_stmt_bind_number(&stmt, id);
    capsa_stmt_bind_number(&stmt, (int64_t)i + 1);
    capsa_stmt_bind_text(&stmt, document->speakers[i].name);
    capsa_stmt_bind_number(&stmt, document->speakers[i].turns);
    capsa_stmt_bind_text(&stmt, document->speakers[i].office);
    capsa_stmt_bind_text(&stmt, document->speakers[i].key);
    capsa_stmt_run(&stmt);
  }
  return capsa_stmt_close(&stmt);
}

static capsa_status write_labels(sqlite3 *db, const capsa_document *document,
                                 int64_t id) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "INSERT INTO label (document_id, speaker, number, text)"
          " VALUES (?, ?, ?, ?)");
  for (size_t i = 0; i < document->speaker_count; i++)
    for (size_t j = 0; j < document->speakers[i].label_count; j++) {
      capsa_stmt_bind_number(&stmt, id);
      capsa_stmt_bind_number(&stmt, (int64_t)i + 1);
      capsa_stmt_bind_number(&stmt, (int64_t)j + 1);
      capsa_stmt_bind_text(&stmt, document->speakers[i].labels[j]);
      capsa_stmt_run(&stmt);
    }
  return capsa_stmt_close(&stmt);
}

static capsa_status write_blocks(sqlite3 *db, const capsa_document *document,
                                 int64_t id) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "INSERT INTO block (document_id, number, turn, kind, level, speaker,"
          "  label, marker, reference, language, target, text)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (size_t i = 0; i < document->block_count; i++) {
    const capsa_block *block = &document->blocks[i];
    capsa_stmt_bind_number(&stmt, id);
    capsa_stmt_bind_number(&stmt, block->number);
    capsa_stmt_bind_number(&stmt, block->turn);
    capsa_stmt_bind_text(&stmt,
                         capsa_slice_of(capsa_block_kind_name(block->kind)));
    capsa_stmt_bind_number(&stmt, block->level);
    capsa_stmt_bind_number(&stmt, block->speaker);
    capsa_stmt_bind_text(&stmt, block->label);
    capsa_stmt_bind_text(&stmt, block->marker);
    capsa_stmt_bind_number(&stmt, block->reference);
    capsa_stmt_bind_text(&stmt, block->language);
    capsa_stmt_bind_text(&stmt, block->target);
    capsa_stmt_bind_text(&stmt, block->text);
    capsa_stmt_run(&stmt);
  }
  return capsa_stmt_close(&stmt);
}

static void bind_place(capsa_stmt *stmt, int64_t id, uint32_t block,
                       size_t index, capsa_range at) {
  capsa_stmt_bind_number(stmt, id);
  capsa_stmt_bind_number(stmt, block);
  capsa_stmt_bind_number(stmt, (int64_t)index + 1);
  capsa_stmt_bind_number(stmt, (int64_t)at.start_byte);
  capsa_stmt_bind_number(stmt, (int64_t)at.end_byte);
}

static capsa_status write_spans(sqlite3 *db, const capsa_document *document,
                                int64_t id) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "INSERT INTO span (document_id, block, number, start_byte, end_byte,"
          "  kind, target, mark, footnote) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (size_t i = 0; i < document->block_count; i++) {
    const capsa_block *block = &document->blocks[i];
    for (size_t j = 0; j < block->span_count; j++) {
      const capsa_span *span = &block->spans[j];
      bind_place(&stmt, id, block->number, j, span->at);
      capsa_stmt_bind_text(&stmt,
                           capsa_slice_of(capsa_span_kind_name(span->kind)));
      capsa_stmt_bind_text(&stmt, span->target);
      capsa_stmt_bind_text(&stmt, span->mark);
      capsa_stmt_bind_number(&stmt, span->block);
      capsa_stmt_run(&stmt);
    }
  }
  return capsa_stmt_close(&stmt);
}

static capsa_status
write_emendations(sqlite3 *db, const capsa_document *document, int64_t id) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "INSERT INTO emendation (document_id, block, number, start_byte,"
          "  end_byte, original, corrected, rule, confidence, in_label)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (size_t i = 0; i < document->block_count; i++) {
    const capsa_block *block = &document->blocks[i];
    for (size_t j = 0; j < block->emendation_count; j++) {
      const capsa_emendation *emendation = &block->emendations[j];
      bind_place(&stmt, id, block->number, j, emendation->at);
      capsa_stmt_bind_text(&stmt, emendation->original);
      capsa_stmt_bind_text(&stmt, emendation->corrected);
      capsa_stmt_bind_text(&stmt, capsa_slice_of(emendation->rule));
      capsa_stmt_bind_number(&stmt, emendation->confidence);
      capsa_stmt_bind_number(&stmt, emendation->in_label);
      capsa_stmt_run(&stmt);
    }
  }
  return capsa_stmt_close(&stmt);
}

static capsa_status
write_diagnostics(sqlite3 *db, const capsa_document *document, int64_t id) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "INSERT INTO diagnostic (document_id, number, severity, line, code,"
          "  action, text) VALUES (?, ?, ?, ?, ?, ?, ?)");
  for (size_t i = 0; i < document->diagnostic_count; i++) {
    const capsa_diagnostic *diagnostic = &document->diagnostics[i];
    capsa_stmt_bind_number(&stmt, id);
    capsa_stmt_bind_number(&stmt, (int64_t)i + 1);
    capsa_stmt_bind_text(
        &stmt, capsa_slice_of(capsa_severity_name(diagnostic->severity)));
    capsa_stmt_bind_number(&stmt, diagnostic->line);
    capsa_stmt_bind_text(&stmt, capsa_slice_of(diagnostic->code));
    capsa_stmt_bind_text(&stmt, capsa_slice_of(diagnostic->action));
    capsa_stmt_bind_text(&stmt, diagnostic->text);
    capsa_stmt_run(&stmt);
  }
  return capsa_stmt_close(&stmt);
}

static capsa_status run_with_id(sqlite3 *db, const char *sql, int64_t id) {
  capsa_stmt stmt = capsa_stmt_open(db, sql);
  capsa_stmt_bind_number(&stmt, id);
  capsa_stmt_run(&stmt);
  return capsa_stmt_close(&stmt);
}

capsa_status capsa_rows_write(sqlite3 *db, const capsa_document *document,
                              const capsa_source *source, int64_t *id) {
  capsa_status st = write_document(db, document, id);
  if (!st) st = write_source(db, source, *id);
  if (!st) st = write_undone(db, source, *id);
  if (!st) st = write_participants(db, &document->metadata, *id);
  if (!st) st = write_speakers(db, document, *id);
  if (!st) st = write_labels(db, document, *id);
  if (!st) st = write_blocks(db, document, *id);
  if (!st) st = write_spans(db, document, *id);
  if (!st) st = write_emendations(db, document, *id);
  if (!st) st = write_diagnostics(db, document, *id);
  if (st) return st;
  return run_with_id(db,
                     "INSERT INTO block_fts (rowid, text, speaker)"
                     " SELECT id, text, speaker FROM passage"
                     " WHERE document_id = ?",
                     *id);
}

/* The index has no text of its own: it has to be told what to forget, while
 * the text is still there. */
capsa_status capsa_rows_remove(sqlite3 *db, int64_t id) {
  capsa_status st =
      run_with_id(db,
                  "INSERT INTO block_fts (block_fts, rowid, text, speaker)"
                  " SELECT 'delete', id, text, speaker FROM passage"
                  " WHERE document_id = ?",
                  id);
  if (st) return st;
  return run_with_id(db, "DELETE FROM document WHERE id = ?", id);
}

capsa_status capsa_rows_read_age(sqlite3 *db, int64_t id, capsa_arena *arena,
                                 capsa_slice *out) {
  capsa_stmt stmt =
      capsa_stmt_open(db, "SELECT added FROM document WHERE id = ?");
  capsa_stmt_bind_number(&stmt, id);
  if (capsa_stmt_next(&stmt)) *out = capsa_stmt_text(&stmt, arena);
  return capsa_stmt_close(&stmt);
}

capsa_status capsa_rows_write_age(sqlite3 *db, int64_t id, capsa_slice added) {
  capsa_stmt stmt =
      capsa_stmt_open(db, "UPDATE document SET added = ? WHERE id = ?");
  capsa_stmt_bind_text(&stmt, added);
  capsa_stmt_bind_number(&stmt, id);
  capsa_stmt_run(&stmt);
  return capsa_stmt_close(&stmt);
}
