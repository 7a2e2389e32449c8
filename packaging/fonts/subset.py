#!/usr/bin/python3
"""Subset one face of Debian's Noto Sans CJK or Noto Sans for fengcai.

    subset.py SOURCE FACE OUTPUT

Called by subset.sh.  FACE is the PostScript name of the face wanted, e.g.
NotoSansCJKsc-Regular: a face of Noto Sans CJK gives the font for Chinese, one
of Noto Sans that for the European scripts, of which the former has a part.
Needs Debian's python3-fonttools and unicode-data.  Writes OUTPUT, reads it back and compares it with the source; exits with 1,
naming the code points, if a required character was lost or changed.
"""

import bz2
import copy
import sys

from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables import otTables

UNICODE = "/usr/share/unicode/"

# Horizontal features of the source that are kept.  Left out: the vertical ones
# (vert vrt2 vhal vpal vkrn), jamo composition, and aalt dlig hist ruby.
FEATURES = ["calt", "ccmp", "chws", "fwid", "halt", "hwid", "kern", "liga",
            "locl", "mark", "mkmk", "palt", "pwid"]
SCRIPTS = ["DFLT", "cyrl", "grek", "hani", "kana", "latn"]

# Whole blocks, as far as the source font has them.
BLOCKS = [
    (0x0020, 0x007E, "Basic Latin"),
    (0x00A0, 0x00FF, "Latin-1 Supplement"),
    (0x0100, 0x017F, "Latin Extended-A"),
    (0x0180, 0x024F, "Latin Extended-B"),
    (0x0250, 0x02AF, "IPA Extensions"),
    (0x02B0, 0x02FF, "Spacing Modifier Letters"),
    (0x0300, 0x036F, "Combining Diacritical Marks"),
    (0x0370, 0x03FF, "Greek and Coptic"),
    (0x0400, 0x04FF, "Cyrillic"),
    (0x1E00, 0x1EFF, "Latin Extended Additional"),
    (0x2000, 0x206F, "General Punctuation"),
    (0x2070, 0x209F, "Superscripts and Subscripts"),
    (0x20A0, 0x20CF, "Currency Symbols"),
    (0x20D0, 0x20FF, "Combining Diacritical Marks for Symbols"),
    (0x2100, 0x214F, "Letterlike Symbols"),
    (0x2150, 0x218F, "Number Forms"),
    (0x2190, 0x21FF, "Arrows"),
    (0x2200, 0x22FF, "Mathematical Operators"),
    (0x2300, 0x23FF, "Miscellaneous Technical"),
    (0x2400, 0x243F, "Control Pictures"),
    (0x2460, 0x24FF, "Enclosed Alphanumerics"),
    (0x2500, 0x257F, "Box Drawing"),
    (0x2580, 0x259F, "Block Elements"),
    (0x25A0, 0x25FF, "Geometric Shapes"),
    (0x2600, 0x26FF, "Miscellaneous Symbols"),
    (0x2700, 0x27BF, "Dingbats"),
    (0x2900, 0x297F, "Supplemental Arrows-B"),
    (0x2980, 0x29FF, "Miscellaneous Mathematical Symbols-B"),
    (0x2B00, 0x2BFF, "Miscellaneous Symbols and Arrows"),
    (0x2E00, 0x2E7F, "Supplemental Punctuation"),
    (0x2E80, 0x2EFF, "CJK Radicals Supplement"),
    (0x2F00, 0x2FDF, "Kangxi Radicals"),
    (0x2FF0, 0x2FFB, "Ideographic Description Characters"),
    (0x3000, 0x303F, "CJK Symbols and Punctuation"),
    (0x3040, 0x309F, "Hiragana"),
    (0x30A0, 0x30FF, "Katakana"),
    (0x3100, 0x312F, "Bopomofo"),
    (0x31A0, 0x31BF, "Bopomofo Extended"),
    (0x31C0, 0x31EF, "CJK Strokes"),
    (0x31F0, 0x31FF, "Katakana Phonetic Extensions"),
    (0x3200, 0x32FF, "Enclosed CJK Letters and Months"),
    (0x3300, 0x33FF, "CJK Compatibility"),
    (0xFB00, 0xFB06, "Latin ligatures"),
    (0xFE10, 0xFE1F, "Vertical Forms"),
    (0xFE20, 0xFE2F, "Combining Half Marks"),
    (0xFE30, 0xFE4F, "CJK Compatibility Forms"),
    (0xFE50, 0xFE6F, "Small Form Variants"),
    (0xFF00, 0xFFEF, "Halfwidth and Fullwidth Forms"),
    (0x1F100, 0x1F1FF, "Enclosed Alphanumeric Supplement"),
    (0x1F200, 0x1F2FF, "Enclosed Ideographic Supplement"),
]

