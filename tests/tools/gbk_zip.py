#!/usr/bin/env python3
"""Packs a folder as the Explorer of a Chinese Windows does: names in GBK, without the UTF-8 flag.

usage: gbk_zip.py FOLDER OUT.zip        what is below FOLDER, the folder itself not named
"""
import sys, zipfile
from pathlib import Path

zipfile.ZipInfo._encodeFilenameFlags = lambda info: (info.filename.encode("gbk"), info.flag_bits & ~0x800)
folder = Path(sys.argv[1])
with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as out:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            out.write(path, str(path.relative_to(folder)))
