/* annotation.c -- annotations in their table, placed in a document.
 *
 * A row knows its record by key and edition alone. Where it stands now is
 * worked out each time it is read (anchor.c), in the newest edition or in the
 * one that was asked for, so that nothing has to be rewritten when a record
 * gets another edition, is removed, or comes back.
 */
#include "capsa/annotation.h"

#include <stdlib.h>

#include "annotate/anchor.h"
#include "base/arena.h"
#include "base/slice.h"
#include "store/library.h"

#define TIME "strftime('%Y-%m-%dT%H:%M:%SZ', "
#define NOW TIME "'now')"

/* The time of a change that follows one of the time `last`. Of two copies of a
 * note the one changed last stays (backup.h), so no change may look older than
 * the one before it, though the clock was put back. A removal comes `after`
 * its second: within one, what is there goes before what was removed. */
#define TIME_AFTER(last, after)                                                \
  "CASE WHEN " last after NOW " THEN ifnull(" TIME last ", '+1 second'), " NOW \
  ") ELSE " NOW " END"

/* The last block that starts at or before `byte` of the canonical text. The
 * end of a block is its own: the next one starts behind the line feed. */
static const capsa_block *block_at(const capsa_document *document,
                                   size_t byte) {
  size_t low = 0, high = document->block_count;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (document->blocks[middle].start_byte <= byte) low = middle;
    else high = middle;
  }
  return &document->blocks[low];
}

static size_t utf16_in(const capsa_block *block, size_t byte) {
  return capsa_offset_convert(block->text, byte, CAPSA_UNIT_BYTE,
                              CAPSA_UNIT_UTF16);
}

static void put_place(const capsa_document *document, capsa_range at,
                      capsa_arena *arena, capsa_annotation *out) {
  const capsa_block *first = block_at(document, at.start_byte);
  const capsa_block *last = block_at(document, at.end_byte);
  out->start = (capsa_place){first->number, at.start_byte - first->start_byte};
  out->end = (capsa_place){last->number, at.end_byte - last->start_byte};
  out->start_utf16 = utf16_in(first, out->start.byte);
  out->end_utf16 = utf16_in(last, out->end.byte);
  out->turn = first->turn;
  if (first->speaker)
    out->speaker =
        capsa_arena_copy(arena, document->speakers[first->speaker - 1].name);
}

/* The editions that one record's annotations are read against. */
typedef struct editions {
  capsa_library *library;
  capsa_arena *arena; /* of this call only */
  capsa_document document;
  bool known;           /* is `document` there at all? */
  capsa_slice older_of; /* the edition that `older` is, or is not */
  capsa_slice older;    /* its canonical text; empty where it is gone */
} editions;

static capsa_slice name_of(capsa_arena *arena, capsa_slice key,
                           capsa_slice edition) {
  capsa_buf buf = {0};
  capsa_slice name = {0};
  capsa_buf_put(&buf, key);
  capsa_buf_putc(&buf, '@');
  capsa_buf_put(&buf, edition);
  (void)capsa_buf_take(&buf, arena, &name); /* the arena remembers */
  return name;
}

/* Read the edition that an annotation was made on, unless it was the last one
 * that was read. */
static capsa_status read_older(editions *all, const capsa_annotation *item) {
  if (capsa_slice_equal(all->older_of, item->edition)) return CAPSA_OK;
  capsa_document document = {0};
  capsa_slice name = name_of(all->arena, item->document, item->edition);
  if (capsa_arena_failed(all->arena)) return CAPSA_ENOMEM;
  capsa_status st =
      capsa_library_read(all->library, name, all->arena, &document);
  if (st && st != CAPSA_ENOTFOUND) return st;
  all->older_of = item->edition;
  all->older = document.text;
  return CAPSA_OK;
}