# The same of Noto Sans: letters, their accents, and what stands beside them.
LATIN_FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk"]
LATIN_BLOCKS = [
    (0x0020, 0x007E, "Basic Latin"),
    (0x00A0, 0x00FF, "Latin-1 Supplement"),
    (0x0100, 0x017F, "Latin Extended-A"),
    (0x0180, 0x024F, "Latin Extended-B"),
    (0x0250, 0x02AF, "IPA Extensions"),
    (0x02B0, 0x02FF, "Spacing Modifier Letters"),
    (0x0300, 0x036F, "Combining Diacritical Marks"),
    (0x0370, 0x03FF, "Greek and Coptic"),
    (0x0400, 0x04FF, "Cyrillic"),
    (0x0500, 0x052F, "Cyrillic Supplement"),
    (0x1AB0, 0x1AFF, "Combining Diacritical Marks Extended"),
    (0x1C80, 0x1C8F, "Cyrillic Extended-C"),
    (0x1D00, 0x1D7F, "Phonetic Extensions"),
    (0x1D80, 0x1DBF, "Phonetic Extensions Supplement"),
    (0x1DC0, 0x1DFF, "Combining Diacritical Marks Supplement"),
    (0x1E00, 0x1EFF, "Latin Extended Additional"),
    (0x1F00, 0x1FFF, "Greek Extended"),
    (0x2000, 0x206F, "General Punctuation"),
    (0x2070, 0x209F, "Superscripts and Subscripts"),
    (0x20A0, 0x20CF, "Currency Symbols"),
    (0x20D0, 0x20FF, "Combining Diacritical Marks for Symbols"),
    (0x2100, 0x214F, "Letterlike Symbols"),
    (0x2150, 0x218F, "Number Forms"),
    (0x25CC, 0x25CC, "Dotted circle, under an accent without a letter"),
    (0x2C60, 0x2C7F, "Latin Extended-C"),
    (0x2DE0, 0x2DFF, "Cyrillic Extended-A"),
    (0x2E00, 0x2E7F, "Supplemental Punctuation"),
    (0xA640, 0xA69F, "Cyrillic Extended-B"),
    (0xA700, 0xA71F, "Modifier Tone Letters"),
    (0xA720, 0xA7FF, "Latin Extended-D"),
    (0xAB30, 0xAB6F, "Latin Extended-E"),
    (0xFB00, 0xFB06, "Latin ligatures"),
    (0xFE20, 0xFE2F, "Combining Half Marks"),
]

# Characters that may have an empty outline: spaces and the like.
BLANK = {0x20, 0xA0, 0x3000, 0x3164, 0xFFA0, *range(0x2000, 0x2010),
         *range(0x2028, 0x2030), *range(0x205F, 0x2070)}


def gb18030():
    """GB 18030-2022, implementation level 1 (level 2 adds kTGH)."""
    # Python's codec is the edition of 2000, which has 25 characters still in
    # the private use area.  The editions of 2005 and 2022 moved them here:
    chars = {0x1E3F, *range(0xFE10, 0xFE1A), *range(0x9FB4, 0x9FBC),
             0x20087, 0x20089, 0x200CC, 0x215D7, 0x2298F, 0x241FE}
    chars.update(range(0x20, 0x7F))
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            if trail != 0x7F:
                c = ord(bytes((lead, trail)).decode("gb18030"))
                if not 0xE000 <= c <= 0xF8FF:
                    chars.add(c)
    chars.update(range(0x3400, 0x4DB6))
    chars.update(range(0x9FA6, 0x9FF0))
    return chars


def ktgh():
    """The 8,105 characters of the Table of General Standard Characters."""
    chars = set()
    with bz2.open(UNICODE + "Unihan_OtherMappings.txt.bz2", "rt",
                  encoding="utf-8") as f:
        for line in f:
            field = line.split("\t")
            if len(field) == 3 and field[1] == "kTGH":
                chars.add(int(field[0][2:], 16))
    if len(chars) != 8105:
        sys.exit("kTGH: %d characters, 8105 expected" % len(chars))
    return chars


def assigned():
    """All assigned characters that are not controls or private use."""
    chars = set()
    with open(UNICODE + "UnicodeData.txt", encoding="utf-8") as f:
        for line in f:
            field = line.split(";")
            if field[2] not in ("Cc", "Cs", "Co"):
                chars.add(int(field[0], 16))
    return chars


def spell(chars):
    """U+0104..U+0112 U+0114 ..., single characters also shown themselves."""
    out, run = [], []
    for c in sorted(chars) + [None]:
        if run and c != run[-1] + 1:
            if len(run) > 2:
                out.append("U+%04X..U+%04X" % (run[0], run[-1]))
            else:
                out += ["U+%04X(%c)" % (r, r) for r in run]
            run = []
        run.append(c)
    return " ".join(out)


def open_face(path, name):
    if path.endswith(".ttc"):
        fonts = TTCollection(path, lazy=True).fonts
    else:
        fonts = [TTFont(path, lazy=True)]
    for font in fonts:
        if font["name"].getDebugName(6) == name:
            return font
    sys.exit("%s: no face %s" % (path, name))


