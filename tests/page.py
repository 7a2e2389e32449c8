#!/usr/bin/env python3
"""The pages of `fengcai export` and `fengcai import --report` as a browser shows them.

usage: page.py BUILD. Exit status 77: chromium is not installed.
It is opened in headless Chromium at the width of A4 paper and at that of a screen, without a network:
the browser complains of nothing (a mistake, something forbidden or not found), nothing is wider than
its place, no text of a chart lies over another or outside of it, no text is paler than 4.5:1, every
picture is there. Then it is printed as it is, on A4.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

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
    for (const cell of document.querySelectorAll("td, th, .figures div, dd, .verdict, .tile, .task, .words"))
        if (cell.scrollWidth > cell.clientWidth + 1)
            faults.push("wider than its place: " + cell.textContent);
    for (const text of document.querySelectorAll("p, b, dt, dd, li, td, th, h1, h2, h3, small, .en, .folders, .cover > span"))
        if (!text.closest("svg") && contrast(getComputedStyle(text).color, ground(text)) < 4.5)
            faults.push("too pale: " + text.textContent);
    for (const picture of document.images)
        if (!picture.naturalWidth)
            faults.push("a picture that is none");
    const count = selector => document.querySelectorAll(selector).length;
    document.title = JSON.stringify({faults: faults.slice(0, 20), injected: window.injected === true,
        counts: {".chart": count(".chart"), "tbody tr": count("tbody tr"), ".task": count(".task"),
                 ".card": count(".card"), "img": count("img")}});
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


def make_debrief(folder):
    """A page about an import of which some was not taken, with names that would do harm."""
    state, stick = folder / "state", folder / "U盘"
    good, bad = stick / "平安社区" / "防汛（望川大学）", stick / "别的" / "<script>injected=true<>（某某大学）"
    long = stick / "智慧服务" / ("很长的标题" * 12 + "（某某大学）")
    for case in (good, bad, long):
        case.mkdir(parents=True)
        (case / "正文.txt").write_text("值班的\U0003131c老师，\ue000。", encoding="utf-8")
    (bad.parent / "x").mkdir()
    (bad.parent / "x" / "正文.txt").write_text("一段。", encoding="utf-8")
    (good / "信息.txt").write_text("标题：<script>injected=true</script>\n", encoding="utf-8")
    (long / ("w" * 200 + ".xlsx")).write_text("x", encoding="utf-8")
    (long / "坏.jpg").write_text("x", encoding="utf-8")
    shutil.copytree(SOURCE / "assets/sample", stick, dirs_exist_ok=True)
    fengcai(state, "import", SOURCE / "assets/sample/平安社区")
    ids = fengcai(state, "list").splitlines()
    subprocess.run([BUILD / "tests/make_station", state / "station.db", time.strftime("%Y-%m-%d"), "20"], check=True,
                   input="\n".join(line.split("\t")[5] for line in ids) + "\n", text=True)
    fengcai(state, "import", stick, "--report", folder / "报告.html", stderr=subprocess.DEVNULL)
    return folder / "报告.html"


def complaints(stderr):
    return [line for line in stderr.splitlines() if "CONSOLE" in line]


def check_screen(folder, page, width, least):
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
    for selector, count in least.items():
        if seen["counts"][selector] < count:
            faults.append(f"not all of it is there: {seen['counts'][selector]} of {selector}")
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


def check(folder, what, page, widths, least):
    bad = 0
    rounds = [(f"{width} pixels wide", check_screen(folder, page, width, least)) for width in widths]
    for where, faults in rounds + [("printed", check_print(folder, page))]:
        print(f"{'FAIL' if faults else 'ok  '} {what}, {where}")
        for fault in faults:
            print(f"     {fault}")
        bad += len(faults)
    return bad


def main():
    bad = 0
    with tempfile.TemporaryDirectory(prefix="fengcai-page-") as work:
        folder = pathlib.Path(work)
        bad += check(folder, "report of an import", make_debrief(folder), (390, 794, 1366, 1920),
                     {".task": 3, ".card": 11, "img": 9, "tbody tr": 2})
        for days in (3, 45, 400, 1100):
            bad += check(folder, f"{days} days", make(folder, days), (794, 1600), {".chart": 3, "tbody tr": 50})
    return bad > 0


sys.exit(main())
