#!/usr/bin/env python3
"""A whole feed into an empty screen: time and memory of the sync, of polls after it, of start, list and retention.

usage: full_sync.py BUILD [--cases 1000,10000] [--folder DIR]

Four pictures a case, each another, small; nginx on loopback. Wall time, CPU time of the process and all that it started, the
most memory that it had itself, and the most that a helper had (looked at every 0.1 s). Retention is an import that has to make
room, on a file system of its own in memory (as root), with nine cases in ten shown by no generation any more. The last column
is how much more CPU time it takes for how many more cases: 1.0 is linear, more is worse. --folder: where state and feed lie
(/var/tmp), on the disk that is synced."""
import argparse, hashlib, json, os, socket, struct, subprocess, tempfile, threading, time, uuid, zlib
from pathlib import Path
from nginx_site import NginxSite

EACH = 4  # pictures of a case
PAGE = 100
UNITS = ["party", "education", "safety", "service"]
PUBLISHED = "2026-11-%02dT08:00:00+08:00"


def png(number, width=24, height=18):
    """Another one for every number."""
    seed = hashlib.sha256(b"%d" % number).digest()
    rows = b"".join(b"\0" + bytes((seed[(x // 3 + y) % 32] + x + y) % 256 for x in range(width * 3)) for y in range(height))
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks)


class Feed:
    """Written as fengcai-bundle(5) says, signed by minisign."""

    def __init__(self, build, top, cases):
        self.folder, self.key = top / "site/feed", top / "publisher"
        (self.folder / "media").mkdir(parents=True)
        subprocess.run([build / "fengcai", "keygen", "--no-password", self.key], check=True, stdout=subprocess.DEVNULL)
        self.id, self.serial = str(uuid.uuid4()), 0
        self.items = [self.item(i) for i in range(cases)]

    def media(self, number):
        data = png(number)
        digest = hashlib.sha256(data).hexdigest()
        (self.folder / f"media/{digest}.png").write_bytes(data)
        return {"url": f"media/{digest}.png", "mime_type": "image/png", "title": f"图{number}", "size_in_bytes": len(data),
                "_fengcai": {"sha256": digest}}

    def item(self, i):
        return {"id": f"案例{i:05}", "title": f"案例{i:05}", "summary": "楼里的一件事。", "content_text": "大家一起做的一件事。\n" * 30,
                "attachments": [self.media(i * EACH + k) for k in range(EACH)],
                "_fengcai": {"kind": "case", "unit": UNITS[i % 4], "school": f"第{i % 300}大学"}}

    def document(self, items, **more):
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "全部案例", "items": items,
                           "_fengcai": {"format": 1, "feed": self.id, **more}}, ensure_ascii=False).encode()

    def publish(self):
        self.serial += 1
        pages = []
        for at in range(PAGE, len(self.items), PAGE):
            data = self.document(self.items[at : at + PAGE])
            digest = hashlib.sha256(data).hexdigest()
            (self.folder / f"page-{digest}.json").write_bytes(data)
            pages.append({"sha256": digest, "size": len(data)})
        head = self.folder / "feed.json"
        head.write_bytes(self.document(self.items[:PAGE], serial=self.serial, published=PUBLISHED % self.serial, pages=pages))
        subprocess.run(["minisign", "-S", "-s", f"{self.key}.key", "-m", head], check=True, capture_output=True, input=b"")


def descendants(pid):
    """Of /proc, itself too."""
    found = [pid]
    for at in found:
        try:
            for task in os.listdir(f"/proc/{at}/task"):
                found += [int(p) for p in Path(f"/proc/{at}/task/{task}/children").read_text().split()]
        except OSError:
            pass
    return found


class Helpers(threading.Thread):
    """The most memory of a process that another one has started, in MB."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.most, self.over = pid, 0, False
        self.start()

    def run(self):
        while not self.over:
            for pid in descendants(self.pid)[1:]:
                try:
                    status = Path(f"/proc/{pid}/status").read_text()
                    self.most = max(self.most, int(status.split("VmHWM:")[1].split()[0]) / 1024)
                except (OSError, IndexError):
                    pass
            time.sleep(0.1)


class Runner:
    """A process of its own that runs commands: what the kernel tells of a child's memory begins with its parent's, and the one
    that makes feeds is large."""

    def __init__(self):
        mine, other = socket.socketpair()
        if os.fork() == 0:
            mine.close()
            with other.makefile("rw") as lines:
                for line in lines:
                    print(json.dumps(self.measure(**json.loads(line))), file=lines, flush=True)
            os._exit(0)
        other.close()
        self.lines = mine.makefile("rw")

    @staticmethod
    def measure(words, env, said):
        started = time.monotonic()
        with open(said, "w") as out:
            process = subprocess.Popen(words, env=env, stdout=out)
        helpers = Helpers(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        helpers.over = True
        return (time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, helpers.most,
                process.returncode)

    def run(self, words, env, said):
        print(json.dumps({"words": [str(w) for w in words], "env": env, "said": str(said)}), file=self.lines, flush=True)
        *measured, code = json.loads(self.lines.readline())
        assert code == 0, f"{words}: {code}: {said.read_text()[-500:]}"
        return measured


class Screen:
    def __init__(self, runner, build, top, feed, url):
        self.runner, self.said = runner, top / "said"
        self.build, self.state, self.top = build, top / "state", top
        self.config = top / "fengcai.conf"
        key = Path(f"{feed.key}.pub").read_text().split("\n")[1]
        self.config.write_text(f"[source site]\nurl = {url}/feed/feed.json\nkey = {key}\n")

    def run(self, *words, state=None, idle=False):
        """(wall s, CPU s, MB, MB of a helper); what it said is in self.said. idle: until it would sleep, by the shim of the
        faults."""
        env = dict(os.environ)
        if idle:
            (self.top / "shared").write_bytes(bytes(4096))
            env.update(LD_PRELOAD=str(self.build / "tests/libshim.so"), FENGCAI_SHIM=str(self.top / "shared"),
                       FENGCAI_SHIM_PROGRAM="fengcai", FENGCAI_SHIM_HASTE="1")
        config = [] if idle else ["--config", self.config]
        return self.runner.run([self.build / "fengcai", "--state", state or self.state, *config, *words], env, self.said)


def retention(screen):
    """An import into a share that is full of what no generation shows any more."""
    room = screen.top / "room"
    room.mkdir()
    used = int(subprocess.run(["du", "-sk", screen.state], capture_output=True, text=True).stdout.split()[0])
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={used * 10 // 8 + 16384}k", "tmpfs", room], capture_output=True).returncode:
        return None
    try:
        subprocess.run(["cp", "-a", screen.state, room / "state"], check=True)
        disk = os.statvfs(room)
        stored = sum(p.stat().st_size for p in [*(room / "state/media").glob("*/*"), *(room / "state").glob("*.db")])
        config = screen.config.read_text()
        case = screen.top / "one/党建引领/新来的（青禾大学）"
        case.mkdir(parents=True)
        (case / "正文.txt").write_text("刚刚到。", encoding="utf-8")
        (case / "1.png").write_bytes(png(10**9))
        screen.config.write_text(config + f"[storage]\nquota = {max(5, stored * 70 // (disk.f_blocks * disk.f_frsize))}\n")
        before = len(list((room / "state/media").glob("*/*")))
        measured = screen.run("import", screen.top / "one", state=room / "state")
        gone = before - len(list((room / "state/media").glob("*/*")))
        assert gone > before // 4, f"nothing was removed: {gone} of {before} files: {screen.said.read_text()}"
        screen.config.write_text(config)
        return measured
    finally:
        subprocess.run(["umount", room], check=True)


def measure(runner, build, folder, cases):
    rows = {}
    with tempfile.TemporaryDirectory(prefix=f"fengcai-full-{cases}-", dir=folder) as top:
        top = Path(top)
        feed = Feed(build, top, cases)
        feed.publish()
        site = NginxSite(top)
        try:
            screen = Screen(runner, build, top, feed, site.url)
            sync = ("sync", "--once", "--no-wait", "--json")
            rows["full sync"] = screen.run(*sync)
            rows["list"] = screen.run("list")
            assert screen.said.read_text().count("\n") == cases, screen.said.read_text()[-300:]
            rows["list --json"] = screen.run("list", "--json")
            rows["keeper, start to idle"] = screen.run("keep", idle=True)
            rows["poll, unchanged"] = screen.run(*sync)
            feed.items[0] = dict(feed.items[0], content_text="改过了。")
            feed.publish()
            rows["poll, one changed"] = screen.run(*sync)
            for items in (feed.items[: cases // 10], feed.items[: cases // 10 - 1]):
                feed.items = items
                feed.publish()
                measured = screen.run(*sync)
                rows.setdefault("poll, nine in ten gone", measured)
            rows["retention"] = retention(screen)
            rows["sweep at start"] = screen.run("keep", idle=True)
        finally:
            site.close()
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=lambda p: Path(p).resolve())
    parser.add_argument("--cases", default="1000,10000")
    parser.add_argument("--folder", default="/var/tmp")
    options = parser.parse_args()
    sizes = [int(n) for n in options.cases.split(",")]
    tables, runner = [], Runner()
    for n in sizes:
        tables.append(measure(runner, options.build, options.folder, n))
        print(f"{n} cases, {n * EACH} pictures")
        for name, row in tables[-1].items():
            if not row:
                print(f"  {name:24} SKIP: needs a tmpfs, as root")
                continue
            wall, cpu, own, helper = row
            first = tables[0][name]
            growth = f"{cpu / max(first[1], 1e-3) / (n / sizes[0]):6.2f}" if first and len(tables) > 1 else ""
            print(f"  {name:24} {wall:9.2f} s {cpu:9.2f} s CPU {own:7.1f} MB {helper:7.1f} MB {growth}", flush=True)


main()
