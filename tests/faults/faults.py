#!/usr/bin/env python3
"""Fails the Nth call of each kind, for every N of every operation, and looks at what is left.

usage: faults.py BUILD [--all] [--operation NAME] [--kind KIND] [--mode MODE] [--nth N] [--seed N]

Without --all a sample: the first and the last of each kind, and every 29th (from a place that the seed chooses; it is
printed). Of the thousands of allocations --all takes 400 too. One point: --operation, --kind, --mode and --nth.
"""
import argparse, errno, random, sys, time
from ground import DISK, Finding, Ground, OPERATIONS, check_end

# how each kind fails: (mode, errno)
WAYS = {
    "write": [("once", errno.EIO), ("on", errno.EIO), ("short", errno.ENOSPC)],
    "fsync": [("once", errno.EIO), ("on", errno.EIO)],
    "rename": [("once", errno.EIO), ("on", errno.ENOSPC)],
    "open": [("once", errno.EIO), ("on", errno.ENOSPC)],
    "mkdir": [("once", errno.EIO), ("on", errno.ENOSPC)],
    "truncate": [("once", errno.EIO), ("on", errno.EIO)],
    "unlink": [("once", errno.EIO), ("on", errno.EIO)],
    "malloc": [("once", errno.ENOMEM), ("on", errno.ENOMEM)],
}
ENDS, STEP, MANY = 1, 29, 400


def points(count, everything, kind, rng):
    if kind == "malloc":
        step = max(1, count // (MANY if everything else 12))
        return range(1 + rng.randrange(step), count + 1, step)
    if everything:
        return range(1, count + 1)
    return sorted({*range(1, ENDS + 1), *range(count - ENDS + 1, count + 1), *range(1 + rng.randrange(STEP), count + 1, STEP)}
                  & set(range(1, count + 1)))


def check_full(operation, run, mode, error):
    """A disk that stays full is told as such."""
    if mode in ("on", "short") and error == errno.ENOSPC and run.code != 0:
        if "空间" not in run.said and "No space" not in run.said:
            raise Finding(f"a full disk is not told: {run.said[-400:]!r}")


def try_point(ground, operation, old, new, kind, mode, error, nth):
    ground.fresh(operation.begin)
    run = ground.operate(operation, kinds=[kind], nth=nth, mode=mode, error=error)
    check_end(operation, run, may_crash=operation.reads and kind == "malloc")  # README.md
    check_full(operation, run, mode, error)
    partly = kind == "malloc" and "未导入 (refused)" in run.said  # what cannot be read is refused, whatever the cause
    if operation.reads or not operation.haste and run.code == 0 and not partly:
        allowed = [new]
    else:
        allowed = [old, new]
    ground.clean_start()
    library = ground.check(allowed, partly)
    if operation.again and library != new:  # what did not come in comes in with the next try
        ground.must(operation.words, haste=operation.haste, source=operation.source)
        ground.check([new])
    return run


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--operation")
    parser.add_argument("--kind")
    parser.add_argument("--mode")
    parser.add_argument("--nth", type=int)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    rng = random.Random(options.seed)
    ground = Ground(options.build)
    print(f"seed {options.seed}", flush=True)
    findings = total = failed = 0
    for operation in OPERATIONS:
        if options.operation and operation.name != options.operation:
            continue
        old, new, counted = ground.ends(operation)
        print(f"{operation.name}: " + ", ".join(f"{counted.counts[k]} {k}" for k in WAYS), flush=True)
        for kind, ways in WAYS.items():
            if options.kind and kind != options.kind:
                continue
            for mode, error in ways:
                if options.mode and mode != options.mode or operation.reads and (kind, mode) == ("malloc", "on"):
                    continue  # SDL 2.26 calls itself without end when its own error cannot be allocated
                for nth in [options.nth] if options.nth else points(counted.counts[kind], options.all, kind, rng):
                    total += 1
                    try:
                        run = try_point(ground, operation, old, new, kind, mode, error, nth)
                        failed += run.code != 0
                        if options.nth:
                            print(run)
                    except Finding as finding:
                        findings += 1
                        print(f"FINDING --operation {operation.name} --kind {kind} --mode {mode} --nth {nth}: {finding}", flush=True)
    print(f"{total} faults, {failed} of them ended the operation, {findings} findings")
    return 1 if findings or not failed else 0


sys.exit(main())
