#!/usr/bin/env python3
"""Random fingers, mouse, keys, text and windows for a long time.

usage: SCREEN=1280x720x24 tests/xvfb.sh soak.py BUILD [--events N] [--speed X] [--seed N] [--only FOLDER] [--windowed] [--csv FILE]

One display, one trace of build/tests/trace. Fails when the display ends, when its window is not the
whole screen any more (with --windowed: is gone), when its memory grows, when it does not come back
to the loop once nobody touches it, and when a touch does not open it then. The library is the
sample, the only case of it whose folder begins with FOLDER, or a folder with a slash in its name. Not a part of
ctest.
"""
import argparse, csv, subprocess, sys, time
from pathlib import Path

from stage import Stage, skip_without_screen

EVERY = 5          # seconds between two looks
PAUSE_MS = 400     # no pause of the trace is longer, but for one in LONG
LONG = 40
BLOCK = 100        # events; the first text of each is a step back instead, so that it does not stay in the search
GROWTH = 1.05      # of the memory's median in the second quarter, in the last one


def paced(lines, speed, windowed):
    """The trace's events at that speed, with few pauses."""
    last = at = block = 0
    for number, line in enumerate(lines):
        when, _, event = line.partition(" ")
        pause = int(when) - last
        last += pause
        at += min(pause, PAUSE_MS if number % LONG else 1000) / speed
        if event.startswith("text ") and number // BLOCK != block:
            event, block = "key Escape\n", number // BLOCK
        if not (windowed and event == "key Escape\n"):  # leaves a window
            yield f"{int(at)} {event}"


def memory_kib(pid):
    """All that is resident: PSS would change with how many others have the same libraries."""
    with open(f"/proc/{pid}/smaps_rollup") as file:
        return int(next(line for line in file if line.startswith("Rss:")).split()[1])


def geometry(pid):
    window = subprocess.run(["xdotool", "search", "--pid", str(pid), "--class", "fengcai"], stdout=subprocess.PIPE).stdout.split()
    if not window:
        return None
    shell = subprocess.run(["xdotool", "getwindowgeometry", "--shell", window[0]], stdout=subprocess.PIPE).stdout.decode()
    values = dict(line.split("=") for line in shell.split())
    return tuple(int(values[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))


def median(values):
    return sorted(values)[len(values) // 2]


def watch(stage, seconds, windowed, table):
    """Looks at it until the trace is over; gives what memory it took."""
    began, sizes, modes = time.monotonic(), [], {}
    whole = (0, 0, *stage.panel)
    while (now := time.monotonic() - began) < seconds:
        if stage.process.poll() is not None:
            raise AssertionError(f"it ended after {now:.0f} s with {stage.process.returncode}:\n" + stage.log.read_text(errors="replace")[-4000:])
        seen = geometry(stage.process.pid)
        assert seen == whole or (windowed and seen), f"window after {now:.0f} s: {seen}"
        display = stage.display()
        modes[display["mode"]] = modes.get(display["mode"], 0) + 1
        sizes.append(memory_kib(stage.process.pid))
        table.writerow([f"{now:.0f}", sizes[-1], display["mode"], display["frames"]])
        time.sleep(EVERY)
    print("seen:", ", ".join(f"{mode} {count}" for mode, count in sorted(modes.items())), flush=True)
    return sizes


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--events", type=int, default=1000000)
    parser.add_argument("--speed", type=float, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--windowed", action="store_true")
    parser.add_argument("--csv", default="/dev/null")
    options = parser.parse_args()
    skip_without_screen()
    stage = Stage(options.build, config="idle_seconds = 10", only=Path(options.only) if "/" in options.only else options.only, loop="minimum_seconds = 5\nmaximum_seconds = 5")
    width, height = stage.size
    trace = stage.folder / "trace"
    make = subprocess.Popen([stage.build / "tests/trace", str(options.seed), str(options.events), f"{width}x{height}"],
                            stdout=subprocess.PIPE, text=True)
    with open(trace, "w") as file:
        for line in paced(make.stdout, options.speed, options.windowed):
            file.write(line)
    seconds = int(line.split()[0]) / 1000
    print(f"{options.events} events in {seconds:.0f} s", flush=True)
    stage.start("--replay", trace, *(["--windowed", f"{width}x{height}"] if options.windowed else []))
    with open(options.csv, "w") as file:
        sizes = watch(stage, seconds, options.windowed, csv.writer(file))
    frames = stage.wait(120, mode="loop")["frames"]  # nobody is there any more
    if not options.windowed:
        stage.tap_at(width // 2, height // 3)
        stage.wait(mode="case")
    stage.finish()
    quarter = max(len(sizes) // 4, 1)
    early, late = median(sizes[quarter:2 * quarter] or sizes), median(sizes[-quarter:])
    print(f"frames {frames}; memory: second quarter {early / 1024:.1f} MiB, last {late / 1024:.1f} MiB, most {max(sizes) / 1024:.1f} MiB")
    if late > early * GROWTH:
        sys.exit("its memory grows")


main()
