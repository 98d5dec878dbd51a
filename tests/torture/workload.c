#include "workload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "capsa/capsa.h"

#define OLDER "tests/fixtures/library-1.capsa"

/* Pages that the cramped workload's cache holds. */
#define CRAMPED "PRAGMA cache_size = 3; PRAGMA cache_spill = 1"

const char *const workload_names[WORKLOAD_KINDS] = {"new", "older", "cramped"};

static const char ink[] =
    "Talk about Ink\n\nMarch 4, 1920\n\n"
    "BLOT A.: The ink is thin, and tha t is so. We have no other ink.\n\n"
    "QUILL CLARA: It is the cold, not that. And the hand is high- handed.\n\n"
    "BLOT A.: Then warm it, and tha t is so.\n";
static const char ink_later[] =
    "Talk about Ink\n\nMarch 4, 1920\n\n"
    "BLOT A.: The ink is thin, and tha t is so. We have no other ink.\n\n"
    "QUILL CLARA: It is the cold, not that. And the hand is high- handed.\n\n"
    "BLOT A.: Then warm it, and tha t is so.\n\n"
    "QUILL CLARA: There is no fire.\n";
static const char fleet[] =
    "# Conversation about a fleet\n\nIt was late.\n\n## Morning\n\n"
    "Nobody spoke of the *fleet*[^1] again.\n\n[^1]: A misunderstanding.\n";
static const char flotte[] =
    "# Gespräch über eine Flotte\n\nEs war spät.\n\n## Morgen\n\n"
    "Niemand sprach mehr von der *Flotte*.\n";

/* ---- the disk and the library */

static void put_older(disk_image *image) {
  FILE *file = fopen(OLDER, "rb");
  if (!file) {
    fprintf(stderr, "%s: run this in the folder of the repository\n", OLDER);
    exit(2);
  }
  static char bytes[1 << 20];
  size_t len = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  disk_image_put(image, WORKLOAD_PATH, bytes, len);
}

void workload_start(workload_kind kind, disk_image *out) {
  out->count = 0;
  disk_image_put(out, WORKLOAD_PATH, "", 0);
  disk_image_put(out, WORKLOAD_PATH "-journal", "", 0);
  disk_image_put(out, WORKLOAD_PATH "-wal", "", 0);
  if (kind == WORKLOAD_OLDER) put_older(out);
}

capsa_status workload_open(workload_kind kind, capsa_library **out) {
  capsa_library *library = NULL;
  capsa_status st = capsa_library_open(WORKLOAD_PATH, true, &library);
  if (!st && kind == WORKLOAD_CRAMPED) st = capsa_db_exec(library->db, CRAMPED);
  if (st) capsa_library_close(library);
  else *out = library;
  return st;
}

/* ---- steps */

typedef struct context {
  capsa_library *library;
  capsa_arena *arena;
} context;

static capsa_status add_as(context *c, const char *text, size_t len,
                           const char *name) {
  capsa_source source = {.bytes = {text, len}, .name = capsa_slice_of(name)};
  capsa_added added;
  capsa_entry entry;
  return capsa_library_add(c->library, &source, c->arena, &added, &entry);
}

static capsa_status add_ink(context *c) {
  return add_as(c, ink, sizeof ink - 1, "ink.txt");
}

static capsa_status add_ink_later(context *c) {
  return add_as(c, ink_later, sizeof ink_later - 1, "ink.txt");
}

static capsa_status add_fleet(context *c) {
  return add_as(c, fleet, sizeof fleet - 1, "fleet.md");
}

static capsa_status add_flotte(context *c) {
  return add_as(c, flotte, sizeof flotte - 1, "flotte.md");
}

/* Large enough to fill pages, to overflow into others and to split trees. */
static capsa_status add_long(context *c) {
  static char text[24000];
  size_t len = (size_t)snprintf(text, sizeof text, "# A long record\n\n");
  for (unsigned n = 0; len < sizeof text - 400; n++)
    len += (size_t)snprintf(text + len, sizeof text - len,
                            "Paragraph %u speaks of ship %u and harbour %u, "
                            "and of nothing else.\n\n",
                            n, n * 7919u % 1000, n * 104729u % 500);
  return add_as(c, text, len, "long.md");
}

/* The key of the record whose title has this word. */
static capsa_status find(context *c, const char *word, capsa_slice *key) {
  capsa_entries entries = {0};
  capsa_status st = capsa_library_list(c->library, c->arena, &entries);
  for (size_t i = 0; !st && i < entries.count; i++)
    if (entries.items[i].newest &&
        capsa_slice_finds(entries.items[i].title, word, 0) != CAPSA_NOT_FOUND) {
      *key = entries.items[i].key;
      return CAPSA_OK;
    }
  return st ? st : CAPSA_ENOTFOUND;
}

static capsa_status mark(context *c, const char *title, const char *note) {
  capsa_mark mark = {.start_block = 1,
                     .end_block = 1,
                     .end = 8,
                     .colour = 2,
                     .note = capsa_slice_of(note)};
  capsa_annotation made;
  capsa_status st = find(c, title, &mark.document);
  return st ? st : capsa_annotation_create(c->library, &mark, c->arena, &made);
}

