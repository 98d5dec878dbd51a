#!/usr/bin/env python3
"""Run the examples of the CommonMark specification through `capsa parse`.

    tests/spec/commonmark/run.py build/native/capsa [NUMBER...]

Each example's HTML and our JSON are brought into one form: a list of blocks
with kind, text, and the spans that Markdown knows. What the model of a record
leaves out on purpose is left out of both: titles of links, addresses that are
not http, https or mailto, marks in a picture's description, white space at a
block's ends, paragraphs without text, whether a list is tight. Examples that
differ for another reason are listed in differences.md, each with why; one that
is listed and does not differ fails too. Prints TAP.
"""
import concurrent.futures
import html.parser
import json
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
SPEC = HERE / "node_modules/commonmark-spec/spec.txt"
EXAMPLES = 652
SPANS = {"em": "emphasis", "strong": "strong", "code": "code", "a": "link"}
SAFE = re.compile(r"(?:https?://|mailto:)", re.I)


def examples():
    text = re.sub(r"^<!-- END TESTS -->.*", "", SPEC.read_text(encoding="utf-8"), flags=re.M | re.S)
    found = re.findall(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", text, re.M | re.S)
    return [tuple(part.replace("→", "\t") for part in pair) for pair in found]


class Expected(html.parser.HTMLParser):
    """The blocks that the example's HTML shows."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks, self.block, self.open = [], None, []
        self.lists, self.quotes, self.marker, self.pre = [], 0, "", False
        self.raw = []  # tags that CommonMark's own writer does not make

    def begin(self, kind, **more):
        self.block = {"kind": kind, "text": "", "spans": [], **more}
        self.blocks.append(self.block)

    def begin_text(self):
        if self.lists:
            self.begin("list", level=len(self.lists), marker=self.marker)
            self.marker = ""
        elif self.quotes:
            self.begin("quotation", level=self.quotes)
        else:
            self.begin("paragraph")

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag in ("ul", "ol"):
            self.block = None
            self.lists.append(int(attrs.get("start", 1)) if tag == "ol" else None)
        elif tag == "li":
            self.block = None
            number = self.lists[-1]
            self.marker = "•" if number is None else str(number)
            if number is not None:
                self.lists[-1] += 1
        elif tag == "blockquote":
            self.quotes += 1
            self.block = None
        elif tag == "p":
            self.begin_text()
        elif re.fullmatch("h[1-6]", tag):
            self.begin("heading", level=int(tag[1]))
        elif tag == "hr":
            self.begin("rule")
            self.block = None
        elif tag == "pre":
            self.begin("code")
            self.pre = True
        elif tag == "code" and self.pre:
            language = attrs.get("class", "")
            self.block["marker"] = language.removeprefix("language-")
        elif tag == "br":
            self.block["text"] += "\n"
        elif tag == "img":
            self.image(attrs)
        elif tag in SPANS:
            self.text("")
            self.open.append((tag, len(self.block["text"]), attrs.get("href")))

    def image(self, attrs):
        self.text("")
        self.block["images"] = self.block.get("images", 0) + 1
        self.block["target"] = attrs["src"]
        self.block["text"] += attrs.get("alt", "")

    def handle_endtag(self, tag):
        if tag in ("ul", "ol"):
            self.lists.pop()
            self.block = None
        elif tag == "blockquote":
            self.quotes -= 1
            self.block = None
        elif tag == "pre":
            self.pre = False
            self.block["text"] = self.block["text"].removesuffix("\n")
            self.block = None
        elif tag in ("p", "li") or re.fullmatch("h[1-6]", tag):
            self.block = None
        elif tag in SPANS and not (tag == "code" and self.pre):
            kind, start, target = self.open.pop()
            end = len(self.block["text"])
            if start < end and (kind != "a" or SAFE.match(target or "")):
                self.block["spans"].append((SPANS[kind], start, end, target))

    def text(self, data):
        if self.block is None and (data.strip() or not data):
            self.begin_text()
            self.block["tight"] = True

    def handle_data(self, data):
        self.text(data)
        if self.block is None:
            return
        if self.pre:
            self.block["text"] += data
            return
        if self.block["text"].endswith("\n") and data.startswith("\n"):
            data = data[1:]  # the line feed behind <br />
        self.block["text"] += data.replace("\n", " ")


def expected(markup):
    page = Expected()
    page.feed(markup)
    page.close()
    for block in page.blocks:
        block.pop("tight", None)
        # A picture that is all of a paragraph is a block of its own.
        if block.pop("images", 0) == 1 and block["text"] == page_alt(markup) and not block["spans"]:
            block["kind"] = "figure"
            block.pop("level", None), block.pop("marker", None)
        else:
            block.pop("target", None)
        if block["text"].strip() or block["kind"] not in ("paragraph", "list", "quotation"):
            yield normal(block)


def page_alt(markup):
    alts = re.findall(r'alt="([^"]*)"', markup)
    return html.unescape(alts[0]) if len(alts) == 1 else None


def normal(block):
    text = block["text"]
    if block["kind"] != "code":
        text = text.strip()
    cut = len(block["text"]) - len(block["text"].lstrip()) if text != block["text"] else 0
    clip = lambda at: min(max(at - cut, 0), len(text))
    block = {**block, "text": text, "spans": [] if block["kind"] == "figure" else
             [(k, clip(a), clip(b), t) for k, a, b, t in block["spans"] if clip(a) < clip(b)]}
    spans = sorted((kind, start, end) + ((unquoted(target),) if kind == "link" else ())
                   for kind, start, end, target in block["spans"])
    out = {"kind": block["kind"], "text": block["text"], "spans": spans}
    for key in ("level", "marker", "target"):
        if block.get(key):
            out[key] = unquoted(block[key]) if key == "target" else re.sub(r"[.)]$", "", str(block[key]))
    return out


def unquoted(address):
    """cmark's HTML writer percent-encodes; the tree that we read has it raw."""
    from urllib.parse import unquote
    return unquote(address or "")


def as_read(block):
    """A block as the Markdown front end made it, before the passes."""
    text, marks = block.get("text", ""), []
    changes = [(e["start"], e["end"], e["original"]) for e in block.get("emendations", []) if not e.get("in_label")]
    changes += [(s["start"], s["end"], s["text"]) for s in block.get("spans", []) if s["start"] == s["end"] and s["text"]]
    for start, end, original in sorted(changes, reverse=True):
        text = text[:start] + original + text[end:]
        marks.append((start, len(original) - (end - start)))
    for span in block.get("spans", []):
        if span["kind"] in SPANS.values():
            yield_at = lambda at: at + sum(by for start, by in marks if start < at)
            span["start"], span["end"] = yield_at(span["start"]), yield_at(span["end"])
    return text


def got(parse):
    plain = ("speech", "narration", "editorial", "dateline", "participants", "gap")
    for block in parse["blocks"]:
        block["text"] = as_read(block)
        block["kind"] = "paragraph" if block["kind"] in plain else block["kind"]
        spans = [(s["kind"], s["start"], s["end"], s.get("target"))
                 for s in block.get("spans", []) if s["kind"] in SPANS.values()]
        yield normal({**block, "spans": spans})


def run(binary, source):
    p = subprocess.run([binary, "parse", "-", "--from", "markdown"], input=source.encode(), capture_output=True, timeout=60)
    if p.returncode:
        return [] if b"it holds no text" in p.stderr else p.stderr.decode()
    return list(got(json.loads(p.stdout)))


def listed():
    """{number: reason} of differences.md: lines `* 21, 31-33: reason`."""
    out = {}
    for line in (HERE / "differences.md").read_text(encoding="utf-8").split("\n"):
        if m := re.match(r"\* ([\d, -]+): (.+)", line):
            for part in m[1].split(","):
                first, _, last = part.strip().partition("-")
                for number in range(int(first), int(last or first) + 1):
                    out[number] = m[2]
    return out


def main():
    binary, only = os.path.abspath(sys.argv[1]), set(map(int, sys.argv[2:]))
    if not SPEC.exists():
        sys.exit(f"{SPEC} is missing; `npm ci` in {HERE} fetches it")
    cases, reasons = examples(), listed()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda case: run(binary, case[0]), cases))
    failed = 0
    for number, ((source, markup), mine) in enumerate(zip(cases, results), 1):
        if only and number not in only:
            continue
        try:
            want = list(expected(markup))
        except (IndexError, KeyError, TypeError):
            want = "markup that CommonMark's own writer does not make"
        same, known = mine == want, number in reasons
        failed += same == known
        print(f"{'not ok' if same == known else 'ok'} {number}" + (f" - differs: {reasons[number]}" if known else ""))
        if same == known:
            print("# listed in differences.md, but there is no difference" if same else
                  f"# source {source!r}\n# html {markup!r}\n# want {want}\n# got  {mine}")
    if len(cases) != EXAMPLES:
        failed += 1
        print(f"not ok - {EXAMPLES} examples\n# found {len(cases)}")
    print(f"1..{len(cases)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
