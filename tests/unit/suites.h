/* suites.h -- every suite of unit tests, lowest layer first. */
SUITE(arena)
SUITE(buf)
SUITE(json)
SUITE(utf8)
SUITE(slice)
SUITE(sha256)
SUITE(query)
SUITE(excerpt)