static capsa_status note_ink(context *c) {
  return mark(c, "Ink", "Ask what the ink was made of.");
}

static capsa_status note_fleet(context *c) { return mark(c, "fleet", ""); }

static capsa_status first_note(context *c, capsa_slice *id) {
  capsa_annotations notes = {0};
  capsa_status st =
      capsa_annotations_list(c->library, (capsa_slice){0}, c->arena, &notes);
  if (st || !notes.count) return st ? st : CAPSA_ENOTFOUND;
  *id = notes.items[0].id;
  return CAPSA_OK;
}

static capsa_status change_note(context *c) {
  static char note[9000]; /* more than a page */
  memset(note, 'n', sizeof note);
  capsa_slice id;
  capsa_status st = first_note(c, &id);
  if (st) return st;
  return capsa_annotation_update(c->library, id, 3,
                                 (capsa_slice){note, sizeof note});
}

static capsa_status remove_note(context *c) {
  capsa_slice id;
  capsa_status st = first_note(c, &id);
  return st ? st : capsa_annotation_remove(c->library, id);
}

static capsa_status set(context *c, const char *name, const char *value) {
  return capsa_library_set_setting(c->library, capsa_slice_of(name),
                                   capsa_slice_of(value));
}

static capsa_status set_small(context *c) { return set(c, "place", "ink:3"); }
static capsa_status set_again(context *c) { return set(c, "place", "ink:44"); }
static capsa_status forget(context *c) { return set(c, "place", ""); }

static capsa_status set_large(context *c) {
  static char value[30001];
  memset(value, 'v', sizeof value - 1);
  return set(c, "large", value);
}

static capsa_status undo(context *c) {
  capsa_slice key;
  capsa_revision revision;
  capsa_status st = find(c, "Ink", &key);
  if (st) return st;
  return capsa_repairs_undo(c->library, key, 1, (capsa_slice){0}, c->arena,
                            &revision);
}

static capsa_status redo(context *c) {
  capsa_slice key;
  capsa_repairs repairs = {0};
  capsa_revision revision;
  capsa_status st = find(c, "Ink", &key);
  if (!st) st = capsa_repairs_list(c->library, key, c->arena, &repairs);
  if (st) return st;
  return capsa_repairs_redo(c->library, key, (uint32_t)repairs.count,
                            (capsa_slice){0}, c->arena, &revision);
}

static capsa_status undo_rule(context *c) {
  capsa_slice key;
  capsa_revision revision;
  capsa_status st = find(c, "Ink", &key);
  if (st) return st;
  return capsa_repairs_undo(c->library, key, 0, capsa_slice_of("split-word"),
                            c->arena, &revision);
}

static capsa_status reread(context *c) {
  capsa_slice key;
  capsa_revision revision;
  capsa_status st = find(c, "Ink", &key);
  return st ? st : capsa_library_reread(c->library, key, c->arena, &revision);
}

static capsa_status declare(context *c) {
  capsa_slice names[2];
  capsa_status st = find(c, "fleet", &names[0]);
  if (!st) st = find(c, "Flotte", &names[1]);
  return st ? st : capsa_versions_declare(c->library, names, 2);
}

static capsa_status dissolve(context *c) {
  capsa_slice key;
  capsa_status st = find(c, "Flotte", &key);
  return st ? st : capsa_versions_dissolve(c->library, key);
}

static capsa_status take_out(context *c, const char *word) {
  capsa_slice key;
  capsa_status st = find(c, word, &key);
  return st ? st : capsa_library_remove(c->library, key);
}

static capsa_status remove_fleet(context *c) { return take_out(c, "fleet"); }
static capsa_status remove_long(context *c) { return take_out(c, "long"); }

static const struct {
  const char *name;
  capsa_status (*run)(context *);
} steps[WORKLOAD_STEPS] = {
    {"add a record", add_ink},
    {"set a setting", set_small},
    {"mark and note", note_ink},
    {"add a second record", add_fleet},
    {"mark", note_fleet},
    {"undo a repair", undo},
    {"make it again", redo},
    {"set a setting anew", set_again},
    {"add a translation", add_flotte},
    {"declare versions", declare},
    {"change a note", change_note},
    {"add a long record", add_long},
    {"undo a rule", undo_rule},
    {"read a record again", reread},
    {"set a large setting", set_large},
    {"dissolve a version", dissolve},
    {"add a later edition", add_ink_later},
    {"remove a record", remove_fleet},
    {"remove a note", remove_note},
    {"remove the long record", remove_long},
    {"forget a setting", forget},
    {"add the record again", add_fleet},
};

capsa_status workload_step(capsa_library *library, int number,
                           capsa_arena *arena) {
  context c = {library, arena};
  disk_seed((uint64_t)number + 1); /* the same ids and times in every run */
  sqlite3_randomness(0, NULL);
  return steps[number].run(&c);
}

const char *workload_step_name(int number) {
  return number < 0 ? "open" : steps[number].name;
}
