#!/usr/bin/env python3
"""Run the examples in prose of tests/spec/*.md through a command line.

    tests/spec/run.py "build/native/capsa" tests/spec/*.md

Prints TAP. Each file of prose has a folder of its own to work in. Six kinds
of fenced blocks are read, the rest is for people:

    ```file NAME            the lines are written to NAME in the folder

    ```zip NAME             a zip of that name is made. A line `== PATH` begins a
                            file in it, and its lines follow. Behind the path
                            may stand (picture), (locked), (damaged), (link),
                            (N MB) for so many of the same letter, or (file)
                            for the file of that name in the folder. Behind
                            NAME may stand (cut off).

    ```book NAME            the same, and what makes an EPUB of it: `mimetype`,
                            and a META-INF/container.xml that names the first
                            .opf, unless that is given.

    ```console              each `$ capsa …` is run; what follows is what it
    $ capsa list a.capsa    prints on both outputs. `<any>` stands for any run
    …                       of characters, `␍` for a carriage return. `[exit 2]`
                            ends a failing one. `< FILE` at the end of a
                            command is its standard input.

    ```show VIEW FILE           what VIEW, as below, shows of a file's parse

    ```example VIEW [FORMAT]    a source, a line with a dot, and what VIEW
    …                           shows of its parse:
    .                             blocks    kind, turn and speaker, text
    …                             spans     kind and text of each span
                                  repairs   original, corrected, rule
                                  metadata  field: value
                                  html, text, error
    A line `\\.` in a source stands for a dot of its own; `␠` for a space at
    a line's end and `⍽` for a no-break space anywhere.

With CAPSA_RECORD=FILE every output is also written there, so that two builds
can be compared byte for byte (ids and times are blanked).
"""
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import zipfile

FENCE = re.compile(r"^(`{3,})(file|zip|book|console|show|example)\b *(.*)$")
VOLATILE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def fences(path):
    """(line number, kind, argument, lines) of each block that is ours."""
    lines = iter(enumerate(path.read_text(encoding="utf-8").split("\n"), 1))
    for number, line in lines:
        if not (m := FENCE.match(line)):
            continue
        body = []
        for _, inner in lines:
            if inner.startswith(m[1]):
                break
            body.append(inner)
        yield number, m[2], m[3].strip(), body


PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="{}" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def zip_members(body, folder):
    """(path, remark, bytes) of each `== PATH (remark)` and its lines."""
    members = []
    for line in body:
        if m := re.match(r"== (.*?)(?: \((.*)\))?$", line):
            members.append((m[1], m[2] or "", []))
        elif members:
            members[-1][2].append(line)
    for path, remark, lines in members:
        data = "".join(line + "\n" for line in lines).encode()
        if remark == "picture":
            data = PICTURE
        elif remark == "file":
            data = (folder / path).read_bytes()
        elif remark.endswith(" MB"):
            data = b"a" * (int(remark[:-3]) << 20)
        yield path, remark, data


def make_zip(folder, argument, body, is_book):
    name, _, torn = argument.partition(" (")
    place = folder / name
    members = list(zip_members(body, place.parent))
    if is_book:
        paths = [m[0] for m in members]
        opf = next((p for p in paths if p.endswith(".opf")), "")
        if opf and "META-INF/container.xml" not in paths:
            members.insert(0, ("META-INF/container.xml", "", CONTAINER.format(opf).encode()))
        members.insert(0, ("mimetype", "", b"application/epub+zip"))
    with zipfile.ZipFile(place, "w") as archive:
        for path, remark, data in members:
            info = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            info.external_attr = (0o120777 if remark == "link" else 0o100644) << 16
            info.compress_type = zipfile.ZIP_STORED if path == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    spoil(place, {path: remark for path, remark, _ in members})
    if torn:
        place.write_bytes(place.read_bytes()[:-30])


def spoil(place, remarks):
    """Set in the directory what zipfile does not write."""
    data = bytearray(pathlib.Path(place).read_bytes())
    at = data.find(b"PK\1\2")
    while at >= 0:
        length = int.from_bytes(data[at + 28 : at + 30], "little")
        remark = remarks.get(data[at + 46 : at + 46 + length].decode("utf-8", "replace"))
        if remark == "locked":
            data[at + 8] |= 1
        elif remark == "damaged":
            data[at + 16] ^= 0xFF
        at = data.find(b"PK\1\2", at + 46)
    pathlib.Path(place).write_bytes(data)


