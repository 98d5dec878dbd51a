#!/usr/bin/env python3
"""check-layers.py [FOLDER] -- fail when a file in core/ or include/ uses what
it should not know about.

The tables below are the architecture; README.md draws the same picture.
FOLDER holds core/ and include/; without it, this repository.
"""
import pathlib
import re
import sys

# Lowest first. A layer may include itself and earlier groups; layers in one
# group are siblings and may not include each other.
LAYERS = [["base"], ["text"], ["index", "document"], ["store"],
          ["search", "annotate", "cite"]]

# Clients of the public headers, and what else they may use.
CLIENTS = {"cli": set(), "wasm": {"base"}}

# Other people's headers, and the layers that are their doors.
FOREIGN = {"sqlite3.h": {"store"}, "cmark.h": {"document"}, "entities.inc": {"document"}, "zlib.h": {"document"}, "expat.h": {"document"},
           "runtime/header.h": {"text"},
           "emscripten.h": {"wasm"},
           # what kind of file a name stands for: a pipe must not be opened
           "sys/stat.h": {"store", "cli"}}

# Made by the build from the pinned sources.
GENERATED = {"lexicon_en.inc": {"text"}, "folding.inc": {"text"}}

# C11's own, and what POSIX adds for programs: any layer may use the former.
STANDARD = set("assert ctype errno float inttypes limits math setjmp stdarg "
               "stdbool stddef stdint stdio stdlib string time".split())
PROGRAMS_ONLY = {"unistd", "dirent", "fcntl", "sys"}

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)', re.M)
ALLOCATION = re.compile(r"\b(malloc|calloc|realloc|free|strdup|strndup)\s*\(")


def allowed():
    """Each folder of core/ with the folders that it may include."""
    lower = set()
    for group in LAYERS:
        for layer in group:
            yield layer, lower | {layer, "capsa"}
        lower |= set(group)
    for client, extra in CLIENTS.items():
        yield client, extra | {client, "capsa"}


def complaint(layer, may, header):
    """Why `layer` may not include `header`, or None."""
    first, _, rest = header.partition("/")
    for table in (FOREIGN, GENERATED):
        if header in table:
            doors = table[header]
            if layer in doors:
                return None
            return f"may not include {header}: its door is {'/, '.join(sorted(doors))}/"
    if first.removesuffix(".h") in STANDARD and not rest:
        return None
    if first.removesuffix(".h") in PROGRAMS_ONLY and layer == "cli":
        return None
    if first in may and rest:
        return None
    return f"may not include {first}/" if rest else f"may not include {header}"


def violations(root):
    may = dict(allowed())
    files = [(path, path.relative_to(root / "core").parts[0])
             for path in sorted((root / "core").rglob("*.[ch]"))]
    files += [(path, "include") for path in sorted((root / "include").rglob("*.h"))]
    may["include"] = {"capsa"}
    for path, layer in files:
        where = path.relative_to(root)
        if layer not in may:
            yield f"{where}: {layer}/ is no layer of LAYERS or CLIENTS"
            continue
        text = COMMENT.sub("", path.read_text(encoding="utf-8"))
        for _, header in INCLUDE.findall(text):
            problem = complaint(layer, may[layer], header)
            if problem:
                yield f"{where}: {layer}/ {problem}"
        if layer != "base" and layer not in CLIENTS:
            for call in sorted(set(ALLOCATION.findall(text))):
                yield f"{where}: {call}() is for base/ alone: use base/mem.h or an arena"
    if not files:
        yield f"{root}: there is no core/ or include/ here"


if __name__ == "__main__":
    here = pathlib.Path(__file__).resolve().parent.parent
    found = list(violations(pathlib.Path(sys.argv[1]) if sys.argv[1:] else here))
    print("\n".join(found) or "layers: ok")
    sys.exit(bool(found))
