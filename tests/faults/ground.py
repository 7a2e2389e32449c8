"""What faults.py and kill.py stand on: states to begin with, operations, and what must hold after each.

An operation is one row of OPERATIONS. A state is a folder of about a megabyte, made once and copied for each run.
"""
import hashlib, json, os, re, shutil, signal, sqlite3, struct, subprocess, sys, tempfile, zlib
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "sync"))
from site_server import Site

KINDS = ["write", "fsync", "rename", "open", "mkdir", "truncate", "unlink", "malloc"]  # the order of shim.c's
DISK = KINDS[:-1]
SHARED = struct.Struct("12q256s256s")
SECONDS = 30  # of one command; what hangs is a finding


class Operation(NamedTuple):
    name: str
    begin: str  # the state it begins with, of Ground.make_states
    words: list  # of the command; {input} and {out} are folders
    haste: bool = False  # ends when it is idle (shim.c)
    reads: bool = False  # the library is not touched
    again: bool = True  # done again it gives the new library, whatever happened to it before
    source: bool = False  # with the publisher as a source in the configuration


OPERATIONS = [
    Operation("import", "shown", ["import", "{input}/next"]),
    Operation("remove", "shown", ["remove", "青禾大学/番茄"], again=False),
    Operation("start", "broken", ["keep"], haste=True),
    Operation("handed", "asked", ["keep"], haste=True, again=False),
    Operation("bundle", "fed", ["import", "{input}/bundle"], source=True),
    Operation("sync", "fed", ["sync", "--once", "--no-wait"], source=True),
    Operation("first", "bare", ["sync", "--once", "--no-wait"], source=True),
    Operation("rollback", "stepped", ["rollback"], again=False),
    Operation("render", "shown", ["render", "--size", "480x270", "--out", "{out}", "青禾大学/番茄"], reads=True),
]


class Run(NamedTuple):
    code: int
    said: str  # stdout and stderr
    counts: dict
    chosen: int
    failed: int
    late: int
    what: str
    late_what: str


def png(number, width=48, height=36):
    """A small picture that no other number has."""
    rows = b"".join(b"\0" + bytes((number * 40 + x * 3 + y) % 256 for x in range(width * 3)) for y in range(height))
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks)


def write_case(folder, title, text, pictures):
    folder = folder / f"党建引领/{title}（青禾大学）"
    folder.mkdir(parents=True)
    (folder / "正文.txt").write_text(text, encoding="utf-8")
    for number in pictures:
        (folder / f"{number:02} 图片.png").write_bytes(png(number))


