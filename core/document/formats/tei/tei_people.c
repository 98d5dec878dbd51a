/* tei_people.c -- who is meant by the keys of a TEI file. */
#include "base/slice.h"
#include "document/formats/tei/tei.h"

#define FIRST_SLOTS 64

static size_t hash(capsa_slice id) {
  uint32_t h = 2166136261u;
  for (size_t i = 0; i < id.len; i++)
    h = (h ^ (unsigned char)id.ptr[i]) * 16777619u;
  return h;
}

static uint32_t *slot_of(const capsa_tei_identities *all, capsa_slice id) {
  size_t mask = all->slot_count - 1, at = hash(id) & mask;
  while (all->slots[at] &&
         !capsa_slice_equal(all->items[all->slots[at] - 1].id, id))
    at = (at + 1) & mask;
  return &all->slots[at];
}

static bool grow(capsa_tei *r) {
  capsa_tei_identities *all = &r->identities;
  if (all->slot_count > 2 * (all->count + 1)) return true;
  size_t count = all->slot_count ? 4 * all->slot_count : FIRST_SLOTS;
  uint32_t *slots =
      capsa_arena_alloc(r->draft->arena, count * sizeof *all->slots);
  if (!slots) return false;
  all->slots = slots;
  all->slot_count = count;
  for (size_t i = 0; i < all->count; i++)
    *slot_of(all, all->items[i].id) = (uint32_t)i + 1;
  return true;
}

capsa_tei_identity *capsa_tei_identity_find(const capsa_tei *r,
                                            capsa_slice id) {
  if (!r->identities.slot_count || !id.len) return NULL;
  uint32_t at = *slot_of(&r->identities, id);
  return at ? &r->identities.items[at - 1] : NULL;
}

capsa_tei_identity *capsa_tei_identify(capsa_tei *r, capsa_slice id) {
  capsa_tei_identity *known = capsa_tei_identity_find(r, id);
  if (known) return known;
  if (!grow(r)) return NULL;
  capsa_tei_identity *added = CAPSA_LIST_ADD(r->draft->arena, &r->identities);
  if (!added) return NULL;
  added->id = capsa_arena_copy(r->draft->arena, id);
  *slot_of(&r->identities, id) = (uint32_t)r->identities.count;
  return added;
}

/* The passes find a speaker by his name: here is the one for this key. */
static void add_speaker(capsa_tei *r, capsa_tei_identity *who) {
  if (who->is_speaker || !who->name.len) return;
  who->is_speaker = true;
  capsa_draft_speaker *speaker =
      CAPSA_LIST_ADD(r->draft->arena, &r->draft->speakers);
  if (!speaker) return;
  *speaker = (capsa_draft_speaker){
      .name = who->name, .office = who->office, .key = who->id};
}

void capsa_tei_people_settle(capsa_tei *r) {
  capsa_draft_blocks *blocks = &r->draft->blocks;
  for (size_t i = 0; i < r->unnamed.count; i++) {
    capsa_draft_block *block = &blocks->items[r->unnamed.items[i].block];
    capsa_tei_identity *who = capsa_tei_identity_find(r, block->who);
    block->label = who && who->name.len ? who->name : block->who;
  }
  if (r->settled) return;
  for (size_t i = 0; i < blocks->count; i++) {
    capsa_tei_identity *who = capsa_tei_identity_find(r, blocks->items[i].who);
    if (who) add_speaker(r, who);
  }
}
