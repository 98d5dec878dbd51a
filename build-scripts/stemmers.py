#!/usr/bin/env python3
"""A Snowball algorithm for words whose accents are folded away.

    build-scripts/stemmers.py algorithms/spanish.sbl > spanish.sbl

Its endings are written with accents, and our words come without: `nacion` would
keep what `naciones` loses. So the letters of the algorithm are folded too. Where
two endings are one then, the first stays; what turns one letter into another or
sets it off by its accent has nothing to do any more and goes.
"""
import re
import sys
import unicodedata

# Rules of French for single letters that would be true of every e and i.
SET_OFF = re.compile(r"""\(\s*\[ '\{[ei]"\}' \] <- 'H[ei]' \)\s*or""")


def fold(letter):
    letter = chr(int(letter, 16))
    if letter == "ß":
        return "ss"
    return "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))


def close(text, at):
    """Behind the bracket that closes the one at `at`; strings hold none."""
    depth = 0
    for i in range(at, len(text)):
        depth += {"(": 1, ")": -1}.get(text[i], 0)
        if not depth:
            return i + 1
    sys.exit("stemmers.py: a bracket is open")


def without_repeats(body):
    """The cases of an among(...): strings, then what is done with them."""
    out, strings, seen, at, had = [], [], set(), 0, False
    while token := re.compile(r"\s*('[^']*'|(?=\()|\w+)").match(body, at):
        word, at = token[1], token.end()
        if not word:
            end = close(body, at)
            if strings or not had:
                out += [*strings, remove_repeats(body[at:end])]
            at, strings, had = end, [], False
        elif word not in seen:
            strings.append(word)
        had |= word.startswith("'")
        seen |= {word} if word.startswith("'") else set()
    return " ".join(out + strings)


def remove_repeats(text):
    out, at = [], 0
    for found in re.finditer(r"\bamong\s*(?=\()", text):
        if found.start() >= at:
            end = close(text, found.end())
            out += [text[at : found.end()], "(", without_repeats(text[found.end() + 1 : end - 1]), ")"]
            at = end
    return "".join(out) + text[at:]


def main():
    path = sys.argv[1]
    text = open(path, encoding="utf-8").read()
    text = re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.S)
    text, rules = SET_OFF.subn("", text)
    if rules != (2 if path.endswith("french.sbl") else 0):
        sys.exit(f"stemmers.py: {path} is not the algorithm that is known here")
    names = re.findall(r"stringdef\s+(\S+)\s+'\{U\+(\w+)\}'", text)
    text = re.sub(r"stringdef[^\n]*", "", text)
    for name, letter in names:
        text = text.replace("{" + name + "}", fold(letter))
    # Portuguese has its tildes apart, as letters of their own.
    print(remove_repeats(re.sub("(?<=[ao])~", "", text)))


if __name__ == "__main__":
    main()