class Ground:
    """The place where it happens; in memory, because a run writes little and syncs much."""

    def __init__(self, build):
        self.build = Path(build).resolve()
        self.holder = tempfile.TemporaryDirectory(prefix="fengcai-faults-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
        self.top = Path(self.holder.name)
        self.shared = self.top / "shared"
        self.input, self.state, self.out = self.top / "input", self.top / "work/state", self.top / "work/out"
        self.has_doctor = "doctor" in subprocess.run([self.build / "fengcai", "--help"], capture_output=True, text=True).stdout
        write_case(self.input / "first", "番茄", "劳动周，同学们种下了番茄。", [1, 2])
        write_case(self.input / "first", "菜地", "楼顶的菜地有了新主人。", [3])
        write_case(self.input / "next", "番茄", "番茄红了，大家一起摘。", [1, 4])  # changed
        write_case(self.input / "next", "菜地", "楼顶的菜地有了新主人。", [3])  # as it was
        write_case(self.input / "next", "读书会", "一间自习室，一支读书会。", [5])  # new
        self.site = Site(self.top / "site")
        self.make_bundles()
        self.make_states()

    def make_bundles(self):
        """A signed feed on the site, and what it becomes: a bundle, which is put in its place when the states are made."""
        self.fresh(None)
        self.must(["keygen", "--no-password", self.top / "publisher"])
        key = (self.top / "publisher.pub").read_text().split("\n")[1]
        self.config = self.top / "fengcai.conf"
        self.config.write_text(f"[source main]\nurl = {self.site.url}/feed/feed.json\nkey = {key}\n", encoding="utf-8")
        for name, day in (("first", "2026-08-01"), ("next", "2026-08-02")):
            if name == "next":
                shutil.copytree(self.top / "site/feed", self.input / "bundle")
            out = self.top / "site/feed" if name == "first" else self.input / "bundle"
            self.must(["pack", self.input / name, out, "--key", self.top / "publisher.key", "--published", day])

    def publish(self):
        shutil.rmtree(self.top / "site/feed")
        shutil.copytree(self.input / "bundle", self.top / "site/feed")

    def make_states(self):
        """shown: two cases, idle. broken: an import that was killed, with all it leaves. asked: work handed over. stepped: a
        second import. fed: the same two cases, of a source. bare: nothing yet."""
        (self.top / "bare").mkdir()
        for name in ("shown", "broken", "asked", "stepped", "fed"):
            self.fresh(None)
            if name == "fed":
                self.must(["sync", "--once", "--no-wait"], source=True)
            else:
                self.must(["import", self.input / "first"])
            if name == "broken":
                # a row of the coming generation and its media are there, and the batch is written
                run = self.run(["import", self.input / "next"], kinds=["fsync"], nth=0)
                self.fresh(None)
                self.must(["import", self.input / "first"])
                self.run(["import", self.input / "next"], kinds=["fsync"], nth=run.chosen - 4, mode="kill")
                (self.state / "staging/parcel-left").mkdir()
                (self.state / "staging/parcel-left/x.part").write_bytes(b"x" * 1000)
            elif name == "asked":
                request = {"id": "0000", "kind": "import", "words": [str(self.input / "next")]}
                (self.state / "requests/0000.json").write_text(json.dumps(request))
            elif name == "stepped":
                self.must(["import", self.input / "next"])
            shutil.copytree(self.state, self.top / name)
        self.publish()

    def fresh(self, begin):
        shutil.rmtree(self.top / "work", ignore_errors=True)
        if begin:
            shutil.copytree(self.top / begin, self.state)
        else:
            self.state.mkdir(parents=True)

    def run(self, words, kinds=(), nth=0, mode="once", error=5, haste=False, source=False):
        self.shared.write_bytes(bytes(SHARED.size))
        env = {"PATH": "/usr/bin:/bin", "HOME": str(self.top), "LANG": "C.UTF-8", "TZ": "Asia/Shanghai",
               "LD_PRELOAD": str(self.build / "tests/libshim.so"), "FENGCAI_SHIM": str(self.shared),
               "FENGCAI_SHIM_PROGRAM": "fengcai", "FENGCAI_SHIM_CLASS": ",".join(kinds), "FENGCAI_SHIM_NTH": str(nth),
               "FENGCAI_SHIM_MODE": mode, "FENGCAI_SHIM_ERRNO": str(error)}
        if haste:
            env["FENGCAI_SHIM_HASTE"] = "1"
        if source:
            words = ["--config", self.config, *words]
        words = [str(w).format(input=self.input, out=self.out) for w in words]
        try:
            done = self.execute(words, env)
        except subprocess.TimeoutExpired:
            raise Finding(f"hangs: {' '.join(words)}") from None
        values = SHARED.unpack(self.shared.read_bytes())
        return Run(done.returncode, done.stdout.decode("utf-8", "replace"), dict(zip(KINDS, values)), values[8], values[9],
                   values[11], *(v.split(b"\0")[0].decode("utf-8", "replace") for v in values[12:]))

    def execute(self, words, env):
        return subprocess.run([self.build / "fengcai", "--state", self.state, *words], env=env, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=SECONDS)

    def operate(self, operation, **fault):
        return self.run(operation.words, haste=operation.haste, source=operation.source, **fault)

    def must(self, words, haste=False, source=False):
        run = self.run(words, haste=haste, source=source)
        if run.code != 0:
            raise Finding(f"without any fault: {words}: exit {run.code}: {run.said}")
        return run

    def library(self):
        """What is shown, as text that can be compared."""
        return self.must(["list", "--json"]).said.replace(str(self.state), "")

    def ends(self, operation):
        """The library before and after the operation, undisturbed."""
        self.fresh(operation.begin)
        old = self.library()
        counted = self.operate(operation, kinds=DISK)
        if counted.code != 0:
            raise Finding(f"{operation.name}: without any fault: exit {counted.code}: {counted.said}")
        return old, self.library(), counted

    def clean_start(self):
        self.must(["keep"], haste=True)
        left = os.listdir(self.state / "staging")
        if left:
            raise Finding(f"staging is not empty after a clean start: {left}")

    def check(self, allowed, partly=False):
        """After a clean start: one of the allowed libraries, and whole. Gives it. partly: some cases were refused, by
        name, and are as they were."""
        library = self.library()
        known = [case for text in allowed for case in json.loads(text)]
        if library not in allowed and not (partly and all(case in known for case in json.loads(library))):
            raise Finding(f"neither the old nor the new library: {[(c['id'], len(c['assets'])) for c in json.loads(library)]}")
        self.check_media()
        self.check_ledger()
        for name in ("library.db", "library.backup.db", "ledger.db", "station.db"):
            path = self.state / name
            if path.exists():
                with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
                    verdict = db.execute("PRAGMA integrity_check").fetchone()[0]
                db.close()
                if verdict != "ok":
                    raise Finding(f"{name}: {verdict}")
        if self.has_doctor:
            self.must(["doctor"])
        return library

    def check_media(self):
        with sqlite3.connect(f"file:{self.state}/library.db?mode=ro", uri=True) as db:
            known = {row[0].hex(): row[1] for row in db.execute("SELECT hash, bytes FROM rendition")}
            begun = db.execute("SELECT current FROM pointer").fetchone()[0]
        db.close()
        found = {path.stem: path for path in (self.state / "media").glob("*/*")}
        for name, size in known.items():
            if name not in found:
                raise Finding(f"a rendition has no file: {name}")
            data = found[name].read_bytes()
            if len(data) != size or hashlib.sha256(data).hexdigest() != name:
                raise Finding(f"a rendition's file is not what it should be: {found[name]}")
        if begun and set(found) - set(known):  # an empty library may stand for a lost one
            raise Finding(f"the sweep left files: {sorted(set(found) - set(known))}")

    def check_ledger(self):
        """The chain as src/library/ledger.c describes it."""
        path = self.state / "ledger.db"
        if not path.exists():
            return
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
            receipts = db.execute("SELECT row, at_ms, kind, source, outcome, json, request, previous, hash FROM receipt "
                                  "ORDER BY row").fetchall()
        db.close()
        last = bytes(32)
        for *texts, previous, digest in receipts:
            state = hashlib.sha256()
            for text in ["fengcai-receipt-1", *texts]:
                state.update(b"\0" if text is None else str(text).encode() + b"\0")
            state.update(last)
            if previous != last or digest != state.digest():
                raise Finding(f"the ledger's chain is broken at {texts[0]}")
            last = digest


class Finding(Exception):
    """Something that must hold does not."""


def out_of_memory(run):
    return run.code == -signal.SIGABRT and re.search("out of memory|bad_alloc", run.said)


def check_end(operation, run, may_crash=False):
    """How it ended: by no signal, with words when it failed, and quiet on the disk after a failed fsync."""
    if may_crash and run.code == -signal.SIGSEGV:
        return
    if run.code < 0 and not out_of_memory(run):
        raise Finding(f"ended by {signal.Signals(-run.code).name}: {run.said[-400:]}")
    if run.code != 0 and not re.search(r"\S: .*\S", run.said) and not out_of_memory(run):
        raise Finding(f"exit {run.code} without a word that names a thing: {run.said!r}")
    if run.late:
        raise Finding(f"written after a failed fsync ({run.what}): {run.late} times, first {run.late_what}")
