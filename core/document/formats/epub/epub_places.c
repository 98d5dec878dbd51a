#include "document/formats/epub/epub_places.h"

#include <string.h>

#include "base/buf.h"
#include "base/slice.h"

/* A place is looked for so often; what would stand further on is not found,
 * and not added. Names that were made to collide cost no more than that. */
#define PROBES_MAX 64
#define SLOTS_LEAST 256

static uint32_t mixed(uint32_t hash, capsa_slice text) {
  for (size_t i = 0; i < text.len; i++)
    hash = (hash ^ (unsigned char)text.ptr[i]) * 16777619u;
  return (hash ^ '#') * 16777619u;
}

/* The slot of the place, or an empty one for it; NULL where neither is near. */
static uint32_t *slot_of(const capsa_epub_places *places, capsa_slice path,
                         capsa_slice id) {
  size_t mask = places->slot_count - 1;
  size_t at = mixed(mixed(2166136261u, path), id);
  for (size_t n = 0; places->slot_count && n < PROBES_MAX; n++, at++) {
    uint32_t *slot = &places->slots[at & mask];
    if (!*slot) return slot;
    const capsa_epub_place *place = &places->items[*slot - 1];
    if (capsa_slice_equal(place->id, id) &&
        capsa_slice_equal(place->path, path))
      return slot;
  }
  return NULL;
}

/* Room for one more, at most half full. @return false when memory is out */
static bool grow(capsa_epub_places *places, capsa_arena *arena) {
  if (2 * (places->count + 1) <= places->slot_count) return true;
  size_t count = places->slot_count ? 2 * places->slot_count : SLOTS_LEAST;
  uint32_t *slots = capsa_arena_alloc(arena, count * sizeof *slots);
  if (!slots) return false;
  places->slots = slots;
  places->slot_count = count;
  for (size_t i = 0; i < places->count; i++) {
    const capsa_epub_place *place = &places->items[i];
    uint32_t *slot = slot_of(places, place->path, place->id);
    if (slot) *slot = (uint32_t)i + 1;
  }
  return true;
}

capsa_epub_place *capsa_epub_place_find(const capsa_epub_places *places,
                                        capsa_slice path, capsa_slice id) {
  uint32_t *slot = slot_of(places, path, id);
  return slot && *slot ? &places->items[*slot - 1] : NULL;
}

capsa_epub_place *capsa_epub_place_add(capsa_epub_places *places,
                                       capsa_arena *arena, capsa_slice path,
                                       capsa_slice id) {
  if (!grow(places, arena)) return NULL;
  uint32_t *slot = slot_of(places, path, id);
  if (!slot) return NULL;
  if (*slot) return &places->items[*slot - 1];
  capsa_epub_place *place = CAPSA_LIST_ADD(arena, places);
  if (!place) return NULL;
  place->path = path;
  place->id = id;
  *slot = (uint32_t)places->count;
  return place;
}

bool capsa_epub_places_of_pages(capsa_epub *book, capsa_epub_places *places) {
  capsa_arena *arena = book->draft->arena;
  for (size_t i = 0; i < book->pages.count; i++) {
    const capsa_epub_entry *page = &book->pages.items[i];
    if (!page->path.len) continue;
    capsa_epub_place *place =
        capsa_epub_place_add(places, arena, page->path, page->fragment);
    if (place && !place->page.len) place->page = page->title;
  }
  return !capsa_arena_failed(arena);
}

void capsa_epub_places_report(capsa_epub *book,
                              const capsa_epub_places *places) {
  capsa_buf missing = {0};
  capsa_slice words;
  for (size_t i = 0; i < places->count; i++) {
    const capsa_epub_place *place = &places->items[i];
    if (!place->page.len || place->is_seen) continue;
    if (missing.len) capsa_buf_puts(&missing, ", ");
    capsa_buf_put(&missing, place->page);
  }
  if (capsa_buf_take(&missing, book->draft->arena, &words) || !words.len)
    return;
  capsa_draft_report(book->draft, CAPSA_SEVERITY_WARNING, 0, "pages",
                     "the book's list of pages names places that are not in "
                     "it; these pages are not marked",
                     words);
}
