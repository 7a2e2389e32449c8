#!/usr/bin/env python3
"""Kills an operation (SIGKILL) at random moments: the library is the old or the new one, whole, and the next time it ends.

usage: kill.py BUILD [--moments N] [--seed N] [--operation NAME] [--nth N] [--screen N]

A moment is the k-th call that touches the disk (a write is done by half and then the process dies), or for one in eight a
time. --screen N kills the whole tree of `run` N times on a virtual screen: the next start shows the loop again.
"""
import argparse, os, random, signal, subprocess, sys, time
from ground import DISK, Finding, Ground, OPERATIONS

BY_TIME = 8  # one moment in so many


def kill_after(ground, operation, seconds):
    """By the clock; the helpers die of it too."""
    words = [str(w).format(input=ground.input, out=ground.out) for w in operation.words]
    if operation.source:
        words = ["--config", str(ground.config), *words]
    process = subprocess.Popen([ground.build / "fengcai", "--state", ground.state, *words], stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={"PATH": "/usr/bin:/bin", "HOME": str(ground.top)})
    time.sleep(seconds)
    process.kill()
    return process.wait() != -signal.SIGKILL


def try_moment(ground, operation, old, new, nth, seconds):
    """True when it was killed before its end."""
    ground.fresh(operation.begin)
    if seconds:
        ended = kill_after(ground, operation, seconds)
    else:
        ended = ground.operate(operation, kinds=DISK, nth=nth, mode="kill").code != -signal.SIGKILL
    ground.clean_start()
    library = ground.check([new] if ended and not operation.haste else [old, new])
    if operation.again and library != new:  # what was begun is ended by doing it once more
        ground.must(operation.words, haste=operation.haste, source=operation.source)
    if operation.again or operation.name == "handed":
        ground.clean_start()
        ground.check([new] if operation.again else [old, new])
    return not ended


def killed_at_all(ground, options, rng):
    findings = killed = total = 0
    operations = [o for o in OPERATIONS if not o.reads and options.operation in (None, o.name)]
    for operation in operations:
        old, new, counted = ground.ends(operation)
        for _ in range(max(1, options.moments // len(operations))):
            nth = options.nth or rng.randint(1, counted.chosen)
            seconds = 0 if options.nth or rng.randrange(BY_TIME) else rng.uniform(0.005, 0.3)
            total += 1
            try:
                killed += try_moment(ground, operation, old, new, nth, seconds)
            except Finding as finding:
                findings += 1
                at = f"after {seconds:.3f} s" if seconds else f"--nth {nth}"
                print(f"FINDING --operation {operation.name} {at}: {finding}", flush=True)
            if options.nth:
                break
    print(f"{total} moments, killed before the end {killed} times, {findings} findings")
    return findings == 0 and killed > 0


def start_screen(ground):
    return subprocess.Popen(["xvfb-run", "-a", "-s", "-screen 0 640x360x24", ground.build / "fengcai", "--state", ground.state, "run"],
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def mode_shown(ground):
    live = subprocess.run([ground.build / "fengcai", "--state", ground.state, "status", "--json"], capture_output=True, text=True)
    return '"mode": "loop"' in live.stdout


def killed_on_screen(ground, count, rng):
    """All of it at once, as when the power goes."""
    ground.fresh("broken")
    for _ in range(count + 1):
        tree = start_screen(ground)
        try:
            for _ in range(300):
                if mode_shown(ground):
                    break
                time.sleep(0.1)
            else:
                raise Finding("after a kill nothing is shown")
            time.sleep(rng.uniform(0, 6.5))  # the check and the sweep come after five seconds
        finally:
            os.killpg(tree.pid, signal.SIGKILL)
            tree.wait()
    ground.clean_start()
    print(f"killed {count + 1} times on a screen, shown again each time")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--moments", type=int, default=40)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--operation")
    parser.add_argument("--nth", type=int)
    parser.add_argument("--screen", type=int, default=0)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    print(f"seed {options.seed}", flush=True)
    ground = Ground(options.build)
    good = killed_at_all(ground, options, rng)
    if options.screen:
        killed_on_screen(ground, options.screen, rng)
    return 0 if good else 1


sys.exit(main())
