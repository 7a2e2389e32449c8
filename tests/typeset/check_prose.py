#!/usr/bin/env python3
"""Sets the paragraphs of prose/ by typeset at twelve widths and counts violations of each rule.

usage: check_prose.py TYPESET [-v]
A rule that found no place to look at fails too. -v: every violation, not the first five.
"""
import sys
from pathlib import Path

sys.dont_write_bytecode = True
import rules
import setting

# (em, pixels per em): from a column's width to the widest measure, and sizes that halve badly
WIDTHS = [(10, 36), (11.5, 33), (13, 40), (14.3, 27), (16, 36), (17.7, 45), (19, 30), (22, 36),
          (24.4, 31), (27, 37), (30, 36), (34, 28)]
STYLES = [(0, False), (2, True)]  # first-line indent in em, hanging marks


def read_prose():
    files = sorted((Path(__file__).parent / "prose").glob("*.txt"))
    return [line for file in files for line in file.read_text(encoding="utf-8").split("\n") if line]


def print_table(report, verbose):
    for rule, source in rules.RULES.items():
        broken = report.broken[rule]
        print(f"{rule:20}{report.looked[rule]:9}{len(broken):8}  {source}")
        for where in broken[:None if verbose else 5]:
            print("    " + where)


def main():
    tool, verbose = sys.argv[1], "-v" in sys.argv
    texts = read_prose()
    words = frozenset(rules.words_of(texts))
    report = rules.Report()
    lines = 0
    for indent, hang in STYLES:
        for em, size in WIDTHS:
            one = setting.read(tool, texts, size, int(em * size), indent * size, hang, words)
            lines += sum(len(paragraph.lines) for paragraph in one.paragraphs)
            rules.check(one, report)
    print(f"{len(texts)} paragraphs, {sum(map(len, texts))} characters, {len(WIDTHS)} widths, "
          f"{len(STYLES)} styles: {lines} lines\n{'rule':20}{'places':>9}{'broken':>8}  source")
    print_table(report, verbose)
    unseen = [rule for rule in rules.RULES if not report.looked[rule]]
    if unseen:
        print("no place was looked at:", ", ".join(unseen))
    return 1 if unseen or any(report.broken.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
