#!/usr/bin/env python3
"""Markdown that we write reads back as the same document.

    tests/spec/commonmark/roundtrip.py build/native/capsa [FILE...]

Takes every example of the CommonMark specification, every source in
tests/spec/*.md, the fixtures, and the records where they are found; parses
each, writes it as Markdown, parses that, and compares the two JSONs in all
but format and diagnostics. Writing what was read back must give the same
bytes again. Prints TAP.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys

import run as commonmark

ROOT = pathlib.Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared"


def spec_sources():
    for path in sorted((ROOT / "tests/spec").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        for m in re.finditer(r"^(`{3,})example \w+ ?(\w*)\n(.*?)^\.\n", text, re.M | re.S):
            source = m[3].replace("␠", " ").replace("⍽", "\u00a0")
            line = text.count("\n", 0, m.start()) + 1
            yield f"{path.name}:{line}", m[2] or "auto", source.encode()


def sources():
    for number, (source, _) in enumerate(commonmark.examples(), 1):
        yield f"CommonMark {number}", "markdown", source.encode()
    yield from spec_sources()
    files = [ROOT / "tests/fixtures/record.txt", *(ROOT / "web/samples").glob("*.*")]
    files += sorted((SHARED / "seed").glob("*.txt"))
    for folder in ("txt", "md", "html", "tei"):
        files += sorted((SHARED / "records" / folder).glob("*"))
    for path in files:
        yield str(path.relative_to(ROOT.parent)), "auto", path.read_bytes()


def parse(binary, source, form, to):
    p = subprocess.run([binary, "parse", "-", "--from", form, "--to", to], input=source, capture_output=True, timeout=60)
    return p.stdout if p.returncode == 0 else None


def without_reports(parsed):
    return {k: v for k, v in json.loads(parsed).items() if k not in ("format", "diagnostics")}


def difference(a, b, path=""):
    if type(a) is not type(b):
        return f"{path}: {a!r} became {b!r}"
    if isinstance(a, dict):
        for key in {**a, **b}:
            if a.get(key) != b.get(key):
                return difference(a.get(key), b.get(key), f"{path}.{key}")
    if isinstance(a, list):
        for i, (x, y) in enumerate(zip(a, b)):
            if x != y:
                return difference(x, y, f"{path}[{i}]")
    return f"{path}: {a!r} became {b!r}"


def check(binary, case):
    """What is wrong, or None; "" where the source is no document."""
    _, form, source = case
    before = parse(binary, source, form, "json")
    if before is None:
        return ""
    before = without_reports(before)
    if isinstance(before, list):
        return ""
    written = parse(binary, source, form, "markdown")
    after = parse(binary, written, "markdown", "json")
    if after is None:
        return "it was not read back"
    if any(d["code"] == "ledger" for d in json.loads(after).get("diagnostics", [])):
        return "what Markdown cannot say was not believed when it was read back"
    after = without_reports(after)
    if after != before:
        return difference(before, after)
    if parse(binary, written, "markdown", "markdown") != written:
        return "written again it is not the same"
    return None


def main():
    binary = os.path.abspath(sys.argv[1])
    cases = list(sources()) if len(sys.argv) < 3 else [(f, "auto", pathlib.Path(f).read_bytes()) for f in sys.argv[2:]]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for number, (case, wrong) in enumerate(zip(cases, pool.map(lambda c: check(binary, c), cases)), 1):
            failed += bool(wrong)
            print(f"{'not ok' if wrong else 'ok'} {number} - {case[0]}" + (" # skip no document" if wrong == "" else ""))
            if wrong:
                print(f"# {wrong[:1500]}")
    print(f"1..{len(cases)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
