/* scripts.h -- in which direction languages and scripts are written.
 *
 *   capsa_language_is_rtl()   by a language's tag
 *   capsa_script_rtl()        by a letter
 */
#ifndef CAPSA_CORE_TEXT_SCRIPTS_H
#define CAPSA_CORE_TEXT_SCRIPTS_H

#include "capsa/base.h"

/** Is the language, or the script that its tag names, written from right to
 * left? "he", "az-Arab" */
bool capsa_language_is_rtl(capsa_slice tag);

/** The subtag of a letter's script, such as "Hebr", where that is written from
 * right to left; else NULL. Static. */
const char *capsa_script_rtl(uint32_t letter);

#endif