class Runner:
    def __init__(self, command, record):
        self.command, self.record = [os.path.abspath(c) if os.path.exists(c) else c for c in command], record
        self.number = self.failed = 0

    def run(self, args, folder, source=b""):
        p = subprocess.run(self.command + args, cwd=folder, input=source, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, timeout=120)
        if self.record:
            seen = (p.stdout + b"\n" + p.stderr).decode("utf-8", "replace")
            self.record.write(f"$ {args}\n{VOLATILE.sub('<any>', seen)}\n[{p.returncode}]\n")
        return p

    def check(self, name, want, got):
        self.number += 1
        pattern = "".join(".*" if part == "<any>" else re.escape(part) for part in re.split("(<any>)", want))
        ok = re.fullmatch(pattern, got) is not None
        self.failed += not ok
        print(f"{'ok' if ok else 'not ok'} {self.number} - {name}", flush=True)
        if not ok:
            for title, text in (("expected", want), ("got", got)):
                print(f"# {title}:\n" + "\n".join("#   " + line for line in text.split("\n")), flush=True)

    def console(self, name, body, folder):
        calls = []
        for line in body:
            if line.startswith("$ "):
                calls.append((line[2:], []))
            elif calls:
                calls[-1][1].append(line)
        for command, want in calls:
            words = shlex.split(command)
            source = b""
            if "<" in words:
                source = pathlib.Path(folder, words[words.index("<") + 1]).read_bytes()
                words = words[: words.index("<")]
            p = self.run(words[1:], folder, source)
            got = (p.stdout + p.stderr).decode("utf-8", "replace").replace("\r", "␍").rstrip("\n")
            if p.returncode:
                got += f"\n[exit {p.returncode}]"
            self.check(f"{name}: $ {command}", "\n".join(want).rstrip("\n"), got.lstrip("\n"))

    def example(self, name, argument, body, folder):
        view, _, form = argument.partition(" ")
        split = body.index(".")
        source = "\n".join("." if line == "\\." else line for line in body[:split]) + "\n"
        want = "\n".join(body[split + 1 :])
        source, want = (s.replace("␠", " ").replace("⍽", "\u00a0") for s in (source, want))
        self.show(name, view, ["-", "--from", form or "auto"], source.encode(), want, folder)

    def show(self, name, view, args, source, want, folder):
        to = view if view in ("html", "text") else "json"
        p = self.run(["parse", *args, "--to", to], folder, source)
        if view == "error" or p.returncode:
            got = p.stderr.decode("utf-8", "replace").strip()
        elif to != "json":
            got = p.stdout.decode("utf-8").strip("\n")
        else:
            got = "\n".join(VIEWS[view](json.loads(p.stdout)))
        self.check(name, want.strip("\n"), got)


def show_blocks(got):
    for b in got["blocks"]:
        turn = f" {b['turn']}" if b.get("turn") else ""
        level = f" {b['level']}" if b.get("level") else ""
        who = f" {b['speaker']}" if b.get("speaker") else ""
        marker = f" {b['marker']}" if b.get("marker") else ""
        yield f"{b['kind']}{level}{turn}{who}{marker}: {b.get('text', '')}"


def show_spans(got):
    for b in got["blocks"]:
        for s in b.get("spans", []):
            yield f"{s['kind']}: {s['text']}" + (f" -> {s['target']}" if s.get("target") else "")


def show_repairs(got):
    for b in got["blocks"]:
        for e in b.get("emendations", []):
            yield f"{json.dumps(e['original'], ensure_ascii=False)} -> {json.dumps(e['corrected'], ensure_ascii=False)} ({e['rule']})"


def show_participant(p):
    office = f", {p['office']}" if p.get("office") else ""
    return p["name"] + office + (f" ({p['side']})" if p.get("side") else "")


def show_metadata(got):
    for key, value in got["metadata"].items():
        if key == "attendance":
            value = "; ".join(map(show_participant, value))
        yield f"{key}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"


def show_speakers(got):
    for s in got["speakers"]:
        office = f" ({s['office']})" if s.get("office") else ""
        yield f"{s['name']}{office} {s['turns']}: " + "; ".join(s.get("labels", []))


VIEWS = {"blocks": show_blocks, "speakers": show_speakers, "spans": show_spans, "repairs": show_repairs, "metadata": show_metadata}


def main():
    record = open(os.environ["CAPSA_RECORD"], "w", encoding="utf-8") if os.environ.get("CAPSA_RECORD") else None
    runner = Runner(shlex.split(sys.argv[1]), record)
    for path in map(pathlib.Path, sys.argv[2:]):
        with tempfile.TemporaryDirectory() as folder:
            for number, kind, argument, body in fences(path):
                name = f"{path.name}:{number}"
                if kind == "file":
                    place = pathlib.Path(folder, argument)
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.write_text("\n".join(body) + "\n", encoding="utf-8")
                elif kind in ("zip", "book"):
                    make_zip(pathlib.Path(folder), argument, body, kind == "book")
                elif kind == "console":
                    runner.console(name, body, folder)
                elif kind == "show":
                    view, _, file = argument.partition(" ")
                    runner.show(name, view, [file], b"", "\n".join(body), folder)
                else:
                    runner.example(name, argument, body, folder)
    print(f"1..{runner.number}")
    return 1 if runner.failed or not runner.number else 0


if __name__ == "__main__":
    sys.exit(main())
