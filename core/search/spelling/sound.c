#include "search/spelling/sound.h"

#include "base/slice.h"

/* Sorted by the spelling, byte by byte; the key is the name in use now. */
static const struct {
  const char *spelled, *key;
} names[] = {
#define NAME(spelled, key) {spelled, key},
#include "search/spelling/names.inc"
#undef NAME
};

void capsa_sound_add(capsa_sound_list *list, char kind, capsa_slice text) {
  capsa_sound sound = {0};
  if (list->count == CAPSA_SOUNDS_MAX || text.len + 1 > sizeof sound.key)
    return;
  sound.len = (uint8_t)(text.len + 1);
  sound.key[0] = kind;
  memcpy(sound.key + 1, text.ptr, text.len);
  for (size_t i = 0; i < list->count; i++)
    if (capsa_sound_equal(&list->items[i], &sound)) return;
  list->items[list->count++] = sound;
}

bool capsa_sound_equal(const capsa_sound *a, const capsa_sound *b) {
  return a->len == b->len && !memcmp(a->key, b->key, a->len);
}

void capsa_sound_named(capsa_slice folded, capsa_sound_list *out) {
  size_t low = 0, high = sizeof names / sizeof *names;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    capsa_slice name = capsa_slice_of(names[middle].spelled);
    int order = capsa_slice_compare(folded, name);
    if (!order) {
      capsa_sound_add(out, 'n', capsa_slice_of(names[middle].key));
      return;
    }
    if (order < 0) high = middle;
    else low = middle + 1;
  }
}

size_t capsa_sounds(capsa_slice folded, capsa_sound *out) {
  capsa_sound_list list = {.items = out};
  capsa_sound_named(folded, &list);
  capsa_sound_chinese(folded, &list);
  /* What the table tells apart (Shanxi, Shaanxi) sounds must not join. */
  if (!list.count || list.items[0].key[0] != 'n')
    capsa_sound_slavic(folded, &list);
  return list.count;
}

bool capsa_sounds_meet(capsa_slice a, capsa_slice b, bool singles) {
  capsa_sound of_a[CAPSA_SOUNDS_MAX], of_b[CAPSA_SOUNDS_MAX];
  size_t count_a = capsa_sounds(a, of_a), count_b = capsa_sounds(b, of_b);
  for (size_t i = 0; i < count_a; i++)
    for (size_t j = 0; j < count_b; j++)
      if ((singles || of_a[i].key[0] != 'c') &&
          capsa_sound_equal(&of_a[i], &of_b[j]))
        return true;
  return false;
}
