/* numerals.h -- the number that a heading or a marker bears, in any script. */
#ifndef CAPSA_CORE_TEXT_NUMERALS_H
#define CAPSA_CORE_TEXT_NUMERALS_H

#include "base/slice.h"

/** Longer texts than this bear no number: they are prose. Bytes. */
#define CAPSA_NUMERAL_TEXT_MAX 200

/** The greatest number that is read. */
#define CAPSA_NUMERAL_MAX 99999

/**
 * The first number in `text`: decimal digits of any script ("Article 2",
 * "المادة ٢", "अनुच्छेद २."), Chinese numerals behind 第 or alone ("第二十一条"),
 * Ethiopic ones ("አንቀጽ፡፳፩"), a Roman or a Hebrew numeral as a word of its own
 * at the end or before a stop ("Article XXI", "סעיף כא.").
 * @return 0 where there is none
 */
uint32_t capsa_numeral_find(capsa_slice text);

#endif
