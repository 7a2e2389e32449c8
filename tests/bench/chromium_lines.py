#!/usr/bin/env python3
"""Sets the paragraphs of tests/typeset/prose in headless Chromium and by typeset, at the same twelve
widths and with the same fonts, and says where their lines end alike and why they do not.

usage: chromium_lines.py TYPESET [--dump]
Needs chromium, which no test does; reads only the source tree. Chromium is told all that it knows
of Chinese: lang, line-break: strict, text-align: justify, text-autospace, text-spacing-trim.

Compared is each line that begins at the same place in both: a line that begins elsewhere because of
an earlier difference is no other difference. Printed are the kinds of difference with two examples
(|O where ours ends, |C where Chromium's does); with --dump all of them.
"""
import http.server
import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path

sys.dont_write_bytecode = True
SOURCE = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(SOURCE / "tests/typeset"))
import check_prose
import marks
import rules
import setting

FONTS = {"/han": SOURCE / "fonts/NotoSansSC-Regular.otf",
         "/latin": SOURCE / "fonts/NotoSans-Regular.ttf"}
PATIENCE = 300  # seconds
PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>
@font-face { font-family: Han; src: url(/han); }
@font-face { font-family: Latin; src: url(/latin); }
p { margin: 0; font-family: Han, Latin; line-height: 1.6; text-align: justify; line-break: strict;
    overflow-wrap: anywhere; text-spacing-trim: trim-start; text-autospace: normal; }
