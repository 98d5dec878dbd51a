#!/usr/bin/env python3
"""Turn Unicode's data into the tables of core/text/folding.c.

    build-scripts/folding.py build/sources/unicode/unicode > folding.inc

What a character is in a word, and what it is folded to, as core/text/tokens.h
says: case, compatibility forms, accents of Latin, Greek and Cyrillic but those
that make a Cyrillic letter of its own, points of Hebrew, Arabic and Syriac.
Folding is run until nothing changes, so that what is folded stays as it is.
"""
import pathlib
import re
import sys

# As in core/text/folding.h.
OTHER, LETTER, DIGIT, MARK, IDEOGRAPH, CLUSTER, APOSTROPHE, HYPHEN = range(8)
SELF, DELTA, STRING, NOTHING = range(4)
# Beyond it are ideographs and marks that nothing shows: folding.c. The second
# forms of ideographs at the end of that plane would cost a tenth of the tables.
END = 0x20000
PAGE_BITS = range(3, 8)
# Latin, Greek and Cyrillic have a table of their own for speed.
COMMON = range(0xC0, 0x530)

# Those inside a word that are only written sometimes, or in many ways: the soft
# sign and the letters ayn and hamza of romanisations, and the dot of `l·l`.
APOSTROPHES = {0x27, 0x60, 0xB4, 0xB7, *range(0x2B9, 0x2C0), 0x55A, 0x5F3, 0x1FBD, 0x1FBF,
               0x2018, 0x2019, 0x201B, 0x2032, 0x2035, 0xFF07}
# Dashes that part sentences are none, nor is the minus.
HYPHENS = {0x2D, 0x58A, 0x5BE, 0x1400, 0x1806, 0x2010, 0x2011, 0x2012, 0x2013, 0xFE63, 0xFF0D}
ZERO_WIDTH_SPACE = 0x200B

# What Unicode does not decompose and a reader without the keys types so.
LETTERS = {"æ": "ae", "œ": "oe", "ı": "i", "ȷ": "j", "ð": "d", "þ": "th", "ĸ": "k", "ɐ": "a"}
# Arabic as it is typed: endings that are written in two ways, letters that
# Persian and Urdu keyboards have in another shape, the lengthening stroke.
LETTERS |= {"\u0649": "\u064a", "\u06cc": "\u064a", "\u06d2": "\u064a", "\u0629": "\u0647",
            "\u06c1": "\u0647", "\u06d5": "\u0647", "\u06c3": "\u0647", "\u06a9": "\u0643",
            "\u0671": "\u0627", "\u0640": ""}

# Scripts whose marks are accents or points, that texts have or have not.
POINTED = {"Inherited", "Common", "Latin", "Greek", "Cyrillic", "Hebrew", "Arabic", "Syriac",
           "Coptic", "Ethiopic", "Armenian", "Georgian"}
# Letters of Cyrillic that are written without their marks as often as with:
# ё, and ѐ and ѝ, which show stress.
CYRILLIC_ACCENTED = {0x451, 0x450, 0x45D}
KANA = {"Hiragana", "Katakana"}
LONG_VOWELS = {0x30FC, 0xFF70}  # of kana, in no script's list


class Data:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.category, self.name, self.parts, self.tag, self.number = {}, {}, {}, {}, {}
        first = None
        for line in self.lines("UnicodeData.txt"):
            cp, name = int(line[0], 16), line[1]
            if name.endswith("First>"):
                first = cp
            for c in range(first if name.endswith("Last>") else cp, cp + 1):
                self.category[c] = line[2]
            self.name[cp] = name
            if line[5]:
                tag, parts = re.fullmatch(r"(?:<(\w+)> )?(.*)", line[5]).groups()
                self.tag[cp], self.parts[cp] = tag, [int(p, 16) for p in parts.split()]
            if line[6]:
                self.number[cp] = int(line[6])
        self.case = {}
        for cp, status, to, *_ in self.lines("CaseFolding.txt"):
            if status in "CF":
                self.case[int(cp, 16)] = [int(c, 16) for c in to.split()]
        self.script = dict(self.ranges("Scripts.txt"))
        self.ideographic = {c for c, p in self.ranges("PropList.txt") if p == "Ideographic"}
        self.unspaced = {c for c, p in self.ranges("LineBreak.txt") if p == "SA"}
        self.hidden = {c for c, p in self.ranges("DerivedCoreProperties.txt")
                       if p == "Default_Ignorable_Code_Point"} - {ZERO_WIDTH_SPACE}

    def lines(self, name):
        for line in (self.folder / name).read_text(encoding="utf-8").splitlines():
            line = line.partition("#")[0]
            if line.strip():
                yield [field.strip() for field in line.split(";")]

    def ranges(self, name):
        for line in self.lines(name):
            first, _, last = line[0].partition("..")
            for c in range(int(first, 16), int(last or first, 16) + 1):
                yield c, line[1]


