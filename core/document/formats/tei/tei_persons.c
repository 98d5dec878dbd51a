/* tei_persons.c -- persons that a TEI header lists: who was there, who speaks,
 * and the names that its identifiers stand for. */
#include <string.h>

#include "document/formats/tei/tei_tree.h"

static void add_participant(capsa_tei *r, const capsa_tei_node *person,
                            capsa_slice name, capsa_slice office) {
  static const char *const sides[] = {"affiliation", "nationality", NULL};
  capsa_participant *item =
      CAPSA_LIST_ADD(r->draft->arena, &r->draft->participants);
  if (!item) return;
  capsa_slice side = capsa_tei_node_first(r, person, sides);
  const capsa_tei_node *list = person->parent;
  if (!side.len && list && !strcmp(list->name, "listPerson"))
    side = capsa_tei_node_text(r, capsa_tei_node_at(list, "head"));
  *item = (capsa_participant){.name = name, .office = office, .side = side};
}

/* Speakers of a document that Capsa wrote, in their order. */
static void add_speaker(capsa_tei *r, const capsa_tei_node *person,
                        capsa_tei_identity *who) {
  capsa_draft_speaker *speaker =
      CAPSA_LIST_ADD(r->draft->arena, &r->draft->speakers);
  if (!speaker) return;
  *speaker = (capsa_draft_speaker){
      .name = who->name,
      .office = who->office,
      .key = capsa_tei_node_attribute(capsa_tei_node_find(person, "persName"),
                                      "key")};
  who->speaker = (uint32_t)r->draft->speakers.count;
  for (const capsa_tei_node *at = NULL;
       (at = capsa_tei_node_child(person, "persName", at));)
    if (capsa_tei_node_has(at, "type", "label")) {
      capsa_slice *label = CAPSA_LIST_ADD(r->draft->arena, &speaker->labels);
      if (label) *label = capsa_tei_node_text(r, at);
    }
}

static void read_person(capsa_tei *r, const capsa_tei_node *person,
                        bool present) {
  static const char *const names[] = {"persName", "name", "p", NULL};
  static const char *const offices[] = {"occupation", "roleName", "socecStatus",
                                        NULL};
  capsa_slice id = capsa_tei_node_attribute(person, "xml:id");
  capsa_slice name = capsa_tei_node_first(r, person, names);
  capsa_slice office = capsa_tei_node_first(r, person, offices);
  bool speaking =
      r->settled && capsa_tei_node_has(person->parent, "type", "speakers");
  if (!office.len && !capsa_tei_node_has(person, "role", "participant") &&
      !capsa_tei_node_has(person, "role", "speaker"))
    office = capsa_tei_node_attribute(person, "role");
  capsa_tei_identity *who = id.len ? capsa_tei_identify(r, id) : NULL;
  if (who) {
    capsa_tei_set(&who->name, name);
    capsa_tei_set(&who->office, office);
  }
  if (speaking && who) add_speaker(r, person, who);
  else if (present && name.len) add_participant(r, person, name, office);
}

void capsa_tei_persons_read(capsa_tei *r, const capsa_tei_node *root,
                            bool present) {
  if (!root) return;
  for (const capsa_tei_node *at = root; (at = capsa_tei_node_next(root, at));)
    if (!strcmp(at->name, "person")) read_person(r, at, present);
}
