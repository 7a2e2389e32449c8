#!/usr/bin/python3
"""Draw the sample pictures.

Usage: python3 assets/art/draw.py [--only SUBSTRING] [OUTDIR]

Every picture is composed as SVG, rendered with rsvg-convert and written as
JPEG with vips.  OUTDIR defaults to the sample folder beside this one; --only
draws the pictures whose path contains SUBSTRING.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import zlib

import scenes_growth  # noqa: F401  (importing registers the pictures)
import scenes_party  # noqa: F401
import scenes_safety  # noqa: F401
import scenes_smart  # noqa: F401
from kit import Canvas
from stage import SCENES

LIMIT = 440 * 1024
QUALITIES = (86, 82, 78, 74, 70)


def render(name, w, h, painter, target):
    """Paint one picture and write it to the target path as JPEG."""
    canvas = Canvas(w, h, zlib.crc32(name.encode()))
    painter(canvas)
    with tempfile.TemporaryDirectory() as tmp:
        svg, png = os.path.join(tmp, "a.svg"), os.path.join(tmp, "a.png")
        jpg = os.path.join(tmp, "a.jpg")
        with open(svg, "w", encoding="utf-8") as out:
            out.write(canvas.svg())
        subprocess.run(["rsvg-convert", "--unlimited", "-o", png, svg],
                       check=True)
        for quality in QUALITIES:
            subprocess.run(["vips", "jpegsave", png, jpg, "--Q", str(quality),
                            "--optimize-coding", "--strip"], check=True)
            if os.path.getsize(jpg) <= LIMIT:
                break
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(jpg, "rb") as src, open(target, "wb") as out:
            out.write(src.read())


def main():
    """Parse the command line and draw."""
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", default="", metavar="SUBSTRING")
    parser.add_argument("outdir", nargs="?",
                        default=os.path.join(here, "..", "sample"))
    args = parser.parse_args()
    chosen = [s for s in SCENES if args.only in s[0]]
    if not chosen:
        sys.exit("no picture matches %r" % args.only)
    for name, w, h, painter in chosen:
        target = os.path.join(args.outdir, *name.split("/")) + ".jpg"
        render(name, w, h, painter, target)
        print("%4d KB  %s" % (os.path.getsize(target) // 1024, name))


if __name__ == "__main__":
    main()
