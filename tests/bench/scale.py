#!/usr/bin/env python3
"""Time and memory of a library as it grows: 1,000 and 10,000 cases with four pictures each.

usage: scale.py BUILD [--cases N,N,...] [--folder DIR]

For each row the least of three runs: seconds of wall time and of CPU, and the most memory (ru_maxrss). The last column is how
much more it takes for how many more cases: 1.0 is linear, more than that is worse. A row is one line of ROWS; of each size a
library is made once.
"""
import argparse, os, shutil, subprocess, sys, tempfile, time
from pathlib import Path

EACH = 4  # pictures of a case
ROUNDS = 3
SOURCE = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(SOURCE / "tests/faults"))
from ground import png

# name, words, whether it runs on a copy that it changes
ROWS = [
    ("keeper, start to idle", ["keep"], False),  # checks, makes the backup and sweeps
    ("sweep of nine in ten", ["keep"], True),
    ("list", ["list"], False),
    ("list --json", ["list", "--json"], False),
    ("status", ["status"], False),
    ("render, one case", ["render", "--size", "1920x1080", "--out", "{out}", "{first}"], False),
    ("import, one unchanged", ["import", "{input}"], False),
    ("remove of one case", ["remove", "{last}"], False),
]


class Scale:
    def __init__(self, build, top):
        self.build, self.top = build, top
        case = top / "input/党建引领/新来的（青禾大学）"
        case.mkdir(parents=True)
        (case / "正文.txt").write_text("刚刚到。", encoding="utf-8")
        (case / "1.png").write_bytes(png(7))
        # a JPEG of some hundred bytes, as the helper makes it
        subprocess.run([build / "fengcai", "--state", top / "one", "import", top / "input"], check=True, stdout=subprocess.DEVNULL)
        self.picture = next((top / "one/media").glob("*/*.jpg"))

    def make(self, cases):
        state = self.top / f"state-{cases}"
        subprocess.run([self.build / "tests/make_library", "--each", str(EACH), state, str(cases), self.picture], check=True)
        return state

    def measure(self, state, words):
        """(wall, CPU, MB) of one run; the disk's cache is warm."""
        shutil.rmtree(self.top / "out", ignore_errors=True)
        listed = self.ids[state]
        words = [w.format(out=self.top / "out", input=self.top / "input", first=listed[0], last=listed.pop()) for w in words]
        (self.top / "shared").write_bytes(bytes(4096))
        env = {"PATH": "/usr/bin:/bin", "HOME": str(self.top), "LD_PRELOAD": str(self.build / "tests/libshim.so"),
               "FENGCAI_SHIM": str(self.top / "shared"), "FENGCAI_SHIM_PROGRAM": "fengcai", "FENGCAI_SHIM_HASTE": "1"}
        started = time.monotonic()
        process = subprocess.Popen([self.build / "fengcai", "--state", state, *words], env=env, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE)
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{words}: {said.decode()}")
        return time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024

    def list_ids(self, state):
        out = subprocess.run([self.build / "fengcai", "--state", state, "list"], capture_output=True, text=True, check=True).stdout
        return [line.split("\t")[-2] for line in out.splitlines()]

    def row(self, state, words, copied):
        if not copied:
            return [min(values) for values in zip(*(self.measure(state, words) for _ in range(ROUNDS)))]
        # most cases are removed twice over, so that no generation shows them any more
        copy = self.top / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(state, copy)
        ids = self.list_ids(copy)
        for part in (ids[: len(ids) * 9 // 10], ids[-2:-1]):
            for at in range(0, len(part), 500):
                subprocess.run([self.build / "fengcai", "--state", copy, "remove", *part[at : at + 500]], check=True,
                               stdout=subprocess.DEVNULL)
        self.ids[copy] = ids
        return self.measure(copy, words)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=lambda p: Path(p).resolve())
    parser.add_argument("--cases", default="1000,10000")
    parser.add_argument("--folder", default="/dev/shm")
    options = parser.parse_args()
    sizes = [int(n) for n in options.cases.split(",")]
    with tempfile.TemporaryDirectory(prefix="fengcai-scale-", dir=options.folder) as top:
        scale = Scale(options.build, Path(top))
        states = []
        scale.ids = {}
        for n in sizes:
            started = time.monotonic()
            states.append(scale.make(n))
            scale.ids[states[-1]] = scale.list_ids(states[-1])
            print(f"{n} cases with {n * EACH} pictures made in {time.monotonic() - started:.1f} s", flush=True)
        for name, words, copied in ROWS:
            found = [scale.row(state, words, copied) for state in states]
            growth = (found[-1][1] / max(found[0][1], 1e-3)) / (sizes[-1] / sizes[0])
            print(f"{name:24}" + "  ".join(f"{w:8.3f} s {c:8.3f} CPU {m:6.1f} MB" for w, c, m in found) + f"  {growth:5.2f}", flush=True)
    return 0


sys.exit(main())
