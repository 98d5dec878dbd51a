#!/usr/bin/env python3
"""Turn SCOWL's word lists into core/text's table of English words.

    build-scripts/lexicon.py build/sources/scowl core/text/lexicon_endings.inc > lexicon_en.inc

The table is front-coded as core/text/lexicon.c reads it. Words that its rules
derive from others are left out, unless one is a name and the other none;
possessives too, since words are looked up without them.
"""
import pathlib
import re
import sys
from bisect import bisect_left
from string import ascii_lowercase

GROUP = 16
STEM_MIN = 3
# SCOWL's sizes: 10 is the commonest words, 35 a small dictionary's. Names of
# countries, peoples and months are `upper`, up to 50. Two letters make a word
# only where they are very common: the rest (UR, YO) would pass for split words.
LARGEST = {"words": 35, "upper": 50}
LARGEST_OF_TWO_LETTERS = 20
SPELLINGS = ("english", "american", "british")


def read(folder):
    for path in sorted(pathlib.Path(folder).rglob("*")):
        m = re.fullmatch(r"([a-z]+)-([a-z-]+)\.(\d+)", path.name)
        if not m or m[1] not in SPELLINGS or int(m[3]) > LARGEST.get(m[2], 0):
            continue
        for word in path.read_text(encoding="latin-1").split():
            if len(word) > 2 or int(m[3]) <= LARGEST_OF_TWO_LETTERS:
                yield word, m[2] == "upper"


def main():
    listed = [(w.lower(), name) for w, name in read(sys.argv[1]) if w.isascii() and w.isalpha() and len(w) > 1]
    common = {w for w, name in listed if not name} | {"a", "i", "o"}
    words = common | {w for w, _ in listed}
    if len(words) < 20000:
        sys.exit(f"lexicon.py: only {len(words)} words in {sys.argv[1]}: is that SCOWL's final/ folder?")
    rules = re.findall(r'^ENDING\("(\w+)", "(\w*)"\)', pathlib.Path(sys.argv[2]).read_text(), re.M)

    def stems(w):
        return [w[: len(w) - len(e)] + r for e, r in rules if w.endswith(e) and len(w) - len(e) >= STEM_MIN]

    def derived(w):
        return any(stem in words and (stem in common) == (w in common) for stem in stems(w))

    # A derived word goes only where its stem stays: the rules are not chained.
    kept = {w for w in words if not derived(w)}
    lost = [w for w in words - kept
            if not any(stem in kept and (stem in common) == (w in common) for stem in stems(w))]
    table, groups, before = bytearray(), [], ""
    ordered = sorted(kept | set(lost))
    for i, w in enumerate(ordered):
        shared = 0
        if i % GROUP == 0:
            groups.append(len(table))
        else:
            while shared < min(len(before), len(w) - 1) and before[shared] == w[shared]:
                shared += 1
        table += bytes([shared | (0 if w in common else 0x80)]) + w[shared:].encode()
        table[-1] |= 0x80
        before = w
    print(f"/* {len(ordered)} words for {len(words)}; made by lexicon.py from SCOWL. */")
    # How many groups begin with a word before each pair of letters.
    firsts = ordered[::GROUP]
    pairs = [a + b for a in ascii_lowercase for b in ascii_lowercase] + ["{"]
    starts = [bisect_left(firsts, pair) for pair in pairs]
    print(f"#define CAPSA_LEXICON_GROUP {GROUP}")
    print(f"#define CAPSA_LEXICON_WORD_MAX {max(map(len, ordered))}")
    for name, kind, values in (("lexicon_words", "unsigned char", table), ("lexicon_groups", "unsigned", groups),
                               ("lexicon_starts", "unsigned short", starts)):
        print(f"static const {kind} {name}[] = {{")
        for i in range(0, len(values), 24):
            print(",".join(map(str, values[i : i + 24])) + ",")
        print("};")


if __name__ == "__main__":
    main()
