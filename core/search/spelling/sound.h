/* sound.h -- inside of spelling.h: the ways to read a name. Each appends keys
 * to a list, as long as there is room. */
#ifndef CAPSA_CORE_SEARCH_SPELLING_SOUND_H
#define CAPSA_CORE_SEARCH_SPELLING_SOUND_H

#include "search/spelling.h"

typedef struct capsa_sound_list {
  capsa_sound *items; /* CAPSA_SOUNDS_MAX of them */
  size_t count;
} capsa_sound_list;

/** Add a key of its kind and `text`, where it fits and is not there yet. */
void capsa_sound_add(capsa_sound_list *list, char kind, capsa_slice text);

/** As pinyin, Wade-Giles and in Palladius's Cyrillic. */
void capsa_sound_chinese(capsa_slice folded, capsa_sound_list *out);

/** By its sounds, in Cyrillic or as it is written in English, German, French,
 * Spanish, Dutch and the Slavic languages that have Latin letters. */
void capsa_sound_slavic(capsa_slice folded, capsa_sound_list *out);

/** By the table of names that no rule leads to. */
void capsa_sound_named(capsa_slice folded, capsa_sound_list *out);

#endif
