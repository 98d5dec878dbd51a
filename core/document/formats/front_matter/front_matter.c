#include "document/formats/front_matter/front_matter.h"

#include <string.h>

#include "base/slice.h"
#include "document/formats/formats.h"
#include "document/formats/front_matter/yaml.h"

static bool is_end(capsa_slice line) {
  return capsa_slice_equal(line, CAPSA_LITERAL("---")) ||
         capsa_slice_equal(line, CAPSA_LITERAL("..."));
}

/* Without white space at its end. */
static capsa_slice stripped(capsa_slice line) {
  while (line.len && strchr(" \t", line.ptr[line.len - 1])) line.len--;
  return line;
}

/* Is the first line of `head` that says anything a `key:`? */
static bool starts_with_key(capsa_slice head) {
  capsa_slice line;
  while (capsa_slice_next_line(&head, &line)) {
    capsa_slice bare = stripped(line);
    if (bare.len && bare.ptr[0] != '#') return capsa_yaml_key_len(bare) > 0;
  }
  return false;
}

capsa_front_matter capsa_front_matter_cut(capsa_slice text,
                                          capsa_draft *draft) {
  capsa_front_matter none = {.body = text};
  capsa_slice rest = text, line;
  if (!capsa_slice_next_line(&rest, &line) ||
      !capsa_slice_equal(stripped(line), CAPSA_LITERAL("---")) ||
      !starts_with_key(rest))
    return none;
  const char *start = rest.ptr;
  while (capsa_slice_next_line(&rest, &line))
    if (is_end(stripped(line)))
      return (capsa_front_matter){.head = {start, (size_t)(line.ptr - start)},
                                  .body = rest};
  capsa_draft_report(draft, CAPSA_SEVERITY_WARNING, 1, "front-matter",
                     "read as text: the line of --- that ends the front matter "
                     "is missing; add it",
                     CAPSA_LITERAL("---"));
  return none;
}

/* ---- as people write it */

static bool is_name(capsa_slice name, const char *wanted) {
  return capsa_slice_equal_nocase(name, capsa_slice_of(wanted));
}

static void unknown(capsa_draft *draft, const capsa_yaml_entry *entry) {
  capsa_slice parts[] = {entry->key, CAPSA_LITERAL(": "), entry->sub,
                         CAPSA_LITERAL(": "), entry->value};
  if (!entry->sub.len) parts[2] = parts[3] = (capsa_slice){0};
  capsa_draft_report(draft, CAPSA_SEVERITY_WARNING, entry->line, "front-matter",
                     "kept here: the record has no field for it",
                     capsa_draft_concat(draft, parts, 5));
}

static bool add_person(capsa_draft *draft) {
  capsa_participant *person =
      CAPSA_LIST_ADD(draft->arena, &draft->participants);
  return person != NULL;
}

/* A field of the person who is the last in the list. */
static bool put_person(capsa_draft *draft, const capsa_yaml_entry *entry) {
  capsa_participant *person =
      &draft->participants.items[draft->participants.count - 1];
  capsa_slice sub = entry->sub;
  if (is_name(sub, "name")) person->name = entry->value;
  else if (is_name(sub, "office") || is_name(sub, "jobTitle") ||
           is_name(sub, "role") || is_name(sub, "roleName"))
    person->office = entry->value;
  else if (is_name(sub, "side") || is_name(sub, "affiliation") ||
           is_name(sub, "nationality") || is_name(sub, "delegation"))
    person->side = entry->value;
  else return false;
  return true;
}

static bool is_person(capsa_slice key) {
  return is_name(key, "participants") || is_name(key, "attendees") ||
         is_name(key, "contributor");
}

typedef struct person_item {
  capsa_slice key;
  uint32_t item;
} person_item;

