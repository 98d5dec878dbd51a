/* ask.h -- what a reader typed, as a tree that always means something.
 *
 *   capsa_ask            one node: words, nearness, and, or, not, a filter
 *   capsa_ask_read()     typed text to a tree
 *   capsa_ask_to_text()  the tree in words, for the reader to check
 *
 * Grammar, in the order of binding; what does not fit it is text:
 *
 *   word             all must match; the last one as a prefix while typing
 *   "a phrase"       words in this order, side by side; any shape of quotes;
 *                    the closing one may be missing
 *   word*  "a ph*"   what begins so
 *   field:value      speaker: to: date: lang: archive: fond: collection: doc:
 *                    has: tag:, with value a word, a phrase or a group, with
 *                    no blank before it
 *   in:gloss:value   this value in a gloss; in:gloss alone: all words beside
 *                    it in its group that no other field has; in:gloss|note:
 *                    one of them; -in:gloss: not there
 *   a NEAR b, a NEAR/5 b, a ~5 b, "a b"~5    within so many words, in any order
 *   a OR b, a | b    one of them; binds closer than the blank between words
 *   -word  NOT word  not these (only beside something that is asked for; where
 *                    there is nothing, the sign is text: `-a` is a)
 *   a AND b          is the blank between words
 *   ( … )            nests; CAPSA_ASK_DEPTH_MAX deep, deeper ones do not count;
 *                    the closing one may be missing
 *
 * Operators in capitals only: `or` is a word. A field's name is read without
 * case; an unknown one is text (`12:30`, `http://…`). Full-width forms of
 * signs, letters and digits are as good as plain ones. While typing, what can
 * only be the beginning of something (`fleet OR`, `speaker:`, `date:19` at the
 * very end) is not looked for yet.
 */
#ifndef CAPSA_CORE_SEARCH_ASK_H
#define CAPSA_CORE_SEARCH_ASK_H

#include "base/buf.h"
#include "text/tokens.h"

/** Nodes that are read; what comes behind is not looked for (`more`). */
#define CAPSA_ASK_NODES_MAX 128

/** Words of one phrase; what comes behind is not looked for. */
#define CAPSA_ASK_WORDS_MAX 64

/** Parentheses in each other; deeper ones are text. */
#define CAPSA_ASK_DEPTH_MAX 8

/** Words between the ends of what is near, where no number is given, and the
 * largest number. */
#define CAPSA_ASK_NEAR_DEFAULT 10
#define CAPSA_ASK_NEAR_MAX 1000

/** Where the words of a node must stand. The numbers are kept in the index:
 * append, never renumber. */
typedef enum capsa_field {
  CAPSA_FIELD_ANY = 0,
  CAPSA_FIELD_SPEECH,    /* in:speech; what a speaker says */
  CAPSA_FIELD_EDITORIAL, /* in:editorial; what the editor put between */
  CAPSA_FIELD_GLOSS,     /* in:gloss; words of the original language */
  CAPSA_FIELD_NOTE,      /* in:note; footnotes, remarks inside a speech */
  CAPSA_FIELD_HEADING,   /* in:heading */
  CAPSA_FIELD_TITLE,     /* in:title; a document's title and summary */
  CAPSA_FIELD_SPEAKER,   /* speaker:; who says it */
  CAPSA_FIELD_TO,        /* to:; whom a turn answers: who spoke before it */
  CAPSA_FIELD_COUNT
} capsa_field;

/** "any", "speech", … as typed behind `in:`, and "speaker", "to". Static. */
const char *capsa_field_name(capsa_field field);

typedef enum capsa_ask_kind {
  CAPSA_ASK_WORDS = 0,  /* `words` side by side; one word is the common case */
  CAPSA_ASK_NEAR,       /* children are WORDS; all within `distance` words */
  CAPSA_ASK_AND,        /* children; NOT ones among them take away */
  CAPSA_ASK_OR,         /* children */
  CAPSA_ASK_NOT,        /* one child; only ever a child of AND */
  CAPSA_ASK_DATE,       /* document's date from `from` to `to`, inclusive */
  CAPSA_ASK_LANGUAGE,   /* `value`: a language's tag, of the block, in small
                           letters: "ru", "zh-hant" */
  CAPSA_ASK_ARCHIVE,    /* `value` in the repository's name or site, folded */
  CAPSA_ASK_FOND,       /* `value` is the fond, or record group */
  CAPSA_ASK_COLLECTION, /* `value` in the collection's name, folded */
  CAPSA_ASK_DOCUMENT,   /* `value` is the key, or begins it */
  CAPSA_ASK_HAS,        /* `value`: "note": the reader's own */
  CAPSA_ASK_TAG,        /* `value`: a tag of the reader's own notes */
  CAPSA_ASK_KIND_COUNT
} capsa_ask_kind;

typedef struct capsa_ask {
  capsa_ask_kind kind;
  capsa_field field;        /* of WORDS */
  capsa_slice typed;        /* of WORDS: from its first word to its last */
  const capsa_token *words; /* of WORDS: one or more */
  size_t word_count;
  capsa_slice joined;   /* of WORDS: a compound (`highhanded`) of all its
                           words, which is as good; else empty */
  bool quoted;          /* of WORDS: forms that differ by their ending,
                           other spellings: not wanted */
  bool prefix;          /* of WORDS: the last word may go on */
  bool typing;          /* … only because it may be unfinished; of filters but
                           DATE: so may be the value */
  bool more;            /* of the root: more was typed than is looked for */
  uint32_t distance;    /* of NEAR */
  capsa_slice value;    /* of filters, without quotes */
  capsa_slice from, to; /* of DATE: "1956", "1956-02", "1956-02-14"; an
                           open end is empty */
  const struct capsa_ask *children; /* an array */
  size_t child_count;
} capsa_ask;

/**
 * Read what was typed, CAPSA_QUERY_BYTES_MAX (capsa/search.h) bytes of it. Any
 * bytes are allowed: what is no UTF-8 parts words. An AND has two children or
 * more, and one of them is no NOT; OR and NEAR have two or more; NOT is never
 * the child of anything else, nor the root.
 * @param typing  the last word may be unfinished
 * @param out     in `arena`; NULL where nothing is asked for (no word in it)
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_ask_read(capsa_slice typed, bool typing, capsa_arena *arena,
                            const capsa_ask **out);

/** Write `joint and "the fleet", said by mao, not ship…`: valid UTF-8 without
 * control characters, and that not everything is looked for. NULL writes
 * nothing. */
void capsa_ask_to_text(const capsa_ask *ask, capsa_buf *out);

#endif
