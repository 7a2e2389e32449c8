#!/usr/bin/env python3
"""Screens that come, go, move and change their size below the running display.

usage: tests/xorg.sh screens.py BUILD [NAME...]     (77: what it needs is not installed)
       KEEP=FOLDER: what was seen is left there, as PNGs
"""
import os, shutil, subprocess, sys, time, unittest
from pathlib import Path

os.environ.setdefault("SCREEN", "1280x720x24")
from stage import PATIENCE, Stage, skip_without_screen

BUILD = None
KEEP = os.environ.get("KEEP")
SIZES = (1280, 720), (1024, 768), (1920, 1080), (720, 1280)
PLUGGED = 50
GROWTH = 1.1  # of the memory over as many pluggings
LEFT, RIGHT = "DUMMY0", "DUMMY1"


def xrandr(*words):
    return subprocess.run(["xrandr", *(str(word) for word in words)], check=True, stdout=subprocess.PIPE).stdout.decode()


def prepare():
    """Modes of all sizes for three outputs, which the server knows to be connected."""
    for w, h in SIZES:
        xrandr("--newmode", f"{w}x{h}_", 60, w, w + 10, w + 20, w + 30, h, h + 1, h + 2, h + 3)
        for output in LEFT, RIGHT, "DUMMY2":
            xrandr("--addmode", output, f"{w}x{h}_")
    screens({LEFT: (1280, 720, 0, 0), RIGHT: (1280, 720, 1280, 0), "DUMMY2": (1280, 720, 2560, 0)})
    xrandr()


def screens(lit, primary=LEFT):
    """Lights those, each with (width, height, x, y), and no other."""
    words = []
    for output in LEFT, RIGHT, "DUMMY2":
        w, h, x, y = lit.get(output, (0, 0, 0, 0))
        words += ["--output", output] + (["--mode", f"{w}x{h}_", "--pos", f"{x}x{y}"] if w else ["--off"])
    xrandr(*words, "--output", primary, "--primary")


class ScreenStage(Stage):
    """Its window lies anywhere."""
    at = (0, 0)

    def window(self):
        """Its width, height, x and y."""
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "fengcai", "getwindowgeometry", "--shell"],
                               stdout=subprocess.PIPE).stdout.decode()
        is_ = dict(line.split("=") for line in found.split() if "=" in line)
        return tuple(int(is_.get(key, -1)) for key in ("WIDTH", "HEIGHT", "X", "Y"))

    def covers(self, width, height, x, y):
        """Waits until the window lies so; what is touched from now on lies there."""
        end = time.monotonic() + PATIENCE
        while self.window() != (width, height, x, y):
            assert self.process.poll() is None, f"it ended: {self.log.read_text(encoding='utf-8')}"
            assert time.monotonic() < end, f"{self.window()} and not {(width, height, x, y)}"
            time.sleep(0.05)
        self.panel, self.at = (width, height), (x, y)
        self.finger = self.finger_on(self.panel)
        self.size = (height, width) if self.rotate in (90, 270) else (width, height)

    def on_panel(self, x, y):
        panel = super().on_panel(x, y)
        return panel[0] + self.at[0], panel[1] + self.at[1]

    def grab(self):
        path = self.folder / "grab.png"
        subprocess.run([self.build / "tests/grab", *(str(n) for n in (*self.at, *self.panel)), path], check=True)
        return path

    def looks_like(self, expect, name):
        """Waits until its place on the X server's screen looks like one of the pictures that expect() gives."""
        end = time.monotonic() + PATIENCE
        while True:
            seen = self.grab()
            if any(subprocess.run([self.build / "tests/compare", seen, path], stdout=subprocess.DEVNULL).returncode == 0
                   for path in expect()):
                break
            if time.monotonic() > end:
                shutil.copy(seen, self.build / f"screens-{name}.png")
                raise AssertionError(f"{name}: the screen shows something else, see screens-{name}.png in the build")
            time.sleep(0.2)
        if KEEP:
            Path(KEEP).mkdir(exist_ok=True)
            shutil.copy(seen, Path(KEEP) / f"{name}.png")

    def shows_slide(self, name):
        """One of the loop's, made for this size."""
        folder = self.folder / f"slides-{self.panel[0]}x{self.panel[1]}"
        if not folder.exists():
            self.run("render", "--size", f"{self.size[0]}x{self.size[1]}", "--out", folder)
        slides = [self.turned(path) for path in sorted(folder.glob("*.png"))]
        self.looks_like(lambda: slides, name)

    def turned(self, path):
        """As it hangs on the panel."""
        if not self.rotate:
            return path
        out = path.with_suffix(f".{self.rotate}")
        if not out.exists():
            subprocess.run(["vips", "rot", path, f"{out}.png", f"d{self.rotate}"], check=True)
            out.symlink_to(f"{out}.png")
        return out

    def memory(self):
        text = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        return next(int(line.split()[1]) for line in text.split("\n") if line.startswith("Pss:"))