static bool take_entry(capsa_draft *draft, const capsa_yaml_entry *entry,
                       person_item *open) {
  if (!entry->sub.len)
    return capsa_metadata_put(draft, entry->key, entry->value);
  if (is_person(entry->key)) {
    bool same = open->item == entry->item && open->key.ptr == entry->key.ptr;
    *open = (person_item){entry->key, entry->item};
    if (!same && !add_person(draft)) return true;
    return put_person(draft, entry);
  }
  capsa_slice *part =
      is_name(entry->key, "locator") || is_name(entry->key, "itemLocation")
          ? capsa_locator_field(&draft->metadata.locator, entry->sub)
          : NULL;
  if (part) *part = entry->value;
  if (part) return true;
  /* {"@type": Person, name: …}: what schema.org's nested things are called */
  if (is_name(entry->sub, "@type") || is_name(entry->sub, "type")) return true;
  return is_name(entry->sub, "name") &&
         capsa_metadata_put(draft, entry->key, entry->value);
}

/* Several values of a field that has one: all of them, parted by semicolons,
 * where it is prose; the first of languages and dates. */
static bool joins_last(capsa_draft *draft, const capsa_yaml_entry *entry) {
  capsa_slice *member = NULL;
  if (is_name(entry->key, "creator") || is_name(entry->key, "author"))
    member = &draft->metadata.author;
  else if (is_name(entry->key, "translator"))
    member = &draft->metadata.translator;
  else if (is_name(entry->key, "place")) member = &draft->metadata.place;
  if (!member || !member->len || entry->item < 2) return false;
  if (entry->sub.len && !is_name(entry->sub, "name")) return false;
  capsa_slice parts[] = {*member, CAPSA_LITERAL("; "), entry->value};
  *member = capsa_draft_concat(draft, parts, 3);
  return true;
}

void capsa_front_matter_take(const capsa_front_matter *matter,
                             capsa_draft *draft) {
  capsa_yaml yaml = {0};
  person_item open = {0};
  if (!matter->head.len) return;
  capsa_yaml_read(matter->head, 2, draft, &yaml);
  capsa_draft_report(draft, CAPSA_SEVERITY_INFO, 1, "front-matter",
                     "read as what is known about the record", matter->head);
  for (size_t i = 0; i < yaml.entries.count; i++) {
    capsa_yaml_entry *entry = &yaml.entries.items[i];
    entry->value = capsa_slice_trim(entry->value);
    bool further = entry->item > 1 && !is_person(entry->key);
    bool known =
        further ? joins_last(draft, entry) : take_entry(draft, entry, &open);
    if (!known) unknown(draft, entry);
  }
}

/* ---- as our writer wrote it */

static bool restore_entry(capsa_draft *draft, const capsa_yaml_entry *entry,
                          person_item *open) {
  capsa_slice *member = NULL;
  if (entry->item) {
    if (!capsa_slice_equal(entry->key, CAPSA_LITERAL("participants")))
      return false;
    if (open->item != entry->item && !add_person(draft)) return true;
    open->item = entry->item;
    capsa_participant *last =
        &draft->participants.items[draft->participants.count - 1];
    member = is_name(entry->sub, "office") ? &last->office
             : is_name(entry->sub, "side") ? &last->side
                                           : &last->name;
  } else if (!entry->sub.len)
    member = capsa_metadata_field(&draft->metadata, entry->key);
  else if (capsa_slice_equal(entry->key, CAPSA_LITERAL("locator")))
    member = capsa_locator_field(&draft->metadata.locator, entry->sub);
  if (member) *member = entry->value;
  return member != NULL;
}

bool capsa_front_matter_restore(const capsa_front_matter *matter,
                                capsa_draft *draft) {
  capsa_yaml yaml = {0};
  person_item open = {0};
  capsa_metadata before = draft->metadata;
  size_t reported = draft->diagnostics.count;
  if (matter->head.len) capsa_yaml_read(matter->head, 2, draft, &yaml);
  bool own = draft->diagnostics.count == reported;
  for (size_t i = 0; own && i < yaml.entries.count; i++)
    own = restore_entry(draft, &yaml.entries.items[i], &open);
  if (own) return true;
  draft->metadata = before;
  draft->participants.count = 0;
  draft->diagnostics.count = reported;
  return false;
}
