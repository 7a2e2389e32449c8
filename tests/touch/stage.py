"""The real program on a virtual screen, and somebody who touches it.

Run below tests/xvfb.sh. Fingers are xdotool's mouse; where a target lies says build/tests/page,
which makes the same page of the same library for the same screen.
"""
import atexit, json, os, re, shutil, sqlite3, struct, subprocess, tempfile, time
from dataclasses import dataclass
from math import hypot
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent.parent
INCHES = 24
PATIENCE = 30  # seconds; a loaded machine, a build with the sanitizers
FRAME = 0.016
SILENT = {"PULSE_SERVER": "unix:/nonexistent", "ALSA_CONFIG_PATH": "/dev/null"}  # no loudspeaker is found


def skip_without_screen():
    """77: what it needs is not installed."""
    if not shutil.which("xdotool") or not os.environ.get("DISPLAY"):
        print("SKIP: no xdotool, or no screen (run by tests/xvfb.sh)")
        raise SystemExit(77)


@dataclass(frozen=True)
class Target:
    x: int
    y: int
    width: int
    height: int
    scrolled: bool
    small: bool
    kind: str
    place: str
    text: str

    @property
    def middle(self):
        return self.x + self.width // 2, self.y + self.height // 2

    @property
    def foot(self):
        return self.y + self.height


