#!/usr/bin/env python3
"""Fades while cases come in: distinct frames a second, and gaps, before, during and after a sync of 500 cases.

usage: fades.py BUILD [--cases 500] [--pictures 2] [--quiet-seconds 60] [--folder DIR]

The real display and keeper on a virtual screen of 1920x1080, slides of 3 s with fades of 1 s; a feed of so many cases with so
many photographs each, each another, from nginx on loopback, which the keeper takes in. A fade is a burst of changes between
rests of half a second, in a row of pixels within the photograph; changes closer than 1.5 ms are one frame caught halfway.
"pause" is the longest time between two looks, at real-time priority: the machine itself stood. --folder keeps the feed for
the next time."""
import argparse, json, os, shutil, subprocess, sys, tempfile, time
from pathlib import Path
from nginx_site import NginxSite

SOURCE = Path(__file__).resolve().parent.parent.parent
ROW = ("900", "250", "64")  # x, y, width: sky, on every cover
SHOWN = 12                  # cases that are there from the start


class Bench:
    def __init__(self, options, top):
        self.build, self.options, self.top = options.build.resolve(), options, top
        self.feed = top / "site/feed"
        self.keys = top / "publisher"

    def fengcai(self, *words):
        return subprocess.run([self.build / "fengcai", *map(str, words)], check=True, stdout=subprocess.PIPE, text=True).stdout

    # ---- the publisher
    def write(self, folder, name, first, pictures):
        case = folder / "党建引领" / f"{name}（青禾大学）"
        case.mkdir(parents=True)
        (case / "正文.txt").write_text("楼里的一件事。" * 40, encoding="utf-8")
        subprocess.run([self.build / "tests/make_photo", "2560", "1440", case, str(first), str(pictures)], check=True)

    def publish(self):
        if (self.feed / "feed.json").exists():
            return
        each, cases = self.options.pictures, self.top / "cases"
        for i in range(self.options.cases):
            self.write(cases, f"案例{i:04}", 1000 + i * each, each)
        self.fengcai("keygen", "--no-password", self.keys)
        self.fengcai("pack", cases, self.feed, "--key", f"{self.keys}.key")
        shutil.rmtree(cases)

    # ---- the screen
    def prepare_screen(self):
        self.state, self.config = self.top / "state", self.top / "fengcai.conf"
        shutil.rmtree(self.state, ignore_errors=True)
        shutil.rmtree(self.top / "own", ignore_errors=True)
        for i in range(SHOWN):
            self.write(self.top / "own", f"原有{i:02}", i, 1)
        self.global_words = ["--state", self.state, "--config", self.config]
        look = "[loop]\nframe = off\nslides = cover\nminimum_seconds = 3\nmaximum_seconds = 3\n[display]\nmotion = none\n"
        self.config.write_text(look)
        self.fengcai(*self.global_words, "import", self.top / "own")
        key = Path(f"{self.keys}.pub").read_text().split("\n")[1]
        self.config.write_text(look + f"[source site]\nurl = {self.site.url}/feed/feed.json\nkey = {key}\n")

    def cases(self):
        return len(json.loads(self.fengcai(*self.global_words, "list", "--json")))

    def watch(self, seconds):
        return subprocess.Popen([self.build / "tests/changes", os.environ["XVFB_PIXELS"], str(seconds), *ROW],
                                stdout=subprocess.PIPE, text=True)

    def measure(self, name, seconds):
        self.tell(name, fades_of(self.watch(seconds).communicate()[0]))

    def tell(self, name, seen):
        fades, pause = seen
        assert self.screen.poll() is None, f"the display ended: {self.screen.returncode}"
        gaps = sorted((b - a) / 1000 for f in fades for a, b in zip(f, f[1:]))
        rates = sorted((len(f) - 1) / (f[-1] - f[0]) * 1e6 for f in fades)
        late = sum(g >= 25 for g in gaps)
        print(f"{name:12} {len(fades):5} {rates[len(rates) // 2]:9.1f} ({rates[0]:.1f}-{rates[-1]:.1f}) {100 - late * 100 / len(gaps):8.2f} % of {len(gaps):5} "
              f"{gaps[len(gaps) // 2]:9.1f} {gaps[int(len(gaps) * .99)]:7.1f} {gaps[-1]:7.1f} {pause / 1000:9.1f} "
              f"{os.getloadavg()[0]:6.1f}", flush=True)

    def run(self):
        self.publish()
        self.site = NginxSite(self.top)
        screen = keeper = None
        try:
            self.prepare_screen()
            screen = self.screen = subprocess.Popen([self.build / "fengcai", *self.global_words, "display"], stderr=(self.top / "display.log").open("w"))
            time.sleep(8)
            print(f"{'':12} {'fades':>5} {'frames a second (least-most)':>24} {'gaps < 25 ms':>19} {'median':>9} {'p99':>7} {'most':>7} "
                  f"{'pause':>9} {'load':>6}")
            self.measure("before", self.options.quiet_seconds)
            keeper = subprocess.Popen([self.build / "fengcai", *self.global_words, "keep"], stderr=(self.top / "keeper.log").open("w"))
            while not json.loads(self.fengcai(*self.global_words, "status", "--json"))["keeper"]:
                time.sleep(0.1)
            started = time.monotonic()
            sync = subprocess.Popen([self.build / "fengcai", *self.global_words, "sync", "--once", "--no-wait"],
                                    stdout=subprocess.DEVNULL)  # handed to the keeper
            fades, pause = [], 0
            while sync.poll() is None:
                more, longest = fades_of(self.watch(20).communicate()[0])
                fades, pause = fades + more, max(pause, longest)
            seconds = time.monotonic() - started
            self.tell("during", (fades, pause))
            self.measure("after", self.options.quiet_seconds)
            print(f"{self.cases() - SHOWN} cases with {self.options.pictures} photographs each came in within {seconds:.0f} s "
                  f"(looked at in pieces of 20 s)")
        finally:
            self.site.close()
            for process in (keeper, screen):
                if process:
                    process.terminate()
                    process.wait()


def fades_of(said):
    """(fades: lists of the microseconds of their frames, longest pause of the looking itself)."""
    lines = said.splitlines()
    times, fades, pause = [int(t) for t in lines[:-1]], [], int(lines[-1].split()[1])
    first, frames = times[0], []
    for t in times[1:]:
        if not frames or t - frames[-1] > 1500:
            frames.append(t)
    for t in frames:
        if fades and t - fades[-1][-1] < 500000:
            fades[-1].append(t)
        else:
            fades.append([t])
    # one that ran already when the looking began, or still when it ended, does not count
    return [f for f in fades if len(f) > 5 and f[0] - first > 300000 and f is not fades[-1]], pause


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--pictures", type=int, default=2)
    parser.add_argument("--quiet-seconds", type=int, default=60)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if "XVFB_PIXELS" not in os.environ:
        os.execvp("sh", ["sh", SOURCE / "tests/xvfb.sh", sys.executable, *sys.argv])
    top = options.folder or Path(tempfile.mkdtemp(prefix="fengcai-fades-"))
    top.mkdir(exist_ok=True)
    try:
        Bench(options, top.resolve()).run()
    finally:
        if not options.folder:
            shutil.rmtree(top)


if __name__ == "__main__":
    main()