</style><body><script>
function starts(p, text, height) { /* of lines, in code points */
    const top = p.getBoundingClientRect().top, lines = [], node = p.firstChild;
    let unit = 0, line = -1;
    [...text].forEach((character, index) => {
        const range = document.createRange();
        range.setStart(node, unit);
        unit += character.length;
        range.setEnd(node, unit);
        const rect = range.getClientRects()[0];
        if (!rect || /\\s/.test(character))
            return;
        const at = Math.floor(((rect.top + rect.bottom) / 2 - top) / height);
        if (at > line)
            lines.push(index);
        line = at;
    });
    return lines;
}
(async () => {
    const job = await (await fetch('/job')).json();
    await Promise.all(['Han', 'Latin'].map(name => document.fonts.load(`36px ${name}`, '一A')));
    const result = [];
    for (const [size, width] of job.widths) {
        const box = document.createElement('div');
        box.style.cssText = `width: ${width + 0.5}px; /* its widths are rounded up */ font-size: ${size}px`;
        for (const text of job.texts)
            box.appendChild(document.createElement('p')).textContent = text;
        document.body.appendChild(box);
        const height = parseFloat(getComputedStyle(box.firstChild).lineHeight);
        result.push(job.texts.map((text, at) => starts(box.children[at], text, height)));
        box.remove();
    }
    const supported = ['text-autospace: normal', 'text-spacing-trim: trim-start',
                       'line-break: strict'].filter(rule => CSS.supports(...rule.split(': ')));
    await fetch('/done', {method: 'POST', body: JSON.stringify({result, supported,
                                                              agent: navigator.userAgent})});
})();
</script></body></html>"""


def ask_chromium(texts, widths):
    """{"result": [[[first character of a line]]] by width and paragraph, ...}"""
    answer = {}
    done = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path in FONTS:
                self.reply(FONTS[self.path].read_bytes(), "font/otf")
            elif self.path == "/job":
                self.reply(json.dumps({"texts": texts, "widths": widths}).encode(), "application/json")
            else:
                self.reply(PAGE.encode(), "text/html; charset=utf-8")

        def do_POST(self):
            answer.update(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.reply(b"", "text/plain")
            done.set()

        def reply(self, body, kind):
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory(prefix="fengcai-", ignore_cleanup_errors=True) as folder:
        browser = subprocess.Popen(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}",
             f"http://127.0.0.1:{server.server_port}/"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            if not done.wait(PATIENCE):
                sys.exit("chromium: no answer")
        finally:
            browser.terminate()
            browser.wait(30)
            server.shutdown()
    return answer


class Difference:
    """A line that begins at the same place and ends at another."""

    def __init__(self, one, paragraph, number, theirs, their_number):
        self.one, self.paragraph, self.text = one, paragraph, paragraph.text
        self.line = paragraph.lines[number]
        self.start = self.line.start
        our_starts = [line.start for line in paragraph.lines] + [len(self.text)]
        their_starts = theirs + [len(self.text)]
        self.ours, self.theirs = our_starts[number + 1], their_starts[their_number + 1]
        self.their_lines = theirs
        self.gaps = rules.gaps_of(one, paragraph, self.line.pieces)
        self.pieces = [p for line in paragraph.lines for p in line.pieces]

    def least(self, end):
        """What the line would take up to there, squeezed as far as it goes."""
        pieces = [p for p in self.pieces if self.start <= p.start < end]
        gaps = rules.gaps_of(self.one, self.paragraph, pieces)
        return sum(p.right - p.left for p in pieces) + sum(gap.least for gap in gaps)

    def show(self):
        cut = sorted((self.ours, self.theirs))
        first, second = ("O", "C") if cut[0] == self.ours else ("C", "O")
        return (f"{self.text[max(self.start, cut[0] - 10):cut[0]]}|{first} {self.text[cut[0]:cut[1]]}"
                f"|{second} {self.text[cut[1]:cut[1] + 4]}  ({self.one.name})")


# Kinds of difference, and why ours is right, or not
KINDS = {
    "squeezed": "ours takes more in by squeezing marks, which theirs never does. CLREQ 行首行尾禁则: "
                "先挤进，后推出",
    "paragraph": "ours ends a line where the whole paragraph comes out best, theirs where it is full; "
                 "either keeps the rules",
    "unit": "theirs parts a number from its unit, counter or sign. CLREQ 符号分离禁则",
    "perhaps": "theirs parts a number from a Han that may count or not, as far as a list knows; ours is cautious",
    "single": "theirs leaves one character in the last line. CLREQ 孤字",
    "address": "an address is parted at another of its signs. Ours: behind / : before . @ ? = (Chicago 7.46)",
    "first": "theirs begins a line with ～ 连接号 ／ or ·. GB/T 15834 5.1.6-5.1.9",
    "last": "theirs ends a line with ／. GB/T 15834 5.1.9",
    "dot": "theirs gives 间隔号 a whole em that is never squeezed. CLREQ 挤压处理的优先顺序 c",
    "end": "theirs keeps a mark's white half at the line's end, and so ends it before. GB/T 15834 5.1.10: half",
    "stops": "theirs does not close up ！？ with the mark behind them. CLREQ 连续标点符号的调整",
    "open": "theirs does not break before “ ‘ where Latin or digits follow, as they might close something "
            "(UAX #14 LB19). In Chinese they open; GB/T 15834 4.8",
    "quotes": "theirs sets “ ” in Latin a whole em wide, as they are in Chinese",
    "quarter": "ours has a quarter em between Han and Latin, theirs an eighth. CLREQ: up to a quarter; "
               "Chromium is as right here",
    "emoji": "theirs sets emoji wider than the square of Han",
    "rounding": "half a pixel, which theirs was given",
    "unknown": "not explained",
}
ONE_RULE = ("paragraph", "rounding", "unknown")  # both follow the same
ADDRESS = re.compile(r"[!-~]*(?:[/@]|\.[a-z])[!-~]+")


def crosses(ranges, at):
    return any(start < at < end for start, end in ranges)


def their_fault(text, at):
    """A rule that a line of Chromium's breaks there and ours keeps."""
    amounts = [(start, end) for start, _, end in marks.numbers_with_units(text)]
    amounts += [m.span() for m in marks.PREFIX.finditer(text)]
    if at >= len(text):
        return None
    if crosses([m.span() for m in ADDRESS.finditer(text)], at):
        return "address"
    if crosses(amounts, at):
        return "unit"
    if crosses([m.span() for m in marks.PERHAPS.finditer(text)], at):
        return "perhaps"
    if not rules.may_begin(text, at) and text[at - 1] != " ":
        return "first"
    return "last" if text[at - 1] in marks.NOT_LAST else None


def single_han(text, start):
    rest = text[start:]
    return start and sum(marks.is_wide(c) and c not in marks.MARKS for c in rest) < 2 and \
        not any(map(marks.is_latin, rest))


def wider(d):
    """What takes more room in their line than in ours."""
    string = d.text[d.start:d.ours].rstrip()
    if any(c >= "\u2600" and c < "\u3000" or c >= "\U0001f000" for c in string):
        return "emoji"
    if any(d.start <= at < d.ours for at in d.paragraph.latin):
        return "quotes"
    if re.search("[？！][？！”’》）]", string):
        return "stops"
    if string[-1] in marks.CLOSE + marks.PAUSE + marks.STOP:
        return "end"
    if d.text[d.ours:d.ours + 1] in ("“", "‘"):
        return "open"
    return "dot" if "·" in string else "unknown"


