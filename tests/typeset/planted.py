#!/usr/bin/env python3
"""Plants a violation of each rule into settings made by hand, and asks whether it is found.

usage: planted.py
"""
import re
import sys

sys.dont_write_bytecode = True
import marks
import rules
from setting import Line, Paragraph, Piece, Setting, place

SIZE = 40
CHINESE = re.compile("[—―⸺]+|[…⋯]+|[!-\u036f]+|\\S")


def pieces_of(text, start, end, latin):
    result = []
    cjk = marks.has_cjk(text)
    for found in (CHINESE if cjk else re.compile("\\S+")).finditer(text, start, end):
        string = found.group()
        wide = sum(cjk and (marks.is_wide(char) or char in marks.SHARED) for char in string)
        piece = Piece(found.start(), string, 0, 0, 0, SIZE * wide + SIZE // 2 * (len(string) - wide))
        place(piece, SIZE, piece.start in latin)
        result.append(piece)
    return result


def move(pieces, pixels):
    for piece in pieces:
        piece.x += pixels
        piece.left += pixels
        piece.right += pixels


def spread(gaps, missing):
    """Shares pixels out over the gaps that may take them, in CLREQ's order."""
    added = [0] * len(gaps)
    for group in ("word", "mixed", "rest"):
        mine = [at for at, gap in enumerate(gaps) if gap.group == group]
        most = [int(gaps[at].most) - int(gaps[at].natural) for at in mine]
        share = missing if group == "rest" else min(missing, sum(most))
        for number, at in enumerate(mine):
            added[at] = share * (number + 1) // len(mine) - share * number // len(mine)
        missing -= sum(added[at] for at in mine)
    return added


def set_by_hand(lines, measure):
    """Lines as given, justified but for the last; a space at a line's end hangs."""
    text = "".join(lines)
    setting = Setting(SIZE, measure, 0, 64, False, SIZE // 4, [])
    paragraph = Paragraph(text, [], marks.latin_marks(text))
    setting.paragraphs.append(paragraph)
    setting.natural = {word: SIZE // 2 * len(word) for word in rules.words_of([text])}
    at = 0
    for number, string in enumerate(lines):
        pieces = pieces_of(text, at, at + len(string), paragraph.latin)
        at += len(string)
        last = number + 1 == len(lines)
        move(pieces[:1], -pieces[0].left)
        gaps = rules.gaps_of(setting, paragraph, pieces)
        wide = sum(p.right - p.left for p in pieces) + sum(int(gap.natural) for gap in gaps)
        added = [0] * len(gaps) if last else spread(gaps, measure - wide)
        for gap, more in zip(gaps, added):
            move([gap.right], gap.left.right + int(gap.natural) + more - gap.right.left)
        width = pieces[-1].right
        paragraph.lines.append(Line(pieces[0].start, pieces[-1].end, 0, width, 0, 64 * number,
                                    last, [2, width - 2], pieces))
    return setting


def push(line, at, pixels):
    """The pieces from at on move, the line grows."""
    def change(setting):
        one = setting.paragraphs[0].lines[line]
        move(one.pieces[at:], pixels)
        one.width += pixels
        one.ink[1] += pixels
    return change


def nudge(line, at, pixels):
    """One piece moves, the line stays."""
    return lambda setting: move([setting.paragraphs[0].lines[line].pieces[at]], pixels)


def field_of(line, **values):
    def change(setting):
        for name, value in values.items():
            setattr(setting.paragraphs[0].lines[line], name, value)
    return change


def piece_of(line, at, **values):
    def change(setting):
        for name, value in values.items():
            setattr(setting.paragraphs[0].lines[line].pieces[at], name, value)
    return change


def drop(line, at):
    def change(setting):
        del setting.paragraphs[0].lines[line].pieces[at]
    return change


def both(*changes):
    return lambda setting: [change(setting) for change in changes]


def hang(line):
    """The last mark stands outside, and the line is what stands before it."""
    def change(setting):
        setting.hang = True
        one = setting.paragraphs[0].lines[line]
        one.hang = one.pieces[-1].right - one.pieces[-1].left
        one.width = one.pieces[-2].right - one.x
    return change


# Nothing is wrong with these: (lines, measure in em)
SOUND = [
    (["一二三四五", "六七八九"], 5),
    (["一二（三四）", "五，“六七”", "八九。"], 5.5),
    (["一二ABC三四五六", "七八 DE 九十"], 8),
    (["一二三？！四五", "六七。"], 6),
    (["一二三——四五", "六七……八九"], 7),
    (["Say “so” and ", "be quiet."], 6),
    (["一二3～5个六七", "八九十。"], 8),
]

# (rule, lines, measure in em, what is done to them)
PLANTS = [
    ("line start", ["一二三四", "，五六七"], 4, None),
    ("line start", ["一二三四", "·五六七"], 4, None),
    ("line start", ["一二三四", "～五六七"], 4, None),
    ("line end", ["一二三“", "四五六”七"], 3, None),
    ("line end", ["一二三／", "四五六七"], 4, None),
    ("dash", ["一二三—", "—四五六"], 4, None),
    ("ellipsis", ["一二三…", "…四五六"], 4, None),
    ("number", ["一二三12", "34四五六"], 5, None),
    ("number", ["一二三8:", "30四五六"], 5, None),
    ("unit", ["一二三12", "人四五六"], 5, None),
    ("unit", ["一二三 8 ", "km/h四五"], 5, None),
    ("unit", ["一二1.5万", "元四五六"], 5, None),
    ("unit", ["一二三四￥", "12五六七"], 5, None),
    ("cluster", ["一二三e", "\u0301四五六"], 4, None),
    ("word", ["一二三he", "llo四五"], 5, None),
    ("one face", ["一二he", "llo四五"], 4, piece_of(1, 0, face=1)),
    ("single han", ["一二三四", "五。”"], 4, None),
    ("single han", ["一二三四", "五……"], 4, None),
    ("adjacent marks", ["一二，“三四", "五”六七八"], 6, push(0, 3, 20)),
    ("adjacent marks", ["一二三”，四五"], 8, push(0, 4, 20)),
    ("double stop", ["一二三？！四五"], 8, push(0, 5, 20)),
    ("half at start", ["一二三四", "“五六”七"], 4,
     lambda setting: move(setting.paragraphs[0].lines[1].pieces, 20)),
    ("half at end", ["一二三，", "四五六七"], 4, field_of(0, width=200)),
    ("quarter em", ["一二ABC三四"], 8, push(0, 2, -10)),
    ("quarter em", ["一二ABC三四"], 8, push(0, 3, 10)),
    ("quarter em at edge", ["一二三ABC", "四五六七"], 5, field_of(0, width=210)),
    ("quarter em at mark", ["一二，ABC三四"], 9, push(0, 3, 10)),
    ("typed space", ["一二 ABC 三四"], 9, push(0, 2, 10)),
    ("typed space", ["so be it all"], 9, push(0, 1, 34)),
    ("filled", ["一二三四", "五六七八"], 4, field_of(0, width=159)),
    ("ragged", ["一二", "三四五六七", "八九十一二"], 5, field_of(0, width=80)),
    ("last line", ["一二三四五", "六七八九"], 5, push(1, 2, 3)),
    ("squeezing order", ["一（二）三。四五"], 9, push(0, 6, -12)),
    ("squeezing order", ["一（二）三，四五"], 9, push(0, 6, -12)),
    ("stretching order", ["一ABC三四五", "六七八九"], 6,
     both(nudge(0, 1, -3), nudge(0, 2, -6))),
    ("words apart", ["so be 一二三"], 9, push(0, 1, 14)),
    ("alike", ["一二三四五六", "七八九十"], 7, nudge(0, 2, 5)),
    ("not stretched", ["一二3～5个六七"], 9, push(0, 3, 4)),
    ("whole text", ["一二三四"], 5, drop(0, 1)),
    ("whole text", ["一二三四"], 5, piece_of(0, 2, text="二")),
    ("overlap", ["一二三四"], 5, push(0, 2, -4)),
    ("in the measure", ["一二三四五六"], 5, None),
    ("hanging", ["一二三四；", "五六七八"], 4, hang(0)),
    ("hanging", ["一二三四，", "五六七八"], 4, both(hang(0), nudge(0, 4, 6))),
    ("hanging", ["一二三四，", "五六七八"], 5, hang(0)),
    ("ink", ["一二三四"], 5, field_of(0, ink=[3, 190])),
    ("ink", ["一二三四"], 5, field_of(0, ink=[-10, 150])),
    ("quotation marks", ["一“二”三"], 5, piece_of(0, 1, advance=20)),
    ("quotation marks", ["Say “so” now"], 9, piece_of(0, 1, advance=130)),
    ("baseline", ["一二三四", "五六七八"], 4, field_of(1, baseline=63)),
    ("indent", ["一二三四", "五六七八"], 4, field_of(0, x=2)),
]


def broken(lines, measure, change):
    setting = set_by_hand(lines, int(measure * SIZE))
    if change:
        change(setting)
    report = rules.Report()
    rules.check(setting, report)
    return {rule: where for rule, where in report.broken.items() if where}


def main():
    wrong = []
    for lines, measure in SOUND:
        found = broken(lines, measure, None)
        if found:
            wrong.append(f"{'|'.join(lines)}: sound, but {found}")
    for rule, lines, measure, change in PLANTS:
        found = broken(lines, measure, change)
        if rule not in found:
            wrong.append(f"{'|'.join(lines)}: {rule} was not found, {sorted(found)}")
    without = set(rules.RULES) - {rule for rule, *_ in PLANTS}
    if without:
        wrong.append(f"nothing is planted for {sorted(without)}")
    print("\n".join(wrong + [f"{len(PLANTS)} planted, {len(SOUND)} sound, {len(wrong)} wrong"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
