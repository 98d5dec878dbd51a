/* xml_memory.h -- expat's memory, with a limit.
 *
 * expat has no context for its allocator; the library runs in one thread.
 */
#ifndef CAPSA_CORE_DOCUMENT_XML_MEMORY_H
#define CAPSA_CORE_DOCUMENT_XML_MEMORY_H

#define XML_DTD /* as expat is built; declares its limits */
#include <expat.h>
#include <stdbool.h>
#include <stddef.h>

/** From now on no more than `bytes` at once. No parser may be open. */
void capsa_xml_memory_begin(size_t bytes);

/** Was anything refused since then, although there was memory? */
bool capsa_xml_memory_refused(void);

/** For XML_ParserCreate_MM. */
const XML_Memory_Handling_Suite *capsa_xml_memory(void);

#endif