static capsa_status place(editions *all, capsa_arena *arena,
                          capsa_annotation *item) {
  item->anchor = CAPSA_ANCHOR_ORPHAN;
  if (!all->known || !all->document.block_count) return CAPSA_OK;
  capsa_edition_text edition = {.text = all->document.text};
  edition.same = capsa_slice_equal(item->edition, all->document.edition);
  if (!edition.same) {
    capsa_status st = read_older(all, item);
    if (st) return st;
    edition.older = all->older;
  }
  capsa_selector selector = {item->start_code_point, item->end_code_point,
                             item->quote, item->prefix, item->suffix};
  capsa_range at;
  item->anchor = capsa_selector_resolve(&selector, &edition, &at);
  if (item->anchor != CAPSA_ANCHOR_ORPHAN)
    put_place(&all->document, at, arena, item);
  return CAPSA_OK;
}

static void read_row(capsa_stmt *stmt, capsa_arena *arena,
                     capsa_annotation *out) {
  out->id = capsa_stmt_text(stmt, arena);
  out->document = capsa_stmt_text(stmt, arena);
  out->title = capsa_stmt_text(stmt, arena);
  out->edition = capsa_stmt_text(stmt, arena);
  out->colour = (uint32_t)capsa_stmt_number(stmt);
  out->note = capsa_stmt_text(stmt, arena);
  out->created = capsa_stmt_text(stmt, arena);
  out->modified = capsa_stmt_text(stmt, arena);
  out->start_code_point = (size_t)capsa_stmt_number(stmt);
  out->end_code_point = (size_t)capsa_stmt_number(stmt);
  out->quote = capsa_stmt_text(stmt, arena);
  out->prefix = capsa_stmt_text(stmt, arena);
  out->suffix = capsa_stmt_text(stmt, arena);
}

typedef CAPSA_LIST(capsa_annotation) annotation_list;

/* The rows that are not removed, in the library's order of documents; of one
 * document and one id only, where these are not empty. */
static capsa_status read_rows(sqlite3 *db, capsa_slice key, capsa_slice id,
                              capsa_arena *arena, annotation_list *out) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "SELECT annotation.id, annotation.document, ifnull(title, ''),"
          "  annotation.edition, colour, note, created, modified,"
          "  start_code_point, end_code_point, quote, prefix, suffix"
          " FROM annotation LEFT JOIN document ON document.id ="
          "  (SELECT max(id) FROM document WHERE key = annotation.document)"
          " WHERE removed IS NULL AND (?1 = '' OR annotation.document = ?1)"
          "  AND (?2 = '' OR annotation.id = ?2)"
          " ORDER BY document.id IS NULL, date = '', date, title, document.id,"
          "  annotation.document, start_code_point, annotation.id");
  capsa_stmt_bind_text(&stmt, key);
  capsa_stmt_bind_text(&stmt, id);
  while (capsa_stmt_next(&stmt)) {
    capsa_annotation *item = CAPSA_LIST_ADD(arena, out);
    if (!item) break;
    read_row(&stmt, arena, item);
  }
  capsa_status st = capsa_stmt_close(&stmt);
  return capsa_arena_failed(arena) ? CAPSA_ENOMEM : st;
}

static int compare_sizes(size_t a, size_t b) { return (a > b) - (a < b); }

/* By place, orphans last by where they stood. */
static int compare(const void *left, const void *right) {
  const capsa_annotation *a = left, *b = right;
  int order =
      (a->anchor == CAPSA_ANCHOR_ORPHAN) - (b->anchor == CAPSA_ANCHOR_ORPHAN);
  if (!order) order = compare_sizes(a->start.block, b->start.block);
  if (!order) order = compare_sizes(a->start.byte, b->start.byte);
  if (!order) order = compare_sizes(a->start_code_point, b->start_code_point);
  if (!order) order = capsa_slice_compare(a->created, b->created);
  return order ? order : capsa_slice_compare(a->id, b->id);
}

/* Place the `count` annotations of one record; `name` is the edition they are
 * placed in. */
static capsa_status place_all(capsa_library *library, capsa_slice name,
                              capsa_annotation *items, size_t count,
                              capsa_arena *arena) {
  capsa_arena *scratch = capsa_arena_new();
  if (!scratch) return CAPSA_ENOMEM;
  editions all = {.library = library, .arena = scratch};
  capsa_status st = capsa_library_read(library, name, scratch, &all.document);
  all.known = !st;
  if (st == CAPSA_ENOTFOUND) st = CAPSA_OK;
  for (size_t i = 0; !st && i < count; i++) st = place(&all, arena, &items[i]);
  if (!st && capsa_arena_failed(arena)) st = CAPSA_ENOMEM;
  if (!st) qsort(items, count, sizeof *items, compare);
  capsa_arena_free(scratch);
  return st;
}

