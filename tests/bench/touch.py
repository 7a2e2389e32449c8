#!/usr/bin/env python3
"""How soon a touch is seen, and how smoothly a list of ten thousand cases is flung; from outside.

usage: SCREEN=1920x1080x24 tests/xvfb.sh touch.py BUILD [--cases N] [--touches N] [--flings N]

Fingers are XTest's mouse; what is seen is read from the memory of the virtual screen, four thousand
times a second. The same is done with build/tests/bare_touch, a bare SDL program. Where others use the
machine, too, they are measured as well, but below `chrt -f 10 tests/xvfb.sh ...` (root). Not a part of
ctest.
"""
import argparse, ctypes, mmap, os, random, struct, subprocess, sys, time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "touch"))
from stage import SOURCE, Stage

LOOK = 0.00025     # seconds between two looks
SETTLED = 0.003    # a frame is copied to the screen within so long
LEFT, OTHER = 1, 3


class Screen:
    """The virtual screen's memory (XWDFile.h), and its mouse."""

    def __init__(self):
        file = open(os.environ["XVFB_PIXELS"], "rb")
        self.memory = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        words = struct.unpack(">25I", self.memory[:100])
        self.width, self.height, self.line = words[4], words[5], words[12]
        self.begin = words[0] + words[19] * 12
        x11, self.xtst = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        x11.XOpenDisplay.restype = ctypes.c_void_p
        self.display = ctypes.c_void_p(x11.XOpenDisplay(None))
        self.flush = lambda: x11.XFlush(self.display)

    def pixel(self, x, y):
        at = self.begin + y * self.line + x * 4
        return self.memory[at:at + 3]

    def rows(self, ys):
        """A signature of these rows."""
        return tuple(hash(self.memory[self.begin + y * self.line:self.begin + y * self.line + self.width * 4]) for y in ys)

    def move(self, x, y):
        self.xtst.XTestFakeMotionEvent(self.display, -1, x, y, 0)
        self.flush()

    def button(self, number, down):
        self.xtst.XTestFakeButtonEvent(self.display, number, down, 0)
        self.flush()

    def until_changed(self, x, y, seconds=2):
        """Seconds until another colour is there."""
        was, began = self.pixel(x, y), time.perf_counter()
        self.button(LEFT, True)
        while self.pixel(x, y) == was:
            if time.perf_counter() - began > seconds:
                return None
            time.sleep(LOOK)
        return time.perf_counter() - began

    def frames(self, seconds, ys):
        """When another frame was there, for so long."""
        seen, times, end = self.rows(ys), [], time.perf_counter() + seconds
        while (now := time.perf_counter()) < end:
            if (rows := self.rows(ys)) != seen:
                times.append(now)
                time.sleep(SETTLED)
                rows = self.rows(ys)
            seen = rows
            time.sleep(LOOK)
        return times


def quantile(values, share):
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def tell(name, seconds):
    found = [s * 1000 for s in seconds if s is not None]
    if len(found) < len(seconds):
        print(f"{name}: {len(seconds) - len(found)} of {len(seconds)} were not seen")
    print(f"{name}: p50 {quantile(found, 0.5):.1f} ms, p99 {quantile(found, 0.99):.1f} ms, most {max(found):.1f} ms ({len(found)})", flush=True)


def press(screen, x, y, out):
    """A finger comes down and slides off, which means nothing."""
    screen.move(x, y)
    time.sleep(0.03)
    taken = screen.until_changed(x, y)
    screen.move(*out)
    time.sleep(0.02)
    screen.button(LEFT, False)
    return taken


def wheel(screen, steps, down=True):
    for _ in range(steps):
        screen.button(5 if down else 4, True)
        screen.button(5 if down else 4, False)


def fling(screen, x, begin, end, seconds, ys, steps=6):
    """Gives the frames a second after the finger has gone, and the longest gap between two."""
    screen.move(x, begin)
    screen.button(LEFT, True)
    for i in range(1, steps + 1):
        time.sleep(0.012)
        screen.move(x, begin + (end - begin) * i // steps)
    screen.button(LEFT, False)
    times = screen.frames(seconds, ys)
    gaps = [b - a for a, b in zip(times, times[1:])]
    return len(times) / seconds, max(gaps, default=seconds), gaps


def bare(screen, build, options):
    process = subprocess.Popen([build / "tests/bare_touch"])
    time.sleep(1)
    tell("bare SDL, touch", [press(screen, 400, 400, (900, 900)) for _ in range(options.touches)])
    rates = []
    for _ in range(options.flings):
        screen.button(OTHER, True)
        screen.button(OTHER, False)
        time.sleep(0.2)
        rates.append(len(screen.frames(1.5, range(200, screen.height - 200, 90))) / 1.5)
        time.sleep(0.5)
    print(f"bare SDL, scrolling: {sum(rates) / len(rates):.1f} frames a second", flush=True)
    process.terminate()
    process.wait()


def cpu(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def touches(screen, stage, options):
    target = stage.target("go", "unit", "party")
    out = screen.width // 2, 20
    tell("home, touch", [press(screen, *target.middle, out) for _ in range(options.touches)])
    stage.tap("go", "unit", "party")
    stage.wait(mode="unit")
    stage.rest()
    x, y = stage.target("home").middle
    taken = []
    for i in range(options.touches):  # while the cards of other screens are made
        wheel(screen, 12, i % 20 < 10)
        time.sleep(random.uniform(0, 0.15))
        taken.append(press(screen, x, y, (x, y - 200)))
    tell("list, touch while pictures load", taken)


def flings(screen, stage, options):
    ys = range(screen.height // 3, screen.height * 3 // 4, screen.height // 12)
    stage.key("Escape")
    stage.wait(mode="home")
    stage.tap("go", "unit", "education")
    stage.wait(mode="unit")
    stage.rest()
    rates, gaps, began = [], [], cpu(stage.process.pid)
    for i in range(options.flings):
        way = (screen.height * 3 // 4, screen.height // 3)
        rate, _, found = fling(screen, screen.width // 2, *way, 1, ys)
        rates.append(rate)
        gaps += found
        time.sleep(2)
    stage.rest()
    used = cpu(stage.process.pid) - began
    print(f"list of {options.cases}, flung: {sum(rates) / len(rates):.1f} frames a second (least {min(rates):.1f}), "
          f"gaps p50 {quantile(gaps, 0.5) * 1000:.1f} ms, p99 {quantile(gaps, 0.99) * 1000:.1f} ms, most {max(gaps) * 1000:.0f} ms, "
          f"scrolled to {stage.display()['scroll']}, {used / options.flings:.2f} CPU seconds a fling", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=Path)
    parser.add_argument("--cases", type=int, default=10000)
    parser.add_argument("--touches", type=int, default=200)
    parser.add_argument("--flings", type=int, default=10)
    options = parser.parse_args()
    options.build = options.build.resolve()
    screen = Screen()
    bare(screen, options.build, options)
    pictures = sorted((SOURCE / "assets/sample").rglob("*.jpg"))[:8]
    stage = Stage(options.build, library=[str(options.cases), *pictures], config="idle_seconds = 3600")
    stage.start()
    stage.tap_at(screen.width // 2, screen.height // 3)
    stage.wait(mode="case")
    stage.tap("home")
    stage.wait(mode="home")
    stage.rest()
    touches(screen, stage, options)
    flings(screen, stage, options)
    stage.finish()


main()
