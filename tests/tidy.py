#!/usr/bin/env python3
"""clang-tidy over src and packaging, beside each other; a file that was clean before is not read again.

usage: tidy.py BUILD-FOLDER [FILE...]

Known as clean is the file as the preprocessor gives it, with comments (NOLINT) and macros, under the same options, checks and
version: in $XDG_CACHE_HOME/fengcai-tidy, for 30 days.
"""
import concurrent.futures, hashlib, json, os, shlex, subprocess, sys, time
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
BUILD = Path(sys.argv[1]).resolve()
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "fengcai-tidy"
DAYS = 30


def commands():
    """How each file is compiled."""
    return {str(Path(entry["directory"], entry["file"]).resolve()): entry for entry in json.loads((BUILD / "compile_commands.json").read_text())}


def key_of(file, entry, about):
    """None: it cannot be told, and the file is read."""
    if not entry:
        return None
    words = shlex.split(entry["command"])
    words = [w for w in words[words.index(next(w for w in words if w.startswith("-"))):] if w != "-c"]
    if "-o" in words:
        del words[words.index("-o") : words.index("-o") + 2]
    made = subprocess.run(["clang", *words, "-E", "-C", "-dD", "-Wno-everything"], cwd=entry["directory"], capture_output=True)
    if made.returncode != 0:
        return None
    text = made.stdout + " ".join(words).encode()
    return hashlib.sha256(about + text.replace(str(TOP).encode(), b".")).hexdigest()


def check(file, entry, about):
    """What is wrong with it; empty: nothing."""
    key = key_of(file, entry, about)
    if key and (CACHE / key).exists():
        os.utime(CACHE / key)
        return ""
    run = subprocess.run(["clang-tidy", "--quiet", "-p", BUILD, file], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=TOP)
    if run.returncode == 0:
        if key:
            (CACHE / key).touch()
        return ""
    return run.stdout or f"{file}: clang-tidy ended with {run.returncode}\n"


def forget():
    for file in CACHE.iterdir():
        if file.stat().st_mtime < time.time() - DAYS * 86400:
            file.unlink(missing_ok=True)


def main():
    CACHE.mkdir(parents=True, exist_ok=True)
    forget()
    version = subprocess.run(["clang-tidy", "--version"], stdout=subprocess.PIPE, check=True).stdout
    about = version + (TOP / ".clang-tidy").read_bytes()
    files = [Path(f).resolve() for f in sys.argv[2:]] or sorted([*(TOP / "src").rglob("*.c"), *(TOP / "packaging").rglob("*.c")])
    known, bad = commands(), 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for said in pool.map(lambda file: check(str(file), known.get(str(file)), about), files):
            bad += said != ""
            print(said, end="", flush=True)
    print(f"{len(files)} files, {bad} bad")
    return 1 if bad or not files else 0


sys.exit(main())