class Stage:
    def __init__(self, build, rotate=0, config="", library=None, only="", loop="minimum_seconds = 60\nmaximum_seconds = 60"):
        self.build, self.rotate = Path(build).resolve(), rotate
        self.panel = tuple(int(n) for n in os.environ["SCREEN"].split("x")[:2])
        width, height = self.panel
        self.size = (height, width) if rotate in (90, 270) else (width, height)
        self.folder = Path(tempfile.mkdtemp(prefix="fengcai-touch-"))
        self.state, self.conf, self.log = self.folder / "state", self.folder / "conf", self.folder / "log"
        self.finger = self.finger_on(self.panel)
        self.process = self.keeper = None
        self.program = [self.build / "fengcai"]
        self.conf.write_text(f"[loop]\nframe = off\n{loop}\n[touch]\ninches = {INCHES}\n{config}\n"
                             f"[display]\nrotate = {rotate}\n", encoding="utf-8")
        self.fill(library or [], only)

    @staticmethod
    def finger_on(panel):
        return int(hypot(*panel) / INCHES * 12 / 25.4 + 0.5)

    made = {}  # states by what is in them; the files of media never change

    def fill(self, library, only):
        """The sample library, the case of it whose folder begins so, a folder of others, or that of make_library's
        arguments."""
        key = (only, *(str(word) for word in library))
        if key not in Stage.made:
            folder = tempfile.mkdtemp(prefix="fengcai-touch-")
            atexit.register(shutil.rmtree, folder, True)
            Stage.made[key] = Path(folder) / "state"
            command = [self.build / "tests/make_library", Stage.made[key], *library]
            if not library:
                command = [self.build / "fengcai", "--state", Stage.made[key], "import", self.sample(folder, only)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        shutil.copytree(Stage.made[key], self.state, copy_function=lambda a, b: os.link(a, b) if a.endswith(".jpg") else shutil.copy2(a, b))

    def sample(self, folder, only):
        if isinstance(only, Path):
            return only
        if not only:
            return SOURCE / "assets/sample"
        [case] = (SOURCE / "assets/sample").glob(f"*/{only}*")
        shutil.copytree(case, Path(folder) / "only" / case.parent.name / case.name)
        return Path(folder) / "only"

    def run(self, *arguments):
        """What the program prints."""
        command = [self.build / "fengcai", "--state", self.state, "--config", self.conf, *arguments]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE).stdout.decode()

    # ---- life

    def start(self, *options):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [*self.program, "--state", self.state, "--config", self.conf, "--verbose", "display", "--test", *options],
                stdout=log, stderr=log, env=os.environ | SILENT)
        self.wait(mode="loop")
        time.sleep(0.5)  # the next slide is being made
        return self

    def keep(self):
        """The keeper, too; it has the library before anybody else asks for it."""
        with open(self.log, "ab") as log:
            self.keeper = subprocess.Popen(
                [self.build / "fengcai", "--state", self.state, "--config", self.conf, "keep"], stdout=log, stderr=log)
        self.wait_for(lambda: (self.state / "run/keeper.json").exists())
        return self

    def stop(self):
        """Its exit status."""
        if not self.process:
            return None
        self.process.terminate()
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = "it did not stop"
        self.process = None
        return code

    def finish(self):
        code = self.stop()
        if self.keeper:
            self.keeper.terminate()
            self.keeper.wait(PATIENCE)
        log = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        shutil.rmtree(self.folder, ignore_errors=True)
        assert code in (0, None), f"ended with {code}:\n{log}"
        assert "runtime error" not in log and "AddressSanitizer" not in log, log

    # ---- what it says

    def display(self):
        return json.loads(self.run("status", "--json"))["display"] or {}

    def wait(self, seconds=PATIENCE, **expected):
        """Until the live state says so; gives it."""
        end = time.monotonic() + seconds
        while True:
            if self.process and self.process.poll() is not None:
                raise AssertionError(f"it ended: {self.log.read_text(encoding='utf-8', errors='replace')}")
            seen = self.display()
            if all(test(seen.get(key)) if callable(test) else seen.get(key) == test for key, test in expected.items()):
                return seen
            if time.monotonic() > end:
                raise AssertionError(f"expected {expected}, got {seen}")
            time.sleep(0.05)

    def wait_for(self, test, seconds=PATIENCE):
        end = time.monotonic() + seconds
        while not test():
            assert time.monotonic() < end, f"waited in vain: {self.display()}"
            time.sleep(0.1)

    def rest(self):
        """Until it does not scroll any more; gives the live state."""
        seen = None
        while seen != (seen := self.display()):
            time.sleep(0.4)
        return seen

    def never(self, seconds, **unexpected):
        """So long the live state must not say so."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            seen = self.display()
            assert not all(seen.get(key) == value for key, value in unexpected.items()), f"{unexpected}: {seen}"
            time.sleep(0.1)

    def pager(self):
        """The tool under the program's name, so that it believes what the keeper says of itself."""
        tool = self.folder / "tool/fengcai"
        if not tool.exists():
            tool.parent.mkdir()
            shutil.copy2(self.build / "tests/page", tool)
        return tool

    def asked(self, kind):
        """The last request of that kind: its uid and its arguments; None: there is none."""
        with sqlite3.connect(f"file:{self.state}/station.db?mode=ro", uri=True) as station:
            row = station.execute("SELECT uid, arguments FROM requests WHERE kind = ? ORDER BY rowid DESC", (kind,)).fetchone()
        return (row[0], json.loads(row[1])) if row else None

    def answer(self, kind):
        """Waits for a request of that kind and for its answer; gives its uid, its arguments and the first line of the
        answer."""
        end = time.monotonic() + PATIENCE
        while not (asked := self.asked(kind)):
            assert time.monotonic() < end, f"nobody asks for {kind}"
            time.sleep(0.05)
        said = subprocess.run([self.build / "tests/desk", self.state, "wait", asked[0], str(PATIENCE)], check=True,
                              stdout=subprocess.PIPE).stdout.decode()
        return *asked, said.split("\n")[0]

    def targets(self, **more):
        """What can be touched on the page that is seen now."""
        now = self.display()
        flags = [f"--{name}" for name in ("english", "reach", "contrast", "setup") if now.get(name)]
        flags += ["--of-desk"] if now.get("of_desk") else []
        text = now.get("case") or now.get("school") or now.get("query") or ""
        video = now.get("video") or {}
        flags += ["--silent"] if video.get("sound") is False else []
        options = {"text": text, "player": video.get("state"), "unit": now.get("unit"), "picture": now.get("picture"), "size": now.get("size"),
                   "typed": now.get("typed"), "scroll": now.get("scroll"), "finger": self.finger, **more}
        arguments = [f"--{name}={value}" for name, value in options.items() if value]
        width, height = self.size
        lines = subprocess.run(
            [self.pager(), *flags, *arguments, "--config", self.conf, "--targets", self.state,
             f"{width}x{height}", now["mode"], self.folder / "page.png"], check=True, stdout=subprocess.PIPE).stdout
        found = []
        view = re.match(r"view -?\d+,(-?\d+) \d+x(\d+)", lines.decode())
        self.view = int(view[1]), int(view[1]) + int(view[2])
        for line in lines.decode().split("\n"):
            match = re.match(r"(-?\d+),(-?\d+) (\d+)x(\d+) (SMALL )?(fixed|scrolled) (\S+) (\S+) ?(.*)", line)
            if match:
                x, y, w, h = (int(n) for n in match.groups()[:4])
                small, where, kind, place, text = match.groups()[4:]
                found.append(Target(x, y, w, h, where == "scrolled", bool(small), kind, place, text))
        return found

    def target(self, kind, place=None, text=None, **more):
        """The first of that kind that is in sight."""
        found = [t for t in self.targets(**more)
                 if t.kind == kind and place in (None, t.place) and text in (None, t.text)]
        seen = [t for t in found if not t.scrolled or self.view[0] < t.middle[1] < self.view[1]]
        if not seen:
            raise AssertionError(f"no target {kind} {place} {text} in sight of {self.display()}: {found}")
        return seen[0]

    # ---- what somebody does

    def on_panel(self, x, y):
        width, height = self.panel
        return {0: (x, y), 90: (width - 1 - y, x), 180: (width - 1 - x, height - 1 - y), 270: (y, height - 1 - x)}[self.rotate]

    def mouse(self, *words):
        subprocess.run(["xdotool", *(str(word) for word in words)], check=True)

    def tap_at(self, x, y):
        self.mouse("mousemove", *self.on_panel(x, y), "mousedown", 1, "sleep", 0.06, "mouseup", 1)

    def tap(self, kind, place=None, text=None, **more):
        self.tap_at(*self.target(kind, place, text, **more).middle)

    def drag(self, begin, end, steps=12, rest=0):
        words = ["mousemove", *self.on_panel(*begin), "mousedown", 1, "sleep", FRAME]
        for i in range(1, steps + 1):
            at = [round(a + (b - a) * i / steps) for a, b in zip(begin, end)]
            words += ["mousemove", *self.on_panel(*at), "sleep", FRAME]
        self.mouse(*words, "sleep", rest, "mouseup", 1)

    def colour(self, x, y):
        """What is seen there: red, green, blue."""
        x, y = self.on_panel(x, y)
        data = Path(os.environ["XVFB_PIXELS"]).read_bytes()
        header = struct.unpack(">25I", data[:100])  # XWD: its size, …, bits a pixel, bytes a row, …, colours
        at = header[0] + header[19] * 12 + y * header[12] + x * header[11] // 8
        blue, green, red = data[at:at + 3]
        return red, green, blue

    def key(self, *names):
        self.mouse("key", *names)

    def type(self, text):
        self.mouse("type", "--delay", 30, text)
