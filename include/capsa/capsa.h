/* capsa.h -- all of the public API: base, document, library, search,
 * annotation, repair, versions, citation, examination, backup. */
#ifndef CAPSA_H
#define CAPSA_H

#include "capsa/annotation.h"
#include "capsa/backup.h"
#include "capsa/base.h"
#include "capsa/citation.h"
#include "capsa/document.h"
#include "capsa/examine.h"
#include "capsa/library.h"
#include "capsa/recover.h"
#include "capsa/repair.h"
#include "capsa/search.h"
#include "capsa/versions.h"

#endif
