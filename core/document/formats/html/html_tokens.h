/* html_tokens.h -- HTML cut into tags and text, whatever state it is in.
 *
 *   capsa_html_tokens, capsa_html_next()    the tokens of a text, in order
 *   capsa_html_attributes                   what is asked of an element's
 *   capsa_html_reference()                  &amp; and its like
 *
 * Every byte is looked at a bounded number of times: what is not closed is
 * remembered. Comments, declarations and instructions are passed over. A tag
 * that never ends is text, and so is everything that only looks like a tag.
 */
#ifndef CAPSA_CORE_DOCUMENT_HTML_TOKENS_H
#define CAPSA_CORE_DOCUMENT_HTML_TOKENS_H

#include "base/arena.h"
#include "document/formats/html/html_tags.h"

/** Longest result of a character reference, in bytes. */
#define CAPSA_HTML_REFERENCE_MAX 8

typedef enum capsa_html_token_kind {
  CAPSA_HTML_TEXT = 0, /* with character references */
  CAPSA_HTML_OPEN,
  CAPSA_HTML_CLOSE,
} capsa_html_token_kind;

typedef struct capsa_html_token {
  capsa_html_token_kind kind;
  capsa_html_tag tag;
  bool empty;       /* the tag ends in "/>" */
  bool literal;     /* of text: it has no character references */
  capsa_slice text; /* of text: as written; of a tag: its attributes */
} capsa_html_token;

typedef struct capsa_html_tokens {
  capsa_slice text;
  size_t at;
  bool xml;           /* "/>" closes, names are raw nowhere but in scripts */
  capsa_html_tag raw; /* the text of this element comes next */
  bool no_tag_end, no_comment_end, no_cdata_end, no_title_end; /* from here */
  bool no_quote[2];                                            /* " and ' */
} capsa_html_tokens;

/** The next token. @return false at the end */
bool capsa_html_next(capsa_html_tokens *tokens, capsa_html_token *out);

/** Values as written, the first of each name; empty where there is none. */
typedef struct capsa_html_attributes {
  capsa_slice id, name, classes, role, type, epub_type, style, lang, dir, href,
      src, alt, title, value, start, rel, content, property, itemprop, datetime,
      colspan, label, http_equiv;
  bool hidden, aria_hidden, reversed, is_for;
} capsa_html_attributes;

void capsa_html_attributes_read(capsa_slice text, capsa_html_attributes *out);

/**
 * Read the character reference at `at`, where `text` has an ampersand.
 *
 * @param in_value  in an attribute, where "&copy=1" is none
 * @param out       its characters
 * @param out_len   how many bytes of them
 * @return bytes of `text` that it takes; 0 where there is none
 */
size_t capsa_html_reference(capsa_slice text, size_t at, bool in_value,
                            char out[CAPSA_HTML_REFERENCE_MAX],
                            size_t *out_len);

/** An attribute's value with its references read, in the arena, trimmed. */
capsa_slice capsa_html_value(capsa_arena *arena, capsa_slice raw);

/** Is `word` one of the words of `list`, which white space parts? Case of
 * ASCII letters does not count. */
bool capsa_html_has_word(capsa_slice list, const char *word);

#endif
