#!/usr/bin/env python3
"""mutants.py [--jobs N] [--deep] [NAME...] -- seeded bugs of the store, each of which
the harness has to find within a minute.

mutants.txt says what each changes. A changed C file is compiled
and linked into a torture of its own (build/mutants); a changed glue or a
changed shell is run by wasm.mjs over the built core. One that compiles not, or
whose lines are not there any more, is a failure of the list. Prints TAP, and as
remarks what found each and when.
"""
import concurrent.futures
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build" / "native"
LIST = ROOT / "tests" / "torture" / "mutants.txt"
SECONDS = 60  # of a processor, whatever else the machine does
PATIENCE = 300
CFLAGS = ("-std=c11 -w -O1 -Iinclude -Icore -Ibuild/generated -isystem build/sources/sqlite"
          " -isystem build/sources/cmark/src -isystem build/sources/zlib").split()
ON_A_TEST_DISK = ["-DCAPSA_OPFS_ON_A_TEST_DISK", "-Dsqlite3_os_init=capsa_opfs_init",
                  "-Dsqlite3_os_end=capsa_opfs_end"]
# A bug that breaks a promise of opfs.h is found by asking for it; --deep tells
# what finds it when nobody asks.
PARTS = ["contract", "ends", "flips", "cuts", "faults", "memory"]


def read_list(text):
    """(name, file, old, new) of each block."""
    text = re.sub(r"^#.*\n", "", text, flags=re.M)
    for block in re.split(r"\n\s*\n", text.strip()):
        name, file, *lines = block.split("\n")
        old = [line[2:] for line in lines if line.startswith("- ")]
        new = [line[2:] for line in lines if line.startswith("+ ")]
        yield name, file, old, new


def mutate(source, old, new):
    """The text with `old` replaced, whatever its indentation; None where it is
    not there exactly once."""
    pattern = r"\n".join(r"[ \t]*" + re.escape(line) for line in old)
    found = list(re.finditer(rf"(?m)^{pattern}$|{pattern}", source))
    if len(found) != 1:
        return None
    return source[:found[0].start()] + "\n".join(new) + source[found[0].end():]


def changed_file(name, file, old, new):
    """Path of the changed source; None where its lines are not there."""
    changed = mutate((ROOT / file).read_text(encoding="utf-8"), old, new)
    if changed is None:
        return None
    folder = ROOT / "build" / "mutants" / re.sub(r"\W+", "-", name)
    shutil.rmtree(folder, ignore_errors=True)
    if file.startswith("web/"):
        shutil.copytree(ROOT / "web" / "engine", folder / "web" / "engine")
    source = folder / file
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(changed, encoding="utf-8")
    return source


def compile_torture(file, source):
    """Path of the program; throws what the compiler said."""
    program = source.parent / "torture"
    own = file == "core/store/opfs.c"
    objects = [o for o in sorted((BUILD / "tests/torture").glob("*.o"))
               if not (own and o.name == "opfs.o")]
    flags = CFLAGS + (ON_A_TEST_DISK if own else [])
    made = subprocess.run(
        ["cc", *flags, f"-I{(ROOT / file).parent}", str(source), *map(str, objects),
         str(BUILD / "libcapsa.a"), "-lm", "-o", str(program)],
        cwd=ROOT, capture_output=True, text=True)
    if made.returncode:
        raise ValueError(made.stderr.strip()[:300])
    return program


def command(file, source, parts):
    if file.endswith(".c"):
        return [str(compile_torture(file, source)), "--stop", *parts]
    other = (["--web", str(source.parents[2])] if file.startswith("web/")
             else ["--glue", str(source)])
    return ["node", "tests/torture/wasm.mjs", "--stop", *other]


def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))


def judge(mutant, parts):
    """(found, words, seconds)"""
    name, file, old, new = mutant
    source = changed_file(name, file, old, new)
    if not source:
        return False, f"its lines are not in {file}, or not once", 0
    begun = time.monotonic()
    try:
        run = command(file, source, parts)
        begun = time.monotonic()
        ran = subprocess.run(run, cwd=ROOT, timeout=PATIENCE, capture_output=True, text=True,
                             errors="replace", preexec_fn=limit)
    except ValueError as error:
        return False, str(error), 0
    except subprocess.TimeoutExpired:
        return False, f"not found in {PATIENCE} s", PATIENCE
    seconds = time.monotonic() - begun
    if ran.returncode == 0:
        return False, "survived", seconds
    if ran.returncode == -signal.SIGXCPU:
        return False, f"not found in {SECONDS} s", seconds
    if ran.returncode < 0:
        return True, f"ended by signal {-ran.returncode}", seconds
    by = re.search(r"^not ok - (.*)", ran.stdout, re.M)
    said = (ran.stdout.strip() + "\n" + ran.stderr.strip()).strip().split("\n")
    return True, by[1] if by else "the work itself: " + said[-1][:60], seconds


def main(arguments):
    jobs = 2
    if arguments[:1] == ["--jobs"]:
        jobs, arguments = int(arguments[1]), arguments[2:]
    parts = PARTS
    if arguments[:1] == ["--deep"]:
        parts, arguments = PARTS[1:], arguments[1:]
    mutants = [m for m in read_list(LIST.read_text(encoding="utf-8"))
               if not arguments or any(m[0].startswith(a) for a in arguments)]
    failed = 0
    print(f"# {'seeded bug':48} {'found by':30} seconds")
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for mutant, (found, words, seconds) in zip(mutants, pool.map(lambda m: judge(m, parts), mutants)):
            print(f"# {mutant[0]:48} {words:30} {seconds:7.1f}")
            print(f"{'ok' if found else 'not ok'} - mutant: {mutant[0]}", flush=True)
            failed += not found
    print(f"# {len(mutants)} seeded bugs, {len(mutants) - failed} found")
    return 1 if failed or not mutants else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