static size_t same_document(const annotation_list *list, size_t from) {
  size_t end = from + 1;
  while (end < list->count && capsa_slice_equal(list->items[end].document,
                                                list->items[from].document))
    end++;
  return end - from;
}

capsa_status capsa_annotations_list(capsa_library *library,
                                    capsa_slice document, capsa_arena *arena,
                                    capsa_annotations *out) {
  capsa_slice none = {0};
  capsa_entry entry = {0};
  annotation_list list = {0};
  capsa_status st = CAPSA_OK;
  if (document.len) st = capsa_library_find(library, document, arena, &entry);
  if (!st) st = read_rows(library->db, entry.key, none, arena, &list);
  for (size_t i = 0, count; !st && i < list.count; i += count) {
    capsa_slice name = document.len ? document : list.items[i].document;
    count = same_document(&list, i);
    st = place_all(library, name, &list.items[i], count, arena);
  }
  if (!st) *out = (capsa_annotations){list.items, list.count};
  return st;
}

/* A random UUID (RFC 9562, version 4). */
static capsa_slice new_id(char text[36]) {
  static const char hex[] = "0123456789abcdef";
  unsigned char bytes[16];
  sqlite3_randomness(sizeof bytes, bytes);
  bytes[6] = (unsigned char)((bytes[6] & 0x0F) | 0x40);
  bytes[8] = (unsigned char)((bytes[8] & 0x3F) | 0x80);
  char *p = text;
  for (size_t i = 0; i < sizeof bytes; i++) {
    if (i == 4 || i == 6 || i == 8 || i == 10) *p++ = '-';
    *p++ = hex[bytes[i] >> 4];
    *p++ = hex[bytes[i] & 15];
  }
  return (capsa_slice){text, 36};
}

static capsa_status insert(sqlite3 *db, const capsa_document *document,
                           const capsa_mark *mark, capsa_range at,
                           capsa_slice id) {
  capsa_selector selector = capsa_selector_make(document->text, at);
  capsa_stmt stmt = capsa_stmt_open(
      db,
      "INSERT INTO annotation (id, document, edition, colour, note,"
      "  start_code_point, end_code_point, quote, prefix, suffix, created,"
      "  modified) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " NOW ", " NOW ")");
  capsa_stmt_bind_text(&stmt, id);
  capsa_stmt_bind_text(&stmt, document->key);
  capsa_stmt_bind_text(&stmt, document->edition);
  capsa_stmt_bind_number(&stmt, mark->colour);
  capsa_stmt_bind_text(&stmt, mark->note);
  capsa_stmt_bind_number(&stmt, (int64_t)selector.start_code_point);
  capsa_stmt_bind_number(&stmt, (int64_t)selector.end_code_point);
  capsa_stmt_bind_text(&stmt, selector.quote);
  capsa_stmt_bind_text(&stmt, selector.prefix);
  capsa_stmt_bind_text(&stmt, selector.suffix);
  capsa_stmt_run(&stmt);
  return capsa_stmt_close(&stmt);
}

static size_t byte_of(const capsa_document *document, uint32_t number,
                      size_t offset, capsa_unit unit) {
  const capsa_block *block = &document->blocks[number - 1];
  return block->start_byte +
         capsa_offset_convert(block->text, offset, unit, CAPSA_UNIT_BYTE);
}

/* Spaces and line feeds at either end are no words: a triple click selects to
 * the start of the next block. */
static capsa_range trimmed(capsa_slice text, size_t start, size_t end) {
  capsa_slice words = capsa_slice_trim(capsa_slice_cut(text, start, end));
  if (!words.len) return (capsa_range){0};
  size_t first = (size_t)(words.ptr - text.ptr);
  return (capsa_range){first, first + words.len};
}

