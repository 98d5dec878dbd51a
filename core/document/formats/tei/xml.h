/* xml.h -- the door to expat: XML as events, within bounds, and as much of a
 * broken file as can be read.
 *
 *   capsa_xml            who receives the events
 *   capsa_xml_read()     read a text
 *   capsa_xml_attribute  an attribute of the element that begins
 *
 * Nothing outside the text is ever opened: external entities and DTDs are
 * passed over. Names come without their namespace's prefix. A broken place is
 * mended as a careful reader would (a lone `&` or `<` is text, what is closed
 * in the wrong order is closed, what is left open ends with the file) and
 * told; reading goes on behind it.
 */
#ifndef CAPSA_CORE_DOCUMENT_XML_H
#define CAPSA_CORE_DOCUMENT_XML_H

#include "base/arena.h"

/** Elements in elements; one more and the file is refused. */
#define CAPSA_XML_DEPTH_MAX 512

/** Bytes that entities may expand to, for each byte of the text, once they
 * are more than the second number: beyond it the file is refused. */
#define CAPSA_XML_AMPLIFICATION_MAX 10
#define CAPSA_XML_AMPLIFICATION_FREE (1 << 20)

/** Broken places that are mended; what follows the next is left out. */
#define CAPSA_XML_MENDED_MAX 100

/** Memory of the parser itself: so many bytes, and twice the text. */
#define CAPSA_XML_PARSER_BYTES ((size_t)4 << 20)

/** Names and values, NULL last, as expat gives them. */
typedef const char *const *capsa_xml_attributes;

typedef struct capsa_xml {
  void *context;
  /** @param name  without prefix; valid for the call */
  void (*start)(void *context, const char *name,
                capsa_xml_attributes attributes);
  void (*end)(void *context);
  void (*text)(void *context, capsa_slice text);
  /** A place that is broken. @param action  what was done; static
   * @param text  the bytes concerned */
  void (*mended)(void *context, uint32_t line, const char *action, bool loss,
                 capsa_slice text);
  uint32_t line; /* of the event, from 1; set by capsa_xml_read */
  bool stop;     /* set in an event: the rest is of no interest */
  bool cut_off;  /* set by capsa_xml_read: the text ends in the middle */
} capsa_xml;

/**
 * Read `text`, which is UTF-8, whatever it declares to be.
 * @return CAPSA_OK
 *         CAPSA_EMARKUP  it is no XML, or beyond one of the limits above
 *         CAPSA_ENOMEM
 */
capsa_status capsa_xml_read(capsa_slice text, capsa_xml *xml,
                            capsa_arena *arena);

/** The value of `name`, which is "n", or "xml:id" for the names of XML itself;
 * empty where there is none. Valid for the call. */
capsa_slice capsa_xml_attribute(capsa_xml_attributes attributes,
                                const char *name);

#endif
