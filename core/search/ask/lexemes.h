/* lexemes.h -- inside of ask.h: what was typed, cut in words and signs.
 *
 *   capsa_lexeme           a word, a phrase, a bracket, an operator, a field
 *   capsa_lexemes_read()   typed text to a list of them
 *   capsa_lexemes_words()  the words of a piece of it, as a node
 *   capsa_lexemes_dates()  its dates
 *
 * Brackets in the list are in pairs, but that closing ones may be missing at
 * the end; there are no empty pairs and no deep ones.
 */
#ifndef CAPSA_CORE_SEARCH_ASK_LEXEMES_H
#define CAPSA_CORE_SEARCH_ASK_LEXEMES_H

#include "search/ask.h"

/** Lexemes that are read. Nodes end a reading before, but for brackets. */
#define CAPSA_LEXEMES_MAX (CAPSA_ASK_NODES_MAX * 4)

typedef enum capsa_lexeme_kind {
  CAPSA_LEXEME_LEAF = 0, /* `leaf` is WORDS, or DATE */
  CAPSA_LEXEME_OPEN,
  CAPSA_LEXEME_CLOSE,
  CAPSA_LEXEME_AND,
  CAPSA_LEXEME_OR,
  CAPSA_LEXEME_NOT,   /* `NOT` */
  CAPSA_LEXEME_MINUS, /* something is glued to it */
  CAPSA_LEXEME_NEAR,  /* with `distance` */
  CAPSA_LEXEME_FIELD, /* a field's name and colon, its value behind it */
  CAPSA_LEXEME_SCOPE  /* `in:gloss` with no value */
} capsa_lexeme_kind;

typedef struct capsa_lexeme {
  capsa_lexeme_kind kind;
  bool glued;        /* no blank before it */
  bool near;         /* of a leaf: "a b"~5 */
  capsa_range at;    /* all of it, in the text */
  capsa_slice raw;   /* of a leaf: without quotes and star */
  capsa_ask leaf;    /* WORDS without any where only a filter can read it */
  uint32_t distance; /* of NEAR, and of a leaf that is near */
  uint32_t fields; /* of FIELD and SCOPE: bits 1 << capsa_field; 0: `filter` */
  capsa_ask_kind filter;
} capsa_lexeme;

typedef struct capsa_lexemes {
  capsa_slice text; /* what was read, in the arena */
  capsa_arena *arena;
  bool typing; /* the end of `text` may be unfinished */
  bool more;   /* more was typed than is in `list` */
  CAPSA_LIST(capsa_lexeme) list;
} capsa_lexemes;

/** @param out  zeroed
 * @return CAPSA_OK, CAPSA_ENOMEM */
capsa_status capsa_lexemes_read(capsa_slice typed, bool typing,
                                capsa_arena *arena, capsa_lexemes *out);

/** The words of `raw`, side by side; word_count is 0 where there are none. */
capsa_ask capsa_lexemes_words(capsa_lexemes *lexemes, capsa_slice raw);

/** A DATE of `raw`. @return whether it is one */
bool capsa_lexemes_dates(capsa_lexemes *lexemes, capsa_slice raw,
                         capsa_ask *out);

#endif