def chinese_only(font):
    """Make Simplified Chinese the only, hence the default, language.

    HarfBuzz takes the language from the locale of the process and SDL2_ttf 2.20
    cannot set it.  Without "zh" the source font makes a dash 0.89 em wide and
    puts the ellipsis of a line beginning with a Latin letter on the baseline;
    with "ja" it would show Japanese glyphs.  So the choice is made here.  (It
    also spares us the glyphs of the other languages.)
    """
    for tag in ("GSUB", "GPOS"):
        scripts = font[tag].table.ScriptList
        zhs = next(lang.LangSys
                   for rec in scripts.ScriptRecord if rec.ScriptTag == "hani"
                   for lang in rec.Script.LangSysRecord
                   if lang.LangSysTag.strip() == "ZHS")
        scripts.ScriptRecord = [rec for rec in scripts.ScriptRecord
                                if rec.ScriptTag in SCRIPTS]
        scripts.ScriptCount = len(scripts.ScriptRecord)
        for rec in scripts.ScriptRecord:
            rec.Script = otTables.Script()
            rec.Script.DefaultLangSys = copy.deepcopy(zhs)
            rec.Script.LangSysRecord = []


def rename(font, source, how):
    """Noto Sans CJK SC -> Noto Sans SC; say that it is a subset of what, and
    how it was changed besides."""
    def new(s):
        for old in ("NotoSansCJKsc", "NotoSansCJKjp"):
            s = s.replace(old, "NotoSansSC")
        for old in ("Noto Sans CJK SC", "Noto Sans CJK JP"):
            s = s.replace(old, "Noto Sans SC")
        return s

    for rec in font["name"].names:
        text = new(rec.toUnicode())
        if rec.nameID in (3, 5):
            text += ";fengcai subset"
        elif rec.nameID == 10:
            text += ". Modified: a subset of %s, made for fengcai%s" % (source, how)
        rec.string = text
    if "CFF " not in font:
        return
    cff = font["CFF "].cff
    cff.fontNames = [font["name"].getDebugName(6)]
    # The fonts of a collection share one CFF table, which is named JP.
    for d in [cff.topDictIndex[0]] + list(cff.topDictIndex[0].FDArray):
        for key in ("FullName", "FamilyName", "FontName"):
            if key in d.rawDict:
                setattr(d, key, new(d.rawDict[key]))


def outline(font, glyphs, glyph):
    pen = DecomposingRecordingPen(glyphs)
    glyphs[glyph].draw(pen)
    return font["hmtx"][glyph][0], pen.value


def main(source, face, output):
    chinese = face.startswith("NotoSansCJK")
    blocks = BLOCKS if chinese else LATIN_BLOCKS
    tables = [("kTGH", ktgh()), ("GB 18030 level 1", gb18030())] if chinese else []
    block = {c for a, b, _ in blocks for c in range(a, b + 1)} & assigned()
    wanted = block.union(*(chars for _, chars in tables))

    font = open_face(source, face)
    have = set(font.getBestCmap())
    print("%s: wanted %d characters, source has %d of them"
          % (face, len(wanted), len(wanted & have)))
    for what, chars in tables:
        print("  %s: %d characters; source lacks: %s"
              % (what, len(chars), spell(chars - have) or "none"))
    for a, b, name in blocks:
        here = {c for c in block if a <= c <= b}
        if here - have:
            print("  %s: source has %d of %d, lacks: %s"
                  % (name, len(here & have), len(here), spell(here - have)))

    options = subset.Options()
    options.layout_features = FEATURES if chinese else LATIN_FEATURES
    options.name_IDs = options.name_languages = ["*"]
    options.notdef_outline = True       # a missing character shows as a box
    options.hinting = False             # we render unhinted
    options.desubroutinize = True       # rasterises faster, 0.4 MB more
    options.recalc_timestamp = False    # keep the source's head.modified
    options.drop_tables += ["BASE", "DSIG", "VORG", "vhea", "vmtx"]
    font.recalcTimestamp = False
    if chinese:
        chinese_only(font)
        rename(font, "Noto Sans CJK SC", ", with Simplified Chinese as default language")
    else:
        rename(font, "Noto Sans", "")
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    font.save(output)

    # Read both back and compare every character.
    font, made = open_face(source, face), TTFont(output, lazy=True)
    before, after = font.getBestCmap(), made.getBestCmap()
    glyphs, made_glyphs = font.getGlyphSet(), made.getGlyphSet()
    bad = wanted & have - set(after)
    if bad:
        print("  LOST: " + spell(bad))
    changed, empty = set(), set()
    for c in wanted & have & set(after):
        old = outline(font, glyphs, before[c])
        new = outline(made, made_glyphs, after[c])
        if old != new:
            changed.add(c)
        if not new[1] and c not in BLANK:
            empty.add(c)
    if changed:
        print("  CHANGED: " + spell(changed))
    if empty:
        print("  EMPTY: " + spell(empty))
    extra = set(after) - wanted
    if extra:
        print("  besides, sharing a glyph with a wanted one: " + spell(extra))
    features = sorted({rec.FeatureTag for tag in ("GSUB", "GPOS")
                       for rec in made[tag].table.FeatureList.FeatureRecord})
    print("  wrote %d characters, %d glyphs; features: %s"
          % (len(after), made["maxp"].numGlyphs, " ".join(features)))
    return 1 if bad or changed or empty else 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