class Screens(unittest.TestCase):
    def stage(self, screen, **how):
        stage = ScreenStage(BUILD, config=f"[display]\nscreen = {screen}\n", loop="minimum_seconds = 600\nmaximum_seconds = 600\nslides = cover, story", **how)
        self.addCleanup(stage.finish)
        return stage

    def touched(self, stage, name):
        """From the slide to a page, a tile of it, and back."""
        case = stage.display()["case"]
        stage.tap_at(stage.size[0] // 2, stage.size[1] // 3)
        stage.wait(mode="case", case=case)
        stage.tap("home")
        stage.wait(mode="home")
        stage.rest()
        tile = stage.target("go", "unit", "safety")
        stage.looks_like(lambda: [stage.turned(stage.folder / "page.png")], f"{name}-home")
        stage.tap_at(*tile.middle)
        stage.wait(mode="unit", unit="safety")
        stage.tap("back")
        stage.wait(mode="home")
        stage.tap("back")
        stage.wait(mode="loop")
        for path in stage.folder.glob("page*"):
            path.unlink()

    def both(self, stage, name, *place):
        stage.covers(*place)
        stage.shows_slide(name)
        self.touched(stage, name)

    two = {LEFT: (1280, 720, 0, 0), RIGHT: (1024, 768, 1280, 0)}

    def story(self, screen, rotate=0):
        """Unplugged, plugged in, another mode, another place."""
        screens(self.two)
        stage = self.stage(screen, rotate=rotate).start()
        at = f"{screen}-{rotate}-"
        self.both(stage, at + "start", 1024, 768, 1280, 0)
        screens({LEFT: (1280, 720, 0, 0)})
        self.both(stage, at + "unplugged", 1280, 720, 0, 0)
        screens(self.two)
        self.both(stage, at + "plugged", 1024, 768, 1280, 0)
        screens({LEFT: (1280, 720, 0, 0), RIGHT: (1920, 1080, 1280, 0)})
        self.both(stage, at + "mode", 1920, 1080, 1280, 0)
        screens({LEFT: (1280, 720, 720, 0), RIGHT: (720, 1280, 0, 0)})
        self.both(stage, at + "swapped", 720, 1280, 0, 0)

    def test_by_number(self):
        self.story(1)

    def test_by_name_and_turned(self):
        self.story(RIGHT, rotate=90)

    def test_names_stay(self):
        """Its number is another one when a screen before it goes."""
        three = {**self.two, "DUMMY2": (1280, 720, 2304, 0)}
        screens(three)
        stage = self.stage("dummy1").start()
        stage.covers(1024, 768, 1280, 0)
        screens({RIGHT: (1024, 768, 0, 0), "DUMMY2": (1280, 720, 1024, 0)})
        stage.covers(1024, 768, 0, 0)
        screens({LEFT: (1280, 720, 0, 0), "DUMMY2": (1280, 720, 1280, 0)})
        stage.covers(1280, 720, 0, 0)
        screens(three)
        stage.covers(1024, 768, 1280, 0)
        stage.shows_slide("names")

    def test_missing_at_the_start(self):
        screens({LEFT: (1280, 720, 0, 0)})
        stage = self.stage("DUMMY1").start()
        stage.covers(1280, 720, 0, 0)
        screens(self.two)
        stage.covers(1024, 768, 1280, 0)
        self.assertIn("没有“DUMMY1”", stage.log.read_text(encoding="utf-8"))

    def test_all_gone(self):
        """Nothing moves, and it goes on on the one that comes back."""
        screens(self.two)
        stage = self.stage(1).start()
        stage.covers(1024, 768, 1280, 0)
        screens({})
        stage.wait_for(lambda: "没有亮着的屏幕" in stage.log.read_text(encoding="utf-8"))
        time.sleep(1)
        self.assertEqual(stage.window(), (1024, 768, 1280, 0))
        self.assertEqual(stage.display()["mode"], "loop")
        screens({LEFT: (1920, 1080, 0, 0)})
        self.both(stage, "gone-other", 1920, 1080, 0, 0)
        screens({})
        screens(self.two)
        self.both(stage, "gone-back", 1024, 768, 1280, 0)

    def test_plugged_many_times(self):
        screens(self.two)
        stage = self.stage(1).start()
        stage.covers(1024, 768, 1280, 0)

        def plug(times):
            for _ in range(times):
                screens({LEFT: (1280, 720, 0, 0)})
                screens(self.two)
            stage.covers(1024, 768, 1280, 0)
            stage.shows_slide("many")
            stage.rest()
            return stage.memory()

        plug(10)
        before, after = plug(PLUGGED), plug(PLUGGED)
        print(f"PSS: {before / 1024:.1f} MiB, after {PLUGGED} more pluggings {after / 1024:.1f} MiB", flush=True)
        self.assertLess(after, before * GROWTH)
        self.touched(stage, "many")

    def test_numbers_are_as_of_sdl(self):
        """And so where they were before the X server was asked for them."""
        for lit in (self.two, {RIGHT: (1024, 768, 0, 0)}, {LEFT: (1280, 720, 1024, 0), RIGHT: (1024, 768, 0, 0)},
                    {LEFT: (1280, 720, 0, 0), RIGHT: (1280, 720, 0, 0)},  # the same picture twice
                    {**self.two, "DUMMY2": (720, 1280, 2304, 0)}):
            for primary in LEFT, RIGHT, "DUMMY2":
                screens(lit, primary)
                done = subprocess.run([BUILD / "tests/screens"], stdout=subprocess.PIPE)
                self.assertEqual(done.returncode, 0, done.stdout.decode())
                self.assertEqual(done.stdout.count(b"fengcai"), len(lit))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    skip_without_screen()
    BUILD = Path(sys.argv.pop(1)).resolve()
    prepare()
    unittest.main(argv=[sys.argv[0], *(f"Screens.{name}" for name in sys.argv[1:])], verbosity=2)