class Folding:
    def __init__(self, data):
        self.data = data
        # (base, mark): what both together are, where that stays one character.
        self.pairs = {tuple(parts): c for c, parts in data.parts.items()
                      if data.tag[c] is None and len(parts) == 2 and c not in data.case
                      and c not in CYRILLIC_ACCENTED
                      and (data.script.get(c) in KANA or data.script.get(c) == "Cyrillic")}
        self.joining = {mark for _, mark in self.pairs}
        self.whole = set(self.pairs.values())

    def is_dropped(self, c):
        d = self.data
        return c in d.hidden or (d.category.get(c, "Cn")[0] == "M" and d.script.get(c) in POINTED)

    def step(self, c):
        """What one character becomes; marks that may join stay."""
        d = self.data
        if c not in self.joining and self.is_dropped(c):
            return []
        if c in d.number and d.category[c] == "Nd":
            return [ord("0") + d.number[c]]
        if c in self.whole or 0x3131 <= c <= 0x318E:  # compatibility jamo are typed
            return [c]
        if c in d.parts:
            return d.parts[c]
        if c in d.case:
            return d.case[c]
        if chr(c) in LETTERS:
            return [ord(x) for x in LETTERS[chr(c)]]
        letter = re.fullmatch(r"LATIN (?:SMALL|CAPITAL) LETTER ([A-Z]) WITH .*", d.name.get(c, ""))
        if letter:
            return [ord(letter[1].lower())]
        return [c]

    def join(self, text):
        out = []
        for c in text:
            if c in self.joining:
                if out and (out[-1], c) in self.pairs:
                    out[-1] = self.pairs[out[-1], c]
            else:
                out.append(c)
        return out

    def fold(self, c):
        text, before = [c], None
        while text != before:
            before, text = text, [x for t in text for x in self.step(t)]
        text = [x for x in text if x not in APOSTROPHES]
        return text if len(text) == 1 and text[0] in self.joining else self.join(text)

    def kind_alone(self, c):
        d = self.data
        category = d.category.get(c, "Cn")
        if c in APOSTROPHES:
            return APOSTROPHE
        if c in HYPHENS:
            return HYPHEN
        if category[0] == "M" or c in d.hidden:
            return MARK
        if c in d.ideographic or category[0] == "L" and (d.script.get(c) in KANA | {"Han"} or c in LONG_VOWELS):
            return IDEOGRAPH
        if category in ("No", "So"):
            # Numbers of notes stand at the end of words and are none of them.
            apart = d.tag.get(c, "") in ("super", "circle", "compat")
            return OTHER if apart or category == "So" else DIGIT
        if category[0] == "L" or category == "Nl":
            return CLUSTER if c in d.unspaced else LETTER
        return DIGIT if category == "Nd" else OTHER

    def value(self, c):
        """(class, what it is folded to)"""
        kind = self.kind_alone(c)
        if self.data.tag.get(c) == "compat" and self.data.parts[c][0] in self.data.ideographic \
                and len(self.data.parts[c]) == 1:
            kind = IDEOGRAPH  # radicals, which are symbols
        if kind in (OTHER, APOSTROPHE, HYPHEN):
            return kind, (c,)
        text = self.fold(c)
        if not text:
            return MARK, ()
        kinds = {self.kind_alone(x) for x in text}
        if text == [c]:
            return kind, (c,)
        if any(x >= END for x in text):
            return kind, (c,)
        if not kinds <= {LETTER, DIGIT, MARK} and not (len(text) == 1 and OTHER not in kinds):
            # A whole sentence as one letter, a fraction, a vowel of Thai that is
            # a mark and a letter: as they are.
            return (MARK if kind == CLUSTER and self.kind_alone(text[0]) == MARK else kind), (c,)
        return self.kind_alone(text[0]), tuple(text)