def kind_of(d):
    fault = their_fault(d.text, d.theirs)
    if fault:
        return fault
    if crosses([m.span() for m in ADDRESS.finditer(d.text)], d.ours):
        return "address"
    if len(d.their_lines) > 1 and single_han(d.text, d.their_lines[-1]) and \
            d.theirs >= d.their_lines[-1]:
        return "single"
    if d.ours > d.theirs:
        squeezed = sum(min(gap.change, 0) for gap in d.gaps) < -1
        return "squeezed" if squeezed else wider(d)
    if d.least(d.theirs) <= d.one.measure:
        return "paragraph"
    return "quarter" if any(gap.mixed for gap in d.gaps) else "rounding"


def count_faults(paragraph, their_lines, faults):
    for start in their_lines[1:]:
        fault = their_fault(paragraph.text, start)
        if fault not in (None, "address", "perhaps"):
            faults[fault] += 1
    faults["single"] += bool(single_han(paragraph.text, their_lines[-1]))


def count_loose(one, paragraph, starts):
    """Lines that are filled only with more than a quarter em between characters, or not at all."""
    loose = 0
    pieces = [p for line in paragraph.lines for p in line.pieces]
    for start, end in zip(starts, starts[1:]):
        mine = [p for p in pieces if start <= p.start < end]
        if mine:
            gaps = rules.gaps_of(one, paragraph, mine)
            width = sum(p.right - p.left for p in mine) + sum(gap.natural for gap in gaps)
            loose += one.measure - width > rules.room_to_stretch(one, gaps)
    return loose


def compare(one, theirs, kinds, examples, counts, faults):
    for paragraph, their_lines in zip(one.paragraphs, theirs, strict=True):
        counts["theirs"] += len(their_lines)
        count_faults(paragraph, their_lines, faults)
        counts["our loose"] += count_loose(one, paragraph, [line.start for line in paragraph.lines])
        counts["their loose"] += count_loose(one, paragraph, their_lines)
        places = {start: number for number, start in enumerate(their_lines)}
        for number, line in enumerate(paragraph.lines):
            counts["lines"] += 1
            if line.start not in places:
                continue
            counts["compared"] += 1
            d = Difference(one, paragraph, number, their_lines, places[line.start])
            if d.ours == d.theirs:
                counts["same"] += 1
                continue
            kind = kind_of(d)
            kinds[kind] += 1
            examples.setdefault(kind, []).append(d)


def print_counts(name, counts):
    print(f"{name:20} lines: ours {counts['lines']:5}, theirs {counts['theirs']:5}; begin alike "
          f"{counts['compared']:5}, end alike {counts['same']:5} "
          f"({100 * counts['same'] / counts['compared']:.1f} %)")


def main():
    if not shutil.which("chromium"):
        sys.exit("chromium: is not installed")
    texts = check_prose.read_prose()
    widths = [(size, int(em * size)) for em, size in check_prose.WIDTHS]
    answer = ask_chromium(texts, widths)
    print(answer["agent"], *answer["supported"], sep="; ")
    kinds, examples, counts, faults = Counter(), {}, Counter(), Counter()
    for (size, width), theirs in zip(widths, answer["result"], strict=True):
        one = setting.read(sys.argv[1], texts, size, width)
        before = Counter(counts)
        compare(one, theirs, kinds, examples, counts, faults)
        print_counts(one.name, counts - before)
    print_counts("all", counts)
    alike = counts["same"] + sum(kinds[kind] for kind in ONE_RULE)
    print(f"where both follow the same rule: {counts['same']} of {alike} lines end at the same place "
          f"({100 * counts['same'] / alike:.1f} %)")
    print("rules broken in all of their lines:", dict(faults))
    print(f"lines that would tear, or do: ours {counts['our loose']}, theirs {counts['their loose']}")
    for kind, count in kinds.most_common():
        print(f"{count:5}  {kind}: {KINDS[kind]}")
        for d in examples[kind][:None if "--dump" in sys.argv else 2]:
            print("         " + d.show())


if __name__ == "__main__":
    main()
