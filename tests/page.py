#!/usr/bin/env python3
"""The page of `fengcai export` as a browser shows it.

usage: page.py BUILD. Exit status 77: chromium is not installed.
It is opened in headless Chromium at the width of A4 paper and at that of a screen, without a network:
the browser complains of nothing (a mistake, something forbidden or not found), nothing is wider than
its place, no text of a chart lies over another or outside of it, no text is paler than 4.5:1. Then it
is printed as it is, on A4.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

BUILD = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(__file__).resolve().parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
if not CHROMIUM:
    print("SKIP: chromium is not installed")
    sys.exit(77)

# What looks at the page from inside: in a copy without the page's policy, which allows no script.
LOOK = """<script>
function overlaps(a, b) {
    return a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
}
function luminance(colour) {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255)
        .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
}
function contrast(a, b) {
    const one = luminance(a), other = luminance(b);
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
function ground(element) {
    for (; element; element = element.parentElement) {
        const colour = getComputedStyle(element).backgroundColor;
        if (!/rgba\\(.*, 0\\)/.test(colour))
            return colour;
    }
    return "rgb(255, 255, 255)";
}
function look() {
    const faults = [];
    if (document.documentElement.scrollWidth > innerWidth)
        faults.push("wider than the page: " + document.documentElement.scrollWidth);
    for (const chart of document.querySelectorAll(".chart")) {
        const frame = chart.getBoundingClientRect();
        const texts = [...chart.querySelectorAll("text")].map(t => [t.textContent, t.getBoundingClientRect()]);
        texts.forEach(([text, box], i) => {
            if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1)
                faults.push("outside of its chart: " + text);
            for (const [other, second] of texts.slice(i + 1))
                if (overlaps(box, second))
                    faults.push("over each other: " + text + ", " + other);
        });
    }
    for (const cell of document.querySelectorAll("td, th, .figures div, dd"))
        if (cell.scrollWidth > cell.clientWidth + 1)
            faults.push("wider than its place: " + cell.textContent);
    for (const text of document.querySelectorAll("p, b, dt, dd, td, th, h1, h2, small, .en"))
        if (!text.closest("svg") && contrast(getComputedStyle(text).color, ground(text)) < 4.5)
            faults.push("too pale: " + text.textContent);
    document.title = JSON.stringify({faults: faults.slice(0, 20), charts: document.querySelectorAll(".chart").length,
        rows: document.querySelectorAll("tbody tr").length, injected: window.injected === true});
}
addEventListener("load", look);
</script>"""


FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>%s</dir><cachedir>%s/fonts</cachedir></fontconfig>"""


def chromium(folder, page, *options):
    (folder / "fonts.conf").write_text(FONTS % (SOURCE / "fonts", folder), encoding="utf-8")
    command = [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
               f"--user-data-dir={folder}/profile", "--host-resolver-rules=MAP * ~NOTFOUND",
               "--enable-logging=stderr", *options, page.as_uri()]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120,
                          env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")})


def fengcai(state, *words, **more):
    return subprocess.run([BUILD / "fengcai", "--state", state, *words], check=True, stdout=subprocess.PIPE,
                          text=True, **more).stdout


def make(folder, days):
    """A page of so many days, with a case whose title would do harm."""
    state, bad = folder / f"state{days}", folder / "坏" / "平安社区" / "坏（某某大学）"
    bad.mkdir(parents=True, exist_ok=True)
    (bad / "正文.txt").write_text("一段。", encoding="utf-8")
    (bad / "信息.txt").write_text("标题：<script>injected=true</script>\n", encoding="utf-8")
    fengcai(state, "import", SOURCE / "assets/sample", folder / "坏")
    ids = [line.split("\t")[5] for line in fengcai(state, "list").splitlines()]
    gone = [f"某某大学/早就撤下的第{i}个案例" for i in range(40)]
    subprocess.run([BUILD / "tests/make_station", state / "station.db", "2026-06-30", str(days)], check=True,
                   input="\n".join(ids + gone) + "\n", text=True)
    fengcai(state, "export", "--until", "2026-06-30", folder / f"out{days}")
    return folder / f"out{days}" / "展示统计.html"


def complaints(stderr):
    return [line for line in stderr.splitlines() if "CONSOLE" in line]


def check_screen(folder, page, width):
    copy = page.with_name("copy.html")
    text = page.read_text(encoding="utf-8")
    bare, times = re.subn(r"<meta http-equiv[^>]*>", lambda match: LOOK, text)
    copy.write_text(bare, encoding="utf-8")
    looked = chromium(folder, copy, f"--window-size={width},1100", "--dump-dom", "--virtual-time-budget=5000")
    copy.unlink()
    title = re.search(r"<title>(\{.*?\})</title>", looked.stdout, re.S)
    if times != 1 or not title:
        return ["it could not be looked at", looked.stdout[:300], looked.stderr[-600:]]
    seen = json.loads(title.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    faults = complaints(looked.stderr) + seen["faults"]
    if seen["injected"]:
        faults.append("a title became a script")
    if seen["charts"] < 3 or seen["rows"] < 50:
        faults.append(f"not all of it is there: {seen['charts']} charts, {seen['rows']} rows")
    return faults


def check_print(folder, page):
    pdf = folder / "page.pdf"
    result = chromium(folder, page, "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    data = pdf.read_bytes() if pdf.exists() else b""
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data)
    faults = complaints(result.stderr)
    if not boxes:
        faults.append("it cannot be printed")
    for width, height in boxes:
        if abs(float(width) - 595) > 2 or abs(float(height) - 842) > 2:
            faults.append(f"a page that is not A4: {width} x {height}")
    return faults


def main():
    bad = 0
    with tempfile.TemporaryDirectory(prefix="fengcai-page-") as work:
        folder = pathlib.Path(work)
        for days in (3, 45, 400, 1100):
            page = make(folder, days)
            rounds = [(f"{width} pixels wide", check_screen(folder, page, width)) for width in (794, 1600)]
            for what, faults in rounds + [("printed", check_print(folder, page))]:
                print(f"{'FAIL' if faults else 'ok  '} {days} days, {what}")
                for fault in faults:
                    print(f"     {fault}")
                bad += len(faults)
    return bad > 0


sys.exit(main())