def pack(values):
    """Each as a number, and the strings that some refer to."""
    pool, places, out = bytearray(), {}, {}
    for (c, (kind, text)) in values:
        if not text:
            fold = NOTHING
        elif len(text) == 1:
            fold = SELF if text[0] == c else DELTA | ((text[0] - c) & 0xFFFFFF) << 4
        else:
            string = "".join(map(chr, text)).encode()
            if string not in places:
                places[string] = len(pool)
                pool += bytes([len(string)]) + string
            fold = STRING | places[string] << 4
        out[c] = kind | (fold & 3) << 3 | (fold >> 4) << 8
    return out, pool


def pages(numbers, bits):
    """Pages of 1 << bits numbers, each once, and the page of every stretch."""
    size, found, index, content = 1 << bits, {}, [], []
    for start in range(0, len(numbers), size):
        page = tuple(numbers[start : start + size])
        if page not in found:
            found[page] = len(found)
            content += page
        index.append(found[page])
    return index, content


def put(name, values, storage="static "):
    bits = next(bits for bits in (8, 16, 32) if max(values) < 1 << bits)
    print(f"{storage}const uint{bits}_t {name}[] = {{")
    for i in range(0, len(values), 16):
        print(",".join(map(str, values[i : i + 16])) + ",")
    print("};")
    return len(values) * bits // 8


def width(values):
    return 1 if max(values) < 0x100 else 2


def main():
    data = Data(sys.argv[1])
    if len(data.category) < 280000:
        sys.exit(f"folding.py: {sys.argv[1]} is not Unicode's data")
    folding = Folding(data)
    values = {c: folding.value(c) for c in range(END) if c < 0xD800 or c > 0xDFFF}
    for c, (kind, text) in values.items():
        for x in text:
            if values[x][1] != (x,):
                sys.exit(f"folding.py: U+{c:04X} is folded to U+{x:04X}, which goes on")
    packed, pool = pack(values.items())
    distinct = {n: i for i, n in enumerate(sorted(set(packed.values()), key=lambda n: (n >> 3, n)))}
    numbers = [distinct[packed.get(c, OTHER)] for c in range(END)]
    best = None
    for bits in PAGE_BITS:
        for upper in PAGE_BITS:
            index, content = pages(numbers, bits)
            top, middle = pages(index, upper)
            size = sum(len(x) * width(x) for x in (content, middle, top))
            if not best or size < best[0]:
                best = size, bits, upper, content, middle, top
    _, bits, upper, content, middle, top = best
    print("/* Made by folding.py from Unicode's data. */")
    print(f"#define FOLDING_END {END:#x}\n#define FOLDING_BITS {bits}\n#define FOLDING_UPPER_BITS {upper}")
    size = put("folding_top", top) + put("folding_middle", middle) + put("folding_content", content)
    size += put("folding_values", list(distinct)) + put("folding_strings", list(pool))
    print("static const uint16_t folding_pairs[][3] = {")
    for (base, mark), whole in sorted(folding.pairs.items()):
        print(f"{{{base},{mark},{whole}}},")
    print("};")

    def plain(c):
        kind, text = values[c]
        return text[0] if kind in (LETTER, DIGIT) and len(text) == 1 and text[0] < 0x800 else 0

    size += put("capsa_folding_ascii", [plain(c) for c in range(128)], "")
    size += put("capsa_folding_common", [plain(c) for c in COMMON], "")
    print(f"/* {size + 6 * len(folding.pairs)} bytes */")


if __name__ == "__main__":
    main()
