/* names.h -- inside of ask.h: names of fields, places and languages. */
#ifndef CAPSA_CORE_SEARCH_ASK_NAMES_H
#define CAPSA_CORE_SEARCH_ASK_NAMES_H

#include "search/ask.h"

/** Bytes of a language's tag, with room for a zero. */
#define CAPSA_ASK_TAG_MAX 16

typedef struct capsa_ask_field {
  const char *name;      /* as typed before a colon, in small letters */
  capsa_ask_kind filter; /* WORDS: its value is words, in `field` */
  capsa_field field;
  bool is_scope; /* `in:` */
} capsa_ask_field;

typedef struct capsa_ask_scope {
  const char *name; /* as typed behind `in:` */
  capsa_field field;
} capsa_ask_scope;

/** Both end with a NULL for a name. */
extern const capsa_ask_field capsa_ask_fields[];
extern const capsa_ask_scope capsa_ask_scopes[];

/** The tag of a language, in small letters: of itself ("ru", "zh-Hant") or of
 * its name ("Russian", "русский"). @return whether there is one */
bool capsa_ask_language(capsa_slice typed, char tag[CAPSA_ASK_TAG_MAX]);

/** "Russian", of "ru" or "ru-latn"; NULL where no name is known. */
const char *capsa_ask_language_name(capsa_slice tag);

#endif
