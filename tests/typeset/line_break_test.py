#!/usr/bin/env python3
"""The UCD's LineBreakTest.txt (Debian: unicode-data) through the layout, with every difference named.

usage: line_break_test.py BREAKS [LineBreakTest.txt]
A difference without a name fails, and so does a name that excuses nothing any more. 77: no file.
"""
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path

FILE = "/usr/share/unicode/auxiliary/LineBreakTest.txt"
DIGITS = range(0x30, 0x3A)
# Of the file's characters those that extend a cluster (UAX #29), and those that draw nothing
JOINS = {0x200D, 0x0308, *range(0x1F3FB, 0x1F400)}
IGNORED = {0x2060, 0x1160}


def is_white(point):
    return point <= 0x20 or point in (0x85, 0xA0, 0x200B)


def is_cjk(point):
    char = chr(point)
    return unicodedata.category(char) == "Lo" and unicodedata.east_asian_width(char) == "W"


def vanishes(points, at):
    """White space between words, and what stands on it or draws nothing."""
    return is_white(points[at]) or points[at] in IGNORED or \
        (points[at] in JOINS and (at == 0 or vanishes(points, at - 1)))


class Place:
    """Between points[at] and the next one."""

    def __init__(self, points, at, wanted, rule):
        self.points, self.at, self.wanted, self.rule = points, at, wanted, rule
        self.before = points[:at + 1]
        self.next = points[at + 1]
        self.solid = [p for i, p in enumerate(points[:at + 1]) if not vanishes(points, i)]
        letters = [p for p in self.solid if p not in JOINS]
        self.last = letters[-1] if letters else None
        self.cjk = any(map(is_cjk, points))


# Ours, because: and how it is known
EXCEPTIONS = [
    ("a paragraph ends at U+000A alone; the others are white space when a text is laid out",
     lambda p: p.wanted and p.points[p.at] in (0x0B, 0x0D, 0x85)),
    ("what a line would end with is white space alone: no line is made of it",
     lambda p: p.wanted and not p.solid),
    ("what follows is white space or draws nothing: it hangs at the line's end, the place is behind",
     lambda p: p.wanted and vanishes(p.points, p.at + 1)),
    ("a grapheme cluster is not parted (UAX #29, GB9)",
     lambda p: p.wanted and p.next in JOINS),
    ("a number and what it counts: 3人, 3 人 (CLREQ 符号分离禁则)",
     lambda p: p.wanted and p.last in DIGITS and is_cjk(p.next)),
    ("a number and its unit behind a space: 3 %",
     lambda p: p.wanted and p.last in DIGITS and p.next == 0x25 and p.points[p.at] == 0x20),
    ("a — alone in Chinese is a 连接号 and begins no line (GB/T 15834, 5.1.7)",
     lambda p: p.wanted and p.cjk and p.next == 0x2014),
    ("what begins a paragraph and ends in a point is its number and does not stand alone: 1. 一",
     lambda p: p.wanted and p.last == 0x2E and is_cjk(p.next) and set(p.solid) == {0x2E}),
    ("ICU's rule 20.09: a hyphen that begins a word stays with it (LB20a of UAX #14 since 15.1)",
     lambda p: p.wanted and p.solid and p.solid[0] == 0x2D and p.last == 0x2D),
    ("ICU's numbers may begin with their point: .35, and ,5",
     lambda p: p.wanted and p.last in (0x2C, 0x2E) and p.next in DIGITS),
    ("and such a number may begin a line",
     lambda p: not p.wanted and p.rule == "13.02" and p.next == 0x2E),
]


def parse(text):
    """[(code points, breaks behind each, rule numbers)]"""
    result = []
    for line in text.split("\n"):
        if line[:1] not in ("×", "÷"):
            continue
        test, comment = line.split("#", 1)
        tokens = test.split()
        rules = re.findall(r"[×÷] \[([0-9.]+)\]", comment)[1:]
        result.append(([int(point, 16) for point in tokens[1::2]],
                       [sign == "÷" for sign in tokens[2::2]], rules))
    return result


def run(tool, tests):
    lines = "\n".join(" ".join(f"{point:04X}" for point in points) for points, _, _ in tests)
    output = subprocess.run([tool], input=lines.encode(), stdout=subprocess.PIPE, check=True,
                            timeout=60).stdout.decode()
    return [[sign == "÷" for sign in line.split()[1::2]] for line in output.splitlines()]


def show(points, breaks):
    return " ".join(f"{point:04X} {'÷' if sign else '×'}" for point, sign in zip(points, breaks))


def main():
    file = Path(sys.argv[2] if len(sys.argv) > 2 else FILE)
    if not file.exists():
        print(f"SKIP: {file} is not there")
        return 77
    text = file.read_text(encoding="utf-8")
    tests = parse(text)
    ours = run(sys.argv[1], tests)
    counts, unnamed, same = Counter(), [], 0
    for (points, wanted, rules), found in zip(tests, ours, strict=True):
        for at, (want, find) in enumerate(zip(wanted, found, strict=True)):
            if want == find:
                same += 1
                continue
            place = Place(points, at, want, rules[at])
            name = next((name for name, holds in EXCEPTIONS if holds(place)), None)
            counts[name] += 1
            if not name:
                unnamed.append(f"wanted {show(points, wanted)}, got {show(points, found)}")
    print(f"{text.split(chr(10))[0][2:]}: {len(tests)} strings, {same + counts.total()} places, "
          f"{same} the same")
    for name, _ in EXCEPTIONS:
        print(f"{counts[name]:6}  {name}")
    print("\n".join(unnamed[:20] + [f"{len(unnamed)} without a name"]))
    idle = [name for name, _ in EXCEPTIONS if not counts[name]]
    if idle:
        print("excuse nothing:", idle)
    return 1 if unnamed or idle else 0


if __name__ == "__main__":
    sys.exit(main())
