/* revise.c -- read a document's source again and put the new text in the place
 * of the old, with the notes on it.
 *
 * Notes are moved here, while both texts are at hand: they follow the letters
 * (follow.c), or else their quote and what stands around it (anchor.c), as when
 * a later parser reads a page in another way. One whose words are not in the
 * new text keeps its selector and its edition, so that it stands exactly where
 * it stood when that text is back.
 */
#include "annotate/revise.h"

#include "annotate/anchor.h"
#include "annotate/follow.h"
#include "base/slice.h"
#include "capsa/repair.h"
#include "store/rows.h"

typedef struct note {
  capsa_slice id;
  bool removed;
  capsa_selector selector;
} note;

typedef CAPSA_LIST(note) note_list;

static capsa_status read_notes(sqlite3 *db, const capsa_document *old,
                               capsa_arena *arena, note_list *out) {
  capsa_stmt stmt = capsa_stmt_open(
      db, "SELECT id, removed IS NOT NULL, start_code_point, end_code_point,"
          "  quote, prefix, suffix FROM annotation"
          " WHERE document = ? AND edition = ?");
  capsa_stmt_bind_text(&stmt, old->key);
  capsa_stmt_bind_text(&stmt, old->edition);
  while (capsa_stmt_next(&stmt)) {
    note *item = CAPSA_LIST_ADD(arena, out);
    if (!item) break;
    item->id = capsa_stmt_text(&stmt, arena);
    item->removed = capsa_stmt_number(&stmt);
    item->selector.start_code_point = (size_t)capsa_stmt_number(&stmt);
    item->selector.end_code_point = (size_t)capsa_stmt_number(&stmt);
    item->selector.quote = capsa_stmt_text(&stmt, arena);
    item->selector.prefix = capsa_stmt_text(&stmt, arena);
    item->selector.suffix = capsa_stmt_text(&stmt, arena);
  }
  capsa_status st = capsa_stmt_close(&stmt);
  return capsa_arena_failed(arena) ? CAPSA_ENOMEM : st;
}

/* Where the note stands now, if its words are there. */
static bool find_note(const note *item, const capsa_edition_text *edition,
                      capsa_range *at) {
  const capsa_selector *selector = &item->selector;
  size_t start =
      capsa_offset_convert(edition->older, selector->start_code_point,
                           CAPSA_UNIT_CODE_POINT, CAPSA_UNIT_BYTE);
  capsa_range old = {start, start + selector->quote.len};
  bool there = capsa_slice_equal(
      capsa_slice_cut(edition->older, old.start_byte, old.end_byte),
      selector->quote);
  if (there && capsa_follow(edition->older, edition->text, old, at))
    return true;
  return capsa_selector_resolve(selector, edition, at) != CAPSA_ANCHOR_ORPHAN;
}

static void move_note(capsa_stmt *stmt, const note *item,
                      const capsa_document *to, capsa_range at) {
  capsa_selector selector = capsa_selector_make(to->text, at);
  capsa_stmt_bind_text(stmt, to->edition);
  capsa_stmt_bind_number(stmt, (int64_t)selector.start_code_point);
  capsa_stmt_bind_number(stmt, (int64_t)selector.end_code_point);
  capsa_stmt_bind_text(stmt, selector.prefix);
  capsa_stmt_bind_text(stmt, selector.suffix);
  capsa_stmt_bind_text(stmt, item->id);
  capsa_stmt_run(stmt);
}

static capsa_status move_notes(sqlite3 *db, const capsa_document *old,
                               const capsa_document *new, capsa_arena *arena,
                               capsa_revision *revision) {
  note_list notes = {0};
  capsa_edition_text edition = {.text = new->text, .older = old->text};
  edition.same = capsa_slice_equal(old->edition, new->edition);
  capsa_status st = read_notes(db, old, arena, &notes);
  if (st) return st;
  capsa_stmt stmt = capsa_stmt_open(
      db, "UPDATE annotation SET edition = ?, start_code_point = ?,"
          "  end_code_point = ?, prefix = ?, suffix = ? WHERE id = ?");
  for (size_t i = 0; i < notes.count; i++) {
    const note *item = &notes.items[i];
    capsa_range at;
    bool found = find_note(item, &edition, &at);
    if (found) move_note(&stmt, item, new, at);
    if (!item->removed && found) revision->notes_moved++;
    if (!item->removed && !found) revision->notes_lost++;
  }
  return capsa_stmt_close(&stmt);
}

/* The same repairs, in the same texts? Then what was to be undone is not made
 * by the parser of today. */
static bool is_unchanged(const capsa_document *old, const capsa_document *new) {
  size_t before = 0, after = 0;
  for (size_t i = 0; i < old->block_count; i++)
    before += old->blocks[i].emendation_count;
  for (size_t i = 0; i < new->block_count; i++)
    after += new->blocks[i].emendation_count;
  return before == after && capsa_slice_equal(old->edition, new->edition);
}

static capsa_status revise(capsa_library *library, capsa_slice name,
                           capsa_revise_change *change, void *context,
                           capsa_arena *arena, capsa_revision *out) {
  capsa_document old, new;
  capsa_source source;
  capsa_entry entry;
  capsa_revision revision = {0};
  capsa_status st = capsa_library_find(library, name, arena, &entry);
  if (!st) st = capsa_rows_read(library->db, entry.id, arena, &old);
  if (!st) st = capsa_rows_read_source(library->db, entry.id, arena, &source);
  if (!st && change) st = change(context, &old, &source, arena);
  if (!st) st = capsa_document_parse(&source, arena, &new);
  if (!st && change && is_unchanged(&old, &new)) st = CAPSA_EINVAL;
  if (st) return st;
  new.key = old.key;
  st = capsa_library_replace(library, &entry, &new, &source, arena,
                             &revision.entry);
  if (!st) st = move_notes(library->db, &old, &new, arena, &revision);
  if (!st) *out = revision;
  return st;
}

capsa_status capsa_revise(capsa_library *library, capsa_slice name,
                          capsa_revise_change *change, void *context,
                          capsa_arena *arena, capsa_revision *out) {
  capsa_revision revision;
  capsa_status st = capsa_db_begin(library->db);
  if (st) return st;
  st = capsa_db_end(library->db,
                    revise(library, name, change, context, arena, &revision));
  if (!st) *out = revision;
  return st;
}

capsa_status capsa_library_reread(capsa_library *library, capsa_slice name,
                                  capsa_arena *arena, capsa_revision *out) {
  return capsa_revise(library, name, NULL, NULL, arena, out);
}
