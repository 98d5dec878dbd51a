#!/usr/bin/env python3
"""syllables.py -- print core/search/spelling/syllables.inc.

The syllables of Mandarin in three ways to write them, from the rules by which
each is made: pinyin, Wade-Giles and Palladius's Cyrillic, as a reader's words
are compared: without apostrophes, and ü as u. Sorted, for binary search.
"""

# Finals, and the initials in front of which each is heard.
FINALS = {
    "a": "b p m f d t n l g k h zh ch sh z c s",
    "o": "b p m f",
    "e": "m d t n l g k h zh ch sh r z c s",
    "ai": "b p m d t n l g k h zh ch sh z c s",
    "ei": "b p m f d n l g h zh sh z",
    "ao": "b p m d t n l g k h zh ch sh r z c s",
    "ou": "p m f d t n l g k h zh ch sh r z c s",
    "an": "b p m f d t n l g k h zh ch sh r z c s",
    "en": "b p m f n g k h zh ch sh r z c s",
    "ang": "b p m f d t n l g k h zh ch sh r z c s",
    "eng": "b p m f d t n l g k h zh ch sh r z c s",
    "ong": "d t n l g k h zh ch r z c s",
    "i": "b p m d t n l j q x zh ch sh r z c s",
    "ia": "l j q x",
    "ie": "b p m d t n l j q x",
    "iao": "b p m d t n l j q x",
    "iu": "m d n l j q x",
    "ian": "b p m d t n l j q x",
    "in": "b p m n l j q x",
    "iang": "n l j q x",
    "ing": "b p m d t n l j q x",
    "iong": "j q x",
    "u": "b p m f d t n l g k h zh ch sh r z c s",
    "ua": "g k h zh sh",
    "uo": "d t n l g k h zh ch sh r z c s",
    "uai": "g k h zh ch sh",
    "ui": "d t g k h zh ch sh r z c s",
    "uan": "d t n l g k h zh ch sh r z c s",
    "un": "d t l g k h zh ch sh r z c s",
    "uang": "g k h zh ch sh",
    "ü": "n l j q x",
    "üe": "n l j q x",
    "üan": "j q x",
    "ün": "j q x",
}
WADE = dict(zip("b p m f d t n l g k h j q x zh ch sh r z c s".split(),
                "p p m f t t n l k k h ch ch hs ch ch sh j ts ts s".split()))
WADE_FINALS = {"ie": "ieh", "ian": "ien", "ong": "ung", "iong": "iung",
               "ü": "u", "üe": "ueh", "üan": "uan", "ün": "un"}
CYRILLIC = dict(zip("b p m f d t n l g k h j q x zh ch sh r z c s".split(),
                    "б п м ф д т н л г к х цз ц с чж ч ш ж цз ц с".split()))
CYRILLIC_FINALS = {
    "a": "а", "o": "о", "e": "э", "ai": "ай", "ei": "эй", "ao": "ао",
    "ou": "оу", "an": "ань", "en": "энь", "ang": "ан", "eng": "эн",
    "ong": "ун", "i": "и", "ia": "я", "ie": "е", "iao": "яо", "iu": "ю",
    "ian": "янь", "in": "инь", "iang": "ян", "ing": "ин", "iong": "юн",
    "u": "у", "ua": "уа", "uo": "о", "uai": "уай", "ui": "уй", "uan": "уань",
    "un": "унь", "uang": "уан", "ü": "юй", "üe": "юэ", "üan": "юань",
    "ün": "юнь"}
# What is no initial and final, or is written by a rule of its own.
WHOLE = {
    "a": ("a", "а"), "o": ("o", "о"), "e": ("o", "э"), "ai": ("ai", "ай"),
    "ao": ("ao", "ао"), "ou": ("ou", "оу"), "an": ("an", "ань"),
    "en": ("en", "энь"), "ang": ("ang", "ан"), "er": ("erh", "эр"),
    "yi": ("i", "и"), "ya": ("ya", "я"), "ye": ("yeh", "е"),
    "yao": ("yao", "яо"), "you": ("yu", "ю"), "yan": ("yen", "янь"),
    "yin": ("yin", "инь"), "yang": ("yang", "ян"), "ying": ("ying", "ин"),
    "yong": ("yung", "юн"), "yu": ("yu", "юй"), "yue": ("yueh", "юэ"),
    "yuan": ("yuan", "юань"), "yun": ("yun", "юнь"), "wu": ("wu", "у"),
    "wa": ("wa", "ва"), "wo": ("wo", "во"), "wai": ("wai", "вай"),
    "wei": ("wei", "вэй"), "wan": ("wan", "вань"), "wen": ("wen", "вэнь"),
    "wang": ("wang", "ван"), "weng": ("weng", "вэн"),
    "zhi": ("chih", "чжи"), "chi": ("chih", "чи"), "shi": ("shih", "ши"),
    "ri": ("jih", "жи"), "zi": ("tzu", "цзы"), "ci": ("tzu", "цы"),
    "si": ("ssu", "сы"), "gui": ("kuei", "гуй"), "kui": ("kuei", "куй"),
    "hui": ("hui", "хуэй"), "ge": ("ko", "гэ"), "ke": ("ko", "кэ"),
    "he": ("ho", "хэ"), "huo": ("huo", "хо"), "shuo": ("shuo", "шо"),
    "guo": ("kuo", "го"), "kuo": ("kuo", "ко"),
}
WADE_TOO = {"yi": "yi", "zi": "tsu", "si": "szu", "er": "er", "ye": "ye",
            "ge": "ke", "ke": "ke", "he": "he", "jie": "chie", "xie": "hsie",
            "yue": "yue", "xue": "hsue", "yan": "yan",
            "de": "teh"}


def rows():
    for final, initials in FINALS.items():
        for initial in initials.split():
            if initial + final in WHOLE:
                continue
            # Behind f, o; behind every other initial it is uo in Wade-Giles.
            wade = WADE[initial] + WADE_FINALS.get(final, final)
            if final == "uo":
                wade = WADE[initial] + "o"
            yield (initial + final.replace("ü", "u"), wade,
                   CYRILLIC[initial] + CYRILLIC_FINALS[final])
    for pinyin, (wade, cyrillic) in WHOLE.items():
        yield pinyin, wade, cyrillic


def main():
    table = list(rows())
    wade = {(w, p) for p, w, _ in table}
    wade |= {(w, p) for p, w in WADE_TOO.items()}
    print("/* Made by build-scripts/syllables.py. */")
    for name, pairs in (("pinyin", {(p, p) for p, _, _ in table}),
                        ("wade", wade), ("cyrillic", {(c, p) for p, _, c in table})):
        print(f"\nstatic const syllable {name}[] = {{")
        line = "   "
        for spelled, p in sorted(pairs, key=lambda pair: (pair[0].encode(), pair[1])):
            item = f' {{"{spelled}", "{p}"}},'
            if len(line) + len(item) > 78:
                print(line)
                line = "   "
            line += item
        print(line + "\n};")


if __name__ == "__main__":
    main()