static capsa_status check(uint32_t colour, capsa_slice note) {
  if (colour >= CAPSA_COLOUR_COUNT) return CAPSA_EINVAL;
  return note.len > CAPSA_NOTE_BYTES_MAX ? CAPSA_ETOOBIG : CAPSA_OK;
}

static capsa_status keep(capsa_library *library, const capsa_mark *mark,
                         capsa_slice id, capsa_arena *scratch) {
  capsa_document document;
  capsa_status st =
      capsa_library_read(library, mark->document, scratch, &document);
  if (st) return st;
  if (!mark->start_block || mark->end_block < mark->start_block ||
      mark->end_block > document.block_count)
    return CAPSA_EINVAL;
  capsa_range at =
      trimmed(document.text,
              byte_of(&document, mark->start_block, mark->start, mark->unit),
              byte_of(&document, mark->end_block, mark->end, mark->unit));
  if (at.start_byte >= at.end_byte) return CAPSA_EINVAL;
  return insert(library->db, &document, mark, at, id);
}

/* One transaction from reading the text to reading back what was kept: it must
 * not be there where this fails. */
static capsa_status create(capsa_library *library, const capsa_mark *mark,
                           capsa_arena *scratch, capsa_arena *arena,
                           annotation_list *made) {
  char text[36];
  capsa_slice id = new_id(text);
  capsa_status st = capsa_db_begin(library->db);
  if (st) return st;
  st = keep(library, mark, id, scratch);
  if (!st) st = read_rows(library->db, (capsa_slice){0}, id, arena, made);
  if (!st)
    st = place_all(library, mark->document, made->items, made->count, arena);
  return capsa_db_end(library->db, st);
}

capsa_status capsa_annotation_create(capsa_library *library,
                                     const capsa_mark *mark, capsa_arena *arena,
                                     capsa_annotation *out) {
  annotation_list made = {0};
  capsa_status st = check(mark->colour, mark->note);
  if (st) return st;
  capsa_arena *scratch = capsa_arena_new();
  if (!scratch) return CAPSA_ENOMEM;
  st = create(library, mark, scratch, arena, &made);
  capsa_arena_free(scratch);
  if (!st) *out = made.items[0];
  return st;
}

/* Run a statement that ends with the id of the one row it must change. */
static capsa_status run_for(sqlite3 *db, capsa_stmt *stmt, capsa_slice id) {
  capsa_stmt_bind_text(stmt, id);
  capsa_stmt_run(stmt);
  capsa_status st = capsa_stmt_close(stmt);
  if (st) return st;
  return sqlite3_changes(db) ? CAPSA_OK : CAPSA_ENOTFOUND;
}

static capsa_status change(sqlite3 *db, capsa_stmt *stmt, capsa_slice id) {
  capsa_status st = capsa_db_begin(db);
  if (!st) return capsa_db_end(db, run_for(db, stmt, id));
  (void)capsa_stmt_close(stmt);
  return st;
}

capsa_status capsa_annotation_update(capsa_library *library, capsa_slice id,
                                     uint32_t colour, capsa_slice note) {
  capsa_status st = check(colour, note);
  if (st) return st;
  capsa_stmt stmt = capsa_stmt_open(
      library->db,
      "UPDATE annotation SET colour = ?, note = ?, modified = " TIME_AFTER(
          "modified", " > ") " WHERE removed IS NULL AND id = ?");
  capsa_stmt_bind_number(&stmt, colour);
  capsa_stmt_bind_text(&stmt, note);
  return change(library->db, &stmt, id);
}

capsa_status capsa_annotation_remove(capsa_library *library, capsa_slice id) {
  capsa_stmt stmt = capsa_stmt_open(
      library->db, "UPDATE annotation SET removed = " TIME_AFTER(
                       "modified", " >= ") " WHERE removed IS NULL AND id = ?");
  return change(library->db, &stmt, id);
}

capsa_status capsa_annotation_restore(capsa_library *library, capsa_slice id) {
  capsa_stmt stmt = capsa_stmt_open(
      library->db,
      "UPDATE annotation SET removed = NULL, modified = " TIME_AFTER(
          "max(removed, modified)",
          " > ") " WHERE removed IS NOT NULL AND id = ?");
  return change(library->db, &stmt, id);
}
