#!/usr/bin/env python3
"""TEI that we write is valid by tei_all.

    tests/spec/tei_all/run.py build/native/capsa

The RelaxNG schema of today is in none of Debian's packages nor on npm. The one
tei_all to be had is the DTD of 2006 that comes with xmlcopyeditor: `apt-get
download` fetches the package, this one file is taken out of it and checked,
nothing is installed. TEI has grown since; what is valid now and was not then is
listed in differences.md, each with why. A complaint that no line there explains
fails; so does a line that explains nothing. Takes the same sources as
commonmark/roundtrip.py. Prints TAP; `skip` without apt-get or xmllint.
"""
import concurrent.futures
import hashlib
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(HERE.parent / "commonmark"))
import roundtrip  # noqa: E402

PACKAGE = "xmlcopyeditor"
MEMBER = "./usr/share/xmlcopyeditor/dtd/tei/p5/tei_all.dtd"
SHA256 = "0e5459465252accf39f008bbe54e3862421480f8be1a4a1f1cef2b28cea0cdbb"
DTD = ROOT / "build/tools/tei_all.dtd"
COMPLAINT = re.compile(r"^[^:]*:\d+: element (\S+): validity error : (.*)$", re.M)
LISTED = re.compile(r"^\* `([^`]+)`: ", re.M)


def fetch():
    """Why the DTD is not there, or None."""
    if DTD.is_file() and hashlib.sha256(DTD.read_bytes()).hexdigest() == SHA256:
        return None
    for program in ("apt-get", "dpkg-deb"):
        if not shutil.which(program):
            return f"no {program}"
    with tempfile.TemporaryDirectory() as folder:
        got = subprocess.run(["apt-get", "-qq", "-oAPT::Sandbox::User=", "download", PACKAGE],
                             cwd=folder, capture_output=True, text=True)
        packages = list(pathlib.Path(folder).glob("*.deb"))
        if not packages:
            return f"apt-get download {PACKAGE}: {got.stderr.strip().splitlines()[-1:]}"
        data = subprocess.run(["dpkg-deb", "--fsys-tarfile", packages[0]], capture_output=True, check=True).stdout
    content = tarfile.open(fileobj=io.BytesIO(data)).extractfile(MEMBER).read()
    if hashlib.sha256(content).hexdigest() != SHA256:
        return f"the {MEMBER} of {PACKAGE} is another one"
    DTD.parent.mkdir(parents=True, exist_ok=True)
    DTD.write_bytes(content)
    return None


def complaints(binary, source, form):
    """What xmllint says against our TEI of a source: (element, words)."""
    written = roundtrip.parse(binary, source, form, "tei")
    if written is None:
        return None
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        file.write(written)
        file.flush()
        said = subprocess.run(["xmllint", "--noout", "--nonet", "--dtdvalid", DTD, file.name],
                              capture_output=True, text=True).stderr
    found = COMPLAINT.findall(said)
    if "parser error" in said or ("validity error" in said and not found):
        return [("xml", said.splitlines()[0])]
    return [(element, re.sub(r", expecting .*, got ", ", got ", words)) for element, words in found]


def main(binary):
    why = fetch() or (None if shutil.which("xmllint") else "no xmllint")
    if why:
        print(f"1..1\nok 1 - our TEI is valid by tei_all # skip {why}")
        return 0
    rules = [re.compile(rule) for rule in LISTED.findall((HERE / "differences.md").read_text(encoding="utf-8"))]
    used, failed, number = set(), 0, 0
    cases = list(roundtrip.sources())
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for (name, form, _), found in zip(cases, pool.map(lambda case: complaints(binary, case[2], case[1]), cases)):
            if found is None:
                continue
            number += 1
            unlisted = []
            for element, words in found:
                line = f"{element}: {words}"
                rule = next((r for r in rules if r.search(line)), None)
                used.add(rule) if rule else unlisted.append(line)
            failed += bool(unlisted)
            print(f"{'not ok' if unlisted else 'ok'} {number} - {name}")
            for line in sorted(set(unlisted)):
                print(f"  {line}")
    for rule in rules:
        number += 1
        failed += rule not in used
        print(f"{'ok' if rule in used else 'not ok'} {number} - needed: {rule.pattern}")
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
